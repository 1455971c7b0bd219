"""Full-text search over paragraphs: with or without tones, exact tones first."""

from __future__ import annotations

import re

from sqlite_utils import Database

from pipeline.names import fold, toned, words
from pipeline.store.queries import ALL, SECTION, Page, Record, fetch

FIELDS = (
    "paragraph_id", "document_id", "document", "page", "section", "text", "marked", "start", "end",
)  # fmt: skip

_QUOTED = re.compile(r'"([^"]*)"|(\S+)')

# Rank: the very words in a row, the very words, the words without tones in a row, all words without tones.
_SEARCH = f"""
    SELECT p.id AS paragraph_id, p.document_id, d.label AS document, p.page, {SECTION} AS section,
        p.text, p.start, p."end"
    FROM (SELECT rowid, rank FROM paragraph_words WHERE paragraph_words MATCH :any) w
    JOIN paragraphs p ON p.id = w.rowid JOIN documents d ON d.id = p.document_id
    LEFT JOIN sections s ON s.id = p.section_id
    ORDER BY
        CASE WHEN p.id IN (SELECT rowid FROM paragraph_words WHERE paragraph_words MATCH :exact_row) THEN 0
             WHEN p.id IN (SELECT rowid FROM paragraph_words WHERE paragraph_words MATCH :exact) THEN 1
             WHEN p.id IN (SELECT rowid FROM paragraph_words WHERE paragraph_words MATCH :row) THEN 2
             ELSE 3 END,
        w.rank, p.id
"""


def search(db: Database, asked: str, page: Page = ALL) -> list[Record]:
    """The paragraphs that hold all the words (``"in quotes"``: in a row), best first, the words marked «so»."""
    phrases = [quoted or word for quoted, word in _QUOTED.findall(asked)]
    exact, loose = [t for p in phrases if (t := toned(p))], [f for p in phrases if (f := fold(p))]
    if not loose:
        return []
    found = fetch(
        db,
        _SEARCH + page.sql,
        {
            "any": _match("folded", loose),
            "exact": _match("toned", exact),
            "row": _match("folded", [" ".join(loose)]),
            "exact_row": _match("toned", [" ".join(exact)]),
        },
    )
    wanted = {w for phrase in loose for w in phrase.split()}
    for record in found:
        record["marked"] = mark(record["text"], wanted)
    return [{field: record[field] for field in FIELDS} for record in found]


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
