"""Pictures, animations and videos that a person turns while they look at them."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from keeproom.library.editing import Edit, edit_assets
from keeproom.model import Changes
from keeproom.ui.compare.panel import ComparePanel
from keeproom.ui.players.animation import Animation
from keeproom.ui.viewer.panel import ViewerPanel
from keeproom.ui.window.main import MainWindow
from tests.ui.seeing import LONG_MS, View


def sides(panel: ViewerPanel) -> tuple[int, int] | None:
    return None if panel.canvas.shown is None else panel.canvas.shown.size


def turn_right(window: MainWindow) -> None:
    """What is in sight is turned, and the window hears of it."""
    room, ids = window.room, window.chosen_ids()
    assert room is not None
    edited = edit_assets(room.library, ids, Edit(turn=1))
    room.session.changed.emit(Changes(0, changed=edited.changed))


def test_the_picture_in_sight_turns_with_its_thumbnail(qtbot: QtBot, view: View, seen: MainWindow) -> None:
    panel = view("canon_hdr_NO.jpg")
    assert sides(panel) == (1_536, 2_048)
    turn_right(seen)
    qtbot.waitUntil(lambda: sides(panel) == (2_048, 1_536), timeout=LONG_MS)
    qtbot.waitUntil(panel.is_complete, timeout=LONG_MS)
    shown, cell = panel.canvas.shown, panel.display.cell
    assert shown is not None
    assert shown.image is not None
    assert shown.image.width() > shown.image.height()
    assert cell is not None
    assert "2,048 × 1,536" in panel.canvas.accessibleDescription()
    key = panel._files.key(cell)
    assert key is not None
    image = panel._files.thumbnails.get(key)
    assert image is not None
    assert image.width() > image.height()
    seen.compare_items([cell.id, int(seen.grid.ids()[0])])
    compared = seen.front
    assert isinstance(compared, ComparePanel)
    qtbot.waitUntil(compared.is_complete, timeout=LONG_MS)
    first = compared.sides[0].canvas.shown
    assert first is not None
    assert first.size == (2_048, 1_536)
    assert any("2,048 × 1,536" in fact for fact in compared.sides[0].facts())


def test_an_animation_goes_on_while_it_is_turned(qtbot: QtBot, view: View, seen: MainWindow) -> None:
    panel = view("anim-gr.gif")
    qtbot.waitUntil(lambda: panel.playback is not None, timeout=LONG_MS)
    playback, before = panel.playback, sides(panel)
    assert isinstance(playback, Animation)
    assert before is not None
    turn_right(seen)
    qtbot.waitUntil(lambda: panel.display.cell is not None and panel.display.cell.rotation == 1, timeout=LONG_MS)
    assert sides(panel) == before[::-1]
    playback.step(1)
    assert sides(panel) == before[::-1]
    assert panel.playback is playback


def test_a_video_is_turned_before_and_while_it_plays(qtbot: QtBot, view: View, seen: MainWindow) -> None:
    panel = view("stream-of-water-audioless.webm")
    before = sides(panel)
    assert before is not None
    turn_right(seen)
    qtbot.waitUntil(lambda: sides(panel) == before[::-1], timeout=LONG_MS)
    playback = panel.playback
    assert playback is not None
    frames: list[bool] = []
    playback.framed.connect(lambda image: frames.append(image.width() > image.height()))
    playback.seek(200)
    qtbot.waitUntil(lambda: bool(frames), timeout=LONG_MS)
    assert sides(panel) == before[::-1]
    turn_right(seen)
    qtbot.waitUntil(lambda: sides(panel) == before, timeout=LONG_MS)
    assert panel.playback is playback
