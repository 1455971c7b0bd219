"""No text makes a pattern run away: whatever the patterns look for, said over and over, is still read."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from types import FrameType

import pytest

import patterns
from pipeline.analyse import recognise
from pipeline.audit.figures import audit_figures
from pipeline.model import Line, Source

LETTERHEAD = [
    "ỦY BAN NHÂN DÂN", "TỈNH LÂM GIANG", "Số: 38/KH-UBND", "Lâm Giang, ngày 25 tháng 01 năm 2024", "KẾ HOẠCH",
    "Giải quyết việc làm năm 2024", "I. NHIỆM VỤ", "Giao Sở Nội vụ chủ trì:",
]  # fmt: skip
LENGTH = 12_000  # letters of each paragraph; what is cubic or worse in them would never end
LIMIT = 120  # seconds of processor time, of which these documents need a few
SIGNS = [
    *"aA1.,-(/|“:;…_",
    "1.",
    "1, ",
    "a ",
    "A ",
    "Aa ",
    "(a",
    "a) ",
    "1/",
    "1-",
    "I",
    "IV ",
    "a,",
    "và ",
    "số ",
    "\u00a0",
]
FORM_FILES = sorted(
    f.name.removesuffix(".toml")
    for f in files("patterns").iterdir()
    if f.name.endswith(".toml") and "form" in patterns.data(f.name.removesuffix(".toml"))
)


@contextmanager
def no_longer_than(seconds: int) -> Iterator[None]:
    def stop(signum: int, frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def said_over(pieces: list[str]) -> list[str]:
    """Each piece as one long paragraph, and as many short ones."""
    lines = []
    for piece in pieces:
        lines.append(piece * (LENGTH // len(piece)))
        lines += [f"{n}. {piece}" for n in range(60)]
    return lines


def read(lines: list[str]) -> None:
    source = Source("dai.txt", "0", "txt", [Line(line, whole=True) for line in [*LETTERHEAD, *lines]])
    with no_longer_than(LIMIT):
        document = recognise(source)
    assert document.header.symbol == "38/KH-UBND"


@pytest.mark.parametrize("name", FORM_FILES)
def test_what_a_pattern_finds_said_over_and_over(name: str) -> None:
    pieces = [form.examples[0].split("«")[1].split("»")[0] for form in patterns.forms(name).values()]
    read(said_over([f"{piece} " for piece in dict.fromkeys(pieces)]))


def test_signs_said_over_and_over() -> None:
    read(said_over(SIGNS))


def test_thousands_of_figures_in_one_paragraph_are_audited() -> None:
    piece = "xã Thanh An có 12 hộ (trong đó 5 hộ nghèo), "
    source = Source("dai.txt", "0", "txt", [Line(line, whole=True) for line in [*LETTERHEAD, piece * 2_500]])
    document = recognise(source)
    with no_longer_than(LIMIT):
        audit_figures(document, 1)
    assert len(document.quantities) >= 2 * 2_500
