"""What people are told of scanned pages."""

from pipeline.model import SourceInfo
from pipeline.scanned import notes


def told(pages: list[int], sure: list[float]) -> list[str]:
    return notes(SourceInfo(name="a.pdf", sha256="0", format="pdf", pages=9, ocr_pages=pages, ocr_confidence=sure))


def test_nothing_is_said_of_pages_with_words_of_their_own() -> None:
    assert told([], []) == []


def test_scanned_pages_are_named() -> None:
    (note,) = told([1, 2, 3, 7], [95.0, 94.0, 96.0, 90.0])
    assert "1–3, 7" in note and "đối chiếu" in note


def test_a_page_hardly_read_is_named_apart() -> None:
    _, note = told([2, 5], [95.0, 48.2])
    assert note.startswith("Trang 5 ") and "48/100" in note and "quét rõ hơn" in note


def test_documents_stored_before_tell_no_confidence() -> None:
    assert len(told([2, 5], [])) == 1
