"""``deck``: a training deck as PDF or PowerPoint."""

from __future__ import annotations

import argparse
from gettext import gettext as _tr
from pathlib import Path
from typing import TYPE_CHECKING, Final

from channel_desk.cli.arguments import number, path
from channel_desk.cli.commands.declaration import Command, add_json
from channel_desk.errors import UserError
from channel_desk.i18n import LANGUAGES, mark

if TYPE_CHECKING:
    from channel_desk.cli.session import Session
    from channel_desk.services.training import SessionSheet
    from channel_desk.storage.reader import Reader


def _arguments(parser: argparse.ArgumentParser) -> None:
    number_help = _tr("the training; list sessions tells its number")
    parser.add_argument("--session", type=number, required=True, metavar="ID", help=number_help)
    parser.add_argument("--format", choices=("pdf", "pptx"), help=_tr("default: by the name of the file, else pdf"))
    parser.add_argument(
        "--language", choices=tuple(LANGUAGES), help=_tr("language of the deck (default: the session's)")
    )
    parser.add_argument("-o", "--output", type=path, metavar="FILE", help=_tr("default: deck.pdf or deck.pptx"))
    add_json(parser)


def _run(session: Session, given: argparse.Namespace) -> None:
    from channel_desk.domain.training import TrainingSession
    from channel_desk.presentation.unprinted import unprinted_on_slides
    from channel_desk.services.printing import Printer
    from channel_desk.services.training import open_session

    suffix = given.output.suffix.lower() if given.output else ""
    form = given.format or ("pptx" if suffix == ".pptx" else "pdf")
    target = given.output or Path(f"deck.{form}")

    def read(reader: Reader) -> SessionSheet:
        if reader.find(TrainingSession, given.session) is None:
            raise UserError("no_session", number=given.session)
        return open_session(reader, given.session)

    sheet = session.store.read(read)
    language = session.language_of(given.language or sheet.session.language)
    printer, clock = Printer(session.resources), session.clock
    printed = printer.print_deck(sheet, target, form=form, language=language, clock=clock)
    if given.json:
        unprinted = [{"slide": int(one.place), "characters": list(one.characters)} for one in printed.unprinted]
        session.print_json({"path": str(target), "slides": printed.count, "unprinted": unprinted})
        return
    session.warn(unprinted_on_slides(printed.unprinted, session.language))
    print(session.language.tr_n("{n} slide in {path}", "{n} slides in {path}", printed.count, path=target))


DECK: Final = Command("deck", mark("make the deck of a training session"), _arguments, _run)
