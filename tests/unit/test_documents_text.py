"""Setting text: faces, narrow marks, traditional text, cuts; and that all of it copies as the real characters."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from shutil import copyfile

import pypdfium2
import pytest

from channel_desk.documents.render.fonts import FontBook
from channel_desk.documents.render.palette import ALERT, BODY, FLAG, TITLE
from channel_desk.documents.render.pdf import Pdf
from channel_desk.documents.render.text import Mark, Span, Typesetter, clean, narrowed
from channel_desk.paths import resources
from tests.unit.emoji import (
    BURNING_HEART,
    CHINA,
    COUPLE,
    FAMILY,
    HEART,
    KEY_HASH,
    KEY_ONE,
    KEY_TWO,
    LIGHT_THUMB,
    MECHANIC,
    REGION,
    SMILE,
    STAR,
    TELEPHONE,
    THUMB,
    TICK,
    WARNING,
)

FOLDER = resources() / "fonts"
#: A character that no face of ours draws: hieroglyphs.
UNKNOWN = chr(0x13000)


@pytest.fixture(scope="module")
def book() -> FontBook:
    return FontBook(FOLDER)


def printed(book: FontBook, *lines: str) -> bytes:
    pdf = Pdf(book, title="Test", author="", language="zh_CN")
    for number, line in enumerate(lines):
        pdf.text(line, BODY, 40, 40 + number % 50 * 15)
        if number % 50 == 49:
            pdf.end_page()
    pdf.end_page()
    return pdf.finish()


def copied(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_that_the_shipped_faces_are_those_of_their_list() -> None:
    listed = {one["file"]: one["sha256"] for one in json.loads((FOLDER / "fonts.json").read_text("utf-8"))["faces"]}
    assert {path.name: sha256(path.read_bytes()).hexdigest() for path in FOLDER.glob("*.ttf")} == listed


def test_that_all_digits_have_the_same_width(book: FontBook) -> None:
    for bold in (False, True):
        assert len({book.typeface(bold=bold).advances[digit] for digit in "0123456789"}) == 1


def test_that_every_character_of_gbk_big5_and_the_standard_list_has_a_glyph(book: FontBook) -> None:
    face = book.typeface(bold=False).faces[0]
    standard = "".join((resources().parent / "installer" / "standard_characters.txt").read_text("utf-8").split())
    common = [
        character
        for lead in range(0xB0, 0xF8)
        for trail in range(0xA1, 0xFF)
        if (character := bytes((lead, trail)).decode("gb2312", "ignore"))
    ]
    missing = [character for character in (*standard, *common, *"☐☑☒✔✗łőŘąęœ€・×") if not face.glyph(ord(character))]
    assert missing == []


def test_that_every_character_above_ffff_copies_as_itself(book: FontBook) -> None:
    rare = [chr(code) for code in book.typeface(bold=False).faces[0].codes() if 0x20000 <= code < 0x40000]
    assert len(rare) > 190
    lines = ["".join(rare[start : start + 30]) for start in range(0, len(rare), 30)]
    text = copied(printed(book, *lines))
    assert [character for character in rare if character not in text] == []


def test_that_narrow_quotes_copy_as_the_real_ones_and_are_narrower(book: FontBook) -> None:
    sentence = "You haven’t seen “it” yet… 3 × 4 · 5"
    assert copied(printed(book, sentence)).strip() == sentence
    setter = Typesetter(book)
    assert setter.width("“it”", BODY) < setter.width("“好”", BODY) - BODY.size * 0.5


def test_that_quotes_in_chinese_stay_full_width(book: FontBook) -> None:
    setter = Typesetter(book)
    assert setter.width("说“CJ”了", BODY) == pytest.approx(
        setter.width("说了", BODY) + setter.width("CJ", BODY) + 2 * BODY.size, abs=1
    )


@pytest.mark.parametrize("mark", "，。、；：？！）》")
def test_that_full_width_marks_that_meet_share_their_empty_halves(book: FontBook, mark: str) -> None:
    setter = Typesetter(book)
    alone = setter.width(f"好{mark}", BODY)
    assert setter.width(f"好{mark}”", BODY) == pytest.approx(alone + BODY.size / 2, abs=0.1)
    assert setter.width(f"好{mark}“", BODY) == pytest.approx(alone + BODY.size / 2, abs=0.1)


def test_that_a_chinese_dash_is_one_stroke(book: FontBook) -> None:
    setter = Typesetter(book)
    once, twice = setter.width("再说—他", BODY), setter.width("再说——他", BODY)
    stroke = setter.width("—", BODY)
    assert twice - once == pytest.approx(stroke - 0.1 * BODY.size, abs=0.1)


def test_that_traditional_text_takes_the_traditional_face(book: FontBook) -> None:
    assert book.is_traditional("臺灣經銷商")
    assert not book.is_traditional("经销商喆")
    block = Typesetter(book).line("臺灣經銷商簽約", BODY)
    face, _ = block.lines[0].runs[0].typeface.place("經")
    assert face.postscript_name == "ChannelDeskSansTC-Regular"


def test_that_an_unknown_character_is_a_box_and_still_copies(book: FontBook) -> None:
    assert Typesetter(book).width(UNKNOWN, BODY) > 0
    assert f"好{UNKNOWN}的" in copied(printed(book, f"好{UNKNOWN}的"))


EMOJI_TEXT = f"好的{THUMB}明天见{SMILE}，样机已到{TICK} {TELEPHONE} 13800138000 {HEART} 爱{STAR}{STAR}"


def test_that_emoji_are_printed_and_copy_as_themselves_in_both_weights_and_scripts(book: FontBook) -> None:
    for style, text in (
        (BODY, EMOJI_TEXT),
        (TITLE, EMOJI_TEXT),
        (BODY, f"臺灣經銷商{THUMB}簽約"),
        (BODY, f"{THUMB} He’s in {SMILE}"),
    ):
        pdf = Pdf(book, title="Test", author="", language="zh_CN")
        pdf.text(text, style, 40, 40)
        pdf.end_page()
        assert pdf.take_missing() == ()
        assert copied(pdf.finish()).strip() == text


def test_that_an_emoji_is_as_wide_as_a_chinese_character_and_its_parts_take_no_room(book: FontBook) -> None:
    setter = Typesetter(book)
    assert setter.width(f"好{THUMB}的", BODY) == pytest.approx(3 * BODY.size)
    for whole, signs in ((LIGHT_THUMB, 1), (HEART, 1), (FAMILY, 3), (KEY_ONE, 1), ("#\u20e3", 1), (MECHANIC, 2)):
        assert setter.width(whole, BODY) == pytest.approx(signs * BODY.size), whole


def test_that_no_part_of_an_emoji_prints_a_box(book: FontBook) -> None:
    copying = (LIGHT_THUMB, HEART, f"{KEY_ONE}{KEY_TWO}", KEY_HASH, CHINA)
    others = (FAMILY, BURNING_HEART, WARNING, "✔\ufe0e", REGION, "㊗\ufe0f")
    pdf = Pdf(book, title="Test", author="", language="zh_CN")
    pdf.text(" ".join((*copying, *others)), BODY, 40, 40)
    pdf.end_page()
    assert pdf.take_missing() == ()
    text = copied(pdf.finish())
    assert [part for part in copying if part not in text] == []


def test_that_what_joins_and_varies_emoji_is_kept_there_and_nowhere_else() -> None:
    text = f"{COUPLE} {BURNING_HEART} {KEY_ONE}"
    assert clean(text) == text
    assert clean(f"a\ufe0f\u200db 1\ufe0f 好\ufe0f {THUMB}\u200d") == f"ab 1 好 {THUMB}"


def test_that_every_korean_syllable_is_printed_and_copies_as_itself(book: FontBook) -> None:
    syllables = "".join(map(chr, range(0xAC00, 0xD7A4)))
    lines = [syllables[start : start + 50] for start in range(0, len(syllables), 50)]
    text = copied(printed(book, *lines))
    assert [line for line in lines if line not in text] == []
    pdf = Pdf(book, title="Test", author="", language="en")
    pdf.text(f"㈜한빛 LG 대리점 ㄱㅏ {THUMB}", TITLE, 40, 40)
    pdf.end_page()
    assert pdf.take_missing() == ()


def test_that_a_korean_name_in_parts_is_printed_in_syllables() -> None:
    assert clean("\u1112\u1161\u11ab\u1100\u1173\u11af") == "한글"


def test_that_the_files_of_emoji_and_korean_are_not_read_for_a_text_without_them(tmp_path: Path) -> None:
    for name in ("fonts.json", "ChannelDeskSans-Regular.ttf", "ChannelDeskSansTC-Regular.ttf"):
        copyfile(FOLDER / name, tmp_path / name)
    without = FontBook(tmp_path)
    assert "“渠道” 臺灣 Łódź ☑" in copied(printed(without, "“渠道” 臺灣 Łódź ☑"))
    for text in (THUMB, "한"):
        with pytest.raises(FileNotFoundError):
            printed(without, text)


@pytest.mark.parametrize(
    "text", ["a<b & c>d", "<img src='/etc/passwd'/>", "<b>x</b>", "&amp; %s {0} \\n )(Tj ET", "]TJ <</A>>"]
)
def test_that_text_is_never_mark_up(book: FontBook, text: str) -> None:
    assert copied(printed(book, text)).strip() == text


def test_that_invisible_characters_are_left_out_and_halves_of_pairs_shown() -> None:
    assert clean("a\u200bb\x00c\ufeff\u202e\ud800\r\nd\te\u2028") == "abc\ufffd\nd e\n"


def test_that_a_cut_text_ends_in_an_ellipsis_within_its_column(book: FontBook) -> None:
    block = Typesetter(book).lay("库存还有七十天，压不动了。" * 400, BODY, 120, most=3)
    assert block.is_cut
    assert len(block.lines) == 3
    assert all(line.width <= 120 + BODY.size for line in block.lines)
    assert block.lines[-1].runs[-1].text[-1] == chr(book.narrow_plane + ord("…"))


def test_that_an_endless_word_is_set_at_once_and_cut(book: FontBook) -> None:
    block = Typesetter(book).lay("x" * 200_000, BODY, 100)
    assert block.is_cut
    assert sum(len(run.text) for line in block.lines for run in line.runs) <= 20_001


def test_that_a_point_between_scripts_is_narrow_and_one_between_chinese_characters_wide() -> None:
    plane = 0xF0000
    assert narrowed("A·湘，湘·A，湘·禾", plane) == f"A{chr(plane + ord('·'))}湘，湘{chr(plane + ord('·'))}A，湘·禾"


def test_that_what_is_to_be_on_one_line_has_no_second_one(book: FontBook) -> None:
    assert len(Typesetter(book).line("湘禾商贸\n长沙", BODY).lines) == 1


def test_that_the_same_pieces_are_set_in_the_leading_that_is_asked_for(book: FontBook) -> None:
    ruler, pieces = Typesetter(book), (Span("湘禾商贸", BODY),)
    assert [ruler.lay(pieces, style, 200).leading for style in (BODY, TITLE)] == [BODY.leading, TITLE.leading]


def test_that_the_air_between_scripts_is_that_of_the_size_of_its_own_piece(book: FontBook) -> None:
    ruler = Typesetter(book)
    alone, behind = ruler.line("湘A", TITLE), ruler.line((Span("x ", BODY), Span("湘A", TITLE)), TITLE)
    assert behind.lines[0].runs[-1].width == pytest.approx(alone.lines[0].runs[-1].width)


def test_that_a_flag_is_never_broken(book: FontBook) -> None:
    setter = Typesetter(book)
    spans = (Span("旺季样机四台和更多的东西 ", BODY), Span("NOT AUTHORISED", FLAG.in_colour(ALERT), Mark.FLAG))
    marks = [run for line in setter.lay(spans, BODY, 100).lines for run in line.runs if run.mark is Mark.FLAG]
    assert [mark.text for mark in marks] == ["NOT AUTHORISED"]


def test_that_a_long_name_gets_a_smaller_size_before_a_second_line(book: FontBook) -> None:
    setter = Typesetter(book)
    styles = (TITLE, TITLE.sized(18, 24), TITLE.sized(16, 20))
    assert setter.fit("湘禾商贸", styles, 300).size == 20
    assert setter.fit("长沙湘禾商贸有限责任公司第一分部", styles, 300).size == 18
    assert len(setter.fit("长沙湘禾商贸有限责任公司" * 3, styles, 300).lines) == 2


def test_that_the_same_calls_give_the_same_bytes(book: FontBook) -> None:
    assert printed(book, "渠道 “x” 臺灣經銷商") == printed(FontBook(FOLDER), "渠道 “x” 臺灣經銷商")
