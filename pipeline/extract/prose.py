"""Paragraphs of word processors: their runs, each in its own font, as one line or as the lines a form breaks into."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipeline import layout
from pipeline.encodings import in_font
from pipeline.errors import Code, ReadError
from pipeline.extract.columns import uncolumn
from pipeline.extract.reading import Reading
from pipeline.model import Line, Table


class Run(NamedTuple):
    """Words of one look; a line break within them is ``\\n``."""

    text: str
    bold: bool = False
    italic: bool = False
    font: str | None = None


def lines(runs: Iterable[Run], centred: bool = False, label: str = "") -> Iterator[Line]:
    """A paragraph's lines: one, or more where it breaks its lines as a letterhead does."""
    runs = list(runs)
    text = "".join(in_font(run.text, run.font) for run in runs)
    if not text.strip():
        return
    seen = [run for run in runs if run.text.strip()]
    bold, italic = all(r.bold for r in seen), all(r.italic for r in seen)
    for piece in _pieces(label + text):
        yield Line(piece, bold=bold, italic=italic, centred=centred, whole=True)


def _pieces(text: str) -> Iterator[str]:
    """A paragraph's text cut at those of its line breaks that part paragraphs."""
    piece = ""
    for line in text.split("\n"):
        plain = line.strip()
        if piece.strip() and plain and _parts(piece.strip(), plain):
            yield piece
            piece = line
        else:
            piece = f"{piece} {line}" if piece else line
    if piece.strip():
        yield piece


def _parts(before: str, after: str) -> bool:
    heading = layout.is_upper(before) and not layout.starts_lower(after)
    return (
        is_form(before)
        or is_form(after)
        or heading
        or layout.opens(after)
        or (layout.ends_sentence(before) and not layout.starts_lower(after))
    )


def is_form(text: str) -> bool:
    """Whether a line belongs to a letterhead, the recipients or a signature."""
    return any(layout.is_a(name, text) for name in ("letterhead", "recipients", "signature"))


def reading(blocks: Iterable[Line | Table], what: str) -> Reading:
    """A document of whole paragraphs: letterheads that tabs set in two columns uncoiled; refused where it is empty."""
    result: list[Line | Table] = []
    pending: list[Line] = []
    for block in blocks:
        if isinstance(block, Line):
            pending.append(block)
        else:
            result += [*uncolumn(pending), block]
            pending = []
    result += uncolumn(pending)
    if not any(b.text.strip() if isinstance(b, Line) else any(map(any, b.rows)) for b in result):
        raise ReadError(
            Code.NO_TEXT,
            f"{what} không có chữ nào (có thể chỉ có ảnh).",
            "Nếu nội dung là ảnh quét, hãy xuất thành PDF và nhận dạng chữ (OCR).",
        )
    return Reading(result)
