"""Totals and their parts that no word for a list joins: told among so many, item by item, or a sentence later."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from patterns import data, forms, low
from pipeline.audit.bare import with_bare
from pipeline.audit.lines import BARE, Figure, Line, agrees, decimals, mistyped, near, same_unit
from pipeline.audit.percentages.wholes import is_part_with_share
from pipeline.audit.totals.parts import (
    FEWEST,
    SENTENCE_END,
    Listed,
    can_be_total,
    in_brackets,
    is_part,
    opposed,
    overlaps,
    sentence_end,
    shared_traits,
    siblings,
    words_of,
)
from pipeline.fold import lower

_FORMS = {name: form.pattern for name, form in forms("figures").items()}
_ONE_OF_TWO_SAID = low("figures", "one_of_two_said")
_DIGITS = re.compile(r"\d+")
_MANY = 100  # of fewer things any two numbers lie near


def among(line: Line) -> Iterator[Listed]:
    """``Trong 15 chỉ tiêu có 09 chỉ tiêu vượt, 04 chỉ tiêu đạt, 02 chỉ tiêu chưa đạt``."""
    for i, total in enumerate(line.figures[: 1 - FEWEST]):
        if not _FORMS["out_of"].search(line.before(total)) or not can_be_total(line, total):
            continue
        end = sentence_end(line.text, total.quantity.end - line.start)
        behind = [f for f in line.figures[i + 1 :] if f.quantity.start - line.start < end and f.quantity.unit != "%"]
        if not behind or not _FORMS["there_are_among"].search(line.between(total, behind[0])):
            continue
        parts = [
            f for f in behind if ";" not in line.between(behind[0], f) and same_unit(f.quantity, behind[0].quantity)
        ]
        parts = [f for f in parts if is_part(line, f) and not in_brackets(line, f)]
        words = words_of(line, behind[0].quantity.start - line.start, parts) if parts else ""
        alike = parts and (same_unit(parts[0].quantity, total.quantity) or len(parts) > FEWEST - 1)
        if not alike or len(parts) < FEWEST - 1 or shared_traits(words, total.quantity.unit, "", len(parts)):
            continue
        sure = bool(opposed(words) or _FORMS["rest_among"].search(words))
        if sure or _sum(parts) > total.value:
            yield Listed(total, parts, sure)


def item_by_item(line: Line) -> Iterator[Listed]:
    """``Tổng số công dân là 6.840; tạm hoãn 4.925; không đủ tiêu chuẩn 410; đưa vào sơ tuyển 1.505``."""
    if not _FORMS["total_opens"].match(line.text) or line.text.count(";") < FEWEST - 1:
        return
    line = with_bare(line)
    end = sentence_end(line.text, 0)
    items, start = [], 0
    for item in line.text[:end].split(";"):
        figures = [f for f in line.figures if start <= f.quantity.start - line.start < start + len(item)]
        items.append([f for f in figures if not in_brackets(line, f) and f.quantity.unit != "%"])
        start += len(item) + 1
    if len(items) <= FEWEST or any(len(item) != 1 for item in items):
        return
    (total, *parts) = [f for item in items for f in item]
    plain = all(is_part(line, f) and same_unit(f.quantity, total.quantity) for f in parts)
    words = words_of(line, total.quantity.end - line.start, parts)
    plain = plain and can_be_total(line, total) and _is_slip(total, parts)
    if plain and not overlaps(words, total.quantity.unit, "", len(parts)):
        yield Listed(total, parts, sure=False)


def sentence_later(lines: list[Line], i: int) -> Iterator[Listed]:
    """``Khám cho 68.540 lượt. Khám tại Trung tâm 31.275 lượt, khám tại xã 37.265 lượt``: parts called alike."""
    line = lines[i]
    if len(line.figures) < FEWEST - 1:
        return
    starts = [0, *(m.end() for m in SENTENCE_END.finditer(line.text))]
    for start, end in zip(starts, [*starts[1:], len(line.text)], strict=True):
        told = [f for f in line.figures if start <= f.quantity.start - line.start < end and f.quantity.unit != "%"]
        parts = [f for f in told if same_unit(f.quantity, told[0].quantity)]
        if len(parts) != FEWEST - 1 or not siblings(line, parts) or not all(is_part(line, f) for f in parts):
            continue
        above = [(line, f) for f in line.figures if f.quantity.end - line.start <= start]
        above = above or [(lines[i - 1], f) for f in lines[i - 1].figures] if i else above
        alike = [f for at, f in above if can_be_total(at, f) and same_unit(f.quantity, parts[0].quantity)]
        slips = [f for f in alike if _is_slip(f, parts)]
        if len(slips) == 1 and _sum(parts) not in {f.value for f in alike}:
            yield Listed(slips[0], parts, sure=False)


def of_two_kinds(line: Line) -> Iterator[Listed]:
    """Totals with the two kinds of which everything is one (``25 đồng chí; nam 14 đồng chí, nữ 11 đồng chí``).

    Where there may be a third kind only a slip of the hand is meant.
    """
    if not _ONE_OF_TWO_SAID.search(lower(line.text)):
        return
    line = with_bare(line)
    plain = [f for f in line.figures if f.quantity.unit != "%" and not in_brackets(line, f) and is_part(line, f)]
    kinds = [_FORMS["one_or_other"].search(line.before(f)) for f in plain]
    for n, (a, b) in enumerate(pairwise(plain)):
        one, other = kinds[n], kinds[n + 1]
        total = next(
            (f for f in plain[:n][::-1] if f.quantity.unit != BARE and same_unit(f.quantity, a.quantity)), None
        )
        if not one or not other or not total or not can_be_total(line, total) or not same_unit(a.quantity, b.quantity):
            continue
        pair = sorted((one["kind"].lower(), other["kind"].lower()))
        end = sentence_end(line.text, b.quantity.end - line.start)
        third = any(same_unit(f.quantity, a.quantity) for f in plain[n + 2 :] if f.quantity.start - line.start < end)
        if pair in data("figures")["one_or_other"]:
            yield Listed(total, [a, b], sure=True)
        elif pair in data("figures")["mostly_one_or_other"] and not third and _is_slip(total, [a, b]):
            yield Listed(total, [a, b], sure=False)


def with_shares(line: Line) -> Iterator[Listed]:
    """``6.310 đồng chí: tốt 4.606 đồng chí (73%); khá 1.679 đồng chí (26,6%); kém 35 đồng chí``: but for the last one
    each part is told with its right share of the total."""
    pairs = [(a, b) for a, b in pairwise(line.figures) if is_part_with_share(line, a, b)]
    if len(pairs) < FEWEST - 1:
        return
    at, behind = line.figures.index(pairs[0][0]), line.figures.index(pairs[-1][1]) + 1
    total, last = line.figures[at - 1 : at], line.figures[behind : behind + 1]
    if not total or not last or not can_be_total(line, total[0]) or not is_part(line, last[0]):
        return
    parts = [*(a for a, _ in pairs), *last]
    shares = [agrees(100 * a.value / total[0].value, b.value, decimals(b.quantity.text)) for a, b in pairs]
    alike = all(same_unit(f.quantity, total[0].quantity) for f in parts) and all(shares)
    if alike and _FORMS["rest_among"].search(line.between(pairs[-1][1], last[0])):
        yield Listed(total[0], parts, sure=True)


def _sum(parts: Sequence[Figure]) -> Decimal:
    return sum((f.value for f in parts), Decimal(0))


def _is_slip(total: Figure, parts: Sequence[Figure]) -> bool:
    """Whether but one figure of a total, or of one of its parts, keeps them from adding up."""
    added, meant = _sum(parts), total.value
    slip = mistyped(added, meant) or any(mistyped(f.value, f.value + meant - added, 2) for f in parts)
    return added != meant and meant >= _MANY and near(added, meant) and slip
