"""Emoji of every kind, by their numbers: what draws them in an editor differs from machine to machine."""

from typing import Final

THUMB: Final = "\U0001f44d"
SMILE: Final = "\U0001f60a"
TELEPHONE: Final = "\U0001f4de"
TICK: Final = "\u2705"
STAR: Final = "\u2b50\ufe0f"
WARNING: Final = "\u26a0\ufe0f"
HEART: Final = "\u2764\ufe0f"
BURNING_HEART: Final = f"{HEART}\u200d\U0001f525"
LIGHT_THUMB: Final = f"{THUMB}\U0001f3fb"
COUPLE: Final = "\U0001f468\u200d\U0001f469"
FAMILY: Final = f"{COUPLE}\u200d\U0001f467"
MECHANIC: Final = "\U0001f469\U0001f3fd\u200d\U0001f527"
KEY_ONE: Final = "1\ufe0f\u20e3"
KEY_TWO: Final = "2\ufe0f\u20e3"
KEY_HASH: Final = "#\ufe0f\u20e3"
CHINA: Final = "\U0001f1e8\U0001f1f3"
#: A flag told by tags.
REGION: Final = "\U0001f3f4\U000e0067\U000e0062\U000e007f"
