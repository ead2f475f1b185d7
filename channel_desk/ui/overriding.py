"""``@override`` for methods that Qt calls, without loading typing_extensions before the first paint."""

from __future__ import annotations

import functools
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing_extensions import override as override  # noqa: PLC0414 - exported on purpose
elif sys.version_info >= (3, 12):

    def override(method: Any) -> Any:
        return method

else:

    def override(method: Any) -> Any:
        """Let errors of ``method`` reach the crash path.

        Up to Python 3.11 an error that comes out of C, such as that of an index that is not there, is no exception
        object before somebody catches it. PySide6 6.11 takes it for one when it leaves a method that Qt has called,
        and the process dies.
        """

        @functools.wraps(method)
        def caught(*args: Any) -> Any:
            try:
                return method(*args)
            except BaseException:  # noqa: TRY203 - to be caught is what makes it an object
                raise

        return caught
