"""The index of words: all of its SQL, which only SQLite speaks, and how a text is taken apart into words.

`asset_words` keeps no places of words (`detail=column`: 128 MB at a million assets, type-ahead p50 0.04 ms), so it
answers no phrases: all words of a phrase are asked for, and the texts of what is found are looked at. It is never
ordered by rank (p99 7.8 s); ids come by number, newest first where only some are wanted.
"""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Select, bindparam, column, func, literal, or_, select, table, text
from sqlalchemy.orm import Session

from keeproom.catalog.packing import Array, packed_ids
from keeproom.catalog.tables import AssetTextRow

COLUMNS = ("name", "title", "description", "tags", "folders", "dates", "details")
_NO_SPACES = (
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
"""Characters of scripts that put no space between words: Han, Hiragana, Katakana."""
_UNSPACED = re.compile(f"[{_NO_SPACES}]")
_PLAIN = re.compile(r"[0-9a-z]+")
_TOKENIZE = "unicode61 remove_diacritics 2"
"""As migration 3 has it."""

_INDEX = table("asset_words", column("rowid"))
_local = threading.local()


def index_text(plain: str) -> str:
    """A text as it goes into the index: each character of a script without spaces is a word of its own, so that a
    word is found inside a sentence."""
    return plain if plain.isascii() else _UNSPACED.sub(r" \g<0> ", plain)


def is_unspaced(plain: str) -> bool:
    """Whether some of a text is of a script without spaces."""
    return not plain.isascii() and _UNSPACED.search(plain) is not None


@lru_cache(maxsize=50_000)
def words_of(plain: str) -> tuple[str, ...]:
    """The words of a text in their order, as the index has them: without case and without diacritics.

    Plain ASCII is taken apart here; all else by the tokenizer of the index itself, so that the two always agree.
    """
    if plain.isascii():
        return tuple(_PLAIN.findall(plain.lower()))
    return _tokenized(index_text(plain))


def _tokenized(plain: str) -> tuple[str, ...]:
    connection = _tokenizer()
    connection.execute("INSERT INTO taken (rowid, part) VALUES (1, ?)", (plain.encode("utf-8", "replace").decode(),))
    found = connection.execute("SELECT term FROM terms ORDER BY offset").fetchall()
    connection.execute("DELETE FROM taken")
    return tuple(term for (term,) in found)


def _tokenizer() -> sqlite3.Connection:
    """A database in memory, one a thread, whose only table is taken apart as the index is."""
    connection: sqlite3.Connection | None = getattr(_local, "tokenizer", None)
    if connection is None:
        connection = _local.tokenizer = sqlite3.connect(":memory:", isolation_level=None)
        connection.execute(f"CREATE VIRTUAL TABLE taken USING fts5(part, tokenize='{_TOKENIZE}')")
        connection.execute("CREATE VIRTUAL TABLE terms USING fts5vocab(taken, 'instance')")
    return connection


def has_run(words: Sequence[str], wanted: Sequence[str], *, is_prefix: bool) -> bool:
    """Whether some words stand one behind the other, the last of them as a prefix if that is asked for."""
    if not wanted:
        return True
    *first, last = wanted
    for start in range(len(words) - len(wanted) + 1):
        end = words[start + len(first)]
        if (end.startswith(last) if is_prefix else end == last) and list(words[start : start + len(first)]) == first:
            return True
    return False


def one_word(word: str, *, is_prefix: bool, columns: Sequence[str] = ()) -> str:
    """The expression that asks for a word as `words_of` gives it, in all columns or in some."""
    where = f"{{{' '.join(columns)}}} : " if columns else ""
    doubled = word.replace('"', '""')
    return f'{where}"{doubled}"{" *" if is_prefix else ""}'


def all_of(expressions: Sequence[str]) -> str:
    return _joined(" AND ", expressions)


def any_of(expressions: Sequence[str]) -> str:
    return _joined(" OR ", expressions)


def without(expression: str, excluded: Sequence[str]) -> str:
    return f"(({expression}) NOT ({any_of(excluded)}))" if excluded else expression


def _joined(between: str, expressions: Sequence[str]) -> str:
    return expressions[0] if len(expressions) == 1 else f"({between.join(expressions)})"


def matching(expression: str) -> Select[int]:
    """A SELECT of the ids of assets whose words answer an expression."""
    match: Select[int] = (
        select(_INDEX.c.rowid)
        .select_from(_INDEX)
        .where(text("asset_words MATCH :x").bindparams(bindparam("x", expression, unique=True)))
    )
    return match


def ids_matching(session: Session, expression: str) -> Array:
    """The ids of all assets whose words answer an expression, ascending."""
    query = "SELECT group_concat(rowid) FROM (SELECT rowid FROM asset_words WHERE asset_words MATCH :x)"
    return packed_ids(session.execute(text(query), {"x": expression}).scalar_one())


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must stand one behind the other, the last one as a prefix if that is asked for."""

    words: str
    is_prefix: bool


def newest_matching(
    session: Session, expression: str, before: int, limit: int, phrase: Phrase | None = None
) -> list[int]:
    """The highest ids below one of assets whose words answer an expression, and have a phrase, descending; the index is
    read from behind, and only as far as needed."""
    texts = "".join(f", said.{name}" for name in COLUMNS)
    said = " JOIN asset_text AS said ON said.asset_id = asset_words.rowid" if phrase else ""
    has_phrase = f" AND has_phrase(:phrase, :is_prefix{texts})" if phrase else ""
    query = (
        f"SELECT asset_words.rowid FROM asset_words{said} WHERE asset_words MATCH :x AND asset_words.rowid < :before"
        f"{has_phrase} ORDER BY asset_words.rowid DESC LIMIT :limit"
    )
    values = {"x": expression, "before": before, "limit": limit}
    if phrase:
        values |= {"phrase": phrase.words, "is_prefix": phrase.is_prefix}
    return list(session.scalars(text(query), values))


def matches_anything(session: Session, expression: str) -> bool:
    query = "SELECT 1 FROM asset_words WHERE asset_words MATCH :x LIMIT 1"
    return session.execute(text(query), {"x": expression}).first() is not None


def with_phrase(expression: str, phrase: str, *, is_prefix: bool, columns: Sequence[str] = ()) -> Select[int]:
    """A SELECT of the ids of assets whose words answer an expression, and in one of whose texts the words of a phrase
    stand one behind the other, the last one as a prefix if that is asked for."""
    chosen = [getattr(AssetTextRow, name) for name in columns or COLUMNS]
    has_phrase = func.has_phrase(phrase, int(is_prefix), *chosen) == 1
    return select(AssetTextRow.asset_id).where(AssetTextRow.asset_id.in_(matching(expression)), has_phrase)


def literally(plain: str, columns: Sequence[str] = ()) -> Select[int]:
    """A SELECT of the ids of assets in whose texts these very characters stand; it reads all of them."""
    wanted = literal(index_text(plain))
    chosen = [getattr(AssetTextRow, name) for name in columns or COLUMNS]
    return select(AssetTextRow.asset_id).where(or_(*(func.instr(each, wanted) > 0 for each in chosen)))


_VOCABULARY = "temp.asset_vocabulary"


def _open_vocabulary(session: Session) -> None:
    session.execute(
        text(f"CREATE VIRTUAL TABLE IF NOT EXISTS {_VOCABULARY} USING fts5vocab('main', 'asset_words', 'row')")
    )


def vocabulary(session: Session) -> list[tuple[str, int]]:
    """Every word of the index with the number of assets that have it; reads all of the index."""
    _open_vocabulary(session)
    return [(term, count) for term, count in session.execute(text(f"SELECT term, doc FROM {_VOCABULARY}"))]


def words_beginning(session: Session, prefix: str, limit: int) -> list[tuple[str, int]]:
    """The first words with this beginning in the order of letters, each with its number of assets, which are counted
    (10 ms for a word that a million have)."""
    _open_vocabulary(session)
    query = text(f"SELECT term, doc FROM {_VOCABULARY} WHERE term >= :low AND term < :high LIMIT :limit")
    found = session.execute(query, {"low": prefix, "high": prefix + "\U0010ffff", "limit": limit})
    return [(term, count) for term, count in found]


_LONG = 4
_FEW = 64
_PREFIX = re.compile(f'"([^"]{{{_LONG},}})" \\*')

Beginnings = dict[str, list[str]]
"""The words that begin with some letters, by these; kept for as long as the catalog does not change."""


def with_few_words(session: Session, expression: str, known: Beginnings) -> str:
    """The same expression, with the words themselves in place of a long beginning that only few words have.

    Up to three letters, the index has lists of its own. Of longer beginnings it puts the lists of all their words
    together first, which takes 60 ms where a million assets have one of them; of words it reads no more than is asked.
    """

    def words(found: re.Match[str]) -> str:
        start = found[1][:_LONG]
        if start not in known:
            known[start] = [word for word, _ in words_beginning(session, start, _FEW + 1)]
        each = [word for word in known[start] if word.startswith(found[1])]
        if len(known[start]) > _FEW or not each:
            return found[0]
        return any_of([one_word(word, is_prefix=False) for word in each])

    return _PREFIX.sub(words, expression)
