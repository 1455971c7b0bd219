"""Percentages against the part and the whole that the same sentence gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from patterns import forms
from pipeline.audit.lines import Figure, Line, Page, agrees, amount, decimals, same_unit, written
from pipeline.audit.model import Finding

_FORMS = {name: form.pattern for name, form in forms("figures").items()}

_PROVEN = 2
_SENTENCE = re.compile(r"\.\s")


class _Value(NamedTuple):
    """A value, and how far it may lie from the one meant."""

    value: Decimal
    blur: Decimal


class _Share(NamedTuple):
    """A percentage with what it must follow from; ``change`` where it tells only what goes beyond the whole."""

    percentage: Figure
    part: _Value
    whole: _Value
    change: bool
    ids: list[int]

    @property
    def actual(self) -> Decimal:
        share = 100 * self.part.value / self.whole.value
        return abs(share - 100) if self.change else share

    @property
    def blur(self) -> Decimal:
        """How far the share may lie from the one meant, by the rounding of its part and whole."""
        part, whole = self.part, self.whole
        return 100 * (part.blur + part.value * whole.blur / whole.value) / whole.value


def wrong_percentages(page: Page) -> Iterator[Finding]:
    """Every percentage that its part and whole contradict beyond rounding."""
    for line in map(Line.timeless, page.lines):
        for i, figure in enumerate(line.figures):
            if figure.quantity.unit != "%" or figure.quantity.value_max is not None:
                continue
            share = _share(line, i) or _growth(line, i) or _of_list(line, i)
            if share and share.whole.value > 0 and not _right(share):
                yield _finding(page, share)


def _right(share: _Share) -> bool:
    """Whether a share can be told so; one that is only bounded (``trên 85%``) must keep its bound."""
    told, comparator = share.percentage.value, share.percentage.quantity.comparator
    if agrees(share.actual, told, _places(share), share.blur):
        return True
    if comparator in (">", ">="):
        return share.actual > told
    return (comparator in ("<", "<=") and share.actual < told) or comparator == "~"


def _places(share: _Share) -> int:
    return decimals(share.percentage.quantity.text)


def _finding(page: Page, share: _Share) -> Finding:
    expected = written(share.actual, max(1, _places(share))) + "%"
    part, whole = share.part.value, share.whole.value
    unit = next((u for i in share.ids if (u := page.document.quantities[i].unit) != "%"), None)
    ratio = f"{amount(part, unit)}/{amount(whole, unit)} = {written(100 * part / whole, 2)}%"
    if share.change:
        ratio += f" ({'tăng' if part >= whole else 'giảm'} {written(share.actual, 2)}%)"
    first = min(page.document.quantities[i].start for i in share.ids)
    last = max(page.document.quantities[i].end for i in share.ids)
    told = page.document.text[share.percentage.quantity.start : share.percentage.quantity.end]
    return page.finding(
        "wrong_percentage", "error", (first, last), f"{ratio}, văn bản ghi {told}", expected, sorted(share.ids)
    )


def _value(figure: Figure) -> _Value:
    return _Value(figure.value, figure.blur)


def _of(figure: Figure) -> _Value:
    """The whole of a fraction."""
    return _Value(Decimal(str(figure.quantity.of)), figure.whole_blur)


def _share(line: Line, i: int) -> _Share | None:
    """The part and whole of a percentage: ``355 ... đạt 118% (kế hoạch 300)``, ``02/5 người đạt 40%`` and the like."""
    percentage, before = line.figures[i], line.outside(i)
    if share := _told_after(line, i):
        return share
    if not before:
        return None
    part = before[-1]
    gap = _without_its_name(line.between(part, percentage), part)
    link = _FORMS["share_link"].match(gap)
    if not link or not part.told or part.quantity.unit == "%" or _FORMS["other_subject"].search(gap):
        return None
    beyond = bool(link["beyond"])
    following = line.figures[i + 1] if i + 1 < len(line.figures) else None
    if following and following.told and _is_whole(line.between(percentage, following)):
        whole = following.quantity
        if part.quantity.of is None and (same_unit(part.quantity, whole) or whole.unit is None):
            return _Share(percentage, _value(part), _value(following), beyond, [part.id, percentage.id, following.id])
    if _FORMS["other_whole"].match(line.after(percentage)):
        return None
    if part.quantity.of is not None:
        return _Share(percentage, _value(part), _of(part), beyond, [part.id, percentage.id])
    return _of_named_whole(line, before, percentage, beyond)


def _without_its_name(gap: str, part: Figure) -> str:
    """The words up to a percentage, without the name of what is counted (``120 hộ nghèo (tỷ lệ hộ nghèo 12%)``)."""
    named = _FORMS["rate_of"].search(gap)
    return gap[: named.start("what")] if named and named["what"].lower() in part.quantity.text.lower() else gap


def _is_whole(gap: str) -> bool:
    """Whether the words behind a percentage say that the next figure is what it is of."""
    return bool(_FORMS["whole_in_brackets"].match(gap) or _FORMS["whole_behind"].match(gap))


def _told_after(line: Line, i: int) -> _Share | None:
    """``đạt 85% kế hoạch (255/300 lao động)``."""
    if i + 1 >= len(line.figures):
        return None
    percentage, fraction = line.figures[i : i + 2]
    gap = line.between(percentage, fraction)
    if not fraction.quantity.of or not fraction.told or not _FORMS["fraction_in_brackets"].match(gap):
        return None
    if percentage.quantity.aspect == "change" or _FORMS["growth"].match(line.before(percentage)[-20:]):
        return None
    return _Share(percentage, _value(fraction), _of(fraction), False, [percentage.id, fraction.id])


def _of_named_whole(line: Line, before: list[Figure], percentage: Figure, beyond: bool) -> _Share | None:
    """``500 hộ, trong đó 123 hộ ..., chiếm 24,6%`` and ``kế hoạch 300 lao động, thực hiện 355, đạt 118%``."""
    if len(before) < 2:
        return None
    whole, part = before[-2:]
    against = _FORMS["against_plan"].match(line.between(whole, part))
    if against or _FORMS["of_all"].match(line.between(whole, part)):
        whole, part = part, whole
    if not whole.told or not same_unit(whole.quantity, part.quantity):
        return None
    if ")" in line.between(before[-1], percentage):
        return None
    gap = line.between(*before[-2:])
    partition = whole.value >= part.value and _FORMS["share_of_part"].match(gap)
    planned = _FORMS["plan_before"].search(line.before(whole)) and _FORMS["plan_then_result"].match(gap)
    dealt = _FORMS["then_dealt_with"].match(gap)
    of_all = whole is before[-1] and whole.value >= part.value
    one_clause = ";" not in gap and not _SENTENCE.search(gap)
    out_of = one_clause and whole.value >= part.value and _FORMS["out_of"].search(line.before(whole))
    if not (against or of_all or out_of or partition or planned or (dealt and whole.value >= part.value)):
        return None
    return _Share(percentage, _value(part), _value(whole), beyond, [whole.id, part.id, percentage.id])


def _of_list(line: Line, i: int) -> _Share | None:
    """``145 đảng viên: xuất sắc 29 đảng viên (chiếm 20%), tốt 101 đảng viên (chiếm 69,7%) ...``: the head is the whole.

    Two other parts at least, and all of them, must prove it.
    """
    pairs = [(a, b) for a, b in pairwise(line.figures) if _is_part_with_share(line, a, b)]
    own = next((pair for pair in pairs if pair[1] is line.figures[i]), None)
    if not own or len(pairs) < _PROVEN + 1:
        return None
    before = [f for f in line.figures if f.id < pairs[0][0].id and same_unit(f.quantity, own[0].quantity) and f.told]
    if not before or before[-1].quantity.of is not None:
        return None
    whole = before[-1]
    shares = [_Share(b, _value(a), _value(whole), False, [whole.id, a.id, b.id]) for a, b in pairs]
    proven = whole.value > 0 and all(_right(s) for s in shares if s.percentage is not own[1])
    return next(s for s in shares if s.percentage is own[1]) if proven else None


def _is_part_with_share(line: Line, part: Figure, percentage: Figure) -> bool:
    plain = part.exact and part.quantity.of is None and part.quantity.unit != "%"
    if not plain or percentage.quantity.unit != "%" or not percentage.exact:
        return False
    gap = line.between(part, percentage)
    link = _FORMS["share_link"].match(gap)
    return bool(link) and not (link and link["beyond"]) and not _FORMS["other_subject"].search(gap)


def _growth(line: Line, i: int) -> _Share | None:
    """``450 tỷ đồng, tăng 12,5% so với cùng kỳ (400 tỷ đồng)``: only where both values are named.

    Shares may stand between (``450 tỷ đồng, đạt 102% dự toán, tăng 12,5% so với cùng kỳ (400 tỷ đồng)``).
    """
    values = [f for f in line.outside(i) if f.quantity.unit != "%"]
    if not values or i + 1 >= len(line.figures):
        return None
    now, percentage, base = values[-1], line.figures[i], line.figures[i + 1]
    between = line.between(now, percentage)
    if ";" in between or _SENTENCE.search(between):
        return None
    sign = _FORMS["growth"].match(line.between(line.figures[i - 1], percentage))
    named = _FORMS["base_in_brackets"].match(line.between(percentage, base))
    if (
        not sign
        or not named
        or not (now.told and base.told and now.quantity.unit != "%" and same_unit(now.quantity, base.quantity))
    ):
        return None
    if bool(sign["up"]) != (now.value >= base.value):
        return None
    return _Share(percentage, _value(now), _value(base), True, [now.id, percentage.id, base.id])
