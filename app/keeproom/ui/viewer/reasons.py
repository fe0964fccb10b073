"""Why there is no picture of an item, as its stage tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keeproom.model import Stage

if TYPE_CHECKING:
    from keeproom.library.opening import Library


def reason_of(library: Library, asset: int) -> str:
    """What the reader said; empty where it said nothing. For a thread: it asks the library.

    Raises:
        AssetNotFoundError: there is no such asset any more.
    """
    from keeproom.library.showing import show_asset

    stages = show_asset(library, asset).stages
    errors = [stages[stage].error for stage in (Stage.PICTURE, Stage.METADATA) if stage in stages]
    return next((error for error in errors if error), "")
