"""The answer to a query: SQL for a command, a mask over the rows in memory for the window.

Before either, all words that stand together become one question to the index of words, which knows AND, OR and NOT
itself, and reads its lists side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from sqlalchemy import and_, false, func, not_, or_, select, true
from sqlalchemy.orm import Session

from keeproom.catalog.packing import packed_ids
from keeproom.catalog.tables import AssetRow, BlobRow
from keeproom.catalog.words import all_of, any_of, ids_matching, matching, with_few_words, without
from keeproom.library.search.answers import Clause, Mask
from keeproom.library.search.expanding import expanded
from keeproom.library.search.fields import FIELDS
from keeproom.library.search.indexed import expression_of, known_at, word_clause
from keeproom.library.search.syntax import Either, Node, Not, Query, Term, Word
from keeproom.library.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Match:
    """What the index of words answers alone. `depth` is how many expressions stand in each other; its parser takes
    less than a hundred."""

    expression: str
    depth: int = 1


@dataclass(frozen=True, slots=True)
class _Not:
    node: Planned


@dataclass(frozen=True, slots=True)
class _All:
    nodes: tuple[Planned, ...]


@dataclass(frozen=True, slots=True)
class _Either:
    nodes: tuple[Planned, ...]


Planned: TypeAlias = Word | Term | Match | _Not | _All | _Either


def clause(query: Query) -> Clause:
    """A query as a condition on `AssetRow` joined with `BlobRow`; trash is not considered. Saved searches that it
    names are not looked up: `expanded` does that."""
    return true() if query.root is None else _clause(planned(query.root))


def rows_matching(session: Session, snapshot: Snapshot, query: Query) -> Mask:
    """Which rows of a snapshot answer a query; trash is not considered. The session sees the same moment.

    What the columns of the snapshot tell is answered from them (`needs`), all else by SQLite.

    Raises:
        SearchError: a saved search that the query names cannot be understood.
    """
    root = expanded(session, query).root
    return snapshot.any_of(True) if root is None else _Masking(session, snapshot).mask(planned(root))


def needs(query: Query) -> frozenset[str]:
    """The columns and pairs that a snapshot should have to answer a query without SQLite."""
    names: set[str] = set()
    for term in terms_of(query.root):
        for test in term.tests:
            names |= FIELDS[term.field].answer.needs(test) or frozenset()
    return frozenset(names)


def needs_words(query: Query) -> bool:
    """Whether the index of words is asked."""
    return any(isinstance(leaf, Word) or FIELDS[leaf.field].has_words for leaf in leaves(query.root))


def terms_of(node: Node | None) -> Iterator[Term]:
    """Every field that is asked for."""
    return (leaf for leaf in leaves(node) if isinstance(leaf, Term))


def leaves(node: Node | None) -> Iterator[Word | Term]:
    """Every word and every field of a tree, in order."""
    if isinstance(node, Word | Term):
        yield node
    elif isinstance(node, Not):
        yield from leaves(node.node)
    elif node is not None:
        for each in node.nodes:
            yield from leaves(each)


@lru_cache(maxsize=64)
def planned(node: Node) -> Planned:
    """A tree whose words are put together as far as the index of words answers them at once."""
    if isinstance(node, Word):
        expression = expression_of(node)
        return node if expression is None else Match(expression)
    if isinstance(node, Term):
        return node
    if isinstance(node, Not):
        return _negated(planned(node.node))
    if isinstance(node, Either):
        return _either([planned(each) for each in node.nodes])
    return _all([planned(each) for each in node.nodes])


def _negated(node: Planned) -> Planned:
    """What is not: said of words and fields alone, so that nothing stands deeper than it must."""
    if isinstance(node, _Not):
        return node.node
    if isinstance(node, _All):
        return _either([_negated(each) for each in node.nodes])
    if isinstance(node, _Either):
        return _all([_negated(each) for each in node.nodes])
    return _Not(node)


def _either(nodes: Sequence[Planned]) -> Planned:
    return _merged(_flat(nodes, _Either), _Either, any_of)


def _flat(nodes: Sequence[Planned], kind: type[_All] | type[_Either]) -> list[Planned]:
    """Nodes with what is in those of the same kind in their place."""
    flat: list[Planned] = []
    for node in nodes:
        flat += node.nodes if isinstance(node, kind) else (node,)
    return flat


def _merged(
    nodes: Sequence[Planned], kind: type[_All] | type[_Either], joined: Callable[[Sequence[str]], str]
) -> Planned:
    """Nodes whose words are one question."""
    matches = [node for node in nodes if isinstance(node, Match)]
    rest: list[Planned] = [node for node in nodes if not isinstance(node, Match)]
    depth = _depth(matches)
    if depth > _DEEPEST:
        return kind(tuple(nodes))
    if matches:
        rest.insert(0, Match(joined([each.expression for each in matches]), depth))
    return rest[0] if len(rest) == 1 else kind(tuple(rest))


_DEEPEST = 20


def _depth(matches: Sequence[Match]) -> int:
    """The depth of these put together."""
    return max((each.depth for each in matches), default=0) + 1


def _all(nodes: Sequence[Planned]) -> Planned:
    """All of some; where there is a word to be found, the excluded ones are left to the index too."""
    nodes = _flat(nodes, _All)
    excluded = {node: node.node for node in nodes if isinstance(node, _Not) and isinstance(node.node, Match)}
    found = [node for node in nodes if isinstance(node, Match)]
    depth = _depth([*found, *excluded.values()]) + 1
    if not (found and excluded) or depth > _DEEPEST:
        return _merged(nodes, _All, all_of)
    wanted = all_of([each.expression for each in found])
    match = Match(without(wanted, [each.expression for each in excluded.values()]), depth)
    return _merged(
        [match, *(node for node in nodes if not isinstance(node, Match) and node not in excluded)], _All, all_of
    )


def _clause(node: Planned) -> Clause:
    if isinstance(node, Match):
        return AssetRow.id.in_(matching(node.expression))
    if isinstance(node, Word):
        return word_clause(node)
    if isinstance(node, Term):
        return or_(*(FIELDS[node.field].answer.clause(test) for test in node.tests))
    if isinstance(node, _Not):
        return not_(func.coalesce(_clause(node.node), false()))
    parts = [_clause(each) for each in node.nodes]
    return and_(true(), *parts) if isinstance(node, _All) else or_(false(), *parts)


@dataclass(frozen=True, slots=True)
class _Masking:
    session: Session
    snapshot: Snapshot

    def mask(self, node: Planned) -> Mask:
        if isinstance(node, Match):
            return self._matching(node.expression)
        if isinstance(node, Word):
            known = known_at(self.session, self.snapshot.revision)
            return known.mask(node, len(self.snapshot), lambda: self._asked(word_clause(node)))
        if isinstance(node, Term):
            return self._term(node)
        if isinstance(node, _Not):
            return ~self.mask(node.node)
        is_all = isinstance(node, _All)
        chosen = self.snapshot.any_of(is_all)
        for each in node.nodes:
            if is_all and not chosen.any():
                break
            chosen = chosen & self.mask(each) if is_all else chosen | self.mask(each)
        return chosen

    def _matching(self, expression: str) -> Mask:
        """Remembered by the words that are asked for: the last letters of `canon` ask for none that `cano` did not."""
        known = known_at(self.session, self.snapshot.revision)
        asked = with_few_words(self.session, expression, known.beginnings)
        return known.mask(asked, len(self.snapshot), lambda: self.snapshot.mask_of(ids_matching(self.session, asked)))

    def _term(self, term: Term) -> Mask:
        answer = FIELDS[term.field].answer
        chosen: Mask | None = None
        for test in term.tests:
            needed = answer.needs(test)
            known = needed is not None and all(map(self.snapshot.has, needed))
            mask = answer.mask(self.snapshot, test) if known else self._asked(answer.clause(test))
            chosen = mask if chosen is None else chosen | mask
        assert chosen is not None
        return chosen

    def _asked(self, condition: Clause) -> Mask:
        """The rows for which SQLite says yes."""
        ids = select(AssetRow.id).join(BlobRow, BlobRow.id == AssetRow.blob_id).where(condition).subquery()
        packed = self.session.scalar(select(func.group_concat(ids.c.id)))
        return self.snapshot.mask_of(packed_ids(packed))
