"""Every expected failure can be told in both languages."""

from __future__ import annotations

import string

import pytest

from channel_desk.errors import SENTENCES
from channel_desk.i18n import Language
from channel_desk.services.checking import finding_words
from channel_desk.storage.queries import health


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_that_an_expected_failure_has_a_whole_sentence_in_both_languages(code: str, language_zh: Language) -> None:
    sentence = SENTENCES[code]
    values = {name: "§" for _, name, _, _ in string.Formatter().parse(sentence) if name}
    chinese = language_zh.tr(sentence, **values)
    assert sentence.endswith((".", "?"))
    assert chinese.endswith(("。", "？"))
    assert chinese.count("§") >= len(values)


def test_that_nobody_is_sent_to_a_backup_function_that_is_not_there(language_en: Language) -> None:
    findings = [finding_words(code, 2, language_en) for code in health.CODES]
    assert [one for one in (*SENTENCES.values(), *findings) if "backup" in one] == []


@pytest.mark.parametrize("code", health.CODES)
def test_that_one_finding_is_told_apart_from_many(code: str, language_en: Language, language_zh: Language) -> None:
    one, many = finding_words(code, 1, language_en), finding_words(code, 2, language_en)
    assert one.endswith(".")
    assert one.replace("1", "2") != many
    assert finding_words(code, 2, language_zh).endswith("。")
