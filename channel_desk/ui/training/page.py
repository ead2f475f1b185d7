"""Training: all sessions, the next one first, and planning a new one with the standard deck."""

from __future__ import annotations

from functools import partial
from typing import ClassVar, Final

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from channel_desk.domain.distributors import Distributor
from channel_desk.domain.lines import SessionLine
from channel_desk.domain.record import DistributorId, Record
from channel_desk.domain.training import Slide, TrainingSession
from channel_desk.presentation.session_list import session_rows
from channel_desk.services.training import DeckLibrary, delete_session, plan_session, sessions, standard_slides
from channel_desk.storage.unit_of_work import UnitOfWork
from channel_desk.ui.context import Context
from channel_desk.ui.forms.kept_forms import About, kept_forms
from channel_desk.ui.overriding import override
from channel_desk.ui.page import Page
from channel_desk.ui.place import Place
from channel_desk.ui.training.form import NewSession, SessionForm
from channel_desk.ui.training.rows import SessionRows
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.button import Button
from channel_desk.ui.widgets.ground import Ground
from channel_desk.ui.widgets.right_margin import keep_right_margin
from channel_desk.ui.widgets.scrolling import Scroller
from channel_desk.ui.widgets.states import EmptyState

#: What the half-filled form is kept under.
_FORM: Final = About("training", "new")


class TrainingPage(Page):
    """See the module."""

    cares_for: ClassVar[tuple[type[Record], ...]] = (TrainingSession, Slide, Distributor)

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self._lines: dict[int, SessionLine] = {}
        self._library = DeckLibrary(ctx.resources / "decks")
        self._build()
        self._connect()
        self._add_actions()
        self._take_up_form()
        self.blank()

    def _build(self) -> None:
        ctx, theme = self.ctx, self.ctx.theme
        self.bar.set_title(ctx.tr("Training"))
        self._new = Button(theme, ctx.tr("New training"), "primary", icon="plus")
        self.bar.add_right(self._new)
        self.form = SessionForm(ctx)
        self.rows = SessionRows(ctx)
        self._first = Button(theme, ctx.tr("New training"), "primary", icon="plus")
        sentence = ctx.tr("No training yet. A new one comes with a deck of ten slides for its distributor.")
        self.empty = EmptyState(theme, "presentation", sentence, [self._first])
        self._sheet = Ground(theme, "surface", edge="hairline", radius=drawing.CARD)
        frame = QVBoxLayout(self._sheet)
        frame.setContentsMargins(1, 8, 1, 8)  # rows that scroll leave the edge and its corners alone
        frame.addWidget(self.rows)
        self._views = QStackedWidget()
        self._views.addWidget(self._sheet)
        self._views.addWidget(self.empty)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 16, 24, 24)
        column.setSpacing(16)
        column.addWidget(self.form, 0, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self._views, 1)
        scroll = Scroller(inside, parent=self.content)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        keep_right_margin(scroll, column)
        self.fill(scroll)
        self._show_form(shown=False)

    def _connect(self) -> None:
        for button in (self._new, self._first):
            button.clicked.connect(self.begin_new)
        self.form.created.connect(self._create)
        self.form.cancelled.connect(self._close_form)
        self.rows.opened.connect(lambda session_id: self.ctx.go(Place("session", session_id)))
        self.rows.delete_wanted.connect(self._delete)

    def _add_actions(self) -> None:
        tr, rows = self.ctx.tr, self.rows
        self.add_page_action("new", tr("New training"), self.begin_new, keys="Ctrl+N")
        for name, text, wanted in (
            ("open", tr("Open session"), rows.opened),
            ("delete", tr("Delete session"), rows.delete_wanted),
        ):
            rows.addAction(self.add_page_action(name, text, partial(self._with_picked, wanted)))

    # -- showing -------------------------------------------------------------------------------------------------------

    def _take_up_form(self) -> None:
        """A form that was left half filled is open again."""
        kept = kept_forms(self.ctx).find(_FORM)
        if kept is not None:
            self.form.take_up(kept.typing)
            self._show_form(shown=True)

    @override
    def start_focus(self) -> QWidget | None:
        if self.form.isVisibleTo(self):
            return self.form.who
        return self.rows if self._lines else None

    @override
    def leave(self) -> None:
        begun = self.form.isVisibleTo(self) and self.form.is_begun
        kept_forms(self.ctx).keep_if_typed(_FORM, self.form.typing() if begun else None)

    @override
    def load(self) -> None:
        self.read(sessions, self._show)

    def _show(self, lines: tuple[SessionLine, ...]) -> None:
        ctx = self.ctx
        had_focus = self.rows.hasFocus() or self.hasFocus()
        self._lines = {line.session.id: line for line in lines}
        now = ctx.clock.now()
        self.rows.show_rows(session_rows(lines, now=now, zone=ctx.clock.zone, language=ctx.language))
        coming = sum(line.session.ends_at >= now for line in lines)
        remark = ctx.tr_n("{n} session coming", "{n} sessions coming", coming) if coming else ""
        self.bar.set_title(ctx.tr("Training"), remark)
        self._views.setCurrentWidget(self._sheet if lines else self.empty)
        if had_focus and lines:
            self.rows.setFocus()

    # -- a new session -------------------------------------------------------------------------------------------------

    def begin_new(self) -> None:
        """Open the form."""
        self.reveal()
        self._show_form(shown=True)
        self.form.begin(language=self.ctx.document_language.code)

    def _show_form(self, *, shown: bool) -> None:
        """With the form open, what would open it has nothing to say."""
        self.form.setVisible(shown)
        self._first.setVisible(not shown)

    def _close_form(self) -> None:
        self._show_form(shown=False)
        self.rows.setFocus()

    def _create(self, new: NewSession) -> None:
        ctx = self.ctx
        session = TrainingSession(
            distributor_id=DistributorId(new.distributor_id),
            title=new.title,
            starts_at=new.starts_at,
            ends_at=new.ends_at,
            place=new.place,
            language=new.language,
            trainer=ctx.settings.text("user_name"),
            brand=ctx.settings.text("brand"),
        )
        library, language = self._library, ctx.language_of(new.language)

        def work(uow: UnitOfWork) -> int:
            return plan_session(uow, session, standard_slides(uow, session, library=library, language=language))

        def done(session_id: int) -> None:
            self._show_form(shown=False)
            self.rows.pick(session_id)
            self.load_anew()
            ctx.go(Place("session", session_id))

        ctx.tasks.write(
            ctx.tr("Training “{title}” planned", title=new.title),
            work,
            initiator=self,
            then=done,
            failed=lambda error: self.form.refuse(ctx.feedback.sentence(error)),
        )

    def _with_picked(self, wanted: SignalInstance) -> None:
        if self.rows.session_id:
            wanted.emit(self.rows.session_id)

    def _delete(self, session_id: int) -> None:
        line = self._lines.get(session_id)
        if line is None:
            return
        self.ctx.tasks.write(
            self.ctx.tr("Training “{title}” deleted", title=line.session.title),
            lambda uow: delete_session(uow, session_id),
            initiator=self,
            then=lambda _: self.load_anew(),
        )
