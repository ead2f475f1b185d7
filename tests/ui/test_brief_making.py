"""Documents and pictures of pages that are finished only when something else is wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QApplication, QWidget

from channel_desk.ui.brief.making import Made, Maker
from channel_desk.ui.context import Context
from tests.fixtures import briefs as samples


@pytest.fixture
def maker(desk: Context) -> Iterator[Maker]:
    page = QWidget()
    yield Maker(desk, page)
    page.deleteLater()


@pytest.fixture
def finish(desk: Context) -> Callable[[], None]:
    """Wait until what was begun is finished; the window has not heard of it yet."""

    def wait() -> None:
        (pool,) = desk.tasks.findChildren(QThreadPool)
        assert pool.waitForDone(20_000)

    return wait


def test_that_a_document_that_is_dropped_when_it_is_finished_is_not_shown(
    maker: Maker, desk: Context, finish: Callable[[], None], settle: Callable[[], None]
) -> None:
    shown: list[Made] = []
    maker.made.connect(shown.append)
    maker.make([samples.xianghe()], desk.language)
    finish()
    maker.make([samples.xianghe(), samples.empty()], desk.language)
    settle()
    (last,) = shown
    assert maker.pdf == last.pdf
    maker.make([samples.xianghe()], desk.language)
    finish()
    maker.drop()
    settle()
    assert shown == [last]
    assert maker.pdf is None


def test_that_pictures_of_a_document_are_not_drawn_on_the_pages_of_the_next(
    maker: Maker, desk: Context, finish: Callable[[], None], settle: Callable[[], None], qapp: QApplication
) -> None:
    drawn: list[int] = []
    maker.drawn.connect(lambda number, _: drawn.append(number))
    maker.make([samples.xianghe()], desk.language)
    settle()
    maker.draw([(0, 100)])
    finish()
    maker.make([samples.empty()], desk.language)
    settle()
    assert drawn == []
    maker.draw([(0, 100)])
    settle()
    assert drawn == [0]
