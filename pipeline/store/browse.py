"""What one asks of the store when looking around: documents by facet, totals, coming deadlines, the files behind."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlite_utils import Database

from pipeline.due import Deadline, next_day, within
from pipeline.errors import meaning
from pipeline.names import fold, name_key
from pipeline.store.match import match_issuers
from pipeline.store.places import area_of, full_name, tail_named
from pipeline.store.rows import ALL, LEAD, TASK_AGENCIES, Page, Record, Where, fetch

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
    "file", "format", "pages", "ocr", "tasks", "citations", "reviewed",
)  # fmt: skip


#: The index in which all stands that lists of documents filter and sort by.
_BROWSED = "documents d INDEXED BY documents_browsed"


class DocumentFilter(NamedTuple):
    """Which documents; ``issuer`` and ``place`` as typed, ``query`` words of label, title or file name."""

    doc_type: str | None = None
    issuer: str | None = None
    place: str | None = None
    year: str | None = None
    state: str | None = None
    query: str | None = None


_CHARGED = " LEFT JOIN (SELECT document_id, count(*) AS n FROM tasks GROUP BY document_id) c ON c.document_id = d.id"


def browse(
    db: Database,
    wanted: DocumentFilter = DocumentFilter(),  # noqa: B008
    page: Page = ALL,
    order: str = "document",
) -> list[Record]:
    """One row a document of those wanted."""
    where = _where(db, wanted)
    counted = ", coalesce(n, 0) AS tasks" if order == "tasks" else ""
    charged = _CHARGED if order == "tasks" else ""
    found = fetch(
        db,
        "SELECT d.id AS document_id, label AS document, doc_type, symbol, issuer, title, issued_on, place, draft,"
        " signer_name AS signer, name AS file, format, pages, ocr_pages <> '[]' AS ocr,"
        " (SELECT count(*) FROM tasks WHERE document_id = d.id) AS tasks,"
        " (SELECT count(*) FROM citations WHERE document_id = d.id) AS citations, reviewed"
        f" FROM (SELECT d.id{counted} FROM {_BROWSED}{charged}{where.sql} ORDER BY {ORDERS[order]}{page.sql}) w"
        f" JOIN documents d ON d.id = w.id ORDER BY {ORDERS[order]}",
        where.parameters,
    )
    for record in found:
        record["draft"] = bool(record["draft"])
    return found


def count(db: Database, wanted: DocumentFilter, most: int = -1) -> int:
    """How many documents are wanted; counting ends at ``most`` where it is not negative."""
    where = _where(db, wanted)
    sql = f"SELECT count(*) FROM (SELECT 1 FROM {_BROWSED}{where.sql} LIMIT {int(most)})"
    return int(db.execute(sql, where.parameters).fetchone()[0])


def many_citations(db: Database, most: int) -> bool:
    """Whether there are more citations than so many."""
    found = db.execute("SELECT 1 FROM citations LIMIT 1 OFFSET ?", [most]).fetchone()
    return found is not None


def facets(
    db: Database, wanted: DocumentFilter, most: int = 12, names: Sequence[str] = FACETS
) -> dict[str, list[Record]]:
    """For each facet its most frequent values and how many of the wanted documents have them.

    Where a value is chosen already, those that one could choose instead.
    """
    groups: dict[str, list[Record]] = {}
    found = {}
    for name in names:
        where = _where(db, wanted._replace(**{name: None}))
        columns = _YEAR if name == "year" else _GROUPED  # which together would be gone through out of order
        sql = f"SELECT {columns}, count(*) AS documents FROM {_BROWSED}{where.sql} GROUP BY {columns}"
        mark = json.dumps([sql, where.parameters])
        if mark not in groups:
            groups[mark] = fetch(db, sql, where.parameters)
        found[name] = _places(groups[mark], most) if name == "place" else _facet(groups[mark], name, most)
    return found


#: What is told of documents in facets, in the order of the index; SQLite would read documents for the column ``year``.
_GROUPED = "doc_type, issuer, draft, province, district, commune"
_YEAR = "substr(issued_on, 1, 4)"


def _facet(groups: Sequence[Record], name: str, most: int) -> list[Record]:
    """The most frequent values of a facet."""
    counts: Counter[str] = Counter()
    column = {"state": "draft", "year": _YEAR}.get(name, name)
    for group in groups:
        value = group[column]
        if name == "state":
            value = "draft" if value else "issued"
        if value is not None:
            counts[value] += group["documents"]
    return [{"value": value, "documents": n} for value, n in _first(counts, most)]


def _places(groups: Sequence[Record], most: int) -> list[Record]:
    """The places in which most documents were issued; some issuers there write each place's name."""
    counts: Counter[str] = Counter()
    issuers: dict[str, set[str]] = defaultdict(set)
    for group in groups:
        for place in filter(None, (group[level] for level in _PLACES)):
            counts[place] += group["documents"]
            if group["issuer"] and len(issuers[place]) < _ISSUERS:
                issuers[place].add(group["issuer"])
    return [{"value": _written(p, sorted(issuers[p])), "documents": n} for p, n in _first(counts, most)]


def _first(counts: Counter[str], most: int) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:most]


def _written(place: str, issuers: Iterable[str]) -> str:
    """A place's name as the issuers' names end with it, else as the gazetteer has it."""
    return (
        next(filter(None, (tail_named(issuer, place) for issuer in issuers)), None) or full_name(place) or place.title()
    )


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
        where.add("substr(d.issued_on, 1, 4) = ?", wanted.year)
    if wanted.state:
        where.add("d.draft = ?", wanted.state == "draft")
    if wanted.query:
        for word in fold(wanted.query).split():
            where.add("d.folded LIKE ?", f"% {word} %")
    return where


def totals(db: Database) -> dict[str, int]:
    """How many documents and findings of each kind there are, and how many files stand where."""
    found = {table: int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]) for table in _COUNTED}
    found["documents"] = count(db, DocumentFilter())
    for outcome in ("failed", "running", "stopped"):
        found[outcome] = int(db.execute("SELECT count(*) FROM files WHERE outcome = ?", [outcome]).fetchone()[0])
    return found


def reasons(db: Database) -> list[Record]:
    """Why files failed: each code with how many failed for it, what it means and what to do."""
    sql = "SELECT code, count(*) AS files FROM files WHERE outcome = 'failed' GROUP BY code ORDER BY files DESC, code"
    return [{**r, **dict(zip(("kind", "advice"), meaning(r["code"]), strict=True))} for r in fetch(db, sql)]


def recent(db: Database, most: int = 8) -> list[Record]:
    """The documents read last."""
    return fetch(
        db,
        "SELECT d.id AS document_id, d.label AS document, d.doc_type, d.issuer, d.title, max(f.finished_at) AS read_at"
        " FROM files f JOIN documents o ON o.id = f.document_id JOIN documents d ON d.id = coalesce(o.lead_id, o.id)"
        " WHERE f.outcome = 'done'"
        " AND f.id IN (SELECT id FROM files WHERE outcome = 'done' ORDER BY finished_at DESC, id DESC LIMIT ?)"
        " GROUP BY d.id ORDER BY read_at DESC, d.id DESC LIMIT ?",
        [4 * most, most],
    )


_FIXED = """
    SELECT task_id, min(day) AS due FROM task_deadlines WHERE day BETWEEN :today AND :until
    GROUP BY task_id ORDER BY due LIMIT :most
"""
_COMES_ROUND = """x."to" IS NULL AND x."from" IS NULL AND (x.month_day IS NOT NULL OR x.recurrence IS NOT NULL)"""
_WAYS = f"SELECT DISTINCT x.text, x.month_day, x.recurrence FROM dates x WHERE {_COMES_ROUND}"
_RECURRING = f"""
    SELECT l.task_id FROM dates x CROSS JOIN task_deadlines l ON l.date_id = x.id
    CROSS JOIN documents d ON d.id = x.document_id WHERE {_COMES_ROUND} AND x.text = :text
    AND x.month_day IS :month_day AND x.recurrence IS :recurrence AND (d.issued_on IS NULL OR d.issued_on <= :today)
    ORDER BY x.document_id, x.id LIMIT :most
"""
_NOT_YET_ISSUED = f"""
    SELECT l.task_id, x.text, x.month_day, x.recurrence, d.issued_on FROM documents d
    CROSS JOIN dates x ON x.document_id = d.id CROSS JOIN task_deadlines l ON l.date_id = x.id
    WHERE d.issued_on > :today AND {_COMES_ROUND}
"""


def coming(db: Database, today: date, days: int = 60, most: int = 10) -> list[Record]:
    """The tasks that fall due in the next days, the next one first, each with the day as ``due``."""
    until = within(today, days).isoformat()
    asked = {"today": today.isoformat(), "until": until, "most": most}
    due: dict[int, str] = dict(db.execute(_FIXED, asked).fetchall())
    for task_id, day in _coming_round(db, today, asked):
        due[task_id] = min(day, due.get(task_id, day))
    soonest = sorted(due, key=lambda task_id: (due[task_id], task_id))[:most]
    found = fetch(
        db,
        "SELECT t.id AS task_id, t.text, t.document_id, d.label AS document, d.issuer, w.name AS agency, w.level,"
        f" {TASK_AGENCIES} AS agencies FROM tasks t JOIN documents d ON d.id = t.document_id"
        " JOIN agencies w ON w.id = t.agency_id WHERE t.id IN (SELECT value FROM json_each(?))",
        [json.dumps(soonest)],
    )
    for record in found:
        record["agencies"], record["due"] = json.loads(record["agencies"]), due[record["task_id"]]
        record["agency_place"] = area_of(record["agency"], record["issuer"], record["level"])
    return sorted(found, key=lambda record: (str(record["due"]), int(record["task_id"])))


def _coming_round(db: Database, today: date, asked: dict[str, Any]) -> Iterator[tuple[int, str]]:
    """The tasks that come round every month or week and fall due until then, as many of each way as are listed."""
    ways = []
    for text, month_day, recurrence in db.execute(_WAYS).fetchall():  # what comes round is said in few ways
        day = next_day(Deadline(text, None, None, month_day, recurrence, None), today)
        if day and day.isoformat() <= asked["until"]:
            ways.append((day.isoformat(), {"text": text, "month_day": month_day, "recurrence": recurrence, **asked}))
    found = 0
    for due, way in sorted(ways, key=lambda way: way[0]):
        if found >= asked["most"]:
            break
        for (task_id,) in db.execute(_RECURRING, way).fetchall():
            found += 1
            yield task_id, due
    for task_id, *said in db.execute(_NOT_YET_ISSUED, asked).fetchall():
        text, month_day, recurrence, issued = said
        day = next_day(Deadline(text, None, None, month_day, recurrence, issued), today)
        if day and day.isoformat() <= asked["until"]:
            yield task_id, day.isoformat()


def originals(db: Database, document_id: int) -> list[tuple[str, str]]:
    """The paths from which a document was read, each with the hash that its content had."""
    return [
        (row[0], row[1])
        for row in db.execute(
            "SELECT path, sha256 FROM files WHERE document_id = ? AND outcome = 'done' ORDER BY path", [document_id]
        ).fetchall()
    ]


def work(db: Database, document_id: int) -> list[Record]:
    """The documents that are one work with this one (itself too), the one that leads first."""
    return fetch(
        db,
        "SELECT id AS document_id, name AS file, draft FROM documents WHERE id = :lead OR lead_id = :lead"
        " ORDER BY lead_id IS NOT NULL, id",
        {"lead": db.execute(f"SELECT {LEAD}", [document_id]).fetchone()[0]},
    )


def numbered(db: Database, symbol: str, most: int) -> list[int]:
    """The documents (that lead) of a number as typed, or of one that begins so: ``38`` is also 38/KH-UBND."""
    key = fold(symbol)
    found = db.execute(
        "SELECT id FROM documents INDEXED BY documents_symbol WHERE symbol_key >= :key AND symbol_key < :key || '!'"
        " AND lead_id IS NULL ORDER BY id LIMIT :most",
        {"key": key, "most": most},
    )
    return [row[0] for row in found.fetchall()] if key else []


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


_ANSWERED = 500  # cited documents among which those of the store are looked for, the most cited first


def answered(db: Database, most: int = 50) -> list[Record]:
    """The documents of the store that others in it cite, the most cited first: what comparing begins with."""
    found: dict[int, Record] = {}
    for record in fetch(
        db,
        "SELECT d.id AS document_id, d.label AS document, d.title, d.issuer, x.documents AS answers"
        " FROM cited_documents x CROSS JOIN documents d ON d.symbol_key = x.symbol_key WHERE d.lead_id IS NULL"
        " AND substr(coalesce(x.issued_on, d.issued_on), 1, 4) = substr(d.issued_on, 1, 4)"
        ' ORDER BY x.mentions DESC, x.symbol_key, x."key" LIMIT ?',
        [_ANSWERED],
    ):
        known = found.setdefault(record["document_id"], {**record, "answers": 0})
        known["answers"] += record["answers"]
    return sorted(found.values(), key=lambda r: (-r["answers"], r["document_id"]))[:most]
