"""What came to what there was: ``Kết nạp 214 hội viên, nâng tổng số hội viên từ 8.120 lên 8.334 hội viên``."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from patterns import forms
from pipeline.annotate.numbers import parse_figures
from pipeline.audit.lines import Figure, Line, Page, amount, mistyped, near, same_unit
from pipeline.audit.model import Finding

_FORMS = {name: form.pattern for name, form in forms("figures").items()}


_FLOW = 60  # characters before a number that say whether so many came or went


def wrong_raises(page: Page) -> Iterator[Finding]:
    """Every number that something was raised to, which is not what there was and what came together."""
    for n, line in enumerate(page.lines):
        if line.figures and _FORMS["raises"].search(line.text):
            yield from _in_line(page, n, line)


def _in_line(page: Page, n: int, line: Line) -> Iterator[Finding]:
    for by, to in pairwise(line.figures):
        link = _FORMS["raised"].match(line.between(by, to))
        plain = by.exact and to.exact and by.quantity.of is None and same_unit(by.quantity, to.quantity)
        if not link or not plain or by.quantity.unit in (None, "%") or _FORMS["there_are"].search(line.before(by)):
            continue
        went = _FORMS["flow"].search(line.before(by)[-_FLOW:])
        if went and not went["in"]:
            continue  # what came and went is a balance
        base = parse_figures(link["base"], whole=True) if link["base"] else _base(page.lines[:n], line, by, to)
        if base and _slipped(base, by, to):
            yield _finding(page, base, by, to)


def _slipped(base: Decimal, by: Figure, to: Figure) -> bool:
    """Whether a sum is not the one told, but near to it or a slip of it."""
    added = base + by.value
    return added != to.value and (near(added, to.value) or mistyped(added, to.value, 2))


def _base(above: list[Line], line: Line, by: Figure, to: Figure) -> Decimal | None:
    """The one number told before of all there were, where none told is the one that the new one was raised from."""
    told = [(at, f) for at in [*above, line] for f in at.figures if f.quantity.start < by.quantity.start]
    told = [(at, f) for at, f in told if same_unit(f.quantity, to.quantity) and f.told and f.quantity.of is None]
    if any(f.value + by.value == to.value for _, f in told):
        return None
    bases = {f.value for at, f in told if _FORMS["there_are"].search(at.before(f)) and _slipped(f.value, by, to)}
    return bases.pop() if len(bases) == 1 else None


def _finding(page: Page, base: Decimal, by: Figure, to: Figure) -> Finding:
    unit, added = to.quantity.unit, base + by.value
    evidence = (
        f"{amount(base, unit)} + {amount(by.value, unit)} = {amount(added, unit)}, văn bản ghi {amount(to.value, unit)}"
    )
    span = (by.quantity.start, to.quantity.end)
    return page.finding("wrong_sum", "error", span, evidence, amount(added, unit), [by.id, to.id])
