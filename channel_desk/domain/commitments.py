"""Promises by us and by them, with evidence (domain.md, section 7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from channel_desk.domain.currency import HOME_CURRENCY
from channel_desk.domain.record import CommitmentId, DistributorId, Record, VisitId
from channel_desk.domain.words import Word
from channel_desk.i18n import Language, mark


class Direction(Word):
    OURS = "ours", mark("We owe")
    THEIRS = "theirs", mark("They owe")


class Authority(Word):
    """Whether the person who promised was allowed to."""

    WITHIN_LIMITS = "within_limits", mark("Within my limits")
    APPROVED = "approved", mark("Approved")
    NOT_AUTHORISED = "not_authorised", mark("Not authorised")


class Evidence(Word):
    NONE = "none", mark("No evidence")
    CONTRACT = "contract", mark("Contract")
    MESSAGE = "message", mark("Message")
    MAIL = "mail", mark("E-mail")
    MINUTES = "minutes", mark("Minutes")
    PHOTO = "photo", mark("Photo")


class CommitmentStatus(Word):
    """Late is not stored: what is pending past its due date is late."""

    DRAFT = "draft", mark("Draft")
    OPEN = "open", mark("Open")
    FULFILLED = "fulfilled", mark("Kept")
    WITHDRAWN = "withdrawn", mark("Withdrawn")
    DISPUTED = "disputed", mark("Disputed")


class PromiseStep(Word):
    """What can be done with a promise once it was given; by the name of what was done, as Undo calls it."""

    FULFIL = "fulfil", mark("Promise kept")
    APPROVE = "approve", mark("Promise approved")
    WITHDRAW = "withdraw", mark("Promise withdrawn")
    DISPUTE = "dispute", mark("Promise disputed")
    REOPEN = "reopen", mark("Promise open again")
    DELETE = "delete", mark("Promise deleted")


PENDING = frozenset({CommitmentStatus.DRAFT, CommitmentStatus.OPEN, CommitmentStatus.DISPUTED})
ENDING = frozenset({CommitmentStatus.FULFILLED, CommitmentStatus.WITHDRAWN})


@dataclass(frozen=True, kw_only=True)
class Commitment(Record):
    """Something promised, by whom to whom, until when. ``amount_minor`` counts minor units of ``currency``."""

    id: CommitmentId = CommitmentId(0)
    public_id: str = ""
    distributor_id: DistributorId
    visit_id: VisitId | None = None
    direction: Direction
    text: str
    promised_by: str = ""
    promised_to: str = ""
    promised_on: date | None = None
    due_on: date | None = None
    amount_minor: int | None = None
    currency: str = HOME_CURRENCY
    authority: Authority = Authority.WITHIN_LIMITS
    approved_by: str = ""
    approved_on: date | None = None
    evidence: Evidence = Evidence.NONE
    evidence_note: str = ""
    status: CommitmentStatus = CommitmentStatus.OPEN
    fulfilled_on: date | None = None
    #: Proof of fulfilment, or the reason of a withdrawal or dispute.
    outcome_note: str = ""
    created_at: datetime | None = None
    updated_at: datetime | None = None

    @property
    def is_pending(self) -> bool:
        return self.status in PENDING

    @property
    def next_statuses(self) -> frozenset[CommitmentStatus]:
        """What it can become: an ended one has to be opened again first."""
        steps = ENDING | {CommitmentStatus.DISPUTED} if self.is_pending else frozenset()
        return (steps | {CommitmentStatus.OPEN}) - {self.status}

    @property
    def can_be_approved(self) -> bool:
        """Whether somebody can still allow it: a pending promise of ours without authority."""
        return self.is_pending and self.direction is Direction.OURS and self.authority is Authority.NOT_AUTHORISED

    def is_late(self, today: date) -> bool:
        return self.is_pending and self.due_on is not None and self.due_on < today

    def days_late(self, today: date) -> int:
        """Whole days past the due date; 0 when not late."""
        return (today - self.due_on).days if self.due_on is not None and self.is_late(today) else 0

    @property
    def missing(self) -> tuple[str, ...]:
        """What its words, its status and its authority ask for and it has not, as codes of errors."""
        is_kept = self.status is CommitmentStatus.FULFILLED
        is_ended_with_reason = self.status in {CommitmentStatus.WITHDRAWN, CommitmentStatus.DISPUTED}
        is_approved = self.direction is Direction.OURS and self.authority is Authority.APPROVED
        has_note = bool(self.outcome_note.strip())
        wanted = {
            "promise_empty": not self.text.strip(),
            "approver_missing": is_approved and not self.approved_by.strip(),
            "proof_missing": is_kept and not (has_note and self.fulfilled_on is not None),
            "reason_missing": is_ended_with_reason and not has_note,
        }
        return tuple(code for code, is_missing in wanted.items() if is_missing)

    @property
    def is_unauthorised(self) -> bool:
        """A promise of ours that nobody allowed: red until approved or withdrawn."""
        is_ours_alone = self.direction is Direction.OURS and self.authority is Authority.NOT_AUTHORISED
        return is_ours_alone and self.status is not CommitmentStatus.WITHDRAWN


def late_words(commitment: Commitment, today: date, language: Language) -> str:
    """How many days late it is, on every screen and on paper; empty when it is not late."""
    days = commitment.days_late(today)
    return language.tr_n("{n} day late", "{n} days late", days) if days else ""


def urgency(commitment: Commitment) -> tuple[int, date, int]:
    """Sort key: the earliest due first (so the latest stands on top), undated last."""
    undated = commitment.due_on is None
    return (1 if undated else 0, commitment.due_on or date.max, commitment.id)
