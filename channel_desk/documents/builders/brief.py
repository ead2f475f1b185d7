"""The visit brief: what its pages say, in one language (paper.md, sections 3 and 5).

The brief is internal. It is built from everything the file knows about one visit; what is unknown is left out or shown
as a dash, never made up.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from channel_desk.documents.builders.blocks import DASH, Fact, Told
from channel_desk.documents.builders.brief_checks import build_checklists
from channel_desk.documents.builders.brief_content import Brief, Elsewhere, Objection, Person, Words
from channel_desk.documents.builders.brief_promises import owed_list, short_day
from channel_desk.domain.briefs import BriefFacts
from channel_desk.domain.checklists import ItemKind
from channel_desk.domain.contacts import Attitude, Contact
from channel_desk.domain.distributors import Distributor, Status
from channel_desk.domain.visits import ExpectedObjection, Visit, VisitStatus
from channel_desk.i18n import Language, mark

#: As wide as a Chinese character, or as a Latin letter.
_SIGNS: Final = {
    Attitude.SUPPORTIVE: {"zh_CN": "＋", "en": "+"},
    Attitude.NEUTRAL: {"zh_CN": "○", "en": "○"},
    Attitude.CRITICAL: {"zh_CN": "－", "en": "−"},
}


def build_brief(facts: BriefFacts, language: Language) -> Brief:
    """The brief of one visit in ``language``, whatever the screen's."""
    tr, tr_c = language.tr, language.tr_c
    visit, distributor = facts.visit, facts.distributor
    formats = language.formats
    start, end = visit.starts_at.astimezone(facts.zone), visit.ends_at.astimezone(facts.zone)
    as_of = facts.as_of.astimezone(facts.zone)
    day = formats.day(facts.day, as_of.date())
    name = distributor.name or distributor.short_name
    code = tr("V-{number}", number=f"{visit.id:04d}")
    tag = tr("INTERNAL · not for the distributor")
    if visit.status is VisitStatus.CANCELLED:
        tag = tr("CALLED OFF · {tag}", tag=tag)
    return Brief(
        language=language.code,
        title=tr("Visit brief {name}, {day}", name=name, day=day),
        author=facts.author,
        tag=tag,
        kind=tr("Visit brief {code}", code=code),
        source=_source(facts, language),
        footer_word=tr_c("paper", "INTERNAL"),
        footer_front=tr("contains ratings, authority and our limits – put away before you leave the table"),
        footer_back=tr("will hold ratings and the verdict – put away before you leave the table"),
        name=name,
        facts_line=_facts_line(facts, language),
        day=_days(facts, language),
        date=facts.day.isoformat(),
        made_at=as_of,
        time=formats.time_range(start, end),
        places=_places(facts, language),
        result_label=tr("The one result that makes this visit worthwhile"),
        result=visit.result_wanted.strip() or (DASH if visit.status is VisitStatus.CLOSED else ""),
        goals=tuple(
            Fact(tr("Goal {n}", n=number), goal.strip())
            for number, goal in enumerate((goal for goal in visit.goals if goal.strip()), 1)
        ),
        stance_label=tr_c("paper", "Suggested stance"),
        stance=tr(facts.stance.stance.label),
        stance_reason=facts.stance.told(language),
        limits=_limits(visit, language),
        ours=owed_list(facts.ours, facts, language, ours=True),
        theirs=owed_list(facts.theirs, facts, language, ours=False),
        last_visit=_last_visit(facts, language),
        last_visit_label=tr_c("paper", "Last visit"),
        last_visit_empty=tr("No visit is recorded yet."),
        figures=_figures(distributor, language),
        profile=_profile(distributor, facts.day, language),
        people_title=tr_c("paper", "Who will be there"),
        people_heads=(
            tr_c("paper", "Name · title"),
            tr_c("paper", "Decision role"),
            tr_c("paper", "Attitude"),
            tr_c("paper", "They want"),
            tr_c("paper", "How to speak"),
        ),
        people=_people(facts, language),
        objections_title=tr_c("paper", "Likely objections"),
        objections_heads=(
            tr_c("objection", "They say"),
            tr_c("objection", "Ask first"),
            tr_c("objection", "Answer"),
            tr_c("objection", "Bring"),
        ),
        objections=tuple(_objection(one, language) for one in facts.objections),
        objections_empty=_no_objections(facts, language),
        short_name=distributor.display_name,
        record_line=tr("{day}, {time} · record of the visit", day=day, time=formats.time(start)),
        checklists=build_checklists(facts, language),
        words=_words(language),
    )


def _days(facts: BriefFacts, language: Language) -> str:
    """The day of the visit; the first and the last one when it ends on another, for which midnight is too early."""
    today = facts.as_of.astimezone(facts.zone).date()
    last = (facts.visit.ends_at.astimezone(facts.zone) - timedelta.resolution).date()
    days = [language.formats.day(day, today) for day in dict.fromkeys((facts.day, last))]
    return days[0] if len(days) == 1 else language.tr("{first} to {last}", first=days[0], last=days[1])


def _places(facts: BriefFacts, language: Language) -> tuple[Fact, ...]:
    tr_c = language.tr_c
    visit = facts.visit
    return (
        Fact(tr_c("paper", "Where"), visit.place.strip() or facts.distributor.address.strip() or DASH),
        Fact(tr_c("paper", "Route"), visit.route.strip() or DASH),
        Fact(tr_c("paper", "Appointment"), visit.appointment.strip() or DASH),
        Fact(tr_c("paper", "Purpose"), _purpose(visit, language)),
    )


def _limits(visit: Visit, language: Language) -> tuple[Fact, ...]:
    """What may be promised, asked and left alone today."""
    tr_c = language.tr_c
    return (
        Fact(tr_c("paper", "You may promise"), visit.may_promise.strip() or DASH),
        Fact(tr_c("limit", "Ask first"), visit.ask_first.strip() or DASH),
        Fact(tr_c("paper", "Not today"), visit.not_today.strip() or DASH),
    )


def _source(facts: BriefFacts, language: Language) -> str:
    as_of = facts.as_of.astimezone(facts.zone)
    day, time = language.formats.day_short(as_of.date()), language.formats.time(as_of)
    if facts.author:
        return language.tr("{author} · data as of {day}, {time}", author=facts.author, day=day, time=time)
    return language.tr("Data as of {day}, {time}", day=day, time=time)


def _facts_line(facts: BriefFacts, language: Language) -> tuple[str, ...]:
    tr = language.tr
    distributor = facts.distributor
    kinds = [tr(word.label) for word in (distributor.level, distributor.channel_type) if word is not None]
    line = [_region(distributor, language), " · ".join(kinds)]
    if distributor.tier is not None:
        line.append(tr("Tier {tier}", tier=distributor.tier.value))
    line.append(_status(distributor, language))
    if facts.last_visit is not None:
        ago = (facts.day - facts.last_visit.starts_at.astimezone(facts.zone).date()).days
        same_day = tr("seen the same day")
        line.append(language.tr_n("seen {n} day ago", "seen {n} days ago", ago) if ago > 0 else same_day)
    return tuple(piece for piece in line if piece)


def _status(distributor: Distributor, language: Language) -> str:
    """The status, and since when they are a partner; what they are now otherwise, they were not all the time."""
    status = language.tr(distributor.status.label)
    if distributor.since_on is None:
        return status
    if distributor.status is Status.ACTIVE:
        return language.tr("{status} since {year}", status=status, year=distributor.since_on.year)
    return language.tr("{status}, partner since {year}", status=status, year=distributor.since_on.year)


def _region(distributor: Distributor, language: Language) -> str:
    province, city = distributor.province.strip(), distributor.city.strip()
    if province and city and province != city:
        return language.tr("{city}, {province}", city=city, province=province)
    return city or province or distributor.country.strip()


def _purpose(visit: Visit, language: Language) -> str:
    purpose = language.tr(visit.purpose.label)
    return f"{purpose} · {visit.subject.strip()}" if visit.subject.strip() else purpose


def _last_visit(facts: BriefFacts, language: Language) -> tuple[Told, ...]:
    """When, with what verdict, what was agreed, and the next step."""
    tr, tr_c = language.tr, language.tr_c
    last = facts.last_visit
    if last is None:
        return ()
    day = language.formats.day(last.starts_at.astimezone(facts.zone).date(), facts.day)
    lead = tr("{day}: {verdict}", day=day, verdict=tr(last.verdict.label)) if last.verdict else day
    agreed = [
        tr("C{number}", number=f"{one.id:03d}")
        for one in (*facts.ours, *facts.theirs)
        if one.visit_id == last.id and last.id
    ]
    texts = [last.summary.strip() or last.verdict_reason.strip()]
    if agreed:
        texts.append(tr("Agreed: {codes}", codes=language.formats.join(agreed)))
    rows = [Told(tr_c("paper", "Last visit"), lead, "  ".join(text for text in texts if text))]
    if last.next_step.strip():
        on = short_day(last.next_step_on, facts.day, language) if last.next_step_on else ""
        rows.append(Told(tr_c("paper", "Next step"), on, last.next_step.strip()))
    return tuple(rows)


def _figures(distributor: Distributor, language: Language) -> tuple[Fact, ...]:
    """The known numbers of the profile."""
    tr, tr_c, formats = language.tr, language.tr_c, language.formats

    def count(label: str, value: int | None, unit: str = "{n}") -> tuple[str, str | None]:
        return label, None if value is None else tr(unit, n=formats.number(value))

    def money(label: str, minor: int | None) -> tuple[str, str | None]:
        return label, None if minor is None else formats.money_big(minor, distributor.money_currency)

    terms = distributor.terms_days
    rows = (
        money(tr_c("paper", "Annual sales"), distributor.annual_sales_minor),
        money(tr_c("paper", "Credit limit"), distributor.credit_limit_minor),
        (tr_c("paper", "Terms"), None if terms is None else language.tr_n("{n} day", "{n} days", terms)),
        count(tr_c("paper", "Staff"), distributor.staff),
        count(tr_c("paper", "Sales people"), distributor.sales_people),
        count(tr_c("paper", "Outlets"), distributor.outlets),
        count(tr_c("paper", "Own stores"), distributor.stores),
        count(tr_c("paper", "Warehouse"), distributor.warehouse_m2, mark("{n} m²")),
        count(tr_c("paper", "Vehicles"), distributor.vehicles),
    )
    return tuple(Fact(label, value) for label, value in rows if value is not None)


def _profile(distributor: Distributor, day: date, language: Language) -> tuple[Fact, ...]:
    """The known facts of the profile that need words, the most useful at the table first."""
    tr, tr_c = language.tr, language.tr_c
    unconfirmed = tr("never confirmed") if distributor.confirmed_on is None else tr("not confirmed for half a year")
    rows = (
        (tr_c("paper", "Decision chain"), distributor.decision_chain),
        (tr_c("paper", "Other brands"), distributor.other_brands),
        (tr_c("paper", "Habits"), distributor.habits),
        (tr_c("paper", "Contract"), _contract(distributor, language)),
        (tr_c("paper", "Industries"), distributor.industries),
        (tr_c("paper", "Profile"), unconfirmed if distributor.is_stale(day) else ""),
    )
    return tuple(Fact(label, value.strip()) for label, value in rows if value.strip())


def _contract(distributor: Distributor, language: Language) -> str:
    tr = language.tr
    first, last = distributor.contract_from, distributor.contract_to
    territory = distributor.contract_territory.strip()
    if first and last:
        span = tr("{first} to {last}", first=first.isoformat(), last=last.isoformat())
    elif last:
        span = tr("until {last}", last=last.isoformat())
    elif first:
        span = tr("from {first}", first=first.isoformat())
    else:
        span = ""
    return " · ".join(part for part in (span, territory) if part)


def _people(facts: BriefFacts, language: Language) -> tuple[Person, ...]:
    """Who will be there; of a closed visit nobody writes down any more who it was."""
    if not facts.participants and facts.visit.status is VisitStatus.CLOSED:
        return (Person(name=DASH, title="", role=DASH, attitude=DASH, wants=DASH, approach=DASH),)
    return tuple(_person(contact, language) for contact in facts.participants)


def _person(contact: Contact, language: Language) -> Person:
    tr = language.tr
    attitude = DASH
    if contact.attitude is not None:
        attitude = f"{language.own(_SIGNS[contact.attitude])}\u00a0{tr(contact.attitude.label)}"
    return Person(
        name=contact.name.strip() or DASH,
        title=contact.title.strip(),
        role=tr(contact.decision_role.label) if contact.decision_role else DASH,
        attitude=attitude,
        wants=contact.wants.strip() or DASH,
        approach=contact.approach.strip() or DASH,
    )


def _objection(objection: ExpectedObjection, language: Language) -> Objection:
    return Objection(
        kind=language.tr(objection.kind.label),
        they_say=objection.they_say.strip(),
        ask_first=objection.ask_first.strip() or DASH,
        answer=objection.answer.strip() or DASH,
        bring=objection.bring.strip() or DASH,
    )


def _no_objections(facts: BriefFacts, language: Language) -> str:
    """The grey line of an empty table names the checklist item where they are prepared."""
    for section in facts.sections:
        for item in section.items:
            if item.kind is ItemKind.OBJECTIONS:
                return language.tr("No objections prepared · {code}", code=item.code)
    return language.tr("No objections prepared")


def _words(language: Language) -> Words:
    tr, tr_c = language.tr, language.tr_c
    return Words(
        legend_done=tr_c("paper", "done"),
        legend_not_applicable=tr("not applicable (strike)"),
        legend_codes=tr("codes as on the screen"),
        agreed_heads=(
            tr_c("paper", "Side"),
            tr_c("paper", "What"),
            tr_c("paper", "Who"),
            tr_c("paper", "By when"),
            tr_c("paper", "Proof"),
        ),
        agreed_direction=tr_c("paper", "we / they"),
        date_blank=tr("_________ by _____"),
        no_next_step=tr_c("paper", "none"),
        profile=tr_c("paper", "Profile"),
        continued=tr("Continued from page 1"),
        page=tr("Page {number} of {total}"),
        more=Elsewhere(
            tr("+ {n} more, page {page}"),
            tr("+ {n} more, {shown} of them on page {page}"),
            tr("+ {n} more in the file"),
        ),
        more_urgent=Elsewhere(
            tr("+ {n} more late or flagged, page {page}"),
            tr("+ {n} more late or flagged, {shown} of them on page {page}"),
            tr("+ {n} more late or flagged in the file"),
        ),
        more_people=Elsewhere(
            tr_c("people", "+ {n} more, page {page}"),
            tr_c("people", "+ {n} more, {shown} of them on page {page}"),
            tr_c("people", "+ {n} more in the file"),
        ),
        briefs_of_a_day=tr("Visit briefs, {first}"),
        briefs_of_days=tr("Visit briefs, {first} to {last}"),
        briefs=tr("{n} visit briefs"),
    )
