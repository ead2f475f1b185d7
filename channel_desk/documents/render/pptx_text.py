"""Texts and colours of an editable deck, as PowerPoint keeps them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Pt

from channel_desk.documents.render.deck_sheet import (
    Align,
    Phrase,
    Words,
)
from channel_desk.documents.render.palette import ACCENT, CHART_BAR, GREY, HAIRLINE, INK, TINT, WHITE, WRITING, Style
from channel_desk.documents.render.pptx_theme import emu
from channel_desk.documents.render.text import is_chinese

#: PowerPoint sets a line of exact height with four fifths of it above the base line; our faces are centred in it.
_ABOVE: Final = 0.8
_CHINESE: Final = "zh-CN"
_ALIGNS: Final[dict[Align, Any]] = {"left": PP_ALIGN.LEFT, "right": PP_ALIGN.RIGHT}
_THEME: Final = {
    INK: MSO_THEME_COLOR.TEXT_1,
    WHITE: MSO_THEME_COLOR.BACKGROUND_1,
    GREY: MSO_THEME_COLOR.TEXT_2,
    TINT: MSO_THEME_COLOR.BACKGROUND_2,
    ACCENT: MSO_THEME_COLOR.ACCENT_1,
    CHART_BAR: MSO_THEME_COLOR.ACCENT_2,
    HAIRLINE: MSO_THEME_COLOR.ACCENT_3,
    WRITING: MSO_THEME_COLOR.ACCENT_4,
}


@dataclass(frozen=True)
class Pen:
    """Writes texts in the language of a deck; ``plane`` is where our faces keep narrow marks."""

    language: str
    plane: int

    def words(self, shapes: Any, *stacked: Words) -> Any:
        """One frame; of several texts in one column, a longer one in another font pushes down those below it."""
        first, last = stacked[0], stacked[-1]
        top = first.y + drop(first.style)
        height = last.y - first.y + max(last.h, last.style.leading)
        box = shapes.add_textbox(emu(first.x), emu(top), emu(first.w), emu(height))
        frame = bare_frame(box)
        self.fill(frame, first)
        for above, words in pairwise(stacked):
            gap = words.y + drop(words.style) - (above.y + above.h + drop(above.style))
            self.fill(frame, words, below=max(0.0, gap))
        return box

    def fill(self, frame: Any, words: Words, *, below: float | None = None) -> None:
        """Write ``words`` into a frame, or so many points ``below`` what it has."""
        lines = words.text.split("\n")
        if words.role == "title" and len(words.block.lines) == 2 and len(lines) == 1:
            lines = ["\v".join(self._lines(words))]
        for number, line in enumerate(lines):
            paragraph = frame.paragraphs[0] if number == 0 and below is None else frame.add_paragraph()
            if number == 0 and below:
                paragraph.space_before = Pt(below)
            paragraph.alignment = _ALIGNS[words.align]
            paragraph.line_spacing = Pt(words.style.leading)
            for part, piece in enumerate(line.split("\v")):
                if part:
                    paragraph.add_line_break()
                self.run(paragraph, piece, words.style)

    def _lines(self, words: Words) -> list[str]:
        """The two lines of a title as they are broken on paper: about equal in length."""
        plane = self.plane
        glyphs = ["".join(run.text for run in line.runs) for line in words.block.lines]
        return ["".join(chr(ord(c) - plane) if 0 < ord(c) - plane <= 0xFFFF else c for c in line) for line in glyphs]

    def run(self, paragraph: Any, text: str, style: Style) -> None:
        run = paragraph.add_run()
        run.text = text
        font = run.font
        font.size = Pt(style.size)
        font.bold = style.bold
        paint(font.color, style.colour)
        self.tell_language(run._r, text)  # noqa: SLF001 - the only way to the language

    def tell_language(self, run: Any, text: str) -> None:
        """In which language the element ``run`` is read aloud and spelled: Chinese is so in an English deck too."""
        language = _CHINESE if is_chinese(text) else self.language
        properties = run.get_or_add_rPr()
        properties.set("lang", language)
        properties.set("altLang", "en-US" if language == _CHINESE else _CHINESE)

    def phrase(self, shapes: Any, phrase: Phrase) -> Any:
        tallest = max((style for _, style, _ in phrase.pieces), key=lambda style: style.leading)
        top = phrase.y + drop(tallest)
        box = shapes.add_textbox(emu(phrase.x), emu(top), emu(phrase.w), emu(tallest.leading))
        frame = bare_frame(box)
        frame.word_wrap = False
        paragraph = frame.paragraphs[0]
        paragraph.line_spacing = Pt(tallest.leading)
        for text, style, gap in phrase.pieces:
            spaced = " " + text if 0 < gap < 10 else ("\u2002" + text if gap else text)
            self.run(paragraph, spaced, style)
        return box


def drop(style: Style) -> float:
    """By how much a frame is lowered, so that its first base line stands where it stands on paper."""
    return style.leading / 2 + 0.436 * style.size - _ABOVE * style.leading


def paint(colour: Any, value: str) -> None:
    """By the colour's slot in the theme; a deck has no other colours."""
    colour.theme_color = _THEME[value]


def plain(shape: Any) -> None:
    """Without the reference to the theme's effects, that brings shadows and blue edges."""
    style = shape.element.find(qn("p:style"))
    if style is not None:
        shape.element.remove(style)


def bare_frame(box: Any) -> Any:
    """A text frame without margins, broken at its width; in a wider font its text is shrunk, not laid over others."""
    frame = box.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.word_wrap = True
    frame.auto_size = MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE
    frame.vertical_anchor = MSO_ANCHOR.TOP
    return frame
