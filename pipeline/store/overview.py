"""What the whole store is about: what is cited most, who has most to do, topics, places, recurring proposals."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlite_utils import Database

from pipeline.compare.proposals import recurring
from pipeline.store.figures import catalogue
from pipeline.store.renewal import refresh
from pipeline.store.rows import Record, fetch
from pipeline.symbols import names_by_type
from pipeline.wording import TASK_ROLES

FIELDS = ("view", "name", "count", "documents", "detail")

_CITED = """
    SELECT coalesce(x.symbol, x.title, x."key") AS name, count(*) AS count, count(DISTINCT c.document_id) AS documents,
        coalesce(x.title, x.doc_type) AS detail
    FROM citations c JOIN cited_documents x ON x.id = c.cited_id JOIN documents d ON d.id = c.document_id
    WHERE coalesce(x.symbol = d.symbol AND c.issued_on = d.issued_on, 0) = 0 -- an annex names its own document
    GROUP BY x.id ORDER BY documents DESC, count DESC, name
"""
_DUTIES = """
    SELECT a.name, count(*) AS count, count(DISTINCT t.document_id) AS documents,
        sum(t.role = 'lead') AS detail
    FROM task_agencies o JOIN agencies a ON a.id = o.agency_id JOIN tasks t ON t.id = o.task_id
    WHERE t.role <> 'propose' AND NOT EXISTS (
        SELECT 1 FROM task_repeats r JOIN task_agencies e ON e.task_id = r.repeats_id
        WHERE r.task_id = t.id AND e.agency_id = o.agency_id)
    GROUP BY a.id ORDER BY count DESC, a.name
"""
_PLACES = """
    SELECT place AS name, count(*) AS count, count(DISTINCT document_id) AS documents, NULL AS detail
    FROM figures WHERE place IS NOT NULL GROUP BY place_key ORDER BY documents DESC, count DESC, name
"""
_TOPICS = (
    "SELECT indicator_id, document_id, count(*) AS count FROM figures WHERE indicator_id IS NOT NULL GROUP BY 1, 2"
)


def overview(db: Database, limit: int = 20) -> list[Record]:
    """What the store is about: most cited documents, bodies by duties, topics, places, recurring proposals."""
    refresh(db)
    views = {"cited": _CITED, "agencies": _DUTIES, "places": _PLACES}
    rows: list[Record] = []
    for view, sql in views.items():
        rows += [{"view": view, **r} for r in fetch(db, f"{sql} LIMIT {int(limit)}")]
    for row in rows:
        if row["view"] == "cited":  # no title known: its type in words
            row["detail"] = names_by_type().get(row["detail"], row["detail"])
        elif row["view"] == "agencies":
            row["detail"] = f"{TASK_ROLES['lead']} {row['detail']}"
    rows += _topics(db)[:limit]
    rows += [
        {
            "view": "proposals",
            "name": r["text"],
            "count": r["count"],
            "documents": len({p["document_id"] for p in r["proposals"]}),
            "detail": "; ".join(p["document"] for p in r["proposals"]),
        }
        for r in proposals(db)[:limit]
    ]
    return rows


def _topics(db: Database) -> list[Record]:
    known = catalogue(db).indicators
    counts: dict[str, int] = {}
    documents: dict[str, set[int]] = {}
    for r in fetch(db, _TOPICS):
        if entry := known.get(r["indicator_id"]):
            counts[entry.topic] = counts.get(entry.topic, 0) + r["count"]
            documents.setdefault(entry.topic, set()).add(r["document_id"])
    found = [
        {"view": "topics", "name": t, "count": n, "documents": len(documents[t]), "detail": None}
        for t, n in counts.items()
    ]
    return sorted(found, key=lambda r: (-r["documents"], -r["count"], r["name"]))


def proposals(db: Database, documents: Sequence[int] | None = None) -> list[Record]:
    """Proposals that several bodies make, the most common first."""
    among = "" if documents is None else " AND t.document_id IN (SELECT value FROM json_each(:documents))"
    return recurring(
        fetch(
            db,
            "SELECT t.document_id, d.label AS document, d.issuer, a.name AS agency, t.text, t.page"
            " FROM tasks t JOIN documents d ON d.id = t.document_id JOIN agencies a ON a.id = t.agency_id"
            f" WHERE t.role = 'propose'{among} ORDER BY t.document_id, t.position",
            {"documents": json.dumps(list(documents or []))},
        )
    )
