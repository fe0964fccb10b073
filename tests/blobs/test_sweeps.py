"""A kill, and an error, at every call that changes something; and what has to be synced before what.

Each scenario is run in a child process that ends at its n-th changing call without any clean-up, as by kill -9,
for every n until it gets through. A write is cut in the middle.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from keeproom.blobs import FolderStore
from keeproom.blobs.copying import CHUNK_BYTES
from keeproom.model import BlobState

CONTENT = b"twelve bytes" * (CHUNK_BYTES // 8)
NAME = hashlib.sha256(CONTENT).hexdigest()
PATH_CALLS = ("mkdir", "link", "rename", "replace", "unlink")


def put(store: FolderStore, home: Path) -> object:
    with (home / "source").open("rb") as source:
        return store.put(source)


def nothing(store: FolderStore, home: Path) -> None:
    (home / "source").write_bytes(CONTENT)


def stored(store: FolderStore, home: Path) -> None:
    nothing(store, home)
    put(store, home)


def damaged(store: FolderStore, home: Path) -> None:
    stored(store, home)
    with store.local_path(NAME) as path:
        path.chmod(0o600)
        path.write_bytes(b"damaged")


def quarantined(store: FolderStore, home: Path) -> None:
    stored(store, home)
    store.quarantine(NAME)


def quarantined_damaged(store: FolderStore, home: Path) -> None:
    damaged(store, home)
    store.quarantine(NAME)


def quarantined_elsewhere(store: FolderStore, home: Path) -> None:
    """As after a restored backup that knows no empty folders."""
    quarantined(store, home)
    (home / "blobs" / NAME[:2] / NAME[2:4]).rmdir()
    (home / "blobs" / NAME[:2]).rmdir()


def quarantine(store: FolderStore, home: Path) -> None:
    store.quarantine(NAME)


def revive(store: FolderStore, home: Path) -> None:
    store.revive(NAME)


def delete(store: FolderStore, home: Path) -> None:
    store.delete(NAME)


OK, DAMAGED, MISSING = BlobState.OK, BlobState.DAMAGED, BlobState.MISSING
Places = tuple[BlobState, BlobState]
"""The state of the living blob, and of the one in quarantine."""

SCENARIOS: dict[str, tuple[Callable, Callable, set[Places], Places]] = {
    # name: how it starts, what is done, what may be found after a kill, what is found at the end
    "put new": (nothing, put, {(MISSING, MISSING), (OK, MISSING)}, (OK, MISSING)),
    "put again": (stored, put, {(OK, MISSING)}, (OK, MISSING)),
    "repair": (damaged, put, {(DAMAGED, MISSING), (OK, MISSING)}, (OK, MISSING)),
    "put revives": (quarantined, put, {(MISSING, OK), (OK, MISSING)}, (OK, MISSING)),
    "put repairs in quarantine": (
        quarantined_damaged,
        put,
        {(MISSING, DAMAGED), (MISSING, OK), (OK, MISSING)},
        (OK, MISSING),
    ),
    "quarantine": (stored, quarantine, {(OK, MISSING), (MISSING, OK)}, (MISSING, OK)),
    "revive": (quarantined, revive, {(MISSING, OK), (OK, MISSING)}, (OK, MISSING)),
    "revive without folders": (quarantined_elsewhere, revive, {(MISSING, OK), (OK, MISSING)}, (OK, MISSING)),
    "delete": (quarantined, delete, {(MISSING, OK), (MISSING, MISSING)}, (MISSING, MISSING)),
}


def intercept(patch: pytest.MonkeyPatch, before: Callable[[str, tuple], None]) -> None:
    """Have `before(call, arguments)` run before every call that changes something."""

    def wrap(module, name: str, changes: Callable[[tuple], bool] = lambda _arguments: True) -> None:
        real = getattr(module, name)

        def call(*arguments):
            if changes(arguments):
                before(name, arguments)
            return real(*arguments)

        patch.setattr(module, name, call)

    for name in (*PATH_CALLS, "write", "fsync"):
        wrap(os, name)
    wrap(os, "open", lambda arguments: bool(arguments[1] & os.O_CREAT))
    wrap(fcntl, "ioctl")


def states(store: FolderStore, home: Path) -> Places:
    path = home / "quarantine" / NAME
    if not path.exists():
        return store.verify(NAME), MISSING
    return store.verify(NAME), OK if path.read_bytes() == CONTENT else DAMAGED


def run_and_kill(step: Callable, store: FolderStore, home: Path, at: int) -> bool:
    """Run a step in a child that is gone before its call number `at`; says whether it was done before that."""
    count = 0

    def before(name: str, arguments: tuple) -> None:
        nonlocal count
        count += 1
        if count == at:
            if name == "write":
                os.pwrite(arguments[0], arguments[1][: len(arguments[1]) // 2], os.lseek(arguments[0], 0, os.SEEK_CUR))
            os._exit(9)

    if (pid := os.fork()) == 0:
        try:
            intercept(pytest.MonkeyPatch(), before)
            step(store, home)
            os._exit(0)
        finally:
            os._exit(1)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    assert code in (0, 9)
    return code == 0


@pytest.fixture(params=SCENARIOS)
def scenario(request):
    return SCENARIOS[request.param]


def fresh_homes(tmp_path: Path) -> Iterator[tuple[int, Path]]:
    for at in range(1, 100):
        home = tmp_path / str(at)
        home.mkdir()
        yield at, home
        shutil.rmtree(home)


def test_a_kill_anywhere_leaves_the_state_before_or_after(open_folder, tmp_path, scenario):
    start, step, allowed, end = scenario
    for at, home in fresh_homes(tmp_path):
        start(open_folder(home), home)
        done = run_and_kill(step, open_folder(home), home, at)
        store = open_folder(home)

        assert states(store, home) in ({end} if done else allowed), f"killed before call {at}"
        assert [*store.strays()] == []
        if done:
            break
        step(open_folder(home), home)  # the same again, by another process
        assert states(store, home) == end, f"killed before call {at}, then done again"
    assert at > 2


def test_an_error_anywhere_is_named_and_leaves_no_part(open_folder, tmp_path, scenario):
    start, step, allowed, end = scenario
    for at, home in fresh_homes(tmp_path):
        start(open_folder(home), home)
        store, failed = open_folder(home), fail_at(step, open_folder(home), home, at)
        assert states(store, home) in (allowed if failed else {end}), f"{failed} failed, call {at}"
        assert [*store.strays()] == []
        if failed is None:
            break
        if failed != "unlink":
            assert [*home.glob("incoming/1/*")] == [], f"{failed} failed, call {at}"
        step(store, home)
        assert states(store, home) == end
    assert at > 2


def count_descriptors() -> int:
    return len([*Path("/dev/fd").iterdir()])


def error_of(step: Callable, store: FolderStore, home: Path) -> OSError | None:
    try:
        step(store, home)
    except OSError as error:
        return error
    return None


def fail_at(step: Callable, store: FolderStore, home: Path, at: int) -> str | None:
    """Run a step whose call number `at` fails; says which call that was, None where there were fewer."""
    count, failed = 0, None

    def before(name: str, arguments: tuple) -> None:
        nonlocal count, failed
        count += 1
        if count == at:
            failed = name
            path = [arguments[0]] if isinstance(arguments[0], str) else []
            raise OSError(errno.EIO, os.strerror(errno.EIO), *path)

    descriptors = count_descriptors()
    with pytest.MonkeyPatch.context() as patch:
        intercept(patch, before)
        error = error_of(step, store, home)
    if failed in (None, "ioctl"):  # without a clone there is the copy
        assert error is None
    else:
        assert error is not None
        assert error.errno == errno.EIO
        assert str(error.filename).startswith(str(home))
    assert count_descriptors() == descriptors
    return failed


# What has to be on the medium before what


def trace(step: Callable, store: FolderStore, home: Path) -> list[tuple[str, str]]:
    """The changing calls of a step, each with the kind or the name of what it works on."""
    calls: list[tuple[str, str]] = []

    def before(name: str, arguments: tuple) -> None:
        target = arguments[0]
        if isinstance(target, int):
            target = Path(f"/proc/self/fd/{target}").readlink()
            calls.append(
                (name, "new file" if target.parent.parent.name == "incoming" else os.path.relpath(target, home))
            )
        else:
            calls.append((name, os.path.relpath(arguments[-1] if name == "link" else target, home)))

    with pytest.MonkeyPatch.context() as patch:
        intercept(patch, before)
        step(store, home)
    return calls


TOP = f"blobs/{NAME[:2]}"
LEAF = f"{TOP}/{NAME[2:4]}"
needs_proc = pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="names of descriptors are read from /proc")


@needs_proc
def test_bytes_are_synced_before_they_are_named_and_names_before_they_are_told(open_folder, tmp_path):
    nothing(open_folder(tmp_path), tmp_path)
    calls = trace(put, open_folder(tmp_path), tmp_path)

    named = len(calls) - 1 - calls[::-1].index(("link", f"{LEAF}/{NAME}"))
    assert calls.index(("fsync", "new file")) < named
    assert ("write", "new file") not in calls[calls.index(("fsync", "new file")) :]
    for folder in ("blobs", TOP, LEAF):
        assert ("fsync", folder) in calls[named:]


@needs_proc
def test_folders_that_someone_else_made_are_not_taken_for_durable(open_folder, tmp_path):
    """Who made them may have been killed before syncing; a process finds out for itself, once."""
    stored(open_folder(tmp_path), tmp_path)
    (tmp_path / LEAF / NAME).unlink()
    store = open_folder(tmp_path)

    assert {name for call, name in trace(put, store, tmp_path) if call == "fsync"} == {"new file", "blobs", TOP, LEAF}
    (tmp_path / LEAF / NAME).unlink()
    assert {name for call, name in trace(put, store, tmp_path) if call == "fsync"} == {"new file", LEAF}
    shutil.rmtree(tmp_path / TOP)
    assert {name for call, name in trace(put, store, tmp_path) if call == "fsync"} == {"new file", "blobs", TOP, LEAF}


@needs_proc
def test_reused_bytes_are_made_durable_too(open_folder, tmp_path):
    """Someone else may have linked them a moment ago, and not yet synced the folder."""
    stored(open_folder(tmp_path), tmp_path)
    calls = trace(put, open_folder(tmp_path), tmp_path)
    assert {name for call, name in calls if call == "fsync"} == {f"{LEAF}/{NAME}", "blobs", TOP, LEAF}


@needs_proc
@pytest.mark.parametrize("start", [damaged, quarantined_damaged])
def test_a_repair_is_synced_before_it_takes_the_place(open_folder, tmp_path, start):
    start(open_folder(tmp_path), tmp_path)
    calls = trace(put, open_folder(tmp_path), tmp_path)

    (placed,) = [number for number, (call, _name) in enumerate(calls) if call == "replace"]
    assert ("fsync", "new file") in calls[:placed]
    assert ("fsync", LEAF) in calls[placed:]


@needs_proc
@pytest.mark.parametrize(("start", "step"), [(stored, quarantine), (quarantined, revive), (quarantined, put)])
def test_a_rename_is_made_durable_at_both_ends(open_folder, tmp_path, start, step):
    start(open_folder(tmp_path), tmp_path)
    calls = trace(step, open_folder(tmp_path), tmp_path)

    (moved,) = [number for number, (call, _name) in enumerate(calls) if call == "rename"]
    assert {("fsync", "quarantine"), ("fsync", LEAF)} <= {*calls[moved:]}


@needs_proc
def test_new_bytes_are_read_once(open_folder, tmp_path, monkeypatch):
    nothing(open_folder(tmp_path), tmp_path)
    read, count = os.preadv, 0

    def counted(descriptor, buffers, offset):
        nonlocal count
        count += (done := read(descriptor, buffers, offset))
        return done

    monkeypatch.setattr(os, "preadv", counted)
    put(open_folder(tmp_path), tmp_path)
    assert count == len(CONTENT)
