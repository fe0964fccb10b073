"""Bringing files in, and steering the work on them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from keeproom.ui.acts import inspecting, reviewing
from keeproom.ui.browse.places import PROBLEMS
from keeproom.ui.texts import tr
from keeproom.ui.window.dialogs import TextDialog
from keeproom.ui.window.errortext import error_report

if TYPE_CHECKING:
    from keeproom.model import AssetDetails
    from keeproom.ui.window.main import MainWindow
    from keeproom.ui.window.room import Room


def import_files(window: MainWindow) -> None:
    """Ask for files; any kind, for what is media is told by content and not by a name."""
    dialog = QFileDialog(window, tr("Import files"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    _open(window, dialog)


def import_folder(window: MainWindow) -> None:
    dialog = QFileDialog(window, tr("Import folder"))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    _open(window, dialog)


def _open(window: MainWindow, dialog: QFileDialog) -> None:
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, tr("Import"))
    dialog.filesSelected.connect(lambda names: window.import_paths([Path(name) for name in names]))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def pause_or_resume(window: MainWindow) -> None:
    session = window.session()
    if session is not None:
        goes_on = session.paused or session.waits_for_space
        (session.resume if goes_on else session.pause)()


def cancel_import(window: MainWindow) -> None:
    """End the import that is shown on its page, else every one, or else what removes originals; what was finished
    stays."""
    session = window.session()
    if session is None:
        return
    if window.activity.importing:
        session.cancel_import(reviewing.entry_under_way(window))
    else:
        window.activity.cancel_removal()


def retry_selected(window: MainWindow) -> None:
    """Do what failed for the selected items once more."""
    inspecting.retry(window, window.front.chosen_array())


def show_problems(window: MainWindow) -> None:
    """Every item that has a problem, in the grid."""
    window.show_panel("library")
    window.shelf.go(PROBLEMS)


def show_error(window: MainWindow) -> None:
    """Tell what went wrong with the current item, or with the first selected one that has a problem."""
    room, asset = window.room, _in_trouble(window)
    if room is not None and asset is not None:
        room.run(lambda: _details(room, asset), lambda details: _show(window, details))


def _in_trouble(window: MainWindow) -> int | None:
    from keeproom.ui.status import IN_TROUBLE

    return next((cell.id for cell in window.chosen_cells() if cell.status in IN_TROUBLE), None)


def _details(room: Room, asset: int) -> AssetDetails:
    from keeproom.library.showing import show_asset

    return show_asset(room.library, asset)


def _show(window: MainWindow, details: AssetDetails) -> None:
    headline, report = error_report(details)
    TextDialog(details.asset.name, headline, report, window).show()
