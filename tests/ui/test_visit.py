"""The wizard on the screen: keys, storing, promises, people, the end; on a real data file."""

from __future__ import annotations

import itertools
import json
from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QEnterEvent, QFontMetrics, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from channel_desk.domain.commitments import Authority, Commitment, CommitmentStatus, Direction
from channel_desk.domain.contacts import Contact
from channel_desk.domain.visits import Answer, AnswerState, ExpectedObjection, Phase, Verdict, Visit, VisitStatus
from channel_desk.errors import UserError
from channel_desk.paths import resources
from channel_desk.services.commitments import edit_commitment
from channel_desk.services.distributors import add_contact, edit_distributor
from channel_desk.services.visits import answer_item, close_visit, delete_visit, edit_visit, set_participants
from channel_desk.ui.place import Place
from channel_desk.ui.visit import drafts
from channel_desk.ui.visit.action_bar import HEIGHT
from channel_desk.ui.visit.choice_button import ChoiceButton
from channel_desk.ui.visit.objections import ObjectionsEditor
from channel_desk.ui.visit.promise_line import PromiseLine
from channel_desk.ui.visit.rows import SectionHead
from channel_desk.ui.visit.sections import WIDTH
from channel_desk.ui.widgets.badge import StanceBadge
from channel_desk.ui.widgets.button import Button, IconButton
from channel_desk.ui.widgets.drawing import plain_tip
from channel_desk.ui.widgets.text import Text
from tests.fixtures.visiting import press, type_text

KEY = Qt.Key


@pytest.fixture
def page(show_visit):
    return show_visit()


@pytest.fixture
def change(tasks, settle):
    """Write from elsewhere, as another page does."""

    def write(work) -> None:
        tasks.write("elsewhere", work, toast=False)
        settle()

    return write


@pytest.fixture
def read(tasks, settle, qapp):
    """What stands in the file."""

    def find(work):
        found: list = []
        tasks.read(work, found.append, owner=qapp, key="test")
        settle()
        return found[0]

    return find


@pytest.fixture
def answer_to(read, small_desk):
    def find(code: int) -> Answer | None:
        return read(lambda reader: next(iter(reader.all(Answer, visit_id=small_desk.visit, code=code)), None))

    return find


@pytest.fixture
def ready_to_close(small_desk, change):
    """The verdict, its reason and the next step are there."""
    change(
        lambda uow: edit_visit(
            uow, small_desk.visit, verdict=Verdict.TRAIN, verdict_reason="New staff", no_next_step=True
        )
    )


# -- the hint of the keys ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "digits"),
    [(101, {1, 2, 4}), (319, {1, 2, 3, 4}), (301, set()), (302, set())],
    ids=["check", "money", "verdict", "next step"],
)
def test_that_the_hint_tells_the_keys_that_do_something_at_the_question(page, code, digits):
    page.go_to(code)
    parts = page.sheet.sections._keys._of_digit
    assert {digit for digit, shown in parts.items() if all(part.isVisible() for part in shown)} == digits


@pytest.mark.parametrize("is_closed", [False, True], ids=["open", "closed"])
def test_that_the_checklist_says_what_a_question_asks_once(page, ready_to_close, settle, is_closed):
    if is_closed:
        page.close_visit()
        settle()
    for code, asked in ((301, "Verdict"), (302, "Next step"), (315, "Rating")):
        page.go_to(code)
        settle()
        QApplication.processEvents()
        said = [one.text() for one in page.checklist.findChildren(Text) if one.isVisible()]
        said += [one.accessibleName() for one in page.checklist.findChildren(SectionHead) if one.isVisible()]
        assert said.count(asked) == 1
        assert "Gaps" in said


# -- keys ----------------------------------------------------------------------------------------------------------


def test_that_a_digit_answers_at_once_and_the_same_digit_takes_it_back(page, answer_to, settle):
    page.go_to(104)
    press(KEY.Key_1)
    settle()
    assert answer_to(104).state is AnswerState.DONE
    press(KEY.Key_1)
    settle()
    assert answer_to(104) is None


def test_that_the_first_letter_begins_the_note_and_digits_are_text_in_it(page, answer_to, settle):
    page.go_to(207)
    type_text("up 12%")
    page.leave()
    settle()
    assert answer_to(207).note == "up 12%"


@pytest.mark.parametrize("code", [104, 207, 302])
def test_that_what_was_copied_begins_the_note_like_a_letter(page, code):
    QApplication.clipboard().setText("12 shops, two new")
    page.go_to(code)
    press(KEY.Key_V, Qt.KeyboardModifier.ControlModifier)
    sheet = page.checklist.editor.typing_sheet()
    assert QApplication.focusWidget() is sheet
    assert (sheet.text() if isinstance(sheet, QLineEdit) else sheet.toPlainText()) == "12 shops, two new"


def test_that_the_digit_four_goes_into_the_note_without_answering(page, answer_to, settle):
    page.go_to(104)
    press(KEY.Key_4)
    assert QApplication.focusWidget() is page.checklist.editor.typing_sheet()
    page.leave()
    settle()
    assert answer_to(104) is None


@pytest.mark.parametrize(
    ("code", "hint"),
    [(319, "To type a figure, press 3 first."), (104, "To write a note, press 4 first."), (301, "")],
    ids=["money", "check", "verdict"],
)
def test_that_whoever_types_a_figure_where_digits_answer_is_told_how(page, code, hint):
    said = []
    page.ctx.feedback.wanted.connect(lambda text, *_: said.append(text))
    page.go_to(code)
    press(KEY.Key_8)
    assert said == ([hint] if hint else [])


def test_that_an_input_method_composes_into_the_note_without_losing_a_character(page, answer_to, settle):
    page.go_to(207)
    sheet = page.checklist.editor.typing_sheet()
    QApplication.sendEvent(page.checklist, QInputMethodEvent("xue", []))
    assert sheet.toPlainText() == ""
    assert QApplication.focusWidget() is page.checklist
    committed = QInputMethodEvent()
    committed.setCommitString("学校")
    QApplication.sendEvent(page.checklist, committed)
    assert sheet.toPlainText() == "学校"
    assert QApplication.focusWidget() is sheet
    page.leave()
    settle()
    assert answer_to(207).note == "学校"


def test_that_an_input_method_goes_on_writing_the_next_step_it_has_begun(page):
    page.go_to(302)
    for words in ("寄", "样品"):
        committed = QInputMethodEvent()
        committed.setCommitString(words)
        QApplication.sendEvent(QApplication.focusWidget(), committed)
    assert page.checklist.editor.step.text() == "寄样品"


def test_that_keys_answer_nothing_and_leave_nothing_while_an_input_method_composes(page, answer_to, went, settle):
    page.go_to(207)
    QApplication.sendEvent(page.checklist, QInputMethodEvent("xue", []))
    for key in (KEY.Key_1, KEY.Key_Return, KEY.Key_Down, KEY.Key_Escape):
        press(key)
    settle()
    assert (page.checklist.current, answer_to(207), went) == (207, None, [])
    QApplication.sendEvent(page.checklist, QInputMethodEvent())
    press(KEY.Key_1)
    settle()
    assert answer_to(207).state is AnswerState.DONE


def test_that_a_full_stop_of_an_input_method_begins_a_jump_too(page):
    stop = QInputMethodEvent()
    stop.setCommitString("。")
    QApplication.sendEvent(page.checklist, stop)
    type_text("235")
    assert page.checklist.current == 235


def test_that_a_jump_takes_three_digits_or_the_number_inside_the_phase(page):
    type_text(".264")
    assert page.checklist.current == 264
    type_text(".07")
    press(KEY.Key_Return)
    assert page.checklist.current == 207


def test_that_a_jump_in_a_closed_visit_takes_the_number_inside_the_phase_that_is_shown(
    page, ready_to_close, change, small_desk
):
    change(lambda uow: close_visit(uow, small_desk.visit))
    page.go_to(204)
    type_text(".07")
    press(KEY.Key_Return)
    assert page.checklist.current == 207


def test_that_a_jump_can_be_given_up_and_answers_nothing(page, answer_to, settle):
    page.go_to(104)
    type_text(".1")
    press(KEY.Key_Escape)
    settle()
    assert page.checklist.current == 104
    assert answer_to(104) is None


def test_that_a_code_which_is_not_asked_is_told(page, desk):
    said: list[tuple[str, bool]] = []
    desk.feedback.wanted.connect(lambda text, _action, _run, wrong: said.append((text, wrong)))
    type_text(".999")
    assert said == [("No question 999 in this visit", True)]


def test_that_arrows_move_and_stop_at_the_ends(page):
    page.go_to(102)
    press(KEY.Key_Up)
    assert page.checklist.current == 101
    press(KEY.Key_Up)
    assert page.checklist.current == 101
    press(KEY.Key_Down)
    assert page.checklist.current == 102


def test_that_arrows_in_a_note_move_its_lines_first_and_then_the_questions(page):
    page.go_to(102)
    edit = page.checklist.editor.typing_sheet()
    edit.setFocus()
    type_text("first")
    press(KEY.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    type_text("second")
    press(KEY.Key_Up)
    assert (page.checklist.current, edit.textCursor().blockNumber()) == (102, 0)
    press(KEY.Key_Down)
    assert (page.checklist.current, edit.textCursor().blockNumber()) == (102, 1)
    press(KEY.Key_Down)
    assert page.checklist.current == 104


def test_that_a_value_shows_what_was_changed_elsewhere_unless_it_is_being_typed(page, change, small_desk):
    page.go_to(251)
    value = page.checklist.editor.value
    change(lambda uow: answer_item(uow, small_desk.visit, code=251, value="12"))
    assert value.text() == "12"
    press(KEY.Key_3)
    QTest.keyClick(value.edit, KEY.Key_End)
    type_text("5")
    change(lambda uow: answer_item(uow, small_desk.visit, code=251, value="40"))
    assert value.text() == "125"


def test_that_escape_leaves_the_field_and_then_the_page(page, went):
    type_text("x")
    press(KEY.Key_Escape)
    assert QApplication.focusWidget() is page.checklist
    assert not went
    press(KEY.Key_Escape)
    assert went == [Place("back")]


def test_that_escape_leaves_the_buttons_of_a_question_before_the_page(page, went):
    page.go_to(252)
    page.checklist.editor.findChildren(ChoiceButton)[0].setFocus()
    press(KEY.Key_Escape)
    assert QApplication.focusWidget() is page.checklist
    assert not went
    press(KEY.Key_Escape)
    assert went == [Place("back")]


def test_that_a_choice_is_answered_by_its_digit(page, answer_to, settle):
    page.go_to(252)
    press(KEY.Key_3)
    settle()
    assert answer_to(252).value == "poor"


def test_that_digits_fill_the_scales_of_a_rating_one_after_the_other(page, read, small_desk, settle):
    page.go_to(315)
    for key in (KEY.Key_4, KEY.Key_5, KEY.Key_3):
        press(key)
    settle()
    visit = read(lambda reader: reader.get(Visit, small_desk.visit))
    assert (visit.interest, visit.fit, visit.strength) == (4, 5, 3)


def test_that_a_scale_of_a_rating_has_five_buttons(page, read, small_desk, settle, qtbot):
    page.go_to(315)
    buttons = page.checklist.editor.findChildren(ChoiceButton)
    assert [one.text() for one in buttons] == list("12345") * 3
    qtbot.waitUntil(lambda: buttons[0].height() > 20)
    for place in (4, 5, 12):
        QTest.mouseClick(buttons[place], Qt.MouseButton.LeftButton)
    settle()
    visit = read(lambda reader: reader.get(Visit, small_desk.visit))
    assert (visit.interest, visit.fit, visit.strength) == (5, 1, 3)


def test_that_a_number_that_cannot_be_read_stays_and_is_told(page, answer_to, settle):
    page.go_to(251)
    press(KEY.Key_3)
    type_text("soon")
    page.leave()
    settle()
    assert page.checklist.editor.value.text() == "soon"
    assert page.checklist.editor.value.error
    assert answer_to(251) is None


def test_that_enter_keeps_the_keyboard_where_the_last_number_cannot_be_read(page):
    page.go_to(319)
    press(KEY.Key_3)
    type_text("soon")
    press(KEY.Key_Return)
    assert page.checklist.editor.value.edit.hasFocus()


def test_that_a_day_that_cannot_be_read_keeps_its_question(page):
    page.go_to(302)
    page.checklist.editor.day.edit.setFocus()
    type_text("someday")
    press(KEY.Key_Return)
    assert page.checklist.current == 302
    assert page.checklist.editor.day.text() == "someday"
    assert page.checklist.editor.day.error


def test_that_the_digits_of_the_next_step_mean_the_same_on_a_sunday(clock, show_visit, read, small_desk, settle):
    clock.advance(timedelta(days=5))
    assert clock.today() == date(2026, 9, 27)
    page = show_visit()
    page.go_to(302)
    for key, day in (
        (KEY.Key_1, date(2026, 9, 28)),
        (KEY.Key_2, date(2026, 9, 28)),
        (KEY.Key_3, date(2026, 10, 5)),
        (KEY.Key_4, date(2026, 10, 27)),
    ):
        press(key)
        settle()
        visit = read(lambda reader: reader.get(Visit, small_desk.visit))
        assert (visit.next_step_on, visit.no_next_step) == (day, False)
    press(KEY.Key_5)
    settle()
    assert read(lambda reader: reader.get(Visit, small_desk.visit)).no_next_step


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2", date(2026, 9, 28)),
        ("5", None),
        ("7", date(2026, 10, 7)),
        ("2 oct", date(2026, 10, 2)),
    ],
)
def test_that_a_digit_alone_in_the_day_of_the_next_step_means_its_button(page, read, small_desk, settle, typed, day):
    page.go_to(302)
    page.checklist.editor.day.edit.setFocus()
    type_text(typed)
    press(KEY.Key_Return)
    settle()
    visit = read(lambda reader: reader.get(Visit, small_desk.visit))
    assert (visit.next_step_on, visit.no_next_step) == (day, day is None)


@pytest.mark.parametrize("day", [(KEY.Key_5, date(2026, 9, 23)), (KEY.Key_2, date(2026, 9, 28))], ids=["5", "2"])
def test_that_a_next_step_put_away_by_none_is_back_when_there_is_one_after_all(page, read, small_desk, settle, day):
    page.go_to(302)
    type_text("send samples")
    press(KEY.Key_Escape)
    press(KEY.Key_1)
    press(KEY.Key_5)
    settle()
    visit = read(lambda reader: reader.get(Visit, small_desk.visit))
    assert (visit.next_step, visit.next_step_on, visit.no_next_step) == ("", None, True)
    press(day[0])
    settle()
    visit = read(lambda reader: reader.get(Visit, small_desk.visit))
    assert (visit.next_step, visit.next_step_on, visit.no_next_step) == ("send samples", day[1], False)
    assert page.checklist.editor.step.text() == "send samples"


def test_that_a_next_step_in_the_past_is_refused_below_its_field(page, read, small_desk, settle):
    page.go_to(302)
    editor = page.checklist.editor
    editor.day.edit.setFocus()
    type_text("21 sep")
    press(KEY.Key_Return)
    page.load()
    settle()
    assert page.checklist.current == 302
    assert editor.day.error == "This day is over. A next step comes from today on, for example next Wed."
    assert "21" in editor.day.text()
    assert read(lambda reader: reader.get(Visit, small_desk.visit)).next_step_on is None
    editor.day.edit.selectAll()
    type_text("22 sep")
    press(KEY.Key_Return)
    settle()
    assert read(lambda reader: reader.get(Visit, small_desk.visit)).next_step_on == date(2026, 9, 22)


def test_that_a_digit_takes_back_a_day_that_was_refused(page, read, small_desk, settle):
    page.go_to(302)
    editor = page.checklist.editor
    editor.day.edit.setFocus()
    type_text("21 sep")
    press(KEY.Key_Return)
    page.checklist.setFocus()
    press(KEY.Key_1)
    settle()
    assert not editor.day.error
    assert editor.day.day == date(2026, 9, 23)


# -- storing -------------------------------------------------------------------------------------------------------


def test_that_nothing_is_lost_when_the_page_is_left_while_typing(page, answer_to, settle):
    page.go_to(207)
    type_text("Half a sente")
    page.show_place(Place("visit", 999))
    settle()
    assert answer_to(207).note == "Half a sente"


def test_that_text_is_stored_after_a_pause_without_leaving(page, answer_to, qtbot, settle):
    page.go_to(207)
    type_text("Schools")
    qtbot.waitUntil(page.foot.saved.isVisible, timeout=5000)
    assert page.foot.saved.text == "Saved 8:21"
    assert answer_to(207).note == "Schools"


def test_that_saved_is_said_only_after_the_commit(page, settle):
    page.go_to(104)
    press(KEY.Key_1)
    assert page.foot.saved.isHidden()
    settle()
    assert not page.foot.saved.isHidden()


def test_that_a_change_from_elsewhere_keeps_typing_and_focus(page, change, small_desk):
    page.go_to(207)
    type_text("Typing")
    sheet = QApplication.focusWidget()
    change(lambda uow: answer_item(uow, small_desk.visit, code=208, note="From elsewhere"))
    assert QApplication.focusWidget() is sheet
    assert sheet.toPlainText() == "Typing"
    type_text(" on")
    assert sheet.toPlainText() == "Typing on"
    page.go_to(208)
    assert page.checklist.editor.typing_sheet().toPlainText() == "From elsewhere"


def test_that_undo_shows_the_answer_as_it_was(page, tasks, settle):
    page.go_to(104)
    press(KEY.Key_1)
    settle()
    tasks.undo()
    settle()
    assert page.checklist.editor.answer.state is None


def test_that_a_text_typed_with_pauses_is_one_step_of_undo_and_another_text_another(page, tasks, settle):
    def pause() -> None:
        page._drafts.flush()
        settle()

    page.go_to(207)
    type_text("They pay")
    pause()
    type_text(" in March")
    pause()
    page.go_to(208)
    type_text("Two pallets")
    pause()
    tasks.undo()
    settle()
    assert page.checklist.editor.typing_sheet().toPlainText() == ""
    page.go_to(207)
    assert page.checklist.editor.typing_sheet().toPlainText() == "They pay in March"
    tasks.undo()
    settle()
    assert page.checklist.editor.typing_sheet().toPlainText() == ""
    tasks.redo()
    settle()
    assert page.checklist.editor.typing_sheet().toPlainText() == "They pay in March"


def test_that_what_cannot_be_stored_is_told_and_kept(page, change, small_desk, ready_to_close, settle):
    page.go_to(207)
    type_text("Important")
    # Closed elsewhere before the pause is over.
    change(lambda uow: close_visit(uow, small_desk.visit))
    page.leave()
    settle()
    assert page.foot.saved.text == "Not saved"
    assert page.checklist.editor.typing_sheet().toPlainText() == "Important"


def test_that_an_answer_to_the_talk_begins_the_visit_and_the_write_up_ends_the_talk(page, read, small_desk, settle):
    page.go_to(204)
    press(KEY.Key_1)
    settle()
    assert read(lambda reader: reader.get(Visit, small_desk.visit)).status is VisitStatus.RUNNING
    page.go_to_phase(Phase.AFTER)
    settle()
    assert read(lambda reader: reader.get(Visit, small_desk.visit)).status is VisitStatus.HELD


def test_that_looking_ahead_before_the_visit_changes_nothing(page, read, small_desk, settle):
    page.go_to_phase(Phase.DURING)
    page.go_to_phase(Phase.AFTER)
    settle()
    assert read(lambda reader: reader.get(Visit, small_desk.visit)).status is VisitStatus.PLANNED


# -- promises and objections ---------------------------------------------------------------------------------------


def test_that_a_promise_of_theirs_is_recorded_with_their_name(page, read, small_desk, settle):
    page.record_promise()
    page.form.direction.step(1)
    page.form.fields.text.setText("Sell-out of August")
    page.form.fields.due.set_day(date(2026, 9, 30))
    page.form.submit()
    settle()
    found = read(lambda reader: reader.all(Commitment, text="Sell-out of August"))
    assert [(one.direction, one.promised_by, one.visit_id) for one in found] == [
        (Direction.THEIRS, "王建国", small_desk.visit)
    ]
    assert page.form.isHidden()
    assert [one.text for one in page._wizard.promises_of_visit] == ["Sell-out of August"]


@pytest.mark.parametrize(("currency", "typed", "kept"), [("USD", "$1,200", "USD"), ("", "1200", "CNY")])
def test_that_the_amount_of_a_promise_is_in_the_currency_of_the_distributor(
    page, change, read, small_desk, settle, currency, typed, kept
):
    change(lambda uow: edit_distributor(uow, small_desk.distributor, currency=currency))
    page.record_promise()
    page.form.fields.text.setText("Display stand")
    page.form.fields.amount.edit.setFocus()
    type_text(typed)
    page.form.submit()
    settle()
    found = read(lambda reader: reader.all(Commitment, text="Display stand"))
    assert [(one.amount_minor, one.currency) for one in found] == [(120_000, kept)]


def test_that_a_promise_made_in_the_visit_asks_nothing_new_and_a_kept_one_keeps_its_answer(page, settle):
    page.go_to(201)
    press(KEY.Key_1)
    line = next(one for one in page.sheet.pane.findChildren(PromiseLine))
    line.ask_proof("Receipt")
    press(KEY.Key_Return)
    settle()
    codes = {row.item.code for row in page._wizard.rows()}
    assert 201 in codes  # answered, though nothing of ours is open any more
    assert 101 in codes
    page.record_promise()
    page.form.fields.text.setText("New")
    page.form.submit()
    settle()
    assert {row.item.code for row in page._wizard.rows()} == codes


def test_that_an_empty_promise_is_not_stored_and_the_form_stays(page, read, settle):
    page.record_promise()
    page.form.by.setText("Lin")
    page.form.submit()
    settle()
    assert page.form.isVisible()
    assert "what was promised" in page.form.fields.text.error
    assert page.form.by.text() == "Lin"


def test_that_an_approved_promise_names_who_approved_it(page, read, settle):
    page.record_promise()
    page.form.fields.text.setText("Two points more")
    page.form.fields.authority.set_value(Authority.APPROVED)
    page.form.submit()
    settle()
    assert page.form.fields.approver.error
    page.form.fields.approver.setText("Director Zhao")
    page.form.submit()
    settle()
    found = read(lambda reader: reader.all(Commitment, text="Two points more"))
    assert [one.approved_by for one in found] == ["Director Zhao"]


def test_that_escape_closes_the_form_and_the_checklist_has_the_keyboard_again(page):
    press(KEY.Key_F5)
    press(KEY.Key_Escape)
    assert page.form.isHidden()
    assert QApplication.focusWidget() is page.checklist


def test_that_escape_closes_the_form_from_its_choices_too(page):
    press(KEY.Key_F5)
    page.form.fields.evidence.setFocus()
    press(KEY.Key_Escape)
    assert page.form.isHidden()


def test_that_the_name_of_a_person_of_whom_nothing_is_known_has_the_width_of_the_pane(page, change, small_desk):
    name = "Guillermo Fernández de la Vega"
    person = Contact(distributor_id=small_desk.distributor, name=name)
    change(lambda uow: set_participants(uow, small_desk.visit, [add_contact(uow, person)]))
    label = next(one for one in page.sheet.pane.findChildren(Text) if one.text() == name)
    assert label.width() >= label.sizeHint().width()


def test_that_a_long_promise_takes_three_lines_of_the_pane_and_is_whole_in_its_tooltip(page, change, small_desk):
    change(lambda uow: edit_commitment(uow, small_desk.ours, text="send the price list of the season " * 20))
    page.load()
    line = next(iter(page.sheet.pane.findChildren(PromiseLine)))
    text = line.findChildren(Text)[0]
    assert text.height() == 3 * 20
    QApplication.sendEvent(text, QEnterEvent(QPointF(1, 1), QPointF(1, 1), QPointF(1, 1)))
    assert text.toolTip() == plain_tip(("send the price list of the season " * 20).strip())


def test_that_the_facts_of_a_promise_take_a_second_line_before_they_are_cut(page, change, small_desk):
    change(lambda uow: edit_commitment(uow, small_desk.ours, promised_to="Wang Jianguo, head of purchasing"))
    page.load()
    line = next(iter(page.sheet.pane.findChildren(PromiseLine)))
    facts = line.findChildren(Text)[1]
    assert "Wang Jianguo" in facts.text()
    assert facts.height() == 2 * 16
    QApplication.sendEvent(facts, QEnterEvent(QPointF(1, 1), QPointF(1, 1), QPointF(1, 1)))
    assert facts.toolTip() == ""


def test_that_a_proof_that_is_half_typed_takes_the_keyboard_from_nobody(page, change, small_desk, settle):
    line = next(one for one in page.sheet.pane.findChildren(PromiseLine))
    line.ask_proof("Receipt")
    page.record_promise()
    change(lambda uow: edit_commitment(uow, small_desk.ours, text="Two samples"))
    assert page.form.fields.text.edit.hasFocus()
    assert [one.typed for one in page.sheet.pane.findChildren(PromiseLine) if one.typed] == ["Receipt"]


def test_that_a_kept_promise_asks_for_its_proof(page, read, small_desk, settle):
    line = next(one for one in page.sheet.pane.findChildren(PromiseLine))
    line.ask_proof()
    press(KEY.Key_Return)
    settle()
    line = next(one for one in page.sheet.pane.findChildren(PromiseLine) if one.proof is not None)
    assert line.proof.error
    type_text("Receipt of 21 Sep")
    press(KEY.Key_Return)
    settle()
    kept = read(lambda reader: reader.get(Commitment, small_desk.ours))
    assert (kept.status, kept.outcome_note) == (CommitmentStatus.FULFILLED, "Receipt of 21 Sep")


def test_that_an_objection_is_added_raised_and_overcome(page, read, small_desk, settle):
    page.go_to(264)
    editor = page.checklist.editor
    assert isinstance(editor, ObjectionsEditor)
    editor.own.edit.setFocus()
    type_text("Too dear")
    press(KEY.Key_Return)
    settle()
    for label in ("Raised", "Overcome"):
        buttons = [one for one in editor.findChildren(ChoiceButton) if one.text() == label and one.isVisible()]
        QTest.mouseClick(buttons[1], Qt.MouseButton.LeftButton)
        settle()
    found = read(lambda reader: reader.all(ExpectedObjection, visit_id=small_desk.visit, order="position"))
    assert [(one.they_say, one.raised, one.overcome) for one in found] == [
        ("库存压不动", False, None),
        ("Too dear", True, True),
    ]
    assert read(lambda reader: reader.get(Visit, small_desk.visit)).status is VisitStatus.RUNNING


def test_that_an_objection_is_removed_by_the_button_at_its_end(page, read, small_desk, settle, qtbot):
    page.go_to(264)
    settle()
    (remove,) = [
        one for one in page.checklist.editor.findChildren(IconButton) if one.accessibleName() == "Remove the objection"
    ]
    qtbot.waitUntil(lambda: page.childAt(remove.mapTo(page, remove.rect().center())) is remove)  # its row unfolds
    assert remove.parentWidget().rect().right() - remove.geometry().right() < 8
    QTest.mouseClick(remove, Qt.MouseButton.LeftButton)
    settle()
    assert read(lambda reader: reader.all(ExpectedObjection, visit_id=small_desk.visit)) == ()


def test_that_the_question_to_ask_first_stands_at_its_objection(page, change, small_desk, settle):
    change(lambda uow: uow.update(ExpectedObjection, small_desk.objection, ask_first="How many days of stock?"))
    page.go_to(264)
    settle()
    QApplication.processEvents()
    said = [one.text() for one in page.checklist.editor.findChildren(Text) if one.isVisible()]
    assert "Ask first: How many days of stock?" in said


@pytest.mark.parametrize("way", ["leave", "next question"])
def test_that_an_objection_that_was_written_and_not_added_counts(page, read, small_desk, settle, way):
    page.go_to(264)
    page.checklist.editor.own.edit.setFocus()
    type_text("Too dear")
    if way == "leave":
        page.leave()
    else:
        page.go_to(265)
        assert QApplication.focusWidget() is page.checklist
    settle()
    found = read(lambda reader: reader.all(ExpectedObjection, visit_id=small_desk.visit, order="position"))
    assert [(one.they_say, one.raised) for one in found] == [("库存压不动", False), ("Too dear", True)]


def test_that_esc_keeps_a_half_written_promise_until_it_is_stored_or_cleared(page, read, settle):
    press(KEY.Key_F5)
    type_text("Send the price list")
    page.form.fields.due.edit.setFocus()
    type_text("someday")
    press(KEY.Key_Escape)
    assert page.form.isHidden()
    assert QApplication.focusWidget() is page.checklist
    press(KEY.Key_F5)
    assert page.form.fields.text.text() == "Send the price list"
    assert page.form.fields.due.text() == "someday"
    assert page.form.fields.due.error
    page.form.fields.due.set_day(None)
    page.form.submit()
    settle()
    assert page.form.isHidden()
    press(KEY.Key_F5)
    assert page.form.fields.text.text() == ""
    type_text("Half")
    page.form.clear()
    press(KEY.Key_Escape)
    press(KEY.Key_F5)
    assert page.form.fields.text.text() == ""


def test_that_typing_goes_on_at_the_end_of_a_half_written_promise(page):
    press(KEY.Key_F5)
    type_text("Send the price")
    press(KEY.Key_Escape)
    press(KEY.Key_F5)
    type_text(" list")
    assert page.form.fields.text.text() == "Send the price list"


def test_that_a_half_written_promise_is_open_again_in_another_language(page, show_visit, make_desk):
    press(KEY.Key_F5)
    type_text("Send the price list")
    page.form.direction.step(1)
    page.form.fields.due.set_day(date(2026, 9, 30))
    page.let_go()
    other = show_visit(make_desk("zh_CN"))
    assert other.form.isVisible()
    assert other.form.fields.text.text() == "Send the price list"
    assert other.form.direction.current == Direction.THEIRS.value
    assert other.form.fields.due.day == date(2026, 9, 30)
    assert "9月30日" in other.form.fields.due.text()


def test_that_a_half_written_promise_stays_with_its_visit(page, small_desk, settle):
    press(KEY.Key_F5)
    type_text("Send the price list")
    page.show_place(Place("visit", 999))
    settle()
    page.show_place(Place("visit", small_desk.visit))
    settle()
    assert page.form.isVisible()
    assert page.form.fields.text.text() == "Send the price list"


# -- the end -------------------------------------------------------------------------------------------------------


def test_that_closing_says_what_is_missing(page):
    page.go_to_phase(Phase.AFTER)
    bar = page.foot
    assert not bar.close_visit.isEnabled()
    assert bar.reason.text() == "Missing: verdict, reason, next step"
    press(KEY.Key_2)
    type_text("New staff")
    assert bar.reason.text() == "Missing: next step"
    page.go_to(302)
    press(KEY.Key_5)
    assert bar.close_visit.isEnabled()
    assert bar.reason.isHidden()


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_that_what_is_missing_is_read_whole_beside_the_pane_of_a_small_window(show_visit, make_desk, language, settle):
    page = show_visit(make_desk(language))
    page.resize(968, 644)
    press(KEY.Key_F4)
    press(KEY.Key_3, Qt.KeyboardModifier.AltModifier)
    press(KEY.Key_2)
    settle()
    bar = page.foot
    assert page.sheet.pane.isVisible()
    assert bar.saved.isVisible()
    assert bar.reason.contentsRect().width() >= bar.reason.whole_width
    assert bar.reason.geometry().bottom() < bar.close_visit.y()

    page.resize(1400, 644)
    settle()
    assert bar.reason.contentsRect().width() >= bar.reason.whole_width
    assert bar.height() == HEIGHT


def test_that_ctrl_enter_goes_to_what_is_missing_and_then_closes_the_visit(page, read, small_desk, settle):
    control = Qt.KeyboardModifier.ControlModifier
    page.go_to_phase(Phase.AFTER)
    page.go_to(313)
    press(KEY.Key_Return, control)
    assert page.checklist.current == 301
    press(KEY.Key_2)
    type_text("New staff")
    press(KEY.Key_Return, control)
    assert page.checklist.current == 302
    type_text("Send the offer")
    page.checklist.editor.day.edit.setFocus()
    type_text("next tue")
    press(KEY.Key_Return, control)
    settle()
    visit = read(lambda reader: reader.get(Visit, small_desk.visit))
    assert (visit.status, visit.verdict_reason) == (VisitStatus.CLOSED, "New staff")
    assert (visit.next_step, visit.next_step_on) == ("Send the offer", date(2026, 9, 29))


def test_that_ctrl_enter_goes_to_the_one_field_that_is_missing(page):
    control = Qt.KeyboardModifier.ControlModifier
    page.go_to(301)
    press(KEY.Key_2)
    page.go_to(302)
    type_text("Send the offer")
    press(KEY.Key_Return, control)
    assert page.checklist.editor.reason.edit.hasFocus()
    type_text("New staff")
    page.go_to(313)
    press(KEY.Key_Return, control)
    assert page.checklist.editor.day.edit.hasFocus()


def test_that_a_promise_with_a_date_that_cannot_be_read_leads_to_the_date(page):
    page.go_to_phase(Phase.DURING)
    press(KEY.Key_F5)
    type_text("Send the price list")
    page.form.fields.due.edit.setFocus()
    type_text("someday")
    page.form.fields.text.edit.setFocus()
    press(KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.form.fields.due.edit.hasFocus()
    assert page.form.fields.due.error


def test_that_the_last_words_are_stored_before_the_visit_is_closed(
    page, ready_to_close, read, answer_to, small_desk, settle
):
    page.go_to(313)
    type_text("Sent")
    page.close_visit()
    settle()
    assert read(lambda reader: reader.get(Visit, small_desk.visit)).status is VisitStatus.CLOSED
    assert answer_to(313).note == "Sent"
    assert page.sheet.strip.isHidden()


def test_that_ctrl_enter_closes_no_visit_before_it_is_written_up(page, ready_to_close, read, small_desk, settle):
    page.go_to_phase(Phase.DURING)
    type_text("x")
    press(KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert read(lambda reader: reader.get(Visit, small_desk.visit)).is_open
    assert page._phase is Phase.AFTER


def test_that_ctrl_enter_before_and_during_the_talk_leads_to_what_a_visit_needs_to_be_closed(page):
    for phase in (Phase.BEFORE, Phase.DURING):
        page.go_to_phase(phase)
        press(KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert page.checklist.current == page._wizard.missing_code


def test_that_the_stance_has_its_reason_for_a_tooltip(page):
    badge = page.bar.findChild(StanceBadge)
    assert badge.toolTip() == plain_tip(page._wizard.stance.told(page.ctx.language))


def test_that_ctrl_enter_in_the_form_records_the_promise_and_leaves_the_visit_open(
    page, ready_to_close, read, small_desk, settle
):
    page.go_to_phase(Phase.AFTER)
    before = len(read(lambda reader: reader.all(Commitment)))
    press(KEY.Key_F5)
    type_text("Send the price list")
    press(KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert len(read(lambda reader: reader.all(Commitment))) == before + 1
    assert read(lambda reader: reader.get(Visit, small_desk.visit)).is_open


def test_that_a_visit_is_not_closed_over_a_promise_that_is_half_written(page, ready_to_close, read, small_desk, settle):
    page.go_to_phase(Phase.AFTER)
    press(KEY.Key_F5)
    type_text("Send the price list")
    press(KEY.Key_Escape)
    press(KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert read(lambda reader: reader.get(Visit, small_desk.visit)).is_open
    assert page.form.isVisible()
    assert page.form.fields.text.text() == "Send the price list"
    assert page.form.fields.text.edit.hasFocus()
    page.form.clear()
    press(KEY.Key_Escape)
    press(KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert not read(lambda reader: reader.get(Visit, small_desk.visit)).is_open


def test_that_ctrl_enter_on_the_button_that_clears_the_form_records_the_promise_too(page, read, settle):
    before = len(read(lambda reader: reader.all(Commitment)))
    press(KEY.Key_F5)
    type_text("Send the price list")
    (clear,) = [one for one in page.form.findChildren(Button) if one.label == "Clear"]
    clear.setFocus()
    press(KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert len(read(lambda reader: reader.all(Commitment))) == before + 1


def test_that_the_fields_beside_a_wrong_one_stay_in_their_row(page):
    page.record_promise()
    page.form.submit()
    page.form.fields.text.set_error("Write what was promised, for example: send the price list.")
    page.form.layout().activate()
    assert page.form.fields.due.box.mapTo(page, QPoint()).y() == page.form.fields.text.box.mapTo(page, QPoint()).y()


def test_that_the_checklist_has_the_keyboard_after_the_visit_was_closed_and_opened_again(page, ready_to_close, settle):
    page.go_to(302)
    page.foot.close_visit.setFocus()
    press(KEY.Key_Space)
    settle()
    assert page.foot.close_visit.isHidden()
    assert QApplication.focusWidget() is page.checklist
    page.foot.reopen.setFocus()
    press(KEY.Key_Space)
    settle()
    assert QApplication.focusWidget() is page.checklist


def test_that_a_closed_visit_is_read_only_until_it_is_opened_again(
    page, ready_to_close, answer_to, read, small_desk, settle
):
    page.close_visit()
    settle()
    page.go_to(104)
    press(KEY.Key_1)
    type_text("x")
    press(KEY.Key_F5)
    page.leave()
    settle()
    assert answer_to(104) is None
    assert page.form.isHidden()
    assert page.foot.reopen.isVisible()
    page.reopen_visit()
    settle()
    assert page.foot.reopen.isHidden()
    press(KEY.Key_1)
    settle()
    assert answer_to(104).state is AnswerState.DONE


def test_that_hiding_internal_facts_hides_stance_and_pane(page):
    press(KEY.Key_F9)
    assert page.sheet.pane.isHidden()
    assert all(badge.isHidden() for badge in page.bar.findChildren(StanceBadge))
    press(KEY.Key_F9)
    assert page.sheet.pane.isVisible()
    assert any(not badge.isHidden() for badge in page.bar.findChildren(StanceBadge))


def test_that_a_narrow_window_hides_the_pane_until_it_is_asked_for(page):
    page.resize(960, 640)
    assert page.sheet.pane.isHidden()
    press(KEY.Key_F4)
    assert page.sheet.pane.isVisible()
    press(KEY.Key_F9)
    assert page.sheet.pane.isHidden()


def test_that_the_brief_is_printed_from_here(page, went, small_desk):
    press(KEY.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert went == [Place("brief", small_desk.visit)]


def test_that_a_visit_that_is_gone_is_told_with_a_way_back(page, change, went, small_desk):
    change(lambda uow: delete_visit(uow, small_desk.visit))
    assert page.nothing.isVisible()
    assert page.nothing.accessibleName() == "This visit is no longer there."
    page.print_brief()
    assert not went


def test_that_undo_takes_back_the_answer_and_not_the_place_where_work_went_on(page, tasks, answer_to, settle):
    page.go_to(104)
    press(KEY.Key_1)
    page.go_to(107)
    page.leave()
    settle()
    assert answer_to(104) is not None
    tasks.undo()
    settle()
    assert answer_to(104) is None


def test_that_nobody_is_told_of_a_place_in_a_visit_that_is_gone(page, desk, change, small_desk, settle):
    told = []
    desk.tasks.refused.connect(told.append)
    page.go_to(104)
    change(lambda uow: delete_visit(uow, small_desk.visit))
    page.leave()
    settle()
    assert told == []


@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_that_every_question_opens_in_both_languages(show_visit, make_desk, small_desk, settle, code):
    page = show_visit(make_desk(code))
    codes = [row.item.code for phase in Phase for row in page._wizard.rows(phase)]
    for one in codes:
        page.go_to(one)
        assert page.checklist.current == one
        assert not page.checklist.grab().isNull()
    settle()


# -- what is refused -----------------------------------------------------------------------------------------------


@pytest.fixture
def full_disk(monkeypatch):
    """While it holds something, answers are refused: one for each entry."""
    refusals: list[str] = []

    def answer(*given, **more) -> None:
        if refusals:
            raise UserError(refusals.pop())
        answer_item(*given, **more)

    monkeypatch.setattr(drafts, "answer_item", answer)
    return refusals


def note(page, text: str) -> None:
    """Type ``text`` as the note of question 207 and hand it over."""
    page.checklist.editor.typing_sheet().setPlainText(text)
    page._drafts.flush()


@pytest.mark.parametrize("refused", [1, 2])
def test_that_the_newest_words_win_however_many_writes_were_refused(page, full_disk, answer_to, settle, refused):
    page.go_to(207)
    full_disk += ["disk_full"] * refused
    note(page, "up")
    note(page, "up 12%, they say")
    settle()
    assert page.sheet.strip.isVisible() is (refused == 2)
    if refused == 2:
        page.sheet.strip.action.click()
    settle()
    assert page.sheet.strip.isHidden()
    assert answer_to(207).note == "up 12%, they say"
    assert page._drafts.is_clean


def test_that_what_is_typed_while_a_write_is_refused_stays(page, full_disk, answer_to, settle):
    page.go_to(207)
    full_disk += ["disk_full"]
    note(page, "up")
    page.checklist.editor.typing_sheet().setPlainText("up 12%, they say")
    settle()
    page.leave()
    settle()
    assert answer_to(207).note == "up 12%, they say"


def test_that_what_was_refused_is_tried_again_after_its_page_was_left(
    page, desk, full_disk, answer_to, qtbot, small_desk
):
    told = []
    desk.tasks.refused.connect(lambda error: told.append(error.code))
    page.go_to(207)
    full_disk += ["file_not_written", "disk_full", "disk_full"]  # taken from the end
    page.checklist.editor.typing_sheet().setPlainText("up 12%")
    page._drafts._again.setInterval(10)
    page.show_place(Place("visit", 999))
    qtbot.waitUntil(lambda: not full_disk and answer_to(207) is not None)
    assert answer_to(207).note == "up 12%"
    assert told == ["disk_full", "file_not_written"]


def test_that_what_was_refused_ends_the_talk_when_it_is_stored_at_last(page, full_disk, read, small_desk, settle):
    page.go_to(304)
    full_disk += ["disk_full"]
    press(KEY.Key_1)
    settle()
    page._try_again()
    settle()
    assert read(lambda reader: reader.get(Visit, small_desk.visit)).status is VisitStatus.HELD


def test_that_the_page_does_not_read_anew_what_it_has_stored_itself(page, settle, monkeypatch):
    loads = []
    monkeypatch.setattr(page, "load", lambda: loads.append("read"))
    page.go_to(102)
    press(KEY.Key_1)
    settle()
    page.leave()
    settle()
    assert not loads


def test_that_the_place_is_stored_also_while_questions_are_passed_without_a_pause(page, tasks, qtbot, qapp, small_desk):
    stored: list[int | None] = []
    passed = itertools.cycle((204, 207))

    def pass_on() -> bool:
        page.go_to(next(passed))
        tasks.read(
            lambda reader: reader.get(Visit, small_desk.visit).current_code,
            stored.append,
            owner=qapp,
            key=f"place {len(stored)}",
        )
        return any(stored)

    qtbot.waitUntil(pass_on, timeout=5000)


def test_that_the_place_is_remembered_when_the_page_is_left_at_once(page, read, small_desk, settle):
    page.go_to(204)
    page.leave()
    settle()
    assert read(lambda reader: reader.get(Visit, small_desk.visit)).current_code == 204


@pytest.mark.parametrize("keys", ["1", "Half a note"])
def test_that_the_visit_opens_again_at_the_question_that_was_answered_last(page, show_visit, make_desk, keys):
    first = page.checklist.current
    type_text(keys)
    page.let_go()
    assert show_visit(make_desk("zh_CN")).checklist.current == first


def test_that_text_is_stored_now_and_then_while_typing_goes_on(page, answer_to, qtbot):
    page.go_to(207)
    page._drafts._pause.setInterval(60_000)
    page._drafts._longest.setInterval(300)

    def is_stored_while_typing() -> bool:
        type_text("up")
        return answer_to(207) is not None

    qtbot.waitUntil(is_stored_while_typing)


def test_that_what_was_refused_is_there_again_when_the_visit_is(
    page, full_disk, answer_to, settle, tasks, change, small_desk
):
    told = []
    tasks.refused.connect(lambda error: told.append(error.code))
    starts = datetime(2026, 9, 25, 2, tzinfo=UTC)
    other = Visit(distributor_id=small_desk.distributor, starts_at=starts, ends_at=starts + timedelta(hours=1))
    ids = []
    change(lambda uow: ids.append(uow.insert(other)))
    page.go_to(207)
    full_disk += ["disk_full"]
    page.checklist.editor.typing_sheet().setPlainText("up 12%")
    page.show_place(Place("visit", ids[0]))
    settle()
    assert told == ["disk_full"]
    assert answer_to(207) is None

    page.show_place(Place("visit", small_desk.visit))
    settle()
    page.go_to(207)
    assert page.checklist.editor.typing_sheet().toPlainText() == "up 12%"
    page.leave()
    settle()
    assert answer_to(207).note == "up 12%"


def test_that_drafts_end_with_their_page_once_all_is_stored(page, answer_to, settle, tasks, qapp):
    page.go_to(207)
    page.checklist.editor.typing_sheet().setPlainText("up 12%")
    page.let_go()
    settle()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert answer_to(207).note == "up 12%"
    assert not tasks.findChildren(drafts.VisitDrafts)


def test_that_what_is_refused_outlives_a_page_that_ends_while_it_is_read(page, full_disk, show_visit, settle):
    page.go_to(207)
    full_disk += ["disk_full"]
    page.checklist.editor.typing_sheet().setPlainText("up 12%")
    page.load()
    page.let_go()
    settle()
    anew = show_visit()
    anew.go_to(207)
    assert anew.checklist.editor.typing_sheet().toPlainText() == "up 12%"


def test_that_what_is_typed_after_coming_back_is_another_step(page, tasks, settle, answer_to):
    page.go_to(207)
    for text in ("up", "up 12%"):
        page.checklist.editor.typing_sheet().setPlainText(text)
        page.leave()
        settle()
    tasks.undo()
    settle()
    assert answer_to(207).note == "up"


def test_that_a_visit_shown_again_does_not_read_anew_what_it_stores(page, full_disk, small_desk, settle, monkeypatch):
    page.go_to(207)
    full_disk += ["disk_full"]
    page.checklist.editor.typing_sheet().setPlainText("up 12%")
    for visit in (999, small_desk.visit):
        page.show_place(Place("visit", visit))
        settle()
    page.go_to(102)
    settle()
    loads = []
    monkeypatch.setattr(page, "load", lambda: loads.append("read"))
    press(KEY.Key_1)
    settle()
    assert not loads


# -- the sections ------------------------------------------------------------------------------------------------------


def test_that_no_title_of_a_section_is_cut_when_it_is_complete_and_open(theme):
    strong, plain = (QFontMetrics(theme.font(role)) for role in ("body-strong", "body"))
    #: Margins of the list and of the row, the check, and the count with its gap.
    room = WIDTH - 2 * 8 - 2 * 8 - 20 - 8
    sections = json.loads((resources() / "checklists" / "standard.json").read_text(encoding="utf-8"))["sections"]
    cut = [
        title
        for section in sections
        for title in section["title"].values()
        if strong.horizontalAdvance(title) + plain.horizontalAdvance("{0}/{0}".format(len(section["items"]))) > room
    ]
    assert cut == []


def test_that_no_more_of_very_many_open_promises_is_built_than_is_in_sight(page, desk, small_desk, settle):
    def fill(uow):
        for number in range(200):
            direction = list(Direction)[number % 2]
            uow.insert(Commitment(distributor_id=small_desk.distributor, direction=direction, text=f"Promise {number}"))

    desk.tasks.write("Fill", fill)
    settle()
    pane = page.sheet.pane
    lines = pane.findChildren(PromiseLine)
    assert 10 < len(lines) < 60
    lines[-1].ask_proof("Receipt")
    typed = lines[-1].proof.edit
    typed.setFocus()
    desk.tasks.write("Edit", lambda uow: edit_commitment(uow, small_desk.ours, text="Another"))
    settle()
    assert [one.typed for one in pane.findChildren(PromiseLine) if one.typed] == ["Receipt"]
    assert QApplication.focusWidget().text() == "Receipt"
    assert QApplication.focusWidget() is not typed
