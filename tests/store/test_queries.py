"""What one can ask of the store."""

from __future__ import annotations

from datetime import date

import pytest
from invented import PHONG, XA, document
from sqlite_utils import Database

from pipeline.model import AgencyMention, Document
from pipeline.store import load, queries
from pipeline.store.match import AmbiguousName
from pipeline.store.queries import CitationFilter, Page, TaskFilter
from pipeline.store.search import mark, search
from pipeline.store.writing import transaction


@pytest.fixture
def two(db: Database) -> Database:
    """A store with the plans of two districts of one province."""
    put(db, document(), document(district="Tam Đường", symbol="16/KH-UBND"))
    return db


def put(db: Database, *documents: Document) -> None:
    with transaction(db):
        for doc in documents:
            load.save(db, doc, "1")


def owners(db: Database, **wanted: object) -> list[tuple[int, str]]:
    found = queries.tasks(db, TaskFilter(**wanted))  # type: ignore[arg-type]
    return [(t["document_id"], t["agency"]) for t in found]


def test_rows_of_tasks(two: Database) -> None:
    row = queries.tasks(two)[0]
    assert tuple(row) == queries.TASK_FIELDS
    assert row["document"] == "15/KH-UBND"
    assert row["page"] == 2
    assert row["section"] == "1. Phòng LĐ-TB&XH"
    assert (row["agency"], row["agency_key"], row["partners"]) == (PHONG, "pldtbxh", [XA])
    assert row["deadlines"] == [
        {
            "text": "trước ngày 10/6/2024",
            "from": "2024-06-10",
            "to": "2024-06-10",
            "month_day": None,
            "recurrence": None,
        }
    ]


def test_an_office_without_place_is_that_of_every_district(two: Database) -> None:
    other = PHONG.replace("Phong Thổ", "Tam Đường")
    assert owners(two, agency="phong ldtbxh") == [(1, PHONG), (1, PHONG), (2, other), (2, other)]
    assert owners(two, agency="phong ldtbxh huyen tam duong", role="lead") == [(2, other), (2, other)]
    assert owners(two, agency="ldtbxh tam duong") == [(2, other), (2, other)]


def test_a_commune_is_held_by_the_collective_of_its_district(two: Database) -> None:
    assert owners(two, agency="ubnd xa muong so") == [(1, XA)]
    assert owners(two, agency="UBND xã Không Có") == []


def test_a_collective_can_be_named(two: Database) -> None:
    assert owners(two, agency="UBND các xã") == owners(two, agency="ubnd cac xa, thi tran") == [(1, XA), (2, XA)]


def test_two_kinds_of_office_are_ambiguous(db: Database) -> None:
    doc = document()
    names = ["Sở Văn hóa và Thể thao tỉnh Sơn La", "Sở Văn hóa, Thể thao và Du lịch tỉnh Sơn La"]
    doc.agencies += [AgencyMention(text=doc.text[:1], start=0, end=1, name=name) for name in names]
    put(db, doc)
    with pytest.raises(AmbiguousName) as raised:
        owners(db, agency="so van hoa")
    assert raised.value.candidates == names
    assert owners(db, agency="so van hoa the thao") == []  # one kind, which has no tasks


@pytest.mark.parametrize(
    ("after", "before", "found"),
    [
        (None, "2024-06-10", 1),
        (None, "2024-06-09", 0),
        ("2024-06-10", "2024-06-30", 1),
        ("2024-12-01", "2024-12-31", 1),
        ("2025-12-01", "2026-01-31", 1),
        ("2024-01-01", None, 2),
        (None, "2024-12-31", 2),
    ],
)
def test_deadlines_between_two_days(db: Database, after: str | None, before: str | None, found: int) -> None:
    put(db, document())
    days = [date.fromisoformat(d) if d else None for d in (after, before)]
    assert len(owners(db, due_after=days[0], due_before=days[1])) == found


def test_places_and_issuers(two: Database) -> None:
    assert {d for d, _ in owners(two, place="phong tho")} == {1}
    assert {d for d, _ in owners(two, place="Tỉnh Lai Châu")} == {1, 2}
    assert {d for d, _ in owners(two, issuer="ubnd huyện Tam Đường")} == {2}
    assert {d for d, _ in owners(two, document=2)} == {2}


def test_words_of_a_task(two: Database) -> None:
    assert len(owners(two, query="dao tao")) == 2
    assert len(owners(two, query="đào tạo 121")) == 0
    assert owners(two, query="100%_") == []


def test_pages_of_rows(two: Database) -> None:
    everything = queries.tasks(two)
    assert queries.tasks(two, page=Page(2, 1)) == everything[1:3]
    assert queries.tasks(two, page=Page(0)) == []


def test_citations_by_mention_and_by_target(two: Database) -> None:
    mention = queries.citations(two)[0]
    assert tuple(mention) == queries.CITATION_FIELDS
    assert (mention["symbol"], mention["pinpoint"], mention["page"]) == ("70/2023/NĐ-CP", {"điều": "5"}, 1)
    (target,) = queries.cited_documents(two)
    assert tuple(target) == queries.TARGET_FIELDS
    assert (target["mentions"], [d["document_id"] for d in target["cited_by"]]) == (2, [1, 2])


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (CitationFilter(symbol="70/2023/nd-cp"), 2),
        (CitationFilter(symbol="70/2023"), 2),
        (CitationFilter(symbol="0/2023"), 0),
        (CitationFilter(symbol="70/20"), 0),
        (CitationFilter(doc_type="nđ"), 2),
        (CitationFilter(issuer="chinh phu"), 2),
        (CitationFilter(cited_by=2), 1),
    ],
)
def test_citations_asked_for(two: Database, wanted: CitationFilter, found: int) -> None:
    assert len(queries.citations(two, wanted)) == found


def test_search_with_and_without_tones(two: Database) -> None:
    assert next(r["marked"] for r in search(two, "dao tao")).count("«đào tạo»") == 1
    assert len(search(two, "đào tạo")) == len(search(two, "DAO TAO")) == 2
    assert search(two, "kế hoạch")[0]["page"] == 1
    assert search(two, "") == search(two, '"') == search(two, "không hề có") == []


def test_exact_tones_come_first(db: Database) -> None:
    doc = document()
    doc.text = "đặt bàn ghế\nđất bán hết\nđạt bản đồ"
    doc.tasks, doc.dates, doc.quantities, doc.agencies, doc.citations = [], [], [], [], []
    doc.sections, doc.pages, doc.tables = [], [], []
    put(db, doc)
    assert next(r["text"] for r in search(db, "đạt bản")) == "đạt bản đồ"
    assert next(r["text"] for r in search(db, "đất")) == "đất bán hết"
    assert len(search(db, "dat ban")) == 3


@pytest.mark.parametrize("typed", ["NOT", "a AND", "(", "^x", "folded:y", "*", "'; DROP TABLE files", "a\x00b"])
def test_nothing_typed_is_read_as_syntax(two: Database, typed: str) -> None:
    search(two, typed)
    owners(two, query=typed)


def test_marks_join_words_in_a_row() -> None:
    assert mark("Đào tạo, đào mới", {"dao", "tao"}) == "«Đào tạo», «đào» mới"
