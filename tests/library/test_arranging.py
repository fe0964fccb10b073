"""Views from the columns in memory: what SQLite answers, in the same order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import groupby, product

import numpy as np
import pytest
from sqlalchemy import select, update

from keeproom.catalog.collation import folded, name_key
from keeproom.catalog.tables import AssetRow, BlobRow, CollectionAssetRow, CollectionRow, StackRow, TagRow
from keeproom.errors import UsageError
from keeproom.library.arranger import Arranger
from keeproom.library.arranging import POSITION, Arrangement
from keeproom.library.first_page import first_page
from keeproom.library.listing import in_trash, order_of
from keeproom.library.opening import Library
from keeproom.library.search import SearchError, both, clause, parse
from keeproom.library.views import View, cells
from keeproom.model import Group, Grouping, SortKey

SORTS = [way + key for key in SortKey for way in ("", "-")]
PLAIN = View(stacked=False)
VIEWS = [
    PLAIN,
    View("kind:video"),
    View("is:problem", stacked=False),
    View(trashed=True),
    View("import:2", "rating:0", stacked=False),
    View("", "jpg OR lens:FE", stacked=False),
]


def asset_ids(library: Library, view: View, sort: str) -> list[int]:
    """The ids of a view as SQLite answers; its orders are those of `list`."""
    asked = clause(both(parse(view.scope), parse(view.query)))
    query = select(AssetRow.id).join(BlobRow, BlobRow.id == AssetRow.blob_id).where(in_trash(view.trashed), asked)
    with library.catalog.read() as session:
        ids = list(session.scalars(query.order_by(*order_of(sort))))
        members = session.execute(
            select(AssetRow.id, AssetRow.stack_id, AssetRow.stack_place)
            .where(AssetRow.stack_id.is_not(None), AssetRow.trashed_at.is_(None))
            .order_by(AssetRow.stack_place, AssetRow.id)
        ).all()
    if not view.stacked or view.trashed:
        return ids
    stacks: dict[int, list[int]] = {}
    for member in members:
        stacks.setdefault(member.stack_id, []).append(member.id)
    of = {asset: stack for stack in stacks.values() for asset in stack}
    chosen = set(ids)
    shown = {
        id(stack): stack[0] if stack[0] in chosen else next((a for a in ids if a in stack), 0)
        for stack in stacks.values()
    }
    return [asset for asset in ids if asset not in of or shown[id(of[asset])] == asset]


def _shown(stack: Sequence[int], ids: Sequence[int], chosen: set[int]) -> int:
    return stack[0] if stack[0] in chosen else next((asset for asset in ids if asset in stack), 0)


def rename_naturally(library: Library) -> None:
    names = ["IMG_2.jpg", "IMG_10.jpg", "img_10.jpg", "a1", "A01", "Ærø", "ærø", "2.jpg", "10.jpg", ""]
    with library.catalog.write() as write:
        for asset, name in enumerate(names * 6, start=20):
            values = {"name": name, "name_key": name_key(name), "revision": write.revision}
            write.session.execute(update(AssetRow).where(AssetRow.id == asset).values(**values))


@pytest.mark.parametrize("sort", SORTS)
def test_every_view_is_as_sqlite_would_answer(many: Library, sort: str) -> None:
    rename_naturally(many)
    with many.catalog.write() as write:
        write.session.execute(update(BlobRow).where(BlobRow.id.in_((33, 77))).values(progress="failed"))
    arranger = Arranger(many)
    for view in VIEWS:
        ids = arranger.arrange(view, sort).ids.tolist()
        assert ids == asset_ids(many, view, sort), view
        assert ids, view


@pytest.mark.parametrize("sort", SORTS)
def test_the_first_page_is_what_the_view_shows(many: Library, sort: str) -> None:
    rename_naturally(many)
    for grouping, stacked in product(Grouping, (True, False)):
        page = first_page(many.folder, sort, 90, grouping, stacked=stacked)
        arranged = Arranger(many).arrange(View(stacked=stacked), sort, grouping)
        assert page is not None
        assert list(page.ids) == arranged.ids.tolist()[:90], grouping
        assert list(page.cells) == cells(many, page.ids)
        assert (page.total, page.total - page.covered) == (arranged.items, len(arranged.ids))
        assert [group.key for group in page.groups] == [group.key for group in arranged.groups][: len(page.groups)]
        assert page.groups[:-1] == arranged.groups[: max(0, len(page.groups) - 1)]


def test_an_unknown_sort_key_lists_the_known_ones(many: Library) -> None:
    for sort in ("colour", POSITION):
        with pytest.raises(UsageError, match="captured, imported, name, size, rating"):
            Arranger(many).arrange(View(), sort)


@pytest.mark.parametrize("view", [View("shade:red"), View("", "rating:many")])
def test_a_query_that_cannot_be_read_is_refused(many: Library, view: View) -> None:
    with pytest.raises(SearchError):
        Arranger(many).arrange(view, "name")


def test_an_empty_library_has_empty_views(library: Library) -> None:
    arranger = Arranger(library)
    for sort in SORTS:
        for grouping in Grouping:
            found = arranger.arrange(View(), sort, grouping)
            assert (len(found.ids), found.groups, found.marks, found.bytes) == (0, (), (), 0)


def spread(groups: Iterable[Group]) -> list[str]:
    """The key of each cell; the groups follow each other, and none has the key of the one before."""
    groups = tuple(groups)
    assert [group.start for group in groups] == np.cumsum([0, *(group.count for group in groups[:-1])]).tolist()
    keys = [group.key for group in groups]
    assert len(set(keys)) == len(keys)
    return [group.key for group in groups for _ in range(group.count)]


@pytest.mark.parametrize(("grouping", "width"), [(Grouping.DAY, 10), (Grouping.MONTH, 7)])
@pytest.mark.parametrize("sort", ["captured", "-name"])
def test_groups_are_the_days_and_months_of_the_wall_clock(
    many: Library, grouping: Grouping, width: int, sort: str
) -> None:
    arranged = Arranger(many).arrange(PLAIN, sort, grouping)
    assert arranged.ids.tolist() == asset_ids(many, PLAIN, "-captured" if sort[0] == "-" else "captured")
    shown = [cell.captured for cell in cells(many, arranged.ids.tolist())]
    assert spread(arranged.groups) == ["" if wall is None else wall.isoformat()[:width] for wall in shown]
    assert arranged.groups[-1].key == ""


@pytest.mark.parametrize("wall", [datetime(1, 1, 1), datetime(1969, 12, 31, 23, 59, 59), datetime(9999, 12, 31, 23)])  # noqa: DTZ001
def test_a_day_long_past_or_far_ahead_is_that_day(many: Library, wall: datetime) -> None:
    with many.catalog.write() as write:
        write.session.execute(update(AssetRow).where(AssetRow.id == 7).values(captured=wall))
    arranged = Arranger(many).arrange(PLAIN, "captured", Grouping.DAY)
    place = arranged.ids.tolist().index(7)
    assert spread(arranged.groups)[place] == wall.date().isoformat()
    assert spread(arranged.marks)[place] == wall.date().isoformat()[:7]


def entries(library: Library, ids: Iterable[int]) -> list[str]:
    with library.catalog.read() as session:
        known = {row.id: str(row.entry_id) for row in session.execute(select(AssetRow.id, AssetRow.entry_id))}
    return [known[asset] for asset in ids]


def test_imports_that_took_turns_are_each_a_group(many: Library) -> None:
    with many.catalog.write() as write:
        write.session.execute(update(AssetRow).where(AssetRow.id.in_((3, 90, 200))).values(entry_id=1))
    for sort in ("captured", "-captured"):
        arranged = Arranger(many).arrange(PLAIN, sort, Grouping.IMPORT)
        keys = entries(many, arranged.ids.tolist())
        assert spread(arranged.groups) == keys
        assert sorted(zip(map(int, keys), arranged.ids.tolist(), strict=True), reverse=sort[0] == "-") == list(
            zip(map(int, keys), arranged.ids.tolist(), strict=True)
        )


def put(library: Library, name: str, assets: Iterable[int]) -> int:
    from keeproom.library.collecting import collect

    collect(library, name, list(assets))
    with library.catalog.read() as session:
        return session.scalar(select(CollectionRow.id).where(CollectionRow.folded == folded(name))) or 0


@pytest.fixture
def collected(many: Library) -> tuple[int, int, int]:
    """Collections of their own, and no others: `aa/b` and `Aa`, which share an asset, and an empty one."""
    with many.catalog.write() as write:
        write.session.execute(CollectionAssetRow.__table__.delete())
        write.session.execute(CollectionRow.__table__.delete())
        write.session.execute(update(AssetRow).where(AssetRow.id < 30).values(trashed_at=None))
    return put(many, "aa/b", (9, 7, 8)), put(many, "Aa", (7, 3, 12)), put(many, "zz", ())


def test_a_collection_has_an_order_of_its_own(many: Library, collected: tuple[int, int, int]) -> None:
    below, above, empty = collected
    arranger = Arranger(many)

    def ids(collection: int, sort: str) -> list[int]:
        return arranger.arrange(View(collection=collection, stacked=False), sort).ids.tolist()

    assert ids(below, POSITION) == [9, 7, 8]
    assert ids(above, f"-{POSITION}") == [12, 3, 7]
    assert ids(above, "imported") == [3, 7, 12]
    assert ids(empty, POSITION) == ids(999, POSITION) == []


def test_a_smart_collection_is_what_its_search_finds(many: Library) -> None:
    from keeproom.library.collecting import save_search

    save_search(many, "Best of all", "rating:>=4")
    with many.catalog.read() as session:
        smart = session.scalar(select(CollectionRow.id).where(CollectionRow.name == "Best of all"))
    arranged = Arranger(many).arrange(View(collection=smart, stacked=False), POSITION)
    assert arranged.ids.tolist() == asset_ids(many, View("rating:>=4", stacked=False), "imported") != []


def test_under_collections_an_asset_stands_in_its_first_by_name(many: Library, collected: tuple[int, int, int]) -> None:
    below, above, _ = collected
    arranger = Arranger(many)
    arranged = arranger.arrange(
        View("id:3 OR id:7 OR id:8 OR id:9 OR id:12 OR id:15", stacked=False), "name", Grouping.COLLECTION
    )
    assert arranged.ids.tolist() == [7, 3, 12, 9, 8, 15]
    assert arranged.groups == (Group(str(above), 0, 3), Group(str(below), 3, 2), Group("", 5, 1))
    back = arranger.arrange(
        View("id:3 OR id:7 OR id:8 OR id:9 OR id:12 OR id:15", stacked=False), "-name", Grouping.COLLECTION
    )
    assert back.ids.tolist() == [8, 9, 12, 3, 7, 15]
    assert [group.key for group in back.groups] == [str(below), str(above), ""]


@pytest.fixture
def stack(many: Library) -> int:
    """The only stack: 20, 21 and 22, of which 22 is the cover."""
    with many.catalog.write() as write:
        write.session.execute(update(AssetRow).values(stack_id=None, revision=write.revision))
        made = write.session.scalars(select(StackRow.id)).first()
        for asset, place in ((20, 3), (21, 0), (22, -1)):
            values = {"stack_id": made, "stack_place": place, "rating": asset - 19, "trashed_at": None}
            write.session.execute(update(AssetRow).where(AssetRow.id == asset).values(**values))
    return made or 0


def shown(library: Library, view: View, sort: str = "imported") -> list[int]:
    return [asset for asset in Arranger(library).arrange(view, sort).ids.tolist() if 20 <= asset <= 22]


def test_a_stack_is_shown_by_its_cover_where_that_is_found(many: Library, stack: int) -> None:
    assert shown(many, View()) == shown(many, View("rating:>=2")) == [22]
    assert shown(many, PLAIN) == [20, 21, 22]
    assert shown(many, View("rating:<3"), "imported") == [20]
    assert shown(many, View("rating:<3"), "-imported") == [21]
    (cell,) = cells(many, [22])
    assert (cell.stack, cell.stack_size) == (stack, 3)
    arranged = Arranger(many).arrange(View("id:20 OR id:22"), "name")
    assert (arranged.ids.tolist(), arranged.items) == ([22], 2)


def test_a_cover_in_the_trash_covers_nothing(many: Library, stack: int) -> None:
    with many.catalog.write() as write:
        gone = {"trashed_at": datetime(2026, 1, 1, tzinfo=UTC), "revision": write.revision}
        write.session.execute(update(AssetRow).where(AssetRow.id.in_((21, 22))).values(**gone))
    assert shown(many, View()) == [20]
    assert shown(many, View(trashed=True)) == [21, 22]
    assert cells(many, [20])[0].stack_size == 1


def test_the_size_of_a_view_is_that_of_all_that_is_in_it(many: Library, stack: int) -> None:
    with many.catalog.read() as session:
        known = select(AssetRow.id, BlobRow.size_bytes).join(BlobRow, BlobRow.id == AssetRow.blob_id)
        sizes = {row.id: row.size_bytes for row in session.execute(known)}
    arranged = Arranger(many).arrange(View("id:20 OR id:21 OR id:22"), "name")
    assert arranged.bytes == sizes[20] + sizes[21] + sizes[22]


@pytest.mark.parametrize("way", ["", "-"])
@pytest.mark.parametrize("view", [View(), View("kind:image", "rating:0")])
def test_marks_are_months_letters_and_stars(many: Library, way: str, view: View) -> None:
    rename_naturally(many)

    def marked(key: str) -> tuple[Arrangement, list[str]]:
        arranged = Arranger(many).arrange(view, way + key)
        return arranged, spread(arranged.marks)

    arranged, marks = marked("captured")
    found = cells(many, arranged.ids.tolist())
    assert marks == ["" if cell.captured is None else cell.captured.isoformat()[:7] for cell in found]
    arranged, marks = marked("imported")
    found = cells(many, arranged.ids.tolist())
    assert marks == [f"{cell.imported_at.astimezone():%Y-%m}" for cell in found if cell.imported_at]
    arranged, marks = marked("rating")
    assert marks == [str(cell.rating) for cell in cells(many, arranged.ids.tolist())]
    arranged, marks = marked("name")
    firsts = [name_key(cell.name)[:1] for cell in cells(many, arranged.ids.tolist())]
    assert marks == ["#" if first.isdecimal() else first.upper() for first in firsts]
    assert Arranger(many).arrange(view, f"{way}size").marks == ()


def test_a_word_that_finds_nothing_is_read_as_one_that_is_near(many: Library) -> None:
    with many.catalog.read() as session:
        (tag,) = session.scalars(select(TagRow.folded).where(TagRow.folded == "berlin")).all()
    arranger = Arranger(many)
    right = arranger.arrange(View("", tag), "name")
    near = arranger.arrange(View("", "berlim"), "name")
    assert right.ids.tolist() == near.ids.tolist() != []
    assert (right.corrections, [(each.word, each.instead) for each in near.corrections]) == ((), [("berlim", "berlin")])
    exact = arranger.arrange(View("", "berlim", exactly=True), "name")
    assert (len(exact.ids), exact.corrections) == (0, ())


def test_months_of_one_arrangement_are_told_once_each(many: Library) -> None:
    arranged = Arranger(many).arrange(View(), "-captured")
    assert [key for key, _ in groupby(spread(arranged.marks))] == [mark.key for mark in arranged.marks]
