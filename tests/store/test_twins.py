"""Several documents that are one work: the issued one leads, nothing is counted twice."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest
from invented import TEXT, document
from sqlite_utils import Database

from pipeline.model import Document
from pipeline.store import files, queries
from pipeline.store.files import Failure, Input
from pipeline.store.load import Unindexed, index, load
from pipeline.store.queries import CitationFilter, TaskFilter
from pipeline.store.writing import transaction

BODY = " ".join(f"Điểm {i} của kế hoạch giao cho tổ số {i * 7} ở thôn {i * 3}." for i in range(40))


def work(name: str, text: str = BODY, **header: object) -> Document:
    """The plan as one file; what the header says otherwise."""
    made = document(text=f"{TEXT}\n{text}", name=name)
    made.source.sha256 = hashlib.sha256(name.encode()).hexdigest()
    made.source.format = name.rpartition(".")[2]
    made.header = made.header.model_copy(update=header)
    return made


def put(db: Database, made: Document, later: Unindexed | None = None) -> None:
    path = f"/{made.source.name}"
    files.begin(db, Input(path, made.source.name, made.source.sha256, 1), "1", "extract")
    files.finish(db, path, made, "1", "load", later=later)


def leads(db: Database) -> list[str]:
    return [row["file"] for row in queries.documents(db)]


DOCX, PDF = work("kh.docx"), work("kh.pdf", text=BODY.replace("tổ số 7 ", "tổ sô 7 "))
DRAFT = work("du-thao.docx", symbol=None, issued_on=None, draft=True)


def test_pdf_and_docx_are_one(db: Database) -> None:
    put(db, DOCX)
    before = (len(queries.tasks(db)), len(queries.citations(db)))
    put(db, PDF)
    (row,) = queries.documents(db)
    assert row["file"] == "kh.docx" and row["paths"] == ["/kh.docx", "/kh.pdf"]
    assert row["twins"] == [{"document_id": 2, "file": "kh.pdf", "format": "pdf", "draft": False}]
    assert (len(queries.tasks(db)), len(queries.citations(db))) == before
    assert [(r["file"], r["same_as"]) for r in queries.documents(db, everything=True)] == [
        ("kh.docx", None),
        ("kh.pdf", 1),
    ]
    assert load(db, 2) == PDF


@pytest.mark.parametrize("order", [(DRAFT, PDF), (PDF, DRAFT)])
def test_the_issued_form_leads_its_draft(db: Database, order: tuple[Document, Document]) -> None:
    for made in order:
        put(db, made)
    assert leads(db) == ["kh.pdf"]
    assert {row["document"] for row in queries.tasks(db)} == {"15/KH-UBND"}


@pytest.mark.parametrize("order", [(DRAFT, PDF, DOCX), (DOCX, DRAFT, PDF)])
def test_the_words_of_a_work_loaded_at_once_are_indexed_once(db: Database, order: tuple[Document, ...]) -> None:
    with transaction(db):
        later: Unindexed = {}
        for made in order:
            put(db, made, later)
        index(db, later)
    paragraphs, tasks = (
        db.execute(f"SELECT id FROM {table} ORDER BY 1").fetchall() for table in ("paragraphs", "tasks")
    )
    assert db.execute("SELECT rowid FROM paragraph_words ORDER BY 1").fetchall() == paragraphs
    word = db.execute("SELECT substr(folded, 1, instr(folded, ' ') - 1) FROM tasks").fetchone()
    assert db.execute("SELECT rowid FROM task_words WHERE task_words MATCH ? LIMIT 1", word).fetchall() == tasks[:1]
    for words in ("paragraph_words", "task_words"):
        db.execute(f"INSERT INTO {words}({words}) VALUES ('integrity-check')")


def test_a_blank_number_is_filled_by_the_twin(db: Database) -> None:
    put(db, work("kh-trang.docx", symbol=None, issued_on=None))
    put(db, PDF)
    assert leads(db) == ["kh.pdf"]


def test_what_was_read_by_ocr_does_not_lead(db: Database) -> None:
    scan = work("quet.pdf", text=BODY.replace("thôn", "thon"))
    scan.source.ocr_pages = [1]
    put(db, scan)
    put(db, DOCX)
    assert leads(db) == ["kh.docx"]


@pytest.mark.parametrize(
    "other",
    [
        work("khac.docx", symbol="16/KH-UBND"),
        work("khac.docx", issuer="Ủy ban nhân dân huyện Tam Đường"),
        work("khac.docx", issued_on=date(2023, 3, 1)),
        work("khac.docx", doc_type="BC"),
        work("khac.docx", text=BODY[::-1] * 3),
        work("khac.docx", symbol=None, text=BODY.replace("0", "5").replace("1", "8")),
    ],
)
def test_other_works_stay_apart(db: Database, other: Document) -> None:
    put(db, DOCX)
    put(db, other)
    assert leads(db) == ["kh.docx", "khac.docx"]


def test_followers_take_over_when_the_leader_goes(db: Database) -> None:
    for made in (PDF, DOCX, DRAFT):
        put(db, made)
    tasks = [row["text"] for row in queries.tasks(db)]
    files.fail(db, "/kh.pdf", Failure("extract", "damaged", "", ""))
    assert leads(db) == ["kh.docx"]
    assert [row["text"] for row in queries.tasks(db)] == tasks
    files.fail(db, "/kh.docx", Failure("extract", "damaged", "", ""))
    assert leads(db) == ["du-thao.docx"]
    assert [row["text"] for row in queries.tasks(db)] == tasks


def test_new_content_of_the_leader_lets_the_others_go(db: Database) -> None:
    for made in (DOCX, PDF):
        put(db, made)
    changed = work("kh.docx", symbol="99/KH-UBND")
    changed.source.sha256 = "f" * 64
    put(db, changed)
    assert sorted(leads(db)) == ["kh.docx", "kh.pdf"]
    assert len(queries.tasks(db)) == 4


def test_reading_again_changes_nothing(db: Database) -> None:
    for made in (DRAFT, DOCX, PDF, DOCX, DRAFT, PDF):
        put(db, made)
    assert leads(db) == ["kh.docx"] and len(queries.tasks(db)) == 2


def test_questions_about_a_follower_are_answered_by_the_leader(db: Database) -> None:
    for made in (DOCX, PDF):
        put(db, made)
    assert len(queries.tasks(db, TaskFilter(document=2))) == 2
    assert len(queries.citations(db, CitationFilter(cited_by=2))) == 1
