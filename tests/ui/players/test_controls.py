"""The bar that steers what plays."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from keeproom.model import Preview, PreviewFrame
from keeproom.settings import Settings
from keeproom.ui.players.animation import Animation
from keeproom.ui.players.controls import Controls, SeekBar, told
from keeproom.ui.theme.appearance import Appearance
from keeproom.ui.window.main import MainWindow

TEN_HOURS_MS = 36_000_000


def animation(window: MainWindow, *durations: int) -> Animation:
    """Frames of one pixel, each with another grey."""
    frames = [
        PreviewFrame(Preview(1, 1, False, bytes([grey, grey, grey, 255]), 1, 1), duration)
        for grey, duration in enumerate(durations)
    ]
    return Animation(frames, window)


@pytest.fixture
def bar(qtbot: QtBot, appearance: Appearance) -> SeekBar:
    seek_bar = SeekBar()
    qtbot.addWidget(seek_bar)
    seek_bar.resize(814, 20)
    seek_bar.follow(0, TEN_HOURS_MS)
    return seek_bar


@pytest.fixture
def controls(window: MainWindow) -> Controls:
    return Controls(window.action_set, window.settings, window)


def test_every_millisecond_of_ten_hours_can_be_reached(bar: SeekBar) -> None:
    sought: list[int] = []
    bar.sought.connect(sought.append)
    bar.setSliderPosition(TEN_HOURS_MS - 1)
    bar.setSliderPosition(17_999_999)
    assert sought == [TEN_HOURS_MS - 1, 17_999_999]
    assert bar.time_at(0) == 0
    assert bar.time_at(407) == pytest.approx(TEN_HOURS_MS / 2, rel=1e-3)
    assert bar.time_at(5_000) == TEN_HOURS_MS


def test_a_click_goes_there_at_once(bar: SeekBar) -> None:
    sought: list[int] = []
    bar.sought.connect(sought.append)
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(207, 10))
    assert sought == [pytest.approx(TEN_HOURS_MS / 4, rel=1e-2)]
    assert "2:30:" in bar.accessibleDescription()


def test_following_seeks_nothing_and_leaves_a_held_handle_alone(bar: SeekBar, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(bar.sought):
        bar.follow(5_000, TEN_HOURS_MS)
    assert bar.value() == 5_000
    QTest.mousePress(bar, Qt.MouseButton.LeftButton, pos=QPoint(407, 10))
    bar.follow(6_000, TEN_HOURS_MS)
    assert bar.value() == bar.time_at(407)


def test_keys_seek_by_seconds(bar: SeekBar) -> None:
    QTest.keyClick(bar, Qt.Key.Key_Right)
    assert bar.value() == 5_000
    QTest.keyClick(bar, Qt.Key.Key_PageUp)
    assert bar.value() == 35_000


@pytest.mark.parametrize(
    ("time_ms", "whole_ms", "text"),
    [
        (0, 0, "0.0 s"),
        (1_449, 5_000, "1.4 s"),
        (31_000, 60_000, "0:31"),
        (TEN_HOURS_MS - 1_000, TEN_HOURS_MS, "9:59:59"),
    ],
)
def test_times_as_they_are_told(time_ms: int, whole_ms: int, text: str) -> None:
    assert told(time_ms, whole_ms) == text


def test_an_animation_is_steered(controls: Controls, window: MainWindow, qtbot: QtBot) -> None:
    playback = animation(window, 20, 30, 50)
    frames: list[QImage] = []
    playback.framed.connect(frames.append)
    controls.steer(playback)
    assert playback.duration_ms == 100
    playback.play()
    qtbot.waitUntil(lambda: len(frames) >= 5)
    controls.skip(-1_000)
    playback.pause()
    playback.seek(60)
    assert playback.position_ms == 50
    assert controls.seek_bar.value() == 50
    playback.step(1)
    assert playback.position_ms == 0
    playback.step(-1)
    assert playback.position_ms == 50


def test_without_loop_it_ends(controls: Controls, window: MainWindow, qtbot: QtBot) -> None:
    playback = animation(window, 5, 5)
    controls.steer(playback)
    assert controls.loops(), "an animation begins again by itself"
    controls.set_loop(on=False)
    playback.play()
    qtbot.waitUntil(lambda: not playback.is_playing)
    assert playback.position_ms == 5
    playback.play()
    assert playback.position_ms == 0


def test_loudness_and_loop_are_kept(controls: Controls, window: MainWindow) -> None:
    controls._volume.setValue(35)
    controls.set_muted(muted=True)
    controls.set_loop(on=True)
    kept = Settings(window.settings._file)
    assert (kept.number("viewer.volume"), kept.flag("viewer.muted"), kept.flag("viewer.loop")) == (35, True, True)
    controls._volume.setValue(40)
    assert not controls.is_muted(), "who makes it louder wants to hear it"


def test_speed_goes_up_and_down_its_list(controls: Controls, window: MainWindow) -> None:
    playback = animation(window, 20, 30)
    controls.steer(playback)
    controls.change_rate(99)
    assert controls._speed.text() == "4×"
    controls.change_rate(-99)
    assert controls._speed.text() == "0.25×"
    controls.steer(animation(window, 20, 30))
    assert controls._speed.text() == "1×"
