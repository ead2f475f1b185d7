"""Drafts of any record: what is newer counts, whatever became of what is older."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from channel_desk.domain.distributors import Distributor
from channel_desk.storage.unit_of_work import UnitOfWork
from channel_desk.ui.context import Context
from channel_desk.ui.drafts import Batch, Drafts
from channel_desk.ui.overriding import override
from channel_desk.ui.tasks import Tasks
from tests.fixtures.desks import SmallDesk


@dataclass
class _Fields(Batch):
    """Fields of a distributor; the town "Nowhere" strikes a bug."""

    @override
    def store(self, uow: UnitOfWork, record_id: int) -> None:
        if self.values.get("city") == "Nowhere":
            raise ZeroDivisionError
        uow.update(Distributor, record_id, **self.values)


class _FieldDrafts(Drafts[_Fields]):
    @override
    def _batch(self) -> _Fields:
        return _Fields()

    @override
    def _label(self, batch: _Fields) -> str:
        return "Edit"

    def type(self, **values: str) -> None:
        self._waiting.values.update(values)
        self.flush()

    def go_on_typing(self, **values: str) -> None:
        self._waiting.values.update(values)
        self._wait()

    def laid_over(self, values: dict[str, str]) -> dict[str, str]:
        """``values`` with what is newer here."""
        for batch in (*self._on_the_way, self._waiting):
            values = values | batch.values
        return values


@pytest.fixture
def drafts(desk: Context, small_desk: SmallDesk, tasks: Tasks) -> _FieldDrafts:
    page = QObject(tasks)
    return _FieldDrafts.of(desk, small_desk.distributor, page, stored=lambda: None, refused=lambda _error: None)


def test_that_what_struck_a_bug_is_kept_until_something_newer_is_stored(
    drafts: _FieldDrafts, settle: Callable[[], None], qtbot: QtBot
) -> None:
    with qtbot.captureExceptions() as struck:
        drafts.type(city="Nowhere", region="South")
        settle()
    assert [kind for kind, *_ in struck] == [ZeroDivisionError]
    assert not drafts.is_clean
    assert drafts.laid_over({"city": "Changsha"}) == {"city": "Nowhere", "region": "South"}

    drafts.type(city="Wuhan")
    settle()
    assert drafts.laid_over({"city": "Wuhan"}) == {"city": "Wuhan", "region": "South"}

    drafts.type(region="North")
    settle()
    assert drafts.is_clean


def test_that_whoever_types_without_a_pause_has_it_stored_meanwhile(
    desk: Context, small_desk: SmallDesk, tasks: Tasks, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("channel_desk.ui.drafts.PAUSE", 60_000)
    monkeypatch.setattr("channel_desk.ui.drafts.LONGEST", 10)
    drafts = _FieldDrafts.of(
        desk, small_desk.distributor, QObject(tasks), stored=lambda: None, refused=lambda _error: None
    )
    drafts.go_on_typing(city="Wuhan")
    qtbot.waitUntil(lambda: drafts.is_clean)
