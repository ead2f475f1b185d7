"""What the digits and texts of the wizard mean for each kind of question, and how an answer reads in few words."""

from __future__ import annotations

from dataclasses import dataclass, replace

from channel_desk.domain.amounts import Amount, Unread, read_amount, read_count
from channel_desk.domain.checklists import Item, ItemKind, rating_values, written_value
from channel_desk.domain.visits import Answer, AnswerState, Phase, Verdict, Visit
from channel_desk.i18n import Language, mark
from channel_desk.presentation.visit_wizard import Row, Wizard

#: Fields of the visit that hold one text each; other ``visit_field``s have an editor of their own.
TEXT_FIELDS = frozenset(
    {"result_wanted", "may_promise", "ask_first", "not_today", "appointment", "route", "summary", "our_people", "place"}
)

#: Where digits give days or marks, or do nothing.
_OWN_DIGITS = frozenset({ItemKind.NEXT_STEP, ItemKind.RATING, ItemKind.OBJECTIONS, ItemKind.COMMITMENTS})


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
            Choice(number, language.own(label), state=AnswerState.DONE, value=key, translated=True)
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
    if item.has_figure:
        plain.append(Choice(3, mark("Value"), focus="value"))
    return (*plain, Choice(4, mark("Note"), focus="note"))


def usual_digits(item: Item, language: Language) -> frozenset[int]:
    """The digits that mean for ``item`` what they mean for most: 1 done, 2 not applicable, 3 value, 4 note."""
    if item.kind in _OWN_DIGITS:
        return frozenset()
    return frozenset(one.digit for one in choices(item, language) if one.verdict is None and not one.translated)


def digit_hint(item: Item, language: Language) -> str:
    """What to do instead when a digit answers nothing; empty where the question itself shows its digits."""
    focus = {one.focus: one.digit for one in choices(item, language)}
    if item.kind in _OWN_DIGITS or "note" not in focus:
        return ""
    if "value" in focus:
        return language.tr("To type a figure, press {digit} first.", digit=focus["value"])
    return language.tr("To write a note, press {digit} first.", digit=focus["note"])


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


def read_value(item: Item, text: str, *, currency: str) -> str | None:
    """``text`` typed for a number or an amount in ``currency`` as it is stored, "" for none, None while it cannot be
    understood.
    """
    if not text.strip():
        return ""
    if item.kind is ItemKind.MONEY:
        amount = read_amount(text)
        fits = isinstance(amount, Amount) and amount.currency in ("", currency)
        return str(amount.minor) if isinstance(amount, Amount) and fits else None
    count = read_count(text)
    return None if isinstance(count, Unread) else str(count)


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
        words.append(" ".join(str(getattr(visit, item.visit_field)).split()))
    elif item.visit_field == "goals":
        words += list(visit.goals)
    elif item.kind is ItemKind.COMMITMENTS and wizard.promises_of_visit:
        words.append(language.tr_n("{n} new", "{n} new", len(wizard.promises_of_visit)))
    elif item.kind is ItemKind.OBJECTIONS:
        words.append(_objection_words(item, wizard, language))
    words = [word for word in words if word]
    if answer is not None and (not words or answer.value or answer.note.strip()):
        words += _answer_words(item, answer, language, currency=wizard.currency)
    return language.formats.join(words)


def _objection_words(item: Item, wizard: Wizard, language: Language) -> str:
    prepared = wizard.facts.objections
    raised = [one for one in prepared if one.raised]
    if item.phase is Phase.BEFORE:
        return language.tr_n("{n} prepared", "{n} prepared", len(prepared)) if prepared else ""
    if not raised:
        return ""
    overcome = sum(one.overcome is True for one in raised)
    return language.tr("{raised} raised, {overcome} overcome", raised=len(raised), overcome=overcome)


def _answer_words(item: Item, answer: Answer, language: Language, *, currency: str) -> list[str]:
    words = []
    if answer.value:
        label = dict(item.options).get(answer.value)
        if item.kind is ItemKind.CHOICE and label is not None:
            words.append(language.own(label))
        elif item.kind is ItemKind.RATING:
            words.append(" / ".join(one or "–" for one in answer.value.split(",")))
        else:
            words.append(written_value(item, answer.value, language, currency=currency))
    if answer.note.strip():
        words.append(" ".join(answer.note.split()))
    if not words and answer.state is not None:
        words.append(language.tr(answer.state.label))
    return words
