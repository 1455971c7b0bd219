"""Watermarks that lie level: words far larger than the text that runs through them. Those askew are no lines at all."""

from __future__ import annotations

import numpy as np

from pipeline.extract.pdf.glyphs import Array

_LARGE = 2.5  # of the usual letter size
_LEAST = 30.0  # points
_HIGH = 0.7  # of its size: how high a letter is
_THROUGH = 4  # letters of the text that stand within those of a watermark


def without_watermark(letters: Array) -> Array:
    """The letters of a page without those of a watermark."""
    size = letters["size"]
    large = size >= _LEAST
    if not large.any() or large.all():
        return letters
    large &= size >= _LARGE * np.median(size[~large])
    text = letters.compress(~large & (letters["letter"] != ord(" ")))
    middle, base = (text["x0"] + text["x1"]) / 2, text["base"]
    for row in np.unique(letters["base"][large]).tolist():
        words = letters.compress(large & (letters["base"] == row))
        through = sum(
            int(np.count_nonzero((x0 < middle) & (middle < x1) & (row - _HIGH * high < base) & (base < row)))
            for x0, x1, high in zip(words["x0"].tolist(), words["x1"].tolist(), words["size"].tolist(), strict=True)
        )
        if through < _THROUGH:
            large &= letters["base"] != row
    return letters.compress(~large)
