"""Two processes import the same folder at once."""

from __future__ import annotations

import pytest

from tests.faults.race_sweep import Race

pytestmark = pytest.mark.timeout(200)


@pytest.fixture(scope="module")
def race(tmp_path_factory: pytest.TempPathFactory) -> Race:
    return Race(tmp_path_factory.mktemp("race"))


@pytest.mark.parametrize("with_library", [False, True])
def test_each_file_is_imported_by_one_of_them(race: Race, with_library: bool) -> None:
    assert race.run(with_library=with_library) == []


@pytest.mark.parametrize("lines", [0, 1, 12])
def test_one_is_killed_and_the_other_completes(race: Race, lines: int) -> None:
    assert race.run(with_library=True, kill_after=lines) == []
