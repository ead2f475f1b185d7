"""What the command line takes an argument for; whatever cannot be one is wrong usage."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path


def path(text: str) -> Path:
    """A file or folder. An empty name, as an unset variable of a script gives it, would be the present folder."""
    if not text.strip():
        raise argparse.ArgumentTypeError("its name is empty")
    return Path(text)


def day(text: str) -> date:
    """An ISO day of the command line; days near the ends of the calendar have no midnight in every zone."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = date.min
    if not 1900 <= found.year <= 2999:
        raise argparse.ArgumentTypeError(f"not a day like 2026-09-22: {text}")
    return found


def number(text: str) -> int:
    """The number of an entry, as ``list`` shows it."""
    if not text.isdecimal() or len(text) > 18:
        raise argparse.ArgumentTypeError(f"not the number of an entry: {text[:40]}")
    return int(text)
