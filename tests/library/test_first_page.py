"""The first page: no more than it shows is read for it, and nothing heavy is imported. That it shows what the view
shows, `test_arranging` says."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from keeproom.library.first_page import TOTAL, first_page, page_queries
from keeproom.library.opening import Library
from keeproom.model import Grouping, SortKey

PARTLY = "USE TEMP B-TREE FOR RIGHT PART OF ORDER BY"
"""Ties of equal sizes are sorted, and nothing else."""
MEMBERS = {"USE TEMP B-TREE FOR ORDER BY"}
"""The members of one collection are put in order."""


@pytest.mark.parametrize("stacked", [True, False])
@pytest.mark.parametrize("grouping", Grouping)
@pytest.mark.parametrize("sort", [way + key for key in SortKey for way in ("", "-")])
def test_an_index_answers_the_first_page(many: Library, sort: str, grouping: Grouping, stacked: bool) -> None:
    with closing(sqlite3.connect(many.layout.catalog)) as catalog:
        for query, values in page_queries(catalog, sort, grouping, stacked=stacked):
            plan = [row[3] for row in catalog.execute(f"EXPLAIN QUERY PLAN {query}", {**values, "limit": 5})]
            allowed = MEMBERS if values.get("collection") is not None else {PARTLY}
            reads = [step for step in plan if step.startswith(("SCAN", "SEARCH"))]
            others = {step for step in plan if step not in reads and " SUBQUERY " not in step}
            assert others <= allowed, plan
            assert all(" USING " in step for step in reads if "json_each" not in step), plan
            scans = [step for step in reads if step.startswith("SCAN") and "json_each" not in step]
            assert len(scans) <= 1, plan


def test_the_cells_are_counted_by_indexes_alone(many: Library) -> None:
    with closing(sqlite3.connect(many.layout.catalog)) as catalog:
        plan = [row[3] for row in catalog.execute(f"EXPLAIN QUERY PLAN {TOTAL}")]
    assert {step.split(" USING ")[1].split(" (")[0] for step in plan if " USING " in step} == {
        "INDEX ix_asset_living",
        "COVERING INDEX ix_asset_stack",
    }


def test_the_first_page_needs_no_sqlalchemy(many: Library) -> None:
    script = (
        "import sys; from pathlib import Path; from keeproom.library.first_page import first_page\n"
        "page = first_page(Path(sys.argv[1]), '-imported', 2)\n"
        "print(len(page.ids), any(name.startswith(('sqlalchemy', 'numpy', 'PIL', 'PySide6')) for name in sys.modules))"
    )
    said = subprocess.run([sys.executable, "-c", script, str(many.folder)], capture_output=True, text=True, check=True)
    assert said.stdout == "2 False\n"


def test_there_is_no_first_page_of_what_is_no_library(tmp_path: Path, many: Library) -> None:
    assert first_page(tmp_path, "-imported", 5) is None
    (many.folder / "library.json").unlink()
    assert first_page(many.folder, "-imported", 5) is None
