"""What is drawn on a page beside its letters: rules, pictures, shapes."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from pipeline.extract.pdf.glyphs import Frame
from pipeline.extract.pdf.native import address, quick, told, told_of
from pipeline.model import Box

THIN = 3.0  # points: a thinner shape is a rule
_DEEPEST = 3  # forms within forms
_MOST = 20_000  # shapes of a page that are looked at
_RECTANGLE = 5  # segments of a rectangle
_STRAIGHT = 0.5  # points that a level or upright line strays

_object = quick(pdfium.FPDFPage_GetObject, ctypes.c_size_t)
_kind = quick(pdfium.FPDFPageObj_GetType)

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
_PLAIN: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Drawn(NamedTuple):
    """The rules of a page, boxes without width or without height; the square points that pictures cover; how many other
    shapes there are."""

    rules: list[Box]
    pictured: float
    shapes: int


def drawn(page: Any, frame: Frame) -> Drawn:
    """What is drawn on a page, placed as its letters are."""
    rules: list[Box] = []
    pictured, shapes = 0.0, 0
    for kind, thing, matrix in _things(page):
        low, high = _bounds(thing, matrix)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictured += (high[0] - low[0]) * (high[1] - low[1])
            continue
        shapes += 1
        if shapes > _MOST:
            break
        strokes = [(low, high)] if _is_thin(low, high) else _strokes(thing, matrix)
        rules += [_rule(frame.place(*a), frame.place(*b)) for a, b in strokes]
    return Drawn(rules, pictured, shapes)


def _things(page: Any) -> Iterator[tuple[int, Any, Matrix]]:
    """The pictures and shapes of a page, each with the matrix of the form that it is in."""
    text, form = pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_FORM
    places = range(max(pdfium.FPDFPage_CountObjects(page.raw), 0))
    waiting = [(told(_object, page.raw, places, "u8").tolist(), _PLAIN, 1)]
    while waiting:
        found, matrix, depth = waiting.pop()
        kinds = told_of(_kind, found, "i4").tolist()
        for thing, kind in zip(found, kinds, strict=True):
            if kind == text:
                continue
            pointer = ctypes.cast(thing, pdfium.FPDF_PAGEOBJECT)
            if kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_PATH):
                yield kind, pointer, matrix
            elif kind == form and depth < _DEEPEST:
                count = pdfium.FPDFFormObj_CountObjects(pointer)
                parts = [address(pdfium.FPDFFormObj_GetObject(pointer, i)) for i in range(count)]
                waiting.append((parts, _times(_matrix(pointer), matrix), depth + 1))


def _bounds(thing: Any, matrix: Matrix) -> tuple[Point, Point]:
    """The lower left and the upper right corner of a picture or shape."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(thing, left, bottom, right, top)
    (x0, y0), (x1, y1) = _moved((left.value, bottom.value), matrix), _moved((right.value, top.value), matrix)
    return (min(x0, x1), min(y0, y1)), (max(x0, x1), max(y0, y1))


def _strokes(shape: Any, matrix: Matrix) -> Iterator[tuple[Point, Point]]:
    """The rules that a wide shape consists of: the level and upright sides of what is outlined, thin parts of what is
    only filled; a shade behind text has none."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    outlined = bool(pdfium.FPDFPath_GetDrawMode(shape, fill, stroke)) and bool(stroke.value)
    if not outlined and pdfium.FPDFPath_CountSegments(shape) <= _RECTANGLE:
        return
    for part in _parts(shape, _times(_matrix(shape), matrix)):
        if outlined:
            yield from ((a, b) for a, b in pairwise(part) if _is_straight(a, b))
        else:
            low, high = tuple(map(min, zip(*part, strict=True))), tuple(map(max, zip(*part, strict=True)))
            if _is_thin(low, high):
                yield low, high


def _parts(shape: Any, matrix: Matrix) -> Iterator[list[Point]]:
    """The parts of a shape as the corners of their straight lines."""
    part: list[Point] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for i in range(pdfium.FPDFPath_CountSegments(shape)):
        segment = pdfium.FPDFPath_GetPathSegment(shape, i)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        if pdfium.FPDFPathSegment_GetType(segment) != pdfium.FPDF_SEGMENT_LINETO and part:
            yield part
            part = []
        part.append(_moved((x.value, y.value), matrix))
        if pdfium.FPDFPathSegment_GetClose(segment):
            part.append(part[0])
    if part:
        yield part


def _is_straight(a: Point, b: Point) -> bool:
    return min(abs(a[0] - b[0]), abs(a[1] - b[1])) < _STRAIGHT


def _is_thin(low: Point, high: Point) -> bool:
    return min(high[0] - low[0], high[1] - low[1]) <= THIN


def _rule(a: Point, b: Point) -> Box:
    """A thin box as the line in its middle."""
    x0, x1 = sorted((a[0], b[0]))
    top, bottom = sorted((a[1], b[1]))
    if x1 - x0 > bottom - top:
        return Box(x0, (top + bottom) / 2, x1, (top + bottom) / 2)
    return Box((x0 + x1) / 2, top, (x0 + x1) / 2, bottom)


def _matrix(thing: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(thing, matrix):
        return _PLAIN
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _moved(point: Point, matrix: Matrix) -> Point:
    x, y = point
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _times(first: Matrix, then: Matrix) -> Matrix:
    """One matrix after another."""
    a, b, c, d, _, _ = then
    across, down = (first[0], first[1]), (first[2], first[3])
    moved = _moved((first[4], first[5]), then)
    (p, q), (r, s) = ((a * x + c * y, b * x + d * y) for x, y in (across, down))
    return p, q, r, s, *moved
