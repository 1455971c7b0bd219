"""Totals in the text against the parts that the text lists under them.

A list is taken for a partition only where it says so (``gồm``, ``chia ra``, ``còn lại``), or where its parts come so
near to the total that nothing else is meant; parts that can share a trait (women, the poor) never are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from patterns import data, forms
from pipeline.audit.lines import UPPER, Figure, Line, Page, amount, same_unit
from pipeline.audit.model import Finding
from pipeline.model import Quantity

_FORMS = {name: form.pattern for name, form in forms("figures").items()}
_SENTENCE_END = re.compile(rf"\.\s+(?=[{UPPER}])|\.\s*$")
_BULLET = re.compile(r"\s*(?:(?P<mark>[-+*•])|(?P<letter>[a-zđ]\))|(?P<number>\(?\d{1,2}[.)])(?!\d))\s*")
_WORD = re.compile(r"[^\W\d_]+")
_FEWEST = 3  # figures: a total and two parts


class _List(NamedTuple):
    """A total and the parts listed under it; ``sure`` where the text says that these are all."""

    total: Figure
    parts: list[Figure]
    sure: bool


def wrong_sums(page: Page) -> Iterator[Finding]:
    """Every total in the text that its parts contradict."""
    for i, line in enumerate(page.lines):
        done: set[int] = set()
        for found in [*_in_line(line), *_total_last(line), *_men_and_women(line), *_in_bullets(page.lines, i)]:
            told = {f.id for f in found.parts}
            if found.total.id in done or told & done:
                continue
            done |= {found.total.id, *told}
            if finding := _judge(page, found):
                yield finding


def _judge(page: Page, found: _List) -> Finding | None:
    total = found.total.value
    parts = [f.value for f in found.parts]
    added = sum(parts, Decimal(0))
    if added == total or not total or not _believable(total, added, found.sure):
        return None
    unit = found.total.quantity.unit
    shown = " + ".join(amount(part, unit) for part in parts)
    evidence = f"{shown} = {amount(added, unit)}, văn bản ghi {amount(total, unit)}"
    ids = [found.total.id, *(f.id for f in found.parts)]
    start = min(page.document.quantities[i].start for i in ids)
    end = max(page.document.quantities[i].end for i in ids)
    return page.finding("wrong_sum", "error", (start, end), evidence, amount(added, unit), ids)


def _believable(total: Decimal, added: Decimal, sure: bool) -> bool:
    """Whether parts that do not add up were meant to: nearly equal, or said to be all and no more than the total.

    Parts that are far more than their total overlap.
    """
    off = abs(added - total)
    if sure and added < total:
        return off <= total / 2
    return off <= total / 10 or (off <= 2 and off * 3 <= total)


# --------------------------------------------------------------------------- one line


def _in_line(line: Line) -> Iterator[_List]:
    """Totals with the parts that the same line lists after ``trong đó``, ``gồm`` and the like."""
    if len(line.figures) < _FEWEST:
        return
    for marker in _FORMS["parts_follow"].finditer(line.text):
        at = marker.start("open" if marker["open"] else "bare" if marker["bare"] else "marker")
        head = [f for f in line.figures if f.quantity.end - line.start <= at]
        head_from = _sentence_start(line.text, at)
        head = [f for f in head if f.quantity.start - line.start >= head_from]
        end = _list_end(line.text, marker.end(), bool(marker["colon"] or marker["bare"]))
        if marker["open"]:
            head, end = head[-1:], _closing(line.text, marker.end())
        if _FORMS["rest_untold"].search(line.text[marker.end() : end]):
            continue
        tail = [f for f in line.figures if marker.end() <= f.quantity.start - line.start < end]
        sure = (marker["marker"] or "").lower() in data("figures")["whole"] or bool(
            _FORMS["rest"].search(line.text[marker.end() : end])
        )
        yield from _lists(line, head, tail, sure, marker.end())


def _sentence_start(text: str, at: int) -> int:
    """Where the sentence of a marker begins; a marker that opens a sentence belongs to the one before."""
    ends = [m.end() for m in _SENTENCE_END.finditer(text, 0, at)]
    if ends and ends[-1] == at:
        ends.pop()
    start = ends[-1] if ends else 0
    return max(start, text.rfind(";", start, len(text[:at].rstrip(" ;"))) + 1)


def _list_end(text: str, start: int, colon: bool) -> int:
    """Where a list of parts ends: at its sentence's end, at a list inside it, without a colon also at a semicolon."""
    m = _SENTENCE_END.search(text, start)
    end = m.start() if m else len(text)
    inner = [m.start("marker") for m in _FORMS["parts_follow"].finditer(text, start, end) if m["marker"]]
    if inner:
        end = inner[0]
    semicolon = text.find(";", start, end)
    return semicolon if semicolon > 0 and not colon else end


def _closing(text: str, start: int) -> int:
    """Where the bracket that holds a place closes."""
    end = text.find(")", start)
    return end if end >= 0 else len(text)


def _lists(line: Line, head: list[Figure], tail: list[Figure], sure: bool, start: int) -> Iterator[_List]:
    """For each unit the total that stands nearest before, with its parts.

    Parts that seem to share a trait make up the total all the same where another unit told of each of them adds up
    (``15 cuộc, 1.120 lượt người; 18 cuộc, 1.240 lượt người``).
    """
    found = list(_by_unit(line, head, tail, sure))
    proven = {len(f.parts) for f in found if sum((p.value for p in f.parts), Decimal(0)) == f.total.value}
    for one in found:
        words = _words_of(line, start, one.parts)
        if len(one.parts) in proven or not _shared_traits(words, one.total.quantity.unit):
            yield one._replace(sure=sure or len(one.parts) in proven)


def _by_unit(line: Line, head: list[Figure], tail: list[Figure], sure: bool) -> Iterator[_List]:
    seen: set[int] = set()
    for total in reversed(head):
        q = total.quantity
        if (
            q.unit in (None, "%")
            or not total.exact
            or q.aspect == "change"
            or _in_brackets(line, total)
            or line.multiplied(total)
        ):
            continue
        parts = [f for f in tail if (same_unit(f.quantity, q) or _kind_of(f.quantity, q)) and _is_part(line, f)]
        outside = [f for f in parts if not _in_brackets(line, f)]
        parts = outside or parts
        if len(parts) > 1 and not seen & {f.id for f in parts}:
            seen |= {f.id for f in parts}
            yield _List(total, parts, sure)


def _total_last(line: Line) -> Iterator[_List]:
    """Totals told behind their parts (``năm 2021: 3,5 tỷ đồng; năm 2022: 4,8 tỷ đồng; tổng cộng 8,3 tỷ đồng``)."""
    if len(line.figures) < _FEWEST:
        return
    for marker in _FORMS["total_follows"].finditer(line.text):
        behind = [f for f in line.figures if f.quantity.start - line.start >= marker.end()]
        total = next((f for f in behind if f.quantity.unit not in data("indicators")["units"]["time"]), None)
        if not total or not _FORMS["up_to_total"].match(line.text[marker.end() : total.quantity.start - line.start]):
            continue
        first = max((m.end() for m in _SENTENCE_END.finditer(line.text, 0, marker.start())), default=0)
        before = [f for f in line.figures if first <= f.quantity.start - line.start < marker.start()]
        parts = [f for f in before if same_unit(f.quantity, total.quantity) and _is_part(line, f)]
        parts = [f for f in parts if not _in_brackets(line, f)]
        if len(parts) > 1 and total.exact and total.quantity.unit != "%":
            yield _List(total, parts, sure=False)


def _men_and_women(line: Line) -> Iterator[_List]:
    """Totals with the two parts that nobody is left out of (``25 đồng chí; nam 14 đồng chí, nữ 11 đồng chí``)."""
    for total, a, b in zip(line.figures, line.figures[1:], line.figures[2:], strict=False):
        first = _FORMS["one_sex"].search(line.between(total, a))
        second = _FORMS["one_sex"].search(line.between(a, b))
        if not first or not second or first["sex"].lower() == second["sex"].lower():
            continue
        alike = same_unit(total.quantity, a.quantity) and same_unit(a.quantity, b.quantity)
        if alike and total.exact and total.quantity.of is None and all(_is_part(line, f) for f in (a, b)):
            yield _List(total, [a, b], sure=True)


def _kind_of(part: Quantity, total: Quantity) -> bool:
    """Whether one figure counts a kind of what another counts (``103 đơn vị hành chính, gồm 31 phường và 72 xã``)."""
    kinds: list[list[str]] = data("figures")["kinds"]
    return any(total.unit == general and part.unit in special for general, *special in kinds)


def _words_of(line: Line, start: int, parts: list[Figure]) -> str:
    """The words of a list up to the end of its last part."""
    end = parts[-1].quantity.end - line.start
    stop = re.search(r"[,;.]", line.text[end:])
    return line.text[start : end + stop.start() if stop else len(line.text)]


def _is_part(line: Line, f: Figure) -> bool:
    """Whether a figure can be one part of a total: a plain number, no share, no rate, no change, no factor."""
    return (
        f.exact
        and f.quantity.of is None
        and not f.quantity.per
        and f.quantity.aspect != "change"
        and not line.multiplied(f)
    )


def _in_brackets(line: Line, figure: Figure) -> bool:
    before = line.before(figure)
    return before.count("(") > before.count(")")


def _shared_traits(words: str, unit: str | None) -> bool:
    """Whether parts may overlap; what is said to be the rest shares nothing with the others."""
    return _overlaps(words, unit) and not _FORMS["rest"].search(words)


def _overlaps(words: str, unit: str | None) -> bool:
    """Whether some words name a trait that parts can share; what is counted itself is none (``12 đảng viên``)."""
    low = f" {' '.join(_WORD.findall(words.lower()))} "
    traits: list[str] = [t for t in data("figures")["overlapping"] if t != unit]
    others: dict[str, str] = data("figures")["opposites"]
    return any(f" {t} " in low and f" {others.get(t, t + '?')} " not in low for t in traits)


# --------------------------------------------------------------------------- bullets under a line


def _in_bullets(lines: list[Line], i: int) -> Iterator[_List]:
    """A total in a line that ends with a colon, its parts in the bullets below."""
    head = lines[i]
    if not head.text.rstrip().endswith(":") or not head.figures:
        return
    bullets = _bullets(lines, i + 1)
    if len(bullets) < 2:
        return
    words = " ".join(b.text for b in bullets)
    for total in head.figures:
        q = total.quantity
        if q.unit in (None, "%") or not total.exact or q.aspect == "change" or _in_brackets(head, total):
            continue
        if _overlaps(words, q.unit):
            continue
        firsts = [next((f for f in b.figures if same_unit(f.quantity, q)), None) for b in bullets]
        parts = [f for b, f in zip(bullets, firsts, strict=True) if f and _is_part(b, f)]
        if len(parts) == len(bullets):
            yield _List(total, parts, sure=False)


def _bullets(lines: list[Line], i: int) -> list[Line]:
    """The lines from one on that carry the same bullet, or go on counting; deeper ones are passed over."""
    first = _BULLET.match(lines[i].text) if i < len(lines) else None
    found: list[Line] = []
    while first and i < len(lines) and (m := _BULLET.match(lines[i].text)):
        if (m.lastgroup, m["mark"]) == (first.lastgroup, first["mark"]):
            found.append(lines[i])
        i += 1
    return found
