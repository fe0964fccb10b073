"""Bindings that lose references to None end the interpreter after some thousand paints (PySide6 6.12, Python 3.11)."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot


def test_void_calls_keep_none_alive(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    before = sys.getrefcount(None)
    for _ in range(1_000):
        widget.setAcceptDrops(True)
    assert abs(sys.getrefcount(None) - before) < 100
