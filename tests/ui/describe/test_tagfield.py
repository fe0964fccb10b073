"""The tag field alone: by keyboard, by mouse, and with very many tags."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from keeproom.ui.describe.chips import Chip
from keeproom.ui.describe.suggesting import known_tags
from keeproom.ui.describe.tagfield import FIRST_CHIPS, MORE_CHIPS, TagField, TagOn
from keeproom.ui.theme.appearance import Appearance

KNOWN = known_tags([("places/paris", 12), ("Party", 3), ("rome", 2)])
Told = list[tuple[object, list[str]]]


@pytest.fixture(params=[True, False], ids=["inline", "floating"])
def field(qtbot: QtBot, appearance: Appearance, request: pytest.FixtureRequest) -> Iterator[TagField]:
    host = QWidget()
    host.resize(300, 500)
    shown = TagField(host, inline=request.param)
    column = QVBoxLayout(host)
    column.addWidget(shown)
    column.addStretch(1)
    qtbot.addWidget(host)
    host.show()
    qtbot.waitExposed(host)
    host.activateWindow()
    shown.show_tags("these", [TagOn("rome"), TagOn("sea", 2)])
    shown.set_known(KNOWN, ["night", "Party"])
    shown.line.setFocus()
    qtbot.waitUntil(shown.line.hasFocus)
    yield shown
    host.close()


@pytest.fixture
def added(field: TagField) -> Told:
    told: Told = []
    field.added.connect(lambda target, names: told.append((target, names)))
    return told


@pytest.fixture
def removed(field: TagField) -> Told:
    told: Told = []
    field.removed.connect(lambda target, names: told.append((target, names)))
    return told


def listed(field: TagField) -> list[str]:
    return [field.list.item(row).text() for row in range(field.list.count())] if field.list.isVisible() else []


def shown(field: TagField) -> list[str]:
    return [chip.name for chip in field.chips()]


def test_enter_takes_what_is_marked(qtbot: QtBot, field: TagField, added: Told) -> None:
    qtbot.keyClicks(field.line, "par")
    assert listed(field) == ["Party", "places/paris", "Create tag “par”"]
    qtbot.keyClick(field.line, Qt.Key.Key_Down)
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert added == [("these", ["places/paris"])]
    assert shown(field) == ["places/paris", "rome", "sea"]
    assert field.line.text() == ""


def test_a_new_tag_is_made_by_enter(qtbot: QtBot, field: TagField, added: Told) -> None:
    qtbot.keyClicks(field.line, "harbour / night")
    assert listed(field) == ["Create tag “harbour/night”"]
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert added == [("these", ["harbour/night"])]


def test_a_tag_is_found_whatever_its_case(qtbot: QtBot, field: TagField, added: Told) -> None:
    qtbot.keyClicks(field.line, "PARTY")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    qtbot.keyClicks(field.line, "ROME")
    assert listed(field) == []
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert added == [("these", ["Party"])], "rome is on all of them already"
    assert field.line.text() == ""


def test_tab_completes_and_a_level_can_be_added(qtbot: QtBot, field: TagField, added: Told) -> None:
    qtbot.keyClicks(field.line, "pari")
    qtbot.keyClick(field.line, Qt.Key.Key_Tab)
    assert field.line.text() == "places/paris"
    assert field.line.hasFocus()
    qtbot.keyClicks(field.line, "/louvre")
    qtbot.keyClick(field.line, Qt.Key.Key_Enter, Qt.KeyboardModifier.ControlModifier)
    assert added == [("these", ["places/paris/louvre"])]


def test_pasted_tags_are_parted(qtbot: QtBot, field: TagField, added: Told) -> None:
    QGuiApplication.clipboard().setText("one, two/three ,ROME, one")
    qtbot.keyClick(field.line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert added == [("these", ["one", "two/three"])]
    assert shown(field) == ["one", "rome", "two/three", "sea"]


def test_ctrl_enter_and_enter_on_nothing_finish(qtbot: QtBot, field: TagField, added: Told) -> None:
    with qtbot.waitSignal(field.finished):
        qtbot.keyClick(field.line, Qt.Key.Key_Return)
    qtbot.keyClicks(field.line, "x")
    with qtbot.waitSignal(field.finished):
        qtbot.keyClick(field.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert added == [("these", ["x"])]


def test_escape_clears_and_then_leaves(qtbot: QtBot, field: TagField) -> None:
    qtbot.keyClicks(field.line, "x")
    with qtbot.assertNotEmitted(field.left):
        qtbot.keyClick(field.line, Qt.Key.Key_Escape)
    assert field.line.text() == ""
    with qtbot.waitSignal(field.left):
        qtbot.keyClick(field.line, Qt.Key.Key_Escape)


def test_chips_are_reached_and_taken_off_by_keyboard(qtbot: QtBot, field: TagField, removed: Told, added: Told) -> None:
    qtbot.keyClick(field.line, Qt.Key.Key_Backspace)
    some = field.chips()[-1]
    assert some.hasFocus()
    assert (some.name, some.is_on_all()) == ("sea", False)
    qtbot.keyClick(some, Qt.Key.Key_Return)
    assert added == [("these", ["sea"])], "what some have is put on all"
    last = field.chips()[-1]
    qtbot.keyClick(last, Qt.Key.Key_Left)
    assert field.chips()[0].hasFocus()
    qtbot.keyClick(field.chips()[0], Qt.Key.Key_Delete)
    assert removed == [("these", ["rome"])]
    assert field.chips()[0].hasFocus(), "the next one has the keyboard"
    qtbot.keyClick(field.chips()[0], Qt.Key.Key_Right)
    assert field.line.hasFocus()


def test_a_click_on_the_cross_takes_a_tag_off(qtbot: QtBot, field: TagField, removed: Told) -> None:
    chip = field.chips()[0]
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 10, chip.height() // 2))
    assert removed == [("these", ["rome"])]
    assert shown(field) == ["sea"]


def test_tags_used_last_are_one_click_away(qtbot: QtBot, field: TagField, added: Told) -> None:
    offered = [chip.name for chip in field.recent_chips()] or listed(field)
    assert offered == ["night", "Party"]
    if field.recent_chips():
        qtbot.mouseClick(field.recent_chips()[0], Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    else:
        qtbot.keyClick(field.line, Qt.Key.Key_Down)
        qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert added == [("these", ["night"])]


def test_what_is_typed_stays_when_other_items_are_shown(qtbot: QtBot, field: TagField, added: Told) -> None:
    qtbot.keyClicks(field.line, "mar")
    field.show_tags("others", [])
    assert field.line.text() == "mar"
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert added == [("others", ["mar"])]


def test_ten_thousand_tags_are_folded(qtbot: QtBot, field: TagField) -> None:
    field.show_tags("many", [TagOn(f"tag {number:05}") for number in range(10_000)])
    assert len(field.findChildren(Chip)) < 2 * FIRST_CHIPS + 20
    assert len(field.chips()) == field.first_chips
    assert field.more.text() == f"and {10_000 - field.first_chips:,} more"
    field.more.click()
    assert len(field.chips()) == field.first_chips + MORE_CHIPS
    field.show_tags("few", [TagOn("one")])
    assert shown(field) == ["one"]


def test_a_long_or_odd_name_stays_in_its_column(qtbot: QtBot, field: TagField) -> None:
    for name in ("x" * 1_000, "<b>bold</b>", "line\nbreak", "ع" * 300, "\u200b", "\u202etxt"):
        field.show_tags(name, [TagOn(name, 3)])
        (chip,) = field.chips()
        assert chip.width() <= 210
        assert not chip.grab().isNull()
        assert chip.accessibleName()
        assert "<b>bold" not in chip.toolTip(), "names are plain text"
