"""One indicator with two values in one document.

Two figures are taken for one thing only where a sentence elsewhere tells the same words of the same unit, for the same
time and place, and the values lie so near that one must be a slip of the other.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations

from patterns import data, forms
from pipeline.audit.lines import LOWER, UPPER, Figure, Line, Page, number
from pipeline.audit.model import Finding
from pipeline.fold import fold
from pipeline.indicators import known

_FORMS = {name: form.pattern for name, form in forms("figures").items()}
_WORD = re.compile(r"[^\W\d_]+")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NAME = re.compile(rf"\b[{UPPER}][{LOWER}]+(?:\s+[{UPPER}][{LOWER}]+)+")
_CLAUSE = re.compile(r"[.;:,](?:\s|$)")


class _Told:
    """A figure with the words of its clause that say what it counts."""

    def __init__(self, line: Line, figure: Figure, year: str) -> None:
        self.line, self.figure = line, figure
        at, end = figure.quantity.start - line.start, figure.quantity.end - line.start
        starts = [m.end() for m in _CLAUSE.finditer(line.text, 0, at)]
        stop = _CLAUSE.search(line.text, end)
        self.clause = line.text[starts[-1] if starts else 0 : stop.start() if stop else len(line.text)]
        self.years = frozenset(_YEAR.findall(self.clause)) or frozenset({year})
        self.names = frozenset(_NAME.findall(self.clause))
        words = figure.quantity.indicator or ""
        named = _indicator(words, figure.quantity.unit)
        self.thing = frozenset({named}) if named else _thing(words)


def conflicting_figures(page: Page) -> Iterator[Finding]:
    """Every pair of figures that tell one thing differently; told at the later one."""
    groups: dict[tuple[str, frozenset[str]], list[_Told]] = defaultdict(list)
    year = str(page.source.issued_on.year) if page.source.issued_on else ""  # meant where none is told
    for line in page.lines:
        for figure in line.figures:
            if _can_repeat(figure) and (told := _Told(line, figure, year)).thing:
                groups[figure.quantity.unit or "", told.thing].append(told)
    done: set[int] = set()
    for group in groups.values():
        for a, b in combinations(group, 2):
            if b.figure.id not in done and _conflict(a, b):
                done.add(b.figure.id)
                yield _finding(page, a, b)


def _can_repeat(figure: Figure) -> bool:
    q = figure.quantity
    return figure.exact and q.unit not in (None, "%") and not q.per and q.aspect == "result" and q.value >= 10


def _thing(indicator: str) -> frozenset[str]:
    """The words of an indicator that say something; empty where they are too few to be sure."""
    filler: list[str] = data("figures")["filler"]
    words = frozenset(_WORD.findall(fold(indicator))) - set(filler)
    return words if len(words) >= 4 else frozenset()


@lru_cache(maxsize=4096)
def _indicator(words: str, unit: str | None) -> str | None:
    """The catalogue's indicator that some words name outright."""
    match = known().match(words, unit)
    return match.indicator.id if match and match.strength >= 1 else None


def _conflict(a: _Told, b: _Told) -> bool:
    one, other = a.figure.value, b.figure.value
    if one == other or abs(one - other) * 10 > max(one, other) or a.line.start == b.line.start:
        return False
    if a.years != b.years:
        return False
    hedged = any(_FORMS["part_of_time"].search(t.clause) for t in (a, b))
    return a.names == b.names and not hedged


def _finding(page: Page, a: _Told, b: _Told) -> Finding:
    q, other = b.figure.quantity, a.figure.quantity
    words = page.document.text[max(0, other.start - 60) : other.end + 40].replace("\n", " ")
    evidence = f"Chỗ khác trong văn bản ghi {number(a.figure.value)}: «…{words.strip()}…»"
    ids = [a.figure.id, b.figure.id]
    return page.finding("conflicting_figure", "warning", (q.start, q.end), evidence, number(a.figure.value), ids)
