"""What was stamped on a page after it was made: number and date of a digitally signed document.

Such stamps are appearances of annotations or form fields and are no part of the page's own text. They are drawn into
the page (in memory only) and their letters take their place among the page's own; the block that a signature shows of
itself (``Ký bởi: ...``, times) is left out.
"""

from __future__ import annotations

import ctypes
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from pipeline import layout
from pipeline.extract.pdf.glyphs import Glyph, Glyphs, glyphs

_SHOWN = (pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_FREETEXT)
_MOST = 500  # annotations of a page that are looked at


class _Rect(NamedTuple):
    x0: float
    top: float
    x1: float
    bottom: float

    def holds(self, glyph: Glyph) -> bool:
        """Whether a letter stands in the rectangle."""
        return self.x0 <= (glyph.x0 + glyph.x1) / 2 <= self.x1 and self.top <= glyph.base - 1 <= self.bottom


def page_with_stamps(file: Any, index: int) -> tuple[Any, Glyphs]:
    """A page of an open file and its letters, those of its stamps among them."""
    page = file[index]
    own = glyphs(page)
    rects = _rects(page)
    if not rects or pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) != pdfium.FLATTEN_SUCCESS:
        return page, own
    page.close()
    page = file[index]
    known = {_place(g) for g in own.letters}
    added = [g for g in glyphs(page).letters if _place(g) not in known]
    for rect in rects:
        shown = [g for g in added if rect.holds(g)]
        if layout.is_a("signature_block", "".join(g.letter for g in shown)):
            dropped = {_place(g) for g in shown}
            added = [g for g in added if _place(g) not in dropped]
    last = max((g.order for g in own.letters), default=0) + 2
    stamped = [g._replace(order=last + i, after=-1) for i, g in enumerate(added) if g.letter != " "]
    return page, Glyphs([*own.letters, *stamped], own.turn)


def _rects(page: Any) -> list[_Rect]:
    """The places of the annotations that show something, in points from the page's top left corner."""
    left, _, _, top = page.get_cropbox()
    rects: list[_Rect] = []
    for i in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST)):
        annotation = pdfium.FPDFPage_GetAnnot(page, i)
        rect = pdfium.FS_RECTF()
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        if kind in _SHOWN and pdfium.FPDFAnnot_GetRect(annotation, ctypes.byref(rect)):
            low, high = sorted((rect.bottom, rect.top))
            rects.append(_Rect(rect.left - left, top - high, rect.right - left, top - low))
        pdfium.FPDFPage_CloseAnnot(annotation)
    return rects


def _place(glyph: Glyph) -> tuple[str, int, int]:
    return glyph.letter, round(glyph.x0), round(glyph.base)
