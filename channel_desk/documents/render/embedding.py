"""Faces inside a PDF: characters numbered in the order of first use, outlines subset, a map back to the real text."""

from __future__ import annotations

from typing import Any, Final

from reportlab.pdfbase import pdfdoc

from channel_desk.documents.render.fonts import Face, Typeface

#: PDF readers take at most this many entries in one block of a character map.
_BLOCK: Final = 100
_MAP_HEAD: Final = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""
_MAP_TAIL: Final = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"


def unicode_map(texts: list[str]) -> str:
    """The ToUnicode map: code ``i`` is copied as ``texts[i]``; above U+FFFF as the two halves that PDF asks for."""
    entries = [f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in enumerate(texts) if text]
    blocks = []
    for start in range(0, len(entries), _BLOCK):
        block = entries[start : start + _BLOCK]
        blocks.append(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n")
    return _MAP_HEAD + "".join(blocks) + _MAP_TAIL


class EmbeddedFace:
    """The characters of one face used in one document. Code 0 is the box of the missing."""

    def __init__(self, face: Face, name: str) -> None:
        self.face = face
        self.name = name
        self.glyphs: list[int] = [0]
        self.texts: list[str] = [""]

    def code(self, glyph: int, text: str) -> str:
        """A new code for ``glyph`` that is copied as ``text``; four hexadecimal digits."""
        self.glyphs.append(glyph)
        self.texts.append(text)
        return f"{len(self.glyphs) - 1:04X}"

    def add_to(self, document: Any) -> None:
        """Write the font's objects; called once, when all text is drawn."""
        metrics = self.face.metrics
        tag = "".join(chr(65 + (len(self.glyphs) // 26**place) % 26) for place in range(6))
        base = pdfdoc.PDFName(f"{tag}+{self.face.postscript_name}")
        outlines = self.face.subset(self.glyphs)
        file = _stream(outlines)
        file.dictionary["Length1"] = len(outlines)
        descriptor = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("FontDescriptor"),
                "FontName": base,
                "Flags": 4,
                "FontBBox": pdfdoc.PDFArray(metrics.box),
                "ItalicAngle": 0,
                "Ascent": metrics.ascent,
                "Descent": metrics.descent,
                "CapHeight": metrics.cap_height,
                "StemV": 50 + metrics.weight // 8,
                "FontFile2": document.Reference(file, f"{self.name}.file"),
            }
        )
        widths = [self.face.advances[glyph] for glyph in self.glyphs]
        descendant = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("CIDFontType2"),
                "BaseFont": base,
                "CIDSystemInfo": pdfdoc.PDFDictionary(
                    {"Registry": pdfdoc.PDFString("Adobe"), "Ordering": pdfdoc.PDFString("Identity"), "Supplement": 0}
                ),
                "FontDescriptor": document.Reference(descriptor, f"{self.name}.descriptor"),
                "DW": 1000,
                "W": pdfdoc.PDFArray([0, pdfdoc.PDFArray(widths)]),
                "CIDToGIDMap": pdfdoc.PDFName("Identity"),
            }
        )
        font = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("Type0"),
                "BaseFont": base,
                "Encoding": pdfdoc.PDFName("Identity-H"),
                "DescendantFonts": pdfdoc.PDFArray([document.Reference(descendant, f"{self.name}.cid")]),
                "ToUnicode": document.Reference(_stream(unicode_map(self.texts).encode("ascii")), f"{self.name}.map"),
            }
        )
        fonts = document.idToObject[pdfdoc.BasicFonts]
        fonts.dict[self.name] = document.Reference(font, f"{self.name}.font")


def _stream(content: bytes) -> pdfdoc.PDFStream:
    return pdfdoc.PDFStream(content=content, filters=[pdfdoc.PDFZCompress])


class Encoder(dict[str, tuple[str, str]]):
    """For each character of a typeface: the font's name in the document and its code there."""

    def __init__(self, typeface: Typeface, embedding: Embedding) -> None:
        super().__init__()
        self._typeface = typeface
        self._embedding = embedding

    def __missing__(self, character: str) -> tuple[str, str]:
        face, glyph = self._typeface.place(character)
        code = self._embedding.code(face, glyph, character)
        if glyph:
            self[character] = code  # what no face has is asked for each time: the page counts
        return code


class Embedding:
    """All faces of one document."""

    def __init__(self, narrow_plane: int) -> None:
        self._plane = narrow_plane
        self._faces: dict[int, EmbeddedFace] = {}
        self._encoders: dict[int, Encoder] = {}
        self._codes: dict[tuple[str, int, str], str] = {}
        self._missing: dict[str, None] = {}

    def take_missing(self) -> tuple[str, ...]:
        """The characters no face has that were drawn since the last call, each once, in their order."""
        missing, self._missing = tuple(self._missing), {}
        return missing

    def encoder(self, typeface: Typeface) -> Encoder:
        key = id(typeface)
        if key not in self._encoders:
            self._encoders[key] = Encoder(typeface, self)
        return self._encoders[key]

    def code(self, face: Face, glyph: int, character: str) -> tuple[str, str]:
        embedded = self._faces.get(id(face))
        if embedded is None:
            embedded = self._faces[id(face)] = EmbeddedFace(face, f"F{len(self._faces) + 1}")
        narrow = ord(character) - self._plane
        text = chr(narrow) if 0 < narrow <= 0xFFFF else character
        if not glyph:
            self._missing[text] = None
        key = (embedded.name, glyph, text)
        if key not in self._codes:
            self._codes[key] = embedded.code(glyph, text)
        return embedded.name, self._codes[key]

    def addObjects(self, document: Any) -> None:  # noqa: N802 - the name ReportLab calls when it saves
        for embedded in self._faces.values():
            embedded.add_to(document)
