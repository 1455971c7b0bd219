"""PDF files: lines by geometry, ruled tables as tables, pages without text noted."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pypdfium2 as pdfium

from pipeline.errors import Code, ReadError
from pipeline.extract import ocr
from pipeline.extract.pdf.blocks import TOGETHER, Sheet, blocks_of, blocks_read
from pipeline.extract.pdf.drawn import Drawn, drawn, rules_of
from pipeline.extract.pdf.glyphs import Array, Glyphs, Told, glyphs_told
from pipeline.extract.pdf.letters import ACCENTED, ALPHA, are_garbled
from pipeline.extract.pdf.stamps import Stamps, page_with_stamps, stamped
from pipeline.extract.pdf.tables import Grid, merge_cut
from pipeline.extract.pdf.watermarks import without_watermark
from pipeline.extract.picture import DPI, smoothed
from pipeline.extract.reading import Ocr, Reading
from pipeline.model import Line, Word
from pipeline.scanned import listed

_SCANNED = 0.5  # of the page that one picture covers
_PASTED = 0.25  # of a page with hardly any words that a picture covers which is more than an emblem or a seal
_FEW = 200  # letters on a scanned page that are only a stamp or a running head
_COVER = 200  # letters of a file that only say on a cover what its scanned pages hold
_OUTLINES = 300  # drawn shapes on a page without text that are letters set as outlines
_A4 = 595.0  # points: the shorter side of a page whose own size cannot be meant
_NARROWEST, _WIDEST = 280.0, 850.0  # points: the shorter side of A6 and of A3
_ACCENTED = 0.12  # share of letters with marks below which a scan's text layer is not Vietnamese


def read(path: Path, asked: Ocr = "auto") -> Reading:
    """The lines and tables of a PDF file, and the pages that are ``asked`` for from their picture.

    Pages without text of their own are read from their picture where OCR is present, else passed over if any page has
    some text.
    """
    pictured: dict[int, float] = {}
    words: list[Word] = []
    sure: dict[int, float] = {}
    warnings: list[str] = []
    unruled: list[int] = []
    with _open(path) as file:
        count = len(file)
        pages = dict(blocks_of(_written(file, asked, pictured), unruled))
        if pictured and ocr.may(asked):
            pages |= _from_pictures(file, pictured, words, sure)
        elif not any(pages.values()) or (len(pages) < count / 2 and _is_short(pages)):
            raise ReadError(
                Code.NEEDS_OCR,
                "Tệp PDF là ảnh quét, không có lớp chữ đọc được." if count else "Tệp PDF không có trang nào.",
                ocr.advice(asked),
            )
        elif pictured:
            unread = listed(pictured)
            warnings.append(f"Trang {unread} là ảnh quét hoặc có lớp chữ hỏng, chưa đọc được. {ocr.advice(asked)}")
    if unruled:
        warnings.append(
            f"Trang {listed(unruled)} có bảng không kẻ khung, được đọc thành từng dòng chữ: hãy đối chiếu số liệu với"
            " bản gốc, hoặc đưa vào tệp DOCX, XLSX có bảng ấy."
        )
    if not any(pages.values()):
        raise ReadError(Code.NO_TEXT, "Không nhận ra chữ nào trên các trang quét.", "Hãy quét lại rõ hơn rồi thử lại.")
    blocks = chain.from_iterable(pages[number] for number in sorted(pages))
    return Reading(merge_cut(blocks), count, list(sure), words, list(sure.values()), warnings)


class _Page(NamedTuple):
    """What the library tells of a page."""

    number: int
    width: float
    height: float
    turn: int  # degrees by which it is shown turned
    told: Told
    stamps: Stamps | None
    drawn: Drawn


def _written(file: pdfium.PdfDocument, asked: Ocr, pictured: dict[int, float]) -> Iterator[Sheet]:
    """The pages that have words of their own; the numbers of those that are to be read from their picture are added to
    ``pictured``, and the picture's resolution in dots an inch."""
    numbers = iter(range(1, len(file) + 1))
    while pages := [_page(file, number) for number in islice(numbers, TOGETHER)]:
        for page, (letters, frame) in zip(pages, glyphs_told([page.told for page in pages]), strict=True):
            if page.stamps:
                letters, _ = stamped(Glyphs(letters, frame), page.stamps)
            letters = without_watermark(letters)
            words = _letters(letters)
            shown = page.drawn
            scanned = shown.pictured / (page.width * page.height) > (_SCANNED if words >= _FEW else _PASTED)
            garbled = are_garbled(letters["letter"], letters["kind"])
            drawn_only = scanned or garbled or shown.shapes >= _OUTLINES
            told = not garbled and (_has_text(letters, scanned) or (letters.size and not drawn_only))
            if told and asked != "always":
                width = page.width if frame.turn == page.turn else page.height
                yield Sheet(page.number, width, letters, rules_of(shown, frame))
            elif drawn_only or asked == "always":
                pictured[page.number] = shown.resolution if scanned else 0.0


def _page(file: pdfium.PdfDocument, number: int) -> _Page:
    page, told, stamps = page_with_stamps(file, number - 1)
    found = _Page(number, page.get_width(), page.get_height(), page.get_rotation(), told, stamps, drawn(page))
    page.close()
    return found


def _is_short(pages: dict[int, list[Line | Grid]]) -> bool:
    """Whether pages have no more letters than a cover has that says what follows."""
    return sum(len(text) for blocks in pages.values() for block in blocks for text in _texts(block)) < _COVER


def _texts(block: Line | Grid) -> list[str]:
    return [block.text] if isinstance(block, Line) else [cell for row in block.table.rows for cell in row]


def _from_pictures(
    file: pdfium.PdfDocument, numbers: dict[int, float], words: list[Word], sure: dict[int, float]
) -> dict[int, list[Line | Grid]]:
    """The lines of pages that are pictures, given by their numbers and resolutions; their ``words`` are added as they
    stand on the page, and how ``sure`` the reader is of those of each."""
    sizes = [file.get_page_size(number - 1) for number in numbers]
    shares = [_share(*size) for size in sizes]
    pictures = (
        smoothed(file[number - 1].render(scale=share * DPI / 72).to_pil(), resolution / share)
        for (number, resolution), share in zip(numbers.items(), shares, strict=True)
    )
    read = zip(numbers, sizes, shares, ocr.read_pages(pictures), strict=True)
    found: dict[int, list[Line | Grid]] = {}
    for number, (width, height), share, page in read:
        found[number] = blocks_read(page, number, (height if page.turned % 180 else width) * share)
        words += page.words_on(number, share)
        sure[number] = page.confidence
    return found


def _share(width: float, height: float) -> float:
    """By what a page is to be made smaller or larger: some programs count the pixels of a scan as points."""
    narrow = min(width, height)
    return 1.0 if _NARROWEST < narrow < _WIDEST else _A4 / max(narrow, 1.0)


def _open(path: Path) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(path.read_bytes())  # from the disk it would be asked for a few bytes at a time
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise ReadError(
                Code.ENCRYPTED,
                "Tệp PDF được đặt mật khẩu.",
                "Hãy mở tệp bằng mật khẩu, lưu bản không đặt mật khẩu rồi thử lại.",
            ) from error
        raise ReadError(Code.DAMAGED, "Tệp PDF bị cắt cụt hoặc hỏng.", "Hãy tải hoặc sao chép lại tệp gốc.") from error


def _has_text(letters: Array, scanned: bool) -> bool:
    """Whether a page has words of its own: not a scan, or a scan with a true text layer below the picture."""
    words, accented = _letters(letters), _letters(letters, ACCENTED)
    return bool(words and (not scanned or (words >= _FEW and accented >= _ACCENTED * words)))


def _letters(letters: Array, kind: int = ALPHA) -> int:
    """How many letters of a kind there are."""
    return int(np.count_nonzero(letters["kind"] & kind))
