from __future__ import annotations

import sys
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channel_desk.domain.keys import fold, match_spans, name_keys, query_words, sort_key, word_matches
from channel_desk.domain.readings import FIRST_SYLLABLE_KEY, character_readings, syllables


def marked(text: str, query: str) -> list[str]:
    return [text[start:end] for start, end in match_spans(text, query)]


@pytest.mark.parametrize(
    ("text", "query", "parts"),
    [
        ("湖南湘岳机电设备", "hn", ["湖南"]),
        ("武汉华诺电气", "hn", ["华诺"]),
        ("拜访记录：转到湖南的货已退回", "hn", ["湖南"]),
        ("河南嵩源电气", "henan", ["河南"]),
        ("湖南（长沙）", "hunanch", ["湖南", "长"]),
        ("长沙重工", "changsha", ["长沙"]),
        ("曾小贤", "zxx", ["曾小贤"]),
        ("單于飛", "chanyu", ["單于"]),
        ("長沙華麗", "长沙", ["長沙"]),
        ("138 0371 6620", "6620", ["6620"]),
        ("138 0371 6620", "03716", ["0371 6"]),
        ("TCL电器", "tcldq", ["TCL电器"]),
        ("QUICK-Stop", "quick STOP", ["QUICK", "Stop"]),
        ("ＡＢＣ贸易", "abc", ["ＡＢＣ"]),
        ("吕布", "lv", ["吕"]),
        ("Söhne", "sohne", ["Söhne"]),
        ("湖南湖南", "湖", ["湖", "湖"]),
        ("湖南湘岳", "江", []),
        ("", "hn", []),
        ("湖南", "  ", []),
    ],
)
def test_that_matched_characters_are_marked_also_when_pinyin_matched(text: str, query: str, parts: list[str]) -> None:
    assert marked(text, query) == parts


@given(st.text(max_size=30), st.text(max_size=6))
def test_that_marks_lie_in_the_text_in_order_and_apart(text: str, query: str) -> None:
    spans = match_spans(text, query)
    flat = [place for span in spans for place in span]
    assert flat == sorted(set(flat))
    assert all(0 <= start < end <= len(text) for start, end in spans)


_NAMES = st.text(alphabet=list("湖南曾单长沙重工银行乐清大车和TCL 3m（）-，"), min_size=1, max_size=10)


@given(name=_NAMES, typed=st.text(alphabet="abcdeghijlmnosuxyzt3", min_size=1, max_size=5))
def test_that_what_the_index_finds_in_a_name_is_always_marked(name: str, typed: str) -> None:
    for word in query_words(typed):
        if word_matches(name, word, name_keys):
            assert match_spans(name, typed)


@pytest.mark.parametrize("name", ["测试{}木门", "长沙{}木门", "重山{}木门"])  # plain, a phrase, a doubtful reading
def test_that_short_letters_and_digits_are_part_of_the_initials_and_long_ones_are_not(name: str) -> None:
    def is_found(between: str, typed: str) -> bool:
        return all(word_matches(name.format(between), word, name_keys) for word in query_words(typed))

    assert is_found("3号", "cs3hmm")
    assert is_found("AB", "csabmm")
    assert is_found("hongda", "cshmm")
    assert not is_found("hongda", "csamm")
    assert is_found("00039", "cs")
    assert not is_found("00039", "csmm")


@given(st.text(max_size=20))
def test_that_folding_is_done_once_and_leaves_no_letter_that_keys_are_made_of(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert not any("Ａ" <= letter <= "Ｚ" or "０" <= letter <= "９" for letter in folded)
    assert not any(category(letter) == "Co" for letter in folded)


def test_that_names_sort_as_in_a_chinese_dictionary() -> None:
    names = ["武汉江城", "ABB", "长沙中天", "湖南湘岳", "安徽皖江", "湖南洞庭", "华东", "胡氏", "3M", "张家界"]
    assert sorted(names, key=sort_key) == [
        "3M", "ABB", "安徽皖江", "长沙中天", "湖南洞庭", "湖南湘岳", "胡氏", "华东", "武汉江城", "张家界"
    ]  # fmt: skip


def test_that_a_long_run_of_letters_is_answered_at_once() -> None:
    word = query_words("nananananananananananananananananananananananananananananan")[0]
    assert 1 <= len(word.spellings) <= 257
    assert len(query_words("x" * 10_000)[0].spellings) == 1


def test_that_the_tables_agree_with_pypinyin() -> None:
    import pypinyin  # costs a seventh of a second, for this test alone

    words = [
        "长沙",
        "重庆",
        "银行",
        "湖南",
        "乐清",
        "音乐",
        "便宜",
        "大夫",
        "重量",
        "成都",
        "厦门",
        "六安",
        "台州",
        "东莞",
    ]
    for word in words:
        expected = [syllable.replace("v", "u") for syllable in pypinyin.lazy_pinyin(word)]
        spoken = [syllables()[ord(key) - FIRST_SYLLABLE_KEY] for key in name_keys(word)[0].split("\n")[0]]
        assert spoken == expected, word


def test_that_characters_beyond_the_basic_plane_have_readings() -> None:
    reading = character_readings().of("\U00020000")
    assert reading is not None
    assert reading.usual == "he"


def test_that_search_never_loads_pypinyin() -> None:
    import subprocess

    program = (
        "import sys; from channel_desk.domain.keys import name_keys, fold; name_keys(fold('湖南'));"
        "sys.exit('pypinyin' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
