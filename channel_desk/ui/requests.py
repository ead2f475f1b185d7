"""What the task runner is asked for, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject

from channel_desk.errors import UserError
from channel_desk.ui.jobs import JobControl


@dataclass(eq=False, repr=False)
class Request:
    """Something to do and whom to tell. ``place`` names reads of which only the newest counts."""

    run: Callable[[Any], Any]
    then: Callable[[Any], None] | None = None
    failed: Callable[[UserError], None] | None = None
    #: A write was ended early and changed nothing.
    stopped: Callable[[], None] | None = None
    owner: QObject | None = None
    place: tuple[int, str] | None = None
    is_write: bool = False
    #: A read that waits until there is nothing else to do, and begins again when something came meanwhile.
    gives_way: bool = False
    job: JobControl | None = None
    is_dropped: bool = False


@dataclass(frozen=True, eq=False, repr=False)
class Done:
    """What became of a request."""

    request: Request
    result: Any = None
    error: Exception | None = None
    was_cancelled: bool = False

    @property
    def is_bug(self) -> bool:
        return self.error is not None and not isinstance(self.error, UserError)
