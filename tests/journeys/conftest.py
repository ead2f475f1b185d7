"""Journeys run on the same desk as the tests of the pages."""

from tests.fixtures.visiting import left_open, show_visit
from tests.ui.conftest import _loaded_theme, desk, make_desk, settle, small_desk, tasks, theme, went

__all__ = [
    "_loaded_theme",
    "desk",
    "left_open",
    "make_desk",
    "settle",
    "show_visit",
    "small_desk",
    "tasks",
    "theme",
    "went",
]
