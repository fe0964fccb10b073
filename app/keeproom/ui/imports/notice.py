"""What is told of imports outside of their page: that one has ended, and that some go on from last time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keeproom.model import ImportSummary
from keeproom.ui.acts import reviewing
from keeproom.ui.texts import plural, tr
from keeproom.ui.window.activity import summary_words
from keeproom.ui.window.notices import Notice, Offer

if TYPE_CHECKING:
    from keeproom.ui.window.main import MainWindow


def tell_end(window: MainWindow, summary: ImportSummary) -> Notice:
    """`18,072 added, 1,902 already here, 3 problems, 23 skipped.` with what can be done now."""
    return window.notices.tell(summary_words(summary), *_offers(window, summary))


def _offers(window: MainWindow, summary: ImportSummary) -> list[Offer]:
    entry = summary.entry
    if entry is None:
        return []
    offers = []
    if summary.duplicates or summary.failed or summary.skipped or summary.stages_failed:
        offers.append(Offer("Review", lambda: reviewing.review(window, entry)))
    if summary.imported or summary.duplicates:
        offers.append(Offer("Remove originals…", lambda: reviewing.offer_removal(window, entry)))
    if summary.imported:
        offers.append(Offer("Show", lambda: window.show_import(entry)))
    return offers


def tell_continuing(window: MainWindow, files: int, *, crashed: bool = False, paused: bool = False) -> Notice:
    """`431 files continue now.`, and why, where the program did not end as it should; or that they wait."""
    words = plural(files, "%n file continues now.", "%n files continue now.")
    if paused:
        words = plural(files, "%n file waits: work is paused.", "%n files wait: work is paused.")
    if crashed:
        safe = tr("Keeproom stopped unexpectedly last time. Everything imported is safe; {files}")
        words = safe.format(files=words)
    return window.notices.tell(words, Offer("Show", lambda: reviewing.show_imports(window)))
