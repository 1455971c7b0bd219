"""In a real browser: from dropping files to the owner of a task, marks on the right words, corrections that stay."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2 as pdfium
import pytest

from pipeline.discover import discover
from pipeline.ingest import Options, ingest
from pipeline.store import load, open_store, queries

CORPUS = Path(__file__).parents[2] / "corpus" / "pdf"
PLAN = CORPUS / "kh-xa-phong-ret-2025.pdf"
DUTY, OWNER = "thành lập 03 tổ kiểm tra", "Phòng Kinh tế xã Phú Khê"


def test_a_newcomer_finds_who_must_do_what_in_under_ten_clicks(
    page: Any, serve: Callable[..., str], tmp_path: Path
) -> None:
    clicks = 0

    def click(name: str) -> None:
        nonlocal clicks
        clicks += 1
        page.get_by_role("link", name=name).first.click()

    page.goto(serve(tmp_path / "vanban.db"))
    click("Đưa văn bản vào")
    clicks += 1  # the file chooser
    page.locator("input[type=file]").first.set_input_files([PLAN, CORPUS / "cd-ung-pho-mua-lu-2025.pdf"])
    page.get_by_text("Xong:").wait_for(timeout=120_000)
    click("Xem nhiệm vụ")
    page.get_by_label("Từ trong việc").fill("to kiem tra")
    page.get_by_role("button", name="Lọc").click()
    row = page.locator("tbody tr", has_text=DUTY)
    assert OWNER in row.inner_text()
    row.locator("a").first.click()
    clicks += 2
    chosen = page.locator("#chosen")
    assert OWNER in chosen.inner_text() and DUTY in chosen.inner_text()
    assert page.locator(".paper a.on rect").count() > 0
    assert clicks < 10


def test_marks_fall_on_the_right_words(page: Any, site: tuple[str, Path]) -> None:
    address, store = site
    with open_store(store) as db:
        (number,) = (d["document_id"] for d in queries.documents(db) if d["file"] == PLAN.name)
        document = load.load(db, number)
    assert document
    found = {f"task-{i}": t.text for i, t in enumerate(document.tasks)}
    found |= {f"date-{i}": d.text for i, d in enumerate(document.dates)}
    found |= {f"citation-{i}": c.text for i, c in enumerate(document.citations)}
    seen = set()
    with pdfium.PdfDocument(PLAN) as file:
        for n in range(1, len(file) + 1):
            page.goto(f"{address}/documents/{number}?page={n}")
            words = file[n - 1].get_textpage()
            height = file[n - 1].get_height()
            for mark in page.locator(".paper a.f").all():
                name = mark.get_attribute("data-f")
                if name not in found:
                    continue
                rects = mark.locator("rect").evaluate_all(
                    "rs => rs.map(r => ['x', 'y', 'width', 'height'].map(a => +r.getAttribute(a)))"
                )
                said = "".join(
                    words.get_text_bounded(x + 1, height - y - h + 2, x + w - 1, height - y - 2) for x, y, w, h in rects
                )
                there, wanted = _letters(said), _letters(found[name])
                assert (there - wanted).total() <= 2, name
                if (wanted - there).total() <= 2:  # else it goes on overleaf
                    seen.add(name)
    assert len(seen) >= 0.95 * len(found)


def _letters(text: str) -> Counter[str]:
    """The letters of a text, in no order: that in which a file draws them means nothing."""
    return Counter(re.sub(r"[\W_]+", "", text).lower())


def test_a_click_at_one_side_shows_the_other(page: Any, site: tuple[str, Path]) -> None:
    address, store = site
    with open_store(store) as db:
        task = next(t for t in queries.tasks(db) if DUTY in t["text"])
    page.goto(f"{address}/documents/{task['document_id']}?page=1")
    mark = page.locator(".text a.f", has_text="thường trực").first
    mark.click(position={"x": 5, "y": 8})
    page.locator(".paper a.on").first.wait_for()
    name = page.locator(".paper a.on").first.get_attribute("data-f")
    other = page.locator(f".paper a.f:not([data-f={name}])").last
    wanted = other.get_attribute("data-f")
    box = other.locator("rect").last.bounding_box()
    page.mouse.click(box["x"] + box["width"] - 3, box["y"] + box["height"] / 2)
    page.locator(f".paper a.on[data-f={wanted}]").first.wait_for()
    shown = page.locator(f".text a.f.on[data-f~={wanted}]").first
    assert shown.is_visible() and f"f={wanted}" in page.url


def test_a_correction_stays_when_the_file_is_read_again(page: Any, site: tuple[str, Path]) -> None:
    address, store = site
    with open_store(store) as db:
        task = next(t for t in queries.tasks(db) if DUTY in t["text"])
    page.goto(f"{address}/tasks/{task['task_id']}")
    page.get_by_text("Soát: đúng hay cần sửa?").click()
    page.get_by_label("Được giao").fill("Trạm Y tế xã Phú Khê")
    page.get_by_role("button", name="Lưu chỗ sửa").click()
    assert "đã sửa" in page.locator("#chosen").inner_text()
    with open_store(store) as db:
        path = Path(next(d["paths"][0] for d in queries.documents(db) if d["document_id"] == task["document_id"]))
        ingest(db, discover([path]), Options(force=True))
    page.goto(f"{address}/tasks?agency=tram+y+te")
    assert DUTY in page.locator("tbody").inner_text()


def test_a_correction_takes_few_keys_and_no_mouse(page: Any, site: tuple[str, Path]) -> None:
    address, store = site
    with open_store(store) as db:
        task = next(t for t in queries.tasks(db) if "450 lít" in t["text"])
    page.goto(f"{address}/tasks/{task['task_id']}")
    for key in ("Tab", "Enter", "Tab", "Control+A"):
        page.keyboard.press(key)
    page.keyboard.type("van phong ubnd xa")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "đã sửa" in page.locator("#chosen").inner_text()
    with open_store(store) as db:
        (found,) = (t for t in queries.tasks(db) if "450 lít" in t["text"])
    assert found["reviewed"] == "corrected"


def test_a_list_is_saved_as_a_workbook_with_its_rows(page: Any, site: tuple[str, Path]) -> None:
    page.goto(f"{site[0]}/tasks?role=direct")
    shown = page.locator("tbody tr").count()
    with page.expect_download() as saved:
        page.get_by_role("link", name="Excel").click()
    book = openpyxl.load_workbook(io.BytesIO(Path(saved.value.path()).read_bytes()))
    assert book.active is not None and book.active.max_row == shown + 1 > 1


@pytest.mark.parametrize("size", [(1366, 768), (390, 844)])
def test_nothing_is_wider_than_the_screen(page: Any, site: tuple[str, Path], size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    for path in ("/", "/documents", "/tasks", "/citations", "/search?q=xa", "/reviews", "/upload", "/documents/1"):
        page.goto(site[0] + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], path
