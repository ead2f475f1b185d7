"""The painted table of distributors: each list is painted once, in the colours of the theme."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from channel_desk.clock import FixedClock
from channel_desk.domain.distributors import Status, Tier
from channel_desk.domain.record import DistributorId
from channel_desk.i18n import Language
from channel_desk.presentation.distributor_columns import Column, RowWriter, heads
from channel_desk.services.finding import PAGE, DistributorLine, Found, ListQuery, ListResult
from channel_desk.ui.distributors.row_painter import ROW_HEIGHT
from channel_desk.ui.distributors.table import DistributorTable
from channel_desk.ui.models.distributor_rows import DistributorRows
from channel_desk.ui.overriding import override
from channel_desk.ui.tasks import Tasks
from channel_desk.ui.theme.theme import Theme
from tests.conftest import SHANGHAI

Show = Callable[[int], None]


class _Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        self.count += event.type() is QEvent.Type.Paint
        return False


@pytest.fixture
def table(
    tasks: Tasks, theme: Theme, clock: FixedClock, language_en: Language, qtbot: QtBot
) -> Iterator[DistributorTable]:
    """A table of eight rows' height beside something else, as it stands on its page."""
    rows = DistributorRows(tasks, RowWriter(language_en, SHANGHAI, today=clock.today()))
    table = DistributorTable(theme, rows, heads(language_en), name="Distributors")
    frame = QWidget()
    beside = QHBoxLayout(frame)
    beside.addWidget(table)
    qtbot.addWidget(frame)
    frame.resize(900, 9 * ROW_HEIGHT)
    with qtbot.waitExposed(frame):
        frame.show()
    yield table
    rows.deleteLater()


@pytest.fixture
def show(table: DistributorTable) -> Show:
    """Show so many distributors, the first a page of them ready."""

    def show(count: int) -> None:
        rows = table.model()
        assert isinstance(rows, DistributorRows)
        ids = array("q", range(1, count + 1))
        lines = tuple(_line(one) for one in ids[:PAGE])
        rows.show_found(ListQuery(text=str(count)), Found(ListResult(ids=ids, total=count), lines))

    return show


def _line(number: int) -> DistributorLine:
    return DistributorLine(
        id=DistributorId(number),
        name=f"湘江电气 {number}",
        short_name="",
        code="",
        city="长沙",
        region="",
        tier=Tier.A if number == 1 else Tier.B,
        status=Status.ACTIVE if number == 1 else Status.AT_RISK,
        last_visit_at=datetime(2026, 9, 1, 2, tzinfo=UTC),
        next_visit_at=datetime(2026, 9, 24, 2, tzinfo=UTC),
        ours_open=2,
        ours_late=1,
        theirs_open=0,
        theirs_late=0,
        confirmed_on=None,
    )


def test_that_rows_are_painted_once_for_each_list_also_where_the_scroll_bar_comes_or_goes(
    table: DistributorTable, show: Show, qtbot: QtBot
) -> None:
    show(3)
    qtbot.wait(20)
    paints = _Paints(table.viewport())

    for times, count in enumerate((PAGE, 3, PAGE, 5), start=1):
        show(count)
        assert table.verticalScrollBar().isVisible() == (count == PAGE), "before anything is painted"
        qtbot.wait(20)
        assert paints.count == times


def test_that_the_columns_fill_the_view_after_it_became_wider_or_narrower(table: DistributorTable, show: Show) -> None:
    show(PAGE)
    for width in (1200, 500, 900):
        table.window().resize(width, 9 * ROW_HEIGHT)
        shown = [column for column in Column if not table.isColumnHidden(column)]
        assert table.viewport().width() == sum(map(table.columnWidth, shown))
        assert table.columnAt(table.viewport().width() - 1) == shown[-1]


def test_that_names_and_marks_follow_the_theme(table: DistributorTable, theme: Theme, show: Show) -> None:
    show(3)
    places = {
        "name": (range(60, 150), range(ROW_HEIGHT + 8, 2 * ROW_HEIGHT - 8)),
        "check": (range(16, 32), range(ROW_HEIGHT + 8, 2 * ROW_HEIGHT - 8)),
    }
    for mode in ("dark", "light", "dark"):
        theme.set_mode(mode)
        picture = table.viewport().grab().toImage()
        ground = picture.pixelColor(QPoint(8, ROW_HEIGHT + 4)).lightness()
        for place in places.values():
            lights = [picture.pixelColor(x, y).lightness() for x in place[0] for y in place[1]]
            strongest = max(lights, key=lambda one: abs(one - ground))
            assert (strongest > ground + 40) == (mode == "dark")
            assert (strongest < ground - 40) == (mode == "light")


@pytest.mark.parametrize(
    ("column", "tokens"), [(Column.TIER, ("tier-a", "tier-b")), (Column.STATUS, ("success-mark", "warning-mark"))]
)
def test_that_marks_have_the_colour_of_what_they_stand_for(
    table: DistributorTable, theme: Theme, show: Show, column: Column, tokens: tuple[str, str]
) -> None:
    show(2)
    for mode in ("dark", "light"):
        theme.set_mode(mode)
        picture = table.viewport().grab().toImage()
        left = table.columnViewportPosition(column)
        for row, token in enumerate(tokens):
            inside = {picture.pixelColor(left + 4, row * ROW_HEIGHT + y).name() for y in range(ROW_HEIGHT)}
            assert theme.colour(token).name() in inside


def test_that_a_tip_tells_in_words_what_is_open(table: DistributorTable, show: Show) -> None:
    show(1)
    index = table.model().index(0, Column.PROMISES)
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "We owe: 1 of 2 late; they owe: 0 of 0 late"
    assert index.siblingAtColumn(Column.NAME).data(Qt.ItemDataRole.ToolTipRole) is None


def test_that_a_reader_hears_each_cell_of_a_row(table: DistributorTable, show: Show) -> None:
    show(1)
    index = table.model().index(0, 0)
    heard = {
        column: index.siblingAtColumn(column).data(Qt.ItemDataRole.AccessibleTextRole)
        for column in Column
        if column is not Column.CHECK
    }
    assert heard == {
        Column.NAME: "湘江电气 1",
        Column.CITY: "长沙",
        Column.TIER: "A",
        Column.STATUS: "Active",
        Column.PROMISES: "We owe: 1 of 2 late; they owe: 0 of 0 late",
        Column.NEXT_VISIT: "Thursday",
        Column.LAST_VISIT: "1 Sep",
    }
