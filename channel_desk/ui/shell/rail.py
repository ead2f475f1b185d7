"""The rail at the left: where everything is, and at its foot how the data is protected."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from channel_desk.ui.context import Context
from channel_desk.ui.overriding import override
from channel_desk.ui.page_spec import PageSpec
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.pressable import Pressable

WIDE = 176
NARROW = 56
#: Entries at the foot, with their keys: not a part of the daily round.
_FOOT = ("help", "settings")


class RailButton(Pressable):
    """An entry: icon, word, and at the right a count or a shortcut."""

    def __init__(self, theme: Theme, icon: str, text: str, *, remark: str = "", parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self._remark = remark
        self.role = "ink-2"
        #: Drawn from the second painting on: the first one, at the start, does not wait for the drawing library.
        self.has_icon = True
        self.narrow = False
        self.setText(text)
        self.setCheckable(True)
        self.setAccessibleName(text)
        self.setToolTip(f"{text}  {remark}".strip())
        self.setFixedHeight(32)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    @override
    def sizeHint(self) -> QSize:
        return QSize(40, 32)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        ground = "accent-select" if self.isChecked() else "hover" if self.underMouse() else ""
        if ground:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour(ground))
            painter.drawRoundedRect(box, 6, 6)
        if self.hasFocus():
            pen = painter.pen()
            pen.setColor(self._theme.colour("accent"))
            pen.setWidth(2)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6)
        role = "accent-ink" if self.isChecked() else self.role
        left = (self.width() - 18) // 2 if self.narrow else 8
        if self.has_icon:
            self._theme.icon(self._icon, role, 18).paint(painter, left, 7, 18, 18)
        if not self.narrow:
            painter.setFont(self._theme.font("body-strong"))
            painter.setPen(
                self._theme.colour("accent-ink" if self.isChecked() else "ink" if self.underMouse() else "ink-2")
            )
            words = self.rect().adjusted(36, 0, -8, 0)
            if self._remark:
                painter.save()
                painter.setFont(self._theme.font("hour"))
                painter.setPen(self._theme.colour("ink-3"))
                painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._remark)
                words.setRight(words.right() - painter.fontMetrics().horizontalAdvance(self._remark) - 6)
                painter.restore()
            text = drawing.elided(painter.fontMetrics(), self.text(), words.width())
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()


class _Brand(QWidget):
    """The name of the program with its mark."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.narrow = False
        self.has_icon = True
        self.setFixedHeight(56)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = (self.width() - 24) // 2 if self.narrow else 8
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("accent-fill"))
        painter.drawRoundedRect(QRectF(left, 16, 24, 24), 6, 6)
        if self.has_icon:
            self._theme.icon("route", "accent-fill-text", 16).paint(painter, left + 4, 20, 16, 16)
        if not self.narrow:
            painter.setFont(self._theme.font("card-title"))
            painter.setPen(self._theme.colour("ink"))
            painter.drawText(self.rect().adjusted(40, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, "Channel Desk")
        painter.end()


class Rail(QWidget):
    """Entries of the pages; ``chosen`` says which one was pressed, ``protection_wanted`` asks for the explanation."""

    chosen = Signal(str)
    protection_wanted = Signal()

    def __init__(self, ctx: Context, pages: Sequence[PageSpec], parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = ctx.theme
        self._brand = _Brand(ctx.theme, self)
        self._buttons: dict[str, RailButton] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 0, 9, 8)  # the line at the right is one pixel of the rail
        layout.setSpacing(2)
        layout.addWidget(self._brand)
        for spec in pages:
            if spec.label and spec.name not in _FOOT:
                layout.addWidget(self._entry(ctx, spec))
        layout.addStretch(1)
        self.protection = RailButton(ctx.theme, "shield-alert", ctx.tr("No passphrase"), parent=self)
        self.protection.role = "warning-text"
        self.protection.setCheckable(False)
        self.protection.setToolTip(
            ctx.tr(
                "The data is encrypted, but its key lies beside it without a passphrase: "
                "whoever can copy both files can read everything."
            )
        )
        self.protection.clicked.connect(self.protection_wanted)
        layout.addSpacing(9)
        layout.addWidget(self.protection)
        for spec in pages:
            if spec.name in _FOOT:
                layout.addWidget(self._entry(ctx, spec, remark=spec.shortcut))
        self.set_narrow(narrow=False)

    def _entry(self, ctx: Context, spec: PageSpec, *, remark: str = "") -> RailButton:
        button = RailButton(ctx.theme, spec.icon, ctx.tr(spec.label), remark=remark, parent=self)
        button.setObjectName(f"rail_{spec.name}")
        button.clicked.connect(lambda _checked=False, name=spec.name: self.chosen.emit(name))
        self._buttons[spec.name] = button
        return button

    def show_icons(self, *, wanted: bool) -> None:
        """Words alone, or words with their icons."""
        self._brand.has_icon = wanted
        for button in (*self._buttons.values(), self.protection):
            button.has_icon = wanted
            button.update()
        self._brand.update()

    def light(self, name: str) -> None:
        """Show where the user is."""
        for key, button in self._buttons.items():
            button.setChecked(key == name)

    def set_narrow(self, *, narrow: bool) -> None:
        """Icons only, where the window is small."""
        self.setFixedWidth(NARROW if narrow else WIDE)
        self._brand.narrow = narrow
        for button in (*self._buttons.values(), self.protection):
            button.narrow = narrow
            button.update()
        self._brand.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        # A brush of the painter's own: making one for fillRect would load all gradients of Qt before the first paint.
        painter.setBackground(self._theme.colour("window"))
        painter.eraseRect(event.rect())
        painter.setPen(self._theme.colour("hairline"))
        painter.drawLine(self.width() - 1, 0, self.width() - 1, self.height())
        y = self.protection.y() - 6
        painter.drawLine(8, y, self.width() - 10, y)
        painter.end()
