"""Words, buttons, marks, toasts and the sheet that shows them all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QImage, QTextDocument
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from channel_desk.i18n import Language
from channel_desk.paths import resources
from channel_desk.ui.gallery import SHEETS, build_gallery, photograph
from channel_desk.ui.gallery_words import sample_words
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.badge import CLASS_ICONS, STANCE_ICONS, Badge, StatusDot
from channel_desk.ui.widgets.button import Button, IconButton
from channel_desk.ui.widgets.chip import FilterChip
from channel_desk.ui.widgets.drawing import plain_tip, set_tip
from channel_desk.ui.widgets.flow import FlowLayout
from channel_desk.ui.widgets.focus_ring import FocusRing
from channel_desk.ui.widgets.menu import Menu
from channel_desk.ui.widgets.popup import Popup
from channel_desk.ui.widgets.right_margin import keep_right_margin
from channel_desk.ui.widgets.segmented import Segmented
from channel_desk.ui.widgets.states import LoadingRows
from channel_desk.ui.widgets.text import Text
from channel_desk.ui.widgets.text_area import TextArea
from channel_desk.ui.widgets.toast import Toast

Show = Callable[[QWidget], QWidget]


def colours(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def rows_of_ink(widget: QWidget) -> tuple[int, int]:
    """The first and the last row of pixels that differ from the corner."""
    image = widget.grab().toImage()
    ground = image.pixelColor(0, 0).lightness()
    rows = [
        y
        for y in range(image.height())
        if any(abs(image.pixelColor(x, y).lightness() - ground) > 60 for x in range(image.width()))
    ]
    return rows[0], rows[-1]


def enter(widget: QWidget) -> None:
    """The pointer comes over ``widget``."""
    QApplication.sendEvent(widget, QEnterEvent(QPointF(1, 1), QPointF(1, 1), QPointF(1, 1)))


def test_that_a_label_never_reads_markup(theme: Theme) -> None:
    label = Text(theme, "<b>bold</b><img src='/etc/passwd'>")
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text().startswith("<b>")
    assert label.sizeHint().width() > Text(theme, "bold").sizeHint().width() * 3


def test_that_a_tooltip_never_reads_markup(theme: Theme) -> None:
    button = IconButton(theme, "x", "<b>M&E</b>")
    assert button.accessibleName() == "<b>M&E</b>"
    assert "<b>" not in button.toolTip()
    set_tip(button, "plain words")
    assert button.toolTip() == "plain words"


def test_that_a_long_tooltip_is_broken_into_lines_and_a_very_long_one_ends_early(theme: Theme) -> None:
    words = QTextDocument()
    words.setHtml(plain_tip("a & b\n" + "渠道 " * 30))
    assert words.toPlainText() == "a & b\n" + "渠道 " * 30
    words.setHtml(plain_tip("渠道 " * 2000))
    assert 1_900 < len(words.toPlainText()) < 2_010
    assert words.toPlainText().endswith("…")


def test_that_text_follows_the_theme(theme: Theme) -> None:
    label = Text(theme, "Xiangyue", "big-number")
    light = colours(label.grab().toImage())
    theme.set_mode("dark")
    try:
        assert theme.colour("ink").name() in colours(label.grab().toImage())
        assert theme.colour("ink").name() not in light
    finally:
        theme.set_mode("light")


def test_that_words_of_a_line_stand_in_its_middle_and_on_one_base_line(theme: Theme) -> None:
    feet = set()
    for role in ("secondary", "body", "body-strong", "card-title"):
        label = Text(theme, "HEH", role)
        label.setFixedHeight(32)
        top, foot = rows_of_ink(label)
        assert abs(top - (31 - foot)) <= 1, role
        feet.add(foot)
    assert len(feet) == 1


@pytest.mark.parametrize("kind", ["link", "ghost"])
def test_that_the_words_of_a_bare_button_keep_their_distance_in_a_small_one(theme: Theme, kind: str) -> None:
    small, normal = Button(theme, "See all", kind, size=28), Button(theme, "See all", kind)
    assert small.sizeHint().width() == normal.sizeHint().width()


def test_that_wrapped_text_asks_for_the_height_of_its_lines(theme: Theme) -> None:
    label = Text(theme, "价格管理要在节前确认。" * 6, "long-note", wrap=True)
    assert label.heightForWidth(2000) == 24
    assert label.heightForWidth(200) % 24 == 0
    assert label.heightForWidth(200) > label.heightForWidth(400)


@pytest.mark.parametrize("kind", [{}, {"elide": True}, {"wrap": True}])
def test_that_the_margins_of_a_text_come_on_top_of_its_words(theme: Theme, kind: dict[str, bool]) -> None:
    bare, inset = (Text(theme, "and 195 more", **kind) for _ in range(2))
    inset.setContentsMargins(16, 8, 16, 8)
    assert inset.sizeHint() - bare.sizeHint() == QSize(32, 16)
    assert inset.minimumSizeHint() - bare.minimumSizeHint() == QSize(32, 16)
    assert inset.heightForWidth(132) == bare.heightForWidth(100) + 16


def test_that_the_bar_of_a_page_that_goes_may_still_move(qtbot: QtBot) -> None:
    scroll, inside = QScrollArea(), QWidget()
    qtbot.addWidget(scroll)
    layout = QVBoxLayout(inside)
    layout.setContentsMargins(24, 16, 24, 24)
    scroll.setWidget(inside)
    keep_right_margin(scroll, layout)
    bar = scroll.verticalScrollBar()
    bar.setRange(0, 9)
    assert layout.contentsMargins().right() == 24 - bar.sizeHint().width()
    bar.setRange(0, 0)
    assert layout.contentsMargins().right() == 24
    shiboken6.delete(inside)
    bar.setRange(0, 9)


def test_that_a_mobile_number_pasted_from_a_spreadsheet_keeps_its_distance_from_the_next_column(
    theme: Theme, qtbot: QtBot
) -> None:
    pasted = "13800138000\t12万"
    read = Text(theme, pasted, wrap=True)._laid_out(pasted, 400)
    area = TextArea(theme)
    qtbot.addWidget(area)
    area.resize(400, 100)
    area.setText(pasted)
    area.show()
    block = area.edit.document().firstBlock()
    for layout in (read, block.layout()):
        line = layout.lineAt(0)
        assert line.cursorToX(12)[0] - line.cursorToX(11)[0] > 4


def test_that_a_text_of_at_most_two_lines_is_no_higher_however_long(theme: Theme) -> None:
    words = "万家丽中路 188 号 3 楼，" * 6
    whole, short = Text(theme, words, wrap=True), Text(theme, words, wrap=True, most_lines=2)
    assert whole.heightForWidth(120) > 2 * theme.line_height("body")
    assert short.heightForWidth(120) == 2 * theme.line_height("body")
    assert Text(theme, "近", wrap=True, most_lines=2).heightForWidth(120) == theme.line_height("body")


def test_that_a_text_of_at_most_three_lines_ends_with_its_ellipsis_however_wide_it_is(theme: Theme) -> None:
    words = "Water Treatment & Heating Supplies Trading Company Limited (Changsha Branch), 10月进货 36 万元。" * 4
    label = Text(theme, words, wrap=True, most_lines=3)
    lines = {
        width: label._laid_out(label._shortened(width), width).lineCount()  # what is painted
        for width in range(120, 400)
    }
    assert {width: count for width, count in lines.items() if count != 3} == {}
    label.setText("1 signed\n2 paid\n3 dated\n4 filed\n5 sent")
    assert label._shortened(300) == "1 signed\n2 paid\n3 dated 4 filed 5 sent"
    assert label._shortened(90).endswith("…")
    assert label._shortened(90).count("\n") == 2


def test_that_rare_characters_and_emoji_are_neither_torn_nor_cut_late(theme: Theme) -> None:
    label = Text(theme, "𠮷野 总经理", wrap=True, most_lines=1)
    label.set_lead("𠮷野", "body-strong", "ink")
    (lead,) = label._laid_out(label.text(), 400).formats()
    assert lead.length == 3  # as Qt counts
    label = Text(theme, "𠮷" * 60, wrap=True, most_lines=2)
    short = label._shortened(120)
    assert short.endswith("…")
    assert label._count_lines(short, 120) == 2


@pytest.mark.parametrize(
    "words", ["Six months drawn together (workshop)", "9:30–11:00 · 雨花区万家丽中路", "王建国、李敏，陈立"]
)
def test_that_no_blank_and_no_dot_is_left_before_an_ellipsis(theme: Theme, words: str) -> None:
    metrics = theme.metrics("body")
    shown = {drawing.elided(metrics, words, width) for width in range(20, metrics.horizontalAdvance(words))}
    assert len(shown) > 5
    assert [one for one in shown if not one.endswith("…") or one[-2:-1] in set(" ·、，")] == []
    assert drawing.elided(metrics, words, 1000) == words


@pytest.mark.parametrize(
    "words",
    [
        "Not written up yet",
        "政务楼项目与安装培训",
        "\N{PARTY POPPER}\N{PARTY POPPER} Schöne 安装 \N{PARTY POPPER}培训 day",
        "one",
        "",
    ],
)
def test_that_broken_words_lose_nothing_and_take_no_more_lines_than_they_may(theme, words):
    font = theme.font("body")
    for most in range(6):
        lines = drawing.broken(font, words, 60, most)
        assert len(lines) <= max(most, 1)
        assert "".join("".join(lines).split()) == "".join(words.split())
        assert all(theme.metrics("body").horizontalAdvance(line) <= 60 for line in lines[:-1])


def test_that_a_label_tells_what_was_cut_and_only_then(theme: Theme, qtbot: QtBot) -> None:
    label = Text(theme, "Xiangyue <M&E>", elide=True)
    qtbot.addWidget(label)
    for room, told in ((40, True), (400, False), (40, True)):
        label.resize(room, 20)
        enter(label)
        assert label.toolTip() == (plain_tip("Xiangyue <M&E>") if told else "")
    label.setToolTip("something else")
    label.resize(400, 20)
    enter(label)
    assert label.toolTip() == "something else"


def test_that_an_elided_label_is_one_line_high_whatever_was_typed(theme: Theme) -> None:
    assert Text(theme, "one\ntwo\nthree", elide=True).sizeHint() == Text(theme, "one two three", elide=True).sizeHint()


def test_that_an_elided_label_can_be_narrow(theme: Theme) -> None:
    assert Text(theme, "a long name " * 5, elide=True).minimumSizeHint().width() < 40


def test_that_an_ampersand_is_no_mnemonic(theme: Theme) -> None:
    button = Button(theme, "M&E")
    assert (button.label, button.accessibleName(), button.shortcut().isEmpty()) == ("M&E", "M&E", True)


def test_that_enter_and_space_press_a_focused_button(qtbot: QtBot, theme: Theme, shown: Show) -> None:
    button = Button(theme, "Save", "primary")
    shown(button)
    button.setFocus()
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return):
        with qtbot.waitSignal(button.clicked):
            qtbot.keyClick(button, key)


def test_that_the_ring_shows_for_the_keyboard_only(theme: Theme, shown: Show) -> None:
    button = Button(theme, "Save")
    window = shown(button)
    button.setFocus(Qt.FocusReason.MouseFocusReason)
    assert window.findChildren(FocusRing) == []
    button.clearFocus()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    (ring,) = window.findChildren(FocusRing)
    assert ring.geometry() == button.geometry().adjusted(-4, -4, 4, 4)
    button.move(button.pos() + QPoint(0, 7))
    assert ring.geometry() == button.geometry().adjusted(-4, -4, 4, 4)
    button.clearFocus()
    assert not ring.isVisible()


def test_that_a_chip_is_removed_by_its_cross_and_by_delete(qtbot: QtBot, theme: Theme, shown: Show) -> None:
    chip = FilterChip(theme, "Region: Central", removable=True, on=True)
    shown(chip)
    with qtbot.waitSignal(chip.removed), qtbot.assertNotEmitted(chip.clicked):
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 16, 14))
    with qtbot.waitSignal(chip.removed):
        qtbot.keyClick(chip, Qt.Key.Key_Delete)
    with qtbot.waitSignal(chip.clicked):
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(20, 14))


def test_that_arrows_move_the_chosen_segment(qtbot: QtBot, theme: Theme, shown: Show) -> None:
    segments = Segmented(theme, [("day", "Day"), ("week", "Week"), ("month", "Month")])
    shown(segments)
    first = segments.findChildren(QAbstractButton)[0]
    with qtbot.waitSignal(segments.chosen) as told:
        qtbot.keyClick(first, Qt.Key.Key_Right)
    assert (told.args, segments.current) == (["week"], "week")


def test_that_badges_flow_into_lines(qtbot: QtBot, theme: Theme) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    flow = FlowLayout(host)
    for _ in range(6):
        flow.addWidget(Badge(theme, "Low risk", "success"))
    one = flow.heightForWidth(2000)
    assert (one, flow.heightForWidth(flow.sizeHint().width() // 2)) == (24, 24 * 2 + 8)


def test_that_loading_rows_wait_before_they_appear(qtbot: QtBot, theme: Theme) -> None:
    rows = LoadingRows(theme, 3)
    qtbot.addWidget(rows)
    rows.start()
    assert not rows.is_drawn
    qtbot.waitUntil(lambda: rows.is_drawn)
    rows.stop()
    assert rows.isHidden()


@pytest.fixture
def toast(theme: Theme, language_zh: Language, shown: Show) -> Toast:
    host = QWidget()
    host.setMinimumSize(640, 200)
    shown(host)
    return Toast(theme, language_zh, host)


def test_that_a_toast_offers_the_way_back(qtbot: QtBot, toast: Toast) -> None:
    toast.show_text("已移到 9月24日", action="撤销", key="Ctrl+Z")
    assert toast.isVisible()
    assert toast.close_button.accessibleName() == "关闭"
    with qtbot.waitSignal(toast.acted):
        qtbot.mouseClick(toast.action, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(toast.isHidden)


def test_that_the_pointer_stops_the_time_of_a_toast(toast: Toast) -> None:
    toast.show_text("已保存")
    assert toast.is_counting
    place = QPointF(5, 5)
    QApplication.sendEvent(toast, QEnterEvent(place, place, place))
    assert not toast.is_counting
    toast.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)  # as Qt does for a real pointer
    toast.show_text("已删除")
    assert not toast.is_counting
    QApplication.sendEvent(toast, QEvent(QEvent.Type.Leave))
    assert toast.is_counting


def test_that_a_toast_stays_at_the_foot_of_a_window_that_is_made_smaller(toast: Toast) -> None:
    host = toast.parentWidget()
    toast.show_text("已保存")
    for size in (QSize(1200, 700), QSize(640, 300)):
        host.resize(size)
        assert abs(toast.geometry().center().x() - host.rect().center().x()) <= 1
        assert host.height() - toast.geometry().bottom() == 25


@pytest.mark.parametrize("room", [1440, 480])
def test_that_a_toast_says_what_went_wrong_whole_and_is_low_again_after_it(toast: Toast, room: int) -> None:
    host = toast.parentWidget()
    host.resize(room, 440)
    reason = "This visit uses the checklist standard in version 12, which this program does not have. "
    toast.show_text(reason + "Install a newer one.", wrong=True)
    words = toast.findChild(Text)
    assert words.height() >= words.heightForWidth(words.width())
    assert not words._is_cut()
    assert host.rect().contains(toast.geometry())
    toast.show_text("Saved", action="Undo", key="Ctrl+Z")
    assert toast.height() == 44


@pytest.mark.parametrize("words", ["Saved as ok.pdf", "已保存 brief.pdf", "Sent to the printer", "Saved", "x"])
def test_that_what_fits_into_one_line_stands_in_one_line(theme: Theme, toast: Toast, words: str) -> None:
    text = Text(theme, words, wrap=True)
    assert text.heightForWidth(text.whole_width) == text.heightForWidth(2 * text.whole_width)
    toast.show_text(words, action="Show in folder")
    assert toast.height() == 44


def test_that_a_new_toast_takes_the_place_of_the_old(toast: Toast) -> None:
    toast.show_text("first", action="Undo")
    toast.show_text("second")
    assert (toast.text, toast.action.isHidden()) == ("second", True)


def test_that_esc_closes_a_popup(qtbot: QtBot, theme: Theme, shown: Show) -> None:
    button = Button(theme, "More")
    shown(button)
    popup = Popup(theme, button)
    popup.body.addWidget(Text(theme, "inside"))
    popup.open_below()
    with qtbot.waitSignal(popup.closed):
        qtbot.keyClick(popup, Qt.Key.Key_Escape)


def test_that_a_status_is_never_colour_alone(theme: Theme) -> None:
    assert StatusDot(theme, "at_risk", "At risk").accessibleName() == "At risk"


@pytest.mark.parametrize("name", [*STANCE_ICONS.values(), *(icon for icon, _ in CLASS_ICONS.values())])
def test_that_marks_have_their_icons(name: str) -> None:
    assert (resources() / "icons" / f"{name}.svg").is_file()


@pytest.mark.parametrize(("name", "code", "mode"), SHEETS)
def test_that_the_sheet_of_widgets_can_be_photographed(
    qapp: QApplication, theme: Theme, request: pytest.FixtureRequest, tmp_path: Path, name: str, code: str, mode: str
) -> None:
    language: Language = request.getfixturevalue("language_zh" if code == "zh_CN" else "language_en")
    theme.set_mode(mode)
    try:
        picture = photograph(theme, language, qapp)
        assert picture.save(str(tmp_path / f"{name}.png"))
        drawn = colours(picture.toImage())
        tokens = ("window", "surface", "accent-fill", "accent-select", "danger-tint", "tier-a", "tier-b", "toast")
        assert {theme.colour(token).name() for token in tokens} <= drawn
    finally:
        theme.set_mode("light")


def test_that_every_button_and_field_of_the_sheet_has_a_name(qtbot: QtBot, theme: Theme, language_en: Language) -> None:
    sheet = build_gallery(theme, language_en)
    qtbot.addWidget(sheet)
    buttons = [button for button in sheet.findChildren(QAbstractButton) if not button.isHidden()]
    assert not [type(button).__name__ for button in buttons if not button.accessibleName()]
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in sheet.findChildren(QLabel))


def test_that_the_theme_chosen_on_one_sheet_dresses_all(
    qtbot: QtBot, theme: Theme, language_en: Language, language_zh: Language
) -> None:
    sheets = [build_gallery(theme, language) for language in (language_en, language_zh)]
    modes = []
    for sheet in sheets:
        qtbot.addWidget(sheet)
        modes += [one for one in sheet.findChildren(Segmented) if one.accessibleName() in ("Theme", "主题")]
    try:
        qtbot.mouseClick(modes[0].segment("dark"), Qt.MouseButton.LeftButton)
        assert [one.current for one in modes] == ["dark", "dark"]
        ground = theme.colour("window")
        assert all(sheet.grab().toImage().pixelColor(2, 2) == ground for sheet in sheets)
        assert ground.lightness() < 128
    finally:
        theme.set_mode("light")
    assert [one.current for one in modes] == ["light", "light"]


def test_that_samples_speak_both_languages() -> None:
    assert sample_words("en").keys() == sample_words("zh_CN").keys()


def test_that_a_menu_has_the_round_corners_of_everything_that_pops_up(qtbot: QtBot, theme: Theme) -> None:
    anchor = QWidget()
    qtbot.addWidget(anchor)
    menu = Menu(theme, anchor)
    menu.addAction("Delete")
    menu.popup(QPoint(0, 0))
    image = menu.grab().toImage()
    assert image.pixelColor(0, 0).alpha() == 0
    assert image.pixelColor(image.width() // 2, 4).name() == theme.colour("surface").name()
    menu.close()
