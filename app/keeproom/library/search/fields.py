"""The fields of the language, one row each: a further field is a row here, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Integer, cast, func, literal_column

from keeproom.catalog.columns import FLAGS, KINDS, LABELS, TEXTS
from keeproom.catalog.matching import How
from keeproom.catalog.tables import (
    AssetRow,
    AssetTagRow,
    BlobRow,
    CollectionAssetRow,
    CollectionRow,
    FolderRow,
    SourceRow,
    TagRow,
)
from keeproom.library.search.answers import (
    Answer,
    Beginnings,
    Codes,
    Endings,
    Figures,
    Moments,
    Positions,
    State,
    States,
    Vocabulary,
    WallMoments,
)
from keeproom.library.search.dates import Dates
from keeproom.library.search.hierarchies import Hierarchy
from keeproom.library.search.indexed import Indexed
from keeproom.library.search.states import HAS, IS
from keeproom.library.search.values import (
    Checksums,
    Choices,
    Extensions,
    Halves,
    Numbers,
    Points,
    Sort,
    Texts,
    read_duration,
)

_SIZES = {
    "b": 1, "k": 1e3, "kb": 1e3, "m": 1e6, "mb": 1e6, "g": 1e9, "gb": 1e9, "t": 1e12, "tb": 1e12,
    "kib": 2**10, "mib": 2**20, "gib": 2**30, "tib": 2**40,
}  # fmt: skip
_DURATIONS = {"ms": 0.001, "s": 1, "sec": 1, "m": 60, "min": 60, "h": 3600, "d": 86400}
_KINDS = {
    **dict.fromkeys(("images", "photo", "photos", "picture", "pictures"), "image"),
    **dict.fromkeys(("videos", "movie", "movies", "clip", "clips"), "video"),
    **dict.fromkeys(("sound", "sounds", "music"), "audio"),
    **dict.fromkeys(("documents", "pdf"), "document"),
}
_FLAGS = {"picked": "pick", "rejected": "reject"}


@dataclass(frozen=True, slots=True)
class Field:
    """One field: how its values are read (`sort`), and how it is answered. `lacks` says that a value can be missing:
    `none` and `any` ask for that. `joins` makes one value of all that stand between commas. `sign` is how a chip shows
    it without its name."""

    name: str
    sort: Sort
    answer: Answer
    help: str
    examples: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    lacks: bool = False
    joins: bool = False
    sign: str = ""

    @property
    def example(self) -> str:
        return self.examples[0]

    @property
    def has_words(self) -> bool:
        """Whether its values are texts of which some words can be asked for."""
        return isinstance(self.sort, Texts) and self.sort.quoted is How.PHRASE

    def help_of(self, choice: str) -> str:
        """What one of its choices says."""
        table: Mapping[str, State] = getattr(self.answer, "table", {})
        return table[choice].help if choice in table else ""


def _column(column: Any) -> ColumnElement[Any]:
    return column  # type: ignore[no-any-return]


def _duration_ms() -> ColumnElement[Any]:
    """As the snapshot has it."""
    return cast(func.round(BlobRow.duration_s * 1000), Integer)


_TAG = Hierarchy("tag", _column(AssetTagRow.asset_id), _column(AssetTagRow.tag_id), _column(TagRow.id),
                 _column(TagRow.folded), is_folded=True)  # fmt: skip
_COLLECTION = Hierarchy("collection", _column(CollectionAssetRow.asset_id), _column(CollectionAssetRow.collection_id),
                        _column(CollectionRow.id), _column(CollectionRow.folded), is_folded=True)  # fmt: skip
_FOLDER = Hierarchy("folder", _column(SourceRow.asset_id), _column(SourceRow.folder_id), _column(FolderRow.id),
                    _column(FolderRow.path), is_folded=False)  # fmt: skip

_ROWS = (
    Field(
        "tag",
        Texts("tag:rome", How.WITHIN, How.WITHIN, is_name=True),
        _TAG,
        "has this tag, or one below it",
        ("tag:rome", "tag:places/italy", 'tag:"summer house"', "tag:=places", "tag:none"),
        ("tags", "keyword"),
        lacks=True,
    ),
    Field(
        "collection",
        Texts("collection:Trips", How.WITHIN, How.WITHIN, is_name=True),
        _COLLECTION,
        "is in it, or below it; is found by it, if it is a saved search",
        ("collection:Trips", 'collection:"Best of 2023"', "collection:none"),
        ("album", "in"),
        lacks=True,
    ),
    Field(
        "folder",
        Texts("folder:Rome", How.ANYWHERE, How.ANYWHERE, anchored=How.WITHIN),
        _FOLDER,
        "came from this folder, or one below; a whole path, or some of its names",
        ("folder:Rome", "folder:/home/anna/Pictures", "folder:2023/05"),
        ("path",),
        lacks=True,
    ),
    Field(
        "kind",
        Choices(tuple(kind.value for kind in KINDS), _KINDS),
        Codes(_column(BlobRow.kind), "kind", tuple(kind.value for kind in KINDS)),
        "is of this kind",
        ("kind:video", "kind:image,video"),
        ("type",),
    ),
    Field(
        "date",
        Dates("date:2023"),
        WallMoments(_column(AssetRow.captured), "captured"),
        "was taken then, by the clock of the place",
        ("date:2023", "date:2023-05..2023-07", "date:>=2020", "date:yesterday", "date:<30d", "date:none"),
        ("taken", "captured", "year"),
        lacks=True,
    ),
    Field(
        "imported",
        Dates("imported:<7d"),
        Moments(_column(AssetRow.imported_at), "imported"),
        "came into the library then",
        ("imported:<7d", "imported:today", "imported:2023"),
        ("added",),
    ),
    Field(
        "rating",
        Numbers("rating", "rating:>=4", low=0, high=5),
        Figures(_column(AssetRow.rating), "rating", blank=0),
        "has so many stars",
        ("rating:>=4", "rating:5", "rating:1..3", "rating:none"),
        ("stars",),
        lacks=True,
        sign="★",
    ),
    Field(
        "label",
        Choices(tuple(LABELS[1:])),
        Codes(_column(AssetRow.label), "label", LABELS),
        "has this colour label",
        ("label:red", "label:red,yellow", "label:none"),
        ("colour", "color"),
        lacks=True,
    ),
    Field(
        "flag",
        Choices(tuple(FLAGS[1:]), _FLAGS),
        Codes(_column(AssetRow.flag), "flag", FLAGS),
        "is a pick or a reject",
        ("flag:pick", "flag:reject", "flag:none"),
        lacks=True,
    ),
    Field("is", Choices(tuple(IS)), States(IS), "this is so", ("is:untagged", "is:unrated", "is:problem")),
    Field("has", Choices(tuple(HAS)), States(HAS), "this is there", ("has:gps", "has:audio", "has:tags")),
    Field(
        "camera",
        Texts("camera:canon"),
        Vocabulary(_column(BlobRow.camera), "camera", indexed=True),
        "was taken with this camera",
        ("camera:canon", 'camera:"Canon EOS 5D"', 'camera:="Canon EOS 5D"', "camera:none"),
        lacks=True,
    ),
    Field(
        "lens",
        Texts("lens:50mm"),
        Vocabulary(_column(BlobRow.lens), "lens", indexed=True),
        "was taken with this lens",
        ("lens:50mm", 'lens:"EF24-70mm"', "lens:none"),
        lacks=True,
    ),
    Field(
        "iso",
        Numbers("sensitivity", "iso:>800", low=0),
        Figures(_column(BlobRow.iso), "iso", missing=0),
        "was taken at this sensitivity",
        ("iso:>800", "iso:100..400", "iso:none"),
        lacks=True,
    ),
    Field(
        "near",
        Points("near:48.85,2.35,10km"),
        Positions(),
        "was taken not farther than that from there",
        ("near:48.85,2.35,10km", "near:48.85,2.35", "near:none"),
        lacks=True,
        joins=True,
    ),
    Field(
        "name",
        Texts("name:rome"),
        Indexed(_column(AssetRow.name), ("name",)),
        "the file's name has these words",
        ("name:rome", "name:IMG_12*", 'name:="IMG_1234.JPG"'),
        ("file", "filename"),
    ),
    Field(
        "ext",
        Extensions("ext:jpg"),
        Endings(literal_column(TEXTS["ext"].sql), "ext"),
        "the file's name ends so",
        ("ext:jpg", "ext:jpg,jpeg", "ext:none"),
        ("extension",),
        lacks=True,
    ),
    Field(
        "mime",
        Halves("mime:image/jpeg"),
        Vocabulary(_column(BlobRow.mime), "mime"),
        "is of this type by its content",
        ("mime:image/*", "mime:image/jpeg", "mime:heic"),
    ),
    Field(
        "size",
        Numbers("size", "size:>10MB", _SIZES, low=0),
        Figures(_column(BlobRow.size_bytes), "size"),
        "is so large",
        ("size:>10MB", "size:1MB..5MB", "size:<100kB"),
    ),
    Field(
        "width",
        Numbers("number of pixels", "width:>=4000", {"px": 1}, low=0),
        Figures(_column(BlobRow.width), "width", missing=0),
        "is so many pixels wide",
        ("width:>=4000", "width:1920", "width:none"),
        lacks=True,
    ),
    Field(
        "height",
        Numbers("number of pixels", "height:>=3000", {"px": 1}, low=0),
        Figures(_column(BlobRow.height), "height", missing=0),
        "is so many pixels high",
        ("height:>=3000", "height:..1080", "height:none"),
        lacks=True,
    ),
    Field(
        "duration",
        Numbers("duration", "duration:<30s", _DURATIONS, low=0, whole=False, read_number=read_duration),
        Figures(_duration_ms(), "duration", scale=1000, missing=-1),
        "plays so long",
        ("duration:<30s", "duration:1min..5min", "duration:>1:30", "duration:none"),
        ("length",),
        lacks=True,
    ),
    Field(
        "title",
        Texts("title:sunset"),
        Indexed(_column(AssetRow.title), ("title",)),
        "the title has these words",
        ("title:sunset", 'title:"a good day"', "title:none"),
        lacks=True,
    ),
    Field(
        "description",
        Texts("description:birthday"),
        Indexed(_column(AssetRow.description), ("description",)),
        "the description has these words",
        ("description:birthday", "description:none"),
        ("caption",),
        lacks=True,
    ),
    Field(
        "creator",
        Texts("creator:anna"),
        Indexed(_column(AssetRow.creator), ("details",), is_checked=True),
        "was made by",
        ("creator:anna", 'creator:"Anna Berg"', "creator:none"),
        ("author", "artist"),
        lacks=True,
    ),
    Field(
        "place",
        Texts("place:paris"),
        Indexed(_column(AssetRow.place), ("details",), is_checked=True),
        "the place, in words",
        ("place:paris", 'place:"Notre Dame"', "place:none"),
        ("location",),
        lacks=True,
    ),
    Field(
        "import",
        Numbers("number of an import", "import:12", low=1),
        Figures(_column(AssetRow.entry_id), "entry"),
        "came with this import",
        ("import:12", "import:>=40"),
    ),
    Field(
        "stack",
        Numbers("number of a group", "stack:3", low=1),
        Figures(_column(AssetRow.stack_id), "stack", missing=0),
        "is one of this group",
        ("stack:3", "stack:none"),
        ("group",),
        lacks=True,
    ),
    Field(
        "id",
        Numbers("id", "id:12", low=0),
        Figures(_column(AssetRow.id), "id"),
        "has this number, as a list shows it",
        ("id:12", "id:1..5", "id:3,7"),
    ),
    Field(
        "sha256",
        Checksums(),
        Beginnings(_column(BlobRow.sha256)),
        "its checksum begins so",
        ("sha256:ab12",),
        ("checksum", "hash"),
    ),
)

FIELDS: Mapping[str, Field] = {row.name: row for row in _ROWS}
"""Every field by its name, in the order in which a person is told of them."""

BY_NAME: Mapping[str, Field] = {name: row for row in _ROWS for name in (row.name, *row.aliases)}
"""Every field by its name, and by the others that are understood."""
