"""Where things lie: the data folder with its parts, and the resources that ship with the program."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


def resources() -> Path:
    """The folder of shipped resources: inside the wheel, or beside the package in a checkout."""
    packed = Path(__file__).parent / "resources"
    return packed if packed.is_dir() else Path(__file__).parent.parent / "resources"


def default_data_folder() -> Path:
    """The platform's own data folder; never Documents or a cloud folder, which would copy a live database."""
    chosen = os.environ.get("CHANNEL_DESK_DATA")
    if chosen:
        return Path(chosen)
    import platformdirs

    return Path(platformdirs.user_data_dir("ChannelDesk", appauthor=False, roaming=False))


@dataclass(frozen=True)
class DataFolder:
    """The parts of one data folder."""

    root: Path

    @property
    def database(self) -> Path:
        return self.root / "desk.db"

    @property
    def key(self) -> Path:
        return self.root / "desk.key"

    @property
    def preferences(self) -> Path:
        """What the machine must know before the database is open: language, theme, window place."""
        return self.root / "preferences.json"

    @property
    def log(self) -> Path:
        return self.root / "log" / "channel-desk.log"

    @property
    def backups(self) -> Path:
        return self.root / "backups"

    @property
    def holds_data(self) -> bool:
        """Whether there is data, which a key alone and an empty file are not; True where that cannot be seen."""
        try:
            return self.database.stat().st_size > 0
        except FileNotFoundError:
            return False
        except OSError:
            return True

    @property
    def lacks_its_data(self) -> bool:
        """Whether a key is there without data: that was lost or lies elsewhere, unless a first start was broken off."""
        return self.key.exists() and not self.holds_data

    def create(self) -> None:
        self.root.mkdir(parents=True, exist_ok=True)

    @classmethod
    def owns(cls, path: Path) -> bool:
        """Whether ``path`` is, by its name, part of somebody's data or its key, which no document may replace.

        What SQLite keeps beside the database holds data too, and is removed with the last connection.
        """
        folder = cls(path.parent)
        beside = (f"{folder.database.name}{end}" for end in ("-wal", "-shm", "-journal"))
        is_part = path.name.casefold() in {folder.database.name, folder.key.name, *beside}
        return is_part and (folder.holds_data or folder.key.exists())
