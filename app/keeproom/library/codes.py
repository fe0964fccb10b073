"""Texts of which many rows have the same, as numbers: a code is the text's place in a vocabulary, 0 is none."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from keeproom.catalog.columns import Texts

Codes = NDArray[Any]
Vocabulary = tuple[str, ...]
NONE: Vocabulary = ("",)


def coded(texts: Texts, ids: NDArray[np.int64], vocabulary: Vocabulary = NONE) -> tuple[Codes, Vocabulary]:
    """The code of each of these ids (ascending), and the vocabulary with the texts that were new to it at its end."""
    codes = np.zeros(len(ids), dtype=np.int32)
    known = {value: code for code, value in enumerate(vocabulary)}
    for value, assets in texts:
        rows = np.searchsorted(ids, assets)
        codes[rows] = known.setdefault(value, len(known))
    return codes.astype(_type_for(len(known)), copy=False), tuple(known)


def coded_by_blob(texts: Texts, blobs: NDArray[np.int32]) -> tuple[Codes, Vocabulary]:
    """The code of each of these blobs, of which one can come more than once, from texts of blobs."""
    last = int(blobs.max(initial=0))
    codes = np.zeros(last + 1, dtype=np.int32)
    known = {value: code for code, value in enumerate(NONE)}
    for value, ids in texts:
        codes[ids[ids <= last]] = known.setdefault(value, len(known))
    return codes[blobs].astype(_type_for(len(known)), copy=False), tuple(known)


def _type_for(count: int) -> Any:
    return np.uint16 if count <= np.iinfo(np.uint16).max else np.int32
