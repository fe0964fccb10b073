"""The inspector and properties."""

from __future__ import annotations

from keeproom.ui.actions.rows import Action

ROWS: tuple[Action, ...] = ()
