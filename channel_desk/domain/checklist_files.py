"""Checklist templates from their files.

A file is ``<key>.json``; when a template is changed, its old version stays as ``<key>-<version>.json``, because visits
keep the version that they started with.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, Final

from channel_desk.domain.checklists import Item, ItemKind, Section, Template
from channel_desk.domain.distributors import ChannelType, Status
from channel_desk.domain.shipped_files import W, insist, insist_keys, read_texts, read_word
from channel_desk.domain.visits import Phase, Purpose, Visit
from channel_desk.errors import UserError

#: What an item may need to be open.
NEEDS: Final = frozenset({"ours", "theirs", "last_visit"})
#: A brief has no room for more writing lines under one item.
MOST_LINES: Final = 2
#: Digits answer a choice, and one digit has to be enough.
MOST_OPTIONS: Final = 9

_VISIT_FIELDS: Final = frozenset(field.name for field in fields(Visit))
_ITEM_KEYS: Final = frozenset(field.name for field in fields(Item))
_WITH_OPTIONS: Final = frozenset({ItemKind.CHOICE, ItemKind.RATING})


def load_template(folder: Path, key: str = Visit.template, version: int = Visit.template_version) -> Template:
    """The template ``key`` of ``folder`` in ``version``; without them the one that a new visit gets.

    Raises the UserError ``checklist_missing`` where there is no such version (it came with a newer program), and
    ``ShippedFileError`` where a file breaks the rules. The caller keeps the result.
    """
    for path in (folder / f"{key}.json", folder / f"{key}-{version}.json"):
        if path.is_file():
            data = json.loads(path.read_text("utf-8"))
            if data.get("version") == version:
                return read_template(data, key=key)
    raise UserError("checklist_missing", key=key, version=version)


def read_template(data: Mapping[str, Any], *, key: str) -> Template:
    """The template that ``data`` describes; raises ``ShippedFileError``."""
    insist(data.get("key") == key, f"the file of {key} calls itself {data.get('key')}")
    insist_keys(data, {"key", "version", "title", "sections"}, key)
    template = Template(
        key=key,
        version=int(data["version"]),
        title=read_texts(data["title"], key),
        sections=tuple(_section(section) for section in data["sections"]),
    )
    _check_codes(template)
    return template


def _section(data: Mapping[str, Any]) -> Section:
    name = str(data.get("key"))
    insist_keys(data, {"key", "phase", "title", "items"}, name)
    section = Section(
        key=name,
        phase=read_word(Phase, data["phase"], name),
        title=read_texts(data["title"], name),
        items=tuple(_item(item) for item in data["items"]),
    )
    insist(bool(section.items), f"{name} has no items")
    for item in section.items:
        insist(100 <= item.code <= 399, f"{item.code} is no code of three digits from 101 on")
        insist(item.code % 100 > 0 and item.phase is section.phase, f"{item.code} does not belong to {section.phase}")
    return section


def _item(data: Mapping[str, Any]) -> Item:
    where = str(data.get("code"))
    insist_keys(data, _ITEM_KEYS, where)
    kind = read_word(ItemKind, data["kind"], where)
    item = Item(
        code=int(data["code"]),
        kind=kind,
        text=read_texts(data["text"], where),
        hint=read_texts(data["hint"], where) if "hint" in data else {},
        lines=int(data.get("lines", 0)),
        options=tuple((str(one["key"]), read_texts(one["label"], where)) for one in data.get("options", ())),
        unit=read_texts(data["unit"], where) if "unit" in data else {},
        purposes=_words(Purpose, data, "purposes", where),
        channel_types=_words(ChannelType, data, "channel_types", where),
        statuses=_words(Status, data, "statuses", where),
        needs=str(data.get("needs", "")),
        visit_field=str(data.get("visit_field", "")),
    )
    keys = [option for option, _ in item.options]
    insist(0 <= item.lines <= MOST_LINES, f"{where} has {item.lines} lines")
    insist(bool(keys) == (kind in _WITH_OPTIONS), f"{where}: options belong to choices and ratings, and only there")
    insist(len(set(keys)) == len(keys) <= MOST_OPTIONS, f"{where} has the same option twice, or too many")
    insist(bool(item.unit) <= item.has_figure, f"{where}: a unit belongs to a number or an amount")
    insist(not item.needs or item.needs in NEEDS, f"{where} needs {item.needs}")
    insist(not item.visit_field or item.visit_field in _VISIT_FIELDS, f"{where}: no field {item.visit_field}")
    return item


def _check_codes(template: Template) -> None:
    codes = [item.code for item in template.items()]
    insist(codes == sorted(set(codes)), "codes rise through the file and none stands twice")
    names = [section.key for section in template.sections]
    insist(len(set(names)) == len(names), "no section stands twice")
    after = [item.kind for item in template.items() if item.phase is Phase.AFTER]
    insist(after[:2] == [ItemKind.VERDICT, ItemKind.NEXT_STEP], "the after phase opens with verdict and next step")


def _words(kind: type[W], data: Mapping[str, Any], key: str, where: str) -> frozenset[W]:
    return frozenset(read_word(kind, value, where) for value in data.get(key, ()))
