"""What rose or fell: the difference that a sentence tells, against the two values that it names.

``giảm 492 hộ (từ 2.334 hộ xuống còn 1.842 hộ)``, ``tăng từ 81,5% lên 88,2%, tăng 6,7 điểm phần trăm``, ``62,4%, tăng
3,5% so với năm 2022 (58,9%)``. A change of a percentage may be told in points or as a share; either is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain, pairwise
from typing import NamedTuple

from patterns import data, forms, low
from pipeline.audit.lines import Figure, Line, Page, agrees, amount, decimals, mistyped, same_unit, share_link, written
from pipeline.audit.model import Finding
from pipeline.fold import lower

_FORMS = {name: form.pattern for name, form in forms("figures").items()}
_BASE_FIRST = low("figures", "base_first")
_RATES = tuple(chain(*data("indicators")["units"]["change_of"].items()))  # per cent, and its points
_LEAD = re.compile(r"\D*")
_COUNTED = re.compile(r"^[\d.,\s]+")
_CLAUSE = re.compile(r"[.,;:()]")


class _Change(NamedTuple):
    """Two values of one thing and the difference told."""

    before: Figure
    after: Figure
    told: Figure

    @property
    def difference(self) -> Decimal:
        return abs(self.after.value - self.before.value)

    @property
    def share(self) -> Decimal:
        return 100 * self.difference / self.before.value

    @property
    def of_rates(self) -> bool:
        return self.before.quantity.unit in _RATES

    @property
    def as_share(self) -> bool:
        """Whether the difference is told as a percentage of the value before."""
        return self.told.quantity.unit in _RATES and not self.of_rates


def wrong_changes(page: Page) -> Iterator[Finding]:
    """Every difference that its two values contradict beyond rounding."""
    for n, line in enumerate(page.lines):
        if len(line.figures) < 2:
            continue
        for change in chain(_changes(line.timeless()), _since_then(line), _since_base(page.lines[n - 1 : n], line)):
            if change.before.value > 0 and not _right(change) and not _of_difference(line, change):
                yield _finding(page, change)


def _of_difference(line: Line, change: _Change) -> bool:
    """Whether a share is rightly that of a difference told right before it, of what there was at first."""
    at = line.figures.index(change.told)
    by = line.figures[at - 1] if at and change.as_share else None
    if not by or not by.told or not line.change_before(by):
        return False
    bases = [f for f in line.figures[: at - 1] if f.told and f.value > 0 and same_unit(f.quantity, by.quantity)]
    bases = [f for f in bases if _FORMS["same_time_before"].search(line.before(f))]
    places = decimals(change.told.quantity.text)
    return any(agrees(100 * by.value / f.value, change.told.value, places) for f in bases)


def _changes(line: Line) -> Iterator[_Change]:
    """The changes of a line: from one value to another, and from a value in brackets to the one told first."""
    values = line.figures
    for i, (a, b) in enumerate(pairwise(values)):
        if not same_unit(a.quantity, b.quantity):
            continue
        following, previous = values[i + 2 : i + 4], values[i - 1 : i] if i else []
        if from_to(line, a, b):
            before, after = a, b
        elif _FORMS["before_in_brackets"].match(line.between(a, b)):
            before, after = b, a
        elif year_to_year(line, a, b) or _plan_to_result(line, a, b):
            before, after = a, b
        elif _year_back(line, a, b):
            before, after = b, a
        elif following and _held_against(line, a, b, following[0]):
            yield from _change(line, b, a, following[0])
            continue
        else:
            continue
        if following and _FORMS["change_told"].match(line.between(b, following[0])):
            yield from _change(line, before, after, following[0])
            if (
                len(following) > 1
                and not _plan_to_result(line, a, b)
                and _FORMS["told_otherwise"].match(line.between(*following))
            ):
                yield from _change(line, before, after, following[1])
        elif previous and before is a and _FORMS["change_from"].match(line.between(previous[0], a)):
            yield from _change(line, before, after, previous[0])
    for i, (told, base) in enumerate(pairwise(values)):
        outside, share = line.outside(i), values[i + 2 : i + 3]
        now = outside[-1:]
        known = list(_from_base(line, outside, told, base)) if now else []
        known = known or list(_listed_base(line, i, told, base))
        yield from known
        if known and share:
            yield from _share_behind_base(line, now[0], base, share[0])
        if now:
            yield from _both_ways(line, now[0], told, base)
        if share and not known:
            yield from _of_base(line, told, base, share[0])
            yield from _base_first(line, told, base, share[0])
        if not now or not known:
            yield from _compared_below(line, i, told, base)


def _from_base(line: Line, outside: list[Figure], told: Figure, base: Figure) -> Iterator[_Change]:
    """``1.842 hộ, giảm 492 hộ so với năm 2022 (2.334 hộ)``, ``90 hộ, đạt 75%, thiếu 30 hộ so với kế hoạch 120 hộ``."""
    last, now, gap = outside[-1], _value_shared(line, outside, told), line.between(told, base)
    units = {told.quantity.unit, now.quantity.unit}
    alike = (len(units) == 1 or units <= set(_RATES)) and _FORMS["growth"].match(line.between(last, told))
    if alike and (_FORMS["base_in_brackets"].match(gap) or _FORMS["base_at_once"].match(gap)):
        yield from _change(line, base, now, told)


def _value_shared(line: Line, outside: list[Figure], told: Figure) -> Figure:
    """The figure before a difference, or the one before that of which it is the share."""
    if len(outside) < 2 or not outside[-1].quantity.unit == "%" != told.quantity.unit:
        return outside[-1]
    shared = share_link(line.between(*outside[-2:]))
    return outside[-2] if shared and not shared["beyond"] else outside[-1]


def _since_then(line: Line) -> Iterator[_Change]:
    """``Đầu năm có 3.245 hộ nghèo ... cuối năm còn 2.687 hộ nghèo ...; so với đầu năm giảm 558 hộ nghèo``.

    The values are of the very noun that changed, and the difference is a slip of the hand.
    """
    for i, told in enumerate(line.figures):
        word = line.change_before(told) if i > 1 and told.exact else None
        if not word or not _FORMS["since_then"].search(line.before(told)) or told.quantity.unit == "%":
            continue
        noun = _COUNTED.sub("", told.quantity.text)
        alike = [f for f in line.figures[:i] if f.exact and _COUNTED.sub("", f.quantity.text) == noun]
        then = [f for f in alike if _FORMS["at_first"].search(line.before(f))]
        now = [f for f in alike if f not in then and _FORMS["by_then"].search(line.before(f))]
        if len(then) == len(now) == 1 and mistyped(abs(then[0].value - now[0].value), told.value, 2):
            yield from _change(line, then[0], now[0], told)


def _since_base(above: list[Line], line: Line) -> Iterator[_Change]:
    """``Đã giải ngân 2.343 tỷ đồng.`` ``So với năm 2023 (1.980 tỷ đồng) thì tăng 363 tỷ đồng``."""
    if not above or len(line.figures) < 2:
        return
    said = lower(line.text)
    for base, told in pairwise(line.figures):
        if not _BASE_FIRST.search(said, 0, base.quantity.start - line.start):
            continue
        told = next((f for f in line.figures[line.figures.index(told) :] if f.quantity.unit != "%"), told)
        word = line.change_before(told)
        if not word or not told.exact or not base.exact or not same_unit(told.quantity, base.quantity):
            continue
        sign = 1 if word["up"] else -1
        values = [f for f in above[0].figures if f.exact and same_unit(f.quantity, base.quantity)]
        slips = [f for f in values if mistyped(sign * (f.value - base.value), told.value)]
        if len(slips) == 1 and not any(sign * (f.value - base.value) == told.value for f in values):
            yield from _change(line, base, slips[0], told)


def _listed_base(line: Line, i: int, told: Figure, base: Figure) -> Iterator[_Change]:
    """``45 vụ, 62 đối tượng; so với cùng kỳ tăng 9 vụ (36 vụ), tăng 12 đối tượng (50 đối tượng)``."""
    if not same_unit(told.quantity, base.quantity) or not _FORMS["its_base"].match(line.between(told, base)):
        return
    earlier = [f for f in line.outside(i) if f.quantity.unit == told.quantity.unit]
    if len(earlier) == 1 and _FORMS["compared"].search(line.between(earlier[0], told)):
        yield from _change(line, base, earlier[0], told)


def _share_behind_base(line: Line, now: Figure, base: Figure, share: Figure) -> Iterator[_Change]:
    """``24.860 đối tượng, tăng 860 đối tượng so với năm 2023 (24.000 đối tượng), tăng 3,6%``."""
    if share.quantity.unit == "%" and _FORMS["told_otherwise"].match(line.between(base, share).lstrip(")")):
        yield from _change(line, base, now, share)


def _both_ways(line: Line, now: Figure, first: Figure, second: Figure) -> Iterator[_Change]:
    """``612 tỷ đồng, tăng 102 tỷ đồng (20%)``, ``tăng 20% (102 tỷ đồng)``: the share of the value that was before."""
    by, share = (second, first) if first.quantity.unit == "%" else (first, second)
    alike = now.told and by.exact and same_unit(now.quantity, by.quantity) and share.quantity.unit == "%"
    if not (alike and share.exact and by.quantity.of is None and now.quantity.of is None):
        return
    other, end = (
        _FORMS["told_otherwise"].match(line.between(first, second)),
        _FORMS["share_ends"].match(line.after(second)),
    )
    if not _FORMS["growth"].match(line.between(now, first)) or not other or not end:
        return
    word = line.change_before(first)
    if not word or (word["plan"] is not None and not _FORMS["as_share_of_plan"].search(line.between(first, second))):
        return
    held_twice = other["base"] and end["base"]
    if by is second and (held_twice or not line.change_before(by)):
        return
    if now.quantity.unit not in _RATES and (change := _change_by(now, by, share, bool(word["up"]))):
        yield change


def year_to_year(line: Line, a: Figure, b: Figure) -> bool:
    """``Năm 2023 có 320 hộ nghèo, năm 2024 còn 256 hộ``."""
    if not same_unit(a.quantity, b.quantity) or not (a.told and b.told):
        return False
    if _FORMS["now_told"].match(line.between(a, b)) and _FORMS["same_time_before"].search(line.before(a)):
        return True
    later = _FORMS["then_year"].match(line.between(a, b))
    earlier = later and _FORMS["year_before"].search(line.before(a))
    if not later or not earlier:
        return False
    in_one = earlier["begin"] and later["end"] and earlier["year"] == later["year"]
    return bool(in_one or int(earlier["year"]) < int(later["year"]))


def _year_back(line: Line, a: Figure, b: Figure) -> bool:
    """``Năm 2024 thu 62 tỷ đồng; năm 2023 thu 50 tỷ đồng``."""
    if not same_unit(a.quantity, b.quantity) or not (a.told and b.told):
        return False
    earlier = _FORMS["then_year"].match(line.between(a, b))
    later = earlier and _FORMS["year_before"].search(line.before(a))
    return bool(earlier and later and not earlier["end"] and int(later["year"]) > int(earlier["year"]))


def _plan_to_result(line: Line, a: Figure, b: Figure) -> bool:
    """``Kế hoạch 50 người, thực hiện 64 người``: what goes beyond, or lacks, is the difference."""
    alike = same_unit(a.quantity, b.quantity) and a.told and b.told and a.quantity.of is None and b.quantity.of is None
    reached = alike and _FORMS["plan_then_result"].match(line.between(a, b))
    return bool(reached and _FORMS["plan_before"].search(line.before(a)))


def _held_against(line: Line, now: Figure, base: Figure, told: Figure) -> bool:
    """``13 tỷ đồng so với 12 tỷ đồng cùng kỳ năm trước, tăng 8,3%``, ``40 vụ, so với cùng kỳ (32 vụ) tăng 25%``."""
    alike = same_unit(now.quantity, base.quantity) and _FORMS["against_before"].match(line.between(now, base))
    in_brackets = same_unit(now.quantity, base.quantity) and _FORMS["against_base"].match(line.between(now, base))
    if in_brackets and not line.change_before(now) and _FORMS["then_rose"].match(line.between(base, told)):
        return True
    return bool(alike and _FORMS["then_changed"].match(line.between(base, told)))


def _of_base(line: Line, by: Figure, base: Figure, share: Figure) -> Iterator[_Change]:
    """``giảm 95 hộ so với năm 2022 (1.305 hộ), tương ứng giảm 7,3%``: what is left is not told."""
    alike = by.exact and base.exact and same_unit(by.quantity, base.quantity) and share.quantity.unit == "%"
    if not (alike and share.exact and base.value > by.value) or base.quantity.unit in _RATES:
        return
    word = line.change_before(by)
    if (
        word
        and _FORMS["base_in_brackets"].match(line.between(by, base))
        and _FORMS["told_otherwise"].match(line.between(base, share).lstrip(")"))
    ):
        after = base.value + by.value if word["up"] else base.value - by.value
        yield _Change(base, base._replace(quantity=base.quantity.model_copy(update={"value": after})), share)


def _base_first(line: Line, base: Figure, by: Figure, share: Figure) -> Iterator[_Change]:
    """``So với dự toán năm 2023 (332.000 triệu đồng), dự toán năm 2024 tăng 23.200 triệu đồng, tăng 7%``."""
    alike = by.exact and base.exact and same_unit(by.quantity, base.quantity) and share.quantity.unit == "%"
    if (
        not (alike and share.exact and by.quantity.of is None and base.quantity.of is None)
        or base.quantity.unit in _RATES
    ):
        return
    word = line.change_before(by)
    if (
        word
        and _BASE_FIRST.search(lower(line.before(base)))
        and _FORMS["then_differs"].match(line.between(base, by))
        and _FORMS["told_otherwise"].match(line.between(by, share))
    ):
        after = base.value + by.value if word["up"] else base.value - by.value
        yield _Change(base, base._replace(quantity=base.quantity.model_copy(update={"value": after})), share)


def _compared_below(line: Line, i: int, by: Figure, share: Figure) -> Iterator[_Change]:
    """``14 vụ, làm chết 9 người. So với cùng kỳ: tăng 2 vụ (16,7%), giảm 1 người chết (10%)``.

    The value that rose or fell is the one of its unit, told before the comparison; of several, the one whose words the
    difference repeats. None is meant where any of them is right.
    """
    q = by.quantity
    if share.quantity.unit != "%" or not (share.exact and by.exact) or q.of is not None or q.unit in _RATES:
        return
    word = line.change_before(by)
    told = _FORMS["told_otherwise"].match(line.between(by, share)) and _FORMS["share_ends"].match(line.after(share))
    compared = list(_FORMS["compared"].finditer(line.before(by)))
    if not word or word["plan"] is not None or not told or not compared:
        return
    earlier = [f for f in line.figures[:i] if f.quantity.end - line.start <= compared[-1].start()]
    values = [f for f in earlier if same_unit(f.quantity, q) and f.told and f.quantity.aspect != "change"]
    what = _CLAUSE.split(line.between(by, share))[0].strip().lower()
    named = [f for f in values if what and what in _CLAUSE.split(line.after(f))[0].lower()]
    named += [f for f in values if what and what in _CLAUSE.split(line.before(f))[-1].lower()]
    changes = [c for f in values if (c := _change_by(f, by, share, bool(word["up"])))]
    if any(map(_right, changes)):
        return
    meant = [c for c in changes if c.after in named] if len(values) > 1 else changes
    if len({c.after.value for c in meant}) == 1:
        yield meant[0]


def _change_by(now: Figure, by: Figure, share: Figure, up: bool) -> _Change | None:
    """A share held against the value that a difference leaves of the one of now."""
    before = now.value - by.value if up else now.value + by.value
    if before <= 0 or now.quantity.of is not None:
        return None
    text = now.quantity.text if now.blur else written(before, 0)  # which tells how far it may lie from the one meant
    return _Change(now._replace(quantity=now.quantity.model_copy(update={"value": before, "text": text})), now, share)


def from_to(line: Line, a: Figure, b: Figure) -> bool:
    """Whether two figures are what a value was and what it became."""
    alike = a.told and b.told and same_unit(a.quantity, b.quantity)
    if not alike or not _FORMS["to_word"].match(line.between(a, b)):
        return False
    lead = _LEAD.match(a.quantity.text)
    return bool(_FORMS["from_word"].search(line.before(a) + (lead[0] if lead else "")))


def _change(line: Line, before: Figure, after: Figure, told: Figure) -> Iterator[_Change]:
    """A change, where the difference is told of what changed and in the direction that the values took."""
    q = told.quantity
    if (
        not told.exact
        or q.of is not None
        or ("/" in q.text and q.unit in _RATES)
        or not before.exact
        or before.quantity.of is not None
    ):
        return
    if not (same_unit(q, before.quantity) or q.unit in _RATES):
        return
    word = line.change_before(told)
    if word and same_unit(after.quantity, before.quantity) and bool(word["up"]) == (after.value >= before.value):
        yield _Change(before, after, told)


def _right(change: _Change) -> bool:
    told, places = change.told.value, decimals(change.told.quantity.text)
    blur = change.before.blur + change.after.blur
    if change.as_share:
        return agrees(change.share, told, places, 100 * blur * 2 / change.before.value)
    if change.difference == told or abs(change.difference - told) <= blur + change.told.blur:
        return True
    if not change.of_rates:
        return False
    return agrees(change.difference, told, places) or agrees(
        change.share, told, places, 100 * blur / change.before.value
    )


def _finding(page: Page, change: _Change) -> Finding:
    before, after, told = change
    unit = before.quantity.unit
    mark = "%" if change.of_rates else ""
    evidence = f"Từ {amount(before.value, unit)}{mark} đến {amount(after.value, unit)}{mark}: chênh lệch "
    right = amount(change.difference, unit)
    if change.as_share:
        right = written(change.share, max(1, decimals(told.quantity.text))) + "%"
        evidence += f"{amount(change.difference, unit)}, bằng {right}"
    else:
        evidence += right
    words = page.document.text[told.quantity.start : told.quantity.end]
    ids = sorted({f.id for f in change})
    span = (min(f.quantity.start for f in change), max(f.quantity.end for f in change))
    name = "wrong_percentage" if told.quantity.unit in _RATES else "wrong_sum"
    return page.finding(name, "error", span, f"{evidence}, văn bản ghi {words}", right, ids)
