"""Where a line of mixed Chinese and English may end (facts.md, section 3).

A text is cut into units that never break: a word, a number with its unit, a date, a Chinese character, each with the
opening marks before it, the closing marks after it and the spaces behind. Lines are filled with units. Only a unit
wider than a line is broken inside, and a long word on the last line allowed that would leave most of it empty. The last
line of a paragraph has at least three characters. Nothing is lost: the lines, one after the other, are the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

#: Stands for something drawn in the line, such as a flag; its width is given by the caller.
OBJECT: Final = "\ufffc"
LEAST_LAST: Final = 3

OPENING: Final = "([{（［｛〔〈《「『【〖〘“‘«‹¥￥$€£№"
#: Never at the start of a line, also not behind a space.
CLOSING: Final = ")]}）］｝〕〉》」』】〗〙”’»›,.;:!?，。、；：？！．…—～·・‧•%％‰°℃′″/|｜ーぁぃぅぇぉっゃゅょ々〻"
#: Never at the start of a line unless a space is before them.
_DASHES: Final = "-‐‑–~+"
#: Openers that stand out into the margin at the start of a line, so that the words align.
HANGING: Final = "“‘「『《（【〈〔"
#: Full-width closing marks, the right half of which is empty and may stand over the edge.
HALF_EMPTY: Final = "，。、；：？！）》」』】〉〕”’"

_EMOJI_SIGNS: Final = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u24c2\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff"
    "\u3030\u303d\u3297\u3299\U0001f000-\U0001fbff"
)
_EMOJI_PARTS: Final = "\u20e3\ufe0e\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f"
#: A figure on a key, a flag of two letters, or a sign with what colours or varies it and the signs joined to it.
EMOJI: Final = (
    r"(?:[0-9#*]\ufe0f?\u20e3|[\U0001f1e6-\U0001f1ff]{2}"
    rf"|[{_EMOJI_SIGNS}][{_EMOJI_PARTS}]*(?:\u200d[{_EMOJI_SIGNS}][{_EMOJI_PARTS}]*)*)"
)

_SPACES: Final = r"[ \t\u3000\u2000-\u2006\u2008-\u200a]"
_LATIN: Final = r"A-Za-z0-9_\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u0300-\u052f\u1e00-\u1fff"
_MONTH: Final = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)"
)
_NUMBER: Final = r"\d+(?:[.,:/\-–−×~～]\d+)*"
_CHINESE_UNITS: Final = (
    "个百分点|个工作日|平方米|立方米|人民币|小时|分钟|个月|个点|公里|公斤|千克|毫米|厘米|千米|季度|美元|欧元|港元|毫升|"
    "[十百千万亿]+(?:美元|欧元|港元|元|多|余)?[个名位家台件套吨箱人天次]?|[元角分天日号月年周点时秒个人名位家台件箱套组次项条款种张页份本批单吨克斤米升楼层室栋幢期届岁倍成折步代级号店户桶瓶袋支]"
)
_ENGLISH_UNITS: Final = (
    r"(?:days?|weeks?|months?|years?|hours?|minutes?|min|units?|people|persons?|items?|points?|pieces?|pcs|sets?|boxes|shops?|"
    r"outlets?|stores?|kg|km|cm|mm|ml|m2|m²|m³|[kKgmtlhs]|bn|million|thousand|billion|a\.m|p\.m|am|pm|[A-Z]{3})"
)
#: Written before an amount, or behind it and behind the unit in which it is counted: "USD 12,000", "1,200 万 USD".
_CURRENCY: Final = "[A-Z]{3}"
_DATE: Final = (
    rf"(?:\d{{2,4}} ?年 ?)?\d{{1,2}} ?月(?!份)(?: ?\d{{1,2}} ?[日号])?|"
    rf"\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}(?![{_LATIN}])(?:,? \d{{4}}(?!\d))?|"
    rf"{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?![{_LATIN}])(?:, \d{{4}}(?!\d))?"
)
_UNITS: Final = (
    rf"(?:[%％‰]|[\u0020\u00a0]?(?:{_ENGLISH_UNITS}(?![{_LATIN}])"
    rf"|[多余来]?(?:{_CHINESE_UNITS})(?: {_CURRENCY}(?![{_LATIN}]))?))"
)
_QUANTITY: Final = rf"(?:第 ?)?{_NUMBER}{_UNITS}|{_CURRENCY}[\u0020\u00a0]{_NUMBER}(?:{_UNITS}|(?![{_LATIN}]))"
#: In groups, as people write them: "+86 138 0013 8000", "0731 8888 6666".
_PHONE: Final = r"\+?\d{2,4}(?: \d{3,4}){2,3}(?!\d)"
_WORD: Final = rf"[{_LATIN}]+(?:(?:://|['’.\-‑@&:+#=?~\u00a0])[{_LATIN}]+)*"
_MARKS: Final = r"[\u0300-\u036f\u20e3\u3099\u309a\ufe0e\ufe0f]*"
_CORE: Final = rf"(?:{_PHONE}|{_DATE}|{_QUANTITY}|{_NUMBER}(?![{_LATIN}])|{_WORD}|{EMOJI}|[^\n]){_MARKS}"
#: What is never broken while a line can hold it.
_AMOUNT: Final = re.compile(rf"[{re.escape(OPENING)}]*(?:{_PHONE}|{_DATE}|{_QUANTITY}|{_NUMBER}(?![{_LATIN}]))")
_OPEN: Final = rf"(?:[{re.escape(OPENING)}]|(?<!\S)[\"'])*"
_CLOSE: Final = rf"(?:{_SPACES}*(?:[{re.escape(CLOSING)}]|(?<=\S)[\"'])|[{re.escape(_DASHES)}](?!\d))*"

_UNIT: Final = re.compile(
    rf"(?P<seen>{_OPEN}(?:{_CORE}(?:[\u00a0\u202f]+{_CORE})*)?{_CLOSE}){_SPACES}*(?P<forced>\n?)", re.DOTALL
)


class Unit(NamedTuple):
    """A piece that stays whole: characters from ``start`` to ``end``, seen up to ``seen`` (without spaces behind)."""

    start: int
    seen: int
    end: int
    forced: bool


class Line(NamedTuple):
    """Characters from ``start`` to ``end``, drawn up to ``seen``; ``shift`` to the left for a hanging mark."""

    start: int
    seen: int
    end: int
    shift: float


def units(text: str) -> Iterator[Unit]:
    """The units of ``text``, in order and without gaps."""
    place, length = 0, len(text)
    while place < length:
        match = _UNIT.match(text, place)
        if match is None or match.end() == place:  # pragma: no cover - the pattern takes any character
            yield Unit(place, place + 1, place + 1, forced=False)
            place += 1
            continue
        yield Unit(place, match.end("seen"), match.end(), forced=bool(match["forced"]))
        place = match.end()


class _Filler:
    """Fills lines with units; ``sums[i]`` is the width of the first ``i`` characters."""

    def __init__(self, text: str, sums: Sequence[float], width: float, most: int | None) -> None:
        self.text, self.sums, self.width, self.most = text, sums, width, most
        #: Each line is a list of units that do not break.
        self.lines: list[list[Unit]] = []
        self._line: list[Unit] = []

    def _advance(self, place: int) -> float:
        return self.sums[place + 1] - self.sums[place]

    def shift(self, start: int) -> float:
        """By how much an opening mark at ``start`` stands out to the left."""
        if start >= len(self.text) or self.text[start] not in HANGING:
            return 0.0
        width = self._advance(start)
        # a full-width mark has an empty left half; a narrow one hangs as a whole
        near = range(start, min(start + 40, len(self.text)))
        wide = max((self._advance(place) for place in near if self.text[place] >= "\u2e80"), default=2 * width)
        return width / 2 if width > 0.8 * wide else width

    def trim(self, seen: int) -> float:
        """The empty half of a full-width closing mark that may stand over the edge."""
        if seen == 0 or self.text[seen - 1] not in HALF_EMPTY:
            return 0.0
        width = self._advance(seen - 1)
        before = self._advance(seen - 2) if seen > 1 else width
        return width / 2 if width > 0.8 * before else 0.0

    def fits(self, start: int, seen: int) -> bool:
        return self.sums[seen] - self.sums[start] - self.trim(seen) <= self.width + self.shift(start) + 1e-6

    def add(self, unit: Unit) -> None:
        start = self._line[0].start if self._line else unit.start
        if self._line and not self.fits(start, unit.seen):
            if self._begins_here(unit):
                unit = self._begin(unit)
            self.close()
        if not self._line:
            unit = self._split(unit)
        self._line.append(unit)
        if unit.forced:
            self.close()

    def close(self) -> None:
        if self._line:
            self.lines.append(self._line)
            self._line = []

    def _begins_here(self, unit: Unit) -> bool:
        """Whether a unit that does not fit begins behind a short lead all the same, because it is broken anyway.

        On the last line allowed the next one is not seen: nothing of the unit would be.
        """
        used = self.sums[self._line[-1].end] - self.sums[self._line[0].start]
        if used > self.width / 2:
            return False
        if not self.fits(unit.start, unit.seen):
            return True
        is_last = self.most is not None and len(self.lines) + 1 == self.most
        return is_last and _AMOUNT.match(self.text, unit.start, unit.seen) is None

    def _begin(self, unit: Unit) -> Unit:
        """Put as much of ``unit`` as fits on the line that is being filled; what is left of it."""
        start, stop = self._line[0].start, unit.start
        while stop < unit.seen - 1 and self.fits(start, stop + 1):
            stop += 1
        while stop > unit.start and (self.text[stop] in CLOSING or self.text[stop - 1] in OPENING):
            stop -= 1
        if stop - unit.start < LEAST_LAST:
            return unit
        self._line.append(Unit(unit.start, stop, stop, forced=False))
        return Unit(stop, unit.seen, unit.end, unit.forced)

    def _split(self, unit: Unit) -> Unit:
        """Break a unit wider than a line, not before a closing or after an opening mark where avoidable; the rest."""
        start = unit.start
        while unit.seen - start > 1 and not self.fits(start, unit.seen):
            low, high = start + 1, unit.seen
            while low < high:  # the last place that still fits
                middle = (low + high + 1) // 2
                low, high = (middle, high) if self.fits(start, middle) else (low, middle - 1)
            stop = min(low, unit.seen - 1)
            best = stop
            while best > start + 1 and (self.text[best] in CLOSING or self.text[best - 1] in OPENING):
                best -= 1
            if self.text[best] not in CLOSING and self.text[best - 1] not in OPENING:
                stop = best
            self._line.append(Unit(start, stop, stop, forced=False))
            self.close()
            start = stop
        return Unit(start, unit.seen, unit.end, unit.forced)

    def lengthen_last(self) -> None:
        """Let the last line of each paragraph have at least three characters."""
        for number in range(1, len(self.lines)):
            line, before = self.lines[number], self.lines[number - 1]
            ends = number == len(self.lines) - 1 or line[-1].forced
            if not ends or before[-1].forced:
                continue
            while self._seen(line) < LEAST_LAST and len(before) > 1:
                longer = [before[-1], *line]
                if not self.fits(longer[0].start, longer[-1].seen):
                    break
                before.pop()
                line.insert(0, longer[0])
            if self._seen(line) < LEAST_LAST:
                self._take_from_word(before, line)

    def _take_from_word(self, before: list[Unit], line: list[Unit]) -> None:
        """A broken word gives some of its characters to a last line that is too short."""
        last, first = before[-1], line[0]
        missing = LEAST_LAST - self._seen(line)
        stop = last.seen - missing
        if last.end != first.start or last.seen != last.end or stop <= last.start:
            return
        if self.text[stop] in CLOSING or self.text[stop - 1] in OPENING:
            return
        before[-1] = Unit(last.start, stop, stop, forced=False)
        line[0] = Unit(stop, first.seen, first.end, first.forced)

    def _seen(self, line: list[Unit]) -> int:
        seen = "".join(self.text[line[0].start : line[-1].seen].split())
        return len(seen) + (LEAST_LAST if OBJECT in seen else 0)


def break_lines(text: str, sums: Sequence[float], width: float, *, most: int | None = None) -> list[Line]:
    """The lines of ``text`` in a column of ``width``.

    ``sums[i]`` is the width of the first ``i`` characters. With ``most``, work stops once there is one line more than
    that.
    """
    filler = _Filler(text, sums, width, most)
    for unit in units(text):
        filler.add(unit)
        if most is not None and len(filler.lines) > most:
            break
    else:
        filler.close()
        filler.lengthen_last()
    return [Line(line[0].start, line[-1].seen, line[-1].end, filler.shift(line[0].start)) for line in filler.lines]
