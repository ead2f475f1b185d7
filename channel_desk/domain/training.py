"""Training sessions for a distributor's staff, and the slides of their decks (domain.md, section 12).

A slide is stored as what it says: a layout and its texts (``slide_layouts``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from channel_desk.domain.record import DistributorId, Record, SessionId
from channel_desk.domain.words import Word
from channel_desk.i18n import mark


class TrainingKind(Word):
    PRODUCT = "product", mark("Product and technology")
    SALES = "sales", mark("Marketing and sales")
    MANAGEMENT = "management", mark("Management")


@dataclass(frozen=True, kw_only=True)
class TrainingSession(Record):
    """One session. Times are aware UTC."""

    id: SessionId = SessionId(0)
    public_id: str = ""
    distributor_id: DistributorId
    title: str
    subtitle: str = ""
    kind: TrainingKind = TrainingKind.SALES
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    trainer: str = ""
    audience: str = ""
    head_count: int | None = None
    brand: str = ""
    #: The language of the deck, apart from the screen's.
    language: str = "zh_CN"
    created_at: datetime | None = None
    updated_at: datetime | None = None


class Layout(Word):
    """The ten slide layouts of paper.md, section 6."""

    COVER = "cover", mark("Cover")
    AGENDA = "agenda", mark("Agenda")
    BIG_NUMBER = "big_number", mark("One big number")
    CHART = "chart", mark("Chart")
    PRODUCTS = "products", mark("Products")
    CASE = "case", mark("Reference case")
    OBJECTIONS = "objections", mark("Objections")
    POLICY = "policy", mark("Policy and price discipline")
    QUIZ = "quiz", mark("Quiz")
    WORK_PLAN = "work_plan", mark("Work plan")


@dataclass(frozen=True, kw_only=True)
class Slide(Record):
    """One slide of a session's deck; ``texts`` and ``rows`` follow the layout's form."""

    session_id: SessionId
    position: int = 0
    #: Key of the library module it came from; empty when made by hand.
    module: str = ""
    layout: Layout
    kicker: str = ""
    title: str = ""
    texts: tuple[tuple[str, str], ...] = ()
    #: ``(key of the table, its rows)``.
    rows: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = ()
    notes: str = ""
    minutes: int = 5

    def text(self, key: str) -> str:
        """The single text ``key``, or the empty string."""
        return dict(self.texts).get(key, "")

    def table(self, key: str) -> tuple[tuple[str, ...], ...]:
        """The rows of the table ``key``."""
        return dict(self.rows).get(key, ())
