"""Lines from glyphs: by baseline, then by place; a letterhead's two columns one after the other."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from pipeline import layout
from pipeline.extract.pdf.glyphs import Glyph
from pipeline.model import Box, Line
from pipeline.normalise.measure import width

_BASELINE = 0.25  # of the letter size: how far baselines of one line differ
_RAISED = 0.75  # of the letter size: smaller raised figures are marks of footnotes
_GAP = 0.17  # of the letter size: the least space between words, beyond that between letters
_SEEN_GAP = 0.06  # the same where the library sees a space between two letters that are neighbours in the file too
_MARKED, _HORNED = 0.1, 0.2  # of the letter size: how much wider than in Times a letter with marks is at most
_HORN = "\N{COMBINING HORN}"
_COLUMN = 1.1  # of the letter size: the least space between two columns
_TIGHT_COLUMN = 0.4  # the same in a letterhead whose columns nearly meet
_GUTTER = 5.0  # points that stay free between two columns over several lines
_BESIDE = 0.9  # of the letter size: baselines nearer than this stand beside each other
_APART = 2.2  # of the letter size: a wider step leaves a block
_ASCENT, _DESCENT = 0.9, 0.22


@dataclass(slots=True)
class Row:
    """What stands on one baseline: one or more segments with wide gaps between them."""

    base: float
    size: float
    segments: list[Line]

    @property
    def top(self) -> float:
        return self.base - _ASCENT * self.size


def rows_of(glyphs: Iterable[Glyph], page: int) -> list[Row]:
    """The rows of a page from top to bottom."""
    placed = [g for g in glyphs if g.x1 > g.x0 or g.letter != " "]
    rows = (_row(cluster, page) for cluster in _clusters(placed))
    return [row for row in rows if row]


def _clusters(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Glyphs by baseline; small raised ones join the line beside them unless they are marks of footnotes."""
    clusters: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: g.base):
        if clusters and glyph.base - clusters[-1][-1].base <= _BASELINE * max(glyph.size, 4.0):
            clusters[-1].append(glyph)
        else:
            clusters.append([glyph])
    merged: list[list[Glyph]] = []
    for cluster in clusters:
        raised = merged[-1] if merged else []
        if raised and _is_raised(raised, cluster):
            merged[-1] = [*cluster, *(g for g in raised if not _is_mark(g, cluster))]
        else:
            merged.append(cluster)
    return merged


def _is_raised(upper: list[Glyph], lower: list[Glyph]) -> bool:
    size = max(g.size for g in lower)
    near = lower[0].base - upper[-1].base < 0.6 * size
    return near and len(upper) < len(lower) and max(g.size for g in upper) < _RAISED * size


def _is_mark(glyph: Glyph, line: list[Glyph]) -> bool:
    """A raised figure that refers to a note; after a metre it makes the metre square."""
    if not (glyph.letter.isdigit() or glyph.letter in "()[]*"):
        return glyph.letter.isspace()
    before = max((g for g in line if g.x0 < glyph.x0), key=lambda g: g.x0, default=None)
    return before is None or before.letter not in "mM"


def _row(cluster: list[Glyph], page: int) -> Row | None:
    glyphs = sorted(cluster, key=lambda g: (g.x0, g.x1))
    letters = [g for g in glyphs if not g.letter.isspace()]
    if not letters:
        return None
    size = Counter(round(g.size, 1) for g in letters).most_common(1)[0][0] or 10.0
    base = Counter(round(g.base, 1) for g in letters).most_common(1)[0][0]
    lines = [_line(s, page, size, base) for s in _segments(glyphs, letters[0].x0, _COLUMN * size)]
    if any(layout.is_a("columns_met", line.text) for line in lines):
        lines = [_line(s, page, size, base) for s in _segments(glyphs, letters[0].x0, _TIGHT_COLUMN * size)]
    return Row(base, size, [line for line in lines if line.text])


def _segments(glyphs: list[Glyph], left: float, gap: float) -> list[list[Glyph]]:
    """The glyphs of a row, parted where they leave a gap."""
    segments: list[list[Glyph]] = [[]]
    right = left
    for glyph in glyphs:
        if not glyph.letter.isspace():
            if glyph.x0 - right > gap:
                segments.append([])
            right = max(right, glyph.x1)
        segments[-1].append(glyph)
    return segments


def _line(glyphs: list[Glyph], page: int, size: float, base: float) -> Line:
    text, last, spaced = "", None, False
    gap = _GAP * size + _spacing(glyphs)
    for glyph in glyphs:
        if glyph.letter.isspace():
            spaced = bool(text)
            continue
        if last and glyph.letter == last.letter and abs(glyph.x0 - last.x0) < 0.1 * size:
            continue  # drawn twice to look bold
        if last and (spaced or glyph.x0 - _right(last) > (gap if glyph.after != last.order else _SEEN_GAP * size)):
            text += " "
        text, last, spaced = text + glyph.letter, glyph, False
    letters = [g for g in glyphs if not g.letter.isspace()]
    words = [g for g in letters if g.letter.isalpha()]
    if not letters:
        return Line("")
    x0, x1 = letters[0].x0, max(g.x1 for g in letters)
    return Line(
        unicodedata.normalize("NFC", text),
        page=page,
        box=Box(round(x0, 2), round(base - _ASCENT * size, 2), round(x1, 2), round(base + _DESCENT * size, 2)),
        size=size,
        bold=bool(words) and all(g.bold for g in words),
        italic=bool(words) and all(g.italic for g in words),
    )


def _right(glyph: Glyph) -> float:
    """Where a letter ends. The box of one with marks, drawn from another font, may reach into the space behind it."""
    if glyph.letter.isascii():
        return glyph.x1
    room = _HORNED if _HORN in unicodedata.normalize("NFD", glyph.letter) else _MARKED
    return min(glyph.x1, glyph.x0 + (width(glyph.letter) + room) * glyph.size)


def _spacing(glyphs: list[Glyph]) -> float:
    """The space that a line has between its letters: nothing, unless it is set wide."""
    steps = sorted(b.x0 - a.x1 for a, b in pairwise(glyphs))
    return max(0.0, steps[len(steps) // 2]) if steps else 0.0


def in_reading_order(rows: list[Row], page_width: float) -> list[Line]:
    """The lines of rows; where a letterhead or signature block has two columns, the left one comes first."""
    lines: list[Line] = []
    at = 0
    while at < len(rows):
        gutter = _gutter(rows, at)
        end = _columns_end(rows, at, gutter) if gutter else at
        if gutter and any(_is_form(row) for row in rows[at:end]):
            lines += _by_column(rows[at:end], sum(gutter) / 2)
            at = end
        else:
            lines.append(_whole(rows[at]))
            at += 1
    _centre(lines, page_width)
    return lines


def _gutter(rows: list[Row], at: int) -> tuple[float, float] | None:
    """The free space between two columns that begin at a row, on one baseline or on two that are hardly apart."""
    segments = list(rows[at].segments)
    if len(segments) == 1 and at + 1 < len(rows) and rows[at + 1].base - rows[at].base < _BESIDE * rows[at].size:
        segments += rows[at + 1].segments
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
        apart = row.base - rows[end - 1].base > _APART * row.size
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
    lefts, rights = sorted(b.x0 for b in boxes), sorted(b.x1 for b in boxes)
    left, right = lefts[len(lefts) // 20], rights[-1 - len(rights) // 20]
    if right - left < 0.5 * page_width:
        left, right = 0.14 * page_width, 0.93 * page_width
    for line in lines:
        if line.box:
            before, after = line.box.x0 - left, right - line.box.x1
            line.centred = before > 20 and after > 20 and abs(before - after) < 0.03 * page_width
