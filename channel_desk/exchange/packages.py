"""Zip packages of spreadsheets: what is inside, and whether it is safe to unpack."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Protocol

from channel_desk.errors import UserError
from channel_desk.exchange import limits

_ENCRYPTED_FLAG: Final = 0x1
_CHUNK: Final = 1 << 20


class Parts(Protocol):
    """What XML is read from, a part by its name."""

    path: Path

    def chunks(self, part: str) -> Iterator[bytes]:
        """The bytes of a part, a piece at a time. Raises UserError when they are damaged."""
        ...


class FlatFile:
    """A file that is one part, not packed."""

    def __init__(self, path: Path, data: bytes) -> None:
        self.path = path
        self._data = data

    def chunks(self, part: str) -> Iterator[bytes]:  # noqa: ARG002 - there is only one
        return (self._data[begin : begin + _CHUNK] for begin in range(0, len(self._data), _CHUNK))


class Package:
    """An opened package whose directory was checked; parts are read within the limits."""

    def __init__(self, path: Path) -> None:
        """Raises UserError when the directory is damaged, encrypted, or promises too much."""
        self.path = path
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, EOFError) as damage:
            raise UserError("import_file_damaged", path=path.name) from damage
        self._parts = {part.filename: part for part in self._zip.infolist()}
        self._check()

    def close(self) -> None:
        self._zip.close()

    def _check(self) -> None:
        parts = self._zip.infolist()
        if any(part.flag_bits & _ENCRYPTED_FLAG for part in parts):
            raise UserError("import_file_encrypted", path=self.path.name)
        packed = sum(part.compress_size for part in parts)
        unpacked = sum(part.file_size for part in parts)
        bomb = any(
            part.file_size > limits.RATIO_MATTERS_FROM and part.file_size > part.compress_size * limits.MAX_RATIO
            for part in parts
        )
        # Entries that share their bytes are larger together than the file they are in.
        if bomb or len(parts) > limits.MAX_PARTS or packed > self.path.stat().st_size:
            raise UserError("import_file_bomb", path=self.path.name)
        if unpacked > limits.MAX_UNPACKED_BYTES or packed > limits.MAX_PACKED_BYTES:
            raise limits.Meter(self.path.name).too_large()

    def __contains__(self, part: str) -> bool:
        return part in self._parts

    def find(self, part: str) -> str | None:
        """The name of a part, however its letters and slashes are written."""
        wanted = part.replace("\\", "/").lstrip("/").lower()
        return next((name for name in self._parts if name.replace("\\", "/").lower() == wanted), None)

    def has_part_like(self, beginning: str) -> bool:
        """Whether the name of any part begins so."""
        return bool(self.parts_like(beginning))

    def parts_like(self, beginning: str) -> list[str]:
        """The parts whose names begin so, however their letters and slashes are written."""
        return [name for name in self._parts if name.replace("\\", "/").lower().startswith(beginning)]

    def chunks(self, part: str) -> Iterator[bytes]:
        if part not in self._parts:  # named by another part, and not there
            raise UserError("import_file_damaged", path=self.path.name)
        try:
            with self._zip.open(self._parts[part]) as stream:
                while chunk := stream.read(_CHUNK):
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as damage:
            raise UserError("import_file_damaged", path=self.path.name) from damage

    def read(self, part: str) -> bytes:
        """A whole small part."""
        if self._parts[part].file_size > limits.MAX_PART_BYTES:
            raise limits.Meter(self.path.name).too_large()
        return b"".join(self.chunks(part))
