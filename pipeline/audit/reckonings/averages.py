"""Averages and prices told with what they multiply: ``12 lớp với 420 học viên, bình quân 35 học viên/lớp``."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from patterns import data, forms
from pipeline.annotate.numbers import parse_figures
from pipeline.audit.lines import Figure, Line, Page, alike_units, amount, decimals, mistyped, same_unit
from pipeline.audit.model import Finding
from pipeline.model import Quantity

_FORMS = {name: form.pattern for name, form in forms("figures").items()}
_NEARLY = Decimal("0.25")
_ROUNDED = Decimal("0.005")  # of the value: an average is seldom told to its last figure
_ABOVE = 3  # lines above one that may tell the area of a harvest
_HARVESTED = Decimal("0.02")  # of a harvest: what is harvested is often told to fewer figures than what is sown
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
    for n, line in enumerate(page.lines):
        if any(f.quantity.per for f in line.figures):
            for run in zip(line.figures, line.figures[1:], line.figures[2:], strict=False):
                found = _average(line, *run)
                if found and not _right(found) and _slipped(found):
                    yield _finding(page, found)
            yield from _in_months(page, line)
            yield from _harvests(page, page.lines[max(0, n - _ABOVE) : n + 1])


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


def _in_months(page: Page, line: Line) -> Iterator[Finding]:
    """``2.340 học sinh ..., mức 936.000 đồng/học sinh/tháng; kinh phí 4 tháng là 8.761 triệu đồng``."""
    for number, each, months, total in zip(*(line.figures[i:] for i in range(4)), strict=False):
        per = each.quantity.per
        told = all(f.exact and f.quantity.of is None and f.value > 0 for f in (number, each, months, total))
        if len(per) != 2 or not told or not alike_units(per[0], number.quantity.unit) or per[1] != months.quantity.unit:
            continue
        if number.quantity.per or not same_unit(each.quantity, total.quantity) or total.quantity.per:
            continue
        if not _FORMS["in_so_many_months"].search(line.before(months)):
            continue
        found = _Average(each, number._replace(quantity=_times(number.quantity, months.quantity)), total)
        if not _right(found) and _slipped(found):
            yield _finding(page, found)


def _times(number: Quantity, months: Quantity) -> Quantity:
    return number.model_copy(update={"value": number.value * months.value})


def _harvests(page: Page, lines: list[Line]) -> Iterator[Finding]:
    """``5.460 ha, năng suất 64,5 tạ/ha, sản lượng 35.217 tấn``: the area may be told in the lines above.

    Many areas are told, so that only a slip of the hand counts, and none where any area gives the harvest.
    """
    line, (each, area_unit, whole, ratio) = lines[-1], data("figures")["harvest"]
    for yielded in line.figures:
        if yielded.quantity.unit != each or yielded.quantity.per != [area_unit] or not yielded.exact:
            continue
        behind = [f for f in line.figures if f.quantity.start > yielded.quantity.start and f.quantity.unit == whole]
        harvest = next((f for f in behind if f.exact and _FORMS["harvest"].search(line.before(f))), None)
        areas = [f for at in lines for f in at.figures if f.quantity.unit == area_unit and f.exact]
        made = {f.value: f.value * yielded.value / ratio for f in areas if not f.quantity.per}
        if not harvest or any(abs(v - harvest.value) <= harvest.value * _HARVESTED for v in made.values()):
            continue
        slips = [area for area, value in made.items() if mistyped(Decimal(round(value)), harvest.value)]
        if len(slips) == 1:
            area, right = slips[0], amount(Decimal(round(made[slips[0]])), whole)
            shown = f"{amount(area, area_unit)} {area_unit} x {amount(yielded.value, each)} {each} = {right} {whole}"
            words = page.document.text[harvest.quantity.start : harvest.quantity.end]
            span = (harvest.quantity.start, harvest.quantity.end)
            ids = sorted((yielded.id, harvest.id))
            yield page.finding("wrong_sum", "error", span, f"{shown}, văn bản ghi {words}", right, ids)


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
