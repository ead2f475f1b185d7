"""The page of the day, with real widgets on a small desk."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QScrollArea

from channel_desk.domain.commitments import Commitment, Direction
from channel_desk.domain.distributors import Tier
from channel_desk.domain.visits import Visit, VisitStatus
from channel_desk.presentation.open_points import UnwrittenRow
from channel_desk.presentation.today import DayChip, DayLine, WeekAhead, WeekDay, WeekEntry
from channel_desk.services.today import FEW_PROMISES
from channel_desk.services.visits import edit_visit, move_visit
from channel_desk.ui.place import Place
from channel_desk.ui.today.day_line import DayLineView
from channel_desk.ui.today.lists import WeekCard
from channel_desk.ui.today.page import TodayPage
from channel_desk.ui.today.promises import _Row
from channel_desk.ui.widgets.button import Button
from channel_desk.ui.widgets.checkbox import Checkbox
from channel_desk.ui.widgets.text import Text


@pytest.fixture
def page(qtbot, desk, settle):
    shown = TodayPage(desk)
    qtbot.addWidget(shown)
    shown.resize(1264, 844)
    shown.show()
    settle()
    return shown


@pytest.fixture
def with_a_visit_today(desk, tasks, settle, small_desk, clock):
    """The visit of the small desk, moved to this morning at ten."""
    start = clock.now() + timedelta(minutes=99)
    tasks.write(
        "Move", lambda uow: move_visit(uow, small_desk.visit, starts_at=start, ends_at=start + timedelta(hours=1))
    )
    settle()


def get(tasks, settle, page, kind, record_id):
    found = []
    tasks.read(lambda reader: reader.get(kind, record_id), found.append, owner=page, key="test")
    settle()
    return found[0]


def button(page, name):
    return page.findChild(Button, name)


def texts(card):
    return [one.text() for one in card.findChildren(QLabel) if one.isVisible()]


def test_that_a_visit_that_is_over_waits_to_be_written_up(page, went, small_desk, qtbot):
    (write,) = [one for one in page.unwritten.findChildren(Button) if one.label == "Write up"]
    qtbot.mouseClick(write, Qt.MouseButton.LeftButton)
    assert went == [Place("visit", small_desk.visit)]


def test_that_the_next_visit_is_started_and_opened(with_a_visit_today, page, went, small_desk, qtbot, tasks, settle):
    assert [chip.visit_id for chip in page.day_line._line.chips] == [small_desk.visit]
    qtbot.mouseClick(button(page, "start_visit"), Qt.MouseButton.LeftButton)
    settle()
    assert went == [Place("visit", small_desk.visit)]
    assert get(tasks, settle, page, Visit, small_desk.visit).status is VisitStatus.RUNNING
    assert button(page, "start_visit").label == "Go on with the visit"


@pytest.mark.parametrize(("verb", "shows"), [("start", "visit"), ("print", "brief")])
def test_that_a_key_that_is_faster_than_the_page_waits_for_its_next_visit(
    with_a_visit_today, qtbot, desk, settle, went, small_desk, verb, shows
):
    page = TodayPage(desk)
    qtbot.addWidget(page)
    page.show()
    for action in page.actions():
        if action.objectName() == f"today.{verb}":
            action.trigger()
    assert went == []
    settle()
    assert went == [Place(shows, small_desk.visit)]
    page.load_anew()
    settle()
    assert went == [Place(shows, small_desk.visit)]


def test_that_a_page_that_was_left_before_it_was_read_leads_nowhere(with_a_visit_today, qtbot, desk, settle, went):
    page = TodayPage(desk)
    qtbot.addWidget(page)
    page.show()
    page._start_coming()
    page.leave()
    settle()
    assert went == []


def test_that_enter_opens_the_visit_that_the_keyboard_is_on(with_a_visit_today, page, went, small_desk, qtbot):
    (chip,) = page.day_line._chips
    qtbot.keyClick(chip, Qt.Key.Key_Return)
    assert went == [Place("visit", small_desk.visit)]


def test_that_brief_and_file_are_one_press_away(with_a_visit_today, page, went, small_desk, qtbot):
    qtbot.mouseClick(button(page, "print_brief"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(button(page, "open_file"), Qt.MouseButton.LeftButton)
    assert went == [Place("brief", small_desk.visit), Place("file", small_desk.distributor)]


def test_that_the_window_has_its_turn_between_the_cards_that_fill(small_desk, qtbot, desk, settle):
    page, seen, beat = TodayPage(desk), set(), QTimer()
    qtbot.addWidget(page)
    beat.timeout.connect(lambda: seen.add((len(page.ours._rows), len(page.theirs._rows))))
    beat.start(0)
    page.show()
    settle()
    assert seen == {(0, 0), (1, 0), (1, 1)}


def test_that_a_promise_is_kept_with_a_note_in_its_place(page, qtbot, tasks, settle, small_desk):
    page.ours.findChild(Checkbox).click()
    note = page.ours._note
    note.field.edit.insert("王经理签收单")
    qtbot.keyClick(note.field.edit, Qt.Key.Key_Return)
    settle()
    kept = get(tasks, settle, page, Commitment, small_desk.ours)
    assert not kept.is_pending
    assert kept.outcome_note == "王经理签收单"
    assert "We owe nobody anything." in texts(page.ours)
    tasks.undo()
    settle()
    assert get(tasks, settle, page, Commitment, small_desk.ours).is_pending
    assert page.ours.findChild(Checkbox) is not None


def test_that_a_promise_without_a_note_stays_open_and_says_why(page, qtbot, tasks, settle, small_desk):
    page.ours.findChild(Checkbox).click()
    note = page.ours._note
    qtbot.keyClick(note.field.edit, Qt.Key.Key_Return)
    settle()
    assert "proof or a note" in note.field.error
    assert get(tasks, settle, page, Commitment, small_desk.ours).is_pending


def test_that_escape_leaves_the_note_and_the_promise_alone(page, qtbot):
    tick = page.ours.findChild(Checkbox)
    tick.click()
    qtbot.keyClick(page.ours._note.field.edit, Qt.Key.Key_Escape)
    assert page.ours._note is None
    assert not tick.isChecked()


def test_that_a_half_typed_note_outlasts_the_next_minute(page, settle):
    page.ours.findChild(Checkbox).click()
    page.ours._note.field.edit.insert("王经理")
    page.ctx.time.pass_minute()
    settle()
    assert page.ours._note.field.text() == "王经理"


def test_that_a_half_typed_note_outlasts_a_change_of_the_list(page, tasks, settle, small_desk, qtbot):
    page.ours.findChild(Checkbox).click()
    page.ours._note.field.edit.insert("王经理")
    page.ours._note.field.edit.setCursorPosition(1)
    assert page.ours._note.field.edit.hasFocus()

    more = Commitment(
        distributor_id=small_desk.distributor, direction=Direction.OURS, text="寄样品", due_on=date(2020, 1, 1)
    )
    tasks.write("Add", lambda uow: uow.insert(more))
    settle()

    def shown() -> list[str]:
        rows = [row for row in page.ours.findChildren(_Row) if row.isVisibleTo(page)]
        return [row.row.text for row in sorted(rows, key=lambda row: row.mapTo(page, row.rect().topLeft()).y())]

    qtbot.waitUntil(lambda: shown() == ["寄样品", "展台费核销到账"])
    note = page.ours._note
    qtbot.waitUntil(note.field.edit.hasFocus)
    assert (note.field.text(), note.field.edit.cursorPosition()) == ("王经理", 1)
    qtbot.keyClicks(note.field.edit, "A")
    qtbot.keyClick(note.field.edit, Qt.Key.Key_Return)
    settle()
    assert get(tasks, settle, page, Commitment, small_desk.ours).outcome_note == "王A经理"
    assert page.ours._note is None


def test_that_a_half_typed_note_outlasts_a_change_of_its_own_promise(page, tasks, settle, small_desk, qtbot):
    page.ours.findChild(Checkbox).click()
    before = page.ours._note
    before.field.edit.insert("王经理")
    before.field.edit.setCursorPosition(1)
    tasks.write("Edit", lambda uow: uow.update(Commitment, small_desk.ours, text="别的"))
    settle()
    note = page.ours._note
    assert note is not before
    assert (note.field.text(), note.field.edit.cursorPosition()) == ("王经理", 1)
    qtbot.waitUntil(note.field.edit.hasFocus)
    assert [box.isChecked() for box in page.ours.findChildren(Checkbox) if box.isVisibleTo(page)] == [True]


def test_that_see_all_brings_the_promises_that_were_not_read_at_first(page, tasks, settle, small_desk, qtbot):
    def owe(uow):
        for number in range(FEW_PROMISES + 3):
            promise = Commitment(
                distributor_id=small_desk.distributor, direction=Direction.OURS, text=f"第 {number} 项"
            )
            uow.insert(promise)

    tasks.write("Owe", owe)
    settle()
    qtbot.waitUntil(lambda: len(page.ours.findChildren(Checkbox)) == FEW_PROMISES)
    (see_all,) = [one for one in page.ours.findChildren(Button) if one.label == "See all"]
    qtbot.mouseClick(see_all, Qt.MouseButton.LeftButton)
    settle()
    qtbot.waitUntil(lambda: len(page.ours.findChildren(Checkbox)) == FEW_PROMISES + 4)
    assert see_all.label == "Fewer"


@pytest.fixture
def many(page, tasks, settle, small_desk, qtbot):
    """Today with 200 open promises of ours, and all that are read of them asked for."""

    def owe(uow):
        for number in range(200):
            promise = Commitment(
                distributor_id=small_desk.distributor, direction=Direction.OURS, text=f"第 {number} 项"
            )
            uow.insert(promise)

    tasks.write("Owe", owe)
    settle()
    (see_all,) = [one for one in page.ours.findChildren(Button) if one.label == "See all"]
    qtbot.mouseClick(see_all, Qt.MouseButton.LeftButton)
    settle()
    return page


def test_that_of_all_promises_only_those_in_sight_are_built(many, qtbot):
    assert 0 < len(many.ours.findChildren(_Row)) < 40
    scroll = many.findChild(QScrollArea)
    bar = scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 80 * 47)
    bar.setValue(bar.maximum())
    last = many.ours._rows[-1].commitment_id
    qtbot.waitUntil(lambda: last in many.ours._lines.rows)
    assert len(many.ours.findChildren(_Row)) < 70


def test_that_a_change_elsewhere_leaves_the_other_promises_and_what_is_noted_below_one_alone(
    many, tasks, settle, small_desk, qtbot
):
    rows = dict(many.ours._lines.rows)
    ticked, changed = (one.commitment_id for one in many.ours._rows[1:3])
    rows[ticked].row.tick.click()
    note = many.ours._note
    note.field.edit.insert("王经理")
    tasks.write("Edit", lambda uow: uow.update(Commitment, changed, text="别的"))
    settle()
    assert many.ours._note is note
    assert note.field.edit.hasFocus()
    now = many.ours._lines.rows
    assert [key for key, row in rows.items() if now.get(key) is not row] == [changed]
    assert now[changed].row.row.text == "别的"


def test_that_the_page_follows_changes_made_elsewhere(with_a_visit_today, page, tasks, settle, small_desk, qtbot):
    tasks.write("Result", lambda uow: edit_visit(uow, small_desk.visit, result_wanted="签下联合计划"))
    settle()
    qtbot.waitUntil(lambda: "签下联合计划" in texts(page))


def test_that_a_narrow_page_has_one_column(page, qtbot):
    page.resize(968, 644)
    qtbot.waitUntil(lambda: page.unwritten.mapTo(page, page.unwritten.rect().topLeft()).x() < 100)
    page.resize(1264, 844)
    qtbot.waitUntil(lambda: page.unwritten.mapTo(page, page.unwritten.rect().topLeft()).x() > 600)


def test_that_the_first_day_offers_a_way_to_begin(qtbot, make_desk, settle, went):
    page = TodayPage(make_desk("zh_CN"))
    qtbot.addWidget(page)
    page.show()
    settle()
    labels = {one.label: one for one in page.findChildren(Button)}
    labels["导入 Excel 文件"].click()
    labels["新建经销商"].click()
    assert went == [Place("import"), Place("distributors", extra="new")]


@pytest.mark.parametrize("lanes", [1, 2, 6])
def test_that_visits_at_the_same_time_all_have_the_height_of_their_names(qtbot, theme, lanes):
    view = DayLineView(theme)
    qtbot.addWidget(view)
    view.resize(1200, view.height())
    chips = tuple(
        DayChip(number, 600 + number, 660 + number, number, lanes, Tier.A, "湘禾商贸", "", is_over=False)
        for number in range(lanes)
    )
    alone = DayChip(99, 900, 960, 0, 1, None, "恒源暖通", "", is_over=False)
    view.show_line(DayLine(8, 19, 0, (*chips, alone)))
    *together, single = (chip.geometry() for chip in view._chips)
    assert all(place.height() >= 16 for place in together)
    assert all(above.bottom() < below.top() for above, below in pairwise(together))
    assert view.rect().contains(together[-1])
    assert single.height() == 36
    assert (view.height() == 84) == (lanes <= 2)


def test_that_a_visit_not_written_up_shows_when_it_was_however_long_its_name(page, qtbot):
    rows = tuple(UnwrittenRow(number, "长沙湘禾商贸有限公司" * number, "昨天 15:00", "") for number in (1, 9))
    page.unwritten.show_rows(rows, total=2)
    times = [one for one in page.unwritten.findChildren(Text) if "昨天" in one.text()]
    qtbot.waitUntil(lambda: all(one.width() >= one.sizeHint().width() for one in times))
    assert len(times) == 2


def test_that_the_visits_not_written_up_that_are_left_out_are_counted(page, qtbot):
    rows = (UnwrittenRow(1, "湘禾商贸", "yesterday 15:00", ""),)
    page.unwritten.show_rows(rows, total=196)
    left = next(one for one in page.unwritten.findChildren(Text) if one.text() == "and 195 more visits")
    qtbot.waitUntil(lambda: left.contentsRect().height() >= 16)


def test_that_the_page_ends_where_its_bar_does_also_beside_a_scroll_bar(page, qtbot):
    bar, line = page.content.findChild(QScrollArea).verticalScrollBar(), page.day_line
    for height, scrolls in ((2000, False), (300, True)):
        page.resize(1264, height)
        qtbot.waitUntil(lambda scrolls=scrolls: bar.isVisible() is scrolls)
        qtbot.waitUntil(lambda: line.mapTo(page, line.rect().bottomRight()).x() == page.width() - 25)


def test_that_a_long_name_in_the_week_is_cut_before_the_short_ones(qtbot, make_desk):
    card = WeekCard(make_desk("en"))
    qtbot.addWidget(card)
    long = "Hunan Xiangyue Mechanical and Electrical Equipment Trading Company, " * 2
    day = date(2026, 11, 23)
    days = [
        WeekDay(day, "Mon 23", entries=(WeekEntry(number, "14:00", name, overlaps=False),))
        for number, name in enumerate(("建宁净水", long, "百惠电器", long, "林邑净饮"))
    ]
    card.resize(838, 160)
    card.show()
    card.show_week(WeekAhead("Rest of the week", "5 visits", tuple(days)))
    texts = card.findChildren(Text)
    short = [one for one in texts if one.text() in {"建宁净水", "百惠电器", "林邑净饮"}]
    cut = [one for one in texts if one.text() == long]
    qtbot.wait(50)  # the widths come with the turn after the first showing
    assert [one.width() >= one.sizeHint().width() for one in short] == [True] * 3
    assert abs(cut[0].width() - cut[1].width()) <= 1


def test_that_an_empty_day_of_the_week_leaves_its_room_to_the_names_of_others(qtbot, make_desk):
    card = WeekCard(make_desk("zh_CN"))
    qtbot.addWidget(card)
    full = tuple(WeekEntry(number, "14:00", "建宁净水", overlaps=False) for number in (1, 2))
    day = date(2026, 11, 23)
    days = [WeekDay(day, "周一 23日", entries=full if number < 5 else ()) for number in range(7)]
    card.resize(838, 160)
    card.show()
    card.show_week(WeekAhead("下周", "10 场拜访", tuple(days)))
    names = [one for one in card.findChildren(Text) if one.text().startswith("建宁")]
    assert len(names) == 10
    qtbot.waitUntil(lambda: all(one.isVisible() for one in names))
    qtbot.wait(50)  # the widths come with the turn after the first showing
    assert all(one.width() >= one.sizeHint().width() for one in names)


@pytest.mark.parametrize("width", [838, 1320])
def test_that_the_days_of_the_week_are_as_wide_as_one_another_where_their_visits_allow_it(qtbot, make_desk, width):
    card = WeekCard(make_desk("en"))
    qtbot.addWidget(card)
    day = date(2026, 11, 23)
    entry = (WeekEntry(1, "14:00", "建宁净水", overlaps=False),)
    days = [WeekDay(day, f"Mon {n}", entries=() if n > 2 else entry) for n in range(5)]
    card.resize(width, 160)
    card.show()
    card.show_week(WeekAhead("Rest of the week", "3 visits", tuple(days)))
    qtbot.wait(50)  # the widths come with the turn after the first showing
    left = [one.mapTo(card, one.rect().topLeft()).x() for one in card.findChildren(Text) if "Mon" in one.text()]
    steps = [after - before for before, after in pairwise(left)]
    assert max(steps) - min(steps) <= 2  # what a division leaves
