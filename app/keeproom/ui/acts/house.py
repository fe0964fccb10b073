"""The library as a whole, and the program itself."""

from __future__ import annotations

import platform
from pathlib import Path
from typing import TYPE_CHECKING

import PySide6
from PySide6.QtWidgets import QFileDialog

import keeproom
from keeproom.ui.texts import tr
from keeproom.ui.window.dialogs import TextDialog

if TYPE_CHECKING:
    from keeproom.ui.window.main import MainWindow


def open_library(window: MainWindow) -> None:
    """Ask for the folder of another library, or for an empty one in which to make it."""
    dialog = QFileDialog(window, tr("Open library"))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, tr("Open"))
    dialog.filesSelected.connect(lambda names: window.open_folder(Path(names[0])))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def quit_keeproom(window: MainWindow) -> None:
    window.close()


def about(window: MainWindow) -> None:
    TextDialog(tr("About Keeproom"), f"Keeproom {keeproom.__version__}", about_text(window.folder), window).show()


def about_text(folder: Path | None) -> str:
    """Versions and licences, as one would copy them into a report."""
    lines = [
        tr("A room where photos, videos and sounds are kept for good."),
        "",
        f"Python {platform.python_version()} · Qt {PySide6.__version__} · {platform.platform()}",
        tr("Library: {folder}").format(folder=folder) if folder else "",
        "",
        tr("Keeproom is free software under the GNU General Public License, version 3 or later."),
        tr("Icons: Lucide, under the ISC licence, with parts from Feather under the MIT licence."),
    ]
    return "\n".join(lines)


def show_shortcuts(window: MainWindow) -> None:
    """Open the sheet of all shortcuts, or close it if it is open."""
    from keeproom.ui.actions.table import ACTIONS, SUBMENUS
    from keeproom.ui.sheet.contents import sections
    from keeproom.ui.sheet.dialog import ShortcutSheet

    sheet = window.findChild(ShortcutSheet)
    if sheet is not None:
        sheet.close()
    else:
        ShortcutSheet(sections(ACTIONS, SUBMENUS), window).show()


def go_to_message(window: MainWindow) -> None:
    """Bring the error that is told into focus; once it is, or where there is none, the newest notice."""
    bar = window.error_bar
    if not bar.isHidden() and not bar.has_focus():
        bar.focus()
    else:
        window.notices.focus()


def write_report(window: MainWindow) -> None:
    """Write down what the program did lately, for someone who looks for a fault."""
    window.background.run(_dump, lambda path: _on_written(window, path), window.tell_error)


def _dump() -> Path:
    from keeproom.library import recorder

    return recorder.dump("asked for by a person")


def _on_written(window: MainWindow, path: Path) -> None:
    window.notices.tell(tr("The report is in {path}.").format(path=path))
