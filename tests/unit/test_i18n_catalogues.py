"""The catalogue tool finds what a translator could not, and compiles what the program reads."""

from __future__ import annotations

from pathlib import Path

import catalogues
import pytest

from channel_desk.i18n import load_language

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "channel_desk"
    folder.mkdir()
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "i18n" / "zh_CN").mkdir(parents=True)
    return tmp_path / "i18n"


def write(folder: Path, name: str, text: str) -> None:
    (folder / "zh_CN" / name).write_text(HEADER + text, encoding="utf-8")


def extracted(sources: Path, code: str) -> catalogues.Extraction:
    (sources / "module.py").write_text(code, encoding="utf-8")
    return catalogues.extract(sources)


@pytest.mark.parametrize(
    "call",
    ['tr("Word")', 'ctx.tr("Word")', 'self._tr("Word", n=1)', 'mark("Word")', '_sentence("Wo" "rd")', 'tr(tr("Word"))'],
)
def test_that_marked_texts_are_found_however_the_call_is_reached(sources: Path, call: str) -> None:
    assert list(extracted(sources, call).messages) == [("", "Word")]


def test_that_plurals_and_contexts_are_found(sources: Path) -> None:
    found = extracted(sources, 'ctx.tr_n("{n} visit", "{n} visits", n)\nctx.tr_c("card", "Open")').messages
    assert found["", "{n} visit"].plural == "{n} visits"
    assert found["card", "Open"].places == [("channel_desk/module.py", 2)]


def test_that_both_branches_of_a_choice_are_found(sources: Path) -> None:
    assert set(extracted(sources, 'tr("Yes" if a else "No")').messages) == {("", "Yes"), ("", "No")}


def test_that_a_text_marked_elsewhere_is_no_problem(sources: Path) -> None:
    extraction = extracted(sources, "tr(member.label)\ntr(name)\ntr(LABELS[key])")
    assert (extraction.messages, extraction.problems) == ({}, [])


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ('tr(f"Hello {name}")', "f-string"),
        ('tr("Hello " + name)', "glue"),
        ('tr("Hello %s" % name)', "glue"),
        ('tr("Hello {name}".format(name=name))', "after the look-up"),
        ('tr("Hello {}")', "without a plain name"),
        ('tr("Hello {name")', "does not close"),
    ],
)
def test_that_a_call_no_catalogue_can_serve_is_a_problem(sources: Path, call: str, words: str) -> None:
    (problem,) = extracted(sources, call).problems
    assert problem.startswith("channel_desk/module.py:1: ")
    assert words in problem


def test_that_fragments_are_merged_into_one_catalogue_the_program_reads(folder: Path) -> None:
    write(folder, "visits.po", 'msgid "Planned"\nmsgstr "已计划"\n')
    write(folder, "cards.po", 'msgctxt "card"\nmsgid "Open"\nmsgstr "打开"\n\nmsgid "{n} visit"\n'
          'msgid_plural "{n} visits"\nmsgstr[0] "{n} 次拜访"\n')  # fmt: skip
    catalogues.compile_language("zh_CN", folder)
    language = load_language("zh_CN", folder)
    assert language.tr("Planned") == "已计划"
    assert language.tr_c("card", "Open") == "打开"
    assert [language.tr_n("{n} visit", "{n} visits", n) for n in (1, 2)] == ["1 次拜访", "2 次拜访"]


def test_that_compiling_twice_gives_the_same_bytes_and_leaves_nothing_behind(folder: Path) -> None:
    write(folder, "a.po", 'msgid "Planned"\nmsgstr "已计划"\n')
    first = catalogues.compile_language("zh_CN", folder).read_bytes()
    target = catalogues.compile_language("zh_CN", folder)
    assert target.read_bytes() == first
    assert [path.name for path in target.parent.iterdir()] == [target.name]


def test_that_two_translations_of_one_message_stop_the_compilation(folder: Path) -> None:
    write(folder, "a.po", 'msgid "Planned"\nmsgstr "已计划"\n')
    write(folder, "b.po", 'msgid "Planned"\nmsgstr "计划中"\n')
    with pytest.raises(ValueError, match=r"b\.po: 'Planned' stands in zh_CN/a\.po"):
        catalogues.compile_language("zh_CN", folder)


@pytest.mark.parametrize("translation", ['"已计划', '"已"计划"', "已计划"])
def test_that_a_damaged_fragment_stops_the_compilation(folder: Path, translation: str) -> None:
    write(folder, "a.po", f'msgid "Planned"\nmsgstr {translation}\n')
    with pytest.raises(ValueError, match=r"zh_CN/a\.po:\d+:"):
        catalogues.compile_language("zh_CN", folder)


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("", "no translation of 'Gone {n}'"),
        ('msgid "Gone {n}"\nmsgstr ""\n', "no translation of 'Gone {n}'"),
        ('#, fuzzy\nmsgid "Gone {n}"\nmsgstr "没了 {n}"\n', "no translation of 'Gone {n}'"),
        ('msgid "Gone {n}"\nmsgstr "没了"\n', "other placeholders"),
        ('msgid "Gone {n}"\nmsgstr "没了 {m}"\n', "other placeholders"),
        ('msgid "Gone {n}"\nmsgstr "没了 {n"\n', "does not close"),
        ('msgid "Gone {n}"\nmsgid_plural "All gone {n}"\nmsgstr[0] "没了 {n}"\n', "plural"),
        ('msgid "Gone {n}"\nmsgstr "没了 {n}"\n\nmsgid "Old"\nmsgstr "旧"\n', "nothing in the code uses 'Old'"),
        ('msgid "Gone {n}"\nmsgstr "没了 {n}"\n\n#~ msgid "Old"\n#~ msgstr "旧"\n', "left over"),
    ],
)
def test_that_a_check_names_what_is_wrong_with_a_translation(
    sources: Path, folder: Path, entry: str, words: str
) -> None:
    (sources / "module.py").write_text('tr("Gone {n}", n=1)', encoding="utf-8")
    write(folder, "a.po", entry)
    (problem,) = catalogues.check(sources, folder)
    assert words in problem


def test_that_a_message_in_two_fragments_is_a_problem_even_when_they_agree(sources: Path, folder: Path) -> None:
    (sources / "module.py").write_text('tr("Planned")', encoding="utf-8")
    for name in ("a.po", "b.po"):
        write(folder, name, 'msgid "Planned"\nmsgstr "已计划"\n')
    (problem,) = catalogues.check(sources, folder)
    assert "also stands in zh_CN/a.po" in problem


def test_that_a_complete_translation_passes(sources: Path, folder: Path) -> None:
    (sources / "module.py").write_text('tr("Gone {n}", n=1)', encoding="utf-8")
    write(folder, "a.po", 'msgid "Gone {n}"\nmsgstr "没了 {n}"\n')
    assert catalogues.check(sources, folder) == []
