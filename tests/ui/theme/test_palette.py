from __future__ import annotations

from itertools import product

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from keeproom.ui.theme.appearance import Appearance
from keeproom.ui.theme.palette import DARK, LIGHT, PLATE, Colours, colours, palette_of

TEXTS = ("text", "secondary", "accent", "ok", "warning", "error", "version")
GROUNDS = ("window", "panel", "canvas", "base", "hover", "tint")
BADGES = ("accent", "secondary", "ok", "warning", "error")


def luminance(colour: QColor) -> float:
    """Relative luminance (WCAG 2.2)."""

    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def contrast(one: QColor, other: QColor) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_formula_is_right() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("white")) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("those", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), list(product(TEXTS, GROUNDS)))
def test_text_can_be_read(those: Colours, text: str, ground: str) -> None:
    assert contrast(getattr(those, text), getattr(those, ground)) >= 4.5


@pytest.mark.parametrize("those", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("on_highlight", "highlight"),
        ("text", "menu"),
        ("text", "button"),
        ("text", "error_fill"),
        ("error", "error_fill"),
        ("text", "warning_fill"),
        ("warning", "warning_fill"),
    ],
)
def test_text_on_its_own_ground(those: Colours, text: str, ground: str) -> None:
    assert contrast(getattr(those, text), getattr(those, ground)) >= 4.5


@pytest.mark.parametrize("those", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["window", "panel", "canvas", "base"])
def test_outlines_can_be_seen(those: Colours, ground: str) -> None:
    assert contrast(those.outline, getattr(those, ground)) >= 3


@pytest.mark.parametrize("badge", BADGES)
def test_badges_on_their_plate(badge: str) -> None:
    assert contrast(getattr(DARK, badge), PLATE) >= 7.9


def test_a_palette_leads_back_to_its_colours() -> None:
    for those in (LIGHT, DARK):
        assert colours(palette_of(those)) is those


def test_the_theme_is_switched_at_once(qapp: QApplication) -> None:
    appearance = Appearance(qapp, "light")
    assert qapp.palette().color(QPalette.ColorRole.Window) == LIGHT.window
    appearance.choose("dark")
    assert appearance.is_dark()
    assert qapp.palette().color(QPalette.ColorRole.Window) == DARK.window
    appearance.choose("system")
    assert qapp.palette().color(QPalette.ColorRole.Window) in (LIGHT.window, DARK.window)
