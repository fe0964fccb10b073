"""Bars that lie on the picture in full screen and go away while the mouse rests."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPropertyAnimation, Qt, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QGraphicsOpacityEffect, QStyle, QWidget

REST_MS = 2_000
FADE_MS = 120


class Fading(QObject):
    """While it is on: the bars are gone 2 s after the mouse last moved over the panel, unless it rests on one of them
    or one of them has the keyboard; and the mouse's arrow with them."""

    def __init__(self, panel: QWidget, bars: Sequence[QWidget]) -> None:
        super().__init__(panel)
        self._panel = panel
        self._bars = bars
        self._on = False
        self._are_gone = False
        self._fades = [_fade(bar) for bar in bars]
        self._timer = QTimer(self, singleShot=True, interval=REST_MS)
        self._timer.timeout.connect(self._hide)

    @property
    def are_gone(self) -> bool:
        return self._are_gone

    def turn(self, *, on: bool) -> None:
        application = QCoreApplication.instance()
        if on != self._on and application is not None:
            (application.installEventFilter if on else application.removeEventFilter)(self)
        self._on = on
        self.show()

    def show(self) -> None:
        """Bring the bars back, for another while."""
        if self._are_gone:
            self._are_gone = False
            self._panel.unsetCursor()
            for fade in self._fades:
                _run(fade, 1.0)
        if self._on:
            self._timer.start()
        else:
            self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Of all that happens in the application, while it is on."""
        if self._on and event.type() in (QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.FocusIn):
            self.show()
        return False

    def _hide(self) -> None:
        if not self._on or self._are_gone:
            return
        if any(bar.isVisible() and (bar.underMouse() or _has_keyboard(bar)) for bar in self._bars):
            self._timer.start()
            return
        self._are_gone = True
        self._panel.setCursor(QCursor(Qt.CursorShape.BlankCursor))
        for fade in self._fades:
            _run(fade, 0.0)


def _has_keyboard(bar: QWidget) -> bool:
    focus = bar.window().focusWidget()
    return focus is not None and bar.isAncestorOf(focus)


def _fade(bar: QWidget) -> QPropertyAnimation:
    effect = QGraphicsOpacityEffect(bar, opacity=1.0)
    effect.setEnabled(False)  # painted through an image of its own while it is on
    bar.setGraphicsEffect(effect)
    fade = QPropertyAnimation(effect, b"opacity", bar)
    fade.finished.connect(lambda: _rest(effect))
    return fade


def _run(fade: QPropertyAnimation, opacity: float) -> None:
    effect = fade.targetObject()
    assert isinstance(effect, QGraphicsOpacityEffect)
    bar = fade.parent()
    assert isinstance(bar, QWidget)
    effect.setEnabled(True)
    bar.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, opacity == 0)
    fade.stop()
    fade.setStartValue(effect.opacity())
    fade.setEndValue(opacity)
    animates = bar.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, bar) > 0
    fade.setDuration(FADE_MS if animates else 0)
    fade.start()


def _rest(effect: QGraphicsOpacityEffect) -> None:
    """What is wholly there is painted as ever."""
    effect.setEnabled(effect.opacity() < 1)
