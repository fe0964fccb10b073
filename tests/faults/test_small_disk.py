"""A real disk that fills while an import runs, and is made larger."""

from __future__ import annotations

import pytest

from tests.faults.disk_sweep import Case, DiskSweep
from tests.faults.disks import NoMountError

pytestmark = pytest.mark.timeout(200)


@pytest.fixture(scope="module")
def sweep(tmp_path_factory: pytest.TempPathFactory) -> DiskSweep:
    return DiskSweep(tmp_path_factory.mktemp("disks"))


@pytest.mark.parametrize(
    ("case", "code"),
    [
        (Case("size=1800k"), 1),
        (Case("nr_inodes=11", is_mount=True), 3),
    ],
    ids=str,
)
def test_what_does_not_fit_is_said_and_comes_in_later(sweep: DiskSweep, case: Case, code: int) -> None:
    """Two of the sizes; `python -m tests.faults.disk_sweep` tries many."""
    try:
        ran, problems = sweep.try_case(case)
    except NoMountError as error:
        pytest.skip(str(error))

    assert problems == []
    assert ran.code == code
