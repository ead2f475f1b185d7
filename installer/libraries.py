"""The system libraries that Qt takes from Linux: which are missing, and how to get them.

Windows and macOS bring all of them. The list was measured on bare Debian 12 and 13.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from typing import Final, NamedTuple


class SetupError(Exception):
    """Set-up cannot go on; the message is one line that names the way out."""


class Library(NamedTuple):
    """A Debian package and the file that shows whether it is there."""

    package: str
    file: str


QT: Final = (
    Library("libegl1", "libEGL.so.1"),
    Library("libgl1", "libGL.so.1"),
    Library("libglib2.0-0", "libgthread-2.0.so.0"),
    Library("libdbus-1-3", "libdbus-1.so.3"),
    Library("libfontconfig1", "libfontconfig.so.1"),
    Library("libgssapi-krb5-2", "libgssapi_krb5.so.2"),
    Library("libxkbcommon-x11-0", "libxkbcommon-x11.so.0"),
    Library("libxcb-cursor0", "libxcb-cursor.so.0"),
    Library("libxcb-icccm4", "libxcb-icccm.so.4"),
    Library("libxcb-keysyms1", "libxcb-keysyms.so.1"),
    Library("libxcb-shape0", "libxcb-shape.so.0"),
)

#: How many lines of a failed installation are worth reading.
_LINES_OF_A_REASON: Final = 5


def missing() -> list[Library]:
    """The libraries of a window that this system lacks; loading them is the only test that cannot be wrong."""
    return [library for library in QT if not _loads(library.file)] if sys.platform == "linux" else []


def _loads(file: str) -> bool:
    try:
        ctypes.CDLL(file)
    except OSError:
        return False
    return True


def install(packages: list[str]) -> None:
    """Install Debian packages as root or with a sudo that asks nothing; otherwise :class:`SetupError` says how."""
    rights = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if not rights or (shutil.which("sudo") and output_of_failure([*rights, "true"]) is None):
        print(f"Installing {' '.join(packages)} ...", file=sys.stderr, flush=True)
        command = [*rights, "apt-get", "install", "-qq", "--no-install-recommends", "-o=Dpkg::Use-Pty=0", *packages]
        output = output_of_failure(command)
        if output is not None:
            # The package lists are empty or old. One list of several that cannot be had need not matter; where it does,
            # it is the reason: apt would only say that it knows no such package.
            no_lists = output_of_failure([*rights, "apt-get", "update", "-qq", "-o=APT::Update::Error-Mode=any"])
            output = output_of_failure(command)
            if output is not None:
                output = no_lists or output
        if output is None:
            return
        print(end_of(output), file=sys.stderr)
    commands = f"sudo apt-get update && sudo apt-get install -y {' '.join(packages)}"
    raise SetupError(f"Missing on this system. Install with:  {commands}")


def end_of(output: str) -> str:
    """The reason of a failure, which stands at the end, below every single package that could not be fetched."""
    return "\n".join(output.splitlines()[-_LINES_OF_A_REASON:])


def is_debian() -> bool:
    """Whether packages come from apt here."""
    return shutil.which("apt-get") is not None


def output_of_failure(command: list[str]) -> str | None:
    """What a step printed if it failed, else None; a step that succeeds is of no interest."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=environment,
        check=False,
    )
    return done.stdout.decode(errors="replace").strip() if done.returncode else None
