"""What is left of going through pictures."""

from __future__ import annotations

import numpy as np

from keeproom.library.culling import rejected_among, trash_rejected
from keeproom.library.editing import Edit, edit_assets
from keeproom.library.listing import list_assets
from keeproom.library.opening import Library
from keeproom.library.trashing import trash_assets
from tests.histories import entries, make_assets


def test_the_rejected_of_a_view_go_in_one_step(library: Library) -> None:
    make_assets(library, 6)
    edit_assets(library, [1, 3, 5, 6], Edit({"flag": "reject"}))
    edit_assets(library, [2], Edit({"flag": "pick"}))
    trash_assets(library, [6])
    view = np.array([5, 4, 3, 2, 6, -7], dtype=np.int64)
    assert rejected_among(library, view) == [5, 3], "in the order of the view, what is in the trash left out"
    assert sorted(trash_rejected(library, view).changed) == [3, 5]
    assert entries(library)[-1] == "trash"
    assert {asset.id for asset in list_assets(library, trashed=True)} == {3, 5, 6}
    assert trash_rejected(library, view).entry is None, "the first is not of this view, the others are gone"
