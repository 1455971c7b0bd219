"""The glyphs of a PDF page, each with its place. Their order in the file means nothing here.

A page whose accented letters come from a second font draws these after all others, so text in stream order is letter
soup; the baseline and the box of each glyph still tell where it stands.
"""

from __future__ import annotations

import ctypes
import unicodedata
from math import hypot
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

_LEVEL = 0.1  # radians; text at another angle is a stamp, a watermark or a head along the margin
_NAME = 128


class Glyph(NamedTuple):
    """A letter on a page: its box and baseline in points from the top left corner, its size, its face."""

    letter: str
    x0: float
    x1: float
    base: float
    size: float
    bold: bool
    italic: bool


class _Frame:
    """From the coordinates of a page's content to those of the page as it is seen."""

    def __init__(self, page: Any) -> None:
        self._left, self._bottom, self._right, self._top = page.get_cropbox()
        self._turn = page.get_rotation() % 360

    def place(self, x: float, y: float) -> tuple[float, float]:
        if self._turn == 90:
            return y - self._bottom, x - self._left
        if self._turn == 180:
            return self._right - x, y - self._bottom
        if self._turn == 270:
            return self._top - y, self._right - x
        return x - self._left, self._top - y

    def is_level(self, angle: float) -> bool:
        """Whether text at an angle (counter-clockwise, in the content's coordinates) is read from left to right."""
        turned = (angle - self._turn * 3.14159265 / 180) % (2 * 3.14159265)
        return bool(min(turned, 2 * 3.14159265 - turned) < _LEVEL)


def glyphs(page: Any) -> list[Glyph]:
    """The visible letters of a page, with real spaces but none that the library made up."""
    text = page.get_textpage()
    try:
        return list(_glyphs(text.raw, text.count_chars(), _Frame(page)))
    finally:
        text.close()


def _glyphs(text: Any, count: int, frame: _Frame) -> list[Glyph]:
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    found: list[Glyph] = []
    size, bold, italic = 0.0, False, False
    last = (0.0, 0)
    for i in range(count):
        letter = chr(pdfium.FPDFText_GetUnicode(text, i) or 0xFFFD)
        if letter < " " or pdfium.FPDFText_IsGenerated(text, i) == 1:
            last = (0.0, 0)
            continue
        if not pdfium.FPDFText_GetLooseCharBox(text, i, box) or not pdfium.FPDFText_GetCharOrigin(text, i, x, y):
            continue
        if not frame.is_level(pdfium.FPDFText_GetCharAngle(text, i)):
            continue
        nominal, weight = pdfium.FPDFText_GetFontSize(text, i), pdfium.FPDFText_GetFontWeight(text, i)
        if (nominal, weight) != last or letter == " ":
            size, bold, italic = _face(text, i, nominal, weight)
            last = (nominal, weight)
        (x0, _), (x1, _) = frame.place(box.left, box.bottom), frame.place(box.right, box.top)
        if frame._turn in (90, 270):
            x0, x1 = sorted((x0, x1))
        _, base = frame.place(x.value, y.value)
        if found and unicodedata.combining(letter):
            found[-1] = found[-1]._replace(letter=found[-1].letter + letter)
        else:
            found.append(Glyph(letter, min(x0, x1), max(x0, x1), base, size, bold, italic))
    return found


def _face(text: Any, i: int, nominal: float, weight: int) -> tuple[float, bool, bool]:
    """The size of a letter on the page, and whether its font is bold or italic."""
    matrix = pdfium.FS_MATRIX()
    scale = hypot(matrix.c, matrix.d) if pdfium.FPDFText_GetMatrix(text, i, matrix) else 1.0
    name = ctypes.create_string_buffer(_NAME)
    pdfium.FPDFText_GetFontInfo(text, i, name, _NAME, ctypes.c_int())
    face = name.value.decode("latin-1").lower()
    return nominal * (scale or 1.0), weight >= 600 or "bold" in face, "italic" in face or "oblique" in face
