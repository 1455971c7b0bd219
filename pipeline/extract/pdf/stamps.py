"""What was stamped on a page after it was made: number and date of a digitally signed document.

Such stamps are appearances of annotations or form fields and are no part of the page's own text. They are drawn into
the page (in memory only) and their letters take their place among the page's own; the block that a signature shows of
itself (``Ký bởi: ...``, times) is left out.
"""

from __future__ import annotations

import ctypes
from typing import Any, NamedTuple

import numpy as np
import pypdfium2.raw as pdfium

from pipeline import layout
from pipeline.extract.pdf.glyphs import Array, Glyphs, glyphs

_SHOWN = (pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_FREETEXT)
_MOST = 500  # annotations of a page that are looked at


class _Rect(NamedTuple):
    x0: float
    top: float
    x1: float
    bottom: float

    def holds(self, letters: Array) -> Array:
        """Which letters stand in the rectangle."""
        x, y = (letters["x0"] + letters["x1"]) / 2, letters["base"] - 1
        return np.asarray((self.x0 <= x) & (x <= self.x1) & (self.top <= y) & (y <= self.bottom))


def page_with_stamps(file: Any, index: int) -> tuple[Any, Glyphs]:
    """A page of an open file and its letters, those of its stamps among them."""
    page = file[index]
    own = glyphs(page)
    rects = _rects(page)
    if not rects or pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) != pdfium.FLATTEN_SUCCESS:
        return page, own
    page.close()
    page = file[index]
    known = set(_places(own.letters))
    drawn = glyphs(page).letters
    added = drawn.compress([place not in known for place in _places(drawn)])
    for rect in rects:
        shown = rect.holds(added)
        if layout.is_a("signature_block", "".join(map(chr, added["letter"][shown].tolist()))):
            added = added.compress(~shown)
    added = added.compress(added["letter"] != ord(" "))
    added["order"] = np.arange(added.size) + own.letters["order"].max(initial=0) + 2
    added["spaced"] = False
    return page, Glyphs(np.concatenate([own.letters, added]), own.frame)


def _rects(page: Any) -> list[_Rect]:
    """The places of the annotations that show something, in points from the page's top left corner."""
    count = min(pdfium.FPDFPage_GetAnnotCount(page), _MOST)
    left, _, _, top = page.get_cropbox() if count > 0 else (0, 0, 0, 0)
    rects: list[_Rect] = []
    for i in range(count):
        annotation = pdfium.FPDFPage_GetAnnot(page, i)
        rect = pdfium.FS_RECTF()
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        if kind in _SHOWN and pdfium.FPDFAnnot_GetRect(annotation, ctypes.byref(rect)):
            low, high = sorted((rect.bottom, rect.top))
            rects.append(_Rect(rect.left - left, top - high, rect.right - left, top - low))
        pdfium.FPDFPage_CloseAnnot(annotation)
    return rects


def _places(letters: Array) -> list[tuple[int, float, float]]:
    """What letters are and where they stand, to a point."""
    columns = letters["letter"], letters["x0"].round(), letters["base"].round()
    return list(zip(*(column.tolist() for column in columns), strict=True))
