"""Settings: declared once, with their checks and words; see :mod:`channel_desk.settings.declarations`."""

from channel_desk.settings.declarations import SETTINGS, Keeping, Kind, Setting
from channel_desk.settings.values import Settings

__all__ = ["SETTINGS", "Keeping", "Kind", "Setting", "Settings"]
