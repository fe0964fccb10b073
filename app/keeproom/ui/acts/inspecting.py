"""Looking at what is known of items: the inspector, properties, the folder that something came from."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from keeproom.ui.inspector.questions import assets_of
from keeproom.ui.texts import plural, tr

if TYPE_CHECKING:
    from keeproom.library.inspecting import Inspection
    from keeproom.library.summing import SelectionSummary
    from keeproom.ui.inspector.questions import Ids
    from keeproom.ui.window.main import MainWindow
    from keeproom.ui.window.room import Room


def toggle_inspector(window: MainWindow) -> None:
    window.show_inspector(not window.settings.flag("window.inspector"))


def find_details(window: MainWindow) -> None:
    """Look for a word among all details of the item that is shown."""
    window.show_inspector(True)
    if window.side.inspector is not None:
        window.side.inspector.find_details()


def show_properties(window: MainWindow) -> None:
    """Everything about what is chosen, to copy."""
    room, ids = window.room, assets_of(window.front.chosen_array())
    if room is not None and ids:
        room.run(lambda: _known(room, ids), partial(_show_properties, window))


def _known(room: Room, ids: Sequence[int]) -> Inspection | SelectionSummary:
    from keeproom.library.inspecting import inspect_asset
    from keeproom.library.summing import sum_up_assets

    return inspect_asset(room.library, ids[0]) if len(ids) == 1 else sum_up_assets(room.library, ids)


def _show_properties(window: MainWindow, known: Inspection | SelectionSummary) -> None:
    from keeproom.ui.inspector.properties import PropertiesDialog

    PropertiesDialog(known, window).show()


def retry(window: MainWindow, ids: Ids) -> None:
    """Do what failed for these once more; lines that are no assets are left alone."""
    session, assets = window.session(), assets_of(ids)
    if session is not None and assets:
        session.retry(assets)
        window.notices.tell(plural(len(assets), "Trying %n item again.", "Trying again what failed of %n items."))


def show_place(window: MainWindow, place: Path) -> None:
    """Show a file or a folder in the file manager, or the folder that it was in."""
    window.background.run(lambda: _nearest(place), partial(_show_place, window, place), window.tell_error)


def _nearest(place: Path) -> Path | None:
    return next((there for there in (place, place.parent) if there.exists()), None)


def _show_place(window: MainWindow, place: Path, there: Path | None) -> None:
    from keeproom.ui.inspector.itemwords import readable
    from keeproom.ui.programs.starting import show_in_folder

    if there is None:
        text = tr("The folder {folder} is not there any more. What came from it is safe in the library.")
        window.notices.tell(text.format(folder=readable(str(place.parent))))
        return

    def on_done(shown: bool) -> None:
        if not shown:
            window.notices.tell(tr("No file manager could be started."))

    show_in_folder(there, window, on_done)
