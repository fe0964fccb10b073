"""Icons: Lucide's outlines in a colour of the palette, drawn with a 1.75 px stroke, large ones with a little more.

`QIcon.fromTheme` finds nothing on a bare system, so the few that are used lie in `resources/icons`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

STROKE_PX = 1.75
VIEW_BOX = 24
_PACKAGE = Path(__file__).resolve().parents[1]


@lru_cache(maxsize=1)
def resources() -> Path:
    """The folder of icons and the like: inside the installed package, or beside `app` in a checkout."""
    installed = _PACKAGE / "resources"
    return installed if installed.is_dir() else _PACKAGE.parents[1] / "resources"


@lru_cache(maxsize=64)
def _outline(name: str) -> str:
    return (resources() / "icons" / f"{name}.svg").read_text("utf-8")


def _stroked(outline: str, side: int) -> str:
    """The outline with the stroke that suits its size; the file's unit is a 24th of the side."""
    stroke_px = STROKE_PX if side <= VIEW_BOX else STROKE_PX * (side / VIEW_BOX) ** 0.4
    width = stroke_px * VIEW_BOX / max(side, VIEW_BOX)
    return re.sub(r'stroke-width="[^"]*"', f'stroke-width="{width:.3f}"', outline)


@lru_cache(maxsize=512)
def pixmap(name: str, colour: str, side: int, ratio: float) -> QPixmap:
    """The icon as a square of `side` logical pixels for a screen of this pixel ratio; only on the main thread.

    Raises:
        FileNotFoundError: there is no icon of this name.
    """
    svg = _stroked(_outline(name), side).replace("currentColor", colour)
    picture = QPixmap(QSize(round(side * ratio), round(side * ratio)))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(picture.rect()))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def icon(name: str, colour: QColor, disabled: QColor, on: QColor | None = None, side: int = 20) -> QIcon:
    """An icon in the colours of its states; made anew by its widget when the palette changes."""
    result = QIcon()
    for ratio in (1.0, 2.0):
        result.addPixmap(pixmap(name, colour.name(), side, ratio))
        result.addPixmap(pixmap(name, disabled.name(), side, ratio), QIcon.Mode.Disabled)
        if on is not None:
            result.addPixmap(pixmap(name, on.name(), side, ratio), QIcon.Mode.Normal, QIcon.State.On)
    return result
