"""The closed rows of the checklist: section heads, and questions with their answer in a few words."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing

#: Left edge of the codes, of the questions, and the margin at the right, in pixels.
CODE_LEFT: Final = 24
TEXT_LEFT: Final = 76
MARGIN: Final = 24
_ROW: Final = 40
_HEAD: Final = 36
_HEAD_WITHOUT_WORDS: Final = 12
#: Of the width, how much the answer may take.
_ANSWER_SHARE: Final = 0.5


class SectionHead(QWidget):
    """The title of a section with a line below; no words where its first question says the same."""

    def __init__(self, theme: Theme, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._title = title
        self.setAccessibleName(title)
        self.setFixedHeight(_HEAD if title else _HEAD_WITHOUT_WORDS)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._theme.font("body-strong"))
        painter.setPen(self._theme.colour("ink-2"))
        place = self.rect().adjusted(CODE_LEFT, 4, -MARGIN, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._title)
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.colour("hairline"))


class QuestionRow(QAbstractButton):
    """A question that is not current: code, text, answer, check."""

    def __init__(self, theme: Theme, code: int, question: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._code = str(code)
        self._question = question
        self._answer = ""
        self._answered = False
        self._strong = False
        #: Whether a line stands below; not before a section head.
        self.has_line = True
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_answer(self, words: str, *, answered: bool, strong: bool = False) -> None:
        """``words`` are shown at the right, with a check when ``answered``; figures stand out as ``strong``."""
        if (words, answered, strong) == (self._answer, self._answered, self._strong):
            return
        self._answer, self._answered, self._strong = words, answered, strong
        self.setAccessibleName(f"{self._code} {self._question}: {words}")
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(400, _ROW)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        if self.underMouse():
            painter.fillRect(self.rect(), theme.colour("hover"))
        if self.has_line:
            painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour("hairline"))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("ink-3"))
        painter.drawText(QRect(CODE_LEFT, 0, 48, self.height()), middle | Qt.AlignmentFlag.AlignLeft, self._code)
        right = self.width() - MARGIN
        if self._answered:
            drawing.icon(painter, theme, "check", QRect(right - 16, 0, 16, self.height()), colour="success-mark")
            right -= 24
        painter.setFont(theme.font("body-strong" if self._strong else "body"))
        painter.setPen(theme.colour("ink" if self._strong else "ink-2"))
        room = right - TEXT_LEFT
        question = QFontMetrics(theme.font("body")).horizontalAdvance(self._question)
        most = max(room - question - 24, round(room * _ANSWER_SHARE))
        words = drawing.elided(painter.fontMetrics(), self._answer, most)
        width = painter.fontMetrics().horizontalAdvance(words)
        painter.drawText(QRect(right - width, 0, width + 1, self.height()), middle | Qt.AlignmentFlag.AlignLeft, words)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("ink"))
        place = QRect(TEXT_LEFT, 0, room - width - 24, self.height())
        shown = drawing.elided(painter.fontMetrics(), self._question, place.width())
        painter.drawText(place, middle | Qt.AlignmentFlag.AlignLeft, shown)
