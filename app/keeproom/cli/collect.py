"""`collect`: put assets in a collection, or save a search as a smart one."""

from __future__ import annotations

import argparse

from keeproom.cli.list_assets import natural
from keeproom.cli.list_collections import tell_collection
from keeproom.cli.listed import on_progress
from keeproom.cli.output import Output
from keeproom.errors import UsageError
from keeproom.library.collecting import collect, find_collection, list_collections, save_search
from keeproom.library.opening import open_library


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="/ makes a hierarchy: trips/rome; it is made where missing")
    parser.add_argument("ids", metavar="ID", type=natural, nargs="*")
    parser.add_argument("--query", metavar="QUERY", help="a smart collection: whatever this search finds")


def run(arguments: argparse.Namespace) -> int:
    """Raises UsageError: the name or the query cannot be used. Nothing was changed."""
    if bool(arguments.ids) == (arguments.query is not None):
        raise UsageError("Name the assets to put in the collection, or give --query to make a smart one.")
    output = Output(arguments)
    with open_library(arguments.library) as library:
        if arguments.query is not None:
            id_ = save_search(library, arguments.name, arguments.query)
        else:
            collect(library, arguments.name, arguments.ids, progress=on_progress(output))
            id_ = find_collection(library, arguments.name)
        for each in list_collections(library):
            if each.id == id_:  # unless another process has deleted it since
                tell_collection(library, output, each)
    return 0
