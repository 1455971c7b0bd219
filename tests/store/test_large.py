"""What makes large stores fast changes no answer: few or many, looked up or gone through, counted before or now."""

from __future__ import annotations

from datetime import date

import pytest
from gold_documents import CORPUS, gold_document
from sqlite_utils import Database

from pipeline.names import fold
from pipeline.store import compare, duties, load, queries, search
from pipeline.store.compare import FigureFilter
from pipeline.store.queries import CitationFilter, Page, TaskFilter
from pipeline.store.writing import transaction

NOW = date(2025, 8, 1)


QUESTIONS = [
    TaskFilter(agency="so ldtbxh"),
    TaskFilter(agency="so noi vu lam giang", as_of=NOW),
    TaskFilter(agency="ubnd cac xa", role="lead"),
    TaskFilter(role="propose"),
    TaskFilter(place="nam luong"),
    TaskFilter(issuer="ubnd huyen nam luong", query="ke hoach"),
    TaskFilter(query="giai quyet viec lam"),
    TaskFilter(due_after=date(2024, 3, 1), due_before=date(2024, 3, 31)),
    TaskFilter(overdue=True, today=NOW),
    TaskFilter(coming=60, today=NOW),
]


MIXED = [
    TaskFilter(agency="ubnd cac xa", query="bao cao", due_before=date(2025, 3, 1)),
    TaskFilter(agency="so ldtbxh", place="lam giang", role="lead"),
    TaskFilter(place="nam luong", query="bao cao"),
    TaskFilter(query="ket qua", due_before=date(2024, 12, 31)),
    TaskFilter(agency="ubnd cac xa", overdue=True, today=NOW),
]


@pytest.mark.parametrize("order", duties.ORDERS)
@pytest.mark.parametrize("wanted", [*QUESTIONS, *MIXED], ids=str)
def test_many_tasks_are_those_of_few(
    samples: Database, monkeypatch: pytest.MonkeyPatch, wanted: TaskFilter, order: str
) -> None:
    few = queries.counted_tasks(samples, wanted, Page(1000), order, 1_000_000)
    assert few.rows
    for many, counted in ((1, 1_000_000), (1, 1), (5, 10)):
        monkeypatch.setattr(duties, "_MANY", many)
        monkeypatch.setattr(duties, "_COUNTED", counted)
        found = queries.counted_tasks(samples, wanted, Page(1000), order, 1_000_000)
        assert found.rows == few.rows and found.total in (few.total, 1_000_000)


@pytest.mark.parametrize("wanted", QUESTIONS, ids=str)
def test_tasks_looked_up_are_those_gone_through(samples: Database, wanted: TaskFilter) -> None:
    def ids(few: int) -> list[int]:
        asked = duties.chosen(samples, wanted, few=few)
        return [row[0] for row in samples.execute(asked.ids(), asked.parameters).fetchall()]

    assert ids(few=0) == ids(few=1_000_000) != []
    counted = queries.counted_tasks(samples, wanted, Page(3), "document", 1_000_000)
    assert counted.total == len(ids(few=0)) and counted.rows == queries.tasks(samples, wanted, Page(3))
    assert queries.counted_tasks(samples, wanted, Page(3), "document", 1) == (counted.rows, 1, True, [])


def counted(db: Database) -> list[tuple[int, int, int]]:
    return db.execute(
        "SELECT cited_id, count(*), count(DISTINCT document_id) FROM citations GROUP BY 1 ORDER BY 1"
    ).fetchall()


def test_how_often_a_document_is_cited_is_kept_right(db: Database) -> None:
    kept = "SELECT id, mentions, documents FROM cited_documents ORDER BY id"
    documents = [gold_document(dict(annotated)) for annotated in CORPUS]
    with transaction(db):
        for document in [*documents, *documents[:2]]:  # two of them again
            load.save(db, document, "1")
    assert db.execute(kept).fetchall() == counted(db) != []
    with transaction(db):
        load.delete(db, 1)
    assert db.execute(kept).fetchall() == counted(db)


def test_citations_of_a_few_cited_documents_or_of_many(samples: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = CitationFilter(doc_type="nđ")
    looked_up = queries.citations(samples, wanted)
    monkeypatch.setattr(queries, "FEW", 0)
    assert queries.citations(samples, wanted) == looked_up != []
    assert queries.count_citations(samples, wanted, 1_000_000) == len(looked_up)


@pytest.mark.parametrize("asked", ["giải quyết việc làm", "lao dong", '"ke hoach" 2024'])
def test_many_hits_are_those_found_without_ranking_all(
    samples: Database, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    page = Page(1000)
    ranked = search.search(samples, asked, page)
    monkeypatch.setattr(search, "_count", lambda db, queries: search.RANKED + 1)
    quick = search.search(samples, asked, page)
    assert len(ranked) == len(quick) > 5
    exact = [asked.lower() in hit["text"].lower() for hit in quick]
    assert exact == sorted(exact, reverse=True)  # the very words first
    assert {hit["paragraph_id"] for hit in ranked} == {hit["paragraph_id"] for hit in quick}
    assert search.search(samples, asked, Page(5, 3)) == quick[3:8]


def test_the_words_of_removed_tasks_are_gone(db: Database) -> None:
    with transaction(db):
        document_id = load.save(db, gold_document(dict(CORPUS[0])), "1")
        load.delete(db, document_id)
    db.execute("INSERT INTO task_words(task_words) VALUES ('integrity-check')")
    assert queries.tasks(db, TaskFilter(query="bao cao")) == []


@pytest.mark.parametrize("order", duties.ORDERS)
@pytest.mark.parametrize("wanted", [TaskFilter(), *QUESTIONS, *MIXED], ids=str)
def test_tasks_come_in_their_order_few_or_many(samples: Database, wanted: TaskFilter, order: str) -> None:
    def ids(few: int) -> list[tuple[int, int]]:
        asked = duties.chosen(samples, wanted, order, few)
        return samples.execute(asked.ids(), asked.parameters).fetchall()

    assert ids(few=0) == ids(few=1_000_000)
    assert sorted(ids(few=0)) == sorted(set(ids(few=0)))


def test_charges_and_recurrences_go_with_the_last_document_that_has_them(db: Database) -> None:
    kept = ("charges", "task_charges", "recurrences")
    with transaction(db):
        first, second = (load.save(db, gold_document(dict(annotated)), "1") for annotated in CORPUS[:2])
    before = {table: db.execute(f"SELECT * FROM {table}").fetchall() for table in kept}
    with transaction(db):
        load.save(db, gold_document(dict(CORPUS[0])), "2")
    assert before["charges"] and {len(db.execute(f"SELECT * FROM {t}").fetchall()) - len(before[t]) for t in kept} == {
        0
    }
    with transaction(db):
        load.delete(db, first)
        load.delete(db, second)
    assert [db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in kept] == [0, 0, 0]


def test_no_word_with_its_tones_is_taken_for_a_folded_one() -> None:
    words = "lao động năm 2025 theo Quyết định số 15 lao5 lao0 CT1"
    assert not {*search.exactly(words).split()} & {*fold("lao dong nam theo so ct").split()}
    assert len({*search.exactly(words).split()}) == len({*words.split()})


@pytest.mark.parametrize("asked", ["xa", "ho tham gia", "dien tich", "cho vay", "khong co gi nhu vay", "?!"])
def test_figures_of_no_catalogue_are_found_by_the_words_of_a_name(samples: Database, asked: str) -> None:
    words = set(fold(asked).split())
    every = compare.compare(samples, FigureFilter())
    alike = {r["indicator"] for r in every if words and words <= set(fold(r["indicator"]).split())}
    found = compare.compare(samples, FigureFilter(asked))
    assert alike <= {r["indicator"] for r in found} and (found or not alike)
    assert found == [r for r in every if r["indicator"] in {f["indicator"] for f in found}]
    assert found[3:5] == compare.compare(samples, FigureFilter(asked), Page(2, 3))
    for first in (2, 1_000):
        page = compare.counted(samples, FigureFilter(asked), Page(2, 3), first, 1_000)
        assert page == (found[3:5], found[:first], len(found))
