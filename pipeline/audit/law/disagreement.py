"""What documents say of one another: the same symbol and issuer with different dates or subjects."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from pipeline.audit.law.catalogue import Catalogue, register
from pipeline.audit.law.subjects import unlike
from pipeline.audit.model import Finding, Mention, finding_of, vietnamese

_MANY = 40  # ways of telling a subject that are held against each other


class Disagreements:
    """The dated mentions of each document that can only be one."""

    def __init__(self, mentions: Sequence[Mention], known: Catalogue) -> None:
        self._known = known
        self._groups: dict[str, list[Mention]] = defaultdict(list)
        self._dated: set[tuple[int, int]] = set()
        self._subjects: dict[tuple[str, date], dict[str, list[Mention]]] = {}
        for m in mentions:
            if m.symbol and m.issued_on and not m.key.endswith("|") and m.dated:
                self._groups[register(m.key)].append(m)
                self._dated.add((m.source.id, m.citation_id))
        self._days = {k: days for k, group in self._groups.items() if len(days := _days(group)) > 1}

    def of(self, m: Mention) -> Iterator[Finding]:
        """``wrong_date`` where every other document agrees on another day; else ``inconsistent``, in day or subject."""
        if (m.source.id, m.citation_id) in self._dated and m.issued_on:
            yield from self._of_days(m, m.issued_on) or self._of_subjects(m, m.issued_on)

    def _of_days(self, m: Mention, told: date) -> list[Finding]:
        days = self._days.get(register(m.key))
        if not days or settled(m, self._known):
            return []
        others = {day: ids - {m.source.id} for day, ids in days.items()}
        others = {day: ids for day, ids in others.items() if ids}
        ranked = Counter({day: len(ids) for day, ids in days.items()}).most_common()
        if ranked[0][0] == told and ranked[0][1] > ranked[1][1]:
            return []
        evidence = _words(next(o for o in self._groups[register(m.key)] if o.issued_on != told))
        expected = vietnamese(ranked[0][0]) if ranked[0][1] > ranked[1][1] else None
        if len(others) == 1 and told not in others and len(next(iter(others.values()))) > 1:
            return [finding_of(m, "wrong_date", "error", evidence, vietnamese(next(iter(others))))]
        return [finding_of(m, "inconsistent", "warning", evidence, expected)]

    def _of_subjects(self, m: Mention, told: date) -> Iterator[Finding]:
        """A subject that shares nothing with the one which as many others tell of the same symbol and day."""
        subjects = self._subjects_of(register(m.key), told)
        if not m.title or len(subjects) < 2 or any(e.title for e in self._known.of(m)):
            return
        apart = [title for title in subjects if unlike(title, m.title)]
        against = {o.source.id for title in apart for o in subjects[title]}
        beside = {o.source.id for title in subjects if title not in apart for o in subjects[title]}
        if apart and len(against) >= len(beside):
            other = subjects[apart[0]][0]
            yield finding_of(m, "inconsistent", "warning", f"{_words(other)} về «{other.title}»")

    def _subjects_of(self, key: str, day: date) -> dict[str, list[Mention]]:
        """The subjects that mentions of one symbol and day tell, with who tells them."""
        if (key, day) not in self._subjects:
            found: dict[str, list[Mention]] = {}
            for m in self._groups.get(key, ()):
                if m.title and m.issued_on == day and (m.title in found or len(found) < _MANY):
                    found.setdefault(m.title, []).append(m)
            self._subjects[key, day] = found
        return self._subjects[key, day]


def settled(m: Mention, known: Catalogue) -> bool:
    """Whether the catalogue has the day that a mention tells, so that nothing else need be asked."""
    return any(e.identified and e.issued_on == m.issued_on for e in known.of(m))


def _words(m: Mention) -> str:
    """A mention as evidence: where it stands, and its words."""
    where = m.source.label + (f", trang {m.page}" if m.page else "")
    return f"{where}: «{m.text}»"


def _days(group: Sequence[Mention]) -> dict[date, set[int]]:
    days: dict[date, set[int]] = defaultdict(set)
    for m in group:
        if m.issued_on:
            days[m.issued_on].add(m.source.id)
    return days
