"""Legal forms of companies: what nearly all names end in, so that none is told from the others by it."""

from __future__ import annotations

import re

_CHINESE = re.compile("(?:股份|責任|责任)?有限(?:责任|責任)?公司|股份公司|集团公司|集團公司|公司|集团|集團")
_LATIN = re.compile(
    r"\bco\b\.?,?\s*\bltd\b\.?|\bcompany\b|\blimited\b|\bltd\b\.?|\binc\b\.?|\bcorp(?:oration)?\b\.?|\bllc\b\.?|\bplc\b\.?"
    r"|\bgmbh\b(?:\s*&\s*co\.?\s*kg)?|\bs\.?a\.?r\.?l\b\.?|\bs\.a\.|\bs\.p\.a\.|\bs\.l\.|\bb\.v\.|\bltda\b\.?|\bpty\b\.?|\bag\b",
    re.IGNORECASE,
)
_LATIN_LETTERS = re.compile("[A-Za-z]")


def without_legal_form(name: str) -> str:
    """``name`` with blanks where 有限公司 or Co., Ltd. stood; unchanged where nothing else would be left."""
    stripped = name if name.isascii() else _CHINESE.sub(" ", name)
    if _LATIN_LETTERS.search(name):
        stripped = _LATIN.sub(" ", stripped)
    return stripped if stripped.strip() else name
