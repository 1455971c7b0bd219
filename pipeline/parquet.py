"""The store as Parquet files by province and year of the documents, as DuckDB and Spark read them (Hive layout).

``FOLDER/tasks/province=tinh lai chau/year=2024/part-0.parquet``; where a document tells no place or day, the name is
``__HIVE_DEFAULT_PARTITION__``, which both read as null.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlite_utils import Database

from pipeline.store import analysis

_UNKNOWN = "__HIVE_DEFAULT_PARTITION__"


class ParquetMissing(Exception):
    """pyarrow is not installed; the message says how to add it."""


def write_parquet(db: Database, folder: Path) -> None:
    """Write every table into a new folder, whole or not at all. Raises OSError, also where it holds files."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise ParquetMissing(
            "Chưa cài phần ghi Parquet. Trong thư mục vanban, hãy chạy: .venv/bin/pip install '.[parquet]'"
        ) from None
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(f"Thư mục {folder} đã có tệp. Hãy chọn một thư mục mới.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    types = _types(pyarrow)
    with TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}") as temporary:
        whole = Path(temporary, folder.name)
        whole.mkdir()
        for name, table in analysis.TABLES.items():
            schema = pyarrow.schema([(column, types[kind]) for column, kind in table.columns.items()])
            for place, records in _parts(db, table):
                (whole / name / place).mkdir(parents=True)
                rows = pyarrow.Table.from_pylist(records, schema)
                parquet.write_table(rows, whole / name / place / "part-0.parquet", compression="zstd")
        if folder.exists():
            folder.rmdir()
        whole.rename(folder)


def _parts(db: Database, table: analysis.Table) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The rows of a table by province and year, with the folder of each part."""
    for part in analysis.parts(db):
        found = analysis.rows(db, table, part)
        if found:
            place = f"province={part.province or _UNKNOWN}/year={part.year or _UNKNOWN}"
            yield place, [_read(record, table) for record in found]


def _read(record: dict[str, Any], table: analysis.Table) -> dict[str, Any]:
    """A row with days and lists as such."""
    return {
        name: _READ.get(table.columns[name], lambda value: value)(value) if value is not None else None
        for name, value in record.items()
    }


_READ: dict[str, Callable[[Any], Any]] = {
    "day": date.fromisoformat,
    "words": json.loads,
    "deadlines": json.loads,
    "yes": bool,
}


def _types(pyarrow: Any) -> dict[str, Any]:
    """What the kinds of column are to Parquet."""
    said = [(name, pyarrow.string()) for name in ("text", "from", "to", "month_day", "recurrence")]
    return {
        "number": pyarrow.int64(),
        "amount": pyarrow.float64(),
        "text": pyarrow.string(),
        "day": pyarrow.date32(),
        "yes": pyarrow.bool_(),
        "words": pyarrow.list_(pyarrow.string()),
        "deadlines": pyarrow.list_(pyarrow.struct(said)),
    }
