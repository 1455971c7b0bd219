"""What there was, what came and went, and what there is (``Đầu năm có 45 hợp tác xã, thành lập mới 8 ...``)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import product

from patterns import forms
from pipeline.audit.lines import Figure, Line, Page, amount, mistyped, near, same_unit
from pipeline.audit.model import Finding

_FORMS = {name: form.pattern for name, form in forms("figures").items()}
_MOST = 6  # figures of one balance


def wrong_balances(page: Page) -> Iterator[Finding]:
    """Every number at the end of a time that is not what there was with what came and without what went."""
    for line in page.lines:
        if len(line.figures) > 2 and _FORMS["opens_balance"].search(line.text):
            yield from _in_line(page, line)


def _in_line(page: Page, line: Line) -> Iterator[Finding]:
    for i, first in enumerate(line.figures):
        if not _FORMS["opening_balance"].search(line.before(first)) or not _counts(first):
            continue
        same = [f for f in line.figures[i + 1 :] if same_unit(f.quantity, first.quantity)][: _MOST - 1]
        ends = [n for n, f in enumerate(same) if _FORMS["closing_balance"].search(line.between((first, *same)[n], f))]
        if ends and ends[0] and all(map(_counts, same[: ends[0] + 1])):
            yield from _judge(page, line, [first, *same[: ends[0] + 1]])


def _counts(f: Figure) -> bool:
    return f.exact and f.quantity.of is None and f.quantity.unit != "%" and not f.quantity.per


def _judge(page: Page, line: Line, told: list[Figure]) -> Iterator[Finding]:
    """A balance that no sign of its flows makes right, where words tell what came and what went."""
    first, *flows, last = told
    words = [_FORMS["flow"].search(line.between(a, b)) for a, b in zip(told, flows, strict=False)]
    if {bool(word["in"]) for word in words if word} != {True, False} or not all(words):
        return  # what came, or went, may be left untold
    sums = [_sum(first, flows, signs) for signs in product((1, -1), repeat=len(flows))]
    meant = _sum(first, flows, [1 if word and word["in"] else -1 for word in words])
    slip = near(meant, last.value) or mistyped(meant, last.value, 2)
    if last.value in sums or not slip:
        return
    unit = first.quantity.unit
    shown = amount(first.value, unit) + "".join(
        f" {'+' if word and word['in'] else '-'} {amount(f.value, unit)}" for f, word in zip(flows, words, strict=True)
    )
    evidence = f"{shown} = {amount(meant, unit)}, văn bản ghi {amount(last.value, unit)}"
    span = (first.quantity.start, last.quantity.end)
    yield page.finding("wrong_sum", "error", span, evidence, amount(meant, unit), [f.id for f in told])


def _sum(first: Figure, flows: list[Figure], signs: tuple[int, ...] | list[int]) -> Decimal:
    return first.value + sum((sign * f.value for sign, f in zip(signs, flows, strict=True)), Decimal(0))
