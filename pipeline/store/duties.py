"""Which tasks are meant: from a filter as typed to conditions that SQLite can answer on a store of millions of tasks.

A list shows few rows. Where a condition fits few tasks, these are looked up by its index and the rest is asked of them;
where every condition fits many, the tasks are gone through in the order of the list until enough are found.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any, NamedTuple

from sqlite_utils import Database

from pipeline.due import Deadline, next_day, within
from pipeline.names import fold, name_key
from pipeline.store import current
from pipeline.store.match import match_agency, match_issuers, match_places
from pipeline.store.rows import LEAD, Where

#: So many tasks are looked up one by one; more are gone through in the order of the list.
FEW = 5_000


class TaskFilter(NamedTuple):
    """What tasks to list; names and texts as typed.

    ``as_of``: say who holds each duty on that day; an agency asked for is then also found as the holder. ``today`` is
    the day from which ``overdue``, the next ``coming`` days and each row's next deadline count.
    """

    agency: str | None = None
    role: str | None = None
    place: str | None = None
    document: int | None = None
    issuer: str | None = None
    due_after: date | None = None
    due_before: date | None = None
    query: str | None = None
    as_of: date | None = None
    overdue: bool = False
    coming: int | None = None
    today: date | None = None


class Chosen(NamedTuple):
    """The tasks (``t``) meant, in a query that joins their documents ``d``; ``owner`` gives the owner to show."""

    where: Where
    owner: str


class _Meant:
    """Collects the conditions of a filter, and the sets of task ids that each of them is about."""

    def __init__(self, db: Database) -> None:
        self.db, self.where = db, Where()
        self.sets: list[tuple[str, list[Any]]] = []

    def among(self, ids: str, *parameters: Any) -> None:
        """Say that the tasks meant are among these."""
        self.sets.append((ids, list(parameters)))

    def narrow(self, few: int) -> None:
        """Look up the smallest of the sets where it is small."""
        counts = [self._count(ids, parameters, few) for ids, parameters in self.sets]
        if counts and min(counts) <= few:
            ids, parameters = self.sets[counts.index(min(counts))]
            found = [row[0] for row in self.db.execute(ids, parameters).fetchall()]
            self.where.add("t.id IN (SELECT value FROM json_each(?))", json.dumps(found))

    def _count(self, ids: str, parameters: list[Any], few: int) -> int:
        row = self.db.execute(f"SELECT count(*) FROM ({ids} LIMIT {few + 1})", parameters).fetchone()
        return int(row[0])


def chosen(db: Database, wanted: TaskFilter, few: int = FEW) -> Chosen:
    """The conditions of a filter. Raises AmbiguousName."""
    meant = _Meant(db)
    owner = _owner(meant, wanted)
    if wanted.role:
        meant.where.add("+t.role = ?", wanted.role)
        meant.among("SELECT id FROM tasks WHERE role = ?", wanted.role)
    if wanted.issuer:
        issuers = json.dumps(match_issuers(db, wanted.issuer))
        meant.where.add("d.issuer IN (SELECT value FROM json_each(?))", issuers)
        meant.among(
            "SELECT t.id FROM json_each(?) j CROSS JOIN documents d ON d.issuer = j.value"
            " CROSS JOIN tasks t ON t.document_id = d.id", issuers,
        )  # fmt: skip
    if wanted.place:
        _in_place(meant, wanted.place)
    for word in (words := fold(wanted.query or "").split()):
        meant.where.add("' ' || t.folded || ' ' LIKE ?", f"% {word} %")
    if words:
        quoted = " AND ".join(f'"{word}"' for word in words)
        meant.among("SELECT rowid FROM task_words WHERE task_words MATCH ?", quoted)
    _due(meant, wanted)
    if wanted.document is not None:
        meant.where.add(f"t.document_id = {LEAD}", wanted.document)
    else:
        meant.narrow(few)
    return Chosen(meant.where, owner)


def _owner(meant: _Meant, wanted: TaskFilter) -> str:
    """Ask for the tasks of an agency; an expression for the id of the owner to show."""
    if not wanted.agency:
        return "t.agency_id"
    db = meant.db
    match = match_agency(db, wanted.agency, loosely=False)
    heirs = current.Heirs(db, wanted.agency, wanted.as_of) if wanted.as_of else None
    if not match.agencies and not match.held and not (heirs and heirs.any_task()):
        match = match_agency(db, wanted.agency)
    ids = ", ".join(map(str, sorted(match.agencies))) or "NULL"
    pairs = ", ".join(f"({a}, {d})" for a, d in sorted(match.held)) or "(NULL, NULL)"
    asked = f"o.agency_id IN ({ids}) OR (o.agency_id, t.document_id) IN (VALUES {pairs})"
    if heirs:
        asked += f" OR {heirs.sql}"
    owner = (
        f"(SELECT o.agency_id FROM task_agencies o WHERE o.task_id = t.id AND ({asked}) ORDER BY o.position LIMIT 1)"
    )
    meant.where.add(f"{owner} IS NOT NULL")
    named = {*match.agencies, *(a for a, _ in match.held), *(heirs.agencies if heirs else ())}
    meant.among(
        "SELECT DISTINCT task_id FROM task_agencies WHERE agency_id IN (SELECT value FROM json_each(?))",
        json.dumps(sorted(named)),
    )
    return owner


def _in_place(meant: _Meant, asked: str) -> None:
    """Ask for what lies in a place: issued there, or laid on a body there."""
    issued = match_places(meant.db, asked)
    pattern = f"% {name_key(asked)} %"
    bodies = meant.db.execute("SELECT id FROM agencies WHERE ' ' || name_key || ' ' LIKE ?", [pattern]).fetchall()
    ids = json.dumps([row[0] for row in bodies])
    there = (
        "SELECT id FROM documents WHERE (coalesce(province, ''), coalesce(district, ''), coalesce(commune, ''))"
        " IN (SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?))"
    )
    owned = "SELECT 1 FROM task_agencies o WHERE o.task_id = t.id AND o.agency_id IN (SELECT value FROM json_each(?))"
    meant.where.add(f"(t.document_id IN ({there}) OR EXISTS ({owned}))", json.dumps(issued), ids)
    meant.among(
        f"SELECT id FROM tasks WHERE document_id IN ({there}) UNION"
        " SELECT task_id FROM task_agencies WHERE agency_id IN (SELECT value FROM json_each(?))",
        json.dumps(issued), ids,
    )  # fmt: skip


_FALLS = """SELECT next_due(x.text, x."from", x."to", x.month_day, x.recurrence, d.issued_on, ?) AS day
    FROM task_deadlines l JOIN dates x ON x.id = l.date_id WHERE l.task_id = t.id"""
_DATED = """EXISTS (SELECT 1 FROM task_deadlines l JOIN dates x ON x.id = l.date_id
    WHERE l.task_id = t.id AND coalesce(x."to", x."from") IS NOT NULL)"""
_FIXED = """SELECT l.task_id FROM dates x CROSS JOIN task_deadlines l ON l.date_id = x.id
    WHERE coalesce(x."to", x."from") BETWEEN ? AND ?"""
_RECURRING = """SELECT l.task_id FROM dates x CROSS JOIN task_deadlines l ON l.date_id = x.id
    WHERE x."to" IS NULL AND x."from" IS NULL AND (x.month_day IS NOT NULL OR x.recurrence IS NOT NULL)"""


def _due(meant: _Meant, wanted: TaskFilter) -> None:
    """Ask for tasks with a deadline between two days, both included; what comes round counts whenever it does."""

    def next_due(
        text: str, first: str, last: str, month_day: str, recurrence: str, issued: str, since: str
    ) -> str | None:
        day = next_day(Deadline(text, first, last, month_day, recurrence, issued), date.fromisoformat(since))
        return day.isoformat() if day else None

    meant.db.conn.create_function("next_due", 7, next_due)
    today = wanted.today or date.today()
    if wanted.due_after or wanted.due_before:
        _between(meant, wanted.due_after or date.min, wanted.due_before or date.max)
    if wanted.coming is not None:
        _between(meant, today, within(today, wanted.coming))
    if wanted.overdue:
        meant.where.add(f"{_DATED} AND (SELECT min(day) FROM ({_FALLS})) IS NULL", today.isoformat())
        meant.among(_FIXED, date.min.isoformat(), today.isoformat())


def _between(meant: _Meant, first: date, last: date) -> None:
    meant.where.add(f"(SELECT min(day) FROM ({_FALLS})) <= ?", first.isoformat(), last.isoformat())
    meant.among(f"{_FIXED} UNION {_RECURRING}", first.isoformat(), last.isoformat())
