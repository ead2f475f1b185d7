"""Compile the catalogues while a wheel is built, so that an installed program speaks every language."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface[Any]):
    """Named in ``pyproject.toml``; runs before the files of the wheel are collected."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write ``LC_MESSAGES/channel_desk.mo`` of every language beside its fragments."""
        sys.path.insert(0, str(Path(self.root) / "installer"))
        import catalogues

        for code in catalogues.TRANSLATIONS:
            catalogues.compile_language(code)
