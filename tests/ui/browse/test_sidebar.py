"""The sidebar as a widget: a tree for mouse and keyboard, in which nothing jumps."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from keeproom.library.collecting import CollectionCount
from keeproom.library.views import SidebarCounts
from keeproom.ui.browse.nodes import Node
from keeproom.ui.browse.places import ALL, PROBLEMS, TRASH, Place, collection_place, tag_place
from keeproom.ui.browse.sidebar import Sidebar
from keeproom.ui.browse.sidemodel import NODE_FORMAT
from keeproom.ui.browse.siderow import adding, chevron
from keeproom.ui.copies import OWN_FORMAT
from keeproom.ui.theme.appearance import Appearance
from tests.ui.browse.test_branches import FULL

Key = Qt.Key
Left = Qt.MouseButton.LeftButton


@pytest.fixture
def went() -> list[Place]:
    return []


@pytest.fixture
def sidebar(qtbot: QtBot, appearance: Appearance, went: list[Place]) -> Iterator[Sidebar]:
    shown = Sidebar()
    qtbot.addWidget(shown)
    QAbstractItemModelTester(shown.tree, QAbstractItemModelTester.FailureReportingMode.Fatal, shown)
    shown.resize(216, 400)
    shown.show()
    shown.show_counts(FULL)
    shown.went.connect(went.append)
    return shown


def texts(sidebar: Sidebar) -> list[str]:
    return [row.node.text for row in sidebar.tree.rows()]


def at(sidebar: Sidebar, key: str) -> QPoint:
    sidebar.scrollTo(sidebar.tree.index_of(key))
    return sidebar.visualRect(sidebar.tree.index_of(key)).center()


def press(sidebar: Sidebar, *keys: Key) -> None:
    for key in keys:
        QTest.keyClick(sidebar, key)


def current(sidebar: Sidebar) -> str:
    node = sidebar.node()
    return "" if node is None else node.key


def click(sidebar: Sidebar, key: str) -> None:
    QTest.mouseClick(sidebar.viewport(), Left, Qt.KeyboardModifier.NoModifier, at(sidebar, key))


def test_going_somewhere_is_told_once(sidebar: Sidebar, went: list[Place]) -> None:
    click(sidebar, PROBLEMS.name)
    assert went == [PROBLEMS]
    sidebar.show_counts(SidebarCounts(all=9, found=9))
    sidebar.show_place(ALL)
    assert went == [PROBLEMS]
    assert current(sidebar) == ALL.name


def test_elsewhere_the_last_place_can_be_gone_to_again(sidebar: Sidebar, went: list[Place]) -> None:
    click(sidebar, ALL.name)
    assert went == []
    sidebar.set_elsewhere(True)
    click(sidebar, ALL.name)
    assert went == [ALL]


def test_arrows_open_and_close_as_in_a_tree(sidebar: Sidebar, went: list[Place]) -> None:
    click(sidebar, "tag:places")
    press(sidebar, Key.Key_Right)
    assert "paris" in texts(sidebar)
    press(sidebar, Key.Key_Right)
    assert went[-1] == tag_place("places/paris")
    press(sidebar, Key.Key_Left)
    assert current(sidebar) == "tag:places"
    press(sidebar, Key.Key_Left)
    assert "paris" not in texts(sidebar)
    press(sidebar, Key.Key_Left)
    assert current(sidebar) == "section:tag"
    press(sidebar, Key.Key_Return)
    assert "places" not in texts(sidebar)


def test_a_click_beside_a_name_opens_and_leads_nowhere(sidebar: Sidebar, went: list[Place]) -> None:
    key = "tag:places"
    at(sidebar, key)
    index = sidebar.tree.index_of(key)
    row = sidebar.tree.row(index)
    assert row is not None
    QTest.mouseClick(
        sidebar.viewport(), Left, Qt.KeyboardModifier.NoModifier, chevron(sidebar.visualRect(index), row).center()
    )
    assert "paris" in texts(sidebar)
    assert went == []


def test_what_is_opened_is_remembered(qtbot: QtBot, sidebar: Sidebar) -> None:
    with qtbot.waitSignal(sidebar.folded):
        click(sidebar, "section:date")
    assert "2023" in texts(sidebar)
    again = Sidebar()
    qtbot.addWidget(again)
    again.restore(sidebar.choices())
    again.show_counts(FULL)
    assert texts(again) == texts(sidebar)
    for nonsense in ("{", "[]", "3", '{"section:date": 7}'):
        again.restore(nonsense)


def test_no_section_opens_because_a_search_leaves_little_of_it(sidebar: Sidebar) -> None:
    many = replace(FULL, tags=tuple((f"tag {nth:03}", 1) for nth in range(100)))
    sidebar.show_counts(None)
    sidebar.show_counts(many)
    assert "tag 000" not in texts(sidebar)
    sidebar.show_counts(replace(FULL, tags=many.tags[:3]))
    assert "tag 000" not in texts(sidebar)
    sidebar.show_counts(None)
    sidebar.show_counts(replace(FULL, tags=many.tags[:3]))
    assert "tag 000" in texts(sidebar)


def test_typing_looks_for_a_name_also_where_it_is_closed(sidebar: Sidebar, went: list[Place]) -> None:
    sidebar.keyboardSearch("p")
    assert current(sidebar) == "library:last-import" or texts(sidebar)[sidebar.currentIndex().row()].startswith("P")
    sidebar.keyboardSearch("a")
    assert current(sidebar) == "tag:places/paris"
    assert went[-1] == tag_place("places/paris")
    sidebar.keyboardSearch("zzz")
    assert current(sidebar) == "tag:places/paris"


def test_letters_and_keys_of_the_window_are_its_own_while_it_has_the_keyboard(qtbot: QtBot, sidebar: Sidebar) -> None:
    unwanted: list[Node] = []
    sidebar.unwanted.connect(unwanted.append)
    click(sidebar, "tag:sea")
    press(sidebar, Key.Key_Delete)
    assert [node.name for node in unwanted] == ["sea"]
    press(sidebar, Key.Key_Home)
    press(sidebar, Key.Key_Delete)
    assert len(unwanted) == 1


def test_f2_gives_another_name(qtbot: QtBot, sidebar: Sidebar) -> None:
    renamed: list[tuple[str, str]] = []
    sidebar.renamed.connect(lambda node, text: renamed.append((node.name, text)))
    click(sidebar, "tag:sea")
    press(sidebar, Key.Key_F2)
    editor = sidebar.findChild(QLineEdit)
    assert editor is not None
    assert (editor.text(), editor.selectedText()) == ("sea", "sea")
    QTest.keyClicks(editor, "ocean")
    QTest.keyClick(editor, Key.Key_Return)
    qtbot.waitUntil(lambda: renamed == [("sea", "ocean")])
    click(sidebar, ALL.name)
    press(sidebar, Key.Key_F2)
    assert len(renamed) == 1


def test_a_heading_adds(sidebar: Sidebar) -> None:
    wanted: list[object] = []
    sidebar.wanted.connect(wanted.append)
    index = sidebar.tree.index_of("section:collection")
    row = sidebar.tree.row(index)
    assert row is not None
    at(sidebar, "section:collection")
    place = adding(sidebar.visualRect(index), row).center()
    QTest.mouseClick(sidebar.viewport(), Left, Qt.KeyboardModifier.NoModifier, place)
    assert wanted == ["collection"]
    assert "Rome" in texts(sidebar)


def test_nothing_jumps_when_other_rows_come_and_go(sidebar: Sidebar, went: list[Place]) -> None:
    tags = tuple((f"tag {nth:03}", 3) for nth in range(0, 40, 2))
    sidebar.show_counts(replace(FULL, tags=tags))
    click(sidebar, "tag:tag 020")
    before = at(sidebar, "tag:tag 020")
    assert sidebar.verticalScrollBar().value()
    sidebar.show_counts(replace(FULL, tags=tuple(sorted((*tags, *((f"tag {nth:03}", 1) for nth in range(1, 19, 2)))))))
    assert sidebar.visualRect(sidebar.tree.index_of("tag:tag 020")).center() == before
    assert current(sidebar) == "tag:tag 020"
    sidebar.show_counts(replace(FULL, tags=tags[6:]))
    assert sidebar.visualRect(sidebar.tree.index_of("tag:tag 020")).center() == before
    assert went == [tag_place("tag 020")]


def test_a_screen_reader_hears_what_it_is(sidebar: Sidebar) -> None:
    def said(key: str) -> str:
        return str(sidebar.tree.index_of(key).data(Qt.ItemDataRole.AccessibleTextRole))

    assert said("collection:1") == "Rome, 2 items, collection, closed"
    assert said("tag:sea") == "sea, 1 item, tag"
    assert said("section:tag") == "Tags, heading, open"
    assert said(TRASH.name) == "Trash, 3 items"


def test_names_are_shown_as_they_are(qtbot: QtBot, sidebar: Sidebar) -> None:
    names = ["<b>bold", "a\nb", "\u202egnp.exe", "x" * 1_000, "/", "\U0001f600", ""]
    rows = tuple(CollectionCount(nth + 1, name, 1, None) for nth, name in enumerate(names))
    tags = tuple((name, 1) for name in names)
    sidebar.show_counts(replace(FULL, collections=rows, tags=tags, folders=(("/M\udcfcnchen", 1),)))
    assert not sidebar.grab().isNull()
    tips = [str(sidebar.tree.index_of(f"collection:{row.id}").data(Qt.ItemDataRole.ToolTipRole)) for row in rows]
    assert "&lt;b&gt;" in tips[0]


class TestDropping:
    @pytest.fixture
    def dropped(self, sidebar: Sidebar) -> list[tuple[object, str]]:
        heard: list[tuple[object, str]] = []
        sidebar.is_own = lambda mime: mime.hasFormat(OWN_FORMAT)
        sidebar.dropped.connect(lambda ids, node: heard.append((ids, node.key)))
        sidebar.moved.connect(lambda node, above: heard.append((node.key, above.key)))
        return heard

    def drop(self, sidebar: Sidebar, mime: QMimeData, key: str) -> bool:
        event = QDropEvent(
            QPointF(at(sidebar, key)), Qt.DropAction.CopyAction, mime, Left, Qt.KeyboardModifier.NoModifier
        )
        sidebar.dropEvent(event)
        return event.isAccepted()

    def items(self, *ids: int) -> QMimeData:
        mime = QMimeData()
        mime.setData(OWN_FORMAT, QByteArray(json.dumps({"library": "x", "assets": ids}).encode()))
        return mime

    def node(self, sidebar: Sidebar, key: str) -> QMimeData:
        return sidebar.tree.mimeData([sidebar.tree.index_of(key)])

    def test_items_land_on_collections_and_tags(self, sidebar: Sidebar, dropped: list[tuple[object, str]]) -> None:
        assert self.drop(sidebar, self.items(3, 4), "collection:1")
        assert self.drop(sidebar, self.items(5), "tag:sea")
        assert dropped == [([3, 4], "collection:1"), ([5], "tag:sea")]
        sidebar.toggle(sidebar.tree.tree[2].below[0], opened=True)
        for key in (ALL.name, "section:tag", "collection:2"):  # the last one is smart
            assert not self.drop(sidebar, self.items(3), key)

    def test_files_from_elsewhere_are_not_taken(self, sidebar: Sidebar, dropped: list[tuple[object, str]]) -> None:
        mime = QMimeData()
        mime.setText(str(Path("/elsewhere")))
        assert not self.drop(sidebar, mime, "collection:1")
        assert dropped == []

    def test_tags_land_on_tags(self, sidebar: Sidebar, dropped: list[tuple[object, str]]) -> None:
        sidebar.toggle(sidebar.tree.tree[3].below[0], opened=True)
        paris, sea = self.node(sidebar, "tag:places/paris"), self.node(sidebar, "tag:sea")
        assert sea.hasFormat(NODE_FORMAT)
        assert self.drop(sidebar, sea, "tag:places")
        assert self.drop(sidebar, paris, "section:tag")
        assert dropped == [("tag:sea", "tag:places"), ("tag:places/paris", "section:tag")]
        assert not self.drop(sidebar, paris, "tag:places")  # it is there
        assert not self.drop(sidebar, self.node(sidebar, "tag:places"), "tag:places/paris")  # below itself
        assert not self.drop(sidebar, sea, "collection:1")
        assert not self.drop(sidebar, sea, "section:tag")


def test_a_collection_that_is_shown_is_marked(sidebar: Sidebar, went: list[Place]) -> None:
    sidebar.show_place(collection_place(1, "Rome"))
    assert current(sidebar) == "collection:1"
    assert went == []
