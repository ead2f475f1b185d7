"""The sentence about characters that no print font has stays short and names each place once."""

from __future__ import annotations

from channel_desk.documents.printed import Unprinted
from channel_desk.i18n import Language
from channel_desk.presentation.unprinted import unprinted_in_briefs


def test_that_a_distributor_with_several_briefs_is_named_once(language_en: Language) -> None:
    found = [Unprinted("Acme", ("한",)), Unprinted("Acme", ("한",))]
    told = "Our print fonts do not have 한 (Acme); a box stands there instead."
    assert unprinted_in_briefs(found, language_en) == told


def test_that_of_many_distributors_only_the_first_are_named(language_en: Language) -> None:
    found = [Unprinted(f"D{number}", ("한",)) for number in range(9)]
    assert "D5, …)" in unprinted_in_briefs(found, language_en)
    assert "D6" not in unprinted_in_briefs(found, language_en)
