"""Excel workbooks of 2007 and later (.xlsx, .xlsm): what the cells show; formulas by their stored results."""

from __future__ import annotations

import warnings
from pathlib import Path

from pipeline.extract import sheet
from pipeline.extract.ooxml import open_package
from pipeline.extract.reading import Reading


def read(path: Path) -> Reading:
    """The visible sheets of a workbook; macros and links to other files are left alone."""
    from openpyxl import load_workbook

    with open_package(path) as package:
        package.check()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of parts that it does not read: charts, controls
        book = load_workbook(path, data_only=True, keep_links=False, keep_vba=False)
    sheets = []
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
    return sheet.reading(sheets)
