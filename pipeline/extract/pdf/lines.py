"""Lines from glyphs: by baseline, then by place, all lines of several pages at once."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

import numpy as np

from pipeline import layout
from pipeline.extract.pdf.glyphs import Array, joined
from pipeline.extract.pdf.letters import ALPHA, HORN, SPACE
from pipeline.extract.pdf.parted import goes_on, is_parted
from pipeline.model import Box, Line

_BASELINE = 0.25  # of the letter size: how far baselines of one line differ
_SMALLEST = 4.0  # points: the least letter size that counts for this
_RAISED = 0.75  # of the letter size: smaller raised figures are marks of footnotes
_NEAR = 0.6  # of the letter size: how far they are raised at most
_GAP = 0.09  # of the letter size: the least space between words, beyond that between letters
_HORN_GAP = 0.05  # the same after a letter with a horn, which fonts let reach into what follows
_SEEN_GAP = 0.06  # the same where the library sees a space between two letters that are neighbours in the file too
_TWICE = 0.1  # of the letter size: the same letter nearer than this is drawn twice to look bold
_SPARED = 0.15  # of the letter size: the most that is free at the end of a full line of a cell, where a word goes on
_TOUCHING = 0.1  # points: letters that are no farther apart touch
_COLUMN = 1.1  # of the letter size: the least space between two columns
_TIGHT_COLUMN = 0.4  # the same in a letterhead whose columns nearly meet
_ASCENT, _DESCENT = 0.9, 0.22
_FAR = 1e5  # points: more than a page is wide


@dataclass(slots=True)
class Row:
    """What stands on one baseline: one or more segments with wide gaps between them."""

    base: float
    size: float
    segments: list[Line]

    @property
    def top(self) -> float:
        return self.base - _ASCENT * self.size


def rows_of(pages: Mapping[int, Array]) -> dict[int, list[Row]]:
    """The rows of each page from top to bottom; pages are given as their letters by their number."""
    found: dict[int, list[Row]] = {page: [] for page in pages}
    sheets = np.repeat(list(pages), [letters.size for letters in pages.values()])
    letters, sheets, number = _on_rows(joined(list(pages.values())), sheets)
    if not letters.size:
        return found
    starts = _starts(number)
    number = _counted(number)
    on = sheets[starts]
    sizes, bases = _usual(letters, starts, "size"), _usual(letters, starts, "base")
    sizes[sizes == 0] = 10.0
    segments = _lines(letters, number, sizes, bases, _COLUMN, on)
    if layout.is_a("columns_met", "\n".join([line.text for lines in segments for line in lines])):
        for row, lines in enumerate(segments):
            if any(layout.is_a("columns_met", line.text) for line in lines):
                alone, only = letters.compress(number == row), slice(row, row + 1)
                zero = np.zeros(alone.size, int)
                (segments[row],) = _lines(alone, zero, sizes[only], bases[only], _TIGHT_COLUMN, on[only])
    rows = map(Row, bases.tolist(), sizes.tolist(), segments)
    for page, count in Counter(on.tolist()).items():
        found[page] = list(islice(rows, count))
    return found


def texts_in(letters: Array, cells: Array, room: Array) -> dict[int, str]:
    """The text of each cell of a table; ``cells`` is the number of the cell that each letter stands in, ``room`` how
    wide lines may be in each cell."""
    letters, cells, number = _on_rows(letters, cells)
    if not letters.size:
        return {}
    number -= number.min()
    spaces = _are(letters, SPACE)[np.append(_starts(number)[1:], letters.size) - 1]
    letters, at, spaced = _words(letters, number, number, letters["size"])
    cells, number = cells.take(at), number.take(at)
    new = number[1:] > number[:-1]
    texts = _texts(letters["letter"], new, ~new & spaced)

    starts = _starts(number)
    cells, left, beyond = cells[starts], letters["x0"][starts], letters["x1"][starts]
    right = np.maximum.reduceat(letters["x1"], starts)
    inside = cells[1:] == cells[:-1]
    told = 5 * np.count_nonzero(spaces[:-1] & inside) > np.count_nonzero(inside)  # the file keeps spaces at line ends
    spared = _SPARED * letters["size"][starts] * (told & ~spaces)
    full = (right - left + spared)[:-1] + (beyond - left)[1:] > room[cells[:-1]]
    found: dict[int, str] = {}
    upper = ""
    ends = zip(cells.tolist(), texts, [False, *full.tolist()], [False, *(told & ~spaces[:-1]).tolist()], strict=True)
    for cell, text, crowded, unspaced in ends:
        so_far = found.get(cell, "")
        parted = crowded and " " not in upper and (is_parted(so_far, text) or (unspaced and goes_on(so_far, text)))
        found[cell] = so_far + (layout.seam(so_far, text) if so_far and not parted else "") + text
        upper = text
    return found


def by_row(letters: Array) -> Array:
    """The letters of a page row by row, without spaces."""
    found, _, _ = _on_rows(letters, np.zeros(letters.size, int))
    return found.compress(~_are(found, SPACE))


# --------------------------------------------------------------------------- rows


def _on_rows(letters: Array, cells: Array) -> tuple[Array, Array, Array]:
    """The letters in reading order, each with its cell and with a number that those on its row share."""
    down = np.argsort(letters["base"] + _FAR * cells, kind="stable")
    down = down.compress(((letters["x1"] > letters["x0"]) | ~_are(letters, SPACE)).take(down))
    letters, cells = letters.take(down), cells.take(down)
    number = _row_numbers(letters, cells)
    written = np.bincount(number + 1, ~_are(letters, SPACE), minlength=1) > 0
    written[0] = False
    kept = written.take(number + 1).nonzero()[0]
    across = kept.take(np.argsort(letters["x0"][kept] + _FAR * number.take(kept), kind="stable"))
    return letters.take(across), cells.take(across), number.take(across)


def _row_numbers(letters: Array, cells: Array) -> Array:
    """Which row each of the letters is on, which are in the order of cells and baselines; -1 for marks of footnotes.

    Small raised letters join the line beside them unless they are such marks.
    """
    if not letters.size:
        return np.zeros(0, int)
    base, size = letters["base"], letters["size"]
    apart = np.diff(base) > _BASELINE * np.maximum(size[1:], _SMALLEST)
    number = np.concatenate(([0], np.cumsum(apart | (np.diff(cells) > 0))))
    starts = _starts(number)
    ends = np.append(starts[1:], letters.size)
    most, count = np.maximum.reduceat(size, starts), ends - starts
    near = base[starts[1:]] - base[ends[:-1] - 1] < _NEAR * most[1:]
    raised = near & (cells[starts[1:]] == cells[starts[:-1]])
    raised &= (count[:-1] < count[1:]) & (most[:-1] < _RAISED * most[1:])
    for row in np.flatnonzero(raised).tolist():
        line = letters[starts[row + 1] : ends[row + 1]]
        for at in range(starts[row], ends[row]):
            before = (line["x0"] < letters["x0"][at]).nonzero()[0]
            last = int(before[line["x0"][before].argmax()]) if before.size else None
            number[at] = row + 1
            if _is_mark(letters[at], None if last is None else line[last]):
                number[at] = -1
                if last is not None:  # so that no space is seen where the mark was
                    line["x1"][last] = max(line["x1"][last], letters["x1"][at])
    return number


def _is_mark(glyph: Array, before: Array | None) -> bool:
    """A raised figure that refers to a note; after a metre it makes the metre square."""
    letter = chr(glyph["letter"])
    if not (letter.isdigit() or letter in "()[]*"):
        return letter.isspace()
    return before is None or chr(before["letter"]) not in "mM"


def _usual(letters: Array, starts: Array, field: str) -> Array:
    """What most letters of each row have, to a tenth of a point."""
    values, blank = letters[field].round(1), _are(letters, SPACE)
    least = np.minimum.reduceat(np.where(blank, np.inf, values), starts)
    mixed = least < np.maximum.reduceat(np.where(blank, -np.inf, values), starts)
    ends = np.append(starts[1:], letters.size)
    for row in np.flatnonzero(mixed).tolist():
        on_row = slice(starts[row], ends[row])
        counts = Counter(values[on_row][~blank[on_row]].tolist())
        least[row] = max(counts, key=counts.__getitem__)
    return least


# --------------------------------------------------------------------------- lines


def _lines(letters: Array, number: Array, sizes: Array, bases: Array, column: float, pages: Array) -> list[list[Line]]:
    """The segments of each row, parted where they leave a gap of ``column``; ``number`` is the row of each letter,
    ``pages`` the page of each row."""
    size = sizes.take(number)
    segment = _segments(letters, number, column * size)
    letters, at, spaced = _words(letters, number, segment, size)
    segment, number = segment.take(at), number.take(at)
    new = segment[1:] > segment[:-1]
    texts = _texts(letters["letter"], new, ~new & spaced)

    starts = _starts(segment)
    words = _are(letters, ALPHA)
    worded = np.logical_or.reduceat(words, starts)
    faces = [worded & np.logical_and.reduceat(letters[face] | ~words, starts) for face in ("bold", "italic")]
    row = number[starts]
    sides = (
        letters["x0"][starts].round(2), (bases - _ASCENT * sizes).round(2)[row],
        np.maximum.reduceat(letters["x1"], starts).round(2), (bases + _DESCENT * sizes).round(2)[row],
    )  # fmt: skip
    boxes = map(Box, *(side.tolist() for side in sides))
    columns = (pages[row].tolist(), boxes, sizes[row].tolist(), *(face.tolist() for face in faces))
    lines = map(Line, texts, *columns)
    return [list(islice(lines, count)) for count in np.bincount(row, minlength=sizes.size).tolist()]


def _words(letters: Array, number: Array, segment: Array, size: Array) -> tuple[Array, Array, Array]:
    """The letters that are no spaces and not drawn a second time, their places among all, and before which of them, but
    for the first, a space is."""
    blank = _are(letters, SPACE)
    gap = np.where(_are(letters, HORN), _HORN_GAP, _GAP) * size + _spacing(letters, number, segment).take(segment)
    at = (~blank).nonzero()[0]
    found, of = letters.take(at), segment.take(at)
    code, x0 = found["letter"], found["x0"]
    twice = (code[1:] == code[:-1]) & (of[1:] == of[:-1]) & (abs(x0[1:] - x0[:-1]) < _TWICE * size.take(at)[1:])
    if twice.any():
        once = np.concatenate(([True], ~twice))
        at, found = at.compress(once), found.compress(once)
    size, gap, spaces = size.take(at), gap.take(at), np.cumsum(blank).take(at)
    seen = found["spaced"][1:] & (found["order"][1:] - found["order"][:-1] == 2)
    room = found["x0"][1:] - found["x1"][:-1]
    return found, at, (room > np.where(seen, _SEEN_GAP * size[1:], gap[:-1])) | (spaces[1:] > spaces[:-1])


def _segments(letters: Array, number: Array, gap: Array) -> Array:
    """Which segment each letter is in: a new one begins at each row and after each gap."""
    blank = _are(letters, SPACE)
    shift = number * _FAR  # so that rows have nothing in common
    reached = np.maximum.accumulate(np.where(blank, -np.inf, letters["x1"]) + shift)
    new = ~blank
    new[1:] &= letters["x0"][1:] + shift[1:] - reached[:-1] > gap[1:]
    return np.asarray(np.maximum(np.cumsum(new) - 1, 0))


def _spacing(letters: Array, number: Array, segment: Array) -> Array:
    """The space that each segment has between its letters: nothing, unless it is set wide."""
    spacing = np.zeros(segment[-1] + 1)
    pairs = np.flatnonzero((segment[1:] == segment[:-1]) & (number[1:] == number[:-1]))
    steps, of = (letters["x0"][1:] - letters["x1"][:-1])[pairs], segment[pairs]
    wide = np.bincount(of, steps > _TOUCHING, spacing.size) > 0.5 * np.bincount(of, minlength=spacing.size)
    for one in np.flatnonzero(wide).tolist():
        spacing[one] = np.median(steps[of == one])
    return spacing


def _texts(codes: Array, new: Array, spaced: Array) -> list[str]:
    """The letters as texts: ``new`` tells where one begins, ``spaced`` where a space is."""
    room = np.full(codes.size + int(new.sum()) + int(spaced.sum()), ord(" "), "<u4")
    places = np.arange(codes.size)
    places[1:] += np.cumsum(new | spaced)
    room[places] = codes
    room[places[1:][new] - 1] = ord("\n")
    return unicodedata.normalize("NFC", room.tobytes().decode("utf-32-le", "replace")).split("\n")


def _starts(numbers: Array) -> Array:
    """Where each of ascending numbers comes first."""
    return np.flatnonzero(np.concatenate(([True], numbers[1:] != numbers[:-1])))


def _counted(numbers: Array) -> Array:
    """Ascending numbers without gaps, from nought."""
    return np.concatenate(([0], np.cumsum(numbers[1:] != numbers[:-1])))


def _are(letters: Array, kind: int) -> Array:
    return (letters["kind"] & kind) > 0
