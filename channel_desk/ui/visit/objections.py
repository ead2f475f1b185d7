"""Objections: prepared before the visit from the library or in own words; in the talk, raised and overcome or not."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channel_desk.domain.objection_library import ObjectionEntry, load_objections, of_kind
from channel_desk.domain.visits import ExpectedObjection, ObjectionKind, Phase
from channel_desk.presentation.visit_promises import prepared
from channel_desk.presentation.visit_wizard import Row, Wizard
from channel_desk.ui.context import Context
from channel_desk.ui.visit.choice_button import ChoiceButton
from channel_desk.ui.visit.editor import PlainEditor
from channel_desk.ui.visit.field_keys import FieldKeys
from channel_desk.ui.widgets.badge import Badge
from channel_desk.ui.widgets.button import Button, IconButton
from channel_desk.ui.widgets.choice_field import ChoiceField
from channel_desk.ui.widgets.field import TextField
from channel_desk.ui.widgets.menu import Menu
from channel_desk.ui.widgets.text import Text


class _ObjectionLine(QWidget):
    """One objection: what they say, how it went, and the answer."""

    def __init__(self, editor: ObjectionsEditor, place: int, objection: ExpectedObjection) -> None:
        super().__init__(editor)
        ctx = editor.ctx
        self._place = place
        self._editor = editor
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Badge(ctx.theme, ctx.tr(objection.kind.label), parent=self))
        head.addWidget(Text(ctx.theme, objection.they_say, "body-strong", elide=True, parent=self), 1)
        self._raised = ChoiceButton(ctx.theme, ctx.tr("Raised"), parent=self)
        self._won = ChoiceButton(ctx.theme, ctx.tr("Overcome"), parent=self)
        self._lost = ChoiceButton(ctx.theme, ctx.tr("Not overcome"), parent=self)
        talk = editor.row.item.phase is not Phase.BEFORE
        for button, run in (
            (self._raised, self._toggle_raised),
            (self._won, lambda: self._toggle_won(won=True)),
            (self._lost, lambda: self._toggle_won(won=False)),
        ):
            button.clicked.connect(run)
            button.setVisible(talk)
            head.addWidget(button)
        remove = IconButton(ctx.theme, "x", ctx.tr("Remove the objection"), parent=self)
        remove.clicked.connect(lambda: editor.remove(place))
        head.addWidget(remove)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(4)
        outer.addLayout(head)
        if objection.ask_first:
            words = ctx.tr("Ask first: {question}", question=objection.ask_first)
            outer.addWidget(Text(ctx.theme, words, "secondary", "ink-2", wrap=True, parent=self))
        self.reply = TextField(
            ctx.theme, ctx.tr("Answer"), size=28, name=ctx.tr("Answer to: {words}", words=objection.they_say)
        )
        editor.watch(self.reply.edit)
        outer.addWidget(self.reply)
        self.show_objection(objection)
        self.reply.edit.textEdited.connect(lambda text: editor.change(place, at_once=False, answer=text))

    def show_objection(self, objection: ExpectedObjection) -> None:
        self._objection = objection
        self._raised.setChecked(objection.raised)
        self._won.setChecked(objection.overcome is True)
        self._lost.setChecked(objection.overcome is False)
        if self.reply.text() != objection.answer:
            self.reply.setText(objection.answer)

    def _toggle_raised(self) -> None:
        raised = not self._objection.raised
        self._editor.change(self._place, raised=raised, overcome=self._objection.overcome if raised else None)

    def _toggle_won(self, *, won: bool) -> None:
        same = self._objection.overcome is won
        self._editor.change(self._place, raised=True, overcome=None if same else won)


class ObjectionsEditor(PlainEditor):
    """The list above the note, with a way to add from the library or in own words."""

    def __init__(self, ctx: Context, row: Row, wizard: Wizard, parent: QWidget | None = None) -> None:
        # made before the base: its constructor shows the visit for the first time
        self._lines: list[_ObjectionLine] = []
        #: What the lines were built for: kind, words and question of each.
        self._said: list[tuple[ObjectionKind, str, str]] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        super().__init__(ctx, row, wizard, parent)
        self.body.insertLayout(0, self._list)
        adding = QHBoxLayout()
        adding.setSpacing(8)
        kinds = [(kind, ctx.tr(kind.label)) for kind in ObjectionKind]
        self.kind = ChoiceField(ctx.theme, kinds, name=ctx.tr("Kind"), size=28)
        self.kind.set_value(ObjectionKind.PRICE)
        self.kind.setFixedWidth(112)
        self.own = TextField(ctx.theme, ctx.tr("What they say"), size=28, name=ctx.tr("What they say"))
        keys = FieldKeys(self.own.edit)
        keys.entered.connect(self._enter_own)
        keys.escaped.connect(self.escaped)
        keys.stepped.connect(self.stepped)
        self._library = Button(ctx.theme, ctx.tr("From the library"), "link", icon="layers", size=28, parent=self)
        self._library.clicked.connect(self._open_library)
        add = Button(ctx.theme, ctx.tr("Add"), icon="plus", size=28, parent=self)
        add.clicked.connect(self._add_own)
        for widget, stretch in ((self.kind, 0), (self.own, 1), (add, 0), (self._library, 0)):
            adding.addWidget(widget, stretch)
        self.body.insertLayout(1, adding)

    def show_wizard(self, wizard: Wizard) -> None:
        super().show_wizard(wizard)
        objections = wizard.facts.objections
        said = [(one.kind, one.they_say, one.ask_first) for one in objections]
        if said != self._said:
            self._said = said
            self._build(objections)
        for line, objection in zip(self._lines, objections, strict=True):
            line.show_objection(objection)

    def _build(self, objections: tuple[ExpectedObjection, ...]) -> None:
        for line in self._lines:
            self._list.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = [_ObjectionLine(self, place, one) for place, one in enumerate(objections)]
        for line in self._lines:
            self._list.addWidget(line)

    def settle(self) -> bool:
        """What was written and not yet added is an objection all the same."""
        self._add_own(stays=False)
        return super().settle()

    # -- changing ------------------------------------------------------------------------------------------------------

    def change(self, place: int, *, at_once: bool = True, **changes: object) -> None:
        """Give the objection at ``place`` other values."""
        objections = list(self.wizard.facts.objections)
        objections[place] = replace(objections[place], **changes)  # type: ignore[arg-type]  # by name
        self.objections_changed.emit(tuple(objections), at_once)

    def remove(self, place: int) -> None:
        kept = [one for number, one in enumerate(self.wizard.facts.objections) if number != place]
        self.objections_changed.emit(tuple(kept), True)  # noqa: FBT003 - a signal

    def add(self, objection: ExpectedObjection) -> None:
        """Put ``objection`` at the end; in the talk it has been raised."""
        talk = self.row.item.phase is not Phase.BEFORE
        objections = (*self.wizard.facts.objections, replace(objection, raised=talk))
        self.objections_changed.emit(objections, True)  # noqa: FBT003 - a signal

    def _enter_own(self) -> None:
        if self.own.text().strip():
            self._add_own()
        else:
            self.entered.emit()

    def _add_own(self, *, stays: bool = True) -> None:
        words, kind = self.own.text().strip(), self.kind.value
        if words and isinstance(kind, ObjectionKind):
            self.own.setText("")
            self.add(ExpectedObjection(visit_id=self.wizard.visit.id, kind=kind, they_say=words))
            if stays:
                self.own.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_library(self) -> None:
        entries = load_objections(self.ctx.resources / "objections")
        menu = Menu(self.ctx.theme, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for kind in ObjectionKind:
            of_this = of_kind(entries, kind)
            if of_this:
                part = Menu(self.ctx.theme, menu)
                part.setTitle(self.ctx.tr(kind.label))
                menu.addMenu(part)
                for entry in of_this:
                    self._offer(part, entry)
        menu.popup(self._library.mapToGlobal(QPoint(0, self._library.height() + 2)))

    def _offer(self, menu: Menu, entry: ObjectionEntry) -> None:
        objection = prepared(entry, self.wizard.visit.id, self.ctx.language)
        action = QAction(objection.they_say.replace("&", "&&"), menu)
        action.triggered.connect(lambda _checked=False: self.add(objection))
        menu.addAction(action)
