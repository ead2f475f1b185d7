"""The form of a new session: where, about what, when, and in which language its deck is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channel_desk.presentation.session_list import NEW_MINUTES, NEW_STARTS, deck_languages, new_session_day
from channel_desk.presentation.visit_span import moment
from channel_desk.ui.context import Context
from channel_desk.ui.forms.distributor_field import DistributorField
from channel_desk.ui.forms.kept_forms import Typing
from channel_desk.ui.forms.typing_in import show_typing, typing_of
from channel_desk.ui.keys import ENTER
from channel_desk.ui.overriding import override
from channel_desk.ui.widgets.button import Button
from channel_desk.ui.widgets.date_field import DateField
from channel_desk.ui.widgets.field import Labelled, TextField
from channel_desk.ui.widgets.ground import Ground
from channel_desk.ui.widgets.segmented import Segmented
from channel_desk.ui.widgets.text import Text
from channel_desk.ui.widgets.time_field import TimeField


@dataclass(frozen=True)
class NewSession:
    """What was typed."""

    distributor_id: int
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    language: str


class SessionForm(Ground):
    """``created`` gives a :class:`NewSession`; ``cancelled`` leaves without one."""

    created = Signal(object)
    cancelled = Signal()

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(ctx.theme, "surface", edge="hairline", radius=8, parent=parent)
        self.setObjectName("form")
        self._ctx = ctx
        self._distributor_id = 0
        self._titled = ""
        theme, tr = ctx.theme, ctx.tr
        self.who = DistributorField(ctx, self)
        self.title = TextField(theme, tr("What the session is about"))
        self.day = DateField(theme, ctx.language, lambda: ctx.today)
        self.start = TimeField(theme, ctx.language)
        self.end = TimeField(theme, ctx.language)
        self.place = TextField(theme, tr("Where it takes place"))
        self.language = Segmented(theme, deck_languages(), name=tr("Language of the deck"))
        self.store = Button(theme, tr("Create with the standard deck"), "primary")
        self._cancel = Button(theme, tr("Cancel"))
        self._arrange()
        self.who.chosen.connect(self._choose)
        self.who.field.edit.textEdited.connect(self._unchoose)
        self.store.clicked.connect(self.submit)
        self._cancel.clicked.connect(self.cancelled)

    def _arrange(self) -> None:
        tr, theme = self._ctx.tr, self._ctx.theme
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 12, 16, 16)
        outer.setSpacing(12)
        outer.addWidget(Text(theme, tr("New training"), "card-title"))
        first, second, last = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        top = Qt.AlignmentFlag.AlignTop
        for row in (first, second):
            row.setSpacing(16)
        who = Labelled(theme, tr("Distributor"), self.who)
        self.who.field.set_name(tr("Distributor"))
        first.addWidget(who, 1, top)
        first.addWidget(Labelled(theme, tr("Title"), self.title), 1, top)
        for label, field, width in (
            (tr("Day"), self.day, 176),
            (tr("From"), self.start, 88),
            (tr("Until"), self.end, 88),
        ):
            part = Labelled(theme, label, field)
            part.setFixedWidth(width)
            second.addWidget(part, 0, top)
        second.addWidget(Labelled(theme, tr("Place"), self.place), 1, top)
        second.addWidget(Labelled(theme, tr("Language of the deck"), self.language), 0, top)
        last.setSpacing(8)
        last.addWidget(self.store)
        last.addWidget(self._cancel)
        last.addStretch(1)
        for row in (first, second, last):
            outer.addLayout(row)

    def begin(self, *, language: str) -> None:
        """Empty the form, with a time that suits most sessions, for a deck in ``language``."""
        self._distributor_id, self._titled = 0, ""
        zone = self._ctx.clock.zone
        day = new_session_day(self._ctx.local(self._ctx.clock.now())).date()
        starts_at = moment(day, NEW_STARTS, zone)
        self.day.set_day(day)
        self.start.set_time(starts_at.time())
        self.end.set_time((starts_at + timedelta(minutes=NEW_MINUTES)).time())
        self.title.set_value("")
        self.place.set_value("")
        self.language.choose(language)
        for field in (self.who.field, self.title, self.day, self.start, self.end):
            field.set_error(None)
        self.who.begin()

    @property
    def is_begun(self) -> bool:
        """Whether something was typed that would be missed."""
        return bool(self.who.field.text() or self.place.text() or self.title.text() != self._titled)

    def typing(self) -> Typing:
        """What stands in the form."""
        chosen = {"distributor_id": self._distributor_id, "titled": self._titled, "language": self.language.current}
        return {**typing_of(self._fields()), **{name: (value, "") for name, value in chosen.items()}}

    def take_up(self, typing: Typing) -> None:
        """Go on where a form before was left."""
        with QSignalBlocker(self.who.field):
            show_typing(self._fields(), typing)
        self._distributor_id = cast("int", typing["distributor_id"][0])
        self._titled = str(typing["titled"][0])
        self.language.choose(str(typing["language"][0]))

    def _fields(self) -> dict[str, TextField]:
        who, title, place = self.who.field, self.title, self.place
        return {"who": who, "title": title, "day": self.day, "start": self.start, "end": self.end, "place": place}

    def refuse(self, sentence: str) -> None:
        """The session was not stored: say why."""
        self.title.set_error(sentence)

    def submit(self) -> None:
        """Hand over what was typed, or say below its field what is still wrong."""
        tr = self._ctx.tr
        if not self._distributor_id:
            self.who.ask()
        title = self.title.text().strip()
        self.title.set_error(None if title else tr("A title is needed, for example: Selling to schools"))
        for reading, needed in (
            (self.day, tr("A day is needed")),
            (self.start, tr("A time is needed")),
            (self.end, tr("After the start")),
        ):
            reading.set_error(None)  # what was asked for last time; what cannot be read is told again
            if reading.check() and reading.value is None:
                reading.set_error(needed)
        day, start, end = self.day.day, self.start.time, self.end.time
        if not self.end.error and start is not None and end is not None and end <= start:
            self.end.set_error(tr("After the start"))
        fields = (self.who.field, self.title, self.day, self.start, self.end)
        wrong = next((field for field in fields if field.error), None)
        if wrong is not None:
            wrong.setFocus()
        elif day is not None and start is not None and end is not None:
            zone = self._ctx.clock.zone
            self.created.emit(
                NewSession(
                    distributor_id=self._distributor_id,
                    title=title,
                    starts_at=datetime.combine(day, start, zone),
                    ends_at=datetime.combine(day, end, zone),
                    place=self.place.text().strip(),
                    language=self.language.current,
                )
            )

    def _choose(self, distributor_id: int, name: str) -> None:
        self._distributor_id = distributor_id
        field = self.who.field
        with QSignalBlocker(field):  # the name is put in, not searched for
            field.set_value(name)
        field.set_error(None)
        if self.title.text() == self._titled:
            language = self._ctx.language_of(self.language.current)
            self._titled = language.tr("{name} sales training", name=name)
            self.title.set_value(self._titled)
        self.title.setFocus()
        self.title.selectAll()

    def _unchoose(self) -> None:
        self._distributor_id = 0

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
            return
        if event.key() in ENTER:
            self.submit()  # from any of its fields, with Ctrl or without
            return
        super().keyPressEvent(event)
