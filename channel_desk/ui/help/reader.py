"""A page of the manual, set in the type and the colours of the house."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, Qt, QUrl, Signal
from PySide6.QtGui import (
    QBrush,
    QFont,
    QPainter,
    QPaintEvent,
    QPalette,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrame,
    QTextFrameFormat,
    QTextLength,
    QTextListFormat,
    QTextTable,
    QTextTableFormat,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from channel_desk.ui.help.manual import key_of
from channel_desk.ui.overriding import override
from channel_desk.ui.theme.theme import Theme

#: Role, room above and room below of a heading, by its level.
_HEADINGS: Final = {1: ("record-title", 0, 12), 2: ("section", 20, 6), 3: ("card-title", 16, 4)}
_BODY: Final = "long-note"
_GAP: Final = 10
_MARGIN: Final = 32
#: Of lists.
_INDENT: Final = 24
#: From the words of a list back to the middle of their point.
_POINT: Final = 12
#: Longer lines are hard to read.
_WIDEST: Final = 720


class Reader(QTextBrowser):
    """Shows Markdown of our own making. Links lead to other pages of the manual and nowhere else."""

    #: The key of a page.
    page_wanted = Signal(str)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = ""
        self._words: list[str] = []
        #: Paragraphs that begin with a point.
        self._points: list[QTextBlock] = []
        self.setObjectName("help_reader")
        self.setAccessibleName(name)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.anchorClicked.connect(self._follow)
        theme.changed.connect(self._set)

    def show_text(self, text: str) -> None:
        """Show the page ``text`` from its beginning."""
        self._text = text
        self._set()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(0)

    def mark_words(self, words: str) -> None:
        """Mark where each of ``words`` stands, and show the first place."""
        self._words = words.split()
        self._mark()
        first = min((one.cursor.selectionStart() for one in self.extraSelections()), default=None)
        if first is not None:
            cursor = self.textCursor()
            cursor.setPosition(first)
            self.setTextCursor(cursor)

    @override
    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Nothing is fetched from anywhere: the manual is text."""
        return None

    def _follow(self, link: QUrl) -> None:
        key = key_of(link.toString())
        if key:
            self.page_wanted.emit(key)

    # -- setting -------------------------------------------------------------------------------------------------------

    def _set(self) -> None:
        theme, document = self._theme, self.document()
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, theme.colour("surface"))
        palette.setColor(QPalette.ColorRole.Text, theme.colour("ink"))
        palette.setColor(QPalette.ColorRole.Link, theme.colour("accent"))
        self.setPalette(palette)
        document.setIndentWidth(_INDENT)
        document.setDefaultFont(theme.font(_BODY))
        self._points = []
        document.setMarkdown(self._text, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        block = document.begin()
        while block.isValid():
            self._set_block(block)
            block = block.next()
        for frame in document.rootFrame().childFrames():
            self._set_frame(frame)
        self._fit()
        self._mark()

    def _set_block(self, block: QTextBlock) -> None:
        level = block.blockFormat().headingLevel()
        role, above, below = _HEADINGS.get(level, (_BODY, 0, _GAP))
        is_command = block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeFence)
        in_table = QTextCursor(block).currentTable() is not None
        room = QTextBlockFormat()
        fixed = QTextBlockFormat.LineHeightTypes.FixedHeight.value
        room.setLineHeight(self._theme.line_height(role), fixed)
        room.setTopMargin(above)
        room.setBottomMargin(0 if in_table else below)
        if block.textList() is not None:
            self._set_point(block)
            room.setBottomMargin(4 if block.next().textList() is not None else _GAP)
        if is_command:
            room.setBackground(self._theme.colour("sunken"))
            room.setLeftMargin(12)
            room.setNonBreakableLines(False)
            after = block.next().blockFormat()
            room.setBottomMargin(0 if after.hasProperty(QTextFormat.Property.BlockCodeFence) else _GAP)
        cursor = QTextCursor(block)
        cursor.mergeBlockFormat(room)
        for start, length, form in self._pieces(block):
            cursor.setPosition(start)
            cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(self._letters(form, role, is_heading=level > 0, is_command=is_command))

    def _set_point(self, block: QTextBlock) -> None:
        """Qt sets a large point close to the words, and nothing changes that: ours is painted by :meth:`paintEvent`."""
        form = block.textList().format()
        if form.style() == QTextListFormat.Style.ListDisc:
            form.setStyle(QTextListFormat.Style.ListStyleUndefined)
            block.textList().setFormat(form)
        if form.style() == QTextListFormat.Style.ListStyleUndefined:
            self._points.append(block)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("ink-2"))
        layout, scrolled = self.document().documentLayout(), self.verticalScrollBar().value()
        half = self._theme.line_height(_BODY) / 2
        for block in self._points:
            corner = layout.blockBoundingRect(block).topLeft()
            indent = block.textList().format().indent() * _INDENT
            # Small letters, not the line, have the point in their middle.
            painter.drawEllipse(corner + QPointF(indent - _POINT, half - scrolled + 2), 2, 2)
        painter.end()

    @staticmethod
    def _pieces(block: QTextBlock) -> list[tuple[int, int, QTextCharFormat]]:
        """Runs of equal format; taken before any of them is changed."""
        return [(block.position() + one.start, one.length, QTextCharFormat(one.format)) for one in block.textFormats()]

    def _letters(self, form: QTextCharFormat, role: str, *, is_heading: bool, is_command: bool) -> QTextCharFormat:
        font = QFont(self._theme.font(role))
        colour = "ink"
        if form.fontWeight() >= QFont.Weight.Bold.value and not is_heading:
            font.setWeight(QFont.Weight.DemiBold)
        new = QTextCharFormat()
        if form.fontFixedPitch() and not is_command:
            new.setBackground(QBrush(self._theme.colour("hover")))
        if form.isAnchor():
            new.setAnchor(True)
            new.setAnchorHref(form.anchorHref())
            colour = "accent"
        new.setFont(font)
        new.setForeground(self._theme.colour(colour))
        return new

    def _set_frame(self, frame: QTextFrame) -> None:
        if not isinstance(frame, QTextTable):
            return
        line = QBrush(self._theme.colour("hairline"))
        form = QTextTableFormat()
        form.setBorder(0)
        form.setCellSpacing(0)
        form.setCellPadding(0)
        form.setBorderCollapse(True)
        form.setTopMargin(4)
        form.setBottomMargin(_GAP)
        form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        form.setHeaderRowCount(1)
        shares = (32, 68) if frame.columns() == 2 else (100 // frame.columns(),) * frame.columns()
        form.setColumnWidthConstraints([QTextLength(QTextLength.Type.PercentageLength, share) for share in shares])
        frame.setFormat(form)
        for row in range(frame.rows()):
            for column in range(frame.columns()):
                cell = frame.cellAt(row, column)
                style = cell.format().toTableCellFormat()
                style.setTopPadding(6)
                style.setBottomPadding(6)
                style.setRightPadding(12)
                style.setBottomBorder(1)
                style.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
                style.setBottomBorderBrush(line)
                cell.setFormat(style)
                if row == 0:
                    self._set_head(cell.firstCursorPosition(), cell.lastCursorPosition())

    def _set_head(self, first: QTextCursor, last: QTextCursor) -> None:
        """The words over a column."""
        first.setPosition(last.position(), QTextCursor.MoveMode.KeepAnchor)
        letters = QTextCharFormat()
        letters.setFont(self._theme.font("secondary-strong"))
        letters.setForeground(self._theme.colour("ink-3"))
        first.setCharFormat(letters)

    def _mark(self) -> None:
        marks = []
        look = QTextCharFormat()
        look.setBackground(self._theme.colour("match"))
        look.setForeground(self._theme.colour("match-text"))
        for word in self._words:
            cursor = self.document().find(word, 0)
            while not cursor.isNull():
                mark = QTextEdit.ExtraSelection()
                mark.cursor, mark.format = cursor, look
                marks.append(mark)
                cursor = self.document().find(word, cursor)
        self.setExtraSelections(marks)

    def _fit(self) -> None:
        """Room around the text; what a wide window has too much of stays at the right."""
        form = self.document().rootFrame().frameFormat()
        form.setMargin(0)
        form.setLeftMargin(_MARGIN)
        form.setTopMargin(24)
        form.setBottomMargin(_MARGIN)
        form.setRightMargin(max(_MARGIN, self.viewport().width() - _MARGIN - _WIDEST))
        self.document().rootFrame().setFrameFormat(form)

    @override
    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]  # a QResizeEvent
        self._fit()
