"""Corrections made on the pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from invented import PHONG, XA
from visitors import Client, send, token

from pipeline.store import open_store, queries

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
    "changed", [{"agencies": ""}, {"role": "boss"}, {"do": "drop"}, {"agencies": PHONG}, {"do": ""}]
)
def test_what_makes_no_sense_is_refused(client: TestClient, store: Path, changed: dict[str, str]) -> None:
    answer = send(client, TASK, page="/documents/1?f=task-0", **fields(**changed))
    assert answer.status_code == 400 and "Không mở được" in answer.text
    assert owners(store)[0] == PHONG


def test_a_reader_cannot_correct_a_reviewer_can(office: Client, store: Path) -> None:
    reader, reviewer = office("reader"), office("reviewer")
    form = fields(agencies=OFFICE)
    assert send(reader, TASK, page="/", **form).status_code == 403
    assert 'name="do"' not in reader.get("/documents/1?f=task-0").text
    assert office().post(TASK, data=form, follow_redirects=False).status_code == 303
    assert reviewer.post(TASK, data=form).status_code == 403  # no token
    assert reviewer.post(TASK, data={**form, "token": token(reader, "/")}).status_code == 403
    assert owners(store)[0] == PHONG
    assert send(reviewer, TASK, page="/", **form).status_code == 200
    assert owners(store)[0] == OFFICE
    assert send(reader, "/reviews/1/undo", page="/").status_code == 403
    assert "<b>reviewer</b>" in reader.get("/documents/1?f=task-0").text
