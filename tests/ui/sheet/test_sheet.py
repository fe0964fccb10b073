from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from keeproom.ui.actions.rows import Action, Menu, Submenu
from keeproom.ui.actions.table import ACTIONS, SUBMENUS
from keeproom.ui.sheet.contents import Section, caps, search, sections
from keeproom.ui.sheet.dialog import ShortcutSheet, places
from keeproom.ui.window.main import MainWindow


def row(name: str, text: str, menus: Menu, shortcut: str, panels: frozenset[str] = frozenset()) -> Action:
    return Action(name, text, lambda _: None, menus, shortcut, panels=panels)


def lines(those: Sequence[Section]) -> dict[str, list[str]]:
    return {section.title: [line.text for line in section.lines] for section in those}


def test_what_has_a_shortcut_stands_under_its_menu_once() -> None:
    rows = [
        row("a", "&Open…", Menu.FILE | Menu.EDIT, "Ctrl+O"),
        row("b", "No &shortcut", Menu.FILE, ""),
        row("c", "&Name", Menu.SORT, "N"),
        row("d", "&Next", Menu.VIEW, "Right", frozenset({"viewer"})),
        row("e", "Lonely", Menu.SELECTION_BAR, "L"),
    ]
    found = lines(sections(rows, [Submenu("&Sort by", Menu.VIEW, Menu.SORT)]))
    assert found["File"] == ["Open"]
    assert found["View"] == ["Name"]
    assert found["In the viewer"] == ["Next"]
    assert found["Elsewhere"] == ["Lonely"]
    assert "Edit" not in found


def test_every_shortcut_of_the_table_is_on_the_sheet() -> None:
    shown = [line for section in sections(ACTIONS, SUBMENUS) for line in section.lines]
    texts = {line.text for line in shown}
    assert {row.text.replace("&", "").rstrip("…") for row in ACTIONS if row.shortcut} <= texts
    assert all(line.keys and all(keys for keys in line.keys) for line in shown)


@pytest.mark.parametrize(
    ("text", "keys"),
    [("Ctrl+A", ("Ctrl", "A")), ("Ctrl++", ("Ctrl", "+")), ("+", ("+",)), ("?", ("?",)), ("F1", ("F1",))],
)
def test_keys_are_parted(text: str, keys: tuple[str, ...]) -> None:
    assert caps(text) == keys


def test_searching() -> None:
    those = sections(ACTIONS, SUBMENUS)
    assert [line.text for section in search(those, "ctrl+e") for line in section.lines][:1] == ["Export"]
    assert any("Select all" in found for found in lines(search(those, "SELECT all")).values())
    assert lines(search(those, "help"))["Help"] == lines(those)["Help"]
    assert search(those, "no such thing") == []


@given(st.lists(st.integers(1, 400), max_size=12), st.integers(1, 4))
def test_columns_are_filled_in_order_and_evenly(heights: list[int], columns: int) -> None:
    laid = places(heights, columns)
    assert laid == sorted(laid)
    assert all(0 <= column < columns for column, _ in laid)
    bottoms = [top + height for (_, top), height in zip(laid, heights, strict=True)]
    assert max(bottoms, default=0) <= max(sum(heights) / columns + max(heights, default=0), 0)


def test_the_key_opens_it_and_escape_closes_it(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitActive(window)
    QTest.keyClick(window, Qt.Key.Key_Question)
    sheet = window.findChild(ShortcutSheet)
    assert sheet is not None
    assert sheet.isVisible()
    assert not sheet.isModal()
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(ShortcutSheet) is None)
    window.action_set["help.shortcuts"].trigger()
    window.action_set["help.shortcuts"].trigger()
    qtbot.waitUntil(lambda: window.findChild(ShortcutSheet) is None)


def test_typing_finds_and_says_when_it_does_not(qtbot: QtBot, window: MainWindow) -> None:
    window.action_set["help.shortcuts"].trigger()
    sheet = window.findChild(ShortcutSheet)
    assert sheet is not None
    QTest.keyClicks(sheet.field, "ctrl+e")
    assert "Export" in [line.text for view in sheet.columns.views() for line in view.section.lines]
    QTest.keyClicks(sheet.field, "xyz")
    assert sheet.columns.views() == []
    assert any(
        label.text() == "Nothing found for “ctrl+exyz”." for label in sheet.findChildren(type(sheet.columns._nothing))
    )
    for width in (500, 1_300):
        sheet.resize(width, 600)
