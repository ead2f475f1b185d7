"""Keys that mean the same wherever they are pressed."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt

#: Both Enter keys: of the letters and of the digits.
ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
