"""A little desk for the tests of search and list: an opened store, filled with a few rows or a made-up region."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from channel_desk.domain.commitments import Commitment, Direction
from channel_desk.domain.contacts import Contact
from channel_desk.domain.distributors import Distributor
from channel_desk.domain.record import DistributorId, VisitId
from channel_desk.domain.visits import Answer, Visit
from channel_desk.storage.store import Store


class SearchDesk:
    """Short ways to store records and to search for them."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.now: datetime = store.clock.now()

    @property
    def raw(self) -> Any:
        return self.store.read(lambda reader: reader.raw)

    def add(self, record: Any) -> int:
        return self.store.write("Add", lambda uow: uow.insert(record)).result

    def distributor(self, name: str = "湖南湘岳机电设备", **more: Any) -> int:
        return self.add(Distributor(name=name, **more))

    def contact(self, distributor_id: int, name: str, **more: Any) -> int:
        return self.add(Contact(distributor_id=DistributorId(distributor_id), name=name, **more))

    def visit(self, distributor_id: int, *, days: float = -10, **more: Any) -> int:
        starts = self.now + timedelta(days=days)
        return self.add(
            Visit(
                distributor_id=DistributorId(distributor_id),
                starts_at=starts,
                ends_at=starts + timedelta(hours=1),
                **more,
            )
        )

    def answer(self, visit_id: int, note: str) -> int:
        return self.add(Answer(visit_id=VisitId(visit_id), code=207, note=note))

    def promise(self, distributor_id: int, text: str = "寄价目表", *, due: int | None = None, **more: Any) -> int:
        due_on = None if due is None else self.store.clock.today() + timedelta(days=due)
        more = {"direction": Direction.OURS, **more}
        return self.add(Commitment(distributor_id=DistributorId(distributor_id), text=text, due_on=due_on, **more))

    def all(self, kind: type[Any]) -> tuple[Any, ...]:
        return self.store.read(lambda reader: reader.all(kind))
