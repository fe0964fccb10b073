"""Other names: one item by typing, many by a template."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from keeproom.ui.acts import describing
from keeproom.ui.controls import RoleLabel
from keeproom.ui.describe.planning import PlanDialog
from keeproom.ui.flattable import Column
from keeproom.ui.fonts import title_font
from keeproom.ui.imports.flow import FlowLayout
from keeproom.ui.inspector.itemwords import readable
from keeproom.ui.texts import plural, printable, tr
from keeproom.ui.widgets import CONTROL_PX, Line, PlainLabel, TextButton

if TYPE_CHECKING:
    from array import array

    from keeproom.library.renaming import NameRow
    from keeproom.ui.inspector.questions import Ids
    from keeproom.ui.window.main import MainWindow
    from keeproom.ui.window.room import Room

WIDTH_PX = 460
START = "{stem}"
FIELDS = (
    ("Name so far", "{stem}"),
    ("Counter", "{number:03}"),
    ("Date", "{date:%Y-%m-%d}"),
    ("Time", "{date:%H-%M-%S}"),
    ("Title", "{title}"),
    ("Camera", "{camera}"),
)
"""What a template can be made of, by a click; typed, everything works that exports know."""


def open_rename_dialog(window: MainWindow, ids: Ids) -> QDialog | None:
    """Open the dialog for these items; None where none of them is in the library."""
    from keeproom.ui.inspector.questions import assets_of

    room, assets = window.room, assets_of(ids)
    if room is None or not assets:
        return None
    dialog = RenameDialog(window, room, assets) if len(assets) == 1 else TemplateDialog(window, room, assets)
    dialog.show()
    return dialog


class RenameDialog(QDialog):
    """One name, what stands before its extension selected. Enter renames, Escape doesn't."""

    def __init__(self, window: MainWindow, room: Room, assets: array[int]) -> None:
        super().__init__(window)
        self._window, self._room, self._assets = window, room, assets
        self._before = ""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(False)
        self.setWindowTitle(tr("Rename"))
        self.setFixedWidth(WIDTH_PX)
        self.field = Line(parent=self)
        self.field.setFixedHeight(CONTROL_PX)
        self.field.setTextMargins(4, 0, 4, 0)
        self.field.setAccessibleName(tr("Name"))
        self.field.textChanged.connect(self._judge)
        self.verdict = RoleLabel("", self, "secondary", wrap=True)
        self.apply = TextButton(tr("Rename"), self, primary=True)
        self.apply.clicked.connect(self._on_apply)
        self._lay_out()
        self._ask()

    def _lay_out(self) -> None:
        title = PlainLabel(tr("Rename"), self)
        title.setFont(title_font(self.font()))
        cancel = TextButton(tr("Cancel"), self)
        cancel.clicked.connect(self.close)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.verdict, 1)
        row.addWidget(cancel)
        row.addWidget(self.apply)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        column.addWidget(title)
        column.addWidget(self.field)
        column.addLayout(row)

    def _ask(self) -> None:
        room, assets = self._room, self._assets

        def ask() -> str:
            from keeproom.ui.inspector.questions import describe_many

            known = describe_many(room, assets)
            return str(known.name) if known is not None else ""

        room.run(ask, self._show_name)

    def _show_name(self, name: str) -> None:
        from keeproom.library.filenames import split_name

        self._before = printable(name)
        self.field.setText(self._before)
        self.field.setFocus()
        self.field.setSelection(0, len(split_name(self._before)[0]))
        self._judge()

    def _judge(self) -> None:
        name = self.field.text()
        refusal = tr("A name cannot have a / in it.") if "/" in name else ""
        self.verdict.set_role("error" if refusal else "secondary")
        self.verdict.setText(refusal)
        self.apply.setEnabled(bool(name) and not refusal)

    def _on_apply(self) -> None:
        if self.field.text() != self._before:
            describing.state_text(self._window, self._assets, "name", self.field.text(), room=self._room)
        self.close()


COLUMNS: tuple[Column[Any], ...] = (
    Column("Before", lambda row: readable(row.before), 160, 1, 1, quiet=True),
    Column("After", lambda row: readable(row.after), 160, 1, 3),
    Column("", lambda row: tr("same as another") if row.shared else "", 150, 0, 2, quiet=True),
)


class TemplateDialog(PlanDialog):
    """Names from a template, with a counter that begins where one likes."""

    def __init__(self, window: MainWindow, room: Room, assets: array[int]) -> None:
        title = plural(len(assets), "Rename %n item", "Rename %n items")
        self.field = Line(START)
        self.first = QSpinBox()
        super().__init__(window, room, assets, title, COLUMNS)
        self.apply.setText(tr("Rename"))
        self._set_up()
        self.lay_out(self._controls())
        self.field.setFocus()
        self.field.selectAll()

    def _set_up(self) -> None:
        self.field.setFixedHeight(CONTROL_PX)
        self.field.setTextMargins(4, 0, 4, 0)
        self.field.setAccessibleName(tr("Template for the names"))
        self.field.textChanged.connect(self.plan)
        self.first.setRange(0, 9_999_999)
        self.first.setValue(1)
        self.first.setFixedHeight(CONTROL_PX)
        self.first.setMinimumWidth(90)
        self.first.setAccessibleName(tr("Counter begins with"))
        self.first.valueChanged.connect(self.plan)

    def _controls(self) -> QWidget:
        host, chips = QWidget(self), QWidget(self)
        flow = FlowLayout(chips, 6)
        for text, field in FIELDS:
            flow.addWidget(self._inserter(text, field))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(PlainLabel(tr("Counter begins with"), self, "secondary"))
        row.addWidget(self.first)
        column = QVBoxLayout(host)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(chips)
        return host

    def _inserter(self, text: str, field: str) -> TextButton:
        button = TextButton(tr(text), self)
        button.setToolTip(field)
        button.clicked.connect(lambda: self._insert(field))
        return button

    def _insert(self, field: str) -> None:
        self.field.insert(field)
        self.field.setFocus()

    def asked(self) -> Callable[[], Sequence[NameRow]]:
        library, ids = self.room.library, self.assets.tolist()
        template, first = self.field.text(), self.first.value()

        def ask() -> Sequence[NameRow]:
            from keeproom.library.renaming import plan_names

            return plan_names(library, ids, template, first=first)

        return ask

    def changes(self, row: NameRow) -> bool:
        return row.after != row.before

    def judged(self, rows: Sequence[NameRow]) -> tuple[str, str]:
        words = [plural(sum(map(self.changes, rows)), "%n item gets another name.", "%n items get another name.")]
        shared = sum(row.shared for row in rows)
        if shared:
            words.append(plural(shared, "%n has the name of another one.", "%n have the name of another one."))
        return " ".join(words), "warning" if shared else "secondary"

    def make(self, rows: Sequence[NameRow]) -> None:
        describing.state_each(self.window_, "name", {row.asset: row.after for row in rows})
