"""Two processes import the same folder at once."""

from __future__ import annotations

import pytest

from tests.faults.race_sweep import Race

pytestmark = pytest.mark.timeout(200)


@pytest.fixture(scope="module")
def race(tmp_path_factory: pytest.TempPathFactory) -> Race:
    return Race(tmp_path_factory.mktemp("race"))


def test_each_file_is_imported_by_one_of_them(race: Race) -> None:
    """One round; `python -m tests.faults.race_sweep` runs many."""
    assert race.run() == []


@pytest.mark.parametrize("lines", [1, 12])
def test_one_is_killed_and_the_other_completes(race: Race, lines: int) -> None:
    assert race.run(with_library=True, kill_after=lines) == []
