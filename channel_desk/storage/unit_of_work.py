"""One transaction that remembers what it changed.

Every write goes through :meth:`insert`, :meth:`update` or :meth:`delete`, which record the row's image before and
after. Undo, redo and the history shown in a file are read from these images. There is no bulk update and no cascade in
the database: either would change rows behind the log's back. Here also is the one place where texts of one line are
made so, wherever they come from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from channel_desk.clock import Clock
from channel_desk.domain.distributors import Distributor
from channel_desk.domain.one_line import ONE_LINE, differing, in_one_line
from channel_desk.domain.record import Record, new_public_id
from channel_desk.domain.visits import Visit
from channel_desk.storage.images import dump_image, load_image
from channel_desk.storage.kinds import KIND_OF_TABLE, KINDS
from channel_desk.storage.reader import Reader
from channel_desk.storage.rows import LOG_INSERT, form_of, log_moment

if TYPE_CHECKING:
    from channel_desk.storage import file

#: Rows handed to the driver at once; keeps the memory of large imports level.
_CHUNK = 2000


@dataclass(frozen=True)
class ChangeSet:
    """What a write changed: kinds and ids. ``transaction_no`` is None when nothing was recorded."""

    kinds: dict[type[Record], frozenset[int]] = field(default_factory=dict)
    label: str = ""
    transaction_no: int | None = None

    def touches(self, kind: type[Record], *ids: int) -> bool:
        """Whether any record of ``kind`` changed, or one of ``ids``."""
        changed = self.kinds.get(kind, frozenset())
        return bool(changed) if not ids else not changed.isdisjoint(ids)

    def __bool__(self) -> bool:
        return bool(self.kinds)


class LoggedImage(NamedTuple):
    """One row of the log of images; ``before`` and ``after`` are None where there was no row."""

    table_name: str
    row_id: int
    before: str | None
    after: str | None


class UnitOfWork(Reader):
    """Reads and writes of one transaction; made by the store only."""

    def __init__(
        self,
        raw: file.Connection,
        clock: Clock,
        *,
        label: str,
        transaction_no: int,
    ) -> None:
        super().__init__(raw, clock)
        self.now = clock.now()
        self.recorded = True
        # A step may be named after a file, and the name of a file may hold bytes that are no text.
        self._label = label.encode("utf-8", "replace").decode("utf-8")
        self._no = transaction_no
        self._at = log_moment(self.now)
        self._changed: dict[type[Record], set[int]] = defaultdict(set)
        self._distributors: set[int] = set()
        self._distributor_of_visit: dict[int, int] = {}
        self._images: list[tuple[Any, ...]] = []

    # -- verbs ---------------------------------------------------------------------------------------------------

    def insert(self, record: Record) -> int:
        """Store a new record and return its id."""
        return self.insert_many([record])[0]

    def insert_many(self, records: Sequence[Record]) -> list[int]:
        """Store new records of one kind and return their ids, in order."""
        if not records:
            return []
        kind = type(records[0])
        next_id = self._next_id(kind)
        ids = list(range(next_id, next_id + len(records)))
        for start in range(0, len(records), _CHUNK):
            part = records[start : start + _CHUNK]
            self._insert_rows(kind, part, ids[start : start + _CHUNK])
        return ids

    def update(self, kind: type[Record], record_id: int, /, **changes: object) -> None:
        """Change fields of a record; raises ``record_gone``. Fields that stay the same are not recorded."""
        form = form_of(kind)
        record = self.get(kind, record_id)
        changed = differing(record, changes)
        if not changed:
            return
        if "updated_at" in form.index and "updated_at" not in changed:
            changed["updated_at"] = self.now
        names = form.in_order(list(changed))
        self._note(kind, record_id, record, before={name: getattr(record, name) for name in names}, after=changed)
        self.raw.execute(form.update(names), [*form.bind_some(changed, names), record_id])

    def delete(self, kind: type[Record], record_id: int) -> None:
        """Remove a record; raises ``record_gone``. Its children are the caller's business."""
        self._delete_rows(kind, [record_id])

    # -- replaying -----------------------------------------------------------------------------------------------

    def replay(self, images: Sequence[LoggedImage]) -> None:
        """Bring each row from its ``after`` back to its ``before``; what came and went together does so again."""
        for (table_name, is_new, is_gone), run in groupby(
            images, key=lambda image: (image.table_name, image.before is None, image.after is None)
        ):
            kind, some = KIND_OF_TABLE[table_name], list(run)
            for start in range(0, len(some), _CHUNK):
                part = some[start : start + _CHUNK]
                ids = [image.row_id for image in part]
                if is_new:
                    self._delete_rows(kind, ids)
                    continue
                before = [load_image(kind, image.before or "{}") for image in part]
                if is_gone:
                    self._insert_rows(
                        kind, [kind(id=one, **values) for one, values in zip(ids, before, strict=True)], ids
                    )
                else:
                    for one, values in zip(ids, before, strict=True):
                        self.update(kind, one, **values)

    # -- the end ---------------------------------------------------------------------------------------------------

    def finish(self) -> ChangeSet:
        """Write the images; called by the store just before the commit."""
        if self._images:
            self.raw.executemany(LOG_INSERT, self._images)
        kinds = {kind: frozenset(ids) for kind, ids in self._changed.items()}
        return ChangeSet(kinds=kinds, label=self._label, transaction_no=self._no if self._images else None)

    @property
    def changed_distributors(self) -> frozenset[int]:
        """Distributors whose search entries are out of date."""
        return frozenset(self._distributors)

    # -- inside --------------------------------------------------------------------------------------------------

    def _next_id(self, kind: type[Record]) -> int:
        # An id is never used again, even after the newest row was deleted: images in the log still name it.
        last = self.raw.execute(f"SELECT max(id) FROM {KINDS[kind]}").fetchone()[0] or 0  # noqa: S608 - our own name
        deleted = self.raw.execute(
            "SELECT max(row_id) FROM row_changes WHERE table_name = ? AND after IS NULL", (KINDS[kind],)
        ).fetchone()[0]
        return int(max(last, deleted or 0)) + 1

    def _insert_rows(self, kind: type[Record], records: Sequence[Record], ids: Sequence[int]) -> None:
        form = form_of(kind)
        columns = form.columns(records)
        columns[0] = list(ids)
        for name in ONE_LINE.get(kind, ()):
            columns[form.index[name]] = list(map(in_one_line, columns[form.index[name]]))
        public_ids = form.index.get("public_id")
        if public_ids is not None:
            columns[public_ids] = [one or new_public_id() for one in columns[public_ids]]
        for number in map(form.index.get, ("created_at", "updated_at")):
            if number is not None:
                columns[number] = [self.now if one is None else one for one in columns[number]]
        for record, record_id, image in zip(records, ids, form.images(columns), strict=True):
            self._note(kind, record_id, record, before=None, after=image)
        statement, rows = form.inserted(columns)
        self.raw.executemany(statement, rows)

    def _delete_rows(self, kind: type[Record], ids: Sequence[int]) -> None:
        form = form_of(kind)
        records = [self.get(kind, one) for one in ids]
        for record, record_id, image in zip(records, ids, form.images(form.columns(records)), strict=True):
            self._note(kind, record_id, record, before=image, after=None)
        self.raw.executemany(form.delete, [(one,) for one in ids])

    def _note(
        self,
        kind: type[Record],
        record_id: int,
        record: Record,
        *,
        before: dict[str, Any] | None,
        after: dict[str, Any] | None,
    ) -> None:
        self._changed[kind].add(record_id)
        owner = self._owner_of(record, record_id)
        if owner is not None:
            self._distributors.add(owner)
        if self.recorded:
            self._images.append(
                (
                    self._no,
                    self._at,
                    self._label,
                    KINDS[kind],
                    record_id,
                    owner,
                    None if before is None else dump_image(before),
                    None if after is None else dump_image(after),
                )
            )

    def _owner_of(self, record: Record, record_id: int) -> int | None:
        """The distributor whose file the record belongs to."""
        if isinstance(record, Distributor):
            return record_id
        owner: int | None = getattr(record, "distributor_id", None)
        if isinstance(record, Visit):
            self._distributor_of_visit[record_id] = record.distributor_id
        if owner is not None:
            return owner
        visit_id: int | None = getattr(record, "visit_id", None)
        if visit_id is None:
            return None
        if visit_id not in self._distributor_of_visit:
            row = self.raw.execute("SELECT distributor_id FROM visits WHERE id = ?", (visit_id,)).fetchone()
            if row is None:
                return None
            self._distributor_of_visit[visit_id] = row[0]
        return self._distributor_of_visit[visit_id]
