"""People at a distributor, with their role in decisions (domain.md, section 3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from channel_desk.domain.record import ContactId, DistributorId, Record
from channel_desk.domain.words import Word
from channel_desk.i18n import mark


class DecisionRole(Word):
    DECISION_MAKER = "decision_maker", mark("Decision maker")
    INFLUENCER = "influencer", mark("Influencer")
    KEY_USER = "key_user", mark("Key user")
    GATEKEEPER = "gatekeeper", mark("Gatekeeper")
    SUPPORTER = "supporter", mark("Supporter")
    OPPONENT = "opponent", mark("Opponent")


class Attitude(Word):
    """To us; on paper ＋ ○ － with the word."""

    SUPPORTIVE = "supportive", mark("Supportive")
    NEUTRAL = "neutral", mark("Neutral")
    CRITICAL = "critical", mark("Critical")


@dataclass(frozen=True, kw_only=True)
class Contact(Record):
    """One person. Phones are kept as they were written; the search index holds their digits."""

    id: ContactId = ContactId(0)
    public_id: str = ""
    distributor_id: DistributorId
    name: str
    title: str = ""
    phone: str = ""
    phone_2: str = ""
    fax: str = ""
    chat_id: str = ""
    email: str = ""
    birthday_on: date | None = None
    birthday_lunar: bool = False
    interests: str = ""
    decision_role: DecisionRole | None = None
    attitude: Attitude | None = None
    wants: str = ""
    approach: str = ""
    note: str = ""
    position: int = 0


def whole_name(family: str, given: str) -> str:
    """The name as it is said: 张伟, Maria Weber."""
    return f"{family}{given}" if "\u3400" <= family[:1] <= "\u9fff" else f"{given} {family}"
