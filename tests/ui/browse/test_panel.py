"""The library panel in its window: modes, orders, sizes, and that one comes back to where one was."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from keeproom.library.opening import open_library
from keeproom.library.stacking import stack_assets
from keeproom.model import Grouping, SortKey, Status
from keeproom.settings import Settings
from keeproom.ui.browse.places import place_called
from keeproom.ui.theme.appearance import Appearance
from keeproom.ui.widgets import PlainLabel
from keeproom.ui.window.main import MainWindow
from tests.importing import Importer, work_through
from tests.ui.helpers import ids_of, make_cell, ready

LONG_MS = 60_000
WORDS = Qt.ToolButtonStyle.ToolButtonTextBesideIcon


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of sixty small pictures."""
    from PIL import Image

    base = tmp_path_factory.mktemp("panel")
    (base / "photos").mkdir()
    for number in range(60):
        Image.new("RGB", (8, 8), (number, 9, 9)).save(base / "photos" / f"{number:02}.png")
    with open_library(base / "Library") as library:
        Importer(library)(base / "photos")
        work_through(library)
    return base / "Library"


@pytest.fixture
def folder(template: Path, tmp_path: Path) -> Path:
    shutil.copytree(template, tmp_path / "Library")
    return tmp_path / "Library"


def opened(qtbot: QtBot, window: MainWindow, folder: Path) -> MainWindow:
    window.resize(1280, 800)
    window.open_folder(folder)
    qtbot.waitUntil(lambda: ready(window), timeout=LONG_MS)
    return window


def test_the_library_is_a_list_or_pictures_and_stays_so(window: MainWindow, settings: Settings) -> None:
    window.action_set["view.mode.list"].trigger()
    assert window.grid.is_list()
    assert settings.text("grid.mode") == "list"
    assert window.action_set["view.mode.list"].isChecked()
    window.action_set["view.names"].trigger()
    window.action_set["view.mode.grid"].trigger()
    assert not window.grid.is_list()
    assert not settings.flag("grid.names")
    assert window.grid.geometry_now().shape.below == 0


def test_headings_imply_the_order_of_time_and_go_with_another(window: MainWindow, settings: Settings) -> None:
    panel = window.library_panel
    window.action_set["view.sort.name"].trigger()
    window.action_set["view.group.day"].trigger()
    assert panel.order().lstrip("-") == SortKey.CAPTURED
    assert settings.text("grid.group") == "day"
    assert window.action_set["view.sort.captured"].isChecked()
    window.action_set["view.sort.ascending"].trigger()
    assert panel.order() == "captured"
    assert window.shelf.grouping == Grouping.DAY
    window.action_set["view.sort.size"].trigger()
    assert window.shelf.grouping == Grouping.NONE
    assert settings.text("grid.sort").lstrip("-") == SortKey.SIZE


def test_a_click_on_a_column_orders_the_shelf(window: MainWindow) -> None:
    window.grid.columns.sort_chosen.emit(SortKey.NAME)
    assert window.shelf.sort == "name"
    window.grid.columns.sort_chosen.emit(SortKey.NAME)
    assert window.shelf.sort == "-name"


def test_large_windows_have_large_pictures_until_somebody_chooses(
    qtbot: QtBot, window: MainWindow, settings: Settings
) -> None:
    window.resize(2560, 1440)
    assert window.grid.cell_size() == 224
    window.resize(1280, 800)
    assert window.grid.cell_size() == 160
    window.action_set["view.bigger"].trigger()
    qtbot.waitUntil(lambda: settings.is_chosen("grid.cell"))
    window.resize(2560, 1440)
    assert window.grid.cell_size() == settings.number("grid.cell") == 192


def test_a_selection_turns_the_header_into_a_bar_that_always_tells_how_much(window: MainWindow) -> None:
    """The last words go where they have no room; then buttons go, and the count never does."""
    window.grid.cells.put([make_cell(1, status=Status.FAILED), make_cell(2, status=Status.FAILED)])
    window.grid.set_ids(ids_of([1, 2]))
    window.grid.select_all()
    window.follow_situation()
    header, bar = window.library_panel.header, window.library_panel.header.selection
    bar.show_size(96_000_000)
    assert header.text() == "✓ 2 selected · 96.0 MB"
    seen = {}
    for width in (1_400, 726, 420, 300):
        bar.resize(width, 40)
        shown = [button for button in bar.buttons if not button.isHidden()]
        words = [button.text().strip() for button in shown if button.toolButtonStyle() == WORDS]
        needed = sum(button.sizeHint().width() + 4 for button in shown)
        assert needed + bar.findChild(PlainLabel).sizeHint().width() + 32 < width
        seen[width] = len(shown), words
    assert seen[1_400] == (8, ["Rate", "Tag", "Collect", "Compare", "Export", "Trash", "Retry", "Show problem"])
    assert seen[726][0] == 8
    assert seen[726][1][:3] == ["Rate", "Tag", "Collect"]
    assert seen[420][1] == []
    assert seen[300][0] < 8
    assert all(button.accessibleName() for button in bar.buttons)
    bar._clear.click()
    assert header.text().startswith("All")


@pytest.mark.parametrize("grouping", ["none", "month"])
def test_the_next_start_comes_back_to_where_one_was(
    qtbot: QtBot, window: MainWindow, settings: Settings, appearance: Appearance, folder: Path, grouping: str
) -> None:
    settings.put("grid.group", grouping)
    window.shelf.set_grouping(Grouping(grouping))
    opened(qtbot, window, folder)
    window.grid.make_current(40)
    window.grid.toggle(42)
    window.grid.verticalScrollBar().setValue(window.grid.offset() + 21)
    qtbot.waitUntil(lambda: ready(window), timeout=LONG_MS)
    seen = {int(window.grid.ids()[index]): window.grid.viewport_rect(index) for index in window.grid.visible()}
    selected = window.grid.selected_ids()
    window.close()

    again = MainWindow(settings, appearance)
    again.show()
    opened(qtbot, again, folder)
    shown = {int(again.grid.ids()[index]): again.grid.viewport_rect(index) for index in again.grid.visible()}
    assert shown == seen
    assert again.grid.selected_ids() == selected
    again.close()


def test_a_start_elsewhere_shows_nothing_of_another_place_before(
    qtbot: QtBot, window: MainWindow, settings: Settings, appearance: Appearance, folder: Path
) -> None:
    opened(qtbot, window, folder)
    window.shelf.go(place_called("kind:image", None))
    qtbot.waitUntil(lambda: ready(window), timeout=LONG_MS)
    window.close()

    again = MainWindow(settings, appearance)
    again.show()
    again.open_folder(folder)
    assert again.library_panel.header.text() == "Photos"
    assert again.grid.count() == 0
    counts: list[int] = []
    again.shelf.arranged.connect(lambda arrangement, _keep: counts.append(len(arrangement.ids)))
    opened(qtbot, again, folder)
    assert again.shelf.place.title == "Photos"
    assert counts == [60]
    again.close()


@pytest.mark.parametrize("stacked", [True, False])
def test_groups_are_on_the_first_page_as_they_will_be_shown(
    qtbot: QtBot, window: MainWindow, settings: Settings, appearance: Appearance, folder: Path, stacked: bool
) -> None:
    with open_library(folder) as library:
        stack_assets(library, [1, 2, 3])
    settings.put("grid.stacked", stacked)
    window.shelf.set_stacked(stacked)
    window.open_folder(folder)
    page, title = list(window.grid.ids()), window.library_panel.header.text()
    assert title == ("All 60 items · 2 inside groups" if stacked else "All 60 items")
    opened(qtbot, window, folder)
    assert list(window.grid.ids()) == page
    assert window.library_panel.header.text() == title


def test_another_panel_and_back_changes_nothing(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    opened(qtbot, window, folder)
    window.grid.make_current(40)
    offset = window.grid.offset()
    assert offset
    window.show_panel("activity")
    window.go_back()
    assert window.front is window.library_panel
    assert (window.grid.offset(), window.grid.current_index()) == (offset, 40)


def test_a_double_click_opens_the_viewer_on_all_that_is_shown(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    opened(qtbot, window, folder)
    place = window.grid.viewport_rect(2).center() - QPoint(0, 15)
    QTest.mouseDClick(window.grid.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert window.pages.name == "viewer"
    assert window.chosen_ids() == [int(window.grid.ids()[2])]
