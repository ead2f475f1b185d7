"""The printed visit brief: what it says, how it stays within its pages, and that it is safe and reproducible."""

from __future__ import annotations

import ctypes
import errno
import io
import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdfium2 import raw

from channel_desk.documents.builders.blocks import Check, Form, State
from channel_desk.documents.builders.brief import build_brief
from channel_desk.documents.builders.brief_content import Brief
from channel_desk.documents.printed import Printed
from channel_desk.documents.render.brief_carried import Carried, Part
from channel_desk.documents.render.brief_levels import Level
from channel_desk.documents.render.brief_pdf import brief_pdf, render_briefs, set_pages
from channel_desk.documents.render.brief_promises import PromiseSetter
from channel_desk.documents.render.brief_rows import people_places, person_row, profile_pieces
from channel_desk.documents.render.brief_strips import strip_of
from channel_desk.documents.render.fonts import FontBook
from channel_desk.documents.render.palette import CODE, COMPACT, TABLE, WRITING
from channel_desk.documents.render.preview import Preview
from channel_desk.documents.render.sheet import BODY_BOTTOM, BODY_TOP, HALF, WIDTH, stack
from channel_desk.documents.render.text import Typesetter
from channel_desk.domain.briefs import BriefFacts
from channel_desk.domain.checklist_files import load_template
from channel_desk.domain.checklists import ItemKind, Section, Situation, sections_for
from channel_desk.domain.commitments import Evidence
from channel_desk.domain.distributors import ChannelType, Status
from channel_desk.domain.record import CommitmentId, ContactId, VisitId
from channel_desk.domain.visits import Answer, AnswerState, Phase, Purpose, Stance, Verdict, VisitStatus
from channel_desk.errors import UserError
from channel_desk.i18n import Language, load_language
from channel_desk.paths import resources
from channel_desk.services.printing import Printer
from tests.fixtures import briefs as samples
from tests.fixtures.golden import golden

BOOK = FontBook(resources() / "fonts")


@pytest.fixture(params=["en", "zh_CN"])
def language(request: pytest.FixtureRequest) -> Language:
    return load_language(request.param, resources() / "i18n")


@pytest.fixture
def english() -> Language:
    return load_language("en", resources() / "i18n")


def pages_of(*briefs: Brief) -> list[str]:
    data, _ = brief_pdf(briefs, BOOK)
    with Preview(data) as preview:
        return [preview.text(number).replace("\r\n", "\n") for number in range(len(preview))]


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("name", ["xianghe", "xianghe_english", "empty", "overfull"])
def test_that_a_brief_says_what_it_said(name: str, language: Language) -> None:
    facts: BriefFacts = getattr(samples, name)()
    text = "\f\n".join(pages_of(build_brief(facts, language)))
    assert text == golden(f"brief-{name.replace('_', '-')}-{language.code}.txt", text)


@pytest.mark.parametrize("name", ["xianghe", "xianghe_english", "empty", "overfull"])
def test_that_a_brief_has_one_to_three_pages_and_nothing_runs_off_one(name: str, language: Language) -> None:
    pages = set_pages(build_brief(getattr(samples, name)(), language), Typesetter(BOOK))
    assert len(pages.others) <= 2
    for pieces in (pages.front.pieces, *pages.others):
        assert stack(pieces) <= BODY_BOTTOM - BODY_TOP + 0.01


def test_that_the_usual_brief_has_two_pages_in_its_own_language() -> None:
    for name, code in (("xianghe", "zh_CN"), ("xianghe_english", "en")):
        language = load_language(code, resources() / "i18n")
        assert len(pages_of(build_brief(getattr(samples, name)(), language))) == 2


@pytest.mark.parametrize("purpose", list(Purpose))
def test_that_the_standard_checklist_fits_on_one_page(purpose: Purpose) -> None:
    template = load_template(resources() / "checklists")
    for name, code in (("xianghe", "zh_CN"), ("xianghe_english", "en")):
        facts: BriefFacts = getattr(samples, name)()
        situation = Situation(
            purpose=purpose,
            channel_type=facts.distributor.channel_type,
            open_things=frozenset({"ours", "theirs", "last_visit"}),
        )
        facts = replace(facts, sections=sections_for(template, situation), answers={})
        brief = build_brief(facts, load_language(code, resources() / "i18n"))
        texts = pages_of(brief)
        assert len(texts) == 2
        assert {check.code for phase in brief.checklists for check in phase.items} <= set(re.findall(r"\d+", texts[1]))


def lines_of(brief: Brief, number: int) -> list[tuple[float, float, float]]:
    """The level lines of a page: where they begin and end, and how far from the top, in points."""
    data, _ = brief_pdf([brief], BOOK)
    document = pypdfium2.PdfDocument(data)
    page = document[number]
    places = [thing.get_bounds() for thing in page.get_objects([raw.FPDF_PAGEOBJ_PATH])]
    height = page.get_height()
    document.close()
    return [(left, right, height - top) for left, bottom, right, top in places if top - bottom < 2]


@pytest.mark.parametrize(("status", "lines"), [(VisitStatus.PLANNED, 2 + 3), (VisitStatus.CLOSED, 0)])
def test_that_the_result_and_the_people_nobody_knows_are_written_by_hand_until_the_visit_is_closed(
    status: VisitStatus, lines: int, english: Language
) -> None:
    facts = samples.empty()
    brief = build_brief(replace(facts, visit=replace(facts.visit, status=status)), english)
    data, _ = brief_pdf([brief], BOOK)
    document = pypdfium2.PdfDocument(data)
    parts = [ctypes.c_uint() for _ in range(4)]
    level = 0
    for thing in document[0].get_objects([raw.FPDF_PAGEOBJ_PATH]):
        left, bottom, right, top = thing.get_bounds()
        raw.FPDFPageObj_GetStrokeColor(thing.raw, *parts)
        is_for_writing = "#" + "".join(f"{part.value:02X}" for part in parts[:3]) == WRITING
        level += is_for_writing and top - bottom < 2 < right - left
    document.close()
    assert level == lines


def upright_lines_of(brief: Brief, number: int) -> list[float]:
    """How far from the left the upright lines of a page stand that are there to write between, in points."""
    data, _ = brief_pdf([brief], BOOK)
    document = pypdfium2.PdfDocument(data)
    parts = [ctypes.c_uint() for _ in range(4)]
    found = []
    for thing in document[number].get_objects([raw.FPDF_PAGEOBJ_PATH]):
        left, bottom, right, top = thing.get_bounds()
        raw.FPDFPageObj_GetStrokeColor(thing.raw, *parts)
        is_for_writing = "#" + "".join(f"{part.value:02X}" for part in parts[:3]) == WRITING
        if is_for_writing and right - left < 2 < top - bottom:
            found.append((left + right) / 2)
    document.close()
    return found


def heads_of(brief: Brief, number: int, heads: Iterable[str]) -> list[float]:
    """How far from the left the heads of columns begin; the last place where a page says so counts."""
    data, _ = brief_pdf([brief], BOOK)
    document = pypdfium2.PdfDocument(data)
    page = document[number].get_textpage()
    found = []
    for head in heads:
        search = page.search(head, match_case=True)
        places = list(iter(search.get_next, None))
        found.append(page.get_charbox(places[-1][0], loose=True)[0])
    document.close()
    return found


def test_that_blank_rows_have_an_upright_line_before_each_column_but_the_first(language: Language) -> None:
    brief = build_brief(samples.empty(), language)
    people, agreed = brief.people_heads, brief.words.agreed_heads
    for number, heads, rows in ((0, people, 3), (1, agreed, 1)):
        lines = upright_lines_of(brief, number)
        columns = sorted(set(lines))
        assert [lines.count(one) for one in columns] == [rows] * (len(heads) - 1)
        assert columns == pytest.approx([head - 4 for head in heads_of(brief, number, heads)[1:]], abs=1)


def with_standard_checklist(facts: BriefFacts, *, open_things: frozenset[str] = frozenset()) -> BriefFacts:
    situation = Situation(
        purpose=facts.visit.purpose,
        channel_type=facts.distributor.channel_type,
        status=facts.distributor.status,
        open_things=open_things,
    )
    template = load_template(resources() / "checklists")
    return replace(facts, sections=sections_for(template, situation))


@pytest.mark.parametrize("name", ["xianghe", "xianghe_english"])
def test_that_who_writes_by_hand_has_eight_millimetres_a_row_and_the_room_at_the_foot(
    name: str, language: Language
) -> None:
    for facts in (getattr(samples, name)(), with_standard_checklist(getattr(samples, name)())):
        brief = build_brief(facts, language)
        wide = [y for left, right, y in lines_of(brief, 1) if right - left > WIDTH - 1]
        rows = [after - before for before, after in pairwise(sorted(wide))]
        # the lines of the four rows for what was agreed follow one another
        assert any(all(22.6 < gap < 29 for gap in rows[place : place + 3]) for place in range(len(rows) - 2)), rows
        record = set_pages(brief, Typesetter(BOOK)).others[0]
        assert BODY_BOTTOM - BODY_TOP - stack(record) < 3


@pytest.mark.parametrize("purpose", list(Purpose))
def test_that_a_checklist_too_long_to_write_on_begins_on_a_first_page_with_room(
    purpose: Purpose, language: Language
) -> None:
    facts = samples.empty()
    facts = with_standard_checklist(
        replace(
            facts,
            visit=replace(facts.visit, purpose=purpose),
            distributor=replace(facts.distributor, channel_type=ChannelType.PROJECT),
        ),
        open_things=frozenset({"ours", "theirs", "last_visit"}),
    )
    brief = build_brief(facts, language)
    first, second = pages_of(brief)
    codes = {check.code for phase in brief.checklists for check in phase.items}
    assert {code for code in codes if code < "200"} <= set(re.findall(r"\d+", first))
    assert {code for code in codes if code > "200"} <= set(re.findall(r"\d+", second))
    wide = [y for left, right, y in lines_of(brief, 1) if right - left > WIDTH - 1]
    rows = [after - before for before, after in pairwise(sorted(wide))]
    assert any(all(22.6 < gap < 29 for gap in rows[place : place + 3]) for place in range(len(rows) - 2)), rows


def height_of(brief: Brief, word: str) -> float:
    """How far from the top of the first page ``word`` stands, in whole points."""
    data, _ = brief_pdf([brief], BOOK)
    document = pypdfium2.PdfDocument(data)
    page = document[0]
    place, _count = page.get_textpage().search(word).get_next()
    top = page.get_textpage().get_charbox(place)[3]
    height = page.get_height()
    document.close()
    return round(height - top)


def test_that_what_is_only_ticked_stands_on_one_line_with_what_is_beside_it(english: Language) -> None:
    facts = samples.xianghe()
    facts = with_standard_checklist(
        replace(
            facts,
            visit=replace(facts.visit, purpose=Purpose.COLLECTION),
            distributor=replace(facts.distributor, channel_type=ChannelType.PROJECT),
            contacts=facts.contacts[:2],
            ours=(),
            theirs=facts.theirs[:2],
            objections=facts.objections[:1],
            answers={},
        ),
        open_things=frozenset({"theirs", "last_visit"}),
    )
    brief = build_brief(facts, english)
    codes = [check.code for check in brief.checklists[0].items]
    middle = (len(codes) + 1) // 2
    assert len(codes) % 2
    beside = list(zip(codes[:middle], codes[middle:], strict=False))
    assert [height_of(brief, left) for left, _ in beside] == [height_of(brief, right) for _, right in beside]


def test_that_what_is_only_ticked_comes_closer_to_find_room_on_the_first_page() -> None:
    facts = samples.xianghe()
    facts = with_standard_checklist(
        replace(
            facts,
            visit=replace(facts.visit, purpose=Purpose.PROBLEM),
            distributor=replace(facts.distributor, channel_type=ChannelType.PROJECT, habits=""),
            contacts=facts.contacts[:2],
            ours=facts.ours[:2],
            theirs=(),
            objections=(),
        ),
        open_things=frozenset({"ours", "theirs", "last_visit"}),
    )
    first, second = pages_of(build_brief(facts, load_language("zh_CN", resources() / "i18n")))
    assert ("拜访前" in first, "拜访前" in second) == (True, False)


def preparation_stands_on(facts: BriefFacts, code: str) -> list[int]:
    """The pages on which the head of what is checked before the visit stands."""
    brief = build_brief(facts, load_language(code, resources() / "i18n"))
    title = brief.checklists[0].title
    return [number for number, text in enumerate(pages_of(brief), 1) if re.search(rf"^{title}\b", text, re.MULTILINE)]


@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_that_room_on_the_first_page_is_given_to_the_preparation_also_where_the_record_could_take_it(code: str) -> None:
    facts = samples.xianghe_english() if code == "en" else samples.xianghe()
    thin = replace(facts, contacts=facts.contacts[:2], ours=facts.ours[:1], theirs=(), objections=facts.objections[:1])
    assert preparation_stands_on(facts, code) == [2]
    assert preparation_stands_on(thin, code) == [1]


def test_that_rows_of_the_first_page_come_closer_for_a_preparation_that_nearly_fits(english: Language) -> None:
    facts = samples.xianghe_english()
    facts = with_standard_checklist(
        replace(
            facts,
            visit=replace(facts.visit, purpose=Purpose.PROBLEM),
            distributor=replace(facts.distributor, channel_type=ChannelType.PROJECT, habits=""),
            contacts=facts.contacts[:1],
            ours=facts.ours[:1],
            theirs=facts.theirs[:1],
            objections=(),
            answers={},
        ),
        open_things=frozenset({"ours", "theirs", "last_visit"}),
    )
    front = set_pages(build_brief(facts, english), Typesetter(BOOK)).front
    assert front.level.padding < Level().padding
    assert not front.rest
    assert preparation_stands_on(facts, "en") == [1]


def test_that_a_short_checklist_has_lines_for_everything_that_is_answered_in_words(english: Language) -> None:
    facts = samples.xianghe()
    full = with_standard_checklist(facts).sections
    after = [section for section in full if section.phase is Phase.AFTER]
    without = tuple(
        replace(section, items=tuple(replace(item, kind=ItemKind.CHECK) for item in section.items)) for section in after
    )
    words = sum(item.kind is ItemKind.TEXT for section in after for item in section.items)

    def lines(sections: tuple[Section, ...]) -> int:
        return len(lines_of(build_brief(replace(facts, sections=sections, answers={}), english), 1))

    assert words and lines(tuple(after)) - lines(without) >= words


def test_that_a_short_checklist_leaves_room_rather_than_rows_too_far_apart(english: Language) -> None:
    sections = tuple(one for one in with_standard_checklist(samples.empty()).sections if one.phase is Phase.AFTER)
    record = set_pages(build_brief(replace(samples.empty(), sections=sections), english), Typesetter(BOOK)).others[0]
    assert BODY_BOTTOM - BODY_TOP - stack(record) > 100


def test_that_a_long_answer_is_printed_to_its_end_where_the_page_has_room(english: Language) -> None:
    facts = samples.xianghe()
    note = "He asked when the display money arrives; I promised to find out. " * 4
    answer = Answer(visit_id=samples.VISIT, code=208, note=note + "Then he laughed.")
    assert "Then he laughed." in pages_of(build_brief(replace(facts, answers={208: answer}), english))[1]


def test_that_a_hand_finds_room_for_the_next_step_its_day_and_an_amount(language: Language) -> None:
    millimetre = 72 / 25.4
    lines = lines_of(build_brief(with_standard_checklist(samples.xianghe()), language), 1)
    blanks = [(round(y), (right - left) / millimetre) for left, right, y in lines if 10 < right - left < 0.4 * WIDTH]
    *amounts, (step_line, step), (day_line, day) = [blank for blank in blanks if blank[1] < 60][:4]
    assert step_line == day_line
    assert step > 29
    assert day > 13
    assert all(amount > 21 for _, amount in amounts), blanks


def test_that_the_brief_of_a_closed_visit_asks_for_no_writing_any_more(language: Language) -> None:
    facts = with_standard_checklist(samples.xianghe())
    answers = {
        252: Answer(visit_id=samples.VISIT, code=252, value="good"),
        209: Answer(visit_id=samples.VISIT, code=209, value="48000000"),
        # the one beside it is higher than it has to be
        306: Answer(visit_id=samples.VISIT, code=306, note="They see three schools in December. " * 6),
    }
    for result in ("Sign", ""):
        visit = replace(
            facts.visit, status=VisitStatus.CLOSED, verdict=Verdict.PURSUE, no_next_step=True, result_wanted=result
        )
        brief = build_brief(replace(facts, visit=visit, answers=answers, objections=()), language)
        assert not [right - left for left, right, _ in lines_of(brief, 1) if 12 < right - left < WIDTH - 1]
        assert brief.result == (result or "–")
        checks = {check.code: check for phase in brief.checklists for check in phase.items}
        assert [code for code, check in checks.items() if check.choices and check.form is Form.CHOICE] == ["252", "301"]
        assert len(pages_of(brief)) == 2


@pytest.mark.parametrize("form", [Form.BLANK, Form.NEXT_STEP])
def test_that_what_is_answered_on_the_screen_has_no_blank_beside_it(form: Form, english: Language) -> None:
    words = build_brief(samples.empty(), english).words
    check = Check(code="319", text="Order", form=form, unit="yuan")
    assert strip_of(check, words, Typesetter(BOOK), 200) is not None
    assert strip_of(replace(check, answer="20,000"), words, Typesetter(BOOK), 200) is None


@pytest.mark.parametrize("room", [170, 200, 300, 400])
def test_that_choices_fill_no_more_lines_than_they_must_and_these_evenly(room: int, language: Language) -> None:
    brief = build_brief(with_standard_checklist(samples.empty()), language)
    for check in (check for phase in brief.checklists for check in phase.items if check.form is Form.CHOICE):
        strip = strip_of(check, brief.words, Typesetter(BOOK), room)
        assert strip is not None

        def lines_in(width: float, widths: tuple[float, ...] = tuple(part.width for _, _, part in strip.parts)) -> int:
            lines, x = 1, 0.0
            for one in widths:
                lines, x = (lines + 1, one + 9) if x and x + one > width else (lines, x + one + 9)
            return lines

        assert strip.lines == lines_in(room)
        assert strip.width <= room
        assert strip.lines == 1 or lines_in(strip.width - 1) > strip.lines


def test_that_a_page_too_full_for_paper_measures_stays_one_page_with_closer_rows() -> None:
    facts = with_standard_checklist(samples.empty())
    brief = build_brief(facts, load_language("zh_CN", resources() / "i18n"))
    pages = set_pages(brief, Typesetter(BOOK)).others
    assert len(pages) == 1
    assert BODY_BOTTOM - BODY_TOP - stack(pages[0]) < 3


def test_that_hardly_any_room_is_left_however_many_answers_a_full_checklist_has() -> None:
    language = load_language("zh_CN", resources() / "i18n")
    facts = samples.empty()
    facts = with_standard_checklist(
        replace(facts, distributor=replace(facts.distributor, channel_type=ChannelType.DISTRIBUTION))
    )
    codes = [item.code for section in facts.sections for item in section.items if item.kind is ItemKind.TEXT]
    for count in range(1, 20):
        given = {code: Answer(visit_id=facts.visit.id, code=code, note="他说年底再定。" * 3) for code in codes[-count:]}
        pages = set_pages(build_brief(replace(facts, answers=given), language), Typesetter(BOOK)).others
        assert len(pages) == 1
        assert BODY_BOTTOM - BODY_TOP - stack(pages[0]) < 25, count


def test_that_every_page_says_that_it_is_internal_and_counts_itself(language: Language) -> None:
    brief = build_brief(samples.overfull(), language)
    texts = pages_of(brief)
    for number, text in enumerate(texts, 1):
        assert squeezed(brief.tag) in squeezed(text)
        assert squeezed(brief.footer_word) in squeezed(text)
        assert squeezed(brief.words.page_of(number, len(texts))) in squeezed(text)


def test_that_all_fonts_are_embedded_and_no_helvetica_is_named(language: Language) -> None:
    data, _ = brief_pdf([build_brief(samples.xianghe(), language)], BOOK)
    document = pypdfium2.PdfDocument(data)
    fonts = set()
    for page in document:
        for thing in page.get_objects([raw.FPDF_PAGEOBJ_TEXT]):
            fonts.add(raw.FPDFFont_GetIsEmbedded(raw.FPDFTextObj_GetFont(thing)))
    document.close()
    assert fonts == {1}
    assert b"Helvetica" not in data


def test_that_a_reader_is_told_the_title_and_the_language(language: Language) -> None:
    brief = build_brief(samples.xianghe(), language)
    data, _ = brief_pdf([brief], BOOK)
    document = pypdfium2.PdfDocument(data)
    assert document.get_metadata_value("Title") == brief.title
    document.close()
    assert re.search(rb"/DisplayDocTitle true\b", data)
    told = re.search(rb"/Lang \(([^)]*)\)", data)
    assert told is not None
    assert told[1].decode() == language.code.replace("_", "-")


def test_that_a_brief_is_the_same_bytes_each_time(language: Language) -> None:
    first, _ = brief_pdf([build_brief(samples.xianghe(), language)], BOOK)
    second, _ = brief_pdf([build_brief(samples.xianghe(), language)], FontBook(resources() / "fonts"))
    assert first == second


def test_that_the_language_of_the_paper_is_its_own() -> None:
    facts = samples.xianghe()
    english, chinese = (load_language(code, resources() / "i18n") for code in ("en", "zh_CN"))
    assert "We owe them" in pages_of(build_brief(facts, english))[0]
    assert "我方欠对方" in pages_of(build_brief(facts, chinese))[0]


def test_that_late_days_count_to_the_day_of_the_visit(english: Language) -> None:
    brief = build_brief(samples.xianghe(), english)
    assert [row.late for row in brief.ours.rows] == ["17 days late", "", ""]
    assert [row.code for row in brief.ours.rows] == ["C041", "C046", "C044"]


def test_that_a_promise_due_in_another_year_says_which(english: Language) -> None:
    facts = samples.xianghe()
    days = (date(2026, 12, 31), date(2027, 1, 4), None)
    ours = tuple(replace(one, due_on=day) for one, day in zip(facts.ours, days, strict=True))
    assert [row.due for row in build_brief(replace(facts, ours=ours), english).ours.rows] == [
        "31 Dec",
        "2027-01-04",
        "–",
    ]


def test_that_unauthorised_and_unproven_promises_are_flagged(english: Language) -> None:
    facts = samples.xianghe()
    flagged = build_brief(facts, english).ours.rows[1]
    assert flagged.flags == ("UNAUTHORISED", "NO EVIDENCE")
    noted = tuple(replace(one, evidence_note="on the phone with Sun Wei") for one in facts.ours)
    assert build_brief(replace(facts, ours=noted), english).ours.rows[1].flags == ("UNAUTHORISED",)


def test_that_a_promise_too_long_for_its_cell_keeps_its_flags(english: Language) -> None:
    facts = samples.xianghe()
    long = tuple(replace(one, text=one.text * 12) for one in facts.ours)
    front = pages_of(build_brief(replace(facts, ours=long), english))[0]
    assert "UNAUTHORISED" in front
    assert "NO EVIDENCE" in front


def test_that_a_stance_chosen_against_the_advice_says_so_and_one_that_follows_it_says_why(english: Language) -> None:
    facts = samples.xianghe()
    for stance, reason in ((Stance.PARTNER, facts.advice.reason), (Stance.GUARDIAN, "Chosen by you.")):
        brief = build_brief(replace(facts, visit=replace(facts.visit, stance=stance)), english)
        assert (brief.stance, brief.stance_reason) == (stance.label, reason)


def test_that_a_visit_without_a_place_is_where_the_distributor_is(english: Language) -> None:
    facts = samples.xianghe()
    at_home = replace(
        facts, visit=replace(facts.visit, place=" "), distributor=replace(facts.distributor, address="岳麓大道 5 号")
    )
    assert build_brief(at_home, english).places[0].value == "岳麓大道 5 号"


def test_that_a_last_visit_without_a_summary_tells_the_reason_of_its_verdict(english: Language) -> None:
    facts = samples.xianghe()
    assert facts.last_visit is not None
    last = replace(facts.last_visit, id=VisitId(0), summary=" ", verdict_reason="新来的采购不懂净水")
    assert build_brief(replace(facts, last_visit=last), english).last_visit[0].text == "新来的采购不懂净水"


def test_that_what_was_done_on_the_screen_is_ticked_and_counted(english: Language) -> None:
    before = build_brief(samples.xianghe(), english).checklists[0]
    states = {item.code: item.state for item in before.items}
    assert states["101"] is State.DONE
    assert states["106"] is State.NOT_APPLICABLE
    assert states["108"] is State.OPEN
    assert before.items[6].answer == "孙伟 11-25 答复"
    assert before.count == "7 of 8 done"


def marks_of(brief: Brief) -> tuple[int, int, int]:
    """How many ticks, struck boxes and filled circles are drawn."""
    data, _ = brief_pdf([brief], BOOK)
    document = pypdfium2.PdfDocument(data)
    ticks = strikes = circles = 0
    width, fill, stroke = ctypes.c_float(), ctypes.c_int(), ctypes.c_int()
    for page in document:
        for thing in page.get_objects([raw.FPDF_PAGEOBJ_PATH]):
            left, bottom, right, top = thing.get_bounds()
            raw.FPDFPageObj_GetStrokeWidth(thing.raw, width)
            points = raw.FPDFPath_CountSegments(thing.raw)
            ticks += points == 3 and abs(width.value - 1.7) < 0.01
            strikes += points == 2 and min(right - left, top - bottom) > 5
            raw.FPDFPath_GetDrawMode(thing.raw, fill, stroke)
            is_round = points == 17 and 9 < right - left < 12 and 9 < top - bottom < 12
            circles += bool(fill.value) and bool(stroke.value) and is_round
    document.close()
    return ticks, strikes, circles


def test_that_what_is_done_is_ticked_on_paper_and_what_does_not_apply_is_struck(english: Language) -> None:
    facts = samples.empty()
    ticks, strikes, circles = marks_of(build_brief(facts, english))  # those that say what they mean
    given = (
        Answer(visit_id=samples.VISIT, code=101, state=AnswerState.DONE),
        Answer(visit_id=samples.VISIT, code=106, state=AnswerState.NOT_APPLICABLE),
        Answer(visit_id=samples.VISIT, code=206, state=AnswerState.DONE, value="tidy"),
    )
    rated = replace(facts.visit, interest=4, fit=1)
    answered = replace(facts, visit=rated, answers={one.code: one for one in given})
    # the question about the shelves and the answer chosen there have a box each, and the rating has one
    assert marks_of(build_brief(answered, english)) == (ticks + 4, strikes + 1, circles + 2)


def test_that_the_next_step_is_ticked_once_it_has_a_day_or_there_is_to_be_none(english: Language) -> None:
    facts = samples.empty()

    def state(**changes: object) -> State:
        visit = replace(facts.visit, **changes)  # type: ignore[arg-type]  # by name
        items = build_brief(replace(facts, visit=visit), english).checklists[-1].items
        return next(item.state for item in items if item.form is Form.NEXT_STEP)

    assert state() is State.OPEN
    assert state(no_next_step=True) is State.DONE
    assert state(next_step="Offer", next_step_on=date(2026, 12, 1)) is State.DONE


def test_that_an_objection_is_ticked_only_when_it_was_raised(english: Language) -> None:
    facts = samples.xianghe()
    first, *others = facts.objections
    raised = (replace(first, raised=True), *(replace(one, raised=False) for one in others))
    during = build_brief(replace(facts, objections=raised), english).checklists[1]
    marked = {choice.label: choice.is_chosen for item in during.items if item.code == "207" for choice in item.choices}
    assert marked == {first.kind.label: True, **{one.kind.label: False for one in others}}


def test_that_ratings_of_the_visit_are_marked_until_the_question_itself_is_answered(english: Language) -> None:
    facts = samples.empty()
    rated = replace(facts, visit=replace(facts.visit, interest=4, strength=2))

    def marks(answer: str = "") -> list[int | None]:
        given = {303: Answer(visit_id=samples.VISIT, code=303, value=answer)} if answer else {}
        items = build_brief(replace(rated, answers=given), english).checklists[-1].items
        return [scale.value for item in items for scale in item.scales]

    assert marks() == [4, None, 2]
    assert marks("5,1,3") == [5, 1, 3]


@pytest.mark.parametrize(("days", "said"), [(0, "seen the same day"), (1, "seen 1 day ago"), (3, "seen 3 days ago")])
def test_that_the_head_says_how_long_ago_they_were_seen(english: Language, days: int, said: str) -> None:
    facts = samples.xianghe()
    assert facts.last_visit is not None
    last = replace(facts.last_visit, starts_at=facts.visit.starts_at - timedelta(days=days))
    assert said in build_brief(replace(facts, last_visit=last), english).facts_line


@pytest.mark.parametrize(
    ("status", "code", "said"),
    [
        (Status.ACTIVE, "en", "Active since 2018"),
        (Status.AT_RISK, "en", "At risk, partner since 2018"),
        (Status.AT_RISK, "zh_CN", "有风险，2018 年起合作"),
    ],
)
def test_that_the_year_of_a_partner_is_not_said_of_a_status_that_came_later(
    status: Status, code: str, said: str
) -> None:
    facts = samples.xianghe()
    brief = build_brief(
        replace(facts, distributor=replace(facts.distributor, status=status)),
        load_language(code, resources() / "i18n"),
    )
    assert said in brief.facts_line


def test_that_unknown_facts_are_left_out_or_a_dash(english: Language) -> None:
    brief = build_brief(samples.empty(), english)
    assert (brief.figures, brief.profile, brief.people, brief.last_visit) == ((), (), (), ())
    assert brief.places[0].value == "–"
    front = pages_of(brief)[0]
    assert "Nothing open." in front
    assert "No visit is recorded yet." in front
    assert "No objections prepared · 207" in front


def test_that_late_and_flagged_promises_are_never_cut_from_the_first_page(english: Language) -> None:
    facts = samples.overfull()
    brief = build_brief(facts, english)
    front = pages_of(brief)[0]
    for row in (*brief.ours.rows, *brief.theirs.rows):
        if row.must_stay:
            assert row.code in front


def test_that_what_is_cut_goes_on_on_the_page_that_is_named(english: Language) -> None:
    brief = build_brief(samples.overfull(), english)
    texts = pages_of(brief)
    named = {int(page) for page in re.findall(r"more, page (\d)", texts[0])}
    assert named == {3}
    assert "Continued from page 1" in texts[2]
    assert {row.code for row in brief.ours.rows} <= set(re.findall(r"C\d{3}", texts[0] + texts[2]))


def late_on_both_sides(count: int) -> BriefFacts:
    facts = samples.xianghe()
    late = replace(facts.theirs[0], due_on=date(2026, 9, 1), visit_id=None)
    return replace(
        facts,
        ours=tuple(replace(facts.ours[1], id=CommitmentId(100 + n), due_on=date(2026, 9, 1)) for n in range(count)),
        theirs=tuple(replace(late, id=CommitmentId(300 + n)) for n in range(count)),
    )


@pytest.mark.parametrize("count", [4, 5])
def test_that_rows_go_on_behind_the_record_before_they_come_closer_than_the_least_padding(
    count: int, english: Language
) -> None:
    facts = with_standard_checklist(samples.xianghe_english())
    ours = tuple(replace(facts.ours[n % 3], id=CommitmentId(500 + n), visit_id=None) for n in range(count))
    theirs = tuple(replace(facts.theirs[n % 3], id=CommitmentId(600 + n), visit_id=None) for n in range(4))
    objections = tuple(replace(facts.objections[n % 3], bring=f"Paper{n}") for n in range(8 - count))
    brief = build_brief(replace(facts, ours=ours, theirs=theirs, objections=objections), english)
    rules = sorted({y for left, right, y in lines_of(brief, 0) if right - left > WIDTH - 1 and y < BODY_BOTTOM})
    # the rows of people are a line each: its leading and the least padding above and below
    assert min(after - before for before, after in pairwise(rules)) > TABLE.leading - 1 + 2 * 2.2 - 0.1
    texts = pages_of(brief)
    assert len(texts) == 3
    assert all(row.code in texts[0] for row in (*brief.ours.rows, *brief.theirs.rows) if row.must_stay)
    assert all(row.code in texts[0] + texts[2] for row in (*brief.ours.rows, *brief.theirs.rows))
    assert all(one.bring in texts[0] + texts[2] for one in objections)
    assert all(one.name in texts[0] + texts[2] for one in facts.participants)


def test_that_lines_keep_their_distance_as_long_as_rows_may_go_on_behind_the_record(language: Language) -> None:
    facts = samples.xianghe()
    objections = tuple(replace(facts.objections[n % 3], position=n) for n in range(9))
    level = set_pages(build_brief(replace(facts, objections=objections), language), Typesetter(BOOK)).front.level
    assert (level.padding, level.leading) == (2.2, TABLE.leading)
    assert level.objections >= 3


def test_that_what_goes_on_over_two_pages_names_both(english: Language) -> None:
    words = build_brief(samples.empty(), english).words
    for pages, said in (((3, 3), "+ 4 more, page 3"), ((2, 3), "+ 4 more, page 2–3")):
        assert Carried({Part.OURS: 4}, {Part.OURS: pages}).sentence(words, Part.OURS, 4) == said


def test_that_late_promises_beyond_the_first_page_are_all_printed_as_long_as_the_third_holds_them(
    language: Language,
) -> None:
    brief = build_brief(late_on_both_sides(30), language)
    texts = pages_of(brief)
    printed = set(re.findall(r"C\d{3}", texts[0] + texts[2]))
    assert {row.code for row in (*brief.ours.rows, *brief.theirs.rows)} <= printed


def test_that_flagged_promises_go_on_before_those_that_are_due_earlier(language: Language) -> None:
    facts = samples.xianghe()
    calm, flagged = replace(facts.ours[2], due_on=date(2026, 12, 1)), replace(facts.ours[1], due_on=date(2026, 12, 20))
    both = (*(calm,) * 12, *(flagged,) * 30)
    ours = tuple(replace(one, id=CommitmentId(500 + number)) for number, one in enumerate(both))
    brief = build_brief(replace(facts, ours=ours), language)
    rest = re.findall(r"C5\d\d", pages_of(brief)[2])
    urgent = [row.must_stay for code in rest for row in brief.ours.rows if row.code == code]
    assert set(urgent) == {True, False}
    assert urgent == sorted(urgent, reverse=True)


def answered_at_length(facts: BriefFacts, *phases: Phase, note: str) -> BriefFacts:
    """``facts`` with the standard checklist, every item of ``phases`` answered with ``note``."""
    facts = with_standard_checklist(facts, open_things=frozenset({"ours", "theirs", "last_visit"}))
    codes = [item.code for section in facts.sections if section.phase in phases for item in section.items]
    return replace(facts, answers={code: Answer(visit_id=facts.visit.id, code=code, note=note) for code in codes})


@pytest.mark.parametrize(("code", "late"), [("en", 3), ("en", 22), ("zh_CN", 3), ("zh_CN", 26)])
def test_that_a_full_first_page_goes_on_behind_a_record_of_two_pages_and_not_on_a_fourth(code: str, late: int) -> None:
    facts = answered_at_length(late_on_both_sides(late), Phase.AFTER, note="他说年底再定。" * 20)
    objections = tuple(replace(facts.objections[n % 3], bring=f"Paper{n}") for n in range(9))
    brief = build_brief(replace(facts, objections=objections), load_language(code, resources() / "i18n"))
    texts = pages_of(brief)
    assert len(texts) == 3
    assert all(row.code in texts[0] + texts[2] for row in (*brief.ours.rows, *brief.theirs.rows))
    assert late > 3 or all(one.bring in texts[0] + texts[2] for one in objections[:5])


def test_that_what_finds_no_room_behind_a_record_of_two_full_pages_is_told_as_in_the_file(english: Language) -> None:
    facts = answered_at_length(samples.overfull(), Phase.BEFORE, Phase.DURING, Phase.AFTER, note="他说年底再定。\n" * 9)
    brief = build_brief(facts, english)
    texts = pages_of(brief)
    assert len(texts) == 3
    shown = sum(row.code in texts[0] for row in brief.ours.rows)
    hidden = [int(count) for count in re.findall(r"\+ (\d+) more(?: late or flagged)? in the file", texts[0])]
    assert hidden and not re.findall(r"more.*, page \d", texts[0])
    assert len(brief.ours.rows) - shown in (hidden[0], sum(hidden[:2]))


@pytest.mark.parametrize(("first", "every"), [(0, 1), (6, 2), (8, 3)])
def test_that_items_without_room_on_two_pages_are_counted_in_a_line_of_their_own(
    first: int, every: int, english: Language
) -> None:
    facts = answered_at_length(samples.empty(), Phase.BEFORE, Phase.DURING, Phase.AFTER, note="Say so.\n" * 9)
    answered = list(facts.answers)[first::every]
    facts = replace(facts, answers={code: facts.answers[code] for code in answered})
    brief = build_brief(facts, english)
    pages = set_pages(brief, Typesetter(BOOK))
    assert all(stack(page) <= BODY_BOTTOM - BODY_TOP for page in pages.others)
    codes = [check.code for phase in brief.checklists for check in phase.items]
    printed = set(re.findall(r"\b\d{3}\b", "".join(pages_of(brief))))
    left = [code for code in codes if code not in printed]
    told = re.findall(r"^\+ (\d+) more in the file$", pages_of(brief)[-1], re.MULTILINE)
    assert left
    assert told == ([str(len(left))] if left else [])


def test_that_late_promises_without_any_room_are_counted_honestly(english: Language) -> None:
    brief = build_brief(late_on_both_sides(90), english)
    texts = pages_of(brief)
    for owed in (brief.ours, brief.theirs):
        here, there = (sum(row.code in text for row in owed.rows) for text in (texts[0], texts[2]))
        assert f"+ {90 - here} more late or flagged, {there} of them on page 3" in texts[0]
    lost = sum(row.code not in texts[0] + texts[2] for row in (*brief.ours.rows, *brief.theirs.rows))
    assert f"+ {lost} more late or flagged in the file" in texts[2]


def test_that_a_page_is_named_only_for_what_is_printed_there(english: Language) -> None:
    facts = late_on_both_sides(90)
    front, _, rest = pages_of(build_brief(facts, english))
    assert not any(one.name in rest for one in facts.participants)
    assert f"+ {len(facts.participants)} more in the file" in front
    assert f"+ {len(facts.objections)} more in the file" in front


def test_that_people_who_stand_elsewhere_are_counted_as_people() -> None:
    facts = samples.xianghe()
    people = tuple(replace(facts.contacts[n % 4], id=ContactId(60 + n)) for n in range(40))
    chinese = load_language("zh_CN", resources() / "i18n")
    front = squeezed(pages_of(build_brief(replace(facts, contacts=people), chinese))[0])
    assert re.search(r"另有\d+人，", front)
    assert not re.search(r"另有\d+项", front)


def test_that_the_words_for_what_is_cut_fit_beside_the_other_list(language: Language) -> None:
    words = build_brief(samples.xianghe(), language).words
    longest = words.more_urgent.told(199, 188, "2–3")
    assert Typesetter(BOOK).width(longest, TABLE.in_bold()) <= HALF


def calm_promises(count: int) -> BriefFacts:
    facts = samples.xianghe()
    calm = replace(facts.theirs[0], visit_id=None, due_on=date(2026, 12, 20))
    return replace(facts, theirs=tuple(replace(calm, id=CommitmentId(500 + number)) for number in range(count)))


def test_that_promises_neither_late_nor_flagged_fill_the_room_there_is_and_the_others_are_counted(
    english: Language,
) -> None:
    front = pages_of(build_brief(calm_promises(25), english))[0]
    shown = len(re.findall(r"C5\d\d", front))
    assert shown > 3
    assert f"+ {25 - shown} more, page 3" in front


def test_that_the_shorter_list_of_promises_goes_on_as_far_as_the_longer_one_reaches(english: Language) -> None:
    facts = samples.xianghe()
    late = tuple(replace(facts.ours[0], id=CommitmentId(100 + number)) for number in range(9))
    front = pages_of(build_brief(replace(calm_promises(40), ours=late), english))[0]
    shown = len(re.findall(r"C5\d\d", front))
    assert shown >= 8
    assert f"+ {40 - shown} more, " in front


def test_that_one_thing_more_pushes_out_no_more_than_one_or_two(english: Language) -> None:
    def shown(count: int) -> int:
        people = tuple(replace(one, id=ContactId(60 + n), name=f"Guest{n:02d}") for n, one in enumerate(many[:count]))
        return len(set(re.findall(r"Guest\d\d", pages_of(build_brief(replace(facts, contacts=people), english))[0])))

    facts = samples.xianghe()
    many = facts.contacts * 8
    counts = [shown(count) for count in range(4, 12)]
    assert counts[0] == 4
    assert all(abs(after - before) <= 2 for before, after in pairwise(counts)), counts
    assert min(counts[1:]) >= 5, counts


def test_that_room_left_by_the_last_cut_goes_to_words_before_it_goes_between_rows(english: Language) -> None:
    facts = samples.overfull()
    visit = replace(facts.visit, place="Room 2105, Tower B, 5 Zhujiang Road")
    long = replace(facts.theirs[0], visit_id=None, due_on=date(2026, 12, 20), text=visit.result_wanted)
    for count in (3, 5, 9):
        rows = tuple(replace(long, id=CommitmentId(500 + number)) for number in range(count))
        brief = build_brief(
            replace(facts, visit=visit, distributor=replace(facts.distributor, name="Acme"), ours=rows, theirs=rows),
            english,
        )
        assert "Zhujiang Road" in pages_of(brief)[0].replace("\n", " ")
        left = BODY_BOTTOM - BODY_TOP - stack(set_pages(brief, Typesetter(BOOK)).front.pieces)
        assert left < COMPACT.leading, count


def test_that_promises_that_go_on_side_by_side_end_on_one_line(english: Language) -> None:
    facts = calm_promises(30)
    long = tuple(replace(one, text=one.text * (number % 4 + 1)) for number, one in enumerate(facts.theirs))
    ours = tuple(replace(one, id=CommitmentId(700 + number)) for number, one in enumerate(facts.theirs))
    rules = lines_of(build_brief(replace(facts, ours=ours, theirs=long), english), 2)
    left, right = ([round(y) for x, end, y in rules if abs(end - x - HALF) < 1 and x // 300 == side] for side in (0, 1))
    assert len(left) > 8
    assert left == right


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Display claim of ¥38,000 paid out", False),
        ("展台费 38000 元核销到账", False),
        ("CNY 38,000.00 paid out", False),
        ("Display claim paid out", True),
        ("38,000 leaflets paid out", True),
        ("¥138,000 paid out", True),
        ("约 3.8 万元", True),
    ],
)
def test_that_the_amount_of_a_promise_is_told_where_its_words_do_not(text: str, told: bool, english: Language) -> None:
    facts = samples.xianghe()
    one = replace(facts.ours[0], text=text, amount_minor=3_800_000)
    (row,) = build_brief(replace(facts, ours=(one,)), english).ours.rows
    assert ("¥38,000" in row.evidence) is told


@pytest.mark.parametrize(
    ("note", "told"),
    [("Photo of the shelf", "Photo of the shelf"), ("shelf check", "Photo: shelf check"), ("", "Photo")],
)
def test_that_a_proof_that_names_its_kind_names_it_once(note: str, told: str, english: Language) -> None:
    facts = samples.xianghe()
    one = replace(facts.ours[0], evidence=Evidence.PHOTO, evidence_note=note, amount_minor=None)
    (row,) = build_brief(replace(facts, ours=(one,)), english).ours.rows
    assert row.evidence.split(" · ")[0] == told


@pytest.mark.parametrize(
    ("confirmed", "told"),
    [(None, "never confirmed"), (date(2026, 5, 1), "not confirmed for half a year"), (date(2026, 11, 1), None)],
)
def test_that_a_profile_that_is_not_confirmed_says_so_as_far_as_it_is_known(
    confirmed: date | None, told: str | None, english: Language
) -> None:
    facts = samples.xianghe()
    brief = build_brief(
        replace(facts, distributor=replace(facts.distributor, confirmed_on=confirmed)),
        english,
    )
    assert next((fact.value for fact in brief.profile if fact.label == "Profile"), None) == told


@pytest.mark.parametrize("late", [4, 8, 10, 12, 16])
def test_that_every_fact_of_the_profile_is_on_the_first_page_or_counted_there(late: int, english: Language) -> None:
    brief = build_brief(late_on_both_sides(late), english)
    front = pages_of(brief)[0]
    shown = sum(squeezed(fact.label + fact.value[:6]) in squeezed(front) for fact in brief.profile)
    shown += len(brief.figures) * (brief.figures[-1].value in front)
    hidden = len(brief.profile) + len(brief.figures) - shown
    assert (f"Profile + {hidden} more" in front) is bool(hidden)
    assert "Profile + 0" not in front


def test_that_the_profile_gives_way_fact_by_fact_from_its_end(english: Language) -> None:
    facts = samples.xianghe_english()
    name = "Greater Bay Area International Water Purification Equipment Limited"
    people = (*facts.contacts, replace(facts.contacts[1], id=ContactId(9)))
    known = replace(facts.distributor, name=name)
    brief = build_brief(replace(facts, distributor=known, contacts=people), english)
    texts = pages_of(brief)
    assert [fact.value[:12] in texts[0] for fact in brief.profile] == [True, True, True, False, False]
    # not worth a sheet of paper of its own
    assert "Profile + 2 more in the file" in texts[0]
    assert len(texts) == 2


@pytest.mark.parametrize(("name", "shown"), [("xianghe", 6), ("overfull", 3)])
def test_that_goals_beyond_those_shown_are_counted(name: str, shown: int, english: Language) -> None:
    facts: BriefFacts = getattr(samples, name)()
    goals = tuple(f"wish{number}" for number in range(9))
    front = pages_of(build_brief(replace(facts, visit=replace(facts.visit, goals=goals)), english))[0]
    assert sum(goal in front for goal in goals) == shown
    assert re.search(rf"wish{shown - 1}\s+\+ {9 - shown} more in the file", front)


@pytest.mark.parametrize(("currency", "unit"), [("CNY", "yuan"), ("", "yuan"), ("EUR", "EUR")])
def test_that_the_line_for_an_amount_names_the_distributors_currency(
    english: Language, currency: str, unit: str
) -> None:
    facts = samples.xianghe()
    situation = Situation(purpose=facts.visit.purpose, channel_type=None, status=facts.distributor.status)
    facts = replace(
        facts,
        sections=sections_for(load_template(resources() / "checklists"), situation),
        distributor=replace(facts.distributor, currency=currency),
    )
    brief = build_brief(facts, english)
    sales = [item for part in brief.checklists for item in part.items if item.code == "209"]
    assert [item.unit for item in sales] == [unit]


def test_that_hostile_text_prints_as_it_was_written(english: Language) -> None:
    facts = samples.xianghe()
    hostile = "a<b <img src='/etc/passwd'> & ]TJ %PDF {0} {name}"
    facts = replace(
        facts,
        distributor=replace(facts.distributor, name=hostile, habits=hostile),
        contacts=(replace(facts.contacts[0], name=hostile), *facts.contacts[1:]),
        visit=replace(facts.visit, result_wanted=hostile, place="x" * 200_000),
    )
    text = squeezed(pages_of(build_brief(facts, english))[0])
    assert text.count(squeezed(hostile)) >= 2


@settings(max_examples=25)
@given(st.lists(st.text(max_size=80), min_size=8, max_size=8))
def test_that_any_text_can_be_printed(written: list[str]) -> None:
    facts = samples.xianghe()
    assert facts.last_visit is not None
    name, result, goal, promise, person, said, summary, note = written
    facts = replace(
        facts,
        distributor=replace(facts.distributor, name=name, short_name=name, habits=note),
        visit=replace(facts.visit, result_wanted=result, goals=(goal, promise), place=person, subject=note),
        contacts=tuple(replace(one, name=person, wants=said) for one in facts.contacts),
        ours=tuple(replace(one, text=promise, evidence_note=note) for one in facts.ours),
        objections=tuple(replace(one, they_say=said, answer=summary) for one in facts.objections),
        last_visit=replace(facts.last_visit, summary=summary, next_step=note),
        answers={code: replace(answer, note=note, value=goal) for code, answer in facts.answers.items()},
        author=person,
    )
    assert len(pages_of(build_brief(facts, load_language("en", resources() / "i18n")))) <= 3


def test_that_many_briefs_fill_one_file_with_bookmarks(tmp_path: Path, english: Language) -> None:
    facts = samples.xianghe()
    names = [f"公司 {number}" for number in range(5)]

    def briefs() -> Iterator[Brief]:
        for name in names:
            yield build_brief(replace(facts, distributor=replace(facts.distributor, name=name)), english)

    target = tmp_path / "简报.pdf"
    assert render_briefs(briefs(), target, book=BOOK).count == 5
    document = pypdfium2.PdfDocument(target)
    titles = [bookmark.get_title() for bookmark in document.get_toc()]
    document.close()
    assert [title for title in titles if "公司" in title] == [f"Visit brief {name}, Thu 26 Nov" for name in names]
    assert list(tmp_path.iterdir()) == [target]


def told_by(*briefs: Brief) -> dict[str, str]:
    data, _ = brief_pdf(briefs, BOOK)
    document = pypdfium2.PdfDocument(data)
    told = document.get_metadata_dict()
    document.close()
    return told


def test_that_a_file_of_several_briefs_is_named_by_their_days(english: Language) -> None:
    facts = samples.xianghe()
    visits = [replace(facts.visit, starts_at=facts.visit.starts_at + timedelta(days=days)) for days in (2, 0, 1)]
    briefs = [build_brief(replace(facts, visit=visit), english) for visit in visits]
    told = told_by(*briefs)
    assert (told["Title"], told["Subject"]) == ("Visit briefs, 2026-11-26 to 2026-11-28", "3 visit briefs")
    assert told_by(briefs[0], briefs[0])["Title"] == "Visit briefs, 2026-11-28"
    assert told_by(briefs[0])["Title"] == briefs[0].title


def test_that_a_file_of_several_briefs_is_named_in_the_language_of_the_paper() -> None:
    brief = build_brief(samples.xianghe(), load_language("zh_CN", resources() / "i18n"))
    told = told_by(brief, brief)
    assert (told["Title"], told["Subject"]) == ("拜访简报 2026-11-26", "2 份拜访简报")


@pytest.mark.parametrize(("hours", "offset"), [(8, "+08'00'"), (0, "+00'00'"), (-3.5, "-03'30'")])
def test_that_a_file_is_dated_by_the_clock_of_its_facts(hours: float, offset: str, english: Language) -> None:
    as_of = datetime(2026, 11, 22, 20, 0, 5, tzinfo=timezone(timedelta(hours=hours)))
    told = told_by(build_brief(replace(samples.xianghe(), as_of=as_of, zone=as_of.tzinfo), english))
    assert told["CreationDate"] == told["ModDate"] == f"D:20261122200005{offset}"


@dataclass
class Stopping:
    """A job that is cancelled after ``after`` briefs."""

    after: int
    told: list[tuple[int, int]] = field(default_factory=list)

    @property
    def cancelled(self) -> bool:
        return len(self.told) >= self.after

    def report(self, done: int, total: int) -> None:
        self.told.append((done, total))


def test_that_a_cancelled_job_makes_nothing_and_ends_with_the_brief_that_is_drawn(english: Language) -> None:
    control = Stopping(after=2)
    made = Printer(resources()).brief_pdf([samples.xianghe()] * 5, language=english, control=control)
    assert made == (b"", Printed(0))
    assert control.told == [(1, 5), (2, 5)]


def test_that_a_job_that_is_not_cancelled_tells_each_brief(english: Language) -> None:
    control = Stopping(after=9)
    data, printed = Printer(resources()).brief_pdf([samples.xianghe()] * 2, language=english, control=control)
    assert data.startswith(b"%PDF")
    assert printed == Printed(2)
    assert control.told == [(1, 2), (2, 2)]


def test_that_a_place_that_cannot_be_written_is_named(tmp_path: Path, english: Language) -> None:
    brief = build_brief(samples.xianghe(), english)
    target = tmp_path / "no such folder" / "a.pdf"
    with pytest.raises(UserError) as caught:
        render_briefs([brief], target, book=BOOK)
    assert caught.value.code == "folder_missing"
    assert caught.value.params["path"] == str(target.parent)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has such a folder")
def test_that_a_folder_that_is_there_and_takes_no_files_is_not_called_missing(english: Language) -> None:
    with pytest.raises(UserError) as caught:
        render_briefs([build_brief(samples.xianghe(), english)], Path("/proc/a.pdf"), book=BOOK)
    assert caught.value.code == "file_denied"


class Kept(io.BytesIO):
    """A file that somebody else has open, or in a folder that is only for reading."""

    name = "/paper/a.pdf"

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number

    def write(self, _data: object) -> int:
        raise OSError(self._number, "no")


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM, errno.EROFS])
def test_that_a_file_kept_by_others_is_told_with_what_to_do(number: int, english: Language) -> None:
    with pytest.raises(UserError) as caught:
        render_briefs([build_brief(samples.xianghe(), english)], Kept(number), book=BOOK)
    assert str(caught.value) == (
        "/paper/a.pdf may not be written. Close it in other programs, or choose another folder."
    )


def test_that_a_failed_write_keeps_the_old_file_and_leaves_no_part(tmp_path: Path, english: Language) -> None:
    target = tmp_path / "a.pdf"
    target.mkdir()
    with pytest.raises(UserError):
        render_briefs([build_brief(samples.xianghe(), english)], target, book=BOOK)
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_that_a_full_disk_is_named(english: Language) -> None:
    with Path("/dev/full").open("wb", buffering=0) as full, pytest.raises(UserError) as caught:
        render_briefs([build_brief(samples.xianghe(), english)], full, book=BOOK)
    assert caught.value.code == "disk_full"


def test_that_writing_a_document_opens_no_file_of_others_to_everybody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, english: Language
) -> None:
    """The mask is one for all threads: what another one creates while it is changed would get the wrong rights."""
    monkeypatch.setattr(os, "umask", lambda _mask: pytest.fail("the mask of the process was changed"))
    target = tmp_path / "a.pdf"
    assert render_briefs([build_brief(samples.xianghe(), english)], target, book=BOOK).count == 1
    (tmp_path / "as usual").touch()
    assert target.stat().st_mode == (tmp_path / "as usual").stat().st_mode


def test_that_a_brief_can_be_written_to_an_open_file(english: Language) -> None:
    buffer = io.BytesIO()
    assert render_briefs([build_brief(samples.xianghe(), english)], buffer, book=BOOK).count == 1
    assert buffer.getvalue().startswith(b"%PDF")


def test_that_pages_become_pictures_of_the_wanted_width(english: Language) -> None:
    data, _ = brief_pdf([build_brief(samples.xianghe(), english)], BOOK)
    with Preview(data) as preview:
        assert len(preview) >= 2
        picture = preview.picture(0, 600)
        assert picture.width == 600
        assert len(picture.pixels) == picture.width * picture.height * 4
        assert len(set(picture.pixels)) > 10


def test_that_the_brief_of_a_visit_that_was_called_off_says_so_on_every_page(english: Language) -> None:
    facts = samples.xianghe()
    called_off = replace(facts, visit=replace(facts.visit, status=VisitStatus.CANCELLED))
    pages = pages_of(build_brief(called_off, english))
    assert pages and all("CALLED OFF" in page for page in pages)
    assert not any("CALLED OFF" in page for page in pages_of(build_brief(facts, english)))


def test_that_a_long_code_stands_beside_the_promise_and_not_on_it(english: Language) -> None:
    facts = samples.xianghe()
    long = replace(facts, ours=tuple(replace(one, id=CommitmentId(123450 + n)) for n, one in enumerate(facts.ours)))
    setters = [PromiseSetter(build_brief(one, english), Typesetter(BOOK), padding=1, most=2) for one in (facts, long)]
    known, longer = (setter.places[1].x for setter in setters)
    assert known == 25
    assert longer > Typesetter(BOOK).width("C123450", CODE) + 5


@pytest.mark.parametrize(
    ("start", "hours", "days", "times"),
    [
        (22, 3, "Thu 26 Nov to Fri 27 Nov", "22:00–1:00"),
        (0, 24, "Thu 26 Nov", "0:00–24:00"),
        (9, 56, "Thu 26 Nov to Sat 28 Nov", "9:00–17:00"),
    ],
)
def test_that_a_visit_beyond_midnight_names_its_last_day(
    start: int, hours: int, days: str, times: str, english: Language
) -> None:
    facts = samples.xianghe()
    begins = datetime(2026, 11, 26, start, tzinfo=samples.SHANGHAI)
    visit = replace(facts.visit, starts_at=begins, ends_at=begins + timedelta(hours=hours))
    brief = build_brief(replace(facts, visit=visit), english)
    assert (brief.day, brief.time) == (days, times)
    assert days in pages_of(brief)[0]


@pytest.mark.parametrize(
    "name", ["长沙湘禾商贸集团股份有限责任公司" * 7, "Xianghe Trading and Distribution " * 4, "W" * 120]
)
def test_that_a_long_name_is_printed_to_its_end(name: str, english: Language) -> None:
    facts = samples.xianghe()
    brief = build_brief(replace(facts, distributor=replace(facts.distributor, name=name)), english)
    assert squeezed(name) in squeezed(pages_of(brief)[0])


@pytest.mark.parametrize(("currency", "minor"), [("USD", 123_456_789_00), ("VND", 123_456_789_000_000)])
def test_that_an_amount_takes_the_room_it_needs_of_the_other_figures(
    currency: str, minor: int, language: Language
) -> None:
    facts = samples.xianghe()
    known = replace(
        facts.distributor, currency=currency, annual_sales_minor=minor, credit_limit_minor=minor, stores=12, vehicles=6
    )
    brief = build_brief(replace(facts, distributor=known), language)
    front = pages_of(brief)[0]
    assert [figure.value for figure in brief.figures if figure.value not in front] == []
    setter = Typesetter(BOOK)
    longest = (*brief.figures, *(replace(figure, value=figure.value * 2) for figure in brief.figures))
    pieces = profile_pieces(longest, (), setter, lines=1)
    assert stack(pieces) > stack(profile_pieces(brief.figures, (), setter, lines=1)), "on two rows"


def test_that_the_usual_people_of_an_english_brief_stand_on_one_line_each(english: Language) -> None:
    brief = build_brief(samples.xianghe_english(), english)
    setter = Typesetter(BOOK)
    rows = [person_row(one, people_places(brief), setter, padding=0, most=3) for one in brief.people]
    assert [row.height for row in rows] == [TABLE.leading] * len(rows)


def test_that_the_figures_stay_on_the_first_page_longer_than_more_words_of_the_last_visit(english: Language) -> None:
    facts = samples.xianghe_english()
    people = tuple(
        replace(facts.contacts[n % 4], id=ContactId(20 + n), name=f"{facts.contacts[n % 4].name}-Wu") for n in range(6)
    )
    brief = build_brief(replace(facts, contacts=people), english)
    front = pages_of(brief)[0]
    assert all(f"{figure.label}\n{figure.value}" in front for figure in brief.figures)
