"""What is half written when the window is to close, and where it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from channel_desk.domain.commitments import Commitment
from channel_desk.presentation.promise_steps import steps_with_form
from channel_desk.services.distributors import find_subject
from channel_desk.storage.reader import Reader
from channel_desk.ui.context import Context
from channel_desk.ui.forms.kept_forms import STEP, About, KeptForm, KeptForms, Typing
from channel_desk.ui.place import Place
from channel_desk.ui.shell.pages import PAGES

if TYPE_CHECKING:
    from channel_desk.ui.tasks import Tasks

#: So many places are named.
_MOST: Final = 2
#: The place in the rail that a page belongs to.
_RAIL: Final = {spec.name: spec.rail for spec in PAGES}


@dataclass(frozen=True)
class Spot:
    """Where a kept form is shown, and the distributor that it is about."""

    place: Place
    name: str = ""


def find_spots(reader: Reader, kept: Mapping[About, Typing]) -> dict[About, Spot]:
    """By what is kept: where it stands. What is about a record that is gone, or past it, stands nowhere; it waits for
    Undo.
    """
    found = ((about, _spot(reader, about, typing)) for about, typing in kept.items())
    return {about: spot for about, spot in found if spot is not None}


def _spot(reader: Reader, about: About, typing: Typing) -> Spot | None:
    if about.kind is None:
        return Spot(Place(about.page))
    subject = find_subject(reader, about.kind, about.id)
    if subject is None:
        return None
    record, distributor = subject
    if about.what == STEP and isinstance(record, Commitment) and typing["step"][0] not in steps_with_form(record):
        return None
    shown = distributor.id if about.page == "file" else about.id
    return Spot(Place(about.page, shown), distributor.display_name)


class HalfWritten:
    """Asks at once where everything stands; the answer is there when the worker has done what it was asked."""

    def __init__(self, tasks: Tasks) -> None:
        self._kept = tasks.findChild(KeptForms)
        self._spots: dict[About, Spot] = {}
        typings = {about: form.typing for about, form in self._all.items()}
        if self._kept is not None and typings:
            tasks.read(
                lambda reader: find_spots(reader, typings),
                self._spots.update,
                owner=self._kept,
                key="spots",
                failed=lambda _: self._spots.update({about: Spot(Place(_RAIL[about.page])) for about in typings}),
            )

    @property
    def _all(self) -> Mapping[About, KeptForm]:
        return {} if self._kept is None else self._kept.all

    @property
    def forms(self) -> Mapping[About, KeptForm]:
        """What would be lost, and stands somewhere."""
        return {about: form for about, form in self._all.items() if about in self._spots}

    def told(self, ctx: Context) -> str:
        """What the window says before it closes."""
        tr = ctx.tr
        words = [*dict.fromkeys(_words(ctx, self._spots[about]) for about in self.forms)]
        more = len(words) - _MOST
        if more > 0:
            words[_MOST:] = [ctx.tr_n("{n} more place", "{n} more places", more)]
        return tr("Half written: {places}. Close again to leave without it.", places=ctx.formats.join(words))

    def show(self, go: Callable[[Place], None]) -> None:
        """Go to the first of it, open as it was left."""
        about = next(iter(self.forms), None)
        if about is not None and self._kept is not None:
            self._kept.reopen(about)
            go(self._spots[about].place)


def _words(ctx: Context, spot: Spot) -> str:
    if spot.place.page == "file":
        return ctx.tr("the file of {name}", name=spot.name)
    if spot.place.page == "visit":
        return ctx.tr("the visit to {name}", name=spot.name)
    return ctx.tr(next(spec.label for spec in PAGES if spec.name == spot.place.page))
