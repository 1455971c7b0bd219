"""Which format a file is, by its content: magic bytes, members of an archive, statistics of its bytes."""

from __future__ import annotations

import codecs
import re
import zipfile
from pathlib import Path

from pipeline.errors import Code, ReadError

_HEAD = 4096

_MAGIC = (
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ", "archive"),
    (b"ID3", "media"),
    (b"RIFF", "media"),
    (b"\x1aE\xdf\xa3", "media"),
)

_HEIC = (b"heic", b"heix", b"mif1", b"msf1", b"avif")

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Names of streams in an OLE file, as its directory holds them (UTF-16).
_OLE_STREAMS = (
    ("__nameid_version1.0", "msg"),
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
)

_ZIP_MEMBERS = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"))

# What an OpenDocument file says it is; a template ends in -template.
_OPEN_DOCUMENT = (
    ("ods", "opendocument.spreadsheet"),
    ("odt", "opendocument.text"),
    ("pptx", "opendocument.presentation"),
)

_BITMAP_HEADERS = tuple(size.to_bytes(4, "little") for size in (12, 40, 52, 56, 64, 108, 124))

_MAIL_FIELD = re.compile(rb"[a-z][a-z-]{1,40}:\s")
_MAIL_FIELDS = re.compile(rb"(?m)^(?:From|To|Subject|Date|MIME-Version|Message-ID|Received|Content-Type):")


def sniff(path: Path) -> str:
    """The name of a file's format: a key of ``READERS`` or ``UNREAD``. Raises ``ReadError`` for encrypted packages."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _sniff_zip(path)
    if head.startswith(_OLE):
        return _sniff_ole(path)
    if head.startswith(codecs.BOM_UTF8):
        return _sniff_text(head.removeprefix(codecs.BOM_UTF8))
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "html" if _is_page(head.decode("utf-16", "ignore").encode()) else "txt"
    if _is_bitmap(head) or (head.startswith(b"RIFF") and head[8:12] == b"WEBP"):
        return "image"
    for magic, name in _MAGIC:
        if head.startswith(magic) and (len(magic) > 2 or _is_binary(head)):
            return name
    if head[4:8] == b"ftyp":
        return "heic" if head[8:12] in _HEIC else "media"
    return _sniff_text(head)


def _is_bitmap(head: bytes) -> bool:
    """A Windows bitmap: two reserved numbers after its size are nought, and its own header is of a known size."""
    return head.startswith(b"BM") and head[6:10] == bytes(4) and head[14:18] in _BITMAP_HEADERS


def _sniff_zip(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.namelist()
            if "mimetype" in members and archive.getinfo("mimetype").file_size < 200:
                kind = archive.read("mimetype").decode("ascii", "replace")
                for name, mark in _OPEN_DOCUMENT:
                    if mark in kind:
                        return name
    except Exception as error:  # a broken directory fails in many ways
        raise ReadError(
            Code.DAMAGED,
            "Tệp bị cắt cụt hoặc hỏng: phần nén không mở được.",
            "Hãy tải hoặc sao chép lại tệp gốc.",
        ) from error
    for prefix, name in _ZIP_MEMBERS:
        if any(m.startswith(prefix) for m in members):
            return name
    return "zip"


def _sniff_ole(path: Path) -> str:
    with path.open("rb") as file:
        data = file.read()
    for stream, name in _OLE_STREAMS:
        if stream.encode("utf-16-le") in data:
            if name == "encrypted":
                raise ReadError(
                    Code.ENCRYPTED,
                    "Tệp Office được đặt mật khẩu.",
                    "Hãy mở tệp bằng mật khẩu, lưu bản không đặt mật khẩu rồi thử lại.",
                )
            return name
    return "binary"


def _sniff_text(head: bytes) -> str:
    start = head.lstrip()[:512].lower()
    if _MAIL_FIELD.match(start) and len(_MAIL_FIELDS.findall(head)) > 1:
        return "eml"
    if _is_page(head):
        return "html"
    if start.startswith(b"<?xml"):
        return "xml"
    if _looks_utf16(head):
        return "txt"
    return "binary" if _is_binary(head) else "txt"


def _is_page(head: bytes) -> bool:
    """Whether a text opens as web pages do."""
    start = head.lstrip()[:512].lower()
    return start.startswith((b"<!doctype html", b"<html")) or (start.startswith(b"<") and b"<html" in head.lower())


def _looks_utf16(head: bytes) -> bool:
    """UTF-16 without its mark: every other byte of Latin text is zero or small."""
    even, odd = head[0::2], head[1::2]
    share = max(even.count(0), odd.count(0)) / max(len(odd), 1)
    return len(head) > 8 and share > 0.5 and min(even.count(0), odd.count(0)) < 0.05 * len(odd)


def _is_binary(head: bytes) -> bool:
    """Text of any encoding has next to no control characters besides tabs, line ends and form feeds."""
    controls = sum(b < 32 and b not in (9, 10, 12, 13, 27) for b in head)
    return controls > 0.01 * len(head)
