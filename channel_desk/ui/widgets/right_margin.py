"""The right margin of a page that scrolls: it is the same with the scroll bar and without."""

from __future__ import annotations

from PySide6.QtWidgets import QLayout, QScrollArea


def keep_right_margin(scroll: QScrollArea, layout: QLayout) -> None:
    """Let the bar of ``scroll`` stand in the right margin of ``layout``, which fills it.

    What is shown keeps its width, so the bar cannot come and go by turns.
    """
    bar = scroll.verticalScrollBar()
    margins = layout.contentsMargins()
    whole = margins.right()

    def fit() -> None:
        margins.setRight(whole - (bar.sizeHint().width() if bar.maximum() > bar.minimum() else 0))
        layout.setContentsMargins(margins)

    bar.rangeChanged.connect(fit)
    fit()
