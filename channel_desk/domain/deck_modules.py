"""The library of training slides, and how a slide is filled from what may be shown (domain.md, sections 12 and 13).

A module is one small file of ``resources/decks``: its group, layout, minutes and the default texts in every language.
Texts hold named placeholders that are filled from :class:`DeckFacts` and from nothing else; facts are made of shareable
values only, so that an internal figure cannot come in by type. Where a text is a list, the first one whose placeholders
are all known is taken: a module reads well for a distributor of whom little is known, and better for a known one.
"""

from __future__ import annotations

import json
import string
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta, tzinfo
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from channel_desk.domain.record import SessionId
from channel_desk.domain.shareable import ShareableDistributor
from channel_desk.domain.shipped_files import insist_keys, read_word
from channel_desk.domain.training import Layout, Slide, TrainingSession
from channel_desk.domain.words import Word
from channel_desk.errors import UserError
from channel_desk.i18n import LANGUAGES, mark
from channel_desk.i18n.formats import Formats

#: What a worksheet shows where people write.
BLANK: Final = "______"
#: Customers that each participant names (section 12).
NAMES_EACH: Final = 3
#: The shortest part of a session, and the step to which the minutes of its parts are rounded.
MINUTE_STEP: Final = 5


class ModuleGroup(Word):
    """The shelves of the library, in their order."""

    COMPANY = "company", mark("Company and brand")
    PRODUCT = "product", mark("Product line")
    INDUSTRY = "industry", mark("Industry needs")
    CASES = "cases", mark("Reference cases")
    SELLING = "selling", mark("How to sell")
    POLICY = "policy", mark("Policies and price discipline")
    FIGURES = "figures", mark("Figures of this distributor")
    QUIZ = "quiz", mark("Quiz")
    PLAN = "plan", mark("Work plan")
    NEXT = "next", mark("Next steps")


#: What a module may need, in words for whoever has to find it out.
FACT_LABELS: Final[dict[str, str]] = {
    "city": mark("City"),
    "industries": mark("Industries served"),
    "brand": mark("Brand"),
    "trainer": mark("Trainer"),
    "contacts": mark("Contacts"),
    "stores": mark("Own stores"),
    "outlets": mark("Covered outlets"),
    "sales_people": mark("Sales people"),
    "territory": mark("Territory granted"),
    "people": mark("Participants"),
}


@dataclass(frozen=True, kw_only=True)
class AgendaPart:
    """A line of the agenda: when it begins (in the user's zone), what it is, what it is good for."""

    starts_at: datetime
    part: str
    use: str


@dataclass(frozen=True, kw_only=True)
class DeckFacts:
    """Everything a slide may be filled with. Times are local to the place; empty and None mean unknown."""

    session_id: SessionId
    title: str
    starts_at: datetime
    ends_at: datetime
    name: str
    city: str = ""
    industries: str = ""
    territory: str = ""
    brand: str = ""
    trainer: str = ""
    place: str = ""
    stores: int | None = None
    outlets: int | None = None
    sales_people: int | None = None
    people: int | None = None
    contacts: tuple[str, ...] = ()
    parts: tuple[AgendaPart, ...] = ()

    @classmethod
    def of(
        cls,
        session: TrainingSession,
        distributor: ShareableDistributor,
        *,
        zone: tzinfo,
        contacts: Sequence[str] = (),
    ) -> DeckFacts:
        """The facts of a session at ``distributor``; ``contacts`` are names, ``zone`` is where it takes place."""
        return cls(
            session_id=session.id,
            title=session.title,
            starts_at=session.starts_at.astimezone(zone),
            ends_at=session.ends_at.astimezone(zone),
            name=distributor.display_name,
            city=distributor.city,
            industries=distributor.industries,
            territory=distributor.contract_territory,
            brand=session.brand,
            trainer=session.trainer,
            place=session.place,
            stores=distributor.stores,
            outlets=distributor.outlets,
            sales_people=distributor.sales_people,
            people=session.head_count,
            contacts=tuple(name for name in contacts if name),
        )

    @property
    def minutes(self) -> int:
        """Length of the session."""
        return max(0, round((self.ends_at - self.starts_at).total_seconds() / 60))

    def values(self, formats: Formats) -> dict[str, str]:
        """What is known, by placeholder, written as ``formats`` writes it."""
        day = self.starts_at.date()
        found = {
            "title": self.title,
            "name": self.name,
            "city": self.city,
            "industries": self.industries,
            "territory": self.territory,
            "brand": self.brand,
            "trainer": self.trainer,
            "place": self.place,
            "date": formats.day(day),
            "duration": formats.duration(timedelta(minutes=self.minutes)) if self.minutes else "",
            "contacts": formats.join(list(self.contacts)),
            "first_contact": self.contacts[0] if self.contacts else "",
        }
        for days in (3, 7, 10, 14, 30):
            found[f"in_{days}_days"] = formats.day_short(day + timedelta(days=days))
        month = day
        for back in range(1, 7):
            month = month.replace(day=1) - timedelta(days=1)
            found[f"month_{back}"] = formats.month_short(month)
        counts = {
            "stores": self.stores,
            "outlets": self.outlets,
            "sales_people": self.sales_people,
            "people": self.people,
            "named_customers": self.people * NAMES_EACH if self.people else None,
        }
        if self.outlets and self.sales_people:
            # a sum that a room full of people works out along with the trainer has to come out
            counts["outlets_about"] = round(self.outlets / self.sales_people)
            counts["outlets_each"] = None if self.outlets % self.sales_people else self.outlets // self.sales_people
        found.update({key: formats.number(count) for key, count in counts.items() if count})
        return {key: value.strip() for key, value in found.items() if value.strip()}


@dataclass(frozen=True, kw_only=True)
class ModuleText:
    """The default texts of a module in one language; ``name`` is what the library shows."""

    name: str
    part: str = ""
    use: str = ""
    kicker: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    texts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    rows: tuple[tuple[str, RowPlan], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RowPlan:
    """Rows of one table: one for ``each`` part, then fixed ones.

    ``otherwise`` are the fixed rows that stand only where there is nothing to repeat.
    """

    each: str = ""
    cells: tuple[tuple[str, ...], ...] = ()
    then: tuple[tuple[tuple[str, ...], ...], ...] = ()
    otherwise: tuple[tuple[tuple[str, ...], ...], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Module:
    """One slide of the library. ``standard`` orders the standard deck; None stays out of it."""

    key: str
    group: ModuleGroup
    layout: Layout
    minutes: int
    standard: int | None = None
    needs: tuple[str, ...] = ()
    #: A worksheet shows blanks to write on where a fact is unknown.
    worksheet: bool = False
    languages: tuple[tuple[str, ModuleText], ...] = ()

    def text(self, language_code: str) -> ModuleText:
        """The texts in ``language_code``; English where a language has none."""
        texts = dict(self.languages)
        return texts.get(language_code) or texts["en"]

    def missing(self, facts: DeckFacts) -> tuple[str, ...]:
        """The facts this module cannot do without and that are unknown, as keys of :data:`FACT_LABELS`."""
        return tuple(need for need in self.needs if not getattr(facts, need))


_MODULE_KEYS: Final = frozenset({*(field.name for field in fields(Module)), *LANGUAGES} - {"languages"})
_TEXT_KEYS: Final = frozenset(field.name for field in fields(ModuleText))
_ROW_KEYS: Final = frozenset(field.name for field in fields(RowPlan))


def load_modules(folder: Path) -> tuple[Module, ...]:
    """The modules of ``folder`` (``resources/decks``): the standard deck first, in its order, then by group.

    Raises ``ShippedFileError`` for one that breaks the rules.
    """
    found = [read_module(json.loads(path.read_text(encoding="utf-8"))) for path in sorted(folder.glob("*.json"))]
    groups = list(ModuleGroup)
    last = 1_000
    return tuple(
        sorted(found, key=lambda m: (last if m.standard is None else m.standard, groups.index(m.group), m.key))
    )


def fill_module(module: Module, facts: DeckFacts, language_code: str, formats: Formats) -> Slide:
    """The slide of ``module`` for ``facts``. UserError ``deck_facts_missing`` where a needed fact is unknown."""
    if module.missing(facts) and not module.worksheet:
        raise UserError("deck_facts_missing", module=module.text(language_code).name)
    text = module.text(language_code)
    values = facts.values(formats)
    pen = _Pen(values=values, worksheet=module.worksheet)
    return Slide(
        session_id=facts.session_id,
        module=module.key,
        layout=module.layout,
        kicker=pen.write(text.kicker),
        title=pen.write(text.title),
        texts=tuple((key, pen.write(alternatives)) for key, alternatives in text.texts),
        rows=tuple((key, tuple(_rows(plan, facts, pen, formats))) for key, plan in text.rows),
        notes=pen.write(text.notes),
        minutes=module.minutes,
    )


def standard_deck(
    modules: Sequence[Module], facts: DeckFacts, language_code: str, formats: Formats
) -> tuple[Slide, ...]:
    """The slides of the standard deck, numbered, their minutes fitted to the session and listed in the agenda."""
    chosen = [m for m in modules if m.standard is not None and (m.worksheet or not m.missing(facts))]
    minutes = fit_minutes([m.minutes for m in chosen], facts.minutes)
    timed = list(zip(chosen, minutes, strict=True))
    facts = replace(facts, parts=agenda_parts(timed, facts.starts_at, language_code))
    slides = (fill_module(module, facts, language_code, formats) for module in chosen)
    return tuple(
        replace(slide, position=position, minutes=taken)
        for position, (slide, taken) in enumerate(zip(slides, minutes, strict=True))
    )


def fit_minutes(wanted: Sequence[int], available: int) -> list[int]:
    """``wanted`` scaled to ``available`` minutes in steps of five; left alone where there is no time to share.

    What one part loses or gains by rounding goes to the next, so that together they end when the session does.
    """
    steps, total = available // MINUTE_STEP, sum(wanted)
    if not total or steps < len(wanted):
        return list(wanted)
    fitted = []
    taken = run = 0
    for later, minutes in zip(reversed(range(len(wanted))), wanted, strict=True):
        run += minutes
        until = min(max(round(run * steps / total), taken + 1), steps - later)
        fitted.append(MINUTE_STEP * (until - taken))
        taken = until
    return fitted


def agenda_parts(
    timed: Sequence[tuple[Module, int]], starts_at: datetime, language_code: str
) -> tuple[AgendaPart, ...]:
    """The agenda of ``timed`` modules; one without a line of its own belongs to the part before it."""
    parts = []
    at = starts_at
    for module, minutes in timed:
        text = module.text(language_code)
        if text.part:
            parts.append(AgendaPart(starts_at=at, part=text.part, use=text.use))
        at += timedelta(minutes=minutes)
    return tuple(parts)


@dataclass(frozen=True)
class _Pen:
    """Fills texts with known ``values``; a worksheet gets blanks for the others."""

    values: Mapping[str, str]
    worksheet: bool

    def write(self, alternatives: Sequence[str]) -> str:
        for text in alternatives:
            if all(name in self.values for name in placeholders(text)):
                return text.format_map(self.values)
        if self.worksheet and alternatives:
            text = alternatives[-1]
            return text.format_map({name: self.values.get(name, BLANK) for name in placeholders(text)})
        return ""

    def with_values(self, more: Mapping[str, str]) -> _Pen:
        return _Pen(values={**self.values, **more}, worksheet=self.worksheet)


@lru_cache(maxsize=1024)
def placeholders(text: str) -> tuple[str, ...]:
    """The names of the placeholders of ``text``."""
    return tuple(name for _, name, _, _ in string.Formatter().parse(text) if name)


def _rows(plan: RowPlan, facts: DeckFacts, pen: _Pen, formats: Formats) -> Iterator[tuple[str, ...]]:
    repeated = list(_repeated(plan, facts, formats))
    for values in repeated:
        yield tuple(pen.with_values(values).write(cell) for cell in plan.cells)
    fixed = plan.otherwise if plan.otherwise and not repeated else plan.then
    for row in fixed:
        yield tuple(pen.write(cell) for cell in row)


def _repeated(plan: RowPlan, facts: DeckFacts, formats: Formats) -> Iterator[dict[str, str]]:
    """The values of one row each; unknown ones are empty, not left out: a row is not dropped for a missing date."""
    if plan.each == "parts":
        for part in facts.parts:
            yield {"part_time": formats.time(part.starts_at), "part": part.part, "part_use": part.use}


def read_module(record: Mapping[str, Any]) -> Module:
    """The module that ``record`` describes; raises ``ShippedFileError``."""
    key = str(record.get("key"))
    insist_keys(record, _MODULE_KEYS, key)
    return Module(
        key=key,
        group=read_word(ModuleGroup, record["group"], key),
        layout=read_word(Layout, record["layout"], key),
        minutes=record["minutes"],
        standard=record.get("standard"),
        needs=tuple(record.get("needs", ())),
        worksheet=record.get("worksheet", False),
        languages=tuple((code, _module_text(record[code], key)) for code in LANGUAGES if code in record),
    )


def _module_text(record: Mapping[str, Any], where: str) -> ModuleText:
    insist_keys(record, _TEXT_KEYS, where)
    return ModuleText(
        name=record["name"],
        part=record.get("part", ""),
        use=record.get("use", ""),
        kicker=_alternatives(record.get("kicker", "")),
        title=_alternatives(record.get("title", "")),
        texts=tuple((key, _alternatives(text)) for key, text in record.get("texts", {}).items()),
        rows=tuple((key, _row_plan(plan, where)) for key, plan in record.get("rows", {}).items()),
        notes=_alternatives(record.get("notes", "")),
    )


def _row_plan(plan: Mapping[str, Any] | Sequence[Any], where: str) -> RowPlan:
    if not isinstance(plan, Mapping):
        return RowPlan(then=_fixed_rows(plan))
    insist_keys(plan, _ROW_KEYS, where)
    return RowPlan(
        each=plan["each"],
        cells=tuple(_alternatives(cell) for cell in plan["cells"]),
        then=_fixed_rows(plan.get("then", ())),
        otherwise=_fixed_rows(plan.get("otherwise", ())),
    )


def _fixed_rows(rows: Sequence[Any]) -> tuple[tuple[tuple[str, ...], ...], ...]:
    return tuple(tuple(_alternatives(cell) for cell in row) for row in rows)


def _alternatives(text: str | Sequence[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)
