"""Excel workbooks of 2007 and later (.xlsx, .xlsm): what the cells show; formulas by their stored results."""

from __future__ import annotations

import warnings
import zipfile
from itertools import islice
from pathlib import Path
from typing import Any

from pipeline.extract import sheet
from pipeline.extract.ooxml import open_package
from pipeline.extract.reading import Reading

_NAMED = 5  # cells that a warning names


def read(path: Path) -> Reading:
    """The visible sheets of a workbook; macros and links to other files are left alone.

    A formula whose result the file does not hold leaves its cell empty, and a warning.
    """
    with open_package(path) as package:
        package.check()
    sheets: list[sheet.Sheet] = []
    book = _open(path, data_only=True)
    for source in book.worksheets:
        if source.sheet_state != "visible":
            continue
        found = sheet.Sheet(source.title)
        for row in source.iter_rows():
            for cell in row:
                if text := sheet.shown(cell.value, cell.number_format or "General"):
                    found.put(cell.row - 1, cell.column - 1, text)
        found.merged = [
            (r.min_row - 1, r.min_col - 1, r.max_row - 1, r.max_col - 1) for r in source.merged_cells.ranges
        ]
        sheets.append(found)
    reading = sheet.reading(sheets)
    if empty := _without_result(path, book):
        named = ", ".join(islice(empty, _NAMED)) + (" ..." if len(empty) > _NAMED else "")
        reading.warnings.append(
            f"{len(empty)} ô có công thức mà tệp không lưu kết quả, nên bị bỏ trống: {named}."
            " Hãy mở tệp bằng Excel hoặc LibreOffice, lưu lại rồi đưa vào lại."
        )
    return reading


def _open(path: Path, data_only: bool) -> Any:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of parts that it does not read: charts, controls
        return load_workbook(path, data_only=data_only, keep_links=False, keep_vba=False)


def _without_result(path: Path, results: Any) -> list[str]:
    """The cells with a formula of which ``results`` knows none, not even empty words: ``Bảng 1!D3``."""
    with zipfile.ZipFile(path) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        if not any(b"<f" in archive.read(name) for name in sheets):
            return []
    return [
        f"{source.title}!{cell.coordinate}"
        for source in _open(path, data_only=False).worksheets
        if source.sheet_state == "visible"
        for row in source.iter_rows()
        for cell in row
        if cell.data_type == "f" and _is_unknown(results[source.title][cell.coordinate])
    ]


def _is_unknown(result: Any) -> bool:
    return result.value is None and result.data_type != "str"
