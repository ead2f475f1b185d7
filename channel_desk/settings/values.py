"""The values of the settings: checked, with defaults, kept in two places."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from channel_desk.settings.declarations import SETTINGS, Keeping, Setting, Value


class Settings:
    """Values by key. Those of the computer live in a small file that is replaced as a whole, those of the data come
    and go through ``keep_in_data``. A broken file or a value out of range gives the default.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._declared: dict[str, Setting] = {setting.key: setting for setting in SETTINGS}
        self._values: dict[str, Value] = {}
        #: What the command line asked for.
        self._supposed: dict[str, Value] = {}
        #: Stores one value of the data: key and JSON text. Set by the composition root once the data is open.
        self.keep_in_data: Callable[[str, str], None] | None = None
        self._listeners: list[Callable[[str], None]] = []
        self._take(self._read(), Keeping.COMPUTER)

    def text(self, key: str) -> str:
        return str(self.value(key))

    def number(self, key: str) -> int:
        return int(self.value(key))

    def value(self, key: str) -> Value:
        """The present value, or the default."""
        return self._supposed.get(key, self._values.get(key, self._declared[key].default))

    def suppose(self, key: str, value: Value) -> None:
        """Take ``value`` until another one is chosen, without keeping it."""
        self._supposed[key] = value

    def declaration(self, key: str) -> Setting:
        """What the setting is and may be."""
        return self._declared[key]

    def set(self, key: str, value: Value) -> None:
        """Change a value and keep it; ValueError when it is not allowed."""
        setting = self._declared[key]
        if not setting.accepts(value):
            raise ValueError(key)
        if self.value(key) == value:
            return
        self._supposed.pop(key, None)
        self._values[key] = value
        if setting.keeping is Keeping.COMPUTER:
            self._write()
        elif self.keep_in_data is not None:
            self.keep_in_data(key, json.dumps(value, ensure_ascii=False))
        for listener in self._listeners:
            listener(key)

    def take_from_data(self, stored: Mapping[str, str]) -> None:
        """Take over what the data holds (JSON text by key) and tell the listeners."""
        found: dict[str, Any] = {}
        for key, text in stored.items():
            with contextlib.suppress(ValueError):
                found[key] = json.loads(text)
        for key in self._take(found, Keeping.DATA):
            for listener in self._listeners:
                listener(key)

    def on_change(self, listener: Callable[[str], None]) -> None:
        """Call ``listener`` with the key of each changed setting."""
        self._listeners.append(listener)

    def _take(self, found: Mapping[str, Any], keeping: Keeping) -> list[str]:
        changed = []
        for key, setting in self._declared.items():
            if setting.keeping is keeping and key in found and setting.accepts(found[key]):
                if self.value(key) != found[key]:
                    changed.append(key)
                self._values[key] = found[key]
        return changed

    def _read(self) -> Mapping[str, Any]:
        try:
            found = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def _write(self) -> None:
        values = {key: value for key, value in self._values.items() if self._declared[key].keeping is Keeping.COMPUTER}
        new = self._path.with_suffix(".new")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            new.write_text(json.dumps(values, ensure_ascii=False, indent=1), "utf-8")
            new.replace(self._path)
        except OSError:
            # A full or read-only disk must not stop the window from changing its language.
            with contextlib.suppress(OSError):
                new.unlink()
