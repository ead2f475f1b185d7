"""What stands open and who is in the room: our promises first, theirs, facts, people, the last visit, objections."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from channel_desk.domain.briefs import BriefFacts
from channel_desk.domain.commitments import Commitment
from channel_desk.domain.visits import ExpectedObjection
from channel_desk.presentation.visit_promises import profile_facts
from channel_desk.presentation.visit_wizard import Wizard
from channel_desk.ui.context import Context
from channel_desk.ui.forms.kept_forms import kept_forms
from channel_desk.ui.overriding import override
from channel_desk.ui.visit.promise_line import PromiseLine
from channel_desk.ui.widgets.badge import Badge
from channel_desk.ui.widgets.ground import Ground
from channel_desk.ui.widgets.row_list import RowList
from channel_desk.ui.widgets.text import Text

WIDTH: Final = 344
_LEAST: Final = 120
#: The most that a name takes from what is said of the person.
_NAME: Final = 136
_MARGIN: Final = 16


def _phrases(ctx: Context, words: Sequence[str]) -> str:
    """Phrases in one line; a list of single things would be joined otherwise."""
    return reduce(lambda first, second: ctx.tr("{first}, {second}", first=first, second=second), words) if words else ""


class _Block(Ground):
    """A titled part of the pane with a line below."""

    def __init__(self, ctx: Context, title: str, remark: str, parent: QWidget) -> None:
        super().__init__(ctx.theme, "window", parent=parent)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Text(ctx.theme, title, "card-title", parent=self))
        head.addWidget(Text(ctx.theme, remark, "secondary", "ink-2", elide=True, parent=self), 1)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(_MARGIN, 12, _MARGIN, 14)
        self.body.setSpacing(6)
        self.body.addLayout(head)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        QPainter(self).fillRect(0, self.height() - 1, self.width(), 1, self._theme.colour("hairline"))


class ContextPane(QScrollArea):
    """Hidden while the partner can see the screen. ``fulfilled`` gives the id of a promise and its proof."""

    fulfilled = Signal(int, str)
    #: The keyboard leaves it: by Esc in one of its fields, or with a promise that was kept.
    left = Signal()

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._shown: tuple[object, ...] = ()
        #: Those that are built, and what was typed below the lines that they stand for.
        self._lines: dict[int, PromiseLine] = {}
        self._typed: dict[int, str] = {}
        self._kept = kept_forms(ctx)
        self.setMaximumWidth(WIDTH)
        self.setMinimumWidth(_LEAST)  # a window that becomes narrow can shrink far enough for the pane to hide
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(ctx.tr("What to know"))
        self.viewport().setAutoFillBackground(False)

    @override
    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 400)

    def show_wizard(self, wizard: Wizard) -> None:
        """Built anew only when something in it is different; a proof being typed is kept."""
        facts = wizard.facts
        shown = (
            *(facts.ours, facts.theirs, facts.participants, facts.distributor),
            *(facts.last_visit, facts.objections, self._ctx.today),
        )
        if shown == self._shown:
            return
        self._shown = shown
        self._typed = {key: line.typed for key, line in self._lines.items() if line.typed is not None}
        held = self._promise_with_keyboard()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._lines = {}
        for block in self._blocks(facts, inside):
            column.addWidget(block)
        column.addStretch(1)
        place = self.verticalScrollBar().value()
        self.setWidget(inside)
        inside.setAutoFillBackground(False)
        self.verticalScrollBar().setValue(place)
        self._typed = {}
        if held is not None and held in self._lines:
            self._lines[held].take_keyboard()
        elif held is not None:
            self.left.emit()  # it is kept, and the keyboard would be nowhere

    def _promise_with_keyboard(self) -> int | None:
        focused = QApplication.focusWidget()
        return next((key for key, line in self._lines.items() if focused and line.isAncestorOf(focused)), None)

    def keep_proofs(self) -> None:
        """Let proofs that are half typed outlive the pane."""
        for key, line in self._lines.items():
            if line.typed is not None:
                self._kept.keep_proof(key, line.typed)

    def take_up_proofs(self) -> None:
        """The page is gone to: proofs are as they were left, here or where else their promise is shown."""
        for key, line in self._lines.items():
            text = self._kept.proof_of(key)
            if text is not None:
                line.open_proof(text)
            elif line.typed:
                line.close_proof()

    def _give_up(self, commitment_id: int) -> None:
        self._kept.keep_proof(commitment_id, "")
        self.left.emit()

    def _fulfil(self, commitment_id: int, proof: str) -> None:
        self._kept.keep_proof(commitment_id, proof)  # until it is stored
        self.fulfilled.emit(commitment_id, proof)

    def show_error(self, commitment_id: int, sentence: str) -> None:
        """The proof of this promise was not taken."""
        if commitment_id in self._lines:
            self._lines[commitment_id].show_error(sentence)

    def _blocks(self, facts: BriefFacts, parent: QWidget) -> Sequence[QWidget]:
        blocks = [self._promises(facts, parent), self._profile(facts, parent), self._people(facts, parent)]
        if facts.last_visit is not None:
            blocks.append(self._last_visit(facts, parent))
        if facts.objections:
            blocks.append(self._objections(facts.objections, parent))
        return [block for block in blocks if block is not None]

    # -- the parts -----------------------------------------------------------------------------------------------------

    def _promises(self, facts: BriefFacts, parent: QWidget) -> QWidget:
        ctx = self._ctx
        block = _Block(ctx, ctx.tr("Promises"), ctx.tr("ours first"), parent)
        for title, promises in ((ctx.tr("We owe"), facts.ours), (ctx.tr("They owe"), facts.theirs)):
            block.body.addWidget(Text(ctx.theme, title, "secondary-strong", "ink-2", parent=block))
            lines = QVBoxLayout()
            lines.setSpacing(block.body.spacing())
            block.body.addLayout(lines)
            rows: RowList[int, Commitment, PromiseLine] = RowList(lines, lambda one: self._promise(one, block))
            rows.show((one.id, one) for one in promises)
            for one in promises:
                if one.id in self._typed:
                    rows.build_as_far_as(one.id)  # what is typed below it goes on
            if not promises:
                block.body.addWidget(Text(ctx.theme, ctx.tr("Nothing open."), "secondary", "ink-3", parent=block))
        return block

    def _promise(self, promise: Commitment, parent: QWidget) -> PromiseLine:
        line = PromiseLine(self._ctx, promise, parent)
        line.fulfilled.connect(self._fulfil)
        line.given_up.connect(self._give_up)
        self._lines[promise.id] = line
        text = self._typed.get(promise.id, self._kept.proof_of(promise.id))
        if text is not None:
            line.open_proof(text)
        return line

    def _profile(self, facts: BriefFacts, parent: QWidget) -> QWidget | None:
        ctx = self._ctx
        known = profile_facts(facts.distributor, ctx.language)
        if not known:
            return None
        block = _Block(ctx, ctx.tr_c("card", "Money"), "", parent)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(0)
        for column, (label, value) in enumerate(known):
            grid.addWidget(Text(ctx.theme, label, "secondary", "ink-2", elide=True, parent=block), 0, column)
            grid.addWidget(Text(ctx.theme, value, "card-title", elide=True, parent=block), 1, column)
            grid.setColumnStretch(column, 1)
        block.body.addLayout(grid)
        return block

    def _people(self, facts: BriefFacts, parent: QWidget) -> QWidget:
        ctx = self._ctx
        named = bool(facts.participant_ids)
        remark = "" if named else ctx.tr("nobody named yet: all known")
        block = _Block(ctx, ctx.tr("In the room"), remark, parent)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for line, contact in enumerate(facts.participants):
            name = Text(ctx.theme, contact.name, "body-strong", elide=True, parent=block)
            words = [contact.title]
            words += [ctx.tr(one.label) for one in (contact.decision_role, contact.attitude) if one is not None]
            words.append(ctx.tr("wants {wants}", wants=contact.wants) if contact.wants else "")
            about = _phrases(ctx, [word for word in words if word])
            if not about:
                grid.addWidget(name, line, 0, 1, 2)
                continue
            name.setMaximumWidth(_NAME)
            grid.addWidget(name, line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Text(ctx.theme, about, "body", "ink-2", wrap=True, parent=block), line, 1)
        block.body.addLayout(grid)
        if not facts.participants:
            block.body.addWidget(Text(ctx.theme, ctx.tr("Nobody is in the file yet."), "body", "ink-3", parent=block))
        return block

    def _last_visit(self, facts: BriefFacts, parent: QWidget) -> QWidget | None:
        ctx, last = self._ctx, facts.last_visit
        if last is None:
            return None
        day = ctx.formats.day(ctx.local(last.starts_at).date(), ctx.today)
        block = _Block(ctx, ctx.tr("Last visit"), day, parent)
        summary = last.summary.strip() or ctx.tr("No summary was written.")
        block.body.addWidget(Text(ctx.theme, summary, "body", "ink-2", wrap=True, parent=block))
        if last.next_step.strip():
            words = ctx.tr("Next step was: {step}", step=last.next_step.strip())
            block.body.addWidget(Text(ctx.theme, words, "body", wrap=True, parent=block))
        return block

    def _objections(self, objections: Sequence[ExpectedObjection], parent: QWidget) -> QWidget:
        ctx = self._ctx
        block = _Block(ctx, ctx.tr("Likely objections"), "", parent)
        for objection in objections:
            head = QHBoxLayout()
            head.setSpacing(8)
            head.addWidget(Badge(ctx.theme, ctx.tr(objection.kind.label), parent=block), 0, Qt.AlignmentFlag.AlignTop)
            said = Text(ctx.theme, objection.they_say, "body-strong", wrap=True, parent=block)
            said.setContentsMargins(0, 2, 0, 2)  # its first line stands in the middle of the badge
            head.addWidget(said, 1)
            block.body.addLayout(head)
            if objection.answer:
                block.body.addWidget(Text(ctx.theme, objection.answer, "body", "ink-2", wrap=True, parent=block))
        return block

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), self._ctx.theme.colour("window"))
        painter.fillRect(0, 0, 1, self.viewport().height(), self._ctx.theme.colour("hairline"))
