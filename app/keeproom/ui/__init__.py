"""The window: what is seen and clicked. Two commands begin here: `open` and `shot`.

Whoever reads this file for its table of commands imports no Qt.
"""

from __future__ import annotations

from keeproom.commands import Command

COMMANDS: tuple[Command, ...] = (
    Command("open", "open the window, and import what is named", "keeproom.ui.open"),
    Command("shot", "render a panel of the window to a PNG", "keeproom.ui.shot"),
)
