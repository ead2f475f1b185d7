"""The pane beside the calendar: one visit, edited in place, or a new one."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from channel_desk.domain.lines import VisitLine
from channel_desk.domain.visits import Purpose, Visit, VisitStatus
from channel_desk.presentation.visit_span import Span
from channel_desk.ui.context import Context
from channel_desk.ui.forms.distributor_field import DistributorField
from channel_desk.ui.forms.kept_forms import About, Typing, kept_forms
from channel_desk.ui.forms.typing_in import show_typing, typing_of
from channel_desk.ui.overriding import override
from channel_desk.ui.planner.participants import Participants
from channel_desk.ui.planner.visit_details import VisitDetails
from channel_desk.ui.planner.when import When
from channel_desk.ui.widgets.badge import Badge, TierBadge
from channel_desk.ui.widgets.button import Button, IconButton
from channel_desk.ui.widgets.choice_field import ChoiceField
from channel_desk.ui.widgets.field import TextField
from channel_desk.ui.widgets.ground import Ground
from channel_desk.ui.widgets.hairline import Hairline
from channel_desk.ui.widgets.scrolling import Scroller
from channel_desk.ui.widgets.text import Text
from channel_desk.ui.widgets.text_area import TextArea

WIDTH = 328


class VisitPane(QWidget):
    """Shows one visit. Each field is stored when it is left; Esc puts back what it held. The pane has no Save."""

    edited = Signal(int, object)
    moved = Signal(int, object)
    participants_chosen = Signal(int, object)
    created = Signal(int, object, object)
    opened = Signal(int)
    file_wanted = Signal(int)
    brief_wanted = Signal(int)
    deleted = Signal(int)
    cancelled = Signal(int)
    closed = Signal()

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._shown: VisitDetails | None = None
        self._filling = False
        self.setFixedWidth(WIDTH)
        self.setObjectName("visit_pane")
        ground = Ground(ctx.theme, "surface", parent=self)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(Hairline(ctx.theme, vertical=True))
        outer.addWidget(Scroller(ground, parent=self), 1)
        self._body = QVBoxLayout(ground)
        self._body.setContentsMargins(16, 12, 16, 16)
        self._body.setSpacing(8)
        self._build()

    # -- building ----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._build_head()
        self._build_when()
        self._rest = QWidget(self)
        rest = QVBoxLayout(self._rest)
        rest.setContentsMargins(0, 0, 0, 0)
        rest.setSpacing(8)
        self._body.addWidget(self._rest)
        self._build_fields(rest)
        self._build_buttons(rest)
        self._body.addStretch(1)
        self._connect()

    def _build_head(self) -> None:
        ctx, theme = self._ctx, self._ctx.theme
        self._kind = Text(theme, "", "secondary", "ink-2")
        close = IconButton(theme, "x", ctx.tr("Close"))
        close.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.addWidget(self._kind, 1)
        head.addWidget(close)
        self._body.addLayout(head)
        self._tier = TierBadge(theme, "")
        self._name = Text(theme, "", "page-title", elide=True)
        self._status = Badge(theme, "", "neutral")
        self._named = QWidget(self)
        named = QHBoxLayout(self._named)
        named.setContentsMargins(0, 0, 0, 0)
        named.setSpacing(8)
        named.addWidget(self._tier)
        named.addWidget(self._name, 1)
        named.addWidget(self._status)
        self._body.addWidget(self._named)
        self._who = DistributorField(ctx, self)
        self._who.chosen.connect(self._on_chosen)
        self._body.addWidget(self._who)

    def _build_when(self) -> None:
        ctx, theme = self._ctx, self._ctx.theme
        self._body.addWidget(Text(theme, ctx.tr("Date and time"), "secondary", "ink-2"))
        self._when = When(ctx, self)
        self._body.addWidget(self._when)
        self._conflict = Text(theme, "", "secondary", "warning-text", wrap=True)
        self._body.addWidget(self._conflict)

    def _build_fields(self, rest: QVBoxLayout) -> None:
        ctx, theme = self._ctx, self._ctx.theme
        self._purpose = ChoiceField(
            theme, [(purpose, ctx.tr(purpose.label)) for purpose in Purpose], name=ctx.tr("Purpose")
        )
        self._subject = TextField(theme, ctx.tr("What it is about"), name=ctx.tr("Subject"))
        self._place = TextField(theme, ctx.tr("Where you meet"), name=ctx.tr("Place"))
        self._result = TextArea(theme, ctx.tr("The one result that makes it worthwhile"), least=2, most=4)
        for label, widget in (
            (ctx.tr("Purpose"), self._purpose),
            (ctx.tr("Subject"), self._subject),
            (ctx.tr("Place"), self._place),
            (ctx.tr("The one result"), self._result),
        ):
            rest.addWidget(Text(theme, label, "secondary", "ink-2"))
            rest.addWidget(widget)
        #: The fields of text by the name of what they hold, and what the visit is known to hold there.
        self._texts: dict[str, TextField | TextArea] = {
            "subject": self._subject,
            "place": self._place,
            "result_wanted": self._result,
        }
        self._known = dict.fromkeys(self._texts, "")
        rest.addWidget(Text(theme, ctx.tr("Who will be there"), "secondary", "ink-2"))
        self._people = Participants(ctx)
        self._people.chosen.connect(self._on_people)
        rest.addWidget(self._people)
        rest.addSpacing(8)

    def _build_buttons(self, rest: QVBoxLayout) -> None:
        ctx, theme = self._ctx, self._ctx.theme
        self._open = Button(theme, ctx.tr("Prepare visit"), kind="primary", icon="list-checks")
        self._print = Button(theme, ctx.tr("Print brief"), icon="printer")
        self._file = Button(theme, ctx.tr("Open file"), kind="ghost", icon="folder-open")
        self._call_off = Button(theme, ctx.tr("Call off"), kind="ghost")
        self._delete = Button(theme, ctx.tr("Delete"), kind="ghost", icon="trash-2")
        for pair in ((self._open, self._print), (self._file, self._call_off, self._delete)):
            row = QHBoxLayout()
            row.setSpacing(8)
            for button in pair:
                row.addWidget(button)
            row.addStretch(1)
            rest.addLayout(row)

    def _connect(self) -> None:
        self._when.changed.connect(self._on_when)
        self._purpose.chosen.connect(lambda value: self._store(purpose=value))
        for field in self._texts.values():
            field.left.connect(self._flush)
            field.submitted.connect(lambda _text: self._flush())
        for button, signal in (
            (self._open, self.opened),
            (self._print, self.brief_wanted),
            (self._delete, self.deleted),
            (self._call_off, self.cancelled),
        ):
            button.clicked.connect(lambda _checked=False, signal=signal: self._ask(signal))
        self._file.clicked.connect(self._ask_file)

    def _ask(self, signal: SignalInstance) -> None:
        if self._shown is not None:
            signal.emit(self._shown.line.visit.id)

    def _ask_file(self) -> None:
        if self._shown is not None:
            self.file_wanted.emit(self._shown.line.distributor.id)

    # -- showing -----------------------------------------------------------------------------------------------------

    @property
    def line(self) -> VisitLine | None:
        """The visit that is shown; None for a new one."""
        return None if self._shown is None else self._shown.line

    @property
    def visit_id(self) -> int | None:
        return None if self.line is None else self.line.visit.id

    @property
    def has_keyboard(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def begin_new(self, span: Span) -> None:
        """Show a new visit at ``span``: only the distributor is still needed."""
        self.show()
        self.leave()
        self._shown = None
        self._kind.setText(self._ctx.tr("New visit"))
        self._named.hide()
        self._rest.hide()
        self._conflict.hide()
        self._who.show()
        self._when.show_span(span)
        self._when.allow_changes(allowed=True)
        self._who.begin()

    @property
    def start(self) -> QWidget:
        """Where the keyboard begins in a new visit."""
        return self._who.field.edit

    def offer_instead(self, before: Span, span: Span) -> None:
        """Offer ``span`` for the new visit where ``before`` was offered and nobody has chosen another time."""
        if self._shown is None and self._when.span == before:
            self._when.show_span(span, keeps_typing=True)

    @property
    def typing(self) -> Typing | None:
        """What is typed for a new visit; None for one that is there."""
        if self._shown is not None:
            return None
        return {"span": (self._when.span, ""), **typing_of(self._new_fields)}

    @property
    def looks_for_somebody(self) -> bool:
        """Whether more of a new visit is typed than its time."""
        return bool(self._who.field.text())

    def take_up(self, typing: Typing) -> None:
        """Go on with a new visit where a pane before was left."""
        self.begin_new(cast("Span", typing["span"][0]))
        show_typing(self._new_fields, typing)

    @property
    def _new_fields(self) -> dict[str, TextField]:
        when = self._when  # a start that is half typed takes its end along: it comes after it
        return {"who": self._who.field, "day": when.day, "end": when.end, "start": when.start}

    def show_visit(self, details: VisitDetails, *, conflict: str) -> None:
        """Show a visit; what is being typed into it stays, and times that made no sense are there again."""
        again = self.visit_id == details.line.visit.id
        if not again:
            self.leave()
        ctx, visit = self._ctx, details.line.visit
        self._shown = details
        self._filling = True
        self._kind.setText(ctx.tr("Visit"))
        self._who.hide()
        self._named.show()
        self._rest.show()
        tier = details.line.distributor.tier
        self._tier.set_tier(str(tier or ""))
        self._tier.setVisible(tier is not None)
        self._name.setText(details.line.distributor.display_name)
        self._status.set_badge(
            ctx.tr(visit.status.label), "success" if visit.status is VisitStatus.CLOSED else "neutral"
        )
        self._when.show_span(Span.of(details.line), keeps_typing=again)
        self._when.allow_changes(allowed=visit.is_movable)
        self._conflict.setText(conflict)
        self._conflict.setVisible(bool(conflict))
        self._purpose.set_value(visit.purpose)
        for name, field in self._texts.items():
            if not (again and self._is_typed(name)):
                self._fill_text(name, getattr(visit, name))
            field.setEnabled(visit.is_movable)
        self._people.show_people(details)
        words = {
            VisitStatus.PLANNED: ctx.tr("Prepare visit"),
            VisitStatus.RUNNING: ctx.tr("Go on"),
            VisitStatus.HELD: ctx.tr("Write up"),
        }
        self._open.set_text(words.get(visit.status, ctx.tr("Read visit")))
        self._call_off.setVisible(visit.status is VisitStatus.PLANNED)
        self._purpose.setEnabled(visit.is_movable)
        self._filling = False
        if not again:
            self._take_up_times()

    def _take_up_times(self) -> None:
        kept = None if self.visit_id is None else kept_forms(self._ctx).find(_times_of(self.visit_id))
        if kept is not None and self._shown is not None and self._shown.line.visit.is_movable:
            self._when.take_up(kept.typing)

    def _is_typed(self, name: str) -> bool:
        """Whether a field of text holds something that was not handed over yet."""
        return self._texts[name].text().strip() != self._known[name]

    def _fill_text(self, name: str, text: str) -> None:
        self._known[name] = text.strip()
        field = self._texts[name]
        if field.text().strip() != self._known[name]:
            field.set_value(text)

    # -- storing -----------------------------------------------------------------------------------------------------

    def _on_chosen(self, distributor_id: int, name: str) -> None:
        if self._shown is not None:
            return
        if self._when.is_sound():
            self.created.emit(distributor_id, name, self._when.span)
        else:
            # Nothing is planned at another time than the one that was meant.
            self._who.offer_again()

    def _on_people(self, ids: frozenset[int]) -> None:
        if self._shown is not None:
            self._shown = replace(self._shown, participant_ids=ids)
            self.participants_chosen.emit(self._shown.line.visit.id, ids)

    def _on_when(self, span: Span) -> None:
        if self._shown is None:
            self._when.show_span(span)
        else:
            self.moved.emit(self._shown.line.visit.id, span)

    def _store(self, **changes: object) -> None:
        if self._filling or self._shown is None:
            return
        visit = self._shown.line.visit
        if any(getattr(visit, name) != value for name, value in changes.items()):
            self.edited.emit(visit.id, changes)

    def _flush(self) -> None:
        """Store what is being typed."""
        if self._filling or self._shown is None:
            return
        typed = {name: field.text().strip() for name, field in self._texts.items() if self._is_typed(name)}
        self._known.update(typed)
        self._store(**typed)

    def leave(self) -> None:
        """The page, or the visit, is left: what is half typed counts, and times that make no sense wait for it."""
        if self.visit_id is not None:
            self._when.check()
            kept_forms(self._ctx).keep_if_typed(_times_of(self.visit_id), self._when.unsound)
        self._flush()

    # -- Esc ---------------------------------------------------------------------------------------------------------

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._shown is None or not self._restore():
            self.closed.emit()

    def _restore(self) -> bool:
        """Put back what the field with the keyboard held; False when nothing was typed into it."""
        for name, field in self._texts.items():
            if field.edit.hasFocus() and self._is_typed(name):
                field.set_value(self._known[name])
                return True
        return self._when.restore()


def _times_of(visit_id: int) -> About:
    """What times of a visit are kept under that make no sense yet."""
    return About("planner", "times", Visit, visit_id)
