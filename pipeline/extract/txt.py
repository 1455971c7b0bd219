"""Plain text: its encoding, its lines, form feeds as page breaks, rows of bars or tabs, two columns side by side."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pipeline.encodings import legacy
from pipeline.errors import Code, ReadError
from pipeline.extract.columns import uncolumn
from pipeline.extract.reading import Reading
from pipeline.model import Line, Table

_BAR = re.compile(r"(?<!\S)\|(?!\S)")  # as programs part the cells of a table in plain text
_TAB = re.compile(r"\t")
_MIN_BARS = 2  # in a row, or else they prove themselves as tabs do
_MIN_TABBED = 3  # rows, one of them with a number: tabs also set letterheads and signatures side by side
_RULE = " \t|:-"  # what a line that rules off the head of a table is made of (`|---|:--|`)
_NUMBER = re.compile(r"[\d.,]+\s?%?")


def read(path: Path) -> Reading:
    """The lines of a text file; blank ones are kept, since they part paragraphs."""
    text = decode(path.read_bytes())
    if not text.strip():
        raise ReadError(Code.NO_TEXT, "Tệp không có chữ nào.", "Hãy kiểm tra lại nội dung tệp.")
    pages = text.split("\f")
    if not pages[-1].strip():
        pages.pop()
    blocks: list[Line | Table] = []
    for number, page in enumerate(pages, 1):
        blocks += _blocks(page.splitlines(), number if len(pages) > 1 else None)
    return Reading(blocks, len(pages) if len(pages) > 1 else None)


def _blocks(lines: list[str], page: int | None) -> Iterator[Line | Table]:
    """The lines of a page, those that hold as many cells as their neighbours as tables."""
    for sign, found in _runs(lines):
        rows = _rows(sign, found) if sign else []
        if len(rows) > 1 and (_barred(sign, found[0]) or _tabbed(rows)):
            yield Table(rows, page=page, header_rows=_header_rows(rows))
        else:
            yield from uncolumn([Line(line, page=page) for line in found])


def _runs(lines: list[str]) -> Iterator[tuple[re.Pattern[str] | None, list[str]]]:
    """Lines that stand together, with what parts them into cells; a row of bars may be one cell short of those above.

    Lines that only rule off the head of a table are left out.
    """
    run: list[str] = []
    of: tuple[re.Pattern[str], int] = _BAR, 0
    for line in lines:
        if run and of[0] is _BAR and of[1] and "--" in line and not line.strip(_RULE):
            continue
        parted = _parted(line)
        short = of[0] is _BAR and len(run) > 1 and of[1] > 1 and len(_BAR.findall(line)) == of[1] - 1
        if run and parted != of and not short:
            yield of[0] if of[1] else None, run
            run = []
        if not run:
            of = parted
        run.append(line)
    if run:
        yield of[0] if of[1] else None, run


def _rows(sign: re.Pattern[str], lines: list[str]) -> list[list[str]]:
    """The cells of lines, without those outside of outer bars; in a row that is one short the first or last is empty.

    The first is, where the rows above are numbered: their number and their label are then one cell (``Tổng cộng``).
    """
    rows = [[cell.strip() for cell in sign.split(line)] for line in lines]
    if all(not row[0] and not row[-1] for row in rows) and all(line.lstrip().startswith("|") for line in lines):
        rows = [row[1:-1] for row in rows]
    cells = len(rows[0])
    whole = [row for row in rows[1:] if len(row) == cells]
    numbered = 2 * sum(bool(_NUMBER.fullmatch(row[0])) for row in whole) > len(whole)
    return [row if len(row) == cells else ["", *row] if numbered else [*row, ""] for row in rows]


def _header_rows(rows: list[list[str]]) -> int:
    """How deep the header is: cells merged across leave gaps in its first row, cells merged down in the next ones."""
    deep = 1
    while deep < len(rows) - 1 and "" in rows[0] and not rows[deep][0] and not any(map(_NUMBER.fullmatch, rows[deep])):
        deep += 1
    return deep


def _parted(line: str) -> tuple[re.Pattern[str], int]:
    """What parts a line into cells, and how often; 0 where that is too seldom for a row."""
    counts = [(sign, len(sign.findall(line))) for sign in (_BAR, _TAB)]
    return next(((sign, count) for sign, count in counts if count >= _MIN_BARS), (_BAR, min(1, counts[0][1])))


def _barred(sign: re.Pattern[str] | None, line: str) -> bool:
    """Whether a line has so many bars that nothing but a table has them."""
    return sign is _BAR and len(_BAR.findall(line)) >= _MIN_BARS


def _tabbed(rows: list[list[str]]) -> bool:
    """Whether lines parted by tabs, or by one bar each, are rows of a table."""
    return len(rows) >= _MIN_TABBED and any(_NUMBER.fullmatch(cell) for row in rows for cell in row)


def decode(data: bytes) -> str:
    """The text of bytes in UTF-8, UTF-16 or an old Windows encoding; ``ReadError`` where it is none."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _checked(data.decode(name, "replace"))
    if b"\0" in data:
        order = "utf-16-le" if data[1::2].count(0) >= data[0::2].count(0) else "utf-16-be"
        return _checked(data.decode(order, "replace"))
    if _is_utf8(data):
        return _checked(data.decode("utf-8", "replace"))
    return _checked(legacy(data))


def _is_utf8(data: bytes) -> bool:
    """UTF-8, if need be with a few broken bytes or cut in the middle of a letter."""
    text = data.decode("utf-8", "replace")
    return "\ufffd" not in text or (
        text.count("\ufffd") < 0.02 * len(text) and sum(c > "\x7f" for c in text) > 2 * text.count("\ufffd")
    )


def _is_strange(letter: str) -> bool:
    """Whether a letter stands in no text: a control character, one that does not exist, or one that was broken."""
    unused = unicodedata.category(letter) in ("Cc", "Cn", "Co") and letter not in "\t\n\r\f\v\x1b\x85"
    return unused or letter == "\ufffd"


def _checked(text: str) -> str:
    sample = text[:20_000]
    strange = sum(times for c, times in Counter(sample).items() if _is_strange(c))
    if strange > 0.05 * len(sample):
        raise ReadError(
            Code.UNKNOWN_FORMAT,
            "Tệp không phải văn bản: nội dung là dữ liệu nhị phân.",
            "Hãy kiểm tra lại tệp gốc; có thể tệp bị đổi đuôi hoặc hỏng.",
        )
    return text
