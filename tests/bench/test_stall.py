from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bench import bench_stall
from tests.bench.workload import Workload


def test_a_quantile_is_a_gap_that_was_there() -> None:
    gaps = [0.005] * 98 + [0.020, 0.040]
    assert bench_stall.quantile_ms(gaps, 0.5) == 5.0
    assert bench_stall.quantile_ms(gaps, 0.99) == 40.0


def test_the_window_ticks_while_it_is_idle_and_while_it_imports(
    tmp_path: Path, make_picture: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    source = make_picture("one.jpg").parent
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(bench_stall, "IDLE_SECONDS", 0.2)
    idle, busy = bench_stall.ticks_of_window(Workload(source, 1, 0))
    assert 5 < len(idle) <= 45
    assert min(busy) >= 0
    assert sum(busy) > 0.2
