"""Sets of distributors as the bits of one whole number: bit 5 stands for id 5.

Joining, counting and comparing such sets of 100,000 takes some ten microseconds, and a set takes 13 kB.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import compress, count

_TO_DIGITS = bytes.maketrans(b"\x00\x01", b"01")
_TO_FLAGS = bytes.maketrans(b"01", b"\x00\x01")
#: Up to so many are set one by one.
_FEW = 32
#: With fewer than one member in so many, each is looked for.
_SPARSE = 8


def bits_of(ids: Sequence[int]) -> int:
    """The set of ``ids``, none of them below 0."""
    if len(ids) <= _FEW:
        bits = 0
        for one in ids:
            bits |= 1 << one
        return bits
    flags = bytearray(max(ids) + 1)
    for one in ids:
        flags[one] = 1
    flags.reverse()
    return int(flags.translate(_TO_DIGITS), 2)


def flags_of(bits: int, size: int) -> bytes:
    """One byte for each id below ``size``: 1 for a member, else 0."""
    return format(bits, "b").encode().translate(_TO_FLAGS)[::-1].ljust(size, b"\x00")


def ids_of(bits: int) -> Iterable[int]:
    """The members in ascending order."""
    digits = format(bits, "b").encode()[::-1]
    if bits.bit_count() * _SPARSE > len(digits):
        return compress(count(), digits.translate(_TO_FLAGS))
    return _places(digits)


def _places(digits: bytes) -> Iterator[int]:
    place = digits.find(b"1")
    while place >= 0:
        yield place
        place = digits.find(b"1", place + 1)
