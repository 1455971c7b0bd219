"""Dates and periods.

Points (a day, a month, a quarter, a year ...) are read first, by the forms of ``patterns/dates.toml``; lists are
continued, what a point leaves unsaid is taken from the one it leans on (``ngày 08 đến ngày 10 tháng 12 năm 2025``), two
points joined by ``đến`` or a dash become a period, and the words before and after say how each is meant.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from operator import itemgetter
from typing import Any, NamedTuple, get_args

from patterns import Lowered, data, forms, matches
from pipeline.annotate.periods import UNKNOWN, Days, Point
from pipeline.fold import lower
from pipeline.model import Context, DateKind, DateMention, DateRelation, Frame, Recurrence, Text, Unit

POINTS: dict[str, str] = data("dates")["begins"]
_RELATIONS: tuple[DateRelation, ...] = ("before", "until", "from", "after", "on")
_RECURRENCES: tuple[Recurrence, ...] = get_args(Recurrence)
_NUMERALS: dict[str, int] = data("dates")["numerals"]
_SECOND_HALF: str = data("dates")["second_half"]
_WEEK: str = data("dates")["week"]
_LOOK_BACK = 48
_LOOK_AHEAD = 24
_NAME = 140
#: a deadline that lies this long before the document was issued is one of the next year (domain rule of thumb)
_LATE = timedelta(days=30)


@dataclass(slots=True)
class _Group:
    """Points of one entry: one, or the two ends of a period, which is ``short`` where the last is not in it."""

    first: Point
    last: Point
    short: bool = False

    @property
    def joined(self) -> bool:
        return self.first is not self.last


def find_dates(text: Text, frame: Frame, context: Context) -> list[DateMention]:
    """Every date or period in letterhead, title and body, in text order."""
    mentions: list[DateMention] = []
    alone: list[Point] = []
    all_begun = _begun(text.text)
    for unit in text.units():
        if frame.zone_at(unit.start) == "closing":
            continue
        words = text.text[unit.start : unit.end]
        mentions += _weekdays(words, unit.start)
        begun, year = all_begun.within(unit), _year_cell(text, unit, words)
        if not any(begun) and year is None:
            continue
        found = len(mentions)
        points = [year] if year else _read_points(words, begun)
        listed: DateMention | None = None
        groups = list(_join(points, words))
        for group, end in zip(groups, _list_ends(groups, words), strict=True):
            mention = _mention(group, end, words, context)
            if mention and not mention.relation and listed and _lists(words, listed, mention):
                mention.relation = listed.relation
            listed = mention
            if mention:
                mentions.append(mention)
        for mention in mentions[found:]:
            mention.start, mention.end = mention.start + unit.start, mention.end + unit.start
        alone += (
            replace(p, start=p.start + unit.start, end=p.end + unit.start) for p in _alone(points, words, begun.figures)
        )
    mentions += _months_alone(alone, mentions, text.text, context)
    return sorted(mentions, key=lambda m: m.start)


def _lists(words: str, first: DateMention, last: DateMention) -> bool:
    """Whether two deadlines share one ``trước`` (``trước ngày 01/6 và 15/11``, ``trong quý II và quý III``)."""
    return (
        first.kind == last.kind != "period"
        and forms("dates")["joint_list"].pattern.match(words[first.end : last.start]) is not None
    )


# --------------------------------------------------------------------------- points


class _Begun(NamedTuple):
    """Where points may begin in a stretch of text, with words and with figures."""

    words: list[int]
    figures: list[int]

    def within(self, unit: Unit) -> _Begun:
        """Those in a unit of the text, counted from where it begins."""
        inside = (at[bisect_left(at, unit.start) : bisect_left(at, unit.end)] for at in self)
        return _Begun(*([start - unit.start for start in starts] for starts in inside))


def _begun(words: str) -> _Begun:
    known = forms("dates")
    return _Begun(*([m.start() for m in known[name].pattern.finditer(words)] for name in ("opening", "figures")))


def _read_points(words: str, begun: _Begun) -> list[Point]:
    """The points of a stretch of text, in order, with the rest of each list and what they take from each other."""
    points: list[Point] = []
    taken = bytearray(len(words))
    last, done = "", 0
    for _, name, m in _found(words, begun):
        start, end = m.span()
        if name == last and start < done:
            continue  # matches of one form stand apart
        last, done = name, end
        if not any(taken[start:end]) and (name != "day_bare" or _says_day(words, start)):
            taken[start:end] = b"x" * (end - start)
            points.append(_point(m, start))
    points.sort(key=lambda p: p.start)
    points = list(_continue(points, words))
    _fill(points, words)
    return points


_RANK = itemgetter(0)


def _found(words: str, begun: _Begun) -> list[tuple[int, str, re.Match[str]]]:
    """What the forms of points find where points may begin, each with its form, by the precedence of these."""
    tries = _tries()
    starts = sorted([*((at, words[at].lower()) for at in begun.words), *((at, "0") for at in begun.figures)])
    found = [
        (rank, name, m)
        for at, letter in starts
        for rank, name, pattern in tries[letter]
        if (m := pattern.match(words, at))
    ]
    return sorted(found, key=_RANK)


@cache
def _tries() -> dict[str, list[tuple[int, str, re.Pattern[str]]]]:
    """The forms of points by the letters with which they may begin, each with its precedence."""
    tries = defaultdict(list)
    for rank, (name, begins) in enumerate(POINTS.items()):
        for letter in begins:
            tries[letter].append((rank, name, forms("dates")[name].pattern))
    return tries


def _says_day(words: str, start: int) -> bool:
    """Whether what stands before two figures tells that they are a day (``trước 30/6``), not a share."""
    return forms("dates")["bare_day_before"].pattern.search(words[max(0, start - _NAME) : start]) is not None


def _point(m: re.Match[str], start: int) -> Point:
    """A point from the named groups of a form; alternatives of one group carry a suffix (``day``, ``day_b``)."""
    said = {k: v for k, v in m.groupdict().items() if v}

    def number(*names: str) -> int | None:
        for name in names:
            if value := said.get(name):
                return int(value) if value.isdigit() else _NUMERALS[value.lower()]
        return None

    year = number("year", "year_b", "year_w")
    return Point(
        start,
        m.end(),
        day=number("day", "day_b"),
        day_to=number("day_to"),
        month=number("month", "month_b", "month_w"),
        quarter=number("quarter"),
        months=number("months"),
        last=said.get("half", "").lower() == _SECOND_HALF,
        year=year + 2000 if year and year < 100 else year,
        year_to=number("year_to"),
    )


def _continue(points: list[Point], words: str) -> Iterator[Point]:
    """The points, each followed by the further members of the list that it opens (``năm 2021, 2022``).

    A year that the last member takes along (``quý II, III năm 2026``) is no point of its own.
    """
    done = 0
    for i, point in enumerate(points):
        if point.start < done:
            continue
        yield point
        after = points[i + 1] if i + 1 < len(points) else None
        limit = after.start if after else len(words)
        whole = after.end if after and after.grain == "year" and not after.year_to else limit
        more = forms("dates").get(f"more_{point.grain}")
        while more and not point.year_to and not point.day_to:
            m = more.pattern.match(words, point.end)
            if not m or (m.end() > limit and m.end() != whole):
                break
            point = _point(m, m.start(_first_group(m)))
            done = point.end
            yield point


def _first_group(m: re.Match[str]) -> str:
    """The name of the first group that took part in a match."""
    return min((k for k, v in m.groupdict().items() if v), key=m.start)


def _fill(points: list[Point], words: str) -> None:
    """Let each point take the month and year it leaves unsaid from the next one in its list or period."""
    for point, after in zip(points[-2::-1], points[:0:-1], strict=True):
        alike = point.grain == after.grain or (point.grain in ("quarter", "months") and after.grain == "year")
        if not alike or not _joint(words, point, after, "joint_to", "joint_list"):
            continue
        if point.day and not point.month:
            point.month = after.month
        if point.year is None and after.year:
            point.year = after.year
            ends = point.days()[0], after.days()[0]
            if point.grain == after.grain and ends[0] and ends[1] and ends[0] > ends[1]:
                point.year -= 1


def _joint(words: str, first: Point, last: Point, *names: str) -> re.Match[str] | None:
    between = words[first.end : last.start]
    if len(between) > _LOOK_AHEAD:
        return None
    return next((m for name in names if (m := forms("dates")[name].pattern.match(between))), None)


def _join(points: list[Point], words: str) -> Iterator[_Group]:
    """The points one by one, or two by two where they are the ends of a period."""
    i = 0
    while i < len(points):
        first = points[i]
        last = points[i + 1] if i + 1 < len(points) else None
        if last and _is_period(first, last) and (joint := _joint(words, first, last, "joint_to")):
            yield _Group(first, last, joint["short"] is not None)
            i += 2
        else:
            yield _Group(first, first)
            i += 1


def _is_period(first: Point, last: Point) -> bool:
    if first.day_to or first.year_to or last.day_to or last.year_to or (last.day and not last.month):
        return False
    start, end = first.days()[0], last.days()[1]
    if not start or not end:
        return first.grain == last.grain
    anniversary = first.day and (start.day, start.month) == (end.day, end.month)
    return start <= end and not anniversary


def _year_cell(text: Text, unit: Unit, words: str) -> Point | None:
    """A bare year in a table column of years."""
    if unit.table is None or unit.column is None or unit.table >= len(text.tables):
        return None
    header = text.tables[unit.table].header
    m = re.fullmatch(r"\s*((?:19|20)\d\d)\s*", words)
    if not m or unit.column >= len(header) or not forms("dates")["year_column"].pattern.search(header[unit.column]):
        return None
    return Point(m.start(1), m.end(1), year=int(m[1]))


# --------------------------------------------------------------------------- what a point means


def _list_ends(groups: list[_Group], words: str) -> list[int]:
    """Where the list of days ends that each group opens or goes on (``ngày 15/6 và ngày 15/12 hằng năm``)."""
    ends = [group.last.end for group in groups]
    for i in range(len(groups) - 2, -1, -1):
        first, after = groups[i].last, groups[i + 1].first
        if first.day and after.day and not after.year and _joint(words, first, after, "joint_list"):
            ends[i] = ends[i + 1]
    return ends


def _mention(group: _Group, list_end: int, words: str, context: Context) -> DateMention | None:
    first, last = group.first, group.last
    start = first.start
    relation, related = _relation(words, start)
    recurrence = None if last.year else _recurrence(words, start, list_end)
    if first.day and not first.month and not (recurrence and not group.joined):
        return None
    dated = not recurrence and not context.standing and not _is_named(words, start)
    if not last.year and context.year and dated:
        year = _year_of(last, relation, context, context.year)
        first, last = replace(first, year=first.year or year), replace(last, year=year)
    kind: DateKind = "period" if group.joined else first.kind()
    days: Days = (first.days()[0], last.days()[1])
    if group.short and (end := last.days()[0]):
        days = (days[0], end - timedelta(days=1))
    if None in days:
        days = UNKNOWN
    if kind == "period" and relation == "from":
        relation, start = None, related
    elif relation == "on" and (kind == "period" or first.months):
        relation = None
    elif relation:
        start = related
    month_day = None
    if kind in ("day", "period") and not last.year and last.day and last.month:
        month_day = f"{last.month:02d}-{last.day:02d}"
    return _date(words, start, last.end, kind, days, month_day=month_day, relation=relation, recurrence=recurrence)


def _weekdays(words: str, offset: int) -> Iterator[DateMention]:
    """The days on which something falls every week: ``trước 16h00 thứ Sáu hằng tuần``; no other weekday is a date."""
    if _WEEK not in words:
        return
    for m in forms("dates")["weekday"].pattern.finditer(words):
        if _recurrence(words, m.start(), m.end()) == "weekly":
            relation, start = _relation(words, m.start())
            found = _date(words, start, m.end(), "day", UNKNOWN, relation=relation, recurrence="weekly")
            yield found.model_copy(update={"start": start + offset, "end": m.end() + offset})


def _is_named(words: str, start: int) -> bool:
    """Whether a point in brackets says when a day with a name of its own is (``Ngày Quốc tế ... (ngày 25/11)``)."""
    return forms("dates")["named_day"].pattern.search(words[max(0, start - _NAME) : start]) is not None


def _date(words: str, start: int, end: int, kind: DateKind, days: Days, **more: Any) -> DateMention:
    return DateMention(text=words[start:end], start=start, end=end, kind=kind, from_=days[0], to=days[1], **more)


_LOW = Lowered("dates")


def _relation(words: str, start: int) -> tuple[DateRelation | None, int]:
    """How the words before a point mean it, and where the mention starts, those words included.

    They are left out where they hold only a part of the point (``đến cuối năm 2025`` is the year, until).
    """
    begin = max(0, start - _LOOK_BACK)
    before = lower(words[begin:start])
    for relation in _RELATIONS:
        if m := _LOW[relation].search(before):
            return relation, start if m["part"] else begin + m.start()
    return None, start


def _recurrence(words: str, start: int, end: int) -> Recurrence | None:
    """How often an undated point comes back: said right after it, else the nearest before it in its sentence.

    The words that head its line hold for all of it: ``- Báo cáo năm: Các sở gửi trước ngày 15/12; ...``.
    """
    after = words[end : end + _LOOK_AHEAD]
    after = re.split(r"[,;.()]", after.removeprefix(" ("), maxsplit=1)[0]
    before = words[max(0, start - 160) : start]
    before = before[max(before.rfind(". "), before.rfind("; "), before.rfind(": ")) + 1 :]
    heading = forms("dates")["report_heading"].pattern.match(words[:start])
    for stretch, nearest in ((after, min), (before, max), (heading[0] if heading else "", max)):
        said = lower(stretch)
        found = {m.start(): name for name in _RECURRENCES for m in _LOW[name].finditer(said)}
        if found:
            return found[nearest(found)]
    return None


def _year_of(point: Point, relation: DateRelation | None, context: Context, year: int) -> int:
    """The year of an undated point: the document's, or the next where a deadline would be over already."""
    if relation in ("before", "until") and context.issued_on and point.day:
        end = replace(point, year=year).days()[1]
        if end and end < context.issued_on - _LATE:
            return year + 1
    return year


# --------------------------------------------------------------------------- parts of the year named by months alone


def _alone(points: list[Point], words: str, figures: list[int]) -> Iterator[Point]:
    """Every bare ``10 tháng`` that is no part of another point and is not said to be a length of time."""
    length = forms("dates")["length_before"].pattern
    for m in matches(forms("dates")["months_alone"].pattern, words, figures):
        inside = any(p.start <= m.start() < p.end for p in points)
        if not inside and not length.search(words[max(0, m.start() - 20) : m.start()]):
            yield _point(m, m.start())


def _months_alone(
    alone: list[Point], mentions: list[DateMention], words: str, context: Context
) -> Iterator[DateMention]:
    """The bare ``10 tháng`` that mean a part of the year: one the document names in full elsewhere, or counts to."""
    form = forms("dates")["months"].pattern
    named: dict[int, int] = {}
    for m in mentions:
        if m.from_ and m.to and named.get(m.to.month) != context.year and form.search(m.text):
            named[m.to.month] = m.from_.year
    so_far, told = forms("dates")["so_far"].pattern, forms("dates")["so_far_told"].pattern
    for p in alone:
        said = so_far.search(words[max(0, p.start - 12) : p.start]) or told.match(words[p.end : p.end + _LOOK_AHEAD])
        if p.months in named or said:
            p.year = named.get(p.months or 0, context.year)
            yield _date(words, p.start, p.end, p.kind(), p.days())
