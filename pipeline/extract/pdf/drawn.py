"""What is drawn on a page beside its letters: rules, pictures, shapes."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import compress, pairwise
from typing import Any, NamedTuple

import numpy as np
import pypdfium2.raw as pdfium

from pipeline.extract.pdf.glyphs import Array, Frame
from pipeline.extract.pdf.native import address, argument, filled_of, quick, told, told_of
from pipeline.model import Box

THIN = 3.0  # points: a thinner shape is a rule
_DEEPEST = 3  # forms within forms
_MOST = 20_000  # shapes of a page that are looked at
_RECTANGLE = 5  # segments of a rectangle
_LONGEST = 1_000  # segments of a path that may be a grid
_STRAIGHT = 0.5  # points that a level or upright line strays

_object = quick(pdfium.FPDFPage_GetObject, ctypes.c_size_t)
_kind = quick(pdfium.FPDFPageObj_GetType)
_bounds = quick(pdfium.FPDFPageObj_GetBounds, None)
_KINDS = (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_FORM)

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
_PLAIN: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Drawn(NamedTuple):
    """The opposite corners of the rules of a page, as its content has them; the square points that pictures cover; how
    many other shapes there are; the resolution of its greatest picture in dots an inch, nought without one."""

    rules: list[tuple[Array, Array]]
    pictured: float
    shapes: int
    resolution: float


def drawn(page: Any) -> Drawn:
    """What is drawn on an open page."""
    rules: list[tuple[Array, Array]] = []
    pictured, shapes = 0.0, 0
    greatest, resolution = 0.0, 0.0
    for pictures, paths, matrix in _layers(page):
        if pictures:
            low, high = _corners(pictures, matrix)
            covered = (high - low).prod(axis=1)
            pictured += float(covered.sum())
            if covered.max() > greatest:
                greatest = float(covered.max())
                resolution = 72 * (_dots(pictures[int(covered.argmax())]) / greatest) ** 0.5
        if paths := paths[: _MOST - shapes]:
            shapes += len(paths)
            low, high = _corners(paths, matrix)
            thin = (high - low).min(axis=1) <= THIN
            rules.append((low[thin], high[thin]))
            if strokes := [s for path in compress(paths, ~thin) for s in _strokes(_pointer(path), matrix)]:
                ends = np.array(strokes)
                rules.append((ends[:, 0], ends[:, 1]))
    return Drawn(rules, pictured, shapes, resolution)


def rules_of(shown: Drawn, frame: Frame) -> list[Box]:
    """The rules of a page, placed as its letters are: boxes without width or without height."""
    return [rule for a, b in shown.rules for rule in _rules(a, b, frame)]


def _layers(page: Any) -> Iterator[tuple[list[int], list[int], Matrix]]:
    """The pictures and the paths of a page and of each form on it, and the matrix that places them."""
    places = range(max(pdfium.FPDFPage_CountObjects(page.raw), 0))
    waiting = [(told(_object, argument(page.raw), places, "u8"), _PLAIN, 1)]
    while waiting:
        things, matrix, depth = waiting.pop()
        kinds = told_of(_kind, things.tolist(), "i4")
        pictures, paths, forms = (things[kinds == kind].tolist() for kind in _KINDS)
        yield pictures, paths, matrix
        for form in forms if depth < _DEEPEST else ():
            pointer = _pointer(form)
            parts = [pdfium.FPDFFormObj_GetObject(pointer, i) for i in range(pdfium.FPDFFormObj_CountObjects(pointer))]
            waiting.append((np.array([address(p) for p in parts], "u8"), _times(_matrix(pointer), matrix), depth + 1))


def _pointer(thing: int) -> Any:
    return ctypes.cast(thing, pdfium.FPDF_PAGEOBJECT)


def _dots(picture: int) -> int:
    """How many dots a picture has."""
    wide, high = ctypes.c_uint(), ctypes.c_uint()
    pdfium.FPDFImageObj_GetImagePixelSize(_pointer(picture), wide, high)
    return wide.value * high.value


def _corners(things: list[int], matrix: Matrix) -> tuple[Array, Array]:
    """The lower left and the upper right corners of pictures or paths."""
    found = filled_of(_bounds, ctypes.c_float, (1, 1, 1, 1), things)  # left, bottom, right, top
    a, b = (np.stack(_moved((found[:, i], found[:, i + 1]), matrix), axis=1) for i in (0, 2))
    return np.minimum(a, b), np.maximum(a, b)


def _strokes(shape: Any, matrix: Matrix) -> Iterator[tuple[Point, Point]]:
    """The rules that a wide shape consists of: the level and upright sides of what is outlined, thin parts of what is
    only filled; a shade behind text has none."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    outlined = bool(pdfium.FPDFPath_GetDrawMode(shape, fill, stroke)) and bool(stroke.value)
    if not (0 if outlined else _RECTANGLE) < pdfium.FPDFPath_CountSegments(shape) <= _LONGEST:
        return
    for part in _parts(shape, _times(_matrix(shape), matrix)):
        if outlined:
            yield from ((a, b) for a, b in pairwise(part) if _is_straight(a, b))
        else:
            low, high = (
                (min(x for x, _ in part), min(y for _, y in part)),
                (max(x for x, _ in part), max(y for _, y in part)),
            )
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


def _rules(a: Array, b: Array, frame: Frame) -> list[Box]:
    """Thin boxes, given by opposite corners, as the lines in their middle."""
    (ax, ay), (bx, by) = ((frame.across(*end.T), frame.down(*end.T)) for end in (a, b))
    level = abs(ax - bx) > abs(ay - by)
    x, y = (ax + bx) / 2, (ay + by) / 2
    columns = (
        np.where(level, np.minimum(ax, bx), x), np.where(level, y, np.minimum(ay, by)),
        np.where(level, np.maximum(ax, bx), x), np.where(level, y, np.maximum(ay, by)),
    )  # fmt: skip
    return [Box(*rule) for rule in np.stack(columns, axis=1).tolist()]


def _matrix(thing: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(thing, matrix):
        return _PLAIN
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _moved(point: tuple[Any, Any], matrix: Matrix) -> tuple[Any, Any]:
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
