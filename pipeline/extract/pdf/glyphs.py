"""The glyphs of a PDF page, each with its place. Their order in the file means nothing here.

A page whose accented letters come from a second font draws these after all others, so text in stream order is letter
soup; the baseline and the box of each glyph still tell where it stands.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise, starmap
from math import pi
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from pipeline.extract.pdf import letters
from pipeline.extract.pdf.native import argument, filled, quick, told, told_of
from pipeline.normalise.measure import width

_QUARTER = pi / 2
_SLOPE = 0.06  # of a quarter turn: text that slopes more is a watermark
_NAME = 128
_HYPHENS = [0x02, 0xFFFE]  # what the library makes of a hyphen at the end of a line
_UNKNOWN = 0xFFFD
_LEAST_SHARE = 0.05  # of the letter size: what a letter or a space is wide at least
_STEP = 8  # letters of which the first is asked what it is drawn by
_HEAVY = 600  # the least weight of a bold font
_BOLD, _ITALIC = 1, 2

_code = quick(pdfium.FPDFText_GetUnicode, ctypes.c_uint)
_box = quick(pdfium.FPDFText_GetLooseCharBox, None)
_origin = quick(pdfium.FPDFText_GetCharOrigin, None)
_matrix = quick(pdfium.FPDFText_GetMatrix, None)
_size = quick(pdfium.FPDFText_GetFontSize, ctypes.c_double)
_object = quick(pdfium.FPDFText_GetTextObject, ctypes.c_size_t)
_font = quick(pdfium.FPDFTextObj_GetFont, ctypes.c_size_t)
_weight = quick(pdfium.FPDFFont_GetWeight)
_name = quick(pdfium.FPDFFont_GetBaseFontName, ctypes.c_size_t)
_written = quick(pdfium.FPDFText_GetText)
_room = ctypes.create_string_buffer(_NAME)

_meant = np.arange(0x10000, dtype=np.uint32)  # letters by the code that the library gives
_meant[_HYPHENS] = ord("-")

GLYPH = np.dtype(
    [
        ("letter", "u4"), ("x0", "f8"), ("x1", "f8"), ("base", "f8"), ("size", "f8"),
        ("kind", "u1"), ("bold", "?"), ("italic", "?"), ("spaced", "?"), ("order", "i4"),
    ],
    align=True,
)  # fmt: skip
"""A letter on a page: its code point; its left and right edge and its baseline in points from the page's top left
corner; its size; its kind (see ``letters``) and face; whether the library sees a space before it that the file has not;
its place in the file."""

Array = NDArray[Any]

_BYTES = np.dtype(("V", GLYPH.itemsize))


def joined(parts: Sequence[Array]) -> Array:
    """Letters one after another; as mere bytes, for numpy would copy each field of each letter by itself."""
    return np.concatenate([part.view(_BYTES) for part in parts]).view(GLYPH)


class WholeWord(NamedTuple):
    """A word whose letters have no places of their own: its box, its baseline and its size."""

    text: str
    x0: float
    x1: float
    base: float
    size: float


def spread(words: Sequence[WholeWord]) -> Array:
    """The letters of words, each with its share of the word's box, and a space after each word."""
    found = np.zeros(sum(len(word.text) + 1 for word in words), GLYPH)
    at = 0
    for word in words:
        count = len(word.text)
        shares = np.array([max(width(c), _LEAST_SHARE) for c in word.text])
        edges = word.x0 + (word.x1 - word.x0) * np.concatenate(([0.0], np.cumsum(shares) / shares.sum()))
        place = found[at : at + count + 1]
        place["letter"] = [*map(ord, word.text), ord(" ")]
        place["x0"], place["x1"] = edges, np.append(edges[1:], word.x1 + _LEAST_SHARE * word.size)
        place["base"], place["size"] = word.base, word.size
        at += count + 1
    found["kind"], found["order"] = letters.kinds(found["letter"]), np.arange(found.size)
    return found


class Frame:
    """From the coordinates of a page's content to those of the page as it is read, turned clockwise by so many degrees
    that its letters are level.

    Mostly that is the page's own rotation; a table set sideways on an upright page is turned too.
    """

    def __init__(self, corners: Sequence[float], turn: int) -> None:
        self._left, self._bottom, self._right, self._top = corners
        self.turn = turn

    def across(self, x: Any, y: Any) -> Any:
        """How far numbers or arrays of them are from the left."""
        if self.turn == 90:
            return y - self._bottom
        if self.turn == 180:
            return self._right - x
        return x - self._left if self.turn == 0 else self._top - y

    def down(self, x: Any, y: Any) -> Any:
        """How far they are from the top."""
        if self.turn == 90:
            return x - self._left
        if self.turn == 180:
            return y - self._bottom
        return self._top - y if self.turn == 0 else self._right - x


class Glyphs(NamedTuple):
    """The letters of a page, an array of ``GLYPH``, and the frame in which they stand."""

    letters: Array
    frame: Frame


class Told(NamedTuple):
    """What the library tells of the letters of a page: the corners of what is shown of it; of each letter its code, its
    place in the file, its box and whether a space was made up before it; of each run of letters that are drawn together
    how many they are, and their matrix, origin, size and face."""

    corners: Sequence[float]  # left, bottom, right, top
    codes: Array
    order: Array
    boxes: Array  # left, top, right, bottom
    spaced: Array
    lengths: Array
    matrices: Array
    origins: Array
    sizes: Array
    faces: Array


_in_all = attrgetter("codes", "order", "spaced", "lengths", "matrices", "sizes", "faces")


def glyphs(page: Any) -> Glyphs:
    """The visible letters of a page, with real spaces but none that the library made up."""
    return glyphs_told([ask(page)])[0]


# --------------------------------------------------------------------------- what the library tells


def ask(page: Any) -> Told:
    """What the library tells of the letters of an open page."""
    text = pdfium.FPDFText_LoadPage(page.raw)
    try:
        return _told(page.get_cropbox(), argument(text), max(pdfium.FPDFText_CountChars(text), 0))
    finally:
        pdfium.FPDFText_ClosePage(text)


def _told(corners: Sequence[float], text: Any, count: int) -> Told:
    codes = _codes(text, count)
    boxes = filled(_box, ctypes.c_float, (4,), text, range(count))
    made_up = (codes == ord(" ")) & (boxes[:, 1] == boxes[:, 3])  # what the library makes up has no extent
    at = ((codes >= ord(" ")) & ~made_up).nonzero()[0]
    spaced = np.concatenate(([False], made_up)).take(at)
    codes, boxes = codes.take(at), boxes.take(at, axis=0)

    objects = _objects(text, at)
    firsts, lengths = _cut(objects[1:] != objects[:-1], at.size)
    places = at[firsts].tolist()
    matrices = filled(_matrix, ctypes.c_float, (6,), text, places)
    origins = filled(_origin, ctypes.c_double, (1, 1), text, places)
    sizes = told(_size, text, places, "f8")
    fonts = told_of(_font, objects[firsts].tolist(), "u8").tolist()
    faces = {font: _face(font) for font in set(fonts)}
    of_runs = lengths, matrices, origins, sizes, np.fromiter(map(faces.__getitem__, fonts), np.uint8)
    return Told(corners, codes, at, boxes, spaced, *of_runs)


def _codes(text: Any, count: int) -> Array:
    """The letters of a text as code points."""
    room = np.empty(count + 1, np.uint16)
    if _written(text, 0, count, ctypes.c_void_p(room.ctypes.data)) == count + 1:
        return _meant.take(room[:count])
    codes = told(_code, text, range(count), "u4")  # some letters have no code, others need two numbers
    codes[codes == 0] = _UNKNOWN
    return np.where(codes < _meant.size, _meant.take(codes, mode="clip"), codes)


def _objects(text: Any, drawn: Array) -> Array:
    """What each letter is drawn by: asked for the ends of lines, after which the library makes letters up, and further
    in lines whose ends differ."""
    firsts, lengths = _cut(drawn[1:] - drawn[:-1] > 2, drawn.size)
    ends = told(_object, text, drawn[np.concatenate((firsts, firsts + lengths - 1))].tolist(), "u8")
    found = ends[: firsts.size].repeat(lengths)
    mixed = (ends[: firsts.size] != ends[firsts.size :]).repeat(lengths)
    if mixed.any():
        found[mixed] = _mixed_objects(text, drawn[mixed])
    return found


def _cut(begins: Array, count: int) -> tuple[Array, Array]:
    """Where the parts of so many letters begin, and how many each has; told is for each letter but the first whether
    one begins there."""
    firsts = np.concatenate(([True], begins)).nonzero()[0][:count]
    return firsts, np.concatenate((firsts[1:], [count])) - firsts


def _mixed_objects(text: Any, drawn: Array) -> Array:
    """The same, asked for some letters only, and for those between where two of them differ."""
    known = told(_object, text, drawn[::_STEP].tolist(), "u8")
    found = np.repeat(known, _STEP)[: drawn.size]
    unsure = np.repeat(np.concatenate((known[1:] != known[:-1], [True])), _STEP)[: drawn.size]
    unsure[::_STEP] = False
    found[unsure] = told(_object, text, drawn[unsure].tolist(), "u8")
    return found


def _face(font: int) -> int:
    """Whether a font is bold or italic, as a sum."""
    if not font:
        return 0
    pointer = ctypes.c_void_p(font)
    _name(pointer, _room, _NAME)
    name = _room.value.lower()
    bold = _weight(pointer) >= _HEAVY or b"bold" in name
    return _BOLD * bold + _ITALIC * (b"italic" in name or b"oblique" in name)


# --------------------------------------------------------------------------- what is made of it


def glyphs_told(pages: Sequence[Told]) -> list[Glyphs]:
    """The visible letters of pages, for all of them at once: it takes hardly longer than for those of one."""
    fields = zip(*map(_in_all, pages), strict=True)
    codes, order, spaced, lengths, matrices, sizes, faces = map(np.concatenate, fields)
    a, c, d = matrices[:, 0], matrices[:, 2], matrices[:, 3]
    turns = _turns(a, c)
    scale = np.hypot(c, d)
    scale[~(scale > 0)] = 1.0
    base, shown = np.empty(lengths.size), np.empty(lengths.size, bool)
    start, end = np.empty(codes.size), np.empty(codes.size)
    frames: list[Frame] = []
    ats, runs = _places(page.codes for page in pages), _places(page.lengths for page in pages)
    for page, at, run in zip(pages, ats, runs, strict=True):
        frame = Frame(page.corners, _turn(turns[run], page.lengths))
        left, top, right, bottom = page.boxes.T
        start[at], end[at] = frame.across(left, bottom), frame.across(right, top)
        base[run], shown[run] = frame.down(*page.origins.T), turns[run] == frame.turn / 90
        frames.append(frame)

    drawn = np.empty(lengths.size, GLYPH)
    drawn["base"], drawn["size"] = base, sizes * scale
    drawn["bold"], drawn["italic"] = (faces & _BOLD) > 0, (faces & _ITALIC) > 0
    found = drawn.repeat(lengths)
    found["letter"], found["kind"], found["order"], found["spaced"] = codes, letters.kinds(codes), order, spaced
    x0 = np.minimum(start, end)
    found["x0"], found["x1"] = x0, np.maximum(start, end)
    # a damaged page may give letters no place, or one without bounds
    placed = np.isfinite(base) & np.isfinite(drawn["size"])
    seen = (shown & placed).repeat(lengths) & np.isfinite(x0) & np.isfinite(found["x1"])
    parts = (found[at] if seen[at].all() else found[at].compress(seen[at]) for at in ats)
    return [Glyphs(_composed(part), frame) for part, frame in zip(parts, frames, strict=True)]


def _places(pages: Iterable[Array]) -> list[slice]:
    """Where each of several arrays is in all of them together."""
    ends = [0, *accumulate(page.size for page in pages)]
    return list(starmap(slice, pairwise(ends)))


def _turns(a: Array, c: Array) -> Array:
    """How many quarters of a circle letters are turned, given by their matrices; -1 where they slope."""
    quarters = -np.arctan2(c, a) / _QUARTER
    nearest = np.round(quarters)
    return np.where(abs(quarters - nearest) < _SLOPE, nearest % 4, -1)


def _turn(turns: Array, lengths: Array) -> int:
    """By how many degrees most letters stand turned; others are stamps, watermarks and heads along the margin."""
    if not turns.any():
        return 0
    level = turns >= 0
    return 90 * int(np.bincount(turns[level].astype(int), lengths[level], 4).argmax())


def _composed(found: Array) -> Array:
    """The letters, marks that were drawn by themselves made one with the letters that bear them."""
    marks = (found["kind"] & letters.MARK).nonzero()[0]
    joined: list[int] = []
    bearer = -1
    for at in marks.tolist():
        bearer = bearer if joined and joined[-1] == at - 1 else at - 1
        both = unicodedata.normalize("NFC", "".join(map(chr, found["letter"][[bearer, at]])))
        if bearer >= 0 and len(both) == 1:
            found["letter"][bearer] = ord(both)
            joined.append(at)
    if joined:
        found = np.delete(found, joined)
        found["kind"] = letters.kinds(found["letter"])
    return found
