from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QColor, QCursor, QDrag, QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from keeproom.ui.copies import items_of
from keeproom.ui.dragging import Thumbnail, begin_drag, drag_picture
from keeproom.ui.theme.palette import LIGHT
from keeproom.ui.transfers import Transfer, Transfers
from keeproom.ui.window.main import MainWindow
from tests.ui.acts.test_items import choose, spoil, told


class Hand:
    """The mouse button, and the drags that were begun: a real drag takes the mouse of a real screen (see
    test_real_drag)."""

    def __init__(self) -> None:
        self.held = True
        self.drags: list[list[Path]] = []

    def buttons(self) -> Qt.MouseButton:
        return Qt.MouseButton.LeftButton if self.held else Qt.MouseButton.NoButton

    def take(self, drag: QDrag, actions: Qt.DropAction) -> Qt.DropAction:
        assert actions == Qt.DropAction.CopyAction
        assert not drag.pixmap().isNull()
        assert drag.hotSpot() != QPoint()
        mime: QMimeData = drag.mimeData()
        self.drags.append([Path(url.toLocalFile()) for url in mime.urls()])
        assert all(path.is_file() for path in self.drags[-1])
        return Qt.DropAction.CopyAction


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Hand:
    hand = Hand()
    monkeypatch.setattr(QGuiApplication, "mouseButtons", hand.buttons)
    monkeypatch.setattr(QDrag, "exec", lambda drag, actions: hand.take(drag, actions))
    return hand


def test_nothing_is_dragged_before_it_is_whole(
    qtbot: QtBot, filled: MainWindow, hand: Hand, originals: list[Path]
) -> None:
    choose(filled, 0, 1)
    begin_drag(filled)
    assert hand.drags == []
    qtbot.waitUntil(lambda: len(hand.drags) == 1)
    assert [path.name for path in hand.drags[0]] == ["Rome 1.jpg", "Rome 2.jpg"]
    assert hand.drags[0][0].read_bytes() == originals[0].read_bytes()
    assert told(filled) == []


def test_a_hand_that_was_faster_drags_again(qtbot: QtBot, filled: MainWindow, hand: Hand) -> None:
    hand.held = False
    choose(filled, 0, 1)
    begin_drag(filled)
    begin_drag(filled)  # once more while they are made: not twice
    qtbot.waitUntil(lambda: told(filled) == ["2 items are ready. Drag them once more."])
    assert hand.drags == []
    hand.held = True
    begin_drag(filled)
    assert len(hand.drags) == 1
    choose(filled, 2)
    begin_drag(filled)
    qtbot.waitUntil(lambda: len(hand.drags) == 2)
    assert [path.name for path in hand.drags[1]] == ["Rome 3.jpg"]


def test_what_cannot_be_read_is_told_and_the_rest_dragged(qtbot: QtBot, filled: MainWindow, hand: Hand) -> None:
    spoil(filled, 0)
    choose(filled, 0, 1)
    begin_drag(filled)
    qtbot.waitUntil(lambda: len(hand.drags) == 1)
    assert [path.name for path in hand.drags[0]] == ["Rome 2.jpg"]
    assert told(filled) == ["1 item could not be read."]


def test_nothing_chosen_drags_nothing(filled: MainWindow, hand: Hand) -> None:
    choose(filled)
    begin_drag(filled)
    assert hand.drags == []
    assert told(filled) == []


@pytest.mark.parametrize(("count", "wide"), [(1, False), (2, True), (12_418, True)])
def test_the_picture_at_the_pointer(filled: MainWindow, tmp_path: Path, count: int, wide: bool) -> None:
    image = QImage(200, 100, QImage.Format.Format_RGB32)
    image.fill(QColor("#C04020"))
    image.save(str(tmp_path / "a.jpg"))
    (tmp_path / "broken.jpg").write_bytes(b"x")
    picture = drag_picture(
        [Thumbnail(tmp_path / "a.jpg"), Thumbnail(tmp_path / "broken.jpg", 1)], count, LIGHT, 2.0
    ).toImage()
    assert picture.pixelColor(40, 100).red() > 150
    assert (picture.pixelColor(178, 24).blue() > 150) is wide


def test_what_reaches_the_sidebar_first_needs_no_copies(
    qtbot: QtBot, filled: MainWindow, hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pile of large files is put into a collection without waiting for copies of them."""
    sidebar = filled.sidebar.viewport()
    monkeypatch.setattr(QCursor, "pos", lambda: sidebar.mapToGlobal(sidebar.rect().center()))
    inside: list[list[int]] = []
    monkeypatch.setattr(QDrag, "exec", lambda drag, _actions: inside.append(items_of(drag.mimeData())))
    monkeypatch.setattr("keeproom.ui.copies.make_copies", lambda _library, _ids, transfer, **_how: _wait(transfer))
    choose(filled, 0, 1)
    begin_drag(filled)
    chosen = filled.chosen_ids()
    qtbot.waitUntil(lambda: len(inside) == 1)
    assert inside == [chosen]
    qtbot.waitUntil(lambda: Transfers.of(filled).count == 0)
    assert told(filled) == []
    assert hand.drags == []


def _wait(transfer: Transfer) -> None:
    while True:
        transfer.control.check()


def test_more_than_other_programs_are_given_is_dragged_inside(
    filled: MainWindow, hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("keeproom.ui.dragging.MOST_ITEMS", 2)
    monkeypatch.setattr("keeproom.ui.copies.MOST_ITEMS", 2)
    dropped = [Qt.DropAction.CopyAction, Qt.DropAction.IgnoreAction]
    monkeypatch.setattr(QDrag, "exec", lambda _drag, _actions: dropped.pop(0))
    choose(filled, 0, 1, 2)
    begin_drag(filled)
    assert told(filled) == []
    begin_drag(filled)
    assert len(told(filled)) == 1
    assert told(filled)[0].startswith("No more than 2 items")
    assert hand.drags == []
