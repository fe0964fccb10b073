"""What a library and the program have to tell, brought to where the window shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keeproom.model import ImportSummary
from keeproom.ui.failures import Failure
from keeproom.ui.texts import tr
from keeproom.ui.window.dialogs import TextDialog
from keeproom.ui.window.notices import Offer

if TYPE_CHECKING:
    from keeproom.ui.window.main import MainWindow
    from keeproom.ui.window.room import Room
    from keeproom.workers.imports import Continued


def listen(window: MainWindow, room: Room) -> None:
    """Follow the session of an open library; its news end with it."""
    session = room.session
    room.failed.connect(window.tell_error)
    session.failed.connect(window.tell_error)
    session.import_progressed.connect(window.activity.on_import_progressed)
    session.queue_progressed.connect(window.activity.on_queue_progressed)
    session.import_finished.connect(lambda summary: _on_import_finished(window, summary))
    session.continued.connect(lambda continued: _on_continued(window, continued))


def tell_failure(window: MainWindow, failure: Failure) -> None:
    """A bug of ours: that the files are safe, and what happened for who wants to know."""
    where = f"\n\n{tr('A report is in')} {failure.report}" if failure.report else ""
    text, title = failure.details + where, tr("What went wrong")
    window.error_bar.tell(
        tr("Something went wrong inside Keeproom. Your files are safe."),
        Offer("Details", lambda: TextDialog(title, failure.summary, text, window).show()),
    )


def _on_import_finished(window: MainWindow, summary: ImportSummary) -> None:
    from keeproom.ui.imports.notice import tell_end

    window.activity.on_import_finished(summary)
    tell_end(window, summary)
    window.shelf.refresh()


def _on_continued(window: MainWindow, continued: Continued) -> None:
    from keeproom.ui.imports.notice import tell_continuing

    tell_continuing(window, continued.files, crashed=continued.unexpectedly, paused=continued.paused)
