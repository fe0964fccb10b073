"""Sums of any number of assets, against what the library says of each of them."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import update

from keeproom.catalog.tables import AssetRow, BlobRow
from keeproom.library import summing
from keeproom.library.listing import list_assets
from keeproom.library.opening import Library
from keeproom.library.summing import Common, SelectionSummary, sum_up_assets
from keeproom.model import Kind, Status
from tests.conftest import MakePicture
from tests.importing import Importer, work_through


def state(library: Library, **facts: object) -> None:
    """Give facts to all assets."""
    with library.catalog.write() as write:
        write.session.execute(update(AssetRow).values(**facts))


def test_real_photos_are_summed_up_as_they_are(library: Library, importer: Importer, corpus: Path) -> None:
    importer(*sorted((corpus / "photos" / "cameras").glob("[DN]*.jpg")), corpus / "videos")
    work_through(library)
    assets = list(list_assets(library))
    summary = sum_up_assets(library, [asset.id for asset in assets])
    assert summary.count == summary.asked == len(assets) > 15
    assert summary.kinds == Counter(asset.kind for asset in assets)
    assert summary.statuses == Counter(asset.status for asset in assets)
    assert summary.bytes == sum(asset.size_bytes for asset in assets)
    lengths = [asset.duration_s for asset in assets if asset.duration_s is not None]
    assert summary.timed == len(lengths)
    assert summary.duration_s == pytest.approx(sum(lengths))
    dates = [asset.captured.wall for asset in assets if asset.captured]
    assert (summary.earliest, summary.latest, summary.dated) == (min(dates), max(dates), len(dates))
    areas = [(asset.width * asset.height, asset.width) for asset in assets if asset.width and asset.height]
    assert summary.smallest is not None
    assert summary.largest is not None
    assert summary.smallest[0] * summary.smallest[1] == min(areas)[0]
    assert summary.largest[0] * summary.largest[1] == max(areas)[0]
    assert summary.cameras[0][1] >= summary.cameras[-1][1]
    assert "NIKON COOLPIX P6000" in dict(summary.cameras)
    assert summary.folder == corpus
    assert summary.rating == Common(0)
    assert summary.title == Common(None)


def test_chunks_make_no_difference_and_are_told(
    library: Library, importer: Importer, make_picture: MakePicture, monkeypatch: pytest.MonkeyPatch
) -> None:
    importer(*(make_picture(f"{number}.jpg", number) for number in range(11)))
    ids = np.array([*importer.assets(), 3, 3, 999], dtype=np.int64)  # twice is once; what is gone is left out
    whole = sum_up_assets(library, ids)
    assert (whole.asked, whole.count) == (12, 11)
    monkeypatch.setattr(summing, "FIRST_CHUNK", 2)
    monkeypatch.setattr(summing, "CHUNK", 4)
    partial: list[SelectionSummary] = []
    assert sum_up_assets(library, ids[::-1], partial.append) == whole
    assert [each.count for each in partial] == [2, 6, 10]


def test_nobody_waits_for_a_sum_that_is_not_wanted(
    library: Library, importer: Importer, make_picture: MakePicture, monkeypatch: pytest.MonkeyPatch
) -> None:
    importer(*(make_picture(f"{number}.jpg", number) for number in range(4)))
    monkeypatch.setattr(summing, "FIRST_CHUNK", 1)
    monkeypatch.setattr(summing, "CHUNK", 1)
    answers = iter([False, True])
    assert sum_up_assets(library, importer.assets(), stopping=lambda: next(answers)).count == 1
    assert sum_up_assets(library, importer.assets(), stopping=lambda: True) == SelectionSummary(4)


def test_no_assets_at_all(library: Library) -> None:
    assert sum_up_assets(library, []).count == 0
    assert sum_up_assets(library, [7, 8]) == SelectionSummary(2, rating=Common(None))


def test_what_they_have_in_common(library: Library, importer: Importer, make_picture: MakePicture) -> None:
    importer(make_picture("a.jpg", 1), make_picture("b.jpg", 2))
    ids = list(importer.assets())
    day = datetime(2023, 5, 14, 10, 0)  # noqa: DTZ001 - a wall time
    state(library, title="Rome", rating=3, label="red", captured=day)
    summary = sum_up_assets(library, ids)
    assert (summary.title, summary.rating, summary.label) == (Common("Rome"), Common(3), Common("red"))
    assert summary.earliest == summary.latest == day
    with library.catalog.write() as write:
        write.session.execute(update(AssetRow).where(AssetRow.id == ids[0]).values(title=None, rating=5))
    mixed = sum_up_assets(library, ids)
    assert mixed.title == mixed.rating == Common(is_mixed=True)
    assert mixed.label == Common("red")


def test_problems_are_counted_by_what_they_are(library: Library, importer: Importer, make_picture: MakePicture) -> None:
    importer(*(make_picture(f"{number}.jpg", number) for number in range(3)))
    with library.catalog.write() as write:
        for blob, facts in enumerate(({"state": "damaged"}, {"progress": "failed"}, {"state": "missing"}), start=1):
            write.session.execute(update(BlobRow).where(BlobRow.id == blob).values(**facts))
    summary = sum_up_assets(library, importer.assets())
    assert summary.statuses == {Status.DAMAGED: 1, Status.FAILED: 1, Status.MISSING: 1}
    assert summary.trouble == 3
    assert summary.kinds == {Kind.IMAGE: 3}


@pytest.mark.parametrize(
    ("names", "below"),
    [
        (("a/x/1.jpg", "a/xy/2.jpg"), "a"),
        (("a/x/1.jpg", "a/x/2.jpg"), "a/x"),
        (("a/x/1.jpg", "a/x.jpg"), "a"),
    ],
)
def test_the_folder_they_all_came_from(
    library: Library, importer: Importer, make_picture: MakePicture, tmp_path: Path, names: tuple[str, ...], below: str
) -> None:
    importer(*(make_picture(name, number) for number, name in enumerate(names)))
    assert sum_up_assets(library, importer.assets()).folder == tmp_path / "photos" / below


def test_without_anything_in_common_but_the_root_there_is_no_folder() -> None:
    assert summing._folder_of(b"/home/a.jpg", b"/mnt/b.jpg") is None
