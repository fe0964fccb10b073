"""Names of tags and collections: `/` makes a hierarchy, texts are kept as they are, and compared by `folded`."""

from __future__ import annotations

from keeproom.catalog.collation import folded
from keeproom.errors import UsageError
from keeproom.library.storable import shortened, storable


def clean_name(what: str, text: str) -> str:
    """A name without space at its ends and around each `/`; otherwise as it was given. `what` is `tag`, for one.

    Raises:
        UsageError: some part of it is empty, or it cannot be kept.
    """
    parts = [part.strip() for part in storable(f"The {what}", text).split("/")]
    if not all(parts):
        raise UsageError(f"The {what} {shortened(text)} has an empty part. Give it a name, as in places/paris.")
    return "/".join(parts)


def is_within(name: str, top: str) -> bool:
    """Whether a folded name is another one, or stands below it."""
    return name == top or name.startswith(f"{top}/")


def moved(name: str, old: str, new: str) -> str:
    """The name of what is `old`, or below it, after `old` has become `new`."""
    rest = name.split("/")[old.count("/") + 1 :]
    return "/".join((new, *rest))


def check_no_cycle(what: str, old: str, new: str) -> None:
    """Raises UsageError: `new` is below `old`, which cannot be moved into itself."""
    if is_within(folded(new), folded(old)) and folded(new) != folded(old):
        raise UsageError(f"The {what} {shortened(old)} cannot be moved below itself, to {shortened(new)}.")
