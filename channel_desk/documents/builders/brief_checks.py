"""The checklist of a visit on paper: what was answered on the screen is printed, the rest is left to the pen."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from channel_desk.documents.builders.blocks import Check, Checklist, Choice, Form, Scale, State
from channel_desk.domain.briefs import BriefFacts
from channel_desk.domain.checklists import CHECKLIST_CURRENCY, Item, ItemKind, rating_values, written_value
from channel_desk.domain.visits import Answer, AnswerState, ObjectionKind, Phase, Verdict, Visit, VisitStatus
from channel_desk.i18n import Language, mark

_NOTES: Final = {
    Phase.BEFORE: mark("check before you leave · what was done on the screen is ticked"),
    Phase.DURING: mark("listen first, then speak"),
    Phase.AFTER: mark("on the same day; without verdict and next step the visit stays open"),
}
#: Which form an item's kind takes on paper.
_FORMS: Final = {
    ItemKind.NUMBER: Form.BLANK,
    ItemKind.MONEY: Form.BLANK,
    ItemKind.CHOICE: Form.CHOICE,
    ItemKind.RATING: Form.RATING,
    ItemKind.COMMITMENTS: Form.AGREED,
    ItemKind.OBJECTIONS: Form.CHOICE,
    ItemKind.VERDICT: Form.CHOICE,
    ItemKind.NEXT_STEP: Form.NEXT_STEP,
}


def build_checklists(facts: BriefFacts, language: Language) -> tuple[Checklist, ...]:
    """The three phases, each with all of its items; a phase without items is left out."""
    lists = []
    is_over = facts.visit.status is VisitStatus.CLOSED
    for phase in Phase:
        items = tuple(
            _as_left(_check(item, facts, language)) if is_over else _check(item, facts, language)
            for section in facts.sections
            if section.phase is phase
            for item in section.items
        )
        if not items:
            continue
        done = sum(item.state is not State.OPEN for item in items)
        shows_count = phase is Phase.BEFORE or done
        lists.append(
            Checklist(
                phase=phase,
                title=language.tr(phase.label),
                note=language.tr(_NOTES[phase]),
                count=language.tr("{done} of {total} done", done=done, total=len(items)) if shows_count else "",
                items=items,
            )
        )
    return tuple(lists)


def _check(item: Item, facts: BriefFacts, language: Language) -> Check:
    answer = facts.answers.get(item.code)
    field = _field_text(facts.visit, item.visit_field, language)
    is_prepared = item.phase is Phase.BEFORE
    form = _FORMS.get(item.kind, Form.PLAIN)
    written = _written(item, answer, language, currency=facts.distributor.money_currency)
    return Check(
        code=str(item.code),
        text=language.own(item.text),
        hint=language.own(item.hint),
        state=_state(item, facts),
        answer=written or (field if item.kind in {ItemKind.TEXT, ItemKind.NEXT_STEP} and not is_prepared else ""),
        lines=item.lines,
        in_words=item.kind is ItemKind.TEXT and not is_prepared,
        form=form,
        choices=_choices(item, facts, answer, language),
        scales=_scales(item, facts.visit, answer, language),
        unit=_unit(item, facts, language),
    )


def _as_left(check: Check) -> Check:
    """An item of a closed visit: what was not answered then is not written by hand any more."""
    is_marked = any(choice.is_chosen for choice in check.choices) or any(scale.value for scale in check.scales)
    form = check.form if is_marked else Form.PLAIN
    return replace(check, lines=0, in_words=False, is_written_on=False, form=form)


def _unit(item: Item, facts: BriefFacts, language: Language) -> str:
    """What stands behind the line to write on; amounts in another currency than the checklist's name their own."""
    currency = facts.distributor.money_currency
    if item.kind is ItemKind.MONEY and currency != CHECKLIST_CURRENCY:
        return currency
    return language.own(item.unit)


def _state(item: Item, facts: BriefFacts) -> State:
    answer = facts.answers.get(item.code)
    if answer is not None and answer.state is AnswerState.NOT_APPLICABLE:
        return State.NOT_APPLICABLE
    return State.DONE if facts.is_answered(item) else State.OPEN


def _field_text(visit: Visit, name: str, language: Language) -> str:
    """What the visit's field ``name`` holds, as text."""
    if not name:
        return ""
    value = getattr(visit, name, None)
    if value is None or value is False or value == "":
        return ""
    if isinstance(value, tuple):
        return language.formats.join([str(part) for part in value if str(part).strip()])
    if isinstance(value, Verdict):
        return language.tr(value.label)
    if name == "next_step" and visit.next_step_on is not None:
        return f"{value} · {language.formats.day_short(visit.next_step_on)}"
    return str(value)


def _written(item: Item, answer: Answer | None, language: Language, *, currency: str) -> str:
    """The answer given on the screen, in words; choices and ratings are shown by their boxes."""
    if answer is None:
        return ""
    parts = []
    if answer.value and item.kind not in {ItemKind.CHOICE, ItemKind.RATING}:
        parts.append(written_value(item, answer.value, language, currency=currency))
    if answer.note.strip():
        parts.append(answer.note.strip())
    return " · ".join(parts)


def _choices(item: Item, facts: BriefFacts, answer: Answer | None, language: Language) -> tuple[Choice, ...]:
    tr = language.tr
    if item.kind is ItemKind.VERDICT:
        return tuple(Choice(tr(verdict.label), facts.visit.verdict is verdict) for verdict in Verdict)
    if item.kind is ItemKind.OBJECTIONS:
        expected = {one.kind: one.raised for one in facts.objections}
        kinds = [kind for kind in ObjectionKind if kind in expected] or list(ObjectionKind)
        return tuple(Choice(tr(kind.label), expected.get(kind, False)) for kind in kinds)
    if item.kind is ItemKind.CHOICE:
        chosen = answer.value if answer is not None else None
        return tuple(Choice(language.own(label), key == chosen) for key, label in item.options)
    return ()


def _scales(item: Item, visit: Visit, answer: Answer | None, language: Language) -> tuple[Scale, ...]:
    if item.kind is not ItemKind.RATING:
        return ()
    labels = [(key, language.own(label)) for key, label in item.options] or [("", "")]
    given = rating_values(answer, len(labels))
    # the keys of a rating that belongs to the visit are the visit's fields
    held = [getattr(visit, key) if item.visit_field else None for key, _ in labels]
    return tuple(
        Scale(label, kept if value is None else value)
        for (_, label), value, kept in zip(labels, given, held, strict=True)
    )
