"""The people of a row: whoever has a name is a contact, and what is known of nobody is kept aside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from channel_desk.domain.people_in_cells import people_in
from channel_desk.domain.read_row import ReadRow

#: Names of nobody; 0 is what a formula finds in a blank cell.
_NOBODY: Final = frozenset({"0", "无", "無", "暂无", "暫無", "没有", "沒有", "none"})


def settle_people(found: ReadRow, jobs: Mapping[int, str]) -> None:
    """A phone without a person is the company's; what else is known of a nameless person is kept aside.

    Whoever has one phone has it as the first. Whoever is known by the heading has the job it names (``jobs``, by
    the number of the person) unless the row says another; that one's phone is nobody else's.
    """
    _part_people(found)
    for number, person in list(found.people.items()):
        if person.get("name") not in {None, *_NOBODY}:
            if number in jobs:
                person.setdefault("title", jobs[number])
            if "phone_2" in person and not person.get("phone"):
                person["phone"] = person.pop("phone_2")
            continue
        person.pop("name", None)
        del found.people[number]
        phone = person.get("phone")
        if phone and number not in jobs and "phone" not in found.values:
            found.values["phone"] = person.pop("phone")
        kept = [
            # What stood in the cell of the name has no heading of its own: 无 13800138000.
            (found.person_headings.get((number, attribute)) or found.person_headings[number, "name"], str(value))
            for attribute, value in person.items()
            if value
        ]
        if kept:
            found.extra.extend(kept)
            found.note(kept[0][0], "contact_without_name")


def _part_people(found: ReadRow) -> None:
    """Give people who share a cell a contact each; the job in a heading is that of the first."""
    for number, person in list(found.people.items()):
        name = str(person.get("name", ""))
        first, *others = people_in(name, str(person.get("phone", "")))
        if others or first.name != name:
            person["name"], person["phone"] = first.name, first.phone
        if first.title and person.get("title", first.title) != first.title:
            person["name"] = f"{first.name}（{first.title}）"  # a column of its own says another job
        elif first.title:
            person["title"] = first.title
        for place, other in enumerate(others, max(found.people) + 1):
            found.people[place] = dict(other._asdict())
            found.person_headings[place, "name"] = found.person_headings[number, "name"]
