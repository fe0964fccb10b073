"""What is wrong with a query, and where."""

from __future__ import annotations

from keeproom.errors import UsageError


class SearchError(UsageError):
    """A query that cannot be answered: what is wrong at the characters from `start` to `end`, and what is possible
    there (nothing where a sentence has to say it)."""

    def __init__(self, message: str, start: int, end: int, possible: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.start = start
        self.end = end
        self.possible = possible

    def shifted(self, by: int) -> SearchError:
        """The same of a text in which the query stands further behind."""
        return SearchError(str(self), self.start + by, self.end + by, self.possible)


def shown_at(error: SearchError, query: str, width: int = 100) -> str:
    """The error for a terminal: the sentence, the query, and a line that points at the place."""
    from_ = max(0, min(error.start - width // 3, len(query) - width))
    line = "".join(letter if letter.isprintable() else "·" for letter in query[from_ : from_ + width])
    length = max(1, min(error.end, from_ + width) - error.start)
    return f"{error}\n  {line}\n  {' ' * (error.start - from_)}{'^' * length}"
