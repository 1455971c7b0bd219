"""Percentages against the part and the whole that the same sentence gives."""

from __future__ import annotations

import re
from collections.abc import Iterator

from patterns import forms, low
from pipeline.audit.bare import with_bare
from pipeline.audit.lines import Figure, Line, Page, amount, same_unit, share_link, written
from pipeline.audit.model import Finding
from pipeline.audit.percentages.far_shares import share_of_list
from pipeline.audit.percentages.named import known_by_name
from pipeline.audit.percentages.share import (
    Share,
    comes_near,
    is_percentage,
    is_right,
    is_slip,
    is_whole_before,
    places,
    value,
    value_of_whole,
    without_its_name,
)
from pipeline.audit.percentages.slipped_shares import slipped_share
from pipeline.audit.percentages.wholes import far_whole, is_out_of, named_behind, of_list, with_bullets
from pipeline.fold import fold, lower

_FORMS = {name: form.pattern for name, form in forms("figures").items()}
_OTHER_SUBJECT = low("figures", "other_subject")

_PROVEN = 2
_UNCOUNTED = re.compile(r"^[\d.,\s]+")
_CLAUSE = re.compile(r"[.,;:()]")
_SENTENCE = re.compile(r"\.\s")


def wrong_percentages(page: Page) -> Iterator[Finding]:
    """Every percentage that its part and whole contradict beyond rounding."""
    done: set[int] = set()
    for n, line in enumerate(page.lines):
        if listed := with_bullets(page.lines, n, page.document.text):
            yield from _in_bullets(page, listed, done)
        if not any(map(is_percentage, line.figures)):
            continue
        line = with_bare(line.timeless())
        for i, figure in enumerate(line.figures):
            if not is_percentage(figure) or figure.id in done:
                continue
            share = _share(line, i) or _growth(line, i) or far_whole(line, i) or known_by_name(page.lines, n, line, i)
            share = share or share_of_list(line, i) or slipped_share(page.lines, n, line, i)
            if (
                share
                and share.whole.value > 0
                and not is_right(share)
                and (comes_near(share) or not _other_part(line, share))
            ):
                yield _finding(page, share)


def _other_part(line: Line, share: Share) -> bool:
    """Whether another figure of a line is the part of the whole that a percentage tells rightly."""
    alike = [f for f in line.figures if f.told and f.quantity.of is None and f.quantity.unit != "%"]
    whole = next((f for f in share.figures if f.value == share.whole.value), None)
    alike = [f for f in alike if whole and same_unit(f.quantity, whole.quantity) and f.value != share.whole.value]
    return any(is_right(share._replace(part=value(f))) for f in alike)


def _in_bullets(page: Page, listed: Line, done: set[int]) -> Iterator[Finding]:
    """The shares in bullets that the whole told above them contradicts; ``done`` takes those that are found."""
    for i, figure in enumerate(listed.figures):
        share = of_list(listed, i) if is_percentage(figure) else None
        if share and not is_right(share):
            done.add(figure.id)
            yield _finding(page, share)


def _finding(page: Page, share: Share) -> Finding:
    expected = written(share.actual, max(1, places(share))) + "%"
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


def _share(line: Line, i: int) -> Share | None:
    """The part and whole of a percentage: ``355 ... đạt 118% (kế hoạch 300)``, ``02/5 người đạt 40%`` and the like."""
    if share := _told_after(line, i) or _of_plan_in_brackets(line, i):
        return share
    percentage, before = line.figures[i], _values(line, i)
    while len(before) > 1 and _qualifies(line, before[-2], before[-1]):
        before = before[:-1]
    if not before:
        return None
    part = before[-1]
    if is_whole_before(line, part):
        return None
    gap = without_its_name(line, line.words(part, percentage), part)
    link = share_link(gap)
    following = line.figures[i + 1] if i + 1 < len(line.figures) else None
    named = following and following.told and _is_whole(line.between(percentage, following))
    named = named and following and not line.change_before(following)
    named = named and not (following and _has_own_share(line, i + 1))
    if named and not link:
        link = share_link(_FORMS["share_told"].sub(",", gap.replace(";", ",", 1)))
    counted = part.told or (len(before) > 1 and is_out_of(line, before[-2], part))
    if not link or not counted or part.quantity.unit == "%" or _OTHER_SUBJECT.search(lower(gap)):
        return None
    beyond = bool(link["beyond"])
    if following and named:
        alike = same_unit(part.quantity, following.quantity) and part.quantity.per == following.quantity.per
        if part.quantity.of is None and (alike or following.quantity.unit is None):
            return Share(percentage, value(part), value(following), beyond, [part, percentage, following])
    if (whole := _named_behind(line, before, percentage)) and same_unit(part.quantity, whole.quantity):
        return Share(percentage, value(part), value(whole), beyond, [whole, part, percentage])
    other = _FORMS["other_whole"].match(line.after(percentage))
    if part.quantity.of is not None and not _FORMS["loose_fraction"].match(part.quantity.text):
        share = Share(percentage, value(part), value_of_whole(part), beyond, [part, percentage])
        near = other and (is_slip(share) or (named_behind(line, percentage, part) and comes_near(share)))
        return share if near or not other else None
    if (other and not _is_named_again(line, before, percentage)) or part.quantity.of is not None:
        return None
    return _of_named_whole(line, before, percentage, beyond)


def _has_own_share(line: Line, i: int) -> bool:
    """Whether a figure in brackets is told with a share of its own (``bằng 0,28% (năm 2020: 15 đảng viên, 0,36%)``)."""
    following = line.figures[i + 1] if i + 1 < len(line.figures) else None
    return bool(following and is_percentage(following) and ")" not in line.between(line.figures[i], following))


def _of_plan_in_brackets(line: Line, i: int) -> Share | None:
    """``5.150 tấn (kế hoạch 5.000 tấn), đạt 103%``."""
    if not i:
        return None
    plan, percentage = line.figures[i - 1 : i + 1]
    link = _FORMS["brackets_then_share"].match(line.between(plan, percentage))
    if not plan.told or not link:
        return None
    if not _FORMS["plan_in_brackets"].search(line.before(plan)[-80:]):
        return None
    before = [f for f in line.figures[: i - 1] if same_unit(f.quantity, plan.quantity)]
    reached = [f for f in before if not line.change_before(f)]
    if (
        not reached
        or not reached[-1].told
        or reached[-1].quantity.of is not None
        or ";" in line.between(reached[-1], plan)
    ):
        return None
    return Share(percentage, value(reached[-1]), value(plan), bool(link["beyond"]), [reached[-1], plan, percentage])


def _values(line: Line, i: int) -> list[Figure]:
    """The figures before a percentage that it can follow from: none in brackets, no share, no change."""
    at = line.figures[i].quantity.start - line.start
    outside = [f for f in line.outside(i) if f.quantity.unit != "%" or f is line.figures[i - 1]]
    changes = [_is_change(line, f) for f in outside]
    if not any(changes) or all(changes):
        return outside
    asides = [m.span() for m in _FORMS["aside"].finditer(line.text, 0, at)]
    return [f for f in outside if not any(a <= f.quantity.start - line.start < b for a, b in asides)]


def _qualifies(line: Line, fraction: Figure, figure: Figure) -> bool:
    """Whether a figure only tells of what a fraction counts (``11/15 xã đạt 19 tiêu chí``)."""
    alike = figure.quantity.of is not None or same_unit(fraction.quantity, figure.quantity)
    return fraction.quantity.of is not None and not alike and not _CLAUSE.search(line.between(fraction, figure))


def _is_change(line: Line, figure: Figure) -> bool:
    """Whether the words right before a figure make it one that a value rose, fell or went beyond by."""
    return line.change_before(figure) is not None


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


def _is_named_again(line: Line, before: list[Figure], percentage: Figure) -> bool:
    """Whether a percentage is told of what its part is out of (``trên tổng số 900 hộ, chiếm 4% số hộ``)."""
    named = _FORMS["of_those"].match(line.after(percentage))
    if not named or len(before) < 2 or not is_out_of(line, before[-2], before[-1]):
        return False
    whole = before[-1].quantity
    return fold(named["what"]) in (fold(whole.unit or ""), fold(_UNCOUNTED.sub("", whole.text)))


def _told_after(line: Line, i: int) -> Share | None:
    """``đạt 85% kế hoạch (255/300 lao động)``."""
    percentage = line.figures[i]
    fraction = next((f for f in line.figures[i + 1 : i + 3] if f.quantity.of), None)
    if (
        not fraction
        or not fraction.told
        or not _FORMS["fraction_in_brackets"].match(line.between(percentage, fraction))
    ):
        return None
    if percentage.quantity.aspect == "change" or _FORMS["growth"].match(line.before(percentage)[-20:]):
        return None
    return Share(percentage, value(fraction), value_of_whole(fraction), False, [percentage, fraction])


def _of_named_whole(line: Line, before: list[Figure], percentage: Figure, beyond: bool) -> Share | None:
    """``500 hộ, trong đó 123 hộ ..., chiếm 24,6%`` and ``kế hoạch 300 lao động, thực hiện 355, đạt 118%``."""
    if len(before) < 2:
        return None
    whole, part = before[-2:]
    gap = line.words(whole, part)
    against = _FORMS["against_plan"].match(gap)
    of_so_many = is_out_of(line, whole, part)
    if against or of_so_many:
        whole, part = part, whole
    named = of_so_many and _FORMS["of_all"].match(gap)
    if not (whole.told or of_so_many) or not (same_unit(whole.quantity, part.quantity) or named):
        return None
    if ")" in line.between(before[-1], percentage):
        return None
    partition = whole.value >= part.value and _FORMS["share_of_part"].match(gap)
    planned = _FORMS["plan_then_result"].match(gap) and _FORMS["plan_before"].search(line.before(whole))
    dealt = _FORMS["then_dealt_with"].match(gap)
    of_all = of_so_many and whole.value >= part.value
    one_clause = ";" not in gap and not _SENTENCE.search(gap)
    out_of = one_clause and whole.value >= part.value and _FORMS["out_of"].search(line.before(whole))
    if not (against or of_all or out_of or partition or planned or (dealt and whole.value >= part.value)):
        return None
    share = Share(percentage, value(part), value(whole), beyond, [whole, part, percentage])
    sure = same_unit(whole.quantity, part.quantity) and not (partition and _share_between(line, whole, part))
    return share if sure or comes_near(share) else None


def _share_between(line: Line, a: Figure, b: Figure) -> bool:
    """Whether a percentage stands between two figures, so that one behind them may be told of the like."""
    return any(is_percentage(f) and a.quantity.start < f.quantity.start < b.quantity.start for f in line.figures)


def _growth(line: Line, i: int) -> Share | None:
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
    return Share(percentage, value(now), value(base), True, [now, percentage, base])
