"""Pages that are pictures, read by Tesseract (``vie``): cleaned, set level, and given back as letters with places.

Tesseract is a program of the operating system; without it :func:`present` is false and scans stay unread. Its words
become glyphs at their places on the page, so that columns, lines and paragraphs are found as on any other page.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from math import cos, radians, sin
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.extract.pdf.glyphs import Array, WholeWord, spread
from pipeline.model import Box, Word

if TYPE_CHECKING:
    from PIL.Image import Image

DPI = 300
ADVICE = (
    "Hãy cài bộ nhận dạng chữ (trên Debian, Ubuntu: apt install tesseract-ocr-vie) "
    "rồi chạy lại: vanban ingest --retry-failed."
)
_SECONDS = 120  # for one page
_LANGUAGE = "vie"
_LEAST_CONFIDENCE = 30.0  # of a word; below it single marks are dirt, and words are kept as doubtful
_DIRT = 5.0
_SKEW_STEPS = [x / 4 for x in range(-12, 13)]  # degrees
_SKEW_WIDTH = 500  # pixels: the picture in which skew is measured
_ASCENT = 0.75  # of a word's box that stands above the baseline in mixed letters


class OcrPage(NamedTuple):
    """The words of a page read from its picture, as glyphs, and how sure the reader is of its words (0 to 100).

    The glyphs stand as on the picture set level, ``places`` has the words as they stand on the picture as it is.
    """

    letters: Array
    confidence: float
    places: list[tuple[str, Box]]

    def words_on(self, number: int) -> list[Word]:
        """The words as those of a page of this number."""
        return [Word(number, text, box) for text, box in self.places]


@cache
def present() -> bool:
    """Whether Tesseract and its Vietnamese data are there."""
    if shutil.which("tesseract") is None:
        return False
    listed = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, timeout=30, check=False)
    return _LANGUAGE in listed.stdout.split()


def read_pages(pictures: Iterable[Image]) -> Iterator[OcrPage]:
    """The pages of pictures at :data:`DPI`, in their order; several are read at once."""
    workers = os.cpu_count() or 1
    with ThreadPoolExecutor(workers) as pool:
        waiting: list[Any] = []
        for picture in pictures:
            waiting.append(pool.submit(_read, picture))
            if len(waiting) > workers:
                yield waiting.pop(0).result()
        for future in waiting:
            yield future.result()


def _read(picture: Image) -> OcrPage:
    data = io.BytesIO()
    level, turn = _level(_without_stamps(picture))
    level.save(data, format="PNG")
    command = ["tesseract", "stdin", "stdout", "-l", _LANGUAGE, "--dpi", str(DPI), "--psm", "3", "tsv"]
    try:
        done = subprocess.run(
            command,
            input=data.getvalue(),
            capture_output=True,
            timeout=_SECONDS,
            check=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        return OcrPage(spread([]), 0.0, [])
    return _page(done.stdout.decode("utf-8", "replace"), turn)


def _without_stamps(picture: Image) -> Image:
    """The picture in grey, its red stamps gone: red ink is bright where only red is looked at."""
    return picture.convert("L") if picture.mode in ("1", "L") else picture.convert("RGB").getchannel("R")


class _Turn(NamedTuple):
    """How a picture was turned: by how many degrees against the clock, its size before and after in pixels."""

    angle: float
    before: tuple[int, int]
    after: tuple[int, int]

    def back(self, box: Box) -> Box:
        """Where a box of the turned picture stands on the picture as it was, both in points."""
        sine, cosine = sin(radians(self.angle)), cos(radians(self.angle))
        (old_x, old_y), (x, y) = ([size * 36 / DPI for size in sizes] for sizes in (self.before, self.after))
        across, down = (box.x0 + box.x1) / 2 - x, (box.top + box.bottom) / 2 - y
        middle_x, middle_y = old_x + across * cosine - down * sine, old_y + across * sine + down * cosine
        wide, high = (box.x1 - box.x0) / 2, (box.bottom - box.top) / 2
        return Box(middle_x - wide, middle_y - high, middle_x + wide, middle_y + high)


def _level(picture: Image) -> tuple[Image, _Turn]:
    """The picture turned so that its lines are level: the angle at which rows of pixels differ most."""
    import numpy as np

    small = picture.resize((_SKEW_WIDTH, max(1, round(picture.height * _SKEW_WIDTH / picture.width))))

    def contrast(angle: float) -> float:
        rows = np.asarray(small.rotate(angle, fillcolor=255), dtype=float).sum(axis=1)
        return float(((rows[1:] - rows[:-1]) ** 2).sum())

    angle = max(_SKEW_STEPS, key=lambda a: (contrast(a), -abs(a)))
    level = picture.rotate(angle, expand=True, fillcolor=255) if angle else picture
    return level, _Turn(angle, picture.size, level.size)


def _page(table: str, turn: _Turn) -> OcrPage:
    """The words of Tesseract's table as glyphs, in points; marks that it doubts are left out."""
    words: list[WholeWord] = []
    places: list[tuple[str, Box]] = []
    sure: list[float] = []
    base = size = 0.0
    for row in table.splitlines()[1:]:
        fields = row.split("\t")
        if len(fields) < 12:
            continue
        left, top, wide, high = (float(x) * 72 / DPI for x in fields[6:10])
        if fields[0] == "4":  # a line: its box gives all its words one baseline and size
            base, size = top + _ASCENT * high, 0.8 * high
        if fields[0] != "5" or not fields[11].strip():
            continue
        word, confidence = fields[11].strip(), float(fields[10])
        if confidence >= (_DIRT if len(word) > 1 and word.isalnum() else _LEAST_CONFIDENCE):
            sure.append(confidence)
            places.append((word, turn.back(Box(left, top, left + wide, top + high))))
            words.append(WholeWord(word, left, left + wide, base, size))
    return OcrPage(spread(words), sum(sure) / len(sure) if sure else 0.0, places)
