"""Builds the faces of ``resources/fonts`` from public OFL packages; run by hand when the sources change.

    npm pack @expo-google-fonts/noto-sans-sc @expo-google-fonts/noto-sans-tc @expo-google-fonts/source-sans-3 \
        @expo-google-fonts/noto-sans @expo-google-fonts/noto-sans-symbols-2 @expo-google-fonts/noto-emoji \
        @expo-google-fonts/noto-sans-kr
    (unpack each into SOURCES/<package name without its scope>)
    python installer/build_fonts.py SOURCES

Four faces of simplified Chinese (regular, medium, semi-bold, bold) serve the screen and the paper, two of traditional
Chinese the paper. What the sources lack is grafted in: Latin, Greek and Cyrillic letters from Source Sans 3 and Noto
Sans, boxes and ticks from Noto Sans Symbols 2. Noto sets ’ “ ” … and some others as wide as a Chinese character; narrow
copies for Latin text lie in the plane of private use at 0xF0000 + code point, and the screen picks them by context.

Two more faces serve the paper where these have nothing: emoji in black and white, as large as a Chinese character, and
all Korean syllables (their single letters are in the Chinese faces).

The same sources give the same bytes: no time stamps, sorted tables and glyphs.
"""

from __future__ import annotations

import argparse
import copy
import hashlib
import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any, Final

from fontTools.feaLib.builder import addOpenTypeFeatures
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem

ROOT: Final = Path(__file__).resolve().parent.parent
TARGET: Final = ROOT / "resources" / "fonts"
STANDARD_LIST: Final = Path(__file__).resolve().parent / "standard_characters.txt"

FAMILY: Final = "Channel Desk Sans"
TRADITIONAL_FAMILY: Final = "Channel Desk Sans TC"
KOREAN_FAMILY: Final = "Channel Desk Sans KR"
EMOJI_FAMILY: Final = "Channel Desk Emoji"
VERSION: Final = "1.000"
#: Where the narrow copy of a character lies, for Latin text.
NARROW_PLANE: Final = 0xF0000
#: Characters that have a narrow copy when the Chinese face sets them full width.
NARROW: Final = "‘’“”…·•×÷±§¶‰†‡※←↑→↓℃№"
#: The figures of keycaps, the whole key as the narrow copy of the figure: the sign behind it is then without a shape.
KEYCAPS: Final = "0123456789#*"
KEYCAP: Final = 0x20E3
#: Parts of an emoji that colour, join or vary it: nothing of them is seen in black and white, but they are copied.
TONES: Final = range(0x1F3FB, 0x1F400)
EMOJI_PARTS: Final = (0x200D, KEYCAP, 0xFE0E, 0xFE0F, *TONES, *range(0xE0020, 0xE0080))
#: The letters of flags: a flag is printed as the two letters of its country, set as close as letters.
FLAG_LETTERS: Final = range(0x1F1E6, 0x1F200)
FLAG_LETTER_WIDTH: Final = 640
#: An emoji is drawn this much smaller: as large as a Chinese character, and in the middle of its square.
EMOJI_SCALE: Final = 0.88
HAN_MIDDLE: Final = 380
SYMBOLS: Final = "☐☑☒✓✔✗✘⚑⚐≒"
#: Blocks that are grafted from the Latin faces where the Chinese face has nothing.
LATIN_BLOCKS: Final = (
    (0x00A0, 0x024F), (0x0259, 0x0259), (0x02B0, 0x02FF), (0x0300, 0x036F), (0x0370, 0x03FF), (0x0400, 0x052F),
    (0x1E00, 0x1EFF), (0x2000, 0x206F), (0x2070, 0x209F), (0x20A0, 0x20CF), (0x2100, 0x214F), (0x2150, 0x218F),
    (0x2190, 0x21FF), (0x2200, 0x22FF),
)  # fmt: skip
GRAFTED: Final = "letters and signs from Source Sans 3, Noto Sans and Noto Sans Symbols 2; "
#: How far a line on the screen reaches above and below its base line, in ems. Together as much as in the sources, which
#: have the letters below the middle of the line, by a pixel at most of our sizes: too low beside an icon. Here the
#: square of a Chinese character (it lies 0.12 below the base line) is in the middle, and with it the Latin capitals.
ASCENT: Final = 1.104
DESCENT: Final = 0.344
#: The Latin letters of the Chinese face are those of Source Sans, enlarged; the factor is read off these.
SCALE_LETTERS: Final = "aehnopsuxAEHNOX0"


@dataclass(frozen=True)
class Weight:
    value: int
    name: str
    folder: str


WEIGHTS: Final = (
    Weight(400, "Regular", "400Regular"),
    Weight(500, "Medium", "500Medium"),
    Weight(600, "SemiBold", "600SemiBold"),
    Weight(700, "Bold", "700Bold"),
)


def decoded(codec: str) -> set[int]:
    """All characters of a two-byte character set."""
    found = set()
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            text = bytes((lead, trail)).decode(codec, "ignore")
            if len(text) == 1:
                found.add(ord(text))
    return found


def standard_characters() -> set[int]:
    """The 8,105 characters of the general standard list of 2013, which decides on the names of people and places."""
    return {ord(character) for character in STANDARD_LIST.read_text("utf-8") if not character.isspace()}


def is_han(code: int) -> bool:
    return 0x3400 <= code < 0x4DC0 or 0x4E00 <= code < 0xA000 or 0xF900 <= code < 0xFB00 or 0x20000 <= code < 0x40000


def simplified_set(available: Iterable[int]) -> set[int]:
    """What a simplified face keeps: everything but the Han characters outside GBK, Big5 and the standard list."""
    wanted = decoded("gbk") | decoded("big5") | standard_characters()
    return {
        code
        for code in available
        if code in wanted or not is_han(code) or code >= 0x20000
        if not 0x1100 <= code < 0x1200 and not 0xFFA0 <= code < 0xFFE0  # Hangul parts without Hangul are of no use
    }


def traditional_set(available: Iterable[int]) -> set[int]:
    """What a traditional face keeps: the Han characters of Big5 with their punctuation."""
    wanted = decoded("big5")
    return {
        code
        for code in available
        if code == 0x20 or (is_han(code) and code in wanted) or 0x3000 <= code < 0x3130 or 0xFF00 <= code < 0xFF61
    }


def subset(font: TTFont, codes: set[int]) -> None:
    options = Options()
    options.layout_features = ["kern"]
    options.drop_tables += ["vhea", "vmtx", "BASE", "STAT", "prep", "gasp", "GSUB", "GDEF"]
    options.hinting = False
    options.glyph_names = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.recalc_timestamp = False
    options.prune_unicode_ranges = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=sorted(codes))
    subsetter.subset(font)


class Graft:
    """Adds outlines of other faces to ``font`` as simple glyphs."""

    def __init__(self, font: TTFont) -> None:
        self.font = font
        self.cmap: dict[int, str] = dict(font.getBestCmap())
        self.order: list[str] = list(font.getGlyphOrder())

    def add(
        self,
        code: int,
        donor: TTFont,
        glyph_name: str,
        *,
        scale: float,
        shift: tuple[float, float] = (0, 0),
        advance: int | None = None,
    ) -> None:
        """Draw ``glyph_name`` of ``donor``, scaled, as the glyph of ``code``."""
        glyphs = donor.getGlyphSet()
        recording = DecomposingRecordingPen(glyphs)
        glyphs[glyph_name].draw(recording)
        pen = TTGlyphPen(None)
        recording.replay(TransformPen(pen, (scale, 0, 0, scale, *shift)))
        glyph = pen.glyph(round=_half_up)
        name = f"u{code:05X}.graft"
        self.order.append(name)
        self.font.setGlyphOrder(self.order)
        self.font["glyf"].glyphs[name] = glyph
        self.font["glyf"].glyphOrder = self.order
        glyph.recalcBounds(self.font["glyf"])
        width = _half_up(donor["hmtx"][glyph_name][0] * scale) if advance is None else advance
        self.font["hmtx"].metrics[name] = (width, getattr(glyph, "xMin", 0))
        self.cmap[code] = name

    def own_glyph(self, code: int) -> None:
        """Give ``code`` a glyph of its own where it shares one (Noto draws · and • alike)."""
        shared = self.cmap[code]
        if list(self.cmap.values()).count(shared) == 1:
            return
        name = f"u{code:05X}.own"
        self.order.append(name)
        self.font.setGlyphOrder(self.order)
        self.font["glyf"].glyphs[name] = copy.deepcopy(self.font["glyf"][shared])
        self.font["glyf"].glyphOrder = self.order
        self.font["hmtx"].metrics[name] = self.font["hmtx"].metrics[shared]
        self.cmap[code] = name

    def finish(self) -> None:
        """Write the character map; formats 4 and 12, which every system reads."""
        from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

        tables = []
        for number, encoding, top in ((4, 1, 0xFFFF), (12, 10, 0x10FFFF)):
            table: Any = CmapSubtable.newSubtable(number)
            table.platformID, table.platEncID, table.language = 3, encoding, 0
            table.cmap = {code: name for code, name in sorted(self.cmap.items()) if code <= top}
            tables.append(table)
        self.font["cmap"].tables = tables


def _half_up(value: float) -> int:
    return int(value + 0.5) if value >= 0 else -int(-value + 0.5)


def letter_scale(font: TTFont, latin: TTFont) -> float:
    """By how much the Latin letters of ``font`` are larger than those of ``latin``."""
    ours, theirs = font.getBestCmap(), latin.getBestCmap()
    ratios = sorted(font["hmtx"][ours[ord(x)]][0] / latin["hmtx"][theirs[ord(x)]][0] for x in SCALE_LETTERS)
    return float(ratios[len(ratios) // 2])


def graft_latin(graft: Graft, source_sans: TTFont, noto_sans: TTFont, symbols: TTFont) -> None:
    """Missing letters, boxes and ticks, and the narrow copies."""
    first, second, third = source_sans.getBestCmap(), noto_sans.getBestCmap(), symbols.getBestCmap()
    scale = letter_scale(graft.font, source_sans)
    second_scale = letter_scale(graft.font, noto_sans)
    for low, high in LATIN_BLOCKS:
        for code in range(low, high + 1):
            if code in graft.cmap:
                continue
            if code in first:
                graft.add(code, source_sans, first[code], scale=scale)
            elif code in second:
                graft.add(code, noto_sans, second[code], scale=second_scale)
    for character in SYMBOLS:
        code = ord(character)
        if code not in graft.cmap and code in third:
            graft.add(code, symbols, third[code], scale=0.86)
    for character in NARROW:
        code = ord(character)
        if code in first and code in graft.cmap:
            graft.own_glyph(code)
            graft.add(NARROW_PLANE + code, source_sans, first[code], scale=scale)


def narrow_feature(graft: Graft) -> str:
    """The contextual alternates of the screen: wide marks that belong to Latin text take their narrow copies.

    Qt shapes each stretch of one script by itself, and a mark goes with the stretch before it: what is seen here of
    「按“Enter”键」 is 「按“」, 「Enter”」 and 「键」. A quotation mark after a Chinese character therefore has no Latin
    neighbour where it is opened, and stays wide where it is closed as well, unless Latin text is seen to go on. Beside
    a space or a Chinese mark each one is narrow: what is empty in the one would come on top of what is empty in the
    other.
    """

    def listed(codes: Iterable[int]) -> str:
        return " ".join(dict.fromkeys(graft.cmap[code] for code in codes if code in graft.cmap))

    def pair(name: str, characters: str) -> list[str]:
        codes = [ord(one) for one in characters if NARROW_PLANE + ord(one) in graft.cmap]
        return [
            f"@{name} = [{listed(codes)}];",
            f"@{name}_NARROW = [{listed(NARROW_PLANE + code for code in codes)}];",
            f"lookup {name}_NARROWED {{ sub @{name} by @{name}_NARROW; }} {name}_NARROWED;",
        ]

    quotes = "‘’“”…"
    signs = "".join(sorted(set(NARROW) - set(quotes)))
    latin = [
        code
        for code in (*range(0x21, 0x7F), *range(0xA1, 0x250))
        if code in graft.cmap and chr(code) not in signs and graft.font["hmtx"][graft.cmap[code]][0] < 1000
    ]
    marks = [code for code in latin if code < 0x7F and not chr(code).isalnum()]
    lines = [
        "languagesystem DFLT dflt;",
        "languagesystem latn dflt;",
        "languagesystem hani dflt;",
        *pair("ANY", quotes),
        *pair("OPEN", "‘“"),
        *pair("CLOSE", "”"),
        *pair("JOIN", "’…"),
        *pair("SIGN", signs),
        f"@SPACE = [{listed([0x20])}];",
        f"@LATIN = [{listed(latin)}];",
        f"@MARK = [{listed(marks)}];",
        f"@WIDE_MARK = [{listed(map(ord, '，。、；：？！（）《》「」【】'))}];",
        f"@WIDE = [{listed(code for code in graft.cmap if graft.font['hmtx'][graft.cmap[code]][0] >= 1000)}];",
    ]
    for name, unless, before, after in (
        ("OPEN", "ignore sub @WIDE @OPEN'; ", "@MARK @SPACE @WIDE_MARK @ANY_NARROW", "@LATIN @SPACE @ANY_NARROW"),
        ("CLOSE", "", "@SPACE @ANY_NARROW", "@MARK @SPACE @WIDE_MARK @ANY_NARROW"),
        ("JOIN", "", "@LATIN @SPACE @ANY_NARROW", "@LATIN @SPACE @ANY_NARROW"),
        ("SIGN", "", "@LATIN @SPACE @SIGN_NARROW", "@LATIN @SPACE @SIGN_NARROW"),
    ):
        lines += [
            "feature calt {",
            f"  lookup {name}_AFTER {{ sub [{before}] @{name}' lookup {name}_NARROWED; }} {name}_AFTER;",
            f"  lookup {name}_BEFORE {{ {unless}sub @{name}' lookup {name}_NARROWED [{after}]; }} {name}_BEFORE;",
            "} calt;",
        ]
    return "\n".join(lines)


def rename(font: TTFont, family: str, weight: Weight, *, grafted: str = GRAFTED) -> None:
    """Family and weight as Windows, macOS and fontconfig read them: four plain styles, the others by their own name."""
    plain = weight.name in {"Regular", "Bold"}
    table = font["name"]
    copyright_line, licence, licence_url = (table.getDebugName(number) for number in (0, 13, 14))
    table.names = []
    full = f"{family} {weight.name}"
    texts = {
        0: f"{copyright_line}; {grafted}changed.",
        1: family if plain else full,
        2: weight.name if plain else "Regular",
        3: f"{VERSION};{full}",
        4: full,
        5: f"Version {VERSION}",
        6: f"{family.replace(' ', '')}-{weight.name}",
        13: licence,
        14: licence_url,
    }
    if not plain:
        texts |= {16: family, 17: weight.name}
    for number, text in sorted(texts.items()):
        table.setName(text, number, 3, 1, 0x409)
    os2, head = font["OS/2"], font["head"]
    os2.usWeightClass = weight.value
    os2.achVendID = "CHDK"
    bold = weight.value == 700
    os2.fsSelection = (os2.fsSelection & ~0b1100001) | (0b100000 if bold else 0b1000000)
    head.macStyle = 1 if bold else 0
    head.fontRevision = 1.0


def centre_in_line(font: TTFont) -> None:
    """Letters in the middle of their line, by both tables that screens read; the clipping bounds stay as they are."""
    hhea, os2, units = font["hhea"], font["OS/2"], font["head"].unitsPerEm
    hhea.ascent, hhea.descent, hhea.lineGap = round(ASCENT * units), -round(DESCENT * units), 0
    os2.sTypoAscender, os2.sTypoDescender, os2.sTypoLineGap = hhea.ascent, hhea.descent, 0
    os2.version = max(os2.version, 4)
    os2.fsSelection |= 1 << 7  # the line is measured by these, not by the clipping bounds


def flags_overlap_free(font: TTFont) -> None:
    """Outlines are simple everywhere, so that a subset can copy them one by one."""
    glyf = font["glyf"]
    for name in font.getGlyphOrder():
        if glyf[name].isComposite():
            raise SystemExit(f"composite glyph {name}: the paper's subsetting expects simple outlines")


def save(font: TTFont, path: Path) -> None:
    font.recalcTimestamp = False
    centre_in_line(font)
    font["post"].formatType = 3.0
    font["post"].extraNames = []
    font.cfg["fontTools.ttLib.tables.otBase:USE_HARFBUZZ_REPACKER"] = False
    flags_overlap_free(font)
    font.save(path, reorderTables=True)


def build_simplified(sources: Path, weight: Weight) -> Path:
    font = TTFont(sources / f"noto-sans-sc/{weight.folder}/NotoSansSC_{weight.folder}.ttf", recalcTimestamp=False)
    subset(font, simplified_set(font.getBestCmap()))
    graft = Graft(font)
    graft_latin(
        graft,
        TTFont(sources / f"source-sans-3/{weight.folder}/SourceSans3_{weight.folder}.ttf"),
        TTFont(sources / f"noto-sans/{weight.folder}/NotoSans_{weight.folder}.ttf"),
        TTFont(sources / "noto-sans-symbols-2/400Regular/NotoSansSymbols2_400Regular.ttf"),
    )
    graft.finish()
    addOpenTypeFeatures(font, StringIO(narrow_feature(graft)), tables=["GSUB"])
    rename(font, FAMILY, weight)
    path = TARGET / f"ChannelDeskSans-{weight.name}.ttf"
    save(font, path)
    return path


def build_traditional(sources: Path, weight: Weight) -> Path:
    font = TTFont(sources / f"noto-sans-tc/{weight.folder}/NotoSansTC_{weight.folder}.ttf", recalcTimestamp=False)
    subset(font, traditional_set(font.getBestCmap()))
    Graft(font).finish()
    rename(font, TRADITIONAL_FAMILY, weight)
    path = TARGET / f"ChannelDeskSansTC-{weight.name}.ttf"
    save(font, path)
    return path


def keycap_glyph(font: TTFont, figure: str) -> str:
    """The glyph of a font for ``figure`` on its key, which its ligatures tell."""
    cmap = font.getBestCmap()
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            ligatures = getattr(getattr(table, "ExtSubTable", table), "ligatures", {})
            for ligature in ligatures.get(cmap[ord(figure)], ()):
                if ligature.Component == [cmap[KEYCAP]]:
                    return str(ligature.LigGlyph)
    raise SystemExit(f"no keycap for {figure}")


def build_emoji(sources: Path) -> Path:
    path = sources / "noto-emoji/400Regular/NotoEmoji_400Regular.ttf"
    donor, font = TTFont(path), TTFont(path, recalcTimestamp=False)
    subset(font, {0x20})
    scale_upem(font, 1000)
    scale = EMOJI_SCALE * 1000 / donor["head"].unitsPerEm
    square = donor.getBestCmap()[ord("\u2705")]
    width, bounds = donor["hmtx"][square][0], donor["glyf"][square]
    rise = HAN_MIDDLE - (bounds.yMin + bounds.yMax) / 2 * scale
    graft = Graft(font)
    drawn = {code: name for code, name in donor.getBestCmap().items() if code >= 0x80 and code not in EMOJI_PARTS}
    drawn |= {NARROW_PLANE + ord(figure): keycap_glyph(donor, figure) for figure in KEYCAPS}
    for code, name in sorted(drawn.items()):
        advance = FLAG_LETTER_WIDTH if code in FLAG_LETTERS else 1000
        graft.add(code, donor, name, scale=scale, shift=((advance - width * scale) / 2, rise), advance=advance)
    for code in EMOJI_PARTS:
        graft.add(code, donor, donor.getBestCmap()[0x20], scale=scale, advance=0)
    graft.finish()
    rename(font, EMOJI_FAMILY, WEIGHTS[0], grafted="")
    target = TARGET / "ChannelDeskEmoji-Regular.ttf"
    save(font, target)
    return target


def build_korean(sources: Path) -> Path:
    font = TTFont(sources / "noto-sans-kr/400Regular/NotoSansKR_400Regular.ttf", recalcTimestamp=False)
    subset(font, {0x20, *range(0xAC00, 0xD7A4)})
    Graft(font).finish()
    rename(font, KOREAN_FAMILY, WEIGHTS[0], grafted="")
    target = TARGET / "ChannelDeskSansKR-Regular.ttf"
    save(font, target)
    return target


def traditional_only() -> str:
    """Characters that show a text to be traditional: in Big5, and neither in GB 2312 nor in the standard list."""
    gb2312 = decoded("gb2312")
    codes = {code for code in decoded("big5") if is_han(code)} - gb2312 - standard_characters()
    return "".join(map(chr, sorted(codes)))


def write_list(faces: list[tuple[str, Weight, Path]]) -> None:
    """``fonts.json``: which file is which face, and what the text engine has to know about them."""
    content = {
        "faces": [
            {
                "family": family,
                "weight": weight.value,
                "file": path.name,
                "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            }
            for family, weight, path in faces
        ],
        "narrow_plane": NARROW_PLANE,
        "traditional_only": traditional_only(),
    }
    (TARGET / "fonts.json").write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")


def write_licence(sources: Path) -> None:
    """The licence once, under the copyright lines of all sources."""
    lines, body = [], ""
    for package in (
        "noto-sans-sc",
        "noto-sans-tc",
        "source-sans-3",
        "noto-sans",
        "noto-sans-symbols-2",
        "noto-emoji",
        "noto-sans-kr",
    ):
        text = (sources / package / "LICENSE_FONT").read_text("utf-8")
        head, _, body = text.partition("\n\n")
        lines.append(f"{package}: {head.strip()}")
    note = "The faces of this folder are changed versions of the fonts below, under names of their own.\n"
    (TARGET / "OFL.txt").write_text(note + "\n" + "\n".join(lines) + "\n\n" + body.strip() + "\n", "utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description="Build the faces of resources/fonts.")
    parser.add_argument("sources", type=Path, help="folder with the unpacked font packages")
    sources: Path = parser.parse_args().sources
    TARGET.mkdir(parents=True, exist_ok=True)
    faces = []
    for weight in WEIGHTS:
        faces.append((FAMILY, weight, build_simplified(sources, weight)))
        print(faces[-1][2].name, faces[-1][2].stat().st_size)
    for weight in (WEIGHTS[0], WEIGHTS[-1]):
        faces.append((TRADITIONAL_FAMILY, weight, build_traditional(sources, weight)))
        print(faces[-1][2].name, faces[-1][2].stat().st_size)
    for family, build in ((EMOJI_FAMILY, build_emoji), (KOREAN_FAMILY, build_korean)):
        faces.append((family, WEIGHTS[0], build(sources)))
        print(faces[-1][2].name, faces[-1][2].stat().st_size)
    write_list(faces)
    write_licence(sources)
    return 0


if __name__ == "__main__":
    sys.exit(main())
