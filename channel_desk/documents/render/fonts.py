"""The shipped faces: metrics for measuring, and the outlines of used characters for embedding in a PDF.

ReportLab's own TrueType support splits a font into pieces of 256 characters and copies characters above U+FFFF as
something else (measured with 5.1), so a face is embedded here as one CID font, numbered in the order of first use, with
a character map of our own. A face is mapped into memory and read where it is used; nothing is loaded at import.
"""

from __future__ import annotations

import json
import mmap
import struct
import sys
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

#: Tables a PDF reader needs of a TrueType font with glyph numbers for codes.
_TABLES: Final = ("glyf", "head", "hhea", "hmtx", "loca", "maxp")
_CHECKSUM_MAGIC: Final = 0xB1B0AFBA


@dataclass(frozen=True)
class Metrics:
    """What a font descriptor says, in thousandths of the size."""

    ascent: int
    descent: int
    cap_height: int
    box: tuple[int, int, int, int]
    weight: int


class Face:
    """One TrueType file of simple, unhinted outlines with a format 12 character map (``installer/build_fonts.py``)."""

    def __init__(self, path: Path, postscript_name: str) -> None:
        self.path = path
        self.postscript_name = postscript_name
        with path.open("rb") as file:
            self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        count = struct.unpack_from(">H", self._data, 4)[0]
        self._places: dict[str, tuple[int, int]] = {}
        for number in range(count):
            tag, _, offset, length = struct.unpack_from(">4sLLL", self._data, 12 + 16 * number)
            self._places[tag.decode("ascii")] = (offset, length)
        self.units: int = struct.unpack_from(">H", self._table("head"), 18)[0]
        self._starts, self._ends, self._firsts = self._read_character_map()

    def _table(self, tag: str) -> bytes:
        offset, length = self._places[tag]
        return self._data[offset : offset + length]

    def _read_character_map(self) -> tuple[array[int], array[int], array[int]]:
        """The runs of the format 12 map: first code, last code, first glyph."""
        table = self._table("cmap")
        for number in range(struct.unpack_from(">H", table, 2)[0]):
            offset = struct.unpack_from(">HHL", table, 4 + 8 * number)[2]
            if struct.unpack_from(">H", table, offset)[0] == 12:
                count = struct.unpack_from(">L", table, offset + 12)[0]
                runs = _big_endian("I", table[offset + 16 : offset + 16 + 12 * count])
                return runs[0::3], runs[1::3], runs[2::3]
        raise ValueError(f"{self.path.name} has no full character map")

    def glyph(self, code: int) -> int:
        """The glyph of a code point; 0, the box of the missing, when the face has none."""
        place = bisect_right(self._starts, code) - 1
        if place < 0 or code > self._ends[place]:
            return 0
        return self._firsts[place] + code - self._starts[place]

    def codes(self) -> Iterable[int]:
        """All code points of the face."""
        for first, last in zip(self._starts, self._ends, strict=True):
            yield from range(first, last + 1)

    @cached_property
    def advances(self) -> array[int]:
        """The width of each glyph in thousandths of the size."""
        count = struct.unpack_from(">H", self._table("hhea"), 34)[0]
        total = struct.unpack_from(">H", self._table("maxp"), 4)[0]
        widths = _big_endian("H", self._table("hmtx")[: 4 * count])[0::2]
        widths.extend([widths[-1]] * (total - count))
        if self.units != 1000:
            widths = array("H", (round(width * 1000 / self.units) for width in widths))
        return widths

    @cached_property
    def metrics(self) -> Metrics:
        scale = 1000 / self.units
        head, os2 = self._table("head"), self._table("OS/2")
        left, bottom, right, top = (round(value * scale) for value in struct.unpack_from(">4h", head, 36))
        ascent, depth = (round(value * scale) for value in struct.unpack_from(">2H", os2, 74))
        cap_height = round(struct.unpack_from(">h", os2, 88)[0] * scale)
        weight = struct.unpack_from(">H", os2, 4)[0]
        return Metrics(ascent, -depth, cap_height, (left, bottom, right, top), weight)

    @cached_property
    def _locations(self) -> array[int]:
        if struct.unpack_from(">h", self._table("head"), 50)[0] == 1:
            return _big_endian("I", self._table("loca"))
        return array("I", (2 * place for place in _big_endian("H", self._table("loca"))))

    def _outline(self, glyph: int) -> bytes:
        first, last = self._locations[glyph], self._locations[glyph + 1]
        if first == last:
            return b""
        start = self._places["glyf"][0]
        outline = self._data[start + first : start + last]
        return outline + b"\0" * (-len(outline) % 4)

    def subset(self, glyphs: list[int]) -> bytes:
        """A TrueType file with just ``glyphs``, in this order."""
        outlines, places, metrics = [], [0], []
        source = self._table("hmtx")
        counted = struct.unpack_from(">H", self._table("hhea"), 34)[0]
        for glyph in glyphs:
            outline = self._outline(glyph)
            outlines.append(outline)
            places.append(places[-1] + len(outline))
            if glyph < counted:
                metrics.append(source[4 * glyph : 4 * glyph + 4])
            else:
                side = 4 * counted + 2 * (glyph - counted)
                metrics.append(source[4 * counted - 4 : 4 * counted - 2] + source[side : side + 2])
        head = bytearray(self._table("head"))
        struct.pack_into(">L", head, 8, 0)
        struct.pack_into(">h", head, 50, 1)
        hhea, maxp = bytearray(self._table("hhea")), bytearray(self._table("maxp"))
        struct.pack_into(">H", hhea, 34, len(glyphs))
        struct.pack_into(">H", maxp, 4, len(glyphs))
        return _assemble(
            {
                "glyf": b"".join(outlines),
                "head": bytes(head),
                "hhea": bytes(hhea),
                "hmtx": b"".join(metrics),
                "loca": struct.pack(f">{len(places)}L", *places),
                "maxp": bytes(maxp),
            }
        )


def _big_endian(kind: str, data: bytes) -> array[int]:
    values = array(kind)
    values.frombytes(data)
    if sys.byteorder == "little":
        values.byteswap()
    return values


def _checksum(data: bytes) -> int:
    return sum(_big_endian("I", data + b"\0" * (-len(data) % 4))) & 0xFFFFFFFF


def _assemble(tables: dict[str, bytes]) -> bytes:
    """A TrueType file of ``tables``, with its checksums."""
    power = len(_TABLES).bit_length() - 1
    search = 16 << power
    directory = [struct.pack(">LHHHH", 0x00010000, len(_TABLES), search, power, 16 * len(_TABLES) - search)]
    offset, head_place, body = 12 + 16 * len(_TABLES), 0, []
    for tag in _TABLES:
        data = tables[tag]
        padded = data + b"\0" * (-len(data) % 4)
        if tag == "head":
            head_place = offset
        directory.append(struct.pack(">4sLLL", tag.encode("ascii"), _checksum(data), offset, len(data)))
        body.append(padded)
        offset += len(padded)
    file = bytearray(b"".join(directory) + b"".join(body))
    struct.pack_into(">L", file, head_place + 8, (_CHECKSUM_MAGIC - _checksum(bytes(file))) & 0xFFFFFFFF)
    return bytes(file)


class Advances(dict[str, float]):
    """Width of each character in ems, looked up once a character."""

    def __init__(self, typeface: Typeface) -> None:
        super().__init__()
        self._typeface = typeface

    def __missing__(self, character: str) -> float:
        face, glyph = self._typeface.place(character)
        width = face.advances[glyph] / 1000
        self[character] = width
        return width


class Typeface:
    """Faces in the order in which they are asked for a character; a missing character is a box, never left out.

    Those of ``further`` come last and are opened for the first character that the others lack.
    """

    def __init__(
        self, faces: tuple[Face, ...], *, further: Callable[[], tuple[Face, ...]], han_first: Face | None = None
    ) -> None:
        self.faces = faces
        self._further = further
        self._han_first = han_first
        self.advances = Advances(self)

    def place(self, character: str) -> tuple[Face, int]:
        """The face and the glyph that draw ``character``."""
        code = ord(character)
        if self._han_first is not None and code >= 0x2E80:
            glyph = self._han_first.glyph(code)
            if glyph:
                return self._han_first, glyph
        for face in self._in_turn():
            glyph = face.glyph(code)
            if glyph:
                return face, glyph
        return self.faces[0], 0

    def _in_turn(self) -> Iterator[Face]:
        yield from self.faces
        yield from self._further()


class FontBook:
    """The paper's faces out of a folder: regular and bold, and both again for traditional Chinese; Korean
    and emoji in one weight.

    Faces are opened when they are first needed and shared by all documents.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def _list(self) -> dict[str, object]:
        content: dict[str, object] = json.loads((self._folder / "fonts.json").read_text("utf-8"))
        return content

    @cached_property
    def narrow_plane(self) -> int:
        """Narrow copies of wide marks lie at this code point plus their own."""
        return int(str(self._list["narrow_plane"]))

    @cached_property
    def traditional_characters(self) -> frozenset[str]:
        """Characters that only a traditional text has."""
        return frozenset(str(self._list["traditional_only"]))

    @cached_property
    def _regular(self) -> Face:
        return self._face("ChannelDeskSans-Regular")

    @cached_property
    def _bold(self) -> Face:
        return self._face("ChannelDeskSans-Bold")

    @cached_property
    def _regular_traditional(self) -> Face:
        return self._face("ChannelDeskSansTC-Regular")

    @cached_property
    def _bold_traditional(self) -> Face:
        return self._face("ChannelDeskSansTC-Bold")

    @cached_property
    def _further(self) -> tuple[Face, ...]:
        return self._face("ChannelDeskEmoji-Regular"), self._face("ChannelDeskSansKR-Regular")

    def _face(self, name: str) -> Face:
        return Face(self._folder / f"{name}.ttf", name)

    @cached_property
    def _typefaces(self) -> dict[tuple[bool, bool], Typeface]:
        return {}

    def typeface(self, *, bold: bool, traditional: bool = False) -> Typeface:
        """The typeface for a piece of text."""
        key = (bold, traditional)
        if key not in self._typefaces:
            simplified = self._bold if bold else self._regular
            other = self._bold_traditional if bold else self._regular_traditional
            self._typefaces[key] = Typeface(
                (simplified, other), further=lambda: self._further, han_first=other if traditional else None
            )
        return self._typefaces[key]

    def is_traditional(self, text: str) -> bool:
        """Whether ``text`` is traditional Chinese: it has such characters, and the traditional face has all of its."""
        if self.traditional_characters.isdisjoint(text):
            return False
        face = self._regular_traditional
        return all(face.glyph(ord(character)) for character in text if "\u3400" <= character <= "\u9fff")
