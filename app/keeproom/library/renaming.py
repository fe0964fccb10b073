"""Other names for many assets by a template: what each would become, as a table to look at before it is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from keeproom.catalog.sqlite import values_of
from keeproom.catalog.tables import AssetRow, BlobRow
from keeproom.library.editing import require_assets
from keeproom.library.nametemplates import NameFacts, NameTemplate
from keeproom.library.opening import Library
from keeproom.library.statements import FACTS


@dataclass(frozen=True, slots=True)
class NameRow:
    """What one asset would be named. `shared` tells that another one of these would have the same name."""

    asset: int
    before: str
    after: str
    shared: bool = False


def plan_names(library: Library, ids: Sequence[int], template: str, *, first: int = 1) -> list[NameRow]:
    """A row for each asset, in the order given, in which `{number}` counts from `first`; nothing is changed.

    Raises:
        AssetNotFoundError: some id is unknown.
        UsageError: the template cannot be understood; the message says what is possible.
    """
    names = NameTemplate(template)
    chosen = list(dict.fromkeys(ids))
    facts = _facts(library, chosen)
    after = [names.name_of(replace(facts[id_], number=number)) for number, id_ in enumerate(chosen, start=first)]
    count = Counter(after)
    return [NameRow(id_, facts[id_].name, name, count[name] > 1) for id_, name in zip(chosen, after, strict=True)]


def _facts(library: Library, ids: Sequence[int]) -> dict[int, NameFacts]:
    name, captured = FACTS["name"], FACTS["captured"]
    columns = [getattr(AssetRow, column) for fact in (name, captured) for column in fact.columns]
    query = (
        select(
            AssetRow.id, *columns, AssetRow.title, AssetRow.version, AssetRow.imported_at, BlobRow.camera, BlobRow.kind
        )
        .join(BlobRow, BlobRow.id == AssetRow.blob_id)
        .where(AssetRow.id.in_(values_of(ids)))
    )
    with library.catalog.read() as session:
        require_assets(session, ids)
        rows = session.execute(query).all()
    return {
        row.id: NameFacts(
            name.read(row),
            row.id,
            row.version,
            title=row.title,
            camera=row.camera,
            kind=row.kind,
            taken=row.captured,
            imported=row.imported_at.astimezone(),
        )
        for row in rows
    }
