"""The deck builder in words: the library, the slides, the time, the checks before export, and the texts of a slide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise
from typing import Final

from channel_desk.documents.printed import Unprinted, characters_named
from channel_desk.domain.deck_modules import FACT_LABELS, DeckFacts, Module, ModuleGroup
from channel_desk.domain.keys import match_spans
from channel_desk.domain.slide_layouts import LAYOUTS, LayoutText
from channel_desk.domain.training import Layout, Slide
from channel_desk.i18n import Language, mark

#: Facts that belong to the session; all others stand in the distributor's file.
SESSION_FACTS: Final = frozenset({"brand", "trainer", "people"})


# -- the library -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ModuleRow:
    """A line of the library; ``key`` is empty in the heading of a group, whose words are in ``name``."""

    key: str
    name: str
    minutes: str = ""
    is_used: bool = False
    #: What is still to be found out before the module can be added; empty when nothing is.
    missing: str = ""
    spans: tuple[tuple[int, int], ...] = ()

    @property
    def is_heading(self) -> bool:
        return not self.key


def library_rows(
    modules: Sequence[Module], facts: DeckFacts, slides: Sequence[Slide], *, typed: str, language: Language
) -> tuple[ModuleRow, ...]:
    """The modules whose name or title fits what was ``typed``, by group."""
    used = {slide.module for slide in slides}
    rows: list[ModuleRow] = []
    for group in ModuleGroup:
        found = [
            row
            for module in modules
            if module.group is group
            and (row := _module_row(module, facts, is_used=module.key in used, typed=typed, language=language))
        ]
        if found:
            rows += [ModuleRow("", language.tr(group.label)), *found]
    return tuple(rows)


def _module_row(module: Module, facts: DeckFacts, *, is_used: bool, typed: str, language: Language) -> ModuleRow | None:
    text = module.text(language.code)
    spans = tuple(match_spans(text.name, typed))
    if not spans and not any(typed.strip().casefold() in title.casefold() for title in text.title):
        return None
    return ModuleRow(
        key=module.key,
        name=text.name,
        minutes=minutes_short(module.minutes, language),
        is_used=is_used,
        missing=missing_words(missing_facts(module, facts), language),
        spans=spans,
    )


def missing_facts(module: Module, facts: DeckFacts) -> tuple[str, ...]:
    """The keys of the facts without which ``module`` cannot be added; a worksheet shows blanks instead."""
    return () if module.worksheet else module.missing(facts)


def missing_words(keys: Sequence[str], language: Language) -> str:
    """What is missing, as the library says it: "Missing: Covered outlets"."""
    if not keys:
        return ""
    return language.tr("Missing: {facts}", facts=language.formats.join([language.tr(FACT_LABELS[key]) for key in keys]))


def minutes_short(minutes: int, language: Language) -> str:
    """Minutes for a narrow column."""
    return language.tr("{n}′", n=minutes)


# -- slides ----------------------------------------------------------------------------------------------------------


def slide_name(slide: Slide, modules: Mapping[str, Module], language: Language) -> str:
    """What a slide is called: its title, else what kind of slide it is."""
    return " ".join(slide.title.split()) or kind_name(slide, modules, language)


def kind_name(slide: Slide, modules: Mapping[str, Module], language: Language) -> str:
    """The name of its module, else of its layout."""
    module = modules.get(slide.module)
    return module.text(language.code).name if module is not None else language.tr(slide.layout.label)


def short_name(slide: Slide, modules: Mapping[str, Module], language: Language) -> str:
    """The name of its module, which is shorter than a title."""
    name = kind_name if slide.module in modules else slide_name
    return name(slide, modules, language)


def is_empty(slide: Slide) -> bool:
    """Whether nothing but the frame would be drawn; a cover always shows the session."""
    if slide.layout is Layout.COVER or slide.title.strip():
        return False
    aside = {text.key for text in LAYOUTS[slide.layout].texts if text.is_aside}
    texts = any(text.strip() for key, text in slide.texts if key not in aside)
    return not texts and not any(cell.strip() for _, rows in slide.rows for row in rows for cell in row)


@dataclass(frozen=True)
class DeckPages:
    """Which pages the slides are drawn on, by id in their order; a slide of many rows has several."""

    counts: tuple[tuple[int, int], ...] = ()

    @property
    def total(self) -> int:
        return sum(count for _, count in self.counts)

    def first_of(self, slide_id: int) -> int | None:
        """The first page of a slide, from 0."""
        page = 0
        for one, count in self.counts:
            if one == slide_id:
                return page
            page += count
        return None

    def slide_at(self, page: int) -> int | None:
        """The slide of which ``page`` is one."""
        for one, count in self.counts:
            if page < count:
                return one
            page -= count
        return None


def slide_number(slide: Slide, place: int, pages: DeckPages) -> int:
    """The number on the slide: that of its first page, or its place from 0 while the deck is not drawn yet."""
    first = pages.first_of(slide.id)
    return (place if first is None else first) + 1


# -- time ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class TimePlan:
    """``total`` of ``available`` minutes; ``parts`` are the minutes of each slide with its id."""

    total: int
    available: int
    parts: tuple[tuple[int, int], ...]
    figure: str
    advice: str

    @property
    def is_over(self) -> bool:
        return self.total > self.available


def time_plan(slides: Sequence[Slide], available: int, modules: Mapping[str, Module], language: Language) -> TimePlan:
    """The minutes of the deck against those of the session, and what to leave out when they are too many."""
    total = sum(slide.minutes for slide in slides)
    over = total - available
    if over > 0:
        advice = _cut_advice(slides, over, modules, language)
    elif over < 0:
        advice = language.tr_n("{n} minute left", "{n} minutes left", -over)
    else:
        advice = language.tr("Just fits")
    return TimePlan(
        total=total,
        available=available,
        parts=tuple((slide.id, slide.minutes) for slide in slides),
        figure=language.tr("{total} / {available} min", total=total, available=available),
        advice=advice,
    )


def _cut_advice(slides: Sequence[Slide], over: int, modules: Mapping[str, Module], language: Language) -> str:
    """The shortest slide that is long enough, else the longest; the frame of the session stays."""
    can_go = [slide for slide in slides if slide.layout not in {Layout.COVER, Layout.AGENDA} and slide.minutes]
    if not can_go:
        return language.tr("{over} min too long", over=over)
    enough = [slide for slide in can_go if slide.minutes >= over]
    best = min(enough, key=lambda s: s.minutes) if enough else max(can_go, key=lambda s: s.minutes)
    return language.tr(
        "{over} min too long. Leaving out “{name}” saves {minutes}.",
        over=over,
        name=short_name(best, modules, language),
        minutes=best.minutes,
    )


# -- checks ----------------------------------------------------------------------------------------------------------


class Verdict(Enum):
    FINE = "fine"
    LOOK = "look"


@dataclass(frozen=True)
class Check:
    """One line of the checks before export; ``slide_id`` is where to look, 0 when nowhere in particular."""

    verdict: Verdict
    text: str
    slide_id: int = 0


def checks(
    slides: Sequence[Slide],
    cut: frozenset[int],
    pages: DeckPages,
    language: Language,
    *,
    unprinted: Sequence[Unprinted] = (),
) -> tuple[Check, ...]:
    """The checks before export; ``cut`` are the slides some text of which is too long for its place."""
    numbered = [(slide_number(slide, place, pages), slide) for place, slide in enumerate(slides)]
    too_long = [(number, slide.id) for number, slide in numbered if slide.id in cut]
    empty = [(number, slide.id) for number, slide in numbered if is_empty(slide)]
    boxes = [(int(one.place), pages.slide_at(int(one.place) - 1) or 0) for one in unprinted]
    characters = characters_named([character for one in unprinted for character in one.characters])
    return (
        Check(Verdict.FINE, language.tr("Filled from shareable facts only")),
        _check(too_long, language.tr("All texts fit"), mark("Text too long on {slides}"), language),
        _check(empty, language.tr("No empty slides"), mark("Nothing on {slides}"), language),
        _check(
            boxes,
            language.tr("Every character has a font"),
            mark("No font for {characters} on {slides}"),
            language,
            characters=characters,
        ),
    )


def _check(found: Sequence[tuple[int, int]], fine: str, sentence: str, language: Language, **values: object) -> Check:
    if not found:
        return Check(Verdict.FINE, fine)
    numbers = slides_named([number for number, _ in found], language)
    return Check(Verdict.LOOK, language.tr(sentence, slides=numbers, **values), found[0][1])


def slides_named(numbers: Sequence[int], language: Language) -> str:
    """Slides by their numbers: "slides 2, 5–7"."""
    return language.tr_n("slide {numbers}", "slides {numbers}", len(numbers), numbers=_numbers(numbers))


def _numbers(numbers: Sequence[int]) -> str:
    """Numbers in one short text: "2, 5–7"."""
    breaks = [0, *(place for place, (a, b) in enumerate(pairwise(numbers), start=1) if b != a + 1), len(numbers)]
    spans = [(numbers[start], numbers[end - 1]) for start, end in pairwise(breaks)]
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in spans)


# -- the texts of a slide --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class TableForm:
    """A table of texts in the editor; ``most`` are the rows that may be typed."""

    key: str
    label: str
    columns: tuple[str, ...]
    most: int
    hint: str = ""


@dataclass(frozen=True)
class SlideForm:
    """What can be typed on a slide of one layout, in words: single texts, then tables."""

    texts: tuple[LayoutText, ...]
    tables: tuple[TableForm, ...]


def slide_form(layout: Layout, language: Language) -> SlideForm:
    """The form of ``layout``, in words."""
    form = LAYOUTS[layout]
    return SlideForm(
        texts=tuple(replace(text, label=language.tr(text.label)) for text in form.texts),
        tables=tuple(
            TableForm(
                key=table.key,
                label=language.tr(table.label),
                columns=tuple(language.tr(column) for column in table.columns),
                most=table.most_typed,
                hint=language.tr_n(
                    "{n} row a slide, more go on to the next", "{n} rows a slide, more go on to the next", table.most
                )
                if table.goes_on
                else language.tr_n("{n} row at most", "{n} rows at most", table.most),
            )
            for table in form.rows
        ),
    )


def with_text(slide: Slide, key: str, text: str) -> Slide:
    """``slide`` with one of its texts changed; ``kicker``, ``title`` and ``notes`` are texts too."""
    if key == "kicker":
        return replace(slide, kicker=text)
    if key == "title":
        return replace(slide, title=text)
    if key == "notes":
        return replace(slide, notes=text)
    texts = {**dict(slide.texts), key: text}
    return replace(slide, texts=tuple(texts.items()))


def text_of(slide: Slide, key: str) -> str:
    """The text that :func:`with_text` changes."""
    known = {"kicker": slide.kicker, "title": slide.title, "notes": slide.notes}
    return known.get(key, slide.text(key))


def with_table(slide: Slide, key: str, rows: Sequence[Sequence[str]]) -> Slide:
    """``slide`` with one of its tables changed."""
    tables = {**dict(slide.rows), key: tuple(tuple(row) for row in rows)}
    return replace(slide, rows=tuple(tables.items()))


def changed_fields(before: Slide, after: Slide) -> dict[str, object]:
    """The fields to store: those of the texts and the minutes that differ."""
    names = ("kicker", "title", "texts", "rows", "notes", "minutes")
    return {name: getattr(after, name) for name in names if getattr(before, name) != getattr(after, name)}
