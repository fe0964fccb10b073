"""`verify`: every stored file read again, every logged fact compared with the log."""

from __future__ import annotations

import argparse
from collections import Counter

from keeproom.cli.output import Output, plural
from keeproom.library.folding import altered_facts
from keeproom.library.opening import Library, open_library
from keeproom.library.verifying import count_blobs, verify_blobs
from keeproom.model import BlobState


def configure(parser: argparse.ArgumentParser) -> None:
    del parser  # no option yet


def run(arguments: argparse.Namespace) -> int:
    output = Output(arguments)
    with open_library(arguments.library) as library:
        checked, bad = _blobs(library, output)
        altered = 0
        for fact in altered_facts(library):
            altered += 1
            shape = {"asset": fact.asset, "field": fact.field, "state": "altered"}
            named: dict[str, str] = {} if fact.asset is not None else {fact.kind: fact.name}
            output.record(shape | named, f"altered: {fact.field} of {fact.kind} {fact.asset or fact.name}")
    damaged, missing = bad[BlobState.DAMAGED], bad[BlobState.MISSING]
    summary = {
        "event": "summary",
        "checked": checked,
        "ok": checked - damaged - missing,
        "damaged": damaged,
        "missing": missing,
        "altered": altered,
        "repaired": 0,
    }
    output.record(
        summary, f"{plural(checked, 'file')} checked: {damaged} damaged, {missing} missing, {altered} facts altered."
    )
    return 1 if damaged or missing or altered else 0


def _blobs(library: Library, output: Output) -> tuple[int, Counter[BlobState]]:
    """How many stored files were checked, and how many were found bad."""
    total = count_blobs(library)
    checked = 0

    def count() -> None:
        nonlocal checked
        checked += 1
        output.progress(checked, total, f"{checked:,} of {plural(total, 'file')} checked")

    bad: Counter[BlobState] = Counter()
    for blob in verify_blobs(library, on_checked=count):
        bad[blob.state] += 1
        output.record({"sha256": blob.sha256, "state": blob.state}, f"{blob.state}: {blob.sha256}")
    return checked, bad
