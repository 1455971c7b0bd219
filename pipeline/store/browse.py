"""What one asks of the store when looking around: documents by facet, totals, coming deadlines, the files behind."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sqlite_utils import Database

from pipeline.due import Deadline, next_day, within
from pipeline.names import fold, name_key
from pipeline.store.match import match_issuers
from pipeline.store.places import full_name
from pipeline.store.rows import ALL, Page, Record, Where, fetch

#: Counting ends here: nobody pages through more, and a count of everything would be slow.
MOST = 10_000

_COUNTED = ("documents", "tasks", "citations", "dates", "quantities", "agencies")
FACETS = ("doc_type", "issuer", "place", "year", "state")
_ISSUERS = 20
_PLACES = ("province", "district", "commune")
ORDERS = {
    "document": "d.id",
    "newest": "d.issued_on IS NULL, d.issued_on DESC, d.id",
    "oldest": "d.issued_on IS NULL, d.issued_on, d.id",
    "symbol": "d.symbol IS NULL, d.symbol, d.id",
    "issuer": "d.issuer IS NULL, d.issuer, d.id",
    "tasks": "tasks DESC, d.id",
}
BROWSED_FIELDS = (
    "document_id", "document", "doc_type", "symbol", "issuer", "title", "issued_on", "place", "draft", "signer",
    "file", "format", "pages", "tasks", "citations", "reviewed",
)  # fmt: skip


class DocumentFilter(NamedTuple):
    """Which documents; ``issuer`` and ``place`` as typed, ``query`` words of label, title or file name."""

    doc_type: str | None = None
    issuer: str | None = None
    place: str | None = None
    year: str | None = None
    state: str | None = None
    query: str | None = None


def browse(
    db: Database,
    wanted: DocumentFilter = DocumentFilter(),  # noqa: B008
    page: Page = ALL,
    order: str = "document",
) -> list[Record]:
    """One row a document of those wanted."""
    where = _where(db, wanted)
    counted = ", (SELECT count(*) FROM tasks WHERE document_id = d.id) AS tasks" if order == "tasks" else ""
    found = fetch(
        db,
        "SELECT d.id AS document_id, label AS document, doc_type, symbol, issuer, title, issued_on, place, draft,"
        " signer_name AS signer, name AS file, format, pages,"
        " (SELECT count(*) FROM tasks WHERE document_id = d.id) AS tasks,"
        " (SELECT count(*) FROM citations WHERE document_id = d.id) AS citations, reviewed"
        f" FROM (SELECT d.id{counted} FROM documents d{where.sql} ORDER BY {ORDERS[order]}{page.sql}) w"
        f" JOIN documents d ON d.id = w.id ORDER BY {ORDERS[order]}",
        where.parameters,
    )
    for record in found:
        record["draft"] = bool(record["draft"])
    return found


def count(db: Database, wanted: DocumentFilter) -> int:
    """How many documents are wanted."""
    where = _where(db, wanted)
    row = db.execute(f"SELECT count(*) FROM documents d{where.sql}", where.parameters).fetchone()
    return int(row[0])


def facets(db: Database, wanted: DocumentFilter, most: int = 12) -> dict[str, list[Record]]:
    """For each facet its most frequent values and how many of the wanted documents have them."""
    shared, found = _tally(db, wanted), dict[str, list[Record]]()
    for name in FACETS:  # where one is chosen already, the values that one could choose instead
        tally = _tally(db, wanted._replace(**{name: None})) if getattr(wanted, name) else shared
        values = sorted(tally.counts[name].items(), key=lambda pair: (-pair[1], pair[0]))[:most]
        if name == "place":
            values = [(_written(place, sorted(tally.issuers[place])), n) for place, n in values]
        found[name] = [{"value": value, "documents": n} for value, n in values]
    return found


class _Tally(NamedTuple):
    """How many documents have which value of each facet; of each place some issuers, which write its name."""

    counts: dict[str, Counter[str]]
    issuers: dict[str, set[str]]


def _tally(db: Database, wanted: DocumentFilter) -> _Tally:
    where, tally = _where(db, wanted), _Tally({name: Counter() for name in FACETS}, defaultdict(set))
    columns = "doc_type, issuer, draft, province, district, commune, year"
    rows = db.execute(f"SELECT {columns}, count(*) FROM documents d{where.sql} GROUP BY {columns}", where.parameters)
    for doc_type, issuer, draft, *places, year, n in rows:
        for name, value in (("doc_type", doc_type), ("issuer", issuer), ("year", year)):
            if value:
                tally.counts[name][value] += n
        tally.counts["state"]["draft" if draft else "issued"] += n
        for place in filter(None, places):
            tally.counts["place"][place] += n
            if issuer and len(tally.issuers[place]) < _ISSUERS:
                tally.issuers[place].add(issuer)
    return tally


def _written(place: str, issuers: Iterable[str]) -> str:
    """A place's name as the issuers' names end with it, else as the gazetteer has it."""
    for issuer in issuers:
        parts = issuer.split()
        for i in range(len(parts)):
            if name_key(tail := " ".join(parts[i:])) == place:
                return tail
    return full_name(place) or place.title()


def _where(db: Database, wanted: DocumentFilter) -> Where:
    where = Where()
    where.add("d.lead_id IS NULL")
    if wanted.doc_type:
        where.add("d.doc_type = ?", wanted.doc_type)
    if wanted.issuer:
        issuers = match_issuers(db, wanted.issuer)
        where.add("d.issuer IN (SELECT value FROM json_each(?))", json.dumps(issuers))
    if wanted.place:
        place = f"% {name_key(wanted.place)} %"
        columns = [f"(' ' || coalesce(d.{c}, '') || ' ') LIKE ?" for c in _PLACES]
        where.add(f"({' OR '.join(columns)})", *[place] * 3)
    if wanted.year:
        where.add("d.year = ?", wanted.year)
    if wanted.state:
        where.add("d.draft = ?", wanted.state == "draft")
    if wanted.query:
        for word in fold(wanted.query).split():
            where.add("' ' || d.folded || ' ' LIKE ?", f"% {word} %")
    return where


def totals(db: Database) -> dict[str, int]:
    """How many documents and findings of each kind there are, and how many files stand where."""
    found = {table: int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]) for table in _COUNTED}
    found["documents"] = count(db, DocumentFilter())
    for outcome in ("failed", "running", "stopped"):
        found[outcome] = int(db.execute("SELECT count(*) FROM files WHERE outcome = ?", [outcome]).fetchone()[0])
    return found


def reasons(db: Database) -> list[Record]:
    """Why files failed: each reason with its advice and how many failed for it."""
    return fetch(
        db,
        "SELECT code, min(message) AS message, min(advice) AS advice, count(*) AS files FROM files"
        " WHERE outcome = 'failed' GROUP BY code ORDER BY files DESC, code",
    )


def recent(db: Database, most: int = 8) -> list[Record]:
    """The documents read last."""
    return fetch(
        db,
        "SELECT d.id AS document_id, d.label AS document, d.doc_type, d.issuer, d.title, max(f.finished_at) AS read_at"
        " FROM files f JOIN documents d ON d.id = f.document_id WHERE f.outcome = 'done'"
        " AND f.id IN (SELECT id FROM files WHERE outcome = 'done' ORDER BY finished_at DESC, id DESC LIMIT ?)"
        " GROUP BY d.id ORDER BY read_at DESC, d.id DESC LIMIT ?",
        [4 * most, most],
    )


_FIXED = """
    SELECT l.task_id, min(coalesce(x."to", x."from")) AS due FROM dates x JOIN task_deadlines l ON l.date_id = x.id
    WHERE coalesce(x."to", x."from") BETWEEN :today AND :until GROUP BY l.task_id ORDER BY due LIMIT :most
"""
_RECURRING = """
    SELECT l.task_id, x.text, x.month_day, x.recurrence, d.issued_on
    FROM dates x JOIN task_deadlines l ON l.date_id = x.id JOIN documents d ON d.id = x.document_id
    WHERE x."to" IS NULL AND x."from" IS NULL AND (x.month_day IS NOT NULL OR x.recurrence IS NOT NULL)
"""


def coming(db: Database, today: date, days: int = 60, most: int = 10) -> list[Record]:
    """The tasks that fall due in the next days, the next one first, each with the day as ``due``."""
    until = within(today, days).isoformat()
    asked = {"today": today.isoformat(), "until": until, "most": most}
    due: dict[int, str] = dict(db.execute(_FIXED, asked).fetchall())
    known: dict[tuple[str | None, ...], str] = {}  # what comes round is said in few ways
    for task_id, *said in db.execute(_RECURRING).fetchall():
        text, month_day, recurrence, issued = said
        key = (text, month_day, recurrence, issued if issued and issued > asked["today"] else None)
        if key not in known:
            day = next_day(Deadline(text, None, None, month_day, recurrence, issued), today)
            known[key] = day.isoformat() if day else "9999"
        if known[key] <= until:
            due[task_id] = min(known[key], due.get(task_id, "9999"))
    soonest = sorted(due, key=lambda task_id: (due[task_id], task_id))[:most]
    found = fetch(
        db,
        "SELECT t.id AS task_id, t.text, t.document_id, d.label AS document,"
        " (SELECT json_group_array(a.name) FROM task_agencies o JOIN agencies a ON a.id = o.agency_id"
        " WHERE o.task_id = t.id) AS agencies FROM tasks t JOIN documents d ON d.id = t.document_id"
        " WHERE t.id IN (SELECT value FROM json_each(?))",
        [json.dumps(soonest)],
    )
    for record in found:
        record["agencies"], record["due"] = json.loads(record["agencies"]), due[record["task_id"]]
    return sorted(found, key=lambda record: (str(record["due"]), int(record["task_id"])))


def originals(db: Database, document_id: int) -> list[tuple[str, str]]:
    """The paths from which a document was read, each with the hash that its content had."""
    return [
        (row[0], row[1])
        for row in db.execute(
            "SELECT path, sha256 FROM files WHERE document_id = ? AND outcome = 'done' ORDER BY path", [document_id]
        ).fetchall()
    ]


def outcomes(db: Database, paths: list[str]) -> list[Record]:
    """What became of these files, in their order; those never begun are left out."""
    return fetch(
        db,
        "SELECT f.path, f.name AS file, f.stage, f.outcome, f.code, f.message, f.advice, d.id AS document_id,"
        " d.label AS document, f.document_id <> d.id AS again,"
        " (SELECT count(*) FROM tasks t WHERE t.document_id = d.id) AS tasks"
        " FROM json_each(?) j JOIN files f ON f.path = j.value LEFT JOIN documents o ON o.id = f.document_id"
        " LEFT JOIN documents d ON d.id = coalesce(o.lead_id, o.id)"
        " ORDER BY j.key",
        [json.dumps(paths)],
    )


def place_of(db: Database, table: str, item: int) -> tuple[int, int] | None:
    """The document of a task, citation or quantity and its place among those found there."""
    if table not in ("tasks", "citations", "quantities"):
        return None
    row = db.execute(f"SELECT document_id, position FROM {table} WHERE id = ?", [item]).fetchone()
    return (row[0], row[1]) if row else None


def answered(db: Database, most: int = 50) -> list[Record]:
    """The documents of the store that others in it cite, the most cited first: what comparing begins with."""
    return fetch(
        db,
        "SELECT d.id AS document_id, d.label AS document, d.title, d.issuer, count(DISTINCT c.document_id) AS answers"
        " FROM documents d JOIN cited_documents x ON x.symbol_key = d.symbol_key"
        " JOIN citations c ON c.cited_id = x.id AND c.document_id <> d.id"
        " WHERE d.lead_id IS NULL AND substr(coalesce(x.issued_on, d.issued_on), 1, 4) = substr(d.issued_on, 1, 4)"
        " GROUP BY d.id ORDER BY answers DESC, d.id LIMIT ?",
        [most],
    )
