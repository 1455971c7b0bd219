"""The summary of a plan: files that open, figures that lead to their source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from compared import SAMPLES, sample
from docx.shared import Pt
from openpyxl import load_workbook

from pipeline.extract import extract
from pipeline.store import load, open_store
from pipeline.store.writing import transaction
from pipeline.summary import write_summary


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with the summary of the samples' plan."""
    home = tmp_path_factory.mktemp("summary")
    with open_store(home / "vanban.db") as db:
        for path in sorted(SAMPLES.glob("*.docx")):
            with transaction(db):
                load.save(db, sample(path.stem), "1")
        plan = db.execute("SELECT id FROM documents WHERE symbol = '38/KH-UBND'").fetchone()[0]
        assert write_summary(db, plan, home / "out")
    yield home / "out"


def test_every_figure_of_the_page_leads_to_its_words(folder: Path) -> None:
    page = (folder / "tong-hop.html").read_text(encoding="utf-8")
    links = re.findall(r'<a href="#nguon-(\d+)">([^<]+)</a>', page)
    sources = dict(re.findall(r'<li id="nguon-(\d+)">(.*?)</li>', page, re.DOTALL))
    assert len(links) > 40
    assert all(number in sources for number, _ in links)
    shown = next(number for number, words in links if words == "132")
    assert "512/BC-UBND" in sources[shown] and "<mark>132/150 lao động</mark>" in sources[shown]


def test_the_tree_of_answers_says_what_is_owed_yet(folder: Path) -> None:
    page = (folder / "tong-hop.html").read_text(encoding="utf-8")
    assert "Kế hoạch: chưa có, hạn 15/03/2024" in page


def test_the_page_holds_its_charts_and_no_script(folder: Path) -> None:
    page = (folder / "tong-hop.html").read_text(encoding="utf-8")
    assert page.count("<svg") == len(list((folder / "bieu-do").glob("*.svg")))
    assert "<script" not in page and "http://" not in page.replace("http://www.w3.org/2000/svg", "")


def test_the_workbook_has_a_sheet_a_view_with_filters(folder: Path) -> None:
    book = load_workbook(folder / "so-lieu.xlsx")
    assert book.sheetnames[:2] == ["Chỉ tiêu và kết quả", "Trả lời"]
    assert all(sheet.auto_filter.ref and sheet.freeze_panes == "A2" for sheet in book)


def test_the_word_document_opens_in_the_form_of_the_decree(folder: Path) -> None:
    document = docx.Document(str(folder / "tong-hop.docx"))
    section = document.sections[0]
    assert [round(m.mm) for m in (section.left_margin, section.right_margin, section.top_margin)] == [30, 15, 20]
    assert document.tables[0].cell(0, 1).text.startswith("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    assert any(p.text == "BÁO CÁO" for p in document.paragraphs)
    assert len(document.inline_shapes) >= 4


def test_the_program_reads_its_own_summary(folder: Path) -> None:
    assert extract(folder / "tong-hop.docx").blocks


def test_the_same_store_gives_the_same_files(folder: Path, tmp_path: Path) -> None:
    with open_store(folder.parent / "vanban.db") as db:
        plan = db.execute("SELECT id FROM documents WHERE symbol = '38/KH-UBND'").fetchone()[0]
        write_summary(db, plan, tmp_path)
    for name in ("tong-hop.html", "tong-hop.docx"):
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes()


def test_the_days_of_a_table_stand_on_one_line(folder: Path) -> None:
    document = docx.Document(str(folder / "tong-hop.docx"))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    days = [cell for cell in cells if re.fullmatch(r"\d\d/\d\d/\d{4}", cell.text)]
    assert days and all(cell.width and cell.width >= Pt(61) for cell in days)


def test_targets_are_told_in_words(folder: Path) -> None:
    page = (folder / "tong-hop.html").read_text(encoding="utf-8")
    assert "từ 6 trở lên" in page and "dưới 3" in page and "&gt;=" not in page
    assert "<th>Kế hoạch (tỷ đồng)</th>" in page and ">8,65<" in page
    assert "<h1>Tổng hợp kết quả thực hiện Kế hoạch số 38/KH-UBND ngày 25/01/2024 của" in page
