"""Wholes and parts that are known by their names: in a bracket, elsewhere in the line, in the lines above.

What is only named may be meant of another time or place. So a share is judged where its part and whole come near to it,
and where no other figure told there explains it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import permutations

from patterns import forms, low
from pipeline.audit.bare import with_bare
from pipeline.audit.lines import Figure, Line, same_unit
from pipeline.audit.share import Share, comes_near, explains, is_percentage, is_right, value, without_its_name
from pipeline.audit.told import telling, years_in
from pipeline.fold import fold, lower

_FORMS = {name: form.pattern for name, form in forms("figures").items()}
_ANOTHER_VALUE, _OTHER_SUBJECT = low("figures", "another_value"), low("figures", "other_subject")
_ABOVE = 8  # lines above one that may tell what it names
_CLAUSE = re.compile(r"[.;:](?:\s|$)|,(?!\d)|[()]")
_SENTENCE = re.compile(r"[.;]\s")
_UNCOUNTED = re.compile(r"^[\d.,\s]+")

Told = tuple[Line, Figure]


def known_by_name(lines: Sequence[Line], n: int, line: Line, i: int) -> Share | None:
    """The share of the i-th figure of the n-th of some lines (``line`` is it as read), where names tell of what."""
    return (
        _in_brackets(line, i) or _of_named(lines, n, line, i) or _named_rate(line, i) or _plan_first(lines, n, line, i)
    )


def _part_of(line: Line, i: int) -> Figure | None:
    """The figure that a percentage follows as its share."""
    percentage, before = line.figures[i], line.outside(i)
    part = before[-1] if before else None
    if not part or not part.told or part.quantity.unit == "%" or part.quantity.of is not None:
        return None
    gap = without_its_name(line, line.between(part, percentage), part)
    link = _FORMS["share_link"].match(_FORMS["new_clause"].sub("", gap))
    apart = _OTHER_SUBJECT.search(lower(gap)) or _SENTENCE.search(gap)
    return part if link and not link["beyond"] and not apart else None


def _in_brackets(line: Line, i: int) -> Share | None:
    """``48,7 tỷ đồng, bằng 116% giá khởi điểm (42 tỷ đồng)``."""
    part = _part_of(line, i)
    if not part or i + 1 >= len(line.figures):
        return None
    percentage, whole = line.figures[i : i + 2]
    named = _FORMS["any_whole_in_brackets"].match(line.between(percentage, whole))
    closed = _FORMS["bracket_closes"].match(line.after(whole))
    if not named or not closed or not whole.told or whole.quantity.of is not None:
        return None
    if not same_unit(part.quantity, whole.quantity) or part.quantity.per != whole.quantity.per:
        return None
    share = Share(percentage, value(part), value(whole), False, [part, percentage, whole])
    return share if comes_near(share) and not _explained(percentage, _figures([line])) else None


# --------------------------------------------------------------------------- the name of the whole


def _of_named(lines: Sequence[Line], n: int, line: Line, i: int) -> Share | None:
    """``Phát hiện 1.840 trường hợp vi phạm. Nồng độ cồn 736 trường hợp, chiếm 40% tổng số vi phạm``."""
    percentage, part = line.figures[i], _part_of(line, i)
    named = part and _FORMS["of_those"].match(line.after(percentage).lstrip("/"))
    if not part or not named or percentage.quantity.aspect == "change":
        return None
    told = [*_told([line], until=part), *_told(lines[max(0, n - _ABOVE) : n][::-1])]
    wholes = [(at, f) for at, f in told if _is_whole(part, f) and _bears(at, f, named["what"])]
    wholes = [(at, f) for at, f in wholes if _one_year(line, part, at, f)]
    shares = [Share(percentage, value(part), value(f), False, [f, part, percentage]) for _, f in wholes]
    near = [share for share in shares if comes_near(share)]
    values = [f for _, f in told if same_unit(f.quantity, part.quantity)]
    if len({share.whole.value for share in near}) != 1 or _explained(percentage, [part, *values]):
        return None
    return _here(near[0], line)


def _here(share: Share, line: Line) -> Share:
    """A share without figures that other lines tell, so that what is marked is in its own."""
    end = line.start + len(line.text)
    own = [f for f in share.figures if line.start <= f.quantity.start < end]
    return share._replace(figures=own)


def _is_whole(part: Figure, f: Figure) -> bool:
    plain = f.told and f.quantity.of is None and f.quantity.unit != "%" and f.quantity.aspect != "change"
    return plain and same_unit(part.quantity, f.quantity) and f.value > part.value


def _bears(line: Line, f: Figure, what: str) -> bool:
    """Whether a figure is told under a name: its noun, or words of its clause."""
    if fold(_UNCOUNTED.sub("", f.quantity.text)) == fold(what):
        return True
    said = telling(what) - telling(_FORMS["extent"].sub("", f.quantity.unit or ""))
    return bool(said) and _said(what) <= telling(_label(line, f))


def _said(what: str) -> frozenset[str]:
    """The words of a name without those of mere extent (``diện tích``)."""
    return telling(_FORMS["extent"].sub(" ", what))


def _label(line: Line, f: Figure) -> str:
    """The clause of a figure, up to the figures beside it."""
    at, end = f.quantity.start - line.start, f.quantity.end - line.start
    starts = [m.end() for m in _CLAUSE.finditer(line.text, 0, at)]
    starts += [g.quantity.end - line.start for g in line.figures if g.quantity.end - line.start <= at]
    stops = [m.start() for m in [_CLAUSE.search(line.text, end)] if m]
    stops += [g.quantity.start - line.start for g in line.figures if g.quantity.start - line.start >= end]
    return line.text[max(starts, default=0) : min(stops, default=len(line.text))]


def _one_year(line: Line, part: Figure, at: Line, whole: Figure) -> bool:
    """Whether two figures are not told of different years."""
    one, other = (years_in(_sentence(a, f)) for a, f in ((line, part), (at, whole)))
    return not one or not other or bool(one & other)


def _sentence(line: Line, f: Figure) -> str:
    return _SENTENCE.split(line.before(f))[-1] + _SENTENCE.split(line.after(f))[0]


# --------------------------------------------------------------------------- the name of the rate


def _named_rate(line: Line, i: int) -> Share | None:
    """``8.205 thí sinh dự thi, 8.123 thí sinh đỗ, tỷ lệ đỗ tốt nghiệp là 99%``: the name tells part and whole."""
    percentage = line.figures[i]
    before = line.before(percentage)
    named = _FORMS["rate_named"].search(before)
    if not named or _ANOTHER_VALUE.search(lower(_SENTENCE.split(before)[-1])):
        return None
    what = telling(named["what"])
    figures = [f for f in with_bare(line).figures if f.quantity.start < line.start + named.start()]
    labels = {f.id: telling(_label(line, f)) for f in figures}
    pairs = [
        (a, w)
        for a, w in permutations(figures, 2)
        if a.told and a.quantity.of is None and a.quantity.unit != "%" and _is_whole(a, w)
        if what <= labels[a.id] | labels[w.id] and what & (labels[a.id] - labels[w.id])
    ]
    shares = [Share(percentage, value(a), value(w), False, [a, w, percentage]) for a, w in pairs]
    near = [share for share in shares if comes_near(share)]
    if len({(s.part.value, s.whole.value) for s in near}) != 1 or _explained(percentage, figures):
        return None
    return near[0]


# --------------------------------------------------------------------------- the plan told first


def _plan_first(lines: Sequence[Line], n: int, line: Line, i: int) -> Share | None:
    """``Tổng thu 1.285 triệu đồng.`` ``So với chỉ tiêu giao (1.000 triệu đồng) vượt 28,5%``."""
    if not i:
        return None
    plan, percentage = line.figures[i - 1 : i + 1]
    first = _FORMS["plan_opens"].search(line.before(plan))
    link = _FORMS["plan_then_share"].match(line.between(plan, percentage))
    if not first or not link or not plan.told or plan.quantity.of is not None:
        return None
    own = [(line, f) for f in line.figures[: i - 1] if f.quantity.end - line.start <= first.start()]
    told = [*own[::-1], *_told(lines[max(0, n - 2) : n][::-1])]
    values = [f for _, f in told if same_unit(f.quantity, plan.quantity) and f.told and f.quantity.of is None]
    shares = [Share(percentage, value(f), value(plan), bool(link["beyond"]), [f, plan, percentage]) for f in values]
    near = [
        s
        for s in shares
        if comes_near(s) and (not link["beyond"] or (s.part.value > s.whole.value) == bool(link["up"]))
    ]
    if not near or any(map(is_right, shares)):
        return None
    return _here(near[0], line)


# --------------------------------------------------------------------------- what is told elsewhere


def _told(lines: Iterable[Line], until: Figure | None = None) -> list[Told]:
    """The figures of some lines with these, the nearest first; of the first only those before one."""
    told = [(line, f) for line in lines for f in line.figures[::-1]]
    return [(line, f) for line, f in told if until is None or f.quantity.start < until.quantity.start]


def _figures(lines: Iterable[Line]) -> list[Figure]:
    return [f for line in lines for f in line.figures]


def _explained(percentage: Figure, figures: Sequence[Figure]) -> bool:
    """Whether any two of some figures give a percentage rightly."""
    values = [f for f in figures if f.told and not is_percentage(f) and f.quantity.of is None]
    pairs = [(value(a), value(b)) for a, b in permutations(values, 2) if same_unit(a.quantity, b.quantity)]
    return any(explains(Share(percentage, a, b, False, [])) for a, b in pairs if b.value > 0)
