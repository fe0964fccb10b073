"""One item: its picture, name and marks, what is wrong with it, and the tabs with all that is known."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QImage
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from keeproom.model import Kind, Status
from keeproom.ui.describe.flatness import INSET_PX
from keeproom.ui.inspector.editable import LineField
from keeproom.ui.inspector.factlist import FactList
from keeproom.ui.inspector.fields import Fields
from keeproom.ui.inspector.itemwords import info_sections, no_preview, read_sections, readable, under_name
from keeproom.ui.inspector.marks import Marks
from keeproom.ui.inspector.parts import MARGIN_PX, Page, TroubleLine, with_margins
from keeproom.ui.inspector.picture import Picture
from keeproom.ui.inspector.steps import StepsPage
from keeproom.ui.inspector.tabs import Tabs
from keeproom.ui.inspector.tags import groups_of
from keeproom.ui.inspector.tagtable import TagTable
from keeproom.ui.inspector.wrapped import WrappedLabel
from keeproom.ui.status import IN_TROUBLE, KINDS, STATUSES
from keeproom.ui.texts import clock, tr

if TYPE_CHECKING:
    from keeproom.library.inspecting import Inspection
    from keeproom.ui.inspector.described import Described

INFO, DETAILS, STEPS = range(3)


class OnePage(QWidget):
    """Shows one inspection; a tab stays open when another item is shown."""

    def __init__(
        self,
        open_item: Callable[[], None],
        retry: Callable[[], None],
        show_place: Callable[[Path], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.picture = Picture(self)
        self.picture.clicked.connect(open_item)
        self.name = LineField(tr("Name"), "", self)
        self.under = WrappedLabel("", self, "secondary", lines=2)
        self.trouble = TroubleLine(retry, self, self._to_steps)
        self.marks = Marks(self)
        self.tabs = Tabs(self)
        self.fields = Fields(self)
        self.facts = FactList(show_place, self)
        self.details = TagTable(tr("All details"), tr("Nothing was found in this file."), self)
        self.steps = StepsPage(retry, self)
        self._pages = QStackedWidget(self)
        self._shown: tuple[int, int] | None = None
        self._assemble()

    def _assemble(self) -> None:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        self.name.setFont(font)
        self.tabs.setAccessibleName(tr("What to show of this item"))
        info = QWidget()
        lines = QVBoxLayout(info)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(10)
        lines.addWidget(self.fields)
        lines.addWidget(self.facts, 1)
        pages = (
            ("Info", Page(info, tr("Info"), self.facts.copy)),
            ("All details", with_margins(self.details)),
            ("Steps", Page(self.steps, tr("Steps"))),
        )
        for title, page in pages:
            self.tabs.addTab(tr(title))
            self._pages.addWidget(page)
        self.tabs.currentChanged.connect(self._pages.setCurrentIndex)
        head = _column(MARGIN_PX, self.picture)
        name = _column(MARGIN_PX - INSET_PX, self.name)
        below = _column(MARGIN_PX, self.under, self.trouble, self.marks)
        head.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, 6)
        below.setContentsMargins(MARGIN_PX, 0, MARGIN_PX, 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (head, name, below):
            column.addLayout(part)
        column.addWidget(self.tabs)
        column.addWidget(self._pages, 1)

    def show_item(self, item: Inspection, known: Described) -> None:
        """Show an item, or what is new of it; the picture is asked for by itself."""
        asset = item.details.asset
        name = readable(asset.name)
        self.name.load(known.ids, asset.name)
        self.marks.show_marks(known)
        self.fields.show_fields(known)
        self.fields.date.show_time(known.captured)
        self.picture.rotate(asset.rotation)
        self.under.setText(under_name(item))
        self.picture.setAccessibleName(tr("Open {name}").format(name=name))
        self.picture.setToolTip(tr("Open (Enter)"))
        if asset.status in IN_TROUBLE:
            role = "warning" if asset.status is Status.FAILED else "error"
            self.trouble.tell(tr(STATUSES[asset.status].text), role, can_retry=asset.status is Status.FAILED)
        self.trouble.setVisible(asset.status in IN_TROUBLE)
        self.facts.show_sections(read_sections(item), info_sections(item))
        self.details.show_groups(groups_of(item.details.metadata))
        self.steps.show_item(item)
        page = self._pages.currentWidget()
        if isinstance(page, Page):
            page.settle()

    def expect_picture(self, item: Inspection) -> None:
        """Another item: its icon stands until its picture comes."""
        asset = item.details.asset
        pill = clock(asset.duration_s) if asset.duration_s is not None else ""
        self.picture.expect(KINDS[asset.kind].icon, f"▶ {pill}" if asset.kind is Kind.VIDEO and pill else pill)

    def show_picture(self, item: Inspection, image: QImage, why: str) -> None:
        """The picture, or why there is none."""
        self.picture.show_image(image, why or ("" if not image.isNull() else no_preview(item)))

    def open_tab(self, tab: int) -> None:
        self.tabs.setCurrentIndex(tab)

    def save(self) -> None:
        """Keep what is typed."""
        self.name.save()
        self.fields.save()

    def _to_steps(self) -> None:
        self.open_tab(STEPS)


def _column(margin_px: int, *widgets: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setContentsMargins(margin_px, 0, margin_px, 0)
    column.setSpacing(4)
    for widget in widgets:
        column.addWidget(widget)
    return column
