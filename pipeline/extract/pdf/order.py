"""The order in which the rows of a page are read; a letterhead's two columns one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from pipeline import layout
from pipeline.extract.pdf.lines import Row
from pipeline.model import Box, Line

_GUTTER = 5.0  # points that stay free between two columns over several lines
_BESIDE = 0.9  # of the letter size: baselines nearer than this stand beside each other
_APART = 2.2  # of the letter size: a wider step leaves a block


def in_reading_order(rows: list[Row], page_width: float) -> list[Line]:
    """The lines of rows; where a letterhead or signature block has two columns, the left one comes first."""
    lines: list[Line] = []
    beside = [below.base - row.base < _BESIDE * row.size for row, below in pairwise(rows)]
    at = 0
    while at < len(rows):
        segments = rows[at].segments
        if len(segments) == 1:
            if at == len(beside) or not beside[at]:
                lines.append(segments[0])
                at += 1
                continue
            segments = segments + rows[at + 1].segments
        gutter = _gutter(segments)
        end = _columns_end(rows, at, gutter) if gutter else at
        if gutter and any(_is_form(row) for row in rows[at:end]):
            lines += _by_column(rows[at:end], sum(gutter) / 2)
            at = end
        else:
            lines.append(_whole(rows[at]))
            at += 1
    _centre(lines, page_width)
    return lines


def _gutter(segments: list[Line]) -> tuple[float, float] | None:
    """The free space between two columns that begin with segments on one baseline, or on two that are hardly apart."""
    if len(segments) != 2:
        return None
    boxes = sorted(s.box for s in segments if s.box)
    if len(boxes) != 2 or boxes[1].x0 - boxes[0].x1 < _GUTTER:
        return None
    return boxes[0].x1, boxes[1].x0


def _columns_end(rows: list[Row], at: int, gutter: tuple[float, float]) -> int:
    """The first row below that leaves the two columns."""
    low, high = gutter
    for end in range(at + 1, len(rows)):
        row = rows[end]
        narrowed = _narrowed((low, high), row)
        apart = row.base - rows[end - 1].base > _APART * max(row.size, rows[end - 1].size)
        text = row.segments[0].text
        if narrowed is None or (len(row.segments) == 1 and _is_below(text, apart, row.segments[0], high)):
            return end
        low, high = narrowed
    return len(rows)


def _is_below(text: str, apart: bool, line: Line, high: float) -> bool:
    """Whether a row of one segment is no part of the columns above it."""
    left = line.box is not None and line.box.x1 < high
    return (
        layout.is_type_line(text)
        or layout.is_a("preamble", text)
        or layout.is_a("label", text)
        or (apart and left and not layout.is_a("bullet", text) and not layout.is_a("recipients", text))
    )


def _is_form(row: Row) -> bool:
    return any(layout.is_a(form, s.text) for s in row.segments for form in ("letterhead", "recipients", "signature"))


def _narrowed(gutter: tuple[float, float], row: Row) -> tuple[float, float] | None:
    """What stays free of a gutter when a row is added; None where the row crosses it."""
    low, high = gutter
    for segment in row.segments:
        if segment.box is None:
            continue
        if segment.box.x1 <= high - _GUTTER and (segment.box.x0 + segment.box.x1) / 2 < (low + high) / 2:
            low = max(low, segment.box.x1)
        elif segment.box.x0 >= low + _GUTTER:
            high = min(high, segment.box.x0)
        else:
            return None
    return (low, high) if high - low >= _GUTTER else None


def _by_column(rows: list[Row], middle: float) -> Iterator[Line]:
    """Two columns as groups of rows, each with its left side first; the number of the document begins a group."""
    for group in _groups(rows):
        sides: tuple[list[Line], list[Line]] = ([], [])
        for row in group:
            for s in row.segments:
                sides[s.box is not None and (s.box.x0 + s.box.x1) / 2 > middle].append(s)
        yield from sides[0]
        yield from sides[1]


def _groups(rows: list[Row]) -> Iterator[list[Row]]:
    group: list[Row] = []
    for row in rows:
        if group and layout.is_a("number_line", row.segments[0].text):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _whole(row: Row) -> Line:
    """A row as one line, whatever gaps it has."""
    first, last = row.segments[0], row.segments[-1]
    if first is last or not first.box or not last.box:
        return first
    return Line(
        " ".join(s.text for s in row.segments),
        page=first.page,
        box=Box(first.box.x0, first.box.top, last.box.x1, first.box.bottom),
        size=row.size,
        bold=all(s.bold for s in row.segments),
        italic=all(s.italic for s in row.segments),
    )


def _centre(lines: list[Line], page_width: float) -> None:
    """Mark the lines that stand in the middle between the margins."""
    boxes = [line.box for line in lines if line.box]
    if not boxes:
        return
    lefts, _, rights, _ = map(sorted, zip(*boxes, strict=True))
    left, right = lefts[len(lefts) // 20], rights[-1 - len(rights) // 20]
    if right - left < 0.5 * page_width:
        left, right = 0.14 * page_width, 0.93 * page_width
    for line in lines:
        if line.box:
            x0, _, x1, _ = line.box
            before, after = x0 - left, right - x1
            line.centred = before > 20 and after > 20 and abs(before - after) < 0.03 * page_width
