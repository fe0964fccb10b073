"""The few sizes of type, from the system's own font: base, page title, section, small."""

from __future__ import annotations

from PySide6.QtGui import QFont

BASE_PX = 13
TITLE_PX = 18
SECTION_PX = 11


def _sized(base: QFont, px: int) -> QFont:
    font = QFont(base)
    if base.pointSizeF() > 0:
        font.setPointSizeF(base.pointSizeF() * px / BASE_PX)
    else:
        font.setPixelSize(base.pixelSize() * px // BASE_PX)
    return font


def title_font(base: QFont) -> QFont:
    font = _sized(base, TITLE_PX)
    font.setWeight(QFont.Weight.DemiBold)
    return font


def section_font(base: QFont) -> QFont:
    font = _sized(base, SECTION_PX)
    font.setWeight(QFont.Weight.DemiBold)
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.5)
    return font


def tabular(base: QFont) -> QFont:
    """Digits of one width, so that numbers that change do not wobble."""
    font = QFont(base)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
