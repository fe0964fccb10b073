"""The benchmark of search in short: a small library, and every figure measured once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.bench_search import QUERIES, TYPED, Row, bench, keystrokes


def test_every_figure_is_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bench(400, 1, tmp_path, most=40)
    said = capsys.readouterr().out
    for name in (
        "keystroke, newest import first",
        "completion",
        "near spelling",
        *(f"all of {text}" for text in QUERIES),
    ):
        assert f"\n{name} " in said


def test_a_hundred_words_are_typed_letter_by_letter() -> None:
    assert len(set(TYPED)) == 100
    assert list(keystrokes(["ab -c"])) == ["a", "ab", "ab -c"]


def test_a_missed_target_is_told() -> None:
    assert Row("x", [0.5], (0.1, 1, 1)).cells()[-1] == "MISSED"
    assert Row("x", [0.5], (1, 1, 1)).cells()[-1] == "met"
    assert Row("x", [0.5]).cells()[-1] == ""
