"""`edit`: facts and tags of assets, all or nothing."""

from __future__ import annotations

import argparse
from typing import Any

from keeproom.cli.list_assets import natural
from keeproom.cli.listed import on_progress, tell_assets
from keeproom.cli.output import Output
from keeproom.cli.texts import AnyText
from keeproom.cli.times import NONE, captured, duration, take_negatives, zone
from keeproom.errors import UsageError
from keeproom.library.editing import Edit, edit_assets
from keeproom.library.opening import Library, open_library
from keeproom.library.retiming import plan_times
from keeproom.library.statements import MOST_STARS
from keeproom.library.timechanges import FromName, SetTime, SetZone, Shift, TimeChange
from keeproom.model import Flag, Label

_TEXTS = (
    ("name", "the file's name, with its extension"),
    ("title", "a title"),
    ("description", "a description"),
    ("creator", "who made it"),
    ("place", "where it was made"),
)
_CHOICES = {"label": tuple(Label), "flag": tuple(Flag)}
_TURNS = {"right": 1, "half": 2, "left": 3}


def configure(parser: argparse.ArgumentParser) -> None:
    take_negatives(parser)
    parser.add_argument("ids", metavar="ID", type=natural, nargs="+")
    for name, what in _TEXTS:
        parser.add_argument(f"--{name}", metavar="T", action=AnyText, help=f"{what}; an empty text clears it")
    parser.add_argument("--rating", metavar=f"0..{MOST_STARS}", type=_stars, help="stars; 0 for none")
    for name, possible in _CHOICES.items():
        parser.add_argument(f"--{name}", choices=(*possible, NONE))
    parser.add_argument("--rotate", choices=tuple(_TURNS), help="a quarter turn, or a half; the file stays as it is")
    times = parser.add_mutually_exclusive_group()
    times.add_argument(
        "--captured", metavar="TIME", type=captured, default=..., help="when it was taken; none: unknown"
    )
    times.add_argument("--shift-captured", metavar="±HH:MM:SS", type=duration, help="so much later, or earlier")
    times.add_argument("--captured-from-name", action="store_true", help="as the file's name says")
    times.add_argument("--zone", metavar="±HH:MM", type=zone, default=..., help="the time zone; none: unknown")
    parser.add_argument(
        "--keep",
        choices=("wall", "moment"),
        default="wall",
        help="with --zone, what stays: the time on the clock (without this option), or the moment",
    )
    parser.add_argument("--add-tag", metavar="T", action=AnyText, default=[], help="/ makes a hierarchy: places/paris")
    parser.add_argument("--remove-tag", metavar="T", action=AnyText, default=[])


def run(arguments: argparse.Namespace) -> int:
    output = Output(arguments)
    change = _time_change(arguments)
    edit = Edit(
        facts=_facts(arguments),
        add_tags=tuple(arguments.add_tag),
        remove_tags=tuple(arguments.remove_tag),
        turn=_TURNS.get(arguments.rotate, 0),
        retime=change,
    )
    if edit == Edit():
        raise UsageError("Nothing to change was named. `keeproom edit --help` shows what can be.")
    with open_library(arguments.library) as library:
        if change is not None:
            _require_possible(library, arguments.ids, change)
        edit_assets(library, arguments.ids, edit, progress=on_progress(output))
        tell_assets(library, output, arguments.ids)
    return 0


def _facts(arguments: argparse.Namespace) -> dict[str, Any]:
    names = [name for name, _ in _TEXTS] + ["rating", *_CHOICES]
    stated = {name: getattr(arguments, name) for name in names if getattr(arguments, name) is not None}
    return {name: None if name in _CHOICES and value == NONE else value for name, value in stated.items()}


def _time_change(arguments: argparse.Namespace) -> TimeChange | None:
    if arguments.captured is not ...:
        return SetTime(arguments.captured)
    if arguments.shift_captured is not None:
        return Shift(arguments.shift_captured)
    if arguments.zone is not ...:
        return SetZone(arguments.zone, arguments.keep)
    return FromName() if arguments.captured_from_name else None


def _require_possible(library: Library, ids: list[int], change: TimeChange) -> None:
    """Raises UsageError: some of the assets cannot get another time; the first is named, with the reason."""
    impossible = [row for row in plan_times(library, ids, change) if row.reason is not None]
    if impossible:
        others = f" (and {len(impossible) - 1:,} more)" if len(impossible) > 1 else ""
        first = impossible[0]
        raise UsageError(
            f"The date of asset {first.asset}{others} cannot be changed: {first.reason} Nothing was changed."
        )


def _stars(text: str) -> int:
    if text not in {str(stars) for stars in range(MOST_STARS + 1)}:
        raise argparse.ArgumentTypeError(f"{text!r} is no rating; possible are 0 to {MOST_STARS}")
    return int(text)
