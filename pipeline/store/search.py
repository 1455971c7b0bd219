"""Full-text search over paragraphs: with or without tones, exact tones first."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from sqlite_utils import Database

from pipeline.names import fold, words
from pipeline.searched import exactly
from pipeline.store.rows import ALL, SECTION, Page, Record, fetch

FIELDS = (
    "paragraph_id", "document_id", "document", "issuer", "issued_on", "page", "section", "text", "marked", "start",
    "end", "ocr",
)  # fmt: skip

_QUOTED = re.compile(r'"([^"]*)"|(\S+)')

#: More hits than this are not all ranked: of each kind as many as this, the first in the store, the short ones first.
RANKED = 2_000

# The kinds of hit, best first: the very words in a row, the very words, the words without tones in a row, all of them.
_KINDS = ("exact_row", "exact", "row", "any")
_HITS = "SELECT rowid FROM paragraph_words WHERE paragraph_words MATCH :{0}"
_FOUND = f"""
    SELECT p.id AS paragraph_id, p.document_id, d.label AS document, d.issuer, d.issued_on, p.page,
        {SECTION} AS section, p.text, p.start, p."end", p.ocr
    FROM {{0}} w CROSS JOIN paragraphs p ON p.id = w.rowid JOIN documents d ON d.id = p.document_id
    LEFT JOIN sections s ON s.id = p.section_id
"""
_KIND = " ".join(f"WHEN p.id IN ({_HITS.format(kind)}) THEN {i}" for i, kind in enumerate(_KINDS[:-1]))
_ALL = (
    _FOUND.format("(SELECT rowid, rank FROM paragraph_words WHERE paragraph_words MATCH :any)")
    + f"ORDER BY CASE {_KIND} ELSE {len(_KINDS)} END, w.rank, p.id"
)
_MANY = _FOUND.format("(SELECT value AS rowid, key AS place FROM json_each(:chosen))") + "ORDER BY w.place"


def search(db: Database, asked: str, page: Page = ALL) -> list[Record]:
    """The paragraphs that hold all the words (``"in quotes"``: in a row), best first, the words marked «so»."""
    said = _QUOTED.findall(asked)
    phrases = [quoted or word for quoted, word in said]
    exact, loose = [t for p in phrases if (t := exactly(p))], [f for p in phrases if (f := fold(p))]
    if not loose:
        return []
    parted = any(quoted for quoted, _ in said)  # whoever quotes says what stands in a row
    queries = {
        "any": _match("folded", loose),
        "exact": _match("toned", exact),
        "row": _match("folded", loose if parted else [" ".join(loose)]),
        "exact_row": _match("toned", exact if parted else [" ".join(exact)]),
    }
    hits = _count(db, queries)
    if not hits:
        return []
    if page.limit is None or page.offset + page.limit > RANKED or hits <= RANKED:
        found = fetch(db, _ALL + page.sql, queries)
    else:
        found = fetch(db, _MANY, {"chosen": json.dumps(_best(db, queries, page))})
    wanted = {w for phrase in loose for w in phrase.split()}
    for record in found:
        record["marked"] = mark(record["text"], wanted)
    return [{field: record[field] for field in FIELDS} for record in found]


def _count(db: Database, queries: dict[str, str]) -> int:
    """How many hits there are, counted until ranking all of them would take long."""
    hits = f"SELECT count(*) FROM ({_HITS.format('any')} LIMIT {RANKED + 1})"
    return int(db.execute(hits, queries).fetchone()[0])


def _kinds(db: Database, queries: dict[str, str]) -> Iterator[str]:
    """The kinds of hit that there may be, best first; that there is none of the words takes long to find out."""
    exact, row = (db.execute(f"{_HITS.format(kind)} LIMIT 1", queries).fetchone() for kind in ("exact", "row"))
    if exact and row:
        yield "exact_row"
    if exact:
        yield "exact"
    if row:
        yield "row"
    yield "any"


def _best(db: Database, queries: dict[str, str], page: Page) -> list[int]:
    """The ids of a page of many hits."""
    assert page.limit is not None
    found: dict[int, None] = {}
    for kind in _kinds(db, queries):
        hits = f"{_HITS.format(kind)} LIMIT {RANKED}"
        rows = db.execute(
            f"SELECT p.id FROM ({hits}) w CROSS JOIN paragraphs p ON p.id = w.rowid"
            ' ORDER BY p."end" - p.start, p.id', queries,
        ).fetchall()  # fmt: skip
        found |= dict.fromkeys(row[0] for row in rows if row[0] not in found)
        if len(found) >= page.offset + page.limit:
            break
    return list(found)[page.offset :][: page.limit]


def _match(column: str, phrases: list[str]) -> str:
    """A query of FTS5; folded words hold no quotes, so nothing typed is read as syntax."""
    return f"{column} : (" + " AND ".join(f'"{p}"' for p in phrases) + ")"


def mark(text: str, wanted: set[str]) -> str:
    """A text with the words that fold to one of these marked «so»; words in a row share one mark."""
    spans: list[tuple[int, int]] = []
    for word in words(text):
        if fold(word[0]) not in wanted:
            continue
        if spans and text[spans[-1][1] : word.start()] == " ":
            spans[-1] = spans[-1][0], word.end()
        else:
            spans.append((word.start(), word.end()))
    for start, end in reversed(spans):
        text = f"{text[:start]}«{text[start:end]}»{text[end:]}"
    return text
