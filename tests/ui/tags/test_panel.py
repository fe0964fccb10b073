"""The tag manager in a window, by its keys: every change is the library's before it is shown."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from keeproom.library.editing import Edit, edit_assets
from keeproom.library.tagging import create_tag, delete_tags, list_tags
from keeproom.library.trashing import trash_assets
from keeproom.ui.tags.panel import TagsPanel
from keeproom.ui.theme.appearance import Appearance
from keeproom.ui.window.main import MainWindow
from tests.histories import entries
from tests.ui.sharing import put_back, window_on

Key = Qt.Key


@pytest.fixture(scope="module")
def shared(
    request: pytest.FixtureRequest, qapp: QApplication, seen_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[MainWindow]:
    folder = tmp_path_factory.mktemp("shared") / "Library"
    shutil.copytree(seen_folder, folder)
    with window_on(QtBot(request), Appearance(qapp, "light"), folder, works=False, grid_sort="name") as window:
        yield window


@pytest.fixture
def panel(qtbot: QtBot, shared: MainWindow) -> TagsPanel:
    """The tags of a library with nine items, shown."""
    put_back(qtbot, shared)
    shared.toolbar.search.clear()
    room = shared.room
    assert room is not None
    before = [tag.name for tag in list_tags(room.library)]
    if before:
        delete_tags(room.library, before)
    for name, ids in {"places/Rome": [1, 2, 3], "roma": [3, 4], "people/Anna": [5], "sea": [1]}.items():
        edit_assets(room.library, ids, Edit(add_tags=(name,)))
    create_tag(room.library, "unused")
    room.session.look_again()
    shared.activateWindow()
    shared.action_set["view.tags"].trigger()
    shown = shared.front
    assert isinstance(shown, TagsPanel)
    shown.head.filter.clear()
    wanted = {"places/Rome": 3, "roma": 2, "people/Anna": 1, "sea": 1, "unused": 0}
    qtbot.waitUntil(lambda: shown.is_complete() and counts(shown) == wanted and shown.model.shown() == len(wanted))
    shown.view.clearSelection()
    return shown


def counts(panel: TagsPanel) -> dict[str, int]:
    """The tags that are shown, with how many items have them."""
    return {node.name: node.count for node in panel.model.tree.nodes() if node.is_tag}


def there(panel: TagsPanel) -> dict[str, int]:
    """The tags that the library has."""
    room = panel._window.room
    assert room is not None
    return {tag.name: tag.count for tag in list_tags(room.library)}


def press(qtbot: QtBot, *typed: str | Key) -> None:
    for each in typed:
        focused = QApplication.focusWidget()
        assert focused is not None
        if isinstance(each, str):
            qtbot.keyClicks(focused, each)
        else:
            qtbot.keyClick(focused, each)


def told(panel: TagsPanel) -> str:
    shown = panel._window.notices.shown()
    return shown[-1].label.text() if shown else ""


def test_renaming_moving_merging_deleting(qtbot: QtBot, panel: TagsPanel) -> None:
    assert QApplication.focusWidget() is panel.view
    panel.view.choose(["people/anna"])
    press(qtbot, Key.Key_F2)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "Anna"
    press(qtbot, "Annabel", Key.Key_Return)
    qtbot.waitUntil(lambda: counts(panel).get("people/Annabel") == 1 and panel.is_complete())
    assert [node.name for node in panel.view.chosen()] == ["people/Annabel"]
    assert "people/Annabel" in told(panel)

    panel.view.choose(["sea"])
    panel.ask_move()
    press(qtbot, "places", Key.Key_Return)
    qtbot.waitUntil(lambda: counts(panel).get("places/sea") == 1 and panel.is_complete())

    panel._window.activateWindow()  # which the list of the completer was, on this platform
    panel.view.choose(["places/rome", "roma"])
    panel.ask_merge()
    assert panel.strip.form.field.text() == "places/Rome"
    qtbot.waitUntil(lambda: panel.strip.form.detail.text() == "“places/Rome” will be on 4 items.")
    press(qtbot, Key.Key_Return)
    qtbot.waitUntil(lambda: counts(panel).get("places/Rome") == 4 and "roma" not in counts(panel))

    panel.view.choose(["places/rome"])
    press(qtbot, Key.Key_Delete)
    qtbot.waitUntil(lambda: panel.strip.form.detail.text() == "Takes it off 4 items, which stay.")
    press(qtbot, Key.Key_Escape)
    assert not panel.strip.is_asking
    press(qtbot, Key.Key_Delete, Key.Key_Backtab, Key.Key_Return)
    qtbot.waitUntil(lambda: "places/Rome" not in counts(panel))
    assert "4 items" in told(panel)
    assert there(panel) == counts(panel)
    assert panel._window.error_bar.isHidden()


def test_several_move_as_one_change_and_stay_chosen(qtbot: QtBot, panel: TagsPanel) -> None:
    room = panel._window.room
    assert room is not None
    before = len(entries(room.library))
    levels = {node.key: node.count for node in panel.model.tree.nodes() if not node.is_tag}
    assert levels == {"places": 3, "people": 1}
    panel.view.choose(["places/rome", "roma"])
    panel._on_moved(panel.names(), "trips/Italy")
    qtbot.waitUntil(lambda: counts(panel).get("trips/Italy/roma") == 2 and panel.is_complete())
    assert [node.name for node in panel.view.chosen()] == ["trips/Italy/roma", "trips/Italy/Rome"]
    assert entries(room.library)[before:] == ["tag-rename"]
    assert told(panel) == "2 tags are under “trips/Italy” now."
    notice = panel._window.notices
    assert notice.geometry().bottom() < panel.strip.y(), "what is asked below stays in sight"
    assert QApplication.focusWidget() is panel.view
    levels = {node.key: node.count for node in panel.model.tree.nodes() if not node.is_tag}
    assert levels == {"trips": 4, "trips/italy": 4, "people": 1}, "each item counts once"


def test_after_deleting_the_next_row_is_chosen(qtbot: QtBot, panel: TagsPanel) -> None:
    for key, name, following in (("people", "people/Anna", "places"), ("unused", "unused", "sea")):
        panel.view.choose([key])
        press(qtbot, Key.Key_Delete)
        panel.strip.form.danger.click()
        qtbot.waitUntil(lambda name=name: name not in counts(panel) and panel.is_complete())
        qtbot.waitUntil(lambda following=following: [node.name for node in panel.view.chosen()] == [following])
        assert QApplication.focusWidget() is panel.view


def test_what_cannot_be_is_told_in_the_bar(qtbot: QtBot, panel: TagsPanel) -> None:
    before, bar = there(panel), panel._window.error_bar
    panel._on_renamed("places", "places/old/places")
    qtbot.waitUntil(lambda: "below itself" in bar.text())
    panel._on_renamed("sea", "ROMA")
    qtbot.waitUntil(lambda: "already" in bar.text())
    assert there(panel) == before


def test_what_was_refused_is_not_chosen_later(qtbot: QtBot, panel: TagsPanel) -> None:
    room, bar = panel._window.room, panel._window.error_bar
    assert room is not None
    panel.view.choose(["sea"])
    panel._on_renamed("roma", "places/Rome")
    qtbot.waitUntil(lambda: "already" in bar.text() and panel.is_complete())
    panel.view.choose(["unused"])
    create_tag(room.library, "fresh")
    room.session.look_again()
    qtbot.waitUntil(lambda: "fresh" in counts(panel))
    assert [node.name for node in panel.view.chosen()] == ["unused"]


def test_new_unused_filtered_and_shown(qtbot: QtBot, panel: TagsPanel) -> None:
    panel.view.choose(["people"])
    panel.head.make.click()
    press(qtbot, "Ben", Key.Key_Return)
    qtbot.waitUntil(lambda: counts(panel).get("people/Ben") == 0 and panel.is_complete())
    panel.head.unused.click()
    qtbot.waitUntil(lambda: panel.model.shown() == 2)
    assert panel.head.unused.words() == "Unused  2"
    panel.head.remove_unused.click()
    panel.strip.form.danger.click()
    qtbot.waitUntil(lambda: sorted(counts(panel)) == ["people/Anna", "places/Rome", "roma", "sea"])
    assert not panel.head.unused.isChecked()

    panel.head.filter.setFocus()
    press(qtbot, "rome", Key.Key_Down)
    assert [node.name for node in panel.view.chosen()] == ["places"]
    press(qtbot, Key.Key_Down, Key.Key_Return)
    window = panel._window
    qtbot.waitUntil(lambda: window.pages.name == "library" and window.shelf.is_settled and window.grid.count() == 3)
    assert window.toolbar.search.text() == "tag:places/Rome"


def test_what_happens_elsewhere_is_followed(qtbot: QtBot, panel: TagsPanel) -> None:
    room = panel._window.room
    assert room is not None
    panel.view.choose(["roma"])
    edit_assets(room.library, [7], Edit(add_tags=("roma", "new")))
    room.session.look_again()
    qtbot.waitUntil(lambda: counts(panel).get("roma") == 3 and counts(panel).get("new") == 1)
    assert [node.name for node in panel.view.chosen()] == ["roma"]


def test_a_tag_of_items_in_the_trash_is_not_unused(qtbot: QtBot, panel: TagsPanel) -> None:
    room = panel._window.room
    assert room is not None
    trash_assets(room.library, [5])
    room.session.look_again()
    qtbot.waitUntil(lambda: counts(panel)["people/Anna"] == 0 and panel.is_complete())
    assert panel.model.tree.unused == ("unused",)
    panel.view.choose(["people/anna"])
    panel.ask_delete()
    qtbot.waitUntil(lambda: "1 item in Trash loses it too." in panel.strip.form.detail.text())
