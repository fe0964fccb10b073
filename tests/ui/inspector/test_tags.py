"""The tree of tags: its model, its filter, and what is copied out of it."""

from __future__ import annotations

import json
from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from keeproom.library.inspecting import inspect_asset
from keeproom.library.opening import Library
from keeproom.ui.inspector.tags import NAME, SHOWN_LONGEST, VALUE, Group, Tag, TagModel, groups_of, text_of
from keeproom.ui.inspector.tagtable import TagTable
from tests.importing import Importer, work_through

GROUPS = [
    Group("EXIF", (Tag("Model", "NIKON D70"), Tag("ISO", "200"), Tag("Note", "<b>bold</b>\nsecond line"))),
    Group("File", (Tag("FileSize", "161713"),)),
]


@pytest.fixture
def table(qtbot: QtBot) -> TagTable:
    shown = TagTable("All details", "Nothing was found in this file.")
    qtbot.addWidget(shown)
    shown.resize(280, 400)
    shown.show()
    shown.show_groups(GROUPS)
    return shown


def leaf(model: TagModel, group: int, row: int, column: int = NAME) -> QModelIndex:
    return model.index(row, column, model.index(group, NAME))


def test_the_model_holds_what_models_must(qtbot: QtBot) -> None:
    model = TagModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_groups(GROUPS)
    model.set_filter("nikon")
    model.set_filter("nothing has this")
    model.set_filter("")
    model.show_groups([])
    model.show_groups(GROUPS)
    assert tester.model() is model
    assert (model.rowCount(), model.total()) == (2, 4)
    assert leaf(model, 0, 1, VALUE).data() == "200"
    assert leaf(model, 0, 1).parent().data() == "EXIF"


def test_real_metadata_is_shown_by_group(library: Library, importer: Importer, corpus: Path) -> None:
    importer(corpus / "photos" / "cameras" / "DSCN0010.jpg")
    work_through(library)
    metadata = inspect_asset(library, 1).details.metadata
    groups = groups_of(metadata)
    assert [group.title for group in groups][:2] == ["File", "EXIF"]
    assert sum(len(group.tags) for group in groups) == len(metadata)
    assert Tag("Model", "COOLPIX P6000") in {group.title: group.tags for group in groups}["EXIF"]


def test_values_are_texts() -> None:
    assert text_of([1, True, None, ["a", {"b": 2.5}]]) == "1, true, , a, b: 2.5"
    assert groups_of({"NoGroup": 1}) == [Group("", (Tag("NoGroup", "1"),))]


def test_long_and_marked_up_values_are_cut_and_plain(corpus: Path) -> None:
    model = TagModel()
    strings = json.loads((corpus / "hostile" / "naughty-strings.json").read_text("utf-8"))
    model.show_groups([Group("XMP", tuple(Tag(f"T{n}", text) for n, text in enumerate([*strings, "y" * 10_000])))])
    for row in range(model.total()):
        shown = leaf(model, 0, row, VALUE).data()
        assert len(shown) <= SHOWN_LONGEST + 1
        assert len(shown.splitlines()) <= 1
        tip = leaf(model, 0, row, VALUE).data(Qt.ItemDataRole.ToolTipRole)
        assert tip.startswith("<p style='white-space:pre'>")
        assert tip.count("<") == 2, "only our own markup"
        assert len(tip) < 8_000


def test_the_filter_keeps_lines_that_have_all_words(table: TagTable) -> None:
    assert table.count_text() == "4"
    table.filter_now("exif 70")
    assert table.count_text() == "1 of 4"
    assert table.text() == "EXIF:Model: NIKON D70"
    table.filter_now("no such thing")
    assert table.count_text() == "0 of 4"
    assert table.nothing_text() == "No line has these words."
    table.show_groups([Group("EXIF", (Tag("no", "such thing"),))])
    assert table.count_text() == "1", "the filter stays for the next item"
    table.show_groups([])
    assert table.nothing_text() == "Nothing was found in this file."


def test_typing_filters(qtbot: QtBot, table: TagTable) -> None:
    qtbot.keyClicks(table.field, "iso")
    qtbot.waitUntil(lambda: table.count_text() == "1 of 4")
    qtbot.keyClick(table.field, Qt.Key.Key_Return)
    assert table.tree.hasFocus()


def test_values_lines_and_all_can_be_copied(qtbot: QtBot, table: TagTable) -> None:
    clipboard = QGuiApplication.clipboard()
    select = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for row in (2, 0):
        table.tree.selectionModel().select(leaf(table.model, 0, row), select)
    qtbot.keyClick(table.tree, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard.text() == "NIKON D70\n<b>bold</b>\nsecond line"
    actions = {action.text(): action for action in table.tree.menu().actions()}
    actions["Copy lines"].trigger()
    assert clipboard.text() == "EXIF:Model: NIKON D70\nEXIF:Note: <b>bold</b>\nsecond line"
    actions["Copy all"].trigger()
    assert clipboard.text().splitlines()[-1] == "File:FileSize: 161713"


def test_thousands_of_tags_stay_quick(table: TagTable) -> None:
    many = [Group(f"G{n}", tuple(Tag(f"T{m}", f"value {n} {m}") for m in range(500))) for n in range(20)]
    table.show_groups(many)
    start = perf_counter()
    table.show_groups(many)
    table.filter_now("g3:t499")
    table.grab()
    assert perf_counter() - start < 1.0, "0.05 s on a quiet machine"
    assert table.count_text() == "1 of 10,000"
