"""Bodies that issue one document together: ``SỞ NỘI VỤ - SỞ TÀI CHÍNH``, ``Bộ Công an - Bộ Quốc phòng``."""

from __future__ import annotations

import re
from functools import cache

import patterns
from pipeline.phrases import opens_with

_DASH = re.compile(r"\s*[-–]\s*(?=\w)")


def bodies_of(name: str) -> list[str]:
    """The bodies that a name joins with dashes, as written; the name alone where it is of one.

    >>> bodies_of("Bộ Lao động - Thương binh và Xã hội - Bộ Tài chính")
    ['Bộ Lao động - Thương binh và Xã hội', 'Bộ Tài chính']
    """
    bodies = [name]
    for dash in _DASH.finditer(name):
        last = bodies[-1]
        at = dash.start() - (len(name) - len(last))
        if are_peers(last[:at], name[dash.end() :]):
            bodies[-1:] = [last[:at], name[dash.end() :]]
    return bodies


def are_peers(first: str, second: str) -> bool:
    """Whether two names are of bodies of one rank: the second is then no office of the first."""
    return bool(_ranks(first) & _ranks(second))


def _ranks(name: str) -> set[int]:
    """The ranks of bodies that a name may be of, by its first words."""
    kinds = _kinds()
    opening = opens_with(name, tuple(kinds))
    return kinds[opening] if opening else set()


@cache
def _kinds() -> dict[str, set[int]]:
    kinds: dict[str, set[int]] = {}
    for rank, openings in enumerate(patterns.data("header")["agency"]["ranks"]):
        for opening in openings:
            kinds.setdefault(opening, set()).add(rank)
    return kinds
