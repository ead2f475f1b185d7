"""The colours and sizes of printed documents (paper.md, section 1). Sizes are points."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

INK: Final = "#1A1D21"
ACCENT: Final = "#0E5A63"
GREY: Final = "#5F6770"
TINT: Final = "#F0F3F4"
HAIRLINE: Final = "#C4CACF"
WRITING: Final = "#98A0A7"
ALERT: Final = "#B3321C"
BAR_GROUND: Final = "#DDE2E5"
#: The quiet bars of a slide's chart.
CHART_BAR: Final = "#B9C1C6"
WHITE: Final = "#FFFFFF"

MM: Final = 72 / 25.4
A4: Final = (210 * MM, 297 * MM)


@dataclass(frozen=True, slots=True)
class Style:
    """How a piece of text is set; ``leading`` is the distance of its lines."""

    size: float
    leading: float
    bold: bool = False
    colour: str = INK

    def in_bold(self) -> Style:
        return replace(self, bold=True)

    def in_colour(self, colour: str) -> Style:
        return replace(self, colour=colour)

    def sized(self, size: float, leading: float) -> Style:
        return replace(self, size=size, leading=leading)


TITLE: Final = Style(20, 26, bold=True)
KEY_SENTENCE: Final = Style(14, 20, bold=True)
SECTION: Final = Style(11, 15, bold=True)
BODY: Final = Style(9.2, 14.2)
COMPACT: Final = Style(8.8, 13)
TABLE: Final = Style(8.4, 12.4)
LABEL: Final = Style(7.2, 10, colour=GREY)
TAG: Final = Style(7.6, 10, bold=True, colour=WHITE)
FLAG: Final = Style(7.2, 10, bold=True, colour=WHITE)
CODE: Final = Style(7.2, 10, bold=True)
