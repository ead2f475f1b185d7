"""Payment terms as people write them: 月结30天, 2% 10 Net 30, 款到发货."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from channel_desk.domain.readings import simplified

#: Longer texts are agreements.
_LONGEST: Final = 40
_FROM: Final = (
    r"月结|账期|票到|到票|票后|见票|货到|到货后?|收货后?|发货后?|开票后?|收票后?|次月|对账后|net|n|terms|invoice|eom"
)
_DAYS = re.compile(
    rf"(?:(?:{_FROM})[\s/:：-]*)+(?P<days>\d{{1,3}})\s*(?:天|日|days?|d)?(?:内?付款|结算|内)?"
    rf"|(?P<days_2>\d{{1,3}})\s*(?:天|日|days?|d)\s*[(（]?(?:{_FROM}|结算|付款|回款)[)）]?"
    r"|\d{1,2}(?:\.\d)?\s*%?\s*/?\s*\d{1,2},?\s*(?:net|n)[\s/]*(?P<days_3>\d{1,3})"
)
_AT_ONCE = re.compile(
    r"现款|现结|现金|现款现货|现款结算|现金结算|款到发货|先款后货|货到付款|预付款?|预付全款|全款|无账期|即期|immediate"
    r"|cash|cod|c\.o\.d\.?|cash on delivery|cash in advance|due (?:up)?on receipt|on receipt|prepaid|prepayment"
)


def days_of_terms(text: str) -> int | None:
    """The days until payment, 0 for payment at once; None where the text does not say so clearly."""
    plain = simplified(unicodedata.normalize("NFKC", text)).strip().casefold().replace("帐", "账")
    if len(plain) > _LONGEST:
        return None
    if _AT_ONCE.fullmatch(plain):
        return 0
    match = _DAYS.fullmatch(plain)
    return int(next(filter(None, match.groups()))) if match else None
