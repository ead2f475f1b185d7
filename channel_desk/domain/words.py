"""Enumerations in the trade's words: a stored value and a label to translate."""

from __future__ import annotations

from enum import Enum
from typing import Self


class Word(str, Enum):
    """A member is its stored value (a plain string) and carries an English ``label`` for the catalogue."""

    label: str

    def __new__(cls, value: str, label: str) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def of(cls, value: str) -> Self:
        """The member stored as ``value``; KeyError for an unknown one."""
        return {str(member.value): member for member in cls}[value]

    def __str__(self) -> str:
        return str(self.value)
