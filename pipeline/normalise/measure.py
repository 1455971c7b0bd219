"""How wide lines are, and so whether a line ended because it was full or because its paragraph was over.

A page gives the answer by its boxes. A text whose lines were wrapped gives it by the widths that its letters have in
Times, the face of official documents (Nghị định 30/2020/NĐ-CP, Phụ lục I).
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Literal, NamedTuple

from pipeline import layout
from pipeline.model import Box, Line, Table

Fit = Literal["short", "full", "unclear"]

_WIDTHS = (
    ("ijlt/;:I", 0.28), ("fr-()[] ", 0.3), (".,'", 0.25), ("sJ", 0.39), ("acez“”\"", 0.444),
    ("mMW", 0.85), ("wADGHKNOQUVXY&", 0.722), ("BCRELTZ", 0.63), ("FPS", 0.556), ("%", 0.833),
)  # fmt: skip
_WIDTH = {letter: width for letters, width in _WIDTHS for letter in letters}
_OTHER = 0.5

_INDENT = 2.7  # the usual first-line indent, in ems
_ENOUGH = 8  # lines that open paragraphs from which their width is known
_PLAIN = 0.96  # the share of a full line that a line has at least if it is full, by Times' widths
_BOLD = 0.88  # the same for a heading, which bold type makes wider than that
_BROKEN = 2  # lines that break off within a sentence, above which even a short letter is wrapped
_WRAPPED = 60  # letters of a line from which text may be wrapped
_LONG = 130  # letters that no wrapped line has


def width(text: str) -> float:
    """The width of a text in ems of Times."""
    return sum(map(_width_of, text))


@cache
def _width_of(letter: str) -> float:
    parts = unicodedata.normalize("NFD", letter)
    return sum(_WIDTH.get(c, _OTHER) for c in parts if not unicodedata.combining(c))


class Margins(NamedTuple):
    """The body of a page between its margins."""

    left: float
    right: float


@dataclass(slots=True)
class Measure:
    """What the lines of a document have in common.

    ``wrapped`` tells whether lines are parts of paragraphs; ``full`` is the width of a full line in ems, ``first``
    that of a paragraph's first line, ``blanks`` the usual number of blank lines between lines (texts without boxes);
    ``indented`` whether paragraphs open with an indent, ``pitch`` the usual distance from line to line (pages).
    """

    wrapped: bool
    full: float = 0.0
    first: float = 0.0
    blanks: int = 0
    margins: dict[int, Margins] = field(default_factory=dict)
    indented: bool = False
    pitch: float = 0.0

    def fit(self, line: Line, following: Line, first: bool) -> Fit:
        """Whether the next line's first word would have found room on a line (``first`` of its paragraph)."""
        word = following.text.split(" ", 1)[0]
        if line.box and line.page and line.text:
            em = line.size or 13.0
            free = self.margins[line.page].right - line.box.x1
            need = (line.box.x1 - line.box.x0) * (len(word) + 1) / len(line.text)
            return "short" if free > need + 0.6 * em else "full" if free < 0.7 * need else "unclear"
        if not self.full:  # of a page, but nothing tells where on it
            return "unclear"
        share = (width(line.text) + width(word) + 0.25) / (self.first if first else self.full)
        heading = (first and layout.is_a("label", line.text)) or layout.is_upper(line.text)
        return "full" if share > 0.985 else "short" if share < (_BOLD if heading else _PLAIN) else "unclear"

    def opens(self, line: Line, following: Line) -> bool | None:
        """Whether a line was wrapped where the first line of a paragraph is, which has an indent that no text shows.

        False where it is too wide for that, None where its width does not tell.
        """
        if line.box or not layout.starts_lower(following.text) or layout.is_a("label", following.text):
            return None
        if width(line.text) > 1.02 * self.first:
            return False
        return True if self.fit(line, following, first=False) == "short" else None

    def indent(self, line: Line) -> float:
        """How far a line begins from the left margin, in ems; 0 without boxes."""
        if not line.box or not line.page:
            return 0.0
        return (line.box.x0 - self.margins[line.page].left) / (line.size or 13.0)

    def leap(self, line: Line, following: Line) -> bool:
        """Whether there is more space between two lines of a page than between lines of a paragraph."""
        if not line.box or not following.box or line.page != following.page or not self.pitch:
            return False
        return following.box.top - line.box.top > 1.6 * self.pitch


def measure(blocks: Iterable[Line | Table]) -> Measure:
    """Measure the lines of a document."""
    lines = [b for b in blocks if isinstance(b, Line)]
    written = [line for line in lines if line.text]
    if any(line.box for line in written):
        return _measure_pages(written)
    if not written or all(line.whole for line in written):
        return Measure(wrapped=False)
    return _measure_text(lines, written)


def _measure_text(lines: list[Line], written: list[Line]) -> Measure:
    letters = sum(len(line.text) for line in written)
    long = sum(len(line.text) for line in written if len(line.text) > _LONG)
    widths = sorted(width(line.text) for line in written)
    full = _usual_most(widths)
    near = sum(w > 0.85 * full for w in widths)
    broken = sum(_goes_on(a.text, b.text) and width(a.text) > 0.85 * full for a, b in pairwise(written))
    many = near > 0.25 * len(widths) or (broken > _BROKEN and broken > 0.4 * near)
    wrapped = long < 0.2 * letters and full > _WRAPPED * 0.4 and many
    marked = (line.text for line in written if layout.is_a("label", line.text) or layout.is_a("bullet", line.text))
    opening = sorted(map(width, marked))
    first = _usual_most(opening) if len(opening) > _ENOUGH else full - _INDENT
    return Measure(wrapped, full, min(first, full), _usual_blanks(lines))


def _goes_on(text: str, following: str) -> bool:
    """Whether a line ends within a sentence that the next goes on with."""
    return text[-1:] not in ".;:" and following[:1].islower()


def _usual_most(widths: list[float]) -> float:
    """The greatest of sorted widths, but for a few that stick out."""
    return widths[max(0, round(0.97 * len(widths) - 1))]


def _usual_blanks(lines: list[Line]) -> int:
    runs: Counter[int] = Counter()
    run = 0
    for line in lines:
        if line.text:
            runs[run] += 1
            run = 0
        else:
            run += 1
    return runs.most_common(1)[0][0] if runs else 0


def _measure_pages(written: list[Line]) -> Measure:
    by_page: dict[int, list[Box]] = defaultdict(list)
    for line in written:
        if line.box and line.page:
            by_page[line.page].append(line.box)
    margins = {page: _margins(boxes) for page, boxes in by_page.items()}
    measured = Measure(True, margins=margins, pitch=_pitch(written))
    marked = [line for line in written if line.box and layout.is_a("label", line.text) and not line.centred]
    measured.indented = sum(measured.indent(line) > 0.6 for line in marked) > 0.5 * max(len(marked), 1)
    return measured


def _margins(boxes: list[Box]) -> Margins:
    """The left edge at which most lines begin, and the right edge that full lines reach."""
    lefts = Counter(round(b.x0 / 2) * 2 for b in boxes)
    often = [x for x, n in lefts.items() if n >= max(2, 0.15 * len(boxes))]
    rights = sorted(b.x1 for b in boxes)
    return Margins(min(often, default=min(b.x0 for b in boxes)), rights[int(0.9 * (len(rights) - 1))])


def _pitch(written: list[Line]) -> float:
    steps = sorted(
        b.box.top - a.box.top
        for a, b in pairwise(written)
        if a.box and b.box and a.page == b.page and 4 < b.box.top - a.box.top < 60
    )
    return steps[len(steps) // 2] if steps else 0.0
