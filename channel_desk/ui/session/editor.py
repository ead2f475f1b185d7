"""The texts of a slide, made from the form of its layout, and the trainer's notes."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from channel_desk.domain.slide_layouts import LayoutText
from channel_desk.domain.training import Layout, Slide
from channel_desk.presentation.deck_builder import slide_form, text_of, with_table, with_text
from channel_desk.ui.context import Context
from channel_desk.ui.session.table_editor import TableEditor
from channel_desk.ui.widgets.field import Labelled, TextField
from channel_desk.ui.widgets.scrolling import Scroller
from channel_desk.ui.widgets.segmented import Segmented
from channel_desk.ui.widgets.text import Text
from channel_desk.ui.widgets.text_area import TextArea


@dataclass(frozen=True)
class _Form:
    """The fields and tables of one layout."""

    widget: QWidget
    fields: dict[str, TextField | TextArea]
    tables: dict[str, TableEditor]


class SlideEditor(QWidget):
    """``changed`` gives the slide as it is now typed, at each key."""

    changed = Signal(object)

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._slide: Slide | None = None
        self._kind = ""
        self._layout_shown: Layout | None = None
        self._filling = False
        #: The fields of each layout are made once, when a slide of it is first shown.
        self._forms: dict[Layout, _Form] = {}
        self._fields: dict[str, TextField | TextArea] = {}
        self._tables: dict[str, TableEditor] = {}
        theme, tr = ctx.theme, ctx.tr
        self.parts = Segmented(
            theme, [("texts", tr("Texts")), ("notes", tr("Notes"))], name=tr("What is edited"), size=28
        )
        self.parts.chosen.connect(self.show_part)
        self._about = Text(theme, "", "secondary", "ink-2", elide=True)
        head = QHBoxLayout()
        head.setContentsMargins(24, 12, 24, 8)
        head.setSpacing(12)
        head.addWidget(self.parts)
        head.addWidget(self._about, 1)
        self._texts = QWidget()
        self._body = QVBoxLayout(self._texts)
        self._body.setContentsMargins(24, 0, 24, 16)
        self._body.setSpacing(12)
        self._body.addStretch(1)
        self.notes = TextArea(
            theme,
            tr("What to ask, what to show, when to stop"),
            least=6,
            most=14,
            role="long-note",
            name=tr("Trainer's notes"),
        )
        self.notes.changed.connect(lambda text: self._on_text("notes", text))
        notes = QWidget()
        below = QVBoxLayout(notes)
        below.setContentsMargins(24, 0, 24, 16)
        below.addWidget(self.notes)
        below.addStretch(1)
        self._views = QStackedWidget()
        for widget in (self._texts, notes):
            self._views.addWidget(Scroller(widget, see_through=True))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(head)
        outer.addWidget(self._views, 1)

    def show_part(self, part: str) -> None:
        """``texts`` or ``notes``."""
        self.parts.choose(part)
        self._views.setCurrentIndex(0 if part == "texts" else 1)
        self._name()

    def edit_part(self, part: str) -> None:
        """Show a part and put the keyboard into it."""
        self.show_part(part)
        field = self.notes if part == "notes" else self._fields.get("title")
        if field is not None:
            field.setFocus()

    def field(self, key: str) -> TextField | TextArea:
        """The field of a text: ``kicker``, ``title``, ``notes`` or one of the layout's."""
        return self.notes if key == "notes" else self._fields[key]

    def table(self, key: str) -> TableEditor:
        return self._tables[key]

    @property
    def slide(self) -> Slide | None:
        """The slide as it is typed."""
        return self._slide

    def show_slide(self, slide: Slide | None, kind: str = "") -> None:
        """Show ``slide``, with its ``kind`` beside the choice; fields that say the same already keep their cursor."""
        self.setEnabled(slide is not None)
        self._slide, self._kind = slide, kind
        if slide is None:
            self._name()
            return
        if slide.layout is not self._layout_shown:
            self._show_form(slide.layout)
        self._filling = True
        for key, field in (*self._fields.items(), ("notes", self.notes)):
            if field.text() != text_of(slide, key):
                field.set_value(text_of(slide, key))
        for key, table in self._tables.items():
            table.show_rows(slide.table(key))
        self._filling = False
        self._name()

    # -- inside --------------------------------------------------------------------------------------------------------

    def _name(self) -> None:
        tr = self._ctx.tr
        if self._slide is None:
            self._about.setText("")
        elif self._views.currentIndex() == 1:
            self._about.setText(tr("For the trainer; not on the slide"))
        else:
            self._about.setText(self._kind)

    def _show_form(self, layout: Layout) -> None:
        """The fields of another layout."""
        if self._layout_shown is not None:
            self._forms[self._layout_shown].widget.hide()
        self._layout_shown = layout
        form = self._forms.get(layout)
        if form is None:
            form = self._forms[layout] = self._build(layout)
            self._body.insertWidget(0, form.widget)
        self._fields, self._tables = form.fields, form.tables
        form.widget.show()

    def _build(self, layout: Layout) -> _Form:
        ctx, tr = self._ctx, self._ctx.tr
        built = _Form(QWidget(self._texts), {}, {})
        column = QVBoxLayout(built.widget)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(12)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        form = slide_form(layout, ctx.language)
        heads = (LayoutText("title", tr("Title")), LayoutText("kicker", tr("Line above the title")))
        place = 0
        for text in (*heads, *form.texts):
            field = TextArea(ctx.theme, least=2, most=6) if text.is_long else TextField(ctx.theme)
            field.changed.connect(lambda typed, key=text.key: self._on_text(key, typed))
            field.setObjectName(text.key)
            built.fields[text.key] = field
            wide = text.is_long or text.key == "title"
            if wide and place % 2:
                place += 1
            grid.addWidget(
                Labelled(ctx.theme, text.label, field),
                place // 2,
                place % 2,
                1,
                2 if wide else 1,
                Qt.AlignmentFlag.AlignTop,
            )
            place += 2 if wide else 1
        column.addLayout(grid)
        for table in form.tables:
            editor = TableEditor(ctx, table)
            editor.changed.connect(lambda rows, key=table.key: self._on_rows(key, rows))
            editor.setObjectName(table.key)
            built.tables[table.key] = editor
            column.addWidget(editor)
        return built

    def _on_text(self, key: str, text: str) -> None:
        if not self._filling and self._slide is not None:
            self._tell(with_text(self._slide, key, text))

    def _on_rows(self, key: str, rows: tuple[tuple[str, ...], ...]) -> None:
        if not self._filling and self._slide is not None:
            self._tell(with_table(self._slide, key, rows))

    def _tell(self, slide: Slide) -> None:
        self._slide = slide
        self.changed.emit(slide)
