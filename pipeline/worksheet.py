"""The handout of duties as a workbook: a sheet an agency, grouped by document, ready to print on A4."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from datetime import date
from math import ceil
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.render import plain_cell, set_value
from pipeline.wording import CODES

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Record = dict[str, Any]

_FONT = "Times New Roman"
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\\x00-\x1f\ud800-\udfff\ufffe\uffff]")
_TITLE_LIMIT = 31
_HEADER_ROW = 5
_LINE, _HIGHEST = 16, 409  # points: one line of text, and the highest row there may be
_SPACING = 1.1  # letters to a unit of width
_LONGEST_LABEL = 60


class _Column(NamedTuple):
    """A column of the handout: its heading, its width in characters, and what stands in it for a task."""

    heading: str
    width: int
    field: str


_COLUMNS = (
    _Column("STT", 5, "number"),
    _Column("Nhiệm vụ (nguyên văn)", 58, "text"),
    _Column("Cơ quan thực hiện", 24, "agencies"),
    _Column("Vai trò", 9, "role"),
    _Column("Cơ quan phối hợp", 24, "partners"),
    _Column("Thời hạn", 17, "deadlines"),
    _Column("Hạn kế tiếp", 12, "next_due"),
    _Column("Văn bản giao", 18, "document"),
    _Column("Trang", 7, "page"),
)
_NOW = _Column("Cơ quan giữ nhiệm vụ hiện nay", 34, "now")
_OVERVIEW = (
    _Column("STT", 5, "number"),
    _Column("Cơ quan", 70, "agency"),
    _Column("Số nhiệm vụ", 11, "tasks"),
    _Column("Nhắc lại văn bản cấp trên", 14, "repeats"),
    _Column("Đã quá hạn", 11, "overdue"),
    _Column("Hạn gần nhất", 13, "next_due"),
    _Column("Trang tính", 33, "sheet"),
)


def worksheet(records: Sequence[Record], today: date, *, asked: bool = False) -> bytes:
    """The workbook of some tasks: one sheet an agency, and before them an overview where there are several.

    Of ``asked`` agencies only those have a sheet; else a duty of several stands on the sheet of each.
    """
    from openpyxl import Workbook

    book = Workbook()
    first = book.active
    by_agency: dict[str, list[Record]] = {}
    for record in records:
        for agency in (record["agency"],) if asked else record["agencies"]:
            by_agency.setdefault(agency, []).append(_of(record, agency))
    by_agency = dict(sorted(by_agency.items())) or {"": []}
    titles = _titles(by_agency)
    if len(by_agency) > 1:
        _overview(first, by_agency, titles, today)
    else:
        book.remove(first)
    for agency, found in by_agency.items():
        _handout(book.create_sheet(titles[agency]), agency, found, today)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _of(record: Record, agency: str) -> Record:
    """A record as it stands on an agency's sheet: who holds the duty now is known for its first owner."""
    if agency == record["agency"] or record["current_chain"] is None:
        return record
    return {**record, "current_agency": None, "current_candidates": [], "current_chain": [], "current_why": None}


def _titles(agencies: Iterable[str]) -> dict[str, str]:
    """A title for each agency's sheet: numbered, so that shortened names stay apart."""
    return {agency: _title(i, _NOT_IN_TITLES.sub(" ", agency)) for i, agency in enumerate(agencies, 1)}


def _title(number: int, name: str) -> str:
    """A name as the title of a sheet: its beginning and its end, where the place stands."""
    title = f"{number}. {name or 'Không có nhiệm vụ'}".strip(" '")
    if len(title) <= _TITLE_LIMIT:
        return title
    half = (_TITLE_LIMIT - 1) // 2
    return f"{title[:half].rstrip()}…{title[-half:].lstrip()}"


def _handout(sheet: Worksheet, agency: str, records: list[Record], today: date) -> None:
    """The sheet of one agency: its duties, one block a document."""
    columns = (*_COLUMNS, _NOW) if any(r["current_chain"] is not None for r in records) else _COLUMNS
    documents = len({r["document_id"] for r in records})
    _head(sheet, columns, "BẢNG THEO DÕI NHIỆM VỤ", agency, f"{len(records)} nhiệm vụ trong {documents} văn bản", today)
    row = _HEADER_ROW + 1
    for number, record in enumerate(records, 1):
        if number == 1 or record["document_id"] != records[number - 2]["document_id"]:
            _group(sheet, row, columns, _source(record))
            row += 1
        _row(sheet, row, columns, [_value(record, column.field, number) for column in columns])
        sheet.row_dimensions[row].outlineLevel = 1
        row += 1


def _overview(sheet: Worksheet, by_agency: dict[str, list[Record]], titles: dict[str, str], today: date) -> None:
    """One row an agency, each with a way to its sheet; a duty that repeats another of the list counts once."""
    from openpyxl.worksheet.hyperlink import Hyperlink

    listed = {r["task_id"] for found in by_agency.values() for r in found}
    doubled = {r["task_id"] for found in by_agency.values() for r in found if r["repeats"] in listed}
    sheet.title = "Tổng hợp"
    _head(
        sheet, _OVERVIEW, "TỔNG HỢP NHIỆM VỤ", f"{len(by_agency)} cơ quan", f"{len(listed - doubled)} nhiệm vụ", today
    )
    for number, (agency, found) in enumerate(by_agency.items(), 1):
        own = [r for r in found if r["task_id"] not in doubled]
        due = min((r["next_due"] for r in own if r["next_due"]), default=None)
        overdue = sum(r["due_status"] == "overdue" for r in own)
        values = (number, agency, len(own), len(found) - len(own), overdue, _date(due), titles[agency])
        _row(sheet, _HEADER_ROW + number, _OVERVIEW, values)
        link = sheet.cell(_HEADER_ROW + number, len(values))
        link.hyperlink = Hyperlink(link.coordinate, location=f"'{titles[agency]}'!A1")


def _head(sheet: Worksheet, columns: Sequence[_Column], title: str, subject: str, size: str, today: date) -> None:
    """Titles, headings and the setting of the page."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    centred = Alignment(horizontal="center", vertical="center", wrap_text=True)
    told = ((title, 16, True), (subject, 14, True), (f"{size}; lập ngày {today:%d/%m/%Y}", 12, False))
    for row, (words, points, bold) in enumerate(told, 1):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(columns))
        cell = sheet.cell(row, 1)
        set_value(cell, words)
        cell.font, cell.alignment = Font(name=_FONT, size=points, bold=bold), centred
    _row(sheet, _HEADER_ROW, columns, [column.heading for column in columns])
    for at, column in enumerate(columns, 1):
        cell = sheet.cell(_HEADER_ROW, at)
        cell.font, cell.alignment = Font(name=_FONT, size=12, bold=True), centred
        cell.fill = PatternFill("solid", fgColor="D9E2F3")
        sheet.column_dimensions[get_column_letter(at)].width = column.width
    sheet.freeze_panes = sheet.cell(_HEADER_ROW + 1, 1)
    _page(sheet)


def _page(sheet: Worksheet) -> None:
    """A4 across, as wide as the page, the headings on each, pages numbered."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", "9"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{_HEADER_ROW}:{_HEADER_ROW}"
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.footer = 0.6, 0.8, 0.4
    sheet.oddFooter.center.text = "Trang &P/&N"
    sheet.sheet_properties.outlinePr.summaryBelow = False


def _group(sheet: Worksheet, row: int, columns: Sequence[_Column], words: str) -> None:
    """The row that opens the duties of one document."""
    from openpyxl.styles import Font, PatternFill

    for at in range(1, len(columns) + 1):
        _write(sheet, row, at, words if at == 1 else None)
        sheet.cell(row, at).fill = PatternFill("solid", fgColor="F2F2F2")
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(columns))
    sheet.cell(row, 1).font = Font(name=_FONT, size=12, bold=True)
    sheet.row_dimensions[row].height = _height(words, sum(column.width for column in columns))


def _row(sheet: Worksheet, row: int, columns: Sequence[_Column], values: Sequence[Any]) -> None:
    """A row of cells, high enough for the longest."""
    for at, value in enumerate(values, 1):
        _write(sheet, row, at, value)
    heights = (_height(str(value or ""), column.width) for column, value in zip(columns, values, strict=True))
    sheet.row_dimensions[row].height = max(heights)


def _height(words: str, width: int) -> int:
    """The points that words take when wrapped; programs do not all measure the rows themselves."""
    lines = sum(max(1, ceil(len(line) / width / _SPACING)) for line in words.split("\n"))
    return min(_LINE * lines + 3, _HIGHEST)


def _write(sheet: Worksheet, row: int, at: int, value: Any) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side

    line = Side(style="thin", color="808080")
    cell = sheet.cell(row, at)
    set_value(cell, value)
    cell.font = Font(name=_FONT, size=12)
    cell.border = Border(left=line, right=line, top=line, bottom=line)
    level = "center" if isinstance(value, int | date) else None
    cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal=level)


def _value(record: Record, field: str, number: int) -> Any:
    match field:
        case "number":
            return number
        case "role":
            return CODES["role"].get(record["role"], record["role"])
        case "next_due":
            return "đã qua" if record["due_status"] == "overdue" else _date(record["next_due"])
        case "document":
            label = str(record["document"])
            return label if len(label) <= _LONGEST_LABEL else f"{label[:_LONGEST_LABEL].rstrip()}…"
        case "page":
            return f"{record['page']} (ảnh quét)" if record["ocr"] else record["page"]
        case "now":
            return _now(record)
        case _:
            return plain_cell(record[field])


def _now(record: Record) -> str:
    """Who holds the duty now, or who may and why that is open, and on which grounds."""
    among = "; ".join(record["current_candidates"] or ())
    grounds = dict.fromkeys(step["ground"] for step in record["current_chain"] or ())
    told = (
        record["current_agency"],
        f"Một trong: {among}." if among else None,
        record["current_why"],
        f"Căn cứ: {'; '.join(grounds)}." if grounds else None,
    )
    return "\n".join(line for line in told if line)


def _source(record: Record) -> str:
    """A document as one refers to it: ``38/KH-UBND ngày 25/01/2024 của Ủy ban nhân dân tỉnh ...``."""
    issued = f" ngày {_date(record['issued_on']):%d/%m/%Y}" if record["issued_on"] else ""
    issuer = f" của {record['issuer']}" if record["issuer"] else ""
    return f"{record['document']}{issued}{issuer}"


def _date(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
