"""Words and formats of a language. One :class:`Language` object each, so that screen and paper may differ."""

from channel_desk.i18n.catalogue import LANGUAGES, Language, guess_language, load_language, mark, speak

__all__ = ["LANGUAGES", "Language", "guess_language", "load_language", "mark", "speak"]
