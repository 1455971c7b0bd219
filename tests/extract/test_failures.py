"""Files that cannot be read: each fails with its code, a Vietnamese message and advice, never a traceback."""

import pickle
import random
import zipfile
from pathlib import Path

import pytest
from compound import compound
from docx import Document
from paper import Page, write

from pipeline import extract as package
from pipeline.errors import Code, ReadError
from pipeline.extract import extract


def failure(path: Path) -> ReadError:
    with pytest.raises(ReadError) as caught:
        extract(path)
    assert caught.value.message and caught.value.advice
    return caught.value


def a_docx(path: Path) -> Path:
    document = Document()
    document.add_paragraph("Nội dung của văn bản.")
    document.save(str(path))
    return path


def a_pdf(path: Path) -> Path:
    page = Page()
    page.paragraph("Nội dung của văn bản.")
    return write(path, [page])


def test_missing(tmp_path: Path) -> None:
    assert failure(tmp_path / "không-có.pdf").code == Code.NOT_FOUND
    assert failure(tmp_path).code == Code.NOT_FOUND


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.txt"])
def test_empty(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    assert failure(tmp_path / name).code == Code.EMPTY


def test_too_large_is_told_without_reading(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(200 * 2**20)
    assert failure(path).code == Code.TOO_LARGE


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
@pytest.mark.parametrize("make", [a_docx, a_pdf])
def test_truncated(tmp_path: Path, make, share: float) -> None:  # type: ignore[no-untyped-def]
    data = make(tmp_path / "whole").read_bytes()
    path = tmp_path / "cut"
    path.write_bytes(data[: int(share * len(data))])
    assert failure(path).code in (Code.DAMAGED, Code.NEEDS_OCR)


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("make", [a_docx, a_pdf])
def test_damaged_bytes_never_escape_as_other_errors(tmp_path: Path, make, seed: int) -> None:  # type: ignore[no-untyped-def]
    chance = random.Random(seed)
    data = bytearray(make(tmp_path / "whole").read_bytes())
    for _ in range(30):
        data[chance.randrange(len(data))] = chance.randrange(256)
    path = tmp_path / "hurt"
    path.write_bytes(data)
    try:
        extract(path)
    except ReadError as error:
        assert error.message


@pytest.mark.parametrize(("make", "name", "format"), [(a_docx, "a.pdf", "docx"), (a_pdf, "a.docx", "pdf")])
def test_a_lying_suffix_does_no_harm(tmp_path: Path, make, name: str, format: str) -> None:  # type: ignore[no-untyped-def]
    assert extract(make(tmp_path / name)).format == format


def test_noise_named_txt(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(random.Random(1).randbytes(50_000))
    assert failure(path).code == Code.UNKNOWN_FORMAT


@pytest.mark.parametrize(
    ("data", "said", "advised"),
    [
        (b"Rar!\x1a\x07\x01\x00" + bytes(40), "nén", "giải nén"),
        (b"ID3\x04" + bytes(40), "âm thanh", "lưu lại"),
        (bytes(3) + b"\x18ftypheic" + bytes(40), "điện thoại", "JPEG"),
        (b"<?xml version='1.0'?><a>Chao</a>", "XML", "lưu lại"),
    ],
)
def test_other_formats_are_named(tmp_path: Path, data: bytes, said: str, advised: str) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(data)
    error = failure(path)
    assert error.code == Code.UNKNOWN_FORMAT and said in error.message and advised in error.advice


def test_a_damaged_picture_is_called_one(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    error = failure(path)
    assert error.code == Code.DAMAGED and error.message.startswith("Tệp ảnh ")


def test_slides_are_named(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("ppt/presentation.xml", "<presentation/>")
    assert "trình chiếu" in failure(tmp_path / "a.docx").message


@pytest.mark.parametrize(
    "data",
    [
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le"),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "Workbook".encode("utf-16-le"),
    ],
)
def test_damaged_office_files(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.doc").write_bytes(data)
    assert failure(tmp_path / "a.doc").code == Code.DAMAGED


def test_office_password(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"))
    assert failure(path).code == Code.ENCRYPTED


def test_open_document_password(tmp_path: Path) -> None:
    manifest = (
        '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<m:file-entry m:full-path="content.xml"><m:encryption-data/></m:file-entry></m:manifest>'
    )
    with zipfile.ZipFile(tmp_path / "a.odt", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", random.Random(1).randbytes(900))
    assert failure(tmp_path / "a.odt").code == Code.ENCRYPTED


def test_old_workbook_password(tmp_path: Path) -> None:
    opening = bytes.fromhex("0908 1000 0006 0500 bb0d cc07 0000 0000 0600 0000")
    password = bytes.fromhex("2f00 3600 0100 0100 0100") + bytes(48)
    (tmp_path / "a.xls").write_bytes(compound({"Workbook": opening + password + bytes.fromhex("0a00 0000")}))
    assert failure(tmp_path / "a.xls").code == Code.ENCRYPTED


def test_pdf_password(tmp_path: Path) -> None:
    path = a_pdf(tmp_path / "a.pdf")
    data = path.read_bytes()
    lock = (
        b"/Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <" + b"11" * 32 + b"> /U <" + b"22" * 32 + b"> >>"
    )
    path.write_bytes(data.replace(b"trailer << ", b"trailer << /ID [<00><00>] " + lock + b" "))
    assert failure(path).code == Code.ENCRYPTED


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<w>" + " " * (80 * 2**20) + "</w>")
    assert failure(path).code == Code.TOO_LARGE


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("mật khẩu", encoding="utf-8")
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    xml = (
        f'<!DOCTYPE d [<!ENTITY e SYSTEM "file://{tmp_path}/secret">]>'
        f'<w:document xmlns:w="{w}"><w:body><w:p><w:r><w:t>Chào &e;</w:t></w:r></w:p></w:body></w:document>'
    )
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("word/document.xml", xml)
    assert [b.text.strip() for b in extract(tmp_path / "a.docx").blocks] == ["Chào"]  # type: ignore[union-attr]


def test_a_readers_own_failure_is_a_damaged_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(package.READERS, "txt", "no_such_module")
    (tmp_path / "a.txt").write_text("Chào", encoding="utf-8")
    error = failure(tmp_path / "a.txt")
    assert error.code == Code.DAMAGED and isinstance(error.__cause__, ImportError)


def test_errors_travel_between_processes() -> None:
    error = pickle.loads(pickle.dumps(ReadError(Code.EMPTY, "Tệp rỗng.", "Tải lại.")))
    assert (error.code, str(error), error.advice) == (Code.EMPTY, "Tệp rỗng.", "Tải lại.")
