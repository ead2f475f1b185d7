"""A word that floats over the foot of the calendar."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.ground import Ground
from channel_desk.ui.widgets.icon import Icon
from channel_desk.ui.widgets.text import Text

#: Room between the hint and the edges of what it floats over.
_AWAY: Final = 24
#: Room below it, where a toast stands.
_FROM_FOOT: Final = 80


class FloatingHint(Ground):
    """Takes no room from ``under`` and lets every click through to it."""

    def __init__(self, theme: Theme, sentence: str, under: QWidget) -> None:
        super().__init__(theme, "surface", edge="hairline-strong", radius=drawing.CARD, parent=under)
        self._under = under
        self.setAccessibleName(sentence)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 12, 16, 12)
        line.setSpacing(8)
        line.addWidget(Icon(theme, "calendar-days", "ink-3", 20))
        line.addWidget(Text(theme, sentence, "body", "ink-2", elide=True))
        under.installEventFilter(self)

    def _take_place(self) -> None:
        size, room = self.sizeHint(), self._under.rect()
        width = min(size.width(), room.width() - 2 * _AWAY)
        self.setGeometry((room.width() - width) // 2, room.height() - size.height() - _FROM_FOOT, width, size.height())

    @override
    def setVisible(self, visible: bool) -> None:  # noqa: FBT001 - Qt's signature
        if visible:
            self._take_place()
        super().setVisible(visible)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._under and event.type() is QEvent.Type.Resize:
            self._take_place()
        return False
