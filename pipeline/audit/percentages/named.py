"""Wholes and parts that are known by their names: in a bracket, elsewhere in the line, in the lines above.

What is only named may be meant of another time or place. So a share is judged where its part and whole come near to it,
and where no other figure told there explains it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import permutations

from patterns import data, forms, low
from pipeline.audit.bare import with_bare
from pipeline.audit.lines import Figure, Line, same_unit, share_link
from pipeline.audit.percentages.share import (
    Share,
    Value,
    comes_near,
    explains,
    is_percentage,
    is_right,
    is_whole_before,
    value,
    without_its_name,
)
from pipeline.audit.statements.words import telling, years_in
from pipeline.audit.totals.parts import in_brackets
from pipeline.fold import fold, lower

_FORMS = {name: form.pattern for name, form in forms("figures").items()}
_ANOTHER_VALUE, _OTHER_SUBJECT = low("figures", "another_value"), low("figures", "other_subject")
_SHARED = 3  # of so many words of a rate's name one may stand neither with its part nor with its whole
_JUST_ABOVE = 2  # lines above one that may tell what its rate is of
_FAR = 2  # times that a share may lie off what the one figure of its name gives
_ABOVE = 8  # lines above one that may tell what it names
_TIMES = frozenset(data("indicators")["units"]["time"])
_CLAUSE = re.compile(r"[.;:](?:\s|$)|,(?!\d)|[()]")
_SENTENCE = re.compile(r"[.;]\s")
_UNCOUNTED = re.compile(r"^[\d.,\s]+")

Told = tuple[Line, Figure]


def known_by_name(lines: Sequence[Line], n: int, line: Line, i: int) -> Share | None:
    """The share of the i-th figure of the n-th of some lines (``line`` is it as read), where names tell of what."""
    part = part_of(line, i)
    own = part and (_in_brackets(line, i, part) or _by_so_much(line, i, part))
    own = own or _plan_of_change(line, i) or _named_rate(lines, n, line, i)
    return own or (part and _of_named(lines, n, line, i, part)) or _plan_first(lines, n, line, i)


def part_of(line: Line, i: int) -> Figure | None:
    """The figure that a percentage follows as its share."""
    percentage, before = line.figures[i], line.outside(i)
    part = before[-1] if before else None
    if not part or not part.told or part.quantity.unit == "%" or part.quantity.of is not None:
        return None
    if is_whole_before(line, part):
        return None
    gap = without_its_name(line, line.between(part, percentage), part)
    link = share_link(_FORMS["new_clause"].sub("", gap))
    apart = _OTHER_SUBJECT.search(lower(gap)) or _SENTENCE.search(gap)
    return part if link and not link["beyond"] and not apart else None


def _in_brackets(line: Line, i: int, part: Figure) -> Share | None:
    """``48,7 tỷ đồng, bằng 116% giá khởi điểm (42 tỷ đồng)``."""
    if i + 1 >= len(line.figures):
        return None
    percentage, whole = line.figures[i : i + 2]
    named = _FORMS["any_whole_in_brackets"].match(line.between(percentage, whole))
    closed = _FORMS["bracket_closes"].match(line.after(whole))
    if not named or ("(" in named[0] and not closed) or not whole.told or whole.quantity.of is not None:
        return None
    alike = same_unit(part.quantity, whole.quantity) and part.quantity.per == whole.quantity.per
    if not alike or part.value == whole.value:
        return None
    return _near_and_new(line, Share(percentage, value(part), value(whole), False, [part, percentage, whole]))


def _by_so_much(line: Line, i: int, part: Figure) -> Share | None:
    """``6.440 con, bằng 115% so với cùng kỳ (tăng 840 con)``: the whole is what lies below."""
    if i + 1 >= len(line.figures):
        return None
    percentage, by = line.figures[i : i + 2]
    link = _FORMS["by_so_much"].match(line.between(percentage, by))
    if not link or not by.exact or by.quantity.of is not None or not same_unit(part.quantity, by.quantity):
        return None
    whole = Value(part.value - by.value if link["up"] else part.value + by.value, part.blur + by.blur)
    if whole.value <= 0 or not _FORMS["bracket_closes"].match(line.after(by) + ")"):
        return None
    return _near_and_new(line, Share(percentage, value(part), whole, False, [part, percentage, by]))


def _near_and_new(line: Line, share: Share) -> Share | None:
    """A share that comes near to what is told, where no other figures of its line give just that."""
    return share if comes_near(share) and not _explained(share.percentage, line.figures) else None


def _plan_of_change(line: Line, i: int) -> Share | None:
    """``Kế hoạch giảm 300 hộ nghèo, thực hiện giảm 324 hộ, đạt 108%``."""
    if len(line.figures[:i]) <= 1:
        return None
    whole, part, percentage = line.figures[i - 2 : i + 1]
    words = [line.change_before(f) for f in (whole, part)]
    link = share_link(line.between(part, percentage))
    if not all(words) or not link or not same_unit(whole.quantity, part.quantity):
        return None
    said = [line.before(f)[: m.start()] for f, m in zip((whole, part), words, strict=True) if m]
    if words[0] and words[1] and bool(words[0]["up"]) != bool(words[1]["up"]):
        return None
    gap = said[1][whole.quantity.end - line.start :]
    if not _FORMS["plan_then_result"].match(gap) or not _FORMS["plan_before"].search(said[0]):
        return None
    share = Share(percentage, value(part), value(whole), bool(link["beyond"]), [whole, part, percentage])
    return share if comes_near(share) else None


# --------------------------------------------------------------------------- the name of the whole


def _of_named(lines: Sequence[Line], n: int, line: Line, i: int, part: Figure) -> Share | None:
    """``Phát hiện 1.840 trường hợp vi phạm. Nồng độ cồn 736 trường hợp, chiếm 40% tổng số vi phạm``."""
    percentage = line.figures[i]
    named = _FORMS["of_those"].match(line.after(percentage).lstrip("/"))
    if not named or percentage.quantity.aspect == "change":
        return None
    told = [(at, f) for at, f in _told([line], until=percentage) if f is not part]
    told += _told(lines[max(0, n - _ABOVE) : n][::-1])
    wholes = [
        (at, f)
        for at, f in told
        if _is_whole(part, f, fraction=at is line)
        and not (at is line and in_brackets(at, f))
        and _bears(at, f, named["what"], here=at is line)
    ]
    wholes = [(at, f) for at, f in wholes if _one_year(line, part, at, f)]
    shares = [Share(percentage, value(part), value(f), False, [f, part, percentage]) for _, f in wholes]
    near = [share for share in shares if comes_near(share)]
    if not near and len({f.value for at, f in wholes if at is line}) == 1 == len({f.value for _, f in wholes}):
        near = [share for share in shares if 1 / _FAR <= share.actual / percentage.value <= _FAR]
    here = [at for at, f in wholes if at is line and any(f in share.figures for share in near)]
    values = [f for at, f in told if same_unit(f.quantity, part.quantity) and (not here or at is line)]
    if len({share.whole.value for share in near}) != 1 or _explained(percentage, [part, *values]):
        return None
    return _here(near[0], line)


def _here(share: Share, line: Line) -> Share:
    """A share without figures that other lines tell, so that what is marked is in its own."""
    end = line.start + len(line.text)
    own = [f for f in share.figures if line.start <= f.quantity.start < end]
    return share._replace(figures=own)


def _is_whole(part: Figure, f: Figure, fraction: bool = False) -> bool:
    """Whether a figure can be the whole of a part; the part of a ``fraction`` can, where its name is told again."""
    plain = f.told and (f.quantity.of is None or fraction) and f.quantity.unit != "%" and f.quantity.aspect != "change"
    return plain and same_unit(part.quantity, f.quantity) and f.value > part.value


def _bears(line: Line, f: Figure, what: str, here: bool) -> bool:
    """Whether a figure is told under a name: words of its clause, or its noun, in other lines that of all there are."""
    if fold(what) in (fold(_UNCOUNTED.sub("", f.quantity.text)), fold(f.quantity.unit or "")):
        return here or bool(_FORMS["all_there_are"].match(_SENTENCE.split(line.before(f))[-1]))
    said = telling(what) - telling(_FORMS["extent"].sub("", f.quantity.unit or ""))
    return bool(said) and _said(what) <= telling(label_of(line, f))


def _said(what: str) -> frozenset[str]:
    """The words of a name without those of mere extent (``diện tích``)."""
    return telling(_FORMS["extent"].sub(" ", what))


def label_of(line: Line, f: Figure) -> str:
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


def _named_rate(lines: Sequence[Line], n: int, line: Line, i: int) -> Share | None:
    """``8.205 thí sinh dự thi, 8.123 thí sinh đỗ, tỷ lệ đỗ tốt nghiệp là 99%``: the name tells part and whole.

    They stand in one line, which may be one of those above.
    """
    percentage = line.figures[i]
    before = line.before(percentage)
    named = _FORMS["rate_named"].search(before)
    if not named or _ANOTHER_VALUE.search(lower(_SENTENCE.split(before)[-1])):
        return None
    what, bare = telling(named["what"]), with_bare(line)
    own = [f for f in bare.figures if f.quantity.start < line.start + named.start()]
    for at, figures in ((bare, own), *((at, at.figures) for at in lines[max(0, n - _JUST_ABOVE) : n][::-1])):
        shares = _rates_of(at, figures, what, percentage)
        near = [share for share in shares if comes_near(share)]
        if len({(s.part.value, s.whole.value) for s in near}) == 1 and not _explained(percentage, figures):
            return _here(near[0], line) if at is not bare else near[0]
        if shares:
            return None
    return None


def _rates_of(line: Line, figures: Sequence[Figure], what: frozenset[str], percentage: Figure) -> list[Share]:
    """The shares among some figures of a line that a rate's name can mean."""
    labels = {f.id: telling(label_of(line, f)) for f in figures}
    pairs = [
        (a, w)
        for a, w in permutations(figures, 2)
        if a.told and a.quantity.of is None and a.quantity.unit != "%" and _is_whole(a, w)
        if known_under(what, labels[a.id] | labels[w.id]) and what & (labels[a.id] - labels[w.id])
    ]
    return [Share(percentage, value(a), value(w), False, [a, w, percentage]) for a, w in pairs]


def known_under(what: frozenset[str], said: frozenset[str]) -> bool:
    """Whether all words of a name, or all but a few, stand among some others."""
    return _SHARED * len(what - said) <= len(what)


# --------------------------------------------------------------------------- the plan told first


def _plan_first(lines: Sequence[Line], n: int, line: Line, i: int) -> Share | None:
    """``Tổng thu 1.285 triệu đồng.`` ``So với chỉ tiêu giao (1.000 triệu đồng) vượt 28,5%``.

    Also ``Kế hoạch năm 2024 đón 700.000 lượt khách; 10 tháng thực hiện được 87,4% kế hoạch``.
    """
    percentage, before = line.figures[i], [f for f in line.figures[:i] if f.quantity.unit not in _TIMES]
    if not before:
        return None
    plan = before.pop()
    said, between = line.before(plan), line.between(plan, percentage)
    link = _FORMS["plan_then_share"].match(between)
    opens = _FORMS["plan_opens"].search(said) if link else None
    reached = _FORMS["plan_then_reached"].match(between) and _FORMS["plan_before"].search(said)
    if not (opens and link) and not (reached and _FORMS["plan_behind"].match(_clause(line.after(percentage)))):
        return None
    if not plan.told or plan.quantity.of is not None:
        return None
    start = opens.start() if opens else 0
    own = [(line, f) for f in before if f.quantity.end - line.start <= start]
    told = [*own[::-1], *_told(lines[max(0, n - _ABOVE) : n][::-1])]
    values = [f for _, f in told if same_unit(f.quantity, plan.quantity) and f.told and f.quantity.of is None]
    beyond = bool(opens and link and link["beyond"])
    up = bool(link and link["up"]) if beyond else None
    shares = [Share(percentage, value(f), value(plan), beyond, [f, plan, percentage]) for f in values]
    shares = [s for s in shares if up in (None, s.part.value > s.whole.value)]
    near = [s for s in shares if comes_near(s)]
    if not near or any(map(is_right, shares)):
        return None
    return _here(near[0], line)


def _clause(words: str) -> str:
    return _CLAUSE.split(words)[0]


# --------------------------------------------------------------------------- what is told elsewhere


def _told(lines: Iterable[Line], until: Figure | None = None) -> list[Told]:
    """The figures of some lines with these, the nearest first; of the first only those before one."""
    told = [(line, f) for line in lines for f in line.figures[::-1]]
    return [(line, f) for line, f in told if until is None or f.quantity.start < until.quantity.start]


def _explained(percentage: Figure, figures: Sequence[Figure]) -> bool:
    """Whether any two of some figures give a percentage rightly."""
    values = [f for f in figures if f.told and not is_percentage(f) and f.quantity.of is None]
    pairs = [(value(a), value(b)) for a, b in permutations(values, 2) if same_unit(a.quantity, b.quantity)]
    return any(explains(Share(percentage, a, b, False, [])) for a, b in pairs if b.value > 0)
