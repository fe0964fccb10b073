"""Searching: one language for the window's search field and for commands (`docs/search.md` tells it to people).

tokens → syntax → parsing      text to a tree with places; fields and values are read by the table `fields.FIELDS`
conditions, values             what can be asked, and how it is written
answers, hierarchies, indexed, states      how a field answers: SQL, and masks over the snapshot
expanding → evaluating         saved searches put in, words put together, the answer
nearby, chips, completing      near spellings, chips and completion
"""

from __future__ import annotations

from keeproom.library.search.ahead import first_ids
from keeproom.library.search.chips import Part, parts
from keeproom.library.search.completing import Completion, Suggestion, complete
from keeproom.library.search.errors import SearchError, shown_at
from keeproom.library.search.evaluating import clause, needs, needs_words, rows_matching
from keeproom.library.search.expanding import expanded
from keeproom.library.search.fields import FIELDS, Field
from keeproom.library.search.nearby import Correction, corrected
from keeproom.library.search.parsing import parse
from keeproom.library.search.syntax import Query, both
from keeproom.library.search.writing import quoted, term

__all__ = [
    "FIELDS",
    "Completion",
    "Correction",
    "Field",
    "Part",
    "Query",
    "SearchError",
    "Suggestion",
    "both",
    "clause",
    "complete",
    "corrected",
    "expanded",
    "first_ids",
    "needs",
    "needs_words",
    "parse",
    "parts",
    "quoted",
    "rows_matching",
    "shown_at",
    "term",
]
