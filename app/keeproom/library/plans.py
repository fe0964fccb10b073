"""The plan of an import in the catalog: what it was told, which files still wait, and who is at it.

An import's row names the process that works on it. Where that process is dead, or let go of it, another one may take
it, by changing the name in one transaction: so two that start at once never continue the same import. Only imports of
a window are continued without being asked; a command that was killed is given again by who gave it.

Copying does not begin before the plan is complete, so a plan that was interrupted while it counted is made anew. What
waits when an import is cancelled becomes `skipped` with the reason `cancelled`: told, kept in the list, and to be tried
again only when somebody says so.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import ColumnElement, delete, func, insert, select, update

from keeproom.catalog.catalog import Write
from keeproom.catalog.sqlite import values_of
from keeproom.catalog.tables import EntryRow, ImportItemRow, ImportRow
from keeproom.errors import UsageError
from keeproom.library import log
from keeproom.library.imports import CLOSED, WAITING, RunState, packed_roots, roots_of
from keeproom.library.opening import Library
from keeproom.library.planning import PlannedFile
from keeproom.library.processes import is_alive
from keeproom.model import FileReport, Outcome, Reason

CHUNK_FILES = 5000
"""So many lines of a plan are committed at once: 0.2 s under the catalog's lock."""

CANCELLED = Reason("cancelled", "The import was cancelled before this file's turn came.")

AGAIN = ("cancelled", "not-media", "empty")
"""Why a file was skipped that may be tried again; what was left out for good reason is not."""


@dataclass(frozen=True, slots=True)
class Run:
    """An import that this process has taken."""

    entry: int
    roots: tuple[str, ...]
    move: bool
    separate: bool
    state: RunState
    waiting: int
    was_killed: bool = False
    """Whether the process that had it before is dead: it did not say good-bye."""
    had_ended: bool = False
    """Whether it was over, and goes on for files that are to be tried again."""


def begin(write: Write, library: Library, roots: Sequence[Path], *, move: bool, separate: bool, resumes: bool) -> int:
    """Open an import of this process: its entry in the log and its row; its number."""
    entry = log.begin_entry(write, "import")
    write.session.execute(
        insert(ImportRow).values(
            entry_id=entry,
            roots=packed_roots(os.path.abspath(root) for root in roots),
            move=move,
            separate=separate,
            resumes=resumes,
            state=RunState.COUNTING,
            process=library.process.name,
        )
    )
    return entry


def add(write: Write, entry: int, found: Sequence[PlannedFile | FileReport]) -> list[int]:
    """Append lines to an import's list: files that wait, and what is left out with its reason; their numbers.

    Numbers are given here, not by SQLite one by one: nobody else writes now, and a chunk costs half the time.
    """
    first = (write.session.scalar(select(func.max(ImportItemRow.id))) or 0) + 1
    rows = [
        {"id": id_, "entry_id": entry, **(_waiting(each) if isinstance(each, PlannedFile) else outcome_values(each))}
        for id_, each in enumerate(found, first)
    ]
    if rows:
        write.session.execute(insert(ImportItemRow.__table__), rows)  # type: ignore[arg-type]
    return [row["id"] for row in rows]  # type: ignore[misc]


def _waiting(planned: PlannedFile) -> dict[str, object]:
    return _values(planned.path, WAITING, planned.size_bytes)


def outcome_values(report: FileReport) -> dict[str, object]:
    """The columns of a line whose outcome is known."""
    return _values(os.fspath(report.path), report.outcome, report.size_bytes) | {
        "asset_id": report.asset,
        "sha256": report.sha256,
        "reason_code": report.reason.code if report.reason else None,
        "reason": report.reason.message if report.reason else None,
    }


def _values(path: str, outcome: str, size_bytes: int) -> dict[str, object]:
    path_bytes = os.fsencode(path)
    return {
        "path_bytes": path_bytes,
        "path": shown(path_bytes),
        "outcome": str(outcome),
        "asset_id": None,
        "sha256": None,
        "size_bytes": size_bytes,
        "reason_code": None,
        "reason": None,
    }


def shown(name: bytes) -> str:
    """The text form of a name: what is not UTF-8 becomes U+FFFD."""
    return name.decode("utf-8", "replace")


def set_state(write: Write, entry: int, state: RunState) -> None:
    write.session.execute(update(ImportRow).where(ImportRow.entry_id == entry).values(state=state))


def forget_lines(library: Library, entry: int) -> bool:
    """Begin the list of an import anew, if it is still counting: nothing of it was looked into. Whether it is."""
    with library.catalog.write() as write:
        if write.session.get_one(ImportRow, entry).state != RunState.COUNTING:
            return False
        write.session.execute(delete(ImportItemRow).where(ImportItemRow.entry_id == entry))
        return True


def waiting_files(library: Library, entry: int) -> list[PlannedFile]:
    """The files of an import that still wait, in the order of its plan."""
    waiting = select(ImportItemRow.path_bytes, ImportItemRow.size_bytes, ImportItemRow.id).where(*_waits(entry))
    with library.catalog.read() as session:
        return [
            PlannedFile(os.fsdecode(path), size_bytes, id_)
            for path, size_bytes, id_ in session.execute(waiting.order_by(ImportItemRow.id))
        ]


def unfold(write: Write, entry: int, item: int, found: Sequence[PlannedFile | FileReport]) -> list[int]:
    """Put what is in a folder at the end of an import's list, in place of the folder's own line; their numbers."""
    ids = add(write, entry, found)
    write.session.execute(delete(ImportItemRow).where(ImportItemRow.id == item))
    return ids


def supersede(library: Library, entry: int) -> None:
    """End the same command's earlier goes whose processes are dead: all that waits of them is in this one's list."""
    with library.catalog.read() as session:
        this = session.get_one(ImportRow, entry)
        same = (
            *_OPEN,
            ~ImportRow.resumes,
            ImportRow.entry_id != entry,
            ImportRow.roots == this.roots,
            ImportRow.move == this.move,
            ImportRow.separate == this.separate,
        )
        earlier = {row.entry_id: row.process for row in session.scalars(select(ImportRow).where(*same))}
    dead = _dead(library, earlier.values())
    left = [each for each, process in earlier.items() if process is None or process in dead]
    if not left:
        return
    with library.catalog.write() as write:
        for each in left:
            write.session.execute(delete(ImportItemRow).where(*_waits(each)))
            set_state(write, each, RunState.ENDED)
            log.end_entry(write, each)


def take_unfinished(library: Library) -> list[Run]:
    """Make the interrupted imports of windows this process's own, oldest first; each goes to one process only."""
    with library.catalog.read() as session:
        holders = session.scalars(select(ImportRow.process).where(*_OPEN, ImportRow.resumes)).all()
        if not holders:
            return []
    dead = _dead(library, holders)
    with library.catalog.write() as write:
        free = (*_OPEN, ImportRow.resumes, _is_free(dead))
        rows = write.session.scalars(select(ImportRow).where(*free).order_by(ImportRow.entry_id)).all()
        return [_take(write, library, row) for row in rows]


def take(library: Library, entry: int) -> Run:
    """Make one import this process's own, ended or not, to go on with what waits of it.

    Raises:
        UsageError: there is no such import, or another process is at it.
    """
    dead = _dead_holders(library, entry)
    with library.catalog.write() as write:
        return _take_one(write, library, entry, dead)


def _dead_holders(library: Library, entry: int) -> list[str]:
    """The process that has an import, if it is dead."""
    with library.catalog.read() as session:
        holders = session.scalars(select(ImportRow.process).where(ImportRow.entry_id == entry)).all()
    return _dead(library, holders)


def _take_one(write: Write, library: Library, entry: int, dead: Collection[str]) -> Run:
    return _take(write, library, _not_of_others(write, library, entry, dead))


def _not_of_others(write: Write, library: Library, entry: int, dead: Collection[str]) -> ImportRow:
    row = write.session.get(ImportRow, entry)
    if row is None:
        raise UsageError(f"There is no import {entry}.")
    if row.state not in CLOSED and row.process not in (None, library.process.name, *dead):
        raise UsageError(f"The import {entry} is at work in another window.")
    return row


def _take(write: Write, library: Library, row: ImportRow) -> Run:
    waiting = write.session.scalar(select(func.count()).where(*_waits(row.entry_id))) or 0
    was_killed = row.process is not None and row.process != library.process.name
    state = RunState.COUNTING if row.state == RunState.COUNTING else RunState.COPYING
    had_ended = row.state in CLOSED
    run = Run(row.entry_id, roots_of(row.roots), row.move, row.separate, state, waiting, was_killed, had_ended)
    row.state, row.process = state, library.process.name
    write.session.execute(update(EntryRow).where(EntryRow.id == row.entry_id).values(ended_at=None))
    return run


def let_go(library: Library, entry: int | None = None) -> None:
    """Leave an unfinished import of this process, or all of them, to whoever comes next."""
    mine = [*_OPEN, ImportRow.process == library.process.name]
    if entry is not None:
        mine.append(ImportRow.entry_id == entry)
    with library.catalog.read() as session:
        if session.scalar(select(ImportRow.entry_id).where(*mine).limit(1)) is None:
            return
    with library.catalog.write() as write:
        write.session.execute(update(ImportRow).where(*mine).values(process=None))


def end(library: Library, entry: int, failed: Iterable[FileReport] = ()) -> bool:
    """Close an import, unless something of it waits again; whether it was closed.

    `failed` are files whose outcome could not be committed in their turn.
    """
    with library.catalog.write() as write:
        rows = [{"id": report.item, **outcome_values(report)} for report in failed]
        if rows:
            write.session.execute(update(ImportItemRow), rows)
        if write.session.scalar(select(ImportItemRow.id).where(*_waits(entry)).limit(1)) is not None:
            return False
        set_state(write, entry, RunState.ENDED)
        log.end_entry(write, entry)
        return True


def cancel(library: Library, entry: int) -> None:
    """End an import for good: what still waits of it is skipped. One that has ended stays as it is.

    Raises:
        UsageError: there is no such import, or another process is at it.
    """
    dead = _dead_holders(library, entry)
    with library.catalog.write() as write:
        if _not_of_others(write, library, entry, dead).state in CLOSED:
            return
        write.session.execute(
            update(ImportItemRow)
            .where(*_waits(entry))
            .values(outcome=Outcome.SKIPPED, reason_code=CANCELLED.code, reason=CANCELLED.message),
            execution_options={"synchronize_session": False},
        )
        set_state(write, entry, RunState.CANCELLED)
        log.end_entry(write, entry)


def hold_for_space(library: Library, entry: int) -> None:
    """Say that the rest of an import waits for room on the library's disk."""
    with library.catalog.write() as write:
        set_state(write, entry, RunState.NO_SPACE)


def wait_again(library: Library, entry: int, ids: Collection[int]) -> Run:
    """Put files of an import that were not kept back among those that wait, and make it this process's own.

    Raises:
        UsageError: there is no such import, or another process is at it; nothing was changed.
    """
    failed = ImportItemRow.outcome == str(Outcome.FAILED)
    left_out = (ImportItemRow.outcome == str(Outcome.SKIPPED)) & ImportItemRow.reason_code.in_(AGAIN)
    dead = _dead_holders(library, entry)
    with library.catalog.write() as write:
        write.session.execute(
            update(ImportItemRow)
            .where(ImportItemRow.entry_id == entry, ImportItemRow.id.in_(values_of(ids)), failed | left_out)
            .values(outcome=WAITING, reason_code=None, reason=None),
            execution_options={"synchronize_session": False},
        )
        return _take_one(write, library, entry, dead)


_OPEN = (ImportRow.state.not_in([str(state) for state in CLOSED]),)


def _waits(entry: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return ImportItemRow.entry_id == entry, ImportItemRow.outcome == WAITING


def _is_free(dead: Collection[str]) -> ColumnElement[bool]:
    return ImportRow.process.is_(None) | ImportRow.process.in_(values_of(dead))


def _dead(library: Library, processes: Iterable[str | None]) -> list[str]:
    names = {name for name in processes if name is not None} - {library.process.name}
    return [name for name in names if not is_alive(library.layout, name)]
