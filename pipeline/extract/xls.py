"""Excel 97-2003 workbooks (.xls)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from pipeline.errors import Code, ReadError
from pipeline.extract import sheet
from pipeline.extract.reading import Reading


def read(path: Path) -> Reading:
    """The visible sheets of a workbook; formulas by their stored results."""
    import xlrd

    with Path(os.devnull).open("w", encoding="utf-8") as silent:
        try:
            book = xlrd.open_workbook(path, formatting_info=True, logfile=silent)
        except xlrd.XLRDError as error:
            if "encrypted" not in str(error):
                raise
            raise ReadError(
                Code.ENCRYPTED,
                "Tệp Excel được đặt mật khẩu.",
                "Hãy mở tệp bằng mật khẩu, lưu bản không đặt mật khẩu rồi thử lại.",
            ) from error
    sheets = []
    for source in book.sheets():
        if source.visibility:
            continue
        found = sheet.Sheet(source.name)
        for row in range(source.nrows):
            for column in range(source.row_len(row)):
                if text := _shown(book, source.cell(row, column)):
                    found.put(row, column, text)
        found.merged = [(top, left, below - 1, after - 1) for top, below, left, after in source.merged_cells]
        sheets.append(found)
    return sheet.reading(sheets)


def _shown(book: Any, cell: Any) -> str:
    import xlrd

    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK, xlrd.XL_CELL_ERROR):
        return ""
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return sheet.shown(bool(cell.value))
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return sheet.shown(xlrd.xldate_as_datetime(cell.value, book.datemode))
        except (ValueError, OverflowError):
            return sheet.shown(cell.value)
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        form = book.format_map.get(book.xf_list[cell.xf_index].format_key)
        return sheet.shown(cell.value, form.format_str if form else "General")
    return sheet.shown(cell.value)
