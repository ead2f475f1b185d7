"""What head and cards of a file have in common: the page shows a file in all of them alike."""

from __future__ import annotations

from typing import Protocol

from channel_desk.domain.lines import DistributorFile


class FilePart(Protocol):
    """A part of the page."""

    def show_file(self, file: DistributorFile) -> None:
        """What the file holds; typing goes on."""

    def start_anew(self) -> None:
        """Another file comes: nothing of the last one stays, nor what is typed for it."""
