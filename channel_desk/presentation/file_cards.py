"""What the cards of a distributor file show: every field of the profile is declared here, once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Final, Literal

from channel_desk.domain.contacts import Attitude, Contact, DecisionRole
from channel_desk.domain.distributors import ChannelType, Distributor, Level, OwnerLevel
from channel_desk.domain.lines import DistributorFile
from channel_desk.domain.visits import Visit, VisitStatus
from channel_desk.domain.words import Word
from channel_desk.i18n import Language, mark
from channel_desk.presentation.badge_kinds import BadgeKind


@dataclass(frozen=True, kw_only=True)
class CardField:
    """One field of a record and how it is edited."""

    name: str
    label: str
    kind: Literal["text", "multiline", "choice", "date", "number", "money"] = "text"
    choices: tuple[Word, ...] = ()
    unit: str = ""
    decimals: int = 0
    #: Shown even when nothing is known; the others wait behind "Show all fields".
    is_key: bool = False
    #: Waits behind "Show all fields" even when it is known.
    is_aside: bool = False
    #: A day typed without its year is the coming one; else it is the one gone by.
    is_ahead: bool = False
    #: A choice that cannot be taken back to nothing.
    is_needed: bool = False


@dataclass(frozen=True)
class FieldGroup:
    label: str
    fields: tuple[CardField, ...]


#: The profile card. The name, tier, status, tags and note have their own places on the page.
PROFILE: Final[tuple[FieldGroup, ...]] = (
    FieldGroup(
        mark("Names and identity"),
        (
            CardField(name="short_name", label=mark("Short name"), is_key=True),
            CardField(name="former_name", label=mark("Former name")),
            CardField(name="code", label=mark("Code"), is_key=True),
            CardField(name="legal_person", label=mark("Legal person"), is_key=True),
            CardField(name="licence_no", label=mark("Licence or tax number")),
            CardField(name="founded_on", label=mark("Founded"), kind="date"),
            CardField(name="phone", label=mark("Phone"), is_key=True),
        ),
    ),
    FieldGroup(
        mark("Place"),
        (
            CardField(name="region", label=mark("Region"), is_key=True),
            CardField(name="country", label=mark("Country")),
            CardField(name="province", label=mark("Province")),
            CardField(name="city", label=mark("City"), is_key=True),
            CardField(name="district", label=mark("District")),
            CardField(name="address", label=mark("Address"), is_key=True),
            CardField(name="postal_code", label=mark("Postal code")),
            CardField(name="latitude", label=mark("Latitude"), kind="number", decimals=6, unit="°", is_aside=True),
            CardField(name="longitude", label=mark("Longitude"), kind="number", decimals=6, unit="°", is_aside=True),
        ),
    ),
    FieldGroup(
        mark("Business"),
        (
            CardField(
                name="channel_type",
                label=mark("Channel type"),
                kind="choice",
                choices=tuple(ChannelType),
                is_key=True,
            ),
            CardField(name="level", label=mark("Level"), kind="choice", choices=tuple(Level), is_key=True),
            CardField(name="territory", label=mark("Sells in"), is_key=True),
            CardField(name="annual_sales_minor", label=mark("Annual sales"), kind="money", is_key=True),
            CardField(name="stores", label=mark("Own stores"), kind="number"),
            CardField(name="outlets", label=mark("Outlets supplied"), kind="number", is_key=True),
            CardField(name="staff", label=mark("Staff"), kind="number"),
            CardField(name="sales_people", label=mark("Sales people"), kind="number", is_key=True),
            CardField(name="vehicles", label=mark("Vehicles"), kind="number"),
            CardField(name="warehouse_m2", label=mark("Warehouse"), kind="number", unit="m²"),
            CardField(name="other_brands", label=mark("Other brands"), kind="multiline", is_key=True),
            CardField(name="industries", label=mark("Industries served"), kind="multiline"),
            CardField(name="decision_chain", label=mark("Decision chain"), kind="multiline", is_key=True),
            CardField(name="habits", label=mark("Habits and preferences"), kind="multiline"),
        ),
    ),
    FieldGroup(
        mark("Our side"),
        (
            CardField(name="owner", label=mark("Owner"), is_key=True),
            CardField(name="owner_level", label=mark("Owner's level"), kind="choice", choices=tuple(OwnerLevel)),
            CardField(name="lead_source", label=mark("Source of the lead")),
            CardField(name="since_on", label=mark("Partner since"), kind="date", is_key=True),
        ),
    ),
    FieldGroup(
        mark("Credit and contract"),
        (
            CardField(name="credit_limit_minor", label=mark("Credit limit"), kind="money", is_key=True),
            CardField(name="terms_days", label=mark("Payment terms"), kind="number", unit=mark("days"), is_key=True),
            CardField(name="currency", label=mark("Currency")),
            CardField(name="contract_from", label=mark("Contract from"), kind="date"),
            CardField(name="contract_to", label=mark("Contract until"), kind="date", is_ahead=True, is_key=True),
            CardField(name="contract_territory", label=mark("Territory granted")),
        ),
    ),
)


def is_known(record: object, field: CardField) -> bool:
    """Whether the file holds something for ``field``."""
    return getattr(record, field.name) not in (None, "")


def is_shown(record: object, field: CardField, *, everything: bool) -> bool:
    """Whether the card shows ``field``: known or important ones always, the rest on wish."""
    return everything or field.is_key or (is_known(record, field) and not field.is_aside)


@dataclass(frozen=True)
class Confirmed:
    """When a card was last found true. ``is_stale`` asks to look again."""

    text: str
    is_stale: bool


def confirmed(distributor: Distributor, today: date, language: Language) -> Confirmed:
    """The word at the head of the profile card."""
    on = distributor.confirmed_on
    if on is None:
        return Confirmed(language.tr("never confirmed"), is_stale=True)
    if distributor.is_stale(today):
        days = (today - on).days
        return Confirmed(language.tr_n("{n} day not confirmed", "{n} days not confirmed", days), is_stale=True)
    day = language.formats.day_short(on) if on.year == today.year else language.formats.day_full(on)
    return Confirmed(language.tr("confirmed {day}", day=day), is_stale=False)


def breadcrumb(distributor: Distributor) -> tuple[str, ...]:
    """Region and province, as far as they are known; the city where there is no province."""
    steps = (distributor.region, distributor.province or distributor.city)
    return tuple(dict.fromkeys(step for step in steps if step))


def facts(distributor: Distributor, language: Language) -> tuple[str, ...]:
    """What the line under the name says: kind, level, territory; then who owns the account."""
    words = [
        language.tr(member.label) for member in (distributor.channel_type, distributor.level) if member is not None
    ]
    where = distributor.territory or distributor.city
    kind = " · ".join([*words, *([where] if where else [])])
    owner = ""
    if distributor.owner and distributor.owner_level:
        owner = language.tr(
            "Owner {name} ({level})", name=distributor.owner, level=language.tr(distributor.owner_level.label)
        )
    elif distributor.owner:
        owner = language.tr("Owner {name}", name=distributor.owner)
    return tuple(part for part in (kind, owner) if part)


# -- the next step -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class NextStep:
    """The strip below the name. ``text`` is empty when nothing is agreed; ``when`` stands in a badge."""

    text: str
    when: str = ""
    visit_id: int | None = None
    is_late: bool = False
    #: Whether a visit is planned or running.
    is_visit: bool = False


def coming_visit(visits: tuple[Visit, ...], now: datetime, zone: tzinfo) -> Visit | None:
    """The visit that runs or comes next."""
    coming = [one for one in visits if one.is_coming(now, zone)]
    return min(coming, key=lambda one: (one.status is not VisitStatus.RUNNING, one.starts_at), default=None)


def next_step(file: DistributorFile, now: datetime, zone: tzinfo, language: Language) -> NextStep:
    """The visit that comes, or else the next step of the last closed visit."""
    formats, today = language.formats, now.astimezone(zone).date()
    visit = coming_visit(file.visits, now, zone)
    if visit is not None:
        start = visit.starts_at.astimezone(zone)
        day, time = formats.relative_day(start.date(), today), formats.time(start)
        when = (
            language.tr("running since {time}", time=formats.time(visit.began_at.astimezone(zone)))
            if visit.status is VisitStatus.RUNNING
            else language.tr("Visit {day} {time}", day=day, time=time)
        )
        text = visit.result_wanted or visit.subject or language.tr(visit.purpose.label)
        return NextStep(text, when, visit.id, is_visit=True)
    for past in file.visits:
        if past.next_step.strip():
            on = past.next_step_on
            when = "" if on is None else formats.relative_day(on, today)
            return NextStep(past.next_step.strip(), when, past.id, is_late=on is not None and on < today)
        if past.verdict is not None:
            break
    return NextStep("")


# -- people ------------------------------------------------------------------------------------------------------------

#: Kinds of badge for the parts in a decision.
ROLE_KINDS: Final[dict[str, BadgeKind]] = {"decision_maker": "accent", "opponent": "warning", "supporter": "success"}

#: A person, in the order of the opened row.
PERSON: Final[tuple[CardField, ...]] = (
    CardField(name="name", label=mark("Full name"), is_key=True),
    CardField(name="title", label=mark("Job"), is_key=True),
    CardField(name="decision_role", label=mark("Role in decisions"), kind="choice", choices=tuple(DecisionRole)),
    CardField(name="attitude", label=mark("Attitude to us"), kind="choice", choices=tuple(Attitude)),
    CardField(name="phone", label=mark("Phone"), is_key=True),
    CardField(name="phone_2", label=mark("Second phone")),
    CardField(name="fax", label=mark("Fax")),
    CardField(name="chat_id", label=mark("Chat")),
    CardField(name="email", label=mark("E-mail address")),
    CardField(name="birthday_on", label=mark("Birthday"), kind="date"),
    CardField(name="wants", label=mark("Wants"), is_key=True),
    CardField(name="approach", label=mark("How to approach"), is_key=True),
    CardField(name="interests", label=mark("Interests")),
    CardField(name="note", label=mark("Note"), kind="multiline"),
)

#: Stands with a check box below the birthday.
LUNAR: Final = CardField(name="birthday_lunar", label=mark("By the lunar calendar"))

#: How the attitude to us is marked: an icon and its colour, always with the word.
ATTITUDE_MARKS: Final = {
    "supportive": ("plus", "success-text"),
    "neutral": ("circle", "ink-3"),
    "critical": ("minus", "warning-text"),
}


def person_line(contact: Contact, language: Language) -> str:
    """One line below the name: how to reach the person, and what to know."""
    parts = [contact.phone or contact.phone_2 or contact.email or contact.chat_id, contact.wants, contact.interests]
    if contact.birthday_on is not None:
        parts.append(birthday(contact, language))
    return " · ".join(part for part in parts if part)


def birthday(contact: Contact, language: Language) -> str:
    """The day, and whether it is one of the lunar calendar."""
    if contact.birthday_on is None:
        return ""
    day = language.formats.day_short(contact.birthday_on)
    return (
        language.tr("lunar birthday {day}", day=day)
        if contact.birthday_lunar
        else language.tr("birthday {day}", day=day)
    )
