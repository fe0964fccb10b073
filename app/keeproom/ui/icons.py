"""Icons: Lucide's outlines, drawn with a 1.75 px stroke in a colour of the palette.

`QIcon.fromTheme` finds nothing on a bare system, so the few that are used lie in `resources/icons`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

STROKE = "1.75"
_PACKAGE = Path(__file__).resolve().parents[1]


@lru_cache(maxsize=1)
def resources() -> Path:
    """The folder of icons and the like: inside the installed package, or beside `app` in a checkout."""
    installed = _PACKAGE / "resources"
    return installed if installed.is_dir() else _PACKAGE.parents[1] / "resources"


@lru_cache(maxsize=64)
def _outline(name: str) -> str:
    text = (resources() / "icons" / f"{name}.svg").read_text("utf-8")
    return re.sub(r'stroke-width="[^"]*"', f'stroke-width="{STROKE}"', text)


@lru_cache(maxsize=512)
def pixmap(name: str, colour: str, side: int, ratio: float) -> QPixmap:
    """The icon as a square of `side` logical pixels for a screen of this pixel ratio; only on the main thread.

    Raises:
        FileNotFoundError: there is no icon of this name.
    """
    svg = _outline(name).replace("currentColor", colour)
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
