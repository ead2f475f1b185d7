"""Journeys run on the same desk as the tests of the pages."""

from tests.ui.conftest import desk, make_desk, settle, small_desk, tasks, theme, went

__all__ = ["desk", "make_desk", "settle", "small_desk", "tasks", "theme", "went"]
