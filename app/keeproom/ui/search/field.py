"""The search field: a query as chips and text, answered while it is typed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from keeproom.ui.search import draft as drafts
from keeproom.ui.search import judging, keys
from keeproom.ui.search.draft import LONGEST_CHIPS, LONGEST_TYPED, Draft, Item
from keeproom.ui.search.filters import Quick, held, toggled
from keeproom.ui.search.language import PLAIN, Language, Trouble
from keeproom.ui.search.look import Look
from keeproom.ui.search.suggesting import Suggesting
from keeproom.ui.texts import tr

if TYPE_CHECKING:
    from keeproom.ui.search.asking import Run
    from keeproom.ui.search.history import History

HINT = "Search: “rome”, 2023, rating…"


class SearchField(Look):
    """`searched` carries a query that the language takes, each time it becomes another; it is what is in the field but
    for a part that is still being typed. `to_items` asks for the first item, `left` gives the keyboard back.
    `named` carries a name under which a query is to be kept, and the query."""

    searched = Signal(str)
    to_items = Signal()
    left = Signal()
    named = Signal(str, str)

    def __init__(self, history: History, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._history = history
        self._language = PLAIN
        self._draft = Draft()
        self._sent = self._edited = ""
        self._trouble: Trouble | None = None
        self._refused: tuple[str, Trouble] | None = None
        self._is_committed = False
        self._settle_soon = QTimer(self, singleShot=True, interval=0)
        self.suggesting = Suggesting(self.popup, history, self)
        self._connect()
        self._show(0)

    def act_on(self, event: QKeyEvent) -> bool:
        return keys.act(self, event)

    def _connect(self) -> None:
        self.edit.textEdited.connect(lambda _text: self._on_edited())
        self.edit.cursorPositionChanged.connect(lambda _old, _new: self._on_cursor())
        self.edit.installEventFilter(self)
        self.row.opened.connect(self._on_opened)
        self.row.removed.connect(self._on_removed)
        self.row.wrote.connect(self._on_wrote)
        self.row.asked_for_all.connect(self.select_all)
        self.row.left.connect(self.focus_edit)
        self.cross.clicked.connect(self._on_cross)
        self.filter.clicked.connect(self._on_filter)
        self.popup.chosen.connect(self._put_possible)
        self.suggesting.piece.connect(self._put_piece)
        self.suggesting.query.connect(self._on_query)
        self.suggesting.suggested.connect(self._judge)
        self.sheet.wanted.connect(self.toggle)
        self.sheet.left.connect(self.focus_edit)
        self.saving.named.connect(self._on_named)
        self.saving.left.connect(self.focus_edit)
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
    def is_angry(self) -> bool:
        """Whether something wrong is told."""
        return self._trouble is not None and not self._is_unfinished(self._trouble)

    @property
    def is_settled(self) -> bool:
        return self.suggesting.is_settled

    def speak(self, language: Language | None, run: Run | None = None) -> None:
        """Understand a library's language from now on, or none; `run` asks it in a thread."""
        self._language = language or PLAIN
        self.suggesting.speak(self._language, run)
        if self.edit.hasFocus():
            self._take(self._draft, self.edit.place)
        else:
            self._take(self._folded(self.text()))

    def show_query(self, query: str) -> None:
        """The query is this now; nothing is asked by that. What is being typed of the same query stays as it is."""
        if query != self._sent:
            self._sent = query
            self._put(self._folded(query))
            self.suggesting.close()

    def tell_refusal(self, trouble: Trouble) -> None:
        """The library refuses what was searched last, for a reason that only it knows."""
        whole = self.text()
        if whole.strip() == self._sent:
            self._refused = whole, trouble.moved(len(whole) - len(whole.lstrip()))
            self._judge()

    # What others ask of it

    def focus_all(self) -> None:
        """Give it the keyboard, with all of the query selected."""
        self.focus_edit()
        self.select_all()

    def select_all(self) -> None:
        """All of it as selected text; what is too long for that stays a chip, from which it can be copied."""
        if len(self.text()) > LONGEST_TYPED:
            self.row.go_to_end(-1)
            return
        self.suggesting.close()
        self._put(drafts.unfolded(self._draft))
        self.focus_edit()
        self.edit.selectAll()

    def clear(self) -> None:
        """Ask for everything again."""
        self._take(Draft())

    def search_for(self, query: str) -> None:
        """Put a whole query in, and ask it."""
        self._take(self._folded(query))

    def toggle(self, wanted: Sequence[Quick]) -> None:
        """Switch quick filters on or off."""
        self.search_for(toggled(self.text(), wanted, self._language.parts))

    def holds(self, wanted: Collection[Quick]) -> bool:
        """Whether the query has all of these filters in it."""
        return set(wanted) <= self._held()

    def edit_saved(self, name: str) -> None:
        """What is here is the search of a smart collection, to be saved under the same name when it is changed."""
        self._edited = name
        self.focus_edit()

    def ask_name(self) -> None:
        """Ask for the name under which the query is to be kept; an empty one cannot be, nor one that is wrong."""
        if self.text().strip() and self.commit():
            self.close_sheets()
            self.saving.enter(self.suggesting.name_of(self._sent) or self._edited)

    def open_history(self) -> None:
        """List saved searches, and those of before."""
        self.focus_edit()
        self.suggesting.open_history()

    # Writing

    def _on_edited(self) -> None:
        fresh = replace(self._draft, typed=self.edit.text())
        self._take(*drafts.typed(fresh, self.edit.place, self._language.parts))
        self._suggest()

    def _on_cursor(self) -> None:
        if self._trouble is not None and self.edit.text() == self._draft.typed:
            self._is_committed = False
            self._judge()

    def _suggest(self) -> None:
        """List what could stand here, once something of it is written."""
        before = self._draft.typed[: self.edit.place]
        if not before or before[-1].isspace() or before[-1] in "()":
            self.suggesting.close()
        else:
            self.suggest()

    def suggest(self) -> None:
        """List what could stand at the cursor."""
        if len(self.text()) <= LONGEST_CHIPS:
            self.suggesting.ask(self.text(), self._place())

    def _place(self) -> int:
        """Where the cursor is in the whole query."""
        return len(self._draft.before) + self.edit.place

    def _folded(self, query: str) -> Draft:
        return drafts.folded(query, self._language.parts)

    def _take(self, fresh: Draft, place: int | None = None) -> None:
        """The query is another: show it, and ask it."""
        self._put(fresh, place)
        self._search()

    def _put(self, fresh: Draft, place: int | None = None) -> None:
        self._draft, self._is_committed = fresh, False
        if not fresh.whole:
            self._edited = ""
        self._show(len(fresh.typed) if place is None else place)
        self._judge()

    def _show(self, place: int) -> None:
        parts = self._language.parts
        self.row.show_items(drafts.items(self._draft.before, parts), drafts.items(self._draft.after, parts))
        self.edit.put(self._draft.typed, place)
        self.edit.setPlaceholderText("" if self.text() else tr(HINT))
        self.cross.setVisible(bool(self.text()))
        self.sheet.show_held(self._held())
        self.filter.setChecked(bool(self._held()))

    def _held(self) -> frozenset[Quick]:
        """The quick filters that are on."""
        whole = self.text()
        return held(whole, self._language.parts) if len(whole) <= LONGEST_CHIPS else frozenset()

    def _put_piece(self, start: int, end: int, text: str) -> None:
        """Write a piece of the query anew, and go on typing behind it."""
        fresh, place = drafts.with_piece(self.text(), start, end, text, self._language.parts)
        self.focus_edit()
        self._take(fresh, place)
        if drafts.is_whole(text):
            self.suggesting.close()
        else:
            self._suggest()

    def _put_possible(self, possible: str) -> None:
        """Put what is possible in the place of what is wrong."""
        if self._trouble is not None:
            self._put_piece(self._trouble.start, self._trouble.end, possible)

    def _on_query(self, query: str) -> None:
        self.search_for(query)
        self.commit()
        self.focus_edit()

    # Judging and asking

    def _is_unfinished(self, trouble: Trouble) -> bool:
        writes = self.edit.hasFocus() and not self._is_committed
        return judging.is_unfinished(trouble, self._place() if writes else None)

    def _judge(self) -> None:
        """Look for what is wrong with the query, and tell it where it is."""
        whole = self.text()
        self._trouble = judging.trouble_in(whole, self._language)
        if self._trouble is None and self._refused is not None and self._refused[0] == whole:
            self._trouble = self._refused[1]
        angry = self.is_angry
        judging.mark(self.row, self._draft, self._trouble if angry else None)
        self.popup.tell(self._shown_trouble(), angry=angry)
        self._describe(self._trouble.message if angry and self._trouble is not None else "")
        self.update()

    def _shown_trouble(self) -> Trouble | None:
        """What is told below the field; what is possible there only where no list tells it."""
        is_told = self.is_angry or not self.suggesting.is_open
        return self._trouble if is_told and self.isVisible() else None

    def _describe(self, wrong: str) -> None:
        """Tell a screen reader what the eye sees beside the text."""
        chips = ", ".join(chip.words() for chip in self.row.chips())
        words = wrong or (tr("Filters: {filters}").format(filters=chips) if chips else "")
        if words != self.edit.accessibleDescription():
            self.edit.setAccessibleDescription(words)
            if wrong:
                QAccessible.updateAccessibility(QAccessibleEvent(self.edit, QAccessible.Event.Alert))

    def _search(self) -> None:
        """Ask what is here, as far as it is right."""
        unfinished = self._trouble is not None and self._is_unfinished(self._trouble)
        query = judging.searchable(self.text(), self._trouble, self._language, unfinished=unfinished)
        if query is not None and query != self._sent:
            self._sent = query
            self.searched.emit(query)

    def commit(self) -> bool:
        """Nobody types any more: all that is finished becomes chips, and is remembered; whether it is right."""
        self.suggesting.close()
        self._put(self._folded(self.text()))
        self._is_committed = True
        self._judge()
        if self._trouble is not None:
            return False
        self._search()
        self._history.add(self.text())
        return True

    # Chips

    def _on_opened(self, item: Item) -> None:
        """Go back into a chip: it is text again, between the others."""
        self._put(drafts.opened(self.text(), self._in_whole(item)))
        self.focus_edit()
        self._suggest()

    def _on_removed(self, item: Item, back: bool) -> None:
        chips = self.row.chips()
        place = next((at for at, chip in enumerate(chips) if chip.item is item), 0)
        walked = any(chip.hasFocus() for chip in chips)
        gone = self._in_whole(item)
        self.search_for(drafts.without(self.text(), gone.start, gone.end))
        left = self.row.chips()
        if walked and left and not (back and place == 0):
            self.row.go_to(left[min(place - back, len(left) - 1)])
        else:
            self.focus_edit()

    def _in_whole(self, item: Item) -> Item:
        """The same piece, with its places in the whole query."""
        behind = any(chip.item is item for chip in self.row.chips_after())
        return drafts.shifted(item, len(self._draft.before) + len(self._draft.typed) if behind else 0)

    def _on_wrote(self, text: str) -> None:
        self.focus_edit()
        self.edit.end(False)
        self.edit.insert(text)
        self._on_edited()

    def step(self, by: int) -> bool:
        """Go to the chip beside what is typed; whether there is one."""
        stepped = self.row.step_from_edit(by)
        if stepped:
            self.suggesting.close()
        return stepped

    def go_to_end(self, side: int) -> bool:
        """Go to the first chip or the last."""
        self.suggesting.close()
        self.row.go_to_end(side)
        return True

    # The keyboard comes and goes

    def _on_cross(self) -> None:
        self.clear()
        self.focus_edit()

    def _on_filter(self) -> None:
        self.filter.setChecked(bool(self._held()))
        if self.sheet.isHidden():
            self.suggesting.close()
            self.popup.hide()
            self.saving.hide()
            self.sheet.enter()
        else:
            self.focus_edit()

    def _on_named(self, name: str) -> None:
        self.focus_edit()
        self.named.emit(name, self.text().strip())

    def _on_focus(self, old: QWidget | None, now: QWidget | None) -> None:
        """Where the keyboard goes elsewhere in the window, what was typed is settled."""
        self.update()
        if self.owns(old) and now is not None and not self.owns(now) and now.window() is self.window():
            self._settle_soon.start()

    def _settle(self) -> None:
        if not self.owns(QApplication.focusWidget()):
            self.close_sheets()
            self.commit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.edit and event.type() == QEvent.Type.MouseButtonPress:
            self.close_sheets()
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.focus_edit()
