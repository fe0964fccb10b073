"""Places and searches in the window: what is said, what stays where it was, and what is done by hand."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from keeproom.library.collecting import collect, list_collections, save_search
from keeproom.library.editing import Edit, edit_assets
from keeproom.library.opening import Library, open_library
from keeproom.library.tagging import list_tags
from keeproom.model import Grouping, SortKey
from keeproom.settings import Settings
from keeproom.ui.acts import collecting, grouping, naming
from keeproom.ui.browse.nodes import Node, way_to
from keeproom.ui.browse.picker import Picker
from keeproom.ui.browse.places import ALL, TRASH, collection_place, tag_place
from keeproom.ui.theme.appearance import Appearance
from keeproom.ui.widgets import LinkButton
from keeproom.ui.window.main import MainWindow
from tests.importing import Importer, work_through
from tests.ui.helpers import ready

LONG_MS = 60_000
COUNT = 40
SOON_MS = 3_000
"""What another process has changed is seen within a second; this machine may have other things to do."""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of small pictures: the first ten have a tag, four are in a collection."""
    from PIL import Image

    base = tmp_path_factory.mktemp("finding")
    (base / "photos").mkdir()
    for number in range(COUNT):
        Image.new("RGB", (8, 8), (number, 9, 9)).save(base / "photos" / f"IMG_{number:02}.png")
    with open_library(base / "Library") as library:
        Importer(library)(base / "photos")
        work_through(library)
        edit_assets(library, range(1, 11), Edit(add_tags=("places/rome",)))
        edit_assets(library, [3], Edit(facts={"rating": 5}))
        collect(library, "Rome", [4, 2, 3, 1])
    return base / "Library"


@pytest.fixture
def folder(template: Path, tmp_path: Path) -> Path:
    shutil.copytree(template, tmp_path / "Library")
    return tmp_path / "Library"


@pytest.fixture
def window(qtbot: QtBot, settings: Settings, appearance: Appearance, folder: Path) -> Iterator[MainWindow]:
    shown = MainWindow(settings, appearance)
    shown.resize(900, 500)
    shown.show()
    shown.open_folder(folder)
    qtbot.waitUntil(lambda: ready(shown), timeout=LONG_MS)
    yield shown
    shown.close()
    shown.deleteLater()


@pytest.fixture
def library(window: MainWindow) -> Library:
    assert window.room is not None
    return window.room.library


def settle(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: ready(window) and window.shelf.is_settled, timeout=LONG_MS)


def go(qtbot: QtBot, window: MainWindow, key: str) -> None:
    """Go to a place of the sidebar as a person does."""
    with qtbot.waitSignal(window.shelf.arranged):
        window.sidebar.tree.reveal(key)
        window.sidebar.setCurrentIndex(window.sidebar.tree.index_of(key))
    settle(qtbot, window)


def search(qtbot: QtBot, window: MainWindow, query: str) -> None:
    with qtbot.waitSignal(window.shelf.arranged):
        window.shelf.set_query(query)
    settle(qtbot, window)


def node(window: MainWindow, key: str) -> Node:
    return way_to(window.sidebar.tree.tree, key)[-1]


def has(window: MainWindow, key: str) -> bool:
    return bool(way_to(window.sidebar.tree.tree, key))


def told(window: MainWindow) -> str:
    """What was said last."""
    notices = window.notices.shown()
    return notices[-1].label.text() if notices else ""


def offer(window: MainWindow, text: str) -> None:
    buttons = window.notices.shown()[-1].findChildren(LinkButton)
    next(button for button in buttons if button.text() == text).click()


def rome(library: Library) -> int:
    return next(row.id for row in list_collections(library) if row.name == "Rome")


class TestPlaces:
    def test_a_place_and_back_is_where_one_was(self, qtbot: QtBot, window: MainWindow) -> None:
        window.grid.make_current(25)
        window.grid.toggle(27)
        offset, chosen = window.grid.offset(), window.grid.selected_ids()
        assert offset
        go(qtbot, window, "tag:places/rome")
        assert window.grid.count() == 10
        assert window.grid.selected_ids() == []
        search(qtbot, window, "rating:5")
        assert window.grid.count() == 1
        search(qtbot, window, "")
        go(qtbot, window, ALL.name)
        assert (window.grid.offset(), window.grid.selected_ids()) == (offset, chosen)

    def test_the_search_stays_when_one_goes_elsewhere(self, qtbot: QtBot, window: MainWindow) -> None:
        search(qtbot, window, "IMG_0")
        assert window.grid.count() == 10
        go(qtbot, window, "collection:1")
        assert window.shelf.query == "IMG_0"
        assert window.grid.count() == 4
        assert node(window, ALL.name).items == 10

    def test_the_trash_says_that_it_is_empty(self, qtbot: QtBot, window: MainWindow) -> None:
        go(qtbot, window, TRASH.name)
        assert window.library_panel.message.text().startswith("Nothing here. Items moved to Trash wait here")
        assert window.library_panel.header.text() == "Trash 0 items"

    def test_what_another_process_does_is_seen_within_a_second(
        self, qtbot: QtBot, window: MainWindow, folder: Path
    ) -> None:
        settle(qtbot, window)
        window.grid.make_current(25)
        offset, chosen = window.grid.offset(), window.grid.selected_ids()
        with open_library(folder) as other:
            edit_assets(other, [7, 8], Edit(add_tags=("new/tag",)))
            collect(other, "Theirs", [9])
            save_search(other, "Rated", "rating:>=1")
        qtbot.waitUntil(lambda: has(window, "tag:new/tag") and has(window, "collection:3"), timeout=SOON_MS)
        assert node(window, "tag:new/tag").items == 2
        assert (node(window, "collection:3").smart, node(window, "collection:3").items) == (True, 1)
        assert (window.grid.offset(), window.grid.selected_ids()) == (offset, chosen)

    def test_headings_and_orders_that_exclude_each_other_say_so(self, qtbot: QtBot, window: MainWindow) -> None:
        window.action_set["view.group.day"].trigger()
        assert told(window) == "Headings “By day” stand in their own order, not by “Imported”."
        offer(window, "Sort by “Imported” again")
        assert (window.shelf.grouping, window.library_panel.order()) == (Grouping.NONE, "-imported")
        window.action_set["view.group.month"].trigger()
        window.action_set["view.sort.name"].trigger()
        assert window.shelf.grouping is Grouping.NONE
        assert told(window) == "Sorted by “Name”, without headings: “By month” needs its own order."
        offer(window, "By month again")
        assert window.shelf.grouping is Grouping.MONTH
        assert window.library_panel.order().lstrip("-") == SortKey.CAPTURED
        settle(qtbot, window)


class TestFindingNothing:
    def test_it_says_what_was_searched_and_what_would_help(self, qtbot: QtBot, window: MainWindow) -> None:
        message = window.library_panel.message
        search(qtbot, window, "kind:video IMG_01")
        assert message.text() == "Nothing found for “kind:video IMG_01”."
        qtbot.waitUntil(lambda: len(message.offers()) > 1)
        assert message.offers() == ["Clear filter kind: video · 1", "Clear search"]
        with qtbot.waitSignal(window.shelf.arranged):
            message.take("Clear filter kind: video · 1")
        settle(qtbot, window)
        assert window.shelf.query == "IMG_01"
        assert window.grid.count() == 1

    def test_elsewhere_there_may_be_something(self, qtbot: QtBot, window: MainWindow) -> None:
        go(qtbot, window, "collection:1")
        search(qtbot, window, "IMG_30")
        assert window.library_panel.message.text() == "Nothing found for “IMG_30” in “Rome”."
        qtbot.waitUntil(lambda: "Search in all · 1" in window.library_panel.message.offers())
        with qtbot.waitSignal(window.shelf.arranged):
            window.library_panel.message.take("Search in all · 1")
        settle(qtbot, window)
        assert (window.shelf.place, window.grid.count()) == (ALL, 1)

    def test_a_near_spelling_is_shown_and_said(self, qtbot: QtBot, window: MainWindow) -> None:
        spelling, message = window.library_panel.spelling, window.library_panel.message
        search(qtbot, window, "plasces")
        assert spelling.text() == "Nothing found for “plasces”. Showing “places”."
        assert window.grid.count() == 10
        assert node(window, ALL.name).items == 10
        with qtbot.waitSignal(window.shelf.arranged):
            spelling.exactly.click()
        settle(qtbot, window)
        assert (window.grid.count(), spelling.text()) == (0, "")
        qtbot.waitUntil(lambda: "Show “places” instead of “plasces”" in message.offers())
        with qtbot.waitSignal(window.shelf.arranged):
            message.take("Show “places” instead of “plasces”")
        settle(qtbot, window)
        assert window.grid.count() == 10

    def test_half_a_search_hides_nothing(self, qtbot: QtBot, window: MainWindow) -> None:
        search(qtbot, window, "rating:5")
        with qtbot.waitSignal(window.shelf.query_refused):
            window.shelf.set_query("rating:x")
        settle(qtbot, window)
        assert window.grid.count() == 1
        assert window.library_panel._stack.currentWidget() is window.grid


class TestCollecting:
    def test_by_keyboard_alone_a_new_collection(self, qtbot: QtBot, window: MainWindow, library: Library) -> None:
        window.grid.setFocus()
        window.grid.make_current(0)
        QTest.keyClick(window.grid, Qt.Key.Key_B)
        picker = window.pages.findChild(Picker)
        assert picker is not None
        assert [each.name for each in picker.suggestions()] == ["Rome"]
        QTest.keyClicks(picker.field, "Trips/Alps")
        QTest.keyClick(picker.field, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: "Trips/Alps" in [row.name for row in list_collections(library)])
        qtbot.waitUntil(lambda: told(window) == "1 item added to “Trips/Alps”.")
        assert QApplication.focusWidget() is window.grid
        qtbot.waitUntil(lambda: bool(collecting.recent(window)))
        assert [row.name for row in collecting.recent(window)] == ["Trips/Alps"]
        menu = QMenu(window)
        collecting.fill_collections(window, menu)
        assert [action.text() for action in menu.actions()] == ["&Choose or create…\tB", "", "Trips/Alps"]
        with qtbot.waitSignal(window.shelf.arranged):
            offer(window, "Show")
        assert window.shelf.place.title == "Alps"
        settle(qtbot, window)

    def test_taking_out_leaves_it_in_the_library_and_can_be_put_back(self, qtbot: QtBot, window: MainWindow) -> None:
        go(qtbot, window, "collection:1")
        assert window.grid.ids().tolist() == [4, 2, 3, 1]
        assert window.action_set["item.uncollect"].text() == "&Remove from “Rome”"
        window.grid.make_current(1)
        window.grid.setFocus()
        QTest.keyClick(window.grid, Qt.Key.Key_Backspace)
        qtbot.waitUntil(lambda: window.grid.ids().tolist() == [4, 3, 1])
        qtbot.waitUntil(lambda: told(window) == "1 item removed from “Rome”. It stays in the library.")
        offer(window, "Put back")
        qtbot.waitUntil(lambda: window.grid.ids().tolist() == [4, 2, 3, 1])

    def test_members_are_put_into_an_order_of_ones_own(self, qtbot: QtBot, window: MainWindow) -> None:
        go(qtbot, window, "collection:1")
        assert window.grid.is_reorderable()
        window.grid.reordered.emit([1, 3], 2)
        qtbot.waitUntil(lambda: window.grid.ids().tolist() == [4, 1, 3, 2])
        go(qtbot, window, ALL.name)
        assert not window.grid.is_reorderable()
        assert not window.action_set["view.sort.position"].isEnabled()

    def test_items_are_dropped_on_collections_and_tags(self, qtbot: QtBot, window: MainWindow) -> None:
        window.sidebar.dropped.emit([20, 21], node(window, "collection:1"))
        window.sidebar.dropped.emit([20], node(window, "tag:places"))
        qtbot.waitUntil(lambda: told(window) == "1 item has the tag “places” now.")
        qtbot.waitUntil(lambda: node(window, "collection:1").items == 6)
        qtbot.waitUntil(lambda: node(window, "tag:places").items == 11)

    def test_several_are_one_and_several_again(self, qtbot: QtBot, window: MainWindow) -> None:
        window.grid.make_current(0)
        window.grid.toggle(1)
        window.grid.toggle(2)
        cover = window.grid.selected_ids()[0]
        grouping.group_chosen(window)
        qtbot.waitUntil(lambda: window.grid.count() == COUNT - 2)
        assert cover in window.grid.ids().tolist()
        window.action_set["view.groups"].trigger()
        qtbot.waitUntil(lambda: window.grid.count() == COUNT)
        window.action_set["view.groups"].trigger()
        qtbot.waitUntil(lambda: window.grid.count() == COUNT - 2)
        window.grid.make_current(window.grid.ids().tolist().index(cover))
        grouping.ungroup_chosen(window)
        qtbot.waitUntil(lambda: window.grid.count() == COUNT)


class TestNaming:
    def test_a_tag_gets_another_name_and_another_place(
        self, qtbot: QtBot, window: MainWindow, library: Library
    ) -> None:
        go(qtbot, window, "tag:places/rome")
        naming.rename(window, node(window, "tag:places/rome"), "roma")
        qtbot.waitUntil(lambda: has(window, "tag:places/roma"))
        assert told(window) == "Tag “places/rome” is “places/roma” now. 10 items have it."
        naming.nest(window, node(window, "tag:places/roma"), None)
        qtbot.waitUntil(lambda: has(window, "tag:roma"))
        assert [tag.name for tag in list_tags(library)] == ["roma"]

    def test_a_collection_is_deleted_after_one_more_word(
        self, qtbot: QtBot, window: MainWindow, library: Library
    ) -> None:
        go(qtbot, window, "collection:1")
        window.sidebar.setFocus()
        inspected = window.settings.flag("window.inspector")
        QTest.keyClick(window.sidebar, Qt.Key.Key_I)  # looks for a name here
        assert window.settings.flag("window.inspector") == inspected
        QTest.keyClick(window.sidebar, Qt.Key.Key_Delete)
        assert told(window) == "Delete the collection “Rome”? Its 4 items stay in the library."
        assert [row.name for row in list_collections(library)] == ["Rome"]
        offer(window, "Delete")
        qtbot.waitUntil(lambda: not has(window, "collection:1"))
        qtbot.waitUntil(lambda: window.shelf.place == ALL)
        settle(qtbot, window)
        assert window.grid.count() == COUNT

    def test_a_search_becomes_a_smart_collection(self, qtbot: QtBot, window: MainWindow) -> None:
        go(qtbot, window, "tag:places/rome")
        search(qtbot, window, "rating:>=1")
        collecting.new_smart_collection(window)
        saving = window.toolbar.search.saving
        assert saving.isVisible()
        assert not saving.button.isEnabled()
        QTest.keyClicks(saving.name, "Best of Rome")
        QTest.keyClick(saving.name, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: any(row.query for row in collecting.collections(window)))
        (smart,) = (row for row in collecting.collections(window) if row.query)
        assert (smart.name, smart.query, smart.count) == ("Best of Rome", "tag:places/rome rating:>=1", 1)
        place = collection_place(smart.id, smart.name, smart=True)
        with qtbot.waitSignal(window.shelf.arranged):
            window.shelf.set_query("")
            window.shelf.go(place)
        settle(qtbot, window)
        assert window.grid.ids().tolist() == [3]
        assert not window.grid.is_reorderable()
        assert window.library_panel.header.text() == "Best of Rome 1 item · tag:places/rome rating:>=1"

    def test_the_search_of_a_smart_collection_is_changed_under_its_name(
        self, qtbot: QtBot, window: MainWindow, library: Library
    ) -> None:
        smart = save_search(library, "Trips/Best", "rating:>=1")
        qtbot.waitUntil(lambda: has(window, f"collection:{smart}"), timeout=SOON_MS)
        go(qtbot, window, f"collection:{smart}")
        menu = window.side_acts.menu(node(window, f"collection:{smart}"))
        next(action for action in menu.actions() if action.text() == "Edit s&earch…").trigger()
        settle(qtbot, window)
        assert (window.shelf.place, window.shelf.query) == (ALL, "rating:>=1")
        assert told(window) == "Change the search, and save it as “Trips/Best” again."
        search(qtbot, window, "rating:>=4")
        window.action_set["search.save"].trigger()
        saving = window.toolbar.search.saving
        assert saving.name.text() == "Trips/Best"
        QTest.keyClick(saving.name, Qt.Key.Key_Return)
        saved = lambda: [(row.id, row.query) for row in collecting.collections(window) if row.query]  # noqa: E731
        qtbot.waitUntil(lambda: saved() == [(smart, "rating:>=4")])

    def test_a_name_that_is_taken_is_refused_in_words(self, qtbot: QtBot, window: MainWindow) -> None:
        collecting.make_collection(window, "rome")
        qtbot.waitUntil(lambda: not window.error_bar.isHidden())
        assert "Rome" in window.error_bar.text()

    def test_the_menu_of_a_row_offers_what_can_be_done(self, window: MainWindow) -> None:
        def texts(key: str) -> list[str]:
            menu = window.side_acts.menu(node(window, key))
            return [action.text().replace("&", "") for action in menu.actions() if not action.isSeparator()]

        tag = ["Add to search", "New tag…", "Rename…", "Move to the top", "Delete tag…"]
        assert texts("tag:places/rome") == tag
        assert texts("section:tag") == ["New tag…", "Tag manager"]
        assert texts(ALL.name) == []
        assert "Delete collection…" in texts("collection:1")
        assert "Edit search…" not in texts("collection:1")

    def test_counts_under_a_search_look_and_sound_so(self, qtbot: QtBot, window: MainWindow) -> None:
        before = window.sidebar.grab().toImage()
        search(qtbot, window, "is:unflagged")  # which finds everything
        assert window.sidebar.accessibleDescription() == "Counts are of what the search finds."
        assert window.sidebar.grab().toImage() != before
        search(qtbot, window, "")
        assert window.sidebar.accessibleDescription() == ""

    def test_a_place_is_added_to_the_search(self, qtbot: QtBot, window: MainWindow) -> None:
        menu = window.side_acts.menu(node(window, "tag:places/rome"))
        with qtbot.waitSignal(window.shelf.arranged):
            menu.actions()[0].trigger()
        settle(qtbot, window)
        assert (window.shelf.query, window.grid.count()) == ("tag:places/rome", 10)
        assert tag_place("places/rome").scope == window.shelf.query


def test_names_of_any_sort_are_taken(qtbot: QtBot, window: MainWindow) -> None:
    for name in ("<b>&amp;</b>", "'; DROP TABLE", "\u202edesrever", "Ω≈ç√ 部落格", "%s %n {name}", "a\nb"):
        collecting.add_items(window, [1], name)
    qtbot.waitUntil(lambda: len(collecting.collections(window)) == 7, timeout=LONG_MS)
    assert window.error_bar.isHidden()
    assert not window.sidebar.grab().isNull()
