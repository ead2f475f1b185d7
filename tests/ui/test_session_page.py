"""The deck builder: typing, adding, moving and removing slides with Undo, pictures, and export."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from channel_desk.app import Desk
from channel_desk.domain.distributors import Distributor
from channel_desk.domain.training import Layout, Slide, TrainingSession
from channel_desk.errors import UserError
from channel_desk.services.distributors import edit_distributor
from channel_desk.services.training import edit_slide, plan_session, remove_slide
from channel_desk.ui.context import Context
from channel_desk.ui.place import Place
from channel_desk.ui.session import drafts
from channel_desk.ui.session.page import SessionPage
from channel_desk.ui.widgets.button import Button, IconButton
from channel_desk.ui.widgets.menu import Menu
from tests.fixtures.decks import MARK, marked_distributor
from tests.fixtures.desks import MONDAY, SmallDesk
from tests.ui.conftest import rest

Settle = Callable[[], None]


def shown(qtbot: QtBot, desk: Context, small_desk: SmallDesk, settle: Settle) -> SessionPage:
    """A page of its own with the session of the small desk."""
    page = SessionPage(desk)
    qtbot.addWidget(page)
    page.resize(1264, 844)
    page.show()
    page.show_place(Place("session", small_desk.session))
    settle()
    return page


@pytest.fixture
def page(qtbot: QtBot, desk: Context, small_desk: SmallDesk, settle: Settle) -> SessionPage:
    return shown(qtbot, desk, small_desk, settle)


@pytest.fixture
def said(desk: Context) -> list[str]:
    """What the window was told to say."""
    found: list[str] = []
    desk.feedback.wanted.connect(lambda text, *_: found.append(text))
    return found


def slides(desk: Context, settle: Settle) -> tuple[Slide, ...]:
    """The slides as they are stored."""
    found: list[tuple[Slide, ...]] = []
    desk.tasks.read(lambda reader: reader.all(Slide, order=("position", "id")), found.append, owner=desk.tasks, key="s")
    settle()
    return found[0]


def titles(desk: Context, settle: Settle) -> list[str]:
    return [slide.title for slide in slides(desk, settle)]


def draw(qtbot: QtBot, page: SessionPage) -> None:
    """Wait until the pictures are those of the deck as it is typed."""
    qtbot.waitUntil(lambda: not page.pictures.is_waiting, timeout=20_000)


def edit(page: SessionPage, key: str, text: str) -> None:
    """Type ``text`` in place of what a field says."""
    field = page.desk.editor.field(key)
    field.edit.setFocus()
    field.edit.selectAll()
    QTest.keyClicks(field.edit, text)


def test_that_the_slides_are_shown_in_their_order(page: SessionPage, small_desk: SmallDesk) -> None:
    assert page.desk.slides.count() == 3
    assert page.desk.slides.slide_id == small_desk.slides[0]
    assert page.desk.title.value == "把净饮机卖进学校"
    assert page.desk.stage.pager.text() == "Slide 1 of 3"


def test_that_the_real_slides_are_drawn(qtbot: QtBot, page: SessionPage, small_desk: SmallDesk) -> None:
    draw(qtbot, page)
    assert page.desk.stage.has_image
    assert set(page.pictures.small) == set(small_desk.slides)
    assert page.pictures.small[small_desk.slides[0]].width() >= 160
    large = next(one for one in page.findChildren(QWidget) if one.accessibleName() == "Slide 1 of 3, Cover")
    assert large.isVisible()
    assert large.width() > page.width() / 3


def test_that_the_fields_say_what_kind_of_slide_they_are_of_and_who_reads_the_notes(
    page: SessionPage, settle: Settle
) -> None:
    editor = page.desk.editor
    said = []
    for row in (0, 1):
        page.desk.slides.setCurrentRow(row)
        settle()
        said.append(editor._about.text())
    assert said == ["Cover", "Agenda"]
    editor.show_part("notes")
    assert editor._about.text() == "For the trainer; not on the slide"


def test_that_the_chosen_slide_stays_in_sight_when_the_window_becomes_lower(
    page: SessionPage, desk: Context, settle: Settle
) -> None:
    more = [replace(slides(desk, settle)[2], id=0, position=number) for number in range(3, 8)]
    desk.tasks.write("x", lambda uow: uow.insert_many(more), toast=False)
    settle()
    view = page.desk.slides
    view.setCurrentRow(view.count() - 1)
    settle()
    page.resize(1264, 500)
    QApplication.processEvents()
    assert view.verticalScrollBar().maximum() > 0
    assert view.viewport().rect().contains(view.visualItemRect(view.currentItem()))


def test_that_a_typed_title_is_stored_after_a_pause(
    qtbot: QtBot, page: SessionPage, desk: Context, settle: Settle
) -> None:
    edit(page, "title", "Selling to schools")
    qtbot.waitUntil(lambda: titles(desk, settle)[0] == "Selling to schools", timeout=5_000)
    desk.tasks.undo()
    settle()
    assert titles(desk, settle)[0] == "Cover"
    assert page.desk.editor.field("title").text() == "Cover"


def test_that_a_title_typed_with_pauses_is_one_step_of_undo_and_another_text_another(
    page: SessionPage, desk: Context, settle: Settle
) -> None:
    for field, text in (("title", "Selling"), ("title", "Selling to schools"), ("notes", "Say this")):
        edit(page, field, text)
        page.deck.save()
        settle()
    desk.tasks.undo()
    settle()
    first = slides(desk, settle)[0]
    assert (first.title, first.notes) == ("Selling to schools", "")
    desk.tasks.undo()
    settle()
    assert titles(desk, settle)[0] == "Cover"


def test_that_leaving_at_once_loses_nothing(page: SessionPage, desk: Context, settle: Settle) -> None:
    edit(page, "title", "Left at once")
    page.leave()
    settle()
    assert titles(desk, settle)[0] == "Left at once"


def test_that_typing_survives_a_change_elsewhere(
    page: SessionPage, desk: Context, settle: Settle, small_desk: SmallDesk
) -> None:
    edit(page, "title", "Typed here")
    desk.tasks.write("Elsewhere", lambda uow: edit_slide(uow, small_desk.slides[0], notes="Say this"), toast=False)
    desk.tasks.write("Elsewhere", lambda uow: edit_slide(uow, small_desk.slides[1], title="Other"), toast=False)
    settle()
    assert page.desk.editor.field("title").text() == "Typed here"
    assert page.desk.editor.field("notes").text() == "Say this"
    page.leave()
    settle()
    assert titles(desk, settle)[:2] == ["Typed here", "Other"]
    assert slides(desk, settle)[0].notes == "Say this"


def test_that_an_open_cell_shows_what_is_written_there_elsewhere(
    page: SessionPage, desk: Context, settle: Settle, small_desk: SmallDesk
) -> None:
    def write(*parts: str) -> None:
        rows = (("parts", tuple(("", part, "") for part in parts)),)
        desk.tasks.write("Elsewhere", lambda uow: edit_slide(uow, small_desk.slides[1], rows=rows), toast=False)
        settle()

    write("Products", "Cases")
    page.pick(small_desk.slides[1])
    table = page.desk.editor.table("parts")
    settle()
    QApplication.processEvents()
    (cell,) = [one for one in table.findChildren(QLabel) if one.text() == "Cases"]
    QTest.mouseClick(cell, Qt.MouseButton.LeftButton)
    open_field = QApplication.focusWidget()
    assert isinstance(open_field, QPlainTextEdit)
    write("Products", "Prices")
    assert QApplication.focusWidget() is open_field
    assert open_field.toPlainText() == "Prices"


def test_that_rows_of_a_table_are_added_typed_and_removed(
    page: SessionPage, desk: Context, settle: Settle, small_desk: SmallDesk
) -> None:
    page.pick(small_desk.slides[1])
    table = page.desk.editor.table("parts")
    QTest.mouseClick(table.add, Qt.MouseButton.LeftButton)
    edit = QApplication.focusWidget()
    QTest.keyClick(edit, Qt.Key.Key_Tab)
    QTest.keyClicks(edit, "Products")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    QTest.keyClicks(edit, "Cases")
    page.leave()
    settle()
    assert slides(desk, settle)[1].table("parts") == (("", "Products", ""), ("", "Cases", ""))
    (remove,) = [one for one in table.findChildren(IconButton) if one.accessibleName() == "Remove row 1"]
    QTest.mouseClick(remove, Qt.MouseButton.LeftButton)
    page.leave()
    settle()
    assert slides(desk, settle)[1].table("parts") == (("", "Cases", ""),)


def choose_module(page: SessionPage, key: str) -> None:
    """Enter on a module of the library."""
    modules = page.desk.library.modules
    keys = [modules.item(row).data(Qt.ItemDataRole.UserRole).key for row in range(modules.count())]
    modules.setCurrentRow(keys.index(key))
    QTest.keyClick(modules, Qt.Key.Key_Return)


def test_that_the_fields_of_a_slide_bear_the_name_of_its_module_not_of_one_that_looks_alike(
    page: SessionPage, settle: Settle
) -> None:
    choose_module(page, "industry_needs")
    settle()
    assert page.desk.editor._about.text() == "What customers need"


def test_that_a_module_is_added_after_the_shown_slide(
    page: SessionPage, desk: Context, settle: Settle, small_desk: SmallDesk
) -> None:
    page.pick(small_desk.slides[1])
    library = page.desk.library
    library.search.edit.setFocus()
    QTest.keyClick(library.search.edit, Qt.Key.Key_Down)
    assert page.focusWidget() is library.modules
    choose_module(page, "price_policy")
    settle()
    found = slides(desk, settle)
    assert [slide.module for slide in found] == ["", "", "price_policy", ""]
    assert page.desk.slides.slide_id == found[2].id
    assert page.desk.editor.field("title").text() == found[2].title
    desk.tasks.undo()
    settle()
    assert len(slides(desk, settle)) == 3
    assert page.desk.slides.count() == 3


def test_that_a_module_without_its_facts_cannot_be_added_and_says_why(
    page: SessionPage, desk: Context, settle: Settle, said: list[str], small_desk: SmallDesk
) -> None:
    choose_module(page, "outlets_figure")
    settle()
    assert len(slides(desk, settle)) == 3
    assert len(said) == 1
    assert "Missing: Covered outlets" in said[0]
    desk.tasks.write("x", lambda uow: edit_distributor(uow, small_desk.distributor, outlets=126), toast=False)
    settle()
    choose_module(page, "outlets_figure")
    settle()
    assert len(slides(desk, settle)) == 4


def test_that_the_name_of_a_module_without_its_facts_is_greyer_than_that_of_one_to_be_added(page: SessionPage) -> None:
    modules = page.desk.library.modules

    def darkest(is_missing: bool) -> int:
        items = [modules.item(row) for row in range(modules.count())]
        rows = [(item, item.data(Qt.ItemDataRole.UserRole)) for item in items]
        item = next(
            item for item, row in rows if not row.is_heading and not row.is_used and bool(row.missing) == is_missing
        )
        modules.scrollToItem(item)
        box = modules.visualItemRect(item)
        image = modules.viewport().grab(QRect(box.x(), box.y(), 120, 24)).toImage()
        return min(image.pixelColor(x, y).lightness() for x in range(image.width()) for y in range(image.height()))

    assert darkest(is_missing=True) > darkest(is_missing=False) + 40


def test_that_a_blank_slide_is_empty_and_named_by_the_checks(
    qtbot: QtBot, page: SessionPage, desk: Context, settle: Settle
) -> None:
    QTest.mouseClick(page.desk.library.blank, Qt.MouseButton.LeftButton)
    (menu,) = [one for one in page.findChildren(Menu) if one.isVisible()]
    (policy,) = [one for one in menu.actions() if one.text() == page.ctx.tr(Layout.POLICY.label)]
    menu.setActiveAction(policy)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    settle()
    assert [slide.layout for slide in slides(desk, settle)] == [Layout.COVER, Layout.POLICY, Layout.AGENDA, Layout.QUIZ]
    draw(qtbot, page)
    assert page.pictures.pages.total == 4


def test_that_the_button_that_removes_a_row_stands_in_the_middle_of_its_line(
    page: SessionPage, small_desk: SmallDesk, qtbot: QtBot
) -> None:
    page.pick(small_desk.slides[1])
    table = page.desk.editor.table("parts")
    table.add_row(0)
    editor, remove = table.open_cell(0, 0), table._bins[0]

    def middle(widget: QWidget) -> int:
        return widget.mapTo(page, widget.rect().center()).y()

    qtbot.waitUntil(lambda: abs(middle(remove) - middle(editor)) <= 1)


def test_that_a_removed_slide_is_the_shown_one_when_it_comes_back(
    page: SessionPage, desk: Context, settle: Settle, small_desk: SmallDesk
) -> None:
    second = small_desk.slides[1]
    page.pick(second)
    page.deck.remove(second)
    settle()
    assert page.desk.slides.slide_id != second
    desk.tasks.undo()
    settle()
    assert page.desk.slides.slide_id == second


def test_that_esc_ends_the_edit_then_leads_to_the_slides_before_it_leaves_the_deck(
    small_desk: SmallDesk, open_desk: Callable[[str], Desk], qtbot: QtBot
) -> None:
    whole = open_desk("en")
    window = whole.window
    window.go(Place("session", small_desk.session))
    rest(qtbot, whole)
    deck = window.page
    assert isinstance(deck, SessionPage)
    deck.desk.title.start()
    for _ in range(2):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert window.page is deck
    assert deck.desk.slides.hasFocus()
    QTest.keyClick(deck.desk.slides, Qt.Key.Key_Escape)
    assert window.page is not deck


def test_that_alt_and_an_arrow_move_a_slide(
    page: SessionPage, desk: Context, settle: Settle, small_desk: SmallDesk
) -> None:
    page.desk.slides.setFocus()
    QTest.keyClick(page.desk.slides, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    settle()
    assert titles(desk, settle) == ["Agenda", "Cover", "Quiz"]
    assert page.desk.slides.slide_id == small_desk.slides[0]
    desk.tasks.undo()
    settle()
    assert titles(desk, settle) == ["Cover", "Agenda", "Quiz"]


def drag(page: SessionPage, start: int, end: int, *, below: bool, escape: bool = False) -> None:
    """Drag the slide at ``start`` onto the upper or lower half of the one at ``end``."""
    view = page.desk.slides
    ground, from_, onto = view.viewport(), view.visualItemRect(view.item(start)), view.visualItemRect(view.item(end))
    spot = QPoint(onto.center().x(), onto.bottom() - 8 if below else onto.top() + 8)
    QTest.mousePress(ground, Qt.MouseButton.LeftButton, pos=from_.center())
    for point in (from_.center() + QPoint(20, 20), spot):
        move = QMouseEvent(
            QEvent.Type.MouseMove,
            point.toPointF(),
            ground.mapToGlobal(point).toPointF(),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(ground, move)
    if escape:
        QTest.keyClick(view, Qt.Key.Key_Escape)
    QTest.mouseRelease(ground, Qt.MouseButton.LeftButton, pos=spot)


@pytest.mark.parametrize(
    ("start", "end", "below", "order"),
    [
        (2, 0, False, ["Quiz", "Cover", "Agenda"]),
        (2, 0, True, ["Cover", "Quiz", "Agenda"]),
        (0, 1, True, ["Agenda", "Cover", "Quiz"]),
        (0, 2, True, ["Agenda", "Quiz", "Cover"]),
        (1, 1, True, ["Cover", "Agenda", "Quiz"]),
    ],
)
def test_that_a_dragged_slide_stands_where_it_is_dropped(
    start: int,
    end: int,
    below: bool,
    order: list[str],
    page: SessionPage,
    desk: Context,
    settle: Settle,
) -> None:
    drag(page, start, end, below=below)
    settle()
    assert titles(desk, settle) == order
    assert page.desk.slides.dragged_id == 0


def test_that_escape_ends_a_drag(page: SessionPage, desk: Context, settle: Settle) -> None:
    drag(page, 0, 2, below=True, escape=True)
    settle()
    assert titles(desk, settle) == ["Cover", "Agenda", "Quiz"]


def test_that_a_removed_slide_comes_back_with_its_texts(
    page: SessionPage, desk: Context, settle: Settle, small_desk: SmallDesk
) -> None:
    page.pick(small_desk.slides[1])
    edit(page, "title", "Typed before")
    QTest.keyClick(page.desk.slides, Qt.Key.Key_Delete)
    settle()
    assert titles(desk, settle) == ["Cover", "Quiz"]
    assert page.desk.slides.slide_id == small_desk.slides[2]
    desk.tasks.undo()
    settle()
    assert titles(desk, settle) == ["Cover", "Typed before", "Quiz"]


def test_that_minutes_are_stored_and_summed(page: SessionPage, desk: Context, settle: Settle) -> None:
    minutes = page.desk.checks.minutes
    minutes.edit.selectAll()
    QTest.keyClicks(minutes.edit, "200")
    QTest.keyClick(minutes.edit, Qt.Key.Key_Return)
    page.leave()
    settle()
    assert slides(desk, settle)[0].minutes == 200
    assert page.desk.checks.figure.text() == "210 / 180 min"
    assert "too long" in page.desk.checks.advice.text()
    page.desk.slides.setCurrentRow(1)
    settle()
    assert minutes.value == slides(desk, settle)[1].minutes != 200


def test_that_a_slide_of_many_rows_takes_pages_the_pager_knows(
    qtbot: QtBot, page: SessionPage, desk: Context, settle: Settle, small_desk: SmallDesk
) -> None:
    rows = tuple((f"{hour}:00", f"Part {hour}", "") for hour in range(1, 14))
    desk.tasks.write("x", lambda uow: edit_slide(uow, small_desk.slides[1], rows=(("parts", rows),)), toast=False)
    settle()
    draw(qtbot, page)
    settle()
    total = page.pictures.pages.total
    assert total > 3
    seen = [page.desk.slides.slide_id]
    for _ in range(total + 1):
        page.turn(1)
        settle()
        seen.append(page.desk.slides.slide_id)
    assert page.page == total - 1
    assert seen.count(small_desk.slides[1]) == total - 2
    assert page.desk.stage.pager.text() == f"Slide {total} of {total}"


def test_that_the_language_of_the_deck_leaves_the_texts(page: SessionPage, desk: Context, settle: Settle) -> None:
    before = titles(desk, settle)
    QTest.mouseClick(page.desk.language.segment("en"), Qt.MouseButton.LeftButton)
    settle()
    found: list[TrainingSession] = []
    desk.tasks.read(lambda reader: reader.all(TrainingSession)[0], found.append, owner=desk.tasks, key="t")
    settle()
    assert found[0].language == "en"
    assert page.desk.language.current == "en"
    assert titles(desk, settle) == before


def test_that_facts_of_the_session_are_stored_when_left(page: SessionPage, desk: Context, settle: Settle) -> None:
    page.desk.show_facts(on=True)
    facts = page.desk.facts
    QTest.keyClicks(facts.trainer.edit, "Lin Yue")
    QTest.keyClicks(facts.people.edit, "14")
    page.leave()
    settle()
    found: list[TrainingSession] = []
    desk.tasks.read(lambda reader: reader.all(TrainingSession)[0], found.append, owner=desk.tasks, key="t")
    settle()
    assert (found[0].trainer, found[0].head_count) == ("Lin Yue", 14)
    assert "14 people" in page.bar.remark.text()


@pytest.mark.parametrize(("name", "typed", "hours"), [("start", "1030", (10.5, 13.5)), ("end", "1130", (9, 11.5))])
def test_that_another_start_keeps_the_length_of_a_session_and_another_end_its_start(
    page: SessionPage, desk: Context, settle: Settle, name: str, typed: str, hours: tuple[float, float]
) -> None:
    page.desk.show_facts(on=True)
    field = getattr(page.desk.facts, name)
    field.edit.setFocus()
    field.edit.selectAll()
    QTest.keyClicks(field.edit, typed)
    QTest.keyClick(field.edit, Qt.Key.Key_Return)
    settle()
    found: list[TrainingSession] = []
    desk.tasks.read(lambda reader: reader.all(TrainingSession)[0], found.append, owner=desk.tasks, key="t")
    settle()
    times = [desk.local(one) for one in (found[0].starts_at, found[0].ends_at)]
    assert tuple(one.hour + one.minute / 60 for one in times) == hours


def test_that_a_session_is_never_without_title(page: SessionPage, settle: Settle, said: list[str]) -> None:
    page.desk.title.committed.emit("  ")
    settle()
    assert page.desk.title.value == "把净饮机卖进学校"
    assert said


@pytest.mark.parametrize("form", ["pdf", "pptx"])
def test_that_the_exported_deck_says_what_is_typed_and_nothing_internal(
    form: str, page: SessionPage, desk: Context, settle: Settle, said: list[str], small_desk: SmallDesk, tmp_path: Path
) -> None:
    inside = {name: value for name, value in vars(marked_distributor()).items() if value == f"{MARK}-{name}"}
    names = {field for field in inside if hasattr(Distributor, field)}
    desk.tasks.write(
        "x", lambda uow: uow.update(Distributor, small_desk.distributor, **{name: inside[name] for name in names})
    )
    settle()
    edit(page, "title", "Selling to schools")
    target = tmp_path / f"deck.{form}"
    page.export_to(target, form)
    settle()
    text = pdf_text(target) if form == "pdf" else pptx_text(target)
    assert names
    assert "Selling to schools" in text
    assert MARK not in text
    assert said[-1] == f"deck.{form} saved, 3 slides"


@pytest.mark.parametrize(("code", "kind"), [("zh_CN", "培训课件"), ("en", "Training deck")])
def test_that_the_export_asks_where_to_and_the_name_of_the_file_tells_the_language(
    page: SessionPage, settle: Settle, said: list[str], tmp_path: Path, code: str, kind: str
) -> None:
    page.deck.choose_language(code)
    settle()
    QTest.mouseClick(page.desk.pdf, Qt.MouseButton.LeftButton)
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    assert Path(dialog.selectedFiles()[0]).name == f"{kind} 把净饮机卖进学校 2026-09-21.pdf"
    dialog.fileSelected.emit(str(tmp_path / "chosen.pdf"))
    settle()
    assert (tmp_path / "chosen.pdf").read_bytes().startswith(b"%PDF")
    assert said[-1] == "chosen.pdf saved, 3 slides"


def test_that_another_session_keeps_what_was_typed_in_the_one_before(
    page: SessionPage, desk: Context, settle: Settle, small_desk: SmallDesk
) -> None:
    other = other_session(desk, small_desk, settle)
    edit(page, "title", "Typed first")
    page.show_place(Place("session", other))
    settle()
    assert page.desk.title.value == "Other"
    assert page.desk.slides.count() == 0
    assert page.desk.standard.isVisible()
    assert titles(desk, settle)[0] == "Typed first"


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """While it holds something, texts of slides are refused: one write for each entry."""
    refusals: list[str] = []

    def edit(*given: object, **more: object) -> None:
        if refusals:
            raise UserError(refusals.pop())
        edit_slide(*given, **more)  # type: ignore[arg-type]  # as it was given

    monkeypatch.setattr(drafts, "edit_slide", edit)
    return refusals


def other_session(desk: Context, small_desk: SmallDesk, settle: Settle) -> int:
    """Another session, without slides."""
    other = TrainingSession(
        distributor_id=small_desk.distributor, title="Other", starts_at=MONDAY, ends_at=MONDAY + timedelta(hours=1)
    )
    ids: list[int] = []
    desk.tasks.write("x", lambda uow: plan_session(uow, other), then=ids.append, toast=False)
    settle()
    return ids[0]


def test_that_refused_texts_stay_typed_and_are_stored_when_tried_again(
    page: SessionPage, desk: Context, settle: Settle, full_disk: list[str]
) -> None:
    full_disk += ["disk_full"]
    edit(page, "title", "Typed")
    page.deck.save()
    settle()
    assert page.desk.strip.isVisible()
    assert "no space left" in page.desk.strip.accessibleName()
    assert page.desk.editor.field("title").text() == "Typed"
    assert titles(desk, settle)[0] == "Cover"
    QTest.mouseClick(page.desk.strip.action, Qt.MouseButton.LeftButton)
    settle()
    assert titles(desk, settle)[0] == "Typed"
    assert not page.desk.strip.isVisible()


@pytest.mark.parametrize("refusals", [1, 2])
def test_that_what_was_refused_is_there_again_with_its_reason_when_the_session_is(
    page: SessionPage, desk: Context, settle: Settle, small_desk: SmallDesk, full_disk: list[str], refusals: int
) -> None:
    told: list[str] = []
    desk.tasks.refused.connect(lambda error: told.append(error.code))
    other = other_session(desk, small_desk, settle)
    full_disk += ["disk_full"] * refusals
    edit(page, "title", "Typed")
    edit(page, "notes", "Say this")
    page.show_place(Place("session", other))
    settle()
    assert told == ["disk_full"]
    assert page.desk.title.value == "Other"
    assert not page.desk.strip.isVisible()

    page.show_place(Place("session", small_desk.session))
    settle()
    assert page.desk.editor.field("title").text() == "Typed"
    assert page.desk.editor.field("notes").text() == "Say this"
    assert page.desk.strip.isVisible() is (refusals == 2)
    page.leave()
    settle()
    first = slides(desk, settle)[0]
    assert (first.title, first.notes) == ("Typed", "Say this")
    assert not page.desk.strip.isVisible()


def test_that_what_was_refused_is_there_again_when_the_page_is_built_anew(
    qtbot: QtBot, page: SessionPage, desk: Context, settle: Settle, small_desk: SmallDesk, full_disk: list[str]
) -> None:
    full_disk += ["disk_full"]
    edit(page, "title", "Typed")
    page.let_go()
    page.close()
    settle()
    anew = shown(qtbot, desk, small_desk, settle)
    assert anew.desk.editor.field("title").text() == "Typed"
    assert titles(desk, settle)[0] == "Typed"


def test_that_what_is_refused_outlives_a_page_that_ends_while_it_is_read(
    qtbot: QtBot, page: SessionPage, desk: Context, settle: Settle, small_desk: SmallDesk, full_disk: list[str]
) -> None:
    full_disk += ["disk_full"]
    edit(page, "title", "Typed")
    page.load()
    page.let_go()
    settle()
    anew = shown(qtbot, desk, small_desk, settle)
    assert anew.desk.editor.field("title").text() == "Typed"


def test_that_texts_of_a_slide_that_is_gone_do_not_hold_back_the_others(
    page: SessionPage, desk: Context, settle: Settle, small_desk: SmallDesk, full_disk: list[str]
) -> None:
    full_disk += ["disk_full"]
    edit(page, "title", "Typed first")
    page.deck.save()
    settle()
    page.pick(small_desk.slides[1])
    edit(page, "title", "Typed second")
    desk.tasks.write("x", lambda uow: remove_slide(uow, small_desk.slides[0]))
    page.leave()
    settle()
    assert titles(desk, settle)[0] == "Typed second"
    assert not page.desk.strip.isVisible()


def test_that_a_place_that_cannot_be_written_is_told(
    page: SessionPage, settle: Settle, said: list[str], tmp_path: Path
) -> None:
    page.export_to(tmp_path / "missing" / "deck.pdf", "pdf")
    settle()
    assert len(said) == 1
    assert said[0].startswith("There is no folder")


def test_that_characters_without_a_font_are_named_by_the_checks_and_when_the_pdf_is_saved(
    qtbot: QtBot, page: SessionPage, desk: Context, settle: Settle, said: list[str], tmp_path: Path
) -> None:
    desk.tasks.write("change", lambda uow: edit_slide(uow, page.desk.slides.slide_id, title="Cover \U00010330"))
    settle()
    draw(qtbot, page)
    assert "No font for \U00010330 on slide 1" in [button.label for button in page.desk.checks.findChildren(Button)]
    page.export_to(tmp_path / "deck.pdf", "pdf")
    settle()
    page.export_to(tmp_path / "deck.pptx", "pptx")
    settle()
    assert (
        said[-2]
        == "deck.pdf saved, 3 slides. Our print fonts do not have \U00010330 (slide 1); a box stands there instead."
    )
    assert said[-1] == "deck.pptx saved, 3 slides"


def test_that_the_page_shows_what_changes_after_a_write_of_its_own_has_struck_a_bug(
    page: SessionPage, desk: Context, small_desk: SmallDesk, settle: Settle, qtbot: QtBot
) -> None:
    with qtbot.captureExceptions() as struck:
        page.deck.edit_session({"head_count": object()})
        settle()
    assert len(struck) == 1
    desk.tasks.write("elsewhere", lambda uow: edit_slide(uow, small_desk.slides[0], title="Welcome"), toast=False)
    settle()
    page.load_anew()
    settle()
    assert page.desk.editor.field("title").text() == "Welcome"


def test_that_no_picture_of_a_deck_is_shown_once_it_is_left(page: SessionPage, settle: Settle, qtbot: QtBot) -> None:
    draw(qtbot, page)
    pictures, draft = page.pictures, page.deck.draft
    assert draft is not None
    shown: list[int] = []
    pictures.drawn.connect(lambda: shown.append(pictures.pages.total))
    pictures.draw(draft.sheet, page.deck.language, slide_id=draft.slides[0].id)
    pictures._start()  # its pause is over
    pictures.forget()
    settle()
    assert (shown, pictures.pages.total) == ([], 0)


def test_that_an_empty_deck_offers_the_standard_one(page: SessionPage, desk: Context, settle: Settle) -> None:
    for _ in range(3):
        page.desk.slides.removed.emit(page.desk.slides.slide_id)
        settle()
    assert page.desk.standard.isVisible()
    QTest.mouseClick(page.desk.standard, Qt.MouseButton.LeftButton)
    settle()
    assert len(slides(desk, settle)) == 10
    assert not page.desk.standard.isVisible()
    desk.tasks.undo()
    settle()
    assert slides(desk, settle) == ()


def pdf_text(path: Path) -> str:
    document = pypdfium2.PdfDocument(path.read_bytes())
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def pptx_text(path: Path) -> str:
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as package:
        return "\n".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())
