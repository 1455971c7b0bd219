"""Files are sent by strangers: nothing in them reaches the network, other files, a spreadsheet or the terminal."""

from __future__ import annotations

import csv
import io
import os
import socket
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from pipeline.cli import cli
from pipeline.errors import Code, ReadError
from pipeline.extract import extract
from pipeline.render import visible
from pipeline.workers import Limits

CORPUS = Path(__file__).parent.parent / "corpus"
SAMPLES = sorted(
    [*CORPUS.glob("forms/kh-*.*"), *CORPUS.glob("forms/*.xlsx"), *CORPUS.glob("*/kh-xa-phong-ret-2025.[dpt]*")]
)
FORMULA = '=HYPERLINK("http://evil.example","xem")'
LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 9))
ENTITIES = f'<!DOCTYPE d [<!ENTITY l0 "ha">{LAUGHS}<!ENTITY secret SYSTEM "file://%s">]>'


# --------------------------------------------------------------------------- the network


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any attempt to reach another machine, or only to ask for its address, fails the test."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("reaches for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.suffix)
def test_reading_reaches_nobody(offline: None, path: Path) -> None:
    assert CliRunner().invoke(cli, ["extract", str(path)]).exit_code == 0


def test_what_a_page_links_to_is_not_fetched(offline: None, tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        '<!DOCTYPE html SYSTEM "http://evil.example/x.dtd"><html><head><link rel=stylesheet href="http://evil.example">'
        '<script src="http://evil.example/x.js">document.write("hỏng")</script></head><body>'
        '<p>Kính gửi: Sở Nội vụ</p><img src="http://evil.example/x.png"><iframe src="file:///etc/passwd"></iframe>',
        encoding="utf-8",
    )
    assert [b.text for b in extract(path).blocks if b.text.strip()] == ["Kính gửi: Sở Nội vụ"]  # type: ignore[union-attr]


# --------------------------------------------------------------------------- entities, bombs, loops


@pytest.mark.parametrize(
    ("name", "part"), [("docx", "word/document.xml"), ("odt", "content.xml"), ("xlsx", "xl/sharedStrings.xml")]
)
def test_entities_give_nothing_away(tmp_path: Path, name: str, part: str) -> None:
    """A sample with entities in place of its first words: neither blown up nor filled with another file."""
    (tmp_path / "secret").write_text("mật khẩu", encoding="utf-8")
    sample = next(p for p in SAMPLES if p.suffix == f".{name}")
    path = rewritten(sample, tmp_path / sample.name, part, lambda xml: with_entities(xml, tmp_path / "secret"))
    began = time.monotonic()
    try:
        told = str(extract(path).blocks)
    except ReadError as error:
        told = error.message
    assert "mật khẩu" not in told and "haha" not in told
    assert time.monotonic() - began < 10


def with_entities(xml: bytes, secret: Path) -> bytes:
    head, declaration, body = xml.partition(b"?>")
    at = body.index(b">", body.index(b"t" if b"<w:t" not in body else b"<w:t")) + 1
    return head + declaration + (ENTITIES % secret).encode() + body[:at] + b"&l8;&secret;" + body[at:]


def rewritten(sample: Path, path: Path, part: str, change: object) -> Path:
    with zipfile.ZipFile(sample) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info, change(content) if info.filename == part else content)  # type: ignore[operator]
    return path


@pytest.mark.parametrize(("name", "part"), [("odt", "content.xml"), ("xlsx", "xl/worksheets/sheet1.xml")])
def test_bombs_are_not_unpacked(tmp_path: Path, name: str, part: str) -> None:
    sample = next(p for p in SAMPLES if p.suffix == f".{name}")
    path = rewritten(sample, tmp_path / sample.name, part, lambda xml: xml + b" " * (80 * 2**20))
    with pytest.raises(ReadError) as caught:
        extract(path)
    assert caught.value.code == Code.TOO_LARGE


@pytest.mark.parametrize(
    "objects",
    [
        ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 1000000000 >>"],
        ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 /Parent 2 0 R >>",
         "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /XObject << /F 4 0 R >> >> >>",
         "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F 4 0 R >> >> /Length 6 >>\n"
         "stream\n/F Do\n\nendstream"],
        ["<< /Type /Catalog /Pages 2 0 R >>", "3 0 R", "2 0 R"],
    ],
    ids=["pages within themselves", "a form that draws itself", "references in a ring"],
)  # fmt: skip
def test_pdfs_without_end_end(tmp_path: Path, objects: list[str]) -> None:
    numbered = "".join(f"{i} 0 obj {o} endobj\n" for i, o in enumerate(objects, 1))
    (tmp_path / "a.pdf").write_text(f"%PDF-1.4\n{numbered}trailer << /Root 1 0 R /Size {len(objects) + 1} >>\n%%EOF")
    store = tmp_path / "x.db"
    began = time.monotonic()
    told = CliRunner().invoke(cli, ["ingest", str(tmp_path / "a.pdf"), "--db", str(store)])
    assert told.exit_code == 1 and "Traceback" not in told.output
    assert time.monotonic() - began < Limits().seconds / 10


# --------------------------------------------------------------------------- spreadsheets


@pytest.mark.parametrize("words", [FORMULA, "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(1)"])
def test_no_export_holds_a_formula(tmp_path: Path, words: str) -> None:
    """A document whose own words are formulas, in every command and form that a spreadsheet opens."""
    name = tmp_path / f"{words[0]}1.txt"
    name.write_text(
        f"UBND TỈNH LÂM GIANG\nSố: 5/KH-UBND\nLâm Giang, ngày 02 tháng 5 năm 2024\nKẾ HOẠCH\n{words}\n"
        f"1. Sở Nội vụ\n{words} báo cáo Ủy ban nhân dân tỉnh trước ngày 10/6/2024.\n",
        encoding="utf-8",
    )
    store = ["--db", str(tmp_path / "x.db")]
    assert CliRunner().invoke(cli, ["ingest", str(name), *store]).exit_code == 0
    CliRunner().invoke(cli, ["export", str(tmp_path / "all"), *store], catch_exceptions=False)
    CliRunner().invoke(cli, ["export", str(tmp_path / "all.xlsx"), *store], catch_exceptions=False)
    for command in (["tasks"], ["documents"], ["audit"], ["compare"], ["status"], ["search", "báo cáo"]):
        for form in ("csv", "xlsx"):
            out = tmp_path / f"{command[0]}.{form}"
            assert CliRunner().invoke(cli, [*command, *store, "-o", str(out)]).exit_code == 0
    texts = [*tmp_path.glob("*.csv"), *tmp_path.glob("all/*.csv")]
    assert len(texts) > 8
    for path in texts:
        for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))):
            assert not any(cell.startswith(words[:3]) for cell in row), path.name
    for path in tmp_path.glob("*.xlsx"):
        cells = [c for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows() for c in row]
        assert cells and all(c.data_type != "f" for c in cells), path.name


# --------------------------------------------------------------------------- the terminal


def test_what_a_terminal_would_obey_is_written_out() -> None:
    assert visible("a\x1b[2Jb\x9bc\u202ed\udcff") == r"a\x1b[2Jb\x9bc\u202ed\udcff"
    assert visible("Kế hoạch\tsố 1\n") == "Kế hoạch\tsố 1\n"


@pytest.mark.skipif(os.name == "nt", reason="such names cannot be on Windows")
@pytest.mark.parametrize("name", ["a\x1b]0;tiêu đề\x07.txt", "[bold]a[link=x].txt", "\x9b2J.txt", "a\nb.txt"])
def test_names_of_files_do_not_steer_the_terminal(tmp_path: Path, name: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / name).write_bytes(b"\x00\x01\x02" * 50)
    store = ["--db", str(tmp_path / "x.db")]
    for command in (
        ["extract", str(tmp_path / "in" / name)],
        ["ingest", str(tmp_path / "in"), *store],
        ["errors", *store, "--format", "table"],
        ["errors", *store, "--format", "jsonl"],
    ):
        told = CliRunner().invoke(cli, command)
        assert not isinstance(told.exception, Exception) or isinstance(told.exception, SystemExit)
        assert "\x1b" not in told.output and "\x07" not in told.output
