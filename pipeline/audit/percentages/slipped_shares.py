"""Shares whose whole no word ties to them, known by the slip of one figure of their percentage.

``Phường có 11 trường học. ... Đã có 8 trường đạt chuẩn, đạt 82,7%``; what any figures told nearby give is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import permutations

from patterns import forms, low
from pipeline.audit.bare import with_bare
from pipeline.audit.lines import Figure, Line, mistyped, same_unit
from pipeline.audit.percentages.share import Share, is_right, places, value, value_of_whole, without_its_name
from pipeline.audit.percentages.wholes import has_share
from pipeline.fold import lower

_FORMS = {name: form.pattern for name, form in forms("figures").items()}
_OTHER_SUBJECT = low("figures", "other_subject")
_ABOVE = 4  # lines above a share that may tell its whole
_WHOLE = 100
_SAID = 60  # characters before a whole that say what it is
_PLAN = _FORMS["plan_said"]
_SENTENCE = re.compile(r"\.\s")


def slipped_share(lines: Sequence[Line], n: int, line: Line, i: int) -> Share | None:
    """The share of the i-th figure of the n-th of some lines (``line`` is it as read) that one whole nearby slips."""
    percentage = line.figures[i]
    part, sign = _part(line, i)
    if not part or not percentage.exact or percentage.value == _WHOLE:
        return None
    planned = bool((behind := _FORMS["words_behind"].match(line.after(percentage))) and _PLAN.search(behind[0]))
    around = (*map(with_bare, lines[max(0, n - _ABOVE) : n]), line)
    told = [(at, f) for at in around for f in at.figures if f.told and f.value > 0 and f.quantity.unit != "%"]
    wholes = [(at, f) for at, f in told if f is not part and f.quantity.of is None]
    wholes = [(at, f) for at, f in wholes if same_unit(f.quantity, part.quantity)]
    wholes = [(at, f) for at, f in wholes if (f.value < part.value if sign > 0 else f.value > part.value)]
    wholes = [(at, f) for at, f in wholes if planned == bool(_PLAN.search(at.before(f)[-_SAID:]))]
    shares = [
        Share(percentage, value(part), value(f), bool(sign), [f, part, percentage])
        for at, f in wholes
        if not (at.figures[-1] is not f and has_share(at, f))
    ]
    slips = [share for share in shares if _is_slip(share)]
    if len({share.whole.value for share in slips}) != 1 or _explained(slips[0], [f for _, f in told]):
        return None
    end = line.start + len(line.text)
    own = [f for f in slips[0].figures if line.start <= f.quantity.start < end]
    return slips[0]._replace(figures=own)


def _part(line: Line, i: int) -> tuple[Figure | None, int]:
    """The figure that a percentage follows as its share, or as what it rose (1) or fell by (-1)."""
    percentage, before = line.figures[i], line.outside(i)
    part = before[-1] if before else None
    if not part or not part.told or part.quantity.unit == "%" or part.quantity.of is not None:
        return None, 0
    if line.change_before(part) or _FORMS["held_back"].search(line.before(part)):
        return None, 0
    gap = line.between(part, percentage)
    if growth := _FORMS["grown_by"].match(gap):
        return part, 1 if growth["up"] else -1
    gap = _FORMS["new_clause"].sub("", without_its_name(line, gap, part))
    link = _FORMS["share_link"].match(gap)
    apart = _OTHER_SUBJECT.search(lower(gap)) or _SENTENCE.search(gap)
    return (part, 0) if link and not link["beyond"] and not apart else (None, 0)


def _is_slip(share: Share) -> bool:
    """Whether but one figure of a percentage is another; of two figures only where its whole is told before it."""
    before = share.figures[0].quantity.start < share.percentage.quantity.start
    return mistyped(round(share.actual, places(share)), share.percentage.value, 2 if before else 3)


def _explained(share: Share, told: Sequence[Figure]) -> bool:
    """Whether any two figures told nearby give a percentage rightly."""
    pairs = [(value(a), value(b)) for a, b in permutations(told, 2) if same_unit(a.quantity, b.quantity)]
    pairs += [(value(f), value_of_whole(f)) for f in told if f.quantity.of]
    return any(is_right(share._replace(part=a, whole=b)) for a, b in pairs)
