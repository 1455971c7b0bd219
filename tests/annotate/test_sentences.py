"""Sentences in the words of officials, with the quantities, dates and deadlines meant (``sentences/*.txt``).

A line is ``words => found; found``, ``-`` where nothing is. A quantity is ``<=5 người/tháng``: comparator, value
(``1..2`` a range, ``2 of 5`` a share), unit and what it is counted by. A date is kind, days (``@12-05`` a day of every
year, ``*`` unknown), recurrence and relation; a deadline its words. The document is a province's plan of 12/3/2025.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from pipeline.analyse import analyse
from pipeline.model import DateMention, Document, Quantity

HEAD = """ỦY BAN NHÂN DÂN
TỈNH LÀO CAI
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 45/KH-UBND
Lào Cai, ngày 12 tháng 3 năm 2025
KẾ HOẠCH
Phát triển thư viện cơ sở
II. TỔ CHỨC THỰC HIỆN
1. Sở Văn hóa, Thể thao và Du lịch
"""
TAIL = """Nơi nhận:
- Như trên;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Trần Văn Mẫu
"""
SENTENCES = Path(__file__).parent / "sentences"


@cache
def cases(name: str) -> list[tuple[str, str]]:
    lines = (SENTENCES / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [(words, found) for words, found in (line.split(" => ") for line in lines if " => " in line)]


@cache
def document(name: str) -> Document:
    """All sentences of a list as the bullets of one plan."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "ke-hoach.txt"
        file.write_text(HEAD + "".join(f"- {words}.\n" for words, _ in cases(name)) + TAIL, encoding="utf-8")
        return analyse(file)


def number(value: float) -> str:
    return f"{value:.12g}"


def quantity(q: Quantity) -> str:
    said = ("" if q.comparator == "=" else q.comparator) + number(q.value)
    said += f"..{number(q.value_max)}" if q.value_max is not None else ""
    said += f" of {number(q.of)}" if q.of is not None else ""
    return f"{said} {'/'.join([q.unit or '', *q.per])}"


def date(d: DateMention) -> str:
    day = f"@{d.month_day}" if d.month_day else "*" if d.from_ is None else f"{d.from_}"
    span = f"{day}..{d.to}" if d.from_ != d.to and not d.month_day else day
    return " ".join(filter(None, [d.kind, span, d.recurrence, d.relation]))


def found(name: str, words: str) -> Iterator[str]:
    doc = document(name)
    start = doc.text.index(f"{words}.\n")
    span = range(start, start + len(words) + 1)
    match name.split("-")[0]:
        case "quantities":
            yield from (quantity(q) for q in doc.quantities if q.start in span)
        case "dates":
            yield from (date(d) for d in doc.dates if d.start in span)
        case "deadlines":
            (task,) = (t for t in doc.tasks if t.start in span)
            yield from (doc.dates[i].text for i in task.deadlines)


@pytest.mark.parametrize(
    ("name", "words", "meant"),
    [(name, *case) for name in ("quantities", "dates", "deadlines") for case in cases(name)],
)
def test_sentence_is_read_as_meant(name: str, words: str, meant: str) -> None:
    assert "; ".join(found(name, words)) == ("" if meant == "-" else meant)
