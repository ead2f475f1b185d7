"""Colours, type and the change between light and dark."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QColor, QFontInfo, QFontMetrics, QPalette, QTextLayout
from PySide6.QtWidgets import QApplication, QListWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from channel_desk.paths import resources
from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.theme.tokens import EDGE_PAIRS, FAMILY, FONT_ROLES, TEXT_PAIRS, load_tokens
from channel_desk.ui.widgets.field import TextField
from channel_desk.ui.widgets.scrolling import Scroller
from channel_desk.ui.widgets.text_area import TextArea

THEMES = ("light", "dark")
#: Marks that carry a meaning without a text on them, and the grounds they lie on: 3:1.


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp, resources(), "light")


def luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(QColor(one)), luminance(QColor(other))), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("pairs", "least"), [(TEXT_PAIRS, 4.5), (EDGE_PAIRS, 3)], ids=["text", "edges"])
def test_that_texts_can_be_read_on_their_grounds_and_edges_stand_out(
    name: str, pairs: tuple[tuple[str, tuple[str, ...]], ...], least: float
) -> None:
    tokens = load_tokens(resources() / "themes", name)
    weak = {
        (token, ground): round(contrast(tokens[token], tokens[ground]), 2)
        for token, grounds in pairs
        for ground in grounds
        if contrast(tokens[token], tokens[ground]) < least
    }
    assert not weak


def test_that_both_themes_name_the_same_colours() -> None:
    light, dark = (json.loads((resources() / "themes" / f"{name}.json").read_text(encoding="utf-8")) for name in THEMES)
    assert list(light) == list(dark)


class Events(QObject):
    """The kinds of event that a widget gets."""

    def __init__(self) -> None:
        super().__init__()
        self.kinds: set[QEvent.Type] = set()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - the name that Qt calls
        self.kinds.add(event.type())
        return False


def test_that_a_change_of_mode_lays_no_style_on_every_widget(theme: Theme, qtbot: QtBot) -> None:
    widget, events = QWidget(), Events()
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    widget.installEventFilter(events)
    theme.set_mode("dark")
    qtbot.waitUntil(lambda: QEvent.Type.PaletteChange in events.kinds)
    assert QEvent.Type.StyleChange not in events.kinds


def pieces(theme: Theme) -> QWidget:
    """Fields, a long text and a list, in an area that scrolls."""
    inside = QWidget()
    column = QVBoxLayout(inside)
    line = TextField(theme, "Example")
    text = TextArea(theme)
    text.setText("Words\n" * 40)
    entries = QListWidget()
    entries.addItems([str(number) for number in range(40)])
    for one in (line, TextField(theme, "Another"), text, entries):
        column.addWidget(one)
    inside.setMinimumHeight(900)
    line.setText("Typed")
    scroll = Scroller(inside)
    scroll.resize(400, 500)
    return scroll


@pytest.mark.parametrize(("before", "after"), [("light", "dark"), ("dark", "light")])
def test_that_what_is_open_when_the_mode_changes_looks_like_what_is_opened_then(
    theme: Theme, qtbot: QtBot, before: str, after: str
) -> None:
    theme.set_mode(before)
    opened = pieces(theme)
    qtbot.addWidget(opened)
    with qtbot.waitExposed(opened):
        opened.show()
    was = opened.grab().toImage()
    theme.set_mode(after)
    fresh = pieces(theme)
    qtbot.addWidget(fresh)
    with qtbot.waitExposed(fresh):
        fresh.show()
    focused = QApplication.focusWidget()
    if focused is not None:
        focused.clearFocus()
    assert was != fresh.grab().toImage()
    qtbot.waitUntil(lambda: opened.grab().toImage() == fresh.grab().toImage())


def test_that_a_change_of_mode_changes_colours_and_is_told_once(theme: Theme) -> None:
    told: list[bool] = []
    theme.changed.connect(lambda: told.append(theme.is_dark))
    before = theme.colour("surface")
    theme.set_mode("dark")
    theme.set_mode("dark")
    assert told == [True]
    assert theme.colour("surface") != before
    assert QApplication.palette().base().color() == theme.colour("surface")


def test_that_what_cannot_be_used_is_faded_in_both_modes(theme: Theme) -> None:
    for mode in ("light", "dark"):
        theme.set_mode(mode)
        shown = QApplication.palette()
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
            assert shown.color(QPalette.ColorGroup.Disabled, role) == theme.colour("ink-3")
            assert shown.color(QPalette.ColorGroup.Active, role) == theme.colour("ink")


@pytest.mark.parametrize("role", FONT_ROLES)
def test_that_every_role_is_drawn_in_the_house_face(theme: Theme, role: str) -> None:
    info = QFontInfo(theme.font(role))
    assert (info.family(), info.pixelSize(), info.weight()) == (FAMILY, FONT_ROLES[role].size, FONT_ROLES[role].weight)


def test_that_digits_have_equal_width(theme: Theme) -> None:
    metrics = QFontMetrics(theme.font("body"))
    assert len({metrics.horizontalAdvance(digit * 10) for digit in "0123456789"}) == 1


def wide_quotes(theme: Theme, text: str) -> str:
    """The quotation marks of ``text``, each as it is drawn: W as wide as a Chinese character, n narrow."""
    font = theme.font("body")
    layout = QTextLayout(text, font)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(10_000)
    layout.endLayout()

    def left(place: int) -> float:
        found: object = line.cursorToX(place)
        return float(found[0] if isinstance(found, tuple) else found)  # type: ignore[arg-type]  # stubs say float only

    return "".join(
        "W" if left(place + 1) - left(place) > font.pixelSize() * 0.9 else "n"
        for place, character in enumerate(text)
        if character in "‘’“”"
    )


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("The sheet “说明” was not read", "nn"),
        ("级别: “KA” is none of the values", "nn"),
        ("such as “长沙”, (“武汉”) or “hn”.", "nnnnnn"),
        ("the distributor’s “培训 A” planned", "nnn"),
        ("按“Enter”键", "WW"),
        ("共“5”家", "WW"),
        ("是“级别”的可选值", "WW"),
        ("级别：“长沙”，“武汉”。", "nnnn"),
    ],
)
def test_that_quotation_marks_leave_no_gap_and_match_where_chinese_and_latin_text_meet(
    theme: Theme, text: str, marks: str
) -> None:
    assert wide_quotes(theme, text) == marks


def test_that_no_line_is_lower_than_its_letters(theme: Theme) -> None:
    assert all(FONT_ROLES[role].line >= FONT_ROLES[role].size * 1.25 for role in FONT_ROLES)


def test_that_an_unknown_colour_is_told(theme: Theme) -> None:
    with pytest.raises(KeyError):
        theme.colour("mauve")
