"""The search field: a query as chips and text, answered while it is typed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QSizePolicy, QWidget

from keeproom.ui.controls import PictureLabel
from keeproom.ui.search import draft as drafts
from keeproom.ui.search.asking import Newest, Run
from keeproom.ui.search.draft import LONGEST_CHIPS, LONGEST_TYPED, Draft, Item
from keeproom.ui.search.filters import Quick, held, toggled
from keeproom.ui.search.filtersheet import FilterSheet
from keeproom.ui.search.language import NONE, PLAIN, Completions, Language, Trouble
from keeproom.ui.search.lines import Line, LineKind
from keeproom.ui.search.popup import Popup
from keeproom.ui.search.row import Row
from keeproom.ui.search.savesheet import SaveSheet
from keeproom.ui.texts import tr
from keeproom.ui.theme.palette import colours
from keeproom.ui.theme.style import RADIUS
from keeproom.ui.widgets import CONTROL_PX, IconButton

if TYPE_CHECKING:
    from keeproom.ui.search.history import History

LEAST_PX = 160
MOST_LINES = 60
MOST_HISTORY = 20
MOST_ALIKE = 3


class SearchField(QFrame):
    """`searched` carries a query that the language takes, each time it becomes another; it is what is in the field but
    for a part that is still being typed. `to_items` asks for the first item, `left` gives the keyboard back.
    `named` carries a name under which the query is to be kept."""

    searched = Signal(str)
    to_items = Signal()
    left = Signal()
    named = Signal(str, str)

    def __init__(self, history: History, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._history = history
        self._language = PLAIN
        self._draft = Draft()
        self._sent = ""
        self._trouble: Trouble | None = None
        self._refused: tuple[str, Trouble] | None = None
        self._saved: Sequence[tuple[str, str]] = ()
        self._completions: tuple[str, Completions] = ("", NONE)
        self._asking: Newest[tuple[str, int], Completions] = Newest(self._complete, self._on_completed)
        self._assemble()
        self._connect()
        self._show(0)

    def _assemble(self) -> None:
        self.setFixedHeight(CONTROL_PX)
        self.setMinimumWidth(LEAST_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.row = Row(self._on_key, self)
        self.edit = self.row.edit
        self.edit.setPlaceholderText(tr("Search: “rome”, 2023, rating…"))
        self.edit.setAccessibleName(tr("Search"))
        self.cross = IconButton("x", self, small=True)
        self.cross.name_it(tr("Clear the search"))
        self.filter = IconButton("list-filter", self, small=True)
        self.filter.name_it(tr("Filter by rating, flag, label and kind"))
        self.filter.setCheckable(True)
        for button in (self.cross, self.filter):
            button.setFixedSize(QSize(24, 24))
        icon = PictureLabel("search", 16, "secondary", self)
        line = QHBoxLayout(self)
        line.setContentsMargins(9, 3, 4, 3)
        line.setSpacing(4)
        for widget in (icon, self.row, self.cross, self.filter):
            line.addWidget(widget, 1 if widget is self.row else 0)
        self.setFocusProxy(self.edit)
        self.popup = Popup(self)
        self.sheet = FilterSheet(self)
        self.saving = SaveSheet(self)
        self._settle_soon = QTimer(self, singleShot=True, interval=0)

    def _connect(self) -> None:
        self.edit.textEdited.connect(lambda _text: self._on_edited())
        self.edit.cursorPositionChanged.connect(lambda _old, _new: self._on_cursor())
        self.edit.installEventFilter(self)
        self.row.opened.connect(self._on_opened)
        self.row.removed.connect(self._on_removed)
        self.row.wrote.connect(self._on_wrote)
        self.row.asked_for_all.connect(self.select_all)
        self.row.left.connect(self._focus_edit)
        self.cross.clicked.connect(self._on_cross)
        self.filter.clicked.connect(self._on_filter)
        self.popup.taken.connect(self._take_line)
        self.popup.chosen.connect(self._put_possible)
        self.sheet.wanted.connect(self.toggle)
        self.sheet.left.connect(self._focus_edit)
        self.saving.named.connect(self._on_named)
        self.saving.left.connect(self._focus_edit)
        self._settle_soon.timeout.connect(self._settle)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus)

    # What it shows

    def text(self) -> str:
        """All of the query as it stands here, finished or not."""
        return self._draft.whole

    @property
    def trouble(self) -> Trouble | None:
        """What is wrong with the query, also where nobody is told yet."""
        return self._trouble

    @property
    def is_settled(self) -> bool:
        return self._asking.is_settled

    def speak(self, language: Language | None, run: Run | None = None) -> None:
        """Understand a library's language from now on, or none; `run` asks it in a thread."""
        self._language = language or PLAIN
        self._asking.use(run)
        self._take(drafts.folded(self.text(), self._language.parts))

    def show_query(self, query: str) -> None:
        """The query is this now; nothing is asked by that. What is being typed of the same query stays as it is."""
        if query != self._sent:
            self._sent = query
            self._put(drafts.folded(query, self._language.parts), None)
            self.popup.hide()

    def tell_refusal(self, trouble: Trouble) -> None:
        """The library refuses what was searched last, for a reason that only it knows."""
        whole = self.text()
        self._refused = whole, trouble.moved(len(whole) - len(whole.lstrip()))
        self._judge()

    def show_saved(self, saved: Sequence[tuple[str, str]]) -> None:
        """Searches with a name, as name and query."""
        self._saved = tuple(saved)

    # What others ask of it

    def focus_all(self) -> None:
        """Give it the keyboard, with all of the query selected."""
        self._focus_edit()
        self.select_all()

    def select_all(self) -> None:
        """All of it as selected text; what is too long for that stays a chip, from which it can be copied."""
        if len(self.text()) > LONGEST_TYPED:
            self.row.go_to_end(-1)
            return
        self._close_list()
        self._put(drafts.unfolded(self._draft), None)
        self._focus_edit()
        self.edit.selectAll()

    def clear(self) -> None:
        """Ask for everything again."""
        self._take(Draft())

    def toggle(self, wanted: Sequence[Quick]) -> None:
        """Switch quick filters on or off."""
        whole = toggled(self.text(), wanted, self._language.parts)
        self._take(drafts.folded(whole, self._language.parts))

    def holds(self, wanted: Collection[Quick]) -> bool:
        """Whether the query has all of these filters in it."""
        return set(wanted) <= self._held()

    def ask_name(self) -> None:
        """Ask for the name under which the query is to be kept; an empty one cannot be."""
        if self.text().strip():
            self._close_sheets()
            known = next((name for name, query in self._saved if query == self._sent), "")
            self.saving.enter(known)

    def search_for(self, query: str) -> None:
        """Put a whole query in, and ask it."""
        self._take(drafts.folded(query, self._language.parts))

    # Typing

    def _on_edited(self) -> None:
        fresh = replace(self._draft, typed=self.edit.text())
        self._take(*drafts.typed(fresh, self.edit.place, self._language.parts))
        self._ask_completions()

    def _on_cursor(self) -> None:
        if self._trouble is not None and self.edit.text() == self._draft.typed:
            self._judge()

    def _take(self, fresh: Draft, place: int | None = None) -> None:
        """The query is another: show it, and ask it."""
        self._put(fresh, place)
        self._search()

    def _put(self, fresh: Draft, place: int | None) -> None:
        self._draft = fresh
        self._show(len(fresh.typed) if place is None else place)
        self._judge()

    def _show(self, place: int) -> None:
        parts = self._language.parts
        after = drafts.items(self._draft.after, parts)
        self.row.show_items(drafts.items(self._draft.before, parts), after)
        self.edit.put(self._draft.typed, place)
        whole = self.text()
        self.cross.setVisible(bool(whole))
        self.edit.setPlaceholderText("" if whole else tr("Search: “rome”, 2023, rating…"))
        self.sheet.show_held(self._held())
        self.filter.setChecked(bool(self._held()))

    def _held(self) -> frozenset[Quick]:
        """The quick filters that are on."""
        whole = self.text()
        return held(whole, self._language.parts) if len(whole) <= LONGEST_CHIPS else frozenset()

    # What is wrong

    def _judge(self) -> None:
        """Look for what is wrong with the query, and tell it where it is."""
        whole = self.text()
        self._trouble = self._language.check(whole) if len(whole) <= LONGEST_CHIPS else None
        if self._trouble is None and self._refused is not None and self._refused[0] == whole:
            self._trouble = self._refused[1]
        angry = self._trouble is not None and not self._is_being_typed(self._trouble)
        self._mark(self._trouble if angry else None)
        self.popup.tell(self._trouble if self.isVisible() else None, angry=angry)
        self.update()

    @property
    def is_angry(self) -> bool:
        """Whether something wrong is told."""
        return self._trouble is not None and not self._is_being_typed(self._trouble)

    def _is_being_typed(self, trouble: Trouble) -> bool:
        """Whether the cursor is where something is unfinished: nobody is to be told that it is wrong."""
        if not self.edit.hasFocus():
            return False
        place, whole = len(self._draft.before) + self.edit.place, self.text()
        if trouble.start <= place <= trouble.end:
            return True
        is_frame = whole[trouble.start : trouble.end].strip(' ("-') in ("", "OR")
        return is_frame and place > trouble.end and not whole[place:].strip()

    def _mark(self, trouble: Trouble | None) -> None:
        offset, typed = len(self._draft.before), self._draft.typed
        inside = None
        if trouble is not None and trouble.end > offset and trouble.start < offset + len(typed):
            inside = max(0, trouble.start - offset), min(len(typed), trouble.end - offset)
        self.edit.mark(inside)
        after = offset + len(typed)
        for chips, by in ((self.row.chips_before(), 0), (self.row.chips_after(), after)):
            for chip in chips:
                item = drafts.shifted(chip.item, by)
                wrong = trouble is not None and item.start < trouble.end and trouble.start < item.end
                chip.mark(trouble.message if wrong and trouble is not None else "")
        self._describe("" if trouble is None else trouble.message)

    def _describe(self, wrong: str) -> None:
        chips = ", ".join(chip.words() for chip in self.row.chips())
        words = wrong or (tr("Filters: {filters}").format(filters=chips) if chips else "")
        if words != self.edit.accessibleDescription():
            self.edit.setAccessibleDescription(words)
            if wrong:
                QAccessible.updateAccessibility(QAccessibleEvent(self.edit, QAccessible.Event.Alert))

    def _put_possible(self, possible: str) -> None:
        """Put what is possible in the place of what is wrong."""
        trouble, whole = self._trouble, self.text()
        if trouble is not None:
            self._put_piece(whole, trouble.start, trouble.end, possible)

    # Searching

    def _search(self) -> None:
        """Ask what is here, as far as it is right."""
        query = self._searchable()
        if query is not None and query != self._sent:
            self._sent = query
            self.searched.emit(query)

    def _searchable(self) -> str | None:
        """The query, without a part that is still being typed; None where that is wrong as well."""
        trouble, whole = self._trouble, self.text()
        if trouble is None or (self._refused is not None and self._refused[0] == whole):
            return whole.strip()
        if not self._is_being_typed(trouble):
            return None
        start, end = self._part_around(trouble)
        rest = drafts.without(whole, start, end).strip()
        return rest if self._language.check(rest) is None else None

    def _part_around(self, trouble: Trouble) -> tuple[int, int]:
        whole = self.text()
        for part in self._language.parts(whole):
            if part.start <= trouble.start and trouble.end <= part.end:
                return part.start, part.end
        return trouble.start, trouble.end

    def commit(self) -> bool:
        """Nobody types any more: all that is finished becomes chips, and is remembered; whether it is right."""
        self._close_list()
        self._put(drafts.folded(self.text(), self._language.parts), None)
        trouble = self._trouble
        if trouble is not None:
            self._mark(trouble)
            self.popup.tell(trouble, angry=True)
            return False
        self._search()
        self._history.add(self.text())
        return True

    # Suggestions

    def _ask_completions(self) -> None:
        if not self.text().strip():
            self._close_list()
        elif len(self.text()) <= LONGEST_CHIPS:
            self._asking.ask((self.text(), len(self._draft.before) + self.edit.place))

    def _complete(self, question: tuple[str, int]) -> Completions:
        return self._language.complete(*question)

    def _on_completed(self, question: tuple[str, int], found: Completions) -> None:
        if question[0] == self.text() and self.edit.hasFocus():
            self._completions = question[0], found
            self.popup.show_lines(self._completion_lines(found))
            if found.items and not self.is_angry:
                self.popup.tell(None)

    def _completion_lines(self, found: Completions) -> list[Line]:
        lines = [Line(LineKind.COMPLETION, each.shown, each.detail, each.text) for each in found.items[:MOST_LINES]]
        typed = self.text().strip().casefold()
        alike = [each for each in self._history.searches() if _begins(each.casefold(), typed)]
        if alike:
            lines.append(Line(LineKind.HEADING, tr("Searched before")))
            lines += [Line(LineKind.SEARCH, each, "", each) for each in alike[:MOST_ALIKE]]
        return lines

    def open_history(self) -> None:
        """List saved searches, and those of before."""
        self._focus_edit()
        lines = [Line(LineKind.SAVED, name, query, query) for name, query in self._saved]
        if lines:
            lines.insert(0, Line(LineKind.HEADING, tr("Saved searches")))
        before = [Line(LineKind.SEARCH, each, "", each) for each in self._history.searches()[:MOST_HISTORY]]
        if before:
            lines += [Line(LineKind.HEADING, tr("Searched before")), *before, Line(LineKind.CLEAR, tr("Forget these"))]
        if not lines:
            lines = [Line(LineKind.HEADING, tr("What you search for will be listed here"))]
        self.popup.show_lines(lines)

    def _take_line(self, line: Line) -> None:
        if line.kind is LineKind.CLEAR:
            self._history.clear()
            self.popup.show_lines(())
        elif line.kind is LineKind.COMPLETION:
            whole, found = self._completions
            if whole == self.text():
                self._put_piece(whole, found.start, found.end, line.text)
        elif line.kind is not LineKind.HEADING:
            self.search_for(line.text)
            self.commit()
            self._focus_edit()

    def _put_piece(self, whole: str, start: int, end: int, text: str) -> None:
        """Write a piece of the query anew, and go on typing behind it."""
        rest = whole[end:].removeprefix(":" if text.endswith(":") else "\0")
        is_whole = not text.endswith((":", "<", ">", "=", "..", "/"))
        spaced = text + (" " if is_whole and not rest[:1].isspace() else "")
        fresh, place = whole[:start] + spaced + rest, start + len(spaced) + (is_whole and rest[:1].isspace())
        self._focus_edit()
        draft = (
            drafts.folded(fresh[:place], self._language.parts) if is_whole else Draft(fresh[:start], fresh[start:place])
        )
        self._take(replace(draft, after=fresh[place:]))
        self._ask_completions()
        if is_whole:
            self._close_list()

    def _close_list(self) -> None:
        """There is nothing to choose from any more."""
        self._asking.forget()
        self.popup.show_lines(())

    # Chips

    def _on_opened(self, item: Item) -> None:
        """Go back into a chip: it is text again, between the others."""
        self._put(drafts.opened(self.text(), self._in_whole(item)), None)
        self._focus_edit()
        self._ask_completions()

    def _on_removed(self, item: Item, back: bool) -> None:
        place = self._in_whole(item)
        chips = [self._in_whole(chip.item) for chip in self.row.chips()]
        neighbour = chips.index(place) - back if place in chips else -1
        whole = drafts.without(self.text(), place.start, place.end)
        walked = any(chip.hasFocus() for chip in self.row.chips())
        self._take(drafts.folded(whole, self._language.parts))
        left = self.row.chips()
        if walked and 0 <= neighbour < len(left):
            self.row.go_to(left[neighbour])
        else:
            self._focus_edit()

    def _in_whole(self, item: Item) -> Item:
        """The same piece, with its places in the whole query."""
        behind = any(chip.item is item for chip in self.row.chips_after())
        return drafts.shifted(item, len(self._draft.before) + len(self._draft.typed) if behind else 0)

    def _on_wrote(self, text: str) -> None:
        self._focus_edit()
        self.edit.end(False)
        self.edit.insert(text)
        self._on_edited()

    # Keys

    def _on_key(self, event: QKeyEvent) -> bool:
        """A key in the line that is typed in; whether it meant something to the field."""
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_all()
            return True
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() == Qt.Key.Key_Down:
            self.open_history()
            return True
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        act = self._KEYS.get(Qt.Key(event.key()))
        return act is not None and act(self)

    def _on_escape(self) -> bool:
        if not self.popup.isHidden():
            self._close_list()
            self.popup.hide()
        elif self.text():
            self.clear()
        else:
            self.left.emit()
        return True

    def _on_enter(self) -> bool:
        marked = self.popup.list.marked() if self.popup.has_lines() else None
        if marked is not None:
            self._take_line(marked)
        elif self.commit():
            self.to_items.emit()
        return True

    def _on_down(self) -> bool:
        if self.popup.has_lines():
            self._move_mark(1)
        elif not self.text():
            self.open_history()
        elif self.commit():
            self.to_items.emit()
        return True

    def _on_up(self) -> bool:
        if self.popup.has_lines():
            self._move_mark(-1)
        return True

    def _on_tab(self) -> bool:
        lines = [line for line in self.popup.list.lines() if line.kind is not LineKind.HEADING]
        if not self.popup.has_lines():
            return False
        self._take_line(self.popup.list.marked() or lines[0])
        return True

    def _on_back(self) -> bool:
        return self.edit.is_at_start() and self._step(-1)

    def _on_forth(self) -> bool:
        return self.edit.is_at_end() and self._step(1)

    def _step(self, by: int) -> bool:
        stepped = self.row.step_from_edit(by)
        if stepped:
            self._close_list()
        return stepped

    def _on_home(self) -> bool:
        at_start = self.edit.is_at_start()
        if at_start:
            self.row.go_to_end(-1)
        return at_start

    _KEYS = {
        Qt.Key.Key_Escape: _on_escape,
        Qt.Key.Key_Return: _on_enter,
        Qt.Key.Key_Enter: _on_enter,
        Qt.Key.Key_Down: _on_down,
        Qt.Key.Key_Up: _on_up,
        Qt.Key.Key_Tab: _on_tab,
        Qt.Key.Key_Left: _on_back,
        Qt.Key.Key_Backspace: _on_back,
        Qt.Key.Key_Right: _on_forth,
        Qt.Key.Key_Delete: _on_forth,
        Qt.Key.Key_Home: _on_home,
    }

    def _move_mark(self, by: int) -> None:
        self.popup.list.move_mark(by)
        marked = self.popup.list.marked()
        words = "" if marked is None else ", ".join(part for part in (marked.shown, marked.detail) if part)
        self.popup.list.setAccessibleDescription(words)
        if marked is not None:
            QAccessible.updateAccessibility(QAccessibleEvent(self.popup.list, QAccessible.Event.DescriptionChanged))

    # The keyboard comes and goes

    def _focus_edit(self) -> None:
        self._close_sheets()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_sheets(self) -> None:
        self.sheet.hide()
        self.saving.hide()

    def _on_cross(self) -> None:
        self.clear()
        self._focus_edit()

    def _on_filter(self) -> None:
        self.filter.setChecked(bool(self._held()))
        if self.sheet.isHidden():
            self.popup.hide()
            self.saving.hide()
            self.sheet.enter()
        else:
            self._focus_edit()

    def _on_named(self, name: str) -> None:
        self._focus_edit()
        self.named.emit(name, self.text().strip())

    def _owns(self, widget: QWidget | None) -> bool:
        parts = (self, self.popup, self.sheet, self.saving)
        return widget is not None and any(part is widget or part.isAncestorOf(widget) for part in parts)

    def _on_focus(self, old: QWidget | None, now: QWidget | None) -> None:
        """Where the keyboard goes elsewhere in the window, what was typed is settled."""
        self.update()
        if self._owns(old) and now is not None and not self._owns(now) and now.window() is self.window():
            self._settle_soon.start()

    def _settle(self) -> None:
        if not self._owns(QApplication.focusWidget()):
            self._close_sheets()
            self.commit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.edit and event.type() == QEvent.Type.MouseButtonPress:
            self._close_sheets()
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._focus_edit()

    def paintEvent(self, event: QPaintEvent) -> None:
        those = colours(self.palette())
        focused = self._owns(QApplication.focusWidget()) and self.isActiveWindow()
        colour = those.error if self.is_angry else those.accent if focused else those.outline
        pen = QPen(colour, 2 if focused else 1)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen)
        painter.setBrush(those.base)
        margin = pen.widthF() / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(margin, margin, -margin, -margin), RADIUS, RADIUS)


def _begins(text: str, typed: str) -> bool:
    return text != typed and text.startswith(typed)
