"""`verify` tells every fact that was altered past the log."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from keeproom.library.collecting import collect, move_in_collection, remove_from_collection, save_search
from keeproom.library.editing import Edit, edit_assets
from keeproom.library.folding import AlteredFact, altered_facts
from keeproom.library.opening import Library
from keeproom.library.stacking import stack_assets
from keeproom.library.tagging import create_tag, rename_tag
from keeproom.library.trashing import trash_assets
from tests.conftest import MakePicture
from tests.histories import make_assets
from tests.importing import Importer
from tests.library.test_editing import STATED

ALTERATIONS = [
    ("name", "UPDATE asset SET name = 'x' WHERE id = 2"),
    ("title", "UPDATE asset SET title = NULL WHERE id = 2"),
    ("description", "UPDATE asset SET description = 'First' WHERE id = 2"),
    ("creator", "UPDATE asset SET creator = 'ada' WHERE id = 2"),
    ("place", "UPDATE asset SET place = '' WHERE id = 2"),
    ("captured", "UPDATE asset SET captured = '2023-05-01T12:00:01' WHERE id = 2"),
    ("captured", "UPDATE asset SET captured_offset = NULL WHERE id = 2"),
    ("rotation", "UPDATE asset SET rotation = 0 WHERE id = 2"),
    ("rating", "UPDATE asset SET rating = 0 WHERE id = 2"),
    ("label", "UPDATE asset SET label = NULL WHERE id = 2"),
    ("flag", "UPDATE asset SET flag = 'reject' WHERE id = 2"),
    ("trashed", "UPDATE asset SET trashed_at = NULL WHERE id = 2"),
    ("stack", "UPDATE asset SET stack_id = NULL WHERE id = 2"),
    ("stack", "UPDATE asset SET stack_place = 7 WHERE id = 2"),
    ("position", "UPDATE collection_asset SET position = 0.5 WHERE asset_id = 2"),
    ("tags", "DELETE FROM asset_tag WHERE asset_id = 2 AND tag_id = 1"),
    ("tags", "INSERT INTO asset_tag VALUES (2, 3)"),
    ("collections", "DELETE FROM collection_asset WHERE asset_id = 2"),
    ("blob", "UPDATE asset SET blob_id = 3 WHERE id = 2"),
]
"""The field, and how it is altered by hand."""


def described(library: Library) -> None:
    make_assets(library, 3)
    edit_assets(library, [2], Edit(STATED, add_tags=("a", "b")))
    edit_assets(library, [1], Edit(add_tags=("c",)))
    edit_assets(library, [2], Edit({"rating": 2, "title": "other"}, remove_tags=("b",)))
    collect(library, "c", [3, 2])
    move_in_collection(library, 1, [2], 3)
    collect(library, "c", [1])
    remove_from_collection(library, 1, [1])
    save_search(library, "smart", "x")
    create_tag(library, "unused")
    rename_tag(library, "a", "places/a")
    stack_assets(library, [1, 2])
    trash_assets(library, [2])


@pytest.mark.parametrize(("field", "statement"), ALTERATIONS, ids=[f"{field}: {how}" for field, how in ALTERATIONS])
def test_what_is_altered_by_hand_is_found(library: Library, field: str, statement: str) -> None:
    described(library)
    assert list(altered_facts(library)) == []
    alter(library, statement)
    assert list(altered_facts(library)) == [AlteredFact(2, field)]


NAMED = [
    (AlteredFact(None, "name", "tag", "x"), "UPDATE tag SET name = 'x' WHERE name = 'b'"),
    (AlteredFact(None, "name", "tag", "unused"), "DELETE FROM tag WHERE name = 'unused'"),
    (AlteredFact(None, "name", "tag", "y"), f"INSERT INTO tag VALUES (9, '{UUID(int=9).hex}', 'y', 'y', 1)"),
    (AlteredFact(None, "name", "collection", "x"), "UPDATE collection SET name = 'x' WHERE name = 'c'"),
    (AlteredFact(None, "query", "collection", "smart"), "UPDATE collection SET query = 'y' WHERE name = 'smart'"),
]


@pytest.mark.parametrize(("fact", "statement"), NAMED, ids=[statement for _, statement in NAMED])
def test_what_is_altered_of_tags_and_collections_themselves_is_found(
    library: Library, fact: AlteredFact, statement: str
) -> None:
    described(library)
    alter(library, statement)
    assert list(altered_facts(library)) == [fact]


def test_a_name_whose_bytes_are_altered_is_found(importer: Importer, make_picture: MakePicture) -> None:
    importer(make_picture(b"caf\xe9.jpg"))
    assert list(altered_facts(importer.library)) == []
    alter(importer.library, "UPDATE asset SET name_bytes = x'636166e82e6a7067'")
    assert list(altered_facts(importer.library)) == [AlteredFact(1, "name")]
    alter(importer.library, """UPDATE change SET new = '"caf\ufffd.jpg"' WHERE field = 'name'""")  # of older programs
    assert list(altered_facts(importer.library)) == []


def test_what_is_stated_by_hand_where_nothing_was_is_found(library: Library) -> None:
    make_assets(library, 2)
    values: dict[str, Any] = {"rating": 3, "label": "'red'", "flag": "'pick'", "title": "'x'", "rotation": 2}
    alter(library, f"UPDATE asset SET {', '.join(f'{name} = {value}' for name, value in values.items())} WHERE id = 2")
    assert {fact.field for fact in altered_facts(library)} == set(values)


def alter(library: Library, statement: str) -> None:
    with library.catalog.write() as write:
        write.session.execute(text(statement))
