"""Exporting the chosen items to a folder, and saying what of them could not be read."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from keeproom.ui.texts import plural, printable, tr
from keeproom.ui.window.dialogs import TextDialog
from keeproom.ui.window.notices import Offer

if TYPE_CHECKING:
    from keeproom.model import Exported
    from keeproom.ui.transfers import Transfer
    from keeproom.ui.window.main import MainWindow
    from keeproom.ui.window.room import Room


def export_chosen(window: MainWindow) -> None:
    """Ask for a folder, and write the chosen items into it."""
    export_items(window, window.chosen_ids())


def export_items(window: MainWindow, ids: Sequence[int]) -> None:
    dialog = QFileDialog(window, plural(len(ids), "Export %n item to a folder", "Export %n items to a folder"))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, tr("Export"))
    dialog.filesSelected.connect(lambda names: export_to(window, ids, Path(names[0])))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def export_to(window: MainWindow, ids: Sequence[int], folder: Path) -> None:
    """Write items into a folder, in a thread; a notice tells what came of it."""
    from keeproom.ui.transfers import Transfers

    room = window.room
    if room is not None and ids:
        text = tr("Exporting to {folder}").format(folder=shown_path(folder))
        done = partial(_on_exported, window, folder)
        Transfers.of(window).start(text, lambda transfer: _export(room, ids, folder, transfer), done)


def _export(room: Room, ids: Sequence[int], folder: Path, transfer: Transfer) -> list[Exported]:
    from keeproom.library.exporting import export_assets, total_bytes

    reports: list[Exported] = []
    transfer.total_bytes = total_bytes(room.library, ids)
    export_assets(
        room.library, ids, folder, control=transfer.control, on_report=reports.append, on_progress=transfer.advance
    )
    return reports


def _on_exported(window: MainWindow, folder: Path, reports: Sequence[Exported]) -> None:
    from keeproom.ui.programs.starting import open_file

    failed = [report for report in reports if report.path is None]
    written = len(reports) - len(failed)
    if not written:
        tell_failures(window, reports)
        return
    words = plural(written, "%n item exported to {folder}.", "%n items exported to {folder}.")
    words = words.format(folder=shown_path(folder))
    offers = [Offer("Open folder", lambda: _open_folder(window, open_file(folder), folder))]
    if failed:
        words = f"{words} {plural(len(failed), '%n could not be written.', '%n could not be written.')}"
        offers.append(details_of(window, failed))
    window.notices.tell(words, *offers)


def _open_folder(window: MainWindow, opened: bool, folder: Path) -> None:
    if not opened:
        text = tr("No file manager could be started to show {folder}.")
        window.error_bar.tell(text.format(folder=shown_path(folder)))


def tell_failures(window: MainWindow, reports: Sequence[Exported]) -> None:
    """Nothing came of it: say why, at once for one item and on demand for many."""
    failed = [report for report in reports if report.reason is not None]
    if len(failed) == 1 and failed[0].reason is not None:
        window.error_bar.tell(failed[0].reason.message)
    elif failed:
        words = plural(len(failed), "%n item could not be read.", "%n items could not be read.")
        window.error_bar.tell(words, details_of(window, failed))


def details_of(window: MainWindow, failed: Sequence[Exported]) -> Offer:
    """An offer to list what failed, and why."""
    names = {cell.id: cell.name for cell in window.chosen_cells()}
    lines = [f"{names.get(report.asset, report.asset)}: {report.reason.message}" for report in failed if report.reason]
    text = "\n".join(lines)
    title = tr("Not exported")
    return Offer("Details", lambda: TextDialog(title, tr("These could not be read"), text, window).show())


def shown_path(path: Path) -> str:
    """A path as text; bytes that are no UTF-8 are shown as replaced."""
    return printable(str(path))
