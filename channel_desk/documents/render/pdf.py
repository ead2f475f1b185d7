"""A PDF drawn straight onto ReportLab's canvas, with (0, 0) at the top left of the page; sizes are points.

Text goes in as set :class:`~channel_desk.documents.render.text.Block` objects and never as mark-up. The same calls give
the same bytes. Pages are compressed as they are finished, so that a thousand briefs fit into little memory.
"""

from __future__ import annotations

import errno
import os
import secrets
import zlib
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Final

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from channel_desk.documents.render.embedding import Embedding
from channel_desk.documents.render.fonts import FontBook
from channel_desk.documents.render.palette import A4, INK, WHITE, Style
from channel_desk.documents.render.text import FLAG_PADDING, Block, Mark, Run, Span, Typesetter, clean
from channel_desk.errors import UserError
from channel_desk.paths import DataFolder

#: Distance of the control points of a quarter circle from its ends, in radii.
_ARC: Final = 0.5523
#: A language as PDF readers name it.
_LANGUAGES: Final = {"zh_CN": "zh-CN", "en": "en"}


class _Canvas(Canvas):
    """A canvas that starts with no font of its own, so that no unembedded Helvetica is named."""

    _doc: Any
    _code: list[str]

    def _make_preamble(self) -> None:
        self._preamble = ""

    def finish_page(self) -> None:
        """Close the page and keep its drawing compressed."""
        name = self._doc.thisPageName()
        self.showPage()
        page = self._doc.idToObject[name]
        drawing = zlib.compress(page.stream.encode("ascii"))
        page.Contents = pdfdoc.PDFStream(
            pdfdoc.PDFDictionary({"Filter": pdfdoc.PDFName("FlateDecode")}), drawing, filters=[]
        )
        page.stream = None


def _named(text: str) -> str:
    """A title as readers list it: one line of a sensible length."""
    return " ".join(clean(text[:300]).split())


def _rgb(colour: str) -> str:
    value = int(colour[1:], 16)
    return f"{(value >> 16) / 255:.3g} {(value >> 8 & 255) / 255:.3g} {(value & 255) / 255:.3g}"


def _round_box(left: float, bottom: float, right: float, top: float, radius: float) -> str:
    """The outline of a box with round corners, in PDF's own coordinates."""
    r = min(radius, (right - left) / 2, (top - bottom) / 2)
    k = r * (1 - _ARC)
    return (
        f"{left + r:.2f} {bottom:.2f} m {right - r:.2f} {bottom:.2f} l "
        f"{right - k:.2f} {bottom:.2f} {right:.2f} {bottom + k:.2f} {right:.2f} {bottom + r:.2f} c "
        f"{right:.2f} {top - r:.2f} l "
        f"{right:.2f} {top - k:.2f} {right - k:.2f} {top:.2f} {right - r:.2f} {top:.2f} c "
        f"{left + r:.2f} {top:.2f} l "
        f"{left + k:.2f} {top:.2f} {left:.2f} {top - k:.2f} {left:.2f} {top - r:.2f} c "
        f"{left:.2f} {bottom + r:.2f} l "
        f"{left:.2f} {bottom + k:.2f} {left + k:.2f} {bottom:.2f} {left + r:.2f} {bottom:.2f} c h"
    )


class Pdf:
    """One document being drawn."""

    def __init__(
        self,
        book: FontBook,
        *,
        title: str,
        author: str,
        language: str,
        subject: str = "",
        size: tuple[float, float] = A4,
        made_at: datetime | None = None,
    ) -> None:
        self.typesetter = Typesetter(book)
        self.size = size
        self.pages = 0
        self._embedding = Embedding(book.narrow_plane)
        self._output = BytesIO()
        self._canvas = _Canvas(
            self._output, pagesize=size, pageCompression=1, invariant=1, lang=_LANGUAGES.get(language, language)
        )
        self.name(title, subject)
        # readers, also those that read aloud, name the window after the title and not after the file
        self._canvas.setViewerPreference("DisplayDocTitle", "true")
        self._canvas.setAuthor(_named(author))
        if made_at is not None:
            self._date(made_at)
        self._canvas.setCreator("Channel Desk")
        self._canvas.setProducer("Channel Desk")
        self._canvas._doc.delayedFonts.append(self._embedding)  # noqa: SLF001 - the place ReportLab's own fonts use
        self._code: list[str] = self._canvas._code  # noqa: SLF001 - operators are written as they are
        self._colours: dict[str, str] = {}
        self._bookmarks = 0

    def name(self, title: str, subject: str = "") -> None:
        """What readers show in the title bar and as the subject; may be told late."""
        self._canvas.setTitle(_named(title))
        self._canvas.setSubject(_named(subject or title))

    def _date(self, made_at: datetime) -> None:
        """Date the document by the caller's clock: ReportLab knows only its own, or the year 2000."""
        minutes = int((made_at.utcoffset() or timedelta()).total_seconds()) // 60
        sign, ahead = ("-" if minutes < 0 else "+"), abs(minutes)
        written = f"D:{made_at:%Y%m%d%H%M%S}{sign}{ahead // 60:02d}'{ahead % 60:02d}'"
        self._canvas.setDateFormatter(lambda *_parts: written)

    # pages

    def end_page(self) -> None:
        """Finish this page; the next call draws on a new one."""
        self._canvas.finish_page()
        self._code = self._canvas._code  # noqa: SLF001 - a new page has a new list
        self.pages += 1

    def take_missing(self) -> tuple[str, ...]:
        """The characters drawn as boxes since the last call, because no face has them."""
        return self._embedding.take_missing()

    def bookmark(self, title: str, *, level: int = 0) -> None:
        """An entry of the reader's table of contents that leads to this page."""
        self._bookmarks += 1
        key = f"b{self._bookmarks}"
        self._canvas.bookmarkHorizontal(key, 0, self.size[1])
        self._canvas.addOutlineEntry(_named(title), key, level, closed=level == 0)

    def finish(self) -> bytes:
        """The document's bytes; nothing can be drawn afterwards."""
        if self._bookmarks:
            self._canvas.showOutline()
        document = self._canvas._doc  # noqa: SLF001 - `save` would add an empty page
        data: bytes = document.GetPDFData(self._canvas)
        return data

    # shapes

    def _rgb(self, colour: str) -> str:
        if colour not in self._colours:
            self._colours[colour] = _rgb(colour)
        return self._colours[colour]

    def line(self, x1: float, y1: float, x2: float, y2: float, *, width: float = 0.4, colour: str = INK) -> None:
        """A straight line."""
        height = self.size[1]
        self._code.append(
            f"{self._rgb(colour)} RG {width:.3g} w {x1:.2f} {height - y1:.2f} m {x2:.2f} {height - y2:.2f} l S"
        )

    def path(self, points: Sequence[tuple[float, float]], *, width: float) -> None:
        """Strokes through ``points``, with round ends."""
        height = self.size[1]
        steps = [f"{x:.2f} {height - y:.2f} {'l' if number else 'm'}" for number, (x, y) in enumerate(points)]
        self._code.append(f"q {self._rgb(INK)} RG {width:.3g} w 1 J 1 j {' '.join(steps)} S Q")

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str = "",
        stroke: str = "",
        line: float = 0.7,
        radius: float = 0,
    ) -> None:
        """A rectangle with its top left corner at ``x``, ``y``; the line lies inside."""
        inset = line / 2 if stroke else 0
        left, right = x + inset, x + width - inset
        top, bottom = self.size[1] - y - inset, self.size[1] - y - height + inset
        paint = "B" if fill and stroke else ("f" if fill else "S")
        setup = (f"{self._rgb(fill)} rg " if fill else "") + (f"{self._rgb(stroke)} RG {line:.3g} w " if stroke else "")
        if not radius:
            self._code.append(f"{setup}{left:.2f} {bottom:.2f} {right - left:.2f} {top - bottom:.2f} re {paint}")
            return
        self._code.append(f"{setup}{_round_box(left, bottom, right, top, radius)} {paint}")

    def circle(self, x: float, y: float, radius: float, *, stroke: str = "", fill: str = "", line: float = 0.7) -> None:
        """A circle around ``x``, ``y``."""
        self.box(x - radius, y - radius, 2 * radius, 2 * radius, stroke=stroke, fill=fill, line=line, radius=radius)

    # text

    def block(self, block: Block, x: float, top: float) -> None:
        """Draw ``block`` with its top left corner at ``x``, ``top``."""
        self._block(block, x, top, share=0.0)

    def block_right(self, block: Block, right: float, top: float) -> None:
        """Draw ``block`` with each line ending at ``right``."""
        self._block(block, right, top, share=1.0)

    def block_centred(self, block: Block, centre: float, top: float) -> None:
        """Draw ``block`` with each line centred on ``centre``."""
        self._block(block, centre, top, share=0.5)

    def _block(self, block: Block, x: float, top: float, *, share: float) -> None:
        """Each line with ``share`` of its width left of ``x``."""
        for number, line in enumerate(block.lines):
            baseline = top + block.baseline(number)
            for run in line.runs:
                self._run(run, x - line.width * share + run.x, baseline)

    def text(self, text: str | Sequence[Span], style: Style, x: float, top: float) -> float:
        """Draw one line of ``text``; its width."""
        block = self.typesetter.line(text, style)
        self.block(block, x, top)
        return block.width

    def text_right(self, text: str | Sequence[Span], style: Style, right: float, top: float) -> float:
        """Draw one line of ``text`` that ends at ``right``; its width."""
        block = self.typesetter.line(text, style)
        self.block_right(block, right, top)
        return block.width

    def text_centred(self, text: str | Sequence[Span], style: Style, centre: float, top: float) -> float:
        """Draw one line of ``text`` around ``centre``; its width."""
        block = self.typesetter.line(text, style)
        self.block_centred(block, centre, top)
        return block.width

    def _run(self, run: Run, x: float, baseline: float) -> None:
        if run.mark is not None:
            self._mark(run, x, baseline)
            return
        self._glyphs(run, x, self.size[1] - baseline)

    def _glyphs(self, run: Run, x: float, y: float) -> None:
        """The characters of ``run`` as one text object: font changes and gaps within."""
        encoder = self._embedding.encoder(run.typeface)
        gaps = dict(run.gaps)
        size = f"{run.style.size:.4g}"
        parts = [f"BT {self._rgb(run.style.colour)} rg {x:.2f} {y:.2f} Td"]
        font, open_string = "", False
        shown: list[str] = []
        for place, character in enumerate(run.text):
            name, code = encoder[character]
            if name != font:
                if shown:
                    parts.append(f"[{''.join(shown)}{'>' if open_string else ''}]TJ")
                shown, open_string, font = [], False, name
                parts.append(f"/{name} {size} Tf")
            shown.append(code if open_string else "<" + code)
            open_string = True
            if place in gaps:
                shown.append(f">{-1000 * gaps[place]:.0f}")
                open_string = False
        if shown:
            parts.append(f"[{''.join(shown)}{'>' if open_string else ''}]TJ")
        parts.append("ET")
        self._code.append(" ".join(parts))

    # marks within a line

    def _mark(self, run: Run, x: float, baseline: float) -> None:
        size = run.style.size
        if run.mark is Mark.FLAG:
            height = size + 3
            self.box(x, baseline - size * 0.88 - 0.9, run.width, height, fill=run.style.colour, radius=1.5)
            self._inside(run, x + FLAG_PADDING, baseline, WHITE)
        elif run.mark is Mark.SQUARE:
            self.box(x, baseline - 0.36 * size - run.width / 2, run.width, run.width, fill=run.style.colour)
        elif run.mark is Mark.BLANK:
            self.line(x, baseline + 2, x + run.width, baseline + 2, width=0.5)
        else:
            self.tick_box(
                x, baseline - 0.36 * size - 4.5, ticked=run.mark is Mark.TICKED_BOX, struck=run.mark is Mark.STRUCK_BOX
            )

    def _inside(self, run: Run, x: float, baseline: float, colour: str) -> None:
        line = self.typesetter.line(run.text, run.style.in_colour(colour)).lines[0]
        for piece in line.runs:
            self._run(piece, x + piece.x, baseline)

    def code_label(self, x: float, y: float, text: str, *, width: float, style: Style) -> None:
        """The code of an item or record in its outlined box, 10.6 high."""
        self.box(x, y, width, 10.6, stroke=INK, line=0.7, radius=2)
        block = self.typesetter.line(text, style)
        self.block_centred(block, x + width / 2, y + 5.3 - block.leading / 2)

    def tick_box(self, x: float, y: float, *, ticked: bool = False, struck: bool = False) -> None:
        """A box to tick; done ones are ticked, those that do not apply are struck through."""
        size = 9
        self.box(x, y, size, size, stroke=INK, line=0.8)
        if ticked:
            points = [
                (x + 0.2 * size, y + 0.52 * size),
                (x + 0.43 * size, y + 0.75 * size),
                (x + 0.83 * size, y + 0.26 * size),
            ]
            self.path(points, width=1.7)
        elif struck:
            self.path([(x + 0.4, y + size - 0.4), (x + size - 0.4, y + 0.4)], width=0.8)


def write_file(target: Path | BinaryIO, data: bytes) -> None:
    """Put ``data`` at ``target``: a file beside it takes its name when complete, and nothing half-written is left.

    UserError ``file_denied``, ``folder_missing``, ``file_not_written``, ``file_is_data`` or ``disk_full``.
    """
    try:
        if isinstance(target, Path):
            _replace(target, data)
        else:
            target.write(data)
    except OSError as error:
        path = target if isinstance(target, Path) else Path(str(getattr(target, "name", "")))
        raise _not_written(path, error) from error


def _replace(target: Path, data: bytes) -> None:
    # The name of a link stays a link; a pipe or a device is written to, never replaced by a file.
    place = Path(os.path.realpath(target)) if target.is_symlink() else target
    if DataFolder.owns(place):
        raise UserError("file_is_data", path=str(target))
    if place.exists() and not place.is_file() and not place.is_dir():
        place.write_bytes(data)
        return
    part = place.parent / f".{place.name[:40]}.{secrets.token_hex(8)}.part"
    try:
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(place)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _not_written(target: Path, error: OSError) -> UserError:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return UserError("disk_full")
    is_nowhere = error.errno in {errno.ENOENT, errno.ENOTDIR}
    if is_nowhere and not target.parent.is_dir():
        return UserError("folder_missing", path=str(target.parent))
    if is_nowhere or error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        # a folder that is only for reading, or takes no files, as /proc; on Windows also a file that is open elsewhere
        return UserError("file_denied", path=str(target))
    return UserError("file_not_written", path=str(target), reason=error.strerror or str(error))
