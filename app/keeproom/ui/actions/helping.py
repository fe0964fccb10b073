"""Help, and the program about itself."""

from __future__ import annotations

from keeproom.ui.actions.rows import Action, Menu
from keeproom.ui.acts import house

ROWS = (
    Action("help.shortcuts", "&Keyboard and mouse", house.show_shortcuts, Menu.HELP, "? F1", icon="keyboard"),
    Action("help.report", "&Write a report of what happened", house.write_report, Menu.HELP, group=1),
    Action("help.about", "&About Keeproom", house.about, Menu.HELP, icon="info", group=2),
)
