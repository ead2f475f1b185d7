"""A time of day, typed with or without its colon."""

from __future__ import annotations

import datetime as dt
from typing import Final

from channel_desk.presentation.dates import read_time
from channel_desk.ui.overriding import override
from channel_desk.ui.widgets.reading_field import ReadingField

_SOME_DAY: Final = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


class TimeField(ReadingField):
    """A time of day: "9", "930", "9:30", "下午3点"."""

    @property
    def time(self) -> dt.time | None:
        return self._value if isinstance(self._value, dt.time) else None

    def set_time(self, value: dt.time | None) -> None:
        self.set_value(value)

    @override
    def _read(self, text: str) -> dt.time | None:
        return read_time(text)

    @override
    def _written(self, value: object) -> str:
        moment = dt.datetime.combine(_SOME_DAY, value, dt.UTC) if isinstance(value, dt.time) else _SOME_DAY
        return self._language.formats.time(moment)

    @override
    def _complaint(self) -> str:
        return self._language.tr("Not a time, for example 9:30")
