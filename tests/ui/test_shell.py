"""The window around the pages."""

from __future__ import annotations

import collections
import gc
import logging
import sys
import threading

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QMenu,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from channel_desk.domain.commitments import Commitment, Direction
from channel_desk.domain.contacts import Contact
from channel_desk.domain.distributors import Distributor
from channel_desk.domain.visits import Answer
from channel_desk.errors import UserError
from channel_desk.services import distributors
from channel_desk.services.commitments import fulfil_commitment, promise
from channel_desk.services.distributors import create_distributor, edit_contact, edit_distributor
from channel_desk.services.visits import edit_visit
from channel_desk.storage.store import Store
from channel_desk.ui.file.note_card import NoteCard
from channel_desk.ui.place import Place
from channel_desk.ui.planner.chip import VisitChip
from channel_desk.ui.shell.failure import Failure
from channel_desk.ui.shell.pages import FIRST_PARTS, PAGES
from channel_desk.ui.shell.palette import Palette
from channel_desk.ui.shell.popup import Panel
from channel_desk.ui.shell.rail import RailButton
from channel_desk.ui.shell.window import SMALLEST
from channel_desk.ui.theme.later_faces import LaterFaces
from channel_desk.ui.visit.promise_line import PromiseLine
from channel_desk.ui.widgets.key_cap import key_names
from channel_desk.ui.widgets.text import Text
from channel_desk.ui.widgets.text_area import TextArea
from channel_desk.ui.widgets.toast import Toast
from tests.ui.conftest import rest

RAIL = [spec.name for spec in PAGES if spec.label]


@pytest.fixture
def desk(small_desk, open_desk):
    return open_desk("en")


@pytest.fixture
def own_log(monkeypatch):
    """The hooks of the interpreter and the log are afterwards as they were."""
    for where, name in ((sys, "excepthook"), (sys, "unraisablehook"), (threading, "excepthook")):
        monkeypatch.setattr(where, name, getattr(where, name))
    ours = logging.getLogger("channel_desk")
    before, level = list(ours.handlers), ours.level
    yield
    for handler in [one for one in ours.handlers if one not in before]:
        ours.removeHandler(handler)
        handler.close()
    ours.setLevel(level)


@pytest.fixture
def bugs_expected(expected_log, own_log):
    """A bug is going to strike."""
    expected_log("channel_desk.crash", "a bug struck")


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_that_every_entry_of_the_rail_opens_its_page(qtbot, small_desk, open_desk, language):
    desk = open_desk(language)
    for name in RAIL:
        desk.window.go(Place(name))
        rest(qtbot, desk)
        assert desk.window.page is not None
        assert desk.window.page.objectName() == name


def test_that_enter_presses_the_entries_of_the_rail_and_the_field_for_everything(qtbot, desk):
    for button in desk.window.findChildren(RailButton):
        if button.text() in {"Planner", "Settings"}:
            qtbot.keyClick(button, Qt.Key.Key_Return)
            rest(qtbot, desk)
            assert desk.window.page.objectName() == button.text().lower()
    qtbot.keyClick(desk.window.page.findChild(QWidget, "palette_field"), Qt.Key.Key_Return)
    assert desk.window.findChild(Palette) is not None


def test_that_escape_and_alt_left_go_back_where_one_came_from(qtbot, desk, small_desk):
    desk.window.go(Place("settings"))
    desk.window.go(Place("file", small_desk.distributor))
    desk.window.back()
    assert desk.window.page.objectName() == "settings"
    qtbot.keyClick(desk.window, Qt.Key.Key_Escape)
    assert desk.window.page.objectName() == "today"
    desk.window.back()
    assert desk.window.page.objectName() == "today"
    rest(qtbot, desk)


def test_that_escape_leaves_a_field_before_its_page(qtbot, desk, small_desk):
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow)
    desk.window.go(Place("training"))
    desk.window.go(Place("session", small_desk.session))
    rest(qtbot, desk)
    page = desk.window.page
    qtbot.waitUntil(lambda: page.desk.editor.slide is not None)
    page.desk.editor.edit_part("texts")
    field = page.desk.editor.field("title").edit
    assert QApplication.focusWidget() is field
    qtbot.keyClicks(field, "x")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert desk.window.page is page
    assert QApplication.focusWidget() is page.desk.slides
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert desk.window.page.objectName() == "training"
    rest(qtbot, desk)


def test_that_a_title_that_can_be_typed_over_begins_where_the_others_do(qtbot, desk, small_desk):
    begins = []
    for place, title in (
        (Place("training"), lambda page: page.bar.title),
        (Place("session", small_desk.session), lambda page: page.desk.title.findChild(Text)),
    ):
        desk.window.go(place)
        rest(qtbot, desk)
        words = title(desk.window.page)
        begins.append(words.mapTo(desk.window, QPoint()).x())
    assert begins[0] == begins[1]


def test_that_the_language_changes_while_the_place_stays(qtbot, small_desk, data_folder, open_desk):
    desk = open_desk("en")
    desk.window.go(Place("settings"))
    desk.settings.set("language", "zh_CN")
    qtbot.waitUntil(lambda: desk.window.ctx.language.code == "zh_CN")
    rest(qtbot, desk)
    assert desk.window.page.objectName() == "settings"
    assert desk.window.page.bar.title.text() == "设置"


def test_that_a_toast_goes_when_the_language_changes(qtbot, desk):
    desk.window.ctx.feedback.say("Saved as brief.pdf")
    assert [one.isVisible() for one in desk.window.findChildren(Toast)] == [True]
    desk.settings.set("language", "zh_CN")
    qtbot.waitUntil(lambda: desk.window.ctx.language.code == "zh_CN")
    rest(qtbot, desk)
    assert not any(one.isVisible() for one in desk.window.findChildren(Toast))


@pytest.mark.parametrize("typed", ["Import", "New training", "New visit", "New distributor"])
def test_that_what_begins_something_is_found_from_every_page(qtbot, desk, typed):
    for name in ("today", "settings", "help"):
        desk.window.go(Place(name))
        rest(qtbot, desk)
        desk.window.open_palette()
        palette = desk.window.findChild(object, "palette")
        qtbot.keyClicks(palette._field, typed)
        rest(qtbot, desk)
        assert palette._list.item(0).data(Qt.ItemDataRole.UserRole).text.startswith(typed)
        qtbot.keyClick(palette._field, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: desk.window.findChild(object, "palette") is None)
    desk.window.begin("training", "new")
    assert desk.window.page.form.isVisible()
    rest(qtbot, desk)
    assert desk.window.page.form.isAncestorOf(QApplication.focusWidget())


def test_that_the_theme_changes_while_the_window_is_open(desk):
    desk.settings.set("theme", "dark")
    assert desk.theme.is_dark
    desk.settings.set("theme", "light")
    assert not desk.theme.is_dark


def test_that_a_write_is_told_and_its_undo_button_takes_it_back(qtbot, desk, small_desk):
    desk.tasks.write(
        "Promise kept",
        lambda uow: fulfil_commitment(uow, small_desk.ours, on=desk.window.ctx.today, note="receipt"),
    )
    rest(qtbot, desk)
    toast = desk.window._speaker._toast
    assert toast.isVisible()
    qtbot.mouseClick(toast.action, Qt.MouseButton.LeftButton)
    rest(qtbot, desk)
    found = []
    desk.tasks.read(lambda reader: reader.get(Commitment, small_desk.ours), found.append, owner=desk.window)
    rest(qtbot, desk)
    assert found[0].is_pending


def test_that_an_undo_that_is_offered_goes_when_a_later_step_is_stored_without_a_word(qtbot, desk, small_desk):
    for tags, toast in ((("a",), True), (("a", "b"), False)):
        desk.tasks.write(
            "Tags", lambda uow, tags=tags: uow.update(Distributor, small_desk.distributor, tags=tags), toast=toast
        )
        rest(qtbot, desk)
        assert [one.isVisible() for one in desk.window.findChildren(Toast)] == [toast]


def test_that_toasts_stand_above_the_action_bar_of_the_page(qtbot, desk, small_desk):
    window = desk.window
    window.go(Place("visit", small_desk.visit))
    rest(qtbot, desk)
    window.ctx.feedback.say("Saved")
    bar = window.page.findChild(QWidget, "action_bar")
    toast = window._speaker._toast
    top = bar.mapTo(window, QPoint(0, 0)).y()
    assert bar.isVisible()
    assert toast.geometry().bottom() < top
    window.go(Place("settings"))
    assert toast.geometry().bottom() > top  # no bar there: it comes down again
    rest(qtbot, desk)


def test_that_a_toast_stands_at_the_foot_of_the_window_where_a_list_is_empty_and_has_no_bar(qtbot, desk, small_desk):
    window = desk.window
    desk.tasks.write("Gone", lambda uow: distributors.delete_distributor(uow, small_desk.distributor))
    window.go(Place("distributors"))
    rest(qtbot, desk)
    window.ctx.feedback.say("Saved")
    assert window.height() - window._speaker._toast.geometry().bottom() == 25


def test_that_a_toast_stands_at_the_foot_of_the_window_until_a_page_shows_the_part_with_its_bar(qtbot, desk, tmp_path):
    window = desk.window
    window.go(Place("import"))
    rest(qtbot, desk)
    window.ctx.feedback.say("Saved")
    assert window.height() - window._speaker._toast.geometry().bottom() == 25
    (tmp_path / "客户.csv").write_text("客户名称,城市\n湘禾商贸,长沙\n", "utf-8")
    window.go(Place("import", extra=str(tmp_path / "客户.csv")))
    rest(qtbot, desk)
    bar = window.page.findChild(QWidget, "action_bar")
    qtbot.waitUntil(lambda: window._speaker._toast.geometry().bottom() < bar.mapTo(window, QPoint(0, 0)).y())


@pytest.mark.parametrize("place", ["file", "visit"])
def test_that_a_toast_never_covers_the_form_in_which_a_promise_is_typed(qtbot, desk, small_desk, place):
    window = desk.window
    window.resize(1100, 620)
    with qtbot.waitActive(window):
        window.activateWindow()
    window.go(Place(place, small_desk.distributor if place == "file" else small_desk.visit))
    rest(qtbot, desk)
    window.ctx.feedback.say("Saved")
    toast = window._speaker._toast
    below = toast.geometry()
    page = window.page
    open_form = page.promises.ours.open_form if place == "file" else page.record_promise
    open_form()
    rest(qtbot, desk)
    form = page.promises.ours.form if place == "file" else page.form

    def seen() -> QRect:
        return form.visibleRegion().boundingRect().translated(form.mapTo(window, QPoint(0, 0)))

    qtbot.waitUntil(lambda: seen().intersects(below))  # there it would have covered the form
    qtbot.waitUntil(lambda: not seen().intersects(toast.geometry()))
    page.setFocus()
    qtbot.waitUntil(lambda: toast.geometry() == below)


def test_that_a_toast_never_covers_a_field_of_several_lines_that_belongs_to_no_form(qtbot, desk):
    window = desk.window
    with qtbot.waitActive(window):
        window.activateWindow()
    window.ctx.feedback.say("Saved")
    toast = window._speaker._toast
    below = toast.geometry()
    field = TextArea(window.ctx.theme, parent=window)
    field.setGeometry(below)
    field.show()
    field.setFocus()
    qtbot.waitUntil(lambda: not field.geometry().intersects(toast.geometry()))
    window.page.setFocus()
    qtbot.waitUntil(lambda: toast.geometry() == below)


def test_that_a_toast_stands_above_the_action_bar_of_a_page_that_is_only_being_loaded(qtbot, desk, small_desk):
    window = desk.window
    window.ctx.feedback.say("Saved")
    window.go(Place("visit", small_desk.visit))
    rest(qtbot, desk)
    bar = window.page.findChild(QWidget, "action_bar")
    assert window._speaker._toast.geometry().bottom() < bar.mapTo(window, QPoint(0, 0)).y()


@pytest.mark.parametrize("keys, told", [("Ctrl+Return", "Ctrl+Enter"), ("Alt+Left", "Alt+←"), ("Ctrl+,", "Ctrl+,")])
def test_that_keys_are_called_in_the_lists_what_they_are_called_on_the_caps_and_in_the_manual(keys, told):
    assert key_names(QKeySequence(keys)) == told


def test_that_the_palette_finds_a_distributor_by_its_initials_and_opens_the_file(qtbot, desk):
    desk.window.open_palette()
    palette = desk.window.findChild(object, "palette")
    qtbot.keyClicks(palette._field, "xhsm")
    rest(qtbot, desk)
    qtbot.keyClick(palette._field, Qt.Key.Key_Return)
    rest(qtbot, desk)
    assert desk.window.page.objectName() == "file"


@pytest.mark.parametrize("typed, code", [("中文", "zh_CN"), ("english", "en")])
def test_that_ctrl_k_offers_both_languages_of_the_deck_and_of_the_brief(qtbot, desk, small_desk, typed, code):
    def choose(words):
        desk.window.open_palette()
        field = desk.window.findChild(object, "palette")._field
        field.insert(words)  # QTest cannot type Chinese
        rest(qtbot, desk)
        qtbot.keyClick(field, Qt.Key.Key_Return)
        rest(qtbot, desk)

    desk.window.go(Place("session", small_desk.session))
    rest(qtbot, desk)
    deck = desk.window.page.deck
    deck.choose_language("en" if code == "zh_CN" else "zh_CN")
    rest(qtbot, desk)
    choose(f"language of the deck {typed}")
    assert deck.language.code == code
    desk.window.go(Place("brief", small_desk.visit))
    rest(qtbot, desk)
    brief = desk.window.page
    brief.show_language("en" if code == "zh_CN" else "zh_CN")
    rest(qtbot, desk)
    choose(f"language of the brief {typed}")
    assert brief.languages.current == brief._code == code
    assert desk.window.ctx.language.code == "en"


def test_that_an_enter_that_is_faster_than_the_search_opens_what_was_typed_and_not_what_stood_there(qtbot, desk):
    desk.window.open_palette()
    palette = desk.window.findChild(object, "palette")
    qtbot.keyClicks(palette._field, "xhsm")
    qtbot.keyClick(palette._field, Qt.Key.Key_Return)  # the first of the commands is still in sight
    rest(qtbot, desk)
    assert desk.window.page.objectName() == "file"
    assert desk.window.findChild(object, "palette") is None


def test_that_an_enter_before_the_search_has_answered_is_forgotten_by_the_next_key(qtbot, desk):
    desk.window.open_palette()
    palette = desk.window.findChild(object, "palette")
    qtbot.keyClicks(palette._field, "xh")
    qtbot.keyClick(palette._field, Qt.Key.Key_Return)
    qtbot.keyClicks(palette._field, "s")
    rest(qtbot, desk)
    assert palette.isVisible()


def test_that_the_palette_shows_nothing_that_was_sought_before_its_field_was_emptied(qtbot, desk):
    desk.window.open_palette()
    palette = desk.window.findChild(object, "palette")

    def shown() -> list[str]:
        return [
            palette._list.item(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(palette._list.count())
        ]

    commands = shown()
    qtbot.keyClicks(palette._field, "xhsm")
    palette._field.clear()
    rest(qtbot, desk)
    assert shown() == commands


@pytest.mark.parametrize("keys", ["Ctrl+K", "Ctrl+/"])
def test_that_a_value_has_the_keyboard_again_after_a_panel_that_was_opened_while_it_was_edited(
    qtbot, desk, small_desk, keys
):
    window = desk.window
    with qtbot.waitActive(window):
        window.activateWindow()
    window.go(Place("file", small_desk.distributor))
    rest(qtbot, desk)
    note = window.page.findChild(NoteCard).note
    note.start()
    qtbot.keyClicks(note.field.edit, "Bring the price list")
    next(one for one in window.actions() if one.shortcut() == QKeySequence(keys)).trigger()
    qtbot.waitUntil(lambda: note.field is None)
    rest(qtbot, desk)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(Panel) is None)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F2)
    assert note.field is not None
    assert note.value == "Bring the price list"


def test_that_a_value_picked_from_its_list_keeps_the_keyboard(qtbot, desk, small_desk):
    window = desk.window
    with qtbot.waitActive(window):
        window.activateWindow()
    window.go(Place("file", small_desk.distributor))
    rest(qtbot, desk)
    edit = window.page.profile.row("level").edit
    edit.start()
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    qtbot.keyClick(QApplication.activePopupWidget(), Qt.Key.Key_Down)
    qtbot.keyClick(QApplication.activePopupWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)
    rest(qtbot, desk)
    assert QApplication.focusWidget() is edit.focusProxy()
    assert edit.field is None


def test_that_one_panel_follows_another_and_the_keyboard_returns_to_where_it_was_before_both(qtbot, desk):
    window = desk.window
    with qtbot.waitActive(window):
        window.activateWindow()
    window.go(Place("distributors"))
    rest(qtbot, desk)
    before = QApplication.focusWidget()
    window.open_palette()
    window.open_shortcuts()
    qtbot.waitUntil(lambda: len(window.findChildren(Panel)) == 1)
    window.open_palette()
    qtbot.waitUntil(lambda: len(window.findChildren(Panel)) == 1)
    assert window.findChild(Palette) is not None
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is before


def test_that_a_panel_closes_with_its_page_and_what_was_told_after_a_bug_stays(qtbot, desk):
    window = desk.window
    for open_panel, turn in (
        (window.open_palette, lambda: window.go(Place("planner"))),
        (window.open_shortcuts, window.back),
    ):
        open_panel()
        turn()
        qtbot.waitUntil(lambda: window.findChild(Panel) is None)
    window.tell_crash(None)
    window.go(Place("planner"))
    rest(qtbot, desk)
    assert window.findChild(Panel) is not None


@pytest.mark.parametrize("panel", ["palette", "shortcuts"])
def test_that_a_panel_closes_with_a_click_on_a_button_beside_it_and_stays_with_one_inside(qtbot, desk, panel):
    window = desk.window
    window.resize(1440, 900)
    with qtbot.waitActive(window):
        window.activateWindow()
    window.go(Place("planner"))
    rest(qtbot, desk)
    beside = next(one for one in window.page.bar.findChildren(QAbstractButton) if one.isVisible() and one.isEnabled())
    getattr(window, f"open_{panel}")()
    shown = window.findChild(Panel)
    qtbot.mousePress(shown, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    assert shown.isVisible()
    assert not shown.geometry().contains(beside.mapTo(window, beside.rect().center()))
    qtbot.mousePress(beside, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.findChild(Panel) is None)


@pytest.mark.parametrize("panel", ["palette", "shortcuts"])
@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Backtab])
def test_that_tab_stays_in_a_panel_until_it_is_closed(qtbot, desk, panel, key):
    window = desk.window
    with qtbot.waitActive(window):
        window.activateWindow()
    getattr(window, f"open_{panel}")()
    shown = window.findChild(Panel)
    for _ in range(3):
        qtbot.keyClick(QApplication.focusWidget(), key)
        assert shown is QApplication.focusWidget() or shown.isAncestorOf(QApplication.focusWidget())


def test_that_tab_goes_round_in_a_panel_forwards_and_backwards(qtbot, desk, tmp_path):
    window = desk.window
    with qtbot.waitActive(window):
        window.activateWindow()
    window.tell_crash(tmp_path / "report.txt")
    walked = []
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Tab):
        qtbot.keyClick(QApplication.focusWidget(), key)
        walked.append(QApplication.focusWidget().text())
    assert walked == ["Show report", "Close", "Show report", "Close"]


def test_that_the_way_back_from_what_was_imported_leads_past_the_file(qtbot, desk, tmp_path):
    sheet = tmp_path / "customers.csv"
    sheet.write_text("Customer,City\nAlpha Trading,Wuhan\n", encoding="utf-8")
    window = desk.window
    for place in (Place("planner"), Place("distributors"), Place("import", extra=str(sheet))):
        window.go(place)
        rest(qtbot, desk)
    window.page.run()
    rest(qtbot, desk)
    assert window.page.objectName() == "distributors"
    window.back()
    rest(qtbot, desk)
    assert window.page.objectName() == "planner"


def test_that_the_palette_runs_a_command(qtbot, desk):
    desk.window.open_palette()
    palette = desk.window.findChild(object, "palette")
    qtbot.keyClicks(palette._field, "Theme: Dark")
    rest(qtbot, desk)
    qtbot.keyClick(palette._field, Qt.Key.Key_Return)
    assert desk.settings.text("theme") == "dark"
    desk.settings.set("theme", "light")


@pytest.mark.parametrize(
    ("typed", "text"), [("dark", "主题：深色"), ("shense", "主题：深色"), ("new visit", "新建拜访"), ("undo", "撤销")]
)
def test_that_the_palette_of_a_chinese_window_finds_commands_by_their_english_words_too(qtbot, open_desk, typed, text):
    desk = open_desk("zh_CN")
    desk.window.open_palette()
    palette = desk.window.findChild(object, "palette")
    qtbot.keyClicks(palette._field, typed)
    rest(qtbot, desk)
    assert palette._list.item(0).data(Qt.ItemDataRole.UserRole).text == text


@pytest.mark.parametrize(("page", "typed", "text"), [("session", "删除", "删除本页"), ("planner", "取消", "取消拜访")])
def test_that_what_takes_something_away_is_found_by_its_word(qtbot, small_desk, open_desk, page, typed, text):
    desk = open_desk("zh_CN")
    desk.window.go(Place(page, small_desk.session if page == "session" else 0))
    rest(qtbot, desk)
    desk.window.open_palette()
    palette = desk.window.findChild(object, "palette")
    palette._field.setText(typed)  # an input method's work
    rest(qtbot, desk)
    assert palette._list.item(0).data(Qt.ItemDataRole.UserRole).text == text


def test_that_redo_has_the_keys_of_windows_too(desk):
    (redo,) = [one for one in desk.window.actions() if one.text() == "Redo"]
    assert [one.toString() for one in redo.shortcuts()] == ["Ctrl+Shift+Z", "Ctrl+Y"]


def test_that_the_palette_stays_whole_in_the_lowest_window_and_its_last_line_is_reached(qtbot, desk):
    desk.window.resize(*SMALLEST)
    desk.window.open_palette()
    palette = desk.window.findChild(object, "palette")
    hits = palette._list
    qtbot.waitUntil(lambda: palette.rect().contains(hits.geometry()))
    qtbot.keyClick(palette._field, Qt.Key.Key_Up)
    last = hits.item(hits.count() - 1)
    assert hits.currentItem() is last
    qtbot.waitUntil(lambda: hits.viewport().rect().contains(hits.visualItemRect(last)))


def test_that_a_command_stands_above_a_distributor_whose_note_alone_says_the_same(qtbot, desk, small_desk):
    desk.tasks.write("Note", lambda uow: edit_distributor(uow, small_desk.distributor, note="speaks English well"))
    rest(qtbot, desk)
    desk.window.open_palette()
    palette = desk.window.findChild(object, "palette")
    qtbot.keyClicks(palette._field, "english")
    rest(qtbot, desk)
    hits = [palette._list.item(row).data(Qt.ItemDataRole.UserRole) for row in range(palette._list.count())]
    assert [(hit.command, hit.distributor) for hit in hits] == [
        ("window.language_en", 0),
        ("", small_desk.distributor),
    ]


def test_that_actions_have_names_of_their_own_and_no_two_shortcuts_collide_where_both_work(qtbot, desk):
    for name in RAIL:
        desk.window.go(Place(name))
        rest(qtbot, desk)
        actions: list[QAction] = [*desk.window.actions(), *desk.window.page.actions()]
        names = collections.Counter(action.objectName() for action in actions)
        keys = collections.Counter(key.toString() for action in actions for key in action.shortcuts())
        assert "" not in names
        assert [one for one, count in (names + keys).items() if count > 1] == []


def test_that_the_list_of_shortcuts_shows_those_of_the_page(qtbot, desk):
    desk.window.open_shortcuts()
    shown = desk.window.findChild(object, "shortcuts")
    texts = [label.text() for label in shown.findChildren(object) if hasattr(label, "text")]
    assert "Keyboard shortcuts" in texts
    assert "Start visit" in texts
    qtbot.keyClick(shown, Qt.Key.Key_Escape)


@pytest.mark.parametrize(
    ("language", "page", "keys", "does"),
    [
        ("en", "planner", "Alt+arrows", "Move the visit: 15 minutes, a day, in the month a week"),
        ("zh_CN", "planner", "Alt+方向键", "移动拜访：15 分钟、一天，月历里上下是一周"),
        ("en", "visit", ". and three digits", "Jump to a question: .207 is question 7 of the talk"),
        ("zh_CN", "visit", "1、2 …", "选对应的答案"),
        ("en", "distributors", "Ctrl+A", "Check all"),
        ("zh_CN", "distributors", "Delete", "删除勾选的；没有勾选就删这一行"),
    ],
)
def test_that_the_list_of_shortcuts_has_the_keys_that_the_manual_tells_of_the_page_each_once_and_whole(
    qtbot, small_desk, open_desk, language, page, keys, does
):
    window = (desk := open_desk(language)).window
    window.resize(1024, 700)
    window.go(Place(page, small_desk.visit if page == "visit" else 0))
    rest(qtbot, desk)
    window.open_shortcuts()
    shown = window.findChild(object, "shortcuts")
    labels = shown.findChildren(Text)
    texts = [label.text() for label in labels]
    assert texts[texts.index(does) + 1] == keys
    assert max(collections.Counter(texts[1:]).values()) == 1  # the title is the name of a command too
    assert shown.height() >= shown.sizeHint().height()
    assert [label.text() for label in labels if label.width() < label.sizeHint().width()] == []


def test_that_the_rail_shrinks_with_the_window_and_1024_by_700_is_enough(qtbot, desk):
    desk.window.resize(1024, 700)
    assert (desk.window.width(), desk.window.height()) == (1024, 700)
    assert desk.window._rail.width() == 56
    desk.window.resize(1440, 900)
    assert desk.window._rail.width() == 176


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_that_every_page_fits_a_small_screen_with_large_letters(qtbot, small_desk, open_desk, language):
    desk = open_desk(language)
    desk.window.resize(880, 440)
    assert (desk.window.width(), desk.window.height()) == (880, 440)
    records = {"file": small_desk.distributor, "visit": small_desk.visit, "brief": small_desk.visit, "session": 1}
    for spec in PAGES:
        desk.window.go(Place(spec.name, records.get(spec.name)))
        rest(qtbot, desk)
        page = desk.window.page
        least = page.minimumSizeHint()
        assert least.width() <= page.width(), spec.name
        assert least.height() <= page.height(), spec.name


def test_that_the_form_of_a_training_is_whole_in_a_low_window(qtbot, desk, small_desk):
    desk.window.resize(880, 440)
    desk.window.begin("training", "new")
    rest(qtbot, desk)
    form = desk.window.page.form
    fields = (form.who, form.title, form.day, form.place, form.store)
    qtbot.waitUntil(lambda: all(field.height() >= field.minimumSizeHint().height() for field in fields))


def test_that_a_window_without_its_key_says_why_and_can_be_closed(qtbot, qapp, small_desk, data_folder, clock, own_log):
    from channel_desk.app import Choice, Desk

    data_folder.key.unlink()
    desk = Desk(qapp, Choice(data_folder, clock, "en"))
    with qtbot.waitSignal(desk.settled, timeout=20_000):
        desk.start()
    for _ in range(len(FIRST_PARTS) + 1):  # the first page would have been there by now
        qapp.processEvents()
    failure = desk.window.findChild(QWidget, "failure")
    assert failure.isVisible()
    qtbot.keyClick(desk.window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert failure.isVisible()
    assert "the data cannot be opened: channel_desk.errors.UserError data_key_missing" in data_folder.log.read_text()
    assert desk.window.close()
    desk.window.deleteLater()
    desk.deleteLater()
    qapp.processEvents()


def test_that_a_bug_that_strikes_before_the_window_is_at_rest_is_told_too(qtbot, desk, data_folder, bugs_expected):
    error = ValueError("林悦")
    desk.take_early_bug(type(error), error, None)
    qtbot.waitUntil(lambda: desk.window.findChild(object, "crash") is not None)
    (report,) = data_folder.log.parent.glob("crash-*.txt")
    assert "ValueError" in report.read_text("utf-8")
    assert "林悦" not in report.read_text("utf-8")
    rest(qtbot, desk)


def test_that_the_log_tells_of_the_day_and_of_nobody(qtbot, desk, data_folder, bugs_expected):
    desk.take_early_bug(ValueError, ValueError("林悦"), None)

    def refuse(_reader):
        raise UserError("import_file_missing", path="/home/lin/湘禾商贸.xlsx")

    desk.tasks.read(refuse, lambda _: None, owner=desk.window)
    rest(qtbot, desk)
    desk.end()
    lines = [line.split(" ", 3)[-1] for line in data_folder.log.read_text("utf-8").splitlines()]
    assert lines == [
        "the window is open",
        "a bug struck: ValueError",
        "not done: channel_desk.errors.UserError import_file_missing",
        "the window is closed",
    ]


def test_that_the_reason_why_the_data_cannot_be_opened_is_read_whole(qtbot, make_desk):
    window = QWidget()
    qtbot.addWidget(window)
    path = "/home/lin/.local/share/ChannelDesk/desk.key"
    failure = Failure(make_desk("en"), UserError("data_key_damaged", path=path), window)
    QVBoxLayout(window).addWidget(failure)
    window.resize(1264, 844)
    with qtbot.waitExposed(window):
        window.show()
    (reason,) = [one for one in failure.findChildren(Text) if "desk.key" in one.text()]
    assert reason.heightForWidth(reason.width()) == reason.height()


def test_that_settings_of_the_data_are_there_in_the_next_window(qtbot, desk, data_folder, clock):
    from channel_desk.services.preferences import read_preferences

    desk.settings.set("user_name", "林悦")
    desk.window.close()
    store = Store.open(data_folder, clock)
    assert store.read(read_preferences) == {"user_name": '"林悦"'}
    store.close()


def test_that_the_window_stays_when_the_last_words_could_not_be_stored(qtbot, desk, monkeypatch):
    told = []
    desk.window.ctx.feedback.wanted.connect(lambda text, *_: told.append(text))

    def refuse(_uow):
        raise UserError("disk_full")

    monkeypatch.setattr(desk.window.page, "leave", lambda: desk.tasks.write("Last words", refuse))
    assert not desk.window.close()
    assert desk.window.isVisible()
    assert any("Close again" in text for text in told)
    desk.tasks.write("More", lambda uow: distributors.create_distributor(uow, Distributor(name="x")))
    rest(qtbot, desk)
    assert not desk.window.close()  # something was stored meanwhile: it asks again
    assert desk.window.close()


@pytest.mark.parametrize("is_gone", [True, False])
def test_that_a_window_whose_data_is_gone_says_so_before_anything_is_entered(
    qtbot, qapp, small_desk, data_folder, clock, own_log, is_gone
):
    from channel_desk.app import Choice, Desk

    if is_gone:
        data_folder.database.rename(data_folder.root / "elsewhere.db")
    desk = Desk(qapp, Choice(data_folder, clock, "en"))
    with qtbot.waitSignal(desk.settled, timeout=20_000):
        desk.start()
    said = [text.text() for toast in desk.window.findChildren(Toast) for text in toast.findChildren(Text)]
    assert any("put it back as desk.db before you enter anything" in text for text in said) is is_gone
    desk.tasks.close()
    desk.window.deleteLater()


def test_that_a_later_start_leaves_the_window_as_large_as_it_is(qtbot, desk):
    desk.window.showMaximized()
    qtbot.waitUntil(desk.window.isMaximized)
    desk._raise()
    assert desk.window.isMaximized()


def test_that_a_language_that_is_not_compiled_is_refused_with_a_sentence(qtbot, desk, uncompiled, monkeypatch):
    monkeypatch.setattr(desk, "_resources", uncompiled)
    desk.settings.set("language", "zh_CN")
    qtbot.waitUntil(lambda: bool(desk.window.findChildren(Toast)))
    (toast,) = desk.window.findChildren(Toast)
    assert any("中文 is not compiled" in text.text() for text in toast.findChildren(Text))
    rest(qtbot, desk)
    assert desk.window.page is not None
    assert desk.window.ctx.language.code == "en"


def test_that_the_language_leaves_nothing_behind_however_often_it_is_changed(qtbot, desk, small_desk):
    def speak(code):
        desk.settings.set("language", code)
        qtbot.waitUntil(lambda: desk.window.ctx.language.code == code)
        rest(qtbot, desk)

    def living():
        desk.window.go(Place("file", small_desk.distributor))
        rest(qtbot, desk)
        desk.window.go(Place("today"))
        rest(qtbot, desk)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
        ours = [one for one in gc.get_objects() if isinstance(one, QObject) and shiboken6.isValid(one)]
        return collections.Counter(
            type(one).__name__ for one in ours if type(one).__module__.startswith("channel_desk")
        )

    def children():
        return collections.Counter(type(one).__name__ for one in desk.findChildren(QObject))

    # What loads the last faces comes once, some time after the start.
    qtbot.waitUntil(lambda: (faces := desk.theme.findChild(LaterFaces)) is not None and not faces.isActive())
    counts = []
    for _ in range(3):
        for code in ("zh_CN", "en"):
            speak(code)
        counts.append((living(), children()))
    assert counts[1] == counts[2]


class _NewWindows(QObject):
    """Notes every widget that is shown as a window of its own."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def eventFilter(self, watched, event):  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(type(watched).__name__)
        return False


def test_that_no_part_of_a_page_is_ever_a_window_and_the_keyboard_always_stands_on_what_is_shown(
    qtbot, qapp, desk, small_desk
):
    """A window of a moment takes the keyboard along when it goes."""
    new = _NewWindows()
    qapp.installEventFilter(new)
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow)
    records = {
        "file": small_desk.distributor,
        "visit": small_desk.visit,
        "brief": small_desk.visit,
        "session": small_desk.session,
    }
    for code in ("zh_CN", "en"):
        for spec in PAGES:
            desk.window.go(Place(spec.name, records.get(spec.name)))
            assert QApplication.focusWidget().isVisible(), spec.name
            rest(qtbot, desk)
            assert QApplication.focusWidget().isVisible(), spec.name
        desk.settings.set("language", code)
        qtbot.waitUntil(lambda code=code: desk.window.ctx.language.code == code)
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None and QApplication.focusWidget().isVisible())
    qapp.removeEventFilter(new)
    assert new.seen == []


def test_that_a_proof_that_is_half_typed_outlives_the_language_and_is_asked_about_when_the_window_closes(
    qtbot, desk, small_desk
):
    def lines():
        return [line for line in desk.window.page.sheet.pane.findChildren(PromiseLine) if line.proof is not None]

    desk.window.go(Place("visit", small_desk.visit))
    rest(qtbot, desk)
    desk.window.page.sheet.pane.findChildren(PromiseLine)[0].ask_proof("Receipt of")
    desk.settings.set("language", "zh_CN")
    qtbot.waitUntil(lambda: desk.window.ctx.language.code == "zh_CN")
    qtbot.waitUntil(lambda: [line.typed for line in lines()] == ["Receipt of"])
    assert not desk.window.close()
    lines()[0].proof.setText("")
    assert desk.window.close()


def test_that_the_window_asks_before_it_closes_over_a_half_written_promise(qtbot, desk, small_desk):
    told = []
    desk.window.ctx.feedback.wanted.connect(lambda text, _action, _run, wrong: told.append((text, wrong)))
    desk.window.go(Place("visit", small_desk.visit))
    rest(qtbot, desk)
    desk.window.page.record_promise()
    desk.window.page.form.fields.text.setText("Send the price list")
    assert not desk.window.close()
    assert told == [("Half written: the visit to 湘禾商贸. Close again to leave without it.", True)]
    assert desk.window.page.form.fields.text.text() == "Send the price list"
    assert desk.window.close()


def test_that_ctrl_z_in_a_field_without_typing_takes_back_the_last_step(qtbot, desk, small_desk):
    desk.window.go(Place("file", small_desk.distributor))
    rest(qtbot, desk)
    page = desk.window.page
    edit = page.contacts.new_name.edit
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow)

    def names():
        found = []
        rest(qtbot, desk)
        desk.tasks.read(lambda reader: reader.all(Contact), found.extend, owner=desk.window, key="test")
        rest(qtbot, desk)
        return [one.name for one in found]

    before = names()
    edit.setFocus()
    qtbot.keyClicks(edit, "Li Na")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert names() == [*before, "Li Na"]
    qtbot.keyClick(edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert names() == before
    qtbot.keyClick(edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert names() == [*before, "Li Na"]
    qtbot.keyClicks(edit, "half")
    qtbot.keyClick(edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (edit.text(), names()) == ("", [*before, "Li Na"])


def test_that_very_long_names_and_notes_leave_every_page_in_its_width(qtbot, desk, small_desk):
    name, note = "衡阳雁城商贸有限公司" * 30, "第一行\n第二行很长 " * 500

    def fill(uow):
        edit_distributor(uow, small_desk.distributor, name=name, short_name=name, tags=(name,), note=note)
        edit_contact(uow, small_desk.people[0], name=name)
        edit_visit(uow, small_desk.visit, subject=name, place=name, result_wanted=note)
        promised = Commitment(
            distributor_id=small_desk.distributor, direction=Direction.OURS, text=name, promised_to=name
        )
        promise(uow, promised)

    desk.tasks.write("Fill", fill)
    window = desk.window
    window.resize(1024, 700)
    places = [Place("today"), Place("file", small_desk.distributor), Place("planner", small_desk.visit)]
    for place in (*places, Place("visit", small_desk.visit)):
        window.go(place)
        rest(qtbot, desk)
        shown = [one for one in window.page.findChildren(QScrollArea) if one.isVisible()]
        assert shown
        for area in shown:
            assert area.widget().minimumSizeHint().width() <= area.viewport().width(), (place, area.accessibleName())
        bar = window.page.bar
        assert bar.minimumSizeHint().width() <= bar.width()
        assert window._speaker._toast.width() < window.width()


def test_that_a_long_name_leaves_room_for_the_time_of_the_visit_in_the_bar_and_the_other_way_round(qtbot, desk):
    bar = desk.window.page.bar
    for title, remark in (("Name " * 100, "Tue 22 Sep 9:30"), ("Visit brief", "Name " * 100)):
        bar.set_title(title, remark)
        qtbot.waitUntil(lambda: bar.remark.isVisible() and bar.remark.width() > 0)
        short = bar.title if len(title) < len(remark) else bar.remark
        qtbot.waitUntil(lambda short=short: short.width() >= short.sizeHint().width())


def test_that_a_name_and_a_note_half_typed_in_a_file_outlive_another_file_and_the_language(qtbot, desk, small_desk):
    other = []
    desk.tasks.write("New", lambda uow: create_distributor(uow, Distributor(name="Other")), then=other.append)
    rest(qtbot, desk)
    window = desk.window

    def typed():
        rest(qtbot, desk)
        return window.page.contacts.new_name.text(), window.page.timeline.new_note.text()

    window.go(Place("file", small_desk.distributor))
    rest(qtbot, desk)
    qtbot.keyClicks(window.page.contacts.new_name.edit, "Li")
    qtbot.keyClicks(window.page.timeline.new_note.edit, "Called, ")
    window.go(Place("file", other[0]))
    assert typed() == ("", "")
    window.go(Place("file", small_desk.distributor))
    assert typed() == ("Li", "Called, ")
    desk.settings.set("language", "zh_CN")
    assert typed() == ("Li", "Called, ")
    assert not window.close()  # it is not lost unasked either
    assert window.close()


def test_that_the_keyboard_goes_to_the_list_with_the_first_distributor_and_never_to_a_toast(qtbot, open_desk):
    desk = open_desk("en")
    window = desk.window
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.go(Place("distributors"))
    rest(qtbot, desk)
    page = window.page
    desk.tasks.write("New", lambda uow: create_distributor(uow, Distributor(name="First")))
    qtbot.waitUntil(lambda: QApplication.focusWidget() is page._table)
    desk.tasks.undo()
    qtbot.waitUntil(lambda: page.isAncestorOf(QApplication.focusWidget()) and QApplication.focusWidget() != page._table)
    window.ctx.feedback.say("Saved", action="Undo", run=desk.tasks.undo)
    QApplication.focusWidget().hide()
    assert QApplication.focusWidget() is page


def test_that_tab_begins_on_the_page_where_nothing_has_the_keyboard(qtbot, small_desk, open_desk):
    desk = open_desk("en")
    window = desk.window
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    QApplication.focusWidget().clearFocus()
    for _ in range(2):
        qtbot.keyClick(window, Qt.Key.Key_Tab)
    assert window.page.isAncestorOf(QApplication.focusWidget())


def test_that_the_window_stays_while_a_page_that_was_left_still_has_words_that_were_refused(
    qtbot, desk, small_desk, monkeypatch, data_folder, clock
):
    def refuse(*_given, **_more):
        raise UserError("disk_full")

    told = []
    desk.window.ctx.feedback.wanted.connect(lambda text, *_: told.append(text))
    desk.window.go(Place("visit", small_desk.visit))
    rest(qtbot, desk)
    page = desk.window.page
    page.go_to(207)
    page.checklist.editor.typing_sheet().setPlainText("up 12%")
    with monkeypatch.context() as full_disk:
        full_disk.setattr("channel_desk.ui.visit.drafts.answer_item", refuse)
        page.show_place(Place("visit", 999))
        rest(qtbot, desk)
        assert not desk.window.close()
        assert any("Close again" in text for text in told)
    assert desk.window.close()
    store = Store.open(data_folder, clock)
    assert [one.note for one in store.read(lambda reader: reader.all(Answer, code=207))] == ["up 12%"]
    store.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows makes the menu of these keys by itself")
@pytest.mark.parametrize("page", ["distributors", "planner", "training"])
def test_that_shift_f10_opens_the_menu_of_the_entry_that_has_the_keyboard(qtbot, desk, small_desk, page):
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow)
    desk.window.go(Place(page))
    rest(qtbot, desk)
    if page == "planner":
        desk.window.page.findChildren(VisitChip)[0].setFocus()
    entry = QApplication.focusWidget()
    qtbot.keyClick(desk.window, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    beside = 60  # below a row, not at the pointer
    near = entry.rect().adjusted(-beside, -beside, beside, beside)
    assert near.contains(entry.mapFromGlobal(menu.pos()))
    assert menu.activeAction() is menu.actions()[0]
    menu.close()
    rest(qtbot, desk)


def test_that_a_theme_chosen_in_the_palette_is_lit_on_the_page_of_the_settings(qtbot, desk):
    desk.window.go(Place("settings"))
    row = desk.window.page.editors["theme"].widget
    for mode, words in (("dark", "Theme: Dark"), ("light", "Theme: Light"), ("system", "Theme: Same as the system")):
        desk.window.open_palette()
        field = desk.window.findChild(object, "palette")._field
        qtbot.keyClicks(field, words)
        rest(qtbot, desk)
        qtbot.keyClick(field, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: desk.window.findChild(object, "palette") is None)
        assert desk.settings.text("theme") == mode
        (lit,) = (one for one in row.findChildren(QAbstractButton) if one.isChecked())
        assert words.endswith(lit.text())
