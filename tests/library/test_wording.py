"""The words by which assets are found: what they are made of, when they are made, and that they are made once."""

from __future__ import annotations

import threading
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, event, func, select, text, update

from keeproom.catalog.tables import AssetRow, AssetTextRow, FolderRow, SourceRow, StateRow
from keeproom.catalog.words import ids_matching, one_word
from keeproom.library.editing import Edit, edit_assets
from keeproom.library.opening import Library, open_library
from keeproom.library.tagging import rename_tag
from keeproom.library.wording import (
    MONTHS,
    WORDS_VERSION,
    bring_up_to_date,
    date_words,
    wording_many,
    write_texts,
)
from keeproom.model import CaptureTime
from tests.conftest import MakePicture
from tests.describing import describe
from tests.importing import Importer, work_through

FIELDS = ("name", "title", "description", "tags", "folders", "dates", "details")


def texts(library: Library, asset: int) -> dict[str, str]:
    with library.catalog.read() as session:
        row = session.get_one(AssetTextRow, asset)
        return {field: getattr(row, field) for field in FIELDS}


def found(library: Library, word: str) -> list[int]:
    with library.catalog.read() as session:
        return ids_matching(session, one_word(word, is_prefix=False)).tolist()


def forget_texts(library: Library, *assets: int) -> None:
    with library.catalog.write() as write:
        gone = delete(AssetTextRow)
        write.session.execute(gone.where(AssetTextRow.asset_id.in_(assets)) if assets else gone)
        write.session.execute(update(StateRow).values(words_version=0))


@pytest.fixture
def photo(importer: Importer, make_picture: MakePicture, tmp_path: Path) -> int:
    """One photo, read, of which everything is known that makes words."""
    path = make_picture("IMG_0815.jpg", folder=tmp_path / "Italy 2023" / "Day one")
    written = ("EXIF:Make=Canon", "EXIF:Model=EOS 40D", "EXIF:LensModel=Sigma 50mm", "IPTC:Headline=Water\nworks")
    stated = ("XMP-dc:Title=Trevi", "XMP-dc:Description=Zoë at night", "XMP-digiKam:TagsList=places/Rome")
    rest = ("XMP-dc:Creator=Anna", "XMP-photoshop:City=Roma", "EXIF:DateTimeOriginal=2023:05:01 22:00:00")
    importer(describe(path, *written, *stated, *rest))
    (asset,) = importer.assets()
    assert texts(importer.library, asset) == {
        **dict.fromkeys(FIELDS, ""),
        "name": "IMG_0815.jpg",
        "folders": " ".join((*tmp_path.parts[1:], "Italy 2023", "Day one")),
    }
    work_through(importer.library)
    return asset


def test_an_asset_is_found_by_all_that_is_known_of_it(library: Library, photo: int) -> None:
    said = texts(library, photo)
    assert said.pop("folders").endswith("Italy 2023 Day one")
    assert said == {
        "name": "IMG_0815.jpg",
        "title": "Trevi",
        "description": "Zoë at night",
        "tags": "places Rome",
        "dates": "2023 may 05 2023-05",
        "details": "Canon EOS 40D Sigma 50mm Anna Roma\nWater works Trevi Zoë at night Roma",
    }
    for word in ("0815", "trevi", "zoe", "rome", "places", "italy", "one", "may", "05", "canon", "sigma", "water"):
        assert found(library, word) == [photo], word
    assert found(library, "nothing") == []


def test_words_follow_what_a_person_changes(library: Library, photo: int) -> None:
    captured = CaptureTime(datetime(1999, 9, 3))  # noqa: DTZ001
    facts = {
        "title": "Fontana",
        "name": "x.jpg",
        "description": "",
        "captured": captured,
        "place": "Lazio",
        "creator": "Ben",
    }
    edit_assets(library, [photo], Edit(facts, add_tags=("people/Zoë",), remove_tags=("places/Rome",)))
    said = texts(library, photo)
    said.pop("folders")
    assert said == {
        "name": "x.jpg",
        "title": "Fontana",
        "description": "",
        "tags": "people Zoë",
        "dates": "1999 september sep sept 09 1999-09",
        "details": "Canon EOS 40D Sigma 50mm Ben Lazio\nWater works Trevi Zoë at night Roma",
    }
    assert found(library, "fontana") == found(library, "lazio") == found(library, "1999") == [photo]
    assert found(library, "rome") == found(library, "may") == []
    rename_tag(library, "people", "friends")
    assert found(library, "friends") == [photo]
    assert found(library, "people") == []


def test_folders_are_kept_once_and_their_names_found_for_each_place(
    importer: Importer, make_picture: MakePicture
) -> None:
    first, second = make_picture("a.jpg"), make_picture("b.jpg", 1)
    third = make_picture("a.jpg", folder=first.parent / "Copies 東京")
    odd = make_picture(b"c.jpg", 2, folder=first.parent / "odd \udcff")
    importer(first, second)
    importer(third, odd)
    one, two, three = sorted(set(importer.assets()) | {1, 2})
    with importer.library.catalog.read() as session:
        assert session.scalar(select(func.count()).select_from(FolderRow)) == 3
        paths = select(SourceRow.path_bytes, FolderRow.path_bytes).join(FolderRow, FolderRow.id == SourceRow.folder_id)
        rows = session.execute(paths).all()
    assert len(rows) == 4
    assert all(path.rpartition(b"/")[0] == folder for path, folder in rows)
    assert found(importer.library, "copies") == [one]
    assert found(importer.library, "東") == [one]
    assert found(importer.library, "odd") == [three]
    assert found(importer.library, "photos") == [one, two, three]


def test_a_row_that_says_the_same_is_not_written(library: Library, photo: int) -> None:
    statements: list[str] = []

    def listen(*arguments: object) -> None:
        statements.append(str(arguments[2]))

    with library.catalog.write() as write:
        connection = write.session.connection()
        event.listen(connection, "before_cursor_execute", listen)
        write_texts(write, [photo], metadata_too=True)
        assert [s for s in statements if not s.startswith("SELECT")] == []
        write.session.execute(update(AssetRow).values(title="News"))
        statements.clear()
        write_texts(write, [photo])
    assert len([s for s in statements if s.startswith("INSERT INTO asset_text")]) == 1


EDITS = (
    Edit({"name": "東京 x.jpg"}),
    Edit({"title": "Fontana"}),
    Edit({"description": ""}),
    Edit({"creator": "Ben"}),
    Edit({"place": None}),
    Edit({"captured": CaptureTime(datetime(1999, 9, 3))}),  # noqa: DTZ001
    Edit({"rating": 3, "label": "red"}),
    Edit({"title": "Both", "place": "Lazio"}),
    Edit(add_tags=("people/Zoë",), remove_tags=("places/Rome",)),
)


@pytest.mark.parametrize("edit", EDITS)
def test_what_an_edit_rewrites_is_all_that_it_changed(library: Library, photo: int, edit: Edit) -> None:
    edit_assets(library, [photo], edit)
    edited = texts(library, photo)
    forget_texts(library)
    assert bring_up_to_date(library, lambda: False)
    assert texts(library, photo) == edited


def test_many_are_worded_without_merging_the_index_which_stays_sound(many: Library) -> None:
    ids = list(range(1, 401))
    with many.catalog.write() as write, wording_many(write, 4000):
        write.session.execute(update(AssetRow).values(title="Sunrise"))
        write_texts(write, ids, columns=["title"])
    edit_assets(many, ids, Edit(add_tags=("many/of them",)))
    assert found(many, "sunrise") == found(many, "many") == ids
    with many.catalog.write() as write:
        write.session.execute(text("INSERT INTO asset_words (asset_words, rank) VALUES ('integrity-check', 1)"))
        merges = write.session.scalar(text("SELECT v FROM asset_words_config WHERE k = 'automerge'"))
    assert merges == 4


def test_an_asset_of_a_row_that_is_missing_is_worded_whole(library: Library, photo: int) -> None:
    before = texts(library, photo)
    forget_texts(library)
    with library.catalog.write() as write:
        write_texts(write, [photo, photo, 4711])
    assert texts(library, photo) == before
    assert found(library, "water") == [photo]


def test_months_are_words_and_figures() -> None:
    assert len(MONTHS) == 12
    assert date_words(826, 12) == "0826 december dec 12 0826-12"


def many(importer: Importer, make_picture: MakePicture, count: int) -> list[int]:
    for number in range(count):
        make_picture(f"photo {number}.jpg", number)
    importer(make_picture("photo 0.jpg").parent)
    return sorted(importer.assets())


def test_a_library_of_before_gets_its_texts_page_by_page_and_goes_on(
    importer: Importer, make_picture: MakePicture, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = importer.library
    ids = many(importer, make_picture, 7)
    before = [texts(library, asset) for asset in ids]
    forget_texts(library)
    monkeypatch.setattr("keeproom.library.wording._PAGE", 2)
    answers = iter([False, False, True])
    assert not bring_up_to_date(library, lambda: next(answers))
    assert found(library, "photo") == ids[:4]
    with open_library(library.folder) as other:
        assert bring_up_to_date(other, lambda: False)
        assert [texts(other, asset) for asset in ids] == before
        with other.catalog.read() as session:
            assert session.scalar(select(StateRow.words_version)) == WORDS_VERSION
    never = iter([])  # type: ignore[var-annotated]
    assert bring_up_to_date(library, lambda: next(never))


def test_two_processes_at_once_do_it_once(
    importer: Importer, make_picture: MakePicture, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = importer.library
    ids = many(importer, make_picture, 12)
    forget_texts(library)
    monkeypatch.setattr("keeproom.library.wording._PAGE", 2)
    with library.catalog.read() as session:
        before = session.scalar(select(StateRow.revision)) or 0
    with open_library(library.folder) as other:
        threads = [threading.Thread(target=bring_up_to_date, args=(each, lambda: False)) for each in (library, other)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert found(library, "photo") == ids
    with library.catalog.read() as session:
        assert (session.scalar(select(StateRow.revision)) or 0) - before <= 6 + 2


def test_an_edit_before_the_texts_are_there_makes_its_own(importer: Importer, make_picture: MakePicture) -> None:
    library = importer.library
    ids = many(importer, make_picture, 3)
    forget_texts(library)
    edit_assets(library, ids[1:2], Edit({"title": "Early"}))
    assert bring_up_to_date(library, lambda: False)
    assert found(library, "photo") == ids
    assert found(library, "early") == ids[1:2]


def test_a_new_recipe_makes_all_texts_anew(library: Library, photo: int, monkeypatch: pytest.MonkeyPatch) -> None:
    bring_up_to_date(library, lambda: False)
    with library.catalog.write() as write:
        write.session.execute(update(AssetTextRow).values(title="of the old recipe"))
    monkeypatch.setattr("keeproom.library.wording.WORDS_VERSION", WORDS_VERSION + 1)
    assert bring_up_to_date(library, lambda: False)
    assert texts(library, photo)["title"] == "Trevi"
    with library.catalog.read() as session:
        assert session.scalar(select(StateRow.words_version)) == WORDS_VERSION + 1
