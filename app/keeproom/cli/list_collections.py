"""`collections`: all collections, with how many assets are in each."""

from __future__ import annotations

import argparse

from keeproom.cli.output import Output
from keeproom.library.collecting import CollectionCount, list_collections
from keeproom.library.listing import count_assets
from keeproom.library.opening import Library, open_library


def configure(parser: argparse.ArgumentParser) -> None:
    del parser  # it has no options


def run(arguments: argparse.Namespace) -> int:
    output = Output(arguments)
    with open_library(arguments.library) as library:
        for collection in list_collections(library):
            tell_collection(library, output, collection)
    return 0


def tell_collection(library: Library, output: Output, collection: CollectionCount) -> None:
    """A line for a collection; a smart one has as many assets as its search finds now."""
    query = collection.query
    count = count_assets(library, query) if query is not None else collection.count or 0
    shape = {"collection": collection.name, "count": count, "query": query}
    output.record(shape, f"{count:>9,}  {collection.name}" + (f"  ({query})" if query is not None else ""))
