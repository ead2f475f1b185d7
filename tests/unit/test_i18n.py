"""Words and formats of the two languages."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import catalogues
import pytest

from channel_desk.i18n import LANGUAGES, Language, guess_language, load_language
from channel_desk.i18n.formats import FORMATS

TUESDAY = date(2026, 9, 22)


def test_that_english_needs_no_file(tmp_path: Path) -> None:
    assert load_language("en", tmp_path).tr("Planned") == "Planned"


def test_that_an_unknown_language_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        load_language("tlh", tmp_path)


def test_that_values_are_filled_in_after_the_look_up(language_en: Language) -> None:
    assert language_en.tr("{path} is gone", path="a{b}") == "a{b} is gone"


def test_that_a_message_without_values_may_hold_braces(language_en: Language) -> None:
    assert language_en.tr("{as it is}") == "{as it is}"


def test_that_an_empty_message_stays_empty_in_every_language(language_en: Language, language_zh: Language) -> None:
    # gettext answers the empty message with the header of the catalogue
    assert (language_en.tr(""), language_zh.tr("")) == ("", "")


@pytest.mark.parametrize(("n", "text"), [(0, "0 visits"), (1, "1 visit"), (2, "2 visits")])
def test_that_english_tells_one_from_many(language_en: Language, n: int, text: str) -> None:
    assert language_en.tr_n("{n} visit", "{n} visits", n) == text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Alfreds Futterkiste", "与 Alfreds Futterkiste 重叠"),
        ("Kevin 徐", "与 Kevin 徐重叠"),
        ("徐记C", "与徐记C 重叠"),
        ("A区3b", "与 A区3b 重叠"),
        ("湘禾商贸", "与湘禾商贸重叠"),
        ("9月22日", "与9月22日重叠"),
        ("", "与重叠"),
    ],
)
def test_that_a_latin_name_keeps_its_distance_from_chinese(language_zh: Language, name: str, text: str) -> None:
    assert language_zh.tr("Overlaps {name}", name=name) == text


def test_that_an_untranslated_message_appears_in_english(language_zh: Language) -> None:
    assert language_zh.tr("No such message {n}", n=3) == "No such message 3"
    assert language_zh.tr_c("nowhere", "No such message") == "No such message"
    assert language_zh.tr_n("{n} no such message", "{n} no such messages", 2) == "2 no such messages"


def test_that_every_language_has_formats_and_a_catalogue() -> None:
    assert set(FORMATS) == set(LANGUAGES) == {"en", *catalogues.TRANSLATIONS}


def test_that_a_day_is_written_with_its_weekday(language_en: Language, language_zh: Language) -> None:
    assert language_en.formats.day(TUESDAY) == "Tue 22 Sep"
    assert language_zh.formats.day(TUESDAY) == "9月22日 周二"


def test_that_the_year_is_written_only_when_it_is_another(language_en: Language, language_zh: Language) -> None:
    assert language_en.formats.day(TUESDAY, date(2027, 1, 1)) == "Tue 22 Sep 2026"
    assert language_zh.formats.day(TUESDAY, date(2026, 1, 1)) == "9月22日 周二"


def test_that_near_days_have_names(language_en: Language, language_zh: Language) -> None:
    def near(language: Language, days: int) -> str:
        return language.formats.relative_day(TUESDAY + timedelta(days=days), TUESDAY)

    assert [near(language_en, days) for days in (-1, 0, 1, 3)] == ["yesterday", "today", "tomorrow", "Friday"]
    assert [near(language_zh, days) for days in (-1, 0, 1, 2, 3)] == ["昨天", "今天", "明天", "后天", "周五"]
    assert near(language_en, 7) == "Tue 29 Sep"


def test_that_a_chinese_weekday_behind_the_weekend_is_one_of_next_week(language_zh: Language) -> None:
    sunday = TUESDAY + timedelta(days=5)
    assert language_zh.formats.relative_day(sunday, TUESDAY) == "周日"
    assert language_zh.formats.relative_day(sunday + timedelta(days=1), TUESDAY) == "下周一"


@pytest.mark.parametrize(
    ("minor", "english", "chinese"),
    [
        (1_860_000, "¥18,600", "18,600 元"),
        (1_860_050, "¥18,600.50", "18,600.50 元"),
        (-5, "\u2212¥0.05", "\u22120.05 元"),
        (0, "¥0", "0 元"),
        (99_999_999_999_999_999, "¥999,999,999,999,999.99", "999,999,999,999,999.99 元"),
        (None, "–", "–"),
    ],
)
def test_that_money_is_written_from_minor_units(
    language_en: Language, language_zh: Language, minor: int | None, english: str, chinese: str
) -> None:
    assert language_en.formats.money(minor, "CNY") == english
    assert language_zh.formats.money(minor, "CNY") == chinese


def test_that_big_money_is_rounded_in_the_languages_own_units(language_en: Language, language_zh: Language) -> None:
    assert language_en.formats.money_big(48_600_000, "CNY") == "¥486k"
    assert language_zh.formats.money_big(48_600_000, "CNY") == "48.6 万元"
    assert language_zh.formats.money_big(50_000_000, "EUR") == "50 万 EUR"


def test_that_the_sign_of_money_stands_before_its_currency(language_en: Language, language_zh: Language) -> None:
    assert language_zh.formats.money(-123_456, "USD") == "\u2212$1,234.56"
    assert language_en.formats.money_big(-48_600_000, "CNY") == "\u2212¥486k"
    assert language_en.formats.money_big(-1_250_000_000, "CHF") == "\u2212CHF 12.5m"


def test_that_a_time_until_midnight_ends_at_24(language_en: Language, language_zh: Language) -> None:
    midnight = datetime(2026, 11, 26, tzinfo=UTC)
    late = midnight + timedelta(hours=22)
    for language in (language_en, language_zh):
        assert language.formats.time_range(midnight, midnight + timedelta(days=1)) == "0:00–24:00"
        assert language.formats.time_range(late, late + timedelta(hours=2)) == "22:00–24:00"
        assert language.formats.time_range(late, late + timedelta(hours=3)) == "22:00–1:00"


def test_that_times_and_lengths_are_written_plainly(language_en: Language, language_zh: Language) -> None:
    start = datetime(2026, 9, 22, 9, 5, tzinfo=UTC)
    assert language_en.formats.time_range(start, start + timedelta(minutes=85)) == "9:05–10:30"
    assert language_en.formats.duration(timedelta(minutes=85)) == "1 h 25 min"
    assert language_zh.formats.duration(timedelta(minutes=85)) == "1 小时 25 分钟"
    assert language_zh.formats.duration(timedelta(minutes=40)) == "40 分钟"


def test_that_a_language_that_is_not_compiled_comes_in_english(uncompiled: Path) -> None:
    language = load_language("zh_CN", uncompiled / "i18n")
    assert (language.code, language.tr("Planned")) == ("en", "Planned")


@pytest.mark.parametrize(
    ("named", "code"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh_CN"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, "zh_CN"),
        ({"LANG": "en_GB.UTF-8", "LC_CTYPE": "zh_CN.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
    ],
)
def test_that_the_language_of_the_environment_counts_whatever_locales_are_installed(
    monkeypatch: pytest.MonkeyPatch, named: dict[str, str], code: str
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LC_CTYPE", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in named.items():
        monkeypatch.setenv(name, value)
    assert guess_language() == code
