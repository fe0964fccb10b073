"""Saved searches inside queries: `collection:` of a saved search means what that finds."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from keeproom.catalog.matching import matches
from keeproom.catalog.tables import CollectionRow
from keeproom.library.search.conditions import Missing, Present, Text
from keeproom.library.search.errors import SearchError
from keeproom.library.search.parsing import parse
from keeproom.library.search.syntax import DEEPEST, MOST_PARTS, All, Either, Node, Not, Query, Term, Word

_FIELD = "collection"


def expanded(session: Session, query: Query) -> Query:
    """A query with the queries of the saved searches that it names in their place; one that names itself, by whatever
    way, finds nothing there.

    Raises:
        SearchError: a saved search cannot be understood, or they are too much together.
    """
    if query.root is None or not _asks_for_collections(query.root):
        return query
    saved = select(CollectionRow.folded, CollectionRow.query).where(CollectionRow.query.is_not(None))
    searches = {row.folded: row.query or "" for row in session.execute(saved)}
    if not searches:
        return query
    root = _Expanding(searches).node(query.root)
    if _depth(root) > 2 * DEEPEST:
        raise SearchError("The saved searches in this query are nested too deep.", 0, 0)
    return Query(root)


def _depth(node: Node) -> int:
    """How many levels stand in each other: parentheses, and what is inside of them."""
    if isinstance(node, Word | Term):
        return 0
    return _depth(node.node) if isinstance(node, Not) else 1 + max(map(_depth, node.nodes), default=0)


def _asks_for_collections(node: Node) -> bool:
    if isinstance(node, Word | Term):
        return isinstance(node, Term) and node.field == _FIELD
    if isinstance(node, Not):
        return _asks_for_collections(node.node)
    return any(map(_asks_for_collections, node.nodes))


class _Expanding:
    def __init__(self, searches: dict[str, str]) -> None:
        self._searches = searches
        self._inside: list[str] = []
        self._parts = 0

    def node(self, node: Node) -> Node:
        if isinstance(node, Word | Term):
            self._count(node)
        if isinstance(node, Word):
            return node
        if isinstance(node, Term):
            return self._term(node) if node.field == _FIELD else node
        if isinstance(node, Not):
            return Not(self.node(node.node))
        return replace(node, nodes=tuple(map(self.node, node.nodes)))

    def _count(self, leaf: Word | Term) -> None:
        """Searches that name each other several times grow with every step, beyond what anything could answer."""
        self._parts += 1 if isinstance(leaf, Word) else max(1, len(leaf.tests))
        if self._parts > MOST_PARTS:
            message = f"The saved searches in this query have too many parts; {MOST_PARTS} are possible together."
            raise SearchError(message, 0, 0)

    def _term(self, term: Term) -> Node:
        named = [name for name in self._searches if any(_names(test, name) for test in term.tests)]
        found = [root for name in named if (root := self._search(name)) is not None]
        if Missing() in term.tests or Present() in term.tests or not found:
            return term
        return Either((term, *found))

    def _search(self, name: str) -> Node | None:
        """What a saved search asks for; None where it is being looked up already."""
        if name in self._inside:
            return None
        if len(self._inside) == DEEPEST:
            return None  # it is too deep by then, whatever comes
        try:
            root = parse(self._searches[name]).root
        except SearchError as error:
            raise SearchError(f"The saved search {name} cannot be read: {error}", 0, 0, error.possible) from error
        self._inside.append(name)
        try:
            return All(()) if root is None else self.node(root)
        finally:
            self._inside.pop()


def _names(test: object, name: str) -> bool:
    return isinstance(test, Text) and matches(name, test.how.value, test.wanted)
