"""A person with a keyboard alone: rates, tags, collects, describes and finds, in a library of real photos."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from keeproom.library.opening import open_library
from keeproom.library.showing import show_asset
from keeproom.model import AssetDetails
from keeproom.ui.window.main import MainWindow

LONG_MS = 60_000
Key = Qt.Key


@pytest.fixture
def window(seen: MainWindow) -> MainWindow:
    seen.activateWindow()
    seen.grid.setFocus()
    return seen


def press(*keys: Key, shift: bool = False, control: bool = False) -> None:
    """Keys to whatever has the keyboard, as they come from a person."""
    modifiers = Qt.KeyboardModifier.NoModifier
    if shift:
        modifiers |= Qt.KeyboardModifier.ShiftModifier
    if control:
        modifiers |= Qt.KeyboardModifier.ControlModifier
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key, modifiers)


def write(text: str) -> None:
    QTest.keyClicks(QApplication.focusWidget(), text)


def chosen(window: MainWindow) -> int:
    (asset,) = window.chosen_ids()
    return asset


def told(window: MainWindow, asset: int) -> AssetDetails:
    assert window.folder is not None
    with open_library(window.folder) as library:
        return show_asset(library, asset)


def test_rate_tag_collect_and_find(qtbot: QtBot, window: MainWindow) -> None:
    press(Key.Key_Home)
    press(Key.Key_4)
    first = chosen(window)
    qtbot.waitUntil(lambda: told(window, first).asset.rating == 4, timeout=LONG_MS)

    press(Key.Key_Right)
    second = chosen(window)
    press(Key.Key_5, Key.Key_P, Key.Key_8)
    qtbot.waitUntil(lambda: told(window, second).asset.label == "green", timeout=LONG_MS)
    assert (told(window, second).asset.rating, told(window, second).asset.flag) == (5, "pick")

    press(Key.Key_Left, shift=True)
    assert set(window.chosen_ids()) == {first, second}
    press(Key.Key_T)
    write("places/rome")
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: told(window, first).asset.tags == told(window, second).asset.tags != (), timeout=LONG_MS)
    assert "places/rome" in told(window, first).asset.tags
    press(Key.Key_Escape)
    qtbot.waitUntil(lambda: window.grid.hasFocus(), timeout=LONG_MS)

    press(Key.Key_B)
    write("Holiday")
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: told(window, first).collections == ("Holiday",), timeout=LONG_MS)
    assert told(window, second).collections == ("Holiday",)
    qtbot.waitUntil(lambda: window.grid.hasFocus(), timeout=LONG_MS)

    press(Key.Key_F, control=True)
    write("tag:rome OR tag:places ")
    qtbot.waitUntil(lambda: list(window.grid.ids()) == sorted_as_shown(window, {first, second}), timeout=LONG_MS)
    press(Key.Key_A, control=True)
    write("rating:5 flag:pick label:green ")
    qtbot.waitUntil(lambda: list(window.grid.ids()) == [second], timeout=LONG_MS)
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: window.grid.hasFocus(), timeout=LONG_MS)
    press(Key.Key_Home, Key.Key_0)
    qtbot.waitUntil(lambda: told(window, second).asset.rating == 0, timeout=LONG_MS)
    qtbot.waitUntil(lambda: window.grid.count() == 0, timeout=LONG_MS)  # it is not what was looked for any more


def sorted_as_shown(window: MainWindow, ids: set[int]) -> list[int]:
    """These ids as the grid has them, or what it lacks at the end."""
    shown = [asset for asset in window.grid.ids() if asset in ids]
    return shown + sorted(ids - set(shown))
