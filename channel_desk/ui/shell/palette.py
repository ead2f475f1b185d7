"""Ctrl+K: type part of a command, or anything known of a distributor, and press Enter."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from channel_desk.domain.keys import match_spans
from channel_desk.presentation.palette import Command, Hit, command_hits
from channel_desk.services.finding import Found, ListQuery, find_distributors
from channel_desk.ui.context import Context
from channel_desk.ui.overriding import override
from channel_desk.ui.place import Place
from channel_desk.ui.shell.popup import Panel
from channel_desk.ui.widgets.field import TextField

_ROW = 36
_MOST = 9


class _Rows(QStyledItemDelegate):
    """A line: icon, text with the match marked, remark at the right."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = ctx.theme

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, _ROW)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        hit: Hit = index.data(Qt.ItemDataRole.UserRole)
        box: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("accent-select"))
            painter.drawRoundedRect(box, 6, 6)
        self._theme.icon(hit.icon, "ink-2", 16).paint(painter, box.x() + 10, box.y() + 10, 16, 16)
        painter.setFont(self._theme.font("secondary"))
        painter.setPen(self._theme.colour("ink-2"))
        right = box.adjusted(0, 0, -12, 0)
        painter.drawText(right, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, hit.remark)
        room = box.adjusted(36, 0, -painter.fontMetrics().horizontalAdvance(hit.remark) - 28, 0)
        painter.setFont(self._theme.font("body"))
        metrics = painter.fontMetrics()
        text = metrics.elidedText(hit.text, Qt.TextElideMode.ElideRight, room.width())
        for start, end in hit.spans:
            left = room.x() + metrics.horizontalAdvance(text[:start])
            width = metrics.horizontalAdvance(text[start:end])
            painter.fillRect(QRect(left, box.y() + 9, width, _ROW - 18), self._theme.colour("match"))
        painter.setPen(self._theme.colour("ink"))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()


class Palette(Panel):
    """See the module."""

    def __init__(self, ctx: Context, window: QWidget) -> None:
        super().__init__(ctx, window, width=560, top=72)
        self.setObjectName("palette")
        page = getattr(window, "page", None)
        self._actions: dict[str, QAction] = {
            action.objectName(): action
            for source in (page, window)
            if isinstance(source, QWidget)
            for action in source.actions()
            if action.text() and action.isEnabled() and action.objectName() != "window.palette"
        }
        hint = ctx.tr("Name, contact, phone, note, or a command")
        box = TextField(ctx.theme, hint, icon="search", name=ctx.tr("Search or type a command"), size=36, parent=self)
        self._field = box.edit
        self._list = QListWidget(self)
        self._list.setObjectName("palette_list")
        self._list.setItemDelegate(_Rows(ctx, self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setFrameShape(QListWidget.Shape.NoFrame)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.itemClicked.connect(lambda _: self._choose())
        self.body.addWidget(box)
        self.body.addWidget(self._list)
        self._field.textChanged.connect(self._search)
        self._field.installEventFilter(self)
        self.setFocusProxy(self._field)
        self._show(command_hits(self._commands(), ""), ())

    def _commands(self) -> tuple[Command, ...]:
        """Each text once: the page's own action goes before the window's."""
        native = QKeySequence.SequenceFormat.NativeText
        found: dict[str, Command] = {}
        for name, action in self._actions.items():
            found.setdefault(action.text(), Command(name, action.text(), action.shortcut().toString(native)))
        return tuple(found.values())

    def _search(self, typed: str) -> None:
        commands = command_hits(self._commands(), typed)
        if not typed.strip():
            self._show(commands, ())
            return
        query = ListQuery(text=typed)
        self.ctx.tasks.read(
            lambda reader: find_distributors(reader, query, limit=_MOST),
            lambda found: self._show(commands, self._distributor_hits(found, typed)),
            owner=self,
            key="search",
        )

    def _distributor_hits(self, found: Found, typed: str) -> tuple[Hit, ...]:
        hits = []
        for line in found.lines:
            match = line.match
            hits.append(
                Hit(
                    line.display_name,
                    match.text if match is not None else line.city,
                    tuple(match_spans(line.display_name, typed)),
                    "building-2",
                    distributor=line.id,
                )
            )
        return tuple(hits)

    def _show(self, commands: tuple[Hit, ...], distributors: tuple[Hit, ...]) -> None:
        room = _MOST - min(len(commands), 3)
        self._list.clear()
        hits = (*distributors[:room], *commands[: _MOST if not distributors else 3])
        for hit in hits:
            item = QListWidgetItem(self._list)
            item.setData(Qt.ItemDataRole.UserRole, hit)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, hit.text)
        if not hits:
            item = QListWidgetItem(self._list)
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            item.setData(Qt.ItemDataRole.UserRole, Hit(self.ctx.tr("Nothing found"), "", (), "search"))
        self._list.setFixedHeight(max(1, len(hits)) * _ROW + 2)
        self._list.setCurrentRow(0)
        self.place()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            step = 1 if key == Qt.Key.Key_Down else -1
            self._list.setCurrentRow((self._list.currentRow() + step) % max(1, self._list.count()))
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._choose()
        else:
            super().keyPressEvent(event)

    def _choose(self) -> None:
        item = self._list.item(self._list.currentRow())
        if not self._list.count():
            return
        hit: Hit = item.data(Qt.ItemDataRole.UserRole)
        action = self._actions.get(hit.command)
        self.close()
        if action is not None:
            action.trigger()
        elif hit.distributor:
            self.ctx.go(Place("file", hit.distributor))
