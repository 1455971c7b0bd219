"""Scoring: what counts as the same, and what a miss or a surplus costs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cli import cli
from pipeline.evaluate import FIELDS, Tally, evaluate, plain, plain_agency, plain_symbol
from pipeline.model import AgencyMention, Citation, DateMention, Document, Header, Quantity, Section, SourceInfo, Task


def gold(**parts: Any) -> dict[str, Any]:
    empty = {k: [] for k in ("sections", "citations", "dates", "quantities", "agencies", "tasks")}
    return {"file": "mau.txt", "header": {"doc_type": "KH", "recipients": []}, **empty, **parts}


def document(**parts: Any) -> Document:
    source = SourceInfo(name="mau.docx", sha256="0", format="docx")
    return Document(source=source, text="", header=Header(doc_type="KH"), **parts)


def task(text: str, *owners: str, **more: Any) -> dict[str, Any]:
    return {"text": text, "agencies": list(owners), "role": "lead", "partners": [], "deadlines": [], **more}


@pytest.mark.parametrize(
    ("one", "other"),
    [("Uỷ ban nhân dân", "ủy ban  nhân dân"), ("2021–2025", "2021 - 2025"), ("Hoà Giang;", "hòa giang")],
)
def test_two_correct_spellings_are_the_same(one: str, other: str) -> None:
    assert plain(one) == plain(other)


def test_the_order_of_units_does_not_matter() -> None:
    assert plain_agency("Ủy ban nhân dân các phường, xã") == plain_agency("Ủy ban nhân dân xã, phường")
    assert plain_agency("Ủy ban nhân dân các xã") != plain_agency("Ủy ban nhân dân các xã, phường")


def test_a_symbol_has_no_spaces_and_no_leading_zeros() -> None:
    assert plain_symbol("05 /KH-UBND") == plain_symbol("5/KH–UBND")


def test_a_document_that_is_missing_counts_as_all_missed() -> None:
    assert evaluate([gold()], [])["header"].recall == 0


def test_mentions_count_as_often_as_they_stand() -> None:
    year = {"text": "năm 2024", "kind": "year", "from": "2024-01-01", "to": "2024-12-31", "month_day": None}
    found = DateMention(text="năm 2024", start=0, end=8, kind="year", from_="2024-01-01", to="2024-12-31")
    tally = evaluate([gold(dates=[year, year])], [document(dates=[found])])["dates"]
    assert (tally.precision, tally.recall) == (1.0, 0.5)


def test_quantities_compare_by_value_and_unit_and_apart_from_that_by_comparator() -> None:
    wanted = {"text": "5 xã", "value": 5, "value_max": None, "of": None, "unit": "xã, thị trấn", "comparator": ">="}
    tallies = evaluate(
        [gold(quantities=[wanted])],
        [document(quantities=[Quantity(text="5 xã", start=0, end=4, value=5.0, unit="xã")])],
    )
    assert (tallies["quantities"].f1, tallies["comparators"].f1) == (1.0, 0.0)


def test_sections_role_and_parent_are_told_apart() -> None:
    wanted = [
        {"id": 1, "parent": None, "label": "I", "heading": "KẾT QUẢ", "role": "results"},
        {"id": 2, "parent": 1, "label": "1", "heading": "Ưu điểm", "role": "achievements"},
    ]
    span: dict[str, Any] = {"text": "", "start": 0, "end": 0, "body_start": 0, "body_end": 0, "level": 1}
    found = [
        Section(id=1, label="I", heading="Kết quả", role="results", **span),
        Section(id=2, label="1", heading="Ưu điểm", role="results", **span),
    ]
    tallies = evaluate([gold(sections=wanted)], [document(sections=found)])
    assert tallies["sections"].f1 == 1.0
    assert tallies["section_role"].recall == tallies["section_parent"].recall == 0.5


def test_agencies_are_a_set() -> None:
    twice = [AgencyMention(text="", start=0, end=0, name="Sở Tài chính tỉnh A")] * 2
    assert evaluate([gold(agencies=["Sở Tài chính tỉnh A"])], [document(agencies=twice)])["agencies"].f1 == 1.0


def test_citations_need_symbol_and_date() -> None:
    wanted = {"text": "", "doc_type": "NĐ", "symbol": "61/2015/NĐ-CP", "title": None, "issued_on": "2015-07-09"}
    found = Citation(text="", start=0, end=0, doc_type="NĐ", symbol="61/2015/NĐ-CP", issued_on="2015-07-10")
    assert evaluate([gold(citations=[wanted])], [document(citations=[found])])["citations"].f1 == 0.0


def test_a_duty_is_right_only_with_its_owners() -> None:
    words = "Rà soát nhu cầu học nghề của người lao động trên địa bàn"
    wanted = [task(words, "Sở A", deadlines=["trước ngày 10/6"]), task("Báo cáo kết quả thực hiện hằng năm", "Sở B")]
    due = DateMention(text="ngày 10/6", start=0, end=9, kind="day", month_day="06-10")
    found = [
        Task(text=f"{words}.", start=0, end=0, agency="Sở A", agencies=["Sở A"], deadlines=[0]),
        Task(text="Báo cáo kết quả thực hiện hằng năm", start=0, end=0, agency="Sở C", agencies=["Sở C"]),
    ]
    tallies = evaluate([gold(tasks=wanted)], [document(tasks=found, dates=[due])])
    assert tallies["task_text"].f1 == 1.0
    assert tallies["tasks"].f1 == 0.5
    assert tallies["task_deadline"].f1 == 1.0  # a shorter cut of the same words


@given(st.lists(st.integers(0, 3)), st.lists(st.integers(0, 3)))
def test_f1_lies_between_precision_and_recall(wanted: list[int], found: list[int]) -> None:
    tally = Tally()
    tally.count("mau", wanted, found)
    low, high = sorted((tally.precision, tally.recall))
    assert 0 <= tally.f1 <= 1
    if wanted and found:
        assert low - 1e-9 <= tally.f1 <= high + 1e-9


# --------------------------------------------------------------------------- vanban eval

CORPUS = Path(__file__).parent.parent / "corpus"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["eval", *map(str, arguments)])


def test_eval_gives_a_row_a_field_and_kind() -> None:
    files = sorted((CORPUS / "docx").glob("bc-huyen-*.docx"))[:2] + sorted((CORPUS / "docx").glob("cv-*.docx"))
    result = run(CORPUS / "gold", *files, "--format", "jsonl")
    rows = [json.loads(line) for line in result.output.splitlines()]
    assert result.exit_code == 0
    assert {(row["doc_type"], row["documents"]) for row in rows} == {(None, 3), ("BC", 2), ("CV", 1)}
    assert [row["field"] for row in rows[: len(FIELDS)]] == list(FIELDS)
    sections = [row for row in rows if row["field"] == "sections"]
    assert sections[0]["hits"] == sections[1]["hits"] + sections[2]["hits"] > 0


def test_eval_lists_what_was_missed_and_what_was_found_too_much(tmp_path: Path) -> None:
    annotated = json.loads((CORPUS / "gold" / "cv-don-doc-viec-lam-2024.json").read_text("utf-8"))
    annotated["agencies"].append("Sở Mây tỉnh Lâm Giang")
    annotated["dates"].pop()
    gold_folder = tmp_path / "gold"
    gold_folder.mkdir()
    (gold_folder / "cv.json").write_text(json.dumps(annotated), "utf-8")
    result = run(gold_folder, CORPUS / "docx" / "cv-don-doc-viec-lam-2024.docx", "--format", "table", "--errors", "9")
    assert "CV (1)" in result.output
    assert "sở mây tỉnh lâm giang" in result.output.split("agencies: sót")[1]
    assert "dates: thừa 1" in result.output


def test_eval_finds_the_documents_beside_their_annotations(tmp_path: Path) -> None:
    for path in ("gold/tb-ket-luan-so-ket-2024.json", "txt/tb-ket-luan-so-ket-2024.txt"):
        (tmp_path / path).parent.mkdir()
        (tmp_path / path).write_bytes((CORPUS / path).read_bytes())
    (header, *_) = [json.loads(line) for line in run(tmp_path / "gold", "--format", "jsonl").output.splitlines()]
    assert header["missed"] == 0


def test_eval_needs_annotations(tmp_path: Path) -> None:
    result = run(tmp_path)
    assert result.exit_code == 2
