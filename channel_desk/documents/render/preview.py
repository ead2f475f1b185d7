"""Pages of a PDF as pictures, one at a time, for the screen; without Qt."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Self

import pypdfium2

#: PDFium keeps state of its own outside its documents: never two threads in it at once, whatever they draw.
_ONE_AT_A_TIME: Final = threading.RLock()


@dataclass(frozen=True)
class PagePicture:
    """Pixels of a page: four bytes each (blue, green, red, unused), rows without gaps."""

    width: int
    height: int
    pixels: bytes


class Preview:
    """An open PDF. Pages are drawn when asked for, from any thread; close it."""

    def __init__(self, data: bytes) -> None:
        with _ONE_AT_A_TIME:
            self._document = pypdfium2.PdfDocument(data)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        with _ONE_AT_A_TIME:
            self._document.close()

    def __len__(self) -> int:
        with _ONE_AT_A_TIME:
            return len(self._document)

    def size(self, number: int) -> tuple[float, float]:
        """Width and height of page ``number`` (from 0) in points."""
        with _ONE_AT_A_TIME:
            width, height = self._document.get_page_size(number)
        return float(width), float(height)

    def picture(self, number: int, width: int) -> PagePicture:
        """Page ``number`` drawn ``width`` pixels wide."""
        with _ONE_AT_A_TIME:
            return self._picture(number, width)

    def _picture(self, number: int, width: int) -> PagePicture:
        page = self._document[number]
        try:
            bitmap = page.render(scale=width / page.get_width(), prefer_bgrx=True)
            try:
                pixels = _rows(bytes(bitmap.buffer), bitmap.width * 4, bitmap.stride, bitmap.height)
                return PagePicture(bitmap.width, bitmap.height, pixels)
            finally:
                bitmap.close()
        finally:
            page.close()

    def text(self, number: int) -> str:
        """The text of page ``number`` in reading order, as it would be copied."""
        with _ONE_AT_A_TIME:
            return self._text(number)

    def _text(self, number: int) -> str:
        page = self._document[number]
        try:
            text_page = page.get_textpage()
            try:
                return str(text_page.get_text_range())
            finally:
                text_page.close()
        finally:
            page.close()


def _rows(pixels: bytes, wanted: int, stride: int, height: int) -> bytes:
    if stride == wanted:
        return pixels
    return b"".join(pixels[row * stride : row * stride + wanted] for row in range(height))
