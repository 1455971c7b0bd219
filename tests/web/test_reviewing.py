"""Corrections made on the pages."""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from fastapi.testclient import TestClient
from invented import PHONG, TEXT, XA, document
from visitors import Client, put, send, token

from pipeline.model import DateMention
from pipeline.store import browse, load, open_store, queries, review
from pipeline.store.writing import transaction

OFFICE = "Phòng Nội vụ huyện Phong Thổ"
TASK = "/documents/1/findings/task-0"


def fields(**changed: str) -> dict[str, str]:
    """The form of the first task as its page sends it."""
    return {"agencies": PHONG, "role": "lead", "partners": XA, "report_to": "", "do": "correct", **changed}


def owners(store: Path) -> list[str]:
    with open_store(store) as db:
        return [task["agency"] for task in queries.tasks(db, queries.TaskFilter(document=1))]


def test_the_owner_of_a_task_is_corrected_then_taken_back(client: TestClient, store: Path) -> None:
    answer = send(client, TASK, page="/documents/1?f=task-0", **fields(agencies=OFFICE))
    assert answer.url.path == "/documents/1" and "đã sửa" in answer.text and "máy đọc" in answer.text
    assert owners(store)[0] == OFFICE
    assert OFFICE in client.get("/tasks").text and "đã sửa" in client.get("/tasks").text
    listed = client.get("/reviews").text
    assert OFFICE in listed and "Hoàn tác" in listed
    assert OFFICE in client.get("/reviews?format=csv").content.decode("utf-8-sig")
    send(client, "/reviews/1/undo", page="/reviews")
    assert owners(store)[0] == PHONG and "hoàn tác" in client.get("/reviews").text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("phong ldtbxh", PHONG), ("Phòng LĐTBXH huyện Phong Thổ", PHONG), ("ubnd cac xa", XA), ("Sở Y tế", "Sở Y tế")],
)
def test_a_body_is_named_in_full_however_it_is_typed(client: TestClient, store: Path, typed: str, meant: str) -> None:
    send(client, TASK, page="/", **fields(agencies=typed, partners="", role="direct"))
    assert owners(store)[0] == meant


def test_only_what_was_changed_is_kept(client: TestClient, store: Path) -> None:
    send(client, TASK, page="/documents/1?f=task-0", **fields(role="direct"))
    with open_store(store) as db:
        (task,) = (t for t in queries.tasks(db) if t["reviewed"])
    assert task["role"] == "direct" and task["agency"] == PHONG
    send(client, TASK, page="/documents/1?f=task-0", **fields(role="direct", agencies=OFFICE))
    with open_store(store) as db:
        (task,) = (t for t in queries.tasks(db) if t["reviewed"])
    assert task["role"] == "direct" and task["agency"] == OFFICE


def test_findings_are_accepted_dismissed_and_merged(client: TestClient, store: Path) -> None:
    page = "/documents/1?f=task-0"
    assert "đã soát" in send(client, TASK, page=page, do="accept").text
    assert "đã bỏ" in send(client, "/documents/1/findings/quantity-0", page=page, do="dismiss").text
    send(client, "/documents/1/findings/agency-0", page=page, do="correct", name=OFFICE, everywhere="1")
    assert owners(store)[0] == OFFICE
    assert 'class="f k-quantity dismissed' in client.get("/documents/1").text.replace(" k-task", "")


def test_what_was_reviewed_is_had_as_gold(client: TestClient, store: Path) -> None:
    with open_store(store) as db, transaction(db):
        load.save(db, document(symbol="17/KH-UBND"), "1")  # of the same file name as the first
    for number in (1, 3):
        send(client, f"/documents/{number}/findings/task-0", page="/", **fields(agencies=OFFICE))
    with ZipFile(BytesIO(client.get("/reviews/gold.zip").content)) as archive:
        assert sorted(archive.namelist()) == ["ke-hoach-2.json", "ke-hoach.json"]
        golds = [json.loads(archive.read(name)) for name in archive.namelist()]
    assert [gold["tasks"][0]["agencies"] for gold in golds] == [[OFFICE]] * 2
    assert "/reviews/gold.zip" in client.get("/reviews").text


def test_the_header_is_corrected_and_its_empty_fields_filled(client: TestClient, store: Path) -> None:
    page = client.get("/documents/1?view=header&f=header-signer_name").text
    assert "Chưa đọc được" in page and 'name="signer_name"' in page
    form = {"do": "correct", "view": "header"}
    answer = send(client, "/documents/1/findings/header-signer_name", page="/", signer_name="Lò Văn Tám", **form)
    assert answer.url.query == b"view=header&f=header-signer_name" and "Lò Văn Tám" in answer.text
    send(client, "/documents/1/findings/header-symbol", page="/", symbol="51/KH-UBND", **form)
    assert "51/KH-UBND" in client.get("/documents").text and "51/KH-UBND" in client.get("/tasks").text
    assert "đã sửa" in client.get("/documents").text and "15/KH-UBND" in client.get("/reviews").text
    send(client, "/reviews/2/undo", page="/reviews", name="header-symbol")
    assert "15/KH-UBND" in client.get("/documents").text
    assert client.get("/documents/1?f=header-nothing").status_code == 200
    assert send(client, "/documents/1/findings/header-nothing", page="/", **form).status_code == 404


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"agencies": ""}, "Không để trống được"),
        ({"role": "boss"}, "không hợp lệ"),
        ({"agencies": PHONG}, "Chưa có gì được sửa"),
        ({"do": "drop"}, "Yêu cầu không đúng"),
        ({"do": ""}, "Yêu cầu không đúng"),
    ],
)
def test_what_makes_no_sense_is_refused(client: TestClient, store: Path, changed: dict[str, str], said: str) -> None:
    answer = send(client, TASK, page="/documents/1?f=task-0", **fields(**changed))
    assert answer.status_code == 400 and said in answer.text
    assert owners(store)[0] == PHONG


def test_what_was_typed_is_still_there_when_it_is_refused(client: TestClient) -> None:
    form = {"from": "31/2/2024", "to": "1/3/2024", "do": "correct", "view": "date"}
    answer = send(client, "/documents/1/findings/date-0", page="/documents/1?f=date-0", **form)
    assert answer.status_code == 400 and "«31/2/2024» không phải là ngày" in answer.text
    assert 'value="31/2/2024"' in answer.text and "<details" in answer.text and 'id="fix" open' in answer.text
    turned = {**form, "from": "2/3/2024"}
    answer = send(client, "/documents/1/findings/date-0", page="/documents/1?f=date-0", **turned)
    assert answer.status_code == 400 and "lớn hơn giá trị cuối" in answer.text


DEADLINE, OTHER = "trước ngày 10/6/2024", "trước ngày 05/12 hằng năm"


def due(store: Path) -> list[list[str]]:
    with open_store(store) as db:
        tasks = queries.tasks(db, queries.TaskFilter(document=1))
    return [[deadline["text"] for deadline in task["deadlines"]] for task in tasks]


def marks(client: TestClient) -> list[str]:
    """The dates that the form of the first task offers as its deadlines."""
    html = client.get("/documents/1?f=task-0").text
    return re.findall(r'type="checkbox" name="deadlines" value="([^"]+)"', html)


def test_the_deadlines_of_a_task_are_chosen_among_the_dates(client: TestClient, store: Path) -> None:
    first, second = marks(client)
    assert first.startswith("date-0:") and f'value="{first}" checked' in client.get("/documents/1?f=task-0").text
    answer = send(client, TASK, page="/documents/1?f=task-0", **fields(), deadlines=["", second])
    assert "đã sửa" in answer.text and "máy đọc" in answer.text and due(store)[0] == [OTHER]
    assert OTHER in client.get("/reviews").text and OTHER in client.get("/tasks").text
    send(client, TASK, page="/", **fields(), deadlines=["", first, second])
    assert due(store)[0] == [DEADLINE, OTHER]
    send(client, TASK, page="/", **fields(), deadlines=[""])
    assert due(store)[0] == []
    with open_store(store) as db, transaction(db):
        load.save(db, document(), "2")
    assert due(store)[0] == []
    send(client, "/reviews/3/undo", page="/reviews")
    assert due(store)[0] == [DEADLINE]


def test_deadlines_stay_as_they_are_where_only_another_field_is_corrected(client: TestClient, store: Path) -> None:
    send(client, TASK, page="/", **fields(role="direct"), deadlines=["", marks(client)[0]])
    with open_store(store) as db:
        (said,) = review.history(db)
    assert said["changes"] == {"role": "direct"} and due(store)[0] == [DEADLINE]


def test_a_document_of_many_dates_offers_those_beside_the_task_first(client: TestClient, store: Path) -> None:
    lines = [f"Việc {n}: xong trước ngày {n:02}/11/2024." for n in range(1, 21)]
    many = document(text="\n".join([TEXT, *lines]), name="ke-hoach-3.txt", symbol="18/KH-UBND")
    for n, line in enumerate(lines, 1):
        start = many.text.index(line) + line.index("trước")
        day = {"from": f"2024-11-{n:02}", "to": f"2024-11-{n:02}", "kind": "day", "relation": "before"}
        many.dates.append(DateMention(text=line[line.index("trước") : -1], start=start, end=start + 20, **day))
    put(store, many)
    html = client.get("/documents/3?f=task-0").text
    assert html.count('type="checkbox" name="deadlines"') == 6 and html.count('<option value="date-') == 16
    assert "trước ngày 20/11/2024, tr. 2 – sau «… Việc 20: xong»" in html
    last = re.findall(r'<option value="(date-21:[^"]+)"', html)
    send(client, "/documents/3/findings/task-0", page="/", **fields(), deadlines=["", *last])
    with open_store(store) as db:
        (task, _) = queries.tasks(db, queries.TaskFilter(document=3))
    assert [d["text"] for d in task["deadlines"]] == ["trước ngày 20/11/2024"]


@pytest.mark.parametrize("sent", ["task-0", "date-99", "date--1", "date-0:00000000", "x" * 99, "<script>"])
def test_a_deadline_that_is_no_date_of_the_document_is_refused(client: TestClient, store: Path, sent: str) -> None:
    answer = send(client, TASK, page="/", **fields(role="direct"), deadlines=["", sent])
    assert answer.status_code in (400, 409) and "<script>" not in answer.text
    assert due(store)[0] == [DEADLINE] and owners(store)[0] == PHONG


def seen(client: TestClient) -> dict[str, str]:
    """What the page of the first task says that its visitor saw."""
    html = client.get("/documents/1?f=task-0").text
    return {name: html.split(f'name="{name}" value="')[1].split('"')[0] for name in ("seen", "words")}


def test_of_two_reviewers_the_later_is_told_of_the_other(office: Client, store: Path) -> None:
    one, other = office("reviewer"), office("administrator")
    before = seen(one)
    assert send(other, TASK, page="/", **fields(role="direct"), **seen(other)).status_code == 200
    answer = send(one, TASK, page="/", **fields(agencies=OFFICE), **before)
    assert answer.status_code == 409 and "administrator vừa soát mục này" in answer.text
    assert owners(store)[0] == PHONG
    assert send(one, TASK, page="/", **fields(agencies=OFFICE, role="direct"), **seen(one)).status_code == 200
    with open_store(store) as db:
        (task,) = (t for t in queries.tasks(db) if t["reviewed"])
    assert task["agency"] == OFFICE and task["role"] == "direct"


def test_what_was_read_anew_meanwhile_is_not_taken_for_what_was_seen(client: TestClient, store: Path) -> None:
    stale = {**seen(client), "words": "00000000"}
    answer = send(client, TASK, page="/", **fields(agencies=OFFICE), **stale)
    assert answer.status_code == 409 and "vừa được đọc lại" in answer.text
    assert owners(store)[0] == PHONG


def test_what_was_corrected_is_not_accepted_as_the_machine_read_it(client: TestClient, store: Path) -> None:
    page = send(client, TASK, page="/", **fields(agencies=OFFICE)).text
    assert 'value="accept"' not in page and 'value="correct"' in page
    answer = send(client, TASK, page="/", do="accept")
    assert answer.status_code == 400 and "hoàn tác" in answer.text
    assert owners(store)[0] == OFFICE


def test_another_form_of_a_document_is_reviewed_where_it_leads(client: TestClient, store: Path) -> None:
    put(store, document(name="ke-hoach.pdf", text=TEXT + "\nBản in."))
    page = client.get("/documents/3?f=task-0").text
    assert "một bản khác của cùng văn bản" in page and 'href="/documents/1"' in page and 'name="do"' not in page
    assert 'href="/documents/3"' in client.get("/documents/1").text
    answer = send(client, "/documents/3/findings/task-0", page="/", **fields(agencies=OFFICE))
    assert answer.status_code == 400 and owners(store)[0] == PHONG
    with open_store(store) as db:
        assert sorted(d["document_id"] for d in browse.recent(db)) == [1, 2]


def test_a_reader_cannot_correct_a_reviewer_can(office: Client, store: Path) -> None:
    reader, reviewer = office("reader"), office("reviewer")
    form = fields(agencies=OFFICE)
    assert send(reader, TASK, page="/", **form).status_code == 403
    assert send(reader, TASK, page="/", **form, deadlines=[""]).status_code == 403
    assert due(store)[0] == [DEADLINE] and 'name="deadlines"' not in reader.get("/documents/1?f=task-0").text
    assert 'name="do"' not in reader.get("/documents/1?f=task-0").text
    assert office().post(TASK, data=form, follow_redirects=False).status_code == 303
    assert reviewer.post(TASK, data=form).status_code == 403  # no token
    assert reviewer.post(TASK, data={**form, "token": token(reader, "/")}).status_code == 403
    assert owners(store)[0] == PHONG
    assert send(reviewer, TASK, page="/", **form).status_code == 200
    assert owners(store)[0] == OFFICE
    assert send(reader, "/reviews/1/undo", page="/").status_code == 403
    assert "<b>reviewer</b>" in reader.get("/documents/1?f=task-0").text
