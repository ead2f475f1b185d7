"""What is typed into a form and not stored yet: it outlives Esc, the page, and a change of the language.

A form says what it holds in :meth:`KeptForms.keep` when its page is left, under a key that says what it is about;
whoever shows the same thing next, the same page or another, finds it there. The window asks before it closes over it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from PySide6.QtCore import QObject

from channel_desk.domain.commitments import Commitment, PromiseStep
from channel_desk.domain.record import Record
from channel_desk.ui.context import Context

#: By the name of a field: its value, and the typing that it could not read.
Typing = Mapping[str, tuple[object, str]]


#: What is asked for before a promise takes a step: its proof, a reason.
STEP: Final = "next step"


class About(NamedTuple):
    """What a form is about: the ``page`` that asks for it, ``what`` it asks for there, and of which record, if any."""

    page: str
    what: str
    kind: type[Record] | None = None
    id: int = 0


@dataclass(frozen=True)
class KeptForm:
    """The typing of a form, and whether the form was still open."""

    typing: Typing
    is_open: bool


class KeptForms(QObject):
    """The forms that were left half filled, each by what it is about. Found again by :func:`kept_forms`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._forms: dict[About, KeptForm] = {}

    @property
    def all(self) -> Mapping[About, KeptForm]:
        """Everything that is kept now, by what it is about."""
        return dict(self._forms)

    def reopen(self, key: About) -> None:
        """Somebody wants to see it: the form is open where it is shown next."""
        if key in self._forms:
            self._forms[key] = replace(self._forms[key], is_open=True)

    def keep(self, key: About, typing: Typing, *, is_open: bool = True) -> KeptForm:
        """Keep ``typing``, in place of what was kept before."""
        form = self._forms[key] = KeptForm(typing, is_open)
        return form

    def keep_if_typed(self, key: About, typing: Typing | None, *, is_open: bool = True) -> None:
        """Keep ``typing``; None, where nothing was typed that would be missed, forgets what was kept before."""
        if typing is None:
            self.forget(key)
        else:
            self.keep(key, typing, is_open=is_open)

    def find(self, key: About) -> KeptForm | None:
        return self._forms.get(key)

    def keep_proof(self, commitment_id: int, proof: str) -> None:
        """Keep what is typed to prove that a promise was kept, for every page that shows the promise."""
        if proof:
            self.keep(step_key(commitment_id), {"step": (PromiseStep.FULFIL, ""), "text": (proof, "")})
        elif self.proof_of(commitment_id) is not None:
            self.forget(step_key(commitment_id))

    def proof_of(self, commitment_id: int) -> str | None:
        """What :meth:`keep_proof` was given, or the form of the promise in its file."""
        kept = self.find(step_key(commitment_id))
        return None if kept is None or kept.typing["step"][0] is not PromiseStep.FULFIL else str(kept.typing["text"][0])

    def forget(self, key: About) -> None:
        self._forms.pop(key, None)

    def settle(self, key: About, form: KeptForm) -> None:
        """``form`` is stored: forget it, unless something newer was kept."""
        if self.find(key) is form:
            self.forget(key)


def step_key(commitment_id: int) -> About:
    """The key of what is typed for the next step of a promise: under ``text``, with the ``step`` itself."""
    return About("file", STEP, Commitment, commitment_id)


def kept_forms(ctx: Context) -> KeptForms:
    """The one store of kept forms; it lives as long as the window."""
    return ctx.tasks.findChild(KeptForms) or KeptForms(ctx.tasks)
