"""What the command line takes an argument for; whatever cannot be one is wrong usage."""

from __future__ import annotations

import argparse
from datetime import date
from gettext import gettext as _tr
from pathlib import Path
from typing import Final

from channel_desk.i18n import mark

#: What argparse says of its own; it asks the catalogue of the process, as we do here.
OF_ARGPARSE: Final = (
    mark("usage: "),
    mark("positional arguments"),
    mark("options"),
    mark("show this help message and exit"),
    mark("%(prog)s: error: %(message)s\n"),
    mark("argument %(argument_name)s: %(message)s"),
    mark("invalid choice: %(value)r (choose from %(choices)s)"),
    mark("the following arguments are required: %s"),
    mark("one of the arguments %s is required"),
    mark("unrecognized arguments: %s"),
    mark("not allowed with argument %s"),
    mark("expected one argument"),
    mark("expected at least one argument"),
)


def path(text: str) -> Path:
    """A file or folder. An empty name, as an unset variable of a script gives it, would be the present folder."""
    if not text.strip():
        raise argparse.ArgumentTypeError(_tr("its name is empty"))
    return Path(text)


def day(text: str) -> date:
    """An ISO day of the command line; days near the ends of the calendar have no midnight in every zone."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = date.min
    if not 1900 <= found.year <= 2999:
        raise argparse.ArgumentTypeError(_tr("not a day like 2026-09-22: {text}").format(text=text))
    return found


def row_number(text: str) -> int:
    """The number of a row, as a spreadsheet program shows it."""
    if not text.isdecimal() or len(text) > 7 or not int(text):
        raise argparse.ArgumentTypeError(_tr("not the number of a row: {text}").format(text=text[:40]))
    return int(text)


def number(text: str) -> int:
    """The number of an entry, as ``list`` shows it."""
    if not text.isdecimal() or len(text) > 18:
        raise argparse.ArgumentTypeError(_tr("not the number of an entry: {text}").format(text=text[:40]))
    return int(text)
