"""PDF files: lines by geometry, ruled tables as tables, pages without text noted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2 as pdfium

from pipeline.errors import Code, ReadError
from pipeline.extract import ocr
from pipeline.extract.pdf.drawn import drawn
from pipeline.extract.pdf.glyphs import Array, Frame, Glyphs
from pipeline.extract.pdf.letters import ACCENTED, ALPHA
from pipeline.extract.pdf.letters import kinds as kinds_of
from pipeline.extract.pdf.lines import rows_of
from pipeline.extract.pdf.order import in_reading_order
from pipeline.extract.pdf.stamps import page_with_stamps
from pipeline.extract.pdf.tables import Grid, grids, in_cells, merge_cut
from pipeline.extract.reading import Reading
from pipeline.model import Box, Line, Word

_SCANNED = 0.5  # of the page that one picture covers
_FEW = 200  # letters on a scanned page that are only a stamp or a running head
_COVER = 200  # letters of a file that only say on a cover what its scanned pages hold
_OUTLINES = 300  # drawn shapes on a page without text that are letters set as outlines
_ACCENTED = 0.12  # share of letters with marks below which a scan's text layer is not Vietnamese


def read(path: Path) -> Reading:
    """The lines and tables of a PDF file.

    Pages without text of their own are read from their picture where OCR is present, else passed over if any page has
    some text.
    """
    pages: dict[int, list[Line | Grid]] = {}
    pictured: list[int] = []
    words: list[Word] = []
    letters = 0
    with _open(path) as file:
        count = len(file)
        for number in range(1, count + 1):
            page, found = page_with_stamps(file, number - 1)
            shown = drawn(page, Frame(page, found.turn))
            scanned = shown.pictured > _SCANNED * page.get_width() * page.get_height()
            if _has_text(found.letters, scanned):
                pages[number] = _page(page, number, found, shown.rules)
                letters += found.letters.size
            elif scanned or shown.shapes >= _OUTLINES:
                pictured.append(number)
            page.close()
        if pictured and ocr.present():
            pages |= _from_pictures(file, pictured, words)
        elif not any(pages.values()) or (len(pages) < count / 2 and letters < _COVER):
            raise ReadError(
                Code.NEEDS_OCR,
                "Tệp PDF là ảnh quét, không có lớp chữ đọc được." if count else "Tệp PDF không có trang nào.",
                ocr.ADVICE,
            )
    if not any(pages.values()):
        raise ReadError(Code.NO_TEXT, "Không nhận ra chữ nào trên các trang quét.", "Hãy quét lại rõ hơn rồi thử lại.")
    blocks = [block for number in sorted(pages) for block in pages[number]]
    return Reading(merge_cut(blocks), count, [number for number in pictured if number in pages], words)


def _from_pictures(file: pdfium.PdfDocument, numbers: list[int], words: list[Word]) -> dict[int, list[Line | Grid]]:
    """The lines of pages that are pictures; their ``words`` are added as they stand on the page."""
    widths = [file.get_page_size(number - 1)[0] for number in numbers]
    pictures = (file[number - 1].render(scale=ocr.DPI / 72).to_pil() for number in numbers)
    read = zip(numbers, widths, ocr.read_pages(pictures), strict=True)
    found: dict[int, list[Line | Grid]] = {}
    for number, width, page in read:
        found[number] = list(in_reading_order(rows_of(page.letters, number), width))
        words += page.words_on(number)
    return found


def _open(path: Path) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise ReadError(
                Code.ENCRYPTED,
                "Tệp PDF được đặt mật khẩu.",
                "Hãy mở tệp bằng mật khẩu, lưu bản không đặt mật khẩu rồi thử lại.",
            ) from error
        raise ReadError(Code.DAMAGED, "Tệp PDF bị cắt cụt hoặc hỏng.", "Hãy tải hoặc sao chép lại tệp gốc.") from error


def _page(page: Any, number: int, found: Glyphs, rules: list[Box]) -> list[Line | Grid]:
    """The blocks of a page from top to bottom; what stands in a table is not read again as lines."""
    letters = found.letters
    tables = sorted(grids(rules, letters, number), key=lambda g: g.box.top)
    if tables:
        letters = letters.compress(in_cells(letters, [grid.box for grid in tables]) < 0)
    rows = rows_of(letters, number)
    width = page.get_width() if found.turn == page.get_rotation() else page.get_height()
    blocks: list[Line | Grid] = []
    for grid in tables:
        above = [row for row in rows if row.base < grid.box.bottom]
        rows = rows[len(above) :]
        blocks += [*in_reading_order(above, width), grid]
    return blocks + list(in_reading_order(rows, width))


def _has_text(letters: Array, scanned: bool) -> bool:
    """Whether a page has words of its own: not a scan, or a scan with a true text layer below the picture."""
    kinds = kinds_of(letters["letter"])
    words, accented = np.count_nonzero(kinds & ALPHA), np.count_nonzero(kinds & ACCENTED)
    return bool(words and (not scanned or (words >= _FEW and accented >= _ACCENTED * words)))
