"""Pages that are pictures, read by Tesseract (``vie``) and given back as letters with places.

Tesseract is a program of the operating system; without it :func:`present` is false and scans stay unread. It reads
words; where they stand in columns, tables and paragraphs is told as on any other page. It would lose columns: it is
shown the page as one column, and the cells of tables one below another.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import groupby, pairwise, takewhile
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

import patterns
from pipeline.extract import vote
from pipeline.extract.beside import beside
from pipeline.extract.pdf.glyphs import Array, WholeWord, spread
from pipeline.extract.pdf.tables import cells_of
from pipeline.extract.picture import DPI, Turn, prepared, strokes
from pipeline.extract.reading import Ocr
from pipeline.model import Box, Word

if TYPE_CHECKING:
    from PIL.Image import Image

_ADVICE = (
    "Hãy cài bộ nhận dạng chữ (trên Debian, Ubuntu: apt install tesseract-ocr-vie) "
    "rồi chạy lại: «vanban ingest --retry-failed» kèm tên tệp, thư mục."
)
_AGAIN = "Hãy chạy lại, không có «--ocr never»: «vanban ingest --retry-failed» kèm tên tệp, thư mục."
_SECONDS = 120  # for one page
_LANGUAGE = "vie"
_COLUMN, _BLOCK, _LINE = (
    "4",
    "6",
    "7",
)  # Tesseract's ways to see a picture: one column of any sizes, one even block, one line
_LEAST_CONFIDENCE = 30.0  # of a mark; below it marks are dirt, while words are kept as doubtful
_DIRT = 5.0  # the same of words, unless those beside them are sure, they may be a syllable or hold so many figures
_FIGURES = 4
_DOUBTFUL, _SURE, _WORDS = 65.0, 80.0, 10  # of all words: below it a page may not stand upright; of one that does
_DOUBTED, _TELLING = 50.0, 80.0  # of a word: below it its line is seen again; of one that tells a number or a symbol
_SPOTS = "\"'`´~^ˆ°›‹„“”|¬¦_—.,:;"  # what stands alone nowhere but where paper is dirty
_ASCENT = 0.75  # of a line's box that stands above the baseline in mixed letters
_SIZE = 0.8  # of a line's box that its letter size is
_APART = 0.5  # points between words at least
_DOT = 5  # pixels: a mark that is no larger and stands alone is a speck
_TINY = 24  # pixels: a doubtful word with a capital that is no higher and alone on its line is an ornament
_LOW = 0.4  # of the height of most lines: a word that is no higher and alone on its line is a mark of the letters below
_BIT = 2  # signs at most of what Tesseract makes of the marks above a letter
_MARGIN = 30  # pixels around a cell
_INSET = 3  # pixels from the middle of a cell's rules
_MOST_AGAIN = 12  # lines of a page that are seen again
_AROUND = 12  # pixels around a line
_LEEWAY = 0.3  # of a line's height: how much wider a word may be seen again
_ONES, _MOST_ONES = re.compile(r"I[I1l|]{0,2}(?=[./,;:)\-]|$)"), 3
_INK = [255 * (value < 180) for value in range(256)]


class OcrPage(NamedTuple):
    """The words of a page read from its picture, as glyphs, and how sure the reader is of its words (0 to 100).

    The glyphs and ``rules`` stand as on the picture set level, ``places`` has the words as they stand on the picture as
    it is. ``turned`` is by how many degrees the picture had to be turned for its letters to stand upright.
    """

    letters: Array
    confidence: float
    places: list[tuple[str, Box]]
    rules: list[Box]
    turned: int = 0

    def words_on(self, number: int, share: float = 1.0) -> list[Word]:
        """The words as those of a page of this number, which was made ``share`` as large for reading."""
        return [Word(number, text, Box(*(value / share for value in box))) for text, box in self.places]


class _Seen(NamedTuple):
    """A word as Tesseract sees it: its box and that of its line in pixels, and how sure it is (0 to 100)."""

    text: str
    confidence: float
    box: Box
    line: Box


@cache
def present() -> bool:
    """Whether Tesseract and its Vietnamese data are there."""
    if shutil.which("tesseract") is None:
        return False
    listed = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, timeout=30, check=False)
    return _LANGUAGE in listed.stdout.split()


def may(asked: Ocr) -> bool:
    """Whether pictures are read: where that is possible and ``asked`` does not forbid it."""
    return asked != "never" and present()


def advice(asked: Ocr) -> str:
    """What to do that pictures are read."""
    return _ADVICE if asked != "never" else _AGAIN


def read_pages(pictures: Iterable[Image]) -> Iterator[OcrPage]:
    """The pages of pictures at :data:`~pipeline.extract.picture.DPI`, in their order; several are read at once."""
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
    """A page as it stands upright: where hardly any word is sure, it may lie on its side or on its head."""
    page = _read_upright(picture)
    if page.confidence >= _DOUBTFUL:
        return page
    for angle in (180, 90, 270):
        turned = picture.rotate(angle, expand=True)
        found = _read_upright(turned)
        if found.confidence >= _SURE and len(found.places) >= _WORDS:
            turn = Turn(angle, picture.size, turned.size)
            return found._replace(places=[(text, turn.back(box)) for text, box in found.places], turned=angle)
    return page


def _read_upright(picture: Image) -> OcrPage:
    page, turn, rules = prepared(picture)
    ruled = [cell for table in cells_of(rules) for cell in table]
    whole = page.copy()
    cells = _Cells(page, [*ruled, *beside(_without(page, ruled))])
    seen = _with_marks(page, _seen(page, _COLUMN))
    if cells.picture:
        seen += [cells.back(word) for word in _seen(cells.picture, _BLOCK)]
    seen = _voted(whole, _surer(whole, seen))
    words: list[WholeWord] = []
    places: list[tuple[str, Box]] = []
    for word in seen:
        box, line = (Box(*(value * 72 / DPI for value in pixels)) for pixels in (word.box, word.line))
        high = line.bottom - line.top
        base = line.top + _ASCENT * high
        if words and words[-1].base == base and words[-1].x0 < box.x0 < words[-1].x1 + _APART:
            words[-1] = words[-1]._replace(x1=box.x0 - _APART)  # a mark of the next word was counted to this one
        words.append(WholeWord(word.text, box.x0, box.x1, base, _SIZE * high))
        places.append((word.text, turn.back(box)))
    confidence = round(sum(word.confidence for word in seen) / max(len(seen), 1), 1)
    return OcrPage(spread(words), confidence, places, rules)


def _without(page: Image, cells: list[Box]) -> Image:
    """A page without what stands in its tables."""
    rest = page.copy() if cells else page
    for cell in cells:
        x0, top, x1, bottom = (round(value * DPI / 72) for value in cell)
        rest.paste(255, (x0, top, x1, bottom))
    return rest


class _Cells:
    """The cells of a page's tables and columns, taken out of its picture and set one below another in one of their
    own."""

    def __init__(self, page: Image, cells: list[Box]) -> None:
        self.picture: Image | None = None
        self._tops: list[int] = []
        self._moves: list[tuple[int, int]] = []
        strips: list[Image] = []
        boxes: list[tuple[int, int, int, int]] = []
        end = 0
        for cell in sorted(cells, key=lambda cell: (cell.top, cell.x0)):
            x0, top, x1, bottom = (round(value * DPI / 72) for value in cell)
            box = (x0 + _INSET, top + _INSET, x1 - _INSET, bottom - _INSET)
            strip = page.crop(box)
            ink = strip.point(_INK).getbbox()
            if ink:
                strips.append(strip.crop(ink))
                self._tops.append(end)
                self._moves.append((box[0] + ink[0] - _MARGIN, box[1] + ink[1] - end - _MARGIN))
                end += strips[-1].height + 2 * _MARGIN
            boxes.append(box)
        for box in boxes:
            page.paste(255, box)
        if strips:
            self.picture = page.crop((0, 0, max(strip.width for strip in strips) + 2 * _MARGIN, end))
            self.picture.paste(255, (0, 0, *self.picture.size))
            for strip, top in zip(strips, self._tops, strict=True):
                self.picture.paste(strip, (_MARGIN, top + _MARGIN))

    def back(self, word: _Seen) -> _Seen:
        """A word at its place on the page."""
        i = max(bisect_right(self._tops, (word.box.top + word.box.bottom) / 2) - 1, 0)
        return _moved(word, *self._moves[i])


def _seen(picture: Image, way: str, language: str = _LANGUAGE) -> list[_Seen]:
    """The words that Tesseract sees on a picture; marks that it doubts are left out."""
    data = io.BytesIO()
    picture.save(data, format="PNG", compress_level=1)
    command = ["tesseract", "stdin", "stdout", "-l", language, "--dpi", str(DPI), "--psm", way, "tsv"]
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
        return []
    found: list[_Seen] = []
    line = Box(0, 0, 0, 0)
    for row in done.stdout.decode("utf-8", "replace").splitlines()[1:]:
        fields = row.split("\t")
        if len(fields) < 12:
            continue
        left, top, wide, high = map(int, fields[6:10])
        box, text, confidence = Box(left, top, left + wide, top + high), fields[11].strip(), float(fields[10])
        if fields[0] == "4":  # a line: its box gives all its words one baseline and size
            line = box
        elif fields[0] == "5" and text:
            found.append(_Seen(text, confidence, box, line))
    return [word._replace(text=_numeral(word.text, picture, word.box)) for word in _without_dirt(found)]


def _without_dirt(seen: list[_Seen]) -> Iterator[_Seen]:
    """The words of lines without what dirt and lone marks were taken for; a doubtful word between sure ones is none."""
    around = [None, *seen, None]
    usual = median([word.line.bottom - word.line.top for word in seen] or [0])
    for before, word, after in zip(around, seen, around[2:], strict=False):
        beside = [other for other in (before, after) if other and other.line == word.line]
        low = word.line.bottom - word.line.top <= _LOW * usual
        mark = low and not beside and any(map(str.isalnum, word.text))
        if word.text.strip(_SPOTS) and not mark and not _is_dirt(word, beside):
            yield word


def _is_dirt(word: _Seen, beside: list[_Seen]) -> bool:
    """Whether a word was made of dirt or of an ornament, by how sure it is, its size and the words beside it."""
    wide, high = word.box.x1 - word.box.x0, word.box.bottom - word.box.top
    figures = sum(map(str.isdigit, word.text))
    if sum(map(str.isalnum, word.text)) < 2:
        return word.confidence < _LEAST_CONFIDENCE or max(wide, high) <= _DOT
    if not beside and not figures and word.text[0].isupper() and high <= _TINY:
        return word.confidence < _SURE
    between = len(beside) == 2 and all(other.confidence >= _SURE for other in beside)
    told = between or figures >= _FIGURES or (bool(beside) and _syllable().search(word.text))
    return word.confidence < _DIRT and not told


@cache
def _syllable() -> re.Pattern[str]:
    return patterns.forms("ocr")["syllable"].pattern


def _with_marks(picture: Image, seen: list[_Seen]) -> list[_Seen]:
    """The words of a picture; a line whose marks were seen as a line of their own above it is seen again with them."""
    lines: dict[Box, list[_Seen]] = {}
    for word in seen:
        lines.setdefault(word.line, []).append(word)
    for (marks, above), (line, words) in pairwise(list(lines.items())):
        if not (_are_marks(above) and marks.top < line.top < marks.bottom < line.bottom):
            continue
        x0, x1 = (int(f(marks[side], line[side])) for f, side in ((min, 0), (max, 2)))
        left, top = max(x0 - _MARGIN, 0), max(int(marks.top) - _INSET, 0)
        again = _seen(picture.crop((left, top, x1 + _MARGIN, int(line.bottom) + _INSET)), _LINE)
        if sum(len(word.text) for word in again) >= sum(len(word.text) for word in words):
            lines[marks] = []
            lines[line] = [_moved(word, left, top) for word in again]
    return [word for words in lines.values() for word in words]


def _are_marks(words: list[_Seen]) -> bool:
    """Whether a line is what stands above letters: bits of one or two signs."""
    return len(words) > 1 and all(len(word.text) <= _BIT for word in words)


def _surer(page: Image, seen: list[_Seen]) -> list[_Seen]:
    """The words of a page, each line with a doubtful one seen again by itself: of that the words seen more surely.

    Where there are many such lines, the page is bad, and those that tell numbers and symbols come first.
    """
    doubtful_words = sorted(filter(_is_doubtful, seen), key=_is_telling, reverse=True)
    lines = list(dict.fromkeys(word.line for word in doubtful_words))[:_MOST_AGAIN]
    pad = _INSET + _AROUND
    around = [
        Box(max(x0 - pad, 0), max(top - pad, 0), min(x1 + pad, page.width), min(bottom + pad, page.height))
        for x0, top, x1, bottom in lines
    ]
    strips = _Cells(page.copy(), [Box(*(value * 72 / DPI for value in box)) for box in around])
    if not strips.picture:
        return seen
    again = [strips.back(word) for word in _seen(strips.picture, _BLOCK)]
    better: list[_Seen] = []
    for (_, doubtful), run in groupby(seen, lambda word: (word.line, _is_doubtful(word))):
        words = list(run)
        better += _in_their_place(words, again) if doubtful else words
    return better


def _voted(page: Image, seen: list[_Seen]) -> list[_Seen]:
    """The words of a page, the symbol of its document decided by a vote where it is still doubtful.

    As sure as it was seen it stays: that several readings agree does not make the picture better.
    """
    start = next((i for i, word in enumerate(seen) if vote.is_opening(word.text)), len(seen))
    opening = seen[start : start + 1]
    symbol = list(takewhile(lambda word: word.line == opening[0].line and _is_telling(word), seen[start + 1 :]))
    if not symbol or not any(map(_is_doubtful, symbol)):
        return seen
    x0, top, _, bottom = opening[0].line
    x1 = symbol[-1].box.x1
    pad = vote.MARGIN
    sheet = vote.shown(page.crop((int(x0) - pad, int(top) - pad, int(x1) + pad, int(bottom) + pad)))
    text = vote.decided(*(_lines(_seen(sheet, _BLOCK, language)) for language in (_LANGUAGE, vote.OTHER)))
    if text is None:
        return seen
    whole = symbol[0].box._replace(x1=x1)
    return [
        *seen[: start + 1],
        _Seen(text, _confidence(symbol), whole, opening[0].line),
        *seen[start + 1 + len(symbol) :],
    ]


def _lines(seen: list[_Seen]) -> list[str]:
    return [" ".join(word.text for word in line) for _, line in groupby(seen, lambda word: word.line)]


def _is_doubtful(word: _Seen) -> bool:
    """Whether a word is doubted: sooner where it tells a number or a symbol."""
    return word.confidence < (_TELLING if _is_telling(word) else _DOUBTED)


def _is_telling(word: _Seen) -> bool:
    """Whether a word has figures or the capitals of a symbol."""
    return any(map(str.isdigit, word.text)) or sum(map(str.isupper, word.text)) > 1


def _in_their_place(words: list[_Seen], again: list[_Seen]) -> list[_Seen]:
    """What was seen again where words of a line stand, if that is surer; otherwise the words."""
    line = words[0].line
    x0, x1, high = words[0].box.x0, words[-1].box.x1, line.bottom - line.top
    here = [
        other._replace(line=line)
        for other in again
        if x0 < (other.box.x0 + other.box.x1) / 2 < x1
        and line.top < (other.box.top + other.box.bottom) / 2 < line.bottom
    ]
    fits = here and here[0].box.x0 > x0 - _LEEWAY * high and here[-1].box.x1 < x1 + _LEEWAY * high
    return here if fits and _confidence(here) > max(_confidence(words), _TELLING) else words


def _confidence(words: list[_Seen]) -> float:
    """Of the word seen least surely."""
    return min(word.confidence for word in words)


def _moved(word: _Seen, across: float, down: float) -> _Seen:
    boxes = (Box(b.x0 + across, b.top + down, b.x1 + across, b.bottom + down) for b in (word.box, word.line))
    return _Seen(word.text, word.confidence, *boxes)


def _numeral(text: str, picture: Image, box: Box) -> str:
    """A word whose first strokes are counted where it opens with the numeral I, II or III: Tesseract loses some."""
    read = _ONES.match(text)
    if not read:
        return text
    count = strokes(picture.crop((int(box.x0), int(box.top), int(box.x1), int(box.bottom))))
    return "I" * count + text[read.end() :] if len(read[0]) <= count <= _MOST_ONES else text
