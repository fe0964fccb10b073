"""Stating facts in the real window, on a real library: by key, on one and on many, in dialogs and in the inspector."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QScrollArea, QToolButton
from pytestqt.qtbot import QtBot

from keeproom.library.collecting import collect, delete_collection, list_collections
from keeproom.library.editing import Edit, edit_assets
from keeproom.library.inspecting import inspect_asset
from keeproom.library.opening import Library, open_library
from keeproom.library.tagging import delete_tags, list_tags
from keeproom.model import AssetDetails, CaptureTime
from keeproom.ui.actions.rows import Menu
from keeproom.ui.acts import describing
from keeproom.ui.acts.changing import Changing
from keeproom.ui.describe.renamedialog import RenameDialog, TemplateDialog, open_rename_dialog
from keeproom.ui.describe.shared import MIXED
from keeproom.ui.describe.tagbook import TagBook
from keeproom.ui.describe.tagpopup import TagPopup
from keeproom.ui.describe.timedialog import TimeDialog, open_time_dialog
from keeproom.ui.inspector.panel import Inspector
from keeproom.ui.theme.appearance import Appearance
from keeproom.ui.window.main import MainWindow
from keeproom.ui.window.room import Room
from tests.ui.sharing import put_back, window_on

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(scope="module")
def shared(
    request: pytest.FixtureRequest, qapp: QApplication, template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[MainWindow]:
    folder = tmp_path_factory.mktemp("shared") / "Library"
    shutil.copytree(template, folder)
    with window_on(QtBot(request), Appearance(qapp, "light"), folder, grid_sort="name") as window:
        yield window


@pytest.fixture
def filled(qtbot: QtBot, shared: MainWindow) -> MainWindow:
    """The window that shows the three photos by name, of which nothing is stated."""
    put_back(qtbot, shared)
    assert shared.room is not None
    unstate(shared.room.library)
    shared.settings.put("tags.recent", "")
    shared.room.session.look_again()
    qtbot.waitUntil(lambda: facts_in_sight(shared) == [(f"Rome {asset}.jpg", 0, None, None, 0) for asset in (1, 2, 3)])
    settle(qtbot, shared)
    return shared


def facts_in_sight(window: MainWindow) -> list[tuple[object, ...]]:
    cells = [cell for index in range(window.grid.count()) if (cell := window.grid.cell(index)) is not None]
    return [(cell.name, cell.rating, cell.label, cell.flag, cell.rotation) for cell in cells]


def unstate(library: Library) -> None:
    """Take away all that tests have stated, and give the photos their names."""
    empty = {"title": None, "description": None, "creator": None, "place": None, "captured": None}
    marks = {"rating": 0, "label": None, "flag": None, "rotation": 0}
    names = {"name": {asset: f"Rome {asset}.jpg" for asset in (1, 2, 3)}}
    edit_assets(library, [1, 2, 3], Edit(facts={**empty, **marks}, each=names))
    tags = [tag.name for tag in list_tags(library)]
    if tags:
        delete_tags(library, tags)
    for collection in list_collections(library):
        delete_collection(library, collection.id)


@pytest.fixture
def room(filled: MainWindow) -> Room:
    assert filled.room is not None
    return filled.room


@pytest.fixture
def details(room: Room) -> Callable[[int], AssetDetails]:
    return lambda asset: inspect_asset(room.library, asset).details


@pytest.fixture
def inspector(filled: MainWindow) -> Inspector:
    assert filled.side.inspector is not None
    return filled.side.inspector


def choose(qtbot: QtBot, window: MainWindow, *indexes: int) -> None:
    """Choose these, and give the grid the keyboard."""
    window.activateWindow()
    window.grid.setFocus()
    window.grid.clear_selection()
    window.grid.make_current(indexes[0])
    if len(indexes) == window.grid.count():
        window.grid.select_all()
    settle(qtbot, window)


def settle(qtbot: QtBot, window: MainWindow) -> None:
    """All changes are made and seen."""
    qtbot.waitUntil(lambda: Changing.of(window).is_settled, timeout=20_000)
    qtbot.waitUntil(lambda: not window._follow_soon.isActive() and window.is_complete(), timeout=20_000)


def told(window: MainWindow) -> list[str]:
    return [notice.label.text() for notice in window.notices.shown()]


def press(qtbot: QtBot, window: MainWindow, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(window.grid, key)
    settle(qtbot, window)


def marks(details: AssetDetails) -> tuple[int, str | None, str | None]:
    return details.asset.rating, details.asset.label, details.asset.flag


def test_keys_mark_what_is_chosen(
    qtbot: QtBot, filled: MainWindow, details: Callable[[int], AssetDetails], inspector: Inspector
) -> None:
    choose(qtbot, filled, 0)
    press(qtbot, filled, Key.Key_3, Key.Key_8, Key.Key_X)
    assert marks(details(1)) == (3, "green", "reject")
    assert marks(details(2)) == (0, None, None)
    qtbot.waitUntil(lambda: inspector.one.marks.stars.rating() == 3)
    assert told(filled) == [], "what one sees is not announced"
    qtbot.waitUntil(lambda: filled.action_set["item.rate.3"].isChecked())
    assert filled.action_set["item.label.green"].isChecked()
    assert not filled.action_set["item.flag.pick"].isChecked()

    choose(qtbot, filled, 0, 1, 2)
    press(qtbot, filled, Key.Key_5)
    assert [marks(details(asset))[0] for asset in (1, 2, 3)] == [5, 5, 5]
    assert told(filled) == ["3 items rated ★★★★★."]
    (notice,) = filled.notices.shown()
    bottom = notice.mapTo(filled, notice.rect().bottomLeft()).y()
    assert bottom < filled.status.mapTo(filled, QPoint(0, 0)).y(), "the line of the status is not covered"
    assert filled.grid.hasFocus()
    press(qtbot, filled, Key.Key_5)
    assert told(filled) == ["Nothing to change: all of them were so already."]
    press(qtbot, filled, Key.Key_Minus, Key.Key_U, Key.Key_0)
    assert {marks(details(asset)) for asset in (1, 2, 3)} == {(0, None, None)}


def test_a_key_held_down_does_not_overtake_itself(
    qtbot: QtBot, filled: MainWindow, details: Callable[[int], AssetDetails]
) -> None:
    choose(qtbot, filled, 0, 1, 2)
    keys = [Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_4] * 20
    press(qtbot, filled, *keys, Key.Key_2)
    assert [marks(details(asset))[0] for asset in (1, 2, 3)] == [2, 2, 2]


def test_rotation_shows_at_once(
    qtbot: QtBot, filled: MainWindow, details: Callable[[int], AssetDetails], inspector: Inspector
) -> None:
    choose(qtbot, filled, 0)
    qtbot.waitUntil(lambda: not inspector.one.picture.image().isNull())
    wide = inspector.one.picture.image().size()
    filled.action_set["item.rotate_right"].trigger()
    settle(qtbot, filled)
    qtbot.waitUntil(lambda: inspector.one.picture.image().size() == wide.transposed())
    filled.action_set["item.rotate_left"].trigger()
    filled.action_set["item.rotate_left"].trigger()
    settle(qtbot, filled)
    assert details(1).asset.rotation == 3


def test_the_menus_offer_it_as_the_look_says(filled: MainWindow) -> None:
    filled.grid.select_all()
    menu = filled.action_set.menu(Menu.ON_ITEM, filled, only_possible=True)
    texts = [action.text().replace("&", "") for action in menu.actions() if not action.isSeparator()]
    start = texts.index("Rating")
    assert texts[start : start + 4] == ["Rating", "Label", "Flag", "Tags…"]
    turning = texts.index("Rotate left")
    assert texts[turning : turning + 4] == ["Rotate left", "Rotate right", "Date and time…", "Rename…"]
    (rating,) = (each for each in menu.findChildren(QMenu) if each.title() == "Rating")
    assert [action.text().replace("&", "") for action in rating.actions()][:2] == ["0 stars", "1 star"]


def test_tags_are_put_on_and_taken_off_in_the_popup(
    qtbot: QtBot, filled: MainWindow, details: Callable[[int], AssetDetails]
) -> None:
    describing.tag_items(filled, [1], ["rome"])
    choose(qtbot, filled, 0, 1, 2)
    QTest.keyClick(filled.grid, Key.Key_T)
    (popup,) = filled.pages.findChildren(TagPopup)
    qtbot.waitUntil(lambda: [(tag.name, tag.on) for tag in popup.field.tags()] == [("rome", 1)])
    line = popup.field.line
    assert line.hasFocus()
    qtbot.waitUntil(lambda: len(TagBook.of(filled).known) == 1)
    QTest.keyClicks(line, "ro")
    (area,) = popup.findChildren(QScrollArea)
    qtbot.waitUntil(lambda: area.height() >= popup.field.height_for(area.width()))  # it grows with its suggestions
    assert popup.field.list.isVisible()
    QTest.keyClick(line, Key.Key_Return)
    QTest.keyClicks(line, "places/sea")
    QTest.keyClick(line, Key.Key_Return, CTRL)
    assert popup.isHidden()
    assert filled.grid.hasFocus()
    settle(qtbot, filled)
    assert [details(asset).asset.tags for asset in (1, 2, 3)] == [("places/sea", "rome")] * 3
    assert told(filled) == ["“places/sea” added to 3 items."]
    assert TagBook.of(filled).recent == ["places/sea", "rome"]

    filled.action_set["item.tags"].trigger()
    popup = next(each for each in filled.pages.findChildren(TagPopup) if not each.isHidden())
    qtbot.waitUntil(lambda: len(popup.field.chips()) == 2)
    QTest.keyClick(popup.field.line, Key.Key_Backspace)
    QTest.keyClick(popup.field.chips()[-1], Key.Key_Delete)
    QTest.keyClick(popup.field.line, Key.Key_Escape)
    settle(qtbot, filled)
    assert details(3).asset.tags == ("places/sea",)


def test_the_inspector_edits_one(
    qtbot: QtBot, filled: MainWindow, details: Callable[[int], AssetDetails], inspector: Inspector
) -> None:
    choose(qtbot, filled, 0)
    title = inspector.one.fields.lines["title"]
    title.setFocus()
    QTest.keyClicks(title, "The Forum")
    QTest.keyClick(title, Key.Key_Return)
    settle(qtbot, filled)
    assert details(1).asset.title == "The Forum"
    QTest.keyClicks(inspector.one.fields.description, "Line one")
    choose(qtbot, filled, 1)
    qtbot.waitUntil(lambda: details(1).asset.description == "Line one")  # the item it was typed for
    assert details(2).asset.description is None
    inspector.one.name.setText("a/b.jpg")
    inspector.one.name.save()
    qtbot.waitUntil(lambda: "/" in filled.error_bar.text())
    qtbot.waitUntil(lambda: inspector.one.name.text() == "Rome 2.jpg")
    qtbot.mouseClick(
        inspector.one.marks.stars,
        Qt.MouseButton.LeftButton,
        pos=inspector.one.marks.stars.place_of(4).toPoint(),
    )
    settle(qtbot, filled)
    assert details(2).asset.rating == 4


def test_what_is_typed_when_the_window_closes_is_kept(qtbot: QtBot, appearance: Appearance, folder: Path) -> None:
    with window_on(qtbot, appearance, folder, grid_sort="name") as window:
        choose(qtbot, window, 2)
        inspector = window.side.inspector
        assert inspector is not None
        QTest.keyClicks(inspector.one.fields.lines["place"], "Ostia")
    with open_library(folder) as library:
        assert inspect_asset(library, 3).details.place == "Ostia"


def test_the_inspector_shows_many_as_mixed_and_edits_all(
    qtbot: QtBot, filled: MainWindow, details: Callable[[int], AssetDetails], inspector: Inspector
) -> None:
    describing.rate_items(filled, [1], 4)
    describing.tag_items(filled, [1, 2], ["sea"])
    describing.state_text(filled, [1, 2, 3], "creator", "Ada")
    choose(qtbot, filled, 0, 1, 2)
    many = inspector.many
    qtbot.waitUntil(lambda: many.fields.isVisible() and many.fields.lines["creator"].text() == "Ada")
    assert many.marks.stars.rating() is MIXED
    assert [(tag.name, tag.on) for tag in many.fields.tags.tags()] == [("sea", 2)]
    (chip,) = many.fields.tags.chips()
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    place = many.fields.lines["place"]
    place.setFocus()
    QTest.keyClicks(place, "Rome")
    QTest.keyClick(place, Key.Key_Return)
    settle(qtbot, filled)
    assert {(details(asset).place, details(asset).asset.tags) for asset in (1, 2, 3)} == {("Rome", ("sea",))}
    assert told(filled) == ["Place of 3 items changed."]


def test_collections_are_chips_that_take_items_out(
    qtbot: QtBot, filled: MainWindow, room: Room, inspector: Inspector, details: Callable[[int], AssetDetails]
) -> None:
    collect(room.library, "Best of", [1, 2])
    choose(qtbot, filled, 0, 1, 2)
    chips = inspector.many.fields.collections
    qtbot.waitUntil(lambda: [chip.name for chip in chips.chips()] == ["Best of"])
    gone_to: list[tuple[int, str]] = []
    chips.gone_to.connect(lambda collection, name: gone_to.append((collection, name)))
    QTest.keyClick(chips.chips()[0], Key.Key_Delete)
    settle(qtbot, filled)
    assert details(1).collections == ()
    assert told(filled) == ["2 items taken out of “Best of”."]
    assert [each.name for each in list_collections(room.library)] == ["Best of"]


def test_dates_are_shifted_as_the_table_shows(
    qtbot: QtBot, filled: MainWindow, details: Callable[[int], AssetDetails]
) -> None:
    taken = CaptureTime(datetime.fromisoformat("2023-05-14T23:30:00"))
    describing.state(filled, [1, 2], {"captured": taken}, describing.Telling(("", ""), ("", "")))
    settle(qtbot, filled)
    dialog = open_time_dialog(filled, [1, 2, 3])
    assert isinstance(dialog, TimeDialog)
    qtbot.waitUntil(lambda: dialog.is_complete() and len(dialog.model.rows) == 3)
    dialog.tabs.setCurrentIndex(1)
    assert not dialog.apply.isEnabled(), "nothing is applied that was not shown"
    dialog.ways[1].parts["hours"].setValue(1)  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: dialog.is_complete() and dialog.apply.isEnabled())
    assert dialog.verdict.text() == "2 items change. 1 cannot be changed so."
    assert dialog.model.index(0, 2).data() == "2023-05-15 00:30:00"
    assert dialog.model.index(2, 2).data() == "It has no date to shift."
    dialog.apply.click()
    settle(qtbot, filled)
    assert [details(asset).asset.captured for asset in (1, 2, 3)] == [
        *[CaptureTime(datetime.fromisoformat("2023-05-15T00:30:00"))] * 2,
        None,
    ]
    assert told(filled) == ["Date and time of 2 items changed."]


def test_a_shift_applies_to_the_time_that_there_is_by_then(
    qtbot: QtBot, filled: MainWindow, details: Callable[[int], AssetDetails]
) -> None:
    noon, later = (CaptureTime(datetime.fromisoformat(f"2023-05-14T{hour}:00:00")) for hour in (12, 18))
    describing.state(filled, [1], {"captured": noon}, describing.Telling(("", ""), ("", "")))
    settle(qtbot, filled)
    dialog = open_time_dialog(filled, [1])
    assert isinstance(dialog, TimeDialog)
    qtbot.waitUntil(dialog.is_complete)
    dialog.tabs.setCurrentIndex(1)
    dialog.ways[1].parts["hours"].setValue(1)  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: dialog.is_complete() and dialog.apply.isEnabled())
    describing.state(filled, [1], {"captured": later}, describing.Telling(("", ""), ("", "")))
    dialog.apply.click()
    settle(qtbot, filled)
    assert details(1).asset.captured == CaptureTime(datetime.fromisoformat("2023-05-14T19:00:00"))


def test_stars_are_a_menu_of_the_action_bar(
    qtbot: QtBot, filled: MainWindow, details: Callable[[int], AssetDetails]
) -> None:
    choose(qtbot, filled, 0, 1, 2)
    action = filled.action_set["item.rate"]
    button = next(each for each in filled.findChildren(QToolButton) if each.defaultAction() is action)
    button.click()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu.pos() == button.mapToGlobal(button.rect().bottomLeft())
    menu.setActiveAction(filled.action_set["item.rate.4"])
    QTest.keyClick(menu, Key.Key_Return)
    settle(qtbot, filled)
    assert [marks(details(asset))[0] for asset in (1, 2, 3)] == [4, 4, 4]


def test_one_is_renamed_with_its_stem_selected(
    qtbot: QtBot, filled: MainWindow, details: Callable[[int], AssetDetails]
) -> None:
    choose(qtbot, filled, 1)
    filled.action_set["item.rename"].trigger()
    (dialog,) = filled.findChildren(RenameDialog)
    qtbot.waitUntil(lambda: dialog.field.selectedText() == "Rome 2")
    QTest.keyClicks(dialog.field, "Forum/")
    assert not dialog.apply.isEnabled()
    QTest.keyClick(dialog.field, Key.Key_Backspace)
    QTest.keyClick(dialog.field, Key.Key_Return)
    settle(qtbot, filled)
    assert details(2).asset.name == "Forum.jpg"


def test_many_are_renamed_by_a_template(
    qtbot: QtBot, filled: MainWindow, details: Callable[[int], AssetDetails]
) -> None:
    dialog = open_rename_dialog(filled, [3, 1, 2])
    assert isinstance(dialog, TemplateDialog)
    qtbot.waitUntil(lambda: dialog.is_complete() and len(dialog.model.rows) == 3)
    assert not dialog.apply.isEnabled(), "nothing would change"
    dialog.field.setText("Trip {nonsense}")
    qtbot.waitUntil(lambda: dialog.is_complete() and "no field {nonsense}" in dialog.verdict.text())
    dialog.field.setText("Trip")
    qtbot.waitUntil(lambda: "3 have the name of another one." in dialog.verdict.text())
    dialog.field.setText("Trip {number:02}")
    dialog.first.setValue(7)
    qtbot.waitUntil(lambda: dialog.is_complete() and dialog.apply.isEnabled())
    dialog.apply.click()
    settle(qtbot, filled)
    assert [details(asset).asset.name for asset in (3, 1, 2)] == ["Trip 07.jpg", "Trip 08.jpg", "Trip 09.jpg"]
    assert told(filled) == ["3 items renamed."]
