"""Rows in every format."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from pipeline.render import replace_file, to_bytes, workbook, write
from pipeline.wording import SHEETS

COLUMNS = ("task_id", "agency", "partners", "deadlines", "text")
ROWS = [
    {
        "task_id": 1,
        "agency": "Sở Nội vụ",
        "partners": ["Sở Y tế", "Sở Tài chính"],
        "deadlines": [{"text": "quý I", "from": None}],
        "text": "- Rà soát, báo cáo",
    },
    {"task_id": 2, "agency": None, "partners": [], "deadlines": [], "text": '=HYPERLINK("x")\x07'},
]


def test_json_and_jsonl_keep_everything() -> None:
    assert json.loads(to_bytes(ROWS, COLUMNS, "json")) == ROWS
    assert [json.loads(line) for line in to_bytes(ROWS, COLUMNS, "jsonl").splitlines()] == ROWS


def test_csv_is_one_line_a_row_and_no_formula() -> None:
    content = to_bytes(ROWS, COLUMNS, "csv", bom=True)
    assert content.startswith(b"\xef\xbb\xbf")
    first, second = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    assert first["partners"] == "Sở Y tế; Sở Tài chính"
    assert json.loads(first["deadlines"]) == ROWS[0]["deadlines"]
    assert second["text"].startswith("'=")


def test_csv_without_rows_has_its_header() -> None:
    assert to_bytes([], COLUMNS, "csv").decode().strip() == ",".join(COLUMNS)


def test_a_workbook_has_headings_filters_and_no_formulas(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    write(ROWS, COLUMNS, "xlsx", path, COLUMNS)
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == ["Mã việc", "Cơ quan", "Phối hợp", "Thời hạn", "Nội dung"]
    assert rows[1] == [1, "Sở Nội vụ", "Sở Y tế; Sở Tài chính", "quý I", "- Rà soát, báo cáo"]
    assert rows[2][-1] == '=HYPERLINK("x")'
    assert sheet.auto_filter.ref == "A1:E3"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToHeight == 0
    assert sheet.print_title_rows == "$1:$1"
    with zipfile.ZipFile(path) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_days_and_moments_in_a_workbook_can_be_filtered_as_such() -> None:
    rows = [{"issued_on": "2024-03-01", "finished_at": "2024-03-01T08:30:00+00:00"}, {"issued_on": "năm 2024"}]
    book = openpyxl.load_workbook(io.BytesIO(workbook({"documents": (rows, ("issued_on", "finished_at"))})))
    sheet = book["Văn bản"]
    assert sheet["A2"].value == datetime(2024, 3, 1) and sheet["A2"].number_format == "dd/mm/yyyy"
    assert isinstance(sheet["B2"].value, datetime) and sheet["A3"].value == "năm 2024"


def test_every_list_has_a_sheet_with_a_name() -> None:
    assert {"documents", "tasks", "citations", "audit", "compare", "search", "errors", "reviews"} <= SHEETS.keys()
    assert all(len(name) <= 31 for name in SHEETS.values())


def test_numbers_in_a_workbook_part_their_thousands() -> None:
    rows = [{"value": 8650000000, "share": 100.7, "page": 1200}]
    book = openpyxl.load_workbook(io.BytesIO(workbook({"compare": (rows, ("value", "share", "page"))})))
    sheet = book.worksheets[0]
    assert [sheet[f"{c}2"].number_format for c in "ABC"] == ["#,##0", "#,##0.0", "General"]


def test_a_workbook_without_rows_opens() -> None:
    assert openpyxl.load_workbook(io.BytesIO(workbook({"a": ([], COLUMNS), "b": (ROWS, COLUMNS)}))).sheetnames == [
        "a",
        "b",
    ]


def test_a_table_is_for_people(tmp_path: Path) -> None:
    write(ROWS, COLUMNS, "table", tmp_path / "x.txt", ("task_id", "agency", "text"))
    text = (tmp_path / "x.txt").read_text(encoding="utf-8")
    assert "Cơ quan" in text and "Sở Nội vụ" in text and "agency" not in text


def test_a_terminal_too_narrow_for_a_table_gets_blocks(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = ("task_id", "agency", "text")
    monkeypatch.setenv("COLUMNS", "80")
    write(ROWS, COLUMNS, "table", None, shown)
    assert "Mã việc ┃ Cơ quan" in capsys.readouterr().out
    monkeypatch.setenv("COLUMNS", "30")
    write(ROWS, COLUMNS, "table", None, shown)
    text = capsys.readouterr().out
    assert "│ Cơ quan  │ Sở Nội vụ" in text and "┃" not in text
    assert max(map(len, text.splitlines())) <= 30


def test_a_table_breaks_no_number_of_a_document(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = ("document", "agency", "text")
    monkeypatch.setenv("COLUMNS", "60")
    write([{"document": "2140/BC-SLĐTBXH", "agency": "Sở " * 9, "text": "lời " * 30}], shown, "table", None, shown)
    assert "│ 2140/BC-SLĐTBXH │" in capsys.readouterr().out


def test_people_read_codes_days_and_figures_in_their_words(capsys: pytest.CaptureFixture[str]) -> None:
    columns = ("relation", "issued_on", "value", "stage")
    row = {"relation": "basis", "issued_on": "2024-01-25", "value": 15000.5, "stage": "extract", "document_id": 12345}
    write([row], columns, "table", None, (*columns, "document_id"))
    text = capsys.readouterr().out
    assert all(words in text for words in ("căn cứ", "25/01/2024", "15.000,5", "đọc chữ", "12345"))
    sheet = openpyxl.load_workbook(io.BytesIO(workbook({"a": ([row], columns)}))).active
    assert [cell.value for cell in sheet[2]] == ["căn cứ", datetime(2024, 1, 25), 15000.5, "đọc chữ"]


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x"
    replace_file(path, b"old")

    def refuse(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OSError):
        replace_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
