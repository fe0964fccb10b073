"""What every blob store promises. Nothing here knows how a store keeps its bytes."""

from __future__ import annotations

import hashlib
import os
import threading
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keeproom.blobs import BlobLivesError, BlobStat, digest
from keeproom.blobs.copying import CHUNK_BYTES
from keeproom.errors import BlobMissingError, CancelledError, SourceChangedError
from keeproom.model import BlobRef, BlobState

ABSENT = "0" * 64
WRONG_NAMES = [
    "",
    "ab",
    "A" * 64,
    "g" * 64,
    "a" * 63,
    "a" * 65,
    "../" + "a" * 61,
    "a" * 63 + "\n",
    "é" * 64,
    "\uff11" * 64,
]
BOUNDARIES = st.integers(0, 3).flatmap(lambda n: st.integers(max(0, n * CHUNK_BYTES - 2), n * CHUNK_BYTES + 2))


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def read(store, name):
    with store.open(name) as blob:
        return blob.read()


# Coming in


def test_what_is_put_can_be_read(store, put):
    content = os.urandom(CHUNK_BYTES + 77)

    stored = put(content)

    assert stored.ref == BlobRef(sha256(content), len(content))
    assert (stored.reused, stored.repaired) == (False, False)
    assert read(store, stored.ref.sha256) == content
    assert store.stat(stored.ref.sha256) == BlobStat(stored.ref.sha256, len(content))
    assert store.verify(stored.ref.sha256) is BlobState.OK
    with store.local_path(stored.ref.sha256) as path:
        assert path.read_bytes() == content


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(size=BOUNDARIES, seed=st.binary(min_size=1, max_size=9))
def test_any_size_comes_back_whole(store, put, size, seed):
    content = (seed * (size // len(seed) + 1))[:size]

    ref = put(content).ref

    assert ref == BlobRef(sha256(content), size)
    assert read(store, ref.sha256) == content


def test_memory_is_that_of_one_chunk(store, tmp_path):
    (tmp_path / "source").write_bytes(bytes(40 * CHUNK_BYTES))
    with (tmp_path / "source").open("rb") as source:
        tracemalloc.start()
        try:
            store.put(source)
            assert tracemalloc.get_traced_memory()[1] < 2 * CHUNK_BYTES
        finally:
            tracemalloc.stop()


def test_the_same_bytes_are_stored_once(store, put, shelf):
    first, second = put(b"twice"), put(b"twice")

    assert second.ref == first.ref
    assert second.reused
    assert not second.repaired
    assert not second.cloned
    assert [*store.list()] == [BlobStat(first.ref.sha256, 5)]
    assert shelf.leftovers() == []


def test_a_source_is_read_from_its_start_and_its_position_stays(store, tmp_path):
    path = tmp_path / "source"
    path.write_bytes(b"0123456789" * 4000)
    with path.open("rb") as source:
        assert source.read(3) == b"012"  # now the file object has read ahead
        ref = store.put(source).ref
        assert source.read(3) == b"345"
        source.seek(0)
        assert source.read() == path.read_bytes()
    assert ref == BlobRef(sha256(path.read_bytes()), 40_000)


def test_progress_counts_the_bytes_to_the_end(store, tmp_path):
    (tmp_path / "source").write_bytes(bytes(2 * CHUNK_BYTES + 1))
    steps: list[int] = []
    with (tmp_path / "source").open("rb") as source:
        store.put(source, steps.append)
        assert steps == [CHUNK_BYTES, 2 * CHUNK_BYTES, 2 * CHUNK_BYTES + 1]
        store.verify(digest(source).sha256, steps.append)
    assert steps[3:] == steps[:3]


@pytest.mark.parametrize("step", [0, 1, 2])
def test_cancelling_leaves_nothing(store, shelf, tmp_path, step):
    (tmp_path / "source").write_bytes(bytes(3 * CHUNK_BYTES))

    def stop(done):
        if done > step * CHUNK_BYTES:
            raise CancelledError("stopped")

    with (tmp_path / "source").open("rb") as source, pytest.raises(CancelledError):
        store.put(source, stop)

    assert [*store.list()] == []
    assert shelf.leftovers() == []


def test_the_check_of_bytes_that_are_there_can_be_cancelled(store, put, shelf, tmp_path):
    put(bytes(9))
    steps: list[int] = []

    def stop(done):
        steps.append(done)
        if len(steps) == 2:  # the copy was one chunk
            raise CancelledError("stopped")

    (tmp_path / "again").write_bytes(bytes(9))
    with (tmp_path / "again").open("rb") as source, pytest.raises(CancelledError):
        store.put(source, stop)
    assert steps == [9, 9]
    assert store.verify(sha256(bytes(9))) is BlobState.OK
    assert shelf.leftovers() == []


def grow(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"more")


def shrink(path: Path) -> None:
    os.truncate(path, 10)


def rewrite_in_disguise(path: Path) -> None:
    before = path.stat()
    while path.stat().st_ctime_ns == before.st_ctime_ns:  # the clock of a file system has ticks
        with path.open("r+b") as file:
            file.write(b"other bytes")
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def replace(path: Path) -> None:
    before = path.stat()
    other = path.with_name("other")
    with path.open("rb") as kept:
        while os.fstat(kept.fileno()).st_ctime_ns == before.st_ctime_ns:
            os.link(path, other) if not other.exists() else other.unlink()
    other.unlink(missing_ok=True)
    other.write_bytes(path.read_bytes())
    other.replace(path)


@pytest.mark.parametrize("change", [grow, shrink, rewrite_in_disguise, replace])
@pytest.mark.parametrize("chunks", [1, 3])
def test_a_source_that_changes_is_noticed(store, shelf, tmp_path, change, chunks):
    path = tmp_path / "source"
    path.write_bytes(bytes(chunks * CHUNK_BYTES - 100))
    changes = iter([change])

    def meddle(done):
        for once in changes:
            once(path)

    with path.open("rb") as source, pytest.raises(SourceChangedError, match="source"):
        store.put(source, meddle)
    assert [*store.list()] == []
    assert shelf.leftovers() == []


def test_a_source_that_never_stops_growing_does_not_keep_the_store_busy(store, tmp_path):
    path = tmp_path / "log"
    path.write_bytes(bytes(CHUNK_BYTES))
    steps: list[int] = []

    def grow_on(done):
        steps.append(done)
        with path.open("ab") as file:
            file.write(bytes(2 * CHUNK_BYTES))

    with path.open("rb") as source, pytest.raises(SourceChangedError):
        store.put(source, grow_on)
    assert len(steps) <= 2


def test_only_regular_files_are_sources(store):
    reading, writing = os.pipe()
    os.close(writing)
    with os.fdopen(reading, "rb") as source, pytest.raises(OSError, match="regular"):
        store.put(source)


def test_a_damaged_blob_is_repaired_by_its_bytes(store, put, shelf):
    name = put(b"precious").ref.sha256
    shelf.damage(name, False)
    assert store.verify(name) is BlobState.DAMAGED

    stored = put(b"precious")

    assert (stored.reused, stored.repaired) == (False, True)
    assert read(store, name) == b"precious"
    assert shelf.leftovers() == []


def test_putting_bytes_that_are_in_quarantine_revives_them(store, put):
    name = put(b"wanted again").ref.sha256
    store.quarantine(name)

    stored = put(b"wanted again")

    assert (stored.reused, stored.repaired) == (True, False)
    assert store.verify(name) is BlobState.OK
    assert [*store.quarantined()] == []


def test_damaged_bytes_in_quarantine_are_not_revived_but_replaced(store, put, shelf):
    name = put(b"wanted again").ref.sha256
    store.quarantine(name)
    shelf.damage(name, True)

    stored = put(b"wanted again")

    assert (stored.reused, stored.repaired) == (False, True)
    assert store.verify(name) is BlobState.OK
    assert [*store.quarantined()] == []
    assert shelf.leftovers() == []


def test_many_at_once_store_the_same_bytes_once(store, shelf, tmp_path):
    (tmp_path / "source").write_bytes(os.urandom(3 * CHUNK_BYTES))
    gate, results = threading.Barrier(8), []

    def run():
        with (tmp_path / "source").open("rb") as source:
            gate.wait()
            results.append(store.put(source))

    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(results) == 8
    assert sum(not stored.reused for stored in results) == 1
    assert not any(stored.repaired for stored in results)
    assert [blob.sha256 for blob in store.list()] == [results[0].ref.sha256]
    assert store.verify(results[0].ref.sha256) is BlobState.OK
    assert shelf.leftovers() == []


# Asking


def test_what_is_not_there_is_an_answer_or_an_error(store):
    assert store.stat(ABSENT) is None
    assert store.verify(ABSENT) is BlobState.MISSING
    assert store.revive(ABSENT) is False
    store.delete(ABSENT)
    with pytest.raises(BlobMissingError, match=ABSENT):
        store.open(ABSENT)
    with pytest.raises(BlobMissingError, match=ABSENT), store.local_path(ABSENT):
        pass
    with pytest.raises(BlobMissingError, match=ABSENT):
        store.quarantine(ABSENT)


@pytest.mark.parametrize("name", WRONG_NAMES)
@pytest.mark.parametrize("call", ["open", "stat", "verify", "quarantine", "revive", "delete"])
def test_only_names_of_blobs_are_taken(store, call, name):
    with pytest.raises(ValueError, match="not the name of a blob"):
        getattr(store, call)(name)
    with pytest.raises(ValueError, match="not the name of a blob"), store.local_path(name):
        pass


def test_lists_are_complete_and_in_order(store, put):
    refs = [put(b"%d" % number * number).ref for number in range(1, 60)]
    for ref in refs[::2]:
        store.quarantine(ref.sha256)

    def stats(some):
        return sorted((BlobStat(ref.sha256, ref.size_bytes) for ref in some), key=lambda stat: stat.sha256)

    assert [*store.list()] == stats(refs[1::2])
    assert [*store.quarantined()] == stats(refs[::2])
    assert [*store.strays()] == []


def test_damage_is_told_from_health(store, put, shelf):
    good, bad = put(b"good").ref.sha256, put(b"bad").ref.sha256
    shelf.damage(bad, False)

    assert store.verify(good) is BlobState.OK
    assert store.verify(bad) is BlobState.DAMAGED
    assert store.stat(bad) == BlobStat(bad, 3)


def test_a_verification_can_be_stopped(store, put):
    name = put(b"long").ref.sha256

    def stop(done):
        raise CancelledError("stopped")

    with pytest.raises(CancelledError):
        store.verify(name, stop)


# Going out


def test_quarantine_hides_and_revive_brings_back(store, put):
    name = put(b"hidden").ref.sha256

    store.quarantine(name)
    store.quarantine(name)

    assert store.stat(name) is None
    assert store.verify(name) is BlobState.MISSING
    assert [*store.list()] == []
    assert [*store.quarantined()] == [BlobStat(name, 6)]
    with pytest.raises(BlobMissingError):
        store.open(name)

    assert store.revive(name) is True
    assert store.revive(name) is False
    assert read(store, name) == b"hidden"
    assert [*store.quarantined()] == []


def test_an_open_blob_stays_readable(store, put):
    name = put(b"being read").ref.sha256
    with store.open(name) as blob:
        store.quarantine(name)
        store.delete(name)
        assert blob.read() == b"being read"


def test_only_the_quarantine_is_deleted_from(store, put):
    name = put(b"alive").ref.sha256

    with pytest.raises(BlobLivesError, match=name):
        store.delete(name)
    assert read(store, name) == b"alive"

    store.quarantine(name)
    store.delete(name)
    store.delete(name)
    assert [*store.quarantined()] == []
    assert store.verify(name) is BlobState.MISSING


def test_the_same_bytes_may_come_again_after_all(store, put):
    name = put(b"phoenix").ref.sha256
    store.quarantine(name)
    store.delete(name)

    assert not put(b"phoenix").reused
    assert read(store, name) == b"phoenix"


# Hashing without storing


def test_a_digest_is_what_a_put_would_say(store, put, tmp_path):
    (tmp_path / "source").write_bytes(os.urandom(CHUNK_BYTES + 1))
    with (tmp_path / "source").open("rb") as source:
        source.read(1)
        steps: list[int] = []
        assert digest(source, steps.append) == put((tmp_path / "source").read_bytes()).ref
        assert steps == [CHUNK_BYTES, CHUNK_BYTES + 1]
        assert source.tell() == 1


@pytest.mark.parametrize("change", [grow, shrink, rewrite_in_disguise, replace])
def test_a_digest_notices_a_change(tmp_path, change):
    (tmp_path / "source").write_bytes(b"x" * 100)
    with (tmp_path / "source").open("rb") as source, pytest.raises(SourceChangedError):
        digest(source, lambda _done: change(tmp_path / "source"))
