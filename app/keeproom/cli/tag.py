"""`tag`: rename, merge and delete tags, each with all that is below it."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from typing import Any

from keeproom.cli.listed import on_progress
from keeproom.cli.output import Output, plural
from keeproom.library.opening import Library, open_library
from keeproom.library.tagging import delete_tags, merge_tags, rename_tag


def configure(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    rename = actions.add_parser("rename", help="another name, or another place in the hierarchy")
    rename.add_argument("old", metavar="OLD")
    rename.add_argument("new", metavar="NEW")
    merge = actions.add_parser("merge", help="make tags one")
    merge.add_argument("names", metavar="NAME", nargs="+")
    merge.add_argument("--into", metavar="NAME", required=True, help="the tag that stays")
    delete = actions.add_parser("delete", help="take tags off everything, and delete them")
    delete.add_argument("names", metavar="NAME", nargs="+")


def run(arguments: argparse.Namespace) -> int:
    output = Output(arguments)
    with open_library(arguments.library) as library:
        shape, text = _ACTIONS[arguments.action](library, output, arguments)
    output.record(shape, text)
    return 0


_Told = tuple[dict[str, Any], str]


def _rename(library: Library, output: Output, arguments: argparse.Namespace) -> _Told:
    rename_tag(library, arguments.old, arguments.new, progress=on_progress(output))
    return {"tag": arguments.new, "was": arguments.old}, f"{arguments.old} is {arguments.new} now."


def _merge(library: Library, output: Output, arguments: argparse.Namespace) -> _Told:
    changed = merge_tags(library, arguments.names, arguments.into, progress=on_progress(output)).changed
    shape = {"tag": arguments.into, "merged": arguments.names, "changed": len(changed)}
    return shape, f"{', '.join(arguments.names)}: all {arguments.into} now."


def _delete(library: Library, output: Output, arguments: argparse.Namespace) -> _Told:
    changed = delete_tags(library, arguments.names, progress=on_progress(output)).changed
    shape = {"deleted": arguments.names, "changed": len(changed)}
    return shape, f"{', '.join(arguments.names)}: deleted, and taken off {plural(len(changed), 'asset')}."


_ACTIONS: Mapping[str, Callable[[Library, Output, argparse.Namespace], _Told]] = {
    "rename": _rename,
    "merge": _merge,
    "delete": _delete,
}
