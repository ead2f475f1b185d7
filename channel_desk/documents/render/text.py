"""Text on paper: measured, broken into lines and cut, ready to be drawn.

What people wrote is data. It is never read as mark-up; each piece comes with its style as a :class:`Span`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import accumulate
from typing import Final

from channel_desk.documents.render.breaking import EMOJI, HANGING, OBJECT, break_lines
from channel_desk.documents.render.fonts import FontBook, Typeface
from channel_desk.documents.render.palette import Style

#: A paragraph longer than this is cut with an ellipsis; pages have other limits long before.
MOST_CHARACTERS: Final = 20_000
#: Set blocks that are kept, because a page is set several times until it fits.
_MOST_KEPT: Final = 2_000
#: Air between a Chinese character and a Latin letter, in ems: seen by the eye, but copied as no space.
_AUTO_SPACE: Final = 0.09
#: Where the middle of a face's ascent and descent lies above the base line, in ems; lines are centred on it.
_MIDDLE: Final = 0.436

_HAN: Final = "\u2e80-\u2fff\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_MEETING: Final = re.compile(rf"[{_HAN}](?=[A-Za-z0-9À-ÖØ-öø-ɏ])|[A-Za-z0-9À-ÖØ-öø-ɏ%](?=[{_HAN}])")
_CHINESE: Final = re.compile(rf"[{_HAN}\u3000-\u303f\uff00-\uffef]")
_ONE_HAN: Final = re.compile(f"[{_HAN}]")
_INVISIBLE: Final = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffc\U000e0000-\U000e0fff]"
)
#: What is invisible stays within an emoji, so that it is copied as written; the face of emoji has it without a shape.
_EMOJI_OR_INVISIBLE: Final = re.compile(rf"({EMOJI})|{_INVISIBLE.pattern}")
_KEYCAP: Final = re.compile("[0-9#*](?=\ufe0f?\u20e3)")
_LINE_ENDS: Final = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
#: Halves of pairs, and the private plane in which our narrow copies lie: shown as the replacement character.
_UNPRINTABLE: Final = re.compile("[\ud800-\udfff\U000f0000-\U000fffff]")
#: Accents on their own, and the parts of Korean syllables as macOS writes them in names of files.
_COMBINING: Final = re.compile("[\u0300-\u036f\u1100-\u11ff]")
_NARROWABLE: Final = re.compile("[‘’“”…·•×÷±§¶‰†‡※←↑→↓℃№]")
_QUOTED: Final = re.compile("“([^“”]*)”")
_WIDE_CLOSING: Final = "，。、；：？！）》」』】〉〕”’"
_WIDE_OPENING: Final = "（《「『【〈〔“‘"
_SQUEEZED: Final = re.compile(
    f"[{_WIDE_CLOSING}](?=[{_WIDE_CLOSING}{_WIDE_OPENING}])|[{_WIDE_OPENING}](?=[{_WIDE_OPENING}])"
)
#: A Chinese dash is two signs that make one stroke: how far the second is drawn to the first, in ems.
_DASH: Final = re.compile("—(?=—)")
_DASH_JOINED: Final = -0.1


def is_chinese(text: str) -> bool:
    """Whether there is a Chinese character in ``text``, as in most names in an English document."""
    return _ONE_HAN.search(text) is not None


class Mark(Enum):
    """A piece that is drawn as a small box within the line."""

    FLAG = "flag"
    TICKED_BOX = "ticked_box"
    STRUCK_BOX = "struck_box"
    SQUARE = "square"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text in one style, or a mark."""

    text: str
    style: Style
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one style and typeface, ``x`` from the block's left edge."""

    x: float
    text: str
    typeface: Typeface
    style: Style
    width: float
    #: Place in ``text`` and extra room behind it, in ems.
    gaps: tuple[tuple[int, float], ...] = ()
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class SetLine:
    """One line: its runs and the width of what is seen."""

    runs: tuple[Run, ...]
    width: float


@dataclass(frozen=True, slots=True)
class Block:
    """Lines with a common leading."""

    lines: tuple[SetLine, ...]
    leading: float
    size: float
    is_cut: bool = False

    @property
    def height(self) -> float:
        return len(self.lines) * self.leading

    @property
    def width(self) -> float:
        return max((line.width for line in self.lines), default=0.0)

    def baseline(self, number: int) -> float:
        """The base line of a line, below the block's top."""
        return number * self.leading + self.leading / 2 + _MIDDLE * self.size


def clean(text: str) -> str:
    """``text`` without characters that have no shape; line ends become line feeds."""
    if text.isascii() and text.isprintable():
        return text
    text = _LINE_ENDS.sub("\n", text).replace("\t", " ")
    if _INVISIBLE.search(text):
        text = _EMOJI_OR_INVISIBLE.sub(r"\1", text)
    text = _UNPRINTABLE.sub("\ufffd", text)
    return unicodedata.normalize("NFC", text) if _COMBINING.search(text) else text


def narrowed(text: str, plane: int) -> str:
    """``text`` with the narrow copies (at ``plane``) of marks that belong to Latin text."""
    if not _NARROWABLE.search(text):
        return text
    if not _CHINESE.search(text):
        return _NARROWABLE.sub(lambda match: chr(plane + ord(match[0])), text)
    marks = list(text)
    for place in _narrow_places(text):
        marks[place] = chr(plane + ord(text[place]))
    return "".join(marks)


def on_keys(text: str, plane: int) -> str:
    """``text`` with the keys (at ``plane``) of figures that are emoji."""
    return _KEYCAP.sub(lambda match: chr(plane + ord(match[0])), text) if "\u20e3" in text else text


def _narrow_places(text: str) -> Iterator[int]:
    """Where a text that is partly Chinese has a narrow mark."""

    def is_chinese(place: int) -> bool:
        return 0 <= place < len(text) and _CHINESE.match(text[place]) is not None

    def is_latin(place: int) -> bool:
        return 0 <= place < len(text) and text[place].isalnum() and not is_chinese(place)

    for match in _QUOTED.finditer(text):
        outside = (match.start() - 1, match.end())
        if not _CHINESE.search(match[1]) and not any(map(is_chinese, outside)):
            yield from (match.start(), match.end() - 1)
    for match in _NARROWABLE.finditer(text):
        place = match.start()
        if match[0] in "’‘":
            if is_latin(place - 1) and not is_chinese(place + 1):
                yield place
        elif match[0] == "…":
            if is_latin(place - 1):
                yield place
        elif match[0] in "·•×÷±→←" and not (is_chinese(place - 1) and is_chinese(place + 1)):
            yield place


def _gaps(text: str, *, squeeze: bool) -> dict[int, float]:
    """Extra room behind characters, in ems: a little between scripts, less between marks that belong together."""
    gaps = {match.start(): _AUTO_SPACE for match in _MEETING.finditer(text)}
    gaps.update((match.start(), _DASH_JOINED) for match in _DASH.finditer(text))
    if squeeze:
        gaps.update((match.start(), -0.5) for match in _SQUEEZED.finditer(text))
    return gaps


#: Room at both sides of the text in a flag, and its height in the line's size.
FLAG_PADDING: Final = 4.2
TICK_SIZE: Final = 9.0
#: A blank to fill in by hand, for each underscore.
BLANK_WIDTH: Final = 7.5
SQUARE_SIZE: Final = 4.4


class Typesetter:
    """Measures and sets text with the faces of ``book``."""

    def __init__(self, book: FontBook) -> None:
        self.book = book
        self._set: dict[tuple[object, ...], Block] = {}

    def width(self, text: str, style: Style) -> float:
        """The width of ``text`` on one line."""
        return self.line(text, style).width

    def line(self, text: str | Sequence[Span], style: Style) -> Block:
        """``text`` on one line, however long (up to 2,000 characters)."""
        spans = (Span(text, style),) if isinstance(text, str) else tuple(text)
        flat = tuple(Span(span.text[:2000].replace("\n", " "), span.style, span.mark) for span in spans)
        return self.lay(flat, style, float("inf"))

    def lay(
        self,
        text: str | Sequence[Span],
        style: Style,
        width: float,
        *,
        most: int | None = None,
    ) -> Block:
        """``text`` in a column of ``width``; the leading is that of ``style``.

        At most ``most`` lines, the last one ending in an ellipsis when something was left out.
        """
        spans = (Span(text, style),) if isinstance(text, str) else tuple(text)
        key = (spans, style, width, most)
        block = self._set.get(key)
        if block is None:
            if len(self._set) >= _MOST_KEPT:
                self._set.clear()
            block = self._set[key] = self._lay(spans, style, width, most=most)
        return block

    def _lay(self, spans: Sequence[Span], style: Style, width: float, *, most: int | None) -> Block:
        setting = _Setting(self, spans, self._budget(spans, width, most))
        if not setting.text:
            return Block((), style.leading, style.size)
        hangs = width != float("inf") and setting.text[0] in HANGING
        if setting.sums[-1] <= width and "\n" not in setting.text and not hangs:
            seen = len(setting.text.rstrip())
            line = setting.line(0, seen, 0.0)
            return Block((line,) if seen else (), style.leading, style.size)
        lines = break_lines(setting.text, setting.sums, width, most=most)
        is_cut = setting.is_cut or (most is not None and len(lines) > most)
        kept = lines[:most] if most is not None else lines
        result = []
        for number, (start, seen, _, shift) in enumerate(kept):
            if is_cut and number == len(kept) - 1:
                result.append(setting.ellipsis(start, seen, -shift, width + shift))
            else:
                result.append(setting.line(start, seen, -shift))
        return Block(tuple(result), style.leading, style.size, is_cut=is_cut)

    def fit(self, text: str, styles: Sequence[Style], width: float, *, most: int = 2) -> Block:
        """``text`` on one line in the first style that allows it, else in the last one on up to ``most`` lines."""
        for style in styles:
            block = self.lay(text, style, width)
            if len(block.lines) <= 1:
                return block
        return self.lay(text, styles[-1], width, most=most)

    def _budget(self, spans: Sequence[Span], width: float, most: int | None) -> int:
        """How many characters can matter at all."""
        if most is None or width == float("inf") or not spans:
            return MOST_CHARACTERS
        smallest = min(span.style.size for span in spans)
        return min(MOST_CHARACTERS, int((most + 1) * width / (smallest * 0.2)) + 50)


class _Setting:
    """Joined spans with the place and the width of each character."""

    def __init__(self, typesetter: Typesetter, spans: Sequence[Span], budget: int) -> None:
        book = typesetter.book
        pieces: list[str] = []
        self.spans: list[Span] = []
        self.starts: list[int] = []
        length, self.is_cut = 0, False
        for span in spans:
            piece = OBJECT if span.mark else clean(span.text[: budget + 1])
            if length + len(piece) > budget:
                piece, self.is_cut = piece[: budget - length], True
            if piece:
                self.starts.append(length)
                self.spans.append(span)
                pieces.append(piece)
                length += len(piece)
            if self.is_cut:
                break
        self.text = "".join(pieces)
        self.starts.append(length)
        traditional = book.is_traditional(self.text)
        self.glyphs = on_keys(narrowed(self.text, book.narrow_plane), book.narrow_plane)
        self.gaps = {} if self.text.isascii() else _gaps(self.glyphs, squeeze=not traditional)
        self._plane = book.narrow_plane
        self.faces = [book.typeface(bold=span.style.bold, traditional=traditional) for span in self.spans]
        self.mark_widths: dict[int, float] = {}
        widths: list[float] = []
        for number, (span, face) in enumerate(zip(self.spans, self.faces, strict=True)):
            start, stop = self.starts[number], self.starts[number + 1]
            if span.mark:
                width = _mark_width(span, typesetter)
                self.mark_widths[number] = width
                widths.append(width)
            else:
                size = span.style.size
                advance = face.advances
                widths.extend([advance[character] * size for character in self.glyphs[start:stop]])
        for place, gap in self.gaps.items():
            widths[place] += gap * self.spans[self._span_at(place)].style.size
        self.sums = [0.0, *accumulate(widths)]

    def _span_at(self, place: int) -> int:
        for number in range(len(self.spans)):
            if place < self.starts[number + 1]:
                return number
        return len(self.spans) - 1

    def line(self, start: int, stop: int, left: float) -> SetLine:
        """The characters from ``start`` to ``stop``, beginning at ``left``."""
        runs = []
        for number, span in enumerate(self.spans):
            first, last = max(start, self.starts[number]), min(stop, self.starts[number + 1])
            if first >= last:
                continue
            x = left + self.sums[first] - self.sums[start]
            width = self.sums[last] - self.sums[first]
            if span.mark:
                runs.append(Run(x, span.text, self.faces[number], span.style, self.mark_widths[number], mark=span.mark))
                continue
            gaps: tuple[tuple[int, float], ...] = ()
            if self.gaps:
                gaps = tuple(
                    (place - first, self.gaps[place]) for place in range(first, last - 1) if place in self.gaps
                )
            runs.append(Run(x, self.glyphs[first:last], self.faces[number], span.style, width, gaps))
        return SetLine(tuple(runs), left + self.sums[stop] - self.sums[start])

    def ellipsis(self, start: int, stop: int, left: float, room: float) -> SetLine:
        """Like :meth:`line`, cut so that an ellipsis fits behind it."""
        number = self._span_at(max(stop - 1, start))
        span, face = self.spans[number], self.faces[number]
        dots = chr(self._plane + ord("…"))
        width = face.advances[dots] * span.style.size
        while stop > start and (
            self.sums[stop] - self.sums[start] + width > room or self.text[stop - 1] in " ，。、；：,.;:…—（《“("
        ):
            stop -= 1
        cut = self.line(start, stop, left)
        tail = Run(cut.width, dots, face, span.style, width)
        return SetLine((*cut.runs, tail), cut.width + width)


def _mark_width(span: Span, typesetter: Typesetter) -> float:
    if span.mark is Mark.FLAG:
        return typesetter.width(span.text, span.style) + 2 * FLAG_PADDING
    if span.mark is Mark.SQUARE:
        return SQUARE_SIZE
    if span.mark is Mark.BLANK:
        return BLANK_WIDTH * max(len(span.text), 1)
    return TICK_SIZE
