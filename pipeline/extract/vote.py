"""The symbol (số, ký hiệu) of a document by a vote, where its line on a picture is read with doubt.

The line is shown to the reader in several sizes and degrees of sharpness, in Vietnamese and in another language. The
other one reads figures as well but knows no Đ: it has no say in the letters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from PIL.Image import Resampling
from PIL.ImageFilter import GaussianBlur
from PIL.ImageOps import expand

import patterns
from pipeline.extract.corrections import as_meant

if TYPE_CHECKING:
    from PIL.Image import Image

OTHER = "eng"
MARGIN = 18  # pixels around a line that is shown
_CUT = (0, 12)  # of these as many are cut off
_HEIGHTS = (60, 90)  # pixels
_BLURS = (0, 1, 2)  # pixels
_WHITE, _BETWEEN = 20, 30  # pixels of paper added around a line, and between lines
_CLEAR = 2  # times as many votes as the next


def shown(line: Image) -> Image:
    """A line, with :data:`MARGIN` around it, as it is shown for a vote: in all ways, one below another."""
    ways = [_way(line, cut, high, blur) for cut in _CUT for high in _HEIGHTS for blur in _BLURS]
    wide, high = max(way.width for way in ways), sum(way.height + _BETWEEN for way in ways)
    sheet = line.resize((wide + 2 * _BETWEEN, high + _BETWEEN))
    sheet.paste(255, (0, 0, *sheet.size))
    top = _BETWEEN
    for way in ways:
        sheet.paste(way, (_BETWEEN, top))
        top += way.height + _BETWEEN
    return sheet


def _way(line: Image, cut: int, high: int, blur: int) -> Image:
    whole = expand(line.crop((cut, cut, line.width - cut, line.height - cut)), _WHITE, 255)
    return whole.filter(GaussianBlur(blur)).resize((whole.width * high // whole.height, high), Resampling.LANCZOS)


def is_opening(word: str) -> bool:
    """Whether a word opens the line of a document's symbol."""
    return bool(patterns.forms("ocr")["number_word"].pattern.match(word))


def decided(vietnamese: list[str], other: list[str]) -> str | None:
    """The symbol that most readings of a line agree on, each part by a clear majority; null where they do not."""
    form = patterns.forms("ocr")["symbol_read"].pattern
    own, both = (
        [found for text in texts if (found := form.search(as_meant(text)))]
        for texts in (vietnamese, vietnamese + other)
    )
    number = _elected((found["number"].lstrip("0") for found in both), len(vietnamese + other))
    letters = _elected((found["letters"] for found in own), len(vietnamese))
    if not number or not letters:
        return None
    written = Counter(found["number"] for found in both if found["number"].lstrip("0") == number)
    return written.most_common(1)[0][0] + letters


def _elected(votes: Iterable[str], voters: int) -> str | None:
    """What more than half of the voters and :data:`_CLEAR` times as many as for the next are for."""
    (first, most), (_, next_most) = [*Counter(votes).most_common(2), ("", 0), ("", 0)][:2]
    return first if 2 * most > voters and most >= _CLEAR * next_most else None
