"""``list``: distributors, visits, commitments or training sessions, as lines or as JSON."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, tzinfo
from gettext import gettext as _tr
from typing import TYPE_CHECKING, Any, Final

from channel_desk.cli.commands.declaration import Command, as_object
from channel_desk.i18n import mark

if TYPE_CHECKING:
    from channel_desk.cli.session import Session
    from channel_desk.domain.lines import DistributorTag
    from channel_desk.domain.words import Word
    from channel_desk.i18n import Language
    from channel_desk.storage.reader import Reader

Objects = Iterator[dict[str, Any]]
Labels = dict[str, dict[str, str]]


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("distributors", "visits", "commitments", "sessions"))
    parser.add_argument("--search", default="", metavar="TEXT", help=_tr("name, pinyin, contact, phone, note"))
    parser.add_argument("--json", action="store_true", help=_tr("print one JSON document"))


def _run(session: Session, given: argparse.Namespace) -> None:
    session.store.read(lambda reader: _tell(session, given, reader))


def _tell(session: Session, given: argparse.Namespace, reader: Reader) -> None:
    """Each is said as soon as it is read: a hundred thousand with all their fields are never held at once."""
    source = {"distributors": _distributors, "visits": _visits, "commitments": _commitments, "sessions": _sessions}
    objects = source[given.what](reader, given.search)
    if given.json:
        session.print_json_list(given.what, objects)
        return
    labels = _labels(given.what, session.language)
    for one in objects:
        print(_line(given.what, one, session.clock.zone, labels=labels))


def _labels(what: str, language: Language) -> Labels:
    """By field and stored value, what people call it."""
    from channel_desk.domain.commitments import CommitmentStatus, Direction
    from channel_desk.domain.distributors import Status
    from channel_desk.domain.visits import Purpose, VisitStatus

    kinds: dict[str, dict[str, type[Word]]] = {
        "distributors": {"status": Status},
        "visits": {"purpose": Purpose, "status": VisitStatus},
        "commitments": {"direction": Direction, "status": CommitmentStatus},
        "sessions": {},
    }
    return {key: {str(word): language.tr(word.label) for word in kind} for key, kind in kinds[what].items()}


def _line(what: str, one: dict[str, Any], zone: tzinfo, *, labels: Labels) -> str:
    """What is read by people: words of their language, moments by the clock on their wall."""
    words = {key: "" if value is None else value for key, value in one.items()}
    words.update({key: known[one[key]] for key, known in labels.items()})
    if "starts_at" in one:
        words["starts_at"] = f"{datetime.fromisoformat(one['starts_at']).astimezone(zone):%Y-%m-%d %H:%M}"
    return _LINES[what].format_map(words)


#: What stands on a line, parted by tabs.
_LINES: Final = {
    "distributors": "{id}\t{code}\t{name}\t{tier}\t{status}\t{city}",
    "visits": "{id}\t{starts_at}\t{distributor}\t{purpose}\t{status}",
    "commitments": "{id}\t{due_on}\t{direction}\t{status}\t{distributor}\t{text}",
    "sessions": "{id}\t{starts_at}\t{distributor}\t{title}",
}


def _distributors(reader: Reader, text: str) -> Objects:
    from channel_desk.domain.contacts import Contact
    from channel_desk.domain.distributors import Distributor

    # One at a time: a few of a hundred thousand are found without reading the others.
    chosen = (reader.find(Distributor, one) for one in _matching(reader, text)) if text else reader.each(Distributor)
    for record in filter(None, chosen):
        contacts = reader.all(Contact, distributor_id=record.id, order=("position", "id"))
        phones = [record.phone, *(phone for one in contacts for phone in (one.phone, one.phone_2))]
        one = as_object(record, leave_out=frozenset({"extra"}))
        one["extra"] = _by_heading(record.extra)
        one["phones"] = [phone for phone in phones if phone]
        one["contacts"] = [as_object(contact, leave_out=frozenset({"distributor_id"})) for contact in contacts]
        yield one


def _by_heading(details: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Further details by heading; what stands under an equal heading gets the number of its place: 进货, 进货 (2)."""
    found: dict[str, str] = {}
    for heading, text in details:
        key, number = heading, 2
        while key in found:
            key, number = f"{heading} ({number})", number + 1
        found[key] = text
    return found


def _matching(reader: Reader, text: str) -> tuple[int, ...]:
    from channel_desk.services.finding import ListQuery, all_ids

    return tuple(all_ids(reader, ListQuery(text=text)).ids)


def _tagged(record: Any, tag: DistributorTag) -> dict[str, Any]:
    return {**as_object(record), "distributor": tag.name}


def _kept(reader: Reader, text: str, lines: Iterable[tuple[dict[str, Any], tuple[str, ...]]]) -> Objects:
    """The objects whose own words hold ``text``, or whose distributor is found by it."""
    from channel_desk.domain.keys import fold

    owners = set(_matching(reader, text)) if text else set()
    wanted = fold(text)
    for one, words in lines:
        if not text or one["distributor_id"] in owners or any(wanted in fold(w) for w in words):
            yield one


def _visits(reader: Reader, text: str) -> Objects:
    from channel_desk.storage.queries.tagged import visit_lines

    return _kept(
        reader,
        text,
        (
            (_tagged(line.visit, line.distributor), (line.visit.subject, line.visit.summary, line.visit.next_step))
            for line in visit_lines(reader)
        ),
    )


def _commitments(reader: Reader, text: str) -> Objects:
    from channel_desk.storage.queries.tagged import commitment_lines

    today = reader.clock.today()
    return _kept(
        reader,
        text,
        (
            (
                {**_tagged(line.commitment, line.distributor), "days_late": line.commitment.days_late(today)},
                (line.commitment.text, line.commitment.evidence_note),
            )
            for line in commitment_lines(reader, pending_only=False)
        ),
    )


def _sessions(reader: Reader, text: str) -> Objects:
    from channel_desk.storage.queries.tagged import session_lines

    return _kept(
        reader,
        text,
        (
            ({**_tagged(line.session, line.distributor), "slides": line.slides}, (line.session.title,))
            for line in session_lines(reader)
        ),
    )


LIST: Final = Command("list", mark("list distributors, visits, commitments or sessions"), _arguments, _run)
