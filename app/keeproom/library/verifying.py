"""Reading every blob again, and telling which are not what they were."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import func, select, update

from keeproom.catalog.tables import BlobRow
from keeproom.library.opening import Library
from keeproom.model import BlobState


@dataclass(frozen=True, slots=True)
class BadBlob:
    sha256: str
    state: BlobState


def count_blobs(library: Library) -> int:
    with library.catalog.read() as session:
        return session.scalar(select(func.count()).select_from(BlobRow)) or 0


def verify_blobs(library: Library, on_checked: Callable[[], None] = lambda: None) -> Iterator[BadBlob]:
    """Read every blob that the catalog knows and yield those that are damaged or missing, as they are found.

    What is found is noted in the catalog: assets get their status, also back to good. `on_checked` is called after
    each blob.
    """
    last = ""
    while names := _next_names(library, last):
        for name in names:
            state = library.blobs.verify(name)
            note_blob_state(library, name, state)
            on_checked()
            if state is not BlobState.OK:
                yield BadBlob(name, state)
        last = names[-1]


def _next_names(library: Library, last: str) -> list[str]:
    with library.catalog.read() as session:
        page = select(BlobRow.sha256).where(BlobRow.sha256 > last).order_by(BlobRow.sha256).limit(500)
        return list(session.scalars(page))


def note_blob_state(library: Library, sha256: str, state: BlobState) -> None:
    """Note what a look at a blob's bytes found; writes only what is news."""
    with library.catalog.read() as session:
        known = session.scalar(select(BlobRow.state).where(BlobRow.sha256 == sha256))
    if known == state:
        return
    with library.catalog.write() as write:
        write.session.execute(
            update(BlobRow)
            .where(BlobRow.sha256 == sha256)
            .values(state=state, verified_at=write.at, revision=write.revision)
        )
