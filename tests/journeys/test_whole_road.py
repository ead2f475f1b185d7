"""The whole road in one window: a spreadsheet comes in, a distributor is found, visited, briefed and trained."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pypdfium2
import pytest
from pptx import Presentation
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from channel_desk.app import Desk
from channel_desk.domain.commitments import Commitment, CommitmentStatus
from channel_desk.domain.contacts import Contact
from channel_desk.domain.distributors import Distributor
from channel_desk.domain.record import Record
from channel_desk.domain.training import Slide, TrainingSession
from channel_desk.domain.visits import Verdict, Visit, VisitStatus
from channel_desk.services.checking import check_data
from channel_desk.ui.brief.page import BriefPage
from channel_desk.ui.distributors.page import DistributorsPage
from channel_desk.ui.distributors.table import DistributorTable
from channel_desk.ui.file.page import FilePage
from channel_desk.ui.importing.page import ImportPage
from channel_desk.ui.page import Page
from channel_desk.ui.place import Place
from channel_desk.ui.planner.page import PlannerPage
from channel_desk.ui.session.page import SessionPage
from channel_desk.ui.training.page import TrainingPage
from channel_desk.ui.visit.action_bar import ActionBar
from channel_desk.ui.visit.page import VisitPage
from tests.ui.conftest import open_desk, rest

__all__ = ["open_desk"]

MESSY = Path(__file__).parents[1] / "fixtures" / "spreadsheets" / "messy-distributors.xlsx"
KEY = Qt.Key
ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
P = TypeVar("P", bound=Page)
R = TypeVar("R", bound=Record)


class Road:
    """A user at the window: presses keys, reads what is said, and looks into the file."""

    def __init__(self, whole: Desk, qtbot: QtBot) -> None:
        self.whole, self._qtbot = whole, qtbot
        self.window = whole.window
        self.window.activateWindow()

    def rest(self) -> None:
        QApplication.processEvents()
        rest(self._qtbot, self.whole)
        QApplication.processEvents()

    def page(self, kind: type[P]) -> P:
        self.rest()
        shown = self.window.page
        assert isinstance(shown, kind)
        return shown

    def go(self, place: Place, kind: type[P]) -> P:
        self.window.go(place)
        return self.page(kind)

    def do(self, name: str) -> None:
        """Trigger the action of this name, of the page or of the window."""
        actions: list[QAction] = [*(self.window.page.actions() if self.window.page else ()), *self.window.actions()]
        next(action for action in actions if action.objectName() == name).trigger()
        self.rest()

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, key, modifiers)

    def type(self, text: str) -> None:
        """Letter by letter, as keyboard or input method do: the first one may move the focus."""
        for letter in text:
            focus = QApplication.focusWidget()
            assert focus is not None
            if letter.isascii():
                QTest.keyClicks(focus, letter)
            else:
                composed = QInputMethodEvent()
                composed.setCommitString(letter)
                QApplication.sendEvent(focus, composed)

    def stored(self, kind: type[R], **equal: object) -> tuple[R, ...]:
        found: list[Any] = []
        self.whole.tasks.read(lambda reader: reader.all(kind, **equal), found.append, owner=self.window, key="test")
        self.rest()
        records: tuple[R, ...] = found[0]
        return records

    def said(self) -> str:
        parts: list[QWidget] = [self.window, *self.window.findChildren(QLabel)]
        return " ".join(one.text() for one in parts if isinstance(one, QLabel) and one.isVisible())


@pytest.fixture
def road(qtbot: QtBot, open_desk: Callable[[str], Desk]) -> Road:
    return Road(open_desk("en"), qtbot)


def bring_in(road: Road) -> None:
    page = road.go(Place("import", extra=str(MESSY)), ImportPage)
    page._outcome.run.setFocus()
    QTest.keyClick(page._outcome.run, KEY.Key_Space)
    road.rest()
    assert len(road.stored(Distributor)) == 60


def find(road: Road, text: str) -> DistributorTable:
    page = road.go(Place("distributors"), DistributorsPage)
    field = page._filters.search
    field.setText(text)
    road.rest()
    table = page.findChild(DistributorTable)
    assert table is not None
    return table


@pytest.mark.slow
def test_that_one_window_carries_the_work_from_a_spreadsheet_to_a_training(
    road: Road, tmp_path: Path, qtbot: QtBot
) -> None:
    bring_in(road)

    # Found by initials, and by the tail of a phone; Enter opens the file.
    assert find(road, "hn").model().rowCount() >= 10
    assert find(road, "7457").model().rowCount() == 1
    road.page(DistributorsPage)
    QTest.keyClick(road.page(DistributorsPage)._filters.search.edit, KEY.Key_Return)
    file = road.page(FilePage)
    (distributor,) = [
        one
        for one in road.stored(Distributor)
        if any("7457" in person.phone for person in road.stored(Contact, distributor_id=one.id))
    ]
    assert distributor.short_name in road.said()

    # A person is added where the people stand.
    road.do("file.person")
    road.type("王建国")
    road.press(KEY.Key_Return)
    road.rest()
    people = road.stored(Contact, distributor_id=distributor.id)
    assert [one.name for one in people][-1] == "王建国"
    assert file.contacts.row(people[-1].id).isVisible()

    # A visit is planned: the file puts it into the first gap of tomorrow and shows it in the planner.
    road.do("file.plan")
    road.page(PlannerPage)
    (visit,) = road.stored(Visit)
    assert visit.distributor_id == distributor.id

    # Prepared, held and closed by keys.
    page = road.go(Place("visit", visit.id), VisitPage)
    page.checklist.setFocus()
    road.type(".116")
    road.type("Order for 20 machines")
    road.press(KEY.Key_Escape)
    road.press(KEY.Key_2, ALT)
    assert page.checklist.current is not None
    assert page.checklist.current // 100 == 2
    road.press(KEY.Key_1)
    road.press(KEY.Key_F5)
    road.type("Send two demo units")
    road.press(KEY.Key_Return)
    road.type("2026-10-15")
    road.press(KEY.Key_Return, CONTROL)
    road.rest()
    (promise,) = road.stored(Commitment)
    assert (promise.text, promise.visit_id, promise.status) == (
        "Send two demo units",
        visit.id,
        CommitmentStatus.OPEN,
    )
    road.press(KEY.Key_3, ALT)
    road.rest()
    closing = page.findChild(ActionBar).close_visit
    assert not closing.isEnabled()
    road.press(KEY.Key_1)
    road.type("Two real leads")
    road.press(KEY.Key_Return)
    road.type("See the school with Mr Wang")
    road.press(KEY.Key_Escape)
    road.press(KEY.Key_2)
    assert closing.isEnabled()
    QTest.mouseClick(closing, Qt.MouseButton.LeftButton)
    road.rest()
    (visit,) = road.stored(Visit)
    assert (visit.status, visit.verdict) == (VisitStatus.CLOSED, Verdict.PURSUE)
    assert (visit.next_step, visit.verdict_reason) == ("See the school with Mr Wang", "Two real leads")
    assert visit.next_step_on is not None
    assert visit.result_wanted == "Order for 20 machines"

    # Its brief is looked at and saved.
    brief = road.go(Place("brief", visit.id), BriefPage)
    qtbot.waitUntil(lambda: brief.maker.pdf is not None, timeout=20_000)
    target = tmp_path / "brief.pdf"
    brief.out.save_to(target)
    qtbot.waitUntil(target.exists, timeout=20_000)
    with pypdfium2.PdfDocument(target) as document:
        text = "".join(one.get_textpage().get_text_bounded() for one in document)
        assert 1 <= len(document) <= 3
    assert distributor.name in text
    assert "Send two demo units" in text

    # A training with the standard deck goes out as slides.
    training = road.go(Place("training"), TrainingPage)
    training.begin_new()
    road.rest()
    QTest.keyClicks(training.form.who.field.edit, "7457")
    road.rest()
    QTest.keyClick(training.form.who.field.edit, KEY.Key_Return)
    training.form.title.setText("Selling to schools")
    QTest.mouseClick(training.form.store, Qt.MouseButton.LeftButton)
    session = road.page(SessionPage)
    (stored,) = road.stored(TrainingSession)
    assert (stored.title, stored.distributor_id) == ("Selling to schools", distributor.id)
    deck = tmp_path / "deck.pptx"
    session.export_to(deck, "pptx")
    qtbot.waitUntil(deck.exists, timeout=20_000)
    road.rest()
    slides = Presentation(str(deck)).slides
    assert len(slides) == len(road.stored(Slide, session_id=stored.id)) >= 8

    # The last step is taken back and done again.
    road.do("window.undo")
    assert road.stored(TrainingSession) == ()
    assert road.stored(Slide) == ()
    road.do("window.redo")
    assert len(road.stored(TrainingSession)) == 1

    found: list[bool] = []
    road.whole.tasks.read(lambda reader: check_data(reader).ok, found.append, owner=road.window, key="test")
    road.rest()
    assert found == [True]


def test_that_language_and_theme_change_while_the_window_runs(road: Road, qtbot: QtBot) -> None:
    bring_in(road)
    table = find(road, "7457")
    assert table.model().rowCount() == 1
    assert "Distributors" in road.said()

    road.do("window.language_zh_CN")
    qtbot.waitUntil(lambda: road.window.ctx.language.code == "zh_CN", timeout=5_000)
    road.rest()
    assert isinstance(road.window.page, DistributorsPage)
    assert "Distributors" not in road.said()

    for name in ("today", "planner", "training", "settings", "distributors"):
        road.go(Place(name), Page)
        for theme, dark in (("dark", True), ("light", False)):
            road.do(f"window.theme_{theme}")
            assert road.whole.theme.is_dark is dark
            assert not road.window.grab().isNull()

    road.do("window.language_en")
    qtbot.waitUntil(lambda: road.window.ctx.language.code == "en", timeout=5_000)
    assert "Distributors" in road.said()

    # The step taken in another language is still there to be taken back.
    road.do("window.undo")
    assert road.stored(Distributor) == ()
    assert road.stored(Contact) == ()
