"""Every expected failure can be told in both languages."""

from __future__ import annotations

import string

import pytest

from channel_desk.errors import SENTENCES
from channel_desk.i18n import Language
from channel_desk.services.checking import FINDINGS


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_that_an_expected_failure_has_a_whole_sentence_in_both_languages(code: str, language_zh: Language) -> None:
    sentence = SENTENCES[code]
    values = {name: "§" for _, name, _, _ in string.Formatter().parse(sentence) if name}
    chinese = language_zh.tr(sentence, **values)
    assert sentence.endswith((".", "?"))
    assert chinese.endswith(("。", "？"))
    assert chinese.count("§") >= len(values)


def test_that_nobody_is_sent_to_a_backup_function_that_is_not_there() -> None:
    assert [one for one in (*SENTENCES.values(), *FINDINGS.values()) if "backup" in one] == []
