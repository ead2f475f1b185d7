"""Fields: what is typed, what is understood, what is told to be wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from channel_desk.i18n import Language
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets.choice_field import ChoiceField
from channel_desk.ui.widgets.date_field import DateField
from channel_desk.ui.widgets.field import Labelled, TextField
from channel_desk.ui.widgets.number_field import MoneyField, NumberField
from channel_desk.ui.widgets.text_area import TextArea
from channel_desk.ui.widgets.time_field import TimeField

Show = Callable[[QWidget], QWidget]
TODAY = date(2026, 9, 22)


def type_into(qtbot: QtBot, field: TextField, text: str) -> None:
    field.edit.setFocus()
    field.edit.selectAll()
    qtbot.keyClicks(field.edit, text)
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)


def test_that_pasted_line_breaks_become_blanks(qtbot: QtBot, shown: Show, theme: Theme) -> None:
    field = TextField(theme)
    shown(field)
    field.edit.insert("end")
    field.edit.setCursorPosition(0)
    QGuiApplication.clipboard().setText("Line one\r\nLine\ttwo ")
    field.edit.paste()
    assert field.text() == "Line one Line two end"
    assert field.edit.cursorPosition() == len("Line one Line two ")
    field.edit.insert("　")  # a wide blank is no break
    assert field.text() == "Line one Line two 　end"


def test_that_a_day_is_typed_as_one_says_it(qtbot: QtBot, shown: Show, theme: Theme, language_en: Language) -> None:
    field = DateField(theme, language_en, lambda: TODAY, name="When")
    shown(field)
    with qtbot.waitSignal(field.value_changed) as told:
        type_into(qtbot, field, "next wed")
    assert told.args == [date(2026, 9, 30)]
    assert field.text() == "Wed 30 Sep 2026"


@pytest.mark.parametrize("language", ["language_en", "language_zh"])
def test_that_every_day_can_be_read_in_the_room_that_a_field_asks_for(
    shown: Show, theme: Theme, language: str, request: pytest.FixtureRequest
) -> None:
    field = DateField(theme, request.getfixturevalue(language), lambda: TODAY)
    field.setFixedWidth(field.room())
    shown(field)
    for day in (date(2026, 11, 25) + timedelta(days=number) for number in range(400)):
        field.set_day(day)
        text = field.edit.fontMetrics().horizontalAdvance(field.text())
        assert text < field.edit.contentsRect().width(), field.text()
    assert field.edit.contentsRect().width() < text + 40


def test_that_a_day_that_is_put_in_is_shown_from_its_beginning(
    shown: Show, theme: Theme, language_en: Language
) -> None:
    field = DateField(theme, language_en, lambda: TODAY)
    field.set_day(TODAY)
    assert field.edit.cursorPosition() == 0


def test_that_what_is_no_day_stays_as_typed_with_an_example(
    qtbot: QtBot, shown: Show, theme: Theme, language_en: Language
) -> None:
    field = DateField(theme, language_en, lambda: TODAY)
    field.set_day(TODAY)
    shown(field)
    with qtbot.assertNotEmitted(field.value_changed):
        type_into(qtbot, field, "some day")
    assert field.text() == "some day"
    assert "next Wed" in field.error
    assert field.day == TODAY
    type_into(qtbot, field, "+3")
    assert (field.error, field.day) == ("", date(2026, 9, 25))


def test_that_an_error_in_a_narrow_field_is_seen_whole_and_leaves_its_neighbour_in_place(
    qtbot: QtBot, shown: Show, theme: Theme, language_zh: Language
) -> None:
    start, end = TimeField(theme, language_zh), TimeField(theme, language_zh)
    parts = [Labelled(theme, "从", start), Labelled(theme, "到", end)]
    holder = QWidget()
    row = QHBoxLayout(holder)
    for part in parts:
        part.setFixedWidth(88)
        row.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
    shown(holder)
    before = [field.box.mapTo(holder, QPoint(0, 0)) for field in (start, end)]
    type_into(qtbot, start, "25:70")
    error = start._error
    qtbot.waitUntil(lambda: error.height() >= error.heightForWidth(error.width()))
    assert error.heightForWidth(error.width()) > theme.line_height("secondary")
    assert error.y() == start.box.geometry().bottom() + 1 + 4
    assert error.geometry().bottom() <= start.rect().bottom()
    assert [field.box.mapTo(holder, QPoint(0, 0)) for field in (start, end)] == before
    type_into(qtbot, start, "9:30")
    qtbot.waitUntil(lambda: start.height() == end.height())


def test_that_the_calendar_is_used_with_the_keyboard(
    qtbot: QtBot, shown: Show, theme: Theme, language_en: Language
) -> None:
    field = DateField(theme, language_en, lambda: TODAY)
    shown(field)
    qtbot.keyClick(field.edit, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = field.calendar
    assert popup is not None
    assert popup.grid.accessibleName() == "Tue 22 Sep 2026"
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_PageDown, Qt.Key.Key_Return):
        qtbot.keyClick(popup.grid, key)
    assert field.day == date(2026, 10, 30)
    assert field.calendar is None


def test_that_typing_goes_on_while_the_calendar_is_open(
    qtbot: QtBot, shown: Show, theme: Theme, language_zh: Language
) -> None:
    field = DateField(theme, language_zh, lambda: TODAY)
    shown(field)
    field.open_calendar()
    assert field.calendar is not None
    qtbot.keyClicks(field.calendar.grid, "1")
    qtbot.keyClicks(field.edit, "0-15")
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    assert field.text() == "2026年10月15日 周四"


@pytest.mark.parametrize(
    ("typed", "minor"), [("48.6万", 48_600_000), ("1.5 万", 1_500_000), ("20,000", 2_000_000), ("¥12.5", 1250)]
)
def test_that_money_is_understood(
    qtbot: QtBot, shown: Show, theme: Theme, language_zh: Language, typed: str, minor: int
) -> None:
    field = MoneyField(theme, language_zh, currency="CNY")
    shown(field)
    field.edit.setText(typed)
    field.edit.textEdited.emit(typed)
    assert field.check()
    assert field.minor == minor
    written = field.text()
    field.edit.textEdited.emit(written)
    assert field.check()
    assert (field.minor, field.text()) == (minor, written)


@pytest.mark.parametrize("typed", ["20o 000", "5 USD", "much"])
def test_that_what_is_no_money_is_told(
    qtbot: QtBot, shown: Show, theme: Theme, language_en: Language, typed: str
) -> None:
    field = MoneyField(theme, language_en, currency="CNY")
    shown(field)
    type_into(qtbot, field, typed)
    assert field.error == "Not an amount, for example 200,000"
    assert field.text() == typed


def test_that_a_number_keeps_to_its_bounds(qtbot: QtBot, shown: Show, theme: Theme, language_en: Language) -> None:
    field = NumberField(theme, language_en, least=0, most=180, unit="days")
    shown(field)
    type_into(qtbot, field, "200")
    assert field.error == "A number from 0 to 180"
    type_into(qtbot, field, "45")
    assert (field.value, field.error) == (45, "")


def test_that_decimals_are_read_where_they_are_allowed(
    qtbot: QtBot, shown: Show, theme: Theme, language_en: Language
) -> None:
    field = NumberField(theme, language_en, decimals=1)
    shown(field)
    type_into(qtbot, field, "4.25")
    assert field.error
    type_into(qtbot, field, "4.5")
    assert field.value == Decimal("4.5")


def test_that_a_time_needs_no_colon(qtbot: QtBot, shown: Show, theme: Theme, language_en: Language) -> None:
    field = TimeField(theme, language_en)
    shown(field)
    type_into(qtbot, field, "1530")
    assert (field.time, field.text()) == (time(15, 30), "15:30")


def test_that_an_emptied_field_has_no_value(qtbot: QtBot, shown: Show, theme: Theme, language_en: Language) -> None:
    field = TimeField(theme, language_en)
    field.set_time(time(9, 0))
    shown(field)
    field.edit.setFocus()
    field.edit.selectAll()
    qtbot.keyClick(field.edit, Qt.Key.Key_Delete)
    with qtbot.waitSignal(field.value_changed) as told:
        qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    assert told.args == [None]


def test_that_an_error_is_told_to_assistive_technology_and_goes_with_typing(
    qtbot: QtBot, shown: Show, theme: Theme
) -> None:
    field = TextField(theme)
    labelled = Labelled(theme, "Short name", field)
    shown(labelled)
    field.set_error("Needed for the list")
    assert field.edit.accessibleName() == "Short name"
    assert field.edit.accessibleDescription() == "Needed for the list"
    qtbot.keyClicks(field.edit, "X")
    assert field.error == ""


def test_that_a_choice_is_made_with_arrows_and_letters(qtbot: QtBot, shown: Show, theme: Theme) -> None:
    field = ChoiceField(theme, [(1, "Alpha"), (2, "Beta"), (3, "Blue")], name="Colour")
    shown(field)
    target = field.focusProxy()
    assert target is not None
    assert field.value is None
    qtbot.keyClick(target, Qt.Key.Key_Down)
    assert field.value == 1
    qtbot.keyClicks(target, "b")
    assert field.value == 2
    qtbot.keyClicks(target, "b")
    assert (field.value, target.accessibleDescription()) == (3, "Blue")


def test_that_a_letter_goes_to_the_next_word_with_that_pinyin(qtbot: QtBot, shown: Show, theme: Theme) -> None:
    field = ChoiceField(theme, [(1, "名称"), (2, "省份"), (3, "城市"), (4, "手机")], name="Field")
    shown(field)
    target = field.focusProxy()
    assert target is not None
    for wanted in (2, 4, 2):
        qtbot.keyClicks(target, "s")
        assert field.value == wanted


def test_that_a_text_too_long_for_its_field_shows_its_beginning_and_is_written_on_at_its_end(
    qtbot: QtBot, shown: Show, theme: Theme
) -> None:
    field, other = TextField(theme, name="Source"), TextField(theme, name="Other")
    shown(other)
    shown(field)
    other.setFocus()
    field.set_value("Two people practise for five minutes, then they change places")
    assert field.edit.cursorPosition() == 0
    field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
    qtbot.keyClicks(field.edit, "!")
    assert field.text().endswith("places!")


@pytest.mark.parametrize(
    "text", ["One long line of words. " * 30, "一行很长的中文备注" * 30, "Supercalifragilistic" * 30]
)
def test_that_a_text_area_filled_before_it_is_shown_has_room_for_its_lines(
    qtbot: QtBot, theme: Theme, text: str
) -> None:
    area = TextArea(theme, least=1, most=4)
    qtbot.addWidget(area)
    area.set_value(text)
    area.resize(300, 200)
    area.show()
    qtbot.waitExposed(area)
    whole = area.box.height()
    area.edit.setPlainText("\n" * 3)
    assert whole == area.box.height()
    area.set_value("A few words that fill two lines here")
    area.resize(600, 200)
    qtbot.waitUntil(lambda: area.box.height() == theme.line_height("body") + 18)


def test_that_a_text_area_grows_and_is_submitted_with_ctrl_enter(qtbot: QtBot, shown: Show, theme: Theme) -> None:
    area = TextArea(theme, least=1, most=4)
    shown(area)
    low = area.box.height()
    area.setText("one\ntwo\nthree")
    assert area.box.height() == low + 40
    area.setText("\n".join("123456789"))
    assert area.box.height() == low + 60
    with qtbot.waitSignal(area.submitted):
        qtbot.keyClick(area.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_that_a_day_said_after_midnight_counts_from_the_new_today(
    qtbot: QtBot, shown: Show, theme: Theme, language_en: Language
) -> None:
    days = [TODAY]
    field = DateField(theme, language_en, lambda: days[-1])
    shown(field)
    days.append(TODAY + timedelta(days=3))
    type_into(qtbot, field, "tomorrow")
    assert field.day == TODAY + timedelta(days=4)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("kind", [TextField, TextArea])
def test_that_a_field_that_cannot_be_used_has_one_ground(
    theme: Theme, shown: Callable[[QWidget], QWidget], mode: str, kind: type[TextField | TextArea]
) -> None:
    field = kind(theme)
    window = shown(field)
    theme.set_mode(mode)
    window.setEnabled(False)
    picture = field.grab().toImage()
    beside_the_text, in_it = picture.pixelColor(4, 16), picture.pixelColor(field.width() // 2, 16)
    assert beside_the_text == in_it == theme.colour("sunken")
