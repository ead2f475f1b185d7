"""What a page hands on to the one in its place."""

from __future__ import annotations

from collections.abc import Callable

from channel_desk.ui.context import Context
from channel_desk.ui.handed_on import hand_on, take_over


def test_that_what_a_page_hands_on_is_taken_over_once_and_by_its_own_kind(make_desk: Callable[[str], Context]) -> None:
    desk = make_desk("en")
    assert take_over(desk, str) is None
    hand_on(desk, "a week")
    hand_on(desk, 7)
    hand_on(desk, "a month")
    assert take_over(desk, str) == "a month"
    assert take_over(desk, str) is None
    assert take_over(desk, int) == 7
