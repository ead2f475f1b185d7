"""Gathering what a visit brief and the visit wizard show; everything comes from the file, nothing is drawn here."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path

from channel_desk.domain.briefs import BriefFacts
from channel_desk.domain.checklist_files import load_template
from channel_desk.domain.checklists import Section, Situation, Template, sections_for
from channel_desk.domain.commitments import Commitment, Direction
from channel_desk.domain.contacts import Contact
from channel_desk.domain.distributors import Distributor
from channel_desk.domain.stance import advise_stance
from channel_desk.domain.visits import Answer, ExpectedObjection, Participant, Visit
from channel_desk.errors import UserError
from channel_desk.services.visits import next_visit, visits_between
from channel_desk.storage.reader import Reader


class Checklists:
    """The templates that ship with the program, read once each."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[tuple[str, int], Template] = {}

    def template(self, key: str, version: int) -> Template:
        """The version that a visit started with."""
        if (key, version) not in self._read:
            self._read[key, version] = load_template(self._folder, key, version)
        return self._read[key, version]

    def sections(self, visit: Visit, situation: Situation, *, answered: Collection[int] = ()) -> tuple[Section, ...]:
        """What is asked in ``visit``, with what was ``answered`` (by code) in any case."""
        return sections_for(self.template(visit.template, visit.template_version), situation, answered=answered)


def gather_brief(reader: Reader, visit_id: int, *, checklists: Checklists, author: str = "") -> BriefFacts:
    """Everything about one visit; a fixed number of statements. Raises ``record_gone``.

    The same facts fill the printed brief and the wizard, so that screen and paper cannot differ.
    """
    from channel_desk.storage.queries.tagged import commitment_lines, last_visit

    visit = reader.get(Visit, visit_id)
    distributor = reader.get(Distributor, visit.distributor_id)
    zone = reader.clock.zone
    day = visit.starts_at.astimezone(zone).date()
    pending = [line.commitment for line in commitment_lines(reader, distributor_ids=(distributor.id,))]
    ours = tuple(one for one in pending if one.direction is Direction.OURS)
    theirs = tuple(one for one in pending if one.direction is Direction.THEIRS)
    previous = last_visit(reader, distributor.id, visit.starts_at)
    answers = {answer.code: answer for answer in reader.all(Answer, visit_id=visit_id)}

    def left(promises: tuple[Commitment, ...]) -> bool:
        """Whether one stood open before this visit; what is promised in it asks nothing new."""
        return any(one.visit_id != visit_id for one in promises)

    situation = Situation(
        purpose=visit.purpose,
        channel_type=distributor.channel_type,
        status=distributor.status,
        open_things=frozenset(
            name for name, there in (("ours", left(ours)), ("theirs", left(theirs)), ("last_visit", previous)) if there
        ),
    )
    return BriefFacts(
        visit=visit,
        distributor=distributor,
        contacts=reader.all(Contact, distributor_id=distributor.id, order=("position", "id")),
        participant_ids=frozenset(one.contact_id for one in reader.all(Participant, visit_id=visit_id)),
        ours=ours,
        theirs=theirs,
        last_visit=previous,
        sections=checklists.sections(visit, situation, answered=answers),
        answers=answers,
        objections=reader.all(ExpectedObjection, visit_id=visit_id, order=("position", "id")),
        advice=advise_stance(
            distributor,
            visit,
            theirs=theirs,
            last_visit_on=None if previous is None else previous.starts_at.astimezone(zone).date(),
            last_verdict=None if previous is None else previous.verdict,
            day=day,
        ),
        author=author,
        as_of=reader.clock.now(),
        zone=zone,
    )


def gather_briefs(
    reader: Reader, visit_ids: Sequence[int], *, checklists: Checklists, author: str = ""
) -> tuple[BriefFacts, ...]:
    """The facts of several briefs, in the order of ``visit_ids``."""
    return tuple(gather_brief(reader, one, checklists=checklists, author=author) for one in visit_ids)


def next_visit_id(reader: Reader) -> int:
    """The visit that runs or comes next; raises ``no_visits``."""
    line = next_visit(reader)
    if line is None:
        raise UserError("no_visits")
    return line.visit.id


def visits_to_brief(reader: Reader, start: datetime, end: datetime) -> tuple[int, ...]:
    """The visits that begin in ``[start, end)``; raises ``no_visits``."""
    found = tuple(line.visit.id for line in visits_between(reader, start, end) if line.visit.starts_at >= start)
    if not found:
        raise UserError("no_visits")
    return found
