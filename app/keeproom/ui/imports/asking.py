"""What the Imports page asks of the library; called in threads, which touch nothing of the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from keeproom.library.imports import ImportItem, ImportRecord, count_items, item_ids, items_of, list_imports
from keeproom.ui.imports.columns import as_text

if TYPE_CHECKING:
    import numpy.typing as npt

    from keeproom.library.opening import Library
    from keeproom.ui.imports.parts import Part

CHUNK = 2_000
MOST_CELLS = 200
"""Of so many chosen items more is told than their number."""
COUNTED = 30
"""In so many of the newest imports with problems the files with problems are counted, not the steps that failed."""


class Records:
    """The imports, newest first, with the number of files that have problems; used by one thread at a time."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._troubled: dict[tuple[int, int], int] = {}

    def read(self, chosen: int | None) -> list[ImportRecord]:
        records = list_imports(self._library)
        troubled = [record for record in records if record.problems]
        counted = {record.entry for record in troubled[:COUNTED]} | {chosen}
        return [self._counted(record) if record.problems and record.entry in counted else record for record in records]

    def _counted(self, record: ImportRecord) -> ImportRecord:
        key = (record.entry, record.problems)
        if key not in self._troubled:
            self._troubled[key] = count_items(self._library, record.entry, problems=True)
        return replace(record, problems=self._troubled[key])


def line_ids(library: Library, entry: int, part: Part) -> npt.NDArray[np.int64]:
    """The numbers of the lines that a filter leaves, in rising order."""
    ids = item_ids(library, entry, part.outcomes, problems=part.problems)
    return np.frombuffer(ids, dtype=np.int64)


def lines(library: Library, ids: Sequence[int]) -> Iterator[ImportItem]:
    """These lines one by one, however many they are."""
    for start in range(0, len(ids), CHUNK):
        yield from items_of(library, ids[start : start + CHUNK])


def items_behind(those: Iterable[ImportItem]) -> list[int]:
    """The items that these lines brought or found here, each once."""
    return list(dict.fromkeys(line.asset for line in those if line.asset is not None))


def texts(library: Library, ids: Sequence[int]) -> list[str]:
    """These lines as texts: path, outcome and reason, parted by tabs."""
    return [as_text(line) for line in lines(library, ids)]


def write_lines(library: Library, ids: Sequence[int], file: Path) -> None:
    """These lines as a text file, over what it was.

    Raises:
        OSError: the file cannot be written.
    """
    with file.open("w", encoding="utf-8", errors="surrogateescape") as out:
        out.writelines(text + "\n" for text in texts(library, ids))
