"""Fields whose values are names in a hierarchy: tags, collections, folders. One that is asked for has all below it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select

from keeproom.catalog.collation import folded
from keeproom.catalog.matching import How, matches, text_answers
from keeproom.catalog.tables import AssetRow
from keeproom.library.pairs import Pairs
from keeproom.library.search.answers import Clause, Mask
from keeproom.library.search.conditions import Condition, Missing, Text
from keeproom.library.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """Names that assets have, by a table of pairs. `compared` is the column by which a name is found, `name` what the
    snapshot calls the pairs. Names that are `folded` in the table are found by its index."""

    name: str
    asset_id: ColumnElement[Any]
    value: ColumnElement[Any]
    id: ColumnElement[Any]
    compared: ColumnElement[Any]
    is_folded: bool

    def needs(self, _: Condition) -> frozenset[str]:
        return frozenset({self.name})

    def clause(self, condition: Condition) -> Clause:
        if isinstance(condition, Text):
            return AssetRow.id.in_(select(self.asset_id).where(self.value.in_(self._ids(condition))))
        with_any = select(self.asset_id).where(self.value.is_not(None))
        return AssetRow.id.not_in(with_any) if isinstance(condition, Missing) else AssetRow.id.in_(with_any)

    def _ids(self, condition: Text) -> Select[Any]:
        return select(self.id).where(self._answers(condition))

    def _answers(self, condition: Text) -> Clause:
        wanted = folded(condition.wanted)
        if self.is_folded and condition.how is How.WHOLE:
            return self.compared == wanted
        if self.is_folded and condition.how is How.WITHIN:
            top = wanted.rstrip("/")
            return or_(self.compared == top, and_(self.compared >= f"{top}/", self.compared < f"{top}0"))
        return text_answers(self.compared, condition.how, condition.wanted)

    def mask(self, snapshot: Snapshot, condition: Condition) -> Mask:
        pairs = snapshot.pairs[self.name]
        if isinstance(condition, Text):
            return pairs.mask(self._nodes(pairs, condition), len(snapshot))
        has_any = pairs.any(len(snapshot))
        return ~has_any if isinstance(condition, Missing) else has_any

    def _nodes(self, pairs: Pairs, condition: Text) -> Iterable[int]:
        """The nodes themselves that answer."""
        tree, wanted = pairs.tree, folded(condition.wanted)
        if self.is_folded and condition.how in (How.WHOLE, How.WITHIN):
            node = pairs.find(wanted if condition.how is How.WHOLE else wanted.rstrip("/"))
            if node is None:
                return ()
            return (node,) if condition.how is How.WHOLE else tree.below(node)
        return [node for key, node in tree.keys.items() if matches(key, condition.how.value, condition.wanted)]
