"""Words read from the picture of a page: every row made from them says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlite_utils import Database

from pipeline import render, wording
from pipeline.analyse import recognise
from pipeline.model import Document, Line, Source
from pipeline.store import compare, files, queries
from pipeline.store.browse import browse
from pipeline.store.files import Input
from pipeline.store.schema import migrations
from pipeline.store.search import search

SAMPLE = Path(__file__).parents[2] / "corpus" / "txt" / "kh-xa-phong-ret-2025.txt"
TABLES = ("sections", "paragraphs", "citations", "dates", "quantities", "agency_mentions", "tasks")


@pytest.fixture(scope="module")
def plan() -> Document:
    """A plan whose first page is a scan."""
    lines = SAMPLE.read_text("utf-8").splitlines()
    turn = len(lines) * 3 // 4
    blocks: list[Line] = [Line(text, page=1 if i < turn else 2, whole=True) for i, text in enumerate(lines)]
    return recognise(Source("kh.pdf", "0" * 64, "pdf", [*blocks], 2, [1], ocr_confidence=[61.5]))


def put(db: Database, made: Document) -> None:
    files.begin(db, Input("/kh.pdf", "kh.pdf", made.source.sha256, 1), "1", "extract")
    files.finish(db, "/kh.pdf", made, "1", "load")


def marked(db: Database, table: str) -> set[tuple[int, int]]:
    return {tuple(row) for row in db.execute(f"SELECT page, ocr FROM {table}").fetchall()}


@pytest.mark.parametrize("table", TABLES)
def test_every_row_says_so(db: Database, plan: Document, table: str) -> None:
    put(db, plan)
    assert (1, 1) in marked(db, table) and not marked(db, table) & {(1, 0), (2, 1)}


@pytest.mark.parametrize("table", TABLES)
def test_stores_made_before_are_told(plan: Document, table: str) -> None:
    old, new = Database(memory=True), Database(memory=True)
    migrations.apply(new)
    put(new, plan)
    migrations.apply(old, stop_before="ocr")
    for name in ("documents", table):
        had = [column.name for column in old[name].columns]
        names = ", ".join(f"[{column}]" for column in had)
        rows = new.execute(f"SELECT {names} FROM {name}").fetchall()
        with old.conn:
            old.conn.execute("PRAGMA foreign_keys = OFF")
            old.conn.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(had))})", rows)
    migrations.apply(old)
    assert marked(old, table) <= {(1, 1), (2, 0)} and len(marked(old, table)) == len({p for p, _ in marked(new, table)})


def test_every_list_says_so(db: Database, plan: Document) -> None:
    put(db, plan)
    for rows in (queries.tasks(db), queries.citations(db), compare.compare(db), search(db, "trâu")):
        assert rows and all(isinstance(row["ocr"], bool) for row in rows)
        assert all(row["ocr"] for row in rows if row["page"] == 1)
    (row,) = queries.documents(db)
    assert (row["ocr_pages"], row["ocr_confidence"]) == ([1], [61.5])
    assert [row["ocr"] for row in browse(db)] == [True]


def test_exports_say_so(db: Database, plan: Document) -> None:
    put(db, plan)
    for name, (rows, columns) in queries.everything(db).items():
        if name in ("tasks", "citations", "dates", "quantities", "agencies"):
            heading, *lines = render.to_bytes(rows, columns, "csv").decode().splitlines()
            assert "ocr" in heading.split(",") and any("true" in line.lower().split(",") for line in lines), name
    assert wording.HEADINGS["ocr"] == "Đọc từ ảnh quét"
