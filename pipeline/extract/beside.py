"""Lines beside lines of another pitch on a picture: recipients beside a signature, the halves of a letterhead.

Tesseract, which is shown a page as one column, reads them as one line and loses words of both.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL.Image import Image

from pipeline.extract.picture import DPI
from pipeline.model import Box

_SIDE = 4  # pixels of the squares in which ink is looked for
_INK = 180  # brighter is paper
_GUTTER = round(0.3 * DPI / _SIDE)  # squares between two columns; words of a justified line are nearer
_SHARED = 0.7  # of their height that two lines beside each other have in common
_POINTS = 72 * _SIDE / DPI


def beside(page: Image) -> list[Box]:
    """The left and the right part of each such place on a level page at :data:`~pipeline.extract.picture.DPI`, in
    points."""
    grey = np.asarray(page)
    high, wide = (size // _SIDE * _SIDE for size in grey.shape)
    inked = grey[:high, :wide].reshape(high // _SIDE, _SIDE, wide // _SIDE, _SIDE).min(axis=(1, 3)) < _INK
    found: list[Box] = []
    for top, bottom in _runs(inked.any(axis=1)):
        band = inked[top:bottom]
        gutter = _gutter(band)
        if gutter and _differ(list(_runs(band[:, :gutter].any(axis=1))), list(_runs(band[:, gutter:].any(axis=1)))):
            for left, right in ((0, gutter), (gutter, band.shape[1])):
                found.append(Box(*(value * _POINTS for value in (left, top - 1, right, bottom + 1))))
    return found


def _gutter(band: NDArray[np.bool_]) -> int | None:
    """The middle of the widest free space between what stands in a band, if it parts columns."""
    columns = list(_runs(band.any(axis=0)))
    gaps = [(after - before, (after + before) // 2) for (_, before), (after, _) in pairwise(columns)]
    width, middle = max(gaps, default=(0, 0))
    return middle if width >= _GUTTER else None


def _differ(left: list[tuple[int, int]], right: list[tuple[int, int]]) -> bool:
    """Whether the lines of two columns, given by their tops and bottoms, are other than one beside one."""
    if len(left) != len(right):
        return max(len(left), len(right)) > 1
    pairs = ((min(a[1], b[1]) - max(a[0], b[0]), a, b) for a, b in zip(left, right, strict=True))
    return any(shared < _SHARED * min(a[1] - a[0], b[1] - b[0]) for shared, a, b in pairs)


def _runs(marked: Any) -> Iterator[tuple[int, int]]:
    """Where marked places of a row begin and end."""
    edges = np.diff(np.pad(marked, 1).astype(np.int8))
    return zip(np.flatnonzero(edges == 1).tolist(), np.flatnonzero(edges == -1).tolist(), strict=True)
