"""The glyphs of a PDF page, each with its place. Their order in the file means nothing here.

A page whose accented letters come from a second font draws these after all others, so text in stream order is letter
soup; the baseline and the box of each glyph still tell where it stands.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Sequence
from math import pi
from typing import Any, NamedTuple

import numpy as np
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from pipeline.extract.pdf import letters
from pipeline.extract.pdf.native import filled, quick, told, told_of
from pipeline.normalise.measure import width

_QUARTER = pi / 2
_SLOPE = 0.06  # of a quarter turn: text that slopes more is a watermark
_NAME = 128
_HYPHENS = (0x02, 0xFFFE)  # what the library makes of a hyphen at the end of a line
_UNKNOWN = 0xFFFD
_LEAST_SHARE = 0.05  # of the letter size: what a letter or a space is wide at least
_STEP = 8  # letters of which the first is asked what it is drawn by
_BOLD = 600  # the least weight of a bold font

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

    def __init__(self, page: Any, turn: int) -> None:
        self._left, self._bottom, self._right, self._top = page.get_cropbox()
        self.turn = turn

    def place(self, x: Any, y: Any) -> tuple[Any, Any]:
        """Numbers or arrays of them: how far from the left and from the top."""
        if self.turn == 90:
            return y - self._bottom, x - self._left
        if self.turn == 180:
            return self._right - x, y - self._bottom
        if self.turn == 270:
            return self._top - y, self._right - x
        return x - self._left, self._top - y


class Glyphs(NamedTuple):
    """The letters of a page, an array of ``GLYPH``, and the frame in which they stand."""

    letters: Array
    frame: Frame


def glyphs(page: Any) -> Glyphs:
    """The visible letters of a page, with real spaces but none that the library made up."""
    text = pdfium.FPDFText_LoadPage(page.raw)
    if not text:
        return Glyphs(np.empty(0, GLYPH), Frame(page, 0))
    try:
        return _glyphs(page, text, max(pdfium.FPDFText_CountChars(text), 0))
    finally:
        pdfium.FPDFText_ClosePage(text)


def _glyphs(page: Any, text: Any, count: int) -> Glyphs:
    codes = _codes(text, count)
    at = (codes >= ord(" ")).nonzero()[0]
    box = filled(_box, ctypes.c_float, (4,), text, at.tolist())  # left, top, right, bottom
    codes = codes.take(at)
    made_up = (codes == ord(" ")) & (box[:, 1] == box[:, 3])  # what the library makes up has no extent
    spaced = np.concatenate(([False], made_up[:-1]))
    if made_up.any():
        at, codes, box, spaced = (of.compress(~made_up, axis=0) for of in (at, codes, box, spaced))
    if not at.size:
        return Glyphs(np.empty(0, GLYPH), Frame(page, 0))
    runs = _Runs(text, at)
    frame = Frame(page, runs.turn())
    start, _ = frame.place(box[:, 0], box[:, 3])
    end, _ = frame.place(box[:, 2], box[:, 1])
    _, base = frame.place(runs.origin[:, 0], runs.origin[:, 1])

    found = np.empty(at.size, GLYPH)
    found["letter"], found["kind"], found["order"], found["spaced"] = codes, letters.kinds(codes), at, spaced
    found["x0"], found["x1"] = np.minimum(start, end), np.maximum(start, end)
    for name, values in (("base", base), ("size", runs.size), ("bold", runs.bold), ("italic", runs.italic)):
        found[name] = values.repeat(runs.lengths)
    level = (runs.turns == frame.turn / 90) & ~np.isnan(base)
    if not level.all() or np.isnan(found["x0"]).any():
        found = found.compress(level.repeat(runs.lengths) & ~np.isnan(found["x0"]))
    return Glyphs(_composed(found), frame)


def _codes(text: Any, count: int) -> Array:
    """The letters of a text as code points."""
    room = np.empty(count + 1, np.uint16)
    if _written(text, 0, count, ctypes.c_void_p(room.__array_interface__["data"][0])) == count + 1:
        codes = room[:count].astype(np.uint32)
    else:  # some letters have no code, others need two numbers
        codes = told(_code, text, range(count), "u4")
        codes[codes == 0] = _UNKNOWN
    codes[(codes == _HYPHENS[0]) | (codes == _HYPHENS[1])] = ord("-")
    return codes


class _Runs:
    """What letters that are drawn together have in common: the baseline's origin, the size, the face, the angle."""

    def __init__(self, text: Any, drawn: Array) -> None:
        objects = _objects(text, drawn)
        changes = (objects[1:] != objects[:-1]).nonzero()[0] + 1
        first = np.concatenate(([0], changes))
        self.lengths = np.concatenate((changes, [drawn.size])) - first
        places = drawn[first].tolist()
        matrix = filled(_matrix, ctypes.c_float, (6,), text, places)
        a, c, d = matrix[:, 0], matrix[:, 2], matrix[:, 3]
        self.origin = filled(_origin, ctypes.c_double, (1, 1), text, places)
        scale = np.hypot(c, d)
        scale[~(scale > 0)] = 1.0
        self.size = told(_size, text, places, "f8") * scale
        quarters = -np.arctan2(c, a) / _QUARTER
        nearest = np.round(quarters)
        self.turns = np.where(abs(quarters - nearest) < _SLOPE, nearest % 4, -1)
        fonts = told_of(_font, objects[first].tolist(), "u8").tolist()
        faces = {font: _face(font) for font in set(fonts)}
        self.bold = np.array([faces[font][0] for font in fonts])
        self.italic = np.array([faces[font][1] for font in fonts])

    def turn(self) -> int:
        """By how many degrees most letters stand turned; others are stamps, watermarks and heads along the margin."""
        level = self.turns >= 0
        return 90 * int(np.bincount(self.turns[level].astype(int), self.lengths[level], 4).argmax())


def _objects(text: Any, drawn: Array) -> Array:
    """What each letter is drawn by: asked for the ends of lines, after which the library makes letters up, and further
    in lines whose ends differ."""
    breaks = (np.diff(drawn) > 2).nonzero()[0]
    firsts, lasts = np.concatenate(([0], breaks + 1)), np.concatenate((breaks, [drawn.size - 1]))
    ends = told(_object, text, drawn[np.concatenate((firsts, lasts))].tolist(), "u8")
    lengths = lasts - firsts + 1
    found = ends[: firsts.size].repeat(lengths)
    mixed = (ends[: firsts.size] != ends[firsts.size :]).repeat(lengths)
    if mixed.any():
        found[mixed] = _mixed_objects(text, drawn[mixed])
    return found


def _mixed_objects(text: Any, drawn: Array) -> Array:
    """The same, asked for some letters only, and for those between where two of them differ."""
    known = told(_object, text, drawn[::_STEP].tolist(), "u8")
    found = np.repeat(known, _STEP)[: drawn.size]
    unsure = np.repeat(np.concatenate((known[1:] != known[:-1], [True])), _STEP)[: drawn.size]
    unsure[::_STEP] = False
    found[unsure] = told(_object, text, drawn[unsure].tolist(), "u8")
    return found


def _face(font: int) -> tuple[bool, bool]:
    """Whether a font is bold, and whether it is italic."""
    if not font:
        return False, False
    pointer = ctypes.c_void_p(font)
    _name(pointer, _room, _NAME)
    name = _room.value.lower()
    return _weight(pointer) >= _BOLD or b"bold" in name, b"italic" in name or b"oblique" in name


def _composed(found: Array) -> Array:
    """The letters, marks that were drawn by themselves made one with the letters that bear them."""
    marks = np.flatnonzero(found["kind"] & letters.MARK)
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
