"""Light, dark, or as the system has it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from keeproom.ui.theme.palette import DARK, LIGHT, palette_of
from keeproom.ui.theme.style import KeeproomStyle

BASE_POINTS = 10.0


def _enlarge_small_print(application: QApplication) -> None:
    font = application.font()
    font.setPointSizeF(max(BASE_POINTS, font.pointSizeF()))
    application.setFont(font)


class Appearance(QObject):
    """Gives the application its style, and the palette that a person chose: `system`, `light` or `dark`.

    `QStyleHints.setColorScheme` does nothing on bare X11 and offscreen, therefore palettes of our own.
    """

    def __init__(self, application: QApplication, choice: str) -> None:
        super().__init__(application)
        self._application = application
        self._choice = choice
        application.setStyle(KeeproomStyle())
        _enlarge_small_print(application)
        application.styleHints().colorSchemeChanged.connect(self._apply)
        self._apply()

    @property
    def choice(self) -> str:
        return self._choice

    def choose(self, choice: str) -> None:
        self._choice = choice
        self._apply()

    def is_dark(self) -> bool:
        if self._choice == "system":
            return self._application.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return self._choice == "dark"

    def _apply(self) -> None:
        self._application.setPalette(palette_of(DARK if self.is_dark() else LIGHT))
