"""What a command works with: the data folder, the clock, the languages, and the data once it is needed."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from channel_desk.clock import Clock, SystemClock
from channel_desk.errors import UserError
from channel_desk.i18n import LANGUAGES, Language, guess_language, load_language
from channel_desk.paths import DataFolder, resources
from channel_desk.settings import Settings

if TYPE_CHECKING:
    from channel_desk.storage.store import Store


class Session:
    """What a command works with. The data is opened when first asked for."""

    def __init__(
        self, folder: DataFolder, *, sample: bool = False, begins_data: bool = False, language: str | None = None
    ) -> None:
        self.folder = folder
        self.sample = sample
        self._begins_data = begins_data or sample
        self.clock: Clock = SystemClock()
        self.resources = resources()
        self._languages: dict[str, Language] = {}
        self._settings = Settings(folder.preferences)
        chosen = language or self._settings.text("language") or guess_language()
        self.language = self.language_of(chosen)
        self._store: Store | None = None

    def language_of(self, code: str) -> Language:
        """The language called by its code."""
        if code not in self._languages:
            language = self._languages[code] = load_language(code, self.resources / "i18n")
            if language.code != code:
                self.warn(str(UserError("translation_missing", language=LANGUAGES[code])))
        return self._languages[code]

    @property
    def has_no_data(self) -> bool:
        """Whether nothing is kept here; the sample brings its own."""
        return not self.sample and not self.folder.holds_data

    @property
    def store(self) -> Store:
        """The opened data; filled with the sample where that was asked for. Raises ``no_data``."""
        if self._store is None:
            if not self._begins_data and self.has_no_data:
                raise UserError("no_data", path=self.folder.root)
            from channel_desk.storage.store import Store

            self._store = Store.open(self.folder, self.clock)
            if self.sample:
                prepare_sample(self._store)
        return self._store

    @property
    def author(self) -> str:
        """The name that stands on documents."""
        return self._setting_of_data("user_name")

    @property
    def document_language(self) -> Language:
        """The language that documents are written in unless another is asked for."""
        code = self._setting_of_data("document_language")
        return self.language_of(code) if code else self.language

    def _setting_of_data(self, key: str) -> str:
        from channel_desk.services.preferences import read_preferences

        self._settings.take_from_data(self.store.read(read_preferences))
        return self._settings.text(key)

    def close(self) -> None:
        """Let go of the data."""
        if self._store is not None:
            self._store.close()

    def say(self, message: str, /, **values: object) -> None:
        """One line on standard output, in the user's language."""
        print(self.language.tr(message, **values))

    def warn(self, sentence: str) -> None:
        """One line on standard error: what was made, and something to know about it."""
        if sentence:
            print(" ".join(sentence.splitlines()), file=sys.stderr)

    def print_json(self, document: Any) -> None:
        """One JSON document on standard output."""
        print(_json(document))

    def print_json_list(self, key: str, objects: Iterable[Any]) -> None:
        """``{key: [objects]}`` as one JSON document; each object is written before the next one is asked for."""
        mark = ""
        print(f'{{\n  "{key}": [', end="")
        for one in objects:
            print(mark, _json(one).replace("\n", "\n    "), sep="\n    ", end="")
            mark = ","
        print("\n  ]\n}" if mark else "]\n}")


def _json(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2)


def prepare_sample(store: Store) -> None:
    """Fill a fresh data file with the sample region, dated around today."""
    from channel_desk.services.sample import fill_with_sample

    fill_with_sample(store, store.clock, resources())
