"""What people are told of how a file was read: pages read from their picture, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.model import SourceInfo

UNSURE = 75.0  # of 100: below it the words of a page are doubtful as a whole


def notes(source: SourceInfo) -> list[str]:
    """Sentences on what of a file could not be read, and on its pages that are pictures, the doubtful ones named."""
    if not source.ocr_pages:
        return source.warnings
    pages = listed(source.ocr_pages)
    told = [f"Trang {pages} là ảnh quét, chữ do máy nhận dạng: hãy đối chiếu số, ngày và tên với bản gốc."]
    unsure = {n: sure for n, sure in zip(source.ocr_pages, source.ocr_confidence, strict=False) if sure < UNSURE}
    if unsure:
        told.append(
            f"Trang {listed(unsure)} quá mờ, máy đọc không chắc (độ chắc {min(unsure.values()):.0f}/100): hãy đọc lại"
            " từ bản gốc, hoặc quét rõ hơn rồi đưa vào lại."
        )
    return [*source.warnings, *told]


def listed(pages: Iterable[int]) -> str:
    """Page numbers, those in a row as ``1–3``."""
    runs: list[list[int]] = []
    for page in sorted(pages):
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)
