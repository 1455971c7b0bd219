"""Lines of a document with the quantities that stand in them: what the checks of figures read."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

from patterns import Lowered, Patterns, data
from pipeline.annotate.numbers import parse_figures
from pipeline.audit.model import Finding, Severity, Source, page_at, source_of
from pipeline.compare.figures import figures
from pipeline.compare.model import Figure as Read
from pipeline.fold import lower
from pipeline.indicators import known
from pipeline.model import Document, Quantity

#: Capital letters of Vietnamese, for character classes.
UPPER = "A-ZĐ" + "".join(c for c in map(chr, range(0xC0, 0x1EFA)) if c.isupper())
LOWER = "a-zđ" + "".join(c for c in map(chr, range(0xC0, 0x1EFA)) if c.islower())

#: The unit of numbers that tell none, and that of money.
BARE = "?"
MONEY: str = data("figures")["unit_of_money"]

_FORMS, _LOW = Patterns("figures"), Lowered("figures")
_WRITTEN = re.compile(r"\d+(?:\.\d{3})*(?:,\d+)?")
_SENTENCE_END = re.compile(r"[.;]\s+")
_BRACKET = re.compile(r"[()]")
_BEGINS_ASIDE = re.compile(r"[(\d]")  # each aside holds one of these
_TWICE = Decimal("0.56")
_NEAR = Decimal("0.4")
_TEN = 10
_MOST_FIGURES = 300
_LEAD = 40  # characters before a figure that hold the words which set it aside
_SIGN = 20  # characters before a figure that hold the sign which multiplies it
_MANY = 1000  # thousands of tỷ đồng are a rounded sum, twelve tỷ are meant so
_DECIMALS = re.compile(r"[.,](\d+)\s*%?\D*$")


class Figure(NamedTuple):
    """A quantity and its place among those of the document; a bare number has no such place, and a negative id."""

    id: int
    quantity: Quantity

    @property
    def value(self) -> Decimal:
        return _decimal(self.quantity.value)

    @property
    def exact(self) -> bool:
        """Whether it says one number, no bound and no range."""
        return self.quantity.comparator == "=" and self.quantity.value_max is None

    @property
    def told(self) -> bool:
        """Whether it says one number to reckon with: an exact one, or one that is estimated but told in full.

        A part of a whole is one, though its words end in a bound (``16/18 chi bộ hoàn thành tốt nhiệm vụ trở lên``).
        """
        q = self.quantity
        if self.exact:
            return True
        behind = _FORMS["bound_behind" if q.of is not None else "grade_behind"]
        if q.value_max is None and behind.search(q.text):
            return True
        return q.comparator == "~" and q.value_max is None and bool(_FORMS["estimate"].match(q.text))

    @property
    def blur(self) -> Decimal:
        """How far the value may lie from the one meant, as it was rounded when it was told."""
        return _blur(self.quantity.text, 0, self.value)

    @property
    def whole_blur(self) -> Decimal:
        """The same of the whole of a fraction (``12,4/15,6 tỷ đồng``)."""
        return _blur(self.quantity.text, 1, Decimal(str(self.quantity.of or 0)))


@lru_cache(4096, typed=True)
def _decimal(value: float) -> Decimal:
    return Decimal(str(value))


def _blur(text: str, nth: int, value: Decimal) -> Decimal:
    """Half of the last place of the nth number of a text; one told without decimals, or of few figures, is exact."""
    told = _WRITTEN.findall(text)
    if len(told) <= nth or not value:
        return Decimal(0)
    shown = parse_figures(told[nth])
    _, _, places = told[nth].partition(",")
    scale = abs(value / shown) if shown else Decimal(1)
    if not places and (scale == 1 or shown < _MANY):
        return Decimal(0)
    return scale * Decimal(5).scaleb(-len(places) - 1)


class Line(NamedTuple):
    """A paragraph that is no table row, with its figures."""

    start: int
    text: str
    figures: list[Figure]

    def between(self, a: Figure, b: Figure) -> str:
        """The words between two figures."""
        return self.text[a.quantity.end - self.start : b.quantity.start - self.start]

    def words(self, a: Figure, b: Figure) -> str:
        """The same without asides: brackets, and what a value rose, fell or went beyond by."""
        between = self.between(a, b)
        return _FORMS["aside"].sub("", between) if _BEGINS_ASIDE.search(between) else between

    def after(self, a: Figure) -> str:
        """The words after a figure."""
        return self.text[a.quantity.end - self.start :]

    def before(self, a: Figure) -> str:
        """The words before a figure."""
        return self.text[: a.quantity.start - self.start]

    def change_before(self, f: Figure) -> re.Match[str] | None:
        """The word right before a figure which says that a value rose, fell or went beyond by so much."""
        at = f.quantity.start - self.start
        return _FORMS["change_word"].search(self.text, max(0, at - _LEAD), at)

    def outside(self, i: int) -> list[Figure]:
        """The figures before the i-th but those in a bracket that closes between the two."""
        at = max(0, self.figures[i].quantity.start - self.start)
        if self.text.find(")", 0, at) < 0:
            return self.figures[:i]
        brackets = list(_BRACKET.finditer(self.text, 0, at))
        found: list[Figure] = []
        closed = 0  # brackets between the two that close and have not been opened there
        for f in reversed(self.figures[:i]):
            while brackets and brackets[-1].start() >= f.quantity.end - self.start:
                closed = closed + 1 if brackets.pop()[0] == ")" else max(0, closed - 1)
            if not closed:
                found.append(f)
        return found[::-1]

    def multiplied(self, f: Figure) -> bool:
        """Whether a figure is a factor (``600 người x 30.000 đồng``, ``3 m x 4 m``)."""
        at = f.quantity.start - self.start
        before = _FORMS["factor_before"].search(self.text, max(0, at - _SIGN), at)
        return bool(before or _FORMS["factor_after"].match(self.after(f)))

    def timeless(self) -> Line:
        """The line without figures that but tell time or quality of others (``6 tháng đầu năm``, ``dưới 5 tuổi``)."""
        return self._replace(figures=[f for f in self.figures if not self._of_others(f)])

    def _of_others(self, f: Figure) -> bool:
        if f.quantity.unit in data("figures")["qualities"]:
            return True
        if f.quantity.unit not in data("indicators")["units"]["time"]:
            return False
        said = _FORMS["span_before"].search(self.before(f)) or _FORMS["span_after"].match(self.after(f))
        return bool(said) or not f.exact


@dataclass(frozen=True)
class Page:
    """A document made ready for the checks of its figures; ``given`` as comparisons read them, if they are read."""

    document: Document
    source: Source
    lines: list[Line]
    given: list[Read] | None

    @cached_property
    def read(self) -> list[Read]:
        """The document's figures as comparisons read them, in its order."""
        return self.given if self.given is not None else figures(self.document, known())

    def finding(
        self, name: str, severity: Severity, span: tuple[int, int], evidence: str, expected: str | None, ids: list[int]
    ) -> Finding:
        """A finding about a stretch of the text."""
        start, end = span
        return Finding(
            finding=name,
            severity=severity,
            document_id=self.source.id,
            document=self.source.label,
            page=page_at(self.document.pages, start),
            text=self.document.text[start:end],
            symbol=None,
            expected=expected,
            evidence=evidence,
            quantity_ids=[i for i in ids if i >= 0],
            start=start,
            end=end,
        )


def page_of(document: Document, document_id: int, read: list[Read] | None = None) -> Page:
    """A document with its lines and figures; their ids are their places in the document.

    A line with more figures than people write in one is read by its sentences, and one of these with as many not at
    all: only damaged pages have such, and what compares the figures of a line with one another would not end.
    """
    lines = list(_lines(document))
    starts = [line.start for line in lines]
    for i, quantity in enumerate(document.quantities):
        if quantity.table is None and (at := bisect_right(starts, quantity.start)):
            lines[at - 1].figures.append(Figure(i, quantity))
    short = [part for line in lines for part in ([line] if len(line.figures) <= _MOST_FIGURES else _sentences(line))]
    return Page(document, source_of(document, document_id), list(_joined(short)), read)


def _sentences(line: Line) -> Iterator[Line]:
    """The sentences of a line, each a line; without figures where one has too many."""
    ends = [*(m.end() for m in _SENTENCE_END.finditer(line.text)), len(line.text)]
    for start, end in pairwise([0, *ends]):
        figures = [f for f in line.figures if start <= f.quantity.start - line.start < end]
        yield Line(line.start + start, line.text[start:end], figures if len(figures) <= _MOST_FIGURES else [])


def _joined(lines: list[Line]) -> Iterator[Line]:
    """The lines, one that only tells the parts of the figures above (``Trong đó: ...``) with that line."""
    before: Line | None = None
    for line in lines:
        if before and before.figures and line.figures and _FORMS["goes_on"].match(line.text):
            before = Line(before.start, f"{before.text} {line.text}", [*before.figures, *line.figures])
            continue
        if before:
            yield before
        before = line
    if before:
        yield before


def _lines(document: Document) -> Iterator[Line]:
    start = 0
    for text in document.text.split("\n"):
        yield Line(start, text, [])
        start += len(text) + 1


def share_link(gap: str) -> re.Match[str] | None:
    """What joins a share to the words before it (``, đạt``), and whether it tells what goes ``beyond``."""
    return _LOW["share_link"].match(lower(gap))


def same_unit(a: Quantity, b: Quantity) -> bool:
    """Whether two figures count the same things."""
    return alike_units(a.unit, b.unit)


@lru_cache(4096)
def alike_units(a: str | None, b: str | None) -> bool:
    """Whether two units count the same things; none is no unit, and a number that tells none may count anything."""
    if a == b:
        return a is not None
    if BARE in (a, b):
        return _counts(a) and _counts(b)
    groups: Sequence[Sequence[str]] = data("figures")["same_units"]
    return any(a in group and b in group for group in groups) or (is_person(a) and is_person(b))


@lru_cache(4096)
def is_person(unit: str | None) -> bool:
    """Whether a unit counts persons: ``người`` and what goes for it, or those whom their calling names."""
    people: Sequence[str] = data("figures")["same_units"][0]
    return unit in people or bool(unit and _FORMS["by_calling"].match(unit))


def counted_as(unit: str | None) -> str:
    """The unit in which figures are held against each other: one for all that count persons, empty where none is."""
    people: Sequence[str] = data("figures")["same_units"][0]
    return people[0] if is_person(unit) else unit or ""


def _counts(unit: str | None) -> bool:
    """Whether a unit is one that things are counted by, so that a number without it can stand for it."""
    return unit not in (None, "%", MONEY) and unit not in data("indicators")["units"]["time"]


def decimals(text: str) -> int:
    """How many decimal figures a percentage is written with."""
    found = _DECIMALS.search(text)
    return len(found[1]) if found else 0


def written(value: Decimal, places: int) -> str:
    """A number as official texts write it."""
    return f"{value:,.{places}f}".translate(str.maketrans(",.", ".,"))


def number(value: Decimal) -> str:
    """A number with the decimal figures that it has."""
    shown = value.normalize()
    exponent = shown.as_tuple().exponent
    return written(shown, max(0, -exponent) if isinstance(exponent, int) else 0)


def amount(value: Decimal, unit: str | None) -> str:
    """A value as evidence shows it: sums of money in the words of official texts."""
    words: dict[str, int] = data("figures")["money"]
    for word, scale in words.items() if unit == MONEY else ():
        if abs(value) >= scale:
            return f"{number(value / scale)} {word}"
    return number(value)


def agrees(actual: Decimal, told: Decimal, places: int, blur: Decimal = Decimal(0)) -> bool:
    """Whether a number, itself sure but for ``blur``, can be told so: rounded, or cut off, after some decimal figures.

    What was rounded twice (86,0465 as 86,05 as 86,1) counts as rounded.
    """
    unit = Decimal(1).scaleb(-places)
    return -unit * _TWICE - blur <= actual - told < unit + blur


def slipped(actual: Decimal, told: Decimal) -> bool:
    """Whether a slip can lie between a product and what is told for it: they are near, or zeros went astray."""
    if not told:
        return False
    ratio = actual / told
    return _NEAR <= ratio <= 1 / _NEAR or any(ratio == Decimal(10) ** zeros for zeros in (-3, -2, -1, 1, 2, 3))


def near(one: Decimal, other: Decimal) -> bool:
    """Whether two numbers lie so near that they may be meant as one."""
    return abs(one - other) * 10 <= max(one, other)


def few(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities are counts below ten, of which any two lie near."""
    return "%" not in (one.unit, other.unit) and max(one.value, other.value) < _TEN


def mistyped(one: Decimal, other: Decimal, fewest: int = 3) -> bool:
    """Whether a single figure of one number, or two neighbours, differ in the other, of ``fewest`` figures at least."""
    a, b = (f"{v:.4f}".replace(".", "") for v in (one, other))
    off = [i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y]
    figures = max(len(v.normalize().as_tuple().digits) for v in (one, other))
    return len(a) == len(b) and figures >= fewest and (len(off) == 1 or swapped(one, other))


def exchanged(one: Decimal, other: Decimal) -> bool:
    """Whether two figures of a number stand each in the other's place in another number."""
    a, b = (f"{v:.4f}".replace(".", "") for v in (one, other))
    off = [(x, y) for x, y in zip(a, b, strict=False) if x != y]
    return len(a) == len(b) and len(off) == 2 and off[0] == off[1][::-1]


def swapped(one: Decimal, other: Decimal) -> bool:
    """Whether two neighbouring figures of one number stand the other way round in the other."""
    a, b = (f"{v:.4f}".replace(".", "") for v in (one, other))
    off = [i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y]
    beside = len(a) == len(b) and len(off) == 2 and off[1] == off[0] + 1
    return beside and a[off[0]] == b[off[1]] and a[off[1]] == b[off[0]]
