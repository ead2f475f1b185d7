"""Lines of a table that are no distributor: totals, remarks, titles of parts, and what a template came with."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from channel_desk.domain.places_in_cells import PROVINCES

#: Totals and remarks are told by their beginning.
LONGEST_MARK: Final = 200

_COUNT = r"(?:\d+(?:家|个|户|條|条|行|名|rows?|customers?|distributors?|records?)?)"
#: Matched without blanks: 合 计 is set apart to fill its cell.
_TOTAL = re.compile(
    r"(?:[^,。:]{0,10}(?:合计|合計|小计|小計|总计|總計|共计|共計|累计|累計|总数|總數|总和|總和|汇总|彙總)"
    r"|(?:grand|sub-?)?totals?(?:(?:numberof)?(?:customers|distributors|dealers|accounts|records|rows|entries))?"
    r"|sums?|summe|平均值?|average|avg\.?)"
    rf"(?:\({_COUNT}\)|{_COUNT})?(?::.*)?"
    r"|[总總]?共(?:有)?\d+(?:家|个|户|條|条|行|名)(?:客户|经销商|记录|数据)?",
    re.IGNORECASE,
)
#: One of these is in every total; most cells are told by it.
_HINT = re.compile(r"[计計数數和总總汇彙均共]|total|sum|average|avg", re.IGNORECASE)
_COUNTED = re.compile(
    r"(?:共|合计|合計|共计|共計|总共)?\s*\d+\s*(?:家|个|户|條|条|行|名|rows?|customers?|distributors?|records?)",
    re.IGNORECASE,
)
_REMARK = re.compile(
    r"[(（\[【*※]*\s*(?:注|备注|備註|说明|說明|附注|附註|制表|製表|制单|製單|填表|编制|編製|审核|審核|审批|复核|覆核|批准|经办|經辦|盖章|签字|签章|打印|数据来源|资料来源|更新时间|更新日期|截止|截至|日期|单位|导出"
    r"|notes?|remarks?|date|source|printed|prepared by|generated(?: by| on)?|exported|updated|as of|page"
    r"|filter(?:s|ed by)?)"
    r"(?:人|日期|时间)?\s*(?:\d+\s*)?[)）]?(?:[:：\d].*|$)"
    r"|(?!联系|聯絡)[\u3400-\u9fff]{1,6}(?:人|员|員|主管|单位|單位|日期|时间|時間)\s*[:：]"
    r"|第\s*\d+\s*[页頁](?:\W|$)"
    r"|\W*(?:end of (?:report|list|file|data)\b|confidential\b|copyright\b|内部资料|以下空白|以下无正文)",
    re.IGNORECASE | re.DOTALL,
)
#: Beside a signature.
_DAY = re.compile(r"\d{2,4}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}\s*日?")
#: What is said of all distributors, or in a whole sentence: no company is called so.
_SENTENCE = re.compile(
    r"(?:(?:以上|以下|上述|上列|下列)(?:客户|经销商|数据|信息|内容|名单|价格|各|均|为)|本表|此表).{2,}"
    r"|.+(?:均[需须为已按应由]|由.{1,8}负责).*|.{2,}[，；].{2,}[。；！]"
)
_FILL_IN = frozenset(
    {"必填", "必填项", "选填", "选填项", "非必填", "可选", "required", "optional", "mandatory", "必須", "任意"}
)
#: What is typed in a column, below its heading: 文本, 11位数字, YYYY-MM-DD.
_FORM = re.compile(
    r"文本|文字|字符|数字|数值|整数|小数|金额|日期|时间|百?万?元|下拉(?:选择|框)?|[单多]选|\d+位(?:数字|字符)?|y{2,4}\W?m{1,2}\W?d{1,2}"
    r"|text|string|number|integer|decimal|amount|date|drop-?down",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(
    r"[(（\[【<《]?(?:填写)?(?:示例|样例|范例|舉例|举例|例如|例子|example|sample|e\.g\.)(?:[\s\d]*$|\s*\d*\s*[:：)）\]】>》].*)",
    re.IGNORECASE,
)
_NUMBERED_PART = re.compile(
    r"(?:[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|第[一二三四五六七八九十\d]{1,3}部分)(?!.*(?:公司|店|行|厂|社|中心|超市|商贸|集团)).{1,12}"
)
_PLACE = re.compile(
    rf"(?:(?:[东西南北中]部|华[东南中北]|西[南北]|东北|{PROVINCES})(?:省|市|[大片地]?区|自治区|区域|市场)?"
    r"|[\u3400-\u9fff]{2,3}(?<![超门夜菜集花早])市|[\u3400-\u9fff]{1,4}[大片]区)(?:[(（]\d+[家个户名][)）])?"
)
_HAN = re.compile(r"[\u3400-\u9fff]")


def line_of_no_distributor(texts: Sequence[tuple[int, str]], *, filled: int, width: int, name_index: int) -> str:
    """The code of the problem that says what a line is instead of a distributor; empty when it may be one.

    ``texts`` are the texts of its ``filled`` cells with their columns, ``width`` counts the columns of the table.
    """
    words = [text for _, text in texts]
    if any(is_total(text) for text in words[:3]) and _has_no_business(texts, name_index):
        return "totals_row"
    name = next((text for index, text in texts if index == name_index), "")
    if _EXAMPLE.fullmatch(name) or (filled == len(words) and all(_is_fill_in(text) for text in words)):
        return "template_row"
    if filled != len(words):
        return ""
    if filled > 1 and _are_remarks(words):
        return "remark_row"
    if width <= filled + 1:
        return ""
    if _is_remark(texts, name_index):
        return "remark_row"
    if filled == 1 and (_NUMBERED_PART.fullmatch(words[0]) or _PLACE.fullmatch(words[0])):
        return "section_row"
    return ""


def is_total(text: str) -> bool:
    """Whether the text is a word for a total: 合 计, 小计：, 合计（3家）, Grand Total."""
    if _HINT.search(text) is None:
        return False
    squeezed = "".join(unicodedata.normalize("NFKC", text[:LONGEST_MARK]).split()).strip("“”\"'*")
    return _TOTAL.fullmatch(squeezed) is not None or _TOTAL.fullmatch(squeezed.strip("()")) is not None


def _is_fill_in(text: str) -> bool:
    word = text.strip("()（）*[]【】 ")
    return word.casefold() in _FILL_IN or _FORM.fullmatch(word) is not None


def _has_no_business(texts: Sequence[tuple[int, str]], name_index: int) -> bool:
    """Whether the name is missing or part of the total: a company called Total has more to show."""
    name = next((text for index, text in texts if index == name_index), "")
    if name and not name.isdecimal() and not is_total(name) and not _COUNTED.fullmatch(name):
        return False
    words = sum(1 for _, text in texts if not is_total(text) and not _COUNTED.fullmatch(text) and not _is_numeric(text))
    return words <= 1


def _is_numeric(text: str) -> bool:
    return any(character.isdigit() for character in text) and not any("a" <= c <= "z" for c in text.lower())


def _are_remarks(words: Sequence[str]) -> bool:
    """Whether all words of a line are labelled ones: a signature beside another, or a day beside one."""
    return all(_REMARK.match(one) or (place and _DAY.fullmatch(one)) for place, one in enumerate(words))


def _is_remark(texts: Sequence[tuple[int, str]], name_index: int) -> bool:
    """One or two words on the whole line that speak of the table and not of a distributor."""
    index, text = texts[0]
    if _are_remarks([one for _, one in texts]) or (len(texts) == 2 and _REMARK.match(text)):
        return True
    if len(texts) > 1:
        return False
    return bool(_SENTENCE.fullmatch(text)) or (
        index != name_index and (len(text) >= 16 or len(_HAN.findall(text)) >= 6)
    )
