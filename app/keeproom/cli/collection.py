"""`collection`: rename and delete collections, take assets out of one, and put its order right."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from typing import Any

from keeproom.cli.list_assets import natural
from keeproom.cli.listed import on_progress
from keeproom.cli.output import Output, plural
from keeproom.library.collecting import (
    delete_collection,
    find_collection,
    move_in_collection,
    remove_from_collection,
    rename_collection,
)
from keeproom.library.opening import Library, open_library


def configure(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    rename = actions.add_parser("rename", help="another name, or another place in the hierarchy")
    rename.add_argument("name", metavar="OLD")
    rename.add_argument("new", metavar="NEW")
    delete = actions.add_parser("delete", help="delete it and all below it; the assets stay")
    delete.add_argument("name", metavar="NAME")
    remove = actions.add_parser("remove", help="take assets out of it")
    move = actions.add_parser("move", help="move assets to another place in it")
    for parser_of_ids in (remove, move):
        parser_of_ids.add_argument("name", metavar="NAME")
        parser_of_ids.add_argument("ids", metavar="ID", type=natural, nargs="+")
    move.add_argument("--before", metavar="ID", type=natural, help="in front of this one; to the end without it")


def run(arguments: argparse.Namespace) -> int:
    output = Output(arguments)
    with open_library(arguments.library) as library:
        id_ = find_collection(library, arguments.name)
        shape, text = _ACTIONS[arguments.action](library, id_, output, arguments)
    output.record(shape, text)
    return 0


_Told = tuple[dict[str, Any], str]


def _rename(library: Library, id_: int, _: Output, arguments: argparse.Namespace) -> _Told:
    rename_collection(library, id_, arguments.new)
    return {"collection": arguments.new, "was": arguments.name}, f"{arguments.name} is {arguments.new} now."


def _delete(library: Library, id_: int, output: Output, arguments: argparse.Namespace) -> _Told:
    changed = delete_collection(library, id_, progress=on_progress(output)).changed
    shape = {"deleted": arguments.name, "changed": len(changed)}
    return shape, f"{arguments.name}: deleted; {plural(len(changed), 'asset')} had been in it."


def _remove(library: Library, id_: int, output: Output, arguments: argparse.Namespace) -> _Told:
    changed = remove_from_collection(library, id_, arguments.ids, progress=on_progress(output)).changed
    shape = {"collection": arguments.name, "removed": list(changed)}
    return shape, f"{plural(len(changed), 'asset')} taken out of {arguments.name}."


def _move(library: Library, id_: int, _: Output, arguments: argparse.Namespace) -> _Told:
    move_in_collection(library, id_, arguments.ids, arguments.before)
    shape = {"collection": arguments.name, "moved": arguments.ids, "before": arguments.before}
    return shape, f"Moved in {arguments.name}."


_ACTIONS: Mapping[str, Callable[[Library, int, Output, argparse.Namespace], _Told]] = {
    "rename": _rename,
    "delete": _delete,
    "remove": _remove,
    "move": _move,
}
