"""A cell of a spreadsheet as it was read, and its text as a person would write it."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from typing import Final, TypeGuard

Cell = str | int | float | bool | date | datetime | time | timedelta | None

#: Blanks at both ends of a cell say nothing: spaces of all widths, line ends, invisible marks.
BLANKS: Final = (
    " \t\r\n\v\f\u00a0\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u2060\u3000\ufeff\u2002\u2003\u2009\u202f"
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # the direction of writing, around copied phone numbers
)
#: A spreadsheet keeps fifteen digits of a number; whatever follows is gone.
KEPT_DIGITS: Final = 15
#: A character that stands for bytes which could not be read.
UNREADABLE: Final = "\ufffd"


class UncalculatedFormula(str):
    """A formula whose value is not in the file; the text is the formula itself."""

    __slots__ = ()


#: Also marks of no width, with which 武汉 would be another town; not those that join the parts of an emoji.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
#: How the errors of Excel, and those of LibreOffice and WPS, begin.
ERROR_MARKS: Final = ("#", "Err:", "错误:", "错误：")
_FORMULA_ERROR = re.compile(
    r"#(?:N/A|VALUE!|REF!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|FIELD!|BUSY!|CONNECT!|BLOCKED!|UNKNOWN!|EXTERNAL!|PYTHON!"
    r"|TIMEOUT!|ERROR!|GETTING_DATA)|(?:Err|错误)[:：]\d{3}",
    re.IGNORECASE,
)


#: An apostrophe in front of numbers, of what would be a formula, and by some systems of every code, keeps them as
#: text; 't Hart is a name.
_KEPT_AS_TEXT = re.compile(r"'(0\w*|[\d ()./+-]+|(?=[A-Z-]*\d{4})[\dA-Z-]+|[=+@-].*)", re.DOTALL)


def without_apostrophe(text: str) -> str:
    """The text of a cell that was written as '00013 so that Excel keeps its zeros."""
    match = _KEPT_AS_TEXT.fullmatch(text)
    return match[1] if match else text


def number_text(value: float) -> str:
    """A number without the traces of floating point: 13800138000.0 is 13800138000."""
    if isinstance(value, int):
        return str(value)
    if value.is_integer() and abs(value) < 1e21:
        return str(int(value))
    return repr(value)


def cell_text(value: Cell) -> str:
    """The cell as text, blanks at the ends left off; nothing else is changed."""
    if isinstance(value, str):
        return value.strip(BLANKS)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return number_text(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time.min else value.isoformat(" ")
    return str(value)


def is_number(value: Cell) -> TypeGuard[int | float]:
    """Whether the cell holds a number; to Python TRUE would be one too."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def is_blank(value: Cell) -> bool:
    """Whether nothing can be seen in the cell."""
    return value is None or (isinstance(value, str) and not value.strip(BLANKS))


def row_number(value: Cell) -> int | None:
    """The number that a cell counts its row with: 3, 3. or (3); None for anything else, such as 003."""
    text = unicodedata.normalize("NFKC", cell_text(value)).strip("().、")
    return int(text) if text.isdecimal() and len(text) <= KEPT_DIGITS and str(int(text)) == text else None


def column_letters(index: int) -> str:
    """The name a spreadsheet program gives the column: A, B, ... Z, AA; ``index`` counts from 0."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The place of the column that a spreadsheet program names so, counted from 0: A is 0, AA is 26."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def is_formula_error(text: str) -> bool:
    """Whether a formula left an error such as #N/A instead of a value."""
    return text.startswith(ERROR_MARKS) and _FORMULA_ERROR.fullmatch(text) is not None


def without_control_characters(text: str) -> str:
    """The text without characters that no printer and no screen can show; line ends and tabs stay."""
    return _CONTROL.sub("", text)


def folded(text: str) -> str:
    """A key for comparing: full width and half width, capitals and small letters, and blanks make no difference."""
    if text.isascii():
        return "".join(text.split()).casefold()
    plain = unicodedata.normalize("NFKC", text)
    if not plain.isprintable():
        plain = plain.translate(_INVISIBLE)
    return "".join(plain.split()).casefold()


def without_invisible(text: str) -> str:
    """The text without marks of no width, which a heading copied from the web may hold between its characters."""
    return text if text.isprintable() else text.translate(_INVISIBLE)


_INVISIBLE: Final = {
    ord(c): None for c in "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff"
}
