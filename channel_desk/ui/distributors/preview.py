"""The pane beside the list: the current distributor in short."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from channel_desk.domain.commitments import Commitment, Direction, late_words
from channel_desk.errors import UserError
from channel_desk.services.finding import DistributorPreview, preview
from channel_desk.ui.context import Context
from channel_desk.ui.overriding import override
from channel_desk.ui.unread import UnreadStrip
from channel_desk.ui.widgets.badge import Badge, StatusDot, TierBadge
from channel_desk.ui.widgets.button import Button
from channel_desk.ui.widgets.ground import Ground
from channel_desk.ui.widgets.hairline import Hairline
from channel_desk.ui.widgets.refilling import clear
from channel_desk.ui.widgets.scrolling import Scroller
from channel_desk.ui.widgets.text import Text

WIDTH: Final = 328
_MOST_PROMISES: Final = 5
#: Another distributor is read after this pause in milliseconds, so that walking through rows stays light.
_PAUSE: Final = 150


class Preview(Ground):
    """Shows one distributor; empty until it is given one."""

    opened = Signal(int)
    visit_wanted = Signal(int)

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(ctx.theme, "surface", parent=parent)
        self._ctx = ctx
        self._shown: DistributorPreview | None = None
        self._next = 0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._read)
        self.setFixedWidth(WIDTH)
        self.setObjectName("preview")
        theme, tr = ctx.theme, ctx.tr
        self._tier = TierBadge(theme, "")
        self._name = Text(theme, "", "section", elide=True)
        self._status = StatusDot(theme, "active", "")
        self._code = Text(theme, "", "body", "ink-2", elide=True)
        self.open = Button(theme, tr("Open file"), "primary", key="Enter")
        self.visit = Button(theme, tr("Plan visit"), icon="calendar-plus")
        self.open.clicked.connect(lambda: self.opened.emit(self.shown_id))
        self.visit.clicked.connect(lambda: self.visit_wanted.emit(self.shown_id))
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(12)
        self._facts.setVerticalSpacing(8)
        self._facts.setColumnStretch(1, 1)
        self._promises = QVBoxLayout()
        self._promises.setSpacing(8)
        self._note = QVBoxLayout()
        self._note.setSpacing(4)
        self._name.setSizePolicy(self._code.sizePolicy())
        self._inside = Ground(theme, "surface")
        scroll = Scroller(self._inside, see_through=True, parent=self)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.setSpacing(0)
        self._unread = UnreadStrip(ctx, self, margins=(12, 12, 12, 0))
        outer.addWidget(self._unread)
        outer.addWidget(scroll)
        self._build()
        self._inside.hide()

    def _build(self) -> None:
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 16, 0, 16)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._tier)
        head.addWidget(self._name, 1)
        facts = QHBoxLayout()
        facts.setSpacing(16)
        facts.addWidget(self._status)
        facts.addWidget(self._code, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        self.open.setSizePolicy(self._code.sizePolicy())
        buttons.addWidget(self.open, 1)
        buttons.addWidget(self.visit)
        for part, below in ((head, 8), (facts, 12), (buttons, 16), (self._facts, 16), (self._promises, 16)):
            box = QVBoxLayout()
            box.setContentsMargins(16, 0, 16, 0)
            box.addLayout(part)
            column.addLayout(box)
            column.addSpacing(below)
            if below == 16:
                column.addWidget(Hairline(self._theme))
                column.addSpacing(12)
        box = QVBoxLayout()
        box.setContentsMargins(16, 0, 16, 0)
        box.addLayout(self._note)
        column.addLayout(box)
        column.addStretch(1)

    @property
    def shown_id(self) -> int:
        """The id of what is shown; 0 for nothing."""
        return self._shown.line.id if self._shown else 0

    def follow(self, distributor_id: int) -> None:
        """Show a distributor, nothing for 0, unless another one is named within a short pause."""
        self._next = distributor_id
        self._pause.start()

    def rest(self) -> None:
        """What was to be shown next is not read any more."""
        self._pause.stop()
        self._ctx.tasks.drop(self, "preview")

    def _read(self) -> None:
        one = self._next
        if not one:
            self._show(None)
        elif self.isVisible():
            self._ctx.tasks.read(
                lambda reader: preview(reader, one), self._show, owner=self, key="preview", failed=self._tell_unread
            )

    def _tell_unread(self, error: UserError) -> None:
        self._show(None)  # who was shown before is not who is chosen now
        self._unread.say("preview", self._ctx.feedback.sentence(error), self._read)

    def _show(self, preview: DistributorPreview | None) -> None:
        self._unread.take_all_back()
        self._shown = preview
        self._inside.setVisible(preview is not None)
        if preview is None:
            return
        line = preview.line
        tr = self._ctx.tr
        self._tier.setVisible(line.tier is not None)
        if line.tier is not None:
            self._tier.set_tier(line.tier.value)
        self._name.setText(line.display_name)
        self._status.set_status(line.status.value, tr(line.status.label))
        self._code.setText(line.code)
        self._show_facts(preview)
        self._show_promises(preview.promises)
        self._show_note(preview)

    def _show_facts(self, preview: DistributorPreview) -> None:
        clear(self._facts)
        line, tr, ctx = preview.line, self._ctx.tr, self._ctx
        today = ctx.today
        facts: list[tuple[str, str, str]] = []
        if preview.contact_name:
            facts.append((tr("Contact"), f"{preview.contact_name} {preview.contact_title}".strip(), "ink"))
        if preview.contact_phone:
            facts.append((tr("Phone"), preview.contact_phone, "ink"))
        if line.city:
            facts.append((tr("City"), line.city, "ink"))
        last = line.last_visit_at
        if last is not None:
            day = ctx.local(last).date()
            days = (today - day).days
            shown = ctx.formats.day(day, today)
            ago = ctx.tr_n("{day}, {count} day ago", "{day}, {count} days ago", days, day=shown, count=days)
            facts.append((tr("Last visit"), ago if days > 1 else ctx.formats.relative_day(day, today), "ink"))
        else:
            facts.append((tr("Last visit"), tr("none yet"), "ink-3"))
        if line.next_visit_at is not None:
            moment = ctx.local(line.next_visit_at)
            day_words = ctx.formats.relative_day(moment.date(), today)
            facts.append((tr("Next visit"), f"{day_words} {ctx.formats.time(moment)}", "ink"))
        else:
            facts.append((tr("Next visit"), tr("not planned"), "ink-3"))
        distributor = preview.distributor
        if distributor.terms_days is not None:
            facts.append((tr("Terms"), ctx.tr_n("{n} day", "{n} days", distributor.terms_days), "ink"))
        if distributor.credit_limit_minor is not None:
            amount = ctx.formats.money(distributor.credit_limit_minor, distributor.money_currency)
            facts.append((tr("Credit limit"), amount, "ink"))
        for row, (label, value, colour) in enumerate(facts):
            head = Text(self._theme, label, "secondary", "ink-3")
            head.setFixedHeight(self._theme.line_height("body"))  # on the line of its value
            self._facts.addWidget(head, row, 0, Qt.AlignmentFlag.AlignTop)
            words = Text(self._theme, value, "body", colour, wrap=True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._facts.addWidget(words, row, 1)

    def _show_promises(self, promises: tuple[Commitment, ...]) -> None:
        clear(self._promises)
        ctx, theme = self._ctx, self._theme
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Text(theme, ctx.tr("Open promises"), "card-title"))
        head.addWidget(Text(theme, str(len(promises)) if promises else "", "secondary", "ink-3"), 1)
        self._promises.addLayout(head)
        if not promises:
            self._promises.addWidget(Text(theme, ctx.tr("Nothing is open."), "body", "ink-3"))
        rows = QGridLayout()
        rows.setHorizontalSpacing(8)
        rows.setVerticalSpacing(self._promises.spacing())
        rows.setColumnStretch(1, 1)
        for row, promise in enumerate(promises[:_MOST_PROMISES]):
            badge, words = self._promise(promise)
            rows.addWidget(badge, row, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            rows.addLayout(words, row, 1)
        self._promises.addLayout(rows)
        rest = len(promises) - _MOST_PROMISES
        if rest > 0:
            more = ctx.tr_n("{count} more in the file", "{count} more in the file", rest, count=rest)
            self._promises.addWidget(Text(theme, more, "secondary", "ink-3"))

    def _promise(self, promise: Commitment) -> tuple[Badge, QVBoxLayout]:
        """Whose it is, and what."""
        ctx, theme = self._ctx, self._theme
        late = late_words(promise, ctx.today, ctx.language)
        ours = promise.direction is Direction.OURS
        badge = Badge(
            theme,
            ctx.tr_c("side", "Ours") if ours else ctx.tr_c("side", "Theirs"),
            "danger" if late else "neutral",
        )
        words = QVBoxLayout()
        words.setContentsMargins(0, 2, 0, 0)  # the first line stands in the middle of the badge
        words.setSpacing(0)
        words.addWidget(Text(theme, promise.text, "body", wrap=True))
        if late:
            words.addWidget(Text(theme, late, "secondary", "danger-text"))
        elif promise.due_on is not None:
            words.addWidget(Text(theme, ctx.formats.relative_day(promise.due_on, ctx.today), "secondary", "ink-2"))
        return badge, words

    def _show_note(self, preview: DistributorPreview) -> None:
        clear(self._note)
        if not preview.last_words:
            return
        ctx, theme = self._ctx, self._theme
        self._note.addWidget(Text(theme, ctx.tr("Last note"), "card-title"))
        self._note.addWidget(Text(theme, f"“{preview.last_words}”", "body", "ink-2", wrap=True))
        if preview.last_words_at is not None:
            day = ctx.formats.day(ctx.local(preview.last_words_at).date(), ctx.today)
            self._note.addWidget(Text(theme, ctx.tr("Visit, {day}", day=day), "secondary", "ink-3"))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(QRect(0, 0, 1, self.height()), self._theme.colour("hairline"))
