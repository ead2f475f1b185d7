"""What was read of one row, on its way to records."""

from __future__ import annotations

from dataclasses import dataclass, field

from channel_desk.domain.contacts import Contact
from channel_desk.domain.distributors import Distributor
from channel_desk.domain.import_problems import Problem
from channel_desk.domain.one_line import tidied
from channel_desk.domain.record import DistributorId


@dataclass
class ReadRow:
    """What was read of one row, on its way to records."""

    row: int
    values: dict[str, object] = field(default_factory=dict)
    people: dict[int, dict[str, object]] = field(default_factory=dict)
    person_headings: dict[tuple[int, str], str] = field(default_factory=dict)
    #: Cells with province, city and district in one: the heading, the text, and what it says by field.
    places: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    extra: list[tuple[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def note(self, column: str, code: str, **values: object) -> None:
        self.problems.append(Problem(self.row, column, code, values))

    def put_aside(self, column: str, text: str, code: str, **values: object) -> None:
        """Keep the text under further details and say why."""
        self.extra.append((column, text))
        self.note(column, code, text=text, **values)

    def text(self, key: str) -> str:
        """A text value of the distributor, empty when there is none."""
        value = self.values.get(key, "")
        return value if isinstance(value, str) else ""

    def contacts(self) -> tuple[Contact, ...]:
        """The people of the row that have a name."""
        return tuple(
            Contact(distributor_id=DistributorId(0), position=position, **tidied(Contact, person))
            for position, person in enumerate(person for _, person in sorted(self.people.items()) if person.get("name"))
        )

    def distributor(self) -> Distributor:
        return Distributor(extra=tuple(self.extra), **tidied(Distributor, self.values))
