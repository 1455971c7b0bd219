"""So much for each of so many, and what that makes together, that no word ties: known by the slip of one figure.

``Chăm lo 3.600 suất. ... Mức quà 600.000 đồng/suất, như vậy nhu cầu 2.260 triệu đồng``: where any of the figures told
nearby are right together, nothing is said of these.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import product
from typing import NamedTuple

from patterns import data
from pipeline.audit.lines import Figure, Line, Page, agrees, alike_units, amount, decimals, mistyped
from pipeline.audit.model import Finding
from pipeline.audit.totals.parts import in_brackets

_TIMES = frozenset(data("indicators")["units"]["time"])
_MASSES: dict[str, int] = data("figures")["masses"]
_HARVEST = data("figures")["harvest"]
_MOST = 12  # figures beside an average that may belong to it
_KNOWN = 3  # figures of a number that comes near to a product by no chance


class _Product(NamedTuple):
    """So much for each of so many, and the total told for it."""

    each: Figure
    number: Figure
    total: Figure

    @property
    def actual(self) -> Decimal:
        """The total as it should be, in the unit of the one told."""
        return self.each.value * self.number.value * _scale(self.each) / _scale(self.total)

    @property
    def right(self) -> bool:
        """Whether the total can be told so, or the average, where that was rounded."""
        average = self.each.value * self.total.value / self.actual
        blur = max(self.total.blur, self.actual * self.each.blur / self.each.value)
        places = decimals(self.each.quantity.text)
        return abs(self.actual - self.total.value) <= blur or agrees(average, self.each.value, places)

    @property
    def slipped(self) -> bool:
        """Whether one figure of the total, or of the average, is another than what is right."""
        average = self.each.value * self.total.value / self.actual
        told = round(self.actual, -_place(self.total))
        return mistyped(told, self.total.value, _KNOWN) or mistyped(
            round(average, decimals(self.each.quantity.text)), self.each.value, 2
        )


def slipped_products(page: Page) -> Iterator[Finding]:
    """Every average whose number and total, told nearby, miss each other by a slip."""
    above: list[Figure] = []
    for line in page.lines:
        for each in line.figures:
            if _is_each(each) and not line.multiplied(each):
                found = list(_products(line, above, each))
                slips = [p for p in found if p.slipped]
                if len(slips) == 1 and not any(p.right for p in found):
                    yield _finding(page, line, slips[0])
        above = line.figures


def _products(line: Line, above: list[Figure], each: Figure) -> Iterator[_Product]:
    """The numbers and totals told beside an average, or right above it, that can be reckoned with it."""
    per = set(each.quantity.per)
    own = [f for f in line.figures if f is not each and f.exact and f.value > 0 and f.quantity.of is None]
    told = [f for f in above if f.exact and f.value > 0 and f.quantity.of is None]
    if len(own) > _MOST:
        return
    for total, number in product(own, [*own, *told]):
        over = per - set(total.quantity.per)
        if len(over) != 1 or set(total.quantity.per) - per or number is total or number.quantity.per:
            continue
        (counted,) = over
        alike = counted not in _TIMES and _counts(number, counted) and _one_kind(each, total)
        if alike and not in_brackets(line, total):
            yield _Product(each, number, total)


def _is_each(f: Figure) -> bool:
    """Whether a figure is so much for each of something; what fields yield is reckoned by those who know of fields."""
    q = f.quantity
    return bool(q.per) and f.exact and q.of is None and (q.unit, q.per) != (_HARVEST[0], [_HARVEST[1]])


def _counts(number: Figure, unit: str) -> bool:
    """Whether a figure counts things of a unit, or of a kind of it (``38 hộ kinh doanh``, ``khách/hộ``)."""
    return alike_units(unit, number.quantity.unit) or (number.quantity.unit or "").startswith(f"{unit} ")


def _one_kind(a: Figure, b: Figure) -> bool:
    both = a.quantity.unit in _MASSES and b.quantity.unit in _MASSES
    return both or alike_units(a.quantity.unit, b.quantity.unit)


def _scale(f: Figure) -> int:
    return _MASSES.get(f.quantity.unit or "", 1)


def _place(f: Figure) -> int:
    """The power of ten that the last figure of a number told counts."""
    exponent = f.value.normalize().as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _finding(page: Page, line: Line, found: _Product) -> Finding:
    each, number, total = found
    shown = f"{amount(number.value, number.quantity.unit)} x {amount(each.value, each.quantity.unit)}"
    right = amount(found.actual, total.quantity.unit)
    words = page.document.text[total.quantity.start : total.quantity.end]
    own = [f for f in found if f in line.figures]
    span = (min(f.quantity.start for f in own), max(f.quantity.end for f in own))
    return page.finding(
        "wrong_sum", "error", span, f"{shown} = {right}, văn bản ghi {words}", right, sorted(f.id for f in found)
    )
