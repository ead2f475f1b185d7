"""Journeys run on the same desk as the tests of the pages."""

from tests.ui.conftest import _loaded_theme, desk, make_desk, settle, small_desk, tasks, theme, went

__all__ = ["_loaded_theme", "desk", "make_desk", "settle", "small_desk", "tasks", "theme", "went"]
