"""The places the user has been to, for going back."""

from __future__ import annotations

from channel_desk.ui.place import Place

_DEPTH = 50


class History:
    """A stack of places; the top is where the user is."""

    def __init__(self) -> None:
        self._places: list[Place] = []

    @property
    def current(self) -> Place | None:
        return self._places[-1] if self._places else None

    def go(self, place: Place) -> None:
        """Remember ``place`` as the present one. Going where one came from does not pile up."""
        if place == self.current:
            return
        self._places = [*self._places[-_DEPTH + 1 :], place]

    def replace(self, place: Place) -> None:
        """The present place is another one, such as another file on the same page; it stands there once."""
        before = self._places[:-1]
        if before and before[-1][:2] == place[:2]:
            before.pop()
        self._places = [*before, place]

    def back(self) -> Place | None:
        """The place before the present one, which becomes the present one; None at the beginning."""
        if len(self._places) < 2:
            return None
        self._places.pop()
        return self._places[-1]

    def forget(self, page: str, record: int) -> None:
        """Leave out every visit to a record that is gone."""
        self._places = [one for one in self._places if not (one.page == page and one.id == record)]
