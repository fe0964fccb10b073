"""A disk that is full or broken at any step: a clear end, honest reports, and the next run repairs all."""

from __future__ import annotations

import pytest

from tests.faults.shim import BROKEN, FULL, Fault
from tests.faults.sweep import Sweep, told

pytestmark = pytest.mark.timeout(300)


@pytest.mark.parametrize(("what", "stays", "points"), [(FULL, True, 2), (BROKEN, False, 2)])
def test_an_error_anywhere_is_told_and_repaired(sweep: Sweep, what: str, stays: bool, points: int) -> None:
    """A sample; `python -m tests.faults.error_sweep --full` tries every call."""
    tried = sweep.try_points(Fault(what, at, stays) for at in sweep.points(points, what, seed=points))

    assert not any(point.problems for point in tried), told(tried)
