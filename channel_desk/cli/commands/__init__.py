"""Every command; one module each."""

from __future__ import annotations

from typing import Final

from channel_desk.cli.commands.brief import BRIEF
from channel_desk.cli.commands.check import CHECK
from channel_desk.cli.commands.deck import DECK
from channel_desk.cli.commands.declaration import Command
from channel_desk.cli.commands.importing import IMPORT
from channel_desk.cli.commands.listing import LIST

COMMANDS: Final[tuple[Command, ...]] = (IMPORT, LIST, BRIEF, DECK, CHECK)
