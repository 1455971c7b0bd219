"""Pages of files as pictures and as placed letters. Runs in a process of its own: files are not to be trusted."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.extract.image import PAGE_INCHES, seen
from pipeline.extract.pdf.glyphs import Glyphs, glyphs
from pipeline.extract.pdf.lines import by_row
from pipeline.extract.sniff import sniff
from pipeline.model import Box, Word

if TYPE_CHECKING:
    from PIL.Image import Image

WIDTH = 1240  # pixels: A4 at 150 points an inch
_HIGHEST = 4 * WIDTH
_COLOURS = 64


class Letter(NamedTuple):
    """A letter of a page and its place."""

    letter: str
    box: Box


class Sheet(NamedTuple):
    """A page as it stands: its size in points and its letters, line by line."""

    width: float
    height: float
    letters: list[Letter]


def picture(path: Path, number: int) -> bytes:
    """A page as a PNG picture of few colours, turned so that one reads it."""
    image = _drawn(path, number) if sniff(path) == "pdf" else _photographed(path, number)
    out = io.BytesIO()
    image.convert("RGB").quantize(_COLOURS).save(out, "PNG")
    return out.getvalue()


def _drawn(path: Path, number: int) -> Image:
    import pypdfium2 as pdfium

    with pdfium.PdfDocument(path) as file:
        page = file[number - 1]
        turn, width, height = _level(page, glyphs(page))
        scale = min(WIDTH / max(width, 1), _HIGHEST / max(height, 1))
        drawn: Image = page.render(scale=scale, rotation=turn).to_pil()
        return drawn


def _photographed(path: Path, number: int) -> Image:
    """A picture of a page, as wide as the pages of PDF files are drawn."""
    from PIL import Image

    with Image.open(path) as file:
        file.seek(number - 1)
        shown = seen(file)
    return shown.resize((WIDTH, min(_HIGHEST, round(shown.height * WIDTH / max(shown.width, 1)))))


def _level(page: Any, found: Glyphs) -> tuple[int, float, float]:
    """By how many degrees a page is turned further so that its letters are level, and its size then."""
    turn = (found.frame.turn - page.get_rotation()) % 360 if found.letters.size else 0
    width, height = page.get_width(), page.get_height()
    return (turn, height, width) if turn % 180 else (turn, width, height)


def sheet(path: Path, number: int) -> Sheet:
    """The letters of a page as it is pictured; none of a page that is a picture itself."""
    if sniff(path) != "pdf":
        picture, wide = _photographed(path, number), 72 * PAGE_INCHES
        return Sheet(wide, picture.height * wide / picture.width, [])
    import pypdfium2 as pdfium

    with pdfium.PdfDocument(path) as file:
        page = file[number - 1]
        found = glyphs(page)
        _, *size = _level(page, found)
    return Sheet(size[0], size[1], [_letter(*glyph) for glyph in by_row(found.letters).tolist()])


def _letter(code: int, x0: float, x1: float, base: float, size: float, *_: object) -> Letter:
    return Letter(chr(code), Box(x0, base - 0.9 * size, x1, base + 0.24 * size))


def spelled(words: Iterable[Word]) -> list[Letter]:
    """The letters of words read from a picture, each as wide as the others of its word."""
    found = []
    for _, text, box in words:
        step = (box.x1 - box.x0) / max(len(text), 1)
        for i, letter in enumerate(text):
            found.append(Letter(letter, box._replace(x0=box.x0 + i * step, x1=box.x0 + (i + 1) * step)))
    return found
