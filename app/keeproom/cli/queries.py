"""Queries on the command line: how they are asked for, what is said of one that is wrong, and near spellings."""

from __future__ import annotations

import argparse
import re

from keeproom.cli.output import Output
from keeproom.errors import UsageError
from keeproom.library.opening import Library
from keeproom.library.search import FIELDS, Query, SearchError, corrected, needs_words, parse, shown_at
from keeproom.library.wording import bring_up_to_date

_HEAD = """\
A query is words, all of which must be there, each also as the beginning of one; and fields:

"a phrase"   -excluded   this OR that   ( ... )   field:value   field:one,another   field:none

"""
_FOOT = """

Values that are compared: rating:>=4, size:1MB..5MB, date:2023-05..2023-07. A query that begins with - stands
behind --, as in: keeproom list -- -is:tagged"""


def add_query(parser: argparse.ArgumentParser) -> None:
    """The argument QUERY, and the language in the command's help."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("query", metavar="QUERY", nargs="?", default="", help="for example: rome kind:video rating:>=4")
    parser.epilog = (
        _HEAD + "\n".join(f"{row.name + ':':13}{row.help:70} {row.example}" for row in FIELDS.values()) + _FOOT
    )
    # What excludes begins as an option does; argparse has this way out for numbers below zero.
    parser._negative_number_matcher = re.compile(r"-[^-]")


def read_query(text: str) -> Query:
    """The query that was asked for.

    Raises:
        UsageError: it cannot be understood; the message points at the place.
    """
    try:
        return parse(text)
    except SearchError as error:
        raise UsageError(shown_at(error, text)) from error


def with_near_spellings(library: Library, query: Query, output: Output) -> Query:
    """The query with near spellings for what nothing matches, each of which is told.

    A library of an older program gets its texts first, which takes a minute for a million assets, once.
    """
    if not query.is_empty:
        bring_up_to_date(library, lambda: False)
    if needs_words(query):
        bring_up_to_date(library, lambda: False)  # where the last to change the library was an older program
    better, corrections = corrected(library, query)
    for each in corrections:
        output.message(f"Nothing found for '{each.word}'. Showing '{each.instead}'.")
    return better
