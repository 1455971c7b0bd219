"""Totals whose parts no word announces, known by the slip: but one figure of the sum is another than what is right.

``9 tháng thu 12,78 tỷ đồng. Cấp tỉnh thu 5,1 tỷ đồng, cấp huyện 4,68 tỷ đồng, cấp xã 3,5 tỷ đồng``: numbers of three
figures and more that come so near to adding up do so by no chance, whatever the words beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from patterns import data, forms
from pipeline.audit.bare import with_bare
from pipeline.audit.lines import BARE, Figure, Line, mistyped, near, same_unit, swapped
from pipeline.audit.totals.parts import LONG, Listed, can_be_total, in_brackets, is_part, overlaps, words_of

_FORMS = {name: form.pattern for name, form in forms("figures").items()}
_ABOVE = 2  # lines above some parts that may tell their total
_FEWEST, _MOST = 2, 12  # parts of one total
_KNOWN = 3  # figures of a number that seldom comes near to a sum by chance
_CLAUSE = re.compile(r"[,;:(.]\s")
_SEAMS: list[str] = data("figures")["seams"]
_CELLS = " | "  # between those of a row of a table
_ASIDE = re.compile(r"\([^()]*\)")
_NUMBER = re.compile(r"\d[\d.,]*")


def slipped_lists(lines: Sequence[Line], i: int) -> Iterator[Listed]:
    """The totals of which the parts that stand in the i-th line in a row are one slip off."""
    text = lines[i].text
    if not any(at.figures for at in lines[max(0, i - _ABOVE) : i + 1]) or not any(seam in text for seam in _SEAMS):
        return
    if len(_NUMBER.findall(text)) < _FEWEST:
        return
    line = with_bare(lines[i])
    for row in _runs(line):
        run, last = _without_total(line, row)
        above = [at for at in lines[max(0, i - _ABOVE) : i] if _CELLS not in at.text]
        around = (*map(with_bare, above), line)
        told = [(at, f) for at in around for f in at.figures if same_unit(f.quantity, run[0].quantity)]
        for first in range(len(run) - _FEWEST + 1):
            parts, before = run[first:], run[first - 1 : first]
            if any(f.value == _sum(parts) for _, f in told):
                break
            if first:
                called = before and len(parts) > _FEWEST and _FORMS["says_total"].search(line.before(before[0]))
                headed = before and _heads_bare(before[0], parts)
                totals = before if _figures([*before, *parts]) >= (_KNOWN if called or headed else LONG) else []
            else:
                totals = last or _totals(line, run, told)
            slips = [f for f in totals if f.told and _is_slip(line, f, parts) and not _with_more(f, parts, told)]
            if len({f.value for f in slips}) == 1:
                yield Listed(slips[-1], parts, sure=True)
                break


def _runs(line: Line) -> Iterator[list[Figure]]:
    """The longest runs of figures of one unit that commas or semicolons part, each with words of its own before it."""
    run: list[Figure] = []
    for f in [*line.figures, None]:
        if f and (f.quantity.unit == "%" or in_brackets(line, f)):
            continue
        alike = f and run and is_part(line, f) and same_unit(run[-1].quantity, f.quantity)
        if not (f and alike and _FORMS["next_part"].match(_ASIDE.sub("", line.between(run[-1], f)))):
            yield from [run] if _FEWEST <= len(run) <= _MOST else []
            run = []
        run += [f] if f else []


def _without_total(line: Line, run: list[Figure]) -> tuple[list[Figure], list[Figure]]:
    """A run without the total that ends it (``nam 4.870, nữ 3.965, tổng cộng 8.735 người``), and this."""
    told = len(run) > _FEWEST and _FORMS["total_behind"].search(line.between(run[-2], run[-1]))
    return (run[:-1], run[-1:]) if told else (run, [])


def _totals(line: Line, run: Sequence[Figure], told: Sequence[tuple[Line, Figure]]) -> list[Figure]:
    """The figures told before a run, or right behind it, that can be the total of all of it."""
    start, end = run[0].quantity.start, run[-1].quantity.end
    found = [f for at, f in told if f.quantity.end <= start and (can_be_total(at, f) or _heads(at, f))]
    behind = next((f for _, f in told if f.quantity.start >= end), None)
    if behind and _FORMS["total_behind"].search(line.between(run[-1], behind)):
        found.append(behind)
    return found


def _heads(line: Line, f: Figure) -> bool:
    """Whether a figure in brackets stands right before the colon of its parts (``12,6 ha (126.000 m2): ...``)."""
    return f.exact and bool(_FORMS["closes_list"].match(line.after(f).partition(":")[0] + ":"))


def _heads_bare(head: Figure, parts: Sequence[Figure]) -> bool:
    """Whether a figure tells the unit that several behind it leave out (``214 người, cai nghiện bắt buộc 61, ...``)."""
    return len(parts) > _FEWEST and head.quantity.unit != BARE and all(f.quantity.unit == BARE for f in parts)


def _shared(line: Line, parts: Sequence[Figure]) -> bool:
    """Whether the words of some parts name a trait that both may have."""
    start = max((m.end() for m in _CLAUSE.finditer(line.before(parts[0]))), default=0)
    return overlaps(words_of(line, start, parts), None, "", len(parts))


def _is_slip(line: Line, total: Figure, parts: Sequence[Figure]) -> bool:
    """Whether but one figure of a total, or of one of its parts, keeps them from adding up.

    What lacks of a total may be left untold, so that there no two figures of a part count as turned.
    """
    added, meant = _sum(parts), total.value
    if added == meant or not near(added, meant) or any(f.value >= meant for f in parts):
        return False
    right = [(f.value, f.value + meant - added) for f in parts]
    slip = any(mistyped(*pair, 2) and (added > meant or not swapped(*pair)) for pair in right)
    fewest = LONG if len(parts) == _FEWEST and _shared(line, parts) else _KNOWN
    return (slip or mistyped(added, meant, 2)) and _figures([total, *parts]) >= fewest


def _figures(told: Sequence[Figure]) -> int:
    """How many figures the longest of some numbers has, without the zeros behind it."""
    return max(len(f.value.normalize().as_tuple().digits) for f in told)


def _with_more(total: Figure, parts: Sequence[Figure], told: Sequence[tuple[Line, Figure]]) -> bool:
    """Whether one figure more, told nearby, makes up the total."""
    return any(f.value == total.value - _sum(parts) for _, f in told)


def _sum(parts: Sequence[Figure]) -> Decimal:
    return sum((f.value for f in parts), Decimal(0))
