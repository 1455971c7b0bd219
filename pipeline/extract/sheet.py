"""Spreadsheets of any format: the sheets as titles, tables and closing lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import groupby

from pipeline import layout
from pipeline.errors import Code, ReadError
from pipeline.extract import prose
from pipeline.extract.reading import Reading
from pipeline.model import Line, Table

MAX_CELLS = 1_000_000
_DEFAULT_NAME = re.compile(r"(?:sheet|trang[ _]tính|trang|bảng)\s?\d*", re.IGNORECASE)
_FORMAT_NOISE = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')


@dataclass(slots=True)
class Sheet:
    """One sheet: what its cells show by row and column, and the ranges that are merged (corners included)."""

    name: str
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)

    def put(self, row: int, column: int, text: str) -> None:
        """Set a cell; refuse sheets that are too large."""
        self.cells[row, column] = text
        if len(self.cells) > MAX_CELLS:
            raise ReadError(Code.TOO_LARGE, "Bảng tính có quá nhiều ô.", "Hãy tách bảng tính thành nhiều tệp nhỏ hơn.")


def reading(sheets: Iterable[Sheet]) -> Reading:
    """The sheets of a workbook, one after the other."""
    return prose.reading([block for sheet in sheets for block in _blocks(sheet)], "Bảng tính")


def _blocks(sheet: Sheet) -> Iterator[Line | Table]:
    """A sheet's parts: lines where its rows have few cells, tables elsewhere; its name where it has no title."""
    rows = _rows(sheet)
    if not rows:
        return
    width = max(len(row) for _, row in rows)
    parts = list(_parts(rows, 3 if width > 2 else width))
    if parts and not isinstance(parts[0], list) and not _DEFAULT_NAME.fullmatch(sheet.name.strip()):
        yield Line(sheet.name, bold=True, centred=True, whole=True)
    for part in parts:
        if isinstance(part, list):
            yield from _lines(part)
        else:
            yield Table(part.rows, header_rows=_header_rows(sheet, part))


@dataclass(slots=True)
class _Body:
    """The rows of a table, and at which row of the sheet it begins."""

    first: int
    rows: list[list[str]]


_Row = tuple[int, list[str]]


def _rows(sheet: Sheet) -> list[_Row]:
    """The rows with words, without the empty columns around them."""
    if not sheet.cells:
        return []
    left = min(column for _, column in sheet.cells)
    rows: list[_Row] = []
    for row, keys in groupby(sorted(sheet.cells), key=lambda key: key[0]):
        columns = [column for _, column in keys]
        texts = [""] * (columns[-1] - left + 1)
        for column in columns:
            texts[column - left] = " ".join(sheet.cells[row, column].split())
        rows.append((row, texts))
    return rows


def _parts(rows: list[_Row], least: int) -> Iterator[list[list[str]] | _Body]:
    """Stretches of lines and of tables: a table is from its first to its last row with at least ``least`` cells."""
    full = [sum(map(bool, texts)) >= least for _, texts in rows]
    at = 0
    while at < len(rows):
        if not full[at]:
            end = next((i for i in range(at, len(rows)) if full[i]), len(rows))
            yield [texts for _, texts in rows[at:end]]
        else:
            end = _table_end(rows, full, at)
            width = max(len(texts) for _, texts in rows[at:end])
            yield _Body(rows[at][0], [texts + [""] * (width - len(texts)) for _, texts in rows[at:end]])
        at = end


def _table_end(rows: list[_Row], full: list[bool], at: int) -> int:
    """Where a table ends: before a title, a closing, or at the last row that is full enough or next to it."""
    last = at
    for i in range(at + 1, len(rows)):
        row, texts = rows[i]
        words = [text for text in texts if text]
        apart = row - rows[i - 1][0] > 1
        if full[i] or (len(words) > 1 and not apart and last == i - 1 and not any(map(prose.is_form, words))):
            last = i
        elif any(map(prose.is_form, words)) or (apart and len(words) == 1 and layout.is_a("caption", words[0])):
            break
    return last + 1


def _lines(rows: list[list[str]]) -> Iterator[Line]:
    """Rows with few cells as lines: what stands left in consecutive rows of two before what stands right."""
    right: list[str] = []
    for texts in rows:
        words = [text for text in texts if text]
        if len(words) < 2:
            yield from _said(right)
            right = []
        yield from _said(words[:1], centred=len(words) == 1 and not texts[0])
        right += words[1:]
    yield from _said(right)


def _said(texts: list[str], centred: bool = False) -> Iterator[Line]:
    for text in texts:
        yield Line(text, centred=centred or layout.is_upper(text), whole=True)


def _header_rows(sheet: Sheet, body: _Body) -> int:
    """How deep the header is: as far as the merged cells of its first row reach, one more under cells merged across."""
    deep = 1
    for top, left, bottom, right in sheet.merged:
        if top == body.first:
            deep = max(deep, bottom - top + 1, 2 if right > left else 1)
    return min(deep, max(1, len(body.rows) - 1), 5)


# --------------------------------------------------------------------------- what cells show


def shown(value: object, form: str = "General") -> str:
    """What a cell shows: numbers, percentages and dates in the Vietnamese way."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Đúng" if value else "Sai"
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}" if value.time() == time() else f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, int | float):
        return _number(value, form)
    return str(value).strip()


def _number(value: float, form: str) -> str:
    plain = _FORMAT_NOISE.sub("", form.split(";")[0])
    percent = "%" in plain
    value = value * 100 if percent else value
    if "0" in plain:
        decimals = len(plain.partition(".")[2].replace("#", "").strip("% E+-")) if "." in plain else 0
    else:
        decimals = None
    text = _plain(value) if decimals is None else f"{value:.{min(decimals, 10)}f}"
    if "," in plain.partition(".")[0]:
        whole, _, rest = text.partition(".")
        text = f"{int(whole):,}".replace(",", " ") + (f".{rest}" if rest else "")
    return text.replace(".", ",").replace(" ", ".") + ("%" if percent else "")


def _plain(value: float) -> str:
    """A number as written by hand: no exponent, none of the digits that binary fractions add."""
    text = f"{value:.10f}".rstrip("0").rstrip(".")
    return text if text not in ("-0", "") else "0"


def vietnamese(text: str, value: float) -> str:
    """A number that a program wrote in its own language, with the decimals and groups that it shows."""
    digits = re.sub(r"\D", "", text)
    for decimals in range(min(len(digits), 10)):
        if abs(abs(value) * 10**decimals - int(digits)) < 0.51:
            separators = len(re.findall(r"[.,\u00a0\u202f ](?=\d)", text))
            grouped = separators > (decimals > 0)
            sign = "-" if value < 0 else ""
            body = shown(abs(value), ("#,##0" if grouped else "0") + ("." + "0" * decimals if decimals else ""))
            return f"{sign}{body}" + ("%" if text.endswith("%") else "")
    return text
