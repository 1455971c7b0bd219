"""Which tasks are meant: from a filter as typed to conditions that SQLite can answer on a store of millions of tasks.

Lists go through ``task_charges``, not the tasks themselves. Where few tasks are meant, they are found from the smallest
set that a condition allows, then ordered; where many are, they are gone through in the order of the list until enough
are found.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from sqlite_utils import Database

from pipeline.due import Deadline, latest_day, next_day, within
from pipeline.names import fold, name_key
from pipeline.store import current
from pipeline.store.match import Match, match_agency, match_issuers, match_places
from pipeline.store.rows import LEAD

#: So many tasks are few.
FEW = 1_000
#: Sets are counted up to the first, to know the smallest; those still alike up to the second.
_MANY, _COUNTED = 50_000, 200_000


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


#: By what lists are ordered: of a task ``t`` (a row of ``task_charges``), its document ``d`` and its owner ``w``.
ORDERS = {
    "document": "t.document_id, t.position",
    "agency": "w.name_key, w.id, t.document_id, t.position",
    "deadline": "t.due, t.document_id, t.position",
    "issued": "d.issued_on IS NULL, d.issued_on DESC, t.document_id, t.position",
}
#: What an order speaks of beside the tasks. CROSS JOIN, so that SQLite goes from the first table to the next.
_JOINED = {
    "agency": " CROSS JOIN agencies w ON w.id = t.agency_id",
    "issued": " CROSS JOIN documents d INDEXED BY documents_told ON d.id = t.document_id",
}
#: All tasks in an order, by indexes.
_THROUGH = {
    "document": "task_charges t INDEXED BY task_charges_document",
    "agency": "agencies w CROSS JOIN task_charges t INDEXED BY task_charges_agency ON t.agency_id = w.id",
    "deadline": "task_charges t INDEXED BY task_charges_due",
    "issued": "documents d INDEXED BY documents_issued"
    " CROSS JOIN task_charges t INDEXED BY task_charges_document ON t.document_id = d.id",
}
_LISTED = "(SELECT value FROM json_each(:{0}))"
_CHARGED = f"charge_id IN {_LISTED.format('charges')}"
#: The body to show where no agency is asked for; of those asked for, each task once.
_FIRST = "t.rank = 0"
_ONCE = f"""(t.rank = 0 OR NOT EXISTS (SELECT 1 FROM task_charges e
    WHERE e.task_id = t.task_id AND e.rank < t.rank AND e.{_CHARGED}))"""


#: The same tasks by their charge.
_AMONG = {order: [f"+t.{_CHARGED}"] for order in ORDERS}
_AMONG["agency"].append(f"+w.id IN (SELECT agency_id FROM charges WHERE id IN {_LISTED.format('charges')})")


class Chosen(NamedTuple):
    """The tasks meant: where they come from, in their order; how many they are, ``more`` than ``total`` if so."""

    source: str
    order: str
    parameters: dict[str, Any]
    total: int
    more: bool = False

    def ids(self, page: str = "") -> str:
        """A query for the id of each task and of the owner to show."""
        return f"SELECT t.task_id AS id, t.agency_id AS owner_id {self.source} ORDER BY {self.order}{page}"


class _Set(NamedTuple):
    """A query for the ids of tasks among which those meant are.

    ``again``: it may give one more than once; ``wide``: it gives more than its condition allows; ``beside``: its
    condition reads other tables for every task, so that of many tasks those of the set are told beforehand, unless
    these are too many themselves; ``slow``: it reads so much that they are told even then.
    """

    ids: str
    again: bool = False
    wide: bool = False
    beside: bool = False
    slow: bool = False

    @property
    def too_many(self) -> int:
        """So many are not all looked up to be sorted; the words of tasks are found fast."""
        return 2 * _COUNTED if self.slow else _COUNTED


_EVERY = _Set("SELECT task_id AS id FROM task_charges WHERE rank = 0")
_CHARGES = _Set(f"SELECT task_id AS id FROM task_charges WHERE {_CHARGED}", again=True)
_WORDS = _Set("SELECT rowid AS id FROM task_words WHERE task_words MATCH :words", beside=True, slow=True)


class _Meant:
    """Collects the conditions of a filter, and the sets of task ids that each of them is about."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.conditions: list[tuple[str, _Set]] = []
        self.parameters: dict[str, Any] = {}
        self.sets: list[_Set] = []

    def add(self, condition: str, among: _Set, **parameters: Any) -> None:
        """Ask for something, which holds for no task but those ``among``."""
        self.conditions.append((condition, among))
        self.sets += [among] if among not in self.sets else []
        self.parameters |= parameters

    @property
    def charged(self) -> bool:
        """Whether an agency is asked for."""
        return _CHARGES in self.sets

    def where(self, *own: str, told: Sequence[_Set] = ()) -> str:
        """All conditions of tasks that come from some sets, if they do."""
        asked = [condition for condition, among in self.conditions if among not in told or among.wide]
        return " AND ".join([*own, *asked, _ONCE] if self.charged else [_FIRST, *own, *asked])  # what costs least first

    def all(self, few: int) -> list[tuple[int, int]] | int:
        """The tasks meant (id and the rank of the body to show), in no order; a number where they are more than that.

        Where every set is large it is a small one, so as not to look at too much.
        """
        base, count = self.smallest()
        if len(self.sets) <= 1 and not base.wide and count >= _MANY:
            return few  # for certain
        if count >= _MANY:
            few = min(few, FEW)
        sql = f"SELECT t.task_id, t.rank FROM {self.among(base)} LIMIT {few + 1}"
        found = self.db.execute(sql, self.parameters).fetchall()
        return found if len(found) <= few else few

    def among(self, base: _Set, joined: str = "") -> str:
        """The tasks meant, looked up from a set."""
        counts = self._counts
        told = [s for s, n in counts.items() if s.beside and s != base and counts[base] >= _MANY and n < s.too_many]
        where = self.where(*map(_told, told), told=[base, *told])
        if base is _CHARGES:
            return f"task_charges t INDEXED BY task_charges_charge{joined} WHERE t.{_CHARGED} AND {where}"
        ids = f"SELECT DISTINCT id FROM ({base.ids})" if base.again else base.ids
        charged = f"+t.{_CHARGED} AND " if self.charged else ""
        return f"({ids}) k CROSS JOIN task_charges t ON t.task_id = k.id{joined} WHERE {charged}{where}"

    def smallest(self) -> tuple[_Set, int]:
        """The smallest set, and how many it has, counted as far as it takes to tell."""
        base = min(self._counts, key=lambda found: self._counts[found])
        return base, self._counts[base]

    @cached_property
    def _counts(self) -> dict[_Set, int]:
        sets = self.sets or [_EVERY]
        counts = {found: self._count(found, _MANY) for found in sets}
        if min(counts.values()) == _MANY:
            counts = {found: self._count(found, found.too_many) for found in sets}
        return counts

    def _count(self, found: _Set, most: int) -> int:
        sql = f"SELECT count(*) FROM ({found.ids} LIMIT {most})"
        return int(self.db.execute(sql, self.parameters).fetchone()[0])


def _told(among: _Set) -> str:
    """That a task is of a set, which SQLite lists before it goes through the tasks."""
    return f"t.task_id IN ({among.ids})"


def chosen(db: Database, wanted: TaskFilter, order: str = "document", few: int = FEW) -> Chosen:
    """The tasks of a filter in an order (of ``ORDERS``)."""
    meant = _Meant(db)
    if wanted.agency:
        _charged(meant, wanted.agency, wanted.as_of)
    if wanted.role:
        meant.add("t.role = :role", _Set("SELECT id FROM tasks WHERE role = :role"), role=wanted.role)
    if wanted.document is not None:
        lead = db.execute(f"SELECT {LEAD}", [wanted.document]).fetchone()[0]
        meant.add("t.document_id = :document", _of_documents(":document"), document=lead)
    if wanted.issuer:
        issued = f"SELECT id FROM documents WHERE issuer IN {_LISTED.format('issuers')}"
        issuers = json.dumps(match_issuers(db, wanted.issuer))
        meant.add(f"+t.document_id IN ({issued})", _of_documents(issued), issuers=issuers)
    if wanted.place:
        _in_place(meant, wanted.place)
    _due(meant, wanted)
    if words := fold(wanted.query or "").split():
        _said(meant, words)
    return _in_order(meant, order, few)


def _in_order(meant: _Meant, order: str, few: int) -> Chosen:
    found = meant.all(few)
    joined, sorted_by = _JOINED.get(order, ""), ORDERS[order]
    if isinstance(found, list):
        source = "json_each(:found) j CROSS JOIN task_charges t ON t.task_id = j.value ->> 0 AND t.rank = j.value ->> 1"
        return Chosen(f"FROM {source}{joined}", sorted_by, {"found": json.dumps(found)}, len(found))
    base, count = meant.smallest()
    # Those of one body, or due in some days, may all be among the last in the order: then none is gone through.
    apart = order == "deadline" if base is _CHARGES else order == "agency"
    apart |= order == "issued" and base.beside and not base.slow
    if apart and count < base.too_many and not (meant.charged and meant.conditions):
        source = meant.among(base, joined)
    else:
        told = [found for found in meant.sets if found.slow] if order == "agency" else []
        first = [*(_AMONG[order] if meant.charged else []), *map(_told, told)]
        source = f"{_THROUGH[order]} WHERE {meant.where(*first, told=told)}"
    return Chosen(f"FROM {source}", sorted_by, meant.parameters, found, more=True)


def _said(meant: _Meant, words: list[str]) -> None:
    """Ask for the tasks that hold all these folded words."""
    held = " AND ".join(f"' ' || folded || ' ' LIKE :word_{i}" for i in range(len(words)))
    meant.add(
        f"EXISTS (SELECT 1 FROM tasks WHERE id = t.task_id AND {held})",
        _WORDS,
        words=" AND ".join(f'"{word}"' for word in words),
        **{f"word_{i}": f"% {word} %" for i, word in enumerate(words)},
    )


def _of_documents(ids: str) -> _Set:
    return _Set(f"SELECT task_id AS id FROM task_charges WHERE rank = 0 AND document_id IN ({ids})")


def _charged(meant: _Meant, asked: str, as_of: date | None) -> None:
    """Ask for the tasks of an agency."""
    db = meant.db
    match = match_agency(db, asked, loosely=False)
    inherited = current.heirs(db, asked, as_of) if as_of else []
    if not match.agencies and not match.held and not inherited:
        match = match_agency(db, asked)
    charges = json.dumps([*_charges_of(db, match), *inherited])
    meant.sets.append(_CHARGES)
    meant.parameters["charges"] = charges


def _charges_of(db: Database, match: Match) -> list[int]:
    """The charges laid on agencies, and on collectives where these hold the body meant."""
    rows = db.execute(
        "SELECT id, agency_id, province, district, commune FROM charges"
        " WHERE agency_id IN (SELECT value FROM json_each(?))",
        [json.dumps([*match.agencies, *match.held])],
    )
    return [i for i, agency, *place in rows if agency in match.agencies or match.holds_in(agency, *place)]


def _in_place(meant: _Meant, asked: str) -> None:
    """Ask for what lies in a place: issued there, or laid on a body there."""
    places = json.dumps(match_places(meant.db, asked))
    there = meant.db.execute(
        "SELECT c.id FROM charges c JOIN agencies a ON a.id = c.agency_id WHERE ' ' || a.name_key || ' ' LIKE ?"
        " OR (province, district, commune) IN (SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?))",
        [f"% {name_key(asked)} %", places],
    )
    listed = f"charge_id IN {_LISTED.format('there')}"
    meant.add(
        f"EXISTS (SELECT 1 FROM task_charges o WHERE o.task_id = t.task_id AND +o.{listed})",
        _Set(f"SELECT task_id AS id FROM task_charges WHERE {listed}", again=True),
        there=json.dumps([row[0] for row in there.fetchall()]),
    )


_FALLS = """EXISTS (SELECT 1 FROM task_deadlines l INDEXED BY task_deadlines_task
    WHERE l.task_id = t.task_id AND ({0}))"""


def _due(meant: _Meant, wanted: TaskFilter) -> None:
    """Ask for tasks by their deadlines."""
    today = wanted.today or date.today()
    if wanted.due_after or wanted.due_before:
        _between(meant, "due", wanted.due_after or date.min, wanted.due_before or date.max)
    if wanted.coming is not None:
        _between(meant, "coming", today, within(today, wanted.coming))
    if wanted.overdue:  # ``due`` is the first day of all, if there is one
        still = _FALLS.format(f"l.day >= :today OR l.recurrence_id IN {_LISTED.format('still')}")
        comes = [i for i, way in _ways(meant.db) if next_day(way, today)]
        past = _Set("SELECT task_id AS id FROM task_charges WHERE due < :today AND rank = 0", wide=True)
        meant.add(f"t.due < :today AND NOT {still}", past, today=today.isoformat(), still=json.dumps(comes))


def _between(meant: _Meant, name: str, first: date, last: date) -> None:
    """Ask for tasks with a deadline between two days, both included; what comes round does so from its issue on."""
    begun = {i: day.isoformat() for i, way in _ways(meant.db) if (day := latest_day(way, first, last))}
    meant.db.conn.create_function(f"{name}_last", 1, begun.get, deterministic=True)
    once = f"day BETWEEN :{name}_first AND :{name}_last"
    often = f"l.recurrence_id IS NOT NULL AND l.since <= {name}_last(l.recurrence_id)"
    due = f"""SELECT task_id AS id FROM task_deadlines WHERE {once} UNION ALL SELECT l.task_id
        FROM json_each(:{name}_ways) w CROSS JOIN task_deadlines l INDEXED BY task_deadlines_recurrence
        ON l.recurrence_id = w.value ->> 0 AND l.since <= w.value ->> 1"""
    asked = {"first": first.isoformat(), "last": last.isoformat(), "ways": json.dumps(list(begun.items()))}
    meant.add(
        _FALLS.format(f"l.{once} OR {often}"),
        _Set(due, again=True, beside=True),
        **{f"{name}_{key}": value for key, value in asked.items()},
    )


def _ways(db: Database) -> list[tuple[int, Deadline]]:
    """The ways in which deadlines come round, with their ids."""
    rows = db.execute("SELECT id, text, month_day, recurrence FROM recurrences").fetchall()
    return [(i, Deadline(text, None, None, day or None, often or None)) for i, text, day, often in rows]
