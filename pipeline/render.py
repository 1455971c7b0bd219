"""Rows for people and programs: table, json, jsonl, csv, xlsx."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any

from pipeline.wording import CODES, DAYS, FIGURES, HEADINGS, MOMENTS, SHEETS, plain, worded

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet
    from rich.table import Table
    from rich.text import Text

Record = dict[str, Any]

_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
# What a terminal would obey or turn around, and halves of letters that no terminal can show.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CELL_LIMIT = 32_767
_WIDEST = 60
_MARGIN = 0.4  # inches
# Columns of a table share its width; the narrow ones take what they need.
_WIDE = {
    "text", "marked", "title", "message", "advice", "evidence", "before", "after", "name", "detail", "current_agency",
}  # fmt: skip
_WHOLE = {"symbol", "document", "plan", "report"}  # as a rule the number of a document, which is not to be broken
_LEAST_WIDE, _LEAST_OTHER, _MOST_WHOLE = 16, 9, 20
_NARROW = {
    "task_id", "document_id", "cited_id", "role", "page", "doc_type", "type", "tasks", "citations", "mentions",
    "relation", "stage", "code", "outcome", "files", "issued_on", "part", "present", "use", "severity",
    "finding", "finding_id", "expected",
    "unit", "period", "aspect", "value", "comparator", "of", "target", "result", "share", "gap",
    "next_due", "due_status", "met", "rank", "count", "charged", "change", "view", "similarity",
    "plan_due", "report_due", "plan_on", "report_on",
}  # fmt: skip


def visible(text: str) -> str:
    """A text that a terminal shows and does not obey: names of files may hold what moves its cursor."""
    return _UNSEEN.sub(lambda m: m[0].encode("unicode_escape").decode(), text)


def write(
    records: Sequence[Record],
    columns: Sequence[str],
    form: str,
    output: Path | None,
    shown: Sequence[str],
    name: str = "",
) -> None:
    """Write rows in a format to a file, or to standard output; ``shown`` are the columns of a table.

    ``name`` is what a workbook calls its sheet, one of ``SHEETS``.
    """
    if form == "table":
        _table(records, shown, output)
        return
    put(to_bytes(records, columns, form, bom=output is not None, name=name), output)


def put(content: bytes, output: Path | None) -> None:
    """Write bytes to a file, or to standard output."""
    if output:
        replace_file(output, content)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()


def to_bytes(records: Sequence[Record], columns: Sequence[str], form: str, bom: bool = False, name: str = "") -> bytes:
    """Rows in one of the formats for programs. ``bom``: begin CSV as spreadsheets need it to see UTF-8."""
    if form == "json":
        return (json.dumps(list(records), ensure_ascii=False, indent=2) + "\n").encode()
    if form == "jsonl":
        return "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records).encode()
    if form == "csv":
        return _csv(records, columns).encode("utf-8-sig" if bom else "utf-8")
    return workbook({name if name in SHEETS else "": (records, columns)})


def replace_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}", delete=False) as file:
        temporary = Path(file.name)
        file.write(content)
    try:
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except OSError:
        temporary.unlink()
        raise


def _umask() -> int:
    umask = os.umask(0)
    os.umask(umask)
    return umask


def _csv(records: Sequence[Record], columns: Sequence[str]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([_csv_cell(record.get(c)) for c in columns] for record in records)
    return out.getvalue()


def _csv_cell(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula; nested values as JSON."""
    if isinstance(value, list) and all(isinstance(v, str) for v in value):
        value = "; ".join(value)
    elif isinstance(value, list | dict):
        value = json.dumps(value, ensure_ascii=False)
    risky = isinstance(value, str) and value.startswith(_FORMULA) and value.strip("=+-@")  # a sign alone is none
    return f"'{value}" if risky else value


def _table(records: Sequence[Record], shown: Sequence[str], output: Path | None) -> None:
    from rich.console import Console

    rows = [{c: visible(_brief(c, record.get(c))) for c in shown} for record in records]
    if output:
        text = io.StringIO()
        Console(file=text, width=160).print(_grid(rows, shown))
        replace_file(output, text.getvalue().encode())
    elif rows:
        console = Console()
        console.print(_grid(rows, shown) if _least_width(rows, shown) <= console.width else _cards(rows))


def _least_width(rows: Sequence[Mapping[str, str]], shown: Sequence[str]) -> int:
    """How many letters a table of these rows needs across to be legible."""
    return sum(_least(rows, c) for c in shown) + 3 * len(shown) + 1


def _least(rows: Sequence[Mapping[str, str]], column: str) -> int:
    if column in _NARROW | _WHOLE:
        longest = max(len(row[column]) for row in rows)
        return longest if column in _NARROW else min(longest, _MOST_WHOLE)
    return _LEAST_WIDE if column in _WIDE else _LEAST_OTHER


def _grid(rows: Sequence[Mapping[str, str]], shown: Sequence[str]) -> Table:
    """One row of a table each."""
    from rich.table import Table

    table = Table(header_style="bold", show_lines=True, expand=any(c in _WIDE for c in shown))
    for column in shown:
        ratio = None if column in _NARROW | _WHOLE else 5 if column in _WIDE else 2
        most = _MOST_WHOLE if column in _WHOLE else None
        table.add_column(HEADINGS.get(column, column), overflow="fold", ratio=ratio, max_width=most)
    for row in rows:
        table.add_row(*(_cell(column, words) for column, words in row.items()))
    return table


def _cards(rows: Sequence[Mapping[str, str]]) -> Table:
    """One block of headings and values each, for a terminal too narrow for a table."""
    from rich.table import Table

    table = Table(show_header=False, expand=True)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold", ratio=1)
    for row in rows:
        for column, words in row.items():
            if words:
                table.add_row(HEADINGS.get(column, column), _cell(column, words))
        table.add_section()
    return table


def _cell(column: str, words: str) -> Text:
    from rich.text import Text

    return _marked(words) if column == "marked" else Text(words)


def _brief(column: str, value: Any) -> str:
    """What a table shows of a value: long lists cut."""
    words = worded(column, value)
    return words if column in _WIDE or len(words) <= _WIDEST else words[:_WIDEST].rstrip() + "…"


def _marked(text: str) -> Text:
    """A text with its marked words in bold."""
    from rich.text import Text

    shown = Text(text)
    shown.highlight_regex("«[^»]*»", "bold yellow")
    return shown


def workbook(sheets: Mapping[str, tuple[Sequence[Record], Sequence[str]]]) -> bytes:
    """A workbook with one sheet for each set of rows: headings, filters, wrapped cells, real dates, no formulas.

    It prints on A4 across with all columns on one page and the headings on each.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for name, (records, columns) in sheets.items():
        _sheet(book.create_sheet(SHEETS.get(name, name)[:31]), records, columns)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet(sheet: Worksheet, records: Sequence[Record], columns: Sequence[str]) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    headings: list[Any] = [HEADINGS.get(c, c) for c in columns]
    rows = [headings, *([_as_cell(c, r.get(c)) for c in columns] for r in records)]
    for i, row in enumerate(rows, 1):
        for j, value in enumerate(row, 1):
            cell = sheet.cell(i, j)
            set_value(cell, value)
            if columns[j - 1] in FIGURES and isinstance(value, int | float):
                cell.number_format = _figure_format(value)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=i == 1)
    for j in range(1, len(columns) + 1):
        widest = max(len(str("" if row[j - 1] is None else row[j - 1])) for row in rows)
        sheet.column_dimensions[get_column_letter(j)].width = min(widest, _WIDEST) + 4
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    sheet.page_margins.left = sheet.page_margins.right = _MARGIN


def _figure_format(value: float) -> str:
    """How a number is shown: thousands parted, with the decimals that it has."""
    decimals = len(f"{value:.6f}".rstrip("0").partition(".")[2])
    return "#,##0" + ("." + "0" * decimals if decimals else "")


Cell = str | int | float | date | None


def _as_cell(column: str, value: Any) -> Cell:
    """A value of a column as a cell of a workbook holds it: codes in Vietnamese, days and moments as such."""
    if column in CODES and isinstance(value, list | tuple):
        return worded(column, value)
    plain_value = plain_cell(value)
    if not isinstance(plain_value, str):
        return plain_value
    if column in CODES:
        return CODES[column].get(plain_value, plain_value)
    try:
        if column in DAYS:
            return date.fromisoformat(plain_value)
        if column in MOMENTS:
            return datetime.fromisoformat(plain_value).astimezone().replace(tzinfo=None, microsecond=0)
    except ValueError:
        pass
    return plain_value


def set_value(cell: Any, value: Cell) -> None:
    """Write a value into a cell of a workbook; words stay words, whatever they begin with or hold."""
    if isinstance(value, date):
        cell.number_format = "dd/mm/yyyy hh:mm" if isinstance(value, datetime) else "dd/mm/yyyy"
    cell.value = _ILLEGAL.sub("", value) if isinstance(value, str) else value
    if isinstance(value, str) and value.startswith(_FORMULA):
        cell.data_type, cell.quotePrefix = "s", True


def plain_cell(value: Any) -> str | int | float | None:
    """A value of a field as a cell of a workbook holds it."""
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value
    return plain(value)[:_CELL_LIMIT]
