"""The distributor file: the company that buys from the brand, and the people in it (domain.md, section 3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from channel_desk.domain.currency import HOME_CURRENCY
from channel_desk.domain.record import DistributorId, Record
from channel_desk.domain.words import Word
from channel_desk.i18n import mark

#: A profile that was not confirmed for this long is stale.
PROFILE_REVIEW_DAYS = 180


class Level(Word):
    """Place in the hierarchy of the channel."""

    GENERAL = "general", mark("General distributor")
    FIRST_TIER = "first_tier", mark("First-tier")
    SECOND_TIER = "second_tier", mark("Second-tier")
    RETAILER = "retailer", mark("Retailer")


class ChannelType(Word):
    """What kind of business the distributor runs (section 4)."""

    PRODUCT = "product", mark("Product type")
    DISTRIBUTION = "distribution", mark("Distribution type")
    INTEGRATION = "integration", mark("Integration type")
    RETAIL_CHAIN = "retail_chain", mark("Retail chain")
    ECOMMERCE = "ecommerce", mark("E-commerce")
    PROJECT = "project", mark("Engineering / project")


class Tier(Word):
    """Class by contribution; A is the best."""

    A = "A", "A"
    B = "B", "B"
    C = "C", "C"


class Status(Word):
    """Life-cycle of the relation (section 4)."""

    PROSPECT = "prospect", mark("Prospect")
    NEGOTIATING = "negotiating", mark("Negotiating")
    TRIAL = "trial", mark("Trial")
    ACTIVE = "active", mark("Active")
    AT_RISK = "at_risk", mark("At risk")
    SUSPENDED = "suspended", mark("Suspended")
    ENDED = "ended", mark("Ended")


#: Changing to one of these asks for a reason.
STATUSES_WITH_REASON = frozenset({Status.SUSPENDED, Status.ENDED})


class OwnerLevel(Word):
    """Who at our side owns the account: directors the major ones, deputies the medium, managers the rest."""

    DIRECTOR = "director", mark("Director")
    DEPUTY = "deputy", mark("Deputy")
    MANAGER = "manager", mark("Manager")


def shown_name(name: str, short_name: str) -> str:
    """What a distributor is called, listed and found by: the short name where there is one."""
    return short_name or name


@dataclass(frozen=True, kw_only=True)
class Distributor(Record):
    """One distributor's profile card. Amounts are integers of minor units (分) in ``currency``."""

    id: DistributorId = DistributorId(0)
    public_id: str = ""
    code: str = ""
    name: str
    short_name: str = ""
    former_name: str = ""
    legal_person: str = ""
    licence_no: str = ""
    founded_on: date | None = None
    country: str = ""
    province: str = ""
    city: str = ""
    district: str = ""
    address: str = ""
    postal_code: str = ""
    latitude: float | None = None
    longitude: float | None = None
    region: str = ""
    territory: str = ""
    channel_type: ChannelType | None = None
    level: Level | None = None
    tier: Tier | None = None
    status: Status = Status.ACTIVE
    status_reason: str = ""
    phone: str = ""
    stores: int | None = None
    outlets: int | None = None
    staff: int | None = None
    sales_people: int | None = None
    vehicles: int | None = None
    warehouse_m2: int | None = None
    other_brands: str = ""
    industries: str = ""
    decision_chain: str = ""
    habits: str = ""
    owner: str = ""
    owner_level: OwnerLevel | None = None
    lead_source: str = ""
    since_on: date | None = None
    contract_from: date | None = None
    contract_to: date | None = None
    contract_territory: str = ""
    currency: str = HOME_CURRENCY
    annual_sales_minor: int | None = None
    credit_limit_minor: int | None = None
    terms_days: int | None = None
    tags: tuple[str, ...] = ()
    note: str = ""
    #: Columns of an imported file that the card has no field for, as ``heading: text``; nothing is dropped.
    extra: tuple[tuple[str, str], ...] = ()
    confirmed_on: date | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None

    @property
    def display_name(self) -> str:
        return shown_name(self.name, self.short_name)

    @property
    def money_currency(self) -> str:
        """What amounts are in, also where the currency was left empty."""
        return self.currency or HOME_CURRENCY

    def is_stale(self, today: date) -> bool:
        """Whether the profile has to be confirmed again."""
        return self.confirmed_on is None or (today - self.confirmed_on).days > PROFILE_REVIEW_DAYS
