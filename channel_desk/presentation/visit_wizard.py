"""The flow of the visit wizard: what is asked, what is answered, where to go on, and what is missing at the end.

Screen and paper are filled from the same :class:`BriefFacts`; this module only adds the walk through them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from channel_desk.domain.briefs import BriefFacts
from channel_desk.domain.checklists import Item, ItemKind, Section
from channel_desk.domain.commitments import Commitment
from channel_desk.domain.stance import StanceAdvice
from channel_desk.domain.visits import Answer, ExpectedObjection, Phase, Visit, VisitStatus
from channel_desk.i18n import Language, mark


class Progress(NamedTuple):
    """Answered items of all."""

    answered: int
    total: int

    @property
    def complete(self) -> bool:
        return self.total > 0 and self.answered == self.total


class Row(NamedTuple):
    """One question as the list shows it."""

    item: Item
    section: Section
    answer: Answer | None
    answered: bool


class Wizard(NamedTuple):
    """The visit as a walk through its questions; a new one is made after each answer."""

    facts: BriefFacts

    @property
    def visit(self) -> Visit:
        return self.facts.visit

    @property
    def currency(self) -> str:
        """What the amounts of answers are in."""
        return self.facts.distributor.money_currency

    # -- what is asked ---------------------------------------------------------------------------------------------

    def rows(self, phase: Phase | None = None) -> tuple[Row, ...]:
        """The questions in order; of one phase, or all."""
        return tuple(self._rows(phase))

    def _rows(self, phase: Phase | None) -> Iterator[Row]:
        for section in self.facts.sections:
            if phase is None or section.phase is phase:
                for item in section.items:
                    yield Row(item, section, self.facts.answers.get(item.code), self.facts.is_answered(item))

    def row(self, code: int) -> Row | None:
        """The question with this code, if it is asked."""
        return next((row for row in self._rows(None) if row.item.code == code), None)

    def sections(self, phase: Phase) -> tuple[tuple[Section, Progress], ...]:
        """The sections of a phase with how far they are."""
        return tuple(
            (section, self._progress(row for row in self._rows(phase) if row.section.key == section.key))
            for section in self.facts.sections
            if section.phase is phase
        )

    def progress(self, phase: Phase) -> Progress:
        return self._progress(self._rows(phase))

    @staticmethod
    def _progress(rows: Iterator[Row]) -> Progress:
        answered = [row.answered for row in rows]
        return Progress(sum(answered), len(answered))

    def visit_value(self, item: Item) -> object:
        """What the visit itself holds for an item that is answered there; None otherwise."""
        return getattr(self.visit, item.visit_field) if item.visit_field else None

    @property
    def promises_of_visit(self) -> tuple[Commitment, ...]:
        return self.facts.promises_of_visit

    @property
    def stance(self) -> StanceAdvice:
        """The stance to take, with its reason."""
        return self.facts.stance

    # -- what was just answered, before it is stored -------------------------------------------------------------------

    def with_answer(self, answer: Answer) -> Wizard:
        """The walk with another answer to one item; an empty one takes it back."""
        answers = {code: one for code, one in self.facts.answers.items() if code != answer.code}
        if answer.is_answered:
            answers[answer.code] = answer
        return Wizard(replace(self.facts, answers=answers))

    def with_fields(self, changes: Mapping[str, object]) -> Wizard:
        """The walk with other fields of the visit."""
        return Wizard(replace(self.facts, visit=replace(self.visit, **changes)))  # type: ignore[arg-type]  # by name

    def with_objections(self, objections: Sequence[ExpectedObjection]) -> Wizard:
        return Wizard(replace(self.facts, objections=tuple(objections)))

    def answer(self, code: int) -> Answer:
        """What is answered to ``code``; an empty answer where nothing is."""
        return self.facts.answers.get(code) or Answer(visit_id=self.visit.id, code=code)

    def is_behind(self, phase: Phase) -> bool:
        """Whether the file knows more once what was answered in ``phase`` is stored: the visit has begun, or new
        objections have got their ids.
        """
        begun = self.visit.status is VisitStatus.PLANNED and phase is not Phase.BEFORE
        return begun or any(not one.id for one in self.facts.objections)

    # -- the walk ----------------------------------------------------------------------------------------------------

    def start_code(self) -> int | None:
        """Where the wizard opens: at the place it was left, else at the first open question."""
        kept = self.visit.current_code
        if kept is not None and self.row(kept) is not None:
            return kept
        return self.next_open(None)

    def next_open(self, after: int | None) -> int | None:
        """The first unanswered question after ``after``, from the top again at the end; None when all are done."""
        rows = self.rows()
        codes = [row.item.code for row in rows]
        start = codes.index(after) + 1 if after in codes else 0
        turned = rows[start:] + rows[:start]
        return next((row.item.code for row in turned if not row.answered), None)

    def neighbour(self, code: int | None, step: int) -> int | None:
        """The question ``step`` places on (negative: back), stopping at both ends."""
        codes = [row.item.code for row in self.rows()]
        if not codes:
            return None
        if code not in codes:
            return codes[0]
        return codes[max(0, min(len(codes) - 1, codes.index(code) + step))]

    def first_of(self, phase: Phase, section: Section | None = None) -> int | None:
        """Where a phase, or one of its sections, is entered: the first open question, else the first."""
        rows = [row for row in self.rows(phase) if section is None or row.section.key == section.key]
        found = next((row for row in rows if not row.answered), rows[0] if rows else None)
        return None if found is None else found.item.code

    @property
    def missing_code(self) -> int | None:
        """The question that still keeps the visit open; None when it can be closed."""
        missing = self.visit.missing_to_close
        kind = ItemKind.NEXT_STEP if missing == ("next_step",) else ItemKind.VERDICT
        return next((row.item.code for row in self._rows(None) if missing and row.item.kind is kind), None)

    def jump(self, typed: str, phase: Phase) -> int | None:
        """The code that the digits after "." mean: three digits, or the item's number in ``phase``, which is shown."""
        if not typed.isdecimal():
            return None
        code = int(typed)
        if self.row(code) is not None:
            return code
        inside = phase.number * 100 + code
        return inside if code < 100 and self.row(inside) is not None else None


#: What still keeps a visit open, by field, in words.
MISSING = {
    "verdict": mark("verdict"),
    "verdict_reason": mark("reason"),
    "next_step": mark("next step"),
}


def missing_words(visit: Visit, language: Language) -> str:
    """What has to be filled in before the visit can be closed; empty when nothing."""
    words = [language.tr(MISSING[name]) for name in visit.missing_to_close]
    if "next_step" in visit.missing_to_close and visit.next_step.strip():
        words[-1] = language.tr("date of the next step")
    return language.formats.join(words)


def next_step_dates(today: date) -> Sequence[tuple[str, date]]:
    """Quick choices for the date of the next step: label to translate, and the day."""
    monday = today + timedelta(days=7 - today.weekday())
    return (
        (mark("Tomorrow"), today + timedelta(days=1)),
        (mark("Next week"), monday),
        (mark("In two weeks"), monday + timedelta(days=7)),
        (mark("In a month"), today + timedelta(days=30)),
    )
