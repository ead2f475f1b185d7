"""What is half typed, wherever in the window: it outlives other pages and the language, and closing asks about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from channel_desk.app import Desk
from channel_desk.clock import FixedClock
from channel_desk.domain.commitments import Commitment, CommitmentStatus, PromiseStep
from channel_desk.domain.contacts import Contact
from channel_desk.domain.distributors import Distributor, Status
from channel_desk.domain.record import Record
from channel_desk.errors import UserError
from channel_desk.paths import DataFolder
from channel_desk.services.commitments import delete_commitment, fulfil_commitment
from channel_desk.services.distributors import delete_contact, delete_distributor
from channel_desk.services.finding import View
from channel_desk.services.preferences import read_preferences, write_preference
from channel_desk.storage.store import Store
from channel_desk.storage.unit_of_work import UnitOfWork
from channel_desk.ui import keeping_settings
from channel_desk.ui.distributors.page import DistributorsPage
from channel_desk.ui.file.page import FilePage
from channel_desk.ui.forms.kept_forms import KeptForms
from channel_desk.ui.place import Place
from channel_desk.ui.planner.page import PlannerPage
from channel_desk.ui.settings.page import SettingsPage
from channel_desk.ui.today.page import TodayPage
from channel_desk.ui.visit.page import VisitPage
from channel_desk.ui.visit.promise_line import PromiseLine
from channel_desk.ui.widgets.checkbox import Checkbox
from channel_desk.ui.widgets.field import TextField
from channel_desk.ui.widgets.inline_edit import InlineEdit
from channel_desk.ui.widgets.text_area import TextArea
from channel_desk.ui.widgets.toast import Toast
from tests.fixtures.desks import SmallDesk
from tests.ui.conftest import rest

Go = Callable[..., None]
#: More than fits into the room that a data file has left.
LONG = ("Wants the price list. " * 20_000).strip()
#: As much as goes into one line.
PROOF = LONG[:32_000].strip()


@pytest.fixture
def desk(small_desk: SmallDesk, open_desk: Callable[[str], Desk]) -> Desk:
    return open_desk("en")


@pytest.fixture
def go(qtbot: QtBot, desk: Desk) -> Go:
    """Go somewhere, and wait until it is shown."""

    def show(page: str, record: int | None = None) -> None:
        desk.window.go(Place(page, record))
        rest(qtbot, desk)

    return show


@pytest.fixture
def speak(qtbot: QtBot, desk: Desk) -> Callable[[str], None]:
    """Change the language of the window."""

    def change(code: str) -> None:
        desk.settings.set("language", code)
        qtbot.waitUntil(lambda: desk.window.ctx.language.code == code)
        qtbot.waitUntil(lambda: desk.window.page is not None and desk.window.page.isVisible())
        rest(qtbot, desk)

    return change


def file_of(desk: Desk) -> FilePage:
    assert isinstance(desk.window.page, FilePage)
    return desk.window.page


def visit_of(desk: Desk) -> VisitPage:
    assert isinstance(desk.window.page, VisitPage)
    return desk.window.page


def today_of(desk: Desk) -> TodayPage:
    assert isinstance(desk.window.page, TodayPage)
    return desk.window.page


def ticks(desk: Desk) -> list[Checkbox]:
    """Those of what we owe, on the page of today."""
    return [one for one in today_of(desk).ours.findChildren(Checkbox) if one.isVisible()]


def nothing_is_kept(desk: Desk) -> bool:
    return not any(kept.all for kept in desk.tasks.findChildren(KeptForms))


def closes_at_the_second_try(desk: Desk) -> bool:
    return not desk.window.close() and desk.window.close()


@pytest.mark.parametrize("step", [PromiseStep.FULFIL, PromiseStep.WITHDRAW, PromiseStep.DISPUTE])
def test_that_a_reason_half_typed_for_a_promise_outlives_the_page_and_the_language(
    desk: Desk, small_desk: SmallDesk, go: Go, speak: Callable[[str], None], step: PromiseStep
) -> None:
    go("file", small_desk.distributor)
    row = file_of(desk).promises.theirs.row(small_desk.theirs)
    row.ask(step)
    assert row.form is not None
    row.form.text.edit.insert("who saw")
    go("planner")
    speak("zh_CN")
    go("file", small_desk.distributor)
    row = file_of(desk).promises.theirs.row(small_desk.theirs)
    assert row.form is not None
    assert row.form.text.text() == "who saw"
    confirm = row.form.confirm.label
    row.ask(step)
    assert row.form.confirm.label == confirm
    assert closes_at_the_second_try(desk)


def test_that_a_reason_goes_along_to_another_step_and_is_forgotten_with_cancel(
    qtbot: QtBot, desk: Desk, small_desk: SmallDesk, go: Go
) -> None:
    go("file", small_desk.distributor)
    row = file_of(desk).promises.theirs.row(small_desk.theirs)
    row.ask(PromiseStep.WITHDRAW)
    assert row.form is not None
    row.form.text.edit.insert("not what was meant")
    row.ask(PromiseStep.DISPUTE)
    assert row.form.text.text() == "not what was meant"
    qtbot.keyClick(row.form.text.edit, Qt.Key.Key_Escape)
    assert row.form is None
    assert desk.window.close()


def test_that_a_reason_to_withdraw_a_promise_is_taken_for_its_proof_on_no_page(
    desk: Desk, small_desk: SmallDesk, go: Go
) -> None:
    go("file", small_desk.distributor)
    row = file_of(desk).promises.ours.row(small_desk.ours)
    row.ask(PromiseStep.WITHDRAW)
    assert row.form is not None
    row.form.text.edit.insert("not wanted any more")
    go("today")
    assert today_of(desk).ours._note is None
    go("visit", small_desk.visit)
    page = desk.window.page
    assert isinstance(page, VisitPage)
    assert all(one.proof is None for one in page.sheet.pane.findChildren(PromiseLine))
    go("file", small_desk.distributor)
    form = file_of(desk).promises.ours.row(small_desk.ours).form
    assert form is not None
    assert form.text.text() == "not wanted any more"
    assert closes_at_the_second_try(desk)


def test_that_a_reason_for_a_status_outlives_another_file_and_the_language(
    qtbot: QtBot, desk: Desk, small_desk: SmallDesk, go: Go, speak: Callable[[str], None]
) -> None:
    others: list[int] = []
    desk.tasks.write("Add", lambda uow: uow.insert(Distributor(name="Other")), then=others.append)
    rest(qtbot, desk)
    go("file", small_desk.distributor)
    file_of(desk).header.choose_status(Status.ENDED)
    form = file_of(desk).header.reason_form
    assert form is not None
    form.text.edit.insert("price")
    go("file", others[0])
    assert file_of(desk).header.reason_form is None
    go("file", small_desk.distributor)
    speak("zh_CN")
    form = file_of(desk).header.reason_form
    assert form is not None
    assert form.text.text() == "price"
    form.text.edit.setText("price dumping")
    form.confirm.click()
    rest(qtbot, desk)
    assert file_of(desk).header.reason_form is None
    assert file_of(desk).header.status.value is Status.ENDED
    assert desk.window.close()


def test_that_a_note_half_typed_on_today_waits_there_in_the_file_and_in_the_visit(
    desk: Desk, small_desk: SmallDesk, go: Go, speak: Callable[[str], None]
) -> None:
    ticks(desk)[0].click()
    note = today_of(desk).ours._note
    assert note is not None
    note.field.edit.insert("Receipt")
    speak("zh_CN")
    note = today_of(desk).ours._note
    assert note is not None
    assert note.field.text() == "Receipt"
    go("file", small_desk.distributor)
    form = file_of(desk).promises.ours.row(small_desk.ours).form
    assert form is not None
    assert form.text.text() == "Receipt"
    form.text.edit.setText("Receipt of")
    go("visit", small_desk.visit)
    page = desk.window.page
    assert isinstance(page, VisitPage)
    (line,) = [one for one in page.sheet.pane.findChildren(PromiseLine) if one.proof is not None]
    assert line.proof is not None
    assert line.typed == "Receipt of"
    line.proof.edit.setText("Receipt of Chen")
    go("file", small_desk.distributor)
    form = file_of(desk).promises.ours.row(small_desk.ours).form
    assert form is not None
    assert form.text.text() == "Receipt of Chen"
    go("today")
    note = today_of(desk).ours._note
    assert note is not None
    assert note.field.text() == "Receipt of Chen"
    assert closes_at_the_second_try(desk)


def test_that_a_proof_given_up_or_taken_on_one_page_is_asked_for_on_no_other(
    qtbot: QtBot, desk: Desk, small_desk: SmallDesk, go: Go
) -> None:
    ticks(desk)[0].click()
    note = today_of(desk).ours._note
    assert note is not None
    note.field.edit.insert("Receipt")
    go("file", small_desk.distributor)
    row = file_of(desk).promises.ours.row(small_desk.ours)
    assert row.form is not None
    qtbot.keyClick(row.form.text.edit, Qt.Key.Key_Escape)
    go("today")
    assert today_of(desk).ours._note is None
    assert nothing_is_kept(desk)
    ticks(desk)[0].click()
    note = today_of(desk).ours._note
    assert note is not None
    note.field.edit.insert("Receipt")
    go("file", small_desk.distributor)
    go("today")
    note = today_of(desk).ours._note
    assert note is not None
    qtbot.keyClick(note.field.edit, Qt.Key.Key_Return)
    rest(qtbot, desk)
    go("file", small_desk.distributor)
    found: list[Commitment] = []
    desk.tasks.read(lambda reader: reader.get(Commitment, small_desk.ours), found.append, owner=desk.window, key="t")
    rest(qtbot, desk)
    assert found[0].status is CommitmentStatus.FULFILLED
    ours = file_of(desk).promises.ours
    ours.more.click()
    assert ours.row(small_desk.ours).form is None
    assert desk.window.close()


def test_that_a_note_half_typed_on_today_waits_while_another_promise_is_ticked(
    qtbot: QtBot, desk: Desk, small_desk: SmallDesk
) -> None:
    def twice(uow: UnitOfWork) -> None:
        uow.insert(replace(uow.get(Commitment, small_desk.ours), id=0, public_id="", text="Send samples"))

    desk.tasks.write("Add", twice)
    rest(qtbot, desk)
    page = today_of(desk)
    qtbot.waitUntil(lambda: len(ticks(desk)) == 2)
    first, second = ticks(desk)
    first.click()
    assert page.ours._note is not None
    page.ours._note.field.edit.insert("Receipt")
    second.click()
    assert page.ours._note.field.text() == ""
    first.click()
    assert page.ours._note.field.text() == "Receipt"
    assert closes_at_the_second_try(desk)


def test_that_a_new_distributor_a_new_visit_and_a_tag_half_typed_outlive_the_language(
    qtbot: QtBot, desk: Desk, small_desk: SmallDesk, go: Go, speak: Callable[[str], None]
) -> None:
    def planner() -> PlannerPage:
        assert isinstance(desk.window.page, PlannerPage)
        return desk.window.page

    def distributors() -> DistributorsPage:
        assert isinstance(desk.window.page, DistributorsPage)
        return desk.window.page

    go("distributors")
    distributors().new_distributor()
    distributors()._list.strip.field.edit.setText("Alpha Trad")
    go("planner")
    planner().new_visit()
    planner()._pane._who.field.edit.setText("xiang")
    planner()._pane._when.day.edit.selectAll()
    planner()._pane._when.day.edit.insert("soon")
    go("file", small_desk.distributor)
    file_of(desk).note.new_tag.edit.setText("key acc")
    speak("zh_CN")
    assert file_of(desk).note.new_tag.text() == "key acc"
    go("planner")
    pane = planner()._pane
    assert pane.isVisible()
    assert (pane._who.field.text(), pane._when.day.text()) == ("xiang", "soon")
    go("distributors")
    strip = distributors()._list.strip
    assert strip.isVisible()
    assert strip.field.text() == "Alpha Trad"
    assert not desk.window.close()
    strip.close_strip()
    go("planner")
    qtbot.keyClick(pane._who.field.edit, Qt.Key.Key_Escape)
    assert not pane.isVisible()
    go("file", small_desk.distributor)
    file_of(desk).note.new_tag.setText("")
    assert desk.window.close()


@pytest.mark.parametrize("spoken_at", ["planner", "settings"])
@pytest.mark.parametrize("month", [False, True], ids=["week", "month"])
def test_that_the_pane_of_a_visit_stays_open_in_another_language_with_what_is_typed_in_it(
    qtbot: QtBot,
    desk: Desk,
    small_desk: SmallDesk,
    go: Go,
    speak: Callable[[str], None],
    spoken_at: str,
    month: bool,
) -> None:
    def planner() -> PlannerPage:
        assert isinstance(desk.window.page, PlannerPage)
        return desk.window.page

    def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        qtbot.keyClick(QApplication.focusWidget() or desk.window, key, modifiers)
        rest(qtbot, desk)

    go("planner")
    if month:
        press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    press(Qt.Key.Key_PageUp)
    press(Qt.Key.Key_PageDown)
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Space)
    assert planner()._pane.visit_id == small_desk.visit
    sheet = planner()._sheet
    planner()._pane._place.edit.setFocus()
    qtbot.keyClicks(planner()._pane._place.edit, "Office 3")
    planner()._pane._when.start.edit.selectAll()
    qtbot.keyClicks(planner()._pane._when.start.edit, "half past")
    if spoken_at != "planner":
        go(spoken_at)
    speak("zh_CN")
    if spoken_at != "planner":
        go("planner")
    pane = planner()._pane
    assert pane.isVisible()
    assert pane.visit_id == small_desk.visit
    assert (pane._place.text(), pane._when.start.text()) == ("Office 3", "half past")
    assert planner()._sheet == sheet
    pane._when.start.edit.setFocus()
    press(Qt.Key.Key_Escape)
    assert desk.window.close()


@pytest.mark.parametrize("spoken_at", ["planner", "settings"])
def test_that_a_new_visit_with_nobody_named_yet_stays_open_in_another_language_and_holds_up_no_closing(
    qtbot: QtBot, desk: Desk, go: Go, speak: Callable[[str], None], spoken_at: str
) -> None:
    def planner() -> PlannerPage:
        assert isinstance(desk.window.page, PlannerPage)
        return desk.window.page

    go("planner")
    planner().new_visit()
    rest(qtbot, desk)
    start = planner()._pane._when.start.edit
    start.selectAll()
    qtbot.keyClicks(start, "16:15")
    if spoken_at != "planner":
        go(spoken_at)
    speak("zh_CN")
    if spoken_at != "planner":
        go("planner")
    pane = planner()._pane
    assert pane.isVisible()
    assert pane.visit_id is None
    assert (pane._who.field.text(), pane._when.start.text()) == ("", "16:15")
    assert pane._who.field.edit.hasFocus()
    qtbot.keyClick(pane._who.field.edit, Qt.Key.Key_Escape)
    assert not pane.isVisible()
    speak("en")
    assert not planner()._pane.isVisible()
    planner().new_visit()
    assert desk.window.close()


def test_that_what_is_hidden_from_the_partner_stays_hidden_in_another_language(
    qtbot: QtBot, desk: Desk, small_desk: SmallDesk, go: Go, speak: Callable[[str], None]
) -> None:
    def press(key: Qt.Key) -> None:
        qtbot.keyClick(QApplication.focusWidget() or desk.window, key)
        rest(qtbot, desk)

    desk.window.resize(1366, 768)
    go("visit", small_desk.visit)
    assert visit_of(desk).sheet.pane.isVisible()
    press(Qt.Key.Key_F9)
    speak("zh_CN")
    assert visit_of(desk).sheet.pane.isHidden()
    press(Qt.Key.Key_F9)
    assert visit_of(desk).sheet.pane.isVisible()
    press(Qt.Key.Key_F4)
    speak("en")
    assert visit_of(desk).sheet.pane.isHidden()


@pytest.mark.parametrize("field, typed", [("day", "soon"), ("start", "half past"), ("end", "8:00")])
def test_that_a_time_of_a_visit_that_makes_no_sense_waits_in_its_field(
    qtbot: QtBot, desk: Desk, small_desk: SmallDesk, go: Go, speak: Callable[[str], None], field: str, typed: str
) -> None:
    def shown() -> TextField:
        page = desk.window.page
        assert isinstance(page, PlannerPage)
        assert page._pane.visit_id == small_desk.visit
        found = getattr(page._pane._when, field)
        assert isinstance(found, TextField)
        return found

    go("planner", small_desk.visit)
    shown().edit.selectAll()
    qtbot.keyClicks(shown().edit, typed)
    for step in (lambda: speak("zh_CN"), lambda: go("today"), lambda: speak("en")):
        step()
        go("planner", small_desk.visit)
        assert shown().text() == typed
        assert shown().error
    go("today")
    assert asked(desk) == ["Half written: Planner. Close again to leave without it."]
    press_toast(qtbot, desk)
    rest(qtbot, desk)
    shown().edit.setFocus()
    qtbot.keyClick(shown().edit, Qt.Key.Key_Escape)
    assert not shown().error
    go("today")
    assert nothing_is_kept(desk)


def test_that_the_window_goes_to_the_week_of_a_visit_whose_time_makes_no_sense(
    qtbot: QtBot, desk: Desk, small_desk: SmallDesk, go: Go
) -> None:
    go("planner", small_desk.visit)
    page = desk.window.page
    assert isinstance(page, PlannerPage)
    page._pane._when.start.edit.selectAll()
    qtbot.keyClicks(page._pane._when.start.edit, "half past")
    page.turn(5)
    rest(qtbot, desk)
    assert not page._pane.isVisible()
    assert asked(desk)
    press_toast(qtbot, desk)
    rest(qtbot, desk)
    assert small_desk.visit in page._lines
    assert page._pane.isVisible()
    assert page._pane._when.start.text() == "half past"
    assert closes_at_the_second_try(desk)


def test_that_a_setting_half_typed_is_stored_when_the_window_closes(
    qtbot: QtBot, desk: Desk, go: Go, data_folder: DataFolder, clock: FixedClock
) -> None:
    go("settings")
    page = desk.window.page
    assert isinstance(page, SettingsPage)
    field = page.editors["user_name"].widget
    assert isinstance(field, TextField)
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow)
    field.edit.setFocus()
    qtbot.keyClicks(field.edit, "Lin Yue")
    assert desk.window.close()
    store = Store.open(data_folder, clock)
    assert store.read(read_preferences) == {"user_name": '"Lin Yue"'}
    store.close()


@pytest.fixture
def fill_disk(qtbot: QtBot, desk: Desk) -> Callable[..., None]:
    """Let the data file grow no more, or let it grow again."""

    def fill(*, is_full: bool) -> None:
        most = 1 if is_full else 1 << 30
        statement = f"PRAGMA max_page_count = {most}"
        desk.tasks.read(lambda reader: reader.raw.execute(statement).fetchone(), list, owner=desk, key="room")
        rest(qtbot, desk)

    return fill


def opened_field(edit: InlineEdit) -> TextField | None:
    assert edit.field is None or isinstance(edit.field, TextField)
    return edit.field


@pytest.fixture
def other(qtbot: QtBot, desk: Desk) -> int:
    """Another distributor."""
    ids: list[int] = []
    desk.tasks.write("Add", lambda uow: uow.insert(Distributor(name="Other", note="Calm")), then=ids.append)
    rest(qtbot, desk)
    return ids[0]


def test_that_a_value_that_cannot_be_read_waits_in_its_field_with_what_is_wrong(
    desk: Desk, small_desk: SmallDesk, other: int, go: Go, speak: Callable[[str], None]
) -> None:
    def fields() -> list[TextField | None]:
        page = file_of(desk)
        terms = page.profile.row("terms_days")
        edits = [page.contacts.row(small_desk.people[0]).row("birthday_on").edit]
        edits += [page.promises.theirs.row(small_desk.theirs).row("due_on").edit]
        return [opened_field(edit) for edit in ([] if terms is None else [terms.edit]) + edits]

    go("file", small_desk.distributor)
    page = file_of(desk)
    page.contacts.row(small_desk.people[0]).turn()
    page.promises.theirs.row(small_desk.theirs).turn()
    terms = page.profile.row("terms_days")
    assert terms is not None
    edits = [terms.edit, page.contacts.row(small_desk.people[0]).row("birthday_on").edit]
    edits.append(page.promises.theirs.row(small_desk.theirs).row("due_on").edit)
    for edit in edits:
        edit.start()
        field = opened_field(edit)
        assert field is not None
        field.edit.selectAll()
        field.edit.insert("12x")
    go("file", other)
    assert [edit for edit in page.findChildren(InlineEdit) if edit.field is not None and edit.isVisible()] == []
    for step in (lambda: go("file", small_desk.distributor), lambda: speak("zh_CN"), lambda: go("today")):
        step()
        go("file", small_desk.distributor)
        assert [field and field.text() for field in fields()] == ["12x"] * 3
        assert all(field is not None and not field.check() for field in fields())
    assert closes_at_the_second_try(desk)


def test_that_a_value_given_up_or_stored_waits_for_nobody(
    qtbot: QtBot, desk: Desk, small_desk: SmallDesk, go: Go, speak: Callable[[str], None]
) -> None:
    go("file", small_desk.distributor)
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Return):
        terms = file_of(desk).profile.row("terms_days")
        assert terms is not None
        terms.edit.start()
        field = opened_field(terms.edit)
        assert field is not None
        field.edit.selectAll()
        field.edit.insert("4x")
        speak("zh_CN" if key == Qt.Key.Key_Escape else "en")
        go("file", small_desk.distributor)
        terms = file_of(desk).profile.row("terms_days")
        assert terms is not None
        field = opened_field(terms.edit)
        assert field is not None
        field.edit.selectAll()
        qtbot.keyClicks(field.edit, "45")
        qtbot.keyClick(field.edit, key)
        rest(qtbot, desk)
        assert nothing_is_kept(desk)
        assert terms.edit.value == (45 if key == Qt.Key.Key_Return else None)
    assert desk.window.close()


def test_that_a_note_that_could_not_be_stored_comes_back_in_its_own_file_and_in_no_other(
    qtbot: QtBot, desk: Desk, small_desk: SmallDesk, other: int, go: Go, fill_disk: Callable[..., None]
) -> None:
    go("file", small_desk.distributor)
    page = file_of(desk)
    page.note.note.start()
    area = page.note.note.field
    assert isinstance(area, TextArea)
    area.edit.setPlainText(LONG)
    told: list[tuple[object, ...]] = []
    desk.window.ctx.feedback.wanted.connect(lambda *said: told.append(said))
    fill_disk(is_full=True)
    go("file", other)
    fill_disk(is_full=False)
    assert [said[0] for said in told] == [UserError("disk_full").sentence]
    assert page.note.note.field is None
    assert page.note.note.value == "Calm"
    go("file", small_desk.distributor)
    area = page.note.note.field
    assert isinstance(area, TextArea)
    assert area.edit.toPlainText() == LONG
    go("file", other)
    rest(qtbot, desk)
    assert page.note.note.value == "Calm"
    assert nothing_is_kept(desk)
    go("file", small_desk.distributor)
    assert page.note.note.value == LONG
    assert desk.window.close()


def asked(desk: Desk) -> list[str]:
    """What the window says when it is to close, and stays open."""
    told: list[str] = []
    connection = desk.window.ctx.feedback.wanted.connect(lambda text, *_: told.append(text))
    assert not desk.window.close()
    desk.window.ctx.feedback.wanted.disconnect(connection)
    return told


def press_toast(qtbot: QtBot, desk: Desk) -> None:
    (toast,) = [one for one in desk.window.findChildren(Toast) if one.isVisible()]
    qtbot.mouseClick(toast.action, Qt.MouseButton.LeftButton)
    rest(qtbot, desk)


def test_that_the_window_says_where_something_is_half_written_and_goes_there(
    qtbot: QtBot, desk: Desk, small_desk: SmallDesk, go: Go
) -> None:
    go("file", small_desk.distributor)
    side = file_of(desk).promises.ours
    side.open_form()
    assert side.form is not None
    side.form.fields.text.edit.insert("Send samples")
    qtbot.keyClick(side.form.fields.text.edit, Qt.Key.Key_Escape)
    assert side.form is None
    go("today")
    assert asked(desk) == ["Half written: the file of 湘禾商贸. Close again to leave without it."]
    press_toast(qtbot, desk)
    assert file_of(desk).promises.ours.form is not None
    assert file_of(desk).promises.ours.form.fields.text.text() == "Send samples"
    go("visit", small_desk.visit)
    page = desk.window.page
    assert isinstance(page, VisitPage)
    page.record_promise()
    page.form.fields.text.edit.insert("Send the price list")
    page.form.close_form()
    go("distributors")
    assert isinstance(desk.window.page, DistributorsPage)
    desk.window.page.new_distributor()
    desk.window.page._list.strip.field.edit.setText("Alpha Trad")
    words = "the file of 湘禾商贸, the visit to 湘禾商贸, 1 more place"
    assert asked(desk) == [f"Half written: {words}. Close again to leave without it."]
    desk.window.page._list.strip.field.edit.setText("Alpha Trading")
    assert asked(desk) == [f"Half written: {words}. Close again to leave without it."]
    assert desk.window.close()


def test_that_a_page_with_two_things_half_written_is_named_once(
    qtbot: QtBot, desk: Desk, small_desk: SmallDesk, go: Go
) -> None:
    go("planner", small_desk.visit)
    page = desk.window.page
    assert isinstance(page, PlannerPage)
    qtbot.keyClicks(page._pane._when.start.edit, "half past")
    page.new_visit()
    page._pane._who.field.setText("xiang")
    go("today")
    assert len(desk.tasks.findChild(KeptForms).all) == 2
    assert asked(desk) == ["Half written: Planner. Close again to leave without it."]


def test_that_a_draft_of_a_visit_opens_when_the_window_goes_to_it(
    qtbot: QtBot, desk: Desk, small_desk: SmallDesk, go: Go
) -> None:
    go("visit", small_desk.visit)
    page = desk.window.page
    assert isinstance(page, VisitPage)
    page.record_promise()
    page.form.fields.text.edit.insert("Send the price list")
    page.form.close_form()
    go("today")
    asked(desk)
    press_toast(qtbot, desk)
    assert page.form.isVisible()
    assert page.form.fields.text.text() == "Send the price list"
    assert closes_at_the_second_try(desk)


@pytest.mark.parametrize("kind", [Commitment, Contact, Distributor])
def test_that_the_window_does_not_ask_about_what_was_typed_for_a_record_that_is_gone_and_undo_brings_both_back(
    qtbot: QtBot, desk: Desk, small_desk: SmallDesk, go: Go, kind: type[Record]
) -> None:
    if kind is Contact:
        go("file", small_desk.distributor)
        row = file_of(desk).contacts.row(small_desk.people[0])
        row.turn()
        row.row("birthday_on").edit.start()
        field = opened_field(row.row("birthday_on").edit)
        assert field is not None
        field.edit.insert("soon")
    else:
        ticks(desk)[0].click()
        note = today_of(desk).ours._note
        assert note is not None
        note.field.edit.insert("Receipt")
    go("planner")
    assert asked(desk)

    def delete(uow: UnitOfWork) -> None:
        if kind is Contact:
            delete_contact(uow, small_desk.people[0])
        elif kind is Commitment:
            delete_commitment(uow, small_desk.ours)
        else:
            delete_distributor(uow, small_desk.distributor)

    desk.tasks.write("Gone", delete)
    rest(qtbot, desk)
    assert not desk.window._stays_for_unstored()
    desk.tasks.undo()
    rest(qtbot, desk)
    assert asked(desk)
    go("file", small_desk.distributor)
    if kind is Contact:
        field = opened_field(file_of(desk).contacts.row(small_desk.people[0]).row("birthday_on").edit)
        assert field is not None
        assert field.text() == "soon"
    else:
        form = file_of(desk).promises.ours.row(small_desk.ours).form
        assert form is not None
        assert form.text.text() == "Receipt"
    desk.window.close()


def test_that_the_window_does_not_ask_for_the_proof_of_a_promise_that_was_kept_meanwhile(
    qtbot: QtBot, desk: Desk, small_desk: SmallDesk, go: Go
) -> None:
    ticks(desk)[0].click()
    note = today_of(desk).ours._note
    assert note is not None
    note.field.edit.insert("Receipt")
    go("planner")
    desk.tasks.write(
        "Kept", lambda uow: fulfil_commitment(uow, small_desk.ours, on=desk.window.ctx.today, note="Receipt of Chen")
    )
    rest(qtbot, desk)
    assert desk.window.close()


def test_that_a_proof_given_in_a_visit_waits_until_it_is_stored(
    qtbot: QtBot,
    desk: Desk,
    small_desk: SmallDesk,
    go: Go,
    speak: Callable[[str], None],
    fill_disk: Callable[..., None],
) -> None:
    go("visit", small_desk.visit)
    page = desk.window.page
    assert isinstance(page, VisitPage)
    line = page.sheet.pane.findChildren(PromiseLine)[0]
    line.ask_proof(PROOF)
    assert line.proof is not None
    fill_disk(is_full=True)
    qtbot.keyClick(line.proof.edit, Qt.Key.Key_Return)
    speak("zh_CN")
    fill_disk(is_full=False)
    go("file", small_desk.distributor)
    form = file_of(desk).promises.ours.row(small_desk.ours).form
    assert form is not None
    assert form.text.text() == PROOF
    form.confirm.click()
    rest(qtbot, desk)
    assert nothing_is_kept(desk)
    assert desk.window.close()


def test_that_a_proof_given_in_a_visit_that_is_left_at_once_is_not_asked_for_again(
    qtbot: QtBot, desk: Desk, small_desk: SmallDesk, go: Go
) -> None:
    go("visit", small_desk.visit)
    page = desk.window.page
    assert isinstance(page, VisitPage)
    line = page.sheet.pane.findChildren(PromiseLine)[0]
    line.ask_proof("Receipt")
    assert line.proof is not None
    qtbot.keyClick(line.proof.edit, Qt.Key.Key_Return)
    go("today")
    assert nothing_is_kept(desk)
    assert desk.window.close()


def test_that_the_list_asks_for_the_same_after_a_change_of_the_language(
    qtbot: QtBot, desk: Desk, small_desk: SmallDesk, other: int, go: Go, speak: Callable[[str], None]
) -> None:
    def page() -> DistributorsPage:
        assert isinstance(desk.window.page, DistributorsPage)
        return desk.window.page

    go("distributors")
    first = page()
    first._filters.search.setText("xiang")
    first._filters.statuses.choose(frozenset({Status.ACTIVE.value}))
    first.sort_by("tier", True)
    asked_for = first.query
    rest(qtbot, desk)
    speak("zh_CN")
    assert page() is not first
    assert page().query == asked_for
    qtbot.waitUntil(lambda: page()._rows.total == 1 and page()._rows.id_at(0) == small_desk.distributor)
    assert page()._filters.statuses.isVisible()
    page()._views.choose(View.AT_RISK)
    speak("en")
    assert page().query == replace(asked_for, view=View.AT_RISK)
    assert desk.window.close()


def test_that_a_tag_that_could_not_be_stored_stays_in_its_field(
    qtbot: QtBot, desk: Desk, small_desk: SmallDesk, go: Go, fill_disk: Callable[..., None]
) -> None:
    go("file", small_desk.distributor)
    field = file_of(desk).note.new_tag
    field.edit.setText(PROOF)
    fill_disk(is_full=True)
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    rest(qtbot, desk)
    assert (field.text(), field.error) == (PROOF, UserError("disk_full").sentence)
    fill_disk(is_full=False)
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    rest(qtbot, desk)
    assert (field.text(), file_of(desk).note.tags) == ("", (PROOF,))
    assert desk.window.close()


def test_that_a_setting_that_was_refused_is_stored_when_the_trouble_is_over(
    qtbot: QtBot, desk: Desk, data_folder: DataFolder, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusals = ["disk_full", "disk_full"]

    def write(uow: UnitOfWork, key: str, value: str) -> None:
        if refusals:
            raise UserError(refusals.pop())
        write_preference(uow, key, value)

    monkeypatch.setattr(keeping_settings, "write_preference", write)
    desk.settings.set("user_name", "Lin Yue")
    rest(qtbot, desk)
    assert not desk.window.close()
    assert not refusals
    assert desk.window.close()
    store = Store.open(data_folder, clock)
    assert store.read(read_preferences) == {"user_name": '"Lin Yue"'}
    store.close()
