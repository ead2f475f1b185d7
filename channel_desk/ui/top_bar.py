"""The bar at the head of a page: title, the page's own controls, and the field for everything (Ctrl+K)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from channel_desk.ui.context import Context
from channel_desk.ui.overriding import override
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.pressable import Pressable
from channel_desk.ui.widgets.text import Text

HEIGHT = 56
_MARGIN = 24
#: What title and remark keep of their widths, in pixels.
_TITLE_LEAST = 240
_REMARK_LEAST = 160


class TopBar(QWidget):
    """Left: title, remark, then what the page adds. Right: what the page adds, ending with its main button."""

    palette_wanted = Signal()

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = ctx.theme
        self.setFixedHeight(HEIGHT)
        self.title = Text(ctx.theme, "", "page-title", elide=True)
        self.remark = Text(ctx.theme, "", "body", "ink-2", elide=True)
        self.title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.remark.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._before = QHBoxLayout()
        self._left = QHBoxLayout()
        self._right = QHBoxLayout()
        for part in (self._before, self._left, self._right):
            part.setSpacing(8)
        self.search = _PaletteField(ctx, self)
        self.search.clicked.connect(self.palette_wanted)
        layout = self._row = QHBoxLayout(self)
        layout.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        layout.addLayout(self._before)
        layout.addWidget(self.title, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.remark, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addLayout(self._left)
        layout.addStretch(1)
        layout.addWidget(self.search)
        layout.addLayout(self._right)
        layout.setSpacing(12)

    def set_title(self, title: str, remark: str = "") -> None:
        self.title.setText(title)
        self.remark.setText(remark)
        self.remark.setVisible(bool(remark))
        # Where there is no room for both, neither is cut to nothing for the other.
        self.title.setMinimumWidth(min(self.title.sizeHint().width(), _TITLE_LEAST))
        self.remark.setMinimumWidth(min(self.remark.sizeHint().width(), _REMARK_LEAST))

    def add_before(self, widget: QWidget, *, inset: int = 0) -> None:
        """Before the title, such as a tier; one whose words begin ``inset`` pixels inside it has them at the margin."""
        self._before.addWidget(widget)
        self._row.setContentsMargins(_MARGIN - inset, 0, _MARGIN, 0)

    def add_left(self, widget: QWidget) -> None:
        self._left.addWidget(widget)

    def add_right(self, widget: QWidget) -> None:
        self._right.addWidget(widget)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._theme.colour("window"))
        painter.setPen(self._theme.colour("hairline"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        # A click on the empty bar ends what is being typed.
        self.setFocus()
        super().mousePressEvent(event)


class _PaletteField(Pressable):
    """Looks like a field, opens the palette."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = ctx.theme
        self._words = ctx.tr("Search or type a command")
        self.setAccessibleName(self._words)
        self.setFixedHeight(32)
        self.setMinimumWidth(120)
        self.setMaximumWidth(264)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setObjectName("palette_field")

    @override
    def sizeHint(self) -> object:  # type: ignore[override]  # a QSize
        hint = super().sizeHint()
        hint.setWidth(264)
        return hint

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self.rect().adjusted(1, 1, -1, -1)
        focused = self.hasFocus()
        painter.setPen(self._theme.colour("accent" if focused else "hairline-strong"))
        painter.setBrush(self._theme.colour("surface"))
        painter.drawRoundedRect(box, 6, 6)
        self._theme.icon("search", "ink-2", 16).paint(painter, 10, 8, 16, 16)
        painter.setFont(self._theme.font("hour"))
        key = "Ctrl K"
        width = painter.fontMetrics().horizontalAdvance(key) + 10
        cap = self.rect().adjusted(self.width() - width - 8, 7, -8, -7)
        painter.setPen(self._theme.colour("hairline-strong"))
        painter.drawRoundedRect(cap, 4, 4)
        painter.setPen(self._theme.colour("ink-3"))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, key)
        painter.setFont(self._theme.font("body"))
        room = self.rect().adjusted(34, 0, -width - 16, 0)
        words = drawing.elided(painter.fontMetrics(), self._words, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
        painter.end()
