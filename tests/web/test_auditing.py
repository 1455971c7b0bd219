"""Audit on the pages: what is found, what is accepted for a reason, and by whom."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from invented import TEXT, document
from visitors import Client, put, send, token

from pipeline.store import acceptance, load, open_store
from pipeline.store.audit import AuditFilter, findings_of
from pipeline.store.writing import transaction

REASON = "Số này đã được điều chỉnh"


def answered(store: Path) -> None:
    """A report that cites the first plan, with its date wrong."""
    report = document(name="bao-cao.txt", symbol="20/BC-UBND")
    report.header.doc_type = "BC"
    cited = report.citations[0]
    cited.doc_type, cited.symbol, cited.issuer = "KH", "15/KH-UBND", "Ủy ban nhân dân huyện Phong Thổ"
    cited.issued_on, cited.key = document().header.issued_on, "hc|15/kh-ubnd|2024|phong tho"
    put(store, report)


@pytest.mark.parametrize(
    "address",
    ["/audit", "/audit?severity=info", "/audit?document=1&finding=unknown", "/audit?document=99", "/audit?severity=x"],
)
def test_the_audit_opens(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200 and "Kiểm tra viện dẫn" in answer.text


def test_hints_are_shown_where_they_are_asked_for(client: TestClient) -> None:
    assert "s-info" not in client.get("/audit").text
    assert "s-info" in client.get("/audit?severity=info").text and "s-info" in client.get("/audit?severity=").text


def test_the_audit_of_a_document_is_found_by_its_number(client: TestClient, store: Path) -> None:
    answered(store)
    every, some = client.get("/audit?severity=").text, client.get("/audit?severity=&symbol=20").text
    assert some.count(">20/BC-UBND</a>") == every.count(">20/BC-UBND</a>") > 0 and ">15/KH-UBND</a>" not in some
    assert "không có văn bản nào số «2»" in client.get("/audit?symbol=2").text
    put(store, *(document(symbol=f"9/K{n}-UBND", name=f"{n}.txt", district=f"Số {n}") for n in range(21)))
    assert "Có nhiều văn bản số «9»" in client.get("/audit?symbol=9").text


def test_the_audit_is_exported(client: TestClient) -> None:
    shown = client.get("/audit").text.count('data-label="Căn cứ"')
    rows = client.get("/audit?format=csv").content.decode("utf-8-sig").strip().split("\n")
    assert rows[0].startswith("finding,severity") and len(rows) >= shown


def first(store: Path) -> dict[str, str]:
    """The form that accepts the first finding of the first document."""
    with open_store(store) as db:
        found = findings_of(db, AuditFilter((1,)))[0]
    return {"do": "accept", "finding": found.finding_id, "document": str(found.document_id), "reason": REASON}


def open_findings(store: Path) -> list[str]:
    with open_store(store) as db:
        return [f.finding_id for f in findings_of(db, AuditFilter((1,)))]


def test_a_finding_is_accepted_for_a_reason_and_opened_again(client: TestClient, store: Path) -> None:
    form, where = first(store), "/audit?document=1&severity="
    assert f'value="{form["finding"]}"' in client.get(where).text
    answer = send(client, where, page="/", **form)
    assert answer.url.path == "/audit" and answer.url.query == b"document=1&severity="
    assert f'value="{form["finding"]}"' not in answer.text and "Đã chấp nhận <small>1</small>" in answer.text
    accepted = client.get("/audit?accepted=1").text
    assert REASON in accepted and 'href="/documents/1"' in accepted and "Mở lại</button>" in accepted
    assert REASON not in client.get("/audit?accepted=1&document=2").text
    assert REASON in client.get("/audit?accepted=1&format=csv").content.decode("utf-8-sig")
    assert client.get("/audit?accepted=1&format=xlsx").content.startswith(b"PK")
    send(client, "/audit?accepted=1", page="/", do="reopen", finding=form["finding"])
    assert form["finding"] in open_findings(store)
    accepted = client.get("/audit?accepted=1").text
    assert REASON in accepted and "mở lại, " in accepted and "Mở lại</button>" not in accepted


def test_an_accepted_finding_stays_so_when_its_document_is_read_again(client: TestClient, store: Path) -> None:
    form = first(store)
    send(client, "/audit", page="/", **form)
    with open_store(store) as db, transaction(db):
        load.save(db, document(), "2")
    assert form["finding"] not in open_findings(store)
    with open_store(store) as db, transaction(db):
        load.delete(db, 1)
    accepted = client.get("/audit?accepted=1").text
    assert REASON in accepted and 'href="/documents/1"' not in accepted


@pytest.mark.parametrize(
    ("changed", "status", "said"),
    [
        ({"reason": " "}, 400, "Hãy viết lý do"),
        ({"reason": "x" * 501}, 400, "Lý do dài quá"),
        ({"finding": "0000000000"}, 409, "Không còn phát hiện này"),
        ({"document": "2"}, 409, "Không còn phát hiện này"),
        ({"document": "999999"}, 409, "Không còn phát hiện này"),
        ({"document": "một"}, 400, "Yêu cầu không đúng"),
        ({"document": "9" * 30}, 400, "Yêu cầu không đúng"),
        ({"do": "drop"}, 400, "Yêu cầu không đúng"),
        ({"do": "reopen"}, 409, "chưa ai chấp nhận"),
    ],
)
def test_what_makes_no_sense_is_refused(
    client: TestClient, store: Path, changed: dict[str, str], status: int, said: str
) -> None:
    before = open_findings(store)
    answer = send(client, "/audit?severity=", page="/", **{**first(store), **changed})
    assert answer.status_code == status and said in answer.text
    assert open_findings(store) == before


def test_what_was_typed_is_still_there_when_it_is_refused(client: TestClient, store: Path) -> None:
    form = {**first(store), "reason": "x" * 600}
    html = send(client, "/audit?severity=&document=1", page="/", **form).text
    assert re.search(r"<details class=\"fix\" open>(?:(?!</details>).)*x{500}</textarea>", html, re.DOTALL)


def test_of_two_reviewers_the_later_is_told_of_the_other(office: Client, store: Path) -> None:
    one, other, form = office("reviewer"), office("administrator"), first(store)
    assert send(other, "/audit", page="/", **form).status_code == 200
    answer = send(one, "/audit?severity=", page="/", **{**form, "reason": "Khác"})
    assert answer.status_code == 409 and "administrator đã chấp nhận" in answer.text
    again = {"do": "reopen", "finding": form["finding"]}
    assert send(one, "/audit?accepted=1", page="/", **again).status_code == 200
    assert send(other, "/audit?accepted=1", page="/", **again).status_code == 409
    assert send(one, "/audit", page="/", **form).status_code == 200
    with open_store(store) as db:
        told = acceptance.decisions(db)
    assert [(r["author"], r["reopened_by"]) for r in told] == [("reviewer", None), ("administrator", "reviewer")]


def test_a_reader_cannot_accept_a_stranger_sees_nothing(office: Client, store: Path) -> None:
    reader, reviewer, form = office("reader"), office("reviewer"), first(store)
    before = open_findings(store)
    page = reader.get("/audit?severity=").text
    assert form["finding"] not in page and 'value="accept"' not in page
    assert send(reader, "/audit", page="/", **form).status_code == 403
    stranger = office().post("/audit", data=form, follow_redirects=False)
    assert stranger.status_code == 303 and stranger.headers["location"].startswith("/login")
    assert reviewer.post("/audit", data=form).status_code == 403
    assert reviewer.post("/audit", data={**form, "token": token(reader, "/")}).status_code == 403
    assert open_findings(store) == before
    assert send(reviewer, "/audit", page="/", **form).status_code == 200
    accepted = reader.get("/audit?accepted=1").text
    assert REASON in accepted and 'value="reopen"' not in accepted
    assert send(reader, "/audit", page="/", do="reopen", finding=form["finding"]).status_code == 403
    assert form["finding"] not in open_findings(store)


def test_no_reason_is_markup_a_formula_or_another_page(client: TestClient, store: Path) -> None:
    bad = '=HYPERLINK("http://x")<script>alert(1)</script>'
    form = first(store)
    refused = send(client, "/audit?severity=", page="/", **{**form, "reason": f"{bad}{'x' * 600}"})
    assert refused.status_code == 400 and "<script>alert" not in refused.text
    answer = send(client, "/audit?next=//evil.example&severity=", page="/", **{**form, "reason": bad})
    assert answer.url.host == "127.0.0.1" and answer.url.path == "/audit"
    assert "<script>alert" not in client.get("/audit?accepted=1").text
    (row,) = csv.DictReader(client.get("/audit?accepted=1&format=csv").content.decode("utf-8-sig").splitlines())
    assert "HYPERLINK" in row["reason"] and not row["reason"].startswith("=")


def test_a_finding_of_a_hostile_document_is_accepted_as_words_only(client: TestClient, store: Path) -> None:
    script = "<script>alert(1)</script>"
    bad = document(text=f"{TEXT}\n{script}", name=f"{script}.txt", symbol=script)
    bad.citations[0].text = script
    put(store, bad)
    with open_store(store) as db:
        found = findings_of(db, AuditFilter((3,)))[0]
    form = {"do": "accept", "finding": found.finding_id, "document": "3", "reason": REASON}
    send(client, "/audit?severity=", page="/", **form)
    for address in ("/audit?severity=", "/audit?accepted=1", "/audit?accepted=1&document=3"):
        assert "<script>alert" not in client.get(address).text
