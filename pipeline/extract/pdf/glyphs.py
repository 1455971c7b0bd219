"""The glyphs of a PDF page, each with its place. Their order in the file means nothing here.

A page whose accented letters come from a second font draws these after all others, so text in stream order is letter
soup; the baseline and the box of each glyph still tell where it stands.
"""

from __future__ import annotations

import ctypes
import unicodedata
from math import hypot, pi
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

_QUARTER = pi / 2
_SLOPE = 0.06  # of a quarter turn: text that slopes more is a watermark
_NAME = 128
_HYPHEN = "\x02"  # what the library makes of a hyphen at the end of a line


class Glyph(NamedTuple):
    """A letter on a page: its box and baseline in points from the top left corner, its size, its face.

    ``after`` is the place in the file of the letter before which the library sees a space, -1 where it sees none.
    """

    letter: str
    x0: float
    x1: float
    base: float
    size: float
    bold: bool
    italic: bool
    order: int = 0
    after: int = -1


class Glyphs(NamedTuple):
    """The letters of a page, and by how many degrees the page was turned clockwise to make them level.

    Mostly that is the page's own rotation; a table set sideways on an upright page is turned too.
    """

    letters: list[Glyph]
    turn: int


def glyphs(page: Any) -> Glyphs:
    """The visible letters of a page, with real spaces but none that the library made up."""
    text = page.get_textpage()
    try:
        kept, spaces, turn = _level(text.raw, text.count_chars())
        return Glyphs(_glyphs(text.raw, kept, spaces, _Frame(page.get_cropbox(), turn)), turn)
    finally:
        text.close()


def _level(text: Any, count: int) -> tuple[list[int], set[int], int]:
    """The letters that stand at the angle of most, the spaces made up between them, and the turn that levels them.

    Others are stamps, watermarks and heads along the margin.
    """
    turns: dict[int, list[int]] = {}
    spaces: set[int] = set()
    for i in range(count):
        if pdfium.FPDFText_IsGenerated(text, i) == 1:
            spaces.add(i)
            continue
        quarters = -pdfium.FPDFText_GetCharAngle(text, i) / _QUARTER
        if abs(quarters - round(quarters)) < _SLOPE:
            turns.setdefault(round(quarters) % 4, []).append(i)
    turn = max(turns, key=lambda t: len(turns[t]), default=0)
    return turns.get(turn, []), spaces, 90 * turn


class _Frame:
    """From the coordinates of a page's content to those of the page as it is read."""

    def __init__(self, box: tuple[float, float, float, float], turn: int) -> None:
        self._left, self._bottom, self._right, self._top = box
        self._turn = turn

    def place(self, x: float, y: float) -> tuple[float, float]:
        if self._turn == 90:
            return y - self._bottom, x - self._left
        if self._turn == 180:
            return self._right - x, y - self._bottom
        if self._turn == 270:
            return self._top - y, self._right - x
        return x - self._left, self._top - y


def _glyphs(text: Any, kept: list[int], spaces: set[int], frame: _Frame) -> list[Glyph]:
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    found: list[Glyph] = []
    size, bold, italic = 0.0, False, False
    known = (0.0, 0, -1)  # size, weight and place of the last letter whose face was asked for
    for i in kept:
        letter = chr(pdfium.FPDFText_GetUnicode(text, i) or 0xFFFD)
        letter = "-" if letter == _HYPHEN else letter
        if letter < " ":
            continue
        if not pdfium.FPDFText_GetLooseCharBox(text, i, box) or not pdfium.FPDFText_GetCharOrigin(text, i, x, y):
            continue
        nominal, weight = pdfium.FPDFText_GetFontSize(text, i), pdfium.FPDFText_GetFontWeight(text, i)
        if (nominal, weight, i) != known or letter == " ":
            size, bold, italic = _face(text, i, nominal, weight)
        known = (nominal, weight, i + 1)
        xs = frame.place(box.left, box.bottom)[0], frame.place(box.right, box.top)[0]
        _, base = frame.place(x.value, y.value)
        if found and unicodedata.combining(letter):
            found[-1] = found[-1]._replace(letter=found[-1].letter + letter)
        else:
            after = i - 2 if i - 1 in spaces else -1
            found.append(Glyph(letter, min(xs), max(xs), base, size, bold, italic, i, after))
    return found


def _face(text: Any, i: int, nominal: float, weight: int) -> tuple[float, bool, bool]:
    """The size of a letter on the page, and whether its font is bold or italic."""
    matrix = pdfium.FS_MATRIX()
    scale = hypot(matrix.c, matrix.d) if pdfium.FPDFText_GetMatrix(text, i, matrix) else 1.0
    name = ctypes.create_string_buffer(_NAME)
    pdfium.FPDFText_GetFontInfo(text, i, name, _NAME, ctypes.c_int())
    face = name.value.decode("latin-1").lower()
    return nominal * (scale or 1.0), weight >= 600 or "bold" in face, "italic" in face or "oblique" in face
