"""What of a distributor may leave the house (domain.md, section 13)."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from channel_desk.domain.distributors import Distributor, shown_name


@dataclass(frozen=True, kw_only=True)
class ShareableDistributor:
    """What a page shown to the distributor may carry; everything else stays inside.

    External documents are built from this part; they never receive the record itself.
    """

    name: str
    short_name: str
    country: str
    province: str
    city: str
    district: str
    address: str
    industries: str
    since_on: date | None
    stores: int | None
    outlets: int | None
    sales_people: int | None
    contract_territory: str

    @classmethod
    def of(cls, distributor: Distributor) -> ShareableDistributor:
        return cls(**{field.name: getattr(distributor, field.name) for field in fields(cls)})

    @property
    def display_name(self) -> str:
        return shown_name(self.name, self.short_name)
