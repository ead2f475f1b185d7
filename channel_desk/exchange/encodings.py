"""Which encoding a text file is in: its mark, strict UTF-8, else the one whose characters people really use.

The rule of the statistics libraries fails for files that are nearly all ASCII; counting how many of the foreign
characters are among the common ones of each script decides even with two of them.
"""

from __future__ import annotations

import codecs
import contextlib
from dataclasses import dataclass, replace
from typing import Final

from channel_desk.domain.cells import UNREADABLE
from channel_desk.exchange.limits import MAX_ROWS

#: What a person may choose from when the guess is wrong.
ENCODINGS: Final = (
    "utf-8",
    "gb18030",
    "big5",
    "cp1252",
    "utf-16-le",
    "utf-16-be",
    "cp1250",
    "cp1251",
    "shift_jis",
    "euc_kr",
    "mac_roman",
    "cp850",
    "cp866",
    "koi8_r",
)

#: What Taiwan and Hong Kong added: without it there is no 宏碁 and no 深水埗.
_LARGER: Final = {"big5": ("cp950", "big5hkscs")}
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: Characters of running text, of addresses and company names, and of the headings of a customer list.
_SIMPLIFIED: Final = frozenset(
    "的一是了我不人在他有这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会家可下而过天去能对小多然于心学么之都好看起发当没成只如事把还用第样道想作种开"
    "美总从无情己面最女但现前些所同日手又行意动方期它头经长儿回位分爱老因很给名法间斯知世什两次使身者被高已亲其进此话常与活正感见明问力理尔点文几定本公特做外孩相西果走将月十实向声"
    "车全信重三机工物气每并别真打太新比才便夫再书部水像眼等体却加电主界门利海受听表德少克代员许陵先口由死安写性马光白或住难望教命花结乐色更拉东神记处让母父应直字场平报友关放至张认"
    "接告入笑内英军候民岁往何度山觉路带万男边风解叫任金快原吃变通师立象数四失满战远格士音轻目条呢病始达深完今提求清王化空业思切怎非找片罗钱紶吗语元喜曾离飞科言干流欢约各即指合反题"
    "必该论交终林请医晚制球决传画保读运及则房早院量苦火布品近坐产答星精视五连司巴奇管类未朋且婚台夜青北队久乎越观落尽形影红爸百令周吧识步希亚术留市半热送兴造谈容极随演收首根讲整式"
    "取照办强石古华备底妈食品贸易商限有集团批发零售终端经销客户编码名称简称级别省市区县地址联系人手机电话传真邮编邮箱合作日期年销售额账期信用额度负责人备注序号厂店铺镇乡村街巷弄栋楼层室"
    "湖南北广州深圳京沪津渝川贵云藏陕甘宁疆琼闽浙苏皖赣鲁豫鄂粤桂冀晋辽吉黑内蒙古香港澳门台湾杭武汉沙株洲岳阳宜昌郑成都重庆昆明哈尔滨沈济青岛厦福建合肥无锡常佛山东莞泉温宁波"
    "李王张刘陈杨黄赵吴周徐孙马朱胡郭何罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段"
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛超霞平刚桂兰飞鑫源宏达瑞祥盛世天悦恒昌锦程润泽嘉禾芙蓉化妆供应链务电子行营"
)
_TRADITIONAL: Final = frozenset(
    "的一是了我不人在他有這個上們來到時大地為子中你說生國年著就那和要她出也得裡後自以會家可下而過天去能對小多然於心學麼之都好看起發當沒成只如事把還用第樣道想作種開"
    "美總從無情己面最女但現前些所同日手又行意動方期它頭經長兒回位分愛老因很給名法間斯知世什兩次使身者被高已親其進此話常與活正感見明問力理爾點文幾定本公特做外孩相西果走將月十實向聲"
    "車全信重三機工物氣每並別真打太新比才便夫再書部水像眼等體卻加電主界門利海受聽表德少克代員許陵先口由死安寫性馬光白或住難望教命花結樂色更拉東神記處讓母父應直字場平報友關放至張認"
    "接告入笑內英軍候民歲往何度山覺路帶萬男邊風解叫任金快原吃變通師立象數四失滿戰遠格士音輕目條呢病始達深完今提求清王化空業思切怎非找片羅錢嗎語元喜曾離飛科言乾流歡約各即指合反題"
    "必該論交終林請醫晚制球決傳畫保讀運及則房早院量苦火布品近坐產答星精視五連司巴奇管類未朋且婚台夜青北隊久乎越觀落盡形影紅爸百令周吧識步希亞術留市半熱送興造談容極隨演收首根講整式"
    "取照辦強石古華備底媽食品貿易商限有集團批發零售終端經銷客戶編碼名稱簡稱級別省市區縣地址聯絡聯繫人手機電話傳真郵遞編郵箱合作日期年銷售額帳期信用額度負責人備註序號廠店舖鎮鄉村街巷弄棟樓層室"
    "湖南北廣州深圳京滬津渝川貴雲藏陝甘寧疆瓊閩浙蘇皖贛魯豫鄂粵桂冀晉遼吉黑蒙香港澳門臺灣杭武漢沙株洲岳陽宜昌鄭成都重慶昆明哈爾濱瀋濟青島廈福建合肥無錫常佛山東莞泉溫寧波桃園竹苗彰投嘉義屏基隆"
    "李王張劉陳楊黃趙吳周徐孫馬朱胡郭何羅梁宋鄭謝韓唐馮于董蕭程曹袁鄧許傅沈曾彭呂蘇盧蔣蔡賈丁魏薛葉閻余潘杜戴夏鍾汪田任姜范方石姚譚廖鄒熊金陸郝孔白崔康毛邱秦江史顧侯邵孟龍萬段"
    "偉芳娜秀英敏靜麗強磊軍洋勇艷杰娟濤超霞平剛桂蘭飛鑫源宏達瑞祥盛世天悅恆昌錦程潤澤嘉禾芙蓉股份企業實務貳號"
)
_PUNCTUATION: Final = frozenset("，。、；：？！“”‘’（）《》【】—…·￥　") | {chr(code) for code in range(0xFF01, 0xFF5F)}
_KOREAN: Final = frozenset(
    "이다는을를의에가한고하지도로나사리자기어시대인수해일서아있그들정부은상보주전제원국장동무라만안면문방여연경공과관구금김남내년농당독등력령마명모목물미민박반발배백변병본북분비산삼생석선설성세소송"
    "숙순식신실심애양업역영예오옥온완왕외요용우운울월위유육음익임입작재점조종중직진집차창천철청초최축출충치칠태토통특파판팔평포표품학함합항행향허현형호홍화환황회효후훈희코드전화번호고객명담당급"
)
#: What is Japanese and nothing else; its other characters are those of Chinese.
_KANA: Final = frozenset(map(chr, range(0x3041, 0x30FF)))
_CYRILLIC: Final = frozenset(map(chr, range(0x410, 0x450))) | set("ёЁіїєґІЇЄҐў")
_CYRILLIC_SIGNS: Final = frozenset("«»№–—“”’…\u00a0")
_CENTRAL: Final = frozenset("ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňřšťúůýžÁČĎÉĚÍŇŘŠŤÚŮÝŽöőüűÖŐÜŰäßÄçâăîșțşţ„”–—’“…\u00a0")
_WESTERN: Final = frozenset("éèêëàâäáãåçñóòôöõúùûüíîïßøæœÉÈÊÀÂÄÁÃÅÇÑÓÔÖÕÚÜÍØÆŒ’‘“”–—•€£«»°ºª½²³·¡¿§©®™ýÿšžŠŽ\u00a0")
#: A guess below this has too many characters that nobody uses.
CERTAIN: Final = 0.6
#: What is looked at; the rest of a long file says nothing new.
_SAMPLE: Final = 40_000
_SAMPLE_OF_LINE: Final = 400
#: What may be mixed with UTF-8 in one file, and its common characters.
_EAST_ASIAN: Final = (("gb18030", _SIMPLIFIED), ("big5", _TRADITIONAL))


@dataclass(frozen=True)
class DecodedText:
    """``text`` without its mark; ``damaged`` when some bytes mean nothing in ``encoding``.

    ``certainty`` is 1 unless the encoding was guessed; below CERTAIN a person should look at the names. ``others`` are
    the lines, counted from 1, that are in ``other_encoding``: two files were pasted into one.
    """

    text: str
    encoding: str
    damaged: bool = False
    certainty: float = 1.0
    other_encoding: str = ""
    others: tuple[int, ...] = ()


def decode(data: bytes, encoding: str | None = None) -> DecodedText:
    """The text of ``data``. Bytes that mean nothing become U+FFFD and are pointed out later, row by row."""
    for mark, name in _MARKS:
        if data.startswith(mark) and encoding in {None, name}:
            marked = _decoded(data[len(mark) :], name)
            mixed = _mixed(data[len(mark) :]) if marked.damaged and encoding is None and name == "utf-8" else None
            if mixed is not None or encoding is not None or not _is_wrong(marked):
                return mixed or marked
            data = data[len(mark) :]  # web sites put the mark of UTF-8 before GBK
            break
    if encoding is not None:
        return _decoded(data, encoding)
    wide = _wide(data)
    if wide:
        return _decoded(data, wide)
    try:
        return DecodedText(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        mixed = _mixed(data)
        if mixed is not None:
            return mixed
        guess, score = _most_common(data)
        # A guess is never as good as a mark: it is told, and doubted where its characters are no common ones.
        return replace(_decoded(data, guess), certainty=min(score, 0.99))


def _decoded(data: bytes, encoding: str) -> DecodedText:
    for codec in (encoding, *_LARGER.get(encoding, ())):
        with contextlib.suppress(UnicodeDecodeError):
            return DecodedText(data.decode(codec), encoding)
    return DecodedText(data.decode(encoding, "replace"), encoding, damaged=True)


def _is_wrong(marked: DecodedText) -> bool:
    """Whether most of what is no plain letter is damaged."""
    return marked.damaged and marked.text.count(UNREADABLE) * 2 > sum(1 for one in marked.text if one > "\x7f")


def _mixed(data: bytes) -> DecodedText | None:
    """A text of which some lines are UTF-8 and the others GB18030 or Big5: two files were pasted into one.

    Each line is told by its own characters. None where it is not so, or where it would be guesswork.
    """
    lines = data.splitlines(keepends=True)
    foreign = [number for number, line in enumerate(lines) if not line.isascii()]
    kinds = {number: _as_utf8(lines[number]) for number in foreign}
    sound = b"".join(lines[number] for number in foreign if kinds[number] == _WORD)
    rest = b"".join(lines[number] for number in foreign if not kinds[number])
    if not sound or not rest or len(foreign) > 2 * MAX_ROWS:
        return None
    if _share(sound[:_SAMPLE], "utf-8", _SIMPLIFIED | _TRADITIONAL) < CERTAIN:
        return None  # bytes of another encoding that look like UTF-8 by chance
    other, common = max(_EAST_ASIAN, key=lambda one: _share(rest[:_SAMPLE], *one))
    others, is_other = [], not next(one for one in kinds.values() if one != _ACCENT)
    for number in foreign:
        if kinds[number] != _ACCENT:  # accents alone may be either: such a line is what the line above is
            is_other = not kinds[number] and _utf8_share(lines[number][:_SAMPLE_OF_LINE]) < CERTAIN
        if is_other:
            others.append(number)
    if _share(b"".join(lines[number] for number in others)[:_SAMPLE], other, common) < CERTAIN:
        return None
    chosen = frozenset(others)
    decoded = [_decoded(line, other if number in chosen else "utf-8") for number, line in enumerate(lines)]
    if any(decoded[number].damaged for number in others):
        return None
    text, is_damaged = "".join(line.text for line in decoded), any(line.damaged for line in decoded)
    told = tuple(number + 1 for number in others)
    return DecodedText(text, "utf-8", is_damaged, other_encoding=other, others=told)


#: What a line can be as UTF-8: 0 is none; accents of two bytes are formed by other texts too, words of three are not.
_ACCENT: Final = 1
_WORD: Final = 2


def _as_utf8(line: bytes) -> int:
    try:
        return _WORD if max(line.decode("utf-8")) >= "\u0800" else _ACCENT
    except UnicodeDecodeError:
        return 0


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: every other byte of its digits, commas and line ends is zero, of Chinese words none."""
    sample = data[:4000]
    if len(sample) < 4 or 0 not in sample:
        return ""
    if sample.count(0) * 5 < len(sample):
        return next((name for name in ("utf-16-le", "utf-16-be") if _is_readable(sample.decode(name, "replace"))), "")
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > 4 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 4 * odd else ""


def _is_readable(text: str) -> bool:
    """Whether nearly all characters are common ones, and lines end somewhere."""
    common = sum(1 for one in text if " " <= one <= "~" or one in "\r\n\t" or one in _SIMPLIFIED or one in _TRADITIONAL)
    return common * 10 >= len(text) * 7 and not {"\r", "\n"}.isdisjoint(text)


def _most_common(data: bytes) -> tuple[str, float]:
    """The likeliest encoding and how common its characters are, at most 1."""
    sample = _lines_with_foreign_bytes(data)
    scores = {
        "gb18030": _share(sample, "gb18030", _SIMPLIFIED),
        "big5": _share(sample, "big5", _TRADITIONAL),
        "cp1252": _lone_share(sample, "cp1252", _WESTERN),
        "utf-8": _utf8_share(sample),
        "cp1250": _lone_share(sample, "cp1250", _CENTRAL),
        "cp850": _lone_share(sample, "cp850", _WESTERN),
        "mac_roman": _lone_share(sample, "mac_roman", _WESTERN),
        "cp1251": _cyrillic_share(sample, "cp1251"),
        "cp866": _cyrillic_share(sample, "cp866"),
        "koi8_r": _cyrillic_share(sample, "koi8_r"),
        "shift_jis": _japanese_share(sample),
        "euc_kr": _share(sample, "euc_kr", _KOREAN),
    }
    best = max(scores, key=lambda name: scores[name])
    if best in {"cp850", "mac_roman"} and scores["cp850"] == scores["mac_roman"]:
        return best, CERTAIN / 2  # DOS and Macintosh share most of their bytes: a person has to look
    return best, scores[best]


def _lines_with_foreign_bytes(data: bytes) -> bytes:
    """Lines that are not ASCII, up to the size of a sample; cut between lines, so no character is torn."""
    lines, size = [], 0
    for line in data.splitlines():
        if not line.isascii():
            lines.append(line)
            size += len(line)
            if size > _SAMPLE:
                break
    return b"\n".join(lines)[: 2 * _SAMPLE]  # one endless line is no table, but must not cost minutes


def _share(data: bytes, encoding: str, common: frozenset[str]) -> float:
    text = data.decode(encoding, "replace")
    foreign = [character for character in text if character > "\x7f"]
    if not foreign:
        return 0.0
    damaged = foreign.count("\ufffd")
    good = sum(1 for character in foreign if character in common or character in _PUNCTUATION)
    return (good - 2 * damaged) / len(foreign)


def _japanese_share(data: bytes) -> float:
    text = data.decode("shift_jis", "replace")
    if _KANA.isdisjoint(text):
        return 0.0  # names of companies and people always have some; without them it may be any language
    return _share(data, "shift_jis", _KANA | _SIMPLIFIED | _TRADITIONAL)


def _cyrillic_share(data: bytes, encoding: str) -> float:
    """Cyrillic letters come in words: never beside a Latin letter, and no capital after a small letter."""
    text = data.decode(encoding, "replace")
    if _CYRILLIC.isdisjoint(text):
        return 0.0
    total = good = 0
    for before, character, after in zip(" " + text, text, text[1:] + " ", strict=False):
        if character > "\x7f":
            total += 1
            beside_latin = (before.isascii() and before.isalpha()) or (after.isascii() and after.isalpha())
            is_letter = character in _CYRILLIC and not beside_latin and not (before.islower() and character.isupper())
            good += is_letter or character in _CYRILLIC_SIGNS
    letters = [one for one in text.lower() if one in _CYRILLIC]
    common = sum(1 for one in letters if one in "оеаинтсрвл") / len(letters)
    # Other alphabets read as DOS text have small letters only, read as KOI8 capitals only: a real text has both.
    cases = {one.isupper() for one in text if "А" <= one <= "я"}
    if (encoding == "cp866" and True not in cases) or (encoding == "koi8_r" and len(cases) < 2):
        return 0.0
    # Half of all letters are among these ten; Greek, Hebrew and Arabic read as Cyrillic have others.
    return 0.9 * good / total * min(1.0, common / 0.4)


def _lone_share(data: bytes, encoding: str, common: frozenset[str]) -> float:
    """Accented letters stand between ASCII letters; Chinese read as Western comes in long runs."""
    text = data.decode(encoding, "replace")
    total = good = 0
    for place, character in enumerate(text):
        if character > "\x7f":
            total += 1
            before, after = text[place - 1 : place], text[place + 1 : place + 2]
            run = text[max(0, place - 2) : place + 3]
            is_lone = before <= "\x7f" or after <= "\x7f" or sum(one > "\x7f" for one in run) < 4
            misplaced = (
                character.isupper() and (before.islower() or (before.isalpha() and after.islower()))
                if character.isalpha()
                else before.isalpha() and after.isalpha()
            )
            good += character in common and is_lone and (not misplaced or character in "’-")
    # Half of the weight: two accents in one word are rare, a whole page of lone ones is not Chinese.
    return 0.75 * good / total if total else 0.0


def _utf8_share(data: bytes) -> float:
    """UTF-8 with a few broken bytes is still UTF-8: no other text forms its sequences by chance."""
    text = data.decode("utf-8", "replace")
    foreign = [character for character in text if character > "\x7f"]
    if not foreign:
        return 0.0
    return 1.2 * (len(foreign) - 8 * foreign.count("\ufffd")) / len(foreign)
