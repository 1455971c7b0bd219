"""Strangers, forged forms, hostile content: nothing happens."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from invented import TEXT, document
from visitors import PASSWORD, Client, put, send, token

from pipeline.web.accounts import Account, Accounts, BadAccount
from pipeline.web.guard import local_path
from pipeline.web.jobs import safe_file_name

SCRIPT = "<script>alert(1)</script>"


def test_nothing_from_a_document_is_markup(client: TestClient, store: Path) -> None:
    bad = document(text=f'{TEXT}\n{SCRIPT} "><img src=x onerror=alert(1)>', name=f"{SCRIPT}.txt", symbol=SCRIPT)
    bad.header.title = bad.header.issuer = SCRIPT
    put(store, bad)
    for address in ("/", "/documents", "/tasks", "/citations", "/documents/3", "/search?q=alert", "/errors"):
        html = client.get(address).text
        assert "<script>alert" not in html and "<img src=x" not in html, address


@pytest.mark.parametrize(
    "where", ["/search?q=", "/tasks?agency=", "/tasks?query=", "/documents?issuer=", "/citations?symbol="]
)
def test_nothing_typed_is_markup(client: TestClient, where: str) -> None:
    answer = client.get(where + '"><script>alert(1)</script>')
    assert answer.status_code == 200 and "<script>alert" not in answer.text


@pytest.mark.parametrize("typed", ['"', "AND OR NOT", "a* NEAR(b)", "%' OR 1=1 --", "\x00", "«»"])
def test_nothing_typed_is_a_query(client: TestClient, typed: str) -> None:
    for where in ("/search", "/tasks", "/documents", "/citations"):
        names = ("q", "query", "agency", "issuer", "place", "symbol", "type", "doc_type", "year")
        assert client.get(where, params=dict.fromkeys(names, typed)).status_code == 200


def test_pages_allow_no_script_or_style_of_others(client: TestClient) -> None:
    for address in ("/", "/documents/1", "/nowhere", "/static/vanban.css"):
        policy = client.get(address).headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy
    html = client.get("/documents/1?f=task-0").text
    assert " style=" not in html and " onclick=" not in html and "<script>" not in html


def test_another_host_name_is_refused(client: TestClient) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400
    assert client.get("/", headers={"host": "[evil"}).status_code == 400


def test_a_stranger_reads_nothing(office: Client) -> None:
    stranger = office()
    for address in ("/", "/documents", "/documents/1", "/tasks?format=csv", "/documents/1/original", "/upload/x"):
        answer = stranger.get(address, follow_redirects=False)
        assert answer.status_code == 303 and answer.headers["location"].startswith("/login?next=")
    assert stranger.post("/upload", files={"files": ("a.txt", b"x")}, follow_redirects=False).status_code == 303


def test_who_logs_in_comes_where_they_wanted(office: Client) -> None:
    someone = office()
    answer = send(someone, "/login", name="reader", password=PASSWORD, next="/tasks?role=lead")
    assert answer.url.path == "/tasks" and someone.get("/documents").status_code == 200
    assert send(someone, "/logout", page="/").url.path == "/login"
    assert someone.get("/", follow_redirects=False).status_code == 303


def test_a_session_of_before_logging_in_is_not_taken_over(office: Client) -> None:
    someone = office()
    token(someone)
    before = someone.cookies["vanban"]
    send(someone, "/login", name="reader", password=PASSWORD)
    assert someone.cookies["vanban"] != before


@pytest.mark.parametrize("name", ["reader", "nobody"])
def test_wrong_passwords_are_refused_then_slowed(office: Client, name: str) -> None:
    someone = office()
    for _ in range(5):
        assert send(someone, "/login", name=name, password="sai").status_code == 403
    assert send(someone, "/login", name=name, password=PASSWORD).status_code == 429


def test_a_reader_brings_nothing_in(office: Client) -> None:
    for role in ("reader", "reviewer"):
        someone = office(role)
        assert someone.get("/upload").status_code == 403
        sent = someone.post("/upload", data={"token": token(someone, "/")}, files={"files": ("a.txt", b"x")})
        assert sent.status_code == 403


@pytest.mark.parametrize("forged", ["", "0" * 64, "ấy"])
def test_a_forged_form_is_refused(client: TestClient, forged: str) -> None:
    client.get("/")
    answer = client.post("/upload", data={"token": forged}, files={"files": ("a.txt", b"x")})
    assert answer.status_code == 403 and "Biểu mẫu" in answer.text


def test_one_visitors_token_is_no_use_to_another(client: TestClient, store: Path) -> None:
    from pipeline.web.app import create_app

    with TestClient(create_app(store), base_url="http://127.0.0.1") as other:
        assert client.post("/logout", data={"token": token(other, "/upload")}).status_code == 403


def test_too_much_is_refused_unread(client: TestClient) -> None:
    assert client.post("/login", content=b"x" * 300_000).status_code == 413
    assert client.post("/upload", headers={"content-length": str(2**40)}).status_code == 413


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/tasks?role=lead", "/tasks?role=lead"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/a\r\nSet-Cookie: x", "/"),
    ],
)
def test_logging_in_leads_nowhere_else(address: str, path: str) -> None:
    assert local_path(address) == path


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("kế hoạch (1).pdf", "kế hoạch (1).pdf"),
        ("a<b>:\x00|?.txt", "a_b____.txt"),
        ("...", "tep"),
        ("", "tep"),
    ],
)
def test_names_of_files_are_made_harmless(sent: str, kept: str) -> None:
    assert safe_file_name(sent) == kept
    assert len(safe_file_name("ế" * 999 + ".pdf").encode()) < 200


def test_passwords_are_kept_as_hashes_only(accounts: Accounts) -> None:
    assert PASSWORD not in accounts.path.read_text()
    assert accounts.path.stat().st_mode & 0o077 == 0
    with pytest.raises(BadAccount):
        Account.make("x", "reader", "ngắn")
    assert accounts.remove("reader") and not accounts.remove("reader")
    assert accounts.opened("reader", PASSWORD) is None
