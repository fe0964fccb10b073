"""The shelf without a window: what it asks of a real library, and what it tells when."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from keeproom.catalog.tables import AssetRow
from keeproom.library.arranger import Arranger
from keeproom.library.arranging import Arrangement
from keeproom.library.control import Control
from keeproom.library.importing import Import
from keeproom.library.opening import Library
from keeproom.library.views import View
from keeproom.model import Grouping, Kind
from keeproom.ui.browse.places import ALL, LAST_IMPORT, PLACES, Place, import_place
from keeproom.ui.browse.shelf import Shelf
from keeproom.ui.window.room import Room
from keeproom.workers.session import Session
from tests.bench.synthetic import make_library
from tests.conftest import MakePicture
from tests.importing import Importer

COUNT = 300
VIDEOS = next(place for place in PLACES if place.scope == "kind:video")


@dataclass
class Shown:
    """What a shelf told, the newest last."""

    arranged: list[tuple[Arrangement, bool]] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)

    @property
    def ids(self) -> list[int]:
        return [] if not self.arranged else self.arranged[-1][0].ids.tolist()

    @property
    def kept(self) -> list[bool]:
        return [keep for _, keep in self.arranged]


@pytest.fixture
def room(library: Library) -> Iterator[Room]:
    session = Session(library)
    opened = Room(library, session)
    yield opened
    session.close()


@pytest.fixture
def shown() -> Shown:
    return Shown()


@pytest.fixture
def shelf(shown: Shown, qapp: object) -> Shelf:
    made = Shelf("-imported")
    made.arranged.connect(lambda arrangement, keep: shown.arranged.append((arrangement, keep)))
    made.place_changed.connect(shown.places.append)
    made.assets_changed.connect(shown.changed.extend)
    return made


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("synthetic") / "library"
    make_library(folder, COUNT, thumbnailed=0)
    return folder


@pytest.fixture
def empty_library(template: Path) -> Path:
    """The library of these tests is not empty, but for those that import."""
    return template


def attach(qtbot: QtBot, shelf: Shelf, room: Room) -> None:
    with qtbot.waitSignal(shelf.arranged):
        shelf.attach(room)


def rate(library: Library, *assets: int) -> None:
    with library.catalog.write() as write:
        values = {"rating": 5, "revision": write.revision}
        write.session.execute(update(AssetRow).where(AssetRow.id.in_(assets)).values(**values))


def test_a_library_is_shown_with_its_counts(qtbot: QtBot, shelf: Shelf, shown: Shown, room: Room) -> None:
    attach(qtbot, shelf, room)
    assert shelf.counts is not None
    assert shown.arranged[-1][0].items == shelf.counts.all > 250
    assert shown.ids == sorted(shown.ids, reverse=True)
    assert shown.arranged[-1][0].groups == ()


def test_days_imply_an_order_by_them(qtbot: QtBot, shelf: Shelf, shown: Shown, room: Room) -> None:
    attach(qtbot, shelf, room)
    for grouping in (Grouping.DAY, Grouping.MONTH):
        with qtbot.waitSignal(shelf.arranged):
            shelf.set_grouping(grouping)
        groups = shown.arranged[-1][0].groups
        keys = [group.key for group in groups]
        assert keys[:-1] == sorted(keys[:-1], reverse=True)
        assert sum(group.count for group in groups) == len(shown.ids)
    assert shown.kept[1:] == [False, False]


def test_a_place_with_an_order_of_its_own_has_headings_of_its_own(
    qtbot: QtBot, shelf: Shelf, shown: Shown, room: Room
) -> None:
    attach(qtbot, shelf, room)
    with qtbot.waitSignal(shelf.arranged):
        shelf.set_grouping(Grouping.DAY)
    with qtbot.waitSignal(shelf.arranged):
        shelf.go(LAST_IMPORT)
    assert (shelf.sort, shelf.grouping) == ("imported", Grouping.NONE)
    assert shown.ids == sorted(shown.ids)
    with qtbot.waitSignal(shelf.arranged):
        shelf.set_grouping(Grouping.MONTH)
    assert shown.arranged[-1][0].groups
    with qtbot.waitSignal(shelf.arranged):
        shelf.go(ALL)
    assert (shelf.sort, shelf.grouping) == ("-imported", Grouping.DAY)


def test_what_is_on_the_screen_already_is_not_told_again(qtbot: QtBot, shelf: Shelf, shown: Shown, room: Room) -> None:
    attach(qtbot, shelf, room)
    rate(room.library, 3, 4)
    shelf.refresh()
    qtbot.waitUntil(lambda: shelf.is_settled)
    assert len(shown.arranged) == 1
    with qtbot.waitSignal(shelf.arranged):
        shelf.set_sort("-rating")
    before = shown.ids
    rate(room.library, before[-1])
    with qtbot.waitSignal(shelf.arranged):
        shelf.refresh()
    assert shown.kept == [True, False, True]
    assert before[-1] in shown.ids[:100]


def test_where_nothing_was_written_nothing_is_asked_again(
    qtbot: QtBot, shelf: Shelf, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    attach(qtbot, shelf, room)
    asked: list[str] = []
    counts = Arranger.counts

    def watched(arranger: Arranger, view: View) -> object:
        asked.append("counts")
        return counts(arranger, view)

    monkeypatch.setattr(Arranger, "counts", watched)
    shelf.refresh()
    qtbot.waitUntil(lambda: shelf.is_settled)
    assert asked == []
    rate(room.library, 3)
    shelf.refresh()
    qtbot.waitUntil(lambda: shelf.is_settled)
    assert asked == ["counts"]


def test_going_and_sorting_at_once_shows_only_the_last(qtbot: QtBot, shelf: Shelf, shown: Shown, room: Room) -> None:
    shelf.attach(room)
    shelf.set_sort("size")
    with qtbot.waitSignal(shelf.arranged):
        shelf.go(VIDEOS)
    assert len(shown.arranged) == 1
    assert shelf.counts is not None
    assert shown.arranged[-1][0].items == shelf.counts.kinds[Kind.VIDEO]


def test_an_answer_to_a_library_that_was_left_is_not_shown(
    qtbot: QtBot, shelf: Shelf, shown: Shown, room: Room
) -> None:
    shelf.attach(room)
    shelf.attach(None)
    room.session.close()
    qtbot.wait(1)
    assert shown.arranged == []


def test_an_import_is_named_when_it_is_known_when_it_was(qtbot: QtBot, shelf: Shelf, shown: Shown, room: Room) -> None:
    attach(qtbot, shelf, room)
    with qtbot.waitSignal(shelf.arranged):
        shelf.go_to_import(1)
    assert shelf.place == import_place(1) != import_place(2)
    assert shelf.place.text.startswith("Import of ")
    assert [place.text for place in shown.places[-2:]] == ["Import", shelf.place.text]
    assert shown.kept[-1] is False
    asked = len(shown.arranged)
    shelf.go_to_import(1)
    shelf.refresh()
    qtbot.waitUntil(lambda: shelf.is_settled)
    assert len(shown.arranged) == asked


class TestImporting:
    @pytest.fixture
    def empty_library(self, tmp_path_factory: pytest.TempPathFactory) -> Path:
        from keeproom.library.opening import open_library

        folder = tmp_path_factory.mktemp("template") / "Library"
        open_library(folder).close()
        return folder

    def test_the_last_import_keeps_still_while_it_goes_on(
        self, qtbot: QtBot, shelf: Shelf, shown: Shown, room: Room, make_picture: MakePicture
    ) -> None:
        library = room.library
        Importer(library)(make_picture("here.jpg", 1))
        attach(qtbot, shelf, room)
        with qtbot.waitSignal(shelf.arranged):
            shelf.go(LAST_IMPORT)
        folder = make_picture("a.jpg", 2, make_picture("here.jpg", 1).parent.with_name("more")).parent
        shutil.copy(make_picture("here.jpg", 1), folder / "b.jpg")
        make_picture("c.jpg", 3, folder)
        run = Import(library, Control(), resumes=True)
        run.open([folder])
        run.plan([folder])
        with qtbot.waitSignal(shelf.arranged):
            shelf.refresh()
        waiting = shown.ids
        assert (len(waiting), max(waiting) < 0) == (3, True)
        assert shown.kept[-1] is False  # another list
        run.work()
        run.end()
        with qtbot.waitSignal(shelf.arranged):
            shelf.refresh()
        assert shown.ids == [2, waiting[1], 3]
        assert shown.kept[-1] is True
        assert set(shown.changed) == set(waiting)
        assert shelf.counts is not None
        assert shelf.counts.last_import_count == 3
