"""What is done with items: opening elsewhere, copying, taking out."""

from __future__ import annotations

from keeproom.ui.actions.rows import Action, Submenu

ROWS: tuple[Action, ...] = ()

SUBMENUS: tuple[Submenu, ...] = ()
