"""How promises, objections and the money facts of the profile read beside the checklist."""

from __future__ import annotations

from datetime import date
from typing import Final

from channel_desk.domain.commitments import Commitment, Direction
from channel_desk.domain.distributors import Distributor
from channel_desk.domain.objection_library import ObjectionEntry
from channel_desk.domain.record import VisitId
from channel_desk.domain.visits import ExpectedObjection
from channel_desk.i18n import Language
from channel_desk.presentation.commitment_words import amount_words

#: Keeps a unit in the line of its number.
_NO_BREAK: Final = "\u00a0"


def prepared(entry: ObjectionEntry, visit_id: VisitId, language: Language) -> ExpectedObjection:
    """An objection of the library in the user's language, ready for a visit."""
    return ExpectedObjection(
        visit_id=visit_id,
        kind=entry.kind,
        they_say=language.own(entry.they_say),
        ask_first=language.own(entry.ask_first[0]),
        answer=language.own(entry.answers[0]),
        bring=language.own(entry.bring),
    )


def promise_facts(commitment: Commitment, today: date, language: Language, *, side: bool = False) -> str:
    """The line below a promise: due day, to or by whom, amount, evidence; whose it is with ``side``."""
    tr = language.tr
    words = [tr(commitment.direction.label)] if side else []
    if commitment.due_on is None:
        words.append(tr("no date"))
    elif not commitment.is_late(today):
        day = language.formats.relative_day(commitment.due_on, today)
        begins = not (words or commitment.is_unauthorised)
        words.append(tr("Due {day}", day=day) if begins else tr("due {day}", day=day))
    if commitment.direction is Direction.OURS and commitment.promised_to:
        words.append(tr("to {name}", name=commitment.promised_to))
    elif commitment.direction is Direction.THEIRS and commitment.promised_by:
        words.append(commitment.promised_by)
    words.append(amount_words(commitment, language).replace(" ", _NO_BREAK))
    words.append(tr(commitment.evidence.label))
    return " · ".join(word for word in words if word)


def profile_facts(distributor: Distributor, language: Language) -> tuple[tuple[str, str], ...]:
    """The money facts of the profile that are known: label and value."""
    tr, formats = language.tr, language.formats
    currency = distributor.money_currency
    found = []
    if distributor.credit_limit_minor is not None:
        found.append((tr("Credit limit"), formats.money_big(distributor.credit_limit_minor, currency)))
    if distributor.terms_days is not None:
        found.append((tr("Terms"), language.tr_n("{n} day", "{n} days", distributor.terms_days)))
    if distributor.annual_sales_minor is not None:
        found.append((tr("Annual sales"), formats.money_big(distributor.annual_sales_minor, currency)))
    return tuple(found)
