"""A query while it is written: chips, the text between them, and what the keys do to both."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from keeproom.ui.search.language import Part

LONGEST_CHIPS = 2_000
LONGEST_TYPED = 5_000
"""A query of more characters stands as one chip; measured, see the package."""

Parts = Callable[[str], Sequence[Part]]
_BEFORE_VALUES = (":", "<", ">", "=", "..", "/", ",")
"""What ends with one of these is not finished: a value follows."""
_SPACE = re.compile(r"\s*")
_CHIP = re.compile(r"""(?:^|\s)-?(?:["“„«(]|\w+[:<>=])""")
_OPEN_END = re.compile(r"(?:^|\s)(?:OR|AND)$")
_LAST_OR = re.compile(r"(?:^|\s+)OR\s*$")
_FIRST_OR = re.compile(r"^\s*OR(?:\s+|$)")


@dataclass(frozen=True, slots=True)
class Item:
    """What stands before or behind the cursor: a part as a chip, or the words and brackets between parts.

    `start` and `end` are places in the text that it is a piece of.
    """

    start: int
    end: int
    text: str
    label: str
    is_chip: bool = True
    negated: bool = False
    is_long: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """`before` and `after` are shown as chips, `typed` as text; the three after one another are the query."""

    before: str = ""
    typed: str = ""
    after: str = ""

    @property
    def whole(self) -> str:
        return self.before + self.typed + self.after


def items(text: str, parts: Parts) -> list[Item]:
    """What is to be seen of a text that stands as chips."""
    if len(text) > LONGEST_CHIPS:
        return [Item(0, len(text), text, " ".join(text[:LONGEST_CHIPS].split()), is_long=True)]
    result: list[Item] = []
    place = 0
    for part in parts(text):
        if not part.text.strip("()"):
            continue  # a bracket whose other half is being typed
        result += _between(text, place, part.start)
        result.append(Item(part.start, part.end, part.text, part.label, negated=part.negated))
        place = part.end
    return result + _between(text, place, len(text))


def _between(text: str, start: int, end: int) -> list[Item]:
    words = text[start:end].strip()
    return [Item(start, end, words, words, is_chip=False)] if words else []


def is_finished(part: Part) -> bool:
    """Whether a part is shown as a chip once it is written: a field, a phrase, something excluded or in brackets. It
    is right, and does not wait for the other side of an `OR` or a bracket."""
    if part.error is not None or _OPEN_END.search(part.text):
        return False
    if "(" in part.text and not part.text.endswith(")"):
        return False
    return part.negated or _CHIP.search(part.text) is not None


def typed(draft: Draft, cursor: int, parts: Parts) -> tuple[Draft, int]:
    """The draft and the cursor in it after a key: what was finished before the cursor has become chips."""
    if len(draft.typed) > LONGEST_TYPED:
        return folded(draft.whole, parts), 0
    if len(draft.whole) > LONGEST_CHIPS:
        return draft, cursor
    finished = [part for part in parts(draft.typed) if part.end < cursor and draft.typed[part.end].isspace()]
    return _cut(draft, cursor, [part for part in finished if is_finished(part)])


def _cut(draft: Draft, cursor: int, finished: Sequence[Part]) -> tuple[Draft, int]:
    if not finished:
        return draft, cursor
    cut = _SPACE.match(draft.typed, finished[-1].end).end()  # type: ignore[union-attr]
    rest = draft.typed[cut:]
    return replace(draft, before=draft.before + draft.typed[:cut], typed=rest), max(0, cursor - cut)


def folded(whole: str, parts: Parts) -> Draft:
    """A query that nobody is writing: all that is finished as chips, plain words behind them as text."""
    if len(whole) > LONGEST_TYPED:
        return Draft(before=whole)
    if len(whole) > LONGEST_CHIPS:
        return Draft(typed=whole)
    cut = 0
    for part in parts(whole):
        if part.error is not None:
            break
        if is_finished(part):
            cut = part.end
    cut = _closed(whole, cut)
    return Draft(before=whole[:cut], typed=whole[cut:])


def _closed(whole: str, cut: int) -> int:
    """Brackets that close right behind a chip stand beside it."""
    closing = re.compile(r"[\s)]*").match(whole, cut)
    return closing.end() if cut and closing is not None else cut


def unfolded(draft: Draft) -> Draft:
    """All of it as text."""
    return Draft(typed=draft.whole)


def opened(whole: str, item: Item) -> Draft:
    """One piece of a query as text to be changed, between the others."""
    return Draft(whole[: item.start], whole[item.start : item.end], whole[item.end :])


def shifted(item: Item, by: int) -> Item:
    """The same piece, in a text with this many more characters before it."""
    return replace(item, start=item.start + by, end=item.end + by)


def without(whole: str, start: int, end: int) -> str:
    """A query without a piece of it, nor the `OR` and the brackets that have nothing to hold then."""
    before, after = whole[:start], whole[end:]
    while True:
        left, right = before.rstrip(), after.lstrip()
        if left.endswith("-") and (right[:1] in ("", ")") or after[:1].isspace()):
            before = left[:-1]
        elif left.endswith("(") and right.startswith(")"):
            before, after = left[:-1], right[1:]
        elif _LAST_OR.search(before):
            before = _LAST_OR.sub("", before) + " "
        elif left.endswith("(") or not left:
            return _joined(before, _FIRST_OR.sub("", after))
        else:
            return _joined(before, after)


def _joined(before: str, after: str) -> str:
    """Two texts with one space between them at most."""
    if before.endswith("(") or after.startswith(")"):
        return before.rstrip() + after.lstrip()
    if not before.strip() or not after.strip():
        return (before.strip() + " " + after.lstrip()).lstrip() if before.strip() else after.lstrip()
    return before.rstrip() + " " + after.lstrip()


def with_term(whole: str, term: str) -> str:
    """A query that asks for this as well; an `OR` joins only its neighbours, so that it can stand at the end."""
    return f"{whole.strip()} {term}" if whole.strip() else term


def is_whole(text: str) -> bool:
    """Whether a piece is finished; after a field's name a value follows, for one."""
    return not text.endswith(_BEFORE_VALUES)


def with_piece(whole: str, start: int, end: int, text: str, parts: Parts) -> tuple[Draft, int]:
    """The draft with a piece of it written anew, and where in what is typed one goes on: behind it, with a space where
    it is finished."""
    rest = whole[end:].removeprefix(":" if text.endswith(":") else "\0")
    spaced = text + (" " if is_whole(text) and not rest[:1].isspace() else "")
    fresh, place = whole[:start] + spaced + rest, start + len(spaced)
    if is_whole(text):
        before = folded(fresh[:place], parts)
        return replace(before, after=fresh[place:]), len(before.typed)
    stop = next((at for at in range(place, len(fresh)) if fresh[at].isspace()), len(fresh))
    return Draft(fresh[:start], fresh[start:stop], fresh[stop:]), place - start
