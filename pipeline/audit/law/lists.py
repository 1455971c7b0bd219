"""Lists of legal documents that people bring: their own, or an export of the national database, as CSV or XLSX."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from patterns import data
from pipeline.audit.law.catalogue import FIELDS
from pipeline.fold import fold
from pipeline.symbols import canonical, parse, type_of_symbol

Row = dict[str, str]
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


class ListError(ValueError):
    """A list that cannot be read; the message is a Vietnamese sentence."""


class BadRow(NamedTuple):
    """A row that was left out, and why."""

    number: int
    reason: str


def read_list(path: Path) -> tuple[list[Row], list[BadRow]]:
    """The rows of a list with our field names, and those left out. Raises :class:`ListError`."""
    table = _xlsx(path) if path.suffix.lower() == ".xlsx" else _csv(path)
    lines = iter(table)
    columns = next((found for line in lines if "symbol" in (found := _columns(line)).values()), None)
    if columns is None:
        raise ListError("Không thấy cột «Số ký hiệu» (hoặc symbol) trong tệp.")
    good: list[Row] = []
    bad: list[BadRow] = []
    for number, line in enumerate(lines, 1):
        if not any(str(cell or "").strip() for cell in line):
            continue
        try:
            good.append(_row({field: line[i] for i, field in columns.items() if i < len(line)}, path.name))
        except ValueError as error:
            bad.append(BadRow(number, str(error)))
    return good, bad


def _csv(path: Path) -> Iterator[list[Any]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ListError("Tệp không phải mã UTF-8. Hãy lưu lại dạng «CSV UTF-8» hoặc .xlsx.") from error
    first = text.partition("\n")[0]
    return iter(csv.reader(io.StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ","))


def _xlsx(path: Path) -> Iterator[list[Any]]:
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # openpyxl lets errors of zip, XML and its own through
        raise ListError("Không đọc được tệp Excel.") from error
    return (list(row) for row in book.worksheets[0].iter_rows(values_only=True))


def _columns(line: Iterable[Any]) -> dict[int, str]:
    """Which column holds which field; the first that names a field wins."""
    names = {fold(alias): field for field, aliases in data("catalogue_columns")["columns"].items() for alias in aliases}
    found: dict[int, str] = {}
    for i, cell in enumerate(line):
        field = names.get(fold(" ".join(str(cell or "").split())))
        if field and field not in found.values():
            found[i] = field
    return found


def _row(cells: dict[str, Any], source: str) -> Row:
    """One row as the catalogue keeps it. Raises ``ValueError`` with the reason."""
    row = dict.fromkeys(FIELDS, "")
    symbol = canonical(str(cells.get("symbol") or ""))
    parsed = parse(symbol)
    if not parsed or not parsed.codes:
        raise ValueError(f"«{symbol}» không phải số, ký hiệu văn bản.")
    for name in ("issued_on", "effective_on", "expired_on"):
        row[name] = _iso(cells.get(name))
    for name in ("replaced_by", "repealed_by", "amended_by"):
        row[name] = "|".join(s for part in re.split(r"[;,|]", str(cells.get(name) or "")) if (s := _symbol(part)))
    for name in ("title", "issuer", "doc_type"):
        row[name] = " ".join(str(cells.get(name) or "").split())
    for earlier, later in (("issued_on", "effective_on"), ("effective_on", "expired_on"), ("issued_on", "expired_on")):
        if row[earlier] and row[later] and row[earlier] > row[later]:
            raise ValueError(f"{symbol}: các ngày ban hành, hiệu lực, hết hiệu lực không theo thứ tự.")
    ended = row["expired_on"] or row["replaced_by"] or row["repealed_by"]
    row["symbol"], row["status"] = symbol, _status(cells.get("status")) or ("expired" if ended else "unknown")
    row["doc_type"] = type_of_symbol(symbol) or row["doc_type"]
    row["verified"] = "|".join([*(["identity"] if row["issued_on"] else []), *(["force"] if row["expired_on"] else [])])
    row["source"] = str(cells.get("source") or "") or f"{source}, nhập ngày {date.today():%d/%m/%Y}"
    return row


def _symbol(words: str) -> str:
    """The symbol in some words (``Nghị định số 112/2021/NĐ-CP``)."""
    last = words.split()[-1] if words.split() else ""
    return canonical(last) if parse(canonical(last)) else ""


def _iso(value: Any) -> str:
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    words = str(value or "").strip()
    m = _DAY.search(words)
    try:
        if m:
            return date(int(m[3]), int(m[2]), int(m[1])).isoformat()
        return date.fromisoformat(words[:10]).isoformat() if words else ""
    except ValueError as error:
        raise ValueError(f"«{words}» không phải là ngày.") from error


def _status(value: Any) -> str:
    words = fold(" ".join(str(value or "").split()))
    statuses: dict[str, str] = data("catalogue_columns")["statuses"]
    return next((status for said, status in statuses.items() if words.startswith(fold(said))), "")
