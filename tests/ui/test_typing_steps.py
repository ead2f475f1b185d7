"""What is undone together: typing on in one place."""

from __future__ import annotations

from datetime import timedelta

from channel_desk.clock import FixedClock
from channel_desk.ui.typing_steps import GOES_ON, TypingSteps


def test_that_typing_on_in_one_place_is_one_step(clock: FixedClock) -> None:
    steps = TypingSteps(clock)
    first = steps.name([207])
    clock.advance(GOES_ON)
    assert steps.name([207]) == first


def test_that_another_place_a_long_pause_and_an_end_begin_another_step(clock: FixedClock) -> None:
    steps = TypingSteps(clock)
    names = [steps.name([207]), steps.name([208]), steps.name([207, 208])]
    clock.advance(GOES_ON + timedelta(seconds=1))
    names.append(steps.name([208, 207]))
    steps.end()
    names += [steps.name([207, 208]), TypingSteps(clock).name([207, 208])]
    assert len(set(names)) == len(names)


def test_that_two_editors_never_share_a_step_even_when_one_follows_the_other_in_memory(clock: FixedClock) -> None:
    names = [TypingSteps(clock).name([207]) for _ in range(50)]
    assert len(set(names)) == len(names)
