"""The bar at the top: sidebar, search, import, and how far the work in the background is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from keeproom.ui import icons
from keeproom.ui.actions.action_set import ActionSet
from keeproom.ui.actions.rows import Menu
from keeproom.ui.search.field import SearchField
from keeproom.ui.search.history import History
from keeproom.ui.texts import number, plural, tooltip, tr
from keeproom.ui.theme.palette import colours
from keeproom.ui.widgets import BUTTON_PX, CONTROL_PX, ICON_PX, Bar, IconButton, TextButton, plain_text, shortcut_of
from keeproom.ui.window.activity import Doing

HEIGHT_PX = 48
RING_PX = 2.5


class Toolbar(Bar):
    def __init__(self, actions: ActionSet, history: History, parent: QWidget | None = None) -> None:
        super().__init__(HEIGHT_PX, Qt.Edge.BottomEdge, parent)
        self.sidebar = IconButton.of_action(actions["view.sidebar"], self, small=False)
        self.search = SearchField(history, self)
        keys = shortcut_of(actions["search.filters"])
        self.search.filter.name_it(plain_text(actions["search.filters"]), keys)
        self.search.cross.name_it(plain_text(actions["search.clear"]), shortcut_of(actions["search.clear"]))
        self.import_button = _ImportButton(actions, self)
        self.activity = ActivityButton(actions, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 12, 1)
        row.setSpacing(8)
        row.addWidget(self.sidebar)
        row.addWidget(self.search, 1)
        row.addWidget(self.activity)
        row.addWidget(self.import_button)
        self.inspector = self._inspector_button(actions)
        if self.inspector is not None:
            row.addWidget(self.inspector)

    def _inspector_button(self, actions: ActionSet) -> IconButton | None:
        """The mirror of the sidebar's button; there as soon as there is an inspector."""
        try:
            return IconButton.of_action(actions["view.inspector"], self, small=False)
        except KeyError:
            return None


class _ImportButton(TextButton):
    """Files or a folder: a button that opens the two entries."""

    def __init__(self, actions: ActionSet, parent: QWidget) -> None:
        super().__init__(f" {tr('Import')}", parent)
        self.setMenu(actions.menu(Menu.IMPORT, self))
        self._recolour()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._recolour()
        super().changeEvent(event)

    def _recolour(self) -> None:
        those = colours(self.palette())
        self.setIcon(icons.icon("import", those.secondary, those.disabled, side=16))


class ActivityButton(QToolButton):
    """A ring that fills while something long goes on, and the number of problems. It opens the Activity page."""

    def __init__(self, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoRaise(True)
        self.setFixedHeight(CONTROL_PX)
        self.setMinimumWidth(BUTTON_PX)
        self.setIconSize(QSize(ICON_PX, ICON_PX))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        action = actions["activity.page"]
        self._shortcut = action.shortcut().toString()
        self.clicked.connect(action.trigger)
        self._doing: Doing | None = None
        self._problems = 0
        self.tell(None, 0)

    def tell(self, doing: Doing | None, problems: int) -> None:
        """Show what is going on, and how many items have a problem."""
        self._doing, self._problems = doing, problems
        self.setText(number(problems) if problems else "")
        beside = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        self.setToolButtonStyle(beside if problems else Qt.ToolButtonStyle.ToolButtonIconOnly)
        said = [doing.text] if doing else []
        if problems:
            said.append(plural(problems, "%n problem", "%n problems"))
        name = f"{tr('Activity')} ({self._shortcut})" if self._shortcut else tr("Activity")
        self.setToolTip(tooltip(": ".join(part for part in (name, " · ".join(said)) if part)))
        self.setAccessibleName(": ".join([tr("Activity"), *said]))
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()
        super().changeEvent(event)

    def _draw(self) -> None:
        ratio = self.devicePixelRatioF()
        those = colours(self.palette())
        if self._doing is None:
            name, colour = ("triangle-alert", those.warning) if self._problems else ("activity", those.secondary)
            self.setIcon(QIcon(icons.pixmap(name, colour.name(), ICON_PX, ratio)))
            return
        picture = QPixmap(round(ICON_PX * ratio), round(ICON_PX * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(3, 3, ICON_PX - 6, ICON_PX - 6)
        painter.setPen(QPen(those.separator, RING_PX))
        painter.drawEllipse(room)
        fraction = 0.25 if self._doing.fraction is None else max(0.02, self._doing.fraction)
        painter.setPen(QPen(those.accent, RING_PX, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawArc(room, 90 * 16, -round(fraction * 360 * 16))
        painter.end()
        self.setIcon(QIcon(picture))
