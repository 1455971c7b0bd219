"""What came in, what was dealt with and what is left (``85 đơn, đã giải quyết 70 đơn, đang giải quyết 15 đơn``)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, pairwise

from patterns import forms
from pipeline.audit.lines import Figure, Line, same_unit
from pipeline.audit.totals.parts import FEWEST, SENTENCE_END, Listed, can_be_total, in_brackets, is_part

_MOST = 5  # figures: a total and what became of all that it counts
_SAID = 60  # characters before a total that say what it is
_FORMS = {name: form.pattern for name, form in forms("figures").items()}


def with_rest(line: Line) -> Iterator[Listed]:
    """A total, one part and the rests of it, where a sentence tells no more of the unit."""
    ends = [m.end() for m in SENTENCE_END.finditer(line.text)]
    plain = [f for f in line.figures if f.quantity.unit not in (None, "%") and not in_brackets(line, f)]
    for _, sentence in groupby(plain, key=lambda f: sum(end <= f.quantity.start - line.start for end in ends)):
        figures = list(sentence)
        for total in figures[:-2]:
            same = [f for f in figures if same_unit(f.quantity, total.quantity)]
            if FEWEST <= len(same) <= _MOST and same[0] is total and _are_rests(line, same):
                yield Listed(total, same[1:], sure=True)


def _are_rests(line: Line, same: list[Figure]) -> bool:
    total, part, *rests = same
    if _is_rest_of_list(line, same):
        return True
    if not can_be_total(line, total) or total.quantity.of is not None or not all(is_part(line, f) for f in same[1:]):
        return False
    if _FORMS["another_value"].search(_FORMS["rest"].sub("", line.between(total, rests[-1]))):
        return False
    dealt = _FORMS["dealt_with"].search(line.between(total, part)) or _FORMS["dealt_behind"].match(line.after(part))
    left = all(_FORMS["rest_told"].search(line.between(a, b)) for a, b in pairwise(same[1:]))
    held = _FORMS["held_against"].match(line.after(rests[-1])) and not _of_the_plan(line, total, rests[-1])
    return bool(dealt and left) and not held


def _is_rest_of_list(line: Line, same: list[Figure]) -> bool:
    """Whether the last of some figures is said to be what others leave of the first (``còn lại 240 người``)."""
    total, *parts = same
    if not can_be_total(line, total) or total.quantity.of is not None or not all(is_part(line, f) for f in parts):
        return False
    if any(line.change_before(f) or f.value >= total.value for f in parts):
        return False
    behind = line.figures[line.figures.index(total) + 1]
    if behind.quantity.unit == "%":  # a part with its share
        return False
    between = _FORMS["rest"].sub("", line.between(total, parts[-1]))
    return bool(_FORMS["left_over"].search(line.before(parts[-1]))) and not _FORMS["another_value"].search(between)


def _of_the_plan(line: Line, total: Figure, rest: Figure) -> bool:
    """Whether a total is the plan that its rest is said to lack (``giao 620 người, ... còn thiếu 155 người``)."""
    planned = _FORMS["plan_said"].search(line.before(total)[-_SAID:])
    return bool(planned and _FORMS["lacks_of_plan"].match(line.after(rest)))
