"""Looking at single items: the viewer, comparing, playing."""

from __future__ import annotations

from keeproom.ui.actions.rows import Action, Submenu

ROWS: tuple[Action, ...] = ()

SUBMENUS: tuple[Submenu, ...] = ()
