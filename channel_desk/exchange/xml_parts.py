"""Parts of a package that are XML: parsed piece by piece, without entities, never deeper than a real one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final
from xml.parsers import expat

from channel_desk.errors import UserError
from channel_desk.exchange.limits import MAX_DEPTH
from channel_desk.exchange.packages import Package, Parts

#: Elements of a part that is held at once: styles, relations, the list of sheets.
_MOST_ELEMENTS: Final = 500_000

_BLANK_CELL = re.compile(rb'<c r="[A-Z]+\d+"[^<>]*(?:/>|></c>)')
_BLANK_ROW = re.compile(rb'<row r="\d+"[^<>]*(?:/>|>\s*</row>)')


def parse_part(parts: Parts, part: str, handler: Handler, *, cut_blanks: bool = False) -> bool:
    """Parse a part; whether it was read to its end. Raises UserError when it is damaged."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = _refuse_doctype(parts)
    try:
        for chunk in _without_blanks(parts.chunks(part)) if cut_blanks else parts.chunks(part):
            parser.Parse(chunk, False)  # noqa: FBT003 - expat takes it by position only
            handler.check()
        parser.Parse(b"", True)  # noqa: FBT003 - the same
    except EnoughError:
        return False
    except (
        expat.ExpatError,
        LookupError,
        ValueError,
    ) as damage:  # the latter two: an encoding that expat does not know
        raise UserError("import_file_damaged", path=parts.path.name) from damage
    return True


def _refuse_doctype(parts: Parts) -> Callable[..., None]:
    def refuse(*_: object) -> None:
        # No spreadsheet program writes one; it is how entity bombs and reads of other files come in.
        raise UserError("import_file_damaged", path=parts.path.name)

    return refuse


def _without_blanks(chunks: Iterator[bytes]) -> Iterator[bytes]:
    rest = b""
    for chunk in chunks:
        text = rest + chunk
        end = text.rfind(b"</row>") + 6
        if end < 6:
            end = text.rfind(b">") + 1 or len(text)
        text, rest = text[:end], text[end:]
        if b"<![CDATA[" not in text:
            text = _BLANK_ROW.sub(b"", _BLANK_CELL.sub(b"", text))
        yield text
    yield rest


class EnoughError(Exception):
    """As many rows as were asked for."""


class Handler:
    """What expat calls; names come with the prefix the file uses. ``depth`` counts the open elements."""

    depth = 0

    def start(self, name: str, attributes: dict[str, str]) -> None: ...

    def end(self, name: str) -> None:  # noqa: ARG002 - called by expat
        self.depth -= 1

    def text(self, text: str) -> None: ...

    def check(self) -> None: ...


def local_name(name: str) -> str:
    """The name without the prefix of its namespace."""
    return name.rpartition(":")[2]


def relation_of(attributes: dict[str, str]) -> str:
    """The id of what an element needs of another part; its name is known by the prefix that a bare id has not."""
    return next((value for key, value in attributes.items() if local_name(key) == "id" and ":" in key), "")


class _Elements(Handler):
    """Collects the attributes of every element of a small part."""

    def __init__(self) -> None:
        self.found: list[tuple[str, dict[str, str]]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH or len(self.found) > _MOST_ELEMENTS:
            raise expat.ExpatError
        self.found.append((local_name(name), attributes))


def elements_of(package: Package, part: str) -> list[tuple[str, dict[str, str]]]:
    """Name and attributes of every element of a small part, in their order."""
    handler = _Elements()
    if part in package:
        parse_part(package, part, handler)
    return handler.found
