"""The current question: opened on a tint with a bar at its left, with the editor that its kind needs."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QMoveEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channel_desk.domain.checklists import ItemKind
from channel_desk.presentation.visit_wizard import Row, Wizard
from channel_desk.ui.context import Context
from channel_desk.ui.overriding import override
from channel_desk.ui.visit.editor import Editor, PlainEditor
from channel_desk.ui.visit.objections import ObjectionsEditor
from channel_desk.ui.visit.promises import PromisesEditor
from channel_desk.ui.visit.rating import RatingEditor
from channel_desk.ui.visit.rows import CODE_LEFT, MARGIN, TEXT_LEFT
from channel_desk.ui.visit.verdict import NextStepEditor, VerdictEditor
from channel_desk.ui.widgets.badge import IconWord
from channel_desk.ui.widgets.ground import Ground
from channel_desk.ui.widgets.icon import Icon
from channel_desk.ui.widgets.text import Text

_BAR: Final = 3
_EDITORS: Final[dict[ItemKind, type[Editor]]] = {
    ItemKind.VERDICT: VerdictEditor,
    ItemKind.NEXT_STEP: NextStepEditor,
    ItemKind.OBJECTIONS: ObjectionsEditor,
    ItemKind.COMMITMENTS: PromisesEditor,
}


def editor_for(ctx: Context, row: Row, wizard: Wizard) -> Editor:
    """The editor that the kind of the question needs."""
    item = row.item
    if item.kind is ItemKind.RATING and len(item.options) > 1:
        return RatingEditor(ctx, row, wizard)
    return _EDITORS.get(item.kind, PlainEditor)(ctx, row, wizard)


class OpenQuestion(Ground):
    """Head line and editor of one question. ``placed`` says that it stands elsewhere or has grown."""

    placed = Signal()

    def __init__(self, ctx: Context, row: Row, wizard: Wizard, parent: QWidget | None = None) -> None:
        super().__init__(ctx.theme, "accent-tint", parent=parent)
        item = row.item
        question = ctx.language.own(item.text)
        self.setAccessibleName(f"{item.code} {question}")
        self.editor = editor_for(ctx, row, wizard)
        head = QHBoxLayout()
        head.setSpacing(8)
        number = Text(ctx.theme, str(item.code), "body-strong", "accent-ink", parent=self)
        number.setFixedWidth(TEXT_LEFT - CODE_LEFT - 8)
        head.addWidget(number)
        head.addWidget(Text(ctx.theme, question, "card-title", elide=True, parent=self), 1)
        hint = ctx.language.own(item.hint)
        self._missing = IconWord(
            ctx.theme, "circle-alert", ctx.tr("needed to close"), colour="warning-text", role="secondary", parent=self
        )
        if hint:
            head.addWidget(_Hint(ctx, hint, self))
        head.addWidget(self._missing)
        inside = QHBoxLayout()
        inside.setContentsMargins(TEXT_LEFT - CODE_LEFT, 0, 0, 0)
        inside.addWidget(self.editor)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(CODE_LEFT, 12, MARGIN, 12)
        outer.setSpacing(8)
        outer.addLayout(head)
        outer.addLayout(inside)
        self.show_wizard(wizard)

    def show_wizard(self, wizard: Wizard) -> None:
        self.editor.show_wizard(wizard)
        needed = self.editor.row.item.kind in {ItemKind.VERDICT, ItemKind.NEXT_STEP}
        self._missing.setVisible(needed and wizard.visit.is_open and not self.editor.row.answered)

    @override
    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self.placed.emit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.placed.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(0, 0, _BAR, self.height(), self._theme.colour("accent"))
        painter.fillRect(_BAR, self.height() - 1, self.width(), 1, self._theme.colour("hairline"))


class _Hint(QWidget):
    """What may help to ask, with a bulb."""

    def __init__(self, ctx: Context, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(Icon(ctx.theme, "lightbulb", "ink-3", 14, parent=self))
        row.addWidget(Text(ctx.theme, words, "secondary", "ink-2", parent=self))
