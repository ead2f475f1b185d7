"""Long work that ends early: reads when something more urgent comes, an import when it is stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from channel_desk.storage.file import Connection, OpenFile

#: After so many steps of SQLite's machine, a fraction of a millisecond, a statement looks whether it has to end.
_STEPS_BETWEEN_LOOKS: Final = 2000


class GaveWay(Exception):  # noqa: N818 - not an error
    """The work ended early and changed nothing; it may be begun again."""


@contextmanager
def giving_way(connection: OpenFile, until: Callable[[], bool]) -> Iterator[None]:
    """Statements within end with SQLite's "interrupted", and :func:`look_up` raises, once ``until`` is true."""
    connection.until = until
    connection.set_progress_handler(until, _STEPS_BETWEEN_LOOKS)
    try:
        yield
    finally:
        connection.set_progress_handler(None, 0)
        connection.until = None


def look_up(connection: Connection) -> None:
    """Raise :class:`GaveWay` where it is time; for work of more than some milliseconds between two statements."""
    until = getattr(connection, "until", None)
    if until is not None and until():
        raise GaveWay
