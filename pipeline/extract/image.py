"""Pictures of pages (PNG, JPEG, BMP, WebP, TIFF with several pages), read by OCR."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from pipeline.errors import Code, ReadError
from pipeline.extract import ocr
from pipeline.extract.pdf.blocks import blocks_read
from pipeline.extract.pdf.tables import Grid, merge_cut
from pipeline.extract.picture import DPI, smoothed
from pipeline.extract.reading import Ocr, Reading
from pipeline.model import Line

if TYPE_CHECKING:
    from PIL.Image import Image

PAGE_INCHES = 8.27  # the width of an A4 page: what a picture that does not know its size is taken for
_WHOLE = (1.25, 1.6)  # how much longer than wide whole pages are, photographs of them included
_MOST_PAGES = 500
_MOST_PIXELS = 60_000_000


def read(path: Path, asked: Ocr = "auto") -> Reading:
    """The lines of the pages, unless ``asked`` not to read pictures."""
    if not ocr.may(asked):
        raise ReadError(Code.NEEDS_OCR, "Tệp là ảnh chụp trang văn bản, chưa nhận dạng được chữ.", ocr.advice(asked))
    pages = list(ocr.read_pages(_pages(path)))
    found: list[Line | Grid] = []
    for number, page in enumerate(pages, 1):
        found += blocks_read(page, number, PAGE_INCHES * 72)
    blocks = merge_cut(found)
    if not blocks:
        raise ReadError(Code.NO_TEXT, "Không nhận ra chữ nào trong ảnh.", "Hãy chụp hoặc quét lại rõ hơn rồi thử lại.")
    words = [word for number, page in enumerate(pages, 1) for word in page.words_on(number)]
    sure = [page.confidence for page in pages]
    return Reading(blocks, len(pages), list(range(1, len(pages) + 1)), words, sure)


def _pages(path: Path) -> Iterator[Image]:
    """The pictures, each set to the resolution of a page."""
    from PIL import Image, ImageSequence

    with Image.open(path) as file:
        for number, frame in enumerate(ImageSequence.Iterator(file)):
            if number >= _MOST_PAGES or frame.width * frame.height > _MOST_PIXELS:
                raise ReadError(Code.TOO_LARGE, "Ảnh quá lớn.", "Hãy giảm độ phân giải hoặc tách tệp rồi thử lại.")
            picture = seen(frame)
            resolution = _across(*picture.size) / PAGE_INCHES
            wide, high = (max(1, round(side * DPI / resolution)) for side in picture.size)
            yield smoothed(picture.resize((wide, high)), resolution)


def seen(picture: Image) -> Image:
    """A picture as eyes see it: turned as its camera says, on white paper where it is transparent, in 256 shades where
    it has more."""
    from PIL import Image, ImageOps

    picture = ImageOps.exif_transpose(picture)
    if picture.mode[0] in "IF":
        shades = np.asarray(picture, float)
        return Image.fromarray((255 * shades / max(shades.max(), 1.0)).clip(0, 255).astype(np.uint8)).convert("RGB")
    if "A" in picture.getbands() or "transparency" in picture.info:
        paper = Image.new("RGBA", picture.size, "white")
        return Image.alpha_composite(paper, picture.convert("RGBA")).convert("RGB")
    return picture.convert("RGB")


def _across(width: int, height: int) -> int:
    """The side of a picture that is the width of a page: the shorter one where it is a whole page on its side."""
    return height if _WHOLE[0] < width / height < _WHOLE[1] else width
