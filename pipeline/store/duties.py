"""Which tasks are meant: from a filter as typed to conditions that SQLite can answer on a store of millions of tasks.

A list shows few rows. Where a condition fits few tasks, these are looked up by its index and the rest is asked of them;
where every condition fits many, the tasks are gone through in the order of the list until enough are found.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
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
    """The tasks (``t``) meant: where they come from, in their order, under which conditions; ``owner`` to show."""

    source: str
    order: str
    owner: str
    parameters: list[Any]

    def ids(self, page: str = "") -> str:
        """A query for the id of each task and of the owner to show."""
        return f"SELECT t.id AS id, {self.owner} AS owner_id {self.source}{self.order}{page}"


class _Meant:
    """Collects the conditions of a filter, and the sets of task ids that each of them is about."""

    def __init__(self, db: Database) -> None:
        self.db, self.where = db, Where()
        self.sets: list[tuple[str, list[Any]]] = []

    def among(self, ids: str, *parameters: Any) -> None:
        """Say that the tasks meant are among these."""
        self.sets.append((ids, list(parameters)))

    def smallest(self, few: int) -> tuple[str, list[Any]] | None:
        """The smallest of the sets; None where none has few tasks."""
        counts = [self._count(ids, parameters, few) for ids, parameters in self.sets]
        return self.sets[counts.index(min(counts))] if counts and min(counts) <= few else None

    def _count(self, ids: str, parameters: list[Any], few: int) -> int:
        row = self.db.execute(f"SELECT count(*) FROM ({ids} LIMIT {few + 1})", parameters).fetchone()
        return int(row[0])


def chosen(db: Database, wanted: TaskFilter, order: str = "t.document_id, t.position", few: int = FEW) -> Chosen:
    """The tasks of a filter; ``order`` may speak of ``t``, its document ``d`` and its owner ``w``."""
    meant = _Meant(db)
    owner = _owner(meant, wanted)
    if wanted.role:
        meant.where.add("t.role = ?", wanted.role)
        meant.among("SELECT id FROM tasks WHERE role = ?", wanted.role)
    if wanted.issuer:
        issuers = json.dumps(match_issuers(db, wanted.issuer))
        _of_documents(meant, "SELECT id FROM documents WHERE issuer IN (SELECT value FROM json_each(?))", issuers)
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
        return _gone_through(meant, order, owner)
    found = meant.smallest(few)
    return _looked_up(meant, order, owner, *found) if found else _gone_through(meant, order, owner)


#: CROSS JOIN, so that SQLite goes from the tasks to the rest, and finds them in their order.
_DOCUMENT = " CROSS JOIN documents d ON d.id = t.document_id"
_OWNER = " LEFT JOIN agencies w ON w.id = {0}"


def _gone_through(meant: _Meant, order: str, owner: str) -> Chosen:
    """All tasks in their order."""
    joined = _joined(f"{meant.where.sql} {order}", order, owner)
    return Chosen(f"FROM tasks t{joined}{meant.where.sql}", f" ORDER BY {order}", owner, meant.where.parameters)


def _looked_up(meant: _Meant, order: str, owner: str, ids: str, parameters: list[Any]) -> Chosen:
    """Few tasks, put in their order before the rest is asked of them, so that no more are asked than are shown."""
    rows = meant.db.execute(
        f"SELECT t.id FROM tasks t{_joined(order, order, owner)} WHERE t.id IN ({ids}) ORDER BY {order}", parameters
    )
    listed = json.dumps([row[0] for row in rows.fetchall()])
    source = "FROM json_each(?) j CROSS JOIN tasks t ON t.id = j.value"
    joined = _joined(meant.where.sql, "", owner)
    return Chosen(f"{source}{joined}{meant.where.sql}", "", owner, [listed, *meant.where.parameters])


def _joined(said: str, order: str, owner: str) -> str:
    """The tables that conditions and order speak of."""
    return (_DOCUMENT if "d." in said or "d." in owner else "") + (_OWNER.format(owner) if "w." in order else "")


def _owner(meant: _Meant, wanted: TaskFilter) -> str:
    """Ask for the tasks of an agency; an expression for the id of the owner to show."""
    if not wanted.agency:
        return "t.agency_id"
    db = meant.db
    match = match_agency(db, wanted.agency, loosely=False)
    heirs = current.Heirs(db, wanted.agency, wanted.as_of) if wanted.as_of else None
    if not match.agencies and not match.held and not (heirs and heirs.any_task()):
        match = match_agency(db, wanted.agency)
    asked = f"+o.agency_id IN ({_listed(match.agencies)})"
    if match.held:
        db.conn.create_function("holds_in", 4, match.holds_in)
        held = "holds_in(o.agency_id, d.province, d.district, d.commune)"
        asked += f" OR +o.agency_id IN ({_listed(match.held)}) AND {held}"
    if heirs:
        asked += f" OR {heirs.sql}"
    owned = f"SELECT o.agency_id FROM task_agencies o WHERE o.task_id = t.id AND ({asked})"
    meant.where.add(f"EXISTS ({owned})")
    named = {*match.agencies, *match.held, *(heirs.agencies if heirs else ())}
    meant.among(
        "SELECT task_id FROM task_agencies WHERE agency_id IN (SELECT value FROM json_each(?))",
        json.dumps(sorted(named)),
    )
    return f"({owned} ORDER BY o.position LIMIT 1)"


def _listed(ids: Iterable[int]) -> str:
    return ", ".join(map(str, sorted(ids))) or "NULL"


def _of_documents(meant: _Meant, ids: str, *parameters: Any) -> None:
    """Ask for the tasks of some documents."""
    found = json.dumps([row[0] for row in meant.db.execute(ids, parameters).fetchall()])
    listed = "SELECT value FROM json_each(?)"
    meant.where.add(f"+t.document_id IN ({listed})", found)
    meant.among(f"SELECT id FROM tasks WHERE document_id IN ({listed})", found)


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
    found = json.dumps([row[0] for row in meant.db.execute(there, [json.dumps(issued)]).fetchall()])
    listed = "SELECT value FROM json_each(?)"
    owned = f"SELECT 1 FROM task_agencies o WHERE o.task_id = t.id AND +o.agency_id IN ({listed})"
    meant.where.add(f"(+t.document_id IN ({listed}) OR EXISTS ({owned}))", found, ids)
    meant.among(
        f"SELECT id FROM tasks WHERE document_id IN ({listed}) UNION ALL"
        f" SELECT task_id FROM task_agencies WHERE agency_id IN ({listed})", found, ids,
    )  # fmt: skip


_FALLS = """SELECT next_due(x.text, x."from", x."to", x.month_day, x.recurrence, d.issued_on, ?) AS day
    FROM task_deadlines l JOIN dates x ON x.id = l.date_id WHERE l.task_id = t.id"""
_DATED = "EXISTS (SELECT 1 FROM task_deadlines l WHERE l.task_id = t.id AND l.day IS NOT NULL)"
_BETWEEN = "SELECT task_id FROM task_deadlines WHERE day BETWEEN ? AND ?"
_RECURRING = "SELECT task_id FROM task_deadlines WHERE day IS NULL"


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
        meant.among(_BETWEEN, date.min.isoformat(), today.isoformat())


def _between(meant: _Meant, first: date, last: date) -> None:
    meant.where.add(f"(SELECT min(day) FROM ({_FALLS})) <= ?", first.isoformat(), last.isoformat())
    meant.among(f"{_BETWEEN} UNION ALL {_RECURRING}", first.isoformat(), last.isoformat())
