"""The shares of a structure (``Cơ cấu kinh tế: nông nghiệp 42,1%; công nghiệp 28,3%; dịch vụ 29,6%``) make a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from patterns import forms
from pipeline.audit.lines import Figure, Line, Page, decimals, number
from pipeline.audit.model import Finding

_FORMS = {name: form.pattern for name, form in forms("figures").items()}
_WHOLE = 100
_FEWEST = 3
_OFF = 10  # shares that miss the whole by more are not meant to be all


def wrong_structures(page: Page) -> Iterator[Finding]:
    """Every structure whose shares add up to more or less than a whole."""
    for line in page.lines:
        for m in _stretches(line):
            shares = _shares(line, m.start(), m.end())
            added = sum((f.value for f in shares), Decimal(0))
            if shares and _rounding(shares) < abs(added - _WHOLE) <= _OFF:
                shown = " + ".join(f"{number(f.value)}%" for f in shares)
                span = (shares[0].quantity.start, shares[-1].quantity.end)
                evidence = f"{shown} = {number(added)}%, cơ cấu phải là 100%"
                yield page.finding("wrong_sum", "error", span, evidence, "100%", [f.id for f in shares])


def _stretches(line: Line) -> list[re.Match[str]]:
    """The stretches of a line that tell what a whole is made up of, or how it is graded."""
    if sum(f.quantity.unit == "%" for f in line.figures) < _FEWEST:
        return []
    return [m for name in ("structure", "grades") for m in _FORMS[name].finditer(line.text)]


def _shares(line: Line, start: int, end: int) -> list[Figure]:
    """The shares that a stretch lists; none where it tells anything else beside them."""
    figures = [f for f in line.figures if start <= f.quantity.start - line.start < end]
    if figures and figures[-1].value == _WHOLE and _FORMS["adds_up"].search(line.before(figures[-1])):
        figures.pop()  # the whole itself
    plain = all(f.quantity.unit == "%" and f.exact and f.quantity.of is None for f in figures)
    return figures if plain and len(figures) >= _FEWEST else []


def _rounding(shares: list[Figure]) -> Decimal:
    """How far rounded shares may be from a whole together."""
    return sum((Decimal(6).scaleb(-decimals(f.quantity.text) - 1) for f in shares), Decimal(0))
