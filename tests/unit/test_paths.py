from __future__ import annotations

from pathlib import Path

import pytest

from channel_desk.paths import DataFolder, default_data_folder, resources


def test_that_the_resources_lie_beside_the_package_in_a_checkout() -> None:
    assert resources().name == "resources"
    assert (resources() / "i18n").is_dir()


def test_that_a_named_data_folder_wins_over_the_platforms_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CHANNEL_DESK_DATA", str(tmp_path / "渠道 data"))
    assert default_data_folder() == tmp_path / "渠道 data"


def test_that_the_data_never_lies_in_documents_or_on_the_desktop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHANNEL_DESK_DATA")
    folder = default_data_folder()
    assert folder.is_absolute()
    assert not {"documents", "desktop", "onedrive", "dropbox"} & {part.casefold() for part in folder.parts}


def test_that_every_part_of_the_data_lies_inside_its_folder(data_folder: DataFolder) -> None:
    parts = (data_folder.database, data_folder.key, data_folder.preferences, data_folder.log, data_folder.backups)
    assert all(part.is_relative_to(data_folder.root) for part in parts)
    assert len(set(parts)) == len(parts)


def test_that_creating_a_data_folder_twice_changes_nothing(data_folder: DataFolder) -> None:
    kept = data_folder.root / "kept"
    kept.write_text("x", encoding="utf-8")
    data_folder.create()
    assert kept.exists()
