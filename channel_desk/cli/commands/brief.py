"""``brief``: visit briefs as PDF."""

from __future__ import annotations

import argparse
from datetime import datetime, time, timedelta
from gettext import gettext as _tr
from pathlib import Path
from typing import TYPE_CHECKING, Final

from channel_desk.cli.arguments import day, number, path
from channel_desk.cli.commands.declaration import Command, add_json
from channel_desk.errors import UserError
from channel_desk.i18n import LANGUAGES, mark

if TYPE_CHECKING:
    from channel_desk.cli.session import Session
    from channel_desk.storage.reader import Reader


def _arguments(parser: argparse.ArgumentParser) -> None:
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument(
        "--visit", type=number, nargs="+", metavar="ID", help=_tr("these visits; list visits tells their numbers")
    )
    which.add_argument("--from", type=day, dest="first", metavar="DATE", help=_tr("all visits from this day on"))
    which.add_argument("--next", action="store_true", help=_tr("the visit that comes next"))
    parser.add_argument(
        "--to", type=day, dest="last", metavar="DATE", help=_tr("with --from: until this day (default: it)")
    )
    parser.add_argument("--language", choices=tuple(LANGUAGES), help=_tr("language of the brief"))
    parser.add_argument(
        "-o", "--output", type=path, default=Path("brief.pdf"), metavar="FILE.pdf", help=_tr("default: brief.pdf")
    )
    add_json(parser)


def _complaint(given: argparse.Namespace) -> str:
    if given.last is not None and given.first is None:
        return _tr("argument --to: only with --from")
    if given.last is not None and given.last < given.first:
        return _tr("argument --to: before --from")
    return ""


def _run(session: Session, given: argparse.Namespace) -> None:
    from channel_desk.domain.visits import Visit
    from channel_desk.presentation.unprinted import unprinted_in_briefs
    from channel_desk.services.briefs import Checklists, gather_briefs, next_visit_id, visits_to_brief
    from channel_desk.services.printing import Printer

    zone = session.clock.zone
    checklists = Checklists(session.resources / "checklists")
    author = session.author

    def wanted(reader: Reader) -> tuple[int, ...]:
        if given.next:
            return (next_visit_id(reader),)
        if given.visit:
            for number in given.visit:
                if reader.find(Visit, number) is None:
                    raise UserError("no_visit", number=number)
            return tuple(dict.fromkeys(given.visit))  # each once
        last = given.last or given.first
        start = datetime.combine(given.first, time.min, zone)
        return visits_to_brief(reader, start, datetime.combine(last + timedelta(days=1), time.min, zone))

    facts = session.store.read(
        lambda reader: gather_briefs(reader, wanted(reader), checklists=checklists, author=author)
    )
    language = session.language_of(given.language) if given.language else session.document_language
    printed = Printer(session.resources).print_briefs(facts, given.output, language=language)
    if given.json:
        unprinted = [{"distributor": one.place, "characters": list(one.characters)} for one in printed.unprinted]
        session.print_json({"path": str(given.output), "briefs": printed.count, "unprinted": unprinted})
        return
    session.warn(unprinted_in_briefs(printed.unprinted, session.language))
    print(session.language.tr_n("{n} brief in {path}", "{n} briefs in {path}", printed.count, path=given.output))


BRIEF: Final = Command("brief", mark("print visit briefs to a PDF"), _arguments, _run, _complaint)
