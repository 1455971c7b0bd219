"""How long queries take on a large store, its rows copied from those of a few documents."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import quantiles
from typing import NamedTuple

from sqlite_utils import Database

from benchmarks.documents import CORPUS
from pipeline.discover import discover
from pipeline.ingest import Options, ingest
from pipeline.store import browse, open_store, queries, search

_TIMES = 20
#: Which table a column's ids are of.
_OF = {
    "document_id": "documents", "section_id": "sections", "task_id": "tasks", "date_id": "dates",
    "quantity_id": "quantities", "repeats_id": "tasks",
}  # fmt: skip
_COPIED = (
    "documents", "files", "sections", "paragraphs", "citations", "dates", "quantities", "figures", "figured",
    "agency_mentions", "tasks", "task_agencies", "task_partners", "task_deadlines", "task_repeats",
)  # fmt: skip
#: What keeps the copies apart: other contents, issuers and years.
_OTHERWISE = {
    "sha256": "sha256 || k.n",
    "path": "path || k.n",
    "issuer": "CASE WHEN k.n % 3 THEN issuer || ' số ' || (k.n % 700) ELSE issuer END",
    "issued_on": "(2015 + k.n % 11) || substr(issued_on, 5)",
    "title_key": "title_key || k.n",
}


class Answer(NamedTuple):
    """How long a query takes, in milliseconds."""

    query: str
    middle: float
    p95: float


def fill(store: Path, documents: int) -> dict[str, int]:
    """Make a store of so many documents; tell how many rows it has."""
    with open_store(store) as db:
        ingest(db, discover([CORPUS / "docx"]), Options(jobs=2))
        have = _count(db, "documents")
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute("PRAGMA cache_size = -400000")
        with db.conn:
            db.conn.execute("CREATE TEMP TABLE k(n INTEGER)")
            db.conn.executemany("INSERT INTO k VALUES (?)", [(n,) for n in range(1, documents // have)])
            step = {t: int(db.execute(f"SELECT max(id) FROM {t}").fetchone()[0]) for t in {*_OF.values(), "paragraphs"}}
            for table in _COPIED:
                _copy(db, table, step)
            db.conn.execute(
                "INSERT INTO paragraph_words(rowid, toned, folded) SELECT w.rowid + k.n * ?, w.toned, w.folded FROM k"
                " CROSS JOIN (SELECT rowid, toned, folded FROM paragraph_words WHERE rowid <= ?) w",
                [step["paragraphs"]] * 2,
            )
        db.execute("ANALYZE")
        return {table: _count(db, table) for table in ("documents", "tasks", "citations", "paragraphs")}


def _copy(db: Database, table: str, step: dict[str, int]) -> None:
    columns = [c.name for c in db.table(table).columns]
    values = []
    for name in columns:
        if name == "id":
            values.append(f"id + k.n * {step[table]}" if table in step else "NULL")
        elif name in _OF:
            values.append(f"{name} + k.n * {step[_OF[name]]}")
        else:
            values.append(_OTHERWISE.get(name, f'"{name}"') if table in ("documents", "files") else f'"{name}"')
    listed = ", ".join(f'"{name}"' for name in columns)
    db.conn.execute(
        f"INSERT INTO {table}({listed}) SELECT {', '.join(values)} FROM k CROSS JOIN"
        f" (SELECT * FROM {table} WHERE rowid <= (SELECT max(rowid) FROM {table}))"
    )


def _count(db: Database, table: str) -> int:
    return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def answers(store: Path) -> list[Answer]:
    """Every query twenty times, after one that warms the cache."""
    page = queries.Page(limit=50)
    day, task = date(2025, 1, 15), queries.TaskFilter
    asked: dict[str, Callable[[Database], object]] = {
        "status": queries.status,
        "documents": lambda db: queries.documents(db, page),
        "documents (trang web, lọc theo năm)": lambda db: browse.browse(db, browse.DocumentFilter(year="2020"), page),
        "tasks": lambda db: queries.tasks(db, task(), page),
        "tasks --agency": lambda db: queries.tasks(db, task(agency="so tai chinh tinh lam giang"), page),
        "tasks --agency --current": lambda db: queries.tasks(
            db, task(agency="so tai chinh tinh lam giang", as_of=day, today=day), page
        ),
        "tasks --place --role": lambda db: queries.tasks(db, task(place="nam luong", role="lead"), page),
        "tasks --due-after --due-before": lambda db: queries.tasks(
            db, task(due_after=day, due_before=date(2025, 3, 1)), page
        ),
        "tasks --overdue": lambda db: queries.tasks(db, task(overdue=True, today=day), page),
        "tasks --query": lambda db: queries.tasks(db, task(query="xuất khẩu lao động"), page),
        "citations --symbol": lambda db: queries.citations(db, queries.CitationFilter(symbol="20-CT/TW"), page),
        "citations --by target": lambda db: queries.cited_documents(db, queries.CitationFilter(), page),
        "show": lambda db: queries.document(db, 1),
        "search (nhiều kết quả)": lambda db: search.search(db, "giải quyết việc làm", page),
        "search (ít kết quả)": lambda db: search.search(db, "sương muối trâu bò", page),
    }
    with open_store(store) as db:
        return [_answer(name, lambda query=query: query(db)) for name, query in asked.items()]  # type: ignore[misc]


def _answer(name: str, query: Callable[[], object]) -> Answer:
    query()
    times = []
    for _ in range(_TIMES):
        began = time.perf_counter()
        query()
        times.append(1000 * (time.perf_counter() - began))
    marks = quantiles(times, n=20)
    return Answer(name, marks[9], marks[18])
