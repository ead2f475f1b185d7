"""White sheets with a hairline around them: a title, what stands at its right, and a body."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.ground import Ground
from channel_desk.ui.widgets.icon import Icon
from channel_desk.ui.widgets.text import Text


class Card(Ground):
    """``body`` takes the content, ``head`` (at the right of the title) small buttons.

    :meth:`set_info` puts a quiet word into the head, mostly when the card was confirmed.
    """

    def __init__(self, theme: Theme, title: str = "", *, icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(theme, "surface", edge="hairline", radius=drawing.CARD, parent=parent)
        self.setAccessibleName(title)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 12, 16, 16)
        outer.setSpacing(8)
        self.title = Text(theme, title, "card-title", elide=True, parent=self)
        self._info_icon = Icon(theme, "clock", "warning-text", 14, parent=self)
        self._info = Text(theme, "", "secondary", "ink-3", parent=self)
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        top = QHBoxLayout()
        top.setSpacing(8)
        if icon:
            top.addWidget(Icon(theme, icon, parent=self))
        top.addWidget(self.title, 1)
        top.addWidget(self._info_icon)
        top.addWidget(self._info)
        top.addLayout(self.head)
        self._top = QWidget(self)
        self._top.setLayout(top)
        self._top.setMinimumHeight(28)
        top.setContentsMargins(0, 0, 0, 0)
        self._top.setVisible(bool(title or icon))
        outer.addWidget(self._top)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        outer.addLayout(self.body)
        self.set_info("")

    def set_title(self, title: str) -> None:
        self.title.setText(title)
        self.setAccessibleName(title)
        self._top.show()

    def set_info(self, info: str, *, stale: bool = False) -> None:
        """The quiet word in the head; amber with a clock when ``stale``."""
        self._info.setText(info)
        self._info.setVisible(bool(info))
        self._info.set_role("secondary-strong" if stale else "secondary")
        self._info.set_colour("warning-text" if stale else "ink-3")
        self._info_icon.setVisible(stale and bool(info))
