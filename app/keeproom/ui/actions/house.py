"""The library as a whole, the program itself, and the way back."""

from __future__ import annotations

from keeproom.ui.actions.rows import Action, Menu
from keeproom.ui.acts import house, looking

ROWS = (
    Action("library.open", "Open &library…", house.open_library, Menu.FILE, "Ctrl+O", icon="folder-open", group=2),
    Action("keeproom.quit", "&Quit", house.quit_keeproom, Menu.FILE, "Ctrl+Q", group=3),
    Action(
        "view.back", "Bac&k", looking.go_back, Menu.VIEW, "Alt+Left", lambda now: now.can_go_back, "arrow-left", group=3
    ),
    Action("view.notice", "&Go to message", house.go_to_message, Menu.VIEW, "F6", lambda now: now.notices > 0, group=5),
)
