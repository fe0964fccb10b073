"""`stats`: what the library holds."""

from __future__ import annotations

import argparse
import dataclasses

from keeproom.cli.output import Output, human_size, plural
from keeproom.library.opening import open_library
from keeproom.library.statistics import library_statistics


def configure(parser: argparse.ArgumentParser) -> None:
    del parser  # it has no options


def run(arguments: argparse.Namespace) -> int:
    with open_library(arguments.library) as library:
        figures = library_statistics(library)
    kinds = ", ".join(f"{count:,} {kind}" for kind, count in figures.by_kind.items())
    text = (
        f"{plural(figures.assets, 'asset')} ({kinds or 'nothing yet'}), {figures.trashed:,} in the trash; "
        f"{plural(figures.blobs, 'stored file')}, {human_size(figures.bytes)}; {human_size(figures.bytes_saved)} saved."
    )
    Output(arguments).record(dataclasses.asdict(figures), text)
    return 0
