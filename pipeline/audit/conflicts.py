"""One indicator with two values in one document.

Two figures are taken for one thing only where a sentence elsewhere tells the same words of the same unit, for the same
time and place, and the values lie so near that one must be a slip of the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from patterns import forms
from pipeline.audit.lines import Page, amount, mistyped, near
from pipeline.audit.model import Finding
from pipeline.audit.told import Told, tells

_FORMS = {name: form.pattern for name, form in forms("figures").items()}


def conflicting_figures(page: Page) -> Iterator[Finding]:
    """Every pair of figures that tell one thing differently; told at the later one."""
    groups: dict[tuple[str, frozenset[str]], list[Told]] = defaultdict(list)
    for told in tells(page):
        if told.thing:
            groups[told.figure.quantity.unit or "", told.thing].append(told)
    done: set[int] = set()
    for group in groups.values():
        for a, b in combinations(group, 2):
            if b.figure.id not in done and _conflict(a, b):
                done.add(b.figure.id)
                yield _finding(page, a, b)


def _conflict(a: Told, b: Told) -> bool:
    one, other = a.figure.value, b.figure.value
    if one == other or a.line.start == b.line.start or not (near(one, other) or _mistyped(a, b)):
        return False
    aspects = {a.figure.quantity.aspect, b.figure.quantity.aspect}
    if "target" in aspects and len(aspects) > 1:
        return False
    if a.years != b.years or a.moments != b.moments or (a.scopes and b.scopes and a.scopes != b.scopes):
        return False
    hedged = any(_FORMS["part_of_time"].search(t.clause) for t in (a, b))
    return a.names == b.names and not hedged


def _mistyped(a: Told, b: Told) -> bool:
    """Whether one value is a slip of the other; of two figures only where the words are the same, or years told."""
    sure = len(a.thing) > 1 or (a.dated and b.dated)
    return mistyped(a.figure.value, b.figure.value, 2 if sure else 3)


def _finding(page: Page, a: Told, b: Told) -> Finding:
    q, other = b.figure.quantity, a.figure.quantity
    words = page.document.text[max(0, other.start - 60) : other.end + 40].replace("\n", " ")
    told = amount(a.figure.value, other.unit)
    evidence = f"Chỗ khác trong văn bản ghi {told}: «…{words.strip()}…»"
    ids = [a.figure.id, b.figure.id]
    return page.finding("conflicting_figure", "warning", (q.start, q.end), evidence, told, ids)
