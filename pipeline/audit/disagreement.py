"""What documents say of one another: the same symbol and issuer with different dates or subjects."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from pipeline.audit.catalogue import Catalogue, register
from pipeline.audit.model import Finding, Mention, finding_of, vietnamese


class Disagreements:
    """The dated mentions of each document that can only be one."""

    def __init__(self, mentions: Sequence[Mention], known: Catalogue) -> None:
        self._known = known
        self._groups: dict[str, list[Mention]] = defaultdict(list)
        self._dated: set[tuple[int, int]] = set()
        for m in mentions:
            if m.symbol and m.issued_on and not m.key.endswith("|") and m.dated:
                self._groups[register(m.key)].append(m)
                self._dated.add((m.source.id, m.citation_id))
        self._days = {k: days for k, group in self._groups.items() if len(days := _days(group)) > 1}

    def of(self, m: Mention) -> Iterator[Finding]:
        """``wrong_date`` where every other document agrees on another day; else ``inconsistent``."""
        days = self._days.get(register(m.key))
        told = m.issued_on
        if not days or not told or (m.source.id, m.citation_id) not in self._dated or settled(m, self._known):
            return
        others = {day: ids - {m.source.id} for day, ids in days.items()}
        others = {day: ids for day, ids in others.items() if ids}
        ranked = Counter({day: len(ids) for day, ids in days.items()}).most_common()
        if ranked[0][0] == told and ranked[0][1] > ranked[1][1]:
            return
        other = next(o for o in self._groups[register(m.key)] if o.issued_on != told)
        where = other.source.label + (f", trang {other.page}" if other.page else "")
        evidence = f"{where}: «{other.text}»"
        expected = vietnamese(ranked[0][0]) if ranked[0][1] > ranked[1][1] else None
        if len(others) == 1 and told not in others and len(next(iter(others.values()))) > 1:
            yield finding_of(m, "wrong_date", "error", evidence, vietnamese(next(iter(others))))
        else:
            yield finding_of(m, "inconsistent", "warning", evidence, expected)


def settled(m: Mention, known: Catalogue) -> bool:
    """Whether the catalogue has the day that a mention tells, so that nothing else need be asked."""
    return any(e.identified and e.issued_on == m.issued_on for e in known.of(m))


def _days(group: Sequence[Mention]) -> dict[date, set[int]]:
    days: dict[date, set[int]] = defaultdict(set)
    for m in group:
        if m.issued_on:
            days[m.issued_on].add(m.source.id)
    return days
