"""What a command declares, and what several commands share."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import Enum
from functools import cache
from gettext import gettext as _tr
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from channel_desk.cli.session import Session


@dataclass(frozen=True)
class Command:
    """A word of the command line. Modules import services inside ``run``: ``--help`` loads none of them."""

    name: str
    help: str
    add_arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[Session, argparse.Namespace], None]
    #: What is wrong with a combination of arguments; empty when nothing is.
    complaint: Callable[[argparse.Namespace], str] = lambda _given: ""
    #: Whether it may begin new data where there is none; any other command was given the wrong folder then.
    begins_data: bool = False


#: What is in JSON as it is here; asked first, for a long list is made of little else.
_PLAIN: Final = frozenset({str, int, float, bool, type(None)})


def plain(value: Any) -> Any:
    """A domain value as JSON has it: words by value, days and moments in ISO form."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (tuple, list)):
        return [plain(one) for one in value]
    return value


def as_object(record: Any, *, leave_out: frozenset[str] = frozenset()) -> dict[str, Any]:
    """A record as an object with its own field names."""
    return {name: plain(getattr(record, name)) for name in _names(record.__class__) if name not in leave_out}


@cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind))


def add_json(parser: argparse.ArgumentParser) -> None:
    """``--json``, the same for every command that has it."""
    parser.add_argument("--json", action="store_true", help=_tr("print one JSON document"))
