"""Two processes import the same folder at once."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.faults.command import Place, Ran
from tests.faults.promises import Finished, broken_in_the_end, dishonest_reports, rows
from tests.faults.sources import make_sources

pytestmark = pytest.mark.timeout(200)


@pytest.fixture(scope="module")
def undisturbed(photos: Path, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Photos and small files with duplicates, imported by one process."""
    place = Place(tmp_path_factory.mktemp("undisturbed") / "place").fill(photos)
    make_sources(place.files / "others", broken=False)
    assert place.import_files().code == 0
    return place


@pytest.mark.parametrize("has_library", [False, True])
@pytest.mark.parametrize("turn", range(2))
def test_each_file_is_imported_by_one_of_them(place: Place, undisturbed: Place, has_library: bool, turn: int) -> None:
    place.fill(undisturbed.files)
    if has_library:
        place.run("list")
    with place.started("import", place.files) as one, place.started("import", place.files) as two:
        first, second = one.finish(), two.finish()

    assert (first.code, second.code) == (0, 0), first.errors + second.errors
    assert [*dishonest_reports(first, place), *dishonest_reports(second, place)] == []
    assert {file["path"] for file in first.files} == {file["path"] for file in second.files}
    assert imported_by(first, second) == Counter(dict.fromkeys(Finished.of(undisturbed).facts, 1))
    assert [*broken_in_the_end(place, Finished.of(undisturbed))] == []
    assert rows(place.library, "SELECT DISTINCT attempts FROM job") == [(1,)]
    assert rows(place.library, "SELECT count(*) FROM entry WHERE action = 'import'") == [(2,)]


def imported_by(*all_ran: Ran) -> Counter[str]:
    """How often each content was reported as imported."""
    return Counter(file["sha256"] for ran in all_ran for file in ran.files if file["outcome"] == "imported")


@pytest.mark.parametrize("reports", [0, 1, 20])
def test_one_is_killed_and_the_other_completes(place: Place, undisturbed: Place, reports: int) -> None:
    """Killed when it has said so much, while the other one works beside it."""
    place.fill(undisturbed.files)
    with place.started("import", place.files) as one, place.started("import", place.files) as two:
        one.wait_for_lines(reports)
        one.kill()
        killed, other = one.finish(), two.finish()

    assert killed.code == -9
    assert other.code == 0, other.errors
    assert [*dishonest_reports(other, place)] == []
    assert not {sha256 for sha256, count in imported_by(killed, other).items() if count > 1}
    assert [*broken_in_the_end(place, Finished.of(undisturbed))] == []
