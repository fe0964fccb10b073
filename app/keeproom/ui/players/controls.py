"""The bar below a video, a sound or an animation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QHelpEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSlider, QToolButton, QToolTip, QWidget

from keeproom.ui.fonts import tabular
from keeproom.ui.players.playback import RATES, Playback
from keeproom.ui.texts import clock, locale, tr
from keeproom.ui.widgets import CONTROL_PX, Bar, IconButton, PlainLabel

if TYPE_CHECKING:
    from keeproom.settings import Settings
    from keeproom.ui.actions.action_set import ActionSet

HEIGHT_PX = 44
VOLUME_PX = 88
SHORT_SEEK_MS, LONG_SEEK_MS = 5_000, 30_000
EXACT_MS = 10_000
"""A length below this is told in tenths of a second."""


class SeekBar(QSlider):
    """The whole length in milliseconds: also of ten hours each one can be reached. `sought` carries where to go."""

    sought = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSingleStep(SHORT_SEEK_MS)
        self.setPageStep(LONG_SEEK_MS)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(tr("Place"))
        self._is_following = False
        self.valueChanged.connect(self._on_value)

    def follow(self, position_ms: int, duration_ms: int) -> None:
        """Show where the player is, unless somebody is moving the handle."""
        self._is_following = True
        self.setRange(0, max(0, duration_ms))
        if not self.isSliderDown():
            self.setValue(position_ms)
        self._is_following = False

    def time_at(self, x: float) -> int:
        """The millisecond under a place of the widget."""
        room = max(1, self.width() - self._knob())
        return round(min(max((x - self._knob() / 2) / room, 0.0), 1.0) * self.maximum())

    def _knob(self) -> int:
        return self.style().pixelMetric(self.style().PixelMetric.PM_SliderLength, None, self)

    def _on_value(self, value: int) -> None:
        self.setAccessibleDescription(
            tr("{now} of {all}").format(now=clock(value / 1000), all=clock(self.maximum() / 1000))
        )
        if not self._is_following:
            self.sought.emit(value)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self.setSliderPosition(self.time_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self.setSliderPosition(self.time_at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            words = told(self.time_at(event.x()), self.maximum())
            QToolTip.showText(self.mapToGlobal(QPoint(event.x(), -40)), words, self)
            return True
        return super().event(event)


class Controls(Bar):
    """Steers one playback after the other. `acts` has the actions `play.…`; loudness and loop are kept in settings."""

    def __init__(self, acts: ActionSet, settings: Settings, parent: QWidget) -> None:
        super().__init__(HEIGHT_PX, Qt.Edge.TopEdge, parent)
        self._settings = settings
        self._playback: Playback | None = None
        self._rate = 1.0
        self._loops = False
        self._play_button = IconButton.of_action(acts["play.toggle"], self, small=False)
        self._steps = [IconButton.of_action(acts[name], self) for name in ("play.step_back", "play.step_forward")]
        self._loop = IconButton.of_action(acts["play.loop"], self)
        self._mute = IconButton.of_action(acts["play.mute"], self)
        self.seek_bar = SeekBar(self)
        self._now, self._all = PlainLabel("0:00", self), PlainLabel("0:00", self, "secondary")
        self._speed = self._speed_button()
        self._volume = self._volume_slider()
        self._lay_out()
        self.seek_bar.sought.connect(self._on_sought)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 1, 12, 0)
        row.setSpacing(6)
        for widget in (self._steps[0], self._play_button, self._steps[1]):
            row.addWidget(widget)
        row.addSpacing(6)
        for label in (self._now, self._all):
            label.setFont(tabular(self.font()))
        row.addWidget(self._now)
        row.addWidget(self.seek_bar, 1)
        row.addWidget(self._all)
        row.addSpacing(6)
        for last in (self._speed, self._loop, self._mute, self._volume):
            row.addWidget(last)

    def _speed_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setFixedHeight(CONTROL_PX)
        button.setMinimumWidth(52)
        button.setToolTip(tr("Speed ([ and ])"))
        button.setAccessibleName(tr("Speed"))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setText(_times(1.0))
        menu, group = QMenu(button), QActionGroup(button)
        for rate in RATES:
            entry = QAction(_times(rate), group, checkable=True, checked=rate == 1.0)
            entry.triggered.connect(lambda _=False, rate=rate: self.set_rate(rate))
            menu.addAction(entry)
        self._rates = dict(zip(RATES, group.actions(), strict=True))
        button.setMenu(menu)
        return button

    def _volume_slider(self) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal, self)
        slider.setRange(0, 100)
        slider.setPageStep(10)
        slider.setFixedWidth(VOLUME_PX)
        slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        slider.setAccessibleName(tr("Volume"))
        slider.setToolTip(tr("Volume"))
        slider.setValue(self._settings.number("viewer.volume"))
        slider.valueChanged.connect(self._on_volume)
        return slider

    @property
    def playback(self) -> Playback | None:
        return self._playback

    def steer(self, playback: Playback | None) -> None:
        """Steer this one from now on; the one before is closed."""
        before, self._playback = self._playback, playback
        if before is not None:
            before.close()
            before.deleteLater()
        self.setVisible(playback is not None)
        if playback is None:
            return
        self.set_rate(1.0)
        self._loops = playback.repeats or self._settings.flag("viewer.loop")
        playback.set_loop(on=self._loops)
        self._follow_loudness()
        playback.moved.connect(self._follow)
        playback.changed.connect(self._follow)
        self._follow()

    def set_rate(self, rate: float) -> None:
        self._rate = rate
        self._rates[rate].setChecked(True)
        self._speed.setText(_times(rate))
        if self._playback is not None:
            self._playback.set_rate(rate)

    def change_rate(self, steps: int) -> None:
        """Faster or slower by so many entries of the list."""
        index = RATES.index(self._rate) + steps
        self.set_rate(RATES[min(max(index, 0), len(RATES) - 1)])

    def loops(self) -> bool:
        return self._loops

    def set_loop(self, *, on: bool) -> None:
        """Begin again at the end; kept for the next time, but not for what repeats by itself."""
        self._loops = on
        if self._playback is not None:
            self._playback.set_loop(on=on)
        if self._playback is None or not self._playback.repeats:
            self._settings.put("viewer.loop", on)

    def is_muted(self) -> bool:
        return self._settings.flag("viewer.muted")

    def set_muted(self, *, muted: bool) -> None:
        self._settings.put("viewer.muted", muted)
        self._follow_loudness()

    def skip(self, by_ms: int) -> None:
        """Go on or back by a time."""
        if self._playback is not None and self._playback.can_seek:
            self._playback.seek(self._playback.position_ms + by_ms)

    def _on_volume(self, percent: int) -> None:
        self._settings.put("viewer.volume", percent)
        if percent and self.is_muted():
            self._settings.put("viewer.muted", False)
        self._follow_loudness()

    def _follow_loudness(self) -> None:
        self._mute.set_icon_name("volume-x" if self.is_muted() else "volume-2")
        if self._playback is not None:
            self._playback.set_volume(self._volume.value(), muted=self.is_muted())

    def _on_sought(self, position_ms: int) -> None:
        if self._playback is not None:
            self._playback.seek(position_ms)
            self._now.setText(told(position_ms, self._playback.duration_ms))

    def _follow(self) -> None:
        playback = self._playback
        if playback is None:
            return
        self._play_button.set_icon_name("pause" if playback.is_playing else "play")
        duration = playback.duration_ms
        self.seek_bar.follow(playback.position_ms, duration)
        self.seek_bar.setEnabled(playback.can_seek and duration > 0)
        tip = "" if playback.can_seek else tr("This file has no index: it can only be played from its start.")
        self.seek_bar.setToolTip(tip)
        self._now.setText(told(playback.position_ms, duration))
        self._all.setText(told(duration, duration))
        for button in self._steps:
            button.setVisible(playback.has_pictures)
        for widget in (self._mute, self._volume):
            widget.setVisible(playback.has_sound)
        self._volume.setEnabled(not playback.silence)
        self._volume.setToolTip(playback.silence or tr("Volume"))


def told(time_ms: int, whole_ms: int) -> str:
    """`0:31`, `9:59:59`; of something short in tenths: `1.4 s`."""
    if whole_ms < EXACT_MS:
        return tr("{seconds} s").format(seconds=locale().toString(time_ms / 1000, "f", 1))
    return clock(time_ms / 1000)


def _times(rate: float) -> str:
    return f"{locale().toString(rate, 'g', 3)}×"
