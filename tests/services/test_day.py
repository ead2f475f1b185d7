"""What the page of the day is told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from channel_desk.domain.commitments import Commitment, Direction
from channel_desk.domain.visits import Visit, VisitStatus
from channel_desk.errors import UserError
from channel_desk.paths import resources
from channel_desk.services import visits
from channel_desk.services.briefs import Checklists, next_visit_id, visits_to_brief
from channel_desk.services.today import MOST_COUNTED, UNWRITTEN, gather_day, gather_open
from tests.fixtures.desks import MONDAY, furnish, refused

HOUR = timedelta(hours=1)


def plan(store, distributor_id: int, *, begins: timedelta, status: VisitStatus = VisitStatus.PLANNED) -> int:
    """A visit of one hour that begins so long after Monday morning."""
    visit = Visit(
        distributor_id=distributor_id, starts_at=MONDAY + begins, ends_at=MONDAY + begins + HOUR, status=status
    )
    return store.write("plan", lambda u: visits.plan_visit(u, visit)).result


def test_that_the_days_ahead_have_the_visits_of_the_last_day_and_none_after_it(store):
    desk = furnish(store)
    last = plan(store, desk.distributor, begins=timedelta(days=2, hours=14))
    plan(store, desk.distributor, begins=timedelta(days=3))
    days = tuple(date(2026, 9, 21 + number) for number in range(3))
    told = store.read(lambda r: gather_day(r, days=days, checklists=Checklists(resources() / "checklists")))
    assert [line.visit.id for line in told.visits] == [desk.visit, last]


def test_that_a_visit_beyond_midnight_is_briefed_on_the_day_on_which_it_begins_alone(store):
    desk = furnish(store)
    night = MONDAY + timedelta(hours=14.5)  # half past ten in the evening
    late = Visit(distributor_id=desk.distributor, starts_at=night, ends_at=night + 3 * HOUR)
    visit = store.write("plan", lambda u: visits.plan_visit(u, late)).result
    midnight = MONDAY + timedelta(hours=15)
    first, second = ((midnight - timedelta(days=1), midnight), (midnight, midnight + timedelta(days=1)))
    assert store.read(lambda r: visits_to_brief(r, *first)) == (desk.visit, visit)
    with pytest.raises(UserError) as caught:
        store.read(lambda r: visits_to_brief(r, *second))
    assert caught.value.code == "no_visits"


def test_that_a_desk_without_a_visit_ahead_has_no_brief_of_the_next_one(store):
    desk = furnish(store)  # whose visit is over
    assert refused(store, next_visit_id) == "no_visits"
    ahead = plan(store, desk.distributor, begins=timedelta(days=2))
    assert store.read(next_visit_id) == ahead


def test_that_no_more_is_listed_of_what_waits_to_be_written_up_than_there_is_room_for_and_all_is_counted(store):
    desk = furnish(store)  # whose visit is over
    for number in range(UNWRITTEN + 1):
        plan(store, desk.distributor, begins=timedelta(days=-1 - number), status=VisitStatus.HELD)
    told = store.read(gather_open)
    assert (len(told.unwritten), told.unwritten_total) == (UNWRITTEN, UNWRITTEN + 2)


def test_that_the_talk_that_goes_on_is_neither_listed_nor_counted_among_what_waits_to_be_written_up(store):
    desk = furnish(store)
    for number in range(UNWRITTEN):
        plan(store, desk.distributor, begins=timedelta(days=-1 - number), status=VisitStatus.HELD)
    store.clock.at = MONDAY + HOUR / 2
    assert store.read(gather_open).unwritten_total == UNWRITTEN
    store.write("start", lambda u: visits.start_visit(u, desk.visit))
    told = store.read(gather_open)
    assert desk.visit not in [line.visit.id for line in told.unwritten]
    assert (len(told.unwritten), told.unwritten_total) == (UNWRITTEN, UNWRITTEN)


def test_that_a_thousand_are_counted_to_the_last_and_of_more_it_is_known_that_they_are_more(store):
    desk = furnish(store)
    begun = MONDAY - timedelta(days=1)
    held = Visit(distributor_id=desk.distributor, starts_at=begun, ends_at=begun + HOUR, status=VisitStatus.HELD)
    owed = Commitment(distributor_id=desk.distributor, direction=Direction.OURS, text="Samples")
    before = store.read(gather_open)
    store.write("fill", lambda u: u.insert_many([held] * (MOST_COUNTED - before.unwritten_total)))
    store.write("fill", lambda u: u.insert_many([owed] * (MOST_COUNTED - before.ours_total)))
    told = store.read(gather_open)
    assert (told.unwritten_total, told.ours_total) == (MOST_COUNTED, MOST_COUNTED)
    store.write("one more", lambda u: (u.insert_many([held]), u.insert_many([owed])))
    told = store.read(gather_open)
    assert min(told.unwritten_total, told.ours_total) > MOST_COUNTED
    assert told.theirs_total == before.theirs_total
