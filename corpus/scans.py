"""The samples as offices scan them: ``python -m corpus.scans FOLDER [NAME...]`` writes a PDF of pictures for each.

A page of a sample's PDF is printed grey on paper that is not quite white, laid askew on the glass, with specks and
noise; the seal stands over the signature, the stamp of the office that received it on the first page. The same sample
gives the same scan every time.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from corpus.layout import CORPUS
from corpus.source import samples
from pipeline.extract import extract
from pipeline.model import Line

DPI = 200
CLEAN_DPI = 300
_RED = (214, 48, 62)
_PAPER, _INK = 244, 38  # how bright
_ASKEW = 1.2  # degrees at most
_NOISE = 9.0  # of 255, standard deviation
_SPECKS = 0.0002  # of all pixels
_SEAL = 0.71  # inches: radius
_QUALITY = 80  # of the JPEG that the scanner writes


def pages(path: Path, office: str | None, dpi: int = DPI) -> Iterator[Image.Image]:
    """The pages of a PDF, printed, stamped and scanned; the seal goes beside the line of ``office``."""
    chance = random.Random(path.stem)
    signed = _signature(path, office) if office else None
    with pdfium.PdfDocument(path) as file:
        for number, page in enumerate(file, 1):
            picture = _printed(page.render(scale=dpi / 72).to_pil())
            stamps = Image.new("RGB", picture.size, "white")
            draw = ImageDraw.Draw(stamps)
            if number == 1:
                _received(draw, dpi)
            if signed and signed.page == number and signed.box:
                _seal(draw, signed.box.x0 * dpi / 72, signed.box.bottom * dpi / 72, dpi)
            yield _scanned(ImageChops.multiply(picture, stamps), chance)


def clean_pages(path: Path) -> Iterator[Image.Image]:
    """The pages of a PDF at :data:`CLEAN_DPI`, nothing added."""
    with pdfium.PdfDocument(path) as file:
        for page in file:
            yield page.render(scale=CLEAN_DPI / 72).to_pil()


def write(pictures: Iterator[Image.Image], path: Path, dpi: int = DPI) -> None:
    """Write pages as one PDF of pictures."""
    first, *rest = pictures
    first.save(path, save_all=True, append_images=rest, resolution=dpi, quality=_QUALITY)


def _printed(page: Image.Image) -> Image.Image:
    """Grey ink on grey paper, its edges soft."""
    grey = page.convert("L").point([round(_INK + (_PAPER - _INK) * v / 255) for v in range(256)])
    return grey.filter(ImageFilter.GaussianBlur(0.5)).convert("RGB")


def office(signer: Mapping[str, str | None]) -> str | None:
    """The line under which a signer's seal stands: the position, or the capacity where there is no other."""
    return signer.get("position") or signer.get("capacity")


def _signature(path: Path, office: str) -> Line | None:
    """The line with the office of who signs: the seal goes at its left, over its first letters."""
    lines = (b for b in extract(path).blocks if isinstance(b, Line) and b.text.casefold() == office.casefold())
    return next(lines, None)


def _seal(draw: ImageDraw.ImageDraw, x: float, y: float, dpi: int) -> None:
    radius, line = _SEAL * dpi, max(2, dpi // 60)
    for share in (1.0, 0.9, 0.5):
        r = radius * share
        draw.ellipse((x - r, y - r, x + r, y + r), outline=_RED, width=line)
    font = ImageFont.load_default(radius * 0.2)
    draw.text((x, y - radius * 0.68), "U.B.N.D", fill=_RED, font=font, anchor="mm")
    draw.text((x, y + radius * 0.68), "T. LAM GIANG", fill=_RED, font=font, anchor="mm")
    draw.text((x, y), "*", fill=_RED, font=ImageFont.load_default(radius * 0.7), anchor="mm")


def _received(draw: ImageDraw.ImageDraw, dpi: int) -> None:
    """The stamp of the office that received the document, at the head of the first page."""
    left, top, wide, high = (round(share * dpi) for share in (0.5, 0.3, 1.9, 0.42))
    draw.rectangle((left, top, left + wide, top + high), outline=_RED, width=max(2, dpi // 80))
    font = ImageFont.load_default(dpi * 0.12)
    draw.text((left + wide / 2, top + high * 0.3), "CONG VAN DEN", fill=_RED, font=font, anchor="mm")
    draw.text((left + wide / 2, top + high * 0.72), "So ........ Ngay .../.../....", fill=_RED, font=font, anchor="mm")


def _scanned(page: Image.Image, chance: random.Random) -> Image.Image:
    """A page askew on the glass, with noise and specks."""
    turned = page.rotate(chance.uniform(-_ASKEW, _ASKEW), Image.Resampling.BICUBIC, fillcolor=(_PAPER,) * 3)
    noise = np.random.default_rng(chance.getrandbits(32))
    pixels = np.asarray(turned, dtype=np.float32) + noise.normal(0, _NOISE, (page.height, page.width, 1))
    pixels[noise.random((page.height, page.width)) < _SPECKS] = _INK
    return Image.fromarray(pixels.clip(0, 255).astype(np.uint8))


def main(folder: Path, names: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for sample in samples():
        if not names or sample.name in names:
            path = CORPUS / "pdf" / f"{sample.name}.pdf"
            write(pages(path, office(sample.head["signer"])), folder / path.name)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("Cách dùng: python -m corpus.scans THƯ_MỤC [TÊN...]")
    main(Path(sys.argv[1]), sys.argv[2:])
