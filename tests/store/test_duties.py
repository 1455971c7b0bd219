"""What the store says of duties beyond their words: who holds them now, when they fall due, which repeat another."""

from __future__ import annotations

import json
from datetime import date

import pytest
from invented import PHONG, XA, document
from sqlite_utils import Database

from pipeline.model import Citation, Document
from pipeline.store import current, load, queries
from pipeline.store.queries import TaskFilter
from pipeline.store.repeats import kind_of, likeness, pairs_of
from pipeline.store.writing import transaction

AUGUST = date(2025, 8, 1)
COMMUNES = "thuộc địa bàn huyện Phong Thổ cũ"


def put(db: Database, *documents: Document) -> None:
    with transaction(db):
        for doc in documents:
            load.save(db, doc, "1")


@pytest.fixture
def one(db: Database) -> Database:
    """A store with the plan of a district: a duty of its labour office and one of its communes."""
    put(db, document())
    return db


# --------------------------------------------------------------------------- now


def test_nothing_is_said_of_today_unless_asked(one: Database) -> None:
    for row in queries.tasks(one):
        assert {row[field] for field in current.FIELDS} == {None}


def test_who_holds_it_with_chain_and_ground(one: Database) -> None:
    office, communes = queries.tasks(one, TaskFilter(as_of=AUGUST))
    assert office["agency"] == PHONG and office["current_agency"] is None
    assert f"Phòng Văn hóa - Xã hội các xã, phường {COMMUNES}" in office["current_candidates"]
    assert "không nêu lĩnh vực" in office["current_why"]
    assert communes["current_agency"] == f"Ủy ban nhân dân các xã, phường {COMMUNES}"
    assert "Ủy ban nhân dân xã Phong Thổ" in communes["current_members"]
    (step,) = communes["current_chain"]
    assert (step["from"], step["to"], step["on"]) == (XA, communes["current_agency"], "2025-07-01")
    assert step["ground"] in step["text"] and "76/2025/UBTVQH15" in step["ground"]
    json.dumps(communes)


def test_before_the_reform_it_is_the_body_itself(one: Database) -> None:
    rows = queries.tasks(one, TaskFilter(as_of=date(2024, 12, 31)))
    assert [(r["current_agency"], r["current_chain"]) for r in rows] == [(PHONG, []), (XA, [])]


@pytest.mark.parametrize("name", ["ubnd xa sin suoi ho", "UBND xã Phong Thổ"])
def test_a_commune_of_today_finds_what_it_took_over(one: Database, name: str) -> None:
    assert [r["agency"] for r in queries.tasks(one, TaskFilter(agency=name, as_of=AUGUST))] == [XA]


def test_who_may_hold_it_is_no_answer_to_who_holds_it(one: Database) -> None:
    assert queries.tasks(one, TaskFilter(agency="cong an tinh lai chau", as_of=AUGUST)) == []


# --------------------------------------------------------------------------- due


def test_the_next_day_and_the_state_of_a_deadline(one: Database) -> None:
    once, yearly = queries.tasks(one, TaskFilter(today=date(2025, 1, 10)))
    assert (once["next_due"], once["due_status"]) == (None, "overdue")
    assert (yearly["next_due"], yearly["due_status"]) == ("2025-12-05", "upcoming")


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"overdue": True, "today": date(2024, 6, 11)}, [PHONG]),
        ({"overdue": True, "today": date(2024, 6, 10)}, []),
        ({"coming": 0, "today": date(2024, 6, 10)}, [PHONG]),
        ({"coming": 30, "today": date(2024, 6, 11)}, []),
        ({"coming": 30, "today": date(2030, 11, 20)}, [XA]),
        ({"coming": 10**9, "today": date(2024, 3, 1)}, [PHONG, XA]),
    ],
)
def test_overdue_and_coming(one: Database, wanted: dict[str, object], found: list[str]) -> None:
    assert [r["agency"] for r in queries.tasks(one, TaskFilter(**wanted))] == found  # type: ignore[arg-type]


# --------------------------------------------------------------------------- twice


def citing(symbol: str, cited: str) -> Document:
    """A plan with the same duties that cites another."""
    doc = document(district="Tam Đường", symbol=symbol)
    given = doc.citations[0]
    mention = Citation(
        **given.model_dump(include={"text", "start", "end"}), doc_type="KH", symbol=cited, key=f"KH {cited}"
    )
    return doc.model_copy(update={"citations": [mention]})


@pytest.mark.parametrize("order", [1, -1])
def test_a_plan_that_repeats_the_one_it_cites_is_linked(db: Database, order: int) -> None:
    put(db, *[document(symbol="15/KH-UBND"), citing("8/KH-UBND", "15/KH-UBND")][::order])
    rows = {(r["document"], r["text"]): r for r in queries.tasks(db)}
    for (symbol, text), row in rows.items():
        if symbol == "8/KH-UBND":
            assert row["repeats"] == rows["15/KH-UBND", text]["task_id"] and row["repeated_by"] == []
        else:
            assert row["repeats"] is None and row["repeated_by"] == [rows["8/KH-UBND", text]["task_id"]]


def test_plans_that_do_not_cite_each_other_are_not_linked(db: Database) -> None:
    put(db, document(), citing("8/KH-UBND", "99/KH-UBND"))
    assert not any(r["repeats"] or r["repeated_by"] for r in queries.tasks(db))


def test_links_go_with_their_documents(db: Database) -> None:
    put(db, document(symbol="15/KH-UBND"), citing("8/KH-UBND", "15/KH-UBND"))
    with transaction(db):
        load.delete(db, 1)
    assert db.execute("SELECT count(*) FROM task_repeats").fetchone()[0] == 0


def test_likeness_needs_words_and_offices_their_field() -> None:
    long = pairs_of("Rà soát, lập danh sách người lao động có nhu cầu đi làm việc ở nước ngoài trước ngày 10/6")
    assert likeness(long, pairs_of("Rà soát, lập danh sách lao động có nhu cầu đi làm việc ở nước ngoài")) > 0.6
    assert likeness(long, pairs_of("Rà soát quỹ đất")) == 0.0
    assert likeness(pairs_of("Tổ chức thực hiện"), pairs_of("Tổ chức thực hiện")) == 0.0
    assert (
        kind_of("Sở Nội vụ tỉnh Lào Cai") == kind_of("Phòng Nội vụ huyện Phong Thổ") != kind_of("Sở Y tế tỉnh Lào Cai")
    )
