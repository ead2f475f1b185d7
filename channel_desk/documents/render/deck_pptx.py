"""Training decks as editable PPTX: the same shapes as in the PDF, as text boxes, tables and charts of the program.

Titles, kickers and sources are real placeholders, so that the outline view and a screen reader find them; figures are
native charts with their workbook. The file is packed again after python-pptx has written it: entries carry a fixed
time, so that the same deck of the same moment gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC
from itertools import groupby
from pathlib import Path
from typing import Any, BinaryIO, Final

from pptx import Presentation
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from channel_desk.documents.builders.deck import Deck
from channel_desk.documents.render.deck_layouts import lay_out
from channel_desk.documents.render.deck_sheet import (
    HEIGHT,
    WIDTH,
    Box,
    Cell,
    Columns,
    Element,
    Grid,
    Lying,
    Phrase,
    SlideSheet,
    Stroke,
    Words,
)
from channel_desk.documents.render.fonts import FontBook
from channel_desk.documents.render.pdf import write_file
from channel_desk.documents.render.pptx_charts import add_columns, add_lying
from channel_desk.documents.render.pptx_package import packed
from channel_desk.documents.render.pptx_text import Pen, drop, paint, plain
from channel_desk.documents.render.pptx_theme import KICKER_INDEX, SOURCE_INDEX, dress, dress_notes, emu
from channel_desk.documents.render.text import Typesetter

_LANGUAGES: Final = {"zh_CN": "zh-CN", "en": "en-GB"}
_NO_TABLE_STYLE: Final = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


def render_deck_pptx(deck: Deck, target: Path | BinaryIO, book: FontBook) -> int:
    """Write ``deck`` to ``target``, all of it or nothing; returns the number of slides.

    UserError ``file_not_written`` where the place cannot be written.
    """
    ruler = Typesetter(book)
    sheets = lay_out(deck, ruler)
    write_file(target, _Writer(deck, ruler).write(sheets))
    return len(sheets)


class _Writer:
    """One presentation being written."""

    def __init__(self, deck: Deck, ruler: Typesetter) -> None:
        self.deck = deck
        self.language = _LANGUAGES.get(deck.language_code, "en-GB")
        #: python-pptx takes naive UTC.
        self.made_at = deck.made_at.astimezone(UTC).replace(tzinfo=None)
        self.pen = Pen(self.language, ruler.book.narrow_plane)
        self.presentation: Any = Presentation()
        self.presentation.slide_width, self.presentation.slide_height = Emu(emu(WIDTH)), Emu(emu(HEIGHT))
        size = self.presentation.part._element.find(qn("p:sldSz"))  # noqa: SLF001 - python-pptx names no slide type
        size.attrib.pop("type", None)
        self.cover, self.content = dress(self.presentation, deck.language_code)

    def write(self, sheets: Sequence[SlideSheet]) -> bytes:
        properties = self.presentation.core_properties
        properties.title = self.deck.title[:255]
        properties.subject = self.deck.cover.subtitle[:255]
        properties.author = self.deck.author[:255]
        properties.last_modified_by = self.deck.author[:255]
        properties.language = self.language
        properties.comments = ""
        properties.created = properties.modified = self.made_at
        properties.revision = 1
        for sheet in sheets:
            self._slide(sheet)
        if sheets:
            dress_notes(self.presentation, self.deck.language_code)
        output = io.BytesIO()
        self.presentation.save(output)
        return packed(output.getvalue(), made_at=self.made_at)

    def _slide(self, sheet: SlideSheet) -> None:
        slide = self.presentation.slides.add_slide(self.cover if sheet.kind == "cover" else self.content)
        texts = [element for element in sheet.elements if isinstance(element, Words)]
        used: dict[str, Words] = {words.role: words for words in texts}
        self._placeholders(slide, sheet, used)
        described = False
        for element in sheet.elements:
            if isinstance(element, Words) and self._is_placeholder(sheet, element):
                continue
            if sheet.kind == "cover" and isinstance(element, Box):
                continue
            if sheet.kind == "content" and isinstance(element, Stroke) and element.y == 504:
                continue
            shape = self._add(slide.shapes, element)
            if isinstance(element, Stroke):
                _decorate(shape)
            elif isinstance(element, Grid | Columns | Lying | Box):
                # the first tells what the slide shows, each box after it what stands in it
                own = "\n".join(words.text for words in element.inside) if isinstance(element, Box) else ""
                _describe(shape, own if described else sheet.alt)
                described = True
        if not described and slide.shapes.title is not None:
            _describe(slide.shapes.title, sheet.alt)
        if sheet.kind == "content":
            self._footer(slide, sheet)
        notes = slide.notes_slide.notes_text_frame
        notes.text = sheet.notes
        for paragraph in notes.paragraphs:
            for run in paragraph.runs:
                self.pen.tell_language(run._r, run.text)  # noqa: SLF001 - the only way to the language

    @staticmethod
    def _is_placeholder(sheet: SlideSheet, words: Words) -> bool:
        if sheet.kind == "cover":
            return words.role in {"title", "subtitle"}
        return words.role in {"title", "kicker", "source", "footer", "number"}

    def _placeholders(self, slide: Any, sheet: SlideSheet, used: dict[str, Words]) -> None:
        """Fill the layout's placeholders; an empty one is taken away, lest it ask to be filled."""
        content = {0: "title", KICKER_INDEX: "kicker", SOURCE_INDEX: "source"}
        roles = {0: "title", 1: "subtitle"} if sheet.kind == "cover" else content
        for placeholder in list(slide.placeholders):
            words = used.get(roles.get(placeholder.placeholder_format.idx, ""))
            if words is None and placeholder.placeholder_format.idx != 0:
                placeholder.element.getparent().remove(placeholder.element)
                continue
            if words is None:
                continue
            if words.role in {"title", "subtitle"}:
                height = max(words.h, words.style.leading)
                _move(placeholder, words.x, words.y + drop(words.style), words.w, height)
            self.pen.fill(placeholder.text_frame, words)

    def _footer(self, slide: Any, sheet: SlideSheet) -> None:
        """Footer and number, as placeholders that the master's own settings reach."""
        tree = slide.shapes._spTree  # noqa: SLF001 - python-pptx adds no footers
        shown = {element.role: element.text for element in sheet.elements if isinstance(element, Words)}
        number = max((int(e.get("id")) for e in tree.iter(qn("p:cNvPr"))), default=1)
        for offset, (kind, index, name) in enumerate((("ftr", 11, "Footer"), ("sldNum", 12, "Number")), start=1):
            shape = parse_xml(_FOOTER_XML.format(id=number + offset, name=name, kind=kind, index=index))
            tree.append(shape)
            paragraph = shape.find(".//" + qn("a:p"))
            run = parse_xml(_RUN_XML if kind == "ftr" else _FIELD_XML)
            paragraph.append(parse_xml(_LEFT_XML if kind == "ftr" else _RIGHT_XML))
            run.find(qn("a:t")).text = text = shown.get("footer" if kind == "ftr" else "number", "")
            self.pen.tell_language(run, text)
            paragraph.append(run)

    # shapes

    def _add(self, shapes: Any, element: Element) -> Any:
        match element:
            case Words():
                return self.pen.words(shapes, element)
            case Phrase():
                return self.pen.phrase(shapes, element)
            case Stroke():
                return _stroke(shapes, element)
            case Box():
                return self._box(shapes, element)
            case Grid():
                return self._grid(shapes, element)
            case Columns():
                return add_columns(shapes, element, self.pen, title=self.deck.title)
            case Lying():
                return add_lying(shapes, element, self.pen, title=self.deck.title)

    def _box(self, shapes: Any, box: Box) -> Any:
        """The box and the texts in it, grouped: they move together."""
        group = shapes.add_group_shape()
        kind = MSO_SHAPE.ROUNDED_RECTANGLE if box.radius else MSO_SHAPE.RECTANGLE
        shape = group.shapes.add_shape(kind, emu(box.x), emu(box.y), emu(box.w), emu(box.h))
        plain(shape)
        if box.radius:
            shape.adjustments[0] = box.radius / min(box.w, box.h)
        if box.fill:
            shape.fill.solid()
            paint(shape.fill.fore_color, box.fill)
        else:
            shape.fill.background()
        if box.edge:
            shape.line.width = Pt(0.7)
            paint(shape.line.color, box.edge)
        else:
            shape.line.fill.background()
        for _, column in groupby(box.inside, key=lambda words: (words.x, words.w)):
            stacked = tuple(column)
            written = self.pen.words(group.shapes, *stacked)
            if len(stacked) == 1 and abs(stacked[0].y + stacked[0].h / 2 - box.y - box.h / 2) < 1:
                # what stands in the middle stays there when another font breaks it otherwise
                written.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        return group

    def _grid(self, shapes: Any, grid: Grid) -> Any:
        frame = shapes.add_table(
            len(grid.rows) + 1, len(grid.widths), emu(grid.x), emu(grid.y), emu(grid.w), emu(grid.h)
        )  # fmt: skip
        table = frame.table
        properties = table._tbl.tblPr  # noqa: SLF001 - python-pptx cannot set the style
        properties.set("bandRow", "0")
        properties.find(qn("a:tableStyleId")).text = _NO_TABLE_STYLE
        for column, width in zip(table.columns, grid.widths, strict=True):
            column.width = Emu(emu(width))
        table.rows[0].height = Emu(emu(grid.head_height))
        for column, cell in enumerate(grid.head):
            self._cell(table.cell(0, column), cell, grid, column, padding=0.0, rule=(0.8, "tx1"))
        for number, (row, height) in enumerate(zip(grid.rows, grid.heights, strict=True), start=1):
            table.rows[number].height = Emu(emu(height))
            tallest = max(cell.style.leading for cell in row)
            for column, cell in enumerate(row):
                lift = (tallest - cell.style.leading) / 2
                self._cell(table.cell(number, column), cell, grid, column, padding=grid.padding + lift)
        return frame

    def _cell(
        self,
        place: Any,
        cell: Cell,
        grid: Grid,
        column: int,
        *,
        padding: float,
        rule: tuple[float, str] = (0.5, "accent3"),
    ) -> None:
        place.margin_left = Emu(0)
        last = column == len(grid.widths) - 1
        place.margin_right = Emu(emu(0 if last and grid.aligns[column] == "left" else grid.gutters[column] - 2.4))
        place.margin_top = Emu(emu(padding))
        place.margin_bottom = Emu(emu(max(0.0, padding - 3)))
        place.vertical_anchor = MSO_ANCHOR.TOP
        words = Words(x=0, y=0, w=0, text=cell.text, block=cell.block, style=cell.style, align=grid.aligns[column])
        self.pen.fill(place.text_frame, words)
        properties = place._tc.get_or_add_tcPr()  # noqa: SLF001 - python-pptx draws no borders
        for side in ("lnL", "lnR", "lnT"):
            properties.append(parse_xml(_NO_BORDER_XML.format(side=side)))
        properties.append(parse_xml(_BORDER_XML.format(width=emu(rule[0]), slot=rule[1])))
        properties.append(parse_xml(_NO_FILL_XML))


_SPACES: Final = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
_FOOTER_XML: Final = (
    f"<p:sp {_SPACES}>"
    '<p:nvSpPr><p:cNvPr id="{id}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
    '<p:nvPr><p:ph type="{kind}" sz="quarter" idx="{index}"/></p:nvPr></p:nvSpPr><p:spPr/>'
    "<p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody></p:sp>"
)
_LEFT_XML: Final = f'<a:pPr {_SPACES} algn="l"/>'
_RIGHT_XML: Final = f'<a:pPr {_SPACES} algn="r"/>'
_RUN_XML: Final = (
    f'<a:r {_SPACES}><a:rPr sz="1000"><a:solidFill><a:schemeClr val="tx2"/></a:solidFill></a:rPr><a:t/></a:r>'
)
_FIELD_XML: Final = (
    f'<a:fld {_SPACES} id="{{C1FF6DA9-008F-8B48-92A6-B652298478BF}}" type="slidenum">'
    '<a:rPr sz="1000" b="1"/><a:t/></a:fld>'
)
_BORDER_XML: Final = (
    f"<a:lnB {_SPACES} "
    'w="{width}" cap="flat" cmpd="sng" algn="ctr"><a:solidFill><a:schemeClr val="{slot}"/></a:solidFill>'
    '<a:prstDash val="solid"/></a:lnB>'
)
_NO_BORDER_XML: Final = "<a:{side} " + f'{_SPACES} w="0"><a:noFill/></a:' + "{side}>"
_NO_FILL_XML: Final = f"<a:noFill {_SPACES}/>"
_DECORATIVE_XML: Final = (
    f'<a:extLst {_SPACES}><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}">'
    '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
    "</a:ext></a:extLst>"
)


def _stroke(shapes: Any, stroke: Stroke) -> Any:
    line = shapes.add_connector(
        MSO_CONNECTOR.STRAIGHT, emu(stroke.x), emu(stroke.y), emu(stroke.x + stroke.w), emu(stroke.y)
    )
    plain(line)
    line.line.width = Pt(stroke.weight)
    paint(line.line.color, stroke.colour)
    return line


def _move(shape: Any, x: float, y: float, w: float, h: float) -> None:
    shape.left, shape.top, shape.width, shape.height = Emu(emu(x)), Emu(emu(y)), Emu(emu(w)), Emu(emu(h))


def _describe(shape: Any, text: str) -> None:
    """The alternative text of a shape."""
    for properties in shape.element.iter(qn("p:cNvPr")):
        properties.set("descr", text)
        return


def _decorate(shape: Any) -> None:
    """Tell those who read aloud that a shape says nothing."""
    for properties in shape.element.iter(qn("p:cNvPr")):
        properties.append(parse_xml(_DECORATIVE_XML))
        return
