"""Lists, briefs, decks and the check on the sample, as a script asks for them."""

from __future__ import annotations

import json
import sys
import tracemalloc
from collections.abc import Callable
from dataclasses import fields
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw
import pytest
from pptx import Presentation

from channel_desk.cli import main
from channel_desk.cli.session import prepare_sample
from channel_desk.clock import SystemClock
from channel_desk.domain.commitments import Commitment
from channel_desk.domain.contacts import Contact
from channel_desk.domain.distributors import Distributor
from channel_desk.domain.record import DistributorId
from channel_desk.domain.training import TrainingSession
from channel_desk.domain.visits import Visit
from channel_desk.paths import DataFolder
from channel_desk.services.preferences import write_preference
from channel_desk.services.visits import cancel_visit
from channel_desk.storage.file import DataKey, connect
from channel_desk.storage.schema import REVISION
from channel_desk.storage.store import Store
from channel_desk.storage.unit_of_work import UnitOfWork
from tests.cli.cases import Answer, state_of
from tests.fixtures.desks import furnish

Run = Callable[..., Answer]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the sample, for tests that only read."""
    place = tmp_path_factory.mktemp("sample") / "data"
    store = Store.open(DataFolder(place), SystemClock())
    prepare_sample(store)
    store.close()
    return place


@pytest.fixture
def desk(say: Run, sample: Path) -> Run:
    return lambda *arguments: say("--data", sample, "--lang", "en", *arguments)


def names(kind: type) -> set[str]:
    return {field.name for field in fields(kind)}


def fonts_of(document: pypdfium2.PdfDocument) -> set[bool]:
    """Whether the font of each text object is embedded."""
    found = set()
    for page in document:
        for one in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
            font = pypdfium2.raw.FPDFTextObj_GetFont(one.raw)
            found.add(bool(pypdfium2.raw.FPDFFont_GetIsEmbedded(font)))
        page.close()
    return found


def text_of(document: pypdfium2.PdfDocument) -> str:
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


# -- list


def test_that_distributors_are_listed_with_all_their_fields(desk: Run) -> None:
    document = desk("list", "distributors", "--json").document
    assert list(document) == ["distributors"]
    assert len(document["distributors"]) > 20
    for one in document["distributors"]:
        assert set(one) == names(Distributor) | {"phones", "contacts"}
        assert isinstance(one["id"], int)
        assert one["name"]
        assert one["status"] == one["status"].lower()
        written = [contact[key] for contact in one["contacts"] for key in ("phone", "phone_2")]
        assert one["phones"] == [phone for phone in (one["phone"], *written) if phone]
        for contact in one["contacts"]:
            assert set(contact) == names(Contact) - {"distributor_id"}


@pytest.mark.parametrize(
    ("what", "kind", "more"),
    [
        ("visits", Visit, {"distributor"}),
        ("commitments", Commitment, {"distributor", "days_late"}),
        ("sessions", TrainingSession, {"distributor", "slides"}),
    ],
)
def test_that_records_are_listed_with_their_distributor(desk: Run, what: str, kind: type, more: set[str]) -> None:
    document = desk("list", what, "--json").document
    assert list(document) == [what]
    assert document[what]
    known = {one["id"]: one["name"] for one in desk("list", "distributors", "--json").document["distributors"]}
    for one in document[what]:
        assert set(one) == names(kind) | more
        assert known[one["distributor_id"]] == one["distributor"]
    lines = desk("list", what).said.splitlines()
    assert [line.split("\t")[0] for line in lines] == [str(one["id"]) for one in document[what]]


def test_that_moments_of_a_list_are_in_utc_and_days_are_days(desk: Run) -> None:
    visits = desk("list", "visits", "--json").document["visits"]
    assert {datetime.fromisoformat(one["starts_at"]).utcoffset() for one in visits} == {timedelta(0)}
    promises = desk("list", "commitments", "--json").document["commitments"]
    due = {one["due_on"] for one in promises} - {None}
    assert due
    assert {date.fromisoformat(one).isoformat() for one in due} == due


@pytest.mark.skipif(sys.platform == "win32", reason="Windows asks its settings for the zone, not the environment")
def test_that_lines_tell_the_time_by_the_clock_on_the_wall(start: Run, sample: Path) -> None:
    for zone, hours in (("Asia/Shanghai", 8), ("UTC", 0), ("Pacific/Kiritimati", 14)):
        said = start("--data", sample, "list", "visits", environment={"TZ": zone}).said
        visits = start("--data", sample, "list", "visits", "--json", environment={"TZ": zone}).document["visits"]
        for line, visit in zip(said.splitlines(), visits, strict=True):
            here = datetime.fromisoformat(visit["starts_at"]) + timedelta(hours=hours)
            assert line.split("\t")[1] == f"{here:%Y-%m-%d %H:%M}"


def test_that_lines_are_in_the_words_of_the_language_and_json_in_those_of_the_records(say: Run, sample: Path) -> None:
    def said(what: str, language: str) -> str:
        return say("--data", sample, "--lang", language, "list", what).said

    for what, english, chinese in (
        ("distributors", "\tAt risk\t", "\t有风险\t"),
        ("visits", "\tRoutine visit\tClosed\n", "\t例行拜访\t已结束\n"),
        ("commitments", "\tWe owe\tOpen\t", "\t我们欠的\t未了\t"),
    ):
        assert english in said(what, "en")
        assert chinese in said(what, "zh_CN")
    document = say("--data", sample, "--lang", "zh_CN", "list", "visits", "--json").document
    assert {one["purpose"] for one in document["visits"]} >= {"routine", "plan"}


def test_that_visits_that_were_called_off_are_listed_too(say: Run, tmp_path: Path) -> None:
    store = Store.open(DataFolder(tmp_path / "data"), SystemClock())
    desk = furnish(store)
    store.write("x", lambda uow: cancel_visit(uow, desk.visit))
    store.close()
    (visit,) = say("--data", tmp_path / "data", "list", "visits", "--json").document["visits"]
    assert (visit["id"], visit["status"]) == (desk.visit, "cancelled")


@pytest.mark.parametrize("text", ["湘禾", "湘禾商貿", "xianghe", "xhsm", "4402", "王建国", "HN-001", "138 7311 4402"])
def test_that_a_distributor_is_found_in_every_way_people_type(desk: Run, text: str) -> None:
    found = desk("list", "distributors", "--search", text, "--json").document["distributors"]
    assert "HN-001" in [one["code"] for one in found]


@pytest.mark.parametrize("text", ["湖南", "长沙", "changsha"])
def test_that_a_place_finds_those_who_are_there(desk: Run, text: str) -> None:
    found = desk("list", "distributors", "--search", text, "--json").document["distributors"]
    assert "HN-001" in [one["code"] for one in found]


@pytest.mark.parametrize("what", ["visits", "commitments", "sessions"])
def test_that_records_are_found_by_their_distributor(desk: Run, what: str) -> None:
    found = desk("list", what, "--search", "湘禾", "--json").document[what]
    assert any("湘禾" in one["distributor"] for one in found)
    assert desk("list", what, "--search", "no such words anywhere", "--json").document == {what: []}


@pytest.mark.parametrize(
    "text", ["'", '"', "a OR b", "*", "(", "%", "_", "-", "\\", "NEAR(", "\U0001f600", " ", "x" * 5000]
)
def test_that_no_text_breaks_the_search(desk: Run, text: str) -> None:
    for what in ("distributors", "visits"):
        answer = desk("list", what, f"--search={text}", "--json")
        assert isinstance(answer.document[what], list)


# -- briefs


def test_that_the_brief_of_the_next_visit_is_one_to_three_pages_with_its_own_fonts(desk: Run, tmp_path: Path) -> None:
    target = tmp_path / "拜访 简报.pdf"
    answer = desk("brief", "--next", "-o", target)
    assert (answer.status, answer.complained) == (0, "")
    assert str(target) in answer.said
    with pypdfium2.PdfDocument(target) as document:
        assert 1 <= len(document) <= 3
        assert fonts_of(document) == {True}
        text = text_of(document)
    now = SystemClock().now()
    visits = desk("list", "visits", "--json").document["visits"]
    wanted = {"planned", "running"}
    ahead = [one for one in visits if one["status"] in wanted and datetime.fromisoformat(one["ends_at"]) > now]
    first = min(ahead, key=lambda one: (one["status"] != "running", one["starts_at"], one["id"]))
    assert first["distributor"] in text


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_that_several_briefs_are_in_one_file_in_the_language_asked_for(
    desk: Run, tmp_path: Path, language: str
) -> None:
    target = tmp_path / "briefs.pdf"
    visits = [one for one in desk("list", "visits", "--json").document["visits"] if one["status"] == "planned"][:3]
    ids = [one["id"] for one in visits]
    done = desk("brief", "--visit", *ids, ids[0], "--language", language, "-o", target, "--json")
    assert done.document["briefs"] == len(ids), "each once"
    with pypdfium2.PdfDocument(target) as document:
        assert len(ids) <= len(document) <= 3 * len(ids)
        text = text_of(document)
        assert fonts_of(document) == {True}
    for visit in visits:
        assert visit["distributor"] in text
    assert ("Before" in text, "拜访前" in text) == (language == "en", language == "zh_CN")


def test_that_a_brief_is_in_the_language_of_documents_that_was_set_and_bears_the_name(
    say: Run, folder: Path, tmp_path: Path
) -> None:
    store = Store.open(DataFolder(folder), SystemClock())
    ids = furnish(store)
    for key, value in (("document_language", "zh_CN"), ("user_name", "林悦"), ("brand", "no JSON")):
        text = value if key == "brand" else json.dumps(value)
        store.write("set", lambda uow, key=key, text=text: write_preference(uow, key, text))
    store.close()
    target = tmp_path / "brief.pdf"
    told = say("--data", folder, "--lang", "en", "brief", "--visit", ids.visit, "-o", target)
    assert told.said.startswith("1 brief in ")
    with pypdfium2.PdfDocument(target) as document:
        text = text_of(document)
    assert "拜访前" in text
    assert "Before" not in text
    assert "林悦" in text


def test_that_the_briefs_of_some_days_are_those_of_their_visits(desk: Run, tmp_path: Path) -> None:
    target = tmp_path / "week.pdf"
    first = SystemClock().today()
    last = first + timedelta(days=6)
    zone = SystemClock().zone
    visits = [
        one
        for one in desk("list", "visits", "--json").document["visits"]
        if first <= datetime.fromisoformat(one["starts_at"]).astimezone(zone).date() <= last
        and one["status"] != "cancelled"
    ]
    answer = desk("brief", "--from", first, "--to", last, "-o", target)
    assert answer.said.startswith(f"{len(visits)} brief")
    with pypdfium2.PdfDocument(target) as document:
        text = text_of(document)
    assert not [one["distributor"] for one in visits if one["distributor"] not in text]


def test_that_days_of_briefs_hold_their_first_minute_and_their_last_evening_and_nothing_beside(
    say: Run, folder: Path, tmp_path: Path
) -> None:
    clock = SystemClock()
    midnight, minute = datetime(2026, 3, 12, tzinfo=clock.zone), timedelta(minutes=1)
    begins = (midnight - minute, midnight, midnight + timedelta(days=2) - minute, midnight + timedelta(days=2))
    store = Store.open(DataFolder(folder), clock)

    def write(uow: UnitOfWork) -> None:
        for number, moment in enumerate(begins):
            owner = DistributorId(uow.insert(Distributor(name=f"No. {number} Trading")))
            uow.insert(Visit(distributor_id=owner, starts_at=moment, ends_at=moment + minute))

    store.write("visits", write)
    store.close()

    def told(*days: str) -> set[int]:
        target = tmp_path / "days.pdf"
        assert say("--data", folder, "--lang", "en", "brief", *days, "-o", target).status == 0
        with pypdfium2.PdfDocument(target) as document:
            text = text_of(document)
        return {number for number in range(len(begins)) if f"No. {number} Trading" in text}

    assert told("--from", "2026-03-12", "--to", "2026-03-13") == {1, 2}
    assert told("--from", "2026-03-12") == {1}
    assert told("--from", "2026-03-13") == {2}


@pytest.mark.parametrize(
    ("command", "named"),
    [(("brief", "--visit", "1", "4711"), "no visit 4711"), (("deck", "--session", "4711"), "no training 4711")],
    ids=["visit", "training"],
)
def test_that_a_number_that_nothing_has_is_named_and_where_to_find_the_others(
    desk: Run, tmp_path: Path, command: tuple[str, ...], named: str
) -> None:
    target = tmp_path / "nothing.pdf"
    said = desk(*command, "-o", str(target))
    assert said.status == 1
    assert named in said.refusal
    assert "list" in said.refusal
    assert not target.exists()


def test_that_days_without_visits_make_no_file(desk: Run, sample: Path, tmp_path: Path) -> None:
    target = tmp_path / "none.pdf"
    before = state_of(sample)
    assert "no visit" in desk("brief", "--from", "1999-01-01", "-o", target).refusal
    assert desk("brief", "--visit", "987654321", "-o", target).refusal
    assert not target.exists()
    assert state_of(sample) == before


# -- decks


def longest_session(desk: Run) -> dict[str, Any]:
    found: list[dict[str, Any]] = desk("list", "sessions", "--json").document["sessions"]
    return max(found, key=lambda one: int(one["slides"]))


def test_that_a_deck_opens_in_powerpoints_form(desk: Run, tmp_path: Path) -> None:
    session = longest_session(desk)
    target = tmp_path / "deck.pptx"
    assert desk("deck", "--session", session["id"], "--format", "pptx", "-o", target).status == 0
    deck = Presentation(str(target))
    assert len(deck.slides) >= 8
    assert deck.slide_width * 9 == deck.slide_height * 16
    words = [shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame]
    assert session["title"] in " ".join(words).replace("\x0b", "")
    assert all(slide.has_notes_slide for slide in deck.slides)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_that_a_deck_is_wide_and_brings_its_fonts(desk: Run, tmp_path: Path, language: str) -> None:
    session = longest_session(desk)
    target = tmp_path / "deck.pdf"
    assert desk("deck", "--session", session["id"], "--language", language, "-o", target).status == 0
    with pypdfium2.PdfDocument(target) as document:
        assert len(document) >= 8
        for number in range(len(document)):
            width, height = document.get_page_size(number)
            assert width * 9 == pytest.approx(height * 16, abs=1)
        assert fonts_of(document) == {True}


def test_that_a_search_takes_no_memory_for_those_it_does_not_find(desk: Run, sample: Path) -> None:
    store = Store.open(DataFolder(sample), SystemClock())
    others = [Distributor(name=f"甲{number}", note="话" * 5000) for number in range(600)]
    store.write("Many", lambda uow: uow.insert_many(others), undoable=False)
    store.close()
    search = ("list", "distributors", "--search", "4402")
    before = desk(*search).said
    tracemalloc.start()
    try:
        assert desk(*search).said == before
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert before.strip()
    assert most < 3_000_000  # the notes of the others are twice that


@pytest.mark.parametrize("form", [(), ("--json",)], ids=["lines", "json"])
def test_that_a_list_takes_no_memory_for_those_it_told_already(
    capfd: pytest.CaptureFixture[str], tmp_path: Path, form: tuple[str, ...]
) -> None:
    store = Store.open(DataFolder(tmp_path), SystemClock())
    everyone = [Distributor(name=f"甲{number}", note=f"{number}话" * 3000) for number in range(600)]
    store.write("Many", lambda uow: uow.insert_many(everyone), undoable=False)
    store.close()
    listing = ["--data", str(tmp_path), "list", "distributors", *form]
    main(listing)
    before = capfd.readouterr().out
    tracemalloc.start()
    try:
        main(listing)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert capfd.readouterr().out == before
    assert most < 4_500_000  # all the notes together are three times that
    if form:
        assert before == json.dumps(json.loads(before), ensure_ascii=False, indent=2) + "\n"


# -- places that cannot be written


COMMANDS = [("brief", "--next"), ("deck", "--session", "1"), ("deck", "--session", "1", "--format", "pptx")]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_that_a_place_that_cannot_be_written_is_told_and_left_as_it_was(
    desk: Run, tmp_path: Path, command: tuple[str, ...]
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("mine", "utf-8")
    for target in ("missing/x.pdf", "file/x.pdf"):
        assert "There is no folder" in desk(*command, "-o", tmp_path / target).refusal
    for target in ("folder", "n" * 300):
        assert "could not be written" in desk(*command, "-o", tmp_path / target).refusal
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]
    assert list((tmp_path / "folder").iterdir()) == []
    assert (tmp_path / "file").read_text("utf-8") == "mine"


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_that_no_document_takes_the_place_of_the_data_or_its_key(
    desk: Run, sample: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    before = state_of(sample)
    targets = [sample / name for name in ("desk.db", "desk.key", "desk.db-wal", "desk.db-shm", "desk.db-journal")]
    if sys.platform != "win32":  # links need special rights there
        targets.append(tmp_path / "brief.pdf")
        targets[-1].symlink_to(sample / "desk.db")
    for target in targets:
        assert f"{target} holds the data itself" in desk(*command, "-o", target).refusal
    assert state_of(sample) == before


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="there is no such device")
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_that_a_full_disk_is_told_and_a_device_stays_one(desk: Run, command: tuple[str, ...]) -> None:
    assert "no space left" in desk(*command, "-o", "/dev/full").refusal
    assert Path("/dev/full").is_char_device()
    assert desk(*command, "-o", "/dev/null").status == 0
    assert Path("/dev/null").is_char_device()


@pytest.mark.skipif(sys.platform == "win32", reason="links need special rights there")
def test_that_a_file_of_that_name_is_replaced_and_a_link_stays_a_link(desk: Run, tmp_path: Path) -> None:
    target = tmp_path / "brief.pdf"
    target.write_bytes(b"old")
    link = tmp_path / "link.pdf"
    link.symlink_to(target)
    assert desk("brief", "--next", "-o", link).status == 0
    assert link.is_symlink()
    assert target.read_bytes().startswith(b"%PDF")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["brief.pdf", "link.pdf"]


# -- check


def test_that_the_check_finds_the_sample_sound(desk: Run, capfd: pytest.CaptureFixture[str]) -> None:
    assert desk("check", "--json").document == {"ok": True, "schema": REVISION, "findings": []}
    assert desk("check").said == "The data is sound.\n"
    assert main(["--sample", "--lang", "zh_CN", "check"]) == 0


def test_that_the_check_tells_what_is_wrong_and_fails(desk: Run, say: Run, tmp_path: Path) -> None:
    place = tmp_path / "data"
    store = Store.open(DataFolder(place), SystemClock())
    prepare_sample(store)
    store.write("x", lambda uow: uow.raw.execute("UPDATE visits SET verdict = NULL WHERE status = 'closed'"))
    store.close()
    answer = say("--data", place, "--lang", "en", "check", "--json")
    assert answer.status == 1
    assert '"ok": false' in answer.said
    assert "visit_closed_without_verdict" in answer.said
    assert len(answer.complained.splitlines()) == 1


def test_that_a_search_that_lost_track_is_told_and_mended(desk: Run, sample: Path) -> None:
    def found() -> int:
        return len(desk("list", "distributors", "--search", "湖南", "--json").document["distributors"])

    before = found()
    assert before
    raw = connect(DataFolder(sample).database, DataKey.load(DataFolder(sample).key))
    raw.execute("BEGIN")
    raw.execute("DELETE FROM search_documents WHERE document IN (SELECT name_label FROM search_keys)")
    raw.execute("INSERT INTO search_short (search_short) VALUES ('delete-all')")
    raw.execute("INSERT INTO search_long (search_long) VALUES ('delete-all')")
    raw.execute("COMMIT")
    raw.close()
    assert found() == 0

    told = desk("check", "--json")
    assert (told.status, told.document["ok"], told.complained) == (0, True, "")
    assert [one["code"] for one in told.document["findings"]] == ["search_incomplete"]
    assert found() == before
    assert desk("check", "--json").document["findings"] == []
