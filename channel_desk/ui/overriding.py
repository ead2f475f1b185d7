"""``@override`` for methods that Qt calls, without loading typing_extensions before the first paint."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing_extensions import override as override  # noqa: PLC0414 - exported on purpose
else:

    def override(method: Any) -> Any:
        return method
