"""From documents to rows and back."""

from __future__ import annotations

import pytest
from invented import PHONG, TEXT, XA, document
from sqlite_utils import Database

from pipeline.store import files, load, queries
from pipeline.store.files import Failure, Input

COUNTED = ("documents", "paragraphs", "sections", "citations", "dates", "quantities", "agency_mentions", "tasks",
           "tables", "task_agencies", "task_deadlines", "agencies", "cited_documents", "paragraph_words")  # fmt: skip


def put(db: Database, doc: object, path: str = "/a.txt", program: str = "1") -> None:
    assert hasattr(doc, "source")
    files.begin(db, Input(path, "a.txt", doc.source.sha256, 1), program, "extract")
    files.finish(db, path, doc, program, "load")  # type: ignore[arg-type]


def counts(db: Database) -> dict[str, int]:
    return {t: db.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in COUNTED}


def test_what_goes_in_comes_out(db: Database) -> None:
    put(db, document())
    assert load.load(db, 1) == document()


def test_every_finding_says_where_it_stands(db: Database) -> None:
    put(db, document())
    for table in ("citations", "dates", "quantities", "agency_mentions", "tasks", "paragraphs"):
        for text, start, end in db.execute(f'SELECT text, start, "end" FROM {table}').fetchall():
            assert TEXT[start:end] == text
    row = db.execute("SELECT page, table_no, row_no, column_no FROM quantities ORDER BY position DESC").fetchone()
    assert row == (2, 0, 0, 1)
    sections = db.execute(
        "SELECT s.number FROM paragraphs p LEFT JOIN sections s ON s.id = p.section_id ORDER BY p.start"
    ).fetchall()
    assert [s[0] for s in sections] == [None, None, 1, 2, 2, 1, 1, 1]


def test_the_same_file_twice_is_one_document(db: Database) -> None:
    put(db, document())
    before = counts(db)
    put(db, document(), "/b.txt")
    assert counts(db) == before
    assert queries.documents(db)[0]["paths"] == ["/a.txt", "/b.txt"]


def test_new_content_takes_over_the_id(db: Database) -> None:
    put(db, document(symbol="14/KH-UBND"))
    put(db, document(symbol="15/KH-UBND"))
    assert [(d["document_id"], d["document"]) for d in queries.documents(db)] == [(1, "15/KH-UBND")]
    assert counts(db)["tasks"] == 2


def test_content_that_another_path_still_has_stays(db: Database) -> None:
    put(db, document(symbol="14/KH-UBND"), "/a.txt")
    put(db, document(symbol="14/KH-UBND"), "/b.txt")
    put(db, document(symbol="15/KH-UBND"), "/a.txt")
    assert [d["document"] for d in queries.documents(db)] == ["14/KH-UBND", "15/KH-UBND"]


def test_nothing_is_left_of_content_that_failed(db: Database) -> None:
    put(db, document())
    files.begin(db, Input("/a.txt", "a.txt", "other", 1), "1", "extract")
    assert counts(db)["documents"] == 1  # until the outcome is known
    files.fail(db, "/a.txt", Failure("extract", "damaged", "Hỏng.", ""))
    assert set(counts(db).values()) == {0}


def test_names_no_longer_used_go(db: Database) -> None:
    put(db, document(district="Phong Thổ"))
    put(db, document(district="Tam Đường"))
    names = {row[0] for row in db.execute("SELECT name FROM agencies").fetchall()}
    assert names == {PHONG.replace("Phong Thổ", "Tam Đường"), XA}


def test_a_document_that_cannot_be_loaded_leaves_no_trace(db: Database) -> None:
    broken = document()
    broken.tasks[0].deadlines = [99]
    with pytest.raises(IndexError):
        put(db, broken)
    assert set(counts(db).values()) == {0}
    assert files.state(db, "/a.txt") == files.State(broken.source.sha256, "1", "running", None)


def test_places_of_the_issuer_are_known(db: Database) -> None:
    put(db, document())
    assert db.execute("SELECT province, district FROM documents").fetchone() == ("tinh lai chau", "huyen phong tho")
