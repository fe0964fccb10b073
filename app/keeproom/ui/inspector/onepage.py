"""One item: its picture and name, what is wrong with it, and the tabs with all that is known."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from keeproom.model import Kind, Status
from keeproom.ui.inspector.factlist import FactList
from keeproom.ui.inspector.itemwords import info_sections, no_preview, readable, under_name
from keeproom.ui.inspector.picture import Picture
from keeproom.ui.inspector.steps import StepsPage
from keeproom.ui.inspector.tabs import Tabs
from keeproom.ui.inspector.tags import groups_of
from keeproom.ui.inspector.tagtable import TagTable
from keeproom.ui.inspector.wrapped import WrappedLabel
from keeproom.ui.status import IN_TROUBLE, KINDS, STATUSES
from keeproom.ui.texts import clock, tr
from keeproom.ui.theme.palette import colours
from keeproom.ui.widgets import LinkButton

if TYPE_CHECKING:
    from keeproom.library.inspecting import Inspection

INFO, DETAILS, STEPS = range(3)
MARGIN_PX = 12


class OnePage(QWidget):
    """Shows one inspection; a tab stays open when another item is shown."""

    def __init__(
        self,
        open_item: Callable[[], None],
        retry: Callable[[], None],
        show_folder: Callable[[Path], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.picture = Picture(self)
        self.picture.clicked.connect(open_item)
        self.name = WrappedLabel("", self, lines=2)
        self.under = WrappedLabel("", self, "secondary", lines=2)
        self.trouble = TroubleLine(self._to_steps, retry, self)
        self.tabs = Tabs(self)
        self.facts = FactList(show_folder, self)
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
        pages = (
            ("Info", scrolling(self.facts)),
            ("All details", _with_margins(self.details)),
            ("Steps", scrolling(self.steps)),
        )
        for title, page in pages:
            self.tabs.addTab(tr(title))
            self._pages.addWidget(page)
        self.tabs.currentChanged.connect(self._pages.setCurrentIndex)
        head = QVBoxLayout()
        head.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, 4)
        head.setSpacing(2)
        head.addWidget(self.picture)
        head.addSpacing(8)
        for widget in (self.name, self.under, self.trouble):
            head.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.tabs)
        column.addWidget(self._pages, 1)

    def show_item(self, item: Inspection) -> None:
        """Show an item, or what is new of it; the picture is asked for by itself."""
        asset = item.details.asset
        name = readable(asset.name)
        self.name.setText(name)
        self.under.setText(under_name(item))
        self.picture.setAccessibleName(tr("Open {name}").format(name=name))
        self.picture.setToolTip(tr("Open (Enter)"))
        self.trouble.tell(asset.status)
        self.facts.show_sections(info_sections(item))
        self.details.show_groups(groups_of(item.details.metadata))
        self.steps.show_item(item)

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

    def _to_steps(self) -> None:
        self.open_tab(STEPS)


class TroubleLine(QFrame):
    """What is wrong, with a way to the reason and one to try again."""

    def __init__(self, why: Callable[[], None], retry: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.text = WrappedLabel("", self, "warning", lines=2)
        self.why = LinkButton(tr("Why"), self)
        self.why.setToolTip(tr("Show the steps and what came of them"))
        self.why.clicked.connect(why)
        self.retry = LinkButton(tr("Retry"), self)
        self.retry.setToolTip(tr("Try what failed once more (Ctrl+Shift+R)"))
        self.retry.clicked.connect(retry)
        self._fill = "warning_fill"
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 4, 4, 4)
        row.setSpacing(0)
        row.addWidget(self.text, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.why)
        row.addWidget(self.retry)

    def tell(self, status: Status) -> None:
        is_trouble = status in IN_TROUBLE
        self.setVisible(is_trouble)
        if is_trouble:
            role = "warning" if status is Status.FAILED else "error"
            self._fill = f"{role}_fill"
            self.text.set_role(role)
            self.text.setText(tr(STATUSES[status].text))
            self.retry.setVisible(status is Status.FAILED)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(getattr(colours(self.palette()), self._fill))
        painter.drawRoundedRect(self.rect(), 6, 6)


def scrolling(content: QWidget) -> QScrollArea:
    """A page that scrolls upright only; it can have the keyboard for that."""
    host = _with_margins(content)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.viewport().setAutoFillBackground(False)
    host.setAutoFillBackground(False)
    area.setWidget(host)
    return area


def _with_margins(content: QWidget) -> QWidget:
    host = QWidget()
    column = QVBoxLayout(host)
    column.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
    column.addWidget(content)
    return host
