"""Characters that no print font has: told for each distributor and slide, and the document is made all the same."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from channel_desk.clock import SystemClock
from channel_desk.domain.distributors import Distributor
from channel_desk.domain.record import DistributorId, VisitId
from channel_desk.domain.visits import Visit
from channel_desk.paths import DataFolder
from channel_desk.services.distributors import edit_distributor
from channel_desk.services.training import edit_slide
from channel_desk.services.visits import edit_visit
from channel_desk.storage.store import Store
from channel_desk.storage.unit_of_work import UnitOfWork
from tests.cli.cases import Answer
from tests.fixtures.desks import SmallDesk, furnish

Run = Callable[..., Answer]
#: A Gothic, a Yi and an Arabic letter, a rare Chinese character, a mark of one's own.
GOTHIC, YI, ARABIC, RARE, OWN = "\U00010330", "ꀀ", "ع", "𪚥", "\ue123"


@pytest.fixture
def known(folder: Path) -> SmallDesk:
    """The data of the test: one visit and a deck of three slides, with such characters in both."""
    store = Store.open(DataFolder(folder), SystemClock())
    try:
        small = furnish(store)

        def write(uow: UnitOfWork) -> None:
            edit_visit(uow, small.visit, result_wanted=f"签下 {YI}{GOTHIC} 渠道 {RARE}", may_promise=GOTHIC)
            edit_slide(uow, small.slides[1], title=f"安排 {GOTHIC}")
            edit_slide(uow, small.slides[2], title=f"小测 {GOTHIC}{ARABIC}{OWN}", notes=YI)

        store.write("Write", write)
        return small
    finally:
        store.close()


def text_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_that_a_brief_with_characters_without_a_font_is_made_and_they_are_told(
    desk: Run, known: SmallDesk, tmp_path: Path
) -> None:
    target = tmp_path / "brief.pdf"
    answer = desk("brief", "--visit", known.visit, "-o", target)
    assert answer.status == 0
    assert answer.said == f"1 brief in {target}\n"
    assert answer.complained == "Our print fonts do not have ꀀ \U00010330 𪚥 (湘禾商贸); a box stands there instead.\n"
    assert f"{YI}{GOTHIC}" in text_of(target), "what stands in their place is copied as what was written"


def test_that_a_script_learns_the_characters_of_each_brief_of_a_batch(
    desk: Run, known: SmallDesk, folder: Path, tmp_path: Path
) -> None:
    """Also those that a brief before it had."""
    store = Store.open(DataFolder(folder), SystemClock())
    other = store.write("Another", lambda uow: _other_visit(uow, known)).result
    store.close()
    answer = desk("brief", "--visit", known.visit, other, "--json", "-o", tmp_path / "two.pdf")
    assert answer.document == {
        "path": str(tmp_path / "two.pdf"),
        "briefs": 2,
        "unprinted": [
            {"distributor": "湘禾商贸", "characters": [YI, GOTHIC, RARE]},
            {"distributor": "雁城", "characters": [GOTHIC]},
        ],
    }
    told = desk("brief", "--visit", known.visit, other, "-o", tmp_path / "two.pdf").complained
    assert (
        told
        == "Our print fonts do not have ꀀ 𪚥 (湘禾商贸), \U00010330 (湘禾商贸, 雁城); a box stands there instead.\n"
    )


def _other_visit(uow: UnitOfWork, known: SmallDesk) -> int:
    other = DistributorId(uow.insert(Distributor(name="雁城", code="CD-2")))
    visit = uow.get(Visit, known.visit)
    return uow.insert(
        replace(visit, id=VisitId(0), public_id="", distributor_id=other, result_wanted=GOTHIC, may_promise="")
    )


def test_that_the_slides_of_a_deck_are_told_by_their_numbers(desk: Run, known: SmallDesk, tmp_path: Path) -> None:
    answer = desk("deck", "--session", known.session, "--json", "-o", tmp_path / "deck.pdf")
    assert answer.document["slides"] == 3
    assert answer.document["unprinted"] == [
        {"slide": 2, "characters": [GOTHIC]},
        {"slide": 3, "characters": [GOTHIC, ARABIC, OWN]},
    ]
    told = "Our print fonts do not have \U00010330 (slides 2–3), ع U+E123 (slide 3); a box stands there instead.\n"
    assert desk("deck", "--session", known.session, "-o", tmp_path / "deck.pdf").complained == told


def test_that_powerpoint_gets_the_characters_and_nobody_is_warned(desk: Run, known: SmallDesk, tmp_path: Path) -> None:
    target = tmp_path / "deck.pptx"
    assert desk("deck", "--session", known.session, "--json", "-o", target).document["unprinted"] == []
    assert desk("deck", "--session", known.session, "-o", target).complained == ""
    with zipfile.ZipFile(target) as package:
        slide = package.read("ppt/slides/slide3.xml").decode("utf-8")
    assert all(character in slide for character in (GOTHIC, ARABIC, OWN))


def test_that_a_note_in_another_script_is_told_in_one_short_line(desk: Run, known: SmallDesk, folder: Path) -> None:
    store = Store.open(DataFolder(folder), SystemClock())
    letters = "".join(chr(0xA000 + 7 * number) for number in range(80))
    store.write("Write", lambda uow: edit_visit(uow, known.visit, result_wanted=letters, may_promise=""))
    store.close()
    answer = desk("brief", "--visit", known.visit, "--json", "-o", folder / "brief.pdf")
    told = desk("brief", "--visit", known.visit, "-o", folder / "brief.pdf").complained
    assert told.count("\n") == 1
    assert len(told) < 120
    assert len(answer.document["unprinted"][0]["characters"]) > 20


def test_that_what_our_fonts_have_is_not_told(desk: Run, known: SmallDesk, folder: Path, tmp_path: Path) -> None:
    store = Store.open(DataFolder(folder), SystemClock())

    def write(uow: UnitOfWork) -> None:
        edit_visit(
            uow,
            known.visit,
            result_wanted="簽下「湖南」渠道：“Łódź”… ☑ ±5 % \U0001f44d\U0001f3fb\n第二行\u200b",
            may_promise="",
        )
        edit_distributor(uow, known.distributor, name="長沙湘禾商貿有限公司 & Søn’s")

    store.write("Write", write)
    store.close()
    assert desk("brief", "--visit", known.visit, "-o", tmp_path / "brief.pdf").complained == ""
