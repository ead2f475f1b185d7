"""Channel Desk: the desk of a channel manager, offline and encrypted."""

__version__ = "0.1.0"
