"""Checklist templates: what is asked before, during and after a visit (domain.md, section 5).

A template is a resource with a version. A code is three digits, the first the phase; it is never renumbered, because it
stands on printed briefs. Which items appear depends on purpose, channel type, status and what is open.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Final

from channel_desk.domain.currency import HOME_CURRENCY
from channel_desk.domain.distributors import ChannelType, Status
from channel_desk.domain.visits import Answer, Phase, Purpose
from channel_desk.domain.words import Word
from channel_desk.i18n import Language


class ItemKind(Word):
    """How an item is answered; each kind has one editor in the wizard and one drawing on paper."""

    CHECK = "check", "check"  # done / not applicable / note
    TEXT = "text", "text"  # mostly a note
    NUMBER = "number", "number"
    MONEY = "money", "money"
    CHOICE = "choice", "choice"
    RATING = "rating", "rating"  # 1 to 5; a value is "4"; several scales are "4,5,3"
    COMMITMENTS = "commitments", "commitments"  # opens the commitment form
    OBJECTIONS = "objections", "objections"  # the objections that came up
    VERDICT = "verdict", "verdict"  # verdict with reason
    NEXT_STEP = "next_step", "next_step"  # next step with date, or none


@dataclass(frozen=True, kw_only=True)
class Item:
    """One question. ``text`` and ``hint`` are by language code."""

    code: int
    kind: ItemKind
    text: dict[str, str]
    hint: dict[str, str] = field(default_factory=dict)
    #: Writing lines on the printed brief.
    lines: int = 0
    #: Choices or rating scales: ``(key, {language: label})``.
    options: tuple[tuple[str, dict[str, str]], ...] = ()
    unit: dict[str, str] = field(default_factory=dict)
    #: Empty means always.
    purposes: frozenset[Purpose] = frozenset()
    channel_types: frozenset[ChannelType] = frozenset()
    statuses: frozenset[Status] = frozenset()
    #: Needs something open: "ours", "theirs", "last_visit"; empty means always.
    needs: str = ""
    #: The field of the visit that holds the answer ("result_wanted", "verdict", …) instead of an Answer; else empty. A
    #: rating names the first of them: the keys of its scales are fields too.
    visit_field: str = ""

    @property
    def phase(self) -> Phase:
        return Phase.of_code(self.code)

    @property
    def has_figure(self) -> bool:
        """Whether its answer is a number or an amount, which may have a unit."""
        return self.kind in {ItemKind.NUMBER, ItemKind.MONEY}


@dataclass(frozen=True, kw_only=True)
class Section:
    key: str
    phase: Phase
    title: dict[str, str]
    items: tuple[Item, ...]


@dataclass(frozen=True, kw_only=True)
class Template:
    """One version of a checklist."""

    key: str
    version: int
    title: dict[str, str]
    sections: tuple[Section, ...]

    def items(self) -> Iterator[Item]:
        for section in self.sections:
            yield from section.items


@dataclass(frozen=True, kw_only=True)
class Situation:
    """What decides which items appear."""

    purpose: Purpose
    channel_type: ChannelType | None = None
    status: Status = Status.ACTIVE
    #: Of "ours", "theirs", "last_visit".
    open_things: frozenset[str] = frozenset()

    def wants(self, item: Item) -> bool:
        """Whether ``item`` appears. An unknown channel type shows the questions of all of them."""
        return (
            (not item.purposes or self.purpose in item.purposes)
            and (not item.channel_types or self.channel_type is None or self.channel_type in item.channel_types)
            and (not item.statuses or self.status in item.statuses)
            and (not item.needs or item.needs in self.open_things)
        )


def sections_for(template: Template, situation: Situation, *, answered: Collection[int] = ()) -> tuple[Section, ...]:
    """The sections of ``template`` with the items that ``situation`` wants; empty sections are left out.

    Items already ``answered``, by code, stay when the situation changes: what was written must not disappear.
    """
    chosen = []
    for section in template.sections:
        items = tuple(item for item in section.items if item.code in answered or situation.wants(item))
        if items:
            chosen.append(Section(key=section.key, phase=section.phase, title=section.title, items=items))
    return tuple(chosen)


def rating_values(answer: Answer | None, scales: int) -> tuple[int | None, ...]:
    """The numbers of a rating with several scales; None where one is open."""
    parts = answer.value.split(",") if answer is not None else []
    return tuple(int(parts[n]) if n < len(parts) and parts[n].isdecimal() else None for n in range(scales))


#: What the units of amounts in the checklists name.
CHECKLIST_CURRENCY: Final = HOME_CURRENCY


def written_value(item: Item, value: str, language: Language, *, currency: str) -> str:
    """The stored ``value`` of an answer as people read it: money in ``currency``, numbers with their unit.

    Choices and ratings are words of their own and come back as they are stored.
    """
    if item.kind is ItemKind.MONEY and value.removeprefix("-").isdecimal():
        return language.formats.money(int(value), currency)
    unit = language.own(item.unit)
    return language.tr("{value} {unit}", value=value, unit=unit) if unit and value else value
