"""Sheets that were photographed askew: their level lines slope otherwise at the top than at the foot, and their upright
lines otherwise at the left than at the right, so that no turning makes both straight."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from PIL.Image import Image, Resampling, Transform

_LONG = 150  # pixels: the slope of a shorter rule is not told
_MOST = 0.05  # of its length: by how much a rule goes astray at most
_LEVEL, _UPRIGHT = 2, 3  # rules of a table at least
_APART = 0.25  # of a side: between rules that tell how their slope grows
_AGREED = 0.8  # of the length of all rules slope as the picture is found to


class Stroke(NamedTuple):
    """A long stroke along the rows of a picture: its first row and column, its last ones, which are excluded; how many
    of its pixels are dark; the middles of what is dark in its first and in its last row."""

    top: int
    first: int
    bottom: int
    last: int
    inked: int
    begins: int
    ends: int

    @property
    def drift(self) -> float:
        """By how many rows it goes down, or up where that is negative."""
        thick = self.inked / (self.last - self.first)
        return (self.bottom - self.top - thick) * (1 if self.ends > self.begins else -1)


class Bend(NamedTuple):
    """How a picture is straightened: the slope of upright and of level lines in its middle, and by how much that grows
    with each pixel from there."""

    upright: tuple[float, float]
    level: tuple[float, float]
    middle: tuple[float, float]

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Where on the picture as it was a place of the straightened one stood, in pixels."""
        across, down = x - self.middle[0], y - self.middle[1]
        (sideways, wider), (downwards, lower) = self.upright, self.level
        return x + (sideways + wider * across) * down, y + (downwards + lower * down) * across

    def straightened(self, picture: Image) -> Image:
        """A picture in grey with level and upright lines."""
        wide, high = picture.size
        corners = [self.at(x, y) for x, y in ((0, 0), (0, high), (wide, high), (wide, 0))]
        places = [value for corner in corners for value in corner]
        return picture.transform(picture.size, Transform.QUAD, places, Resampling.BICUBIC, fillcolor=255)


def bend_of(level: list[Stroke], upright: list[Stroke], size: tuple[int, int], thick: int) -> Bend | None:
    """How to straighten a picture by its level strokes, and its upright ones along its columns, all in pixels of half
    the resolution of its ``size``. None without a table, or where all strokes are as thin as rules may be, or slope as
    on no flat sheet."""
    level, upright = ([s for s in strokes if _is_rule(s, thick)] for strokes in (level, upright))
    if len(level) < _LEVEL or len(upright) < _UPRIGHT:
        return None
    if all(abs(stroke.drift) <= thick for stroke in (*level, *upright)):
        return None
    wide, high = size
    sideways, downwards = _slope(upright, wide / 2, thick), _slope(level, high / 2, thick)
    return Bend(sideways, downwards, (wide / 2, high / 2)) if sideways and downwards else None


def _is_rule(stroke: Stroke, thick: int) -> bool:
    length = stroke.last - stroke.first
    return length >= _LONG and stroke.inked <= thick * length and abs(stroke.drift) <= _MOST * length


def _slope(strokes: list[Stroke], side: float, thick: int) -> tuple[float, float] | None:
    """How strokes slope in the middle of a side, given in pixels of theirs, and how that grows in pixels half as large;
    None where that is not how most of them slope."""
    places = np.array([(stroke.top + stroke.bottom) / 2 for stroke in strokes]) - side / 2
    lengths = np.array([float(stroke.last - stroke.first) for stroke in strokes])
    drifts = np.array([stroke.drift for stroke in strokes])
    ways = int(np.ptp(places) > _APART * side)  # close to each other they do not tell how it grows
    *growth, middle = np.polyfit(places, drifts / lengths, ways, w=lengths).tolist()
    fitting = abs(drifts - np.polyval([*growth, middle], places) * lengths) <= thick
    return (middle, sum(growth) / 2) if lengths[fitting].sum() >= _AGREED * lengths.sum() else None
