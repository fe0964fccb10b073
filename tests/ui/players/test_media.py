"""Videos and sounds, played for real, without a screen and mostly without a loudspeaker."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QAudioDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from keeproom.library.opening import Library
from keeproom.model import Kind, Status
from keeproom.ui.players.media import Media
from keeproom.ui.viewer.panel import ViewerPanel
from keeproom.ui.viewer.playing import may_play
from keeproom.ui.window.main import MainWindow
from tests.ui.helpers import make_cell
from tests.ui.seeing import LONG_MS, View


def media_of(panel: ViewerPanel) -> Media:
    playback = panel.playback
    assert isinstance(playback, Media)
    return playback


def test_a_video_shows_its_poster_until_it_is_played(qtbot: QtBot, view: View, seen: MainWindow) -> None:
    panel = view("flower.mp4")
    playback = media_of(panel)
    assert not playback.is_playing
    assert panel.display.play_button.isVisible()
    assert panel.canvas.shown is not None
    with qtbot.waitSignals([playback.framed, playback.framed], timeout=LONG_MS):
        seen.action_set["play.toggle"].trigger()
    assert playback.is_playing
    assert not panel.display.play_button.isVisible()
    assert playback.duration_ms == pytest.approx(5_055, abs=50)
    QTest.keyClick(panel.canvas, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not playback.is_playing, timeout=LONG_MS)


def test_seeking_and_single_frames(qtbot: QtBot, view: View) -> None:
    panel = view("flower.mp4")
    playback = media_of(panel)
    qtbot.waitUntil(playback._is_open, timeout=LONG_MS)
    panel.controls.seek_bar.sought.emit(2_000)
    qtbot.waitUntil(lambda: playback._frame_at_ms == pytest.approx(2_000, abs=34), timeout=LONG_MS)
    before = playback._frame_at_ms
    panel.step_frame(1)
    qtbot.waitUntil(lambda: playback._frame_at_ms == pytest.approx(before + 33.37, abs=1), timeout=LONG_MS)
    panel.step_frame(-1)
    qtbot.waitUntil(lambda: playback._frame_at_ms == pytest.approx(before, abs=1), timeout=LONG_MS)
    assert not playback.is_playing


def test_leaving_ends_it_and_gives_the_blob_back(qtbot: QtBot, view: View, seen: MainWindow) -> None:
    panel = view("flower.mp4")
    playback = media_of(panel)
    panel.toggle_playing()
    qtbot.waitSignal(playback.framed, timeout=LONG_MS).wait()
    seen.go_back()
    assert panel.playback is None
    assert playback._is_closed


def test_leaving_before_it_is_open(view: View, seen: MainWindow, qtbot: QtBot) -> None:
    panel = view("flower.mp4")
    panel.toggle_playing()
    seen.go_back()
    qtbot.wait(1)  # QTest.qWait would keep the interpreter from the threads of the player
    assert panel.playback is None


def test_a_sound_without_a_cover_has_a_large_icon_and_the_same_bar(qtbot: QtBot, view: View) -> None:
    panel = view("full.mp3")
    playback = media_of(panel)
    assert panel.display.why.text() == "full.mp3\n\nSound · 0:01"
    assert not any(button.isVisible() for _, button in panel.display.why.buttons)
    assert panel.controls.isVisible()
    panel.toggle_playing()
    qtbot.waitUntil(lambda: playback.position_ms > 0, timeout=LONG_MS)
    qtbot.waitUntil(lambda: not playback.is_playing, timeout=LONG_MS)


def test_a_sound_shows_its_cover(view: View) -> None:
    panel = view("image-jpeg.mp3")
    assert not panel.display.why.isVisible()
    assert panel.canvas.shown is not None
    media_of(panel)


def test_a_computer_without_loudspeakers_is_told_of(qtbot: QtBot, view: View) -> None:
    panel = view("full.mp3")
    playback = media_of(panel)
    playback._sound.setDevice(QAudioDevice())
    qtbot.waitUntil(playback._player.hasAudio, timeout=LONG_MS)
    panel.toggle_playing()
    assert "No sound output" in panel.display.hint.text()


def test_a_file_that_the_player_cannot_read_is_told_of(
    qtbot: QtBot, view: View, seen: MainWindow, index_of: Callable[[str], int]
) -> None:
    panel, room = view("flower.mp4"), seen.room
    assert room is not None
    gone = Media(room, make_cell(3, kind=Kind.VIDEO, sha256="0" * 64, duration_s=1.0), panel)
    with qtbot.waitSignal(gone.failed, timeout=LONG_MS) as told:
        gone.play()
    assert str(told.args[0]).startswith("It cannot be played: ")
    gone.close()
    broken = Media(room, make_cell(2, kind=Kind.VIDEO, sha256=sha_of(seen, index_of("broken.jpg"))), panel)
    with qtbot.waitSignal(broken.noted, timeout=LONG_MS) as noted:
        broken.play()
    assert noted.args == ["There are no pictures in this video that can be played."]
    broken.close()


def test_a_video_that_breaks_off_is_shown_as_far_as_it_goes(
    qtbot: QtBot, view: View, seen: MainWindow, corpus: Path, tmp_path: Path
) -> None:
    panel, room = view("flower.mp4"), seen.room
    assert room is not None
    cut = tmp_path / "cut.mp4"
    cut.write_bytes((corpus / "videos" / "flower.mp4").read_bytes()[:200_000])
    with cut.open("rb") as stream:
        sha256 = room.library.blobs.put(stream).ref.sha256
    playback = Media(room, make_cell(1, kind=Kind.VIDEO, sha256=sha256, duration_s=5.0), panel)
    frames: list[QImage] = []
    playback.framed.connect(frames.append)
    with qtbot.waitSignal(playback.failed, timeout=LONG_MS) as told:
        playback.play()
    assert "It cannot be played on from here: " in str(told.args[0])
    assert frames
    playback.close()


def ten_hours(path: Path) -> None:
    """A video of 16 × 16 pixels, a picture every ten seconds."""
    with av.open(str(path), "w", format="mp4") as container:
        stream = container.add_stream("mpeg4", rate=Fraction(1, 10))
        stream.width = stream.height = 16
        for number in range(3_600):
            frame = av.VideoFrame(16, 16, "yuv420p")
            frame.pts = number
            container.mux(stream.encode(frame))
        container.mux(stream.encode())


def test_ten_hours_are_told_and_sought_exactly(qtbot: QtBot, view: View, seen: MainWindow, tmp_path: Path) -> None:
    panel, room = view("flower.mp4"), seen.room
    assert room is not None
    ten_hours(tmp_path / "long.mp4")
    with (tmp_path / "long.mp4").open("rb") as stream:
        sha256 = room.library.blobs.put(stream).ref.sha256
    playback = Media(room, make_cell(1, kind=Kind.VIDEO, sha256=sha256), panel)
    panel.controls.steer(playback)
    qtbot.waitUntil(lambda: panel.controls.seek_bar.maximum() == 36_000_000, timeout=LONG_MS)
    panel.controls.seek_bar.setSliderPosition(35_984_321)
    qtbot.waitUntil(lambda: playback._frame_at_ms == 35_980_000, timeout=LONG_MS)
    assert playback.position_ms == 35_984_321


def sha_of(window: MainWindow, index: int) -> str:
    cell = window.grid.cell(index)
    assert cell is not None
    return cell.sha256


@pytest.mark.parametrize(
    ("facts", "may"),
    [
        ({"kind": Kind.VIDEO}, True),
        ({"kind": Kind.AUDIO, "thumbnailed": False}, True),
        ({"kind": Kind.IMAGE}, False),
        ({"kind": Kind.VIDEO, "status": Status.PROCESSING, "thumbnailed": False}, False),
        ({"kind": Kind.VIDEO, "status": Status.FAILED, "thumbnailed": False}, False),
        ({"kind": Kind.VIDEO, "status": Status.FAILED, "thumbnailed": True}, True),
        ({"kind": Kind.AUDIO, "status": Status.PROCESSING, "thumbnailed": False, "duration_s": 3.0}, True),
    ],
)
def test_only_what_a_reader_has_been_through_is_played(facts: dict[str, object], may: bool) -> None:
    assert may_play(make_cell(1, **facts)) == may


def test_the_window_starts_without_a_player() -> None:
    code = (
        "import sys; import keeproom.ui.window.main, keeproom.ui.viewer.panel, keeproom.ui.compare.panel;"
        "print('PySide6.QtMultimedia' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "False\n"


def test_a_file_cannot_make_the_player_open_another(library: Library, tmp_path: Path) -> None:
    import os

    assert os.environ["QT_FFMPEG_PROTOCOL_WHITELIST"] == "file"


def test_a_file_that_is_gone_is_of_no_account_once_it_was_left(
    qtbot: QtBot, view: View, seen: MainWindow, index_of: Callable[[str], int]
) -> None:
    room, cell = seen.room, seen.grid.cell(index_of("flower.mp4"))
    assert room is not None
    assert cell is not None
    room.library.blobs.quarantine(cell.sha256)
    playback = Media(room, cell, seen)
    told: list[str] = []
    playback.failed.connect(told.append)
    playback.close()
    playback.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    asked: list[bool] = []
    room.run(lambda: True, asked.append)
    with qtbot.captureExceptions() as raised:
        qtbot.waitUntil(lambda: bool(asked), timeout=LONG_MS)
        qtbot.wait(20)
    assert not raised
    assert not told
