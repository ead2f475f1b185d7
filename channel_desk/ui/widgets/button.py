"""Buttons of the house: plain, primary, link, danger, ghost; and square ones that show an icon only."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple, TypeAlias

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFocusEvent, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.focus_ring import BY_KEYBOARD, FocusRing, ring_around
from channel_desk.ui.widgets.key_cap import cap_width, paint_cap
from channel_desk.ui.widgets.pressable import Pressable


class _Look(NamedTuple):
    """Tokens; an empty one is not painted."""

    fill: str
    hover: str
    edge: str
    text: str
    padding: int = 12


ButtonKind: TypeAlias = Literal["plain", "primary", "link", "danger", "ghost", "toast"]
_LOOKS: Final[dict[ButtonKind, _Look]] = {
    "plain": _Look("surface", "hover", "hairline-strong", "ink"),
    "primary": _Look("accent-fill", "accent-fill-hover", "", "accent-fill-text", 13),
    "link": _Look("", "hover", "", "accent", 8),
    "danger": _Look("surface", "danger-tint", "danger-mark", "danger-text"),
    "ghost": _Look("", "hover", "", "ink-2", 8),
    "toast": _Look("", "", "", "toast-link", 8),
}
_GAP: Final = 8


class PaintedButton(Pressable):
    """What all buttons of the house share: the focus ring and the pointer."""

    RADIUS = drawing.FIELD
    #: False for a button that paints its own ring, inside.
    RING_OUTSIDE = True

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._ring: FocusRing | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.RING_OUTSIDE and event.reason() in BY_KEYBOARD and self._ring is None:
            self._ring = ring_around(self._theme, self, self.RADIUS)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._ring is not None:
            self._ring.hide()
            self._ring.deleteLater()
            self._ring = None

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.EnabledChange:
            self.update()

    @property
    def _is_hot(self) -> bool:
        """Under the pointer or held down."""
        return self.isEnabled() and (self.underMouse() or self.isDown())


class Button(PaintedButton):
    """A button that says what it does. ``key`` is shown as a key cap, ``size`` is its height in pixels."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        kind: ButtonKind = "plain",
        *,
        icon: str = "",
        key: str = "",
        size: int = 32,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._kind = kind
        self._look = _LOOKS[kind]
        self._icon = icon
        self._key = key
        self._size = size
        self._text = ""
        self.setFont(theme.font("body-strong"))
        self.set_text(text)

    @property
    def label(self) -> str:
        """The words on the button."""
        return self._text

    def set_text(self, text: str) -> None:
        self._text = text
        self.setText(text.replace("&", "&&"))  # "M&E" is a name, not a mnemonic
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def set_icon(self, icon: str) -> None:
        self._icon = icon
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(sum(self._parts()) + 2 * self._padding, self._size)

    @property
    def _padding(self) -> int:
        """Less where a small button shows its ground; bare words keep their distance, which layouts count with."""
        return self._look.padding - (2 if self._size < 32 and self._look.fill else 0)

    def _parts(self) -> tuple[int, int, int]:
        """Widths of icon, words and key cap, each with its gap."""
        words = QFontMetrics(self.font()).horizontalAdvance(self._text)
        return (16 + _GAP if self._icon else 0), words, (cap_width(self._theme, self._key) + _GAP if self._key else 0)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look, theme = self._look, self._theme
        fill = look.hover if self._is_hot else look.fill
        text = look.text
        edge = look.edge
        if not self.isEnabled():
            fill, text, edge = ("surface" if look.fill else ""), "ink-3", ("hairline" if look.fill else "")
        if fill or edge:
            drawing.box(
                painter,
                self.rect(),
                fill=theme.colour(fill) if fill else None,
                edge=theme.colour(edge) if edge else None,
                radius=self.RADIUS,
            )
        self._paint_parts(painter, text)

    def _paint_parts(self, painter: QPainter, colour: str) -> None:
        icon, words, cap = self._parts()
        left = (self.width() - icon - words - cap) // 2
        if icon:
            quiet = "ink-2" if colour == "ink" else colour
            drawing.icon(painter, self._theme, self._icon, QRect(left, 0, 16, self.height()), colour=quiet)
        painter.setFont(self.font())
        painter.setPen(self._theme.colour(colour))
        place = QRect(left + icon, 0, max(words, 0) + 1, self.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._text)
        if cap:
            on_fill = self._kind == "primary" and self.isEnabled()
            corner = QRect(left + icon + words + _GAP, 0, cap - _GAP, self.height())
            paint_cap(painter, self._theme, self._key, corner, colour="accent-fill-text" if on_fill else "ink-3")


class IconButton(PaintedButton):
    """A square button without words; ``name`` is its tooltip and what assistive technology reads."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        name: str,
        *,
        size: int = 28,
        icon_size: int = 16,
        colour: str = "ink-2",
        edged: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._icon = icon
        self._size = size
        self._icon_size = icon_size
        self._colour = colour
        self._edged = edged
        self.set_name(name)

    def set_name(self, name: str) -> None:
        self.setAccessibleName(name)
        drawing.set_tip(self, name)

    def set_icon(self, icon: str, colour: str = "") -> None:
        self._icon = icon
        self._colour = colour or self._colour
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        if self.isCheckable() and self.isChecked():
            drawing.box(painter, self.rect(), fill=theme.colour("accent-select"), radius=self.RADIUS)
        elif (self._is_hot and self._colour != "toast-text") or self._edged:
            fill = theme.colour("hover" if self._is_hot else "surface")
            edge = theme.colour("hairline-strong") if self._edged else None
            drawing.box(painter, self.rect(), fill=fill, edge=edge, radius=self.RADIUS)
        colour = self._colour if self.isEnabled() else "ink-3"
        drawing.icon(painter, theme, self._icon, self.rect(), colour=colour, size=self._icon_size)
