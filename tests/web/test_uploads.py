"""Files sent in are read in the background; originals are shown only while they are what was read."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

from fastapi.testclient import TestClient
from visitors import send, token

CORPUS = Path(__file__).parents[2] / "corpus"
PLAN = CORPUS / "pdf" / "kh-xa-phong-ret-2025.pdf"


def read(client: TestClient, *sent: tuple[str, bytes]) -> str:
    """Send files and wait until they are read; the page that tells what became of them."""
    answer = client.post("/upload", data={"token": token(client, "/upload")}, files=[("files", f) for f in sent])
    for _ in range(240):
        html = client.get(answer.url.path).text
        if "Xong:" in html:
            return html
        assert "hx-trigger" in html
        time.sleep(0.25)
    raise AssertionError(html)


def test_files_are_read_and_failures_told(client: TestClient, store: Path) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as zipped:
        zipped.write(CORPUS / "txt" / "cv-don-doc-viec-lam-2024.txt", "../../cv.txt")
    html = read(
        client,
        ("../../ke hoach.pdf", PLAN.read_bytes()),
        ("nen.zip", archive.getvalue()),
        ("nhac.pdf", b"ID3\x04" + b"\0" * 100),
    )
    assert "3 tệp" in html, html and "1 lỗi" in html
    assert "tệp âm thanh" in html
    kept = [p for p in store.with_name("vanban.db.files").rglob("*") if p.is_file()]
    assert sorted(p.name for p in kept) == ["ke hoach.pdf", "nen.zip", "nhac.pdf"]
    assert not list(store.parent.parent.glob("ke hoach.pdf"))

    number = html.split('href="/documents/')[1].split('"')[0]
    assert client.get(f"/documents/{number}/pages/1.png").headers["content-type"] == "image/png"
    saved = client.get(f"/documents/{number}/original")
    assert saved.content == PLAN.read_bytes()
    assert saved.headers["content-disposition"].startswith("attachment")
    assert client.get(f"/documents/{number}/pages/99.png").status_code == 404

    original = next(p for p in kept if p.name == "ke hoach.pdf")
    original.write_bytes(original.read_bytes() + b" ")
    assert client.get(f"/documents/{number}/original").status_code == 404
    assert client.get(f"/documents/{number}/pages/1.png").status_code == 404
    assert "tệp đã đổi" in client.get(f"/documents/{number}").text


def test_sending_nothing_is_told(client: TestClient) -> None:
    assert send(client, "/upload", page="/upload").status_code == 400
