from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from keeproom.errors import UsageError
from keeproom.library.editing import Edit, edit_assets
from keeproom.library.opening import Library
from keeproom.library.tagcounting import count_tagged
from keeproom.library.trashing import trash_assets
from tests.importing import Importer


def test_each_item_counts_once_and_none_in_the_trash(
    library: Library, importer: Importer, make_picture: Callable[..., Path]
) -> None:
    importer(*(make_picture(f"{number}.jpg", number) for number in range(5)))
    first, second, third, fourth, _ = importer.assets()
    edit_assets(library, [first, second], Edit(add_tags=("places/Rome", "sea")))
    edit_assets(library, [second, third, fourth], Edit(add_tags=("places/Paris",)))
    trash_assets(library, [fourth])
    assert count_tagged(library, ["PLACES"]) == 3
    assert count_tagged(library, ["places/rome", "sea"]) == 2
    assert count_tagged(library, []) == 0
    with pytest.raises(UsageError, match="no tag"):
        count_tagged(library, ["sea", "nothing"])
