"""What a column holds has the last word on what its heading seems to name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from channel_desk.domain import written_dates
from channel_desk.domain.amounts import read_count
from channel_desk.domain.cells import KEPT_DIGITS, Cell, cell_text, folded, is_blank, row_number
from channel_desk.domain.chinese_numbers import NUMERALS
from channel_desk.domain.distributors import ChannelType, Level, Status, Tier
from channel_desk.domain.import_fields import EXTRA, ROW_NUMBER, Kind, choice_of, target_of
from channel_desk.domain.import_plan import ImportTable
from channel_desk.domain.payment_terms import days_of_terms
from channel_desk.domain.people_in_cells import people_in
from channel_desk.domain.phones import phone_keys
from channel_desk.domain.places_in_cells import place_in
from channel_desk.domain.row_reading import SAYS_NOTHING
from channel_desk.domain.words import Word
from channel_desk.domain.yes_or_no import asked_status, is_yes
from channel_desk.exchange.heading_phrases import PLACES, Guess, guess
from channel_desk.exchange.heading_words import field_of, heading_key, year_of

#: Headings such as 级别 that mean the level in one file and the A/B/C class in the next: the values decide.
_BY_VALUES: Final[dict[str, type[Word]]] = {
    "level": Level,
    "tier": Tier,
    "channel_type": ChannelType,
    "status": Status,
}
_LOOKED_AT: Final = 300
#: What a system numbers its customers with.
_CODE: Final = re.compile(r"(?=.*\d)[a-z0-9._/-]+")
#: 350, 1,200.5, 350 sq ft, as it is compared.
_SIZE: Final = re.compile(r"[\d.,]+(?:(?:sq|sft|m2|平|亩|畝|坪).*)?")
_NAMES_OF_PEOPLE: Final = frozenset({"name", "fullname"})
#: Says nothing of a column, as it is compared.
_NOTHING: Final = frozenset(map(folded, SAYS_NOTHING))
_FIGURES: Final = frozenset({Kind.AMOUNT, Kind.NUMBER, Kind.DATE})
#: What Title holds in an address book, where the job stands under Job Title.
_FORMS_OF_ADDRESS: Final = frozenset(
    "mr mr. mrs mrs. ms ms. miss dr dr. prof prof. herr frau 先生 女士 小姐".split()  # noqa: SIM905 - a list of words
)


def settled_guesses(table: ImportTable) -> list[str]:
    """A key for each heading, EXTRA where none fits what stands below it."""
    found = _settle_by_values(table, _settle_by_look(table, _guesses(table)))
    return _settle_row_numbers(table, found)


def _guesses(table: ImportTable) -> list[str]:
    """A key for each heading; what is not sure gives way to what is, then to the left; old years to the last."""
    guessed = [
        (_unless_denied(table, index, guess(heading)), year_of(heading)) for index, heading in enumerate(table.headings)
    ]
    guessed = _without_others(table, guessed)
    claimed = {one.key for one, _ in guessed if one.is_sure}
    if "contact.name" not in claimed and "contact.phone" in claimed:
        claimed.add("phone")  # a phone without any person is the company's
    guessed = [(one if one.is_sure or one.key not in claimed else Guess(EXTRA), year) for one, year in guessed]
    latest: dict[str, int] = {}
    for one, year in guessed:
        latest[one.key] = max(year, latest.get(one.key, 0))
    found: list[str] = []
    for one, year in guessed:
        is_chosen = year == latest[one.key] and (one.is_sure or one.key not in found)
        found.append(one.key if is_chosen else EXTRA)
    return found


def _unless_denied(table: ImportTable, index: int, one: Guess) -> Guess:
    """The guess, unless the values cannot be meant by it: names below Sales, a size below Area, a date of contact."""
    target = target_of(one.key)
    texts = [text for text in _texts(table, index, _LOOKED_AT) if text not in _NOTHING] if target is not None else []
    if target is None or not texts:
        return one
    if one.key == "contact.name" and _are_most(texts, _is_date):
        return Guess(EXTRA)
    if one.key == "contact.name" and _are_most(texts, _is_phone):
        return Guess("contact.phone", one.is_sure)
    is_denied = (
        (one.key == "place" and not _are_most(_cells(table, index), _is_place))
        or (not one.is_sure and one.key in PLACES and target.field.kind is Kind.TEXT and _are_most(texts, _is_size))
        or (one.key == "contact.title" and _FORMS_OF_ADDRESS.issuperset(texts))
        or (not one.is_sure and target.field.kind in _FIGURES and not any(map(_has_figures, texts)))
        or (not one.is_sure and _has_no_choice(one.key, texts, table.headings[index]))
        or (not one.is_sure and one.key == "terms_days" and not _are_most(texts, _is_terms))
    )
    return Guess(EXTRA) if is_denied else one


def _are_most(texts: Sequence[str], holds: Callable[[str], bool]) -> bool:
    return sum(map(holds, texts)) * 2 > len(texts)


def _is_date(text: str) -> bool:
    return not isinstance(written_dates.read_date(text), written_dates.Unread)


def _is_phone(text: str) -> bool:
    return bool(phone_keys(text)) and not any(map(str.isalpha, text))


def _is_place(text: str) -> bool:
    return place_in(text) is not None


def _is_person(text: str) -> bool:
    """Whether a cell names somebody with a phone or a job: 张三 13800138000."""
    return any(one.phone or one.title for one in people_in(text, ""))


def _has_figures(text: str) -> bool:
    return any(character.isdigit() or character in NUMERALS for character in text)


def _is_size(text: str) -> bool:
    return _SIZE.fullmatch(text) is not None


def _is_terms(text: str) -> bool:
    return isinstance(read_count(text), int) or days_of_terms(text) is not None


def _has_no_choice(key: str, texts: Sequence[str], heading: str) -> bool:
    words = _BY_VALUES.get(key)
    if key == "status" and asked_status(heading) and _are_most(texts, lambda text: is_yes(text) is not None):
        return False
    return words is not None and all(choice_of(words, text) is None for text in texts)


def _without_others(table: ImportTable, guessed: list[tuple[Guess, int]]) -> list[tuple[Guess, int]]:
    """Without codes and sales that are not those of each distributor."""
    name = next((index for index, (one, _) in enumerate(guessed) if one.key == "name"), -1)
    return [
        (Guess(EXTRA) if name >= 0 and _is_of_others(table, name, index, one.key) else one, year)
        for index, (one, year) in enumerate(guessed)
    ]


def _is_of_others(table: ImportTable, name: int, index: int, key: str) -> bool:
    """Whether most who have a code share it, as that of our own company in SAP, or have several sales each."""
    if key not in {"code", "annual_sales_minor"}:
        return False
    rows = [row for row in table.rows[:_LOOKED_AT] if max(name, index) < len(row)]
    pairs = {(cell_text(row[name]), cell_text(row[index])) for row in rows if not is_blank(row[index])}
    names = len({whose for whose, _ in pairs})
    return len({code for _, code in pairs}) * 2 < names if key == "code" else len(pairs) > names * 2


def _cells(table: ImportTable, index: int) -> list[str]:
    """What stands in a column, as it is written."""
    return [text for row in table.rows[:_LOOKED_AT] if index < len(row) and (text := cell_text(row[index]))]


def _texts(table: ImportTable, index: int, at_most: int | None = None) -> list[str]:
    """What stands in a column, as it is compared."""
    return [text for row in table.rows[:at_most] if index < len(row) and (text := folded(cell_text(row[index])))]


def _settle_by_look(table: ImportTable, found: list[str]) -> list[str]:
    """SAP heads the number with Customer and the name with Name 1; 业务员(人) counts salesmen and names none.

    Beside a column of companies a bare Name is a person's; a 负责人 with a phone is theirs where hardly two share one.
    """
    settled = list(found)
    names = [index for index, key in enumerate(found) if key == "name"]
    texts = _texts(table, names[0], _LOOKED_AT) if len(names) > 1 else []
    if sum(1 for text in texts if _CODE.fullmatch(text)) * 2 > len(texts):
        settled[names.pop(0)] = EXTRA if "code" in found else "code"
    for index in names[1:]:
        if heading_key(table.headings[index]).key in _NAMES_OF_PEOPLE and "contact.name" not in settled:
            settled[index] = "contact.name"
    for index, key in enumerate(found):
        is_of_person = key in {"contact.phone", "contact.title"} and "contact.name" not in settled
        if is_of_person and _are_most(_cells(table, index), _is_person):
            settled[index] = "contact.name"  # the cells are parted row by row
        texts = _texts(table, index, _LOOKED_AT) if key == "owner" else []
        if _is_theirs(table, found, index, texts):
            settled[index] = "contact.name"
        if sum(isinstance(read_count(text), int) for text in texts) * 2 > len(texts):
            settled[index] = EXTRA if "sales_people" in found else "sales_people"
    return settled


def _is_theirs(table: ImportTable, found: Sequence[str], index: int, texts: Sequence[str]) -> bool:
    phone = found[index + 1] if index + 1 < len(found) else ""
    is_beside = phone in {"phone", "contact.phone"} and "contact.name" not in found
    return is_beside and heading_key(table.headings[index]).key == "负责人" and len(set(texts)) * 2 > len(texts)


def _settle_row_numbers(table: ImportTable, found: list[str]) -> list[str]:
    """A column counts the rows only if it counts 1, 2, 3; otherwise 序号 may stand above the customers' codes."""
    settled = list(found)
    for index, key in enumerate(found):
        if key == "code" and _counts_anew(table, index, found):
            settled[index] = ROW_NUMBER
        if key != ROW_NUMBER or counts_rows(table, index):
            continue
        texts = _texts(table, index)
        names_each = len(set(texts)) == len(texts) and sum(not text.isalpha() for text in texts) * 2 > len(texts)
        # Numbers no larger than the table is long have been counted, with gaps: they tell no distributor from another.
        counted = any(text.isdecimal() and int(text[:KEPT_DIGITS]) <= len(texts) for text in texts)
        is_code = names_each and not counted and "code" not in settled and field_of(table.headings[index]) == ROW_NUMBER
        settled[index] = "code" if is_code else EXTRA
    return settled


def counts_rows(table: ImportTable, index: int) -> bool:
    """Whether a column counts 1, 2, 3, from the start or anew in each part; words such as 合计 may stand between."""
    return _count_up([row[index] for row in table.rows if index < len(row) and not is_blank(row[index])])


def _count_up(cells: Sequence[Cell]) -> bool:
    numbers = [number for number in map(row_number, cells) if number is not None]
    steps = zip([0, *numbers], numbers, strict=False)
    return len(numbers) * 2 >= len(cells) and all(number in {before + 1, 1} for before, number in steps)


def _counts_anew(table: ImportTable, index: int, found: Sequence[str]) -> bool:
    """Whether 编号 counts 1, 2, 3 anew in each part of the table: the first of each part is another company."""
    name = found.index("name") if "name" in found else index
    named = [row for row in table.rows if max(index, name) < len(row) and not is_blank(row[name])]
    first = {folded(cell_text(row[name])) for row in named if row_number(row[index]) == 1}
    return len(first) > 1 and _count_up([row[index] for row in named if not is_blank(row[index])])


def _settle_by_values(table: ImportTable, found: list[str]) -> list[str]:
    settled = list(found)
    for index, key in enumerate(found):
        if key not in _BY_VALUES:
            continue
        values = Counter(text for text in _texts(table, index, _LOOKED_AT) if text not in _NOTHING)
        if not values:
            continue
        known = {
            other: sum(count for value, count in values.items() if choice_of(words, value) is not None)
            for other, words in _BY_VALUES.items()
        }
        best = max(known, key=lambda other: (known[other], other == key))
        if known[best] > known[key] and known[best] * 2 > values.total() and best not in settled:
            settled[index] = best
        elif not known[key] and key in {"tier", "channel_type"} and len(values) > 12:
            settled[index] = EXTRA
    return settled
