"""Corrections: made, kept through another reading, undone, exported."""

from __future__ import annotations

from typing import Any

import pytest
from invented import LINES, PHONG, TEXT, XA, document
from sqlite_utils import Database

from pipeline.model import Document
from pipeline.review import HEADER, BadCorrection, anchor, find
from pipeline.review.values import read_value, typed_value
from pipeline.store import browse, load, queries, review
from pipeline.store.browse import DocumentFilter
from pipeline.store.review import Target, correct, undo
from pipeline.store.writing import transaction

OFFICE = "Phòng Nội vụ huyện Phong Thổ"


def put(db: Database, given: Document, program: str = "1", replaces: int | None = None) -> int:
    with transaction(db):
        return load.save(db, given, program, replaces)


def moved(by: str = "Lời mở đầu mới.\n") -> Document:
    """The same document with words put before it, as a later version of the program might read it."""
    found = document()
    found.text = by + found.text
    for items in (found.sections, found.citations, found.dates, found.quantities, found.agencies, found.tasks):
        for item in items:  # type: ignore[attr-defined]
            item.start += len(by)
            item.end += len(by)
    return found


def owners(db: Database) -> list[list[str]]:
    return [task["agencies"] for task in queries.tasks(db)]


def test_a_task_gets_its_right_owner_everywhere(db: Database) -> None:
    one = put(db, document())
    before = [task["task_id"] for task in queries.tasks(db)]
    correct(db, Target(one, "task", 0), "correct", {"agencies": [OFFICE]}, "Lan")
    assert owners(db)[0] == [OFFICE]
    assert [task["reviewed"] for task in queries.tasks(db)] == ["corrected", None]
    assert [t["task_id"] for t in queries.tasks(db, queries.TaskFilter(agency="phong noi vu phong tho"))] == before[:1]
    assert [task["task_id"] for task in queries.tasks(db)] == before
    held = queries.document(db, one)
    assert held is not None and held.tasks[0].agency == OFFICE
    assert load.extracted(db, one) == document()
    assert OFFICE.encode() in b"".join(queries.contents(db))


def test_a_correction_outlives_another_reading(db: Database) -> None:
    one = put(db, document())
    correct(db, Target(one, "task", 0), "correct", {"agencies": [OFFICE], "role": "direct"}, "Lan")
    put(db, moved(), program="2")
    assert owners(db) == [[OFFICE], [XA, PHONG]]
    assert not review.history(db, lost=True)


def due(db: Database) -> list[list[str]]:
    return [[deadline["text"] for deadline in task["deadlines"]] for task in queries.tasks(db)]


def test_deadlines_are_linked_anew_and_outlive_another_reading(db: Database) -> None:
    one = put(db, document())
    first, second = due(db)
    correct(db, Target(one, "task", 0), "correct", {"deadlines": [0, 1]}, "Lan")
    assert due(db) == [[*first, *second], second]
    other = moved()
    other.dates.reverse()
    for task in other.tasks:
        task.deadlines = [1 - d for d in task.deadlines]
    put(db, other, program="2")
    assert sorted(due(db)[0]) == sorted([*first, *second]) and due(db)[1] == second
    (told,) = review.history(db)
    assert (told["was"], told["changes"]) == ({"deadlines": first}, {"deadlines": [*first, *second]})
    assert review.gold(db)[0]["tasks"][0]["deadlines"] == due(db)[0]


def test_deadlines_that_find_no_hold_leave_what_was_extracted_and_the_rest_of_the_correction(db: Database) -> None:
    one = put(db, document())
    correct(db, Target(one, "task", 0), "correct", {"deadlines": [1], "role": "direct"}, "Lan")
    other = document()
    other.dates = other.dates[:1]
    other.tasks[1].deadlines = []
    put(db, other, program="2")
    assert due(db) == [[other.dates[0].text], []] and queries.tasks(db)[0]["role"] == "direct"
    assert [r["author"] for r in review.history(db, lost=True)] == ["Lan"]
    put(db, document(), program="3")
    assert due(db)[0] == due(db)[1] and not review.history(db, lost=True)


def test_a_deadline_whose_date_is_dismissed_goes_with_it(db: Database) -> None:
    one = put(db, document())
    correct(db, Target(one, "task", 0), "correct", {"deadlines": [0, 1]}, "Lan")
    made = correct(db, Target(one, "date", 0), "dismiss", {}, "Lan")
    assert due(db)[0] == due(db)[1]
    held = review.corrected(db, one)
    assert held is not None and held.values("task", 0) == {**(held.values("task", 0) or {}), "deadlines": [1]}
    undo(db, made, "Lan")
    assert len(due(db)[0]) == 2


@pytest.mark.parametrize("wrong", [[2], [-1], [0, 99]])
def test_only_dates_of_the_document_are_deadlines(db: Database, wrong: list[int]) -> None:
    one = put(db, document())
    before = due(db)
    with pytest.raises(BadCorrection, match="Thời hạn"):
        correct(db, Target(one, "task", 0), "correct", {"deadlines": wrong}, "Lan")
    assert due(db) == before


def test_what_finds_no_hold_is_listed_and_comes_back(db: Database) -> None:
    one = put(db, document())
    correct(db, Target(one, "task", 0), "correct", {"agencies": [OFFICE]}, "Lan")
    other = document()
    other.tasks = other.tasks[1:]
    put(db, other, program="2")
    assert [(r["text"], r["author"]) for r in review.history(db, lost=True)] == [(LINES[4], "Lan")]
    put(db, document(), program="3")
    assert not review.history(db, lost=True) and owners(db)[0] == [OFFICE]


def test_a_document_removed_and_read_again_keeps_its_corrections(db: Database) -> None:
    one = put(db, document())
    correct(db, Target(one, "task", 0), "correct", {"agencies": [OFFICE]}, "Lan")
    with transaction(db):
        load.delete(db, one)
    put(db, document(symbol="99/KH-UBND"))
    put(db, document())
    assert owners(db).count([OFFICE]) == 1 and not review.history(db, lost=True)


def test_undoing_brings_back_what_was_extracted_and_is_remembered(db: Database) -> None:
    one = put(db, document())
    before = queries.everything(db)
    made = correct(db, Target(one, "date", 0), "dismiss", {}, "Lan")
    assert queries.tasks(db)[0]["deadlines"] == []
    assert undo(db, made, "Hoa") == one
    assert queries.everything(db) == before
    (told,) = review.history(db)
    assert (told["author"], told["undone_by"], told["action"]) == ("Lan", "Hoa", "dismiss")
    with pytest.raises(BadCorrection):
        undo(db, made, "Hoa")


def test_a_later_correction_takes_the_place_of_an_earlier(db: Database) -> None:
    one = put(db, document())
    correct(db, Target(one, "section", 0), "correct", {"role": "funding"}, "Lan")
    correct(db, Target(one, "section", 0), "correct", {"role": "targets"}, "Hoa")
    assert [r["undone_by"] for r in review.history(db)] == [None, "Hoa"]
    held = queries.document(db, one)
    assert held is not None and held.sections[0].role == "targets"


def test_a_merged_agency_has_one_name_throughout(db: Database) -> None:
    one = put(db, document())
    correct(db, Target(one, "agency", 0), "merge", {"name": OFFICE}, "Lan")
    held = queries.document(db, one)
    assert held is not None and PHONG not in held.model_dump_json()
    assert held.tasks[1].agencies == [XA, OFFICE] and held.agencies[0].name == OFFICE


def test_dismissed_findings_leave_the_others_in_place(db: Database) -> None:
    one = put(db, document())
    correct(db, Target(one, "citation", 0), "dismiss", {}, "Lan")
    correct(db, Target(one, "quantity", 0), "dismiss", {}, "Lan")
    correct(db, Target(one, "agency", 0), "accept", {}, "Lan")
    held = queries.document(db, one)
    assert held is not None and not held.citations and held.header.legal_bases == []
    assert [q.text for q in held.quantities] == ["30"]
    assert review.target_of(db, "quantity", db.execute("SELECT id FROM quantities").fetchone()[0]) == Target(
        one, "quantity", 1
    )


def test_a_citation_gets_another_identity(db: Database) -> None:
    one = put(db, document())
    correct(db, Target(one, "citation", 0), "correct", {"symbol": "71/2023/NĐ-CP"}, "Lan")
    (row,) = queries.citations(db)
    assert row["symbol"] == "71/2023/NĐ-CP" and "71" in row["key"] and row["reviewed"] == "corrected"


@pytest.mark.parametrize(
    ("kind", "number", "action", "changes"),
    [
        ("task", 0, "correct", {"agencies": []}),
        ("task", 0, "correct", {"role": "boss"}),
        ("task", 0, "correct", {"text": "x"}),
        ("task", 0, "correct", {}),
        ("task", 9, "accept", {}),
        ("task", -1, "accept", {}),
        ("nothing", 0, "accept", {}),
        ("section", 0, "dismiss", {}),
        ("task", 0, "merge", {"name": "x"}),
        ("quantity", 0, "correct", {"value": "nhiều"}),
    ],
)
def test_what_makes_no_sense_is_refused(
    db: Database, kind: str, number: int, action: Any, changes: dict[str, Any]
) -> None:
    one = put(db, document())
    with pytest.raises(BadCorrection):
        correct(db, Target(one, kind, number), action, changes, "Lan")
    assert not review.history(db)


def test_equal_words_are_told_apart_by_those_around() -> None:
    found = document(text=TEXT)
    held = anchor(found, "agency", 1)
    assert find(moved("UBND các xã, thị trấn họp. " * 3), "agency", held) == 1


def test_reviewed_documents_become_gold(db: Database) -> None:
    one, _ = put(db, document()), put(db, document(symbol="16/KH-UBND"))
    correct(db, Target(one, "task", 0), "correct", {"agencies": [OFFICE]}, "Lan")
    (gold,) = review.gold(db)
    assert gold["tasks"][0]["agencies"] == [OFFICE]
    assert gold["tasks"][0]["deadlines"] == ["trước ngày 10/6/2024"]


def header(field: str) -> int:
    return HEADER.index(field)


def test_a_field_of_the_header_is_corrected_everywhere(db: Database) -> None:
    one = put(db, document())
    said = {"symbol": "51/KH-UBND", "issuer": "Ủy ban nhân dân huyện Mường Tè", "issued_on": "2024-03-05"}
    for field, value in {**said, "signer_name": "Lò Văn Tám"}.items():
        correct(db, Target(one, "header", header(field)), "correct", {field: value}, "Lan")
    (row,) = queries.documents(db)
    assert {field: row[field] for field in said} == said
    assert (row["document"], row["signer"], row["reviewed"]) == ("51/KH-UBND", "Lò Văn Tám", "corrected")
    assert {(t["document"], t["issuer"], t["issued_on"]) for t in queries.tasks(db)} == {tuple(said.values())}
    assert browse.browse(db, DocumentFilter(place="huyen muong te")) and not browse.browse(
        db, DocumentFilter(place="huyen phong tho")
    )
    assert b"51/KH-UBND" in b"".join(queries.contents(db))
    (gold,) = review.gold(db)
    assert gold["header"]["symbol"] == "51/KH-UBND" and gold["header"]["signer"]["name"] == "Lò Văn Tám"
    assert load.extracted(db, one) == document()


def test_a_corrected_header_outlives_another_reading_and_is_taken_back(db: Database) -> None:
    one = put(db, document(symbol=None))
    made = correct(db, Target(one, "header", header("symbol")), "correct", {"symbol": "51/KH-UBND"}, "Lan")
    correct(db, Target(one, "header", header("title")), "accept", {}, "Hoa")
    again = moved()
    again.header.symbol, again.source.sha256 = "5l/KH-UBND", document(symbol=None).source.sha256
    put(db, again, program="2")
    assert queries.documents(db)[0]["symbol"] == "51/KH-UBND" and not review.history(db, lost=True)
    undo(db, made, "Hoa")
    (row,) = queries.documents(db)
    assert (row["symbol"], row["reviewed"]) == ("5l/KH-UBND", "accepted")
    accepted, corrected = review.history(db)
    assert (corrected["author"], corrected["undone_by"], corrected["was"]) == ("Lan", "Hoa", {"symbol": None})
    assert (accepted["author"], accepted["text"]) == ("Hoa", "Tổ chức ngày hội việc làm năm 2024")


@pytest.mark.parametrize(
    ("field", "action", "changes"),
    [
        ("symbol", "dismiss", {}),
        ("symbol", "correct", {"title": "x"}),
        ("issued_on", "correct", {"issued_on": "hôm qua"}),
        ("recipients", "correct", {"recipients": "x"}),
    ],
)
def test_a_header_takes_only_what_fits_its_field(
    db: Database, field: str, action: Any, changes: dict[str, Any]
) -> None:
    one = put(db, document())
    with pytest.raises(BadCorrection):
        correct(db, Target(one, "header", header(field)), action, changes, "Lan")


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        ("doc_type", "báo cáo", "BC"),
        ("doc_type", "qđ", "QĐ"),
        ("symbol", " 38 / KH-UBND", "38/KH-UBND"),
        ("issued_on", "5/3/2024", "2024-03-05"),
        ("draft", "có", True),
        ("draft", "", False),
        ("title", "", None),
        ("recipients", "Như trên; Lưu: VT", ["Như trên", "Lưu: VT"]),
    ],
)
def test_what_is_typed_for_a_field_of_the_header(field: str, typed: str, value: Any) -> None:
    assert read_value("header", field, typed) == value
    assert read_value("header", field, typed_value(field, value)) == value


@pytest.mark.parametrize(("field", "typed"), [("doc_type", "tờ giấy"), ("issued_on", "hôm qua"), ("draft", "hay là")])
def test_what_fits_no_field_of_the_header_is_told(field: str, typed: str) -> None:
    with pytest.raises(BadCorrection, match=typed):
        read_value("header", field, typed)
