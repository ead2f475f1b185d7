"""The brief on the screen: pages, ranges, languages, saving, stopping."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from channel_desk.app import Desk
from channel_desk.documents.builders.brief import build_brief
from channel_desk.documents.render.brief_pdf import brief_pdf
from channel_desk.documents.render.preview import Preview
from channel_desk.domain.record import DistributorId
from channel_desk.domain.visits import Visit
from channel_desk.errors import UserError
from channel_desk.i18n import load_language
from channel_desk.paths import resources
from channel_desk.services.visits import edit_visit, plan_visit
from channel_desk.ui.brief.page import BriefPage
from channel_desk.ui.brief.paper import paint_pages, print_pdf
from channel_desk.ui.context import Context
from channel_desk.ui.place import Place
from channel_desk.ui.widgets.button import Button
from channel_desk.ui.widgets.toast import Toast
from tests.fixtures import briefs as samples
from tests.fixtures.decks import BOOK
from tests.fixtures.desks import MONDAY, SmallDesk
from tests.ui.conftest import rest

Settle = Callable[[], None]
WEEK = Place("brief", extra="2026-09-21/2026-09-27")


@pytest.fixture
def page(qtbot: QtBot, desk: Context) -> BriefPage:
    """An empty page, shown."""
    shown = BriefPage(desk)
    qtbot.addWidget(shown)
    shown.resize(900, 700)
    return shown


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def go(page: BriefPage, place: Place, settle: Settle) -> None:
    page.show_place(place)
    page.show()
    settle()


def plan_more(desk: Context, small_desk: SmallDesk, count: int, settle: Settle) -> None:
    """More visits in the same week, an hour after each other."""
    for number in range(1, count + 1):
        start = MONDAY + timedelta(hours=2 * number)
        visit = Visit(
            distributor_id=DistributorId(small_desk.distributor), starts_at=start, ends_at=start + timedelta(hours=1)
        )
        desk.tasks.write("plan", partial(plan_visit, visit=visit))
    settle()


def texts(path: Path) -> str:
    with Preview(path.read_bytes()) as preview:
        return "\n".join(preview.text(number) for number in range(len(preview)))


def test_that_the_pages_in_sight_are_drawn(page: BriefPage, small_desk: SmallDesk, settle: Settle) -> None:
    go(page, Place("brief", small_desk.visit), settle)
    assert page.view.isVisible()
    assert page.view.page_count >= 2
    assert page.view.has_picture(0)
    assert page.view.missing() == ()


def test_that_other_pages_are_drawn_when_they_come_into_sight(
    page: BriefPage, small_desk: SmallDesk, settle: Settle
) -> None:
    go(page, Place("brief", small_desk.visit), settle)
    last = page.view.page_count - 1
    assert not page.view.has_picture(last)
    page.view.show_page(last)
    settle()
    assert page.view.has_picture(last)


@pytest.mark.timeout(20)
def test_that_a_document_of_hundreds_of_pages_is_leafed_through_page_by_page(page: BriefPage, qtbot: QtBot) -> None:
    page.view.resize(900, 700)
    page.view.show_pages(((595.0, 842.0),) * 400)
    reached: list[tuple[int, int]] = []
    page.view.page_reached.connect(lambda *place: reached.append(place))
    for _ in range(399):
        page.view.turn(1)
        assert page.view.missing()[0][0] + 1 in {reached[-1][0], reached[-1][0] - 1}
    assert reached[-1] == (400, 400)
    page.view.turn(-1)
    assert reached[-1] == (399, 400)


def test_that_a_page_is_in_sight_from_its_first_line_to_its_last(page: BriefPage) -> None:
    page.view.resize(900, 700)
    page.view.show_pages(((595.0, 842.0),) * 3)
    bar = page.view.verticalScrollBar()
    (first, width), *_ = page.view.missing()
    assert first == 0
    end = 24 + round(842 * width / 595 / page.view.devicePixelRatioF())
    seen = {}
    for above in (end - 1, end):
        bar.setValue(above)
        seen[above] = page.view.missing()[0][0]
    assert seen == {end - 1: 0, end: 1}


def test_that_many_briefs_begin_at_their_first_page_after_the_end_of_one(page: BriefPage) -> None:
    page.view.resize(900, 700)
    page.view.show_pages(((595.0, 842.0),) * 2)
    page.view.turn(1)
    reached: list[tuple[int, int]] = []
    page.view.page_reached.connect(lambda *place: reached.append(place))
    page.view.show_pages(((595.0, 842.0),) * 54)
    assert reached == [(1, 54)]


def test_that_whole_pages_are_drawn_anew_at_their_size(page: BriefPage, small_desk: SmallDesk, settle: Settle) -> None:
    go(page, Place("brief", small_desk.visit), settle)
    page.view.fit_page(whole=True)
    assert page.view.missing() != ()
    settle()
    assert page.view.missing() == ()


def test_that_the_range_turns_from_the_visit_to_its_week(
    page: BriefPage, desk: Context, small_desk: SmallDesk, settle: Settle
) -> None:
    plan_more(desk, small_desk, 2, settle)
    go(page, Place("brief", small_desk.visit), settle)
    alone = page.view.page_count
    click(page.ranges.segment("week"))
    settle()
    assert page.view.page_count == 3 * alone
    assert page.bar.remark.text() == "21–27 September 2026 · 3 visits"
    click(page.ranges.segment("visit"))
    settle()
    assert page.view.page_count == alone


def test_that_the_keys_turn_pages_wherever_the_keyboard_is_and_other_briefs_begin_at_their_first(
    qtbot: QtBot, page: BriefPage, desk: Context, small_desk: SmallDesk, settle: Settle
) -> None:
    plan_more(desk, small_desk, 2, settle)
    go(page, Place("brief", small_desk.visit), settle)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    reached: list[int] = []
    page.view.page_reached.connect(lambda number, _count: reached.append(number))
    for key in ("week", "day"):
        segment = page.ranges.segment(key)
        QTest.mouseClick(segment, Qt.MouseButton.LeftButton)
        settle()
        assert reached[-1] == 1
        QTest.keyClick(segment, Qt.Key.Key_PageDown)
        QTest.keyClick(segment, Qt.Key.Key_PageDown)
        assert reached[-1] == 3
        QTest.keyClick(segment, Qt.Key.Key_PageUp)
        assert reached[-1] == 2
    QTest.keyClick(page.view, Qt.Key.Key_PageDown)
    assert reached[-1] == 3
    page.show_place(Place("brief", small_desk.visit))
    settle()
    assert reached[-1] == 1


def test_that_saving_writes_a_pdf_with_the_name_in_it(
    page: BriefPage, small_desk: SmallDesk, settle: Settle, tmp_path: Path
) -> None:
    go(page, Place("brief", small_desk.visit), settle)
    page.out.save_to(tmp_path / "brief.pdf")
    settle()
    assert "长沙湘禾商贸有限公司" in texts(tmp_path / "brief.pdf")


def test_that_saving_asks_where_to_begins_there_again_and_shows_the_way(
    page: BriefPage, small_desk: SmallDesk, desk: Context, settle: Settle, tmp_path: Path
) -> None:
    told: list[tuple[str, str]] = []
    desk.feedback.wanted.connect(lambda text, action, *_: told.append((text, action)))
    go(page, Place("brief", small_desk.visit), settle)
    page.save()
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    assert Path(dialog.selectedFiles()[0]).suffix == ".pdf"
    dialog.fileSelected.emit(str(tmp_path / "chosen.pdf"))
    dialog.close()
    settle()
    assert "长沙湘禾商贸有限公司" in texts(tmp_path / "chosen.pdf")
    assert told == [("Saved as chosen.pdf", "Show in folder")]
    page.save()
    assert page.findChildren(QFileDialog)[-1].directory().path() == tmp_path.as_posix()


def test_that_characters_without_a_font_are_told_above_the_pages_until_they_are_gone(
    page: BriefPage, small_desk: SmallDesk, desk: Context, settle: Settle
) -> None:
    go(page, Place("brief", small_desk.visit), settle)
    assert not page.remark.isVisible()
    for wanted, is_told in (("Sign ꀀ", True), ("Sign", False)):
        desk.tasks.write("edit", partial(edit_visit, visit_id=small_desk.visit, result_wanted=wanted))
        settle()
        assert page.view.isVisible()
        assert page.remark.isVisible() is is_told
        assert (page.remark.accessibleName() == "") is not is_told
    assert page.view.page_count >= 2


def test_that_the_page_in_sight_stays_when_the_same_brief_is_written_anew(
    page: BriefPage, desk: Context, small_desk: SmallDesk, settle: Settle
) -> None:
    go(page, Place("brief", small_desk.visit), settle)
    page.view.turn(1)
    settle()
    click(page.languages.segment("zh_CN"))
    settle()
    assert page.view.verticalScrollBar().value() > 0
    assert page.view.has_picture(1)
    desk.tasks.write("edit", partial(edit_visit, visit_id=small_desk.visit, subject="shelf"))
    settle()
    assert page.view.verticalScrollBar().value() > 0
    page.show_place(WEEK)
    settle()
    assert page.view.verticalScrollBar().value() == 0


def test_that_the_brief_has_a_language_of_its_own(
    page: BriefPage, small_desk: SmallDesk, settle: Settle, tmp_path: Path
) -> None:
    go(page, Place("brief", small_desk.visit), settle)
    click(page.languages.segment("zh_CN"))
    page.out.save_to(tmp_path / "brief.pdf")
    settle()
    assert "拜访简报" in texts(tmp_path / "brief.pdf")
    assert page.bar.title.text() == "Visit brief"


def test_that_a_changed_language_of_documents_counts_for_the_next_brief_and_one_chosen_on_the_page_stays(
    page: BriefPage, desk: Context, small_desk: SmallDesk, settle: Settle, tmp_path: Path
) -> None:
    go(page, Place("brief", small_desk.visit), settle)
    desk.settings.set("document_language", "zh_CN")
    for number, (chosen, word) in enumerate((("", "拜访简报"), ("en", "Visit brief"), ("", "Visit brief"))):
        go(page, Place("brief", small_desk.visit), settle)
        if chosen:
            click(page.languages.segment(chosen))
        page.out.save_to(tmp_path / f"{number}.pdf")
        settle()
        assert word in texts(tmp_path / f"{number}.pdf")


def test_that_a_stopped_batch_leaves_no_file(
    qtbot: QtBot, page: BriefPage, desk: Context, small_desk: SmallDesk, settle: Settle, tmp_path: Path
) -> None:
    plan_more(desk, small_desk, 5, settle)
    page.show_place(WEEK)
    page.show()
    qtbot.waitUntil(lambda: page.maker.is_making, timeout=20_000)
    page.out.save_to(tmp_path / "briefs.pdf")
    click(page.progress.cancel)
    settle()
    assert list(tmp_path.glob("*.pdf")) == []
    assert page.stopped.isVisible()


@pytest.mark.parametrize("instead", ["language", "range", "pages built anew", "nothing to print"])
def test_that_what_was_to_be_saved_is_never_another_document_and_its_absence_is_told(
    qtbot: QtBot,
    page: BriefPage,
    desk: Context,
    small_desk: SmallDesk,
    settle: Settle,
    tmp_path: Path,
    instead: str,
) -> None:
    told: list[tuple[str, bool]] = []
    desk.feedback.wanted.connect(lambda text, _action, _run, wrong: told.append((text, wrong)))
    plan_more(desk, small_desk, 5, settle)
    told.clear()
    page.show_place(WEEK)
    page.show()
    qtbot.waitUntil(lambda: page.maker.is_making, timeout=20_000)
    page.out.save_to(tmp_path / "briefs.pdf")
    if instead == "language":
        click(page.languages.segment("zh_CN"))
    elif instead == "range":
        click(page.days.segment("day"))
    elif instead == "pages built anew":
        page.let_go()
    else:
        page._on_unread(UserError("no_visits"))
    settle()
    assert told == [("Not saved as briefs.pdf: the briefs were still being made.", True)]
    assert list(tmp_path.glob("*.pdf")) == []


def test_that_the_document_of_other_days_is_neither_saved_nor_printed_while_the_new_ones_are_read(
    page: BriefPage, desk: Context, small_desk: SmallDesk, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan_more(desk, small_desk, 5, settle)
    go(page, Place("brief", extra="2026-09-21/2026-09-21"), settle)
    names: list[str] = []
    monkeypatch.setattr(page.out._saving, "ask", lambda _title, name, _then: names.append(name))
    page.save()
    click(page.days.segment("week"))
    page.save()
    assert not page._print.isEnabled()
    assert page.maker.pdf is None
    settle()
    assert page._print.isEnabled()
    page.save()
    assert len(names) == len(set(names)) == 2


def test_that_a_bug_while_briefs_are_made_leaves_a_page_that_can_make_them_again(
    qtbot: QtBot, page: BriefPage, desk: Context, small_desk: SmallDesk, settle: Settle
) -> None:
    go(page, Place("brief", small_desk.visit), settle)
    page.show()
    with qtbot.captureExceptions() as struck:
        page.maker.make((object(),), desk.language)  # type: ignore[arg-type]  # what no brief can be made of
        settle()
    assert len(struck) == 1
    assert not page.maker.is_making
    assert page.stopped.isVisible()
    page._again.click()
    settle()
    assert page.view.isVisible()


def test_that_what_was_stopped_is_made_again_to_be_saved(
    qtbot: QtBot, page: BriefPage, desk: Context, small_desk: SmallDesk, settle: Settle, tmp_path: Path
) -> None:
    plan_more(desk, small_desk, 5, settle)
    page.show_place(WEEK)
    page.show()
    qtbot.waitUntil(lambda: page.maker.is_making, timeout=20_000)
    click(page.progress.cancel)
    settle()
    page.out.save_to(tmp_path / "briefs.pdf")
    settle()
    assert texts(tmp_path / "briefs.pdf").count("Page 1 of 2") == 6
    assert page.view.isVisible()


def test_that_nothing_of_before_is_said_or_shown_while_a_batch_is_made(
    qtbot: QtBot, page: BriefPage, desk: Context, small_desk: SmallDesk, settle: Settle
) -> None:
    plan_more(desk, small_desk, 5, settle)
    none, day = Place("brief", extra="2026-10-19/2026-10-25"), Place("brief", small_desk.visit)
    for before, shown in ((none, page.empty), (day, page.view)):
        go(page, before, settle)
        assert shown.isVisible()
        page.show_place(WEEK)
        qtbot.waitUntil(lambda: page.maker.is_making, timeout=20_000)
        assert page.progress.isVisible()
        assert not shown.isVisible()
        settle()
        assert page.view.isVisible()


def making_a_week(whole: Desk, small_desk: SmallDesk, qtbot: QtBot) -> BriefPage:
    """The page of a window that is just making the briefs of a week."""
    plan_more(whole.window.ctx, small_desk, 5, partial(rest, qtbot, whole))
    whole.window.go(WEEK)
    page = whole.window.page
    assert isinstance(page, BriefPage)
    qtbot.waitUntil(lambda: page.maker.is_making, timeout=20_000)
    return page


def test_that_a_batch_to_be_saved_is_cancelled_from_another_page_and_its_own_says_so(
    open_desk: Callable[[str], Desk], small_desk: SmallDesk, qtbot: QtBot, tmp_path: Path
) -> None:
    whole = open_desk("en")
    page = making_a_week(whole, small_desk, qtbot)
    page.out.save_to(tmp_path / "briefs.pdf")
    whole.window.go(Place("planner"))
    (toast,) = whole.window.findChildren(Toast)
    assert toast.text == "The briefs are still being made."
    toast.action.click()
    rest(qtbot, whole)
    assert page._stack.currentWidget() is page.stopped
    assert page._progress.isHidden()
    assert not (tmp_path / "briefs.pdf").exists()


def test_that_a_batch_that_was_only_looked_at_ends_where_its_page_is_left(
    open_desk: Callable[[str], Desk], small_desk: SmallDesk, qtbot: QtBot
) -> None:
    whole = open_desk("en")
    page = making_a_week(whole, small_desk, qtbot)
    whole.window.go(Place("planner"))
    rest(qtbot, whole)
    assert page.maker.pdf is None


def test_that_a_batch_goes_on_while_the_window_is_minimized(
    open_desk: Callable[[str], Desk], small_desk: SmallDesk, qtbot: QtBot
) -> None:
    whole = open_desk("en")
    page = making_a_week(whole, small_desk, qtbot)
    whole.window.showMinimized()
    assert whole.window.isMinimized()
    rest(qtbot, whole)
    assert page.maker.pdf is not None


def test_that_a_batch_ends_with_its_page(
    page: BriefPage, desk: Context, small_desk: SmallDesk, settle: Settle, qtbot: QtBot
) -> None:
    plan_more(desk, small_desk, 3, settle)
    page.show_place(WEEK)
    page.show()
    qtbot.waitUntil(lambda: page.maker.is_making)
    page.let_go()
    settle()
    assert page.maker.pdf is None


def test_that_days_without_visits_say_so_and_offer_to_plan(
    qtbot: QtBot, page: BriefPage, settle: Settle, went: list[Place]
) -> None:
    go(page, Place("brief", extra="2026-10-19/2026-10-25"), settle)
    assert page.empty.accessibleName() == "No visits on these days, so there is nothing to print."
    out = [button for button in page.findChildren(Button) if button.text() in {"Save as PDF", "Print"}]
    assert [button.isEnabled() for button in out] == [False, False]
    page.show_place(WEEK)
    settle()
    assert [button.isEnabled() for button in out] == [True, True]
    go(page, Place("brief", extra="2026-10-19/2026-10-25"), settle)
    page.plan.click()
    assert went == [Place("planner", extra="2026-10-19")]


def test_that_a_file_that_cannot_be_written_is_told(
    page: BriefPage, desk: Context, small_desk: SmallDesk, settle: Settle, tmp_path: Path
) -> None:
    told: list[str] = []
    desk.feedback.wanted.connect(lambda text, *_rest: told.append(text))
    go(page, Place("brief", small_desk.visit), settle)
    page.out.save_to(tmp_path / "no folder" / "brief.pdf")
    settle()
    assert told[-1].startswith("There is no folder")


def test_that_escape_is_left_to_the_window(
    qtbot: QtBot, page: BriefPage, small_desk: SmallDesk, settle: Settle
) -> None:
    go(page, Place("brief", small_desk.visit), settle)
    heard: list[int] = []
    page.keyPressEvent = lambda event: heard.append(event.key())  # type: ignore[method-assign] - heard instead of Qt
    QTest.keyClick(page.view, Qt.Key.Key_Escape)
    assert heard == [Qt.Key.Key_Escape]


@pytest.mark.skipif(os.name == "nt", reason="the print system takes PDF on Linux and macOS only")
def test_that_without_a_printer_one_sentence_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UserError) as refused:
        print_pdf(b"%PDF", "brief")
    assert refused.value.code == "printer_missing"


@pytest.mark.skipif(os.name == "nt", reason="the print system takes PDF on Linux and macOS only")
def test_that_the_print_system_gets_the_document(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "lp"
    program.write_text(f'#!/bin/sh\n/bin/cat > "{tmp_path}/got"\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    print_pdf(b"%PDF-1.4 a brief", "brief")
    assert (tmp_path / "got").read_bytes() == b"%PDF-1.4 a brief"


@pytest.mark.skipif(os.name == "nt", reason="the print system takes PDF on Linux and macOS only")
def test_that_a_chinese_print_system_without_a_printer_is_understood(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "lp"
    program.write_text(
        "#!/bin/sh\n"
        'case "${LC_ALL:-$LANG}" in\n'
        '    zh_CN*) echo "lp：错误 - 没有可用的默认目标。" >&2 ;;\n'
        '    *) echo "lp: Error - no default destination available." >&2 ;;\n'
        "esac\n"
        "exit 1\n",
        encoding="utf-8",
    )
    program.chmod(0o755)
    for name, value in {"PATH": str(tmp_path), "LANG": "zh_CN.UTF-8", "LC_ALL": "zh_CN.UTF-8"}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(UserError) as refused:
        print_pdf(b"%PDF", "brief")
    assert refused.value.code == "printer_missing"


@pytest.mark.parametrize("dots_an_inch", [300, 600])
def test_that_pages_painted_on_a_printer_fill_the_sheet(qtbot: QtBot, tmp_path: Path, dots_an_inch: int) -> None:
    brief = build_brief(samples.xianghe(), load_language("en", resources() / "i18n"))
    pdf, _ = brief_pdf([brief], BOOK)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setResolution(dots_an_inch)
    paint_pages(pdf, printer)
    with Preview(pdf) as meant, Preview((tmp_path / "printed.pdf").read_bytes()) as printed:
        assert len(printed) == len(meant) == 2
        for number in range(2):
            assert extent(printed, number) == pytest.approx(extent(meant, number), abs=0.01)


def extent(pages: Preview, number: int) -> tuple[float, float, float, float]:
    """Where the ink of a page begins and ends, in shares of its width and height."""
    picture = pages.picture(number, 400)
    ink = [place // 4 for place in range(0, len(picture.pixels), 4) if picture.pixels[place] < 128]
    columns, rows = [place % picture.width for place in ink], [place // picture.width for place in ink]
    left, right = min(columns) / picture.width, max(columns) / picture.width
    return left, right, min(rows) / picture.height, max(rows) / picture.height


def test_that_the_keyboard_that_stopped_a_batch_is_where_it_is_made_again(
    qtbot: QtBot, page: BriefPage, desk: Context, small_desk: SmallDesk, settle: Settle
) -> None:
    plan_more(desk, small_desk, 5, settle)
    page.show_place(WEEK)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(lambda: page.maker.is_making and page.isActiveWindow(), timeout=20_000)
    page.progress.cancel.setFocus()
    qtbot.keyClick(page.progress.cancel, Qt.Key.Key_Return)
    settle()
    again = QApplication.focusWidget()
    assert isinstance(again, Button)
    assert again.text() == "Make it again"
    qtbot.keyClick(again, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page.progress.cancel
    settle()
    assert QApplication.focusWidget() is page.view
