"""What the window says in passing: what was stored or taken back, with Undo, and what could not be done."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, QRect, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

if TYPE_CHECKING:
    from channel_desk.errors import UserError
    from channel_desk.storage.unit_of_work import ChangeSet
    from channel_desk.ui.context import Context
    from channel_desk.ui.page import Page
    from channel_desk.ui.tasks import Tasks

#: The object name of a bar at the foot of a page with what can be done there.
ACTION_BAR = "action_bar"
#: The object name of fields with the buttons that store them.
FORM = "form"
#: Milliseconds until what has got the keyboard is scrolled to its place.
_IN_PLACE = 50


class Speaker(QObject):
    """One toast at a time, over ``window``; ``page`` is the page that it shows now."""

    def __init__(self, tasks: Tasks, window: QWidget, page: Callable[[], Page | None]) -> None:
        super().__init__(window)
        self._tasks = tasks
        self._window = window
        self._page = page
        self._toast: Any = None
        self._run: Callable[[], object] | None = None
        self._moved = QTimer(self)
        self._moved.setSingleShot(True)
        self._moved.setInterval(_IN_PLACE)
        self._moved.timeout.connect(self.make_room)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)
        tasks.committed.connect(self._on_commit)
        tasks.saved.connect(self._say_saved)
        tasks.replayed.connect(self._say_replayed)
        tasks.refused.connect(self._say_refused)

    def speak_in(self, ctx: Context) -> None:
        """Use the language of ``ctx`` from now on; what was said before goes, for it would lie under the new pages."""
        self._ctx = ctx
        if self._toast is not None:
            self._toast.hide()
            self._toast.deleteLater()
            self._toast = None
        ctx.feedback.wanted.connect(self._show)

    def make_room(self) -> None:
        """Toasts stand above the action bar of the page, where it has one, and never over what is being typed."""
        if self._toast is not None:
            page = self._page()
            bars = page.content.findChildren(QWidget, ACTION_BAR) if page is not None else []
            # A page that is being loaded will show its bar; one that shows another part of itself does not.
            floor = max((bar.height() for bar in bars if page and bar.isVisibleTo(page.content)), default=0)
            self._toast.make_room(floor=floor, free=self._typed_in())

    def _on_focus(self, _before: QWidget | None, _now: QWidget | None) -> None:
        if self._toast is not None and self._toast.isVisible():
            self._moved.start()

    def _typed_in(self) -> tuple[QRect, ...]:
        """The form in which the user is typing, as far as it is seen, and the field; nothing while nobody types."""
        field = self._window.focusWidget()
        if not isinstance(field, QLineEdit | QPlainTextEdit):
            return ()
        form: QWidget | None = field
        while form is not None and form.objectName() != FORM:
            form = form.parentWidget()
        return tuple(
            one.visibleRegion().boundingRect().translated(one.mapTo(self._window, QPoint(0, 0)))
            for one in (form, field)
            if one is not None
        )

    def _show(self, text: str, action: str, run: Callable[[], object] | None, error: bool) -> None:  # noqa: FBT001 - a signal's argument
        from channel_desk.ui.widgets.toast import Toast  # not needed for the first paint

        if self._toast is None:
            self._toast = Toast(self._ctx.theme, self._ctx.language, self._window)
            self._toast.acted.connect(self._act)
        self._run = run
        self.make_room()
        key = "Ctrl Z" if run == self._tasks.undo else ""
        self._toast.show_text(text, action=action, key=key, wrong=error)

    def _act(self) -> None:
        if self._run is not None:
            self._run()

    def _on_commit(self, changes: ChangeSet, _initiator: QObject | None) -> None:
        """An Undo that is still offered for the step before would take this one back."""
        if self._toast is not None and self._run == self._tasks.undo and changes.transaction_no is not None:
            self._toast.hide()

    def _say_saved(self, label: str) -> None:
        self._ctx.feedback.say(label, action=self._ctx.tr("Undo"), run=self._tasks.undo)

    def _say_replayed(self, changes: ChangeSet, back: bool) -> None:  # noqa: FBT001 - a signal's argument
        tr, step = self._ctx.tr, changes.label
        self._ctx.feedback.say(tr("Undone: {step}", step=step) if back else tr("Redone: {step}", step=step))

    def _say_refused(self, error: UserError) -> None:
        self._ctx.feedback.error(error)
