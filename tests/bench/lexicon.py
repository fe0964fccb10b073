"""Words and names that nobody chose, made of syllables: always the same ones, the first the most common."""

from __future__ import annotations

from itertools import product

_FIRST = ("ma", "ro", "li", "ber", "san", "to", "ka", "ve", "ni", "pal", "gra", "lou", "os", "fer", "hel", "ze")
_MIDDLE = ("ri", "na", "lo", "den", "ta", "mi", "sel", "vo", "ra", "go")
_LAST = ("no", "ve", "burg", "lia", "ton", "ra", "s", "nde", "mo", "ille")

WORDS = tuple("".join(parts) for parts in product(_FIRST, _MIDDLE, _LAST))
"""Words of three syllables, 1,600 of them."""

PLAIN = (
    *("Rome", "Paris", "Berlin", "sea", "mountains", "snow", "beach", "garden", "cat", "dog", "birthday", "wedding"),
    *("Christmas", "holiday", "sunset", "forest", "river", "bridge", "church", "market", "concert", "hike", "bike"),
    *("Zürich", "Ærø", "東京", "crème brûlée", "friends", "family", "school", "work", "house", "car", "train", "food"),
)
"""Words as people use them, some with letters that English lacks."""


def tag_names(count: int) -> list[str]:
    """Different names of tags, the most common first: plain words, then places and people in hierarchies."""
    places = [f"places/{country}/{city}" for country in WORDS[:40] for city in WORDS[100:145]]
    people = [f"people/{group}/{who}" for group in ("family", "friends", "work") for who in WORDS[400:900]]
    events = [f"events/{year}/{what}" for year in range(2004, 2027) for what in WORDS[900:950]]
    some = [name for each in zip(places, people, WORDS, events, strict=False) for name in each]
    rest = [*places[len(events) :], *people[len(events) :], *WORDS[len(events) :]]
    return list(dict.fromkeys((*PLAIN, "places/Italy/Rome", "places/France/Paris", *some, *rest)))[:count]


def titled(number: int) -> str:
    """A title: two to four words."""
    words = [WORDS[(number * step) % len(WORDS)] for step in (7, 131, 977, 1429)][: 2 + number % 3]
    return " ".join((PLAIN[number % len(PLAIN)], *words[1:])).capitalize()


def described(number: int) -> str:
    """A description: a sentence or two."""
    words = [WORDS[(number * step + step) % len(WORDS)] for step in range(3, 3 + 6 + number % 12)]
    return f"{' '.join(words).capitalize()} {PLAIN[number % len(PLAIN)]}."
