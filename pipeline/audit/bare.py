"""Numbers that tell no unit, for the words before them do (``Số hộ nghèo là 112``, ``trong đó nam 200, nữ 155``)."""

from __future__ import annotations

from functools import lru_cache

from patterns import forms
from pipeline.annotate.numbers import parse_figures, plain
from pipeline.audit.lines import BARE, Figure, Line
from pipeline.model import Quantity

_FORMS = {name: form.pattern for name, form in forms("figures").items()}
_FEW = 2  # figures of the number of a place
_BEFORE = 24  # characters that hold the word which a number may belong to


def with_bare(line: Line) -> Line:
    """A line with its bare numbers among its figures, in order; these are no quantities, so their ids are negative."""
    numbers = _numbers(line.text)
    if not numbers:
        return line
    taken = [(f.quantity.start - line.start, f.quantity.end - line.start) for f in line.figures]
    found = [
        _figure(line.start + start, words, number, of)
        for start, words, number, of in numbers
        if not any(first < start + len(words) and start < end for first, end in taken)
    ]
    return line._replace(figures=sorted([*line.figures, *found], key=_start)) if found else line


@lru_cache(256)  # several checks ask for the same line
def _numbers(text: str) -> list[tuple[int, str, str, str | None]]:
    """The numbers of a text that tell no unit, each with its place, its words, itself and its whole."""
    return [
        (m.start(), m[0], m["number"], m["of"])
        for m in _FORMS["bare_number"].finditer(text)
        if not _is_name(text[max(0, m.start() - _BEFORE) : m.start()], m["number"])
    ]


def _is_name(before: str, number: str) -> bool:
    """Whether a number belongs to the words before it (``Điều 5``, ``thôn 3``)."""
    few = len(number) <= _FEW and _FORMS["numbers_a_place"].search(before)
    return bool(few or _FORMS["numbers_something"].search(before))


def _figure(start: int, words: str, number: str, of: str | None) -> Figure:
    whole = plain(parse_figures(of, whole=True)) if of else None
    value = plain(parse_figures(number, whole=True))
    return Figure(
        -1 - start, Quantity(text=words, start=start, end=start + len(words), value=value, of=whole, unit=BARE)
    )


def _start(figure: Figure) -> int:
    return figure.quantity.start
