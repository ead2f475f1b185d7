"""What the pages of a visit brief say, ready in one language: plain values between building and drawing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from channel_desk.documents.builders.blocks import Checklist, Fact, Told


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """One promise: who owes what until when."""

    code: str
    text: str
    #: Evidence, amount, who promised; grey.
    evidence: str
    due: str
    #: "17 days late", or empty.
    late: str
    #: UNAUTHORISED, NO EVIDENCE; in a solid box.
    flags: tuple[str, ...] = ()

    @property
    def must_stay(self) -> bool:
        """Late and unauthorised promises are never cut."""
        return bool(self.late or self.flags)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedList:
    title: str
    note: str
    heads: tuple[str, str, str]
    rows: tuple[Owed, ...]
    empty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    name: str
    title: str
    role: str
    attitude: str
    wants: str
    approach: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    kind: str
    they_say: str
    ask_first: str
    answer: str
    bring: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What is said of rows that stand elsewhere: all on a page, some of them, or none."""

    on_page: str
    partly: str
    in_the_file: str

    def told(self, count: int, shown: int = 0, page: str = "") -> str:
        """How many rows stand elsewhere, ``shown`` of them on ``page``: + 3 more, page 3."""
        sentence = self.in_the_file if not shown else self.partly if shown < count else self.on_page
        return sentence.format(n=count, shown=shown, page=page)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Fixed words of the drawing: what only the layout knows when to use."""

    legend_done: str
    legend_not_applicable: str
    legend_codes: str
    agreed_heads: tuple[str, str, str, str, str]
    agreed_direction: str
    date_blank: str
    no_next_step: str
    profile: str
    continued: str
    page: str
    #: Of rows that stand elsewhere: of late or flagged promises, of people, and of all others.
    more: Elsewhere
    more_urgent: Elsewhere
    more_people: Elsewhere
    #: Of a file of several briefs.
    briefs_of_a_day: str
    briefs_of_days: str
    briefs: str

    def page_of(self, number: int, total: int) -> str:
        return self.page.format(number=number, total=total)

    def title_of(self, first: str, last: str) -> str:
        """The title of a file of several briefs, from their first and last day."""
        return (self.briefs_of_a_day if first == last else self.briefs_of_days).format(first=first, last=last)

    def subject_of(self, count: int) -> str:
        return self.briefs.format(n=count)


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """Everything printed, in the order of the page."""

    language: str
    #: For the reader's title bar and table of contents.
    title: str
    author: str
    tag: str
    kind: str
    source: str
    footer_word: str
    footer_front: str
    footer_back: str
    name: str
    facts_line: tuple[str, ...]
    day: str
    #: The day as YYYY-MM-DD, for the name of a file of several.
    date: str
    #: By the clock that the facts were gathered with, where the visit is.
    made_at: datetime
    time: str
    places: tuple[Fact, ...]
    result_label: str
    result: str
    goals: tuple[Fact, ...]
    stance_label: str
    stance: str
    stance_reason: str
    limits: tuple[Fact, ...]
    ours: OwedList
    theirs: OwedList
    last_visit: tuple[Told, ...]
    last_visit_label: str
    last_visit_empty: str
    #: Short facts of the profile, then those that need a line, the most useful at the table first.
    figures: tuple[Fact, ...]
    profile: tuple[Fact, ...]
    people_title: str
    people_heads: tuple[str, ...]
    people: tuple[Person, ...]
    objections_title: str
    objections_heads: tuple[str, ...]
    objections: tuple[Objection, ...]
    objections_empty: str
    short_name: str
    record_line: str
    checklists: tuple[Checklist, ...]
    words: Words
