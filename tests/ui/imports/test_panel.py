from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from keeproom.library.verifying import note_blob_state
from keeproom.model import BlobState, Outcome, Status
from keeproom.settings import Settings
from keeproom.ui.actions.rows import Menu
from keeproom.ui.acts import reviewing
from keeproom.ui.imports.panel import ImportsPanel
from keeproom.ui.imports.parts import ALL, NEW, PROBLEMS, SKIPPED
from keeproom.ui.theme.appearance import Appearance
from keeproom.ui.window.main import MainWindow
from tests.conftest import MakePicture
from tests.ui.helpers import ready
from tests.ui.imports.conftest import LONG_MS


def names(panel: ImportsPanel) -> list[str]:
    known = (panel.lines.line(row) for row in range(panel.lines.rowCount()))
    return [line.path.name for line in known if line is not None]


def column(panel: ImportsPanel, number: int) -> list[str]:
    return [str(panel.lines.index(row, number).data() or "") for row in range(panel.lines.rowCount())]


def click(qtbot: QtBot, panel: ImportsPanel, part: object) -> None:
    panel.head.chips.chip(part).click()  # type: ignore[arg-type]
    qtbot.waitUntil(panel.is_complete, timeout=LONG_MS)


def row_of(panel: ImportsPanel, name: str) -> int:
    return names(panel).index(name)


def test_the_newest_import_is_shown_with_what_became_of_each_file(panel: ImportsPanel) -> None:
    entries = panel.entries.entries
    assert entries.rowCount() == 2
    record = panel.record
    assert record is not None
    assert record.counts[Outcome.DUPLICATE] == 3
    assert names(panel) == [".hidden.jpg", "a.jpg", "b.jpg", "broken.jpg", "empty.jpg"]
    assert column(panel, 1) == ["Left out", *["Already in library"] * 3, "Left out"]
    assert column(panel, 2)[0] == "Hidden files and folders are left alone."
    assert column(panel, 3) == ["photos"] * 5
    assert panel.head.text().startswith("Today, ")
    assert "5 files from" in panel.head.text()


def test_another_import_and_a_filter(qtbot: QtBot, panel: ImportsPanel) -> None:
    QAbstractItemModelTester(panel.lines, QAbstractItemModelTester.FailureReportingMode.Fatal)
    QAbstractItemModelTester(panel.entries.entries, QAbstractItemModelTester.FailureReportingMode.Fatal)
    first = panel.entries.entries.records[1]
    panel.entries.choose(first.entry)
    qtbot.waitUntil(panel.is_complete, timeout=LONG_MS)
    assert panel.record == first
    assert [chip.part for chip in panel.head.chips.findChildren(QAbstractButton) if not chip.isHidden()] == [
        ALL,
        NEW,
        PROBLEMS,
        SKIPPED,
    ]
    click(qtbot, panel, PROBLEMS)
    assert names(panel) == ["broken.jpg"]
    assert column(panel, 1) == ["Kept, but no preview"]
    assert column(panel, 2)[0]
    click(qtbot, panel, SKIPPED)
    assert names(panel) == [".hidden.jpg", "empty.jpg"]
    click(qtbot, panel, ALL)
    assert len(names(panel)) == 5


def test_the_row_of_an_import_says_all_to_a_screen_reader(panel: ImportsPanel) -> None:
    said = panel.entries.entries.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "photos" in said
    assert "3 added, 1 problem, 2 skipped" in said
    cell = panel.lines.index(1, 1)
    assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == "What became of it: Already in library"
    own = [each for each in panel.findChildren(QAbstractButton) if not each.objectName().startswith("qt_")]
    assert [each for each in own if not (each.accessibleName() or each.text())] == []


def test_enter_shows_the_item_that_has_the_file(
    qtbot: QtBot, panel: ImportsPanel, looking: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[Sequence[int], int]] = []
    monkeypatch.setattr(looking, "view_items", lambda ids, index: seen.append((ids, index)))
    panel.table.select_row(row_of(panel, "b.jpg"))
    qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    ids, index = seen[0]
    assert len(ids) == 3
    assert ids[index] == panel.chosen_ids()[0]


def test_a_file_without_an_item_says_why(qtbot: QtBot, panel: ImportsPanel, looking: MainWindow) -> None:
    panel.open_line(row_of(panel, "empty.jpg"))
    notice = looking.notices.shown()[-1]
    assert notice.label.text() == "empty.jpg: Left out. The file is empty."


def test_what_is_chosen_is_what_item_actions_act_on(qtbot: QtBot, panel: ImportsPanel, looking: MainWindow) -> None:
    panel.table.select_row(row_of(panel, "broken.jpg"))
    qtbot.waitUntil(lambda: len(looking.chosen_cells()) == 1, timeout=LONG_MS)
    assert looking.chosen_cells()[0].name == "broken.jpg"
    assert looking.action_set["item.retry"].isEnabled()
    panel.table.select_row(row_of(panel, "empty.jpg"))
    assert looking.chosen_ids() == []


def test_all_lines_are_copied_as_text(qtbot: QtBot, panel: ImportsPanel, looking: MainWindow, photos: Path) -> None:
    panel.table.setFocus()
    qtbot.keyClick(panel.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(panel.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(looking.notices.shown()), timeout=LONG_MS)
    lines = QApplication.clipboard().text().splitlines()
    assert len(lines) == 5
    assert lines[1] == f"{photos / 'a.jpg'}\tAlready in library\t"


def test_the_list_is_saved(qtbot: QtBot, panel: ImportsPanel, looking: MainWindow, tmp_path: Path) -> None:
    panel.save_lines(tmp_path / "list.txt")
    qtbot.waitUntil(lambda: bool(looking.notices.shown()), timeout=LONG_MS)
    assert len((tmp_path / "list.txt").read_text().splitlines()) == 5


def test_an_import_that_runs_is_followed_and_the_chosen_line_stays(
    qtbot: QtBot, panel: ImportsPanel, looking: MainWindow, make_picture: MakePicture, tmp_path: Path
) -> None:
    panel.table.select_row(row_of(panel, "b.jpg"))
    chosen = panel.chosen_ids()
    looking.import_paths([make_picture("c.jpg", 3, tmp_path / "more")])
    qtbot.waitUntil(lambda: panel.entries.entries.rowCount() == 3, timeout=LONG_MS)
    qtbot.waitUntil(lambda: ready(looking), timeout=LONG_MS)
    assert panel.chosen_ids() == chosen
    record = panel.record
    assert record is not None
    panel.show_import(panel.entries.entries.records[0].entry)
    qtbot.waitUntil(lambda: panel.is_complete() and names(panel) == ["c.jpg"], timeout=LONG_MS)
    qtbot.waitUntil(lambda: column(panel, 1) == ["Added"], timeout=LONG_MS)


def test_a_review_of_the_import_in_sight_filters_it(qtbot: QtBot, panel: ImportsPanel, looking: MainWindow) -> None:
    record = panel.record
    assert record is not None
    reviewing.review(looking, record.entry, SKIPPED)
    qtbot.waitUntil(lambda: panel.is_complete() and names(panel) == [".hidden.jpg", "empty.jpg"], timeout=LONG_MS)


def test_retry_tries_what_failed_once_more(qtbot: QtBot, panel: ImportsPanel, looking: MainWindow) -> None:
    reviewing.review(looking, panel.entries.entries.records[1].entry, PROBLEMS)
    qtbot.waitUntil(lambda: panel.is_complete() and names(panel) == ["broken.jpg"], timeout=LONG_MS)
    assert not panel.head.retry.isHidden()
    with qtbot.waitSignal(looking.room.session.changed, timeout=LONG_MS):  # type: ignore[union-attr]
        panel.head.retry.click()
    assert looking.notices.shown()[-1].label.text() == "Trying 1 file again."
    qtbot.waitUntil(lambda: panel.is_complete() and names(panel) == ["broken.jpg"], timeout=LONG_MS)


def test_the_grid_shows_the_import(qtbot: QtBot, panel: ImportsPanel, looking: MainWindow) -> None:
    panel.head.show_in_grid.click()
    assert looking.pages.name == "library"
    qtbot.waitUntil(lambda: looking.grid.count() == 3, timeout=LONG_MS)  # what was skipped is not shown there
    looking.action_set["imports.page"].trigger()
    assert looking.front is panel


def test_the_menu_of_the_page_has_its_actions(panel: ImportsPanel, looking: MainWindow) -> None:
    looking.follow_situation()
    menu = looking.action_set.menu(Menu.ON_BACKGROUND, looking, only_possible=True)
    texts = {action.text().replace("&", "") for action in menu.actions()}
    assert {"Show in grid", "Retry", "Save list…", "Remove originals…"} <= texts


def test_a_library_without_imports_says_how_to_begin(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, settings: Settings, appearance: Appearance
) -> None:
    window.open_folder(tmp_path / "Empty")
    qtbot.waitUntil(lambda: ready(window), timeout=LONG_MS)
    panel = window.show_panel("imports")
    assert isinstance(panel, ImportsPanel)
    qtbot.waitUntil(panel.is_complete, timeout=LONG_MS)
    assert panel.empty.isVisible()
    assert panel.empty.text().startswith("Nothing was imported yet")
    assert panel.empty.files.isEnabled()


def test_another_filter_chooses_nothing(qtbot: QtBot, panel: ImportsPanel, looking: MainWindow) -> None:
    panel.table.select_row(row_of(panel, "broken.jpg"))
    qtbot.waitUntil(lambda: len(looking.chosen_cells()) == 1, timeout=LONG_MS)
    panel.head.chips.chip(SKIPPED).click()
    assert looking.chosen_ids() == []
    assert looking.chosen_cells() == []
    assert not looking.action_set["item.error"].isEnabled()


def test_a_chosen_item_whose_steps_come_right_has_no_problem_any_more(
    qtbot: QtBot, panel: ImportsPanel, looking: MainWindow
) -> None:
    panel.table.select_row(row_of(panel, "broken.jpg"))
    qtbot.waitUntil(lambda: len(looking.chosen_cells()) == 1, timeout=LONG_MS)
    room, cell = looking.room, looking.chosen_cells()[0]
    assert room is not None
    note_blob_state(room.library, cell.sha256, BlobState.DAMAGED)
    qtbot.waitUntil(lambda: looking.chosen_cells()[0].status == Status.DAMAGED, timeout=LONG_MS)


def test_all_chosen_are_all_of_them_also_those_that_were_never_in_sight(
    qtbot: QtBot, panel: ImportsPanel, looking: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = panel.lines.ids.copy()
    monkeypatch.setattr(panel.lines, "bring", lambda _first, _last: None)  # nothing comes into sight
    panel.lines.begin()
    panel.lines.show_ids(everything)
    panel.table.selectAll()
    qtbot.waitUntil(lambda: len(looking.chosen_ids()) == 3, timeout=LONG_MS)
    qtbot.waitUntil(lambda: len(looking.chosen_cells()) == 3, timeout=LONG_MS)
    panel.table.clearSelection()
    assert looking.chosen_ids() == []


def test_the_folder_of_a_file_that_is_gone_is_told_of(
    qtbot: QtBot, panel: ImportsPanel, looking: MainWindow, photos: Path
) -> None:
    panel.open_line(row_of(panel, "empty.jpg"))
    photos.rename(photos.with_name("elsewhere"))
    offer = next(b for b in looking.notices.shown()[-1].findChildren(QAbstractButton) if b.text() == "Show folder")
    offer.click()
    gone = f"The folder {photos} is not there any more."
    qtbot.waitUntil(
        lambda: any(notice.label.text().startswith(gone) for notice in looking.notices.shown()), timeout=LONG_MS
    )
