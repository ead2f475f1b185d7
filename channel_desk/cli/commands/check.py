"""``check``: is the data sound? Status 1 means that a person has to look."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Final

from channel_desk.cli.commands.declaration import Command, add_json
from channel_desk.errors import UserError
from channel_desk.i18n import mark

if TYPE_CHECKING:
    from channel_desk.cli.session import Session


#: Failures that are what the check was asked for: the data cannot even be opened.
_UNSOUND: Final = frozenset({"data_unreadable", "data_key_missing", "data_key_damaged"})


def _arguments(parser: argparse.ArgumentParser) -> None:
    add_json(parser)


def _run(session: Session, given: argparse.Namespace) -> None:
    from channel_desk.services.checking import check_and_mend, finding_words

    try:
        report = check_and_mend(session.store)
    except UserError as error:
        if given.json and error.code in _UNSOUND:
            message = session.language.tr(error.sentence, **error.params)
            finding = {"code": error.code, "count": 1, "message": message}
            session.print_json({"ok": False, "schema": "", "findings": [finding]})
        raise
    if given.json:
        findings = [
            {"code": code, "count": count, "message": finding_words(code, count, session.language)}
            for code, count in report.findings
        ]
        session.print_json({"ok": report.ok, "schema": report.schema, "findings": findings})
    else:
        for code, count in report.findings:
            print(finding_words(code, count, session.language))
        if report.ok:
            session.say(mark("The data is sound."))
    if not report.ok:
        raise UserError("check_failed")


CHECK: Final = Command("check", mark("tell whether the data is sound, and mend the search index"), _arguments, _run)
