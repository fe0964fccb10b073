"""Bringing files in, steering the work on them, and what became of them."""

from __future__ import annotations

from keeproom.ui.actions.rows import IMPORT_RUNS, LIBRARY, TROUBLE, WORK, Action, Menu
from keeproom.ui.acts import importing

ROWS = (
    Action(
        "import.files",
        "Import &files…",
        importing.import_files,
        Menu.FILE | Menu.IMPORT | Menu.ON_BACKGROUND,
        "Ctrl+I",
        LIBRARY,
        "file-plus",
    ),
    Action(
        "import.folder",
        "Import f&older…",
        importing.import_folder,
        Menu.FILE | Menu.IMPORT | Menu.ON_BACKGROUND,
        "Ctrl+Shift+I",
        LIBRARY,
        "folder-plus",
    ),
    Action(
        "import.pause",
        "&Pause or resume",
        importing.pause_or_resume,
        Menu.FILE | Menu.ACTIVITY,
        "Ctrl+Shift+P",
        WORK,
        "pause",
        group=1,
    ),
    Action(
        "import.cancel",
        "&Cancel import",
        importing.cancel_import,
        Menu.FILE | Menu.ACTIVITY,
        "",
        IMPORT_RUNS,
        "x",
        group=1,
    ),
    Action(
        "view.problems",
        "&Problems",
        importing.show_problems,
        Menu.VIEW | Menu.ACTIVITY,
        "",
        LIBRARY,
        "triangle-alert",
        group=3,
    ),
    Action(
        "item.retry",
        "&Retry",
        importing.retry_selected,
        Menu.ITEM | Menu.ON_ITEM | Menu.SELECTION_BAR,
        "Ctrl+Shift+R",
        TROUBLE,
        "rotate-ccw",
    ),
    Action(
        "item.error",
        "Show &problem",
        importing.show_error,
        Menu.ITEM | Menu.ON_ITEM | Menu.SELECTION_BAR,
        "Ctrl+Shift+E",
        TROUBLE,
        "triangle-alert",
    ),
)
