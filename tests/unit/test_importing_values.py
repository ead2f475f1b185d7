"""Amounts, dates, phones and codes: read as people write them, or refused as unclear, never changed in silence."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channel_desk.domain import amounts, written_dates
from channel_desk.domain.amounts import Amount, Unread, read_amount, read_count
from channel_desk.domain.cells import cell_text, folded, is_blank, number_text
from channel_desk.domain.distributors import Distributor, Status
from channel_desk.domain.duplicates import KnownDistributors
from channel_desk.domain.import_plan import ImportTable, Verdict
from channel_desk.domain.importing import plan_import
from channel_desk.domain.phones import has_lost_digits, phone_keys
from channel_desk.domain.written_dates import DayOrder, day_order, read_date
from channel_desk.exchange.headings import guess_mapping
from tests.unit.test_importing import plan


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("¥1,234.50", 123_450),
        ("￥1,234.50", 123_450),
        ("1.2万", 1_200_000),
        ("1884.0万元", 1_884_000_000),
        ("3亿", 30_000_000_000),
        ("1亿2000万", 12_000_000_000),
        ("12,5 万", 12_500_000),
        ("20 万", 20_000_000),
        ("(1,200)", -120_000),
        ("-1,200.5", -120_050),
        ("１２３４５", 1_234_500),
        ("１．２万", 1_200_000),
        ("5000元", 500_000),
        ("人民币5000元整", 500_000),
        ("1.234.567,89", 123_456_789),
        ("1 234 567", 123_456_700),
        ("0", 0),
        ("1.67E+07", 1_670_000_000),
        ("5 千", 500_000),
        ("2百万", 200_000_000),
        ("壹拾万元整", 10_000_000),
        ("人民币贰拾伍万元正", 25_000_000),
        ("一亿二千万", 12_000_000_000),
        ("十万零五百", 10_050_000),
        ("两千", 200_000),
        ("三万五千", 3_500_000),
    ],
)
def test_that_an_amount_is_read_as_people_write_it(text: str, minor: int) -> None:
    read = read_amount(text)
    assert isinstance(read, Amount)
    assert read.minor == minor


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("$1,000", "USD"),
        ("1000 USD", "USD"),
        ("€5", "EUR"),
        ("5万美元", "USD"),
        ("¥5", "CNY"),
        ("HK$5元", "HKD"),
        ("5", ""),
    ],
)
def test_that_an_amount_keeps_the_currency_it_names(text: str, currency: str) -> None:
    read = read_amount(text)
    assert isinstance(read, Amount)
    assert read.currency == currency


@pytest.mark.parametrize(
    "text",
    [
        "面议",
        "10-20万",
        "1万20000",
        "1万20千",
        "$5€",
        "约10万",
        "abc",
        "1,2,3",
        "1.234",
        "12,34,5",
        "9" * 40,
        "1 2 3",
        "€5 USD",
        "三万五",
        "三百五",
        "一二三",
        "万",
        "千万",
    ],
)
def test_that_what_may_mean_two_amounts_or_none_is_refused(text: str) -> None:
    assert isinstance(read_amount(text), amounts.Unread)


def test_that_the_unit_of_the_heading_counts_only_for_numbers_without_their_own() -> None:
    assert read_amount(12.5, 10_000) == Amount(12_500_000)
    assert read_amount("12.5", 10_000) == Amount(12_500_000)
    assert read_amount("12.5万", 10_000) == Amount(12_500_000)
    assert read_amount("二十", 10_000) == Amount(20_000_000)
    assert read_amount("二十万", 10_000) == Amount(20_000_000)
    assert read_amount("两千", 10_000) is amounts.Unread.UNCLEAR
    in_yuan = read_amount("贰拾元", 10_000)
    assert (in_yuan, in_yuan.in_own_unit) == (Amount(2_000, "CNY"), True)


def test_that_a_computed_number_is_rounded_to_the_cent() -> None:
    assert read_amount(0.1 + 0.2) == Amount(30)
    assert read_amount(1 / 3) == Amount(33)
    assert read_amount(0.006) == Amount(1)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("30天", 30),
        ("45 days", 45),
        ("Net 30", 30),
        ("1,200 m2", 1200),
        ("1200㎡", 1200),
        ("３０", 30),
        ("12家", 12),
        ("0", 0),
    ],
)
def test_that_a_count_is_read_with_its_word(text: str, count: int) -> None:
    assert read_count(text) == count


@pytest.mark.parametrize("text", ["月结30天", "一个月", "12.5", "30-60"])
def test_that_an_unclear_count_is_refused(text: str) -> None:
    assert isinstance(read_count(text), amounts.Unread)


@pytest.mark.parametrize(
    "cell",
    [
        "2026-01-02",
        "2026/1/2",
        "2026年1月2日",
        "2026.1.2",
        "2026.01.02",
        "２０２６年１月２日",
        "2.1.2026",
        "02.01.2026",
        "Jan 2 2026",
        "Jan 2, 2026",
        "2 January 2026",
        "2-Jan-26",
        "January 2nd, 2026",
        "Fri, 2 Jan 2026",
        "20260102",
        20260102.0,
        46024.0,
        46024,
        "46024",
        date(2026, 1, 2),
        datetime.combine(date(2026, 1, 2), time()),
        "2026-01-02 00:00:00",
        "2026年1月2日 星期五",
        "26年1月2日",
        "2026\\1\\2",
    ],
)
def test_that_a_date_is_read_in_all_its_forms(cell: str | float | date) -> None:
    assert read_date(cell) == (date(2026, 1, 2), False)


def test_that_a_time_of_day_is_left_out_and_said() -> None:
    assert read_date("2026-01-02 14:30") == (date(2026, 1, 2), True)
    assert read_date(datetime.combine(date(2026, 1, 2), time(14, 30))) == (date(2026, 1, 2), True)


@pytest.mark.parametrize("text", ["85年3月5日", "5-Mar-85", "5 March 85"])
def test_that_a_past_day_with_a_short_year_is_not_still_to_come(text: str) -> None:
    today = date(2026, 11, 22)
    assert read_date(text, latest=today, is_past=True) == (date(1985, 3, 5), False)
    assert read_date(text, latest=today) is written_dates.Unread.CENTURY


def test_that_a_short_year_is_of_this_century_where_it_can_be() -> None:
    today = date(2026, 11, 22)
    assert read_date("26年11月22日", latest=today, is_past=True) == (today, False)
    assert read_date("26年11月23日", latest=today, is_past=True) == (date(1926, 11, 23), False)
    assert read_date("5-Mar-31", latest=date(2056, 12, 31)) == (date(2031, 3, 5), False)
    assert read_date("29-Feb-00", latest=date(1999, 1, 1), is_past=True) is written_dates.Unread.NOT_A_DATE


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2026-02-30", "not_a_date"),
        ("去年", "not_a_date"),
        ("2026年3月", "date_incomplete"),
        ("2026", "date_incomplete"),
        ("03/04/2026", "date_ambiguous"),
        ("x" * 5000, "not_a_date"),
        (float("inf"), "not_a_date"),
        (float("nan"), "not_a_date"),
    ],
)
def test_that_what_is_no_full_date_is_refused_with_its_reason(text: str, why: str) -> None:
    read = read_date(text)
    assert isinstance(read, written_dates.Unread)
    assert read.value == why


def test_that_the_other_dates_of_a_column_settle_whether_the_day_is_first() -> None:
    assert day_order(["03/04/2026", "25/04/2026"]) is DayOrder.DAY_FIRST
    assert day_order(["03/04/2026", "04/25/2026"]) is DayOrder.MONTH_FIRST
    assert day_order(["03/04/2026"]) is DayOrder.UNKNOWN
    assert day_order(["12/05/2026", "05/12/2026"]) is DayOrder.UNKNOWN
    assert day_order(["12/05/2026", "05/13/2026"]) is DayOrder.MONTH_FIRST
    assert read_date("03/04/2026", DayOrder.DAY_FIRST) == (date(2026, 4, 3), False)
    assert read_date("03/04/2026", DayOrder.MONTH_FIRST) == (date(2026, 3, 4), False)
    assert read_date("05/05/2026") == (date(2026, 5, 5), False)


@given(st.dates(min_value=date(1930, 1, 1), max_value=date(2099, 12, 31)))
def test_that_every_written_form_of_a_day_gives_the_day(day: date) -> None:
    forms = (
        day.isoformat(),
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.day}.{day.month}.{day.year}",
        f"{day.year}.{day.month}.{day.day}",
        f"{day:%d %B %Y}",
        f"{day:%b %d, %Y}",
        f"{day:%Y%m%d}",
        float((day - date(1899, 12, 30)).days),
    )
    assert {read_date(form) for form in forms} == {(day, False)}


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_that_every_amount_of_cents_survives_being_written(minor: int) -> None:
    sign, cents = ("-" if minor < 0 else ""), abs(minor)
    plain = f"{sign}{cents // 100}.{cents % 100:02d}"
    grouped = f"{sign}¥{cents // 100:,}.{cents % 100:02d}"
    for text in (plain, grouped):
        read = read_amount(text)
        assert isinstance(read, Amount)
        assert read.minor == minor


@given(st.integers(min_value=0, max_value=10**9))
def test_that_an_amount_in_ten_thousands_is_the_same_as_written_out(tenths: int) -> None:
    assert read_amount(f"{tenths / 10}万") == read_amount(tenths * 1000)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("8612345", ("8612345",)),
        ("86 1234 5678", ("8612345678",)),
        ("84 55 66 7", ("8455667",)),
        ("845566", ()),
        ("8455 6677 转 8012", ("84556677",)),
    ],
)
def test_that_a_number_that_only_begins_like_the_prefix_of_china_keeps_its_digits(text: str, keys: tuple) -> None:
    assert phone_keys(text) == keys


@pytest.mark.parametrize("text", ["1000000000000000", "100000000亿", "1e15", 1e15, -1e15])
def test_that_an_amount_that_no_column_holds_is_unclear(text: str | float) -> None:
    assert read_amount(text) is Unread.UNCLEAR


@given(st.integers(min_value=13_000_000_000, max_value=19_999_999_999))
def test_that_a_phone_is_the_same_number_in_every_writing(number: int) -> None:
    digits = str(number)
    wide = digits.translate({ord("0") + n: 0xFF10 + n for n in range(10)})
    forms = (
        cell_text(float(number)),
        digits,
        f"{digits[:3]} {digits[3:7]} {digits[7:]}",
        f"{digits[:3]}-{digits[3:7]}-{digits[7:]}",
        f"+86 {digits}",
        f"0086{digits}",
        wide,
        f"{digits} 转 12",
    )
    assert {phone_keys(form) for form in forms} == {(digits,)}


def test_that_several_phones_in_a_cell_are_several_keys() -> None:
    assert phone_keys("13800138000/0731-84526408 转 885") == ("13800138000", "073184526408")
    assert phone_keys("转 885") == ()


def test_that_a_shortened_number_is_noticed() -> None:
    assert has_lost_digits("1.38E+10")
    assert not has_lost_digits("13800138000")
    assert not has_lost_digits("E10")
    assert not has_lost_digits("3E5")


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e20, max_value=1e20))
def test_that_a_number_keeps_its_value_as_text(number: float) -> None:
    assert float(number_text(number)) == number


@given(st.text())
def test_that_reading_any_text_as_anything_never_fails(text: str) -> None:
    cell_text(text)
    folded(text)
    is_blank(text)
    phone_keys(text)
    read_date(text)
    read_amount(text)
    read_count(text)


def test_that_cells_of_all_kinds_have_a_text() -> None:
    assert cell_text(13_800_138_000.0) == "13800138000"
    assert cell_text(12.5) == "12.5"
    assert cell_text("　 两端 \u200b") == "两端"
    assert cell_text(None) == ""
    assert cell_text(datetime.combine(date(2026, 1, 2), time())) == "2026-01-02"
    assert cell_text(datetime.combine(date(2026, 1, 2), time(3, 4))) == "2026-01-02 03:04:00"
    assert cell_text(time(3, 4)) == "03:04:00"
    assert cell_text(timedelta(hours=30)) == "1 day, 6:00:00"
    assert cell_text(True) == "TRUE"


REASONS = ("客户名称", "状态", "终止原因")


@pytest.mark.parametrize("status", ["终止合作", "暂停", "ended", "Suspended"])
def test_that_a_status_that_asks_for_a_reason_says_when_none_is_given(status: str) -> None:
    without, given = plan(REASONS, ("甲公司", status), ("乙公司", status, "长期欠款")).rows
    assert (without.verdict, given.verdict) == (Verdict.CREATED, Verdict.CREATED)
    assert [(one.code, one.column) for one in without.problems] == [("reason_missing", "状态")]
    assert given.distributor is not None
    assert (given.distributor.status_reason, given.problems) == ("长期欠款", ())


def test_that_a_reason_beside_a_status_that_has_none_is_kept_where_it_is_seen() -> None:
    (row,) = plan(REASONS, ("甲公司", "正常", "去年曾暂停")).rows
    assert row.distributor is not None
    assert (row.distributor.status_reason, row.distributor.extra) == ("", (("终止原因", "去年曾暂停"),))


def test_that_a_phone_with_an_empty_fraction_is_the_number_that_is_dialled_and_a_code_stays_as_it_is() -> None:
    (row,) = plan(("客户名称", "联系人", "手机", "QQ"), ("甲公司", "张三", "13800138000.0", "10086.00")).rows
    assert (row.contacts[0].phone, row.contacts[0].chat_id) == ("13800138000", "10086.00")
    (row,) = plan(("客户名称", "编码"), ("甲公司", "10001.0")).rows
    assert row.distributor is not None
    assert row.distributor.code == "10001.0"


def test_that_lost_digits_are_told_of_further_details_too() -> None:
    for cell, code in ((4.3010219900101126e17, "number_rounded"), ("4.3E+17", "digits_lost")):
        (row,) = plan(("客户名称", "身份证号"), ("甲公司", cell)).rows
        assert [problem.code for problem in row.problems] == [code]
    (row,) = plan(("客户名称", "门牌"), ("甲公司", "3E5")).rows
    assert row.problems == ()


@pytest.mark.parametrize("nothing", ["-", "——", "/", "NULL", "null", "NaN", "n/a", "None", "<NA>"])
def test_that_what_says_nothing_fills_no_field(nothing: str) -> None:
    headings = ("客户名称", "联系人", "手机", "城市", "年销售额", "合作日期", "员工数", "状态", "微信", "标签")
    (row,) = plan(headings, ("甲公司", *(nothing for _ in headings[1:]))).rows
    assert row.distributor == Distributor(name="甲公司")
    assert (row.contacts, row.problems) == ((), ())


def test_that_a_dash_below_an_unknown_heading_is_kept() -> None:
    (row,) = plan(("客户名称", "年检"), ("甲公司", "/")).rows
    assert row.distributor is not None
    assert row.distributor.extra == (("年检", "/"),)


@pytest.mark.parametrize("nobody", ["无", "暂无", 0.0])
def test_that_nobody_is_no_contact(nobody: str | float) -> None:
    (row,) = plan(("客户名称", "联系人", "手机"), ("甲公司", nobody, "13800138000")).rows
    assert row.distributor is not None
    assert (row.contacts, row.distributor.phone) == ((), "13800138000")


def test_that_the_zero_of_a_formula_that_found_nothing_is_no_name() -> None:
    (row,) = plan(("客户名称", "城市"), (0.0, "长沙")).rows
    assert (row.verdict, [problem.code for problem in row.problems]) == (Verdict.REJECTED, ["name_is_number"])


def test_that_lines_of_a_note_end_alike_whatever_system_they_come_from() -> None:
    (row,) = plan(("客户名称", "备注"), ("甲公司", "一\r\n二\r三\n四")).rows
    assert row.distributor is not None
    assert (row.distributor.note, row.problems) == ("一\n二\n三\n四", ())


@pytest.mark.parametrize(
    ("text", "status"),
    [
        *(
            ("禁用", Status.SUSPENDED),
            ("潛在客戶", Status.PROSPECT),
            ("營業中", Status.ACTIVE),
            ("已終止", Status.ENDED),
        ),
        *(
            ("已停止合作", Status.ENDED),
            ("已注销", Status.ENDED),
            ("已停货", Status.SUSPENDED),
            ("已成交", Status.ACTIVE),
        ),
    ],
)
def test_that_a_status_is_read_in_the_words_of_other_systems(text: str, status: Status) -> None:
    (row,) = plan(("客户名称", "状态"), ("甲公司", text)).rows
    assert row.distributor is not None
    assert row.distributor.status is status


def test_that_terms_are_read_in_german() -> None:
    assert read_count("30 Tage netto") == 30
    assert read_count("14 Tage") == 14


def test_that_an_apostrophe_that_keeps_a_cell_as_text_is_no_part_of_it() -> None:
    (row,) = plan(("客户编码", "客户名称", "电话", "合作日期"), ("'00125", "'t Hart", "'+86 138", "'2020-03-05")).rows
    assert row.distributor is not None
    found = row.distributor
    assert (found.code, found.name, found.phone) == ("00125", "'t Hart", "+86 138")
    assert found.since_on == date(2020, 3, 5)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("'91420103MA4K1234XY", "91420103MA4K1234XY"),
        ("'KH0001", "KH0001"),
        ("'S-0012-A", "S-0012-A"),
        ("'N1", "'N1"),
        ("'s-Gravenhage 2000", "'s-Gravenhage 2000"),
    ],
)
def test_that_the_apostrophe_in_front_of_a_code_is_no_part_of_it(written: str, kept: str) -> None:
    (row,) = plan(("税号", "客户名称"), (written, "甲公司")).rows
    assert row.distributor is not None
    assert row.distributor.licence_no == kept


def test_that_marks_of_no_width_inside_a_value_are_left_out_and_told() -> None:
    (row,) = plan(("客户名称", "城市", "备注"), ("甲公司", "武\u200b汉\u200e市", "好的\U0001f469\u200d\U0001f33e")).rows
    assert row.distributor is not None
    assert (row.distributor.city, row.distributor.note) == ("武汉市", "好的\U0001f469\u200d\U0001f33e")
    assert [(one.column, one.code) for one in row.problems] == [("城市", "control_characters")]


def test_that_phones_on_lines_of_their_own_stay_two_phones() -> None:
    (row,) = plan(("客户名称", "电话"), ("甲公司", "13800000001\r\n13800000002\n")).rows
    assert row.distributor is not None
    assert phone_keys(row.distributor.phone) == ("13800000001", "13800000002")
    assert "\n" not in row.distributor.phone


@pytest.mark.parametrize(
    ("name", "phone", "people"),
    [
        ("张三 13800000001", "", [("张三", "13800000001")]),
        ("张三：13800000001；李四（0731-8555 1234）", "", [("张三", "13800000001"), ("李四", "0731-8555 1234")]),
        (
            "王五（老板）：13800000001\n(赵六)13900000002",
            "",
            [("王五", "13800000001"), ("赵六", "13900000002")],
        ),
        ("张三13800000001/13900000002", "", [("张三", "13800000001/13900000002")]),
        ("John Smith +44 20 7946 0000", "", [("John Smith", "+44 20 7946 0000")]),
        ("张三\n李四", "13800000001\n13800000002", [("张三", "13800000001"), ("李四", "13800000002")]),
        ("王五、赵六", "13800000003、13800000004", [("王五", "13800000003"), ("赵六", "13800000004")]),
        ("Weber, Maria", "030 1234567, 030 7654321", [("Weber, Maria", "030 1234567, 030 7654321")]),
        ("王五、赵六", "13800000003", [("王五、赵六", "13800000003")]),
        ("张三2部", "", [("张三2部", "")]),
        ("8店张三 13800000001", "", [("8店张三 13800000001", "")]),
        ("张三 13800000001", "13900000002", [("张三 13800000001", "13900000002")]),
    ],
)
def test_that_people_who_share_a_cell_are_told_apart(name: str, phone: str, people: list[tuple[str, str]]) -> None:
    (row,) = plan(("客户名称", "联系人", "手机"), ("甲公司", name, phone)).rows
    assert [(person.name, person.phone) for person in row.contacts] == people


@pytest.mark.parametrize("heading", ["联系人及电话", "联系人/手机", "Contact & Phone", "聯絡人和電話"])
def test_that_a_column_of_people_with_their_phones_fills_both(heading: str) -> None:
    (row,) = plan(("客户名称", heading), ("甲公司", "张三 13800000001")).rows
    assert [(person.name, person.phone) for person in row.contacts] == [("张三", "13800000001")]


@pytest.mark.parametrize("text", ["25.000", "1.200", "¥12.000", "2.000 EUR", "1.250k"])
def test_that_a_point_before_three_digits_is_unclear_whatever_they_are(text: str) -> None:
    assert read_amount(text) is amounts.Unread.UNCLEAR
    assert read_amount(text, 1000) is amounts.Unread.UNCLEAR


def test_that_a_point_before_three_digits_is_the_decimal_mark_where_nothing_else_can_be_meant() -> None:
    assert read_amount("12.340万") == Amount(12_340_000)
    assert read_amount("12.345", 10_000) == Amount(12_345_000)
    assert read_amount("0.120") == Amount(12)
    assert read_amount("1250.000") == Amount(125_000)
    assert read_count("2.000 m2") is amounts.Unread.UNCLEAR
    assert read_count("1.200万") == 12_000


def test_that_marks_for_the_direction_of_writing_are_not_part_of_a_phone() -> None:
    (row,) = plan(("客户名称", "电话"), ("\u202a甲公司\u202c", "\u202d138-0000-0001\u202c")).rows
    assert row.distributor is not None
    assert (row.distributor.name, row.distributor.phone) == ("甲公司", "138-0000-0001")


def test_that_a_date_may_end_with_a_point() -> None:
    assert read_date("2024.03.05.") == (date(2024, 3, 5), False)


def test_that_less_than_nothing_is_put_aside_with_a_remark() -> None:
    table = plan(("名称", "信用额度", "账期（天）", "员工人数"), ("长沙天悦商贸", "(1,200)", -30, 0.0))
    (row,) = table.rows
    assert row.distributor is not None
    assert (row.distributor.credit_limit_minor, row.distributor.terms_days, row.distributor.staff) == (None, None, 0)
    assert row.distributor.extra == (("信用额度", "(1,200)"), ("账期（天）", "-30"))
    assert [problem.code for problem in row.problems] == ["below_zero", "below_zero"]


def test_that_a_single_cell_beyond_the_headings_is_kept_and_told() -> None:
    (row,) = plan(("客户名称", "联系人"), ("甲公司", "张三", "月底前结清")).rows
    assert row.distributor is not None
    assert row.distributor.extra == (("C", "月底前结清"),)
    assert [(one.code, one.column) for one in row.problems] == [("more_cells", "C")]


@pytest.mark.parametrize("names", [("First Name", "Last Name"), ("Last Name", "First Name")])
def test_that_a_name_in_two_columns_is_whole_whichever_comes_first(names: tuple[str, str]) -> None:
    given = {"First Name": "Anna", "Last Name": "Miller"}
    (row,) = plan(("客户名称", *names), ("甲公司", *(given[one] for one in names))).rows
    assert [person.name for person in row.contacts] == ["Anna Miller"]


def test_that_only_days_are_counted_from_1904_in_a_sheet_that_does_so() -> None:
    table = ImportTable(("客户名称", "成立日期", "门店数"), (("甲公司", 40_000.0, 40_000.0),), from_1904=True)
    (row,) = plan_import(table, guess_mapping(table), existing=KnownDistributors(), today=date(2026, 9, 22)).rows
    assert row.distributor is not None
    assert (row.distributor.founded_on, row.distributor.stores) == (date(2013, 7, 7), 40_000)


def test_that_a_number_with_a_unit_of_its_own_is_in_that_one() -> None:
    own, bare = plan(("客户名称", "账期（周）"), ("甲公司", "30天"), ("乙公司", "2")).rows
    assert own.distributor is not None
    assert bare.distributor is not None
    assert (own.distributor.terms_days, bare.distributor.terms_days) == (30, 14)


def test_that_an_amount_with_a_currency_of_its_own_is_in_that_one() -> None:
    own, bare = plan(("客户名称", "年销售额（USD）"), ("甲公司", "€5"), ("乙公司", "5")).rows
    assert own.distributor is not None
    assert bare.distributor is not None
    assert (own.distributor.currency, bare.distributor.currency) == ("EUR", "USD")


def test_that_the_phone_of_nobody_does_not_take_the_place_of_the_phone_of_the_company() -> None:
    (row,) = plan(("客户名称", "公司电话", "联系人", "手机"), ("甲公司", "0731-1", "", "13800000001")).rows
    assert row.distributor is not None
    assert (row.distributor.phone, row.distributor.extra) == ("0731-1", (("手机", "13800000001"),))
    assert [one.code for one in row.problems] == ["contact_without_name"]


def test_that_people_who_share_a_cell_leave_the_one_in_the_next_cell() -> None:
    headings = ("客户名称", "联系人2", "电话2", "联系人1", "电话1")
    people = ("王五", "13700000003", "张三、李四", "13800000001、13900000002")
    (row,) = plan(headings, ("甲公司", *people)).rows
    assert [(person.name, person.phone, person.position) for person in row.contacts] == [
        ("张三", "13800000001", 0),
        ("王五", "13700000003", 1),
        ("李四", "13900000002", 2),
    ]


def test_that_the_code_of_a_currency_is_read_in_small_letters_too() -> None:
    (row,) = plan(("客户名称", "币种"), ("甲公司", "usd")).rows
    assert row.distributor is not None
    assert (row.distributor.currency, row.problems) == ("USD", ())


def test_that_a_blank_line_between_two_phones_is_no_phone() -> None:
    (row,) = plan(("客户名称", "电话"), ("甲公司", "0731-1\n\n 0731-2 ")).rows
    assert row.distributor is not None
    assert row.distributor.phone == "0731-1 / 0731-2"
