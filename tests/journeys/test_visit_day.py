"""A visit from preparation to closing, by keyboard alone, on a real data file."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from channel_desk.domain.commitments import Commitment, CommitmentStatus, Direction, Evidence
from channel_desk.domain.visits import Answer, AnswerState, Verdict, Visit, VisitStatus
from channel_desk.ui.visit.page import VisitPage
from tests.fixtures.visiting import press, type_text

KEY = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def stored(tasks, settle, small_desk):
    """The visit with its answers and commitments as they stand in the file."""

    def read(page: VisitPage) -> tuple[Visit, dict[int, Answer], tuple[Commitment, ...]]:
        found: list = []
        tasks.read(
            lambda reader: (
                reader.get(Visit, small_desk.visit),
                {one.code: one for one in reader.all(Answer, visit_id=small_desk.visit)},
                reader.all(Commitment, visit_id=small_desk.visit),
            ),
            found.append,
            owner=page,
            key="test",
        )
        settle()
        return found[0]

    return read


def test_that_a_visit_is_prepared_held_and_closed_by_keyboard(show_visit, stored, settle, small_desk):
    page = show_visit()
    # Before: it opens at the first open question, what is open from last time first.
    assert page.checklist.current == 102
    press(KEY.Key_1)
    press(KEY.Key_Return)
    assert page.checklist.current == 104
    press(KEY.Key_2)
    type_text(".116")
    assert page.checklist.current == 116
    type_text("Order for 20 machines")
    press(KEY.Key_Return)
    assert page.checklist.current == 117
    type_text("Shelf")
    press(KEY.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    type_text("Training day")
    press(KEY.Key_Escape)
    assert QApplication.focusWidget() is page.checklist

    # During: answering begins the visit.
    press(KEY.Key_2, ALT)
    assert page.checklist.current == 201
    press(KEY.Key_1)
    type_text(".07")
    press(KEY.Key_Return)
    assert page.checklist.current == 207
    type_text("Schools grow, 300 machines")
    press(KEY.Key_Down)
    assert page.checklist.current == 208
    type_text(".209")
    press(KEY.Key_3)
    type_text("468000")
    press(KEY.Key_Return)
    settle()
    visit, answers, _ = stored(page)
    assert visit.status is VisitStatus.RUNNING
    assert answers[102].state is AnswerState.DONE
    assert answers[104].state is AnswerState.NOT_APPLICABLE
    assert visit.result_wanted == "Order for 20 machines"
    assert visit.goals == ("Shelf", "Training day")
    assert answers[207].note == "Schools grow, 300 machines"
    assert answers[209].value == "46800000"

    # A commitment in the middle of the talk.
    press(KEY.Key_F5)
    assert page.form.isVisible()
    type_text("Send two demo units")
    press(KEY.Key_Return)
    type_text("2026-10-15")
    press(KEY.Key_Return, CONTROL)
    settle()
    assert page.form.isHidden()
    assert QApplication.focusWidget() is page.checklist
    _, _, promises = stored(page)
    new = next(one for one in promises if one.text == "Send two demo units")
    assert (new.direction, new.due_on, new.status) == (Direction.OURS, date(2026, 10, 15), CommitmentStatus.OPEN)
    assert (new.promised_to, new.evidence) == ("王建国", Evidence.NONE)

    # After: the talk is over, and nothing is closed without verdict, reason and next step.
    press(KEY.Key_3, ALT)
    settle()
    assert page.checklist.current == 301
    assert not page.foot.close_visit.isEnabled()
    press(KEY.Key_1)
    type_text("Two real leads")
    press(KEY.Key_Return)
    assert page.checklist.current == 302
    type_text("See the school with Mr Wang")
    assert not page.foot.close_visit.isEnabled()
    press(KEY.Key_Escape)
    press(KEY.Key_2)
    assert page.foot.close_visit.isEnabled()
    page.foot.close_visit.setFocus(Qt.FocusReason.TabFocusReason)
    press(KEY.Key_Space)
    settle()
    visit, _, _ = stored(page)
    assert visit.status is VisitStatus.CLOSED
    assert (visit.verdict, visit.verdict_reason) == (Verdict.PURSUE, "Two real leads")
    assert visit.next_step == "See the school with Mr Wang"
    assert visit.next_step_on is not None


def test_that_a_visit_goes_on_at_the_place_where_it_was_left(show_visit, settle):
    first = show_visit()
    type_text(".235")
    type_text("The boss decides")
    first.leave()
    settle()
    second = show_visit()
    assert second.checklist.current == 235
    assert second.checklist.editor is not None
    assert second.checklist.editor.typing_sheet().toPlainText() == "The boss decides"
