"""What a file carries is taken over once: into empty fields, under the import, and never against a person."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from keeproom.catalog.tables import AssetRow, AssetTextRow, BlobRow, ChangeRow, EntryRow, JobRow
from keeproom.library.editing import Edit, edit_assets
from keeproom.library.folding import altered_facts
from keeproom.library.listing import list_assets
from keeproom.library.opening import Library
from keeproom.library.showing import show_asset
from keeproom.library.statements import FACTS
from keeproom.library.tagging import list_tags
from keeproom.library.takeover import TAKEN
from keeproom.library.wording import write_texts
from keeproom.model import JobState, Status
from tests.conftest import MakePicture
from tests.describing import describe
from tests.importing import Importer, work_through
from tests.library.test_importing import only_asset

WRITTEN = (
    "XMP-dc:Title=Trevi",
    "XMP-dc:Description=At night",
    "XMP-dc:Creator=Anna",
    "XMP-photoshop:City=Rome",
    "XMP-xmp:Rating=4",
    "XMP-xmp:Label=Red",
    "XMP-digiKam:PickLabel=3",
    "XMP-digiKam:TagsList=places/rome",
    "XMP-dc:Subject=rome",
    "XMP-dc:Subject=Fountain",
    "XMP-exif:DateTimeOriginal=2023:05:01 22:00:00+02:00",
)


@pytest.fixture
def photo(make_picture: MakePicture) -> Path:
    return describe(make_picture("trevi.jpg"), *WRITTEN)


def facts_of(library: Library, asset: int) -> tuple[object, ...]:
    details = show_asset(library, asset)
    shown = details.asset
    return (shown.title, shown.description, details.creator, details.place, shown.rating, shown.label, shown.flag)


ALL = ("Trevi", "At night", "Anna", "Rome", 4, "red", "pick")


def changes_of(library: Library, field: str) -> list[tuple[str, object, object]]:
    query = select(EntryRow.action, ChangeRow.old, ChangeRow.new).join(EntryRow, EntryRow.id == ChangeRow.entry_id)
    with library.catalog.read() as session:
        rows = session.execute(query.where(ChangeRow.field == field).order_by(ChangeRow.id)).all()
        return [(row.action, row.old, row.new) for row in rows]


def read_once_more(library: Library) -> None:
    with library.catalog.write() as write:
        write.session.execute(update(JobRow).values(state=JobState.WAITING, attempts=0, due_at=write.at))
    work_through(library)


def test_an_asset_gets_what_its_file_states_under_its_import(importer: Importer, photo: Path) -> None:
    importer(photo)
    work_through(importer.library)
    asset = only_asset(importer.library)
    assert facts_of(importer.library, asset.id) == ALL
    assert asset.tags == ("Fountain", "places/rome")
    assert asset.captured is not None
    assert asset.captured.isoformat() == "2023-05-01T22:00:00+02:00"
    assert (asset.version, asset.status) == (1, Status.READY)
    assert changes_of(importer.library, "rating") == [("import", 0, 4)]
    assert changes_of(importer.library, "title") == [("import", None, "Trevi")]
    assert [(action, len(new["added"])) for action, _, new in changes_of(importer.library, "tags")] == [("import", 2)]  # type: ignore[index]
    assert list(altered_facts(importer.library)) == []


def test_a_second_asset_of_the_same_bytes_gets_it_too(importer: Importer, photo: Path) -> None:
    importer(photo)
    work_through(importer.library)
    (first,) = importer.assets()
    edit_assets(importer.library, [first], Edit({"title": "Mine", "rating": 1}, remove_tags=("Fountain",)))
    importer(photo, separate=True)
    (second,) = importer.assets()
    assert second != first
    assert facts_of(importer.library, second) == ALL
    assert show_asset(importer.library, second).asset.tags == ("Fountain", "places/rome")
    assert show_asset(importer.library, second).asset.status is Status.READY
    assert facts_of(importer.library, first) == ("Mine", *ALL[1:4], 1, *ALL[5:])
    assert show_asset(importer.library, first).asset.tags == ("places/rome",)
    assert list(altered_facts(importer.library)) == []


def test_two_assets_whose_bytes_are_still_to_be_read_both_get_it(importer: Importer, photo: Path) -> None:
    importer(photo)
    importer(photo, separate=True)
    work_through(importer.library)
    assert [asset.title for asset in list_assets(importer.library)] == ["Trevi", "Trevi"]


def test_an_older_asset_that_takes_over_with_a_new_one_is_found_by_it(importer: Importer, photo: Path) -> None:
    """A program that took nothing over kept the first one."""
    importer(photo)
    work_through(importer.library)
    with importer.library.catalog.write() as write:
        write.session.execute(delete(ChangeRow).where(ChangeRow.field == "title"))
        write.session.execute(update(AssetRow).values(title=None))
        write_texts(write, [1])
    importer(photo, separate=True)
    with importer.library.catalog.read() as session:
        titles = session.scalars(select(AssetTextRow.title).order_by(AssetTextRow.asset_id)).all()
        assert [row.title for row in session.scalars(select(AssetRow).order_by(AssetRow.id))] == titles
    assert len(set(titles)) == 1
    assert titles[0]


@pytest.mark.parametrize(
    "edit",
    [
        Edit({"rating": 2, "title": "Mine"}, add_tags=("own",)),
        Edit({"rating": 2, "title": "Mine"}, add_tags=("Fountain",)),
    ],
)
def test_what_a_person_stated_while_the_stage_waited_stays(importer: Importer, photo: Path, edit: Edit) -> None:
    importer(photo)
    (asset,) = importer.assets()
    edit_assets(importer.library, [asset], edit)
    work_through(importer.library)
    assert facts_of(importer.library, asset) == ("Mine", *ALL[1:4], 2, *ALL[5:])
    assert show_asset(importer.library, asset).asset.tags == edit.add_tags
    assert list(altered_facts(importer.library)) == []


def test_what_a_person_cleared_is_not_brought_back(importer: Importer, photo: Path) -> None:
    importer(photo)
    (asset,) = importer.assets()
    edit_assets(importer.library, [asset], Edit({"rating": 5, "description": "x", "flag": "pick"}, add_tags=("x",)))
    edit_assets(importer.library, [asset], Edit({"rating": 0, "description": "", "flag": None}, remove_tags=("x",)))
    work_through(importer.library)
    assert facts_of(importer.library, asset) == ("Trevi", None, "Anna", "Rome", 0, "red", None)
    assert show_asset(importer.library, asset).asset.tags == ()


def test_neither_a_retry_nor_another_import_takes_over_again(importer: Importer, photo: Path) -> None:
    importer(photo)
    work_through(importer.library)
    (asset,) = importer.assets()
    cleared = Edit(dict.fromkeys(TAKEN), remove_tags=("Fountain", "places/rome"))
    edit_assets(importer.library, [asset], cleared)
    importer(photo)
    read_once_more(importer.library)
    assert facts_of(importer.library, asset) == (None, None, None, None, 0, None, None)
    assert show_asset(importer.library, asset).asset.tags == ()
    assert only_asset(importer.library).captured is None
    assert list(altered_facts(importer.library)) == []


def test_what_was_taken_over_once_is_not_taken_over_twice(importer: Importer, photo: Path) -> None:
    importer(photo)
    work_through(importer.library)
    read_once_more(importer.library)
    assert [len(changes_of(importer.library, field)) for field in (*TAKEN, "tags")] == [1] * (len(TAKEN) + 1)


def test_tags_of_another_case_are_the_same_tags(importer: Importer, make_picture: MakePicture) -> None:
    names = ("Rome", "ROME", "rome")
    for number, name in enumerate(names):
        describe(make_picture(f"{name}.jpg", number), f"XMP-dc:Subject={name}")
    importer(make_picture("plain.jpg", 9).parent)
    work_through(importer.library)
    (tag,) = list_tags(importer.library)
    assert tag.count == 3
    assert tag.name in names
    assert list(altered_facts(importer.library)) == []


def test_facts_of_the_exposure_belong_to_the_bytes(importer: Importer, make_picture: MakePicture) -> None:
    written = ("EXIF:LensModel=50mm F1.4", "EXIF:ISO=800")
    where = ("EXIF:GPSLatitude=48.85", "EXIF:GPSLatitudeRef=N", "EXIF:GPSLongitude=2.35", "EXIF:GPSLongitudeRef=W")
    importer(describe(make_picture(), *written, *where))
    work_through(importer.library)
    with importer.library.catalog.read() as session:
        (blob,) = session.scalars(select(BlobRow)).all()
        assert (blob.lens, blob.iso, blob.latitude, blob.longitude) == ("50mm F1.4", 800, 48.85, -2.35)


def test_every_fact_that_a_file_can_state_is_one_that_a_person_can(importer: Importer) -> None:
    assert set(TAKEN) == FACTS.keys() - {"name", "rotation"}
    assert all(hasattr(AssetRow, column) for name in TAKEN for column in FACTS[name].columns)


HOSTILE: list[Callable[[Path], Path]] = [
    lambda path: describe(path, "XMP-xmp:Rating=99"),
    lambda path: describe(path, "EXIF:ImageDescription=" + "x" * 60_000, "XMP-dc:Title=" + "ü" * 50_000),
    lambda path: describe(path, *(f"XMP-dc:Subject={'t' * 900}{number}" for number in range(100))),
    lambda path: describe(path, *(f"XMP-dc:Subject={number}" for number in range(1_500))),
    lambda path: describe(path, "XMP-dc:Title=<img src=x>\u202e{}%s'\";--", "XMP-dc:Subject=/", "XMP-dc:Subject=a//b"),
]


@pytest.mark.parametrize("write", HOSTILE, ids=["rating", "long", "wide", "many", "odd"])
def test_a_hostile_file_hurts_only_itself(
    importer: Importer, make_picture: MakePicture, write: Callable[[Path], Path]
) -> None:
    write(make_picture("hostile.jpg", 1))
    good = describe(make_picture("good.jpg", 2), *WRITTEN)
    importer(good.parent)
    work_through(importer.library)
    assets = {asset.name: asset for asset in list_assets(importer.library)}
    assert {asset.status for asset in assets.values()} == {Status.READY}
    assert facts_of(importer.library, assets["good.jpg"].id) == ALL
    hostile = assets["hostile.jpg"]
    assert len(hostile.title or "") <= 1000
    assert len(hostile.tags) <= 1000
    assert hostile.rating == 0
    assert list(altered_facts(importer.library)) == []


def test_photos_of_others_bring_what_they_carry_and_all_is_in_the_log(importer: Importer, corpus: Path) -> None:
    summary = importer(corpus / "photos" / "cameras")
    work_through(importer.library)
    assets = {asset.name: asset for asset in list_assets(importer.library)}
    assert len(assets) == summary.imported
    assert summary.failed == 0
    assert {asset.status for asset in assets.values()} == {Status.READY}
    assert assets["BlueSquare.jpg"].title == "Blue Square Test File - .jpg"
    assert assets["BlueSquare.jpg"].tags == (".jpg", "Blue Square", "Photoshop", "test file", "XMP")
    assert show_asset(importer.library, assets["long_description.jpg"].id).creator == "SSG KYLE DAVIS"
    assert [asset.rating for asset in assets.values() if asset.rating] == []  # a camera's 0 is no star
    assert list(altered_facts(importer.library)) == []
