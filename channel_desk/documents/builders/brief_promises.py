"""What we owe and what they owe, as a brief lists it: the most urgent first, lateness counted to the visit day."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from channel_desk.documents.builders.blocks import DASH
from channel_desk.documents.builders.brief_content import Owed, OwedList
from channel_desk.domain.briefs import BriefFacts
from channel_desk.domain.commitments import Commitment, CommitmentStatus, Evidence, late_words, urgency
from channel_desk.i18n import Language

#: A figure with its currency before or behind it: "¥38,000", "124000 元".
_AMOUNT: Final = re.compile(
    r"(?:[¥￥$€£]|[A-Z]{3}) ?(\d+(?:,\d{3})*(?:\.\d\d)?)(?![\d.,]*\d)|(\d+(?:,\d{3})*(?:\.\d\d)?) ?(?:元|yuan|[A-Z]{3})"
)


def short_day(day: date, reference: date, language: Language) -> str:
    """Day and month; the whole date when the year is another."""
    return language.formats.day_short(day) if day.year == reference.year else day.isoformat()


def owed_list(commitments: tuple[Commitment, ...], facts: BriefFacts, language: Language, *, ours: bool) -> OwedList:
    tr, tr_c = language.tr, language.tr_c
    rows = tuple(_owed(one, facts.day, language) for one in sorted(commitments, key=urgency))
    title = tr_c("paper", "We owe them") if ours else tr_c("paper", "They owe us")
    return OwedList(
        title=tr("{title} {n}", title=title, n=len(rows)) if rows else title,
        note=tr("days late counted to the visit day") if ours and any(row.late for row in rows) else "",
        heads=(tr_c("paper", "Code"), tr_c("paper", "What · evidence"), tr_c("paper", "Due")),
        rows=rows,
        empty=tr("Nothing open."),
    )


def _owed(commitment: Commitment, day: date, language: Language) -> Owed:
    tr = language.tr
    flags = []
    if commitment.is_unauthorised:
        flags.append(tr("UNAUTHORISED"))
    if commitment.evidence is Evidence.NONE and not commitment.evidence_note.strip():
        flags.append(tr("NO EVIDENCE"))
    return Owed(
        code=tr("C{number}", number=f"{commitment.id:03d}"),
        text=commitment.text.strip(),
        evidence=_evidence(commitment, day, language),
        due=short_day(commitment.due_on, day, language) if commitment.due_on else DASH,
        late=late_words(commitment, day, language),
        flags=tuple(flags),
    )


def _evidence(commitment: Commitment, day: date, language: Language) -> str:
    """What supports it, the amount if the promise does not name it, and by whom and when it was promised."""
    tr = language.tr
    parts = []
    if commitment.status is not CommitmentStatus.OPEN:
        parts.append(tr(commitment.status.label))
    if commitment.amount_minor is not None and not _names(commitment.text, commitment.amount_minor):
        parts.append(language.formats.money(commitment.amount_minor, commitment.currency))
    note = commitment.evidence_note.strip()
    if commitment.evidence is not Evidence.NONE:
        label = tr(commitment.evidence.label)
        if note.casefold().startswith(label.casefold()):
            parts.append(note)
        else:
            parts.append(tr("{evidence}: {note}", evidence=label, note=note) if note else label)
    elif note:
        parts.append(note)
    if commitment.promised_by.strip():
        parts.append(commitment.promised_by.strip())
    if commitment.promised_on is not None:
        parts.append(short_day(commitment.promised_on, day, language))
    return " · ".join(parts)


def _names(text: str, amount_minor: int) -> bool:
    """Whether ``text`` has the amount in figures already: a row has little room to say it twice."""
    whole, cents = divmod(amount_minor, 100)
    written = f"{whole}.{cents:02d}" if cents else str(whole)
    named = (before or behind for before, behind in _AMOUNT.findall(text))
    return written in (figure.replace(",", "").removesuffix(".00") for figure in named)
