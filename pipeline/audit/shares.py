"""Percentages against the part and the whole that the same sentence gives."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from patterns import forms
from pipeline.audit.lines import Figure, Line, Page, agrees, decimals, number, same_unit, written
from pipeline.audit.model import Finding

_FORMS = {name: form.pattern for name, form in forms("figures").items()}


class _Share(NamedTuple):
    """A percentage with what it must follow from; ``shift`` is -100 where it tells only what goes beyond."""

    percentage: Figure
    part: Decimal
    whole: Decimal
    shift: int
    ids: list[int]

    @property
    def actual(self) -> Decimal:
        return 100 * self.part / self.whole + self.shift


def wrong_percentages(page: Page) -> Iterator[Finding]:
    """Every percentage that its part and whole contradict beyond rounding."""
    for line in page.lines:
        for i, figure in enumerate(line.figures):
            if figure.quantity.unit != "%" or not figure.exact:
                continue
            share = _share(line, i) or _growth(line, i)
            if share and share.whole > 0 and not _right(share):
                yield _finding(page, share)


def _right(share: _Share) -> bool:
    told = share.percentage.value
    return agrees(abs(share.actual) if share.shift == -100 else share.actual, told, _places(share))


def _places(share: _Share) -> int:
    return decimals(share.percentage.quantity.text)


def _finding(page: Page, share: _Share) -> Finding:
    actual = abs(share.actual) if share.shift == -100 else share.actual
    expected = written(actual, max(1, _places(share))) + "%"
    ratio = f"{number(share.part)}/{number(share.whole)} = {written(100 * share.part / share.whole, 2)}%"
    first = min(page.document.quantities[i].start for i in share.ids)
    last = max(page.document.quantities[i].end for i in share.ids)
    return page.finding("wrong_percentage", "error", (first, last), f"{ratio}, văn bản ghi "
                        f"{number(share.percentage.value)}%", expected, sorted(share.ids))  # fmt: skip


def _share(line: Line, i: int) -> _Share | None:
    """The part and whole of a percentage: ``355 ... đạt 118% (kế hoạch 300)``, ``02/5 người đạt 40%`` and the like."""
    percentage, before = line.figures[i], line.figures[:i]
    if share := _told_after(line, i):
        return share
    if not before:
        return None
    part = before[-1]
    gap = line.between(part, percentage)
    link = _FORMS["share_link"].match(gap)
    if not link or not part.exact or part.quantity.unit == "%" or _FORMS["other_subject"].search(gap):
        return None
    shift = -100 if (link["over"] or "").startswith("vượt") else 0
    after = line.after(percentage)
    following = line.figures[i + 1] if i + 1 < len(line.figures) else None
    if following and following.exact and _FORMS["whole_in_brackets"].match(line.between(percentage, following)):
        whole = following.quantity
        if part.quantity.of is None and (same_unit(part.quantity, whole) or whole.unit is None):
            return _Share(
                percentage, part.value, Decimal(str(whole.value)), shift, [part.id, percentage.id, following.id]
            )
    if _FORMS["other_whole"].match(after):
        return None
    if part.quantity.of is not None:
        return _Share(percentage, part.value, Decimal(str(part.quantity.of)), shift, [part.id, percentage.id])
    return _of_named_whole(line, before, percentage, shift)


def _told_after(line: Line, i: int) -> _Share | None:
    """``đạt 85% kế hoạch (255/300 lao động)``."""
    if i + 1 >= len(line.figures):
        return None
    percentage, fraction = line.figures[i : i + 2]
    of, gap = fraction.quantity.of, line.between(percentage, fraction)
    if not of or not fraction.exact or not _FORMS["fraction_in_brackets"].match(gap):
        return None
    if percentage.quantity.aspect == "change" or _FORMS["growth"].match(line.before(percentage)[-20:]):
        return None
    return _Share(percentage, fraction.value, Decimal(str(of)), 0, [percentage.id, fraction.id])


def _of_named_whole(line: Line, before: list[Figure], percentage: Figure, shift: int) -> _Share | None:
    """``500 hộ, trong đó 123 hộ ..., chiếm 24,6%`` and ``kế hoạch 300 lao động, thực hiện 355, đạt 118%``."""
    if len(before) < 2:
        return None
    whole, part = before[-2:]
    if not whole.exact or not same_unit(whole.quantity, part.quantity):
        return None
    if ")" in line.between(part, percentage):
        return None
    gap = line.between(whole, part)
    partition = whole.value >= part.value and _FORMS["share_of_part"].match(gap)
    planned = _FORMS["plan_before"].search(line.before(whole)) and _FORMS["plan_then_result"].match(gap)
    if not (partition or planned):
        return None
    return _Share(percentage, part.value, whole.value, shift, [whole.id, part.id, percentage.id])


def _growth(line: Line, i: int) -> _Share | None:
    """``450 tỷ đồng, tăng 12,5% so với cùng kỳ (400 tỷ đồng)``: only where both values are named."""
    if not i or i + 1 >= len(line.figures):
        return None
    now, percentage, base = line.figures[i - 1 : i + 2]
    sign = _FORMS["growth"].match(line.between(now, percentage))
    named = _FORMS["base_in_brackets"].match(line.between(percentage, base))
    if (
        not sign
        or not named
        or not (now.exact and base.exact and now.quantity.unit != "%" and same_unit(now.quantity, base.quantity))
    ):
        return None
    grown = sign["sign"].lower() == "tăng"
    if grown != (now.value >= base.value):
        return None
    return _Share(percentage, now.value, base.value, -100, [now.id, percentage.id, base.id])
