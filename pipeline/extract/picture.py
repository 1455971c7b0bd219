"""The picture of a page made ready to be read: red stamps and dirt gone, paper white, lines level, rules taken out.

Rules are told here and not by Tesseract, which takes them for letters and loses the columns of a table.
"""

from __future__ import annotations

from math import cos, radians, sin, tan
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL.Image import Image, Resampling, fromarray
from PIL.ImageFilter import BoxBlur, GaussianBlur

from pipeline.extract.askew import Bend, Stroke, bend_of
from pipeline.model import Box

DPI = 300

Grey = NDArray[Any]

_COARSEST, _SOFT = 150.0, 0.65  # dots an inch below which edges have steps; how far they are smoothed, of a dot
_RED = 40  # by how much red outshines green and blue in the ink of a stamp
_TINGE = 20  # the same of its thin lines and edges
_STAMP = 400  # pixels of such ink that make a stamp
_THIN = 4  # of so many pixels each way one is looked at, to know whether there is a stamp
_DARK_RED = 30  # of 100 of its pixels are darker than what is taken for its ink
_EDGE = 4  # pixels around it that its ink stains
_PATCH, _GRAIN = 64, 4  # pixels: of squares of this side the light is measured, of so many each way one is looked at
_PAPER = 7 * (_PATCH // _GRAIN) ** 2 // 8  # of a square's pixels in the order of their brightness: this one is paper
_EVEN, _SHADE = 0.93, 0.5  # of the brightest paper: paper in even light, the darkest paper in bad light
_WHITE = 0.9  # of the way from ink to paper: brighter is paper
_FAINT = 0.4  # of the brightness of paper: what ink is at least
_DARK = 0.7  # of the way: darker is ink
_SPECK = 3  # pixels: what stands alone in a square of this side is dirt; dots of small letters are larger
_SKEW_WIDTH = 800  # pixels: the picture in which skew is measured
_MOST_SKEW, _COARSE, _FINE = 5.0, 0.25, 0.05  # degrees
_HALF = DPI // 2  # the resolution in which rules are looked for
_RULE = round(0.27 * _HALF)  # pixels: no stroke of a letter is so long
_WHOLE = 0.9  # of a rule is dark, however bad the print
_THICK = round(0.05 * _HALF)  # pixels: thicker is no rule
_BESIDE = (3, 6)  # pixels from a rule
_TOUCHED = 0.25  # of what is beside it may be dark
_ROOF = round(0.6 * _HALF)  # pixels: a longer stroke is no roof of letters
_STEMS = 0.1  # of what is just below a roof is dark
_STEP = 2  # pixels that a rule strays sideways
_BREAK = 12  # pixels of a rule that may be missing
_MOST_RULES = 2000
_UPRIGHT = 0.85  # of an upright stroke is dark, from top to foot
_NARROW = 0.75  # of its height: the most that the next stroke is away
_UNEVEN = 0.25  # of that: how much more or less the third may be


class Turn(NamedTuple):
    """How a picture was turned: by how many degrees against the clock, its size before and after in pixels; and how it
    was straightened then."""

    angle: float
    before: tuple[int, int]
    after: tuple[int, int]
    bend: Bend | None = None

    def back(self, box: Box) -> Box:
        """Where a box of the turned picture stands on the picture as it was, both in points."""
        sine, cosine = sin(radians(self.angle)), cos(radians(self.angle))
        (old_x, old_y), (x, y) = ([size * 36 / DPI for size in sizes] for sizes in (self.before, self.after))
        on_x, on_y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
        if self.bend:
            on_x, on_y = (value * 72 / DPI for value in self.bend.at(on_x * DPI / 72, on_y * DPI / 72))
        across, down = on_x - x, on_y - y
        middle_x, middle_y = old_x + across * cosine - down * sine, old_y + across * sine + down * cosine
        wide, high = (box.x1 - box.x0) / 2, (box.bottom - box.top) / 2
        if round(self.angle / 90) % 2:
            wide, high = high, wide
        return Box(middle_x - wide, middle_y - high, middle_x + wide, middle_y + high)


class Prepared(NamedTuple):
    """A picture in grey with level lines, how it was turned, and the rules that were on it, in points."""

    picture: Image
    turn: Turn
    rules: list[Box]


def smoothed(picture: Image, resolution: float) -> Image:
    """A picture made larger from one of some dots an inch (nought where it was drawn anew): without the steps that the
    edges of letters then have, where it was coarse."""
    return picture.filter(GaussianBlur(_SOFT * DPI / resolution)) if 0 < resolution < _COARSEST else picture


def prepared(picture: Image) -> Prepared:
    """Make a picture at :data:`DPI` ready."""
    grey = _without_dirt(_without_stamps(picture))
    level = fromarray(grey)
    angle = _skew(level)
    if angle:
        level = level.rotate(angle, Resampling.BILINEAR, expand=True, fillcolor=255)
    strokes = _strokes(level)
    bend = bend_of(strokes.level.found, strokes.upright.found, level.size, _THICK)
    if bend:
        level = bend.straightened(level)
        strokes = _strokes(level)
    rules = _rules(*strokes)
    _wipe(level, rules)
    to_points = 72 / _HALF
    turn = Turn(angle, picture.size, level.size, bend)
    return Prepared(level, turn, [Box(*(v * to_points for v in rule)) for rule in rules])


# --------------------------------------------------------------------------- ink and paper


def _without_stamps(picture: Image) -> Grey:
    """The picture in grey and in even light. Of red ink as much is left as is darker than it: the black letters below a
    stamp."""
    shades = np.asarray(picture.convert("L"))
    light = _light(shades)
    grey = _evenly_lit(shades, light)
    if picture.mode in ("1", "L"):
        return grey
    thin = picture.convert("RGB").resize((picture.width // _THIN, picture.height // _THIN), Resampling.NEAREST)
    if np.count_nonzero(_redness(thin) > _RED) < _STAMP / _THIN**2:
        return grey
    redness = _redness(picture)
    stamped = redness > _RED
    beside = _counts((redness > _TINGE) & _around(stamped), 2 * _EDGE + 1) > 0
    red = _evenly_lit(
        np.asarray(picture.convert("RGB").getchannel("R"))[beside], light if light is None else light[beside]
    )
    (_, black), pale = _paper_and_ink(grey), np.percentile(red[stamped[beside]], _DARK_RED)
    share = (red - np.float32(black)) / max(pale - black, 1.0)
    grey = grey.copy()
    grey[beside] = black + (255 - black) * share.clip(0, 1)
    return grey


def _paper_and_ink(grey: Grey) -> tuple[float, float]:
    """How bright paper and ink are."""
    paper, ink = np.percentile(grey[::8, ::8], (70, 1)).tolist()
    return paper, min(ink, _FAINT * paper)  # a page with few letters has hardly any ink


def _redness(picture: Image) -> Grey:
    """By how much red outshines green and blue."""
    red, green, blue = (np.asarray(band, np.int16) for band in picture.convert("RGB").split())
    found: Grey = red - np.maximum(green, blue)
    return found


def _around(marked: Grey) -> Grey:
    """The squares that hold marked pixels and those beside them, all of their pixels marked."""
    high, wide = marked.shape
    whole = np.pad(marked, ((0, -high % _PATCH), (0, -wide % _PATCH)))
    squares: Grey = np.any(whole.reshape(-(-high // _PATCH), _PATCH, -1, _PATCH), axis=(1, 3))
    found: Grey = (_counts(squares, 3) > 0).repeat(_PATCH, axis=0).repeat(_PATCH, axis=1)[:high, :wide]
    return found


def _light(grey: Grey) -> Grey | None:
    """How bright the paper is around each pixel, of one where it is brightest; none where the light falls evenly."""
    side = _PATCH // _GRAIN
    high, wide = (size // _PATCH for size in grey.shape)
    if not high or not wide:
        return None
    some = grey[: high * _PATCH : _GRAIN, : wide * _PATCH : _GRAIN]
    patches = some.reshape(high, side, wide, side).swapaxes(1, 2).reshape(high, wide, side * side)
    paper = np.partition(patches, _PAPER, axis=2)[:, :, _PAPER] / 1.0
    least, brightest = np.percentile(paper, (5, 95))
    if least > _EVEN * brightest:
        return None
    paper = paper.clip(_SHADE * brightest)  # darker is a picture or what lies beside the sheet
    light = fromarray((paper * (255 / paper.max())).astype(np.uint8)).filter(BoxBlur(1))
    found: Grey = np.asarray(light.resize(grey.shape[::-1], Resampling.BILINEAR))
    return found


def _evenly_lit(grey: Grey, light: Grey | None) -> Grey:
    """A picture with paper as bright everywhere, where the light fell unevenly on it or the sheet was bent."""
    if light is None:
        return grey
    lit: Grey = np.minimum(grey * (np.float32(255) / light), 255).astype(np.uint8)
    return lit


def _without_dirt(grey: Grey) -> Grey:
    """The picture with white paper and without specks."""
    paper, ink = _paper_and_ink(grey)
    if paper < 1:
        return np.full_like(grey, 255)
    stretch = (np.arange(256) - ink) / ((paper - ink) * _WHITE)
    clean: Grey = (stretch.clip(0, 1) * 255).astype(np.uint8)[grey]
    dark = clean < 255 * _DARK
    inner, outer = _counts(dark, _SPECK), _counts(dark, _SPECK + 2)
    alone = (inner > 0) & (inner == outer)
    clean[_counts(alone, _SPECK) > 0] = 255
    return clean


def _counts(dark: Grey, side: int) -> Grey:
    """How many dark pixels the square around each pixel holds; ``side`` is odd and at most 15."""
    counts = dark.astype(np.uint8)
    for axis in (0, 1):
        around = np.pad(counts, [(side // 2, side // 2) if a == axis else (0, 0) for a in (0, 1)])
        length = counts.shape[axis]
        counts = np.zeros_like(counts)
        for step in range(side):
            counts += around[step : step + length] if axis == 0 else around[:, step : step + length]
    return counts


# --------------------------------------------------------------------------- level


def _skew(picture: Image) -> float:
    """By how many degrees the lines go down: at that slope the rows hold most ink or none."""
    small = picture.resize((_SKEW_WIDTH, max(1, round(picture.height * _SKEW_WIDTH / picture.width))))
    ys, xs = np.nonzero(np.asarray(small) < 255 * _DARK)
    if not ys.size:
        return 0.0

    def sharpness(angle: float) -> tuple[float, float]:
        rows = np.rint(ys - xs * tan(radians(angle))).astype(int)
        return float((np.bincount(rows - rows.min()).astype(float) ** 2).sum()), -abs(angle)

    steps = round(_MOST_SKEW / _COARSE)
    coarse = max((i * _COARSE for i in range(-steps, steps + 1)), key=sharpness)
    near = round(_COARSE / _FINE)
    return max((coarse + i * _FINE for i in range(-near, near + 1)), key=sharpness)


# --------------------------------------------------------------------------- rules


class _Strokes(NamedTuple):
    """The long strokes along the rows of a picture in half its resolution, where that is dark, and how many pixels of
    each row are so before each column."""

    found: list[Stroke]
    dark: Grey
    sums: Grey


class _BothWays(NamedTuple):
    level: _Strokes
    upright: _Strokes  # along its columns


def _strokes(picture: Image) -> _BothWays:
    grey = np.asarray(picture)
    high, wide = grey.shape[0] // 2 * 2, grey.shape[1] // 2 * 2
    quarters = [grey[y:high:2, x:wide:2] for y in (0, 1) for x in (0, 1)]
    dark = np.minimum.reduce(quarters) < 255 * _DARK
    return _BothWays(_along(dark), _along(np.ascontiguousarray(dark.T)))


def _rules(level: _Strokes, upright: _Strokes) -> list[Box]:
    """The straight lines of a level picture, as boxes in pixels of half its resolution."""
    across = [Box(s.first, s.top, s.last, s.bottom) for s in _straight(level) if not _is_roof(level.dark, *s[:4])]
    rules = [*across, *(Box(s.top, s.first, s.bottom, s.last) for s in _straight(upright))]
    return rules if len(rules) <= _MOST_RULES else []


def _straight(strokes: _Strokes) -> list[Stroke]:
    return [s for s in strokes.found if s.bottom - s.top <= _THICK and _is_free(strokes.sums, *s[:4])]


def _along(dark: Grey) -> _Strokes:
    """The long strokes along the rows of what is dark, those that touch each other as one."""
    sums = np.pad(dark, ((0, 0), (1, 0))).cumsum(axis=1, dtype=np.int16)
    if sums.shape[1] <= _RULE:
        return _Strokes([], dark, sums)
    full = sums[:, _RULE:] - sums[:, :-_RULE] >= _WHOLE * _RULE
    edges = np.diff(np.pad(full, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows, firsts = np.nonzero(edges == 1)
    lasts = np.nonzero(edges == -1)[1] + _RULE - 1
    found: list[Stroke] = []
    for row, first, last in zip(rows.tolist(), firsts.tolist(), lasts.tolist(), strict=True):
        near = [s for s in found if row - s.bottom <= _STEP and s.first - _BREAK <= last and first <= s.last + _BREAK]
        for stroke in near:
            found.remove(stroke)
        middle = (first + last) // 2
        near.append(Stroke(row, first, row + 1, last, last - first, middle, middle))
        top, left, bottom, right, inked, *_ = map(list, zip(*near, strict=True))
        whole = min(top), min(left), max(bottom), max(right), sum(inked)
        found.append(Stroke(*whole, min(near).begins, middle))
    return _Strokes(found, dark, sums)


def _is_free(sums: Grey, top: int, first: int, bottom: int, last: int) -> bool:
    """Whether little stands just above and just below a stroke: the feet of letters in a row make one too."""
    beside = [*range(top - _BESIDE[1], top - _BESIDE[0] + 1), *range(bottom + _BESIDE[0] - 1, bottom + _BESIDE[1])]
    rows = [row for row in beside if 0 <= row < len(sums)]
    held = [int(sums[row, last]) - int(sums[row, first]) for row in rows]
    half = len(held) // 2
    return all(sum(side) <= _TOUCHED * (last - first) * len(side) for side in (held[:half], held[half:]))


def _is_roof(dark: Grey, top: int, first: int, bottom: int, last: int) -> bool:
    """Whether a short level stroke is the roof of letters side by side, as of TTg: stems stand below it."""
    end = _BESIDE[1]
    below = dark[bottom + _BESIDE[0] : bottom + end, first + end : last - end]
    return last - first <= _ROOF and below.size > 0 and float(below.mean()) > _STEMS


def _wipe(picture: Image, rules: list[Box]) -> None:
    """Take rules out of a picture."""
    for x0, top, x1, bottom in rules:
        picture.paste(255, (2 * round(x0) - 2, 2 * round(top) - 2, 2 * round(x1) + 2, 2 * round(bottom) + 2))


# --------------------------------------------------------------------------- letters


def strokes(word: Image) -> int:
    """How many upright strokes of full height open a word, one as far from the next: I, II and III are made of them."""
    dark = np.asarray(word) < 255 * _DARK
    rows = np.flatnonzero(dark.any(axis=1))
    if not rows.size:
        return 0
    dark = dark[rows[0] : rows[-1] + 1]
    high = len(dark)
    middle = dark[high // 3 : high - high // 3].mean(axis=0) >= _UPRIGHT
    edges = np.diff(np.pad(middle, 1).astype(np.int8))
    firsts, lasts = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    middles: list[float] = []
    for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True):
        step = (first + last) / 2 - middles[-1] if middles else 0.0
        even = len(middles) < 2 or abs(step - (middles[1] - middles[0])) <= _UNEVEN * step
        if dark[:, first:last].mean(axis=0).max() < _UPRIGHT or step > _NARROW * high or not even:
            break
        middles.append((first + last) / 2)
    return len(middles)
