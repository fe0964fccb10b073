"""Searching and filtering, saved searches, and the tags as a whole."""

from __future__ import annotations

from keeproom.ui.actions.rows import LIBRARY, Action, Menu
from keeproom.ui.acts import searching, tagkeeping

ROWS: tuple[Action, ...] = (
    Action("search.find", "&Find…", searching.find, Menu.EDIT, "Ctrl+F", LIBRARY, "search", group=2),
    Action("search.filters", "Fi&lter…", searching.show_filters, Menu.EDIT, "Ctrl+Shift+L", LIBRARY, "list-filter", 2),
    Action(
        "search.judge",
        "Only &unrated and unflagged",
        searching.show_to_judge,
        Menu.EDIT,
        "Ctrl+U",
        LIBRARY,
        group=2,
        checked=searching.shows_to_judge,
    ),
    Action("search.clear", "&Clear search", searching.clear_search, Menu.EDIT, "Ctrl+Shift+Backspace", LIBRARY, "", 2),
    Action("search.save", "Sa&ve search…", searching.save_search, Menu.EDIT, "Ctrl+S", LIBRARY, "bookmark", 2),
    Action("view.tags", "Tag manag&er", tagkeeping.show_tags, Menu.VIEW, "Ctrl+Shift+T", LIBRARY, "tag", group=3),
)
