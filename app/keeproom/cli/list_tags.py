"""`tags`: all tags, and how many assets have each, or one below it."""

from __future__ import annotations

import argparse

from keeproom.cli.output import Output
from keeproom.library.opening import open_library
from keeproom.library.tagging import list_tags


def configure(parser: argparse.ArgumentParser) -> None:
    del parser  # it has no options


def run(arguments: argparse.Namespace) -> int:
    output = Output(arguments)
    with open_library(arguments.library) as library:
        for tag in list_tags(library):
            output.record({"tag": tag.name, "count": tag.count}, f"{tag.count:>9,}  {tag.name}")
    return 0
