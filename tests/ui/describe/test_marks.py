"""Stars, dots and flags: by click and by key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from keeproom.model import Flag, Label
from keeproom.ui.describe.labels import Flags, LabelDots
from keeproom.ui.describe.shared import MIXED
from keeproom.ui.describe.stars import Stars
from keeproom.ui.theme.appearance import Appearance


@pytest.fixture
def stars(qtbot: QtBot, appearance: Appearance) -> Stars:
    shown = Stars()
    qtbot.addWidget(shown)
    shown.show()
    return shown


def told(stars: Stars) -> list[int]:
    result: list[int] = []
    stars.rated.connect(result.append)
    return result


def test_a_click_on_a_star_rates_and_on_the_last_one_takes_it_back(qtbot: QtBot, stars: Stars) -> None:
    asked = told(stars)
    qtbot.mouseClick(stars, Qt.MouseButton.LeftButton, pos=stars.place_of(4).toPoint())
    stars.show_rating(4)
    qtbot.mouseClick(stars, Qt.MouseButton.LeftButton, pos=stars.place_of(2).toPoint())
    qtbot.mouseClick(stars, Qt.MouseButton.LeftButton, pos=stars.place_of(4).toPoint())
    assert asked == [4, 2, 0]


def test_keys_rate(qtbot: QtBot, stars: Stars) -> None:
    asked = told(stars)
    stars.show_rating(4)
    for key in (Qt.Key.Key_2, Qt.Key.Key_0, Qt.Key.Key_Right, Qt.Key.Key_Left):
        qtbot.keyClick(stars, key)
    stars.show_rating(5)
    qtbot.keyClick(stars, Qt.Key.Key_Up)
    assert asked == [2, 0, 5, 3, 5]


def test_what_is_shown_is_said(stars: Stars) -> None:
    stars.show_rating(1)
    assert stars.accessibleName() == "Rating: 1 star"
    width = stars.sizeHint().width()
    stars.show_rating(MIXED)
    assert stars.accessibleName() == "Rating: mixed"
    assert stars.sizeHint().width() > width, "it is written beside the stars"
    assert not stars.grab().isNull()


def test_a_click_on_a_dot_labels_and_on_the_set_one_takes_it_back(qtbot: QtBot, appearance: Appearance) -> None:
    dots = LabelDots()
    qtbot.addWidget(dots)
    asked: list[Label | None] = []
    dots.labelled.connect(asked.append)
    dots.dots[Label.BLUE].click()
    assert dots.label() is None, "it follows the items"
    dots.show_label("blue")
    assert dots.label() is Label.BLUE
    dots.dots[Label.BLUE].click()
    dots.show_label(MIXED)
    assert dots.label() is None
    assert asked == [Label.BLUE, None]
    assert {dot.accessibleName() for dot in dots.dots.values()} >= {"Label: Red", "Label: Purple"}


def test_a_click_on_a_flag_flags_and_on_the_set_one_takes_it_back(qtbot: QtBot, appearance: Appearance) -> None:
    flags = Flags()
    qtbot.addWidget(flags)
    asked: list[Flag | None] = []
    flags.flagged.connect(asked.append)
    flags.buttons[Flag.REJECT].click()
    flags.show_flag("reject")
    assert flags.flag() is Flag.REJECT
    flags.buttons[Flag.PICK].click()
    flags.buttons[Flag.REJECT].click()
    assert asked == [Flag.REJECT, Flag.PICK, None]


def test_buttons_of_flags_tell_what_they_do(qtbot: QtBot, appearance: Appearance) -> None:
    flags = Flags()
    qtbot.addWidget(flags)
    seen = {}
    for flag in (None, "pick", "reject", MIXED):
        flags.show_flag(flag)
        seen[flag] = flags.grab().toImage()
        tips = [button.toolTip() for button in flags.buttons.values()]
        assert tips[0] == ("Picked. Remove the flag (U)" if flag == "pick" else "Pick (P)")
        assert tips[1] == ("Rejected. Remove the flag (U)" if flag == "reject" else "Reject (X)")
    assert seen[None] != seen["pick"] != seen["reject"] != seen[None]
    assert seen[MIXED] == seen[None]
    assert [button.accessibleName() for button in flags.buttons.values()] == ["Pick", "Reject"]
