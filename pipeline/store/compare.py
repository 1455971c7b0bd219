"""Documents side by side: figures of one indicator, targets and results, sections, follow-up."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import NamedTuple

from sqlite_utils import Database

from patterns import data
from pipeline.compare.followup import follow
from pipeline.compare.targets import beside
from pipeline.model import Aspect
from pipeline.names import fold, name_key
from pipeline.store.figures import catalogue
from pipeline.store.renewal import refresh
from pipeline.store.rows import ALL, SECTION, Page, Record, Where, fetch

COMPARE_FIELDS = (
    "indicator", "unit", "period", "place", "aspect", "value", "value_max", "comparator", "of", "document_id", "page",
    "text", "document", "strength", "figure_id", "ocr",
)  # fmt: skip


class FigureFilter(NamedTuple):
    """Which figures: ``indicator`` and ``place`` as typed; ``documents`` by id."""

    indicator: str | None = None
    place: str | None = None
    period: str | None = None
    aspect: str | None = None
    documents: tuple[int, ...] | None = None


_SELECT = """
    SELECT f.quantity_id AS figure_id, f.indicator, f.indicator_id, f.indicator_key, f.unit, q.per, f.period,
        f.period_from, f.period_to, f.place, f.place_key, f.aspect, q.value, q.value_max, q.comparator, q."of",
        f.document_id, d.label AS document, d.issuer, d.issued_on, d.doc_type, q.page, q.text, q.start, q."end", q.ocr,
        f.strength, f.share, f.part
    FROM figures f JOIN quantities q ON q.id = f.quantity_id JOIN documents d ON d.id = f.document_id
"""
_YEAR = re.compile(r"\d{4}", re.ASCII)
_NUMBERS = ("value", "value_max", "of")
_WITHIN = "f.unit, f.period_from, f.period_to, f.place_key, f.aspect, f.document_id, f.quantity_id"  # as in an index


def compare(db: Database, wanted: FigureFilter = FigureFilter(), page: Page = ALL) -> list[Record]:  # noqa: B008
    """Figures side by side: those of one indicator, unit and period of many places together; nothing twice.

    Those of the catalogue come first; what is in none stands together under the shortest of its wordings.
    """
    refresh(db, wanted.documents)
    return _rows(db, _ids(db, wanted, page))


class Counted(NamedTuple):
    """Figures on a page; the first ones of all; how many there are, counted up to a limit."""

    rows: list[Record]
    first: list[Record]
    total: int


def counted(db: Database, wanted: FigureFilter, page: Page, first: int, most: int) -> Counted:
    """The rows of ``compare`` with so many of the ``first`` and their number, counted up to ``most``.

    Of figures as they are: whoever asks has seen to those that are ``stale``.
    """
    ids = _ids(db, wanted, ALL if page.limit is None else Page(max(first, most, page.offset + page.limit)))
    return Counted(_rows(db, ids[page.offset :][: page.limit]), _rows(db, ids[:first]), min(len(ids), most))


def _rows(db: Database, ids: Sequence[int]) -> list[Record]:
    """Figures as rows, in their order."""
    if not ids:
        return []
    among = " WHERE f.quantity_id IN (SELECT value FROM json_each(?))"
    found = fetch(db, f"{_SELECT}{among} ORDER BY f.indicator_key, {_WITHIN}", [json.dumps(list(ids))])
    names: dict[str, str] = {}
    for r in found:
        names[r["indicator_key"]] = min(names.get(r["indicator_key"], r["indicator"]), r["indicator"], key=len)
    return [as_row(r | {"indicator": names[r["indicator_key"]]}) for r in _whole(found)]


#: Every place of a figure, each found in the index behind the one before.
_PLACED = """RECURSIVE placed(at) AS (SELECT min(place_key) FROM figures UNION ALL
    SELECT (SELECT min(place_key) FROM figures WHERE place_key > at) FROM placed WHERE at IS NOT NULL)"""


def _ids(db: Database, wanted: FigureFilter, page: Page) -> list[int]:
    """The figures that are wanted, in the order in which they are listed.

    Those of one or many indicators stand in an index in this order already, so that reading ends with the page.
    """
    where = Where()
    where.add("f.share = 0 AND f.again = 0")
    through, key = "figures f", "f.indicator_key"
    if wanted.indicator:
        keys = _named(db, wanted.indicator)
        if wanted.documents is None:
            _keep(db, keys)
            index = "figures_aspect" if wanted.aspect else "figures_listed"
            through, key = f"wanted_indicators k CROSS JOIN figures f INDEXED BY {index}", "k.key"
            where.add("f.indicator_key = k.key")
        else:
            where.add("f.indicator_key IN (SELECT value FROM json_each(?))", json.dumps(keys))
    if wanted.place:
        where.add(
            f"f.place_key IN (WITH {_PLACED} SELECT at FROM placed WHERE ' ' || at || ' ' LIKE ?)",
            f"% {name_key(wanted.place)} %",
        )
    if wanted.period:
        _in_period(wanted.period, where)
    if wanted.aspect:
        where.add("f.aspect = ?", wanted.aspect)
    if wanted.documents is not None:
        where.add("f.document_id IN (SELECT value FROM json_each(?))", json.dumps(wanted.documents))
    sql = f"SELECT f.quantity_id FROM {through}{where.sql} ORDER BY {key}, {_WITHIN}{page.sql}"
    return [row[0] for row in db.execute(sql, where.parameters).fetchall()]


def _keep(db: Database, keys: Sequence[str]) -> None:
    """Keep indicators for the next question, in order and each once, which SQLite cannot know of a list."""
    with db.conn:
        db.execute("CREATE TEMP TABLE IF NOT EXISTS wanted_indicators(key TEXT PRIMARY KEY) WITHOUT ROWID")
        db.execute("DELETE FROM wanted_indicators")
        db.execute("INSERT INTO wanted_indicators SELECT value FROM json_each(?)", [json.dumps(keys)])


def _in_period(asked: str, where: Where) -> None:
    """Ask for a period as it is written; a year is also in all that it is a part of, or that is a part of it."""
    if _YEAR.fullmatch(asked):
        first, last = f"{asked}-01-01", f"{asked}-12-31"
        where.add("(f.period = ? OR f.period_from <= ? AND f.period_to >= ?)", asked, last, first)
    else:
        where.add("f.period = ?", asked)


def told_of(db: Database) -> dict[str, list[str]]:
    """The indicators of the catalogue of which the store has figures: by topic, in the catalogue's order."""
    entries = catalogue(db).indicators
    known = db.execute(
        "SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM figure_names WHERE indicator_key = value)",
        [json.dumps(list(entries))],
    )
    topics: dict[str, list[str]] = {}
    for (key,) in known.fetchall():
        topics.setdefault(entries[key].topic, []).append(entries[key].name)
    return topics


#: The indicators of which one name holds all words asked for.
_CALLED = """SELECT indicator_key FROM figure_names
    WHERE id IN (SELECT rowid FROM figure_words WHERE figure_words MATCH ?)"""


def _named(db: Database, asked: str) -> list[str]:
    """The indicators meant by what was typed: those of the catalogue that it names, else those with all its words in a
    name."""
    keys = sorted({e.id for e in catalogue(db).named(asked)})
    among = "indicator_key IN (SELECT value FROM json_each(?))"
    if db.execute(f"SELECT 1 FROM figures WHERE {among} LIMIT 1", [json.dumps(keys)]).fetchone():
        return keys
    words = " AND ".join(f'"{word}"' for word in fold(asked).split())
    return sorted({row[0] for row in db.execute(_CALLED, [words or '""']).fetchall()})


def as_row(record: Record) -> Record:
    """A figure as a row of ``compare``; what it is counted by stands behind its unit."""
    return {field: record[field] for field in COMPARE_FIELDS} | {"unit": _unit(record)}


def _unit(record: Record) -> str | None:
    """The unit of a figure with what it is counted by, also where that is only known of its indicator."""
    per = json.loads(record["per"]) if record["per"] != "[]" else []
    known = data("indicators")["units"]["counted_by"].get(record["indicator_id"], [])
    if set(per) <= set(known) and record["unit"] != "%":
        per = known
    return "/".join([record["unit"] or "", *per]) if per else record["unit"]


def figures_of(
    db: Database, documents: Sequence[int], aspect: Aspect, indicators: Sequence[str] | None = None
) -> list[Record]:
    """The targets, results ... of some documents (on some indicators) with all that is known of them, in text order."""
    refresh(db, documents)
    among = "" if indicators is None else " AND +f.indicator_key IN (SELECT value FROM json_each(:indicators))"
    return _whole(
        fetch(
            db,
            f"{_SELECT} WHERE f.document_id IN (SELECT value FROM json_each(:documents)) AND f.aspect = :aspect"
            f" AND NOT f.share AND NOT f.part{among} ORDER BY f.document_id, q.position",
            {
                "documents": json.dumps(list(documents)),
                "aspect": aspect,
                "indicators": json.dumps(list(indicators or [])),
            },
        )
    )


def _whole(records: list[Record]) -> list[Record]:
    """Figures whose whole numbers are ``int``."""
    for record in records:
        for field in _NUMBERS:
            value = record[field]
            if isinstance(value, float) and value.is_integer():
                record[field] = int(value)
    return records


# --------------------------------------------------------------------------- documents that answer a document


def origin(db: Database, document_id: int) -> Record | None:
    """What is known of a document that others may answer."""
    found = fetch(
        db,
        "SELECT id AS document_id, label AS document, doc_type, symbol, issuer, issued_on, title FROM documents"
        " WHERE id = ?",
        [document_id],
    )
    return found[0] if found else None


def answers(db: Database, document_id: int) -> list[Record]:
    """The documents that cite a document of the store, by date: its number, and issuer and year where they are said."""
    source = origin(db, document_id)
    if not source or not source["symbol"]:
        return []
    found = fetch(
        db,
        "SELECT d.id AS document_id, d.label AS document, d.doc_type, d.issuer, d.issued_on, d.title,"
        " coalesce(c.issuer, x.issuer) AS cited_issuer, coalesce(c.issued_on, x.issued_on) AS cited_on,"
        " c.relation, c.page, c.text"
        " FROM cited_documents x JOIN citations c ON c.cited_id = x.id JOIN documents d ON d.id = c.document_id"
        " WHERE x.symbol_key = ? AND d.id <> ? ORDER BY d.issued_on, d.id, c.position",
        [fold(source["symbol"]), document_id],
    )
    kept: dict[int, Record] = {}
    for record in found:
        if _means(record, source):
            kept.setdefault(record["document_id"], record)
    return list(kept.values())


def _means(citation: Record, source: Record) -> bool:
    """Whether a citation of this number means this document: the same year and an issuer of the same name or head."""
    said, on = name_key(citation["cited_issuer"] or ""), citation["cited_on"]
    issuer = name_key(source["issuer"] or "")
    if on and source["issued_on"] and on[:4] != source["issued_on"][:4]:
        return False
    return not said or not issuer or said.startswith(issuer) or issuer.startswith(said)


def targets_and_results(db: Database, document_id: int) -> list[Record]:
    """Targets of a plan beside the results of the reports that answer it."""
    reports = [
        a["document_id"] for a in answers(db, document_id) if a["doc_type"] in data("followup")["types"]["report"]
    ]
    planned = [r | {"unit": _unit(r)} for r in figures_of(db, [document_id], "target")]
    return beside(planned, figures_of(db, reports, "result", list({r["indicator_key"] for r in planned})))


_CHARGES = """
    SELECT a.name AS agency, a.collective, t.role, t.text,
        (SELECT json_group_array(json_object('from', x."from", 'to', x."to", 'month_day', x.month_day))
         FROM task_deadlines l JOIN dates x ON x.id = l.date_id WHERE l.task_id = t.id) AS deadlines
    FROM tasks t JOIN task_agencies o ON o.task_id = t.id JOIN agencies a ON a.id = o.agency_id
    WHERE t.document_id = ? ORDER BY t.position, o.position
"""


def followed(db: Database, document_id: int) -> list[Record]:
    """Which bodies charged by a document have issued a plan or a report that cites it, and which have not."""
    source = origin(db, document_id)
    if not source:
        return []
    charges = fetch(db, _CHARGES, [document_id])
    for charge in charges:
        charge["deadlines"] = json.loads(charge["deadlines"])
    refresh(db, [document_id])
    places = fetch(db, "SELECT DISTINCT place FROM figures WHERE document_id = ? AND place IS NOT NULL", [document_id])
    return follow(source, charges, answers(db, document_id), [p["place"] for p in places])


# --------------------------------------------------------------------------- sections and words

SECTION_FIELDS = ("section", "role", "issuer", "document_id", "document", "issued_on", "page", "text")


def sections(db: Database, role: str, documents: Sequence[int] | None = None, page: Page = ALL) -> list[Record]:
    """The sections of one role of many documents, side by side: the outermost of each, with all that stands in it."""
    among = "" if documents is None else " AND d.id IN (SELECT value FROM json_each(:documents))"
    order = "ORDER BY d.issuer, d.issued_on, d.id, s.number"
    outermost = (
        "SELECT s.id FROM documents d CROSS JOIN sections s ON s.document_id = d.id WHERE s.role = :role"
        " AND NOT EXISTS (SELECT 1 FROM sections o WHERE o.document_id = s.document_id AND o.role = s.role"
        f" AND o.id <> s.id AND o.start <= s.start AND o.body_end >= s.body_end AND o.level < s.level){among}"
        f" {order}{page.sql}"
    )
    found = fetch(
        db,
        f"SELECT {SECTION} AS section, s.role, d.issuer, d.id AS document_id, d.label AS document,"
        " d.issued_on, s.page, (SELECT group_concat(text, char(10)) FROM (SELECT p.text FROM paragraphs p"
        " WHERE p.document_id = d.id AND p.start >= s.body_start AND p.start < s.body_end ORDER BY p.start)) AS text"
        f" FROM ({outermost}) k CROSS JOIN sections s ON s.id = k.id JOIN documents d ON d.id = s.document_id {order}",
        {"role": role, "documents": json.dumps(list(documents or []))},
    )
    for record in found:
        record["text"] = record["text"] or ""
    return found


def source_words(db: Database, figures: Sequence[int]) -> dict[int, Record]:
    """The paragraph or table row that holds each figure, with the figure's place in it."""
    found = fetch(
        db,
        "SELECT q.id AS figure_id, q.document_id, d.label AS document, q.page, p.text,"
        ' q.start - p.start AS start, q."end" - p.start AS "end"'
        " FROM quantities q JOIN documents d ON d.id = q.document_id"
        ' JOIN paragraphs p ON p.document_id = q.document_id AND p.start <= q.start AND p."end" >= q."end"'
        " WHERE q.id IN (SELECT value FROM json_each(?))",
        [json.dumps(list(figures))],
    )
    return {r["figure_id"]: r for r in found}
