"""The file of an editable deck: packed again, so that the same deck of the same moment gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from typing import Final

_ZIP_MOMENT: Final = (1980, 1, 1, 0, 0, 0)
_DROPPED_PARTS: Final = ("docProps/thumbnail.jpeg", "ppt/printerSettings/")
_DROPPED_RELATIONS: Final = re.compile(rb'<Relationship [^>]*(?:thumbnail\.jpeg|printerSettings1\.bin)"[^>]*/>')
_TIME: Final = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_APP_XML: Final = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>Channel Desk</Application></Properties>"
)


def packed(data: bytes, *, made_at: datetime) -> bytes:
    """The package again, made at a moment of UTC, and without what python-pptx's own template brings along."""
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name.startswith(_DROPPED_PARTS):
                continue
            content = source.read(name)
            if name.endswith(".rels"):
                content = _DROPPED_RELATIONS.sub(b"", content)
            elif name.endswith(".xlsx"):
                content = _packed_workbook(content, made_at)
            elif name == "docProps/app.xml":
                content = _APP_XML
            target.writestr(_entry(name), content)
    return output.getvalue()


def _packed_workbook(data: bytes, made_at: datetime) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _TIME.sub(made_at.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), content)
            target.writestr(_entry(name), content)
    return output.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _ZIP_MOMENT)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    entry.create_system = 0
    return entry
