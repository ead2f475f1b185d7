"""Which stored pieces of typing are one step of undo."""

from __future__ import annotations

from collections.abc import Collection, Hashable
from datetime import datetime, timedelta
from itertools import count
from typing import Final

from channel_desk.clock import Clock

#: What is typed on in one place without a longer pause is one step, however often it was stored meanwhile.
GOES_ON: Final = timedelta(seconds=30)
#: Of all editors together: what is typed in one visit never joins what was typed in the one before.
_NUMBERS: Final = count(1)


class TypingSteps:
    """Names the steps for ``tasks.write(step=...)`` of one editor."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last: tuple[frozenset[Hashable], datetime] | None = None
        self._step = ""

    def name(self, subjects: Collection[Hashable]) -> str:
        """The step of a write that stores ``subjects``: the last one's, while the same are written on."""
        places, now = frozenset(subjects), self._clock.now()
        if self._last is None or self._last[0] != places or now - self._last[1] > GOES_ON:
            self._step = str(next(_NUMBERS))
        self._last = (places, now)
        return self._step

    def end(self) -> None:
        """Whatever comes next is another step."""
        self._last = None
