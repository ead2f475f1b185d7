"""The right margin of a page that scrolls: it is the same with the scroll bar and without."""

from __future__ import annotations

import shiboken6
from PySide6.QtWidgets import QLayout, QScrollArea


def keep_right_margin(scroll: QScrollArea, layout: QLayout) -> None:
    """Let the bar of ``scroll`` stand in the right margin of ``layout``, the layout of what is scrolled.

    What is shown keeps its width, so the bar cannot come and go by turns.
    """
    bar = scroll.verticalScrollBar()
    width = bar.sizeHint().width()
    margins = layout.contentsMargins()
    whole = margins.right()

    def fit(least: int, most: int) -> None:
        if shiboken6.isValid(layout):  # a page that goes moves its bar once more
            margins.setRight(whole - (width if most > least else 0))
            layout.setContentsMargins(margins)

    bar.rangeChanged.connect(fit)
    fit(bar.minimum(), bar.maximum())
