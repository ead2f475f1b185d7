"""Pieces that printed documents are made of: texts ready in their language, and nothing about how they are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

from channel_desk.domain.visits import Phase

#: Stands for a value that is not known.
DASH: Final = "–"


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what is known under it."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Told:
    """A row of a box: its name, what stands out and the rest of the sentence."""

    label: str
    lead: str
    text: str


class Form(Enum):
    """What is printed behind a checklist item for the answer by hand."""

    PLAIN = "plain"
    BLANK = "blank"
    CHOICE = "choice"
    RATING = "rating"
    AGREED = "agreed"
    NEXT_STEP = "next_step"


class State(Enum):
    """Whether an item was dealt with on the screen before printing."""

    OPEN = "open"
    DONE = "done"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Choice:
    """A box to tick."""

    label: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Scale:
    """Circles from 1 to 5; ``value`` is the one already given."""

    label: str
    value: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One checklist item on paper."""

    code: str
    text: str
    hint: str = ""
    state: State = State.OPEN
    #: What was already answered on the screen.
    answer: str = ""
    #: Lines to write on.
    lines: int = 0
    #: To be answered in words, whether lines are asked for or not.
    in_words: bool = False
    #: Whether the pen comes to it at all; not once the visit is closed.
    is_written_on: bool = True
    form: Form = Form.PLAIN
    choices: tuple[Choice, ...] = ()
    scales: tuple[Scale, ...] = ()
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """The items of one phase."""

    phase: Phase
    title: str
    note: str
    #: How many are done, for the right end of the heading; may be empty.
    count: str
    items: tuple[Check, ...]
