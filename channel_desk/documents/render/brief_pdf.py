"""Visit briefs as a PDF: one to three pages each, any number in a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Final

from channel_desk.documents.builders.blocks import Checklist
from channel_desk.documents.builders.brief_content import Brief
from channel_desk.documents.printed import Printed, Unprinted
from channel_desk.documents.render.brief_back import checklist_pieces, record_head
from channel_desk.documents.render.brief_front import Front, refer, set_closer, set_front
from channel_desk.documents.render.brief_rest import COUNT_HEIGHT, MOST_PAGES, least_height, place_rest, urgent_height
from channel_desk.documents.render.brief_rows import more_row
from channel_desk.documents.render.brief_spacing import ROWS_FOR_PAGES, Spacing, spaced
from channel_desk.documents.render.fonts import FontBook
from channel_desk.documents.render.palette import GREY, TABLE
from channel_desk.documents.render.pdf import Pdf, write_file
from channel_desk.documents.render.sheet import (
    BODY_BOTTOM,
    BODY_TOP,
    LEFT,
    SECTION_ABOVE,
    Frame,
    Piece,
    draw_stack,
    space,
    stack,
)
from channel_desk.documents.render.text import Typesetter
from channel_desk.domain.visits import Phase

_ROOM: Final = BODY_BOTTOM - BODY_TOP
#: With less room at its foot, a first page is full.
_LEAST_FOOT: Final = 80.0


@dataclass(frozen=True)
class Pages:
    """A brief, set: the pieces of each page."""

    front: Front
    others: tuple[tuple[Piece, ...], ...]


def set_pages(brief: Brief, typesetter: Typesetter) -> Pages:
    """Set all pages of ``brief``; the rest of the first page stands where the record ends, and the page says where."""
    front = set_front(brief, typesetter)
    if not front.rest:
        return _with_preparation_in_front(brief, typesetter, front) or Pages(front, _record(brief, typesetter))
    least = least_height(brief, front.rest, typesetter)
    urgent = urgent_height(brief, front.rest, typesetter)
    record = _record(brief, typesetter, feet=(max(urgent, least), least))
    head = record_head(brief, typesetter, brief.record_line, legend=False)
    # the record's first page is written on at the table: what goes on stands behind it
    shares_page = len(record) > 1 and stack(record[-1]) + least <= _ROOM
    if not shares_page and (front.rest.is_profile or len(record) + 2 > MOST_PAGES):
        # no sheet of paper for what nobody needs at the table, and no fourth one: the page says that it is in the file
        return Pages(front, record)
    pages, carried = place_rest(brief, front.rest, typesetter, record if shares_page else (*record, (head,)), head)
    return Pages(refer(brief, typesetter, front, carried), tuple(tuple(page) for page in pages))


def _with_preparation_in_front(brief: Brief, typesetter: Typesetter, front: Front) -> Pages | None:
    """What is checked before the visit at the foot of a first page with room: the record has more to write on.

    Rows come closer for it only where one page cannot hold the whole checklist with the usual room. None where there is
    no room, or this does not help.
    """
    if _ROOM - stack(front.pieces) < _LEAST_FOOT or len(brief.checklists) < 2:
        return None
    first, *others = brief.checklists
    if first.phase is not Phase.BEFORE:
        return None

    def lay(spacing: Spacing) -> tuple[Piece, ...]:
        return (space(SECTION_ABOVE), *checklist_pieces(brief, typesetter, spacing, (first,)))

    def at_foot(page: Front, *, may_be_tighter: bool) -> Pages | None:
        foot = spaced(lay, _ROOM - stack(page.pieces), may_be_tighter=may_be_tighter)
        if foot is None:
            return None
        record = _fitting(brief, typesetter, others)
        return None if record is None else Pages(replace(page, pieces=(*page.pieces, *foot)), (record,))

    roomy = at_foot(front, may_be_tighter=False)
    if roomy is not None or _fitting(brief, typesetter, brief.checklists, may_be_tighter=False) is not None:
        return roomy
    # nobody writes there: its rows may come closer than those of the record, then those above it
    return at_foot(front, may_be_tighter=True) or at_foot(set_closer(brief, typesetter, front), may_be_tighter=True)


def _record(brief: Brief, typesetter: Typesetter, *, feet: Sequence[float] = ()) -> tuple[tuple[Piece, ...], ...]:
    """The checklist on one page if it fits at all, else the last phase on a page of its own.

    That leaves the first of ``feet`` below it that it can, for what goes on there.
    """
    whole = _fitting(brief, typesetter, brief.checklists)
    if whole is not None:
        return (whole,)
    first = _fitting(brief, typesetter, brief.checklists[:-1])
    lasts = (_fitting(brief, typesetter, brief.checklists[-1:], legend=False, foot=foot) for foot in (*feet, 0.0))
    last = next((page for page in lasts if page is not None), None)
    if first is not None and last is not None:
        return (first, last)
    pages = [[record_head(brief, typesetter, brief.record_line)]]
    _flow(pages, checklist_pieces(brief, typesetter, ROWS_FOR_PAGES, brief.checklists), brief, typesetter)
    return tuple(tuple(page) for page in pages)


def _fitting(
    brief: Brief,
    typesetter: Typesetter,
    checklists: Sequence[Checklist],
    *,
    legend: bool = True,
    may_be_tighter: bool = True,
    foot: float = 0.0,
) -> tuple[Piece, ...] | None:
    """A page with ``checklists``, as roomy as it can be above its ``foot``; none if they need more."""
    head = record_head(brief, typesetter, brief.record_line, legend=legend)

    def lay(spacing: Spacing) -> tuple[Piece, ...]:
        return (head, *checklist_pieces(brief, typesetter, spacing, checklists))

    return spaced(lay, _ROOM - foot, may_be_tighter=may_be_tighter)


def _flow(pages: list[list[Piece]], pieces: Sequence[Piece], brief: Brief, typesetter: Typesetter) -> None:
    """Add ``pieces`` to the last page, and to new ones as long as there may be more; a head keeps its first row.

    The last page keeps a line free that counts what finds no room.
    """
    for number, piece in enumerate(pieces):
        is_last = number + 1 == len(pieces)
        kept = piece.height if is_last or piece.entries else piece.height + pieces[number + 1].height
        may_turn = len(pages) + 2 <= MOST_PAGES
        reserve = 0.0 if is_last or may_turn else COUNT_HEIGHT
        if stack(pages[-1]) + kept + reserve <= _ROOM:
            pages[-1].append(piece)
        elif may_turn:
            pages.append([record_head(brief, typesetter, brief.record_line, legend=False), piece])
        else:
            text = brief.words.more.told(sum(left.entries for left in pieces[number:]))
            pages[-1].append(more_row(text, TABLE.in_colour(GREY), x=LEFT))
            return


def draw_brief(pdf: Pdf, brief: Brief) -> None:
    """Draw ``brief`` on pages of its own, with bookmarks."""
    pages = set_pages(brief, pdf.typesetter)
    frame = Frame(brief.tag, brief.kind, brief.source, brief.footer_word)
    total = 1 + len(pages.others)
    pdf.bookmark(brief.title)
    for number, pieces in enumerate((pages.front.pieces, *pages.others), 1):
        reason = brief.footer_front if number == 1 else brief.footer_back
        frame.draw(pdf, reason=reason, page=brief.words.page_of(number, total))
        draw_stack(pdf, pieces, BODY_TOP)
        if number == 2:
            pdf.bookmark(brief.record_line, level=1)
        pdf.end_page()


def brief_pdf(briefs: Iterable[Brief], book: FontBook) -> tuple[bytes, Printed]:
    """One PDF of ``briefs`` as bytes, and what is in it.

    ``briefs`` may be a generator: each is dropped once it is drawn, and the next one asked for then.
    """
    pdf: Pdf | None = None
    count = 0
    unprinted: list[Unprinted] = []
    first = last = ""
    for brief in briefs:
        if pdf is None:
            pdf = Pdf(
                book,
                title=brief.title,
                author=brief.author,
                language=brief.language,
                subject=brief.kind,
                made_at=brief.made_at,
            )
            first = last = brief.date
        draw_brief(pdf, brief)
        count += 1
        if missing := pdf.take_missing():
            unprinted.append(Unprinted(brief.short_name, missing))
        if count > 1:
            # briefs may come one by one and in any order: how many and of which days is known at the end
            first, last = min(first, brief.date), max(last, brief.date)
            pdf.name(brief.words.title_of(first, last), brief.words.subject_of(count))
    return (pdf.finish() if pdf is not None else b""), Printed(count, tuple(unprinted))


def render_briefs(briefs: Iterable[Brief], target: Path | BinaryIO, *, book: FontBook) -> Printed:
    """Write one PDF of ``briefs`` to ``target`` and tell what is in it. A file appears complete or not at all;
    without a brief, none does.

    UserError ``disk_full``, ``file_denied``, ``file_is_data`` or ``file_not_written``.
    """
    data, printed = brief_pdf(briefs, book)
    if printed.count:
        write_file(target, data)
    return printed
