"""Small marks with a word: badges, the letter of the tier, the dot of the status, the stance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing

if TYPE_CHECKING:
    from channel_desk.presentation.badge_kinds import BadgeKind

_BADGES: Final[dict[BadgeKind, tuple[str, str]]] = {
    "neutral": ("hover", "ink-2"),
    "on-tint": ("surface", "accent-ink"),
    "accent": ("accent-tint", "accent-ink"),
    "danger": ("danger-tint", "danger-text"),
    "warning": ("warning-tint", "warning-text"),
    "success": ("success-tint", "success-text"),
}
_TIERS: Final = {"A": ("tier-a", "tier-a-text"), "B": ("tier-b", "tier-b-text")}


class DotLook(NamedTuple):
    colour: str
    ring: bool


#: How each status is marked; never without its word.
STATUS_DOTS: Final = {
    "prospect": DotLook("ink-3", ring=True),
    "negotiating": DotLook("accent", ring=True),
    "trial": DotLook("accent", ring=False),
    "active": DotLook("success-mark", ring=False),
    "at_risk": DotLook("warning-mark", ring=False),
    "suspended": DotLook("danger-mark", ring=True),
    "ended": DotLook("ink-3", ring=False),
}
#: The icon and colour of each verdict on a distributor; only parting is red.
CLASS_ICONS: Final = {
    "keep": ("circle-check", "ink-2"),
    "usable": ("circle-check", "ink-2"),
    "train": ("graduation-cap", "ink-2"),
    "transform": ("wrench", "ink-2"),
    "exit": ("log-out", "danger-text"),
}
#: The icon of each stance.
STANCE_ICONS: Final = {"partner": "handshake", "suitor": "heart", "coach": "compass", "guardian": "shield"}


def paint_tier(painter: QPainter, theme: Theme, tier: str, corner: QRect) -> None:
    """The letter of the tier in its square of 20, in the middle of the left of ``corner``."""
    square = QRect(corner.x(), corner.y() + (corner.height() - 20) // 2, 20, 20)
    fill, text = _TIERS.get(tier, ("", "ink-2"))
    drawing.box(
        painter,
        square,
        fill=theme.colour(fill) if fill else None,
        edge=None if fill else theme.colour("edge"),
        radius=drawing.BADGE,
    )
    painter.setFont(theme.font("tier"))
    painter.setPen(theme.colour(text))
    painter.drawText(square, Qt.AlignmentFlag.AlignCenter, tier)


def paint_status(painter: QPainter, theme: Theme, status: str, corner: QRect) -> None:
    """The dot of a status at the left of ``corner``; 14 pixels further stands its word."""
    look = STATUS_DOTS[status]
    centre = QPointF(corner.x() + 4, corner.y() + corner.height() / 2)
    drawing.dot(painter, centre, theme.colour(look.colour), ring=look.ring)


def paint_badge(painter: QPainter, theme: Theme, text: str, corner: QRect, *, kind: BadgeKind) -> None:
    """A badge of 24 pixels at the left of ``corner``, in its middle."""
    fill, colour = _BADGES[kind]
    width = min(QFontMetrics(theme.font("secondary-strong")).horizontalAdvance(text) + 16, corner.width())
    place = QRect(corner.x(), corner.y() + (corner.height() - 24) // 2, width, 24)
    drawing.box(painter, place, fill=theme.colour(fill), radius=drawing.BADGE)
    painter.setFont(theme.font("secondary-strong"))
    painter.setPen(theme.colour(colour))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)


class _Mark(QWidget):
    """Something small that keeps its size and says its words to assistive technology."""

    def __init__(self, theme: Theme, text: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = text
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        return self._text

    def _say(self, text: str) -> None:
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def _width(self, role: str) -> int:
        return QFontMetrics(self._theme.font(role)).horizontalAdvance(self._text) + 1

    def _words(self, painter: QPainter, role: str, colour: QColor, left: int) -> None:
        painter.setFont(self._theme.font(role))
        painter.setPen(colour)
        place = self.rect().adjusted(left, 0, 0, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._text)


class Badge(_Mark):
    """A word on a ground of its own."""

    def __init__(
        self, theme: Theme, text: str, kind: BadgeKind = "neutral", *, icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, text, parent)
        self._kind = kind
        self._icon = icon

    def set_badge(self, text: str, kind: BadgeKind = "neutral") -> None:
        self._kind = kind
        self._say(text)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._width("secondary-strong") + 16 + (20 if self._icon else 0), 24)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        fill, text = _BADGES[self._kind]
        drawing.box(painter, self.rect(), fill=self._theme.colour(fill), radius=drawing.BADGE)
        if self._icon:
            place = QRect(8, 0, 14, self.height())
            drawing.icon(painter, self._theme, self._icon, place, colour=text, size=14)
        self._words(painter, "secondary-strong", self._theme.colour(text), 28 if self._icon else 8)


class StanceBadge(Badge):
    """The stance towards a distributor: partner, suitor, coach or guardian, with its word ``text``."""

    def __init__(self, theme: Theme, stance: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, text, icon=STANCE_ICONS[stance], parent=parent)


class TierBadge(_Mark):
    """The letter A, B or C."""

    def __init__(self, theme: Theme, tier: str, *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(theme, tier, parent)
        self.setAccessibleName(name or tier)

    def set_tier(self, tier: str) -> None:
        self._say(tier)

    @override
    def sizeHint(self) -> QSize:
        return QSize(20, 20)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        paint_tier(QPainter(self), self._theme, self._text, self.rect())


class StatusDot(_Mark):
    """The dot of a status with its word."""

    def __init__(self, theme: Theme, status: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, text, parent)
        self._status = status

    def set_status(self, status: str, text: str) -> None:
        self._status = status
        self._say(text)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._width("body") + 14, 20)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_status(painter, self._theme, self._status, self.rect())
        self._words(painter, "body", self._theme.colour("ink"), 14)


class IconWord(_Mark):
    """An icon with its word, such as the class of a distributor."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        text: str,
        *,
        colour: str = "ink-2",
        role: str = "body",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, text, parent)
        self._icon = icon
        self._colour = colour
        self._role = role

    def set_word(self, icon: str, text: str, *, colour: str = "ink-2") -> None:
        self._icon = icon
        self._colour = colour
        self._say(text)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._width(self._role) + 20, 20)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        place = QRect(0, 0, 14, self.height())
        drawing.icon(painter, self._theme, self._icon, place, colour=self._colour, size=14)
        text = "ink" if self._colour == "ink-2" else self._colour
        self._words(painter, self._role, self._theme.colour(text), 20)
