"""``vanban doctor``: is everything there that the program needs?"""

from __future__ import annotations

import sqlite3
import sys
from importlib.util import find_spec
from pathlib import Path

import click

from pipeline.cli.app import DONE, SOME_FAILED, Command, db_option, using
from pipeline.cli.rows import Output, row_options

_PARTS = {
    "pdfplumber": "đọc PDF",
    "pypdfium2": "đọc chữ và bảng trong PDF",
    "lxml": "đọc DOCX, ODT, trang web",
    "olefile": "đọc DOC và thư Outlook (MSG)",
    "openpyxl": "đọc và ghi bảng tính XLSX",
    "xlrd": "đọc bảng tính XLS",
    "underthesea": "nhận ra tên gọi của thứ được đếm",
}
_EXTRAS = {
    "fastapi": ("trang web (vanban serve)", ".venv/bin/pip install '.[web]'"),
    "distributed": ("đọc tệp trên cụm máy (vanban ingest --scheduler)", ".venv/bin/pip install '.[cluster]'"),
    "pyarrow": ("xuất Parquet (vanban export --format parquet)", ".venv/bin/pip install '.[parquet]'"),
}
_INSTALL = ".venv/bin/pip install ."
_FIELDS = ("part", "use", "present", "advice")


@click.command(cls=Command, help="Kiểm tra các thành phần cần thiết và kho dữ liệu; thiếu gì thì nói cách thêm.")
@db_option
@row_options
def doctor(store: Path, output: Output) -> None:
    """One row a part; what is only an extra may be absent."""
    from pipeline.annotate.ner import load_model
    from pipeline.extract import ocr

    rows = [_row(part, use, find_spec(part) is not None, _INSTALL) for part, use in _PARTS.items()]
    rows.append(_row("spacy", "tìm cơ quan mà quy tắc không nhận ra", load_model() is not None, _INSTALL))
    rows.append(_row("SQLite FTS5", "tìm kiếm", _has_fts5(), "dùng bản Python kèm SQLite có FTS5"))
    if store.exists():
        with using(store) as db:
            whole = db.execute("PRAGMA quick_check").fetchone()[0] == "ok"
        rows.append(_row(str(store), "kho dữ liệu", whole, "đổi tên tệp để giữ lại, rồi chạy «vanban ingest»"))
    sound = all(row["present"] for row in rows)
    rows += [_row(part, use, find_spec(part) is not None, advice) for part, (use, advice) in _EXTRAS.items()]
    rows.append(_row("tesseract-ocr-vie", "đọc bản quét và ảnh", ocr.present(), "apt install tesseract-ocr-vie"))
    output.write(output.page.of(rows), _FIELDS, _FIELDS)
    sys.exit(DONE if sound else SOME_FAILED)


def _row(part: str, use: str, present: bool, advice: str) -> dict[str, object]:
    return {"part": part, "use": use, "present": present, "advice": None if present else advice}


def _has_fts5() -> bool:
    with sqlite3.connect(":memory:") as connection:
        return ("ENABLE_FTS5",) in connection.execute("PRAGMA compile_options").fetchall()
