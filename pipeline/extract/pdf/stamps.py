"""What was stamped on a page after it was made: number and date of a digitally signed document.

Such stamps are appearances of annotations or form fields and are no part of the page's own text. They are drawn into
the page (in memory only) and their letters take their place among the page's own; the block that a signature shows of
itself (``Ký bởi: ...``, times) is left out.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pypdfium2.raw as pdfium

from pipeline import layout
from pipeline.extract.pdf.glyphs import Array, Glyphs, Told, ask, glyphs_told

_SHOWN = (pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_FREETEXT)
_MOST = 500  # annotations of a page that are looked at
_ASTRAY = 0.7  # of its size: how much higher or lower than its line a stamp may stand
_OVER = 0.3  # of its size: how far it may reach over what stands beside it
_PARTED = 1.5  # of its size: what stands farther apart was stamped apart
_WIDE = 3.0  # of its size: the most room beside it in the blank
_NOTHING = 2  # bytes of an appearance that is not there
_SMALL = 0.05  # how small a page is drawn that nobody looks at


class _Rect(NamedTuple):
    x0: float
    top: float
    x1: float
    bottom: float
    unseen: bool  # it has no appearance

    def holds(self, letters: Array) -> Array:
        """Which letters stand in the rectangle."""
        x, y = (letters["x0"] + letters["x1"]) / 2, letters["base"] - 1
        return np.asarray((self.x0 <= x) & (x <= self.x1) & (self.top <= y) & (y <= self.bottom))


class Stamps(NamedTuple):
    """The stamps of a page: its letters after they were drawn into it, and where they stand."""

    told: Told
    rects: list[_Rect]


def page_with_stamps(file: Any, index: int) -> tuple[Any, Told, Stamps | None]:
    """A page of an open file with its stamps drawn into it, what is told of its own letters, and its stamps."""
    page = file[index]
    own = ask(page)
    rects = _rects(page)
    if any(rect.unseen for rect in rects):
        page.render(scale=_SMALL)  # for which the library makes the appearances that the file leaves to its readers
    if not rects or pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) != pdfium.FLATTEN_SUCCESS:
        return page, own, None
    page.close()
    page = file[index]
    return page, own, Stamps(ask(page), rects)


def stamped(own: Glyphs, stamps: Stamps) -> Glyphs:
    """The letters of a page, those of its stamps among them."""
    known = set(_places(own.letters))
    ((drawn, _),) = glyphs_told([stamps.told])
    added = drawn.compress([place not in known for place in _places(drawn)])
    for rect in stamps.rects:
        shown = rect.holds(added)
        if layout.is_a("signature_block", "".join(map(chr, added["letter"][shown].tolist()))):
            added = added.compress(~shown)
    added = added.compress(added["letter"] != ord(" "))
    _set_into_lines(added, own.letters)
    added["order"] = np.arange(added.size) + own.letters["order"].max(initial=0) + 2
    added["spaced"] = False
    return Glyphs(np.concatenate([own.letters, added]), own.frame)


def _set_into_lines(added: Array, own: Array) -> None:
    """Give what was stamped into the blank of a line, a little too high or too low, the baseline of that line."""
    for base in np.unique(added["base"]).tolist():
        stamped = added["base"] == base
        size = float(added["size"][stamped].max())
        near = own.compress((abs(own["base"] - base) < _ASTRAY * size) & (own["letter"] != ord(" ")))
        for x0, x1, parts in _blanks(added, stamped, size):
            rows = [
                row
                for row in np.unique(near["base"]).tolist()
                if _is_blank(near.compress(near["base"] == row), x0, x1, size)
            ]
            if rows:
                added["base"][parts] = min(rows, key=lambda row: abs(row - base))


def _blanks(added: Array, stamped: Array, size: float) -> Iterator[tuple[float, float, Array]]:
    """The stretches of letters that were stamped on one baseline: where each begins and ends, and its letters."""
    at = stamped.nonzero()[0]
    at = at[np.argsort(added["x0"][at])]
    for part in np.split(at, (np.diff(added["x0"][at]) > _PARTED * size).nonzero()[0] + 1):
        yield float(added["x0"][part].min()), float(added["x1"][part].max()), part


def _is_blank(row: Array, x0: float, x1: float, size: float) -> bool:
    """Whether a row is blank from one place to another, with letters on either side of it."""
    left, right = row["x1"] <= x0 + _OVER * size, row["x0"] >= x1 - _OVER * size
    if not (left | right).all() or not left.any() or not right.any():
        return False
    return bool(x0 - row["x1"][left].max() < _WIDE * size and row["x0"][right].min() - x1 < _WIDE * size)


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
            unseen = pdfium.FPDFAnnot_GetAP(annotation, pdfium.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None, 0) <= _NOTHING
            rects.append(_Rect(rect.left - left, top - high, rect.right - left, top - low, unseen))
        pdfium.FPDFPage_CloseAnnot(annotation)
    return rects


def _places(letters: Array) -> list[tuple[int, float, float]]:
    """What letters are and where they stand, to a point."""
    columns = letters["letter"], letters["x0"].round(), letters["base"].round()
    return list(zip(*(column.tolist() for column in columns), strict=True))
