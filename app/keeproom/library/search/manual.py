"""The page that tells people the language, made from the table of fields.

python -m keeproom.library.search.manual > docs/search.md
"""

from __future__ import annotations

import sys

from keeproom.library.search.dates import NAMED_DATES
from keeproom.library.search.fields import FIELDS, Field
from keeproom.library.search.states import HAS, IS

_HEAD = """\
# Searching

The search field of the window and the commands `list`, `count` and `collect --query` take the same language.

- **Words** are looked for in name, title, description, tags, folders, date and what the file tells of itself (camera,
  lens, place, caption). All of them must be there, in any order, each also as the beginning of a word: `rom sun`
  finds *Sunset in Rome*. Case and accents do not count. Words of Chinese and Japanese are found inside a sentence.
- `"a phrase"`: these words, one behind the other. `-word` leaves out. `one OR another` takes either, and joins only its
  two neighbours: `rome OR paris night` is `(rome OR paris) night`. `( )` group. Anything in quotes is looked for as it
  stands; a quote inside is doubled: `"12"" vinyl"`.
- **Fields** are `field:value`. Several values, `kind:image,video`, mean any of them. `field:none` is what has no value,
  `field:any` what has one; `-field:value` leaves out. Quotes keep a value together: `tag:"summer house"`.
- Numbers, sizes, durations and dates are **compared**: `rating:>=4` (or `rating>=4`), `size:<10MB`, and in **ranges**,
  with one end or both: `size:1MB..5MB` or `size:1..5MB`, `date:2023-05..2023-07`, `height:..1080`.
- Sizes are in B, kB, MB, GB (1000) or KiB, MiB, GiB (1024); durations in s, min, h, or as `1:30`; ages in s, min, h, d,
  w, mo, y: `imported:<7d` is what came less than seven days ago.
- Dates are a year, a month, a day or a minute: `2023`, `2023-05`, `2023-05-14`, `2023-05-14T10:30`; or
  {named}.
- In texts, `*` stands for any letters and `?` for one: `name:IMG_12*`, `mime:image/*`. `=` in front means the whole and
  nothing else: `camera:="Canon EOS 5D"`, `tag:=places` without what is below it.
- While a query is typed, an open quote or parenthesis runs to the end, and an `OR` or `-` with nothing behind it
  does not count. A parenthesis inside a word, as in `IMG(1).jpg`, belongs to the word.
- A word that nothing matches is tried as a near spelling, and the answer says so.

"""


def manual() -> str:
    """The page."""
    named = ", ".join(f"`{name}`" for name in NAMED_DATES)
    table = ["| field | finds what | for example |", "| --- | --- | --- |", *map(_row, FIELDS.values())]
    choices = [
        "## is: and has:",
        "",
        *(f"- `is:{name}`: {state.help}" for name, state in IS.items()),
        *(f"- `has:{name}`: {state.help}" for name, state in HAS.items()),
    ]
    return _HEAD.replace("{named}", named) + "\n".join(["## Fields", "", *table, "", *choices]) + "\n"


def _row(field: Field) -> str:
    others = f" (also {', '.join(f'`{name}:`' for name in field.aliases)})" if field.aliases else ""
    possible = field.sort.choices if field.name not in ("is", "has", "date", "imported") else ()
    values = f": {', '.join(possible)}" if possible else ""
    examples = " · ".join(f"`{example}`" for example in field.examples)
    return f"| `{field.name}:`{others} | {field.help}{values} | {examples} |"


if __name__ == "__main__":
    sys.stdout.write(manual())
