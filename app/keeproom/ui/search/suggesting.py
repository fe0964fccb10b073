"""What can be chosen below the field: what could stand at the cursor, searches of before, and those with a name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent

from keeproom.ui.search.asking import Newest, Run
from keeproom.ui.search.language import NONE, PLAIN, Completions, Language
from keeproom.ui.search.lines import Line, LineKind
from keeproom.ui.texts import tr

if TYPE_CHECKING:
    from keeproom.ui.search.history import History
    from keeproom.ui.search.popup import Popup

MOST_LINES = 60
MOST_HISTORY = 20
MOST_ALIKE = 3


class Suggesting(QObject):
    """`piece` carries the stretch of the query that is to be written anew, and how; `query` a whole query that was
    chosen. `suggested` says that there is something to choose from."""

    piece = Signal(int, int, str)
    query = Signal(str)
    suggested = Signal()

    def __init__(self, popup: Popup, history: History, parent: QObject) -> None:
        super().__init__(parent)
        self._popup = popup
        self._history = history
        self._language = PLAIN
        self._saved: Sequence[tuple[str, str]] = ()
        self._completions = NONE
        self._asking: Newest[tuple[str, int], Completions] = Newest(self._complete, self._on_completed)
        popup.taken.connect(self.take)

    @property
    def is_settled(self) -> bool:
        return self._asking.is_settled

    @property
    def is_open(self) -> bool:
        """Whether there is something to choose from in sight."""
        return self._popup.has_lines()

    def speak(self, language: Language, run: Run | None) -> None:
        self._language = language
        self._asking.use(run)

    def show_saved(self, saved: Sequence[tuple[str, str]]) -> None:
        """Searches with a name, as name and query."""
        self._saved = tuple(saved)

    def name_of(self, query: str) -> str:
        """The name under which a query is kept; empty where it is not."""
        return next((name for name, known in self._saved if known == query), "")

    # What is listed

    def ask(self, whole: str, place: int) -> None:
        """List what could stand at this place, as soon as it is known."""
        self._asking.ask((whole, place))

    def close(self) -> None:
        """There is nothing to choose from any more."""
        self._asking.forget()
        self._popup.show_lines(())

    def open_history(self) -> None:
        """List saved searches, and those of before."""
        saved = [Line(LineKind.SAVED, name, query, query) for name, query in self._saved]
        before = [Line(LineKind.SEARCH, each, "", each) for each in self._history.searches()[:MOST_HISTORY]]
        if before:
            before.append(Line(LineKind.CLEAR, tr("Forget these")))
        lines = [*_headed(tr("Saved searches"), saved), *_headed(tr("Searched before"), before)]
        nothing = Line(LineKind.HEADING, tr("What you search for will be listed here"))
        self._asking.forget()
        self._popup.show_lines(lines or [nothing])

    def _complete(self, question: tuple[str, int]) -> Completions:
        return self._language.complete(*question)

    def _on_completed(self, question: tuple[str, int], found: Completions) -> None:
        self._completions = found
        lines = [Line(LineKind.COMPLETION, each.shown, each.detail, each.text) for each in found.items[:MOST_LINES]]
        typed = question[0].strip().casefold()
        alike = [each for each in self._history.searches() if _goes_on(each.casefold(), typed)][:MOST_ALIKE]
        before = [Line(LineKind.SEARCH, each, "", each) for each in alike]
        self._popup.show_lines([*lines, *_headed(tr("Searched before"), before)])
        if lines:
            self.suggested.emit()

    # What is chosen

    def marked(self) -> Line | None:
        """The line that Enter takes."""
        return self._popup.list.marked() if self.is_open else None

    def first(self) -> Line | None:
        """The line that Tab takes: the marked one, or else the first."""
        lines = [line for line in self._popup.list.lines() if line.kind is not LineKind.HEADING]
        return (self.marked() or lines[0]) if self.is_open else None

    def move_mark(self, by: int) -> None:
        """Mark another line, and tell it to who listens."""
        self._popup.list.move_mark(by)
        line = self.marked()
        words = "" if line is None else ", ".join(part for part in (line.shown, line.detail) if part)
        self._popup.list.setAccessibleDescription(words)
        if words:
            QAccessible.updateAccessibility(QAccessibleEvent(self._popup.list, QAccessible.Event.DescriptionChanged))

    def take(self, line: Line) -> None:
        """Do what a line says."""
        if line.kind is LineKind.COMPLETION:
            self.piece.emit(self._completions.start, self._completions.end, line.text)
        elif line.kind is LineKind.CLEAR:
            self._history.clear()
            self.close()
        elif line.kind is not LineKind.HEADING:
            self.query.emit(line.text)


def _headed(heading: str, lines: list[Line]) -> list[Line]:
    return [Line(LineKind.HEADING, heading), *lines] if lines else []


def _goes_on(text: str, typed: str) -> bool:
    return text != typed and text.startswith(typed)
