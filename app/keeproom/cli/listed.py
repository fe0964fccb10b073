"""What commands that change assets answer: each of them as `list` shows it, and how far they are while they work."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from keeproom.cli.list_assets import line
from keeproom.cli.output import Output, plural
from keeproom.cli.shapes import asset_shape
from keeproom.library.opening import Library
from keeproom.library.showing import assets_of


def tell_assets(library: Library, output: Output, ids: Sequence[int]) -> None:
    """A line for each asset, in the order in which they were named."""
    for asset in assets_of(library, list(dict.fromkeys(ids))):
        output.record(asset_shape(asset), line(asset))


def on_progress(output: Output) -> Callable[[int, int], None]:
    """What a use-case is to call while it changes many assets."""

    def tell(done: int, total: int) -> None:
        output.progress(done, total, f"{done:,} of {plural(total, 'asset')}")

    return tell
