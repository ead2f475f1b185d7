"""Which row of a sheet holds the headings: known words, all different, all text, with data below."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple, TypeGuard

from channel_desk.domain.cells import Cell, cell_text, folded, is_blank
from channel_desk.domain.import_units import is_unit
from channel_desk.exchange.heading_words import OTHER_WORDS, field_of, heading_key

Rows = Sequence[Sequence[Cell]]

#: Rows that may stand above the headings: titles, notes, a letterhead.
LOOKED_AT: Final = 50
_LONGEST_HEADING: Final = 40
#: So many known words side by side are headings and no title.
_FEWEST_HEADINGS: Final = 2
#: So many fields in so many rows are a form for one distributor and no list.
_FEWEST_OF_FORM: Final = 4
_FEWEST_ROWS_OF_FORM: Final = 3


class HeaderRow(NamedTuple):
    """``first`` and ``last`` row of the headings (counted from 0; two rows where headings are grouped), and a score."""

    first: int
    last: int
    score: float


def known_count(row: Sequence[Cell]) -> int:
    """How many different fields the cells of a row name."""
    others = sum(1 for cell in row if _may_head(cell) and heading_key(cell).key in OTHER_WORDS)
    return len(_fields(row)) + others


def _fields(row: Sequence[Cell]) -> set[str]:
    return {key for cell in row if _may_head(cell) and (key := field_of(cell))}


def _may_head(cell: Cell) -> TypeGuard[str]:
    """Whether a cell is a text as short as a heading; longer ones are not looked into, which would take seconds."""
    return isinstance(cell, str) and 0 < len(cell.strip()) <= _LONGEST_HEADING


def find_header(rows: Rows) -> HeaderRow | None:
    """The heading row of a sheet; None when no row looks like one."""
    scored = [(_score(rows, index), -index) for index in range(min(len(rows), LOOKED_AT))]
    best, negative = max(scored, default=(0.0, 0))
    if best <= 0:
        return None
    first = last = _first_of(rows, -negative)
    if last + 1 < len(rows) and _continues(rows[last], rows[last + 1]):
        last += 1
    elif first > 0 and _is_group_row(rows[first - 1], rows[first]):
        first -= 1
    if last + 1 < len(rows) and holds_units(rows[last + 1]):
        last += 1
    return HeaderRow(first, last, best)


def have_same_headings(rows: Rows, others: Rows) -> bool:
    """Whether two sheets are lists of the same kind: most of the headings of either stand in the other."""
    one, other = _headings_of(rows), _headings_of(others)
    return len(one & other) * 2 > max(len(one), len(other))


def _headings_of(rows: Rows) -> set[str]:
    header = find_header(rows)
    if header is None:
        return set()
    return {folded(cell) for row in rows[header.first : header.last + 1] for cell in row if _may_head(cell)}


def header_at(rows: Rows, row: int) -> HeaderRow:
    """The headings that a person says stand in ``row``, with groups above and units below; else all below is data."""
    if row and holds_units(rows[row]):
        row -= 1
    above, below = rows[row - 1] if row else (), rows[row + 1] if row + 1 < len(rows) else ()
    is_grouped = _continues(above, rows[row]) or _is_group_row(above, rows[row])
    return HeaderRow(row - is_grouped, row + holds_units(below), 0.0)


def _first_of(rows: Rows, best: int) -> int:
    """The headings that row ``best`` says again on one line, as at the top of each printed page; else ``best``."""
    texts = {folded(cell) for cell in rows[best] if isinstance(cell, str) and not is_blank(cell)}
    for index in range(best - 1):
        both = {folded(cell) for row in rows[index : index + 2] for cell in row if isinstance(cell, str)}
        if _continues(rows[index], rows[index + 1]) and texts <= both:
            return index
    return best


def is_form(rows: Rows, header: HeaderRow) -> bool:
    """Whether the headings stand beside their values, most of them in other rows than ``header``."""
    named = [_fields(row) for row in rows[:LOOKED_AT] if _filled(row)]
    everywhere = set[str]().union(*named)
    in_header = max(len(_fields(row)) for row in rows[header.first : header.last + 1])
    naming = sum(map(bool, named))
    return (
        len(everywhere) >= _FEWEST_OF_FORM
        and in_header * 2 <= len(everywhere)
        and naming >= _FEWEST_ROWS_OF_FORM
        and naming * 5 >= len(named) * 3
    )


def rows_above(rows: Rows, first: int) -> list[int]:
    """Rows above the headings that are more than a title or a letterhead: another table, lines of several cells."""
    other = next((index for index in range(first) if known_count(rows[index]) >= _FEWEST_HEADINGS), first)
    return [
        index
        for index in range(first)
        if (any(not is_blank(cell) for cell in rows[index]) if index >= other else _has_data(rows[index]))
    ]


def _has_data(row: Sequence[Cell]) -> bool:
    cells = [cell for cell in row if not is_blank(cell)]
    return len(cells) > 1 and not any(isinstance(cell, str) and (":" in cell or "：" in cell) for cell in cells)


def next_table(rows: Rows, start: int) -> int:
    """Where a second table with headings of its own begins below ``start``, with its title; the end without one."""
    headings = [folded(cell) if isinstance(cell, str) else "" for cell in rows[start - 1]]
    for index in range(start + 1, len(rows)):
        # A title stands alone between a blank line and the headings.
        has_title = index - 2 >= start and all(map(is_blank, rows[index - 2])) and len(_filled(rows[index - 1])) == 1
        if _heads_another(rows[index], headings) or (has_title and _heads_titled(rows[index], headings)):
            return index - 1 if has_title else index
    return len(rows)


def likely_headings(rows: Rows, start: int, end: int) -> list[int]:
    """Rows below a blank one that may head another table of unknown words: texts without digits only, also in columns
    where the rows above have digits. A row of data can look so too, which is why it is told and taken as one.
    """
    blank = [all(map(is_blank, row)) for row in rows[start:end]]
    below = [start + place for place in range(1, len(blank)) if blank[place - 1] and not blank[place]]
    headings = [folded(cell) if isinstance(cell, str) else "" for cell in rows[start - 1]]
    return [
        index
        for index in below
        if _is_unlike(rows[index], rows[max(start, index - LOOKED_AT) : index])
        and _in_their_places(rows[index], headings) * 5 < len(_filled(rows[index])) * 4
    ]


def _could_head(row: Sequence[Cell]) -> dict[int, str]:
    """The texts of a row with their columns, where the row may be headings of unknown words; else nothing."""
    texts = {column: cell for column, cell in enumerate(row) if _may_head(cell) and not is_blank(cell)}
    cells = _filled(row)
    if len(cells) <= _FEWEST_HEADINGS or len(texts) < len(cells) or any(map(_has_digit, texts.values())):
        return {}
    if len(set(texts.values())) < len(texts) or not all(any(map(str.isalpha, text)) for text in texts.values()):
        return {}
    return texts


def _is_unlike(row: Sequence[Cell], above: Rows) -> bool:
    texts = _could_head(row)
    in_columns = ([row[column] for row in above if column < len(row) and not is_blank(row[column])] for column in texts)
    return (
        sum(bool(cells) and all(_has_digit(cell_text(one)) for one in cells) for cells in in_columns)
        >= _FEWEST_HEADINGS
    )


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def _filled(row: Sequence[Cell]) -> list[Cell]:
    return [cell for cell in row if not is_blank(cell)]


def _heads_another(row: Sequence[Cell], headings: Sequence[str]) -> bool:
    """Whether nearly all cells of a row below the headings are headings, and other ones, or in another order."""
    cells = _filled(row)
    if len(cells) <= _FEWEST_HEADINGS:
        return False
    texts = [cell for cell in cells if isinstance(cell, str) and not cell[:1].isdigit()]
    # Most rows are told from headings by their numbers or by their first cell: looking at all would take seconds.
    if len(texts) < len(cells) or not _fields(texts[:2]):
        return False
    same = _in_their_places(row, headings)
    return known_count(row) * 5 >= len(cells) * 4 and same * 5 < len(cells) * 4


def _heads_titled(row: Sequence[Cell], headings: Sequence[str]) -> bool:
    """Whether a row below a title has a heading of the table above in another column, as no row of data has."""
    texts = _could_head(row)
    again = {column: folded(text) for column, text in texts.items() if folded(text) in headings}
    return bool(again) and not _in_their_places(row, headings)


def _in_their_places(row: Sequence[Cell], headings: Sequence[str]) -> int:
    """How many of the headings a row repeats, each in its column."""
    return sum(
        heading != "" and folded(cell_text(cell)) == heading for cell, heading in zip(row, headings, strict=False)
    )


def header_score(rows: Rows) -> float:
    """How much a sheet looks like a list with headings; for choosing among sheets."""
    found = find_header(rows)
    if found is None:
        return 0.0
    below = sum(1 for row in rows[found.last + 1 :] if any(not is_blank(cell) for cell in row))
    return found.score + min(below, 20) * 0.05 if below else found.score * 0.3


def _score(rows: Rows, index: int) -> float:
    cells = [cell for cell in rows[index] if not is_blank(cell)]
    if not cells:
        return 0.0
    texts = [cell.strip() for cell in cells if isinstance(cell, str)]
    short = [text for text in texts if len(text) <= _LONGEST_HEADING and not _is_number(text)]
    known = known_count(rows[index])
    if len(cells) == 1 and known == 0:
        return 0.0
    share = len(short) / len(cells)
    different = len({folded(text) for text in short}) / max(1, len(short))
    below = next((row for row in rows[index + 1 : index + 6] if sum(not is_blank(cell) for cell in row) >= 1), None)
    width = sum(not is_blank(cell) for cell in below) if below is not None else 0
    score = known * 3.0 + share * different * min(len(cells), 12) * 0.3
    if known == 0 and (share < 0.9 or different < 0.9 or width < 2 or len(cells) < 0.6 * width):
        return 0.0
    return score * (share if known < 3 else 1) + (0.5 if width >= 2 else 0)


def _is_number(text: str) -> bool:
    return text.replace(",", "").replace(".", "").replace("-", "").isdigit()


def _continues(row: Sequence[Cell], below: Sequence[Cell]) -> bool:
    """Whether the next row holds headings too: finer ones under groups, or the same in another language."""
    cells = [cell for cell in below if not is_blank(cell)]
    if not cells or any(isinstance(cell, (int, float, date, datetime, time, timedelta)) for cell in cells):
        return False
    known = known_count(below)
    return known >= 2 and known * 2 >= len(cells) and known_count(row) >= 1


def holds_units(row: Sequence[Cell]) -> bool:
    """Whether a row below the headings says nothing but their units; a single letter may be a name."""
    cells = _filled(row)
    return bool(cells) and all(isinstance(c, str) and is_unit(c) and (len(c) > 1 or not c.isascii()) for c in cells)


def _is_group_row(above: Sequence[Cell], row: Sequence[Cell]) -> bool:
    """Whether the row above names groups of columns: few short texts, more than a title over everything."""
    cells = [cell_text(cell) for cell in above if not is_blank(cell)]
    width = sum(not is_blank(cell) for cell in row)
    if len(cells) < 2 or len(cells) >= width or any(len(text) > 12 or ":" in text or "：" in text for text in cells):
        return False
    return known_count(above) >= 1
