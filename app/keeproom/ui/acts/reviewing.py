"""The Imports and Activity pages: going there, and what is done with an import as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QFileDialog

from keeproom.ui.acts import inspecting
from keeproom.ui.texts import plural, tr
from keeproom.ui.window.notices import Offer

if TYPE_CHECKING:
    from keeproom.library.imports import ImportItem, ImportRecord
    from keeproom.ui.imports.panel import ImportsPanel
    from keeproom.ui.imports.parts import Part
    from keeproom.ui.window.main import MainWindow
    from keeproom.ui.window.room import Room


def show_imports(window: MainWindow) -> None:
    window.show_panel("imports")


def show_activity(window: MainWindow) -> None:
    window.show_panel("activity")


def review(window: MainWindow, entry: int, part: Part | None = None) -> None:
    """The Imports page at one import, with all of its files or some of them."""
    from keeproom.ui.imports.parts import ALL

    panel = cast("ImportsPanel", window.show_panel("imports"))
    panel.show_import(entry, part or ALL)


def _shown(window: MainWindow) -> tuple[Room, ImportRecord] | None:
    """The import of the Imports page, if that is in sight."""
    from keeproom.ui.imports.panel import ImportsPanel

    panel, room = window.front, window.room
    if room is None or not isinstance(panel, ImportsPanel) or panel.record is None:
        return None
    return room, panel.record


def show_in_grid(window: MainWindow) -> None:
    """The grid with every file of the import that is shown."""
    shown = _shown(window)
    if shown is not None:
        window.show_import(shown[1].entry)


def entry_under_way(window: MainWindow) -> int | None:
    """The import that is shown, if it is not over."""
    shown = _shown(window)
    return shown[1].entry if shown is not None and shown[1].state in ("running", "paused") else None


def retry_import(window: MainWindow) -> None:
    """Do what failed for the items of the import once more, and import what was not kept."""
    shown = _shown(window)
    if shown is None:
        return
    room, record = shown

    def on_known(found: tuple[list[int], list[int]]) -> None:
        assets, items = found
        if assets:
            room.session.retry(assets)
        if items:
            room.session.retry_items(record.entry, items)
        count = len(assets) + len(items)
        window.notices.tell(plural(count, "Trying %n file again.", "Trying %n files again."))

    room.run(lambda: _failed(room, record.entry), on_known)


def _failed(room: Room, entry: int) -> tuple[list[int], list[int]]:
    """The assets of an import with a failed step, and its lines that were not kept."""
    from keeproom.library.imports import item_ids
    from keeproom.library.queue import list_failed_stages
    from keeproom.model import Outcome

    assets = dict.fromkeys(failed.asset for failed in list_failed_stages(room.library, entry))
    return list(assets), list(item_ids(room.library, entry, {Outcome.FAILED}))


def continue_import(window: MainWindow) -> None:
    """Go on with the import that is shown, which was interrupted or cancelled."""
    shown = _shown(window)
    if shown is None:
        return
    room, record = shown
    if record.waiting:
        room.session.continue_import(record.entry)
    else:
        room.run(lambda: _skipped(room, record.entry), lambda items: room.session.retry_items(record.entry, items))


def _skipped(room: Room, entry: int) -> list[int]:
    from keeproom.library.imports import item_ids
    from keeproom.model import Outcome

    return list(item_ids(room.library, entry, {Outcome.SKIPPED}))


def remove_originals(window: MainWindow) -> None:
    """Tell which originals of the import could go, and remove them if a person says so."""
    shown = _shown(window)
    if shown is not None:
        offer_removal(window, shown[1].entry)


def offer_removal(window: MainWindow, entry: int) -> None:
    from keeproom.ui.imports.removing import RemovalDialog

    if window.room is not None:
        RemovalDialog(window, window.room, entry).show()


def save_list(window: MainWindow) -> None:
    """Write what became of each listed file into a text file."""
    if _shown(window) is None:
        return
    dialog = QFileDialog(window, tr("Save list"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("txt")
    dialog.selectFile(tr("import.txt"))
    dialog.filesSelected.connect(lambda names: _save_list(window, Path(names[0])))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def _save_list(window: MainWindow, file: Path) -> None:
    from keeproom.ui.imports.panel import ImportsPanel

    panel = window.front
    if isinstance(panel, ImportsPanel):
        panel.save_lines(file)


def is_shown(line: ImportItem) -> bool:
    """Whether there is something to look at behind a line."""
    from keeproom.model import ItemState
    from keeproom.ui.imports.columns import state_of

    return line.asset is not None and state_of(line) is not ItemState.IN_TRASH


def open_line(window: MainWindow, line: ImportItem, among: Sequence[int]) -> None:
    """Show the item of a file of an import among others, or say why there is none to show."""
    if line.asset is not None and is_shown(line):
        ids = list(among) if line.asset in among else [line.asset]
        window.view_items(ids, ids.index(line.asset))
        return
    window.notices.tell(_nothing_to_show(line), *_offers(window, line))


def _nothing_to_show(line: ImportItem) -> str:
    from keeproom.ui.imports.columns import said

    words = said(line)
    why = f" {words.why}" if words.why else ""
    return f"{words.name}: {words.outcome}.{why}"


def _offers(window: MainWindow, line: ImportItem) -> list[Offer]:
    return [Offer("Show folder", lambda: inspecting.show_place(window, line.path))]


def open_log_folder(window: MainWindow) -> None:
    """Open the folder of the reports in the person's file manager."""
    from keeproom.library.recorder import RECORDER
    from keeproom.ui.programs.starting import open_file

    if RECORDER.folder is not None:
        RECORDER.folder.mkdir(parents=True, exist_ok=True)
        if not open_file(RECORDER.folder):
            window.notices.tell(tr("{folder} cannot be shown.").format(folder=RECORDER.folder))


def retry_all(window: MainWindow) -> None:
    """Do everything once more that has failed, in every import."""
    room = window.room
    if room is None:
        return

    def on_queued(steps: int) -> None:
        window.notices.tell(plural(steps, "Trying %n step again.", "Trying %n steps again."))

    room.run(lambda: _retry_all(room), on_queued)


def _retry_all(room: Room) -> int:
    from keeproom.library.queue import retry_assets

    return retry_assets(room.library)
