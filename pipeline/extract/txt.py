"""Plain text: its encoding, its lines, form feeds as page breaks, rows of bars or tabs, two columns side by side."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from pipeline.encodings import legacy
from pipeline.errors import Code, ReadError
from pipeline.extract.columns import uncolumn
from pipeline.extract.reading import Reading
from pipeline.model import Line, Table

_BAR = re.compile(r"(?<!\S)\|(?!\S)")  # as programs part the cells of a table in plain text
_TAB = re.compile(r"\t")
_MIN_BARS = 2
_MIN_TABBED = 3  # rows, one of them with a number: tabs also set letterheads and signatures side by side
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
    for (sign, parted), group in groupby(lines, _parted):
        found = list(group)
        rows = [[cell.strip() for cell in sign.split(line)] for line in found] if parted else []
        if len(rows) > 1 and (sign is _BAR or _tabbed(rows)):
            yield Table(rows, page=page, header_rows=_header_rows(rows))
        else:
            yield from uncolumn([Line(line, page=page) for line in found])


def _header_rows(rows: list[list[str]]) -> int:
    """How deep the header is: cells merged across leave gaps in its first row, cells merged down in the next ones."""
    deep = 1
    while deep < len(rows) - 1 and "" in rows[0] and not rows[deep][0] and not any(map(_NUMBER.fullmatch, rows[deep])):
        deep += 1
    return deep


def _parted(line: str) -> tuple[re.Pattern[str], int]:
    """What parts a line into cells, and how often; 0 where that is too seldom for a row."""
    for sign in (_BAR, _TAB):
        if (count := len(sign.findall(line))) >= _MIN_BARS:
            return sign, count
    return _BAR, 0


def _tabbed(rows: list[list[str]]) -> bool:
    """Whether lines parted by tabs are rows of a table."""
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


def _checked(text: str) -> str:
    sample = text[:20_000]
    strange = sum(unicodedata.category(c) in ("Cc", "Cn", "Co") and c not in "\t\n\r\f\v\x1b\x85" for c in sample)
    strange += sample.count("\ufffd")
    if strange > 0.05 * len(sample):
        raise ReadError(
            Code.UNKNOWN_FORMAT,
            "Tệp không phải văn bản: nội dung là dữ liệu nhị phân.",
            "Hãy kiểm tra lại tệp gốc; có thể tệp bị đổi đuôi hoặc hỏng.",
        )
    return text
