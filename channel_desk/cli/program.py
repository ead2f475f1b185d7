"""Reading the command line, opening the data, and saying in one line what went wrong."""

from __future__ import annotations

import contextlib
import errno
import io
import sys
from collections.abc import Callable, Iterator, Sequence
from gettext import gettext as _tr
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, TextIO

from channel_desk import __version__
from channel_desk.cli.session import Session, prepare_sample
from channel_desk.clock import SystemClock
from channel_desk.errors import UserError
from channel_desk.i18n import LANGUAGES, Language, guess_language, load_language, speak
from channel_desk.paths import DataFolder, default_data_folder, resources

if TYPE_CHECKING:
    import argparse

DONE, FAILED = 0, 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; returns the exit status: 0 done, 1 an expected failure, 2 wrong usage."""
    _speak_utf8()
    try:
        given = _read(sys.argv[1:] if arguments is None else arguments)
    except SystemExit as stop:
        return int(stop.code or 0)
    try:
        with _folder(given) as folder:
            return _run(given, folder)
    except UserError as error:
        return _refuse(error, load_language(given.lang or guess_language(), resources() / "i18n"))


def _read(arguments: Sequence[str]) -> Any:
    """What was asked for. The start of the window pays neither for the parser, where it can, nor for the commands."""
    if not arguments:
        return SimpleNamespace(command=None, data=None, sample=False, lang=None)
    given = _read_without_command(arguments)
    if given is not None:
        return given
    speak(_language_asked(arguments), resources() / "i18n")
    parser = _parser()
    given = parser.parse_args(arguments)
    complaint = given.complaint(given) if given.command else ""
    if complaint:
        given.refuse(complaint)
    return given


def _language_asked(arguments: Sequence[str]) -> str:
    """The language of ``--lang``, which stands before the command, else that of this machine."""
    for one, following in pairwise([*arguments, ""]):
        name, is_joined, value = one.partition("=")
        asked = value if is_joined else following
        if name == "--lang" and asked in LANGUAGES:
            return asked
    return guess_language()


def _refuse(error: UserError, language: Language) -> int:
    """Say in one line what went wrong; the reason given by the system may have more."""
    print(" ".join(language.tr(error.sentence, **error.params).splitlines()), file=sys.stderr)
    return FAILED


def _run(given: argparse.Namespace, folder: DataFolder) -> int:
    session: Session | None = None
    try:
        if given.command is None:
            return _open_window(given, folder)
        session = Session(folder, sample=given.sample, begins_data=given.begins_data, language=given.lang)
        with _answer():
            given.run(session, given)
    except UserError as error:
        if session is None:
            raise
        return _refuse(error, session.language)
    finally:
        if session is not None:
            session.close()
    return DONE


@contextlib.contextmanager
def _answer() -> Iterator[None]:
    """What a command says goes out at its end, in one piece: whoever reads it never gets half an answer.

    Until then it is kept packed: all that is known of a hundred thousand distributors is a quarter of a gigabyte.
    """
    import gzip

    kept = io.BytesIO()
    try:
        with (
            gzip.open(kept, "wt", compresslevel=1, encoding="utf-8", errors="surrogatepass", newline="") as said,
            contextlib.redirect_stdout(said),
        ):
            yield
    finally:
        kept.seek(0)
        with gzip.open(kept, "rt", encoding="utf-8", errors="surrogatepass", newline="") as answer:
            _write_out(answer)


def _write_out(answer: TextIO) -> None:
    import shutil

    try:
        # A program started without any output has no stream at all.
        stream: TextIO | None = sys.stdout
        if stream is not None:
            shutil.copyfileobj(answer, stream)
            stream.flush()
    except OSError as error:
        # What could not be written is still in the stream, which would try again at the end.
        sys.stdout = io.StringIO()
        if not _has_enough(error):
            raise UserError("output_not_written", reason=error.strerror or str(error)) from error


def _has_enough(error: OSError) -> bool:
    """Whether nobody reads our output any more, as `head` after ten lines; Windows calls that an invalid argument."""
    return isinstance(error, BrokenPipeError) or (sys.platform == "win32" and error.errno == errno.EINVAL)


def _open_window(given: argparse.Namespace, folder: DataFolder) -> int:
    told_to_end = _note_ends()
    from channel_desk.ui.interpreter import prepare_interpreter

    prepare_interpreter()
    from channel_desk.app import Choice, run_window

    prepare = prepare_sample if given.sample else None
    return run_window(Choice(folder, SystemClock(), given.lang, prepare), told_to_end)


def _note_ends() -> list[int]:
    """Ctrl+C and the like are noted from now on, for the window to close once it is there. An exception would get lost
    in Qt's modules while they are loaded, and leave them half loaded.
    """
    import signal

    noted: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _: noted.append(number))
    return noted


@contextlib.contextmanager
def _folder(given: argparse.Namespace) -> Iterator[DataFolder]:
    """The data folder; the sample's is removed again."""
    if not given.sample:
        root = given.data or default_data_folder()
        with contextlib.suppress(RuntimeError):  # nobody of that name has a home
            root = root.expanduser()
        yield DataFolder(root)
        return
    import secrets
    import shutil
    import tempfile

    # Named before it is made, so that it is known what to take away when Ctrl+C comes the moment after.
    root = Path(f"channel-desk-sample-{secrets.token_hex(8)}")
    try:
        try:
            root = tempfile.gettempdir() / root
            root.mkdir(0o700)
        except OSError as error:
            reason = error.strerror or str(error)
            raise UserError("data_folder_unusable", path=root, reason=reason) from error
        yield DataFolder(root)
    finally:
        shutil.rmtree(root, ignore_errors=True)


def _read_without_command(arguments: Sequence[str]) -> argparse.Namespace | None:
    """What was asked for, if it is all known without the commands; whatever else it is, they will tell."""
    import argparse

    parser = argparse.ArgumentParser(prog="channel-desk", allow_abbrev=False, add_help=False, exit_on_error=False)
    _add_options(parser)
    parser.set_defaults(command=None)
    try:
        given, rest = parser.parse_known_args(arguments)
    except argparse.ArgumentError:
        return None
    return None if rest else given


def _parser() -> argparse.ArgumentParser:
    import argparse

    from channel_desk.cli.commands import COMMANDS

    parser = argparse.ArgumentParser(
        prog="channel-desk",
        description=_tr("The desk of a channel manager. Without a command, opens the window."),
        allow_abbrev=False,
    )
    _add_options(parser)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for command in COMMANDS:
        words = _tr(command.help)
        part = commands.add_parser(command.name, help=words, description=words, allow_abbrev=False)
        command.add_arguments(part)
        part.set_defaults(
            run=command.run, complaint=command.complaint, refuse=part.error, begins_data=command.begins_data
        )
    return parser


def _add_options(parser: argparse.ArgumentParser) -> None:
    from channel_desk.cli.arguments import path

    parser.add_argument(
        "--version", action="version", version=f"Channel Desk {__version__}", help=_tr("tell the version")
    )
    where = parser.add_mutually_exclusive_group()
    where.add_argument(
        "--data", type=path, metavar="DIR", help=_tr("data folder (default: the platform's; env CHANNEL_DESK_DATA)")
    )
    where.add_argument("--sample", action="store_true", help=_tr("a throw-away folder with sample data around today"))
    parser.add_argument("--lang", choices=tuple(LANGUAGES), help=_tr("language of window and messages"))


def _speak_utf8() -> None:
    """A redirected stream of Windows cannot say 渠道 otherwise, and complaints that nobody hears are no answers."""
    if sys.stderr is None:
        sys.stderr = io.StringIO()  # what is printed to no stream at all goes to the other one
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Callable[..., None] | None = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
