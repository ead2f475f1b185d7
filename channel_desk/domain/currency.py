"""The currency of the house."""

from __future__ import annotations

from typing import Final

#: What amounts are in where nobody has said otherwise.
HOME_CURRENCY: Final = "CNY"
