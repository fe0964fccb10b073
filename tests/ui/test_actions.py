from __future__ import annotations

from collections import Counter
from time import perf_counter

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QSlider
from pytestqt.qtbot import QtBot

from keeproom.model import Status
from keeproom.ui.actions.rows import Menu, Situation
from keeproom.ui.actions.table import ACTIONS
from keeproom.ui.acts import describing
from keeproom.ui.icons import resources
from keeproom.ui.panels import PANELS
from keeproom.ui.window.main import MainWindow
from tests.ui.helpers import ids_of, make_cell


def texts(menu: QMenu) -> list[str]:
    return [action.text().replace("&", "") for action in menu.actions() if not action.isSeparator()]


def test_every_action_has_words_a_place_and_a_name_of_its_own() -> None:
    assert all(row.text and row.menus for row in ACTIONS)
    assert max(Counter(row.name for row in ACTIONS).values()) == 1


def test_no_shortcut_means_two_things() -> None:
    for panel in PANELS:
        rows = [row for row in ACTIONS if not row.panels or panel.name in row.panels]
        shortcuts = Counter(QKeySequence(keys).toString() for row in rows for keys in row.shortcut.split())
        assert "" not in shortcuts
        assert max(shortcuts.values()) == 1


def test_every_row_names_panels_that_there_are() -> None:
    assert {name for row in ACTIONS for name in row.panels} <= {row.name for row in PANELS}


def test_every_icon_is_there() -> None:
    for row in ACTIONS:
        assert not row.icon or (resources() / "icons" / f"{row.icon}.svg").is_file()


@pytest.mark.parametrize("menu", [Menu.FILE, Menu.EDIT, Menu.VIEW, Menu.ITEM, Menu.HELP])
def test_no_two_entries_of_a_menu_have_one_letter(menu: Menu) -> None:
    letters = Counter(row.text[row.text.index("&") + 1].lower() for row in ACTIONS if menu in row.menus)
    assert max(letters.values()) == 1


def possible(now: Situation) -> set[str]:
    return {row.name for row in ACTIONS if row.is_possible(now)}


ALWAYS = possible(Situation(panel=""))


@pytest.mark.parametrize(
    ("now", "more", "not_yet"),
    [
        (Situation(), set(), {"import.files", "select.all", "item.open", "item.retry", "view.back"}),
        (Situation(open=True), {"import.files", "import.folder", "view.problems", "imports.page"}, {"select.all"}),
        (Situation(open=True, items=3), {"select.all", "select.invert"}, {"select.none", "item.export"}),
        (Situation(open=True, items=3, selected=1), {"select.none", "item.open", "item.export"}, {"item.retry"}),
        (Situation(open=True, items=3, selected=1, in_trouble=1), {"item.retry", "item.error"}, {"import.cancel"}),
        (Situation(open=True, importing=True, working=True), {"import.pause", "import.cancel"}, {"view.back"}),
        (Situation(open=True, panel="viewer", can_go_back=True), {"view.back"}, {"item.export"}),
    ],
)
def test_only_what_can_be_done_is_offered(now: Situation, more: set[str], not_yet: set[str]) -> None:
    offered = possible(now)
    assert more <= offered
    assert not not_yet & offered
    assert offered >= ALWAYS


def test_what_is_for_one_panel_is_not_offered_in_another() -> None:
    limited = [row for row in ACTIONS if row.panels]
    assert limited
    for row in limited:
        other = next(panel.name for panel in PANELS if panel.name not in row.panels)
        assert not row.is_possible(Situation(True, other, 9, 2, 2, 1, 1, True, True, 1, True))


def test_every_action_is_in_the_window_and_named(window: MainWindow) -> None:
    for row in ACTIONS:
        assert window.action_set[row.name].text()
    names = [button.accessibleName() or button.text() for button in window.findChildren(QAbstractButton)]
    own = [button for button in window.findChildren(QAbstractButton) if not button.objectName().startswith("qt_")]
    unnamed = [type(button).__name__ for button in own if not (button.accessibleName() or button.text())]
    assert names
    assert unnamed == []
    assert all(slider.accessibleName() for slider in window.findChildren(QSlider))


def test_the_context_menu_offers_retry_only_where_something_failed(qtbot: QtBot, window: MainWindow) -> None:
    window.grid.cells.put([make_cell(1), make_cell(2, status=Status.FAILED)])
    window.grid.set_ids(ids_of([1, 2]))
    for index, wanted in ((0, ["Open", "Quick preview"]), (1, ["Retry", "Show problem"])):
        window.grid.make_current(index)
        menu = window.action_set.menu(Menu.ON_ITEM, window, only_possible=True)
        assert texts(menu)[:2] == wanted


def test_the_background_menu_selects_all(window: MainWindow) -> None:
    window.grid.set_ids(ids_of([1, 2]))
    window.follow_situation()
    menu = window.action_set.menu(Menu.ON_BACKGROUND, window, only_possible=True)
    assert "Select all" in texts(menu)
    window.action_set["select.all"].trigger()
    assert window.grid.selected_count() == 2
    assert window.library_panel.header.text() == "✓ 2 selected"
    window.action_set["select.none"].trigger()
    assert window.grid.selected_count() == 0


def test_the_context_menu_comes_by_key_and_goes(qtbot: QtBot, window: MainWindow) -> None:
    window.grid.cells.put([make_cell(2, status=Status.FAILED)])
    window.grid.set_ids(ids_of([2]))
    window.grid.make_current(0)
    window.show_context_menu(QPoint(10, 10), on_item=True)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, QMenu)
    popup.close()


def test_keys_of_the_content_do_nothing_behind_an_open_menu(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    marked: list[object] = []
    monkeypatch.setattr(describing, "state", lambda _window, _ids, facts, _telling: marked.append(facts))
    window.grid.set_ids(ids_of([2]))
    window.grid.make_current(0)
    window.show_context_menu(QPoint(10, 10), on_item=True)
    window.action_set["item.rate.2"].trigger()
    popup = QApplication.activePopupWidget()
    assert popup is not None
    assert marked == []
    popup.close()
    window.action_set["item.rate.2"].trigger()
    assert marked == [{"rating": 2}]


def test_sizes_follow_slider_keys_and_bounds(window: MainWindow) -> None:
    window.action_set["view.bigger"].trigger()
    assert window.grid.cell_size() == 192
    for _ in range(20):
        window.action_set["view.smaller"].trigger()
    assert window.grid.cell_size() == 96


def test_the_order_is_kept(window: MainWindow) -> None:
    window.action_set["view.sort.name"].trigger()
    window.action_set["view.sort.ascending"].trigger()
    assert window.settings.text("grid.sort") == "name"
    assert window.action_set["view.sort.name"].isChecked()
    assert not window.action_set["view.sort.imported"].isChecked()


def test_appearance_and_sidebar_are_kept(window: MainWindow) -> None:
    window.action_set["view.theme.dark"].trigger()
    window.action_set["view.sidebar"].trigger()
    assert window.settings.text("window.theme") == "dark"
    assert window.appearance.is_dark()
    assert window.sidebar.isHidden()
    assert not window.settings.flag("window.sidebar")


def test_a_million_selected_cost_the_menus_nothing(window: MainWindow) -> None:
    window.grid.set_ids(ids_of(range(1_000_000)))
    window.follow_situation()
    started = perf_counter()
    window.action_set["select.all"].trigger()
    assert perf_counter() - started < 0.25
    assert window.grid.selected_count() == 1_000_000
