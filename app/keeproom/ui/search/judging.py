"""What is wrong with a query while it is written: whether to tell it yet, where, and what can be searched meanwhile."""

from __future__ import annotations

from keeproom.ui.search.draft import LONGEST_CHIPS, Draft, shifted, without
from keeproom.ui.search.language import Language, Trouble
from keeproom.ui.search.row import Row


def trouble_in(whole: str, language: Language) -> Trouble | None:
    """What is wrong, as far as can be told at once; a longer query only the library can judge, in a thread."""
    return language.check(whole) if len(whole) <= LONGEST_CHIPS else None


def is_unfinished(trouble: Trouble, place: int | None) -> bool:
    """Whether the cursor is where something is wrong: nobody is to be told of what is still being written.

    `place` is None where nobody writes.
    """
    return place is not None and trouble.start <= place <= trouble.end


def searchable(whole: str, trouble: Trouble | None, language: Language, *, unfinished: bool) -> str | None:
    """The query, without the part that is still being written; None where that cannot be searched either."""
    if trouble is None:
        return whole.strip()
    if not unfinished:
        return None
    rest = without(whole, *_part_around(whole, trouble, language)).strip()
    return rest if language.check(rest) is None else None


def _part_around(whole: str, trouble: Trouble, language: Language) -> tuple[int, int]:
    for part in language.parts(whole):
        if part.start <= trouble.start and trouble.end <= part.end:
            return part.start, part.end
    return trouble.start, trouble.end


def mark(row: Row, draft: Draft, trouble: Trouble | None) -> None:
    """Mark the stretch that is wrong: in what is typed, and the chips that it reaches into."""
    first, last = len(draft.before), len(draft.before) + len(draft.typed)
    inside = None
    if trouble is not None and trouble.end > first and trouble.start < last:
        inside = max(0, trouble.start - first), min(last, trouble.end) - first
    row.edit.mark(inside)
    for chips, by in ((row.chips_before(), 0), (row.chips_after(), last)):
        for chip in chips:
            item = shifted(chip.item, by)
            is_wrong = trouble is not None and item.start < trouble.end and trouble.start < item.end
            chip.mark(trouble.message if is_wrong and trouble is not None else "")
