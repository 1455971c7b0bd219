"""Averages and prices told with what they multiply: ``12 lớp với 420 học viên, bình quân 35 học viên/lớp``."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from patterns import data, forms
from pipeline.annotate.numbers import parse_figures
from pipeline.audit.lines import Figure, Line, Page, alike_units, amount, decimals, mistyped, same_unit
from pipeline.audit.model import Finding

_FORMS = {name: form.pattern for name, form in forms("figures").items()}
_NEARLY = Decimal("0.25")
_ROUNDED = Decimal("0.005")  # of the value: an average is seldom told to its last figure
_TIMES = frozenset(data("indicators")["units"]["time"])


class _Average(NamedTuple):
    """So much for each of so many, and what that makes together."""

    each: Figure
    number: Figure
    total: Figure

    @property
    def actual(self) -> Decimal:
        return self.total.value / self.number.value


def wrong_averages(page: Page) -> Iterator[Finding]:
    """Every average, and every total of so much for each, that the two other figures contradict beyond rounding."""
    for line in page.lines:
        if any(f.quantity.per for f in line.figures):
            for run in zip(line.figures, line.figures[1:], line.figures[2:], strict=False):
                found = _average(line, *run)
                if found and not _right(found) and _slipped(found):
                    yield _finding(page, found)


def _average(line: Line, a: Figure, b: Figure, c: Figure) -> _Average | None:
    """The average that three figures in a row tell: behind count and total, or before a total that is called one."""
    if _FORMS["average"].search(line.between(b, c)):
        found = _Average(c, a, b) if _is_each(c, a, b) else _Average(c, b, a)
    elif _FORMS["all_together"].search(line.between(b, c)):
        found = _Average(b, a, c) if _is_each(b, a, c) else _Average(a, b, c)
    else:
        return None
    plain = not any(line.multiplied(f) or _FORMS["sentence_ends"].search(line.between(f, c)) for f in (a, b))
    apart = any(_FORMS["apart"].search(gap) for gap in (line.between(a, b), line.between(b, c)))
    return found if _is_each(*found) and plain and not apart else None


def _is_each(each: Figure, number: Figure, total: Figure) -> bool:
    """Whether one figure is so much for each of what another counts, and a third counts the same altogether."""
    told = all(f.exact and f.quantity.of is None and f.value > 0 for f in (each, number, total))
    (per,) = each.quantity.per if len(each.quantity.per) == 1 else (None,)
    alone = not number.quantity.per and set(total.quantity.per) <= {per} and per not in _TIMES
    return told and alone and alike_units(per, number.quantity.unit) and same_unit(each.quantity, total.quantity)


def _right(found: _Average) -> bool:
    q = found.each.quantity
    shown = parse_figures(next(iter(_FORMS["first_number"].findall(q.text)), ""))
    place = (found.each.value / shown if shown else Decimal(1)).scaleb(-decimals(q.text))
    return abs(found.actual - found.each.value) < max(place, found.actual * _ROUNDED)


def _slipped(found: _Average) -> bool:
    """Whether the value told lies so near to the right one that nothing else is meant."""
    told, actual = found.each.value, found.actual
    together = found.each.value * found.number.value
    return abs(actual - told) <= actual * _NEARLY or mistyped(together, found.total.value, 2)


def _finding(page: Page, found: _Average) -> Finding:
    each, number, total = found
    first, last = min(found, key=lambda f: f.quantity.start), max(found, key=lambda f: f.quantity.end)
    if last is total:
        told, right = total, amount(each.value * number.value, total.quantity.unit)
        shown = f"{amount(number.value, number.quantity.unit)} x {amount(each.value, each.quantity.unit)} = {right}"
    else:
        told, right = each, amount(round(found.actual, max(1, decimals(each.quantity.text))), each.quantity.unit)
        shown = f"{amount(total.value, total.quantity.unit)} : {amount(number.value, number.quantity.unit)} = {right}"
    words = page.document.text[told.quantity.start : told.quantity.end]
    ids = sorted(f.id for f in found)
    span = (first.quantity.start, last.quantity.end)
    return page.finding("wrong_sum", "error", span, f"{shown}, văn bản ghi {words}", right, ids)
