"""A share: a percentage with the part and the whole that it must follow from, and whether it does."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise, permutations
from typing import NamedTuple

from patterns import forms
from pipeline.audit.lines import Figure, Line, agrees, decimals, mistyped, same_unit

_FORMS = {name: form.pattern for name, form in forms("figures").items()}
_NEARLY = Decimal("0.25")
_ABOUT = Decimal("0.1")  # of a share that is told as an estimate


class Value(NamedTuple):
    """A value, and how far it may lie from the one meant."""

    value: Decimal
    blur: Decimal


class Share(NamedTuple):
    """A percentage with what it must follow from; ``change`` where it tells only what goes beyond the whole."""

    percentage: Figure
    part: Value
    whole: Value
    change: bool
    figures: list[Figure]

    @property
    def actual(self) -> Decimal:
        share = 100 * self.part.value / self.whole.value
        return abs(share - 100) if self.change else share

    @property
    def blur(self) -> Decimal:
        """How far the share may lie from the one meant, by the rounding of its part and whole."""
        part, whole = self.part, self.whole
        return 100 * (part.blur + part.value * whole.blur / whole.value) / whole.value


def is_percentage(figure: Figure) -> bool:
    return figure.quantity.unit == "%" and figure.quantity.value_max is None


def is_whole_before(line: Line, figure: Figure) -> bool:
    """Whether a figure is the whole of a share before it (``bằng 107% ước đạt (65.900 triệu đồng), bằng ...``)."""
    at = line.figures.index(figure)
    return at > 0 and is_percentage(line.figures[at - 1]) and figure.quantity.text.endswith(")")


def is_right(share: Share) -> bool:
    """Whether a share can be told so; one that is only bounded (``trên 85%``) must keep its bound."""
    told, comparator = share.percentage.value, share.percentage.quantity.comparator
    if agrees(share.actual, told, places(share), share.blur):
        return True
    if comparator in (">", ">="):
        return share.actual > told
    if comparator == "~":
        return abs(share.actual - told) <= told * _ABOUT
    return comparator in ("<", "<=") and share.actual < told


def places(share: Share) -> int:
    return decimals(share.percentage.quantity.text)


def value(figure: Figure) -> Value:
    return Value(figure.value, figure.blur)


def value_of_whole(figure: Figure) -> Value:
    """The whole of a fraction."""
    return Value(Decimal(str(figure.quantity.of)), figure.whole_blur)


def comes_near(share: Share) -> bool:
    """Whether a part and its whole give nearly what is told, or but one figure is another."""
    told = share.percentage.value
    if share.whole.value <= 0:
        return False
    actual = round(share.actual, places(share))
    return abs(actual - told) <= actual * _NEARLY or mistyped(actual, told, 2)


def is_slip(share: Share) -> bool:
    """Whether but one figure of a percentage of three or more, or two neighbours, are others than what is right."""
    return mistyped(round(share.actual, places(share)), share.percentage.value)


def explains(share: Share) -> bool:
    """Whether a part and its whole give what is told; a bound is told of what comes near to it."""
    return is_right(share) and (share.percentage.exact or comes_near(share))


def explained(line: Line, share: Share) -> bool:
    """Whether any two figures of a line give a percentage rightly; what its part makes up the whole with is none."""
    percentage, (part, whole) = share.percentage, (share.part.value, share.whole.value)
    beside = {a.id for a, b in pairwise(line.figures) if is_percentage(b) and a.value + part == whole}
    values = [f for f in line.figures if f.told and f.quantity.unit != "%" and f.id not in beside]
    pairs = [(value(a), value(b)) for a, b in permutations(values, 2) if same_unit(a.quantity, b.quantity)]
    pairs += [(value(f), value_of_whole(f)) for f in values if f.quantity.of]
    return any(explains(Share(percentage, a, b, False, [])) for a, b in pairs if b.value > 0)


def without_its_name(line: Line, gap: str, part: Figure) -> str:
    """The words up to a percentage, without the name of what is counted (``120 hộ nghèo (tỷ lệ hộ nghèo 12%)``)."""
    named = _FORMS["rate_of"].search(gap)
    if not named:
        return gap
    counted = re.split(r"[,;.(]", line.before(part))[-1] + part.quantity.text + gap[: named.start()]
    return gap[: named.start("what")] if named["what"].lower() in counted.lower() else gap
