"""From a file to its lines and tables; the format is told by content, not by suffix.

A format is one module with ``read(path) -> Reading``; :data:`READERS` names them. To add one, write the module, let
:mod:`pipeline.extract.sniff` recognise it, and list it here.
"""

from __future__ import annotations

import hashlib
from importlib import import_module
from pathlib import Path

from pipeline.encodings import repaired
from pipeline.errors import Code, ReadError
from pipeline.extract.reading import Ocr, Reading
from pipeline.extract.sniff import sniff
from pipeline.model import Source

READERS = {
    "pdf": "pipeline.extract.pdf",
    "docx": "pipeline.extract.docx",
    "doc": "pipeline.extract.doc",
    "rtf": "pipeline.extract.rtf",
    "odt": "pipeline.extract.odf",
    "ods": "pipeline.extract.odf",
    "xlsx": "pipeline.extract.xlsx",
    "xls": "pipeline.extract.xls",
    "html": "pipeline.extract.html",
    "eml": "pipeline.extract.mail",
    "msg": "pipeline.extract.mail",
    "image": "pipeline.extract.image",
    "txt": "pipeline.extract.txt",
}

#: Formats whose pages may be pictures; their ``read`` is also told which of them to read as such.
PICTURED = ("pdf", "image")

UNREAD = {
    "pptx": "tệp trình chiếu (.pptx)",
    "xml": "tệp XML",
    "zip": "tệp nén (.zip)",
    "archive": "tệp nén",
    "heic": "ảnh HEIC, AVIF do điện thoại chụp",
    "media": "tệp âm thanh hoặc hình ảnh động",
    "binary": "dữ liệu nhị phân, không phải văn bản",
}

#: Of these, what holds other files.
PACKED = ("zip", "archive")

MAX_BYTES = 100 * 2**20


def extract(path: Path, ocr: Ocr = "auto") -> Source:
    """Read a file, those pages from their picture that ``ocr`` names.

    Raises :class:`~pipeline.errors.ReadError` where it cannot be read.
    """
    _check_size(path)
    name = sniff(path)
    if name not in READERS:
        raise ReadError(
            Code.UNKNOWN_FORMAT,
            f"Chưa đọc được định dạng này: tệp có vẻ là {UNREAD[name]}.",
            "Hãy giải nén rồi đưa cả thư mục vào."
            if name in PACKED
            else "Hãy lưu lại thành PDF, DOCX hoặc TXT (ảnh: JPEG, PNG) rồi thử lại.",
        )
    reading = _read(name, path, ocr)
    blocks = repaired(reading.blocks)
    return Source(
        path.name,
        _sha256(path),
        name,
        blocks,
        reading.pages,
        reading.ocr_pages,
        reading.words,
        reading.ocr_confidence,
        reading.warnings,
    )


def _check_size(path: Path) -> None:
    if path.is_dir():
        raise ReadError(
            Code.NOT_FOUND,
            "Đây là thư mục, không phải tệp.",
            "Hãy nêu từng tệp, hoặc đưa cả thư mục vào kho bằng «vanban ingest».",
        )
    try:
        size = path.stat().st_size if path.is_file() else None
    except OSError:
        size = None
    if size is None:
        raise ReadError(Code.NOT_FOUND, "Không tìm thấy tệp.", "Hãy kiểm tra lại đường dẫn.")
    if size == 0:
        raise ReadError(Code.EMPTY, "Tệp rỗng (0 byte).", "Hãy tải hoặc sao chép lại tệp.")
    if size > MAX_BYTES:
        raise ReadError(
            Code.TOO_LARGE,
            f"Tệp quá lớn: {size // 2**20} MB, giới hạn là {MAX_BYTES // 2**20} MB.",
            "Hãy tách tệp thành nhiều phần nhỏ hơn hoặc giảm độ phân giải ảnh quét.",
        )


def _read(name: str, path: Path, ocr: Ocr) -> Reading:
    try:
        told = (path, ocr) if name in PICTURED else (path,)
        reading: Reading = import_module(READERS[name]).read(*told)
    except (ReadError, MemoryError):
        raise
    except PermissionError as error:
        raise ReadError(Code.NOT_FOUND, "Không có quyền đọc tệp.", "Hãy kiểm tra quyền truy cập.") from error
    except Exception as error:  # a parser's own failure, whatever its type, is a damaged file to the user
        raise ReadError(
            Code.DAMAGED,
            f"Tệp {'ảnh' if name == 'image' else name.upper()} bị hỏng hoặc không đúng chuẩn, không đọc được.",
            "Hãy mở bằng chương trình soạn thảo, lưu lại rồi thử lại.",
        ) from error
    return reading


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
