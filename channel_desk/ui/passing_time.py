"""The time goes on while a window is open, for days: a laptop is closed and opened, and it is another day."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from channel_desk.clock import Clock

_MINUTE_MS = 60_000


class PassingTime(QObject):
    """Tells whoever shows times and days that they are no longer true."""

    minute_passed = Signal()
    #: Tomorrow is today: said before the minute is.
    day_passed = Signal()

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._today = clock.today()
        timer = QTimer(self)
        timer.setInterval(_MINUTE_MS)
        timer.timeout.connect(self.pass_minute)
        timer.start()

    def pass_minute(self) -> None:
        self.look_at_day()
        self.minute_passed.emit()

    def look_at_day(self) -> None:
        """Tell at once when it is another day, as after a night in which no minute passed."""
        today = self._clock.today()
        if today != self._today:
            self._today = today
            self.day_passed.emit()
