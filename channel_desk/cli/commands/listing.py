"""``list``: distributors, visits, commitments or training sessions, as lines or as JSON."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from gettext import gettext as _tr
from typing import TYPE_CHECKING, Any, Final

from channel_desk.cli.commands.declaration import Command, add_json, as_object
from channel_desk.i18n import mark

if TYPE_CHECKING:
    from channel_desk.cli.session import Session
    from channel_desk.domain.lines import DistributorTag
    from channel_desk.domain.words import Word
    from channel_desk.i18n import Language
    from channel_desk.storage.reader import Reader

Objects = Iterator[dict[str, Any]]
Labels = dict[str, dict[str, str]]


@dataclass(frozen=True)
class _Kind:
    """What can be listed."""

    #: The objects that fit a text, all of them for an empty one.
    read: Callable[[Reader, str], Objects]
    #: What stands on a line, parted by tabs.
    line: str
    #: The fields that hold a word of the trade; its kinds are loaded when they are wanted.
    words: Callable[[], dict[str, type[Word]]] = dict


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=tuple(_KINDS))
    parser.add_argument("--search", default="", metavar="TEXT", help=_tr("name, pinyin, contact, phone, note"))
    add_json(parser)


def _run(session: Session, given: argparse.Namespace) -> None:
    session.store.read(lambda reader: _tell(session, given, reader))


def _tell(session: Session, given: argparse.Namespace, reader: Reader) -> None:
    """Each is said as soon as it is read: a hundred thousand with all their fields are never held at once."""
    kind = _KINDS[given.what]
    objects = kind.read(reader, given.search)
    if given.json:
        session.print_json_list(given.what, objects)
        return
    labels = _labels(kind, session.language)
    for one in objects:
        print(_line(kind, one, session.clock.zone, labels=labels))


def _labels(kind: _Kind, language: Language) -> Labels:
    """By field and stored value, what people call it."""
    return {key: {str(word): language.tr(word.label) for word in words} for key, words in kind.words().items()}


def _line(kind: _Kind, one: dict[str, Any], zone: tzinfo, *, labels: Labels) -> str:
    """What is read by people: words of their language, moments by the clock on their wall."""
    words = {key: "" if value is None else value for key, value in one.items()}
    words.update({key: known[one[key]] for key, known in labels.items()})
    if "starts_at" in one:
        words["starts_at"] = f"{datetime.fromisoformat(one['starts_at']).astimezone(zone):%Y-%m-%d %H:%M}"
    return kind.line.format_map(words)


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


def _words_of_distributors() -> dict[str, type[Word]]:
    from channel_desk.domain.distributors import Status

    return {"status": Status}


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


def _words_of_visits() -> dict[str, type[Word]]:
    from channel_desk.domain.visits import Purpose, VisitStatus

    return {"purpose": Purpose, "status": VisitStatus}


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


def _words_of_commitments() -> dict[str, type[Word]]:
    from channel_desk.domain.commitments import CommitmentStatus, Direction

    return {"direction": Direction, "status": CommitmentStatus}


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


_KINDS: Final = {
    "distributors": _Kind(_distributors, "{id}\t{code}\t{name}\t{tier}\t{status}\t{city}", _words_of_distributors),
    "visits": _Kind(_visits, "{id}\t{starts_at}\t{distributor}\t{purpose}\t{status}", _words_of_visits),
    "commitments": _Kind(
        _commitments, "{id}\t{due_on}\t{direction}\t{status}\t{distributor}\t{text}", _words_of_commitments
    ),
    "sessions": _Kind(_sessions, "{id}\t{starts_at}\t{distributor}\t{title}"),
}
LIST: Final = Command("list", mark("list distributors, visits, commitments or sessions"), _arguments, _run)
