"""The facts of a session in a strip below the top bar: when, where, who; each is stored when it is left."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channel_desk.domain.training import TrainingKind, TrainingSession
from channel_desk.ui.context import Context
from channel_desk.ui.widgets.button import Button, IconButton
from channel_desk.ui.widgets.choice_field import ChoiceField
from channel_desk.ui.widgets.date_field import DateField
from channel_desk.ui.widgets.field import Field, Labelled, TextField
from channel_desk.ui.widgets.flow import FlowLayout
from channel_desk.ui.widgets.ground import Ground
from channel_desk.ui.widgets.number_field import NumberField
from channel_desk.ui.widgets.time_field import TimeField


class SessionFacts(Ground):
    """``edited`` gives the changed fields of the session, ``file_wanted`` goes to the distributor, ``closed`` hides."""

    edited = Signal(object)
    file_wanted = Signal()
    closed = Signal()

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(ctx.theme, "sunken", parent=parent)
        self._ctx = ctx
        self._session: TrainingSession | None = None
        self._filling = False
        #: What several fields say at once, while they are flushed together.
        self._gathered: dict[str, object] | None = None
        theme, tr = ctx.theme, ctx.tr
        self.day = DateField(theme, ctx.language, lambda: ctx.today)
        self.start = TimeField(theme, ctx.language)
        self.end = TimeField(theme, ctx.language)
        self.place = TextField(theme, tr("Where it takes place"))
        self.trainer = TextField(theme)
        self.brand = TextField(theme)
        self.subtitle = TextField(theme)
        self.audience = TextField(theme, tr("For example: eight sales people, two shop managers"))
        self.people = NumberField(theme, ctx.language, least=0, most=9999)
        self.kind = ChoiceField(theme, [(kind, tr(kind.label)) for kind in TrainingKind])
        self._texts = {
            "place": self.place,
            "trainer": self.trainer,
            "brand": self.brand,
            "subtitle": self.subtitle,
            "audience": self.audience,
        }
        self.file = Button(theme, "", "link", icon="building-2")
        self.file.clicked.connect(self.file_wanted)
        close = IconButton(theme, "x", tr("Close"))
        close.clicked.connect(self.closed)
        self._arrange(close)
        for name, field in self._texts.items():
            field.left.connect(lambda name=name: self._store_text(name))
            field.submitted.connect(lambda _, name=name: self._store_text(name))
        self.day.value_changed.connect(lambda _: self._store_time(keep_length=True))
        self.start.value_changed.connect(lambda _: self._store_time(keep_length=True))
        self.end.value_changed.connect(lambda _: self._store_time())
        self.people.value_changed.connect(lambda value: self._store(head_count=value))
        self.kind.chosen.connect(lambda value: self._store(kind=value))

    def _arrange(self, close: IconButton) -> None:
        theme, tr = self._ctx.theme, self._ctx.tr
        flow = FlowLayout(gap=12)
        parts: tuple[tuple[str, Field, int], ...] = (
            (tr("Day"), self.day, 192),
            (tr("From"), self.start, 76),
            (tr("Until"), self.end, 76),
            (tr("Place"), self.place, 208),
            (tr("Trainer"), self.trainer, 120),
            (tr("Brand"), self.brand, 120),
            (tr("Participants"), self.people, 88),
            (tr("Who they are"), self.audience, 208),
            (tr("Line below the title"), self.subtitle, 208),
            (tr("Kind of training"), self.kind, 192),
        )
        for label, field, width in parts:
            part = Labelled(theme, label, field)
            part.setFixedWidth(width)
            flow.addWidget(part)
        fields = QVBoxLayout()
        fields.setContentsMargins(8, 0, 0, 0)  # below the words of the button, which begin 8 from its edge
        fields.addLayout(flow)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.file, 0, Qt.AlignmentFlag.AlignLeft)
        left.addLayout(fields)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(8, 8, 12, 12)
        outer.addLayout(left, 1)
        outer.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)

    def show_session(self, session: TrainingSession, distributor: str) -> None:
        """Show ``session``; what is being typed stays."""
        self._session = session
        self._filling = True
        self.file.set_text(distributor)
        start, end = self._ctx.local(session.starts_at), self._ctx.local(session.ends_at)
        values: tuple[tuple[TextField, object], ...] = (
            (self.day, start.date()),
            (self.start, start.time()),
            (self.end, end.time()),
            (self.people, session.head_count),
            *((field, getattr(session, name)) for name, field in self._texts.items()),
        )
        for field, value in values:
            if not field.edit.hasFocus():
                field.set_value(value)
        self.kind.set_value(session.kind)
        self._filling = False

    def flush(self) -> None:
        """Store what is being typed."""
        gathered: dict[str, object] = {}
        self._gathered = gathered
        for field in (self.day, self.start, self.end, self.people):
            field.check()
        for name in self._texts:
            self._store_text(name)
        self._gathered = None
        if gathered:
            self.edited.emit(gathered)

    def refuse(self, sentence: str) -> None:
        """The session was not stored: say why."""
        self.end.set_error(sentence)

    def _store_text(self, name: str) -> None:
        self._store(**{name: self._texts[name].text().strip()})

    def _store(self, **changes: object) -> None:
        if self._filling or self._session is None:
            return
        changed = {name: value for name, value in changes.items() if getattr(self._session, name) != value}
        if self._gathered is not None:
            self._gathered.update(changed)
        elif changed:
            self.edited.emit(changed)

    def _store_time(self, *, keep_length: bool = False) -> None:
        session, day, start, end = self._session, self.day.day, self.start.time, self.end.time
        if self._filling or session is None or day is None or start is None or end is None:
            return
        zone = self._ctx.clock.zone
        starts_at = datetime.combine(day, start, zone)
        ends_at = starts_at + (session.ends_at - session.starts_at) if keep_length else datetime.combine(day, end, zone)
        if ends_at <= starts_at:
            self.end.set_error(self._ctx.tr("After the start"))
            return
        self.end.set_error(None)
        self._filling = True
        self.end.set_time(self._ctx.local(ends_at).time())
        self._filling = False
        self._store(starts_at=starts_at, ends_at=ends_at)
