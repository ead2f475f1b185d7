"""What a document is called as a file until the user says otherwise."""

from __future__ import annotations

from typing import Final

#: What some file system refuses.
_REFUSED: Final = '<>:"/\\|?*'
#: A name has 255 bytes on Linux and macOS, and a Chinese character takes three: this leaves room for the words and the
#: day behind it.
_MOST_BYTES: Final = 150


def safe_name(name: str) -> str:
    """``name`` without what no file system takes, and no longer than they take it."""
    kept = "".join("-" if letter in _REFUSED or ord(letter) < 32 else letter for letter in name)
    return kept.encode("utf-8", "ignore")[:_MOST_BYTES].decode("utf-8", "ignore").strip(" .")
