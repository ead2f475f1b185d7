"""Native charts of an editable deck: their workbook is inside, their values can be changed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.shapes import MSO_SHAPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Pt

from channel_desk.documents.render.deck_sheet import (
    LABEL_ZONE,
    VALUE_ZONE,
    Bar,
    Columns,
    Lying,
)
from channel_desk.documents.render.palette import HAIRLINE, INK, WRITING, Style
from channel_desk.documents.render.pptx_text import Pen, paint, plain
from channel_desk.documents.render.pptx_theme import emu

#: python-pptx declares no types for it.
_chart_data: Any = CategoryChartData
#: What XlsxWriter, which python-pptx writes the workbook with, takes for more than text.
_LIVELY: Final = ("=", "{=", "http:", "https:", "ftp:", "mailto:", "internal:", "external:", "file:")
_FIGURE: Final = re.compile(
    r"^(?P<before>\D{0,6}?)(?P<figure>[+\-\u2212]?\d[\d,]*(?:\.(?P<decimals>\d+))?)(?P<after>\D{0,8})$"
)


def add_columns(shapes: Any, chart: Columns, pen: Pen, *, title: str) -> Any:
    side = (chart.pitch - chart.thick) / 2
    width = chart.pitch * len(chart.bars)
    frame = _chart(
        shapes, XL_CHART_TYPE.COLUMN_CLUSTERED, chart.bars, (chart.x - side, chart.y, width, chart.h), title=title
    )
    plot = frame.chart.plots[0]
    low, high = chart.span()
    _gap(plot, chart.pitch, chart.thick)
    _axes(frame.chart, chart.label, low=low, high=high)
    if all(bar.value is None for bar in chart.bars):
        _drawing_lines(frame.chart)
    _labels(plot, pen, chart.bars, chart.styles)
    _place_plot(frame.chart, 0.0, VALUE_ZONE / chart.h, 1.0, 1 - (VALUE_ZONE + LABEL_ZONE) / chart.h)
    return frame


def add_lying(shapes: Any, chart: Lying, pen: Pen, *, title: str) -> Any:
    if all(bar.value is None for bar in chart.bars):
        return _blank_bars(shapes, chart, pen)
    space = chart.pitch - chart.thick
    height = chart.pitch * len(chart.bars)
    frame = _chart(
        shapes, XL_CHART_TYPE.BAR_CLUSTERED, chart.bars, (chart.x, chart.y - space / 2, chart.w, height), title=title
    )
    drawn = frame.chart
    low, high = chart.span()
    _gap(drawn.plots[0], chart.pitch, chart.thick)
    # The plot begins further left where values stand before bars below zero; the axis goes on in the same measure.
    _axes(drawn, Style(16, 22), low=low - chart.before / chart.scale if chart.before else low, high=high)
    drawn.category_axis.reverse_order = True
    if low < 0:
        drawn.category_axis.format.line.width = Pt(0.7)
    else:
        drawn.category_axis.format.line.fill.background()
    _labels(drawn.plots[0], pen, chart.bars, chart.styles)
    _place_plot(drawn, chart.label_width / chart.w, 0.0, (chart.before + chart.reach) / chart.w, 1.0)
    return frame


def _blank_bars(shapes: Any, chart: Lying, pen: Pen) -> Any:
    """Bars without values are boxes to write in."""
    group = shapes.add_group_shape()
    for index, labels in enumerate(chart.labels):
        top = chart.y + index * chart.pitch
        shape = group.shapes.add_shape(
            MSO_SHAPE.RECTANGLE, emu(chart.x + chart.label_width), emu(top), emu(chart.reach), emu(chart.thick)
        )
        plain(shape)
        shape.fill.background()
        shape.line.width = Pt(0.7)
        paint(shape.line.color, WRITING)
        for words in labels:
            pen.words(group.shapes, words)
    return group


def _chart(shapes: Any, kind: Any, bars: Sequence[Bar], place: tuple[float, float, float, float], *, title: str) -> Any:
    data: Any = _chart_data(number_format=_number_format(bars))
    data.categories = [_plain_text(" ".join(part for part in (bar.label, bar.under) if part)) for bar in bars]
    data.add_series(_plain_text(title[:80]) or "1", [bar.value for bar in bars])
    frame = shapes.add_chart(kind, *(emu(value) for value in place), data)
    chart = frame.chart
    chart.has_legend = False
    chart.has_title = False
    series = chart.plots[0].series[0]
    series.invert_if_negative = False
    for index, bar in enumerate(bars):
        fill = series.points[index].format.fill
        fill.solid()
        paint(fill.fore_color, bar.colour)
    return frame


def _plain_text(text: str) -> str:
    """``text`` so that the workbook takes it as text, not as a formula or a link."""
    return " " + text if text.startswith(_LIVELY) else text


def _axes(chart: Any, label: Style, *, low: float, high: float) -> None:
    values, categories = chart.value_axis, chart.category_axis
    values.visible = False
    values.has_major_gridlines = False
    values.minimum_scale, values.maximum_scale = low, high if high > low else low + 1
    categories.major_tick_mark = XL_TICK_MARK.NONE
    categories.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    categories.has_major_gridlines = False
    categories.format.line.width = Pt(1.4)
    paint(categories.format.line.color, INK)
    font = categories.tick_labels.font
    font.size = Pt(label.size)
    paint(font.color, label.colour)


def _labels(plot: Any, pen: Pen, bars: Sequence[Bar], styles: Sequence[Style]) -> None:
    """Values direct at their bars; where a text says more than the number format can, the text stands."""
    style = styles[len(styles) // 2]
    labels = plot.series[0].data_labels
    labels.number_format, labels.number_format_is_linked = _number_format(bars), False
    labels.show_value = True
    labels.position = XL_LABEL_POSITION.OUTSIDE_END
    labels.font.size = Pt(style.size)
    labels.font.bold = style.bold
    paint(labels.font.color, style.colour)
    uniform = _is_uniform(bars)
    for index, bar in enumerate(bars):
        chosen = styles[index]
        if bar.value is None or (uniform and chosen == style):
            continue
        label = plot.series[0].points[index].data_label
        if uniform:
            label.font.size = Pt(chosen.size)
            label.font.bold = chosen.bold
            paint(label.font.color, chosen.colour)
        else:
            paragraph = label.text_frame.paragraphs[0]
            pen.run(paragraph, bar.shown, chosen)
        label.position = XL_LABEL_POSITION.OUTSIDE_END
    for body in plot._element.iter(qn("a:bodyPr")):  # noqa: SLF001 - python-pptx cannot keep a value on one line
        body.set("wrap", "none")


def _drawing_lines(chart: Any) -> None:
    """A chart without values is drawn in by hand: lines to draw along."""
    axis = chart.value_axis
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = 0, 5, 1
    axis.has_major_gridlines = True
    axis.major_gridlines.format.line.width = Pt(0.5)
    paint(axis.major_gridlines.format.line.color, HAIRLINE)


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


def _forms(bars: Sequence[Bar]) -> set[str]:
    """The number formats that would write the values as they are shown."""
    forms = set()
    for bar in bars:
        if bar.value is None:
            continue
        found = _FIGURE.match(bar.shown.strip())
        if not found:
            return {"General", ""}
        if float(found["figure"].replace(",", "").replace("\u2212", "-")) != bar.value:
            # "1.2 万" among plain figures is 12,000: no format writes it as it was written.
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
