"""Taking items elsewhere: other programs, the clipboard, the folder they came from.

Other programs never see a stored file: they get a copy under the item's own name. All of it is made in threads.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QMenu

from keeproom.ui.acts.exporting import details_of, export_items, shown_path, tell_failures
from keeproom.ui.texts import plural, tr
from keeproom.ui.window.notices import Offer

if TYPE_CHECKING:
    from keeproom.model import Cell
    from keeproom.ui.copies import Copies
    from keeproom.ui.programs.associations import Choice
    from keeproom.ui.programs.entries import Program
    from keeproom.ui.transfers import Transfer
    from keeproom.ui.window.main import MainWindow
    from keeproom.ui.window.room import Room


# Copies for other programs


def prepare_copies(
    window: MainWindow,
    ids: Sequence[int],
    text: str,
    on_ready: Callable[[Copies], None],
    *,
    read_only: bool = False,
    on_end: Callable[[], None] = lambda: None,
) -> Transfer | None:
    """Make copies of items in a thread; then `on_ready`, if there is a copy of at least one; before it, and whatever
    comes of it, `on_end`. What is under way then; None where nothing is."""
    from keeproom.ui.copies import MOST_ITEMS, make_copies
    from keeproom.ui.transfers import Transfers

    room = window.room
    if room is None or not ids:
        on_end()
        return None
    if len(ids) > MOST_ITEMS:
        on_end()
        few = plural(MOST_ITEMS, "%n item", "%n items")
        words = tr("No more than {few} can be handed to another program at once. Export them to a folder instead.")
        window.notices.tell(words.format(few=few), Offer("Export…", partial(export_items, window, ids)))
        return None
    library = room.library

    def on_done(copies: Copies) -> None:
        if copies.paths:
            on_ready(copies)
        else:
            tell_failures(window, copies.reports)

    def job(transfer: Transfer) -> Copies:
        return make_copies(library, ids, transfer, read_only=read_only)

    return Transfers.of(window).start(text, job, on_done, on_end=on_end)


# Copying


def copy_items(window: MainWindow) -> None:
    """Put copies of the chosen items on the clipboard, as files."""
    ids = window.chosen_ids()
    text = plural(len(ids), "Copying %n item", "Copying %n items")
    prepare_copies(window, ids, text, partial(_on_copied, window))


def _on_copied(window: MainWindow, copies: Copies) -> None:
    from keeproom.ui.copies import mime_of

    QGuiApplication.clipboard().setMimeData(mime_of(copies))
    words = plural(
        len(copies.paths),
        "%n item copied. Paste it in a folder or another program.",
        "%n items copied. Paste them in a folder or another program.",
    )
    if not copies.failed:
        window.notices.tell(words)
        return
    lost = plural(len(copies.failed), "%n could not be read.", "%n could not be read.")
    window.notices.tell(f"{words} {lost}", details_of(window, copies.failed))


def copy_paths(window: MainWindow) -> None:
    """Put the paths that the chosen items came from on the clipboard, a line each."""
    room, ids = window.room, window.chosen_ids()
    if room is not None and ids:
        room.run(lambda: _path_lines(room, ids), partial(_on_paths, window))


def _path_lines(room: Room, ids: Sequence[int]) -> list[str]:
    return [shown_path(path) for path in _original_paths(room, ids)]


def _original_paths(room: Room, ids: Sequence[int]) -> list[Path]:
    from keeproom.library.exporting import original_paths

    return original_paths(room.library, ids)


def _on_paths(window: MainWindow, paths: Sequence[str]) -> None:
    if not paths:
        window.notices.tell(tr("Nothing is known of where this came from."))
        return
    QGuiApplication.clipboard().setText("\n".join(paths))
    window.notices.tell(plural(len(paths), "%n path copied.", "%n paths copied."))


def copy_image(window: MainWindow) -> None:
    """Put the picture of the chosen item on the clipboard."""
    from keeproom.ui.pictures import put_picture_on_clipboard

    cells = window.chosen_cells()
    if window.room is not None and cells:
        put_picture_on_clipboard(window, cells[0])


# Opening elsewhere


def open_outside(window: MainWindow) -> None:
    """Open a copy of the chosen item with the program that is chosen for its kind."""
    cells, ids = window.chosen_cells(), window.chosen_ids()[:1]
    if cells:
        _with_programs(window, cells[0], lambda choice: _open_with(window, ids, choice.default))


def fill_open_with(window: MainWindow, menu: QMenu) -> None:
    """The programs that open the chosen item; they are looked up in a thread, and come into the menu then."""
    menu.clear()
    cells, ids = window.chosen_cells(), window.chosen_ids()[:1]
    if not cells:
        return
    looking = menu.addAction(tr("Looking for programs…"))
    looking.setEnabled(False)
    _with_programs(window, cells[0], partial(_on_programs, window, menu, ids))


def _on_programs(window: MainWindow, menu: QMenu, ids: Sequence[int], choice: Choice) -> None:
    from shiboken6 import isValid

    if not isValid(menu):  # it was closed meanwhile, and is gone
        return
    menu.clear()
    for program in choice.programs:
        words = tr("{program} (default)") if program == choice.default else "{program}"
        action = menu.addAction(words.format(program=program.name.replace("&", "&&")))
        action.setIcon(QIcon.fromTheme(program.icon))
        action.triggered.connect(partial(_open_with, window, ids, program))
    if not choice.programs:
        action = menu.addAction(tr("The system's choice"))
        action.triggered.connect(partial(_open_with, window, ids, None))


def _with_programs(window: MainWindow, cell: Cell, on_found: Callable[[Choice], None]) -> None:
    from keeproom.ui.programs.associations import programs_for
    from keeproom.ui.programs.starting import languages, mime_names

    mimes, those = mime_names(cell.mime), languages()
    window.background.run(lambda: programs_for(mimes, those), on_found, window.tell_error)


def _open_with(window: MainWindow, ids: Sequence[int], program: Program | None) -> None:
    """Open a copy of an item, also when another one is chosen by now; without a program the system chooses one."""

    def on_ready(copies: Copies) -> None:
        _open(window, ids, program, copies.paths[0])

    prepare_copies(window, ids, tr("Preparing a copy"), on_ready, read_only=True)


def _open(window: MainWindow, ids: Sequence[int], program: Program | None, path: Path) -> None:
    from keeproom.ui.programs.starting import open_file, start_program

    opened = open_file(path) if program is None else start_program(program, path)
    if not opened:
        name = tr("A program for this kind of file") if program is None else program.name
        text = tr("{program} could not be started. Choose another one, or export the file.")
        export = Offer("Export…", partial(export_items, window, ids))
        window.error_bar.tell(text.format(program=name), export)
        return
    where = tr("your program") if program is None else program.name
    text = tr("A copy of {name} opens in {program}. To keep what you change there, save it elsewhere and import it.")
    window.notices.tell(text.format(name=path.name, program=where))


# Where it came from


def show_original(window: MainWindow) -> None:
    """Show the folder that the chosen item was imported from."""
    room, ids = window.room, window.chosen_ids()[:1]
    if room is not None and ids:
        room.run(lambda: _nearest_place(room, ids), partial(_on_place, window, ids))


def _nearest_place(room: Room, ids: Sequence[int]) -> tuple[Path, Path | None] | None:
    """The first source, and what of it can be shown: the file, its folder, or nothing any more."""
    sources = _original_paths(room, ids)
    if not sources:
        return None
    source = sources[0]
    return source, next((place for place in (source, source.parent) if place.exists()), None)


def _on_place(window: MainWindow, ids: Sequence[int], found: tuple[Path, Path | None] | None) -> None:
    from keeproom.ui.programs.starting import show_in_folder

    if found is None:
        window.notices.tell(tr("Nothing is known of where this came from."))
        return
    source, place = found
    if place is None:
        text = tr("The folder {folder} is not there any more. The file itself is safe in the library.")
        export = Offer("Export…", partial(export_items, window, ids))
        window.notices.tell(text.format(folder=shown_path(source.parent)), export)
        return

    def on_done(shown: bool) -> None:
        if not shown:
            text = tr("No file manager could be started to show {folder}.")
            window.error_bar.tell(text.format(folder=shown_path(source.parent)))
        elif place != source:
            text = tr("{name} is not in this folder any more. The file itself is safe in the library.")
            window.notices.tell(text.format(name=shown_path(Path(source.name))))

    show_in_folder(place, window, on_done)


# Coming in


def paste(window: MainWindow) -> None:
    """Import the files, or the picture, on the clipboard."""
    from keeproom.ui.window.taking import take_in

    mime: QMimeData | None = QGuiApplication.clipboard().mimeData()
    take_in(window, mime or QMimeData(), tr("There is no file and no picture on the clipboard."))
