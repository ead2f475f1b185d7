"""The page of one distributor: edited in place, stored at once, taken back with Undo."""

from __future__ import annotations

import gettext
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from channel_desk.domain.commitments import Authority, Commitment, CommitmentStatus, Direction, PromiseStep
from channel_desk.domain.contacts import Contact, DecisionRole
from channel_desk.domain.distributors import Distributor, Status, Tier
from channel_desk.domain.record import DistributorId
from channel_desk.domain.visits import Visit
from channel_desk.i18n import Language
from channel_desk.presentation.commitment_words import still_open
from channel_desk.presentation.file_cards import NextStep
from channel_desk.services.commitments import fulfil_commitment
from channel_desk.services.distributors import edit_contact, edit_distributor
from channel_desk.storage.unit_of_work import UnitOfWork
from channel_desk.ui.context import Context
from channel_desk.ui.file.contacts_card import ContactRow
from channel_desk.ui.file.field_rows import FieldRow
from channel_desk.ui.file.fold_row import FoldRow, RowHead
from channel_desk.ui.file.page import FilePage
from channel_desk.ui.file.promise_form import PromiseForm
from channel_desk.ui.file.promise_row import PromiseRow
from channel_desk.ui.file.promises_card import PromiseSide
from channel_desk.ui.file.timeline_pane import _Sign
from channel_desk.ui.file.visits_card import VisitsCard
from channel_desk.ui.overriding import override
from channel_desk.ui.place import Place
from channel_desk.ui.widgets.badge import Badge
from channel_desk.ui.widgets.button import Button, IconButton
from channel_desk.ui.widgets.card import Card
from channel_desk.ui.widgets.chip import FilterChip
from channel_desk.ui.widgets.date_field import DateField
from channel_desk.ui.widgets.icon import Icon
from channel_desk.ui.widgets.inline_edit import InlineEdit
from channel_desk.ui.widgets.menu import Menu
from channel_desk.ui.widgets.scrolling import Scroller
from channel_desk.ui.widgets.text import Text
from channel_desk.ui.widgets.text_area import TextArea
from tests.fixtures.desks import MONDAY, SmallDesk

Settle = Callable[[], None]


@pytest.fixture
def page(file_page: FilePage) -> FilePage:
    return file_page


@pytest.fixture
def stored(desk: Context, settle: Settle) -> Callable[[type[Any]], list[Any]]:
    """What the data file holds of a kind, once everything is written."""

    def read(kind: type[Any]) -> list[Any]:
        found: list[Any] = []
        settle()
        desk.tasks.read(lambda reader: reader.all(kind), found.extend, owner=desk.bus, key=kind.__name__)
        settle()
        return found

    return read


Stored = Callable[[type[Any]], list[Any]]


def one(found: list[Any], **values: object) -> Any:
    """The only record with ``values``."""
    fitting = [each for each in found if all(getattr(each, name) == value for name, value in values.items())]
    assert len(fitting) == 1
    return fitting[0]


def type_into(edit: InlineEdit, text: str, *, enter: bool = True) -> None:
    """Open the field and type as a user does."""
    edit.start()
    assert edit.field is not None
    editor = edit.field.focusProxy()
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    QTest.keyClicks(editor, text)
    if enter:
        QTest.keyClick(editor, Qt.Key.Key_Return)


# -- the profile -------------------------------------------------------------------------------------------------------


def test_that_a_field_is_stored_when_enter_is_pressed_and_undo_takes_it_back(
    page: FilePage, desk: Context, stored: Stored, settle: Settle
) -> None:
    row = page.profile.row("legal_person")
    assert row is not None
    type_into(row.edit, "Chen Li")
    settle()
    assert stored(Distributor)[0].legal_person == "Chen Li"
    desk.tasks.undo()
    settle()
    assert stored(Distributor)[0].legal_person == ""
    assert row.edit.value == ""


def test_that_a_refused_name_keeps_the_typing_and_says_why(page: FilePage, stored: Stored, settle: Settle) -> None:
    type_into(page.header.name, " ")
    settle()
    field = page.header.name.field
    assert field is not None
    assert field.error.startswith("A name is needed")
    page.header.name.restore()
    assert page.header.name.value == "长沙湘禾商贸有限公司"
    assert stored(Distributor)[0].name == "长沙湘禾商贸有限公司"


def test_that_a_name_refused_when_another_file_is_shown_is_told_and_left_to_its_own_file(
    page: FilePage, desk: Context, small_desk: SmallDesk, settle: Settle
) -> None:
    other: list[int] = []
    said: list[str] = []
    desk.tasks.write("a", lambda uow: uow.insert(Distributor(name="Gulf")), then=other.append)
    settle()
    desk.feedback.wanted.connect(lambda text, *_: said.append(text))
    type_into(page.header.name, " ")
    page.show_place(Place("file", other[0]))
    settle()
    assert [sentence[:16] for sentence in said] == ["A name is needed"]
    assert (page.header.name.value, page.header.name.field) == ("Gulf", None)
    page.show_place(Place("file", small_desk.distributor))
    settle()
    waiting = page.header.name.field
    assert waiting is not None
    assert waiting.text() == " "


def test_that_a_change_from_elsewhere_does_not_touch_what_is_being_typed(
    page: FilePage, desk: Context, small_desk: SmallDesk, settle: Settle
) -> None:
    row, other = page.profile.row("legal_person"), page.profile.row("owner")
    assert row is not None
    assert other is not None
    type_into(row.edit, "Chen", enter=False)
    desk.tasks.write("elsewhere", lambda uow: edit_distributor(uow, small_desk.distributor, owner="Lin", city="Wuhan"))
    settle()
    assert other.edit.value == "Lin"
    assert row.edit.field is not None
    editor = row.edit.field.focusProxy()
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "Chen"


def test_that_leaving_the_page_stores_what_is_typed(page: FilePage, stored: Stored) -> None:
    row = page.profile.row("owner")
    assert row is not None
    type_into(row.edit, "Lin Lan", enter=False)
    page.leave()
    assert stored(Distributor)[0].owner == "Lin Lan"


def test_that_coordinates_wait_behind_show_all_and_have_no_needless_noughts(
    page: FilePage, small_desk: SmallDesk, desk: Context, settle: Settle
) -> None:
    shown = small_desk.distributor
    desk.tasks.write("Placed", lambda uow: edit_distributor(uow, shown, latitude=28.24, longitude=113.0))
    settle()
    page.load_anew()
    settle()
    assert page.profile.row("latitude") is None
    page.profile.show_everything()
    latitude, longitude = page.profile.row("latitude"), page.profile.row("longitude")
    assert latitude is not None
    assert longitude is not None
    assert "28.24°" in [words.text() for words in latitude.findChildren(Text)]
    assert "113°" in [words.text() for words in longitude.findChildren(Text)]


def test_that_unknown_fields_come_with_show_all(page: FilePage) -> None:
    assert page.profile.row("former_name") is None
    page.profile.show_everything()
    assert page.profile.row("former_name") is not None


def test_that_confirming_says_when(page: FilePage, stored: Stored, settle: Settle) -> None:
    (still_true,) = [one for one in page.profile.findChildren(Button) if one.label == "Still true"]
    still_true.click()
    settle()
    assert stored(Distributor)[0].confirmed_on == date(2026, 9, 22)


# -- the head ----------------------------------------------------------------------------------------------------------


def choose(button: QWidget, words: str) -> None:
    """Open a menu of the head by the keyboard and choose from it."""
    QTest.keyClick(button, Qt.Key.Key_Space)
    (menu,) = button.findChildren(Menu)
    (action,) = [one for one in menu.actions() if one.text() == words]
    menu.setActiveAction(action)
    QTest.keyClick(menu, Qt.Key.Key_Return)


def test_that_the_menu_of_the_status_shows_which_one_holds(page: FilePage) -> None:
    page.header.status.open()
    (menu,) = page.header.status.findChildren(Menu)
    assert [action.text() for action in menu.actions() if not action.icon().isNull()] == ["Active"]
    menu.close()


def test_that_the_menus_of_the_head_open_with_the_arrow_that_opens_a_list(page: FilePage) -> None:
    for button in (page.header.tier, page.header.status):
        QTest.keyClick(button, Qt.Key.Key_Down)
        (menu,) = button.findChildren(Menu)
        assert menu.isVisible()
        menu.close()


def test_that_a_menu_of_the_head_is_as_wide_as_what_it_shows(page: FilePage, qtbot: QtBot) -> None:
    for button, value in ((page.header.status, Status.SUSPENDED), (page.header.tier, Tier.A)):
        button.set_value(value)
        qtbot.waitUntil(lambda button=button: button.width() == button.sizeHint().width())
        assert button.toolTip() == button.accessibleName()
        before_arrow = button.grab(QRect(button.width() - 21, 0, 3, button.height())).toImage()
        colours = {before_arrow.pixel(x, y) for x in range(before_arrow.width()) for y in range(before_arrow.height())}
        assert len(colours) == 1, "what is shown ends before the arrow"
    page.header.tier.set_value(None)
    assert page.header.tier.accessibleDescription() == "No tier"


def test_that_a_reason_left_in_the_data_is_not_told_of_whoever_is_active(
    page: FilePage, desk: Context, small_desk: SmallDesk, settle: Settle
) -> None:
    home = small_desk.distributor
    desk.tasks.write("x", lambda uow: uow.update(Distributor, home, status_reason="price dumping", owner="Sun Wei"))
    settle()
    said = " ".join(text.text() for text in page.header.findChildren(Text))
    assert "Sun Wei" in said
    assert "price dumping" not in said


def test_that_the_tier_is_chosen_in_the_head(page: FilePage, stored: Stored, settle: Settle) -> None:
    choose(page.header.tier, "Tier A")
    settle()
    assert stored(Distributor)[0].tier is Tier.A
    assert page.header.tier.value is Tier.A


def test_that_suspending_asks_for_a_reason_and_insists(page: FilePage, stored: Stored, settle: Settle) -> None:
    choose(page.header.status, "Suspended")
    form = page.header.reason_form
    assert form is not None
    form.confirm.click()
    settle()
    assert form.text.error.startswith("A reason is needed")
    assert stored(Distributor)[0].status is Status.ACTIVE
    form.text.setText("price dumping")
    form.confirm.click()
    settle()
    kept = stored(Distributor)[0]
    assert kept.status is Status.SUSPENDED
    assert kept.status_reason == "price dumping"
    assert page.header.reason_form is None


def test_that_whoever_ends_it_sees_what_is_still_open(
    page: FilePage, desk: Context, small_desk: SmallDesk, settle: Settle
) -> None:
    theirs = small_desk.theirs
    desk.tasks.write("Kept", lambda uow: fulfil_commitment(uow, theirs, on=desk.today, note="paid"))
    settle()
    choose(page.header.status, "Ended")
    form = page.header.reason_form
    assert form is not None
    said = [text.text() for text in form.findChildren(Text) if text.text()]
    assert said == ["Why did it end?", "Still open", "We owe: 展台费核销到账 · 4 days late"]


def test_that_many_open_promises_are_told_in_part_and_counted(language_en: Language) -> None:
    today = date(2026, 9, 22)
    ours = [
        Commitment(distributor_id=DistributorId(1), direction=Direction.OURS, text=f"promise\n{n}") for n in range(7)
    ]
    lines = still_open(ours, today, language_en)
    assert lines[0] == "We owe: promise 0 · no date"
    assert (len(lines), lines[-1]) == (6, "and 2 more")
    assert still_open([], today, language_en) == ()


def test_that_planning_takes_the_first_gap_of_the_next_working_day_and_shows_it(
    page: FilePage, desk: Context, stored: Stored, went: list[Place]
) -> None:
    desk.settings.set("day_starts", 9)
    page.plan()
    visits = stored(Visit)
    new = visits[-1]
    assert desk.local(new.starts_at).isoformat() == "2026-09-23T10:00:00+08:00"
    assert went[-1] == Place("planner", new.id, "2026-09-23")


def test_that_printing_goes_to_the_brief_of_the_next_visit(
    page: FilePage, stored: Stored, went: list[Place], settle: Settle
) -> None:
    page.print_brief()
    assert went == []
    page.plan()
    planned = stored(Visit)[-1]
    page.print_brief()
    settle()
    assert went[-1] == Place("brief", planned.id)


def test_that_a_deleted_file_leads_back_to_the_list_and_comes_back_with_undo(
    page: FilePage, desk: Context, stored: Stored, went: list[Place], settle: Settle
) -> None:
    page.delete()
    assert stored(Distributor) == []
    assert went[-1] == Place("distributors")
    desk.tasks.undo()
    settle()
    assert len(stored(Distributor)) == 1
    assert len(stored(Contact)) == 2


# -- people ------------------------------------------------------------------------------------------------------------


def test_that_a_person_is_added_by_name_and_enter(page: FilePage, stored: Stored) -> None:
    field = page.contacts.new_name
    QTest.keyClicks(field.edit, "Zhou Mei")
    QTest.keyClick(field.edit, Qt.Key.Key_Return)
    assert stored(Contact)[-1].name == "Zhou Mei"
    assert field.text() == ""


def test_that_a_long_name_of_a_person_has_the_room_before_the_title(page: FilePage, small_desk: SmallDesk) -> None:
    row = page.contacts.row(small_desk.people[0])
    contact = Contact(
        distributor_id=small_desk.distributor, name="Maximiliana Featherstonehaugh-Cholmondeley " * 2, title="Director"
    )
    row.show_contact(contact)
    QApplication.sendPostedEvents()
    line = next(text for text in row.findChildren(Text) if text.text().startswith("Maximiliana"))
    shown = line._shortened(line.width())
    assert shown.endswith("…")
    assert contact.name.startswith(shown.rstrip("…"))  # nothing is left of the title but what it would be beside
    assert not [text for text in row.findChildren(Text) if text.text() == "Director"]


def test_that_the_day_of_the_next_visit_stands_out_from_the_tint_that_it_stands_on(page: FilePage) -> None:
    page.strip.show_step(NextStep("Sign the plan", "Visit today 9:30", 1, is_visit=True))
    badge = page.strip.findChild(Badge)
    assert badge is not None
    shown = badge.grab().toImage()
    assert shown.pixelColor(4, shown.height() // 2) == page.ctx.theme.colour("surface")


def test_that_a_person_without_a_name_is_refused_in_place(page: FilePage, settle: Settle) -> None:
    QTest.keyClick(page.contacts.new_name.edit, Qt.Key.Key_Return)
    settle()
    assert page.contacts.new_name.error.startswith("A name is needed")


def test_that_every_field_of_a_person_is_edited_in_the_opened_row(
    page: FilePage, small_desk: SmallDesk, stored: Stored
) -> None:
    row = page.contacts.row(small_desk.people[0])
    row.turn()
    type_into(row.row("wants").edit, "more margin")
    row.row("decision_role").edit.committed.emit(DecisionRole.DECISION_MAKER)
    kept = one(stored(Contact), id=small_desk.people[0])
    assert kept.wants == "more margin"
    assert kept.decision_role is DecisionRole.DECISION_MAKER
    assert row.is_open


def test_that_a_field_that_opens_at_the_foot_of_the_page_is_seen_whole(
    page: FilePage, small_desk: SmallDesk, settle: Settle, qtbot: QtBot
) -> None:
    page.resize(page.width(), 600)
    person = page.contacts.row(small_desk.people[0])
    person.turn()
    settle()
    note = person.row("note").edit
    area = next(one for one in page.findChildren(QScrollArea) if one.isAncestorOf(note))
    bottom = note.mapTo(area.widget(), QPoint(0, note.height())).y()
    area.verticalScrollBar().setValue(bottom - area.viewport().height())
    assert area.verticalScrollBar().value() > 0

    note.start()
    settle()
    field = note.field
    assert field is not None
    seen = area.viewport().rect()
    qtbot.waitUntil(lambda: seen.contains(QRect(field.mapTo(area.viewport(), QPoint(0, 0)), field.size())))


def test_that_a_deleted_person_comes_back_with_undo(
    page: FilePage, desk: Context, small_desk: SmallDesk, stored: Stored, settle: Settle
) -> None:
    row = page.contacts.row(small_desk.people[0])
    row.deleted.emit(one(stored(Contact), id=small_desk.people[0]))
    assert [each.name for each in stored(Contact)] == ["李敏"]
    desk.tasks.undo()
    settle()
    assert len(stored(Contact)) == 2
    assert page.contacts.row(small_desk.people[0]).isVisible()


# -- promises ----------------------------------------------------------------------------------------------------------


def test_that_a_promise_is_written_down_with_its_side(page: FilePage, stored: Stored) -> None:
    side = page.promises.theirs
    side.open_form()
    assert side.form is not None
    QTest.keyClicks(side.form.fields.text.edit, "pay the August invoice")
    QTest.keyClick(side.form.fields.text.edit, Qt.Key.Key_Return)
    new = one(stored(Commitment), text="pay the August invoice")
    assert new.direction is Direction.THEIRS
    assert new.promised_on == date(2026, 9, 22)
    assert side.form is None


def open_form(page: FilePage) -> PromiseForm:
    """The form for a promise of ours."""
    page.promises.ours.open_form()
    assert page.promises.ours.form is not None
    return page.promises.ours.form


def test_that_a_promise_is_in_the_currency_of_its_file_however_early_its_form_was_asked_for(
    page: FilePage, small_desk: SmallDesk, desk: Context, stored: Stored, settle: Settle
) -> None:
    other: list[int] = []
    desk.tasks.write("a", lambda uow: uow.insert(Distributor(name="Gulf", currency="USD")), then=other.append)
    settle()
    page.show_place(Place("file", other[0]))
    page.promises.ours.open_form()  # by its key, before the file is there
    assert page.promises.ours.form is None
    settle()
    page.promises.ours.open_form()
    form = page.promises.ours.form
    assert form is not None
    form.fields.text.setText("Pay for the stand")
    QTest.keyClicks(form.fields.amount.edit, "200 usd")
    assert form.fields.amount.check()
    assert form.fields.amount.text().startswith("$")
    desk.tasks.write("b", lambda uow: edit_distributor(uow, other[0], currency="EUR"))
    settle()
    assert form.fields.amount.text().startswith("€")
    form._give()
    settle()
    (given,) = [one for one in stored(Commitment) if one.text == "Pay for the stand"]
    assert (given.amount_minor, given.currency) == (20_000, "EUR")


def test_that_a_due_day_or_the_end_of_a_contract_typed_without_its_year_is_the_coming_one(
    page: FilePage, small_desk: SmallDesk, stored: Stored
) -> None:
    promise = page.promises.ours.row(small_desk.ours)
    promise.turn()
    type_into(promise.row("due_on").edit, "fri")
    contract_to = page.profile.row("contract_to")
    assert contract_to is not None
    type_into(contract_to.edit, "31 mar")
    assert one(stored(Commitment), id=small_desk.ours).due_on == date(2026, 9, 25)
    assert one(stored(Distributor), id=small_desk.distributor).contract_to == date(2027, 3, 31)


def test_that_a_promise_stored_late_leaves_a_keyboard_that_went_on(
    page: FilePage, settle: Settle, qtbot: QtBot
) -> None:
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    form = open_form(page)
    form.fields.text.setText("Pay for the stand")
    form._give()
    page.header.tier.setFocus()
    settle()
    assert page.promises.ours.form is None
    assert page.header.tier.hasFocus()


def test_that_an_empty_promise_keeps_the_form_open(page: FilePage, settle: Settle) -> None:
    side, form = page.promises.ours, open_form(page)
    QTest.keyClick(form.fields.text.edit, Qt.Key.Key_Return)
    settle()
    assert side.form is form
    assert form.fields.text.error.startswith("Write what was promised")


def test_that_what_is_refused_when_its_form_is_closed_is_said_in_a_message(
    page: FilePage, small_desk: SmallDesk, desk: Context, settle: Settle
) -> None:
    said: list[str] = []
    desk.feedback.wanted.connect(lambda text, *_: said.append(text))
    edit = open_form(page).fields.text.edit
    QTest.keyClick(edit, Qt.Key.Key_Return)
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    settle()
    row = page.promises.ours.row(small_desk.ours)
    row.ask(PromiseStep.FULFIL)
    assert row.form is not None
    row.form.confirm.click()
    QTest.keyClick(row.form.text.edit, Qt.Key.Key_Escape)
    settle()
    assert [sentence[:15] for sentence in said] == ["Write what was ", "A kept promise "]


def test_that_an_approved_promise_of_the_file_names_who_approved_it(
    page: FilePage, stored: Stored, settle: Settle
) -> None:
    form = open_form(page)
    form.fields.text.setText("two points more")
    assert form.fields.approver.isHidden()
    permission = form.fields.authority.focusProxy()
    assert permission is not None
    QTest.keyClick(permission, Qt.Key.Key_Down)
    assert (form.fields.authority.value, form.fields.approver.isHidden()) == (Authority.APPROVED, False)
    QTest.keyClick(form.fields.text.edit, Qt.Key.Key_Return)
    settle()
    assert form.fields.approver.error == "Write who approved it, for example: Sun Wei."
    assert page.focusWidget() is form.fields.approver.edit
    QTest.keyClicks(form.fields.approver.edit, "Director Zhao")
    QTest.keyClick(form.fields.approver.edit, Qt.Key.Key_Return)
    new = one(stored(Commitment), text="two points more")
    assert (new.approved_by, new.approved_on) == ("Director Zhao", date(2026, 9, 22))


def test_that_the_field_of_a_long_note_is_in_sight_wherever_the_note_was_clicked(
    page: FilePage, small_desk: SmallDesk, desk: Context, settle: Settle, qtbot: QtBot
) -> None:
    long = "\n".join(f"Line {number}" for number in range(200))
    desk.tasks.write("Note", lambda uow: edit_distributor(uow, small_desk.distributor, note=long))
    settle()
    note = page.note.note
    area = next(one for one in page.findChildren(QScrollArea) if one.isAncestorOf(note))
    whole = next(button for button in page.note.findChildren(Button) if button.text() == "Show the whole text")
    QTest.mouseClick(whole, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: note.height() > 3000)
    area.verticalScrollBar().setValue(2000)
    shown = note.focusProxy()
    assert shown is not None
    QTest.mouseClick(shown, Qt.MouseButton.LeftButton, pos=shown.mapFrom(area, QPoint(area.width() - 200, 100)))
    field = note.field
    assert field is not None
    qtbot.waitUntil(lambda: field.height() < 400)
    seen = area.viewport().rect()
    qtbot.waitUntil(lambda: seen.contains(QRect(field.mapTo(area.viewport(), QPoint(0, 0)), field.size())))


def test_that_a_field_stays_in_sight_when_a_long_text_is_pasted_into_it_near_the_foot_of_the_window(
    page: FilePage, small_desk: SmallDesk, qtbot: QtBot
) -> None:
    person = page.contacts.row(small_desk.people[-1])
    person.turn()
    edit = person.row("note").edit
    area = next(one for one in page.findChildren(QScrollArea) if one.isAncestorOf(edit))
    edit.start()
    field = edit.field
    assert isinstance(field, TextArea)
    seen = area.viewport().rect()

    def place() -> QRect:
        return QRect(field.mapTo(area.viewport(), QPoint(0, 0)), field.size())

    qtbot.waitUntil(lambda: field.width() > 200 and seen.contains(place()))
    bar = area.verticalScrollBar()
    bar.setValue(bar.value() - (seen.bottom() - place().bottom()))
    assert seen.bottom() - place().bottom() < 100

    field.edit.insertPlainText("\n".join(f"Line {number}" for number in range(20)))
    qtbot.waitUntil(lambda: field.height() > 200 and seen.contains(place()))


def test_that_a_long_note_is_folded_and_a_short_one_is_not(
    page: FilePage, small_desk: SmallDesk, desk: Context, settle: Settle, qtbot: QtBot
) -> None:
    note, fold = page.note.note, page.note.findChildren(Button)[0]

    def write(lines: int) -> None:
        text = "\n".join(f"Line {number}" for number in range(lines))
        desk.tasks.write("Note", lambda uow: edit_distributor(uow, small_desk.distributor, note=text))
        settle()

    write(10)
    qtbot.waitUntil(lambda: note.height() > 190)
    height = note.height()
    assert not fold.isVisible()
    write(200)
    qtbot.waitUntil(fold.isVisible)
    qtbot.waitUntil(lambda: note.height() == height)
    fold.click()
    qtbot.waitUntil(lambda: note.height() > 3000)
    fold.click()
    qtbot.waitUntil(lambda: note.height() == height)


def test_that_the_label_of_a_long_text_stands_beside_its_first_line(
    page: FilePage, desk: Context, small_desk: SmallDesk, settle: Settle, qtbot: QtBot
) -> None:
    who = small_desk.people[0]
    desk.tasks.write("x", lambda uow: edit_contact(uow, who, note="one\ntwo\nthree"))
    settle()
    row = page.contacts.row(who)
    row.turn()
    settle()
    field = row.row("note")
    (label,) = [text for text in field.findChildren(Text) if text.text() == "Note"]
    qtbot.waitUntil(lambda: field.height() > label.height() + 20)
    assert label.y() == 0


def test_that_a_long_text_about_a_person_is_folded_and_opens_whole(
    page: FilePage, small_desk: SmallDesk, desk: Context, settle: Settle, qtbot: QtBot
) -> None:
    person = page.contacts.row(small_desk.people[0])
    person.turn()
    row = person.row("note")
    text = "\n".join(f"Line {number}" for number in range(200))
    desk.tasks.write("Person", lambda uow: edit_contact(uow, small_desk.people[0], note=text))
    settle()
    qtbot.waitUntil(lambda: 200 < row.height() < 300)
    fold = next(button for button in row.findChildren(Button) if button.text() == "Show the whole text")
    assert fold.isVisible()
    fold.click()
    qtbot.waitUntil(lambda: row.height() > 3000)
    fold.click()
    qtbot.waitUntil(lambda: 200 < row.height() < 300)
    row.edit.start()
    assert not fold.isVisible()
    row.edit.restore()
    assert fold.isVisible()
    row.edit.start()
    row.edit.show_typing("Line 1", "")
    row.edit.save()
    assert not fold.isVisible()


def test_that_esc_keeps_a_half_written_promise_of_the_file(
    page: FilePage, small_desk: SmallDesk, stored: Stored, settle: Settle, qtbot: QtBot
) -> None:
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    side = page.promises.theirs
    side.open_form()
    assert side.form is not None
    QTest.keyClicks(side.form.fields.text.edit, "pay the August invoice")
    QTest.keyClick(side.form.fields.text.edit, Qt.Key.Key_Escape)
    assert side.form is None
    assert side.add.hasFocus()
    side.open_form()
    assert side.form.fields.text.text() == "pay the August invoice"
    page.show_place(Place("file", 999))
    settle()
    page.show_place(Place("file", small_desk.distributor))
    settle()
    assert side.form is not None
    assert side.form.fields.text.text() == "pay the August invoice"
    side.form.fields.text.edit.setFocus()
    QTest.keyClick(side.form.fields.text.edit, Qt.Key.Key_Return)
    assert one(stored(Commitment), text="pay the August invoice").direction is Direction.THEIRS
    assert side.form is None
    assert side.add.hasFocus()
    side.open_form()
    assert side.form.fields.text.text() == ""


def test_that_a_half_written_promise_of_the_file_outlasts_a_change_of_the_language(
    page: FilePage, small_desk: SmallDesk, make_desk: Callable[[str], Context], qtbot: QtBot, settle: Settle
) -> None:
    page.promises.ours.open_form()
    assert page.promises.ours.form is not None
    QTest.keyClicks(page.promises.ours.form.fields.text.edit, "send the price list")
    page.leave()
    other = FilePage(make_desk("zh_CN"))
    qtbot.addWidget(other)
    other.show_place(Place("file", small_desk.distributor))
    other.show()
    settle()
    assert other.promises.ours.form is not None
    assert other.promises.ours.form.fields.text.text() == "send the price list"
    assert other.promises.theirs.form is None


def test_that_ctrl_enter_stores_a_promise_from_any_field_and_goes_to_the_first_one_that_is_wrong(
    page: FilePage, stored: Stored, settle: Settle
) -> None:
    side, form = page.promises.ours, open_form(page)
    form.fields.text.setText("send the price list")
    for field, text in ((form.fields.due, "30/2"), (form.fields.amount, "a lot")):
        QTest.keyClicks(field.edit, text)
    QTest.keyClick(form.fields.evidence_note.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert form.fields.due.error and form.fields.amount.error
    assert page.focusWidget() is form.fields.due.edit
    for field, text in ((form.fields.due, "+3"), (form.fields.amount, "200")):
        field.edit.selectAll()
        QTest.keyClicks(field.edit, text)
    QTest.keyClick(form.fields.amount.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert [one.amount_minor for one in stored(Commitment) if one.text == "send the price list"] == [20000]
    assert side.form is None


def test_that_a_kept_promise_needs_a_proof(
    page: FilePage, desk: Context, small_desk: SmallDesk, stored: Stored, settle: Settle
) -> None:
    row = page.promises.ours.row(small_desk.ours)
    row.ask(PromiseStep.FULFIL)
    assert row.form is not None
    row.form.confirm.click()
    settle()
    assert row.form is not None
    assert row.form.text.error.startswith("A kept promise needs a proof")
    row.form.text.setText("receipt")
    row.form.confirm.click()
    kept = one(stored(Commitment), id=small_desk.ours)
    assert kept.status is CommitmentStatus.FULFILLED
    assert kept.fulfilled_on == date(2026, 9, 22)
    desk.tasks.undo()
    settle()
    assert one(stored(Commitment), id=small_desk.ours).status is CommitmentStatus.OPEN


def test_that_a_day_that_is_missing_is_said_and_led_to_and_enter_in_it_stores_the_step(
    page: FilePage, small_desk: SmallDesk, stored: Stored
) -> None:
    row = page.promises.ours.row(small_desk.ours)
    row.ask(PromiseStep.FULFIL)
    assert row.form is not None
    row.form.text.setText("receipt")
    day = row.form.findChild(DateField)
    assert day is not None
    day.edit.selectAll()
    QTest.keyClick(day.edit, Qt.Key.Key_Backspace)
    QTest.keyClick(row.form.text.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert day.error
    assert page.focusWidget() is day.edit
    QTest.keyClicks(day.edit, "2026-09-21")
    QTest.keyClick(day.edit, Qt.Key.Key_Return)
    assert one(stored(Commitment), id=small_desk.ours).fulfilled_on == date(2026, 9, 21)


def test_that_a_promise_was_approved_on_the_day_that_is_given(
    page: FilePage, desk: Context, small_desk: SmallDesk, stored: Stored, settle: Settle
) -> None:
    ours, made_on = small_desk.ours, date(2026, 9, 14)
    desk.tasks.write(
        "x", lambda uow: uow.update(Commitment, ours, authority=Authority.NOT_AUTHORISED, promised_on=made_on)
    )
    settle()
    row = page.promises.ours.row(ours)
    row.ask(PromiseStep.APPROVE)
    assert row.form is not None
    row.form.text.setText("Director Zhao")
    day = row.form.findChild(DateField)
    assert day is not None
    day.edit.selectAll()
    QTest.keyClicks(day.edit, "2026-09-21")
    QTest.keyClick(day.edit, Qt.Key.Key_Return)
    approved = one(stored(Commitment), id=ours)
    assert (approved.approved_by, approved.approved_on) == ("Director Zhao", date(2026, 9, 21))


def test_that_only_a_forbidden_promise_has_the_sign_and_only_a_pending_one_can_be_kept(
    page: FilePage, desk: Context, small_desk: SmallDesk, settle: Settle
) -> None:
    ours = small_desk.ours

    def seen(**changes: object) -> tuple[bool, bool]:
        desk.tasks.write("x", lambda uow: uow.update(Commitment, ours, **changes))
        settle()
        side = page.promises.ours
        if side.more.isVisible() and side.more.text() != "Hide ended promises":
            side.more.click()
            settle()
        row = side.row(ours)
        buttons = [each.accessibleName() for each in row.findChildren(IconButton) if each.isVisible()]
        signs = sum(each.isVisible() for each in row.head.findChildren(Icon))
        return signs > 1, "Promise was kept" in buttons  # one says that the row can be unfolded

    assert seen(authority=Authority.NOT_AUTHORISED) == (True, True)
    assert seen(authority=Authority.WITHIN_LIMITS, status=CommitmentStatus.DISPUTED, outcome_note="?") == (False, True)
    assert seen(status=CommitmentStatus.WITHDRAWN) == (False, False)


@pytest.mark.parametrize(
    ("step", "status"),
    [(PromiseStep.WITHDRAW, CommitmentStatus.WITHDRAWN), (PromiseStep.DISPUTE, CommitmentStatus.DISPUTED)],
)
def test_that_withdrawing_and_disputing_take_a_reason(
    page: FilePage, small_desk: SmallDesk, stored: Stored, step: PromiseStep, status: CommitmentStatus
) -> None:
    row = page.promises.theirs.row(small_desk.theirs)
    row.ask(step)
    assert row.form is not None
    row.form.text.setText("other plans")
    row.form.confirm.click()
    kept = one(stored(Commitment), id=small_desk.theirs)
    assert kept.status is status
    assert kept.outcome_note == "other plans"


def test_that_what_is_disputed_is_read_whole_and_edited_in_the_opened_row(
    page: FilePage, small_desk: SmallDesk, stored: Stored
) -> None:
    row = page.promises.theirs.row(small_desk.theirs)
    row.turn()
    assert row.row("outcome_note").isHidden()
    row.ask(PromiseStep.DISPUTE)
    assert row.form is not None
    row.form.text.setText("they say 6 %")
    row.form.confirm.click()
    assert one(stored(Commitment), id=small_desk.theirs).outcome_note == "they say 6 %"
    assert row.row("outcome_note").isVisible()
    edit = row.row("outcome_note").edit
    edit.start()
    assert isinstance(edit.field, TextArea)
    edit.field.setText("they say 6 %, we said 4 %")
    edit.save()
    assert one(stored(Commitment), id=small_desk.theirs).outcome_note == "they say 6 %, we said 4 %"


def test_that_a_promise_is_edited_in_its_opened_row(page: FilePage, small_desk: SmallDesk, stored: Stored) -> None:
    row = page.promises.ours.row(small_desk.ours)
    row.turn()
    type_into(row.row("promised_to").edit, "Wang")
    assert one(stored(Commitment), id=small_desk.ours).promised_to == "Wang"


def test_that_the_amount_of_a_promise_is_edited_in_the_currency_of_the_promise(
    page: FilePage, small_desk: SmallDesk, desk: Context, stored: Stored, settle: Settle
) -> None:
    desk.tasks.write("a", lambda uow: uow.update(Commitment, small_desk.ours, currency="USD", amount_minor=20_000))
    settle()
    row = page.promises.ours.row(small_desk.ours)
    row.turn()
    said = [one.text() for one in row.findChildren(QLabel) if one.isVisible()]
    assert any(words.startswith("$200") for words in said)


# -- the rest ----------------------------------------------------------------------------------------------------------


def test_that_tags_are_added_and_removed(page: FilePage, stored: Stored, settle: Settle) -> None:
    QTest.keyClicks(page.note.new_tag.edit, " key account ")
    QTest.keyClick(page.note.new_tag.edit, Qt.Key.Key_Return)
    settle()
    assert stored(Distributor)[0].tags == ("key account",)
    QTest.keyClick(page.note.findChild(FilterChip), Qt.Key.Key_Delete)
    assert stored(Distributor)[0].tags == ()


def test_that_a_line_noted_beside_the_timeline_stands_on_top_of_the_note(
    page: FilePage, stored: Stored, settle: Settle
) -> None:
    for line in ("asked about panels", "called twice"):
        QTest.keyClicks(page.timeline.new_note.edit, line)
        QTest.keyClick(page.timeline.new_note.edit, Qt.Key.Key_Return)
        settle()
    assert stored(Distributor)[0].note == "22 Sep: called twice\n22 Sep: asked about panels"


def test_that_f6_goes_from_card_to_card_and_back(page: FilePage) -> None:
    cards = [page.contacts, page.promises, page.visits, page.note, page.profile, page.timeline]
    page.activateWindow()
    page.setFocus()
    for key, order in (("next_card", [*cards, cards[0]]), ("previous_card", cards[:0:-1])):
        action = next(one for one in page.actions() if one.objectName() == f"file.{key}")
        for card in order:
            action.trigger()
            assert card.isAncestorOf(page.focusWidget())


def test_that_f6_shows_as_much_of_a_card_as_there_is_room_for(page: FilePage) -> None:
    page.activateWindow()
    page.setFocus()
    page.resize(1189, 660)
    area = page.findChild(Scroller)
    assert area is not None
    cards = [page.contacts, page.promises, page.visits, page.note, page.profile]
    assert any(card.height() > area.viewport().height() for card in cards)
    for card in cards:
        page._turn_card(1)
        assert card.isAncestorOf(page.focusWidget())
        top = card.mapTo(area.viewport(), QPoint()).y()
        assert top >= 0
        assert top + card.height() <= area.viewport().height() or top <= 16


def test_that_f6_passes_over_a_timeline_that_is_hidden(page: FilePage) -> None:
    page.activateWindow()
    page.setFocus()
    page.toggle_timeline()
    page._turn_card(-1)
    assert page.profile.isAncestorOf(page.focusWidget())


def test_that_the_timeline_gives_way_to_the_cards(page: FilePage) -> None:
    assert page.timeline.isVisible()
    page.toggle_timeline()
    assert not page.timeline.isVisible()


def test_that_a_file_that_is_gone_says_so_and_leads_back_to_the_list(
    page: FilePage, settle: Settle, went: list[Place]
) -> None:
    page.show_place(Place("file", 999))
    settle()
    assert page._gone.isVisible()
    assert not page.header.isVisible()
    page._gone.findChildren(Button)[0].click()
    assert went == [Place("distributors")]


def test_that_the_day_of_a_visit_in_another_year_is_not_cut(qtbot: QtBot, desk: Context, small_desk: SmallDesk) -> None:
    card = VisitsCard(desk)
    qtbot.addWidget(card)
    starts = MONDAY.replace(year=2024, month=12, day=30)
    visit = Visit(distributor_id=small_desk.distributor, starts_at=starts, ends_at=starts + timedelta(hours=1))
    card.show_visits((visit,))
    card.show()
    day = next(one for one in card.findChildren(Text) if "2024" in one.text())
    assert day.width() >= day.sizeHint().width()


def test_that_a_visit_opens_from_its_row(page: FilePage, small_desk: SmallDesk, went: list[Place]) -> None:
    page.visits.opened.emit(small_desk.visit)
    assert went == [Place("visit", small_desk.visit)]


def overlapping(page: FilePage) -> list[tuple[QRect, QRect]]:
    """Rows of the cards that lie on one another, or have less height than their words need."""
    wrong: list[tuple[QRect, QRect]] = []
    for row in page.findChildren(QWidget):
        if isinstance(row, FieldRow | FoldRow | PromiseSide | Card) and row.isVisible():
            around = row.parentWidget()
            others = [each for each in around.children() if isinstance(each, QWidget) and each.isVisible()]
            wrong += [(row.geometry(), each.geometry()) for each in others if row is not each and meet(row, each)]
            if row.height() < row.minimumSizeHint().height():
                wrong.append((row.geometry(), QRect()))
    return wrong


class Onlooker(QObject):
    """Notes what is wrong whenever the cards are painted."""

    def __init__(self, page: FilePage) -> None:
        super().__init__()
        self.seen: list[tuple[QRect, QRect]] = []
        self._page = page
        page.profile.parentWidget().installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.Paint:
            self.seen += overlapping(self._page)
        return False


def meet(one: QWidget, other: QWidget) -> bool:
    return one.geometry().intersects(other.geometry())


def test_that_no_row_of_a_file_lies_on_another_however_often_files_are_opened(
    page: FilePage, small_desk: SmallDesk, desk: Context, stored: Stored, settle: Settle, qtbot: QtBot
) -> None:
    owned = one(stored(Commitment), direction=Direction.OURS)

    def fill(uow: UnitOfWork) -> int:
        for number in range(6):
            uow.insert(replace(owned, id=0, public_id="", text=f"Samples, part {number}"))
        return uow.insert(Distributor(name="Lanzhou Beichen"))

    onlooker = Onlooker(page)
    other: list[int] = []
    desk.tasks.write("Filled", fill, then=other.append)
    settle()
    for number in (small_desk.distributor, other[0]) * 4:
        page.show_place(Place("file", number))
        settle()
        qtbot.waitUntil(lambda: page.profile.isVisible() and not overlapping(page), timeout=5000)
        cards = (page.contacts, page.promises, page.visits, page.note, page.profile)
        sheet = page.profile.parentWidget()
        assert all(sheet.rect().contains(card.geometry()) for card in cards)
    assert not onlooker.seen


def test_that_f2_on_a_folded_row_unfolds_it_and_closes_none(page: FilePage, qtbot: QtBot) -> None:
    row = page.contacts.findChildren(FoldRow)[0]
    row.head.setFocus()
    for _ in range(2):
        qtbot.keyClick(row.head, Qt.Key.Key_F2)
        assert row.is_open


@pytest.mark.parametrize("height", [700, 360])
def test_that_a_row_opened_at_the_foot_of_the_window_is_in_sight(page: FilePage, qtbot: QtBot, height: int) -> None:
    page.resize(page.width(), height)
    row = page.promises.findChildren(FoldRow)[-1]
    area = next(one for one in page.findChildren(QScrollArea) if one.isAncestorOf(row))
    row.head.setFocus()
    area.ensureWidgetVisible(row.head, 0, 0)
    qtbot.keyClick(row.head, Qt.Key.Key_Return)
    seen = area.viewport().rect()

    def is_in_sight() -> bool:
        top = row.mapTo(area.viewport(), QPoint(0, 0)).y()
        is_whole = top >= 0 and top + row.height() <= seen.height()
        fills = row.height() > seen.height() and 0 <= top < seen.height() // 3
        return row.height() > 2 * row.head.height() and (is_whole or fills)

    qtbot.waitUntil(is_in_sight)


def test_that_the_sign_of_a_row_points_up_while_it_is_open(page: FilePage) -> None:
    row = page.findChildren(FoldRow)[0]
    signs = []
    for _ in range(3):
        signs.append(row._sign.grab().toImage())
        row.turn()
    closed, opened, closed_again = signs
    assert row.is_open
    assert closed == closed_again
    assert closed != opened


# -- files with very much in them --------------------------------------------------------------------------------------


@pytest.fixture
def full(page: FilePage, desk: Context, small_desk: SmallDesk, settle: Settle) -> FilePage:
    """The page, with 60 people, 300 open and 500 ended promises, and 100 visits."""
    distributor = small_desk.distributor

    def fill(uow: UnitOfWork) -> None:
        for number in range(60):
            uow.insert(Contact(distributor_id=distributor, name=f"Person {number}", position=number))
        for number in range(800):
            status = CommitmentStatus.OPEN if number < 300 else CommitmentStatus.FULFILLED
            uow.insert(
                Commitment(
                    distributor_id=distributor,
                    direction=list(Direction)[number % 2],
                    text=f"Promise {number}",
                    due_on=MONDAY.date() + timedelta(days=number),
                    status=status,
                    fulfilled_on=None if number < 300 else MONDAY.date(),
                    outcome_note="" if number < 300 else "Receipt",
                )
            )
        for number in range(100):
            starts = MONDAY - timedelta(days=number + 1)
            uow.insert(Visit(distributor_id=distributor, starts_at=starts, ends_at=starts + timedelta(hours=1)))

    desk.tasks.write("Fill", fill)
    settle()
    return page


def test_that_a_file_with_very_much_in_it_builds_no_more_than_is_in_sight(full: FilePage) -> None:
    full.visits._more.click()
    assert len(full.findChildren(ContactRow)) < 40
    assert len(full.findChildren(PromiseRow)) < 40
    assert len(full.findChildren(RowHead)) < 150


class Noting(Language):
    """English, with the threads on which promises were put into words for the timeline."""

    def __init__(self) -> None:
        super().__init__("en", gettext.NullTranslations())
        self.threads: set[threading.Thread] = set()

    def tr(self, message: str, /, **values: object) -> str:
        if message in {"Our promise", "Their promise"}:
            self.threads.add(threading.current_thread())
        return super().tr(message, **values)


def test_that_a_timeline_is_put_into_words_beside_the_window(
    qtbot: QtBot, desk: Context, small_desk: SmallDesk, settle: Settle
) -> None:
    noting = Noting()
    page = FilePage(replace(desk, language=noting))
    qtbot.addWidget(page)
    page.show_place(Place("file", small_desk.distributor))
    page.show()
    settle()
    assert page.timeline.findChildren(_Sign)
    assert noting.threads
    assert threading.main_thread() not in noting.threads


def test_that_the_window_has_its_turn_while_a_file_is_filled_and_shows_it_when_it_is_whole(
    full: FilePage, small_desk: SmallDesk, settle: Settle
) -> None:
    def filled() -> tuple[bool, ...]:
        return (
            bool(full.contacts._rows.rows),
            bool(full.promises.ours._pending_rows.rows),
            bool(full.visits._rows.rows),
            len(full.timeline._rows.rows) > 2,
        )

    seen: list[tuple[tuple[bool, ...], bool]] = []
    full.show_place(Place("file", 999))
    settle()
    beat = QTimer()
    beat.timeout.connect(lambda: seen.append((filled(), full.timeline.isVisible())))
    beat.start(0)
    full.show_place(Place("file", small_desk.distributor))
    settle()
    assert len({parts for parts, _ in seen}) > 3
    assert not any(is_shown for parts, is_shown in seen if not all(parts))
    assert all(filled())
    assert full.timeline.isVisible()


def test_that_ended_promises_are_built_when_they_are_unfolded(full: FilePage) -> None:
    side = full.promises.ours

    def ended() -> list[PromiseRow]:
        return [row for row in side.findChildren(PromiseRow) if not row.commitment.is_pending and not row.isHidden()]

    assert not ended()
    side.more.click()
    assert 0 < len(ended()) < 40
    side.more.click()
    assert not ended()


def test_that_the_ended_promises_of_another_file_are_folded(
    full: FilePage, desk: Context, small_desk: SmallDesk, settle: Settle
) -> None:
    full.promises.ours.more.click()
    folded = full.promises.theirs.more.text()
    unfolded = full.promises.ours.more.text()
    full.show_place(Place("file", 999))
    settle()
    full.show_place(Place("file", small_desk.distributor))
    settle()
    assert unfolded == "Hide ended promises"
    assert full.promises.ours.more.text() != unfolded
    assert full.promises.theirs.more.text() == folded


def test_that_a_promise_kept_changes_its_own_rows_and_no_other(
    full: FilePage, desk: Context, small_desk: SmallDesk, settle: Settle
) -> None:
    others = [row for row in full.findChildren(PromiseRow) if row.commitment.id != small_desk.ours]
    flags = [flag for row in others for flag in row._flags]
    signs = full.timeline.findChildren(_Sign)
    assert flags
    assert len(signs) > 5
    desk.tasks.write("a", lambda uow: fulfil_commitment(uow, small_desk.ours, on=MONDAY.date(), note="Receipt"))
    settle()
    assert all(Shiboken.isValid(row) for row in others)
    assert all(Shiboken.isValid(flag) for flag in flags)
    assert sum(not Shiboken.isValid(sign) for sign in signs) <= 2  # its own, and the one that led to it


def test_that_what_is_half_typed_far_down_waits_for_its_row(
    full: FilePage, desk: Context, settle: Settle, small_desk: SmallDesk
) -> None:
    page, side = full, full.promises.ours
    last = max(side._promises, key=lambda promise: (promise.is_pending, promise.id))
    row = side.row(last.id)
    row.ask(PromiseStep.FULFIL)
    assert row.form is not None
    row.form.text.setText("Rec")
    page.leave()
    page.show_place(Place("file", 999))
    settle()
    page.show_place(Place("file", small_desk.distributor))
    settle()
    assert last.id not in side._pending_rows.rows
    form = side.row(last.id).form
    assert form is not None
    assert form.text.text() == "Rec"


def test_that_an_ended_promise_is_shown_while_something_is_typed_about_it(
    full: FilePage, desk: Context, small_desk: SmallDesk, settle: Settle
) -> None:
    row = full.promises.ours.row(small_desk.ours)
    row.turn()
    edit = row.row("promised_to").edit
    edit.start()
    desk.tasks.write("a", lambda uow: fulfil_commitment(uow, small_desk.ours, on=MONDAY.date(), note="Receipt"))
    settle()
    assert full.promises.ours.row(small_desk.ours) is row
    assert row.isVisible()
    assert edit.field is not None
    assert not row.commitment.is_pending
