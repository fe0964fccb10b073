"""Options that take any text."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any


class AnyText(argparse.Action):
    """An option whose value may be any text, also `--`, which argparse takes away (https://bugs.python.org/issue14364).

    With `default` a list, each use of the option adds one.
    """

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        del parser, option_string
        text = values if isinstance(values, str) else "--"
        kept = getattr(namespace, self.dest)
        setattr(namespace, self.dest, [*kept, text] if isinstance(kept, list) else text)
