"""The handout: what an official prints."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook

from pipeline.worksheet import worksheet

TODAY = date(2024, 9, 1)
SO = "Sở Nội vụ tỉnh Lâm Giang"
LABOUR = "Sở Lao động - Thương binh và Xã hội tỉnh Lâm Giang"


def task(
    number: int, agency: str = SO, document: int | str = 1, text: str = "Rà soát biên chế.", **more: Any
) -> dict[str, Any]:
    return {
        "task_id": number,
        "document_id": document,
        "document": f"{document}/KH-UBND",
        "issued_on": "2024-01-25",
        "issuer": "Ủy ban nhân dân tỉnh Lâm Giang",
        "section": None,
        "agency": agency,
        "agency_key": None,
        "role": "lead",
        "agencies": [agency],
        "partners": ["Công an tỉnh Lâm Giang"],
        "text": text,
        "deadlines": [
            {"text": "trước ngày 15/9/2024", "from": None, "to": None, "month_day": None, "recurrence": None}
        ],
        "report_to": None,
        "page": 3,
        "ocr": False,
        "next_due": "2024-09-15",
        "due_status": "upcoming",
        "repeats": None,
        "repeated_by": [],
        "current_agency": None,
        "current_candidates": None,
        "current_members": None,
        "current_chain": None,
        "current_why": None,
        **more,
    }


def book(*tasks: dict[str, Any]) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(worksheet(tasks, TODAY)))


def rows(workbook: Workbook, sheet: str) -> list[list[Any]]:
    return [[v for v in row if v is not None] for row in workbook[sheet].iter_rows(values_only=True)]


def test_one_agency_is_one_sheet_grouped_by_document() -> None:
    workbook = book(task(1), task(2, text="Tổng hợp."), task(3, document=7))
    (sheet,) = workbook.sheetnames
    told = rows(workbook, sheet)
    assert told[:3] == [["BẢNG THEO DÕI NHIỆM VỤ"], [SO], ["3 nhiệm vụ trong 2 văn bản; lập ngày 01/09/2024"]]
    assert told[4][:3] == ["STT", "Nhiệm vụ (nguyên văn)", "Cơ quan thực hiện"]
    assert told[5] == ["1/KH-UBND ngày 25/01/2024 của Ủy ban nhân dân tỉnh Lâm Giang"]
    assert told[6] == [
        1, "Rà soát biên chế.", SO, "chủ trì", "Công an tỉnh Lâm Giang", "trước ngày 15/9/2024", datetime(2024, 9, 15),
        "1/KH-UBND", 3,
    ]  # fmt: skip
    assert [r[0] for r in told[7:]] == [2, "7/KH-UBND ngày 25/01/2024 của Ủy ban nhân dân tỉnh Lâm Giang", 3]


def test_it_prints_on_a4_with_headings_and_page_numbers() -> None:
    for sheet in book(task(1), task(2, LABOUR)).worksheets:
        assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToHeight == 0
        assert sheet.print_title_rows == "$5:$5"
        assert "&P" in sheet.oddFooter.center.text
        assert sheet["B5"].alignment.wrap_text and sheet["B5"].border.left.style == "thin"


def test_several_agencies_get_an_overview_with_a_way_to_each() -> None:
    overdue = task(3, LABOUR, next_due=None, due_status="overdue")
    workbook = book(task(1), task(2, LABOUR), overdue, task(4, repeats=2))
    overview, *sheets = workbook.sheetnames
    assert overview == "Tổng hợp" and len(sheets) == 2
    told = rows(workbook, overview)
    assert told[2] == ["3 nhiệm vụ; lập ngày 01/09/2024"]  # a duty said twice counts once
    by_agency = {row[1]: row[2:] for row in told[5:]}
    assert by_agency[SO][:3] == [1, 1, 0] and by_agency[LABOUR][:3] == [2, 0, 1]
    for row in workbook[overview].iter_rows(min_row=6):
        assert row[-1].hyperlink.location == f"'{row[-1].value}'!A1" and row[-1].value in sheets


def test_a_duty_of_several_stands_on_the_sheet_of_each_unless_one_is_asked_for() -> None:
    shared = task(1, agencies=[SO, LABOUR])
    assert len(book(shared).sheetnames) == 3
    assert rows(book(shared), "Tổng hợp")[2] == ["1 nhiệm vụ; lập ngày 01/09/2024"]
    asked = openpyxl.load_workbook(io.BytesIO(worksheet([shared], TODAY, asked=True)))
    assert len(asked.sheetnames) == 1


def test_who_holds_it_now_is_told_where_asked() -> None:
    steps = [{"text": "A → B", "ground": "Nghị định số 45/2025/NĐ-CP ngày 28/02/2025"}]
    held = task(1, current_agency="Sở Y tế", current_candidates=[], current_chain=steps)
    divided = task(2, current_candidates=["Sở Y tế", "Sở Nội vụ"], current_chain=[], current_why="Đã chia.")
    told = rows(workbook := book(held, divided), workbook.sheetnames[0])
    assert told[4][-1] == "Cơ quan giữ nhiệm vụ hiện nay"
    assert told[6][-1] == "Sở Y tế\nCăn cứ: Nghị định số 45/2025/NĐ-CP ngày 28/02/2025."
    assert told[7][-1] == "Một trong: Sở Y tế; Sở Nội vụ.\nĐã chia."


def test_no_duties_is_an_empty_handout() -> None:
    assert rows(book(), book().sheetnames[0])[2] == ["0 nhiệm vụ trong 0 văn bản; lập ngày 01/09/2024"]


@pytest.mark.parametrize("words", ["=1+1", "+84", "-1", "@x", '=HYPERLINK("http://a")', "\x07chuông"])
def test_words_are_never_formulas(words: str) -> None:
    workbook = book(task(1, words, text=words, document=words))
    for row in workbook.worksheets[0].iter_rows():
        assert all(cell.data_type != "f" for cell in row)


names = st.text(max_size=60)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(names, names), max_size=4))
def test_any_names_make_a_workbook(given_: list[tuple[str, str]]) -> None:
    workbook = book(*(task(i, agency, text=text) for i, (agency, text) in enumerate(given_)))
    assert len(set(workbook.sheetnames)) == len(workbook.sheetnames)
    assert all(1 <= len(name) <= 31 for name in workbook.sheetnames)
