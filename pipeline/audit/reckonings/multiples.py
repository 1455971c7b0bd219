"""Multiples, and differences with both values: ``36, gấp 1,5 lần cùng kỳ (24)``, ``giảm 3 vụ (12/15)``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain, pairwise

from patterns import data, forms
from pipeline.annotate.numbers import parse_figures
from pipeline.audit.lines import Figure, Line, Page, agrees, decimals, number, same_unit, written
from pipeline.audit.model import Finding
from pipeline.audit.reckonings.changes import from_to, year_to_year

_FORMS = {name: form.pattern for name, form in forms("figures").items()}
_LEAD = re.compile(r"\D*")
_TIMES: str = data("figures")["unit_of_multiples"]
_WHOLE = 100
_SLACK = Decimal("0.6")  # of the last place told


def wrong_multiples(page: Page) -> Iterator[Finding]:
    """Every multiple, and every difference told with both its values, that these contradict beyond rounding."""
    for line in page.lines:
        if line.figures:
            yield from _times(page, line)
            yield from _risen(page, line)
            yield from _beyond(page, line)
            yield from _of_both(page, line)


def _times(page: Page, line: Line) -> Iterator[Finding]:
    """``36 doanh nghiệp, gấp 1,5 lần cùng kỳ năm trước (24 doanh nghiệp)``."""
    for i, (times, base) in enumerate(pairwise(line.figures)):
        if times.quantity.unit != _TIMES or not _is_multiple(line, times):
            continue
        now = next((f for f in reversed(line.outside(i)) if same_unit(f.quantity, base.quantity)), None)
        if not now or not now.told or not base.told or now.quantity.per != base.quantity.per:
            continue
        if not _FORMS["times_base"].match(line.between(times, base)) or ";" in line.between(now, times):
            continue
        yield from _judge(page, now, times, base)


def _judge(page: Page, now: Figure, times: Figure, base: Figure) -> Iterator[Finding]:
    if base.value <= 0:
        return
    actual, places = now.value / base.value, decimals(times.quantity.text)
    if not agrees(actual, times.value, places, (now.blur + actual * base.blur) / base.value):
        evidence = f"{number(now.value)}/{number(base.value)} = {written(actual, 2)} lần"
        yield _finding(page, [now, times, base], evidence, f"{written(actual, max(1, places))} lần")


def _risen(page: Page, line: Line) -> Iterator[Finding]:
    """``tăng từ 36 triệu đồng năm 2021 lên 45 triệu đồng, gấp 1,25 lần``."""
    for before, now, times in zip(line.figures, line.figures[1:], line.figures[2:], strict=False):
        if times.quantity.unit != _TIMES or not _is_multiple(line, times):
            continue
        if from_to(line, before, now) or year_to_year(line, before, now):
            told = _FORMS["then_times"].match(line.between(now, times))
            yield from _judge(page, now, times, before) if told else ()


def _is_multiple(line: Line, times: Figure) -> bool:
    lead = _LEAD.match(times.quantity.text)
    return times.exact and bool(_FORMS["multiple_of"].search(line.before(times) + (lead[0] if lead else "")))


def _beyond(page: Page, line: Line) -> Iterator[Finding]:
    """``đạt 115%, vượt 15% kế hoạch``: what a share of a plan goes beyond it by."""
    for share, beyond in pairwise(line.figures):
        if not share.quantity.unit == beyond.quantity.unit == "%" or not (share.exact and beyond.exact):
            continue
        link, end = (
            _FORMS["goes_beyond"].match(line.between(share, beyond)),
            _FORMS["beyond_ends"].match(line.after(beyond)),
        )
        if not link or not end or not _one_plan(link["plan"] or "", end["plan"] or ""):
            continue
        places = min(decimals(share.quantity.text), decimals(beyond.quantity.text))
        if share.value > _WHOLE and abs(share.value - _WHOLE - beyond.value) > _SLACK.scaleb(-places):
            right = share.value - _WHOLE
            evidence = f"{number(share.value)}% là vượt {number(right)}%"
            yield _finding(page, [share, beyond], evidence, f"{number(right)}%")


def _one_plan(one: str, other: str) -> bool:
    """Whether two names of a plan can mean one: who laid it down is told but once, or alike."""
    givers = [{m[0].lower() for m in _FORMS["giver"].finditer(words)} for words in (one, other)]
    return givers[0] == givers[1] or not all(givers)


def _of_both(page: Page, line: Line) -> Iterator[Finding]:
    """``giảm 3 vụ (12/15)``, ``từ 28 xuống còn 21 chi bộ (giảm 25%)``: the value of now, and the one before."""
    forms_of_it = [name for name, sign in (("of_both", "/"), ("bare_from_to", "từ ")) if sign in line.text]
    for m in chain.from_iterable(_FORMS[name].finditer(line.text) for name in forms_of_it):
        now, before, by = (parse_figures(m[name], whole=True) for name in ("now", "before", "by"))
        if now is None or before is None or by is None or not before or bool(m["up"]) != (now > before):
            continue
        told, places = by + Decimal((m["places"] or ",0").replace(",", "0.")), len(m["places"] or ",") - 1
        actual = abs(now - before) * (_WHOLE / before if m["share"] else 1)
        if agrees(actual, told, places if m["share"] else 0):
            continue
        mark = "%" if m["share"] else ""
        evidence = f"Từ {number(before)} đến {number(now)}: chênh lệch {number(abs(now - before))}"
        if m["share"]:
            evidence += f", bằng {written(actual, 1)}%"
        right = f"{written(actual, max(1, places)) if m['share'] else number(actual)}{mark}"
        span = (line.start + m.start(), line.start + m.end())
        name = "wrong_percentage" if m["share"] else "wrong_sum"
        words = f"{evidence}, văn bản ghi {number(told)}{mark}"
        yield page.finding(
            name, "error", span, words, right, [f.id for f in line.figures if span[0] <= f.quantity.start < span[1]]
        )


def _finding(page: Page, figures: list[Figure], evidence: str, right: str) -> Finding:
    told = figures[-1] if len(figures) == 2 else figures[1]
    words = page.document.text[told.quantity.start : told.quantity.end]
    span = (min(f.quantity.start for f in figures), max(f.quantity.end for f in figures))
    ids = sorted(f.id for f in figures)
    return page.finding("wrong_percentage", "error", span, f"{evidence}, văn bản ghi {words}", right, ids)
