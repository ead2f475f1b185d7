"""What there cannot be less than nothing of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

#: Fields of distributors and promises that tell how much or how many there is. What is written as less than nothing
#: there is a slip of the keyboard, or a balance in the wrong column.
QUANTITIES: Final = frozenset(
    {
        "annual_sales_minor", "credit_limit_minor", "amount_minor", "terms_days", "stores", "outlets", "staff",
        "sales_people", "vehicles", "warehouse_m2",
    }
)  # fmt: skip


def is_below_zero(values: Mapping[str, object]) -> bool:
    """Whether one of ``values``, by field, cannot be: there is no less than nothing of it."""
    return any(isinstance(value, int) and value < 0 for field, value in values.items() if field in QUANTITIES)
