"""The application's one style sheet: what Qt draws by itself. House widgets paint themselves from tokens."""

from __future__ import annotations

from collections.abc import Mapping
from string import Template
from typing import Final

#: Qt takes the left padding of a tip for a margin on all its sides too: it is 9 wide and 5 high.
_SHEET: Final = Template("""
QToolTip { background: $toast; color: $toast_text; border: 0; padding: 0 4px; font-size: 12px; }
QMenu { background: $surface; border: 1px solid $hairline_strong; padding: 4px; }
QMenu[round="true"] { border-radius: 8px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; min-height: 20px; }
QMenu::icon { padding-left: 10px; }
QMenu::item:selected { background: $accent_select; color: $accent_ink; }
QMenu::item:disabled { color: $ink_3; }
QMenu::separator { height: 1px; background: $hairline; margin: 4px 0; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $hairline_strong; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $edge; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: 0; }
""")


def style_sheet(tokens: Mapping[str, str]) -> str:
    """The sheet with the colours of ``tokens``."""
    return _SHEET.substitute({name.replace("-", "_"): value for name, value in tokens.items()})
