"""Searching: going to the field, keeping a search under a name, the filters that have a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keeproom.ui.search.filters import TO_JUDGE

if TYPE_CHECKING:
    from keeproom.ui.window.main import MainWindow


def find(window: MainWindow) -> None:
    """Go to the search field, with all of what is in it selected."""
    window.toolbar.search.focus_all()


def clear_search(window: MainWindow) -> None:
    window.toolbar.search.clear()


def save_search(window: MainWindow) -> None:
    """Ask for a name for what is searched."""
    window.toolbar.search.ask_name()


def show_filters(window: MainWindow) -> None:
    """Open the quick filters, or close them."""
    window.toolbar.search.filter.click()


def show_to_judge(window: MainWindow) -> None:
    """Show only what is neither rated nor flagged, or everything again."""
    window.toolbar.search.toggle(TO_JUDGE)


def shows_to_judge(window: MainWindow) -> bool:
    return window.toolbar.search.holds(TO_JUDGE)


def keep(window: MainWindow, name: str, query: str) -> None:
    """Make a smart collection of a search and the place it looks in, or give the one of that name another search."""
    from keeproom.ui.acts.collecting import save_search as save
    from keeproom.ui.acts.collecting import within

    save(window, within(window.shelf.place.scope, query.strip()), name)
