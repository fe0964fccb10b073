"""The shelf without a window: what it asks of a real library, and what it tells when."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from keeproom.catalog.tables import AssetRow, CollectionRow
from keeproom.library.arranger import Arranger
from keeproom.library.arranging import Arrangement
from keeproom.library.collecting import (
    collect,
    delete_collection,
    list_collections,
    move_in_collection,
    rename_collection,
    save_search,
)
from keeproom.library.control import Control
from keeproom.library.importing import Import
from keeproom.library.opening import Library
from keeproom.library.views import View
from keeproom.model import Grouping, Kind
from keeproom.ui.browse.helping import group_name
from keeproom.ui.browse.places import ALL, LAST_IMPORT, PLACES, Place, collection_place, import_place
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


class TestSearching:
    @pytest.fixture
    def refused(self, shelf: Shelf) -> list[object]:
        heard: list[object] = []
        shelf.query_refused.connect(heard.append)
        return heard

    def search(self, qtbot: QtBot, shelf: Shelf, query: str) -> None:
        with qtbot.waitSignal(shelf.arranged):
            shelf.set_query(query)

    def test_a_search_narrows_the_place_and_stays_when_one_goes_elsewhere(
        self, qtbot: QtBot, shelf: Shelf, shown: Shown, room: Room
    ) -> None:
        attach(qtbot, shelf, room)
        self.search(qtbot, shelf, "rating:>=1")
        rated = shown.ids
        assert 0 < len(rated) < COUNT
        assert shelf.counts is not None
        assert shelf.counts.found < shelf.counts.all
        with qtbot.waitSignal(shelf.arranged):
            shelf.go(VIDEOS)
        assert shelf.query == "rating:>=1"
        assert set(shown.ids) <= set(rated)
        assert shown.arranged[-1][0].items == shelf.counts.kinds.get(Kind.VIDEO, 0)
        view = shelf.view()
        assert (view.scope, view.query) == ("kind:video", "rating:>=1")
        self.search(qtbot, shelf, "")
        assert set(rated) & set(shown.ids) != set(shown.ids)

    def test_half_a_search_leaves_what_is_shown(
        self, qtbot: QtBot, shelf: Shelf, shown: Shown, room: Room, refused: list[object]
    ) -> None:
        attach(qtbot, shelf, room)
        self.search(qtbot, shelf, "rating:5")
        asked = len(shown.arranged)
        with qtbot.waitSignal(shelf.query_refused):
            shelf.set_query("rating:x")
        qtbot.waitUntil(lambda: shelf.is_settled)
        assert len(shown.arranged) == asked
        assert shelf.refused is refused[-1]
        assert shelf.view().query == "rating:5"
        rate(room.library, *shown.ids[:1], 1)  # what is shown still follows the library
        with qtbot.waitSignal(shelf.arranged):
            shelf.refresh()
        assert 1 in shown.ids
        with qtbot.waitSignal(shelf.arranged):
            shelf.go(VIDEOS)
        assert len(refused) == 1
        self.search(qtbot, shelf, "rating:0")
        assert shelf.refused is None

    def test_a_refusal_that_was_overtaken_is_not_told(
        self, qtbot: QtBot, shelf: Shelf, room: Room, refused: list[object]
    ) -> None:
        attach(qtbot, shelf, room)
        shelf.set_query("rating:x")
        self.search(qtbot, shelf, "rating:4")
        assert refused == []
        assert shelf.refused is None

    def test_a_search_in_an_import_asks_its_assets(self, qtbot: QtBot, shelf: Shelf, shown: Shown, room: Room) -> None:
        attach(qtbot, shelf, room)
        with qtbot.waitSignal(shelf.arranged):
            shelf.go_to_import(1)
        whole = set(shown.ids)
        self.search(qtbot, shelf, "kind:video")
        assert set(shown.ids) < whole

    def test_another_library_begins_without_a_search(self, qtbot: QtBot, shelf: Shelf, room: Room) -> None:
        attach(qtbot, shelf, room)
        self.search(qtbot, shelf, "rating:5")
        queries: list[str] = []
        shelf.query_changed.connect(queries.append)
        shelf.attach(None)
        assert (shelf.query, queries) == ("", [""])


class TestCollections:
    def made(self, room: Room, name: str = "Rome", *ids: int) -> Place:
        collect(room.library, name, ids)
        (row,) = (row for row in list_collections(room.library) if row.name == name)
        return collection_place(row.id, row.name)

    def test_a_collection_has_the_order_a_person_gave_it(
        self, qtbot: QtBot, shelf: Shelf, shown: Shown, room: Room
    ) -> None:
        alone = [id_ for id_ in range(1, COUNT) if id_ % 7 == 0]
        place = self.made(room, "Rome", *alone)
        attach(qtbot, shelf, room)
        shelf.set_stacked(False)
        with qtbot.waitSignal(shelf.arranged):
            shelf.go(place)
        assert shelf.sort == "position"
        before = shown.ids
        assert place.collection is not None
        move_in_collection(room.library, place.collection, [before[-1]], before[0])
        with qtbot.waitSignal(shelf.arranged):
            shelf.refresh()
        assert shown.ids == [before[-1], *before[:-1]]
        assert shown.kept[-1] is True

    def test_another_name_keeps_the_place_and_a_deleted_one_leads_to_all(
        self, qtbot: QtBot, shelf: Shelf, shown: Shown, room: Room
    ) -> None:
        place = self.made(room, "Rome", 2, 4)
        assert place.collection is not None
        attach(qtbot, shelf, room)
        with qtbot.waitSignal(shelf.arranged):
            shelf.go(place)
        rename_collection(room.library, place.collection, "Italy/Rome 2023")
        with qtbot.waitSignal(shelf.place_changed):
            shelf.refresh()
        qtbot.waitUntil(lambda: shelf.is_settled)
        assert (shelf.place.title, shelf.place.collection) == ("Rome 2023", place.collection)
        assert False not in shown.kept[2:]
        delete_collection(room.library, place.collection)
        with qtbot.waitSignal(shelf.arranged):
            shelf.refresh()
        qtbot.waitUntil(lambda: shelf.is_settled)
        assert shelf.place == ALL
        assert len(shown.ids) > 2

    def test_a_search_that_cannot_be_read_any_more_holds_nothing_and_says_why(
        self, qtbot: QtBot, shelf: Shelf, shown: Shown, room: Room
    ) -> None:
        smart = save_search(room.library, "Best", "rating:5")
        with room.library.catalog.write() as write:
            values = {"query": "rating:x", "revision": write.revision}
            write.session.execute(update(CollectionRow).where(CollectionRow.id == smart).values(**values))
        attach(qtbot, shelf, room)
        assert shelf.counts is not None
        assert [row.count for row in shelf.counts.collections if row.id == smart] == [None]
        with qtbot.waitSignal(shelf.arranged):
            shelf.go(collection_place(smart, "Best", smart=True))
        assert shown.ids == []
        assert "rating" in str(shelf.trouble)
        told = len(shown.arranged)
        shelf.refresh()
        qtbot.waitUntil(lambda: shelf.is_settled)
        assert len(shown.arranged) == told
        with qtbot.waitSignal(shelf.arranged):
            shelf.go(ALL)
        assert shelf.trouble is None

    def test_headings_are_called_as_what_they_stand_for(
        self, qtbot: QtBot, shelf: Shelf, shown: Shown, room: Room
    ) -> None:
        self.made(room, "Rome", 2, 4)
        attach(qtbot, shelf, room)
        with qtbot.waitSignal(shelf.arranged):
            shelf.set_grouping(Grouping.COLLECTION)
        names = [group_name(group.key, shelf.headings) for group in shown.arranged[-1][0].groups]
        assert "Rome" in names
        assert names[-1] == "In no collection"
        with qtbot.waitSignal(shelf.arranged):
            shelf.set_grouping(Grouping.IMPORT)
        names = [group_name(group.key, shelf.headings) for group in shown.arranged[-1][0].groups]
        assert names
        assert all(name.startswith("Import of ") for name in names)
