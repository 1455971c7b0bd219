"""Totals in the text against the parts that the text lists under them.

A list is taken for a partition only where it says so (``gồm``, ``chia ra``, ``còn lại``), or where its parts come so
near to the total that nothing else is meant; parts that can share a trait (women, the poor) never are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from patterns import data, forms, low
from pipeline.audit.bare import with_bare
from pipeline.audit.lines import (
    BARE,
    MONEY,
    Figure,
    Line,
    Page,
    agrees,
    amount,
    decimals,
    mistyped,
    same_unit,
    share_link,
)
from pipeline.audit.model import Finding
from pipeline.audit.totals.bullets import in_bullets, total_below
from pipeline.audit.totals.parts import (
    FEWEST,
    LONG,
    SENTENCE_END,
    Listed,
    can_be_total,
    in_brackets,
    in_its_scale,
    is_long_slip,
    is_part,
    kinds_of,
    opposed,
    parts_of,
    sentence_end,
    shared_traits,
    siblings,
    words_of,
)
from pipeline.audit.totals.plain_lists import among, item_by_item, of_two_kinds, sentence_later, with_shares
from pipeline.audit.totals.rests import with_rest
from pipeline.audit.totals.slipped_sums import slipped_lists
from pipeline.fold import fold, lower

_FORMS = {name: form.pattern for name, form in forms("figures").items()}
_PARTS_FOLLOW = low("figures", "parts_follow")
_FLOW = 60  # characters before a part that say whether it came or went
_ABOVE = 4  # lines above one that parts what they count
_SENTENCE = re.compile(r"\.\s")
_DIGITS = re.compile(r"\d+")


def wrong_sums(page: Page) -> Iterator[Finding]:
    """Every total in the text that its parts contradict."""
    for i, line in enumerate(page.lines):
        done: set[int] = set()
        settled: set[int] = set()  # figures of sums that are right, or found wrong
        apart = [
            *in_bullets(page.lines, i),
            *total_below(page.lines, i),
            *_by_kinds(page.lines, i),
            *sentence_later(page.lines, i),
        ]
        for found in [*_in_one(line), *apart]:
            told = {f.id for f in found.parts}
            if found.total.id in done or told & done:
                continue
            right = sum(f.value for f in found.parts) == found.total.value
            done |= told if right else {found.total.id, *told}  # a total may be parted twice
            finding = _judge(page, line, found)
            if right or finding:
                settled |= told
            if finding:
                yield finding
        for found in slipped_lists(page.lines, i):
            if not settled & {f.id for f in found.parts} and (finding := _judge(page, line, found)):
                yield finding


def _in_one(line: Line) -> list[Listed]:
    """The totals of one line."""
    opens = line.figures or _FORMS["total_opens"].match(line.text)
    if not opens or (len(line.figures) < FEWEST and len(_DIGITS.findall(line.text)) < FEWEST):
        return []
    found = [*_after_markers(line), *_bare_before_total(line), *item_by_item(line), *of_two_kinds(line)]
    if len(line.figures) >= FEWEST:
        found += [*_total_last(line), *_of_a_year(line), *with_rest(line), *among(line), *with_shares(line)]
    return found


def _judge(page: Page, line: Line, found: Listed) -> Finding | None:
    total = found.total.value
    parts = [f.value for f in found.parts]
    added = sum(parts, Decimal(0))
    if not total or abs(added - total) <= _rounding(found) or not _believable(line, found, added):
        return None
    if _both_ways(line, found) or (added < total and _shared_out(line, found)):
        return None
    unit = found.total.quantity.unit
    shown = " + ".join(amount(part, unit) for part in parts)
    evidence = f"{shown} = {amount(added, unit)}, văn bản ghi {amount(total, unit)}"
    start = min(f.quantity.start for f in (found.total, *found.parts))
    end = max(f.quantity.end for f in (found.total, *found.parts))
    ids = [found.total.id, *(f.id for f in found.parts)]
    return page.finding("wrong_sum", "error", (start, end), evidence, amount(added, unit), ids)


def _both_ways(line: Line, found: Listed) -> bool:
    """Whether words among the parts make one come and another go (``thành lập mới 31 ..., giải thể 12``)."""
    last = found.parts[-1].quantity.start
    told = [f for f in line.figures if found.parts[0].quantity.start <= f.quantity.start <= last]
    flows = [_FORMS["flow"].search(line.before(f)[-_FLOW:]) for f in told]
    return len({bool(flow["in"]) for flow in flows if flow and not flow["done"]}) > 1


def _shared_out(line: Line, found: Listed) -> bool:
    """Whether each part is told with its right share of the total, so that some of it is known to be left untold."""
    behind = {a.id: b for a, b in pairwise(line.figures)}
    shares = [(part, behind.get(part.id)) for part in found.parts]
    return all(
        share
        and share.quantity.unit == "%"
        and share_link(line.between(part, share))
        and agrees(100 * part.value / found.total.value, share.value, decimals(share.quantity.text))
        for part, share in shares
    )


def _rounding(found: Listed) -> Decimal:
    """How far a sum may lie from its total by rounding: where one of them is told to fewer places than the others.

    Where all are told to one place it is one of the last place.
    """
    total, parts = found.total.blur, [f.blur for f in found.parts]
    if len({total, *parts}) == 1 and len(parts) > FEWEST - 1:
        return 2 * total
    if total > min(parts):
        return total
    return sum((blur for blur in parts if blur > total), Decimal(0))


def _believable(line: Line, found: Listed, added: Decimal) -> bool:
    """Whether parts that do not add up were meant to: nearly equal, or said to be all and no more than the total.

    Parts that are far more than their total overlap, but for a single figure mistyped in parts that are of one kind.
    """
    total = found.total.value
    off = abs(added - total)
    if found.sure and (added < total or found.total.quantity.unit == MONEY):
        return off <= total / 2
    if off <= total / 10 or (off <= 2 and off * 3 <= total):
        return True
    if (
        off <= total / 5
        and (found.sure or added > total)
        and any(
            part.value > added - total and mistyped(part.value, part.value + total - added, 1) for part in found.parts
        )
    ):
        return True
    return mistyped(total, added, LONG) or (mistyped(total, added, 2) and (found.sure or siblings(line, found.parts)))


# --------------------------------------------------------------------------- parts behind their total


def _after_markers(line: Line) -> Iterator[Listed]:
    """Totals with the parts that the same line lists after ``trong đó``, ``gồm`` and the like."""
    first = _DIGITS.search(line.text)  # the total stands before its marker
    markers = list(_PARTS_FOLLOW.finditer(lower(line.text), first.start())) if first else []
    if not markers:
        return
    line = with_bare(line)
    for marker in markers if len(line.figures) >= FEWEST else ():
        at = marker.start("open" if marker["open"] else "bare" if marker["bare"] else "marker")
        head_from = _sentence_start(line.text, at)
        head = [
            f for f in line.figures if head_from <= f.quantity.start - line.start < f.quantity.end - line.start <= at
        ]
        if marker["bare"] and not head and _FORMS["by_kinds"].match(line.text[head_from : marker.end()]):
            before = len(line.text[:head_from].rstrip(" ."))
            head = _firsts(_figures(line, _line_of_thought(line.text, before), before))
        sure = marker["marker"] in data("figures")["whole"]
        end = _list_end(line.text, marker.end(), bool(marker["colon"] or marker["bare"]))
        if marker["open"]:
            head, end = head[-1:], _closing(line.text, marker.end())
        tail = _figures(line, marker.end(), end)
        listed = sure or (marker["marker"] and _goes_on_behind(line.text, end))
        if listed and len(tail) < FEWEST - 1:
            tail = _figures(line, marker.end(), end := _list_end(line.text, marker.end(), True))
        if not _FORMS["rest_untold"].search(line.text[marker.end() : end]):
            sure = sure or bool(_FORMS["rest"].search(line.text[marker.end() : end]))
            at_once = not marker["marker"]
            yield from _lists(line, head, tail, sure, at_once, marker.end(), line.text[head_from:at])


def _firsts(figures: list[Figure]) -> list[Figure]:
    """The first figure of each unit: what stands behind it in a sentence are parts of it."""
    return list({f.quantity.unit: f for f in figures[::-1]}.values())


def _by_kinds(lines: list[Line], i: int) -> Iterator[Listed]:
    """A line that only parts by kinds what a line above counts (``Toàn huyện có 21 xã ...``, ``Phân nhóm: 11 xã ...``).

    None where anything told there is what the parts add up to.
    """
    text = lines[i].text
    start = text.find(":") + 1
    if not start or not _FORMS["by_kinds"].match(text[:start]):
        return
    line = with_bare(lines[i])
    tail = _figures(line, start, _list_end(text, start, True))
    above = lines[max(0, i - _ABOVE) : i][::-1]
    for head, total in ((at, f) for at in above for f in at.figures):
        parts = parts_of(line, total, tail) if can_be_total(head, total) else []
        if len(parts) < FEWEST or not _FORMS["all_there_are"].match(_SENTENCE.split(head.before(total))[-1]):
            continue
        added = sum(f.value for f in parts)
        told = any(f.value == added and same_unit(f.quantity, total.quantity) for h in above for f in h.figures)
        if not told and not shared_traits(words_of(line, start, parts), total.quantity.unit, head.text, len(parts)):
            yield Listed(total, parts, sure=False)
        return


def _figures(line: Line, start: int, end: int) -> list[Figure]:
    return [f for f in line.figures if start <= f.quantity.start - line.start < end]


def _sentence_start(text: str, at: int) -> int:
    """Where the sentence of a marker begins; a marker that opens a sentence belongs to the one before."""
    ends = [m.end() for m in SENTENCE_END.finditer(text, 0, at)]
    if ends and ends[-1] == at:
        ends.pop()
    start = ends[-1] if ends else 0
    return max(start, text.rfind(";", start, len(text[:at].rstrip(" ;"))) + 1)


def _list_end(text: str, start: int, colon: bool) -> int:
    """Where a list of parts ends: at its sentence's end, at a list inside it, without a colon also at a semicolon."""
    end = sentence_end(text, start)
    inner = [m.start("marker") for m in _PARTS_FOLLOW.finditer(lower(text), start, end) if m["marker"]]
    if inner:
        end = inner[0]
    semicolon = text.find(";", start, end)
    return semicolon if semicolon > 0 and not colon else end


def _goes_on_behind(text: str, start: int) -> bool:
    """Whether nothing but items follow a semicolon up to the end of its sentence (``lúa 246 ha; ngô ...``)."""
    end = _list_end(text, start, True)
    items = text[start:end].strip(" ;").split(";")
    return len(items) > 1 and all(_FORMS["item"].fullmatch(item.strip()) for item in items)


def _closing(text: str, start: int) -> int:
    """Where the bracket that holds a place closes."""
    end = text.find(")", start)
    return end if end >= 0 else len(text)


def _lists(
    line: Line, head: list[Figure], tail: list[Figure], sure: bool, at_once: bool, start: int, said: str
) -> Iterator[Listed]:
    """For each unit the total that stands nearest before, with its parts; ``said`` are the words before the list.

    A list is told ``at_once`` where no word but a colon or a bracket opens it.

    Parts that seem to share a trait make up the total all the same where another unit told of each of them adds up
    (``15 cuộc, 1.120 lượt người; 18 cuộc, 1.240 lượt người``).
    """
    found = list(_by_unit(line, head, tail, sure, at_once))
    proven = {len(f.parts) for f in found if sum((p.value for p in f.parts), Decimal(0)) == f.total.value}
    for one in found:
        words = words_of(line, start, one.parts)
        alike = not shared_traits(words, one.total.quantity.unit, said, len(one.parts))
        if alike or len(one.parts) in proven or is_long_slip(one):
            yield one._replace(sure=sure or len(one.parts) in proven or opposed(words))


def _by_unit(line: Line, head: list[Figure], tail: list[Figure], sure: bool, at_once: bool) -> Iterator[Listed]:
    seen: set[int] = set()
    for total in reversed(head):
        if not can_be_total(line, total):
            continue
        parts = parts_of(line, total, tail) or in_its_scale(total, tail)
        if (sure or at_once) and len(kinds := kinds_of(line, total, tail)) > max(1, len(parts), at_once * 2):
            yield Listed(total, kinds, sure=False)
            continue
        if len(parts) > 1 and not seen & {f.id for f in parts}:
            seen |= {f.id for f in parts}
            added = sum((f.value for f in parts), Decimal(0))
            right = (f for f in head if f.value == added and same_unit(f.quantity, total.quantity))
            yield Listed(next(right, total), parts, sure)


# --------------------------------------------------------------------------- parts before their total


def _total_last(line: Line) -> Iterator[Listed]:
    """Totals told behind their parts (``năm 2021: 3,5 tỷ đồng; năm 2022: 4,8 tỷ đồng; tổng cộng 8,3 tỷ đồng``)."""
    for marker in _FORMS["out_of_total"].finditer(line.text):
        total = _told_behind(line, marker)
        before = _figures(line, _line_of_thought(line.text, marker.start()), marker.start())
        parts = [f for f in before if total and same_unit(f.quantity, total.quantity) and is_part(line, f)]
        if total and len(parts) >= FEWEST and sum(f.value for f in parts) > total.value:
            yield Listed(total, parts, sure=False)
    for marker in _FORMS["total_follows"].finditer(line.text):
        total = _told_behind(line, marker)
        if total is None:
            continue
        before = _figures(line, _line_of_thought(line.text, marker.start()), marker.start())
        parts = [f for f in parts_of(line, total, before) if not in_brackets(line, f)]
        if len(parts) > 1:
            yield Listed(total, parts, sure=False)


def _bare_before_total(line: Line) -> Iterator[Listed]:
    """The same with parts that tell no unit (``xuất sắc 6, tốt 18, hoàn thành 5; tổng số 29 đơn vị``)."""
    if len(line.figures) < FEWEST and _FORMS["total_follows"].search(line.text):
        yield from (one for one in _total_last(with_bare(line)) if all(f.quantity.unit == BARE for f in one.parts))


def _told_behind(line: Line, marker: re.Match[str]) -> Figure | None:
    """The total that a word for it announces."""
    times = data("indicators")["units"]["time"]
    behind = [f for f in line.figures if f.quantity.start - line.start >= marker.end() and f.quantity.unit not in times]
    total = next((f for f in behind if not _FORMS["all_of_so_many"].search(line.before(f))), None)
    if not total or not total.exact or total.quantity.unit == "%":
        return None
    announced = _FORMS["up_to_total"].match(line.text[marker.end() : total.quantity.start - line.start])
    return total if announced else None


def _line_of_thought(text: str, end: int) -> int:
    """Where the sentence begins that goes on up to a place."""
    return max((m.end() for m in SENTENCE_END.finditer(text, 0, end)), default=0)


def _of_a_year(line: Line) -> Iterator[Listed]:
    """The value of a year, or a part of it, behind those of its parts (``quý I 120 người ...; cả năm 560 người``)."""
    for marker in _FORMS["year_follows"].finditer(line.text):
        total, sentence = _told_behind(line, marker), _line_of_thought(line.text, marker.start())
        whole_times: dict[str, list[list[str]]] = data("figures")["whole_times"]
        parts_of_it = [[fold(p) for p in parts] for parts in whole_times.get(marker["whole"].lower(), [])]
        for first in {sentence, 0} if total else ():
            told = [fold(m[0]) for m in _FORMS["part_of_year"].finditer(line.text, first, marker.start())]
            before = _figures(line, first, marker.start())
            parts = [f for f in before if total and same_unit(f.quantity, total.quantity) and is_part(line, f)]
            if total and told in parts_of_it and len(parts) == len(told):
                yield Listed(total, parts, sure=True)
