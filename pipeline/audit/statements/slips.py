"""Numbers of which one can be a slip of the other: what makes them be found together, without trying every pair."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pipeline.audit.lines import exchanged, swapped

_LONG = 5  # figures that are the same in another order by no chance


def figures_of(value: Decimal) -> int:
    """How many figures a number has, without the zeros behind it."""
    return len(value.normalize().as_tuple().digits)


def turned_key(value: Decimal) -> str:
    """The figures of a number whatever their order."""
    return "".join(sorted(str(value.normalize())))


def mistyped_keys(value: Decimal) -> Iterator[tuple[str, str]]:
    """A number of two figures or more without each of its figures."""
    text = f"{value:.4f}".rstrip("0")
    for i in range(len(text) if figures_of(value) > 1 else 0):
        yield text[:i], text[i + 1 :]


def turned(one: Decimal, other: Decimal) -> bool:
    """Whether two figures of a number stand in each other's place in another; those of a long one may in any."""
    if swapped(one, other) or exchanged(one, other):
        return True
    return one != other and figures_of(one) >= _LONG and turned_key(one) == turned_key(other)
