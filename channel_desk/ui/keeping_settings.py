"""Settings that belong to the data, on their way there; one that was refused goes along with the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from channel_desk.services.preferences import write_preference

if TYPE_CHECKING:
    from channel_desk.storage.unit_of_work import UnitOfWork
    from channel_desk.ui.tasks import Tasks


class SettingsKeeper(QObject):
    """One for a window; what could not be stored is tried again at the latest when the window closes."""

    def __init__(self, tasks: Tasks) -> None:
        super().__init__(tasks)
        self._tasks = tasks
        self._unstored: dict[str, str] = {}
        tasks.ending.connect(self._store)

    def keep(self, key: str, value: str) -> None:
        """Store ``value`` as that of the setting ``key``."""
        self._unstored[key] = value
        self._store()

    def _store(self) -> None:
        values = dict(self._unstored)
        if not values:
            return

        def work(uow: UnitOfWork) -> None:
            for key, value in values.items():
                write_preference(uow, key, value)

        self._tasks.write("", work, then=lambda _: self._forget(values), undoable=False, toast=False)

    def _forget(self, stored: dict[str, str]) -> None:
        self._unstored = {key: value for key, value in self._unstored.items() if stored.get(key) != value}
