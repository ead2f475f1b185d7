"""The application's one style sheet: what Qt draws by itself. House widgets paint themselves from tokens.

Its colours are roles of the palette: a new sheet would be laid on every widget there is, which takes half a second on a
full page. Of a new palette not everything hears beside a sheet: hence :func:`follow_palette`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

#: Qt takes the left padding of a tip for a margin on all its sides too: it is 9 wide and 5 high. Beside a sheet a field
#: of one line paints the ground of the application, whatever its own palette says; that of a house field is its box.
STYLE_SHEET: Final = """
QToolTip {
    background: palette(tooltip-base); color: palette(tooltip-text); border: 0; padding: 0 4px; font-size: 12px;
}
QMenu { background: palette(base); border: 1px solid palette(mid); padding: 4px; }
QMenu[round="true"] { border-radius: 8px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; min-height: 20px; }
QMenu::icon { padding-left: 10px; }
QMenu::item:selected { background: palette(highlight); color: palette(link-visited); }
QMenu::item:disabled { color: palette(placeholder-text); }
QMenu::separator { height: 1px; background: palette(shadow); margin: 4px 0; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: palette(mid); border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: palette(dark); }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QLineEdit[frame="false"] { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: 0; }
"""


def follow_palette() -> None:
    """Let those take the colours of the palette anew that keep what they were given: what the sheet draws, what stands
    in an area that scrolls, and what has a colour of its own.
    """
    from PySide6.QtWidgets import QApplication, QMenu  # not needed for the first paint

    for widget in QApplication.allWidgets():
        if isinstance(widget, QMenu) or _keeps_colours(widget):
            style = widget.style()
            style.unpolish(widget)
            style.polish(widget)


def _keeps_colours(widget: QWidget) -> bool:
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QAbstractScrollArea

    viewport = widget.parentWidget()
    around = None if viewport is None else viewport.parentWidget()
    has_own = widget.testAttribute(Qt.WidgetAttribute.WA_SetPalette)
    return has_own or any(isinstance(one, QAbstractScrollArea) for one in (widget, viewport, around))
