"""A large store: documents made from the samples are ingested, those that lay many tasks kept, their rows copied."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from sqlite_utils import Database

from benchmarks.documents import make
from pipeline.discover import discover
from pipeline.ingest import Options, ingest
from pipeline.store import charges, load, open_store
from pipeline.store.writing import transaction

_MADE = 1000
#: Which table a column's ids are of.
_OF = {
    "document_id": "documents", "section_id": "sections", "task_id": "tasks", "date_id": "dates",
    "quantity_id": "quantities", "repeats_id": "tasks", "citation_id": "citations",
}  # fmt: skip
_SHARED = (
    "agencies", "charges", "task_charges", "recurrences", "cited_documents", "catalogue", "indicators",
    "figure_names", "accepted_findings", "review_corrections",
)  # fmt: skip
#: What keeps the copies apart: other contents, issuers and years, other indicators where they are in no catalogue.
_DOCUMENT = {
    "sha256": "sha256 || k.n",
    "path": "path || k.n",
    "issuer": "CASE WHEN k.n % 3 THEN issuer || ' số ' || (k.n % 20) ELSE issuer END",
    "issued_on": "(2015 + k.n % 11) || substr(issued_on, 5)",
    "title_key": "title_key || k.n",
}
_OTHERWISE = {
    "documents": _DOCUMENT,
    "files": _DOCUMENT,
    "task_deadlines": {"since": "iif(since > '', (2015 + k.n % 11) || substr(since, 5), since)"},
    "figures": {
        "indicator_key": "indicator_key || iif(indicator_id IS NULL, ' ' || k.n, '')",
        "indicator": "indicator || iif(indicator_id IS NULL, ' đợt ' || k.n, '')",
    },
}


def fill(store: Path, documents: int, tasks: int) -> None:
    """Make a store of about so many documents and tasks."""
    with open_store(store) as db:
        with TemporaryDirectory() as folder:
            make(Path(folder), min(_MADE, documents))
            ingest(db, discover([Path(folder)]), Options(jobs=2))
        have = _keep_richest(db, tasks / documents)
        _copy_all(db, documents // have)
        db.execute("ANALYZE")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def counts(store: Path) -> dict[str, int]:
    """How many rows a store has."""
    with open_store(store) as db:
        return {table: _count(db, table) for table in ("documents", "tasks", "citations", "paragraphs", "agencies")}


def _keep_richest(db: Database, mean: float) -> int:
    """Keep the documents with the most tasks, as many as have this mean; tell how many are left."""
    found = db.execute(
        "SELECT d.id, count(t.id) FROM documents d LEFT JOIN tasks t ON t.document_id = d.id"
        " GROUP BY d.id ORDER BY 2 DESC, 1"
    ).fetchall()
    kept, total = 0, 0
    while kept < len(found) and total + found[kept][1] >= mean * (kept + 1):
        total += found[kept][1]
        kept += 1
    with transaction(db):
        for document_id, _ in found[max(1, kept) :]:
            load.delete(db, document_id)
        db.execute("DELETE FROM files WHERE document_id IS NULL")
    return max(1, kept)


def _copy_all(db: Database, copies: int) -> None:
    """Copy every row of documents and of what was found in them."""
    db.execute("PRAGMA foreign_keys = OFF")
    db.execute("PRAGMA cache_size = -800000")
    db.execute("PRAGMA synchronous = OFF")
    db.execute("PRAGMA temp_store = MEMORY")
    db.conn.execute("CREATE TEMP TABLE k(n INTEGER)")
    db.conn.executemany("INSERT INTO k VALUES (?)", [(n,) for n in range(1, copies)])
    words = ("paragraph_words", "task_words", "figure_words", "_sqlite_migrations", "sqlite_")
    tables = [t for t in db.table_names() if not t.startswith(words) and t not in _SHARED]
    step = {t: int(db.execute(f"SELECT max(rowid) FROM {t}").fetchone()[0] or 0) for t in tables}
    indexes = [(name, sql) for name, sql in db.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL").fetchall()]  # fmt: skip
    with db.conn:
        for name, _ in indexes:
            db.conn.execute(f"DROP INDEX {name}")
        for table in tables:
            _copy(db, table, step)
        db.conn.execute(
            "INSERT INTO paragraph_words(rowid, toned, folded) SELECT w.rowid + k.n * ?, w.toned, w.folded FROM k"
            " CROSS JOIN (SELECT rowid, toned, folded FROM paragraph_words WHERE rowid <= ?) w",
            [step["paragraphs"]] * 2,
        )
        db.conn.execute(
            "INSERT INTO figure_names(indicator_key, folded)"
            " SELECT indicator_key || ' ' || k.n, folded || ' dot ' || k.n"
            " FROM k CROSS JOIN figure_names WHERE indicator_key LIKE '%~%'"
        )
        for _, sql in indexes:
            db.conn.execute(sql)
        db.conn.execute(
            "UPDATE cited_documents SET (mentions, documents) = (SELECT count(*), count(DISTINCT document_id)"
            " FROM citations WHERE cited_id = cited_documents.id)"
        )
        db.conn.execute("INSERT INTO task_words(task_words) VALUES ('rebuild')")
        db.conn.execute("DELETE FROM task_charges")
        charges.write_all(db)  # the copies are of other years
    db.execute("PRAGMA synchronous = NORMAL")


def _copy(db: Database, table: str, step: dict[str, int]) -> None:
    columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})").fetchall()]
    values = []
    for name in columns:
        if name == "id":
            values.append(f"id + k.n * {step[table]}")
        elif name in ("lead_id",):
            values.append(f"{name} + k.n * {step['documents']}")
        elif name in _OF:
            values.append(f"{name} + k.n * {step[_OF[name]]}")
        else:
            values.append(_OTHERWISE.get(table, {}).get(name, f'"{name}"'))
    listed = ", ".join(f'"{name}"' for name in columns)
    db.conn.execute(
        f"INSERT INTO {table}({listed}) SELECT {', '.join(values)} FROM k CROSS JOIN"
        f" (SELECT * FROM {table} WHERE rowid <= {step[table]})"
    )


def _count(db: Database, table: str) -> int:
    return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
