"""Spreadsheets of every kind give the same rows, whatever the file is called."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import pytest
import xlwt
from openpyxl.worksheet.worksheet import Worksheet

from channel_desk.domain.cells import UNREADABLE, Cell, cell_text
from channel_desk.errors import UserError
from channel_desk.exchange.delimited import read_delimited
from channel_desk.exchange.encodings import decode
from channel_desk.exchange.limits import Meter
from channel_desk.exchange.tables import read_table

ROWS: list[list[str]] = [
    ["编码", "客户名称", "电话", "备注"],
    ["00123", "长沙天悦商贸有限公司", "13800138000", "好，客户"],
    ["00124", "株洲宏达百货", "0731-84526408 转 885", "周晓𬍛"],
]


def workbook(
    path: Path, rows: list[list[Cell]], change: Callable[[openpyxl.Workbook, Worksheet], None] | None = None
) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(row)
    if change:
        change(book, sheet)
    book.save(path)
    return path


def old_workbook(path: Path) -> Path:
    book = xlwt.Workbook()
    sheet = book.add_sheet("客户")
    for number, row in enumerate(ROWS):
        for column, value in enumerate(row):
            sheet.write(number + 2, column, value)
    book.save(str(path))
    return path


def open_document(path: Path) -> Path:
    """A spreadsheet as LibreOffice writes it, reduced to what has to be there."""
    cells = [
        "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'
            for value in row
        )
        for row in ROWS
    ]
    rows = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names} office:version="1.3">'
        f'<office:body><office:spreadsheet><table:table table:name="客户">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        package.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
    return path


def csv_text(delimiter: str = ",", end: str = "\r\n") -> str:
    return end.join(delimiter.join(row) for row in ROWS) + end


def texts(path: Path) -> list[list[str]]:
    return [[cell_text(cell) for cell in row] for row in read_table(path).rows if row]


# --- the kinds


@pytest.mark.parametrize("name", ["list.xlsx", "list.xls", "list.csv"])
def test_that_a_workbook_is_known_by_its_content(tmp_path: Path, name: str) -> None:
    source = read_table(workbook(tmp_path / "x.xlsx", [list(row) for row in ROWS]).rename(tmp_path / name))
    assert source.kind == "xlsx"
    assert [list(row) for row in source.rows] == ROWS


@pytest.mark.parametrize("name", ["list.xls", "list.xlsx"])
def test_that_an_excel_97_workbook_is_read_with_its_row_numbers(tmp_path: Path, name: str) -> None:
    source = read_table(old_workbook(tmp_path / name))
    assert (source.kind, source.sheet) == ("xls", "客户")
    assert [list(row) for row in source.rows] == [[], [], *ROWS]


def test_that_an_open_document_is_read(tmp_path: Path) -> None:
    source = read_table(open_document(tmp_path / "list.ods"))
    assert (source.kind, source.sheet) == ("ods", "客户")
    assert [list(row) for row in source.rows] == ROWS


def test_that_cells_of_an_open_document_are_read_as_shown(tmp_path: Path) -> None:
    names = "".join(f' xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text"))

    def cell(shown: str, attributes: str = "office:value-type='string'") -> str:
        return f"<table:table-cell {attributes}><text:p>{shown}</text:p></table:table-cell>"

    rows = (
        cell("编码") + cell("客户名称"),
        "</table:table-row><table:table-row table:number-rows-repeated='3'><table:table-cell/>",
        cell("00123", "office:value-type='float' office:value='123'") + cell("甲<text:s text:c='2'/>公司"),
        cell("#N/A", "office:value-type='string' office:string-value=''"),
        cell("02.01.24", "office:value-type='date' office:date-value='2024-01-02'"),
        cell("10:30", "office:value-type='date' office:date-value='2024-01-02T10:30:00Z'"),
        cell("1,234.50", "office:value-type='currency' office:value='1234.5'"),
        cell("HN-012", "office:value-type='float' office:value='12'"),
        cell("12 ", "office:value-type='float' office:value='12'"),
        cell("0", "office:value-type='float' office:value='0'"),
        cell("000", "office:value-type='float' office:value='0'"),
        cell("", "table:formula='of:=[.A1]'"),
        cell("二", "table:number-columns-repeated='2'"),
        "<table:table-cell table:number-columns-repeated='3'/>" + cell("三<text:s/>店"),
    )
    lines = (
        f"<table:table-row>{rows[0]}{rows[1]}</table:table-row><table:table-row>{''.join(rows[2:])}</table:table-row>"
    )
    path = tmp_path / "x.ods"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        body = (
            f"<office:body><office:spreadsheet><table:table table:name='a'>{lines}</table:table></office:spreadsheet>"
        )
        package.writestr(
            "content.xml", f"<office:document-content{names}>{body}</office:body></office:document-content>"
        )
    moment = datetime.fromisoformat(
        "2024-01-02 10:30"
    )  # a spreadsheet knows no zones, whatever its program wrote behind the time
    assert read_table(path).rows == (
        ("编码", "客户名称"),
        (),
        (),
        (),
        (
            *("00123", "甲  公司", "#N/A", date(2024, 1, 2), moment, 1234.5, "HN-012", 12, 0, "000", "=[.A1]"),
            *("二", "二", None, None, None, "三 店"),
        ),
    )


def test_that_a_web_page_named_xls_is_read(tmp_path: Path) -> None:
    path = tmp_path / "export.xls"
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
    head = "<head><meta charset=gb2312><style>td {x:1<2}</style></head>"
    page = f"<html>{head}<body><p>x</p><TABLE>{cells}</TABLE></body></html>"
    path.write_bytes(page.encode("gb18030"))
    source = read_table(path)
    assert (source.kind, source.encoding) == ("html", "gb18030")
    assert texts(path) == ROWS


def test_that_spans_and_line_breaks_of_a_web_page_are_followed(tmp_path: Path) -> None:
    path = tmp_path / "export.xls"
    path.write_text(
        "<table><tr><th>省<th>客户名称<th>备注<tr><td rowspan=2>湖南<td>甲&amp;乙<td>一<br>二<div>三</div>"
        "<!-- <td>x --><tr><td>丙<td> a\n b <tr><td>湖北<td>丁<td></table>",
        encoding="utf-8",
    )
    assert texts(path) == [
        ["省", "客户名称", "备注"],
        ["湖南", "甲&乙", "一\n二\n三"],
        ["湖南", "丙", "a b"],
        ["湖北", "丁", ""],
    ]


def test_that_excel_2003_xml_is_read(tmp_path: Path) -> None:
    path = tmp_path / "export.xls"
    path.write_text(
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="客户"><Table>'
        "<Row><Cell><Data ss:Type='String'>客户名称</Data></Cell>"
        "<Cell ss:Index='3'><Data ss:Type='String'>合作日期</Data></Cell></Row>"
        "<Row ss:Index='4'><Cell><Data ss:Type='String'>甲公司</Data></Cell><Cell ss:Index='3'>"
        "<Data ss:Type='DateTime'>2024-01-02T00:00:00.000</Data></Cell></Row></Table></Worksheet></Workbook>",
        encoding="utf-8",
    )
    source = read_table(path)
    assert (source.kind, source.sheet) == ("xml", "客户")
    assert source.rows == (("客户名称", None, "合作日期"), (), (), ("甲公司", None, date(2024, 1, 2)))


def test_that_a_wide_cell_of_excel_2003_xml_shifts_no_column(tmp_path: Path) -> None:
    def cell(text: str, attributes: str = "") -> str:
        return f"<Cell {attributes}><Data ss:Type='String'>{text}</Data></Cell>"

    wide = cell("138", "ss:MergeAcross='1'")
    path = tmp_path / "export.xls"
    path.write_text(
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="客户"><Table>'
        f"<Row>{cell('客户名称')}{cell('电话')}{cell('备注')}{cell('城市')}</Row>"
        f"<Row>{cell('甲公司')}{wide}{cell('长沙')}</Row></Table></Worksheet></Workbook>",
        encoding="utf-8",
    )
    assert read_table(path).rows[1] == ("甲公司", "138", None, "长沙")


def test_that_codes_and_tall_cells_of_excel_2003_xml_are_read_as_shown(tmp_path: Path) -> None:
    def cell(kind: str, text: str, attributes: str = "") -> str:
        return f"<Cell {attributes}><Data ss:Type='{kind}'>{text}</Data></Cell>"

    heads = "".join(cell("String", text) for text in ("省份", "客户名称", "客户编码", "城市"))
    first = cell("String", "湖南", "ss:MergeDown='1'") + cell("String", "甲") + cell("Number", "12", "ss:StyleID='s1'")
    second = cell("String", "乙", "ss:Index='2'") + cell("Number", "13") + "<Cell ss:Formula='=RC[-1]'/>"
    third = cell("String", "丙", "ss:Index='2'")
    path = tmp_path / "export.xls"
    path.write_text(
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles><Style ss:ID="s1">'
        '<NumberFormat ss:Format="00000"/></Style></Styles><Worksheet ss:Name="客户"><Table>'
        f"<Row>{heads}</Row><Row>{first}</Row><Row>{second}</Row><Row>{third}</Row>"
        "</Table></Worksheet></Workbook>",
        encoding="utf-8",
    )
    assert read_table(path).rows == (
        ("省份", "客户名称", "客户编码", "城市"),
        ("湖南", "甲", "00012"),
        ("湖南", "乙", 13, "=RC[-1]"),
        (None, "丙"),
    )


# --- cells of a workbook


def cell_of(path: Path, row: int = 2, column: int = 1) -> Cell:
    return read_table(path).rows[row - 1][column - 1]


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [
        (123, "00000", "00123"),
        (123, '"C-"0000', "C-0123"),
        (13_800_138_000, "000-0000-0000", "138-0013-8000"),
        (13_800_138_000.0, "General", 13_800_138_000),
        (0.5, "0%", "50%"),
        (1234.5, "#,##0.00", 1234.5),
        (45_293, "yyyy-mm-dd", date(2024, 1, 2)),
        (45_293, 'yyyy"年"m"月"d"日"', date(2024, 1, 2)),
        (45_293.5, "yyyy/m/d h:mm", datetime.combine(date(2024, 1, 2), time(12))),
        (45_293, '[$-804]yyyy"年"m"月"d"日";@', date(2024, 1, 2)),
        (45_293, "General", 45_293),
        (30, '0"天"', 30),
        (12, '"HN-"0', "HN-12"),
        (12, '"HN-"000_ ', "HN-012"),
        (50_000, "000000_ ", "050000"),
        (50_000, "[$-804]000000", "050000"),
        (36, '0"万"', "36万"),
        (36.25, '0.0"万元"', "36.25万元"),
        (-36.1234567891, '#,##0"万元"', "-36.123457万元"),
        (36, "General万", "36万"),
        (360_000, '0!.0,"万"', 360_000),
        (360_000, '0\\.0000"万"', "36.0000万"),
        (36.5, "#,##0.00 [$€-407]", "36.5 €"),
        (-36.512345, '_-* #,##0.00\\ "€"_-;-* #,##0.00\\ "€"_-', "-36.51 €"),
        (36, "[$CHF-807] #,##0.00", "CHF 36"),
        (36.5, "$#,##0.00", "$36.5"),
        (36.5, '"¥"#,##0.00', 36.5),
        (36.5, "_ [$¥-804]* #,##0.00_ ", 36.5),
        (36, "[Red]#,##0", 36),
        (36, "0.00E+00", 36),
        ("=1+1", "@", "=1+1"),
    ],
)
def test_that_a_cell_is_read_as_the_program_shows_it(
    tmp_path: Path, value: Cell, number_format: str, expected: Cell
) -> None:
    def change(_book: openpyxl.Workbook, sheet: Worksheet) -> None:
        cell = sheet["A2"]
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
        cell.number_format = number_format

    assert cell_of(workbook(tmp_path / "x.xlsx", [["名称"], ["x"]], change)) == expected


def test_that_formula_errors_stay_visible(tmp_path: Path) -> None:
    def change(_book: openpyxl.Workbook, sheet: Worksheet) -> None:
        sheet["A2"].value = "#N/A"
        sheet["A2"].data_type = "e"

    assert cell_of(workbook(tmp_path / "x.xlsx", [["名称"], ["x"]], change)) == "#N/A"


def test_that_blank_formatted_cells_far_below_are_nothing(tmp_path: Path) -> None:
    def change(_book: openpyxl.Workbook, sheet: Worksheet) -> None:
        for row in range(3, 3000):
            sheet.cell(row, 2).number_format = "@"

    assert len(read_table(workbook(tmp_path / "x.xlsx", [["名称", "电话"], ["甲", "1"]], change)).rows) == 2


def test_that_one_cell_in_the_last_row_and_far_right_does_no_harm(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "x.xlsx", [["名称"], ["甲"]], lambda _book, sheet: setattr(sheet.cell(1_048_576, 300), "value", "!")
    )
    rows = read_table(path).rows
    assert len(rows) == 1_048_576
    assert rows[-1][299] == "!"


def test_that_cells_without_a_reference_stand_in_order(tmp_path: Path) -> None:
    path = graft(
        tmp_path,
        b'<row><c t="inlineStr"><is><t>a</t></is></c><c><v>5</v></c></row><row><c t="str"><v>b_x000D_c</v></c></row>',
    )
    assert read_table(path).rows == (("a", 5), ("b\rc",))


def test_that_halves_of_a_character_are_joined_and_a_lone_one_is_told_as_damaged(tmp_path: Path) -> None:
    """No database takes half a character: the import would end in a bug."""
    path = graft(
        tmp_path,
        b'<row><c t="str"><v>a_xD83D__xDE00_b</v></c><c t="str"><v>c_xD83D_d</v></c></row>',
    )
    assert read_table(path).rows == (("a\U0001f600b", f"c{UNREADABLE}d"),)


def test_that_rich_text_is_joined_and_phonetic_help_left_out(tmp_path: Path) -> None:
    path = graft(
        tmp_path,
        (
            "<row r='1'><c r='A1' t='inlineStr'><is><r><t>经销</t></r><r><t>商</t></r>"
            "<rPh sb='0' eb='1'><t>jing</t></rPh></is></c></row>"
        ).encode(),
    )
    assert read_table(path).rows == (("经销商",),)


def graft(folder: Path, rows: bytes, **parts: bytes) -> Path:
    """A workbook with the given rows in its sheet, and other parts replaced."""
    plain = workbook(folder / "plain.xlsx", [["x"]])
    path = folder / "grafted.xlsx"
    head = (
        b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    )
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            leaf = name.rpartition("/")[2].removesuffix(".xml")
            content = head + rows + b"</sheetData></worksheet>" if leaf == "sheet1" else old.read(name)
            new.writestr(name, parts.get(leaf, content))
    return path


# --- sheets


def several_sheets(path: Path) -> Path:
    def change(book: openpyxl.Workbook, sheet: Worksheet) -> None:
        cover = book.create_sheet("封面", 0)
        cover["A1"], cover["A2"] = "渠道台账", "2026"
        hidden = book.create_sheet("旧数据")
        for row in [*ROWS, ["9", "旧公司", "1", ""]]:
            hidden.append(row)
        hidden.sheet_state = "hidden"
        book.create_sheet("空")
        sheet.title = "经销商"

    return workbook(path, [["2026年经销商"], [], *[list(row) for row in ROWS]], change)


def test_that_the_sheet_with_the_list_is_chosen_and_the_others_named(tmp_path: Path) -> None:
    source = read_table(several_sheets(tmp_path / "x.xlsx"))
    assert source.sheet == "经销商"
    assert source.sheet_names == ("封面", "经销商", "旧数据", "空")
    assert source.left_out == ("封面", "旧数据")


def test_that_a_sheet_can_be_named(tmp_path: Path) -> None:
    path = several_sheets(tmp_path / "x.xlsx")
    assert read_table(path, sheet="旧数据").rows[3][1] == "旧公司"
    with pytest.raises(UserError) as refusal:
        read_table(path, sheet="没有")
    assert refusal.value.code == "import_sheet_unknown"


# --- text files


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("gb18030", "gb18030"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_that_a_text_file_is_read_in_any_encoding_with_any_delimiter(
    tmp_path: Path, encoding: str, name: str, delimiter: str, end: str
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(csv_text(delimiter, end).encode(encoding))
    source = read_table(path)
    assert (source.encoding, source.delimiter) == (name, delimiter)
    assert [list(row) for row in source.rows] == ROWS


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Code,Name\n" + "".join(f"C{n},Company {n}\n" for n in range(500)) + "C500,长沙\n", "gb18030"),
        ("Code,Name,Note\nA,Acme,好\n", "gb18030"),
        ("客户名称,电话\n天悦商贸,1380013\n", "gb18030"),
        ("客戶編號,客戶名稱,電話,備註\nA1,臺北貿易股份有限公司,02-12345678,請先聯絡\n", "big5"),
        ("編號,名稱\n1,高雄物流\n", "big5"),
        ("Code;Name;City\nA;Müller GmbH;Köln\nB;Café Élysée;Orléans\n", "cp1252"),
        ("Name;City\nMaría;México D.F.\n", "cp1252"),
        ("Name,Note\nAcme,don’t call – “urgent”\n", "cp1252"),
        ("Code;Company;City\n1;Żółw Sp. z o.o.;Łódź\n2;Paweł Śliwa;Kraków\n", "cp1250"),
        ("Code;Company;City\n1;ООО Ромашка;Москва\n2;ЗАО Восток;Казань\n", "cp1251"),
        ("Code;Company;City\n1;Müller GmbH;Köln\n2;Société Générale;Orléans\n", "mac_roman"),
        ("Code,会社名,City\n1,株式会社トヨタ商事,東京\n2,有限会社サクラ,大阪\n", "shift_jis"),
        ("Code,Company,City\n1,삼성상사 주식회사,서울\n2,현대무역,부산\n", "euc_kr"),
        ("客户编码,客户名称,城市\n1,长沙芙蓉商贸有限公司,长沙\n", "utf-16-le"),
        ("客户编码,客户名称,城市\n1,长沙芙蓉商贸有限公司,长沙\n", "utf-16-be"),
    ],
)
def test_that_the_encoding_is_the_one_with_common_characters(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert (decoded.encoding, decoded.text, decoded.damaged) == (encoding, text, False)


def test_that_a_few_damaged_bytes_do_not_change_the_encoding() -> None:
    decoded = decode(("客户名称,电话\n" * 20).encode() + b"\xff,1\n")
    assert (decoded.encoding, decoded.damaged) == ("utf-8", True)
    assert decoded.text.count("客户名称") == 20


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("客户名称,城市\n长沙天悦商贸有限公司,长沙\n".encode("gb18030"), "encoding_guessed"),
        ("Name;City\nMüller;Köln\n".encode("cp1252"), "encoding_guessed"),
        ("Name;City\nบริษัท สยามการค้า;กรุงเทพ\n".encode("cp874"), "encoding_doubtful"),
        ("Name;City\nחברה בעם;תל אביב\n".encode("cp1255"), "encoding_doubtful"),
        ("Name;City\nMüller;Köln\n".encode(), ""),
    ],
)
def test_that_a_guessed_encoding_is_told(tmp_path: Path, data: bytes, code: str) -> None:
    (tmp_path / "list.csv").write_bytes(data)
    source = read_table(tmp_path / "list.csv")
    assert [problem.code for problem in source.doubts] == ([code] if code else [])
    assert read_table(tmp_path / "list.csv", encoding="cp1252").doubts == ()


def test_that_the_mark_of_utf_8_before_another_encoding_is_not_believed() -> None:
    text = "客户名称,城市\n湘禾商贸,长沙\n天悦商贸,武汉\n"
    read = decode(b"\xef\xbb\xbf" + text.encode("gbk"))
    assert (read.text, read.encoding, read.certainty < 1) == (text, "gb18030", True)
    damaged = decode(b"\xef\xbb\xbf" + text.encode().replace("沙".encode(), b"\xff"))
    assert (damaged.encoding, damaged.text) == ("utf-8", text.replace("沙", UNREADABLE))


def test_that_an_encoding_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("Name,City\nŁódź,Łódź\n".encode("cp1250"))
    assert read_table(path, encoding="cp1250").rows[1] == ("Łódź", "Łódź")
    with pytest.raises(UserError) as refusal:
        read_table(path, encoding="klingon")
    assert refusal.value.code == "import_encoding_unknown"


@pytest.mark.parametrize(
    "head", ["BM,MC,DH", "BMW Dealer ID,Company,Phone", "MZ Nr,Company,Phone", "ID3,Company,Phone"]
)
def test_that_a_heading_like_the_beginning_of_another_file_is_a_heading(tmp_path: Path, head: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"{head}\n001,Alpha,1\n", encoding="utf-8")
    assert ",".join(map(str, read_table(path).rows[0])) == head


def test_that_a_cell_merged_downwards_also_fills_rows_that_end_before_it_and_none_below(tmp_path: Path) -> None:
    def cells(*texts: str, down: int = 0) -> str:
        return "".join(
            f"<Cell ss:MergeAcross='0' ss:MergeDown='{down}'><Data ss:Type='String'>{text}</Data></Cell>"
            for text in texts
        )

    workbook = (
        "<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'"
        " xmlns:ss='urn:schemas-microsoft-com:office:spreadsheet'><Worksheet ss:Name='S'><Table>"
        f"<Row>{cells('客户名称', '城市', '省', '店')}</Row>"
        f"<Row>{cells('甲', '长沙')}{cells('湖南', down=1)}{cells('A')}</Row>"
        f"<Row>{cells('乙')}</Row><Row>{cells('丙', '武汉', '湖北', 'C')}</Row></Table></Worksheet></Workbook>"
    )
    page = (
        "<table><tr><th>客户名称<th>城市<th>省<th>店<tr><td>甲<td>长沙<td rowspan=2>湖南<td>A<tr><td>乙"
        "<tr><td>丙<td>武汉<td>湖北<td>C</table>"
    )
    for content in (workbook, page):
        path = tmp_path / "list.xls"
        path.write_text(content, "utf-8")
        assert read_table(path).rows[1:] == (
            ("甲", "长沙", "湖南", "A"), ("乙", None, "湖南"), ("丙", "武汉", "湖北", "C"),
        )  # fmt: skip


def test_that_decimal_commas_do_not_pass_for_delimiters(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Name;Umsatz\nA;1.234,50\nB;12,5\nC;3,75\n", encoding="utf-8")
    assert read_table(path).rows[1] == ("A", "1.234,50")


@pytest.mark.parametrize("line", ["sep=;", '"sep=;"', "sep=; "])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_that_a_line_naming_the_delimiter_is_no_row(tmp_path: Path, line: str, end: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(f"{line}\nName;City\nA,B;C\n".replace("\n", end).encode())
    assert read_table(path).rows == (("Name", "City"), ("A,B", "C"))


def test_that_quoted_cells_keep_delimiters_quotes_and_line_ends() -> None:
    read = read_delimited('Name,Note,City\n"A, B","say ""hi""\nagain",X\n', Meter("x"))
    assert read.rows == [("Name", "Note", "City"), ("A, B", 'say "hi"\nagain', "X")]
    assert read.repaired == ()


@pytest.mark.parametrize("broken", [1, 30, 58])
def test_that_a_forgotten_quotation_mark_swallows_no_rows(broken: int) -> None:
    lines = [f"C{n},Company {n},Town,ok" for n in range(60)]
    lines[broken] = f'C{broken},"Company {broken},Town,bad'
    read = read_delimited("\n".join(["Code,Name,City,Note", *lines]) + "\n", Meter("x"))
    assert len(read.rows) == 61
    assert read.repaired == (broken + 2,)
    assert read.rows[broken + 1] == (f"C{broken}", f"Company {broken}", "Town", "bad")


def test_that_two_forgotten_quotation_marks_swallow_no_rows() -> None:
    lines = [f"C{n},Company {n},Town,ok" for n in range(60)]
    lines[10], lines[20] = 'C10,"Company 10,Town,bad', 'C20,"Company 20,Town,bad'
    read = read_delimited("\n".join(["Code,Name,City,Note", *lines]), Meter("x"))
    assert [row[0] for row in read.rows[1:]] == [f"C{n}" for n in range(60)]


def test_that_inches_inside_a_cell_are_just_text() -> None:
    read = read_delimited('Name,Size,City\nA,5" screen,X\nB,7" screen,Y\n', Meter("x"))
    assert read.rows[1:] == [("A", '5" screen', "X"), ("B", '7" screen', "Y")]


def test_that_nul_bytes_do_not_lose_a_row(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"Name,City\nA\x00cme,X\n" + b"Long enough,City\n" * 5)
    assert len(read_table(path).rows) == 7
