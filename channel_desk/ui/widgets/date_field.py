"""A day, typed as one says it or picked from the calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from channel_desk.i18n import Language
from channel_desk.presentation.dates import read_day
from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme
from channel_desk.ui.widgets.button import IconButton
from channel_desk.ui.widgets.month_grid import MonthGrid
from channel_desk.ui.widgets.popup import Popup
from channel_desk.ui.widgets.reading_field import ReadingField
from channel_desk.ui.widgets.text import Text

#: What a line of text leaves free in its editor, with the cursor behind its last letter.
_AROUND_TEXT: Final = 6


class MonthPane(QWidget):
    """The month with its name and two arrows."""

    def __init__(self, theme: Theme, language: Language, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = MonthGrid(theme, language, today, self)
        self._formats = language.formats
        self._month = Text(theme, "", "body-strong", parent=self)
        back = IconButton(theme, "chevron-left", language.tr("Previous month"), parent=self)
        on = IconButton(theme, "chevron-right", language.tr("Next month"), parent=self)
        for button, months in ((back, -1), (on, 1)):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _checked=False, months=months: self.grid.turn(months))
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(self._month, 1)
        head.addWidget(back)
        head.addWidget(on)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(12, 8, 12, 12)
        outer.setSpacing(4)
        outer.addLayout(head)
        outer.addWidget(self.grid)
        self.grid.month_shown.connect(self._name_month)
        self.setFocusProxy(self.grid)
        self._name_month(self.grid.day)

    def _name_month(self, day: date) -> None:
        self._month.setText(self._formats.month(day))


class MonthPopup(Popup):
    """The calendar below a field."""

    def __init__(self, theme: Theme, language: Language, today: date, anchor: QWidget) -> None:
        super().__init__(theme, anchor)
        pane = MonthPane(theme, language, today, self)
        self.grid = pane.grid
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(pane)
        self.body.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)  # some months have a week more
        self.setFocusProxy(self.grid)


class DateField(ReadingField):
    """Understands "next wed", "15 oct", "10-15", "下周三" and "+3", see presentation/dates.

    The calendar opens with the icon or Alt+Down; typing goes on while it is open. ``ahead=False``: days gone by.
    ``today`` is asked each time: a field may stay open overnight.
    """

    def __init__(
        self,
        theme: Theme,
        language: Language,
        today: Callable[[], date],
        *,
        ahead: bool = True,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, language, name=name, parent=parent)
        self._today = today
        self._ahead = ahead
        self._marked: frozenset[date] = frozenset()
        self._popup: MonthPopup | None = None
        self._opener = IconButton(theme, "calendar-days", language.tr("Calendar"), size=24, parent=self.box)
        self._opener.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._opener.clicked.connect(self.open_calendar)
        self.row.setContentsMargins(6, 2, 8, 2)
        self.row.setSpacing(6)
        self.row.insertWidget(0, self._opener)

    @property
    def day(self) -> date | None:
        return self._value if isinstance(self._value, date) else None

    def set_day(self, day: date | None) -> None:
        self.set_value(day)

    def room(self) -> int:
        """The width in which every day can be read from its beginning to its end."""
        written = self._language.formats.day_full
        days = (date(2028, month, day) for month in range(1, 13) for day in range(20, 27))
        widest = max(self.edit.fontMetrics().horizontalAdvance(written(day)) for day in days)
        margins = self.row.contentsMargins()
        return (
            margins.left()
            + self._opener.sizeHint().width()
            + self.row.spacing()
            + widest
            + _AROUND_TEXT
            + margins.right()
        )

    def set_marked(self, days: frozenset[date]) -> None:
        """Days shown red in the calendar, such as festivals."""
        self._marked = days

    @property
    def calendar(self) -> MonthPopup | None:
        """The open calendar, if it is."""
        return self._popup

    def open_calendar(self) -> None:
        """Show the calendar at the day in the field."""
        if self._popup is not None:
            return
        typed = read_day(self.edit.text(), self._today(), ahead=self._ahead)
        popup = self._popup = MonthPopup(self._theme, self._language, self._today(), self.box)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popup.grid.set_marked(self._marked)
        popup.grid.show_day(typed or self.day or self._today())
        popup.grid.chosen.connect(self._pick)
        popup.grid.typed.connect(self._type_on)
        popup.closed.connect(self._forget)
        popup.open_below()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
        else:
            super().keyPressEvent(event)

    @override
    def _read(self, text: str) -> date | None:
        return read_day(text, self._today(), ahead=self._ahead)

    @override
    def _written(self, value: object) -> str:
        return self._language.formats.day_full(value) if isinstance(value, date) else ""

    @override
    def _complaint(self) -> str:
        return self._language.tr("Not a date, for example next Wed or 15 Oct")

    def _pick(self, day: date) -> None:
        if self._popup is not None:
            self._popup.close()
        self._take(day)
        self.edit.setFocus(Qt.FocusReason.PopupFocusReason)

    def _type_on(self, text: str) -> None:
        if self._popup is not None:
            self._popup.close()
        self.edit.setFocus(Qt.FocusReason.PopupFocusReason)
        self.edit.selectAll()
        self.edit.insert(text)
        self._typed = True

    def _forget(self) -> None:
        self._popup = None
