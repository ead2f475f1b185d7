"""What the hours of the week and the month share: visits as chips that are picked, moved and reached by key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, tzinfo
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from channel_desk.domain.lines import VisitLine
from channel_desk.i18n import Language
from channel_desk.presentation.calendar import SNAP_MINUTES
from channel_desk.presentation.full_days import FullDay
from channel_desk.presentation.planner import ChipText
from channel_desk.presentation.visit_span import Span
from channel_desk.ui.overriding import override
from channel_desk.ui.planner.chip import VisitChip
from channel_desk.ui.planner.full_day import DayList, MoreButton
from channel_desk.ui.theme.theme import Theme


class CalendarView(QWidget):
    """Chips are its children, so that each can be reached, read aloud and pressed.

    A subclass puts them in their places (:meth:`_fill`) and says what time the pointer or a key would give a visit.
    """

    create_wanted = Signal(object, int)
    day_opened = Signal(object)
    visit_picked = Signal(int)
    visit_opened = Signal(int)
    visit_moved = Signal(int, object)
    menu_wanted = Signal(int, QPoint)
    #: The pointer holds no visit any more.
    let_go = Signal()
    #: The pointer drags this chip, or does not any more.
    dragged = Signal(VisitChip)
    dropped = Signal()
    #: The keyboard was put on this chip, which may lie out of sight.
    focused = Signal(VisitChip)

    #: Whether a visit is one line.
    COMPACT: ClassVar[bool]

    def __init__(self, theme: Theme, language: Language, zone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._language = language
        self._zone = zone
        self._now: datetime | None = None
        self._today = date.min
        self._lines: dict[int, VisitLine] = {}
        self._texts: Mapping[int, ChipText] = {}
        self._chips: list[VisitChip] = []
        self._more: list[MoreButton] = []
        #: Where each of them lies.
        self._boxes: dict[QWidget, Callable[[], QRect]] = {}
        #: How many visits fit, by which the chips were made.
        self._most = 0
        #: The visits of a full day, while they are shown.
        self._list: DayList | None = None
        self._picked: int | None = None
        #: The time that a dragged visit would get, and its name.
        self._ghost: Span | None = None
        self._ghost_name = ""
        #: Where the frame of the keyboard stands: a day, and in the week a time of it.
        self._framed_day = date.min
        self._framed_minutes = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    # -- for subclasses ----------------------------------------------------------------------------------------------

    def _fits(self) -> int:
        """How many visits there is room for, on one day or beside each other."""
        raise NotImplementedError

    def _fill(self) -> None:
        """Call :meth:`_put` for each visit that fits, and :meth:`_put_more` for those that do not."""
        raise NotImplementedError

    def _day_box(self, day: date) -> QRect:
        """Where the list of a full day opens."""
        raise NotImplementedError

    def _dragged_to(self, chip: VisitChip, way: QPoint, edge: int) -> Span | None:
        """The time where the pointer holds a visit, or one of its edges; see :attr:`VisitChip.dragged`."""
        raise NotImplementedError

    def _stepped(self, span: Span, days: int, rows: int) -> Span:
        """The time after a step by key: so many steps across and down."""
        raise NotImplementedError

    def _ghost_boxes(self) -> Iterable[QRectF]:
        """What is framed while a visit is dragged."""
        raise NotImplementedError

    def _frame_boxes(self) -> Iterable[QRectF]:
        """What is framed while the keyboard is on no visit."""
        raise NotImplementedError

    def _frame_visit(self, span: Span) -> None:
        """The keyboard has come to a visit: where it goes when that is taken out."""
        raise NotImplementedError

    # -- content -----------------------------------------------------------------------------------------------------

    def _show(self, lines: Sequence[VisitLine], texts: Mapping[int, ChipText], now: datetime) -> None:
        today = now.astimezone(self._zone).date()
        if self._framed_day == self._today:
            self.frame(today)  # it goes on with the day
        self._now, self._today = now, today
        self._lines = {line.visit.id: line for line in lines}
        self._texts = texts
        self._refill()

    def _refill(self) -> None:
        """Make all chips anew. The keyboard stays on its visit, or on the number of those that do not fit."""
        focused = next((chip.visit_id for chip in self._every_chip() if chip.hasFocus()), None)
        number = next((button for button in self._more if button.hasFocus()), None)
        unfolded = None if self._list is None else self._list.full.day
        if focused is not None or number is not None:
            self.take_keyboard()  # else it goes anywhere when its chip goes
        self._take_list_away()
        for widget in self._boxes:
            widget.hide()
            widget.deleteLater()
        self._chips.clear()
        self._more.clear()
        self._boxes.clear()
        self._most = self._fits()
        self._fill()
        self._arrange()
        for widget in self._boxes:
            widget.show()
        if number is not None:
            self._focus_again(number.stands_for, None)
            if self.hasFocus():  # that visit is gone
                self._focus_more(number.full, number.stands_for)
        elif focused is not None:
            self._focus_again(focused, unfolded)
        self.update()

    def _focus_again(self, visit_id: int, unfolded: date | None) -> None:
        """No list opens by itself: where a visit has no room any more, the number that counts it has the keyboard."""
        chip = next((chip for chip in self._chips if chip.visit_id == visit_id), None)
        full = next((one.full for one in self._more if one.full.day == unfolded and one.full.lists(visit_id)), None)
        counted = self._counted(visit_id)
        if full is not None:
            self._unfold(full, visit_id)
        elif chip is not None:
            chip.setFocus()
        elif counted is not None:
            self._focus_more(counted, visit_id)

    def _put(self, line: VisitLine, box: Callable[[], QRect]) -> None:
        chip = self._new_chip(line, self, compact=self.COMPACT)
        self._chips.append(chip)
        self._boxes[chip] = box

    def _put_more(self, full: FullDay, corner: Callable[[], QPoint]) -> None:
        """The number of the visits of a day that do not fit."""
        button = MoreButton(self._theme, self._language, full, self)
        button.clicked.connect(lambda: self.focus_visit(button.stands_for))
        button.reached.connect(lambda: self._frame_visit(Span.of(self._lines[button.stands_for])))
        button.mark(full.hides(self._picked))
        self._more.append(button)
        self._boxes[button] = lambda: QRect(corner(), button.sizeHint())

    def _new_chip(self, line: VisitLine, parent: QWidget, *, compact: bool) -> VisitChip:
        chip = VisitChip(self._theme, self._texts[line.visit.id], compact=compact, parent=parent)
        chip.setChecked(line.visit.id == self._picked)
        chip.picked.connect(self._pick)
        chip.opened.connect(self.visit_opened)
        chip.dragged.connect(self._drag)
        chip.dropped.connect(self._drop)
        chip.nudged.connect(self._nudge)
        chip.menu_wanted.connect(self.menu_wanted)
        chip.let_go.connect(self.let_go)
        chip.reached.connect(lambda visit_id: self._frame_visit(Span.of(self._lines[visit_id])))
        return chip

    def _every_chip(self) -> Sequence[VisitChip]:
        """Those of the list first: it lies over others of the same visits."""
        return [*(() if self._list is None else self._list.chips), *self._chips]

    def _arrange(self) -> None:
        for widget, box in self._boxes.items():
            widget.setGeometry(box())
        if self._list is not None:
            self._list.lie_over(self._day_box(self._list.full.day))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._now is not None and self._fits() != self._most:
            self._refill()
        else:
            self._arrange()

    # -- the picked visit and the one with the keyboard ----------------------------------------------------------------

    @property
    def is_held(self) -> bool:
        """Whether the pointer holds a visit: it has to stay the widget that it is."""
        return any(chip.is_held for chip in self._every_chip())

    def pick(self, visit_id: int | None) -> None:
        """Mark a visit as the current one, without telling anybody."""
        self._picked = visit_id
        for chip in self._every_chip():
            chip.setChecked(chip.visit_id == visit_id)
        for button in self._more:
            button.mark(button.full.hides(visit_id))

    def _pick(self, visit_id: int) -> None:
        self.pick(visit_id)
        self.visit_picked.emit(visit_id)

    def focus_visit(self, visit_id: int) -> None:
        """Put the keyboard on a visit, in the list of its day where it does not fit, and have it in sight."""
        self._focus(visit_id)
        chip = next((chip for chip in self._every_chip() if chip.hasFocus()), None)
        if chip is not None:
            self.focused.emit(chip)

    def _focus(self, visit_id: int) -> None:
        chip = next((chip for chip in self._chips if chip.visit_id == visit_id), None)
        full = self._counted(visit_id)
        if self._list is not None and self._list.full.lists(visit_id):
            self._list.put_focus(visit_id)
        elif chip is not None:
            chip.setFocus()
        elif full is not None:
            self._unfold(full, visit_id)

    # -- the frame of the keyboard -------------------------------------------------------------------------------------

    @property
    def framed_day(self) -> date | None:
        """The day on which the user has put the frame; None while there is none to be seen."""
        return self._framed_day

    def frame(self, day: date, minutes: int | None = None) -> None:
        """Put the frame on a day."""
        before = [*self._frame_boxes()]
        self._framed_day = day
        if minutes is not None:
            self._framed_minutes = minutes
        self._paint_anew(before, self._frame_boxes())

    def take_keyboard(self) -> None:
        """Have the keyboard, on no visit, with the frame to be seen."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _come_from_visit(self) -> None:
        """An arrow leads on from the visit that has the keyboard: the frame goes from there."""
        if not self.hasFocus():
            self.take_keyboard()

    # -- full days -----------------------------------------------------------------------------------------------------

    def _unfold(self, full: FullDay, visit_id: int) -> None:
        """List all visits of a full day, with the keyboard on one of them."""
        self._take_list_away()
        shown = self._list = DayList(self._theme, self._language, full, self, in_month=self.COMPACT)
        shown.closed.connect(self._fold)
        shown.week_wanted.connect(self.day_opened)
        shown.open_over(self._day_box(full.day), partial(self._new_chip, compact=True))
        shown.put_focus(visit_id)

    def _fold(self, by_key: bool) -> None:  # noqa: FBT001 - a signal's argument
        """The list goes; Esc leaves the keyboard where it came from."""
        shown = self._list
        self._take_list_away()
        if by_key and shown is not None:
            self._focus_more(shown.full, shown.full.hidden[0].visit.id)

    def _counted(self, visit_id: int) -> FullDay | None:
        """Among which visits without room this one is."""
        return next((button.full for button in self._more if button.full.hides(visit_id)), None)

    def _focus_more(self, full: FullDay, visit_id: int) -> None:
        """Put the keyboard on the number of a full day: on the one that counts a visit, where it has several."""
        of_day = [button for button in self._more if button.full.day == full.day]
        if of_day:
            button = max(of_day, key=lambda one: one.full.hides(visit_id))
            if button.full.hides(visit_id):
                button.stands_for = visit_id
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_list_away(self) -> None:
        shown, self._list = self._list, None
        if shown is not None:
            shown.blockSignals(True)  # noqa: FBT003 - Qt's name
            shown.hide()
            shown.deleteLater()

    # -- other times ---------------------------------------------------------------------------------------------------

    def _drag(self, visit_id: int, way: QPoint, edge: int) -> None:
        chip = next(chip for chip in self._every_chip() if chip.visit_id == visit_id)
        self._ghost_name = chip.text_of.title
        self._aim(self._dragged_to(chip, way, edge))
        self._fade(visit_id, faded=True)
        self.dragged.emit(chip)

    def _drop(self, visit_id: int, kept: bool) -> None:  # noqa: FBT001 - a signal's argument
        span = self._ghost
        self.dropped.emit()
        self._aim(None)
        self._fade(visit_id, faded=False)
        if kept and span is not None:
            self._move(visit_id, span)

    def _nudge(self, visit_id: int, days: int, rows: int, resize: bool) -> None:  # noqa: FBT001 - a signal's argument
        span = Span.of(self._lines[visit_id])
        if not resize:
            self._move(visit_id, self._stepped(span, days, rows))
        elif not self.COMPACT:  # nobody sees how long a visit of one line takes
            self._move(visit_id, span.lengthened(SNAP_MINUTES * rows))

    def _move(self, visit_id: int, span: Span) -> None:
        if span != Span.of(self._lines[visit_id]):
            self.visit_moved.emit(visit_id, span)

    def _aim(self, ghost: Span | None) -> None:
        """Frame the time that a dragged visit would get."""
        if ghost != self._ghost:
            before = [*self._ghost_boxes()]
            self._ghost = ghost
            self._paint_anew(before, self._ghost_boxes())

    def _paint_anew(self, before: Iterable[QRectF], after: Iterable[QRectF]) -> None:
        """A frame goes from here to there. Not all is painted anew: there may be many visits."""
        for box in (*before, *after):
            self.update(box.toAlignedRect().adjusted(-2, -2, 2, 2))

    def _fade(self, visit_id: int, *, faded: bool) -> None:
        for chip in self._every_chip():
            if chip.visit_id == visit_id and chip.faded is not faded:
                chip.faded = faded
                chip.update()
