"""The colours by role, light and dark, and the palettes made of them.

Every text colour but `disabled` reaches a contrast of 4.5:1 on window, panel, canvas, base, hover and tint (WCAG 2.2,
success criterion 1.4.3); `outline` reaches 3:1 (1.4.11). The tests compute it.

A widget asks `colours(self.palette())`, so nothing has to be told when the theme changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtGui import QColor, QPalette

TABLE: Mapping[str, tuple[str, str]] = {
    "window": ("#F3F4F6", "#202226"),
    "panel": ("#FAFBFC", "#26292E"),
    "canvas": ("#E9EBEE", "#17181B"),
    "base": ("#FFFFFF", "#1C1E22"),
    "button": ("#FFFFFF", "#2E3238"),
    "hover": ("#E1E5EA", "#33373D"),
    "menu": ("#FFFFFF", "#2E3238"),
    "text": ("#1B1F24", "#E8EAED"),
    "secondary": ("#4F5862", "#AEB5BF"),
    "disabled": ("#8C939C", "#7A818B"),
    "outline": ("#767E88", "#868E99"),
    "separator": ("#D5D9DF", "#383C42"),
    "tint": ("#D6E4FA", "#24405F"),
    "highlight": ("#1A5FC4", "#2B6CD4"),
    "on_highlight": ("#FFFFFF", "#FFFFFF"),
    "accent": ("#1A5FC4", "#82B4FF"),
    "ok": ("#1A6B35", "#74D08F"),
    "warning": ("#7A4B00", "#F0B84A"),
    "warning_fill": ("#FFF3D6", "#443716"),
    "error": ("#B0201A", "#FF948A"),
    "error_fill": ("#FBE0DD", "#4A2A28"),
    "version": ("#6A3CA5", "#C9A6FF"),
}
"""Role: (light, dark)."""


@dataclass(frozen=True, slots=True)
class Colours:
    window: QColor
    panel: QColor
    canvas: QColor
    base: QColor
    button: QColor
    hover: QColor
    menu: QColor
    text: QColor
    secondary: QColor
    disabled: QColor
    outline: QColor
    separator: QColor
    tint: QColor
    highlight: QColor
    on_highlight: QColor
    accent: QColor
    ok: QColor
    warning: QColor
    warning_fill: QColor
    error: QColor
    error_fill: QColor
    version: QColor


LIGHT = Colours(**{role: QColor(light) for role, (light, _) in TABLE.items()})
DARK = Colours(**{role: QColor(dark) for role, (_, dark) in TABLE.items()})

PLATE = QColor("#1B1C1F")
PLATE_RING = QColor("#FFFFFF")
"""Badges lie on pictures of any colour: a solid plate with a white ring, the same in both themes."""

LABELS: Mapping[str, QColor] = {
    "red": QColor("#D7352B"),
    "yellow": QColor("#E0B000"),
    "green": QColor("#2E9E4F"),
    "blue": QColor("#2F7BE5"),
    "purple": QColor("#9055D6"),
}


def colours(palette: QPalette) -> Colours:
    """The colours that belong to a palette of ours."""
    return DARK if palette.color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT


_ROLES: Mapping[QPalette.ColorRole, str] = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.AlternateBase: "panel",
    QPalette.ColorRole.Base: "base",
    QPalette.ColorRole.Button: "button",
    QPalette.ColorRole.Light: "hover",
    QPalette.ColorRole.Midlight: "hover",
    QPalette.ColorRole.Mid: "separator",
    QPalette.ColorRole.Dark: "outline",
    QPalette.ColorRole.Shadow: "outline",
    QPalette.ColorRole.ToolTipBase: "menu",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "on_highlight",
    QPalette.ColorRole.PlaceholderText: "secondary",
    QPalette.ColorRole.Highlight: "highlight",
    QPalette.ColorRole.HighlightedText: "on_highlight",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "version",
}
_DIMMED = (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText)


def palette_of(those: Colours) -> QPalette:
    """The Qt palette of these colours, for every state of a window."""
    result = QPalette()
    for role, name in _ROLES.items():
        result.setColor(role, getattr(those, name))
    for role in _DIMMED:
        result.setColor(QPalette.ColorGroup.Disabled, role, those.disabled)
    return result
