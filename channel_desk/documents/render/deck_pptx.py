"""Training decks as editable PPTX: the same shapes as in the PDF, as text boxes, tables and charts of the program.

Titles, kickers and sources are real placeholders, so that the outline view and a screen reader find them; figures are
native charts with their workbook. The file is packed again after python-pptx has written it: entries carry a fixed
time, so that the same deck gives the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Final

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from channel_desk.documents.builders.deck import Deck
from channel_desk.documents.render.deck_layouts import lay_out
from channel_desk.documents.render.deck_sheet import (
    BAR,
    HEIGHT,
    LABEL_ZONE,
    VALUE_ZONE,
    WIDTH,
    Align,
    Bar,
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
from channel_desk.documents.render.palette import ACCENT, GREY, HAIRLINE, INK, TINT, WHITE, WRITING, Style
from channel_desk.documents.render.pdf import write_file
from channel_desk.documents.render.pptx_theme import KICKER_INDEX, SOURCE_INDEX, dress, dress_notes, emu
from channel_desk.documents.render.text import Typesetter

#: python-pptx declares no types for it.
_chart_data: Any = CategoryChartData
#: When every file of this kind says it was made; a deck's own date stands on its slides.
_MOMENT: Final = datetime(2026, 1, 1)  # noqa: DTZ001 - python-pptx takes naive UTC
_ZIP_MOMENT: Final = (1980, 1, 1, 0, 0, 0)
_LANGUAGES: Final = {"zh_CN": "zh-CN", "en": "en-GB"}
#: PowerPoint sets a line of exact height with four fifths of it above the base line; our faces are centred in it.
_ABOVE: Final = 0.8
_ALIGNS: Final[dict[Align, Any]] = {"left": PP_ALIGN.LEFT, "center": PP_ALIGN.CENTER, "right": PP_ALIGN.RIGHT}
_NO_TABLE_STYLE: Final = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
_DROPPED_PARTS: Final = ("docProps/thumbnail.jpeg", "ppt/printerSettings/")
_THEME: Final = {
    INK: MSO_THEME_COLOR.TEXT_1,
    WHITE: MSO_THEME_COLOR.BACKGROUND_1,
    GREY: MSO_THEME_COLOR.TEXT_2,
    TINT: MSO_THEME_COLOR.BACKGROUND_2,
    ACCENT: MSO_THEME_COLOR.ACCENT_1,
    BAR: MSO_THEME_COLOR.ACCENT_2,
    HAIRLINE: MSO_THEME_COLOR.ACCENT_3,
    WRITING: MSO_THEME_COLOR.ACCENT_4,
}


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
        self.ruler = ruler
        self.language = _LANGUAGES.get(deck.language_code, "en-GB")
        self.presentation: Any = Presentation()
        self.presentation.slide_width, self.presentation.slide_height = Emu(emu(WIDTH)), Emu(emu(HEIGHT))
        size = self.presentation.part._element.find(qn("p:sldSz"))  # noqa: SLF001 - python-pptx names no slide type
        size.attrib.pop("type", None)
        self.cover, self.content = dress(self.presentation, deck.language_code)

    def write(self, sheets: Sequence[SlideSheet]) -> bytes:
        properties = self.presentation.core_properties
        properties.title = self.deck.title[:255]
        properties.author = self.deck.author[:255]
        properties.last_modified_by = self.deck.author[:255]
        properties.language = self.language
        properties.created = properties.modified = _MOMENT
        properties.revision = 1
        for sheet in sheets:
            self._slide(sheet)
        if sheets:
            dress_notes(self.presentation, self.deck.language_code)
        output = io.BytesIO()
        self.presentation.save(output)
        return _packed(output.getvalue())

    def _slide(self, sheet: SlideSheet) -> None:
        slide = self.presentation.slides.add_slide(self.cover if sheet.kind == "cover" else self.content)
        texts = [element for element in sheet.elements if isinstance(element, Words)]
        used: dict[str, Words] = {words.role: words for words in texts if words.role in {"title", "kicker", "source"}}
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
            if shape is not None and isinstance(element, Grid | Columns | Lying | Box) and not described:
                _describe(shape, sheet.alt)
                described = True
        if not described and slide.shapes.title is not None:
            _describe(slide.shapes.title, sheet.alt)
        if sheet.kind == "content":
            self._footer(slide, sheet)
        slide.notes_slide.notes_text_frame.text = sheet.notes

    @staticmethod
    def _is_placeholder(sheet: SlideSheet, words: Words) -> bool:
        if sheet.kind == "cover":
            return words.role == "title"
        return words.role in {"title", "kicker", "source", "footer", "number"}

    def _placeholders(self, slide: Any, sheet: SlideSheet, used: dict[str, Words]) -> None:
        """Fill the layout's placeholders; an empty one is taken away, lest it ask to be filled."""
        roles = {0: "title"} if sheet.kind == "cover" else {0: "title", KICKER_INDEX: "kicker", SOURCE_INDEX: "source"}
        for placeholder in list(slide.placeholders):
            words = used.get(roles.get(placeholder.placeholder_format.idx, ""))
            if words is None and placeholder.placeholder_format.idx != 0:
                placeholder.element.getparent().remove(placeholder.element)
                continue
            if words is None:
                continue
            if words.role == "title":
                height = max(words.h, words.style.leading)
                _move(placeholder, words.x, words.y + self._drop(words.style), words.w, height)
            self._fill(placeholder.text_frame, words)

    def _footer(self, slide: Any, sheet: SlideSheet) -> None:
        """Footer and number, as placeholders that the master's own settings reach."""
        tree = slide.shapes._spTree  # noqa: SLF001 - python-pptx adds no footers
        number = max((int(e.get("id")) for e in tree.iter(qn("p:cNvPr"))), default=1)
        for offset, (kind, index, name) in enumerate((("ftr", 11, "Footer"), ("sldNum", 12, "Number")), start=1):
            shape = parse_xml(_FOOTER_XML.format(id=number + offset, name=name, kind=kind, index=index))
            tree.append(shape)
            paragraph = shape.find(".//" + qn("a:p"))
            text = self.deck.footer if kind == "ftr" else str(sheet.number)
            run = parse_xml(_RUN_XML if kind == "ftr" else _FIELD_XML)
            run.find(qn("a:rPr")).set("lang", self.language)
            paragraph.append(parse_xml(_LEFT_XML if kind == "ftr" else _RIGHT_XML))
            run.find(qn("a:t")).text = text
            paragraph.append(run)

    # shapes

    def _add(self, shapes: Any, element: Element) -> Any:
        match element:
            case Words():
                return self._words(shapes, element)
            case Phrase():
                return self._phrase(shapes, element)
            case Stroke():
                return _stroke(shapes, element)
            case Box():
                return self._box(shapes, element)
            case Grid():
                return self._grid(shapes, element)
            case Columns():
                return self._columns(shapes, element)
            case Lying():
                return self._lying(shapes, element)

    @staticmethod
    def _drop(style: Style) -> float:
        """By how much a frame is lowered, so that its first base line stands where it stands on paper."""
        return style.leading / 2 + 0.436 * style.size - _ABOVE * style.leading

    def _words(self, shapes: Any, words: Words) -> Any:
        top = words.y + self._drop(words.style)
        box = shapes.add_textbox(emu(words.x), emu(top), emu(words.w), emu(max(words.h, words.style.leading)))
        self._fill(_bare_frame(box), words)
        return box

    def _fill(self, frame: Any, words: Words) -> None:
        lines = words.text.split("\n")
        if words.role == "title" and len(words.block.lines) == 2 and len(lines) == 1:
            lines = ["\v".join(self._lines(words))]
        for number, line in enumerate(lines):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            paragraph.alignment = _ALIGNS[words.align]
            paragraph.line_spacing = Pt(words.style.leading)
            for part, piece in enumerate(line.split("\v")):
                if part:
                    paragraph.add_line_break()
                self._run(paragraph, piece, words.style)

    def _lines(self, words: Words) -> list[str]:
        """The two lines of a title as they are broken on paper: about equal in length."""
        plane = self.ruler.book.narrow_plane
        glyphs = ["".join(run.text for run in line.runs) for line in words.block.lines]
        return ["".join(chr(ord(c) - plane) if ord(c) >= plane else c for c in line) for line in glyphs]

    def _run(self, paragraph: Any, text: str, style: Style) -> None:
        run = paragraph.add_run()
        run.text = text
        font = run.font
        font.size = Pt(style.size)
        font.bold = style.bold
        _paint(font.color, style.colour)
        properties = run._r.get_or_add_rPr()  # noqa: SLF001 - the only way to the language
        properties.set("lang", self.language)
        properties.set("altLang", "en-US" if self.language == "zh-CN" else "zh-CN")

    def _phrase(self, shapes: Any, phrase: Phrase) -> Any:
        tallest = max((style for _, style, _ in phrase.pieces), key=lambda style: style.leading)
        top = phrase.y + self._drop(tallest)
        box = shapes.add_textbox(emu(phrase.x), emu(top), emu(phrase.w), emu(tallest.leading))
        frame = _bare_frame(box)
        frame.word_wrap = False
        paragraph = frame.paragraphs[0]
        paragraph.line_spacing = Pt(tallest.leading)
        for text, style, gap in phrase.pieces:
            spaced = " " + text if 0 < gap < 10 else ("\u2002" + text if gap else text)
            self._run(paragraph, spaced, style)
        return box

    def _box(self, shapes: Any, box: Box) -> Any:
        """The box and the texts in it, grouped: they move together."""
        group = shapes.add_group_shape()
        kind = MSO_SHAPE.ROUNDED_RECTANGLE if box.radius else MSO_SHAPE.RECTANGLE
        shape = group.shapes.add_shape(kind, emu(box.x), emu(box.y), emu(box.w), emu(box.h))
        _plain(shape)
        if box.radius:
            shape.adjustments[0] = box.radius / min(box.w, box.h)
        if box.fill:
            shape.fill.solid()
            _paint(shape.fill.fore_color, box.fill)
        else:
            shape.fill.background()
        if box.edge:
            shape.line.width = Pt(0.7)
            _paint(shape.line.color, box.edge)
        else:
            shape.line.fill.background()
        for words in box.inside:
            self._words(group.shapes, words)
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
        place.margin_right = Emu(emu(0 if last and grid.aligns[column] == "left" else grid.gutter * 0.8))
        place.margin_top = Emu(emu(padding))
        place.margin_bottom = Emu(emu(max(0.0, padding - 3)))
        place.vertical_anchor = MSO_ANCHOR.TOP
        words = Words(x=0, y=0, w=0, text=cell.text, block=cell.block, style=cell.style, align=grid.aligns[column])
        self._fill(place.text_frame, words)
        properties = place._tc.get_or_add_tcPr()  # noqa: SLF001 - python-pptx draws no borders
        for side in ("lnL", "lnR", "lnT"):
            properties.append(parse_xml(_NO_BORDER_XML.format(side=side)))
        properties.append(parse_xml(_BORDER_XML.format(width=emu(rule[0]), slot=rule[1])))
        properties.append(parse_xml(_NO_FILL_XML))

    # charts

    def _columns(self, shapes: Any, chart: Columns) -> Any:
        side = (chart.pitch - chart.thick) / 2
        width = chart.pitch * len(chart.bars)
        frame = self._chart(
            shapes, XL_CHART_TYPE.COLUMN_CLUSTERED, chart.bars, (chart.x - side, chart.y, width, chart.h)
        )
        plot = frame.chart.plots[0]
        low, high = chart.span()
        _gap(plot, chart.pitch, chart.thick)
        self._axes(frame.chart, chart.label, low=low, high=high)
        if all(bar.value is None for bar in chart.bars):
            _drawing_lines(frame.chart)
        self._labels(plot, chart.bars, chart.value, chart.strong)
        _place_plot(frame.chart, 0.0, VALUE_ZONE / chart.h, 1.0, 1 - (VALUE_ZONE + LABEL_ZONE) / chart.h)
        return frame

    def _blank_bars(self, shapes: Any, chart: Lying) -> Any:
        """Bars without values are boxes to write in."""
        group = shapes.add_group_shape()
        for index, labels in enumerate(chart.labels):
            top = chart.y + index * chart.pitch
            shape = group.shapes.add_shape(
                MSO_SHAPE.RECTANGLE, emu(chart.x + chart.label_width), emu(top), emu(chart.reach), emu(chart.thick)
            )
            _plain(shape)
            shape.fill.background()
            shape.line.width = Pt(0.7)
            _paint(shape.line.color, WRITING)
            for words in labels:
                self._words(group.shapes, words)
        return group

    def _lying(self, shapes: Any, chart: Lying) -> Any:
        if all(bar.value is None for bar in chart.bars):
            return self._blank_bars(shapes, chart)
        space = chart.pitch - chart.thick
        height = chart.pitch * len(chart.bars)
        frame = self._chart(
            shapes, XL_CHART_TYPE.BAR_CLUSTERED, chart.bars, (chart.x, chart.y - space / 2, chart.w, height)
        )
        drawn = frame.chart
        values = [abs(bar.value) for bar in chart.bars if bar.value is not None]
        _gap(drawn.plots[0], chart.pitch, chart.thick)
        self._axes(drawn, Style(16, 22), low=0.0, high=max([0.0, *values]))
        drawn.category_axis.reverse_order = True
        drawn.category_axis.format.line.fill.background()
        self._labels(drawn.plots[0], chart.bars, chart.value, chart.value)
        _place_plot(drawn, chart.label_width / chart.w, 0.0, chart.reach / chart.w, 1.0)
        return frame

    def _chart(self, shapes: Any, kind: Any, bars: Sequence[Bar], place: tuple[float, float, float, float]) -> Any:
        data: Any = _chart_data(number_format=_number_format(bars))
        data.categories = [" ".join(part for part in (bar.label, bar.under) if part) for bar in bars]
        data.add_series(self.deck.title[:80] or "1", [bar.value for bar in bars])
        frame = shapes.add_chart(kind, *(emu(value) for value in place), data)
        chart = frame.chart
        chart.has_legend = False
        chart.has_title = False
        series = chart.plots[0].series[0]
        series.invert_if_negative = False
        for index, bar in enumerate(bars):
            fill = series.points[index].format.fill
            fill.solid()
            _paint(fill.fore_color, bar.colour)
        return frame

    def _axes(self, chart: Any, label: Style, *, low: float, high: float) -> None:
        values, categories = chart.value_axis, chart.category_axis
        values.visible = False
        values.has_major_gridlines = False
        values.minimum_scale, values.maximum_scale = low, high if high > low else low + 1
        categories.major_tick_mark = XL_TICK_MARK.NONE
        categories.tick_label_position = XL_TICK_LABEL_POSITION.LOW
        categories.has_major_gridlines = False
        categories.format.line.width = Pt(1.4)
        _paint(categories.format.line.color, INK)
        font = categories.tick_labels.font
        font.size = Pt(label.size)
        _paint(font.color, label.colour)

    def _labels(self, plot: Any, bars: Sequence[Bar], style: Style, strong: Style) -> None:
        """Values direct at their bars; where a text says more than the number format can, the text stands."""
        labels = plot.series[0].data_labels
        labels.number_format, labels.number_format_is_linked = _number_format(bars), False
        labels.show_value = True
        labels.position = XL_LABEL_POSITION.OUTSIDE_END
        labels.font.size = Pt(style.size)
        labels.font.bold = style.bold
        _paint(labels.font.color, style.colour)
        uniform = _is_uniform(bars)
        for index, bar in enumerate(bars):
            is_edge = index in {0, len(bars) - 1} and strong != style
            if bar.value is None or (uniform and not is_edge):
                continue
            label = plot.series[0].points[index].data_label
            chosen = strong if is_edge else style
            if uniform:
                label.font.size = Pt(chosen.size)
                label.font.bold = chosen.bold
                _paint(label.font.color, chosen.colour)
            else:
                paragraph = label.text_frame.paragraphs[0]
                self._run(paragraph, bar.shown, chosen)
            label.position = XL_LABEL_POSITION.OUTSIDE_END
        for body in plot._element.iter(qn("a:bodyPr")):  # noqa: SLF001 - python-pptx cannot keep a value on one line
            body.set("wrap", "none")


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
_FIELD_XML: Final = f'<a:fld {_SPACES} id="{{C1FF6DA9-008F-8B48-92A6-B652298478BF}}" type="slidenum"><a:rPr sz="1000" b="1"/><a:t/></a:fld>'
_BORDER_XML: Final = (
    f"<a:lnB {_SPACES} "
    'w="{width}" cap="flat" cmpd="sng" algn="ctr"><a:solidFill><a:schemeClr val="{slot}"/></a:solidFill>'
    '<a:prstDash val="solid"/></a:lnB>'
)
_NO_BORDER_XML: Final = "<a:{side} " + f'{_SPACES} w="0"><a:noFill/></a:' + "{side}>"
_NO_FILL_XML: Final = f"<a:noFill {_SPACES}/>"


def _paint(colour: Any, value: str) -> None:
    """By the colour's slot in the theme; a deck has no other colours."""
    colour.theme_color = _THEME[value]


def _plain(shape: Any) -> None:
    """Without the reference to the theme's effects, that brings shadows and blue edges."""
    style = shape.element.find(qn("p:style"))
    if style is not None:
        shape.element.remove(style)


def _bare_frame(box: Any) -> Any:
    """A text frame without margins, broken at its width, that keeps its size."""
    frame = box.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.word_wrap = True
    frame.auto_size = None
    frame.vertical_anchor = MSO_ANCHOR.TOP
    return frame


def _stroke(shapes: Any, stroke: Stroke) -> Any:
    line = shapes.add_connector(
        MSO_CONNECTOR.STRAIGHT, emu(stroke.x), emu(stroke.y), emu(stroke.x + stroke.w), emu(stroke.y)
    )
    _plain(line)
    line.line.width = Pt(stroke.weight)
    _paint(line.line.color, stroke.colour)
    return line


def _move(shape: Any, x: float, y: float, w: float, h: float) -> None:
    shape.left, shape.top, shape.width, shape.height = Emu(emu(x)), Emu(emu(y)), Emu(emu(w)), Emu(emu(h))


def _describe(shape: Any, text: str) -> None:
    """The alternative text of a shape."""
    for properties in shape.element.iter(qn("p:cNvPr")):
        properties.set("descr", text)
        return


def _drawing_lines(chart: Any) -> None:
    """A chart without values is drawn in by hand: lines to draw along."""
    axis = chart.value_axis
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = 0, 5, 1
    axis.has_major_gridlines = True
    axis.major_gridlines.format.line.width = Pt(0.5)
    _paint(axis.major_gridlines.format.line.color, HAIRLINE)


def _gap(plot: Any, pitch: float, thick: float) -> None:
    plot.gap_width = min(500, round((pitch - thick) / thick * 100))
    plot.vary_by_categories = False


def _place_plot(chart: Any, x: float, y: float, w: float, h: float) -> None:
    """Pin the plot area within the chart's frame, as shares of it."""
    area = chart._chartSpace.chart.plotArea  # noqa: SLF001 - python-pptx has no layout of the plot
    layout = area.find(qn("c:layout"))
    if layout is not None:
        area.remove(layout)
    parts = "".join(f'<c:{key} val="{value:.4f}"/>' for key, value in (("x", x), ("y", y), ("w", w), ("h", h)))
    area.insert(
        0,
        parse_xml(
            '<c:layout xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:manualLayout>'
            '<c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
            f"{parts}</c:manualLayout></c:layout>"
        ),
    )


_FIGURE: Final = re.compile(
    r"^(?P<before>\D{0,6}?)(?P<figure>[+\-\u2212]?\d[\d,]*(?:\.(?P<decimals>\d+))?)(?P<after>\D{0,8})$"
)


def _forms(bars: Sequence[Bar]) -> set[str]:
    """The number formats that would write the values as they are shown."""
    forms = set()
    for bar in bars:
        if bar.value is None:
            continue
        found = _FIGURE.match(bar.shown.strip())
        if not found:
            return {"General", ""}
        decimals = len(found["decimals"] or "")
        comma = "#,##0" if "," in found["figure"] or abs(bar.value) < 1000 else "0"
        before, after = (part.replace('"', "") for part in (found["before"], found["after"]))
        quoted = (f'"{before}"' if before else "", f'"{after}"' if after else "")
        forms.add(f"{quoted[0]}{comma}{'.' + '0' * decimals if decimals else ''}{quoted[1]}")
    return forms


def _is_uniform(bars: Sequence[Bar]) -> bool:
    return len(_forms(bars)) <= 1


def _number_format(bars: Sequence[Bar]) -> str:
    forms = _forms(bars)
    return forms.pop() if len(forms) == 1 else "General"


def _packed(data: bytes) -> bytes:
    """The package again with fixed times in it, and without what python-pptx's own template brings along."""
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in source.namelist():
            if name.startswith(_DROPPED_PARTS):
                continue
            content = source.read(name)
            if name.endswith(".rels"):
                content = _DROPPED_RELATIONS.sub(b"", content)
            elif name.endswith(".xlsx"):
                content = _packed_workbook(content)
            elif name == "docProps/app.xml":
                content = _APP_XML
            packed.writestr(_entry(name), content)
    return output.getvalue()


def _packed_workbook(data: bytes) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _TIME.sub(_MOMENT.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), content)
            packed.writestr(_entry(name), content)
    return output.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _ZIP_MOMENT)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    entry.create_system = 0
    return entry


_DROPPED_RELATIONS: Final = re.compile(rb'<Relationship [^>]*(?:thumbnail\.jpeg|printerSettings1\.bin)"[^>]*/>')
_TIME: Final = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_APP_XML: Final = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>Channel Desk</Application></Properties>"
)
