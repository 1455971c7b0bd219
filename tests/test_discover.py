"""The files behind what a person names."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import archives
from pipeline import discover as d
from pipeline.errors import Code, ReadError


def names(*paths: Path) -> list[str]:
    return [entry.name for entry in d.discover(paths)]


def archive(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in members.items():
            out.writestr(name, content)
    return path


def content(entry: d.Entry) -> bytes:
    with d.opened(entry) as path:
        return path.read_bytes()


def refused(entry: d.Entry) -> str:
    with pytest.raises(ReadError) as raised, d.opened(entry):
        pass
    return raised.value.code


def test_folders_in_natural_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("10.txt", "2.txt", "~$2.docx", ".hidden", "Thumbs.db", "a/b.txt", ".git/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert names(tmp_path) == ["2.txt", "10.txt", "b.txt"]


def test_a_file_named_twice_is_one(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    assert names(tmp_path, tmp_path / "a.txt", tmp_path / "." / "a.txt") == ["a.txt"]


def test_what_is_not_there_is_told_when_opened(tmp_path: Path) -> None:
    (entry,) = d.discover([tmp_path / "none.txt"])
    with pytest.raises(FileNotFoundError):
        content(entry)


@pytest.mark.parametrize(
    ("name", "content", "worth"),
    [
        ("kh.txt", b"K\xe1\xba\xbf", True),
        ("kh", b"van ban", True),
        ("kh.doc", b"van ban", True),
        ("kh.38", b"%PDF-1.7", True),
        ("script.py", b"import os\n", False),
        ("data.JSON", b"{}", False),
    ],
)
def test_programs_and_data_are_no_documents(tmp_path: Path, name: str, content: bytes, worth: bool) -> None:
    (tmp_path / name).write_bytes(content)
    assert d.is_document(name, tmp_path / name) is worth


def test_a_folder_that_links_to_itself_ends(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    (tmp_path / "again").symlink_to(tmp_path)
    assert names(tmp_path) == ["a.txt"]


def test_members_of_an_archive(tmp_path: Path) -> None:
    path = archive(tmp_path / "x.zip", {"k/10.txt": b"ten", "k/2.txt": b"two", "__MACOSX/k/._2.txt": b"", ".x": b""})
    entries = d.discover([path])
    assert [e.label for e in entries] == [f"{path}!/k/2.txt", f"{path}!/k/10.txt"]
    assert [content(e) for e in entries] == [b"two", b"ten"]


def test_an_office_document_is_no_archive(tmp_path: Path) -> None:
    path = archive(tmp_path / "x.zip", {"[Content_Types].xml": b"", "word/document.xml": b""})
    assert names(path) == ["x.zip"]


def test_a_broken_archive_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"PK\x03\x04 no archive")
    assert names(tmp_path) == ["x.zip"]


@pytest.mark.parametrize(
    ("stored", "clear"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/abs.txt", "abs.txt"),
        ("C:\\k\\a.txt", "k/a.txt"),
        ("k/./a\x07.txt", "k/a.txt"),
        ("Kế hoạch.txt", "Kế hoạch.txt"),
        ("Kế hoạch.txt".encode().decode("cp437"), "Kế hoạch.txt"),
    ],
)
def test_names_lead_nowhere(stored: str, clear: str) -> None:
    member = zipfile.ZipInfo(stored)
    member.filename = stored
    member.flag_bits = 0
    assert archives.safe_name(member) == clear


@given(st.text())
def test_no_name_leads_out(name: str) -> None:
    member = zipfile.ZipInfo("x")
    member.filename = name
    parts = archives.safe_name(member).split("/")
    assert ".." not in parts and not archives.safe_name(member).startswith("/")


def test_members_that_are_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "SMALL", 1000)
    bomb = archive(tmp_path / "x.zip", {"bomb.txt": bytes(10**6), "inner.zip": b"PK", "ok.txt": b"ok"})
    by_name = {e.name: e for e in d.discover([bomb])}
    assert refused(by_name["bomb.txt"]) == Code.TOO_LARGE
    assert refused(by_name["inner.zip"]) == Code.UNKNOWN_FORMAT
    assert content(by_name["ok.txt"]) == b"ok"


def test_archives_that_are_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = archive(tmp_path / "x.zip", {f"{i}.txt": b"" for i in range(20)})
    monkeypatch.setattr(archives, "MAX_MEMBERS", 10)
    (entry,) = d.discover([path])
    assert refused(entry) == Code.TOO_LARGE


def test_an_encrypted_member(tmp_path: Path) -> None:
    path = archive(tmp_path / "x.zip", {"a.txt": b"secret"})
    raw = bytearray(path.read_bytes())
    raw[6] |= 1  # the flag in the local header, and in the directory
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(raw)
    (entry,) = d.discover([path])
    assert refused(entry) == Code.ENCRYPTED


def test_a_damaged_member(tmp_path: Path) -> None:
    path = archive(tmp_path / "x.zip", {"a.txt": os.urandom(5000)})
    raw = bytearray(path.read_bytes())
    raw[200:220] = bytes(20)
    path.write_bytes(raw)
    (entry,) = d.discover([path])
    assert refused(entry) == Code.DAMAGED


def test_names_that_are_no_text(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/k\xff.txt")).touch()
    (entry,) = d.discover([tmp_path])
    assert entry.name == "k\\xff.txt"
    entry.label.encode()
