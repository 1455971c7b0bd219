"""Pages of PDF files as pictures and as placed letters. Runs in a process of its own: files are not to be trusted."""

from __future__ import annotations

import io
from pathlib import Path
from typing import NamedTuple

from pipeline.model import Box

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
    """A page as a PNG picture of few colours."""
    import pypdfium2 as pdfium

    with pdfium.PdfDocument(path) as file:
        page = file[number - 1]
        scale = min(WIDTH / max(page.get_width(), 1), _HIGHEST / max(page.get_height(), 1))
        image = page.render(scale=scale).to_pil().convert("RGB").quantize(_COLOURS)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def sheet(path: Path, number: int) -> Sheet:
    """The letters of a page. A page whose letters stand across it has none: its picture is turned otherwise."""
    import pypdfium2 as pdfium

    from pipeline.extract.pdf.glyphs import Glyph, glyphs

    def letter(g: Glyph) -> Letter:
        return Letter(g.letter, Box(g.x0, g.base - 0.9 * g.size, g.x1, g.base + 0.24 * g.size))

    with pdfium.PdfDocument(path) as file:
        page = file[number - 1]
        found, turn = glyphs(page)
        size = page.get_width(), page.get_height()
        level = turn == page.get_rotation()
    lines: list[list[Glyph]] = []
    for glyph in sorted((g for g in found if not g.letter.isspace()), key=lambda g: g.base) if level else []:
        if lines and glyph.base - lines[-1][-1].base <= 0.3 * max(glyph.size, 4.0):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    return Sheet(*size, [letter(g) for line in lines for g in sorted(line, key=lambda g: g.x0)])
