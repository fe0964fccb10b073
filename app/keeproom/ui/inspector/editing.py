"""What is done in the inspector is done to the items that it shows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from keeproom.ui.acts import describing
from keeproom.ui.describe.tagbook import TagBook
from keeproom.ui.texts import tr
from keeproom.ui.window.notices import Offer

if TYPE_CHECKING:
    from keeproom.ui.inspector.fields import Fields
    from keeproom.ui.inspector.marks import Marks
    from keeproom.ui.inspector.onepage import OnePage
    from keeproom.ui.inspector.questions import Ids
    from keeproom.ui.inspector.sumpage import SumPage
    from keeproom.ui.window.main import MainWindow
    from keeproom.ui.window.room import Room


class Editing:
    """Hears of both pages. `room` tells the library that they show, which may not be the window's any more; `restore`
    shows again what there is, after something could not be kept."""

    def __init__(
        self,
        window: MainWindow,
        room: Callable[[], Room | None],
        restore: Callable[[], None],
        leave: Callable[[], None],
    ) -> None:
        self._window, self._room, self._restore, self._leave = window, room, restore, leave

    def connect(self, one: OnePage, many: SumPage) -> None:
        one.name.saved.connect(lambda ids, text: self._save(ids, "name", text))
        one.name.left.connect(self._leave)
        for page in (one, many):
            self._connect_marks(page.marks)
            self._connect_fields(page.fields)

    def _connect_marks(self, marks: Marks) -> None:
        marks.rated.connect(partial(describing.rate_items, self._window))
        marks.labelled.connect(partial(describing.label_items, self._window))
        marks.flagged.connect(partial(describing.flag_items, self._window))
        marks.turned.connect(partial(describing.turn_items, self._window))

    def _connect_fields(self, fields: Fields) -> None:
        fields.saved.connect(self._save)
        fields.left.connect(self._leave)
        fields.asked_for_date.connect(partial(describing.open_times, self._window))
        fields.collections.gone_to.connect(partial(describing.go_to_collection, self._window))
        fields.collections.removed.connect(partial(describing.take_out_of_collection, self._window))
        self._connect_tags(fields)

    def _connect_tags(self, fields: Fields) -> None:
        book, tags = TagBook.of(self._window), fields.tags
        tags.wanted.connect(book.want)
        tags.added.connect(self._tag)
        tags.removed.connect(lambda ids, names: describing.tag_items(self._window, ids, remove=names))
        book.changed.connect(lambda: tags.set_known(book.known, book.recent))
        tags.set_known(book.known, book.recent)

    def _save(self, ids: Ids, fact: str, text: str) -> None:
        lost = partial(self._on_unsaved, text)
        describing.state_text(self._window, ids, fact, text, room=self._room(), on_error=lost)

    def _on_unsaved(self, text: str) -> None:
        """The error has been told; what was typed is not lost."""
        self._restore()
        if text:
            copy = Offer("Copy what you typed", lambda: QGuiApplication.clipboard().setText(text))
            self._window.notices.tell(tr("“{text}” was not saved.").format(text=describing.shortened(text)), copy)

    def _tag(self, ids: Ids, names: list[str]) -> None:
        describing.tag_items(self._window, ids, names, on_error=self._restore)
        TagBook.of(self._window).used(names)
