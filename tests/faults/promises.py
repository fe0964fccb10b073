"""What has to be true of a library after any fault, looked at from outside and through the library's own eyes."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from keeproom.library.folding import altered_facts
from keeproom.library.listing import list_assets
from keeproom.library.opening import open_library
from keeproom.library.verifying import verify_blobs
from keeproom.model import Asset
from tests.faults.command import Place, Ran

KEPT = ("imported", "duplicate")

Stages = Mapping[tuple[str, str], str]
"""The state of each stage, by checksum and stage."""


@dataclass(frozen=True)
class Finished:
    """What an import without a fault leaves: every file and folder, every asset's names, every stage's state."""

    tree: frozenset[str]
    sources: Mapping[str, frozenset[str]]
    stages: Stages
    facts: Mapping[str, tuple[object, ...]]

    @classmethod
    def of(cls, place: Place) -> Finished:
        assets = listed(place.library)
        return cls(
            frozenset(tree(place.library)),
            {asset.sha256: frozenset(sources_of(asset, place)) for asset in assets},
            stages(place.library),
            {asset.sha256: facts_of(asset) for asset in assets},
        )


def facts_of(asset: Asset) -> tuple[object, ...]:
    return asset.kind, asset.mime, asset.size_bytes, asset.status, asset.width, asset.height, asset.captured


def sources_of(asset: Asset, place: Place) -> Iterator[str]:
    return (os.path.relpath(source, place.files) for source in asset.sources)


def listed(folder: Path) -> list[Asset]:
    with open_library(folder, create=False) as library:
        return list(list_assets(library))


def tree(folder: Path) -> Iterator[str]:
    """The path of everything below a folder; what a crash recorder wrote is told, not hidden."""
    return (str(path.relative_to(folder)) for path in folder.rglob("*"))


def rows(folder: Path, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / "catalog.sqlite3")) as catalog:
        return catalog.execute(statement).fetchall()


def stages(folder: Path) -> dict[tuple[str, str], str]:
    found = rows(folder, "SELECT blob.sha256, job.stage, job.state FROM job JOIN blob ON blob.id = job.blob_id")
    return {(str(sha256), str(stage)): str(state) for sha256, stage, state in found}


def broken_at_once(place: Place, ran: Ran, side: Path) -> Iterator[str]:
    """What is wrong right after a fault, before anything was repaired; a copy is looked at, so nothing is."""
    reported = {file["sha256"]: file["asset"] for file in ran.files if file["outcome"] in KEPT}
    yield from damaged_files(place.library)
    if not (place.library / "library.json").exists():
        if reported:
            yield f"reported as kept, but there is no library: {reported}"
        return
    shutil.copytree(place.library, side)
    yield from damaged_catalog(side)
    there = {asset.sha256: asset for asset in listed(side)}
    for sha256, asset in reported.items():
        if sha256 not in there or there[sha256].id != asset:
            yield f"reported as kept, and not listed: {sha256}"
    yield from damaged_catalog(side)
    yield from bad_facts(side)
    for sha256 in there:
        if not blob(side, sha256).is_file():
            yield f"listed, and without bytes: {sha256}"


def broken_in_the_end(place: Place, expected: Finished) -> Iterator[str]:
    """What is wrong after the same command was run again without a fault."""
    if not (place.library / "library.json").exists():
        yield "there is no library"
        return
    yield from damaged_files(place.library)
    yield from damaged_catalog(place.library)
    yield from bad_facts(place.library)
    assets = listed(place.library)
    for sha256, count in Counter(asset.sha256 for asset in assets).items():
        if count > 1:
            yield f"{count} assets for {sha256}"
    yield from differences("source", expected.sources, {a.sha256: frozenset(sources_of(a, place)) for a in assets})
    yield from differences("facts", expected.facts, {a.sha256: facts_of(a) for a in assets})
    yield from differences("stage", expected.stages, stages(place.library))
    now = frozenset(tree(place.library))
    yield from (f"left behind: {path}" for path in sorted(now - expected.tree))
    yield from (f"missing: {path}" for path in sorted(expected.tree - now))
    yield from (f"left beside the library: {name}" for name in beside(place))
    yield from half_thumbnails(place.library)


def beside(place: Place) -> list[str]:
    """Names in the folder where the library lies, other than the library's."""
    if place.disk == place.library:
        return []
    return sorted(name for name in os.listdir(place.disk) if name != place.library.name)


def differences(what: str, expected: Mapping[object, object], found: Mapping[object, object]) -> Iterator[str]:
    for key in sorted(expected.keys() | found.keys(), key=str):
        if expected.get(key) != found.get(key):
            yield f"{what} of {key}: {found.get(key)}, not {expected.get(key)}"


def blob(folder: Path, sha256: str) -> Path:
    return folder / "blobs" / sha256[:2] / sha256[2:4] / sha256


def damaged_files(folder: Path) -> Iterator[str]:
    """Blobs that are not what their name says. A half one must never have a name."""
    for path in (folder / "blobs").glob("*/*/*"):
        if hashlib.sha256(path.read_bytes()).hexdigest() != path.name:
            yield f"the blob {path.name} does not have its bytes"


def half_thumbnails(folder: Path) -> Iterator[str]:
    for path in (folder / "thumbnails").glob("*/*/*"):
        try:
            with Image.open(path) as picture:
                picture.load()
        except OSError as error:
            yield f"the thumbnail {path.name} is not whole: {error}"


def damaged_catalog(folder: Path) -> Iterator[str]:
    for (verdict,) in rows(folder, "PRAGMA integrity_check"):
        if verdict != "ok":
            yield f"the catalog is damaged: {verdict}"
    for row in rows(folder, "PRAGMA foreign_key_check"):
        yield f"a reference leads nowhere: {row}"
    twice = "SELECT sha256 FROM claim GROUP BY sha256 HAVING count(*) > 1"
    yield from (f"two claims of {sha256}" for (sha256,) in rows(folder, twice))


def bad_facts(folder: Path) -> Iterator[str]:
    """What `keeproom verify` would say."""
    with open_library(folder, create=False) as library:
        for bad in verify_blobs(library):
            yield f"verify: {bad.sha256} is {bad.state}"
        for fact in altered_facts(library):
            yield f"verify: {fact.field} of asset {fact.asset} differs from the log"


def dishonest_reports(ran: Ran, place: Place) -> Iterator[str]:
    """Files that were reported twice, or as failed without a reason, or, by a summary, not at all."""
    for path, count in Counter(file["path"] for file in ran.files).items():
        if count > 1:
            yield f"reported {count} times: {path}"
    for file in ran.files:
        if file["outcome"] == "failed" and not (file["reason"] or {}).get("message"):
            yield f"failed without a reason: {file['path']}"
    if ran.summary is None:
        return
    named = Counter(file["outcome"] for file in ran.files)
    counts = (ran.summary["imported"], ran.summary["duplicates"], ran.summary["failed"], ran.summary["skipped"])
    if counts != (named["imported"], named["duplicate"], named["failed"], named["skipped"]):
        yield f"the summary {ran.summary} does not agree with the reports {dict(named)}"
    if ran.summary["found"] != len(ran.files) and ran.code != 130:
        yield f"found {ran.summary['found']} files, and reported {len(ran.files)}"


def lost_originals(place: Place, originals: Mapping[str, set[str]], folder: Path | None = None) -> Iterator[str]:
    """Files that are neither at their source any more nor good in the library."""
    for sha256, names in originals.items():
        stored = blob(folder or place.library, sha256)
        is_stored = stored.is_file() and hashlib.sha256(stored.read_bytes()).hexdigest() == sha256
        for name in names:
            if not (place.files / name).exists() and not is_stored:
                yield f"neither at its source nor in the library: {name}"
