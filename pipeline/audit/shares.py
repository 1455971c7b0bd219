"""Percentages against the part and the whole that the same sentence gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise, permutations
from typing import NamedTuple

from patterns import forms
from pipeline.audit.bare import with_bare
from pipeline.audit.lines import BARE, Figure, Line, Page, agrees, amount, decimals, mistyped, same_unit, written
from pipeline.audit.model import Finding
from pipeline.fold import fold

_FORMS = {name: form.pattern for name, form in forms("figures").items()}

_PROVEN = 2
_NEARLY = Decimal("0.25")
_UNCOUNTED = re.compile(r"^[\d.,\s]+")
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
    figures: list[Figure]

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
    for line in page.lines:
        if not any(map(_is_percentage, line.figures)):
            continue
        line = with_bare(line.timeless())
        for i, figure in enumerate(line.figures):
            if not _is_percentage(figure):
                continue
            share = _share(line, i) or _growth(line, i) or _of_list(line, i) or _likely(line, i)
            if share and share.whole.value > 0 and not _right(share):
                yield _finding(page, share)


def _is_percentage(figure: Figure) -> bool:
    return figure.quantity.unit == "%" and figure.quantity.value_max is None


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
    unit = next((u for f in share.figures if (u := f.quantity.unit) != "%"), None)
    ratio = f"{amount(part, unit)}/{amount(whole, unit)} = {written(100 * part / whole, 2)}%"
    if share.change:
        ratio += f" ({'tăng' if part >= whole else 'giảm'} {written(share.actual, 2)}%)"
    first = min(f.quantity.start for f in share.figures)
    last = max(f.quantity.end for f in share.figures)
    ids = sorted(f.id for f in share.figures)
    told = page.document.text[share.percentage.quantity.start : share.percentage.quantity.end]
    return page.finding("wrong_percentage", "error", (first, last), f"{ratio}, văn bản ghi {told}", expected, ids)


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
    gap = _without_its_name(line, line.between(part, percentage), part)
    link = _FORMS["share_link"].match(gap)
    following = line.figures[i + 1] if i + 1 < len(line.figures) else None
    named = following and following.told and _is_whole(line.between(percentage, following))
    if named and not link:
        link = _FORMS["share_link"].match(gap.replace(";", ",", 1))
    if not link or not part.told or part.quantity.unit == "%" or _FORMS["other_subject"].search(gap):
        return None
    beyond = bool(link["beyond"])
    if following and named:
        alike = same_unit(part.quantity, following.quantity) and part.quantity.per == following.quantity.per
        if part.quantity.of is None and (alike or following.quantity.unit is None):
            return _Share(percentage, _value(part), _value(following), beyond, [part, percentage, following])
    if (whole := _named_behind(line, before, percentage)) and same_unit(part.quantity, whole.quantity):
        return _Share(percentage, _value(part), _value(whole), beyond, [whole, part, percentage])
    if _FORMS["other_whole"].match(line.after(percentage)):
        return None
    if part.quantity.of is not None:
        return _Share(percentage, _value(part), _of(part), beyond, [part, percentage])
    return _of_named_whole(line, before, percentage, beyond)


def _without_its_name(line: Line, gap: str, part: Figure) -> str:
    """The words up to a percentage, without the name of what is counted (``120 hộ nghèo (tỷ lệ hộ nghèo 12%)``)."""
    named = _FORMS["rate_of"].search(gap)
    if not named:
        return gap
    counted = re.split(r"[,;.(]", line.before(part))[-1] + part.quantity.text + gap[: named.start()]
    return gap[: named.start("what")] if named["what"].lower() in counted.lower() else gap


def _is_whole(gap: str) -> bool:
    """Whether the words behind a percentage say that the next figure is what it is of."""
    return any(_FORMS[name].match(gap) for name in ("whole_in_brackets", "whole_behind", "base_in_brackets"))


def _named_behind(line: Line, before: list[Figure], percentage: Figure) -> Figure | None:
    """The figure whose own noun is said behind a percentage to be what it is of (``chiếm 95% tổng số hộ nghèo``)."""
    named = _FORMS["whole_named"].match(line.after(percentage))
    if not named:
        return None
    what = fold(named["what"])
    wholes = [f for f in before[:-1] if f.told and fold(_UNCOUNTED.sub("", f.quantity.text)) == what]
    return wholes[0] if len({f.value for f in wholes}) == 1 else None


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
    return _Share(percentage, _value(fraction), _of(fraction), False, [percentage, fraction])


def _of_named_whole(line: Line, before: list[Figure], percentage: Figure, beyond: bool) -> _Share | None:
    """``500 hộ, trong đó 123 hộ ..., chiếm 24,6%`` and ``kế hoạch 300 lao động, thực hiện 355, đạt 118%``."""
    if len(before) < 2:
        return None
    whole, part = before[-2:]
    against = _FORMS["against_plan"].match(line.between(whole, part))
    of_so_many = _is_out_of(line, whole, part)
    if against or of_so_many or _FORMS["of_all"].match(line.between(whole, part)):
        whole, part = part, whole
    if not (whole.told or of_so_many) or not same_unit(whole.quantity, part.quantity):
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
    return _Share(percentage, _value(part), _value(whole), beyond, [whole, part, percentage])


def _is_out_of(line: Line, part: Figure, whole: Figure) -> bool:
    """Whether a figure is what the one right before it is a part of (``2.350 hộ trên 2.500 hộ``, ``62 em/100 em``)."""
    bound, gap = _FORMS["out_of_so_many"].match(whole.quantity.text), line.between(part, whole).strip()
    return bool((gap == "/" or (bound and not gap)) and part.told and part.value <= whole.value)


def _of_list(line: Line, i: int) -> _Share | None:
    """``145 đảng viên: xuất sắc 29 đảng viên (chiếm 20%), tốt 101 đảng viên (chiếm 69,7%) ...``: the head is the whole.

    Two other parts at least, and all of them, must prove it.
    """
    pairs = [(a, b) for a, b in pairwise(line.figures) if _is_part_with_share(line, a, b)]
    own = next((pair for pair in pairs if pair[1] is line.figures[i]), None)
    if not own or len(pairs) < _PROVEN + 1:
        return None
    before = [
        f
        for f in line.figures
        if f.quantity.start < pairs[0][0].quantity.start and same_unit(f.quantity, own[0].quantity) and f.told
    ]
    if not before or before[-1].quantity.of is not None:
        return None
    whole = before[-1]
    shares = [_Share(b, _value(a), _value(whole), False, [whole, a, b]) for a, b in pairs]
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
    return _Share(percentage, _value(now), _value(base), True, [now, percentage, base])


# --------------------------------------------------------------------------- wholes that only come near


def _likely(line: Line, i: int) -> _Share | None:
    """A whole told somewhat earlier (``350 phiếu phát ra, thu về 343 phiếu, đạt 89%``), where the share is near.

    What some other pair of the line's figures explains is left alone.
    """
    percentage, before = line.figures[i], line.outside(i)
    if len(before) < 2 or not percentage.exact or _FORMS["growth"].match(line.before(percentage)[-20:]):
        return None
    part = before[-1]
    gap = _without_its_name(line, line.between(part, percentage), part)
    link = _FORMS["share_link"].match(gap.lstrip(";") if part.quantity.unit == BARE else gap)
    behind = _FORMS["words_behind"].match(line.after(percentage))
    planned = bool(behind and _FORMS["of_the_plan"].match(behind[0]))
    if not link or link["beyond"] or not part.told or part.quantity.unit == "%" or part.quantity.of is not None:
        return None
    if (
        _FORMS["other_subject"].search(gap)
        or _SENTENCE.search(gap)
        or not (planned or (behind and not behind[0].strip()))
    ):
        return None
    for whole in reversed(before[:-1]):
        between = line.between(whole, part)
        if len(_SENTENCE.findall(between)) > planned or _FORMS["another_value"].search(between):
            return None
        if not whole.told or not same_unit(whole.quantity, part.quantity) or whole.quantity.of is not None:
            continue
        if _has_share(line, whole) and not _FORMS["share_of_part"].match(between):
            continue  # a part beside this one
        if planned and not _FORMS["plan_said"].search(line.before(whole)[-80:] + line.between(whole, part)[:40]):
            continue
        share = _Share(percentage, _value(part), _value(whole), False, [whole, part, percentage])
        return share if _comes_near(share) and not _explained(line, percentage) else None
    return None


def _has_share(line: Line, figure: Figure) -> bool:
    """Whether a percentage stands right behind a figure."""
    following = line.figures[line.figures.index(figure) + 1]
    return following.quantity.unit == "%" and bool(_FORMS["share_link"].match(line.between(figure, following)))


def _comes_near(share: _Share) -> bool:
    """Whether a part and its whole give nearly what is told, or but one figure is another."""
    told = share.percentage.value
    if share.whole.value <= 0:
        return False
    actual = round(share.actual, _places(share))
    return abs(actual - told) <= actual * _NEARLY or mistyped(actual, told, 2)


def _explained(line: Line, percentage: Figure) -> bool:
    """Whether any two figures of a line give a percentage rightly."""
    values = [f for f in line.figures if f.told and f.quantity.unit != "%"]
    pairs = [(_value(a), _value(b)) for a, b in permutations(values, 2) if same_unit(a.quantity, b.quantity)]
    pairs += [(_value(f), _of(f)) for f in values if f.quantity.of]
    return any(_right(_Share(percentage, a, b, False, [])) for a, b in pairs if b.value > 0)
