"""gettext catalogues: English is the source, every other language a folder of ``resources/i18n``."""

from __future__ import annotations

import gettext
import locale
import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Final

from channel_desk.i18n.formats import FORMATS, Formats
from channel_desk.i18n.spacing import spaced

#: Code and own name of each language of the program.
LANGUAGES: Final[dict[str, str]] = {"en": "English", "zh_CN": "中文"}


def mark(message: str) -> str:
    """Mark a message for extraction where it is declared; it is translated where it is shown."""
    return message


class Language:
    """The words and formats of one language.

    Messages are whole sentences with named placeholders; values are filled in after the look-up, so that the
    translator decides on their order. Never hand in an f-string: it would be extracted but never found.
    """

    def __init__(self, code: str, catalogue: gettext.NullTranslations) -> None:
        self.code = code
        self._catalogue = catalogue

    def tr(self, message: str, /, **values: object) -> str:
        """``message`` in this language, its placeholders filled with ``values``."""
        text = self._catalogue.gettext(message) if message else ""
        return self._filled(text, values)

    def tr_n(self, one: str, many: str, n: int, /, **values: object) -> str:
        """The singular or plural of a message for ``n``; ``{n}`` is filled in too."""
        return self._filled(self._catalogue.ngettext(one, many, n), {"n": n, **values})

    def tr_c(self, context: str, message: str, /, **values: object) -> str:
        """``message`` as used in ``context``, for words that mean two things."""
        return self._filled(self._catalogue.pgettext(context, message), values)

    def own(self, texts: Mapping[str, str]) -> str:
        """The one of ``texts``, by language code, that is in this language; the English one where there is none."""
        return texts.get(self.code) or texts.get("en", "")

    def _filled(self, text: str, values: dict[str, object]) -> str:
        if not values:
            return text
        return (text if self.code == "en" else spaced(text, values)).format(**values)

    @cached_property
    def formats(self) -> Formats:
        """How this language writes dates, times, numbers and money."""
        return FORMATS[self.code]


def load_language(code: str, folder: Path) -> Language:
    """The language ``code`` from ``folder`` (``resources/i18n``); English needs no file.

    English comes too where the catalogue was never compiled, as in a checkout that was not set up: look at its code.
    """
    if code not in LANGUAGES:
        raise KeyError(code)
    if code != "en" and gettext.find("channel_desk", folder, [code]):
        return Language(code, gettext.translation("channel_desk", folder, [code]))
    return Language("en", gettext.NullTranslations())


def speak(code: str, folder: Path) -> None:
    """What the standard library says to people in this process, as argparse does, comes in this language too."""
    os.environ["LANGUAGE"] = code
    gettext.bindtextdomain("channel_desk", folder)
    gettext.textdomain("channel_desk")


def guess_language() -> str:
    """The language of this machine, if it is one of ours; else English.

    What its environment names counts, also where no such locale is installed: Python then knows only C's. Windows and
    the Finder name none there.
    """
    named = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    name = next(filter(None, named), None) or locale.getlocale()[0] or ""
    return "zh_CN" if name.lower().startswith(("zh", "chinese")) else "en"
