"""Values that become fields where they stand, with the keyboard alone."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from channel_desk.i18n import Language
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets.field import TextField
from channel_desk.ui.widgets.inline_edit import InlineEdit
from channel_desk.ui.widgets.inline_kinds import LINES, Day, InlineKind, Money, Number, OneOf
from channel_desk.ui.widgets.number_field import NumberField
from channel_desk.ui.widgets.text_area import TextArea


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    QVBoxLayout(window)
    qtbot.addWidget(window)
    return window


def put(qtbot: QtBot, window: QWidget, edit: InlineEdit) -> InlineEdit:
    layout = window.layout()
    assert layout is not None
    layout.addWidget(edit)
    other = QLineEdit()
    other.setObjectName("neighbour")
    layout.addWidget(other)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    edit.setFocus()
    return edit


def neighbour(window: QWidget) -> QLineEdit:
    found = window.findChild(QLineEdit, "neighbour")
    assert isinstance(found, QLineEdit)
    return found


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def test_that_f2_edits_and_enter_saves(qtbot: QtBot, theme: Theme, language_en: Language, window: QWidget) -> None:
    edit = put(qtbot, window, InlineEdit(theme, language_en, name="Short name"))
    edit.set_value("Xiangyue")
    qtbot.keyClick(focus(), Qt.Key.Key_F2)
    assert focus().accessibleName() == "Short name"
    qtbot.keyClicks(focus(), "Hengneng")
    with qtbot.waitSignal(edit.committed) as told:
        qtbot.keyClick(focus(), Qt.Key.Key_Return)
    assert told.args == ["Hengneng"]
    assert edit.field is None
    assert focus().accessibleDescription() == "Hengneng"


def test_that_esc_restores_and_does_not_leave_the_page(
    qtbot: QtBot, theme: Theme, language_en: Language, window: QWidget
) -> None:
    left: list[bool] = []
    QShortcut(QKeySequence(Qt.Key.Key_Escape), window).activated.connect(lambda: left.append(True))
    edit = put(qtbot, window, InlineEdit(theme, language_en, name="Short name"))
    edit.set_value("Xiangyue")
    qtbot.keyClick(focus(), Qt.Key.Key_Return)
    qtbot.keyClicks(focus(), "Wrong")
    with qtbot.assertNotEmitted(edit.committed):
        qtbot.keyClick(focus(), Qt.Key.Key_Escape)
    assert (edit.value, edit.field, left) == ("Xiangyue", None, [])


def test_that_leaving_saves(qtbot: QtBot, theme: Theme, language_en: Language, window: QWidget) -> None:
    edit = put(qtbot, window, InlineEdit(theme, language_en, name="Short name"))
    edit.start()
    qtbot.keyClicks(focus(), "Songyuan")
    with qtbot.waitSignal(edit.committed) as told:
        neighbour(window).setFocus()
    assert told.args == ["Songyuan"]


def test_that_nothing_is_saved_when_nothing_changed(
    qtbot: QtBot, theme: Theme, language_en: Language, window: QWidget
) -> None:
    edit = put(qtbot, window, InlineEdit(theme, language_en, name="Note"))
    edit.start()
    with qtbot.assertNotEmitted(edit.committed):
        qtbot.keyClick(focus(), Qt.Key.Key_Return)
    assert edit.value is None


def test_that_a_value_that_cannot_be_read_stays_in_the_field_with_its_error(
    qtbot: QtBot, theme: Theme, language_en: Language, window: QWidget
) -> None:
    edit = put(qtbot, window, InlineEdit(theme, language_en, Number(), name="Terms"))
    edit.set_value(30)
    edit.start()
    qtbot.keyClicks(focus(), "soon")
    qtbot.keyClick(focus(), Qt.Key.Key_Return)
    assert isinstance(edit.field, NumberField)
    assert edit.field.error
    assert edit.value == 30


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (Day(lambda: date(2026, 9, 22)), "15 oct", date(2026, 10, 15)),
        (Number(), "45", 45),
        (Money("CNY"), "20万", 20_000_000),
    ],
)
def test_that_each_kind_understands_its_typing(
    qtbot: QtBot, theme: Theme, language_en: Language, window: QWidget, kind: InlineKind, typed: str, value: object
) -> None:
    edit = put(qtbot, window, InlineEdit(theme, language_en, kind, name="Value"))
    edit.start()
    field = edit.field
    assert isinstance(field, TextField)
    field.edit.insert(typed)
    field.edit.textEdited.emit(typed)
    with qtbot.waitSignal(edit.committed) as told:
        qtbot.keyClick(focus(), Qt.Key.Key_Return)
    assert told.args == [value]


def test_that_a_choice_is_saved_with_enter(qtbot: QtBot, theme: Theme, language_en: Language, window: QWidget) -> None:
    edit = InlineEdit(theme, language_en, OneOf([("a", "First"), ("b", "Second")]), name="Level")
    put(qtbot, window, edit)
    edit.set_value("a")
    edit.start()
    qtbot.keyClick(focus(), Qt.Key.Key_Down)
    with qtbot.waitSignal(edit.committed) as told:
        qtbot.keyClick(focus(), Qt.Key.Key_Return)
    assert told.args == ["b"]


def test_that_enter_starts_a_line_in_several_lines(
    qtbot: QtBot, theme: Theme, language_en: Language, window: QWidget
) -> None:
    edit = put(qtbot, window, InlineEdit(theme, language_en, LINES, name="Note"))
    edit.start()
    assert isinstance(edit.field, TextArea)
    qtbot.keyClicks(focus(), "one")
    qtbot.keyClick(focus(), Qt.Key.Key_Return)
    qtbot.keyClicks(focus(), "two")
    with qtbot.waitSignal(edit.committed) as told:
        qtbot.keyClick(focus(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert told.args == ["one\ntwo"]
