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
from pipeline.audit.lines import LOWER, UPPER, Figure, Line, Page, amount
from pipeline.audit.model import Finding
from pipeline.fold import fold
from pipeline.indicators import known

_FORMS = {name: form.pattern for name, form in forms("figures").items()}
_WORD = re.compile(r"[^\W\d_]+")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NAME = re.compile(rf"\b[{UPPER}][{LOWER}]+(?:\s+[{UPPER}][{LOWER}]+)+")
_CLAUSE = re.compile(r"[.;:,](?:\s|$)")
_SENTENCE = re.compile(r"[.;](?:\s|$)")
#: What two figures that are set side by side say they are: values of the same kind, or left open.
_LEVELS = (None, "result", "target")


class _Told:
    """A figure with the words of its clause that say what it counts, when and where."""

    def __init__(self, line: Line, figure: Figure, heading: str, year: str) -> None:
        self.line, self.figure = line, figure
        at, end = figure.quantity.start - line.start, figure.quantity.end - line.start
        first, last = _around(_CLAUSE, line.text, at, end)
        self.clause = line.text[first:last]
        told = line.text[_around(_SENTENCE, line.text, at, end)[0] : last]
        self.years = _first_told(_YEAR, (self.clause, told, heading)) or frozenset({year})
        self.moments = frozenset(fold(m[0]) for m in _FORMS["moment"].finditer(f"{heading}. {told}"))
        self.scopes = frozenset(fold(m[0]) for m in _FORMS["scope"].finditer(told))
        self.names = frozenset(_NAME.findall(self.clause)) | _places(told) | _places(heading)
        self.thing = self._thing(line.text[first:at])

    def _thing(self, before: str) -> frozenset[str]:
        """What is counted: an indicator of the catalogue, else the words of a count; empty where neither is sure."""
        q = self.figure.quantity
        times = [m.end() for form in (_YEAR, _FORMS["moment"]) for m in form.finditer(before)]
        for words in (q.indicator or "", before, before[max(times, default=0) :]):
            if named := _indicator(_NAME.sub(" ", _placeless(words)), q.unit):
                return frozenset({named})
        return _telling(q.indicator or "") if q.unit != "%" else frozenset()


def _around(ends: re.Pattern[str], text: str, at: int, end: int) -> tuple[int, int]:
    """The stretch between two ends of clauses, or of sentences, that holds the words from one place to another."""
    starts = [m.end() for m in ends.finditer(text, 0, at)]
    stop = ends.search(text, end)
    return starts[-1] if starts else 0, stop.start() if stop else len(text)


def _first_told(pattern: re.Pattern[str], texts: tuple[str, ...]) -> frozenset[str]:
    return next((found for text in texts if (found := frozenset(pattern.findall(text)))), frozenset())


def _placeless(words: str) -> str:
    return forms("indicators")["place"].pattern.sub(" ", words)


def _places(words: str) -> frozenset[str]:
    return frozenset(m[0].lower() for m in forms("indicators")["place"].pattern.finditer(words))


def conflicting_figures(page: Page) -> Iterator[Finding]:
    """Every pair of figures that tell one thing differently; told at the later one."""
    groups: dict[tuple[str, frozenset[str]], list[_Told]] = defaultdict(list)
    year = str(page.source.issued_on.year) if page.source.issued_on else ""  # meant where none is told
    headings = _headings(page)
    for line in page.lines:
        for figure in line.figures:
            if not _can_repeat(figure):
                continue
            told = _Told(line, figure, headings.get(figure.quantity.section, ""), year)
            if told.thing:
                groups[figure.quantity.unit or "", told.thing].append(told)
    done: set[int] = set()
    for group in groups.values():
        for a, b in combinations(group, 2):
            if b.figure.id not in done and _conflict(a, b):
                done.add(b.figure.id)
                yield _finding(page, a, b)


def _headings(page: Page) -> dict[int | None, str]:
    """Each section's heading with those above it."""
    found: dict[int | None, str] = {}
    for s in page.document.sections:
        found[s.id] = f"{found.get(s.parent, '')}. {s.heading}"
    return found


def _can_repeat(figure: Figure) -> bool:
    q = figure.quantity
    return (
        figure.exact and q.unit is not None and q.of is None and not q.per and q.aspect in _LEVELS
        and (q.value >= 10 or (q.unit == "%" and q.value > 0))
    )  # fmt: skip


def _telling(indicator: str) -> frozenset[str]:
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
    aspects = {a.figure.quantity.aspect, b.figure.quantity.aspect}
    if "target" in aspects and len(aspects) > 1:
        return False
    if a.years != b.years or a.moments != b.moments or (a.scopes and b.scopes and a.scopes != b.scopes):
        return False
    hedged = any(_FORMS["part_of_time"].search(t.clause) for t in (a, b))
    return a.names == b.names and not hedged


def _finding(page: Page, a: _Told, b: _Told) -> Finding:
    q, other = b.figure.quantity, a.figure.quantity
    words = page.document.text[max(0, other.start - 60) : other.end + 40].replace("\n", " ")
    told = amount(a.figure.value, other.unit)
    evidence = f"Chỗ khác trong văn bản ghi {told}: «…{words.strip()}…»"
    ids = [a.figure.id, b.figure.id]
    return page.finding("conflicting_figure", "warning", (q.start, q.end), evidence, told, ids)
