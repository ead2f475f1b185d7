"""The manual inside the window, in the language of the window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from channel_desk.ui.context import Context
from channel_desk.ui.help.contents import Contents
from channel_desk.ui.help.manual import ManualPage, read_manual, search_manual
from channel_desk.ui.help.reader import Reader
from channel_desk.ui.overriding import override
from channel_desk.ui.page import Page
from channel_desk.ui.place import Place
from channel_desk.ui.widgets.button import Button
from channel_desk.ui.widgets.field import TextField
from channel_desk.ui.widgets.hairline import Hairline
from channel_desk.ui.widgets.states import EmptyState

_LIST = 248


class HelpPage(Page):
    """Titles with a search at the left, the page at the right; ``extra`` of the place is the key of a page."""

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self._manual = read_manual(ctx.resources / "help" / ctx.language.code)
        self._shown = ""
        self._build()
        self._connect()
        self._search("")

    def _build(self) -> None:
        theme, tr = self.ctx.theme, self.ctx.tr
        self.bar.set_title(tr("Help"))
        self.search = TextField(
            theme,
            tr("Search the help"),
            icon="search",
            clearable=True,
            clear_name=tr("Clear the search"),
            name=tr("Search the help"),
        )
        self.contents = Contents(theme, tr("Pages of the help"))
        self.reader = Reader(theme, tr("Help"))
        clear = Button(theme, tr("Clear the search"))
        clear.clicked.connect(self._clear)
        self.nothing = EmptyState(theme, "search", "", [clear])
        self._right = QStackedWidget(self.content)
        self._right.addWidget(self.reader)
        self._right.addWidget(self.nothing)
        left = QWidget(self.content)
        left.setFixedWidth(_LIST)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 16, 0, 8)
        column.setSpacing(12)
        field = QHBoxLayout()
        field.setContentsMargins(24, 0, 12, 0)
        field.addWidget(self.search)
        column.addLayout(field)
        column.addWidget(self.contents, 1)
        row = QHBoxLayout(self.content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(left)
        row.addWidget(Hairline(theme, vertical=True))
        row.addWidget(self._right, 1)

    def _connect(self) -> None:
        self.search.changed.connect(self._search)
        self.search.submitted.connect(lambda _: self.contents.setFocus())
        self.search.edit.installEventFilter(self)
        self.contents.chosen.connect(self._read)
        self.reader.page_wanted.connect(lambda key: self.ctx.go(Place("help", extra=key)))

    # -- showing -------------------------------------------------------------------------------------------------------

    @override
    def search_field(self) -> QWidget | None:
        return self.search.edit

    @override
    def start_focus(self) -> QWidget | None:
        return self.contents

    @override
    def show_place(self, place: Place) -> None:
        if place.extra and any(page.key == place.extra for page in self._manual):
            self._shown = place.extra
            self._clear()

    def _clear(self) -> None:
        self.search.setText("")
        self._search("")

    def _search(self, words: str) -> None:
        """List the pages that hold ``words``, and read the one that is read already or else the first."""
        found = search_manual(self._manual, words) if words.strip() else self._manual
        keys = [page.key for page in found]
        shown = self._shown if self._shown in keys else keys[0] if keys else ""
        self.contents.show_pages(found, shown)
        self._right.setCurrentWidget(self.reader if found else self.nothing)
        if found:
            self._read(shown)
        else:
            self.nothing.set_sentence(self.ctx.tr("The help does not mention “{text}”.", text=words.strip()))

    def _read(self, key: str) -> None:
        self._shown = key
        self.reader.show_text(self._page(key).text)
        self.reader.mark_words(self.search.text())

    def _page(self, key: str) -> ManualPage:
        return next(page for page in self._manual if page.key == key)

    @property
    def shown(self) -> str:
        """The key of the page that is read."""
        return self._shown

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down:
                self.contents.setFocus()
                return True
            if event.key() == Qt.Key.Key_Escape and self.search.text():
                self._clear()
                return True
        return False
