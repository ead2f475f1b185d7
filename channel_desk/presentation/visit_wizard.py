"""The flow of the visit wizard: what is asked, what is answered, where to go on, and what a key means.

Screen and paper are filled from the same :class:`BriefFacts`; this module only adds the walk through them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from channel_desk.domain.amounts import Amount, Unread, read_amount, read_count
from channel_desk.domain.briefs import BriefFacts
from channel_desk.domain.checklists import Item, ItemKind, Section, written_value
from channel_desk.domain.commitments import Commitment, Direction
from channel_desk.domain.distributors import Distributor
from channel_desk.domain.objection_library import ObjectionEntry
from channel_desk.domain.record import VisitId
from channel_desk.domain.visits import Answer, AnswerState, ExpectedObjection, Phase, Stance, Verdict, Visit
from channel_desk.i18n import Language, mark

#: Fields of the visit that hold one text each; other ``visit_field``s have an editor of their own.
TEXT_FIELDS = frozenset(
    {"result_wanted", "may_promise", "ask_first", "not_today", "appointment", "route", "summary", "our_people", "place"}
)


@dataclass(frozen=True)
class Progress:
    """Answered items of all."""

    answered: int
    total: int

    @property
    def complete(self) -> bool:
        return self.total > 0 and self.answered == self.total


@dataclass(frozen=True)
class Row:
    """One question as the list shows it."""

    item: Item
    section: Section
    answer: Answer | None
    answered: bool


@dataclass(frozen=True)
class Wizard:
    """The visit as a walk through its questions; a new one is made after each answer."""

    facts: BriefFacts

    @property
    def visit(self) -> Visit:
        return self.facts.visit

    # -- what is asked ---------------------------------------------------------------------------------------------

    def rows(self, phase: Phase | None = None) -> tuple[Row, ...]:
        """The questions in order; of one phase, or all."""
        return tuple(self._rows(phase))

    def _rows(self, phase: Phase | None) -> Iterator[Row]:
        for section in self.facts.sections:
            if phase is None or section.phase is phase:
                for item in section.items:
                    answer = self.facts.answers.get(item.code)
                    yield Row(item, section, answer, self._is_answered(item, answer))

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

    def _is_answered(self, item: Item, answer: Answer | None) -> bool:
        if answer is not None and answer.is_answered:
            return True
        if item.kind is ItemKind.VERDICT:
            return self.visit.verdict is not None and bool(self.visit.verdict_reason.strip())
        if item.kind is ItemKind.NEXT_STEP:
            return self.visit.has_next_step
        if item.kind is ItemKind.OBJECTIONS:
            return any(item.phase is Phase.BEFORE or one.raised for one in self.facts.objections)
        if item.kind is ItemKind.COMMITMENTS:
            return bool(self.promises_of_visit)
        return bool(self.visit_value(item))

    def visit_value(self, item: Item) -> object:
        """What the visit itself holds for an item that is answered there; None otherwise."""
        return getattr(self.visit, item.visit_field) if item.visit_field else None

    @property
    def promises_of_visit(self) -> tuple[Commitment, ...]:
        """What was promised in this visit and is still open, ours first."""
        return tuple(one for one in (*self.facts.ours, *self.facts.theirs) if one.visit_id == self.visit.id)

    @property
    def stance(self) -> Stance:
        """The chosen stance, else the suggested one."""
        return self.visit.stance or self.facts.advice.stance

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

    def first_of(self, phase: Phase) -> int | None:
        """Where a phase is entered: its first open question, else its first."""
        rows = self.rows(phase)
        found = next((row for row in rows if not row.answered), rows[0] if rows else None)
        return None if found is None else found.item.code

    def jump(self, typed: str) -> int | None:
        """The code that the digits after "." mean: three digits, or the item's number in the current phase."""
        if not typed.isdigit():
            return None
        code = int(typed)
        if self.row(code) is not None:
            return code
        phase = Phase.of_code(self.visit.current_code) if self.visit.current_code else Phase.BEFORE
        inside = phase.number * 100 + code
        return inside if code < 100 and self.row(inside) is not None else None


@dataclass(frozen=True)
class Choice:
    """One of the digits that answer the current question: its digit, label (to translate) and meaning."""

    digit: int
    label: str
    state: AnswerState | None = None
    value: str = ""
    verdict: Verdict | None = None
    #: "note" and "value" put the focus into that field instead of answering.
    focus: str = ""
    #: Whether the label is already in the user's language (choices of the checklist itself).
    translated: bool = False


def choices(item: Item, language: Language) -> tuple[Choice, ...]:
    """What the digits mean for ``item``."""
    if item.kind is ItemKind.VERDICT:
        return tuple(Choice(number, verdict.label, verdict=verdict) for number, verdict in enumerate(Verdict, start=1))
    if item.kind is ItemKind.CHOICE:
        return tuple(
            Choice(number, label.get(language.code, label["en"]), state=AnswerState.DONE, value=key, translated=True)
            for number, (key, label) in enumerate(item.options, start=1)
        )
    if item.kind is ItemKind.RATING and len(item.options) <= 1:
        return tuple(
            Choice(number, str(number), state=AnswerState.DONE, value=str(number), translated=True)
            for number in range(1, 6)
        )
    plain = [
        Choice(1, mark("Done"), state=AnswerState.DONE),
        Choice(2, mark("Not applicable"), state=AnswerState.NOT_APPLICABLE),
    ]
    if item.kind in {ItemKind.NUMBER, ItemKind.MONEY}:
        plain.append(Choice(3, mark("Value"), focus="value"))
    return (*plain, Choice(4, mark("Note"), focus="note"))


def chosen(answer: Answer | None, choice: Choice, visit: Visit) -> bool:
    """Whether ``choice`` is the present answer."""
    if choice.verdict is not None:
        return visit.verdict is choice.verdict
    if answer is None or choice.focus:
        return False
    if choice.value:
        return answer.value == choice.value
    return answer.state is choice.state


def with_choice(answer: Answer, choice: Choice) -> Answer:
    """``answer`` after its digit was pressed; the same digit again takes it back."""
    if choice.value:
        same = answer.value == choice.value
        return replace(answer, value="" if same else choice.value, state=None if same else AnswerState.DONE)
    same = answer.state is choice.state
    return replace(answer, state=None if same else choice.state)


def with_text(answer: Answer, *, note: str | None = None, value: str | None = None) -> Answer:
    """``answer`` with new text. Writing means that it was done, unless it was struck; rubbing all out opens it."""
    changed = replace(
        answer, note=answer.note if note is None else note, value=answer.value if value is None else value
    )
    if (changed.note.strip() or changed.value) and changed.state is None:
        return replace(changed, state=AnswerState.DONE)
    had_text = bool(answer.note.strip() or answer.value)
    if had_text and not (changed.note.strip() or changed.value) and changed.state is AnswerState.DONE:
        return replace(changed, state=None)
    return changed


def field_text(item: Item, visit: Visit) -> str:
    """The text of an item that is answered in the visit itself; goals stand one a line."""
    value = getattr(visit, item.visit_field)
    return "\n".join(value) if isinstance(value, tuple) else str(value)


def field_change(item: Item, text: str) -> dict[str, object]:
    """The change of the visit that ``text`` means for its item."""
    if item.visit_field == "goals":
        return {"goals": tuple(line.strip() for line in text.splitlines() if line.strip())}
    return {item.visit_field: text}


def is_field_text(item: Item) -> bool:
    """Whether the item is answered by a text in the visit itself."""
    return item.visit_field in TEXT_FIELDS or item.visit_field == "goals"


def rating_change(item: Item, answer: Answer) -> dict[str, object]:
    """The fields of the visit that hold the scales of its rating, as far as the visit has them."""
    if not item.visit_field:
        return {}
    keys = [key for key, _ in item.options]
    return dict(zip(keys, rating_values(answer, len(keys)), strict=True))


def read_value(item: Item, text: str) -> str | None:
    """``text`` typed for a number or an amount as it is stored, "" for none, None while it cannot be understood."""
    if not text.strip():
        return ""
    if item.kind is ItemKind.MONEY:
        amount = read_amount(text)
        return str(amount.minor) if isinstance(amount, Amount) else None
    count = read_count(text)
    return None if isinstance(count, Unread) else str(count)


def rating_values(answer: Answer | None, scales: int) -> tuple[int | None, ...]:
    """The numbers of a rating with several scales; None where one is open."""
    parts = answer.value.split(",") if answer is not None and answer.value else []
    return tuple(int(parts[n]) if n < len(parts) and parts[n].isdigit() else None for n in range(scales))


def with_rating(answer: Answer, scale: int, number: int, scales: int) -> Answer:
    """``answer`` with ``number`` on one of its scales."""
    values = list(rating_values(answer, scales))
    values[scale] = None if values[scale] == number else number
    text = ",".join("" if one is None else str(one) for one in values)
    given = text.strip(",")
    return replace(answer, value=text if given else "", state=AnswerState.DONE if given else None)


def summary(row: Row, wizard: Wizard, language: Language) -> str:
    """The answer in the few words that a finished row shows at its right."""
    item, answer, visit = row.item, row.answer, wizard.visit
    words: list[str] = []
    if item.kind is ItemKind.VERDICT and visit.verdict is not None:
        words.append(language.tr(visit.verdict.label))
    elif item.kind is ItemKind.NEXT_STEP and visit.has_next_step:
        words.append(language.tr("No next step") if visit.no_next_step else visit.next_step)
    elif item.visit_field in TEXT_FIELDS:
        words.append(str(getattr(visit, item.visit_field)).strip())
    elif item.visit_field == "goals":
        words += list(visit.goals)
    elif item.kind is ItemKind.COMMITMENTS and wizard.promises_of_visit:
        words.append(language.tr_n("{n} new", "{n} new", len(wizard.promises_of_visit)))
    elif item.kind is ItemKind.OBJECTIONS:
        words.append(_objection_words(item, wizard, language))
    if answer is not None and (not words or answer.value or answer.note.strip()):
        words += _answer_words(item, answer, language)
    found = [word for word in words if word]
    return language.formats.join(found)


def _objection_words(item: Item, wizard: Wizard, language: Language) -> str:
    prepared = wizard.facts.objections
    raised = [one for one in prepared if one.raised]
    if item.phase is Phase.BEFORE:
        return language.tr_n("{n} prepared", "{n} prepared", len(prepared)) if prepared else ""
    if not raised:
        return ""
    overcome = sum(one.overcome is True for one in raised)
    return language.tr("{raised} raised, {overcome} overcome", raised=len(raised), overcome=overcome)


def _answer_words(item: Item, answer: Answer, language: Language) -> list[str]:
    words = []
    if answer.value:
        label = dict(item.options).get(answer.value)
        if item.kind is ItemKind.CHOICE and label is not None:
            words.append(label.get(language.code, label["en"]))
        elif item.kind is ItemKind.RATING:
            words.append(" / ".join(one or "–" for one in answer.value.split(",")))
        else:
            words.append(written_value(item, answer.value, language))
    if answer.note.strip():
        words.append(" ".join(answer.note.split()))
    if not words and answer.state is not None:
        words.append(language.tr(answer.state.label))
    return words


def prepared(entry: ObjectionEntry, visit_id: VisitId, language: Language) -> ExpectedObjection:
    """An objection of the library in the user's language, ready for a visit."""
    code = language.code

    def first(texts: Sequence[dict[str, str]]) -> str:
        return texts[0].get(code, texts[0]["en"])

    return ExpectedObjection(
        visit_id=visit_id,
        kind=entry.kind,
        they_say=first([entry.they_say]),
        ask_first=first(entry.ask_first),
        answer=first(entry.answers),
        bring=first([entry.bring]),
    )


def late_words(commitment: Commitment, today: date, language: Language) -> str:
    """How late a promise is, or empty."""
    days = commitment.days_late(today)
    return language.tr_n("{n} day late", "{n} days late", days) if days else ""


def promise_facts(commitment: Commitment, today: date, language: Language, *, side: bool = False) -> str:
    """The line below a promise: due day, to or by whom, amount, evidence; whose it is with ``side``."""
    tr, formats = language.tr, language.formats
    words = [tr(commitment.direction.label)] if side else []
    if commitment.due_on is None:
        words.append(tr("no date"))
    elif not commitment.days_late(today):
        day = formats.relative_day(commitment.due_on, today)
        begins = not (words or commitment.is_unauthorised)
        words.append(tr("Due {day}", day=day) if begins else tr("due {day}", day=day))
    if commitment.direction is Direction.OURS and commitment.promised_to:
        words.append(tr("to {name}", name=commitment.promised_to))
    elif commitment.direction is Direction.THEIRS and commitment.promised_by:
        words.append(commitment.promised_by)
    if commitment.amount_minor is not None:
        words.append(formats.money(commitment.amount_minor, commitment.currency))
    words.append(tr(commitment.evidence.label))
    return " · ".join(words)


def profile_facts(distributor: Distributor, language: Language) -> tuple[tuple[str, str], ...]:
    """The money facts of the profile that are known: label and value."""
    tr, formats = language.tr, language.formats
    found = []
    if distributor.credit_limit_minor is not None:
        found.append((tr("Credit limit"), formats.money_big(distributor.credit_limit_minor, distributor.currency)))
    if distributor.terms_days is not None:
        found.append((tr("Terms"), language.tr_n("{n} day", "{n} days", distributor.terms_days)))
    if distributor.annual_sales_minor is not None:
        found.append((tr("Annual sales"), formats.money_big(distributor.annual_sales_minor, distributor.currency)))
    return tuple(found)


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
