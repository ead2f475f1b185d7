"""The head of a file: where it belongs, its name, what it is, and what comes next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channel_desk.domain.distributors import STATUSES_WITH_REASON, Distributor, Status, Tier
from channel_desk.domain.lines import DistributorFile
from channel_desk.presentation.commitment_words import still_open
from channel_desk.presentation.file_cards import NextStep, breadcrumb, facts, next_step
from channel_desk.ui.context import Context
from channel_desk.ui.file.menu_button import MenuButton
from channel_desk.ui.file.reason_form import ReasonForm
from channel_desk.ui.file.record_edit import RecordEdit, about_field
from channel_desk.ui.forms.kept_forms import About, kept_forms
from channel_desk.ui.place import Place
from channel_desk.ui.widgets.badge import Badge
from channel_desk.ui.widgets.button import Button, IconButton
from channel_desk.ui.widgets.ground import Ground
from channel_desk.ui.widgets.icon import Icon
from channel_desk.ui.widgets.text import Text


class FileHeader(QWidget):
    """Asks for changes; the page stores them."""

    #: The new name, the edit, and the name before.
    renamed = Signal(str, object, str)
    tier_chosen = Signal(object)
    #: A status and its reason.
    status_chosen = Signal(object, str)
    plan_wanted = Signal()
    print_wanted = Signal()
    more_wanted = Signal(object)

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._name_before = ""
        self._distributor_id: int | None = None
        self._kept = kept_forms(ctx)
        self._reason: ReasonForm | None = None
        #: What a status with a reason leaves unsettled on both sides.
        self._still_open: tuple[str, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 16, 24, 0)
        self._column.setSpacing(4)
        self._build_crumbs()
        self._build_name()
        self._build_facts()
        self._below = QVBoxLayout()
        self._below.setContentsMargins(8, 0, 0, 0)
        self._column.addLayout(self._below)

    def _build_crumbs(self) -> None:
        ctx = self._ctx
        self._crumbs = QHBoxLayout()
        self._crumbs.setSpacing(0)
        home = Button(ctx.theme, ctx.tr("Distributors"), "ghost", size=24)
        home.setFont(ctx.theme.font("secondary"))
        home.clicked.connect(lambda: ctx.go(Place("distributors")))
        self._crumbs.addWidget(home)
        self._steps: list[QWidget] = []
        self._crumbs.addStretch(1)
        self._column.addLayout(self._crumbs)

    def _build_name(self) -> None:
        ctx, theme = self._ctx, self._ctx.theme
        self.name = RecordEdit(ctx, name=ctx.tr("Name"), role="record-title")
        self.name.setObjectName("name")
        self.name.committed.connect(lambda text: self.renamed.emit(str(text).strip(), self.name, self._name_before))
        self._code = Text(theme, "", "body", "ink-2")
        self._print = Button(theme, ctx.tr("Print brief"), icon="printer", key="Ctrl P")
        self._print.clicked.connect(self.print_wanted)
        self._plan = Button(theme, ctx.tr("Plan visit"), "primary", icon="calendar-plus")
        self._plan.clicked.connect(self.plan_wanted)
        self._more = IconButton(theme, "ellipsis", ctx.tr("More"), size=32, edged=True)
        self._more.clicked.connect(lambda: self.more_wanted.emit(self._more))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.name, 1)
        for button in (self._print, self._plan, self._more):
            row.addWidget(button)
        self._column.addLayout(row)

    def _build_facts(self) -> None:
        ctx, theme = self._ctx, self._ctx.theme
        self.tier = MenuButton(
            theme,
            "tier",
            [*((tier, ctx.tr("Tier {tier}", tier=tier.value)) for tier in Tier), (None, ctx.tr("No tier"))],
            name=ctx.tr("Tier"),
            empty=ctx.tr("No tier"),
        )
        self.tier.chosen.connect(self.tier_chosen)
        self.status = MenuButton(theme, "status", [(one, ctx.tr(one.label)) for one in Status], name=ctx.tr("Status"))
        self.status.chosen.connect(self.choose_status)
        self._kind = Text(theme, "", "body", "ink-2", elide=True)
        self._owner = Text(theme, "", "body", "ink-2", elide=True)
        row = QHBoxLayout()
        row.setContentsMargins(4, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.tier)
        row.addWidget(self.status)
        row.addWidget(self._code)
        row.addWidget(self._kind)
        row.addWidget(self._owner)
        row.addStretch(1)
        self._column.addLayout(row)

    # -- showing -----------------------------------------------------------------------------------------------------

    def show_file(self, file: DistributorFile) -> None:
        distributor = file.distributor
        self._still_open = still_open(file.commitments, self._ctx.today, self._ctx.language)
        self._name_before = distributor.name
        self.name.show_stored(about_field("name", (Distributor, distributor.id)), distributor.name)
        self._code.setText(distributor.code)
        self._code.setVisible(bool(distributor.code))
        self.tier.set_value(distributor.tier)
        self.status.set_value(distributor.status)
        words = facts(distributor, self._ctx.language)
        reason = [distributor.status_reason] if distributor.status in STATUSES_WITH_REASON else []
        lines = [" · ".join(part for part in [*reason, *words[:1]] if part), *words[1:]]
        self._kind.setText(lines[0])
        self._owner.setText(lines[1] if len(lines) > 1 else "")
        self._show_crumbs(breadcrumb(distributor))
        if distributor.id != self._distributor_id:
            self._distributor_id = distributor.id
            self._reopen_reason()

    def _show_crumbs(self, steps: tuple[str, ...]) -> None:
        for widget in self._steps:
            widget.hide()
            widget.deleteLater()
        self._steps = []
        for step in steps:
            arrow = Icon(self._ctx.theme, "chevron-right", "ink-3", 14)
            link = Button(self._ctx.theme, step, "ghost", size=24)
            link.setFont(self._ctx.theme.font("secondary"))
            link.clicked.connect(lambda _checked=False, step=step: self._ctx.go(Place("distributors", extra=step)))
            for widget in (arrow, link):
                self._crumbs.insertWidget(self._crumbs.count() - 1, widget)
                self._steps.append(widget)

    # -- the status --------------------------------------------------------------------------------------------------

    def choose_status(self, status: Status) -> None:
        """A status was picked; some ask for the reason first, in sight of what is open."""
        if status not in STATUSES_WITH_REASON:
            self.close_reason()
            self.status_chosen.emit(status, "")
            return
        self.keep_reason()
        self._build_reason(status).start()

    def _build_reason(self, status: Status) -> ReasonForm:
        self._take_out_reason()
        tr = self._ctx.tr
        question = tr("Why is it suspended?") if status is Status.SUSPENDED else tr("Why did it end?")
        form = ReasonForm(
            self._ctx,
            question,
            step=status,
            placeholder=tr("For example: price dumping in Xiangtan"),
            confirm=tr("Change status"),
            still_open=self._still_open,
        )
        form.given.connect(lambda text, _day: self.status_chosen.emit(status, text))
        form.left.connect(self.close_reason)
        kept = self._kept.find(self._key)
        if kept is not None:
            form.show_typing(kept.typing)
        self._reason = form
        self._below.addWidget(form)
        return form

    @property
    def _key(self) -> About:
        return About("file", "reason for a status", Distributor, self._distributor_id or 0)

    def keep_reason(self) -> None:
        """Let a reason that is half typed outlive the form."""
        if self._reason is not None:
            self._kept.keep_if_typed(self._key, self._reason.typing())

    def _reopen_reason(self) -> None:
        """Another file, or the same on a page made anew: a reason that was left open for it is open again."""
        kept = self._kept.find(self._key)
        status = None if kept is None else kept.typing["step"][0]
        if isinstance(status, Status):
            self._build_reason(status)

    def start_anew(self) -> None:
        self.name.leave_record()
        self._take_out_reason()
        self._distributor_id = None

    @property
    def reason_form(self) -> ReasonForm | None:
        """The open question for a reason."""
        return self._reason

    def close_reason(self) -> None:
        """The status was changed, or is left as it was."""
        if self._reason is not None:
            self._kept.forget(self._key)
            self._take_out_reason()
            self.status.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_out_reason(self) -> None:
        if self._reason is not None:
            self._reason.hide()
            self._reason.deleteLater()
            self._reason = None


class NextStepStrip(Ground):
    """The tint below the head: what comes next, or that nothing does."""

    plan_wanted = Signal()
    visit_wanted = Signal(int)

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(ctx.theme, "accent-tint", radius=6, parent=parent)
        self._ctx = ctx
        self._visit_id: int | None = None
        self.setFixedHeight(44)
        self._title = Text(ctx.theme, "", "body-strong", "accent-ink")
        self.text = Text(ctx.theme, "", "body", "ink", elide=True)
        self._when = Badge(ctx.theme, "", "on-tint")
        self._open = Button(ctx.theme, "", size=28)
        self._open.clicked.connect(self._act)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 8, 0)
        row.setSpacing(12)
        row.addWidget(Icon(ctx.theme, "arrow-right", "accent"))
        row.addWidget(self._title)
        row.addWidget(self.text)
        row.addWidget(self._when)
        row.addStretch(1)
        row.addWidget(self._open)

    def show_file(self, file: DistributorFile) -> None:
        clock = self._ctx.clock
        self.show_step(next_step(file, clock.now(), clock.zone, self._ctx.language))

    def start_anew(self) -> None:
        self.show_step(NextStep(""))

    def show_step(self, step: NextStep) -> None:
        tr = self._ctx.tr
        self._visit_id = step.visit_id if step.is_visit else None
        self._title.setText(tr("Next step"))
        self.text.setText(step.text or tr("No visit planned"))
        self._when.set_badge(step.when, "danger" if step.is_late else "on-tint")
        self._when.setVisible(bool(step.when))
        self._open.set_text(tr("Open visit") if step.is_visit else tr("Plan visit"))

    def _act(self) -> None:
        if self._visit_id is None:
            self.plan_wanted.emit()
        else:
            self.visit_wanted.emit(self._visit_id)
