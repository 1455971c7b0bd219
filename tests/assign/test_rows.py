"""Assignment tables: columns in any order and wording, merged cells, group rows, totals."""

from collections.abc import Sequence
from pathlib import Path

import docx
import pytest

from pipeline.analyse import analyse
from pipeline.model import Document

INTRO = ["KẾ HOẠCH", "Phát triển thư viện cơ sở năm 2024", "Ủy ban nhân dân tỉnh Lào Cai ban hành Kế hoạch như sau:"]


def lay_out(path: Path, rows: list[list[str]], merge_down: Sequence[tuple[int, int, int]] = ()) -> Document:
    """A document with one table; ``merge_down`` gives (column, first row, last row) of cells merged downwards."""
    document = docx.Document()
    for line in INTRO:
        document.add_paragraph(line)
    table = document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    for i, row in enumerate(rows):
        for j, words in enumerate(row):
            table.cell(i, j).text = words
    for column, first, last in merge_down:
        table.cell(first, column).merge(table.cell(last, column))
    document.save(str(path))
    return analyse(path)


def test_one_task_a_row(tmp_path: Path) -> None:
    doc = lay_out(
        tmp_path / "a.docx",
        [
            ["STT", "Nội dung", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành"],
            ["I", "Hoàn thiện thể chế", "", "", ""],
            ["1", "Ban hành quy chế thư viện cấp xã", "Sở Nội vụ", "Sở Tư pháp; các đơn vị liên quan", "Quý I/2024"],
            ["2", "Cấp kinh phí mua sách", "Sở Tài chính", "Sở Nội vụ", "Trước ngày 30/6/2024"],
            ["", "Tổng cộng", "", "", ""],
        ],
    )
    assert [(t.text, t.agencies, t.partners) for t in doc.tasks] == [
        ("Ban hành quy chế thư viện cấp xã", ["Sở Nội vụ tỉnh Lào Cai"], ["Sở Tư pháp tỉnh Lào Cai"]),
        ("Cấp kinh phí mua sách", ["Sở Tài chính tỉnh Lào Cai"], ["Sở Nội vụ tỉnh Lào Cai"]),
    ]
    assert [[doc.dates[i].text for i in t.deadlines] for t in doc.tasks] == [["Quý I/2024"], ["Trước ngày 30/6/2024"]]
    assert [(t.table, t.row, t.column) for t in doc.tasks] == [(0, 1, 1), (0, 2, 1)]


@pytest.mark.parametrize("owners", ["Đơn vị thực hiện", "Đầu mối chủ trì", "Phân công", "Cơ quan tham mưu"])
def test_columns_in_other_order_and_words(tmp_path: Path, owners: str) -> None:
    doc = lay_out(
        tmp_path / "b.docx",
        [
            ["TT", owners, "Tiến độ", "Nhiệm vụ"],
            ["1", "UBND các xã, phường, thị trấn", "Tháng 9/2024", "Mở phòng đọc tại nhà văn hóa"],
        ],
    )
    (task,) = doc.tasks
    assert task.agencies == ["Ủy ban nhân dân các xã, phường, thị trấn"]
    assert [doc.dates[i].kind for i in task.deadlines] == ["month"]


def test_an_owner_cell_merged_downwards_owns_every_row(tmp_path: Path) -> None:
    doc = lay_out(
        tmp_path / "c.docx",
        [
            ["TT", "Nhiệm vụ", "Đơn vị chủ trì"],
            ["1", "Lập danh mục sách", "Sở Nội vụ"],
            ["2", "Chọn nhà cung cấp sách", ""],
            ["3", "Nghiệm thu sách", "Sở Tài chính"],
        ],
        merge_down=[(2, 1, 2)],
    )
    assert [t.agency for t in doc.tasks] == ["Sở Nội vụ tỉnh Lào Cai"] * 2 + ["Sở Tài chính tỉnh Lào Cai"]


def test_a_table_of_figures_assigns_nothing(tmp_path: Path) -> None:
    doc = lay_out(tmp_path / "d.docx", [["TT", "Nội dung", "Số sách"], ["1", "Sách thiếu nhi", "120"]])
    assert doc.tasks == []
