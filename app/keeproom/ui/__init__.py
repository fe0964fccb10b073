"""The window: what is seen and clicked."""

from __future__ import annotations

from keeproom.commands import Command

COMMANDS: tuple[Command, ...] = (
    Command("open", "open the window, and import what is named", "keeproom.ui.open"),
    Command("shot", "draw a panel of the window into a picture", "keeproom.ui.shot"),
)
