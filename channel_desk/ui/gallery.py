"""Every widget of the house on one sheet, in both themes and languages.

dev.py gallery                 both sheets in windows, where the theme is chosen at their head
dev.py gallery --save FOLDER   as pictures
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from channel_desk.i18n import Language, load_language
from channel_desk.paths import resources
from channel_desk.ui.gallery_parts import Parts
from channel_desk.ui.gallery_words import sample_words
from channel_desk.ui.theme.theme import Theme, make_application
from channel_desk.ui.widgets import drawing
from channel_desk.ui.widgets.focus_ring import ring_around
from channel_desk.ui.widgets.ground import Ground

WIDTH: Final = 720
HEIGHT: Final = 1180
#: The sheets: name of the picture, language, theme.
SHEETS: Final = (("gallery-zh-light", "zh_CN", "light"), ("gallery-en-dark", "en", "dark"))


def build_gallery(theme: Theme, language: Language) -> QWidget:
    """The sheet of all widgets."""
    sheet = Ground(theme, "window")
    sheet.setFixedSize(WIDTH, HEIGHT)
    sheet.setWindowTitle("Channel Desk")
    parts = Parts(theme, language, sample_words(language.code))
    outer = QVBoxLayout(sheet)
    outer.setContentsMargins(24, 16, 24, 16)
    outer.setSpacing(14)
    for whole in (parts.title(), parts.swatches(), parts.buttons()):
        outer.addLayout(whole)
    outer.addLayout(_halves(parts.fields(), parts.dates()))
    outer.addLayout(parts.marks())
    outer.addLayout(_halves(parts.filters(), parts.badges()))
    outer.addLayout(parts.table())
    outer.addLayout(_halves(parts.toasts(), parts.progress()))
    outer.addLayout(_halves(parts.card(), parts.states()))
    outer.addStretch(1)
    sheet.ensurePolished()
    outer.activate()
    parts.focused.setFocus(Qt.FocusReason.OtherFocusReason)
    ring_around(theme, parts.ringed, drawing.FIELD)
    parts.say_moved()
    return sheet


def _halves(left: QVBoxLayout, right: QVBoxLayout) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(24)
    row.addLayout(left, 1)
    row.addLayout(right, 1)
    return row


def _show(app: QApplication, theme: Theme, folder: Path) -> int:
    """Both sheets, at first in the theme of the system; ends when both are closed."""
    theme.set_mode("system")
    sheets = [_scrolled(build_gallery(theme, load_language(code, folder))) for _, code, _ in SHEETS]
    for sheet in sheets:
        sheet.show()
    while any(sheet.isVisible() for sheet in sheets):
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    return 0


def _scrolled(sheet: QWidget) -> QWidget:
    """The sheet in a window that also a low screen has room for."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWindowTitle(sheet.windowTitle())
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    focused = sheet.focusWidget()
    area.setWidget(sheet)
    if focused is not None:
        focused.setFocus(Qt.FocusReason.OtherFocusReason)
    room = QApplication.primaryScreen().availableGeometry().height()
    area.resize(WIDTH + area.verticalScrollBar().sizeHint().width(), min(HEIGHT, room - 40))
    return area


def photograph(theme: Theme, language: Language, app: QApplication) -> QPixmap:
    """The sheet as a picture."""
    sheet = build_gallery(theme, language)
    sheet.show()
    sheet.activateWindow()
    app.processEvents()
    picture = sheet.grab()
    sheet.close()
    sheet.deleteLater()
    return picture


def main(arguments: list[str] | None = None) -> int:
    """Show the sheets, or save them into a folder."""
    parser = argparse.ArgumentParser(prog="gallery", description="Every house widget on one sheet.")
    parser.add_argument("--save", type=Path, metavar="FOLDER", help="write pictures instead of opening windows")
    chosen = parser.parse_args(arguments)
    if chosen.save is not None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # the same picture on every machine, without a screen
    app = make_application(sys.argv[0])
    theme = Theme(app, resources(), "light")
    languages = resources() / "i18n"
    if chosen.save is None:
        return _show(app, theme, languages)
    chosen.save.mkdir(parents=True, exist_ok=True)
    for name, code, mode in SHEETS:
        theme.set_mode(mode)
        photograph(theme, load_language(code, languages), app).save(str(chosen.save / f"{name}.png"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
