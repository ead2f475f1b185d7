"""The theme, master and layouts of an editable deck: fonts and colours that the whole file refers to.

Fonts are ones that stand on every computer with PowerPoint: Microsoft YaHei for Chinese, and for an English deck
Calibri, whose letters run about as wide as those of our own faces. Colours and fonts are changed in one place,
as people do it: Design, Variants.
"""

from __future__ import annotations

from typing import Any, Final

from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml

from channel_desk.documents.render.palette import (
    ACCENT,
    ALERT,
    BAR_GROUND,
    CHART_BAR,
    GREY,
    HAIRLINE,
    INK,
    TINT,
    WHITE,
    WRITING,
)

POINT: Final = 12700

#: The colour of each slot of the theme; a slide names the slot, never the colour.
_THEME_SLOTS: Final = {
    "dk1": INK, "lt1": WHITE, "dk2": GREY, "lt2": TINT, "accent1": ACCENT, "accent2": CHART_BAR, "accent3": HAIRLINE,
    "accent4": WRITING, "accent5": BAR_GROUND, "accent6": ALERT, "hlink": ACCENT, "folHlink": GREY,
}  # fmt: skip
_LATIN: Final = {"zh_CN": "Microsoft YaHei", "en": "Calibri"}
_EAST_ASIAN: Final = "Microsoft YaHei"
_SCRIPTS: Final = {"Hans": _EAST_ASIAN, "Hant": "Microsoft JhengHei", "Jpan": "Yu Gothic"}
_A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_SPACES: Final = (
    f'xmlns:a="{_A}" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)

#: Indices of the layout's placeholders for kicker and source.
KICKER_INDEX: Final = 13
SOURCE_INDEX: Final = 14


def dress(presentation: Any, language_code: str) -> tuple[Any, Any]:
    """Give ``presentation`` our theme, master and two layouts; returns the layouts for cover and content."""
    master = presentation.slide_master
    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = parse_xml(part.blob)
    _set_theme(theme, language_code)
    part.blob = serialize_part_xml(theme)
    layouts = presentation.slide_layouts
    cover, content = layouts[0], layouts[5]
    for layout in [layout for layout in layouts if layout not in (cover, content)]:
        layouts.remove(layout)
    _replace_shapes(master, _MASTER_SHAPES)
    _set_text_styles(master)
    _replace_shapes(cover, _COVER_SHAPES, name="Cover")
    _replace_shapes(content, _CONTENT_SHAPES, name="Slide")
    cover.element.set("showMasterSp", "0")
    return cover, content


def dress_notes(presentation: Any, language_code: str) -> None:
    """Give the notes pages the same theme; only for a presentation that has notes."""
    part = presentation.notes_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    _set_theme(part._element, language_code)  # noqa: SLF001 - python-pptx made this part from its template


def _set_theme(theme: Any, language_code: str) -> None:
    theme.set("name", "Channel Desk")
    colours = theme.find(f".//{{{_A}}}clrScheme")
    colours.set("name", "Channel Desk")
    for slot, colour in _THEME_SLOTS.items():
        place = colours.find(f"{{{_A}}}{slot}")
        for child in list(place):
            place.remove(child)
        place.append(parse_xml(f'<a:srgbClr xmlns:a="{_A}" val="{colour.lstrip("#")}"/>'))
    fonts = theme.find(f".//{{{_A}}}fontScheme")
    fonts.set("name", "Channel Desk")
    for font in fonts.iter(f"{{{_A}}}latin"):
        font.set("typeface", _LATIN.get(language_code, "Calibri"))
    for font in fonts.iter(f"{{{_A}}}ea"):
        font.set("typeface", _EAST_ASIAN)
    for font in list(fonts.iter(f"{{{_A}}}font")):
        if typeface := _SCRIPTS.get(font.get("script")):
            font.set("typeface", typeface)


def _replace_shapes(owner: Any, shapes: str, *, name: str = "") -> None:
    """Put ``shapes`` in the place of all shapes of a master or layout."""
    tree = owner.shapes.element
    for child in list(tree)[2:]:
        tree.remove(child)
    for shape in list(parse_xml(f"<p:spTree {_SPACES}>{shapes}</p:spTree>")):
        tree.append(shape)
    if name:
        owner.element.find(".//{*}cSld").set("name", name)


def _set_text_styles(master: Any) -> None:
    """Titles bold and left, body texts without bullets; sizes are those of paper.md, section 6."""
    styles = master.element.find("{*}txStyles")
    fresh = parse_xml(_TEXT_STYLES)
    styles.getparent().replace(styles, fresh)


def emu(points: float) -> int:
    """Points in the file's units."""
    return round(points * POINT)


def _frame(x: float, y: float, w: float, h: float) -> str:
    return (
        f'<a:xfrm><a:off x="{emu(x)}" y="{emu(y)}"/><a:ext cx="{emu(w)}" cy="{emu(h)}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    )


def _placeholder(number: int, name: str, kind: str, frame: str, *, prompt: str, style: str = "") -> str:
    text = (
        f'<a:p><a:r><a:rPr lang="en-US"/><a:t>{prompt}</a:t></a:r></a:p>'
        if prompt
        else '<a:p><a:endParaRPr lang="en-US"/></a:p>'
    )
    if 'type="sldNum"' in kind:
        text = (
            '<a:p><a:fld id="{C1FF6DA9-008F-8B48-92A6-B652298478BF}" type="slidenum">'
            '<a:rPr lang="en-US"/><a:t>‹#›</a:t></a:fld><a:endParaRPr lang="en-US"/></a:p>'
        )
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr><p:spPr>{frame}</p:spPr>"
        f'<p:txBody><a:bodyPr vert="horz" lIns="0" tIns="0" rIns="0" bIns="0" rtlCol="0" anchor="t">'
        f"<a:normAutofit/></a:bodyPr><a:lstStyle>{style}</a:lstStyle>{text}</p:txBody></p:sp>"
    )


def _level(size: float, *, leading: float, slot: str, bold: bool = False, align: str = "l") -> str:
    weight = "1" if bold else "0"
    return (
        f'<a:lvl1pPr marL="0" indent="0" algn="{align}"><a:lnSpc><a:spcPts val="{round(leading * 100)}"/></a:lnSpc>'
        '<a:spcBef><a:spcPts val="0"/></a:spcBef><a:buNone/>'
        f'<a:defRPr sz="{round(size * 100)}" b="{weight}"><a:solidFill><a:schemeClr val="{slot}"/></a:solidFill>'
        "</a:defRPr></a:lvl1pPr>"
    )


def _line(number: int, name: str, x: float, y: float, w: float, *, weight: float, slot: str) -> str:
    return (
        f'<p:cxnSp><p:nvCxnSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvCxnSpPr/><p:nvPr userDrawn="1"/>'
        "</p:nvCxnSpPr>"
        f'<p:spPr><a:xfrm><a:off x="{emu(x)}" y="{emu(y)}"/><a:ext cx="{emu(w)}" cy="0"/></a:xfrm>'
        f'<a:prstGeom prst="line"><a:avLst/></a:prstGeom><a:ln w="{emu(weight)}"><a:solidFill>'
        f'<a:schemeClr val="{slot}"/></a:solidFill></a:ln></p:spPr></p:cxnSp>'
    )


_FOOTER_STYLE: Final = _level(10, leading=14, slot="tx2")
_NUMBER_STYLE: Final = _level(10, leading=14, slot="tx1", bold=True, align="r")

_TITLE_FRAME: Final = _frame(56, 44, 848, 80)
_FOOTER_FRAME: Final = _frame(56, 510, 780, 14)
_NUMBER_FRAME: Final = _frame(856, 510, 48, 14)


def _footer(first: int, indices: tuple[int, int]) -> str:
    """Footer text and slide number; ``indices`` are those of the placeholders."""
    footer, number = (f'sz="quarter" idx="{index}"' for index in indices)
    return _placeholder(
        first, "Footer", f'type="ftr" {footer}', _FOOTER_FRAME, prompt="", style=_FOOTER_STYLE
    ) + _placeholder(first + 1, "Number", f'type="sldNum" {number}', _NUMBER_FRAME, prompt="", style=_NUMBER_STYLE)


_MASTER_SHAPES: Final = "".join(
    (
        _placeholder(2, "Title", 'type="title"', _TITLE_FRAME, prompt="Title"),
        _placeholder(3, "Text", 'type="body" idx="1"', _frame(56, 136, 848, 340), prompt="Text"),
        _footer(4, (3, 4)),
        _line(6, "Footer rule", 56, 504, 848, weight=0.5, slot="accent3"),
    )
)

_COVER_SHAPES: Final = (
    f'<p:sp><p:nvSpPr><p:cNvPr id="5" name="Panel"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>'
    f'{_frame(660, 0, 300, 540)}<a:solidFill><a:schemeClr val="accent1"/></a:solidFill>'
    "<a:ln><a:noFill/></a:ln></p:spPr>"
    '<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr lang="en-US"/></a:p></p:txBody></p:sp>'
) + "".join(
    (
        _placeholder(
            2, "Title", 'type="ctrTitle"', _frame(56, 148, 540, 130), prompt="Title",
            style=_level(48, leading=64, slot="tx1", bold=True),
        ),
        _placeholder(
            3, "Subtitle", 'type="subTitle" idx="1"', _frame(56, 296, 540, 56), prompt="Subtitle",
            style=_level(20, leading=28, slot="tx2"),
        ),
    )
)  # fmt: skip

_CONTENT_SHAPES: Final = "".join(
    (
        _placeholder(2, "Title", 'type="title"', _frame(56, 44, 848, 80), prompt="Title"),
        _placeholder(
            3, "Kicker", f'type="body" sz="quarter" idx="{KICKER_INDEX}"', _frame(56, 26, 848, 14), prompt="Kicker",
            style=_level(11, leading=14, slot="accent1", bold=True),
        ),
        _placeholder(
            4, "Source", f'type="body" sz="quarter" idx="{SOURCE_INDEX}"', _frame(56, 481, 848, 14), prompt="Source",
            style=_level(10.5, leading=14, slot="tx2"),
        ),
        _footer(5, (11, 12)),
    )
)  # fmt: skip


def _body_level(number: int) -> str:
    return (
        f'<a:lvl{number}pPr marL="{emu(18) * (number - 1)}" indent="0" algn="l" defTabSz="914400" rtl="0" '
        'eaLnBrk="1" latinLnBrk="0" hangingPunct="1"><a:spcBef><a:spcPts val="0"/></a:spcBef><a:buNone/>'
        '<a:defRPr sz="1800" kern="1200"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill>'
        '<a:latin typeface="+mn-lt"/><a:ea typeface="+mn-ea"/><a:cs typeface="+mn-cs"/></a:defRPr>'
        f"</a:lvl{number}pPr>"
    )


_BODY_LEVELS: Final = "".join(_body_level(number) for number in range(1, 10))
_TEXT_STYLES: Final = (
    f"<p:txStyles {_SPACES}><p:titleStyle>"
    '<a:lvl1pPr algn="l" defTabSz="914400" rtl="0" eaLnBrk="1" latinLnBrk="0" hangingPunct="1">'
    '<a:lnSpc><a:spcPts val="4000"/></a:lnSpc><a:spcBef><a:spcPts val="0"/></a:spcBef><a:buNone/>'
    '<a:defRPr sz="3000" b="1" kern="1200"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill>'
    '<a:latin typeface="+mj-lt"/><a:ea typeface="+mj-ea"/><a:cs typeface="+mj-cs"/></a:defRPr></a:lvl1pPr>'
    f"</p:titleStyle><p:bodyStyle>{_BODY_LEVELS}</p:bodyStyle><p:otherStyle>{_BODY_LEVELS}</p:otherStyle>"
    "</p:txStyles>"
)
