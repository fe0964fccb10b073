from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from keeproom.library.views import SidebarCounts
from keeproom.model import Kind
from keeproom.ui.browse.places import ALL, PROBLEMS
from keeproom.ui.browse.sidebar import PLACE_ROLE, PlacesModel, Sidebar, rows


def counts(**changed: object) -> SidebarCounts:
    zero: dict[str, object] = {
        "all": 0,
        "kinds": {},
        "problems": 0,
        "trashed": 0,
        "last_import": None,
        "last_import_count": 0,
        "bytes": 0,
    }
    return SidebarCounts(**{**zero, **changed})  # type: ignore[arg-type]


FULL = counts(all=9, kinds={Kind.IMAGE: 7, Kind.VIDEO: 2}, problems=1, last_import=3, last_import_count=4)


def test_empty_places_are_left_out() -> None:
    assert [row.text for row in rows(counts())] == ["Library", "All"]
    assert [row.text for row in rows(FULL)] == [
        "Library",
        "All",
        "Last import",
        "Photos",
        "Videos",
        "Review",
        "Problems",
    ]


def test_the_place_one_is_at_stays() -> None:
    assert [row.text for row in rows(counts(), PROBLEMS)][-1] == "Problems"


def test_the_model_keeps_its_word(qtbot: QtBot) -> None:
    model = PlacesModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    for known in (None, counts(), FULL, counts(all=3), FULL):
        model.show(known)


def test_going_somewhere_is_told_once(qtbot: QtBot) -> None:
    sidebar = Sidebar()
    qtbot.addWidget(sidebar)
    sidebar.show_counts(FULL)
    went: list[object] = []
    sidebar.went.connect(went.append)
    sidebar.setCurrentIndex(sidebar.model().index(6, 0))
    assert went == [PROBLEMS]
    sidebar.show_counts(counts(all=9))
    sidebar.show_place(ALL)
    assert went == [PROBLEMS]
    assert sidebar.currentIndex().data(PLACE_ROLE) == ALL


def test_elsewhere_the_last_place_can_be_gone_to_again(qtbot: QtBot) -> None:
    sidebar = Sidebar()
    qtbot.addWidget(sidebar)
    sidebar.show()
    place = sidebar.visualRect(sidebar.currentIndex()).center()
    went = []
    sidebar.went.connect(went.append)
    qtbot.mouseClick(sidebar.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert went == []
    sidebar.set_elsewhere(True)
    qtbot.mouseClick(sidebar.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert went == [ALL]
