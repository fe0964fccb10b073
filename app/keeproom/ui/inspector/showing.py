"""The picture of the one item that is shown: its stored preview, made again where that is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from keeproom.ui.inspector.itemwords import no_preview
from keeproom.ui.inspector.picture import load_picture
from keeproom.ui.texts import tr

if TYPE_CHECKING:
    from keeproom.library.inspecting import Inspection
    from keeproom.ui.inspector.onepage import OnePage
    from keeproom.ui.window.room import Room


class Showing:
    """Loads what the page is to show, in threads; what is not wanted any more by then is dropped."""

    def __init__(self, page: OnePage) -> None:
        self._page = page
        self._wanted: tuple[int, str, str] | None = None
        self.is_loading = False

    def forget(self) -> None:
        """No item is shown."""
        self._wanted, self.is_loading = None, False

    def show(self, room: Room, item: Inspection) -> None:
        """Show the picture of an item, unless it is in sight already."""
        wanted = (item.details.asset.id, item.details.asset.sha256, no_preview(item))
        if wanted != self._wanted:
            self._wanted = wanted
            self._page.expect_picture(item)
            self._load(room, item)

    def _load(self, room: Room, item: Inspection, *, again: bool = False) -> None:
        """Show the stored preview; one that is gone or broken is made again, once."""
        wanted, sha256 = self._wanted, item.details.asset.sha256
        self.is_loading = not no_preview(item)
        if not self.is_loading:
            self._page.show_picture(item, QImage(), "")
            return

        def on_loaded(image: QImage) -> None:
            if wanted != self._wanted:
                return
            if image.isNull() and not again:
                room.remaker.remake(sha256, on_remade)
            else:
                self.is_loading = False
                self._page.show_picture(item, image, tr("Its preview cannot be made.") if image.isNull() else "")

        def on_remade(_made: bool) -> None:
            if wanted == self._wanted:
                self._load(room, item, again=True)

        room.run(lambda: load_picture(room.library, sha256), on_loaded, lambda: on_loaded(QImage()))
