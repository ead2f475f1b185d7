"""The parts of the deck builder and where they stand: library, small pictures, the slide, its texts, the checks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from channel_desk.domain.training import TrainingSession
from channel_desk.presentation.session_list import deck_languages
from channel_desk.ui.page import Page
from channel_desk.ui.session.checks import WIDTH as CHECKS_WIDTH
from channel_desk.ui.session.checks import ChecksPane
from channel_desk.ui.session.editor import SlideEditor
from channel_desk.ui.session.facts import SessionFacts
from channel_desk.ui.session.library import LibraryPane
from channel_desk.ui.session.stage import Stage
from channel_desk.ui.session.thumbnails import WIDTH as SLIDES_WIDTH
from channel_desk.ui.session.thumbnails import SlideRow, Thumbnails
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.button import Button, IconButton
from channel_desk.ui.widgets.ground import Ground
from channel_desk.ui.widgets.hairline import Hairline
from channel_desk.ui.widgets.inline_edit import INSET, InlineEdit
from channel_desk.ui.widgets.scrolling import Scroller
from channel_desk.ui.widgets.segmented import Segmented
from channel_desk.ui.widgets.states import EmptyState, ErrorStrip
from channel_desk.ui.widgets.text import Text

#: Below this width of the page the library stands aside until it is asked for.
_NARROW: Final = 1120
#: Height of the slide with its pager.
_STAGE: Final = 510
#: Widths of the field for everything in the bar.
_SEARCH_NARROW: Final = 148
_SEARCH: Final = 264
#: Widths of the title.
_TITLE_LEAST: Final = 160
_TITLE_MOST: Final = 420


class DeckDesk:
    """Builds the widgets of the session page into its bar and its content."""

    def __init__(self, page: Page) -> None:
        self._ctx = ctx = page.ctx
        self._is_narrow: bool | None = None
        self._remarks = ("", "")
        self._build_bar(page)
        self.strip = ErrorStrip(ctx.theme, "", ctx.tr("Try again"))
        self.strip.hide()
        self.facts = SessionFacts(ctx)
        self.facts.hide()
        self.library = LibraryPane(ctx)
        self.slides = Thumbnails(ctx)
        self.stage = Stage(ctx)
        self.editor = SlideEditor(ctx)
        self.checks = ChecksPane(ctx)
        self.standard = Button(ctx.theme, ctx.tr("Add the standard deck"), "primary", icon="plus")
        sentence = ctx.tr("No slides yet. Take them from the modules at the left, or begin with the standard deck.")
        self._empty = EmptyState(ctx.theme, "presentation", sentence, [self.standard])
        self._arrange(page.content)

    def _build_bar(self, page: Page) -> None:
        ctx, theme, tr = self._ctx, self._ctx.theme, self._ctx.tr
        self.title = InlineEdit(theme, ctx.language, name=tr("Title"), role="page-title")
        page.bar.add_before(self.title, inset=INSET)
        page.bar.set_title("")
        page.bar.title.hide()
        self._bar = page.bar
        self.about = IconButton(theme, "info", tr("When, where and who"), size=32, edged=True)
        self.about.setCheckable(True)
        self.about.clicked.connect(self.toggle_facts)
        page.bar.add_left(self.about)
        self.language = Segmented(theme, deck_languages(), name=tr("Language of the deck"))
        self._export_pptx, self._export_pdf = tr("Export PPTX"), tr("Export PDF")
        self.pptx = Button(theme, self._export_pptx)
        self.pdf = Button(theme, self._export_pdf, "primary", icon="download")
        for widget in (self.language, self.pptx, self.pdf):
            page.bar.add_right(widget)

    def _arrange(self, content: QWidget) -> None:
        theme = self._ctx.theme
        columns = QHBoxLayout()
        columns.setSpacing(0)
        self._library_line = Hairline(theme, vertical=True)
        for widget in (self.library, self._library_line, self._slides_column(), Hairline(theme, vertical=True)):
            columns.addWidget(widget)
        self._views = QStackedWidget()
        self._views.addWidget(self._main())
        self._views.addWidget(self._empty)
        columns.addWidget(self._views, 1)
        outer = QVBoxLayout(content)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.strip)
        outer.addWidget(self.facts)
        self._facts_line = Hairline(theme)
        self._facts_line.hide()
        outer.addWidget(self._facts_line)
        outer.addLayout(columns, 1)

    def _slides_column(self) -> QWidget:
        theme, tr = self._ctx.theme, self._ctx.tr
        column = QWidget()
        column.setFixedWidth(SLIDES_WIDTH)
        self._modules = IconButton(theme, "layers", tr("Show or hide the modules"), size=24)
        self._modules.setCheckable(True)
        self._modules.clicked.connect(self.toggle_library)
        self._count = Text(theme, "", "secondary", "ink-2")
        head = QHBoxLayout()
        head.setContentsMargins(12, 8, 12, 6)
        head.setSpacing(8)
        head.addWidget(self._modules)
        head.addWidget(self._count, 1)
        head.addWidget(Text(theme, tr("Drag to reorder"), "secondary", "ink-3"))
        outer = QVBoxLayout(column)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(head)
        outer.addWidget(self.slides, 1)
        return column

    def _main(self) -> QWidget:
        theme = self._ctx.theme
        main = QWidget()
        checks = Scroller(self.checks, see_through=True)
        checks.setFixedWidth(CHECKS_WIDTH)
        lower = Ground(theme, "surface")
        row = QHBoxLayout(lower)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.editor, 1)
        row.addWidget(Hairline(theme, vertical=True))
        row.addWidget(checks)
        lower.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.stage.setMaximumHeight(_STAGE)
        outer = QVBoxLayout(main)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.stage, 3)
        outer.addWidget(Hairline(theme))
        outer.addWidget(lower, 2)
        return main

    # -- showing -------------------------------------------------------------------------------------------------------

    def clear(self) -> None:
        """Another session is shown: nothing of the one before stays."""
        self.strip.hide()
        self.stage.show_image(None)
        self.stage.show_page(0, 0, name="")
        self.slides.show_pictures({})
        self.slides.show_rows([], 0)
        self.editor.show_slide(None)
        self.show_facts(on=False)

    def show_session(self, session: TrainingSession, distributor: str, remark: str, *, brief: str) -> None:
        """The facts of the session, in the bar and in the strip; ``brief`` is the remark where there is little room."""
        self.title.set_value(session.title)
        words = QFontMetrics(self._ctx.theme.font("page-title")).horizontalAdvance(session.title)
        self.title.setFixedWidth(max(_TITLE_LEAST, min(_TITLE_MOST, words + 36)))
        self._remarks = (remark, brief)
        self._show_remark()
        self.language.choose(session.language)
        self.facts.show_session(session, distributor)

    def _show_remark(self) -> None:
        remark, brief = self._remarks
        self._bar.remark.setText(brief if self._is_narrow else remark)
        self._bar.remark.setVisible(bool(remark))
        drawing.set_tip(self._bar.remark, remark if self._is_narrow else "")

    def show_slides(self, rows: Sequence[SlideRow], current: int, count: str) -> None:
        """The small pictures with their words."""
        self.slides.show_rows(rows, current)
        self._count.setText(count)

    def show_empty(self, *, empty: bool) -> None:
        """Offer the standard deck where there are no slides."""
        self._views.setCurrentIndex(1 if empty else 0)

    def flush(self) -> None:
        """Hand over what is being typed."""
        self.title.save()
        self.facts.flush()
        self.checks.flush()

    # -- library and facts ---------------------------------------------------------------------------------------------

    def fit(self, width: int) -> None:
        """Make room: the library stands aside on a narrow page."""
        narrow = width < _NARROW
        if narrow is not self._is_narrow:
            self._is_narrow = narrow
            self._set_library(on=not narrow)
            self._show_remark()
            self._bar.search.setMaximumWidth(_SEARCH_NARROW if narrow else _SEARCH)
            for button, short, words in ((self.pptx, "PPTX", self._export_pptx), (self.pdf, "PDF", self._export_pdf)):
                button.set_text(short if narrow else words)
                button.setAccessibleName(words)
                drawing.set_tip(button, words if narrow else "")

    def toggle_library(self) -> None:
        self._set_library(on=self.library.isHidden())

    def show_library(self) -> QWidget:
        """Show the library and return its search field."""
        self._set_library(on=True)
        return self.library.search.edit

    def open_layouts(self) -> None:
        """Offer the layouts of a blank slide."""
        self._set_library(on=True)
        self.library.open_layouts()

    def _set_library(self, *, on: bool) -> None:
        self.library.setVisible(on)
        self._library_line.setVisible(on)
        self._modules.setChecked(on)

    def toggle_facts(self) -> None:
        self.show_facts(on=self.facts.isHidden())

    def show_facts(self, *, on: bool) -> None:
        """Show or hide the facts of the session."""
        focus = QApplication.focusWidget()
        if not on and focus is not None and self.facts.isAncestorOf(focus):
            self.slides.setFocus()  # else Qt gives it to whatever comes next
        if not on:
            self.facts.flush()
        self.facts.setVisible(on)
        self._facts_line.setVisible(on)
        self.about.setChecked(on)
        if on:
            self.facts.place.setFocus()
