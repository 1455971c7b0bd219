"""Counted and measured values.

Every number is read with its unit (:mod:`~pipeline.annotate.measures`), unless it names the thing before it
(``Điều 5``, ``vòng 2``), is a label, a time of day or part of what is ``taken``; two are joined into a range; and the
words around say how the value compares, what it is counted by, what it is about, and whether it is target or result.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from patterns import Lowered, data, forms, matches
from pipeline.annotate.cells import cell_quantities
from pipeline.annotate.indicators import aspect_of, every_of, indicator_of
from pipeline.annotate.measures import Measure, figure, read_measure
from pipeline.annotate.numbers import parse_figures, plain
from pipeline.annotate.units import Unit
from pipeline.fold import lower
from pipeline.model import Comparator, Frame, Item, Quantity, Role, Section, Text

_FORMS = {name: form.pattern for name, form in forms("quantities").items()}
_LOW = Lowered("quantities")
_LOOK_BACK = 48
_LOOK_AHEAD = 100
_SMALL = 4  # letters of a number up to 9.99, which may be that of a heading
_NAMING = 24  # letters in which the word that a number names stands
_DAY = re.compile(r"(?:1[3-9]|2\d|3[01])/(?:0?[1-9]|1[0-2])(?![\d/,.]*\d)")  # a day that is no part of its month
_WORD_BEFORE = re.compile(r"(?<=\w )([^\W\d_]+) $")
_TOLD_BEFORE: dict[Comparator, str] = {
    ">": "> before", ">=": ">= before", "<": "< before", "<=": "<= before", "~": "~ before"
}  # fmt: skip
#: families of units: those that ``một`` is a number before, and those that ``đến`` alone is an upper bound of
_MEASURED = ("money", "measure", "time")
_BOUNDED = ("money", "percent")
#: families of units that a class, a project or a table holds, and the greatest number that still may name one
_HELD = ("money", "people")
_LOWEST = 12
_START = attrgetter("start")


@dataclass(slots=True)
class _Stretch:
    """A paragraph or cell from an offset on, the same in lower case, the role of its section, and what is taken of it.

    ``taken`` tells of each of its characters whether it belongs to dates and citations.
    """

    start: int
    words: str
    low: str
    role: Role | None
    taken: bytearray

    def take(self, start: int, end: int) -> None:
        self.taken[start:end] = b"x" * (end - start)

    def free(self, start: int, end: int) -> bool:
        return not any(self.taken[start:end])


def find_quantities(text: Text, frame: Frame, sections: list[Section], taken: Sequence[Item]) -> list[Quantity]:
    """Every quantity in the body, in text order; ``taken`` are dates and citations, whose numbers are not."""
    found: list[Quantity] = []
    spans = sorted((t.start, t.end) for t in taken)
    starts = [s.start for s in sections]
    for unit in text.units():
        if frame.zone_at(unit.start) != "body":
            continue
        inside = spans[bisect_left(spans, (unit.start, 0)) : bisect_left(spans, (unit.end, 0))]
        words = text.text[unit.start : unit.end]
        innermost = bisect_left(starts, unit.end) - 1
        role = sections[innermost].role if innermost >= 0 else None
        stretch = _Stretch(unit.start, words, lower(words), role, bytearray(len(words)))
        for a, b in inside:
            stretch.take(a - unit.start, b - unit.start)
        bare = cell_quantities(text, unit) if unit.table is not None and not inside else []
        for q in bare:
            stretch.take(q.start, q.end)
            q.aspect = aspect_of(stretch.low, q.start, role)
            q.start, q.end = q.start + unit.start, q.end + unit.start
        found += sorted([*bare, *_scan(stretch)], key=_START)
    return found


# --------------------------------------------------------------------------- numbers in running text


def _scan(stretch: _Stretch) -> Iterator[Quantity]:
    """The quantities of a paragraph, or of a cell that holds words."""
    words, loud = stretch.words, stretch.words.isupper()
    label = _FORMS["label"].match(words)
    done = label.end() if label else 0
    named_end = -1
    last: Quantity | None = None
    for start, raw in _numbers(words):
        if start < done or not stretch.free(start, start + len(raw)):
            continue
        if _is_name(stretch.low, start, named_end):
            named_end = start + len(raw)
            continue
        measure = read_measure(
            words, start, raw, open_unit=raw[0].isdigit() and not _may_be_name(stretch, start, raw, loud)
        )
        quantity = _quantity(stretch, measure, last)
        if quantity:
            done, last = quantity.end - stretch.start, quantity
            yield quantity


def _numbers(words: str) -> list[tuple[int, str]]:
    starts = [m.start() for m in _FORMS["opening"].finditer(words)]
    figures = [at for at in starts if words[at].isdecimal()]
    found = [*matches(_FORMS["figure"], words, figures)]
    if len(figures) < len(starts):
        found += matches(_FORMS["words"], words, [at for at in starts if not words[at].isdecimal()])
    return sorted((m.start("number"), m["number"]) for m in found)


def _is_name(words: str, start: int, named_end: int) -> bool:
    """Whether a number names what stands before it, goes on a list of such, or is a time of day or a scale.

    ``words`` are in lower case.
    """
    before = words[max(0, start - _LOOK_BACK) : start]
    if (m := figure().match(words, start)) and (words.startswith("%", m.end()) or _is_large(words, before, m)):
        return False
    if 0 <= named_end <= start <= named_end + _LOOK_BACK and _LOW["ordinal_list"].match(words[named_end:start]):
        return True
    near = max(0, len(before) - _NAMING)
    if _DAY.match(words, start) and _LOW["until_day"].search(before, near):
        return True
    named = (
        _LOW["ordinal"].search(before, near)
        or _LOW["ordinal_colon"].search(before, near)
        or _LOW["how_often"].search(before)
    )
    report = _LOW["report_period"].search(words, max(0, start - _NAMING), start + _LOOK_BACK)
    if report and report.start("number") == start:
        return True
    return bool(named or _LOW["clock"].match(words[start : start + _LOOK_BACK]))


def _is_large(words: str, before: str, number: re.Match[str]) -> bool:
    """Whether a number has a unit and is greater than any of a thing: ``dự án 60.000 tấn``, ``mở lớp 30 học viên``."""
    thousands = _in_thousands(number[0])
    if not thousands and not (parse_figures(number[0]) > _LOWEST and _LOW["ordinal_low"].search(before)):
        return False
    unit = read_measure(words, number.start(), number[0], thousands).unit
    return unit is not None and (thousands or unit.family in _HELD)


def _in_thousands(number: str) -> bool:
    return "." in number and len(number) > _SMALL


def _may_be_name(stretch: _Stretch, start: int, raw: str, loud: bool) -> bool:
    """Whether a number may name what stands before it: then only a known unit makes it count.

    A capital before it tells so, but not where all words are ``loud``, in capitals. Thousands name nothing.
    """
    if _in_thousands(raw):
        return False
    if _LOW["ordinal_maybe"].search(stretch.low, max(0, start - _NAMING), start):
        return True
    words = stretch.words[max(0, start - _LOOK_BACK) : start]
    last = words[words.rfind(" ", 0, -1) + 1 :]
    return not loud and last[:1].isupper() and _WORD_BEFORE.search(words) is not None


# --------------------------------------------------------------------------- from a measure to a quantity


def _quantity(stretch: _Stretch, measure: Measure, last: Quantity | None) -> Quantity | None:
    """The quantity that a measure opens, with the other end of its range; null without a unit."""
    words, other = stretch.words, _other_end(stretch, measure)
    whole = other or measure
    unit = whole.unit
    if not unit:
        return None
    value = measure.value(measure.raw, like=other)
    high = other.value(other.raw) if other else None
    of = measure.value(measure.of) if measure.of else None
    comparator, start, end = _comparator(stretch, measure, whole, last)
    if comparator != ">=" and _is_article(measure, unit):
        return None
    if other and comparator != "~":
        comparator = "="
    if words[start:end].count("(") > words[start:end].count(")") and words[end : end + 1] == ")":
        end += 1
    return Quantity(
        text=words[start:end],
        start=start + stretch.start,
        end=end + stretch.start,
        value=plain(value),
        value_max=None if high is None else plain(high),
        of=None if of is None else plain(of),
        unit=unit.name,
        per=list(dict.fromkeys(every_of(words, stretch.low, start) + whole.per)),
        comparator=comparator,
        indicator=indicator_of(words, stretch.low, start, whole.end, unit),
        aspect=aspect_of(stretch.low, start, stretch.role),
    )


def _is_article(measure: Measure, unit: Unit) -> bool:
    """Whether ``một`` is no number: it is one before measures, out of or beside a number, and after ``ít nhất``."""
    article: str = data("quantities")["noun"]["article"]
    return measure.raw.lower() == article and unit.family not in _MEASURED and not (measure.of or measure.twice)


def _other_end(stretch: _Stretch, first: Measure) -> Measure | None:
    """The upper end of a range that a measure opens (``từ 1 đến 1,5%``, ``100-150mm``)."""
    words = stretch.words
    joint = _FORMS["to"].match(words[first.end : first.end + _LOOK_BACK])
    if not joint or first.of:
        return None
    m = figure().match(words, first.end + joint.end())
    if not m or not stretch.free(m.start(), m.end()):
        return None
    other = read_measure(words, m.start(), m[0], open_unit=first.unit is None)
    if other.of or not other.unit:
        return None
    same = first.unit is None or f"{other.unit.name} ".startswith(f"{first.unit.name} ")  # tháng, tháng tuổi
    if not same or (first.unit and not _is_range(words, first, joint[0])):
        return None
    return other if first.value(first.raw, like=other) < other.value(other.raw) else None


def _is_range(words: str, first: Measure, joint: str) -> bool:
    """Whether two full measures are the ends of one range: ``từ`` opens it, or a mark and not a word joins them."""
    return (
        not re.search(r"\w", joint) or _FORMS["from"].search(words[max(0, first.start - 12) : first.start]) is not None
    )


def _comparator(
    stretch: _Stretch, measure: Measure, whole: Measure, last: Quantity | None
) -> tuple[Comparator, int, int]:
    """How the value compares, and the span of the mention with the words that say so."""
    words, start, end = stretch.low, measure.start, whole.end
    before, behind = words[max(0, start - _LOOK_BACK) : start], words[end : end + _LOOK_AHEAD]
    offset = start - len(before)
    onward = _LOW["onward"].search(behind) is not None
    upward = _LOW[">= after"].match(behind) if onward else None
    downward = _LOW["<= after"].match(behind) if onward else None
    for sign, form in _TOLD_BEFORE.items():
        if m := _LOW[form].search(before):
            return sign, offset + m.start(), end + (upward.end() if upward and sign == ">=" else 0)
    opened = _LOW["from"].search(before) or _LOW["times"].search(before)
    if opened:
        start = offset + opened.start()
    if upward:
        return ">=", start, end + upward.end()
    if downward:
        return "<=", start, end + downward.end()
    if opened and whole is measure and onward and _LOW[">= far"].match(behind):
        return ">=", start, end
    bounded = measure.unit and measure.unit.family in _BOUNDED and _LOW["<= up_to"].search(before)
    if bounded:
        return "<=", offset + bounded.start() + 1, end
    if last and last.comparator in ("<=", ">="):
        between = words[last.end - stretch.start : measure.start]
        if _LOW["ordinal_list"].match(between):
            return last.comparator, start, end
    return "=", start, end
