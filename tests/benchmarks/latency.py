"""How long the queries of the commands take on a large store."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import quantiles
from typing import NamedTuple

from sqlite_utils import Database

from pipeline.store import compare, open_store, queries, review, search

_TIMES = 20


class Answer(NamedTuple):
    """How long a query takes, in milliseconds: by the clock, and of a processor's time."""

    query: str
    rows: int
    middle: float
    p95: float
    processor: float


def answers(store: Path) -> list[Answer]:
    """Every query twenty times, after one that warms the cache."""
    with open_store(store) as db:
        return [_answer(name, query, db) for name, query in _asked(db).items()]


def _asked(db: Database) -> dict[str, Callable[[Database], object]]:
    """The queries behind the commands, each with an option at a time; first 50 rows."""
    page, day = queries.Page(limit=50), date(2025, 8, 15)
    plan = db.execute("SELECT document_id FROM tasks GROUP BY 1 ORDER BY count(*) DESC LIMIT 1").fetchone()[0]
    rare, province = db.execute(
        "SELECT a.name, d.province FROM agencies a JOIN task_agencies o ON o.agency_id = a.id"
        " JOIN tasks t ON t.id = o.task_id JOIN documents d ON d.id = t.document_id WHERE d.province IS NOT NULL"
        " GROUP BY a.id ORDER BY count(*) LIMIT 1"
    ).fetchone()
    tasks = {
        "tasks": {},
        "tasks --agency (nhiều)": {"agency": "so tai chinh"},
        "tasks --agency (ít)": {"agency": rare},
        "tasks --agency --current": {"agency": "so noi vu", "as_of": day},
        "tasks --agency --current (một tỉnh)": {"agency": f"so tai chinh {province}", "as_of": day},
        "tasks --agency --role": {"agency": "so tai chinh", "role": "lead"},
        "tasks --role propose": {"role": "propose"},
        "tasks --place": {"place": province},
        "tasks --place --role": {"place": province, "role": "lead"},
        "tasks --issuer": {"issuer": f"ubnd {province}"},
        "tasks --document": {"document": plan},
        "tasks --due-after --due-before": {"due_after": date(2025, 1, 15), "due_before": date(2025, 3, 1)},
        "tasks --overdue": {"overdue": True},
        "tasks --coming 30": {"coming": 30},
        "tasks --query (nhiều)": {"query": "giải quyết việc làm"},
        "tasks --query (ít)": {"query": "sương muối trâu bò"},
    }
    cited = {
        "citations": {},
        "citations --symbol": {"symbol": "20-CT/TW"},
        "citations --type": {"doc_type": "nđ"},
        "citations --issuer": {"issuer": "bo tai chinh"},
        "citations --cited-by": {"cited_by": plan},
    }
    asked: dict[str, Callable[[Database], object]] = {
        "status": queries.status,
        "errors": lambda db: queries.errors(db, page),
        "documents": lambda db: queries.documents(db, page),
        "show": lambda db: queries.document(db, plan),
    }
    for name, filters in tasks.items():
        wanted = queries.TaskFilter(**filters, today=day)  # type: ignore[arg-type]
        asked[name] = lambda db, wanted=wanted: queries.tasks(db, wanted, page)  # type: ignore[misc]
    for name, filters in cited.items():
        mention = queries.CitationFilter(**filters)  # type: ignore[arg-type]
        asked[name] = lambda db, wanted=mention: queries.citations(db, wanted, page)  # type: ignore[misc]
    indicator = "lao động đi làm việc ở nước ngoài"
    return asked | {
        "citations --by target (nêu 6 văn bản viện dẫn)": lambda db: queries.cited_documents(db, page=page, named=6),
        "citations --by target (nêu 100 văn bản viện dẫn)": lambda db: queries.cited_documents(
            db, page=page, named=100
        ),
        "search (nhiều kết quả)": lambda db: search.search(db, "giải quyết việc làm", page),
        "search (nhiều kết quả, không dấu)": lambda db: search.search(db, "giai quyet viec lam", page),
        "search (trong ngoặc kép)": lambda db: search.search(db, '"người lao động" xã', page),
        "search (ít kết quả)": lambda db: search.search(db, "sương muối trâu bò", page),
        "compare CHỈ TIÊU": lambda db: compare.compare(db, compare.FigureFilter(indicator), page),
        "compare --place": lambda db: compare.compare(db, compare.FigureFilter(indicator, province), page),
        "compare --plan --reports": lambda db: compare.targets_and_results(db, plan),
        "compare --follow": lambda db: compare.followed(db, plan),
        "compare --section": lambda db: compare.sections(db, "targets", None, page),
        "review": lambda db: review.history(db, page=page),
    }


def _answer(name: str, query: Callable[[Database], object], db: Database) -> Answer:
    found = query(db)
    times, spent = [], time.process_time()
    for _ in range(_TIMES):
        began = time.perf_counter()
        query(db)
        times.append(1000 * (time.perf_counter() - began))
    processor = 1000 * (time.process_time() - spent) / _TIMES
    marks = quantiles(times, n=20)
    return Answer(name, len(found) if isinstance(found, list) else 1, marks[9], marks[18], processor)
