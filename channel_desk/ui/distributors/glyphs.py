"""The shapes of characters, made before anybody searches.

Qt makes each when it is drawn first, and a page of names needs so many of hanzi that the key would be late.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from channel_desk.ui.theme.theme import Theme

#: What the rows are written in.
_ROLES: Final = ("body-strong", "body", "secondary")
#: So many characters are drawn at once, which takes a millisecond or two, so many milliseconds apart.
_AT_ONCE: Final = 12
_APART: Final = 20


class GlyphsAhead(QTimer):
    """Draws characters where nobody sees them, a few at a time."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._widget = parent
        self._text = ""
        #: Whether no character was drawn yet.
        self.is_wanting = True
        self.setInterval(_APART)
        self.timeout.connect(self._draw_some)

    def draw(self, text: str) -> None:
        """Draw every character of ``text`` once."""
        self._text = text
        self.is_wanting = not text
        if text:
            self.start()

    def _draw_some(self) -> None:
        some, self._text = self._text[:_AT_ONCE], self._text[_AT_ONCE:]
        if not self._text:
            self.stop()
        # Shapes are kept by face and by how dense the screen is.
        density = self._widget.devicePixelRatioF()
        paper = QImage(int(400 * density), int(40 * density), QImage.Format.Format_ARGB32_Premultiplied)
        paper.setDevicePixelRatio(density)
        painter = QPainter(paper)
        for role in _ROLES:
            painter.setFont(self._theme.font(role))
            painter.drawText(QRect(0, 0, 400, 40), Qt.AlignmentFlag.AlignLeft, some)
        painter.end()
