"""Products told in the text: ``20 lớp x 30 học viên/lớp = 600 học viên``, ``600 triệu đồng (40 lớp x 15 triệu đồng)``.

A reckoning runs from its first factor to its result, each number joined to the next by a sign. One that holds a bound,
or a sign that is not known, is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from math import log10
from typing import NamedTuple

from patterns import forms
from pipeline.annotate.numbers import parse_figures
from pipeline.audit.lines import Figure, Line, Page, amount, same_unit, slipped
from pipeline.audit.model import Finding

_FORMS = {name: form.pattern for name, form in forms("figures").items()}
_NUMBER = re.compile(r"(?<![\w.,/-])\d+(?:\.\d{3})*(?:,\d+)?(?![\d.,/-]*\d)")


class _Operand(NamedTuple):
    """A number of a line: a figure, or one that names nothing (``x 0,3 x``)."""

    start: int
    end: int
    value: Decimal
    figure: Figure | None = None

    @property
    def unit(self) -> str | None:
        return self.figure.quantity.unit if self.figure else None

    @property
    def doubt(self) -> Decimal:
        """How far the value may lie from the one meant, as a share of it."""
        return self.figure.blur / self.value if self.figure and self.value else Decimal(0)


class _Reckoning(NamedTuple):
    """Products that are added, and the number that the text gives for them."""

    products: list[list[_Operand]]
    result: _Operand

    @property
    def operands(self) -> list[_Operand]:
        return [factor for product in self.products for factor in product]

    @property
    def actual(self) -> Decimal:
        return sum((_product(factors) for factors in self.products), Decimal(0))


def wrong_products(page: Page) -> Iterator[Finding]:
    """Every product in the text, or sum of products, that is not what its factors give."""
    for line in page.lines:
        if _FORMS["times"].search(line.text):
            for reckoning in _reckonings(line):
                if finding := _judge(page, line, reckoning):
                    yield finding


def _product(factors: Sequence[_Operand]) -> Decimal:
    value = Decimal(1)
    for factor in factors:
        value *= factor.value / 100 if factor.unit == "%" else factor.value
    return value


# --------------------------------------------------------------------------- reading


def _operands(line: Line) -> list[_Operand]:
    """The numbers of a line that stand for one value, in order."""
    told = [f for f in line.figures if f.told and f.quantity.of is None]
    found = [_Operand(f.quantity.start - line.start, f.quantity.end - line.start, f.value, f) for f in told]
    taken = [(f.quantity.start - line.start, f.quantity.end - line.start) for f in line.figures]
    for m in _NUMBER.finditer(line.text):
        value = parse_figures(m[0])
        if value is not None and not any(start <= m.start() < end for start, end in taken):
            found.append(_Operand(*m.span(), value))
    return sorted(found)


def _reckonings(line: Line) -> Iterator[_Reckoning]:
    operands = _operands(line)
    signs = [_sign(line.text[a.end : b.start]) for a, b in pairwise(operands)]
    first = 0
    while first < len(signs):
        last = first
        while last < len(signs) and signs[last] in ("times", "plus"):
            last += 1
        run = signs[first:last]
        if "times" in run and not _goes_on(line.text, operands[first].start, operands[last].end, run):
            products = _split(operands[first : last + 1], run)
            if (
                last < len(signs)
                and signs[last] == "equals"
                and signs[last + 1 : last + 2] not in (["times"], ["plus"])
            ):
                yield _Reckoning(products, operands[last + 1])
            elif first and _told_before(line.text, operands, first, last):
                yield _Reckoning(products, operands[first - 1])
        first = last + 1


def _sign(gap: str) -> str:
    """What joins two numbers, empty where nothing does; the words between them belong to the first."""
    return next((name for name in ("times", "plus", "equals") if _FORMS[f"{name}_between"].match(gap)), "")


def _goes_on(text: str, start: int, end: int, run: list[str]) -> bool:
    """Whether a run of numbers is but a part of a reckoning, or has brackets that change its order."""
    return bool(
        _FORMS["reckons_on"].search(text[:start]) or ("plus" in run and _FORMS["factor_out"].search(text[start:end]))
    )


def _split(operands: Sequence[_Operand], signs: list[str]) -> list[list[_Operand]]:
    products = [[operands[0]]]
    for operand, sign in zip(operands[1:], signs, strict=True):
        if sign == "times":
            products[-1].append(operand)
        else:
            products.append([operand])
    return products


def _told_before(text: str, operands: Sequence[_Operand], first: int, last: int) -> bool:
    """Whether a bracket reckons out the number before it."""
    before = text[operands[first - 1].end : operands[first].start]
    return bool(_FORMS["reckoned_out"].match(before) and _FORMS["bracket_ends"].match(text[operands[last].end :]))


# --------------------------------------------------------------------------- judging


def _judge(page: Page, line: Line, found: _Reckoning) -> Finding | None:
    actual, told = found.actual, found.result.value
    if not actual or not told:
        return None
    if not _one_unit(found):
        shift = round(log10(told / actual))
        actual = actual.scaleb(shift)
    doubt = sum((abs(actual) * factor.doubt for factor in found.operands), Decimal(0))
    doubt += 2 * told * found.result.doubt
    if abs(actual - told) <= doubt or not slipped(actual, told) or _with_more(line, found):
        return None
    unit = found.result.unit
    shown = " + ".join(" × ".join(_shown(f) for f in product) for product in found.products)
    evidence = f"{shown} = {amount(actual, unit)}, văn bản ghi {amount(told, unit)}"
    used = [*found.operands, found.result]
    span = (line.start + min(o.start for o in used), line.start + max(o.end for o in used))
    ids = [o.figure.id for o in used if o.figure]
    return page.finding("wrong_sum", "error", span, evidence, amount(actual, unit), ids)


def _shown(o: _Operand) -> str:
    return f"{amount(o.value, o.unit)}{'%' if o.unit == '%' else ''}"


def _one_unit(found: _Reckoning) -> bool:
    """Whether a factor counts what the result counts, so that no unit is converted (``tạ/ha x ha = tấn``)."""
    own = found.result.figure
    return own is not None and any(f.figure and same_unit(f.figure.quantity, own.quantity) for f in found.operands)


def _with_more(line: Line, found: _Reckoning) -> bool:
    """Whether a number named earlier in the line multiplies as well (``3 lớp, mỗi lớp 30 học viên x 5 buổi = 450``)."""
    first, told = found.operands[0].start, found.result.value
    earlier = [f for f in line.figures if f.quantity.end - line.start <= first and f.exact]
    return any(f.value * found.actual == told for f in earlier)
