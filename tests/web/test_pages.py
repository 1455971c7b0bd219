"""The pages say what the store holds, in Vietnamese, and export the same rows."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest
from fastapi.testclient import TestClient
from invented import PHONG, document
from visitors import put

from pipeline.store import open_store, queries
from pipeline.web import lists

PAGES = (
    "/", "/documents", "/tasks", "/citations", "/citations?by=document", "/search?q=lao+dong", "/errors", "/upload",
    "/documents/1", "/documents/1?f=task-0", "/documents/1?view=citation", "/documents/1?at=40",
)  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_every_page_opens_in_vietnamese(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert '<html lang="vi">' in answer.text and "<h1>" in answer.text


def test_overview_tells_what_is_in_and_what_failed(client: TestClient) -> None:
    html = client.get("/").text
    assert "<b>2</b> văn bản" in html
    assert "<b>1</b> tệp: Tệp hỏng" in html and "tải lại tệp gốc" in html
    assert "hong.pdf" in client.get("/errors?code=damaged").text and "hong.pdf" in client.get("/errors?code=x").text


@pytest.mark.parametrize("address", ["/tasks?agency=phong+ldtbxh+phong+tho", "/tasks?place=phong+tho&role=lead"])
def test_tasks_are_filtered_as_typed(client: TestClient, address: str) -> None:
    html = client.get(address).text
    assert PHONG in html
    assert "Mường Tè" not in html


def test_what_is_cited_by_its_title_alone_is_named_by_it(client: TestClient, store: Path) -> None:
    named = document(name="luat.txt", symbol="17/KH-UBND")
    cited = named.citations[0]
    cited.doc_type, cited.symbol, cited.issuer, cited.title = "Luật", None, None, "Luật Việc làm"
    cited.key = "luat viec lam"
    put(store, named)
    html = " ".join(client.get("/citations?by=document&type=luat").text.split())
    assert ">Luật Việc làm <small>18/09/2023</small>" in html


def test_a_ministry_is_not_said_to_be_of_the_place_that_asks_it(client: TestClient, store: Path) -> None:
    asking = document(name="de-nghi.txt", symbol="18/KH-UBND")
    ministry = "Bộ Nội vụ"
    asking.agencies[0].name, asking.agencies[0].level = ministry, "central"
    asking.tasks[0].agency, asking.tasks[0].agencies = ministry, [ministry]
    put(store, asking)
    html = client.get("/tasks?agency=bo+noi+vu").text
    row = html[html.index(f">{ministry}</a>") :].split("</td>")[0]
    assert "huyện" not in row and "<small>huyện Phong Thổ</small>" in client.get("/tasks").text


def test_a_filter_that_makes_no_sense_is_told(client: TestClient) -> None:
    assert "không phải là ngày" in client.get("/tasks?due_after=mai").text
    assert client.get("/tasks?role=%00&offset=-9&sort=drop+table&document=abc").status_code == 200


def test_documents_have_facets_that_narrow(client: TestClient) -> None:
    html = client.get("/documents").text
    assert "Kế hoạch" in html and "huyện Phong Thổ" in html
    narrowed = client.get("/documents", params={"place": "huyện Phong Thổ"}).text
    assert "15/KH-UBND" in narrowed and "16/KH-UBND" not in narrowed


@pytest.mark.parametrize("kind", ["documents", "tasks", "citations"])
def test_an_export_has_the_rows_of_the_list(client: TestClient, kind: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/{kind}?by=document&format=xlsx").content))
    rows = list(csv.reader(io.StringIO(client.get(f"/{kind}?by=document&format=csv").content.decode("utf-8-sig"))))
    assert book.active is not None and book.active.max_row == len(rows) > 1
    shown = client.get(f"/{kind}?by=document").text.split("<tbody>")[1].count("<tr>")
    assert shown == len(rows) - 1


def test_an_export_keeps_the_filter(client: TestClient, store: Path) -> None:
    answer = client.get("/tasks?agency=phong+ldtbxh+phong+tho&format=csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="nhiem-vu.csv"'
    with open_store(store) as db:
        wanted = queries.tasks(db, queries.TaskFilter(agency="phong ldtbxh phong tho"))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [int(r["task_id"]) for r in rows] == [r["task_id"] for r in wanted]


def test_long_lists_come_page_by_page(tmp_path: Path, client: TestClient, store: Path) -> None:
    put(store, *(document(name=f"{i}.txt", symbol=f"{i}/KH-UBND") for i in range(100, 160)))
    first = client.get("/documents?sort=symbol").text
    assert first.count('data-label="Trích yếu"') == 50
    assert "offset=50" in first and "sort=symbol" in first
    assert client.get("/documents?sort=symbol&offset=50").text.count('data-label="Trích yếu"') == 12


def test_a_name_of_several_offices_offers_them(client: TestClient, store: Path) -> None:
    other = document(name="khac.txt", symbol="17/KH-UBND")
    other.tasks[0].agency = "Sở Lao động - Thương binh và Xã hội tỉnh Lai Châu"
    other.tasks[0].agencies = [other.tasks[0].agency]
    put(store, other)
    html = client.get("/tasks?agency=lao+dong").text
    offered = html.split("Chọn một")[1].split("</ul>")[0]
    assert PHONG in offered and other.tasks[0].agency in offered


def test_search_marks_the_words(client: TestClient) -> None:
    assert "<mark>đào tạo</mark>" in client.get("/search?q=dao+tao").text


def test_a_task_leads_to_its_words_in_the_document(client: TestClient) -> None:
    answer = client.get("/tasks/1")
    assert answer.url.path == "/documents/1" and answer.url.params["f"] == "task-0"
    chosen = answer.text.split('id="chosen"')[1].split("</section>")[0]
    assert PHONG in chosen and "Chủ trì" in chosen


def test_a_click_by_htmx_gets_only_what_changes(client: TestClient) -> None:
    part = client.get("/documents/1?f=date-0", headers={"HX-Request": "true"}).text
    assert part.startswith('<section id="chosen"') and "10/06/2024" in part and "<html" not in part


def test_text_and_list_point_at_each_other(client: TestClient) -> None:
    html = client.get("/documents/1?view=task").text
    left, right = html.split('<div class="right">')
    assert 'data-inner="task-0"' in left and 'id="l-task-0"' in right


@pytest.mark.parametrize("address", ["/documents/99", "/tasks/99", "/nowhere", "/documents/x", "/upload/none"])
def test_what_is_not_there_is_said_in_vietnamese(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert "Không" in answer.text and '<html lang="vi">' in answer.text


def test_a_large_store_shows_its_list_first_and_counts_facets_after(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "_FEW", 1)
    page = client.get("/documents?year=2024").text
    assert 'hx-get="/facets?year=2024"' in page and "Nơi ban hành</h2>" not in page
    counted = client.get("/facets?year=2024").text
    assert (
        "<html" not in counted and "huyện Mường Tè" in counted and 'href="/documents?year=2024&amp;issuer=' in counted
    )
    assert "Nơi ban hành</h2>" in client.get("/documents?facets=1").text


def test_bodies_of_one_kind_are_told_apart_by_level_and_place(client: TestClient) -> None:
    html = client.get("/tasks?agency=ubnd+xa").text
    assert "huyện Phong Thổ</small>" in html and "huyện Mường Tè</small>" in html


def test_search_ends_where_ranking_does(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "RANKED", 1)
    first, beyond = (client.get(f"/search?q=xa&offset={offset}").text for offset in (0, 5))
    assert first.count('<p class="where">') == 1 and "Chỉ xếp hạng 1 chỗ đầu tiên" in first
    assert '<p class="where">' not in beyond and "Chỉ xếp hạng" in beyond and "Không tìm thấy" not in beyond


@pytest.mark.parametrize("address", ["/tasks", "/documents", "/citations?by=document", "/compare?plan=1"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_list_too_long_for_a_file_is_told_instead_of_filling_the_memory(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, address: str, form: str
) -> None:
    address += f"{'&' if '?' in address else '?'}format={form}"
    assert client.get(address).status_code == 200
    monkeypatch.setattr(lists, "EXPORTED", 1)
    answer = client.get(address)
    assert answer.status_code == 400 and "Hãy lọc bớt" in answer.text
