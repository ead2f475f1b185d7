"""The list of training sessions: planning one with its deck, opening and deleting, each with Undo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot

from channel_desk.app import Desk
from channel_desk.domain.distributors import Tier
from channel_desk.domain.training import Slide, TrainingSession
from channel_desk.services.distributors import edit_distributor
from channel_desk.services.training import remove_slide
from channel_desk.ui.context import Context
from channel_desk.ui.place import Place
from channel_desk.ui.training.page import TrainingPage
from tests.fixtures.desks import MONDAY, SmallDesk
from tests.ui.conftest import rest

Settle = Callable[[], None]


@pytest.fixture
def page(qtbot: QtBot, desk: Context, settle: Settle) -> TrainingPage:
    shown = TrainingPage(desk)
    qtbot.addWidget(shown)
    shown.resize(1264, 844)
    shown.show()
    settle()
    return shown


def stored(desk: Context, settle: Settle) -> tuple[tuple[TrainingSession, ...], tuple[Slide, ...]]:
    found: list[tuple[tuple[TrainingSession, ...], tuple[Slide, ...]]] = []
    desk.tasks.read(
        lambda reader: (reader.all(TrainingSession), reader.all(Slide, order=("session_id", "position"))),
        found.append,
        owner=desk.tasks,
        key="stored",
    )
    settle()
    return found[0]


def titles(page: TrainingPage) -> list[str]:
    rows = [page.rows.item(row).data(Qt.ItemDataRole.UserRole) for row in range(page.rows.count())]
    return [row.title for row in rows]


def choose_first(page: TrainingPage, settle: Settle) -> None:
    QTest.keyClicks(page.form.who.field.edit, "xhsm")
    settle()
    QTest.keyClick(page.form.who.field.edit, Qt.Key.Key_Return)


def test_that_a_new_training_has_ten_slides_and_opens(
    page: TrainingPage, desk: Context, settle: Settle, went: list[Place]
) -> None:
    QTest.mouseClick(page._new, Qt.MouseButton.LeftButton)
    settle()
    choose_first(page, settle)
    assert page.form.title.text() == "湘禾商贸 sales training"
    page.form.title.setText("Selling to schools")
    QTest.mouseClick(page.form.store, Qt.MouseButton.LeftButton)
    settle()
    sessions, slides = stored(desk, settle)
    new = sessions[-1]
    assert new.title == "Selling to schools"
    assert new.ends_at - new.starts_at == timedelta(hours=3)
    assert [one.position for one in slides if one.session_id == new.id] == list(range(10))
    assert went == [Place("session", new.id)]
    assert page.form.isHidden()
    assert page.rows.session_id == new.id

    desk.tasks.undo()
    settle()
    sessions, slides = stored(desk, settle)
    assert len(sessions) == 1
    assert {one.session_id for one in slides} == {sessions[0].id}


def test_that_a_training_without_distributor_is_not_created(page: TrainingPage, desk: Context, settle: Settle) -> None:
    page.begin_new()
    settle()
    page.form.title.setText("Selling to schools")
    QTest.mouseClick(page.form.store, Qt.MouseButton.LeftButton)
    settle()
    assert page.form.who.field.error == "Choose one from the list"
    assert page.form.title.text() == "Selling to schools"
    assert len(stored(desk, settle)[0]) == 1


def test_that_a_distributor_that_is_not_found_is_told_as_such_wherever_enter_is_pressed(
    page: TrainingPage, settle: Settle
) -> None:
    page.begin_new()
    settle()
    QTest.keyClicks(page.form.who.field.edit, "qqqq")
    settle()
    QTest.keyClick(page.form.who.field.edit, Qt.Key.Key_Return)
    told = page.form.who.field.error
    assert told.startswith("Check the name")
    QTest.keyClick(page.form.place.edit, Qt.Key.Key_Return)
    assert page.form.who.field.error == told


def test_that_enter_creates_the_training_also_where_the_distributor_was_clicked_before_the_search_answered(
    page: TrainingPage, desk: Context, settle: Settle
) -> None:
    page.begin_new()
    settle()
    hits = page.form.who.findChild(QListWidget)
    assert hits is not None
    QTest.keyClicks(page.form.who.field.edit, "x")
    place = hits.visualItemRect(hits.item(0)).center()
    QTest.mouseClick(hits.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle()
    QTest.keyClick(page.form.who.field.edit, Qt.Key.Key_Return)
    assert len(stored(desk, settle)[0]) == 2


def test_that_an_end_before_the_start_is_told(page: TrainingPage, settle: Settle) -> None:
    page.begin_new()
    settle()
    choose_first(page, settle)
    page.form.end.set_time(MONDAY.time())
    page.form.submit()
    assert page.form.end.error == "After the start"
    assert not page.form.isHidden()


def test_that_the_tier_stands_before_the_name_in_the_second_line_of_a_row(
    page: TrainingPage, desk: Context, settle: Settle, small_desk: SmallDesk
) -> None:
    desk.tasks.write("a", lambda uow: edit_distributor(uow, small_desk.distributor, tier=Tier.A), toast=False)
    settle()
    rows = page.rows
    (item,) = [rows.item(n) for n in range(rows.count()) if not rows.item(n).data(Qt.ItemDataRole.UserRole).is_heading]
    box = rows.visualItemRect(item)
    image = rows.viewport().grab(box).toImage()
    fill = desk.theme.colour("tier-a").name()
    places = [(x, y) for x in range(100, image.width()) for y in range(image.height())]
    badge = [place for place in places if image.pixelColor(*place).name() == fill]
    (left, right), (top, bottom) = [(min(side), max(side)) for side in zip(*badge, strict=True)]
    assert (left, right, top, bottom) == (168, 187, 28, 47)


def test_that_a_row_counts_its_slides(page: TrainingPage, desk: Context, settle: Settle, small_desk: SmallDesk) -> None:
    def said() -> list[str]:
        rows = [page.rows.item(number).data(Qt.ItemDataRole.UserRole) for number in range(page.rows.count())]
        return [row.slides for row in rows if not row.is_heading]

    assert said() == ["3 slides"]
    for slide in small_desk.slides:
        desk.tasks.write("a", lambda uow, slide=slide: remove_slide(uow, slide), toast=False)
    settle()
    assert said() == ["no slides"]


def test_that_an_empty_list_offers_a_new_training_only_while_no_form_for_one_is_open(
    page: TrainingPage, desk: Context, settle: Settle
) -> None:
    for session in stored(desk, settle)[0]:
        page.rows.pick(session.id)
        QTest.keyClick(page.rows, Qt.Key.Key_Delete)
        settle()
    assert page._first.isVisible()
    QTest.mouseClick(page._first, Qt.MouseButton.LeftButton)
    assert page.form.isVisible()
    assert not page._first.isVisible()
    QTest.keyClick(page.form.title.edit, Qt.Key.Key_Escape)
    assert page._first.isVisible()


def test_that_escape_leaves_the_form(page: TrainingPage, settle: Settle) -> None:
    page.begin_new()
    settle()
    QTest.keyClick(page.form.title.edit, Qt.Key.Key_Escape)
    assert page.form.isHidden()


def test_that_a_half_filled_form_outlasts_a_change_of_the_language_and_is_stored_then(
    page: TrainingPage, desk: Context, make_desk: Callable[[str], Context], qtbot: QtBot, settle: Settle
) -> None:
    before = len(stored(desk, settle)[0])
    page.begin_new()
    settle()
    choose_first(page, settle)
    page.form.title.setText("Selling to schools")
    page.form.start.take_up(None, "half past")
    page.leave()
    other = TrainingPage(make_desk("zh_CN"))
    qtbot.addWidget(other)
    other.show()
    settle()
    assert other.form.isVisible()
    assert other.form.title.text() == "Selling to schools"
    assert other.form.start.text() == "half past"
    other.form.start.take_up(None, "14:30")
    other.form.submit()
    settle()
    assert len(stored(desk, settle)[0]) == before + 1


def test_that_a_window_asks_before_it_closes_over_a_half_filled_training_and_not_after_it_was_given_up(
    small_desk: SmallDesk, open_desk: Callable[[str], Desk], qtbot: QtBot
) -> None:
    whole = open_desk("en")
    whole.window.begin("training", "new")
    rest(qtbot, whole)
    form = whole.window.page.form
    form.title.setText("Selling to schools")
    assert not whole.window.close()
    QTest.keyClick(form.title.edit, Qt.Key.Key_Escape)
    assert whole.window.close()


def test_that_enter_opens_the_picked_session(page: TrainingPage, small_desk: SmallDesk, went: list[Place]) -> None:
    QTest.keyClick(page.rows, Qt.Key.Key_Return)
    assert went == [Place("session", small_desk.session)]


def test_that_a_deleted_session_comes_back(page: TrainingPage, desk: Context, settle: Settle) -> None:
    QTest.keyClick(page.rows, Qt.Key.Key_Delete)
    settle()
    assert stored(desk, settle) == ((), ())
    assert page.empty.isVisible()
    desk.tasks.undo()
    settle()
    sessions, slides = stored(desk, settle)
    assert (len(sessions), len(slides)) == (1, 3)
    assert not page.empty.isVisible()
    assert "把净饮机卖进学校" in titles(page)


@pytest.mark.parametrize("modifier", [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier])
@pytest.mark.parametrize("name", ["title", "day", "end", "place"])
def test_that_enter_stores_the_form_once_from_any_field(
    page: TrainingPage, desk: Context, settle: Settle, name: str, modifier: Qt.KeyboardModifier
) -> None:
    before = len(stored(desk, settle)[0])
    page.begin_new()
    settle()
    choose_first(page, settle)
    QTest.keyClick(getattr(page.form, name).edit, Qt.Key.Key_Return, modifier)
    settle()
    assert len(stored(desk, settle)[0]) == before + 1


def test_that_the_form_goes_to_the_first_field_that_is_wrong(page: TrainingPage, settle: Settle) -> None:
    form = page.form
    page.begin_new()
    settle()
    choose_first(page, settle)
    for field, text in ((form.day, "30/2"), (form.start, "25:70")):
        field.edit.selectAll()
        QTest.keyClicks(field.edit, text)
    form.end.edit.clear()
    form.submit()
    assert page.focusWidget() is form.day.edit
    assert all(field.error for field in (form.day, form.start))


def test_that_an_end_before_the_start_is_right_again_when_the_start_was_moved(
    page: TrainingPage, desk: Context, settle: Settle
) -> None:
    form, before = page.form, len(stored(desk, settle)[0])
    page.begin_new()
    settle()
    choose_first(page, settle)
    for text in ("20:00", "8:00"):
        form.start.edit.selectAll()
        QTest.keyClicks(form.start.edit, text)
        QTest.keyClick(form.start.edit, Qt.Key.Key_Return)
        assert bool(form.end.error) is (text == "20:00")
    settle()
    assert len(stored(desk, settle)[0]) == before + 1
