"""Working on the queue: claimed jobs go through a reader process and come back as facts and thumbnails."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Protocol

from keeproom.errors import BlobError, BlobMissingError, CancelledError, ReaderFailedError, UnreadableMediaError
from keeproom.library.facts import Result, record_results
from keeproom.library.identifying import identify_blob
from keeproom.library.jobs import PAUSES, Claim, Failure, claim_jobs, release_jobs
from keeproom.library.opening import Library
from keeproom.library.processes import runtime_folder
from keeproom.library.sidecars import Kept, kept_sidecars, laid_out, why_unreadable
from keeproom.library.thumbnails import store_thumbnails
from keeproom.media.metadata import MetadataReader
from keeproom.media.pictures import PictureReader
from keeproom.media.slots import METADATA_SLOTS, PICTURE_SLOTS, ReaderSlots
from keeproom.model import BlobState, MetadataFacts, Stage

FINISH_SECONDS = 0.3
"""Results wait this long at the most before they are committed together."""

Stopping = Callable[[], bool]
"""Says whether the work is to stop; asked often, from the worker's thread."""

NO_READER = "No reader knows what is in this file."


class Deriver(Protocol):
    """What one stage does with claimed blobs, through a reader process of its own; used from one thread."""

    batch: int

    def derive(self, claims: Sequence[Claim], stopping: Stopping) -> list[Result]:
        """One result for each claim, whatever happens to the file.

        Raises:
            CancelledError: it is to stop; the reader at work was ended, and nothing came of these claims.
        """
        ...

    def close(self) -> None: ...


class PictureDeriver:
    """One decode of a blob: thumbnails, sides, duration, quick facts."""

    batch = 1

    def __init__(self, library: Library, slots: ReaderSlots) -> None:
        self._library = library
        self._reader = PictureReader(slots)

    def derive(self, claims: Sequence[Claim], stopping: Stopping) -> list[Result]:
        return [self._one(claim, stopping) for claim in claims]

    def _one(self, claim: Claim, stopping: Stopping) -> Result:
        sha256 = claim.blob.sha256
        try:
            learned = identify_blob(self._library, sha256) if claim.format is None else None
            name = learned.format if learned is not None else claim.format
            if name is None:
                return Result(claim, failure=Failure(NO_READER))
            with self._library.blobs.local_path(sha256) as path:
                picture = self._reader.read(path, name, cancelled=stopping)
        except (BlobError, UnreadableMediaError) as error:
            return failed(claim, error)
        try:
            store_thumbnails(self._library, sha256, picture.thumbnails)
        except OSError as error:
            return Result(claim, failure=Failure(f"The preview could not be stored: {error.strerror or error}."))
        return Result(claim, facts=picture.facts, thumbnailed=bool(picture.thumbnails), learned=learned)

    def close(self) -> None:
        self._reader.close()


class MetadataDeriver:
    """All tags of a batch of blobs, and of the companion files that assets came with.

    A companion that cannot be read fails the stage, so that it is seen, and takes nothing away of what the file itself
    tells.
    """

    batch = 32

    def __init__(self, library: Library, slots: ReaderSlots) -> None:
        self._library = library
        self._reader = MetadataReader(slots)

    def derive(self, claims: Sequence[Claim], stopping: Stopping) -> list[Result]:
        results, there, paths = [], [], []
        with contextlib.ExitStack() as stack:
            for claim in claims:
                try:
                    paths.append(stack.enter_context(self._library.blobs.local_path(claim.blob.sha256)))
                    there.append(claim)
                except BlobError as error:
                    results.append(failed(claim, error))
            answers = self._reader.read(paths, cancelled=stopping) if paths else []
        for claim, answer in zip(there, answers, strict=True):
            results.append(Result(claim, facts=answer) if isinstance(answer, MetadataFacts) else failed(claim, answer))
        return self._accompanied(results, stopping)

    def _accompanied(self, results: Sequence[Result], stopping: Stopping) -> list[Result]:
        """The results together with what the companion files say, or with what is wrong with them."""
        kept = kept_sidecars(self._library, [result.claim.blob_id for result in results])
        if not kept:
            return list(results)
        try:
            with laid_out(self._library, kept) as paths:
                answers = self._reader.read(paths, cancelled=stopping)
        except OSError as error:
            why = Failure(f"The companion file could not be read: {error.strerror or error}.")
            return [replace(r, failure=r.failure or why) if _has(r, kept) else r for r in results]
        told = dict(zip(kept, answers, strict=True))
        return [
            _with(result, {each: told[each] for each in kept if each.blob == result.claim.blob_id})
            for result in results
        ]

    def close(self) -> None:
        self._reader.close()


def _has(result: Result, kept: Sequence[Kept]) -> bool:
    return any(each.blob == result.claim.blob_id for each in kept)


def _with(result: Result, told: Mapping[Kept, MetadataFacts | UnreadableMediaError]) -> Result:
    companions, failure = {}, result.failure
    for kept, answer in told.items():
        why = str(answer) if isinstance(answer, UnreadableMediaError) else why_unreadable(answer)
        companions[kept.asset] = MetadataFacts({}) if isinstance(answer, UnreadableMediaError) or why else answer
        if why:
            failure = failure or Failure(f"The companion file {kept.name} cannot be read: {why.rstrip('.')}.", 1)
    return replace(result, companions=companions, failure=failure)


def failed(claim: Claim, error: BlobError | UnreadableMediaError) -> Result:
    """The result for a blob that gave nothing. A crash or a hang is tried once less: it costs more."""
    attempts = len(PAUSES) if isinstance(error, ReaderFailedError) else len(PAUSES) + 1
    state = None
    if isinstance(error, BlobError):
        state = BlobState.MISSING if isinstance(error, BlobMissingError) else BlobState.DAMAGED
    return Result(claim, failure=Failure(str(error), attempts), blob_state=state)


DERIVERS: dict[Stage, Callable[[Library, ReaderSlots], Deriver]] = {
    Stage.PICTURE: PictureDeriver,
    Stage.METADATA: MetadataDeriver,
}


WORKERS: Mapping[Stage, int] = {Stage.PICTURE: PICTURE_SLOTS, Stage.METADATA: METADATA_SLOTS}
"""How many workers of a process make sense for a stage: as many as there are readers for it."""


class StageWorker(AbstractContextManager["StageWorker"]):
    """One worker of this process for one stage. Used from one thread, and closed by it."""

    def __init__(self, library: Library, stage: Stage, number: int, *, share: int = 1) -> None:
        self.name = f"{library.process.name}:{stage}-{number}"
        self._library = library
        self._stage = stage
        self._share = share
        self._deriver = DERIVERS[stage](library, ReaderSlots(runtime_folder()))

    def step(self, stopping: Stopping) -> bool:
        """Claim some jobs and end them; whether there were any. What is not ended when it is to stop is given back."""
        left = claim_jobs(self._library, self.name, self._stage, share=self._share)
        worked = bool(left)
        results: list[Result] = []
        since = time.monotonic()
        try:
            while left and not stopping():
                results.extend(self._deriver.derive(left[: self._deriver.batch], stopping))
                left = left[self._deriver.batch :]
                if time.monotonic() - since > FINISH_SECONDS:
                    record_results(self._library, results)
                    results, since = [], time.monotonic()
        except CancelledError:
            pass  # the claims in hand are among those that are left
        finally:
            record_results(self._library, results)
            release_jobs(self._library, left)
        return worked

    def close(self) -> None:
        self._deriver.close()

    def __exit__(self, *_: object) -> None:
        self.close()
