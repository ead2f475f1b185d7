"""The base of all pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar, TypeVar

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence, QShowEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from channel_desk.ui.context import Context
from channel_desk.ui.overriding import override
from channel_desk.ui.place import Place
from channel_desk.ui.top_bar import TopBar
from channel_desk.ui.unread import UnreadStrip
from channel_desk.ui.widgets.states import LoadingRows

if TYPE_CHECKING:
    from channel_desk.domain.record import Record
    from channel_desk.errors import UserError
    from channel_desk.storage.reader import Reader
    from channel_desk.storage.unit_of_work import ChangeSet

T = TypeVar("T")
_LOADING_ROWS = 10


class Page(QWidget):
    """One page: a bar at the head, and :attr:`content` below, which the subclass fills.

    A subclass says which kinds of record it :attr:`cares_for` and reads them in :meth:`load`. A visible page loads anew
    when one of them changed or it is another day; a hidden one goes stale and loads when it is shown; its own writes
    are not echoed. What cannot be read is told on the page, with a way to try again.
    """

    #: The kinds of record whose change concerns the page.
    cares_for: ClassVar[tuple[type[Record], ...]] = ()

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.bar = TopBar(ctx, self)
        self.content = QWidget(self)
        self._unread = UnreadStrip(ctx, self)
        self._loading = LoadingRows(ctx.theme, _LOADING_ROWS, parent=self)
        self._loading.hide()
        self._is_stale = True
        layout = self._column = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part in (self.bar, self._unread, self._loading):
            layout.addWidget(part)
        layout.addWidget(self.content, 1)
        layout.addStretch(0)  # below the bar where the content is hidden
        ctx.bus.changed.connect(self._on_changes)
        ctx.time.day_passed.connect(self.load_anew)

    # -- for subclasses ----------------------------------------------------------------------------------------------

    def load(self) -> None:
        """Read everything that is shown, through :meth:`read`."""

    def show_place(self, place: Place) -> None:
        """The page is gone to. Pages about a record take its id here and call :meth:`load_anew`."""

    def concerns(self, changes: ChangeSet) -> bool:
        """Whether ``changes`` touch what is shown."""
        return any(changes.touches(kind) for kind in self.cares_for)

    def leave(self) -> None:
        """Hand unsaved typing to a write: the page is left, built anew, or the window closes."""

    def let_go(self) -> None:
        """The page is about to end: hand over what has to outlive it."""

    def search_field(self) -> QWidget | None:
        """Where Ctrl+F goes."""
        return None

    def start_focus(self) -> QWidget | None:
        """What has the keyboard when the page is gone to; the page itself by default."""
        return None

    def take_keyboard(self) -> None:
        """Give the keyboard to :meth:`start_focus`; the page keeps it while that is not shown yet."""
        focus = self.start_focus()
        (focus if focus is not None and focus.isVisibleTo(self) else self).setFocus(Qt.FocusReason.OtherFocusReason)

    # -- helpers for subclasses --------------------------------------------------------------------------------------

    def read(
        self,
        fn: Callable[[Reader], T],
        then: Callable[[T], None],
        *,
        key: str = "",
        failed: Callable[[UserError], bool] | None = None,
        gives_way: bool = False,
    ) -> None:
        """Read what is shown as ``key`` and hand it to ``then``.

        What cannot be read is told above the content until it has come, unless ``failed`` returns that the page says so
        itself, as it does of a record that is gone.
        """

        def take(value: T) -> None:
            waits_for_content = self.hasFocus() and self.content.isHidden()
            self._on_answer(key)
            then(value)
            if waits_for_content and self.hasFocus():
                self.take_keyboard()

        def fail(error: UserError) -> None:
            had_keyboard = self.hasFocus() or self._has_keyboard_inside()
            if failed is not None and failed(error):
                self._on_answer(key)
                return
            self._is_stale = True
            self._loading.stop()
            self._unread.say(key, self.ctx.feedback.sentence(error), again)
            if had_keyboard and not self._has_keyboard_inside():
                self._unread.take_keyboard()

        def again() -> None:
            self.read(fn, then, key=key, failed=failed, gives_way=gives_way)

        self.ctx.tasks.read(fn, take, owner=self, key=key, failed=fail, gives_way=gives_way)

    def show_parts(self, steps: Iterable[Callable[[], None]], *, at_once: bool, key: str = "") -> None:
        """Do ``steps``, which show what was read as ``key``: the first time each in a turn of its own, so that keys are
        answered between them; ``at_once`` where they stand here already, for what has changed is little.
        """
        if not at_once:
            self.ctx.tasks.in_turns(steps, owner=self, key=key)
            return
        for step in steps:
            step()

    def blank(self) -> None:
        """Something else is meant than what is shown: nothing stands here until it is read."""
        self._unread.take_all_back()
        self.content.hide()
        self._loading.start()

    def reveal(self) -> None:
        """Show the content though it is not read yet: something is begun in it."""
        self._loading.stop()
        if self.content.isHidden():
            self.content.show()
            self._column.activate()  # what is shown next looks at its room

    def fill(self, widget: QWidget) -> None:
        """Let ``widget`` be all of :attr:`content`."""
        layout = QVBoxLayout(self.content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(widget)

    def add_page_action(self, name: str, text: str, run: Callable[[], object], *, keys: str = "") -> QAction:
        """An action of this page: in the palette and the list of shortcuts, its keys work while the page is shown.

        ``name`` is the verb of its object name ``<page>.<verb>``; ``text`` is translated.
        """
        action = QAction(text, self)
        action.setObjectName(f"{type(self).__name__.removesuffix('Page').lower()}.{name}")
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _checked=False: run())
        self.addAction(action)
        return action

    def load_anew(self) -> None:
        """What is shown is out of date: load now when visible, else when shown next."""
        self._is_stale = True
        if self.isVisible():
            self._load_if_stale()

    def leave_field(self) -> bool:
        """Take the keyboard out of a field of the page; False where it was in none."""
        field = QApplication.focusWidget()
        if not isinstance(field, QLineEdit | QPlainTextEdit) or not self.isAncestorOf(field):
            return False
        self.take_keyboard()
        return not field.hasFocus()

    # -- inside --------------------------------------------------------------------------------------------------------

    def _has_keyboard_inside(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and self.content.isAncestorOf(focused)

    def _on_answer(self, key: str) -> None:
        self.reveal()
        had_keyboard = self._unread.has_keyboard
        self._unread.take_back(key)
        if had_keyboard and not self._unread.has_keyboard:
            self.take_keyboard()

    def _load_if_stale(self) -> None:
        if self._is_stale:
            self._is_stale = False
            self.load()

    def _on_changes(self, changes: ChangeSet, initiator: QObject | None) -> None:
        if not self._is_own(initiator) and self.concerns(changes):
            self.load_anew()

    def _is_own(self, initiator: QObject | None) -> bool:
        while initiator is not None:
            if initiator is self:
                return True
            initiator = initiator.parent()
        return False

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._load_if_stale()
