"""The command line: the same services without a window. Without a command, the window."""

from channel_desk.cli.program import main

__all__ = ["main"]
