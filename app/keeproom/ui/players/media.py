"""Videos and sounds, played by QtMultimedia."""

from __future__ import annotations

import logging
import os
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Q_ARG, QGenericArgumentHolder, QLoggingCategory, QMetaObject, QObject, Qt, QTimer, QUrl

from keeproom.errors import BlobError
from keeproom.model import Cell, Kind
from keeproom.ui.players.playback import Playback
from keeproom.ui.texts import tr

# Read by Qt's FFmpeg back end when it is loaded: a file that refers to another one, or to the network, is not followed.
os.environ.setdefault("QT_FFMPEG_PROTOCOL_WHITELIST", "file")

# The back end writes out what is in each file that it opens, and which libraries for sound and graphics are not here.
QLoggingCategory.setFilterRules("qt.multimedia.*.info=false\nqt.multimedia.symbolsresolver=false")

from PySide6.QtMultimedia import (  # noqa: E402  (the two settings above are read when it is loaded)
    QAudio,
    QAudioOutput,
    QMediaDevices,
    QMediaMetaData,
    QMediaPlayer,
    QVideoFrame,
    QVideoSink,
)

if TYPE_CHECKING:
    from keeproom.ui.window.room import Room

USUAL_FRAME_MS = 40.0
NO_DEVICE = "No sound output was found on this computer: it plays silently."
NO_SOUND = "There is no sound in it."
NO_PICTURES = "There are no pictures in this video that can be played."

_log = logging.getLogger(__name__)


class Media(Playback):
    """Plays one stored file, and holds its place in the store until it is closed.

    The player is told everything by way of the event loop, where the interpreter is free. A direct call keeps it, and
    waits for a lock of the player's threads; one of those may hold that lock and wait for the interpreter, for ever:
    so it was with every tenth video that was left while it played.
    """

    def __init__(self, room: Room, cell: Cell, parent: QObject) -> None:
        super().__init__(parent)
        self._known_ms = round((cell.duration_s or 0) * 1000)
        self._is_video = cell.kind == Kind.VIDEO
        self._held = ExitStack()
        self._is_closed = False
        self._plays_when_open = False
        self._frame_at_ms = -1.0
        self._latest: QVideoFrame | None = None
        self._player = QMediaPlayer(self)
        self._sink = QVideoSink(self)
        self._player.setVideoSink(self._sink)
        self._sound = QAudioOutput(self)  # also without a device: sounds would never end else
        self._player.setAudioOutput(self._sound)
        self._devices = QMediaDevices(self)
        self._converting = QTimer(self, singleShot=True, interval=0)
        self._converting.timeout.connect(self._show_frame)
        self._connect()
        room.session.run(lambda: _hold(room, cell.sha256), self._on_held, self._on_not_held)

    def _connect(self) -> None:
        self._sink.videoFrameChanged.connect(self._on_frame)
        self._player.positionChanged.connect(lambda _ms: self.moved.emit())
        for news in (
            self._player.playbackStateChanged,
            self._player.durationChanged,
            self._player.seekableChanged,
            self._player.hasAudioChanged,
            self._player.hasVideoChanged,
        ):
            news.connect(lambda _=None: self.changed.emit())
        self._player.mediaStatusChanged.connect(self._on_status)
        self._player.errorOccurred.connect(lambda _error, text: self._on_error(text))
        self._devices.audioOutputsChanged.connect(self._find_sound_output)

    @property
    def is_playing(self) -> bool:
        return self._plays_when_open or self._player.playbackState() == QMediaPlayer.PlaybackState.PlayingState

    @property
    def duration_ms(self) -> int:
        return self._player.duration() or self._known_ms

    @property
    def position_ms(self) -> int:
        return self._player.position()

    @property
    def can_seek(self) -> bool:
        return self._player.isSeekable() or not self._is_open()

    @property
    def has_pictures(self) -> bool:
        return self._is_video

    @property
    def has_sound(self) -> bool:
        return True

    @property
    def silence(self) -> str:
        if self._sound.device().isNull():
            return tr(NO_DEVICE)
        return tr(NO_SOUND) if self._is_open() and not self._player.hasAudio() else ""

    def play(self) -> None:
        if self._sound.device().isNull() and self._player.hasAudio():
            self.noted.emit(tr(NO_DEVICE))
        if self._is_open():
            self._tell("play")
        else:
            self._plays_when_open = True
            self.changed.emit()

    def pause(self) -> None:
        self._plays_when_open = False
        self._tell("pause")
        self.changed.emit()

    def seek(self, position_ms: int) -> None:
        if self._player.playbackState() == QMediaPlayer.PlaybackState.StoppedState:
            self._tell("pause")  # a stopped player shows no picture
        self._tell("setPosition", Q_ARG("qlonglong", min(max(position_ms, 0), self.duration_ms)))

    def step(self, frames: int) -> None:
        self.pause()
        length = self._frame_ms()
        here = self._frame_at_ms if self._frame_at_ms >= 0 else float(self.position_ms)
        self.seek(round(here + frames * length + length / 2) if frames > 0 else round(here - length / 2))

    def set_rate(self, rate: float) -> None:
        self._tell("setPlaybackRate", Q_ARG("double", rate))

    def set_loop(self, *, on: bool) -> None:
        self._player.setLoops(QMediaPlayer.Loops.Infinite if on else QMediaPlayer.Loops.Once)

    def set_volume(self, percent: int, *, muted: bool) -> None:
        scale = QAudio.VolumeScale
        linear = QAudio.convertVolume(percent / 100, scale.LogarithmicVolumeScale, scale.LinearVolumeScale)
        self._sound.setVolume(linear)
        self._sound.setMuted(muted)

    def close(self) -> None:
        self._is_closed = True
        self._converting.stop()
        self._tell("stop")
        self._tell("setSource", Q_ARG(QUrl, QUrl()))
        self._held.close()

    def _tell(self, slot: str, *arguments: QGenericArgumentHolder) -> None:
        QMetaObject.invokeMethod(self._player, slot, Qt.ConnectionType.QueuedConnection, *arguments)

    def _is_open(self) -> bool:
        status = QMediaPlayer.MediaStatus
        return self._player.mediaStatus() not in (status.NoMedia, status.LoadingMedia, status.InvalidMedia)

    def _frame_ms(self) -> float:
        rate = self._player.metaData().value(QMediaMetaData.Key.VideoFrameRate)
        return 1000 / rate if isinstance(rate, (int, float)) and rate > 0 else USUAL_FRAME_MS

    def _on_held(self, held: tuple[Path, ExitStack]) -> None:
        path, stack = held
        if self._is_closed:
            stack.close()
            return
        self._held = stack
        self._tell("setSource", Q_ARG(QUrl, QUrl.fromLocalFile(str(path))))

    def _on_not_held(self, error: BaseException) -> None:
        if self._is_closed:
            return
        if isinstance(error, (BlobError, OSError)):
            self._on_error(str(error))
        else:
            raise error

    def _on_status(self, status: QMediaPlayer.MediaStatus) -> None:
        if status == QMediaPlayer.MediaStatus.LoadedMedia:
            if self._is_video and not self._player.hasVideo():
                self.noted.emit(tr(NO_PICTURES))
            if self._plays_when_open:
                self._plays_when_open = False
                self.play()
        elif status == QMediaPlayer.MediaStatus.EndOfMedia and self._is_video and self._frame_at_ms < 0:
            self.noted.emit(tr(NO_PICTURES))
        self.changed.emit()

    def _on_error(self, text: str) -> None:
        self._plays_when_open = False
        _log.info("A file could not be played: %s", text)
        words = (
            tr("It cannot be played on from here: {reason}")
            if self.position_ms
            else tr("It cannot be played: {reason}")
        )
        self.failed.emit(words.format(reason=text.strip() or tr("unknown format")))
        self.changed.emit()

    def _on_frame(self, frame: QVideoFrame) -> None:
        """Only the newest frame is made a picture, when the window gets round to it."""
        if frame.isValid() and not self._is_closed:
            self._latest = frame
            if not self._converting.isActive():
                self._converting.start()

    def _show_frame(self) -> None:
        frame, self._latest = self._latest, None
        if frame is not None:
            self._frame_at_ms = frame.startTime() / 1000
            image = frame.toImage()
            if not image.isNull():
                self.framed.emit(image)

    def _find_sound_output(self) -> None:
        """Play through the computer's output, also one that is plugged in later."""
        self._sound.setDevice(QMediaDevices.defaultAudioOutput())
        self.changed.emit()


def _hold(room: Room, sha256: str) -> tuple[Path, ExitStack]:
    """The path of a blob, and what keeps it there; in a thread."""
    stack = ExitStack()
    return stack.enter_context(room.library.blobs.local_path(sha256)), stack
