"""The words around a figure: what stands before and behind it in its clause, dates, places and bodies taken out."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from patterns import Patterns, data, low
from pipeline.compare.places import place_form
from pipeline.fold import lower
from pipeline.model import Document, Item, Quantity
from pipeline.telling import measuring, says_nothing

_FORMS = Patterns("indicators")
BULLET = re.compile(r"^\s*(?:[-+*•]|\(?\w{1,4}[.)/]|[IVX]+[-.])\s*")
_HARD = re.compile(r"[;:.(](?:(?<=[(;])|(?=\s|$))")
_HARD_WITHIN = re.compile(r"[;:.(](?:(?<=[(;])|(?=\s))")  # the same, but at the end of what is read
_SENTENCE = re.compile(r"[.;](?=\s)")
_CELL = re.compile(r"\|")
_BRACKET = re.compile(r"\s*\([^()]{0,120}\)")
_ASIDE = re.compile(r"\([^()]{1,60}\)")
_DIGIT = re.compile(r"\d")
_FIGURE = re.compile(r"[\d.,/%]*\d[\d.,/%]*")
_BEHIND_RATE = re.compile(r"^.*% ")  # up to what a rate of some grade is of (`92% cơ sở xếp loại khá trở lên`)
_COMMA = re.compile(r"[;:,.](?=\s|$)")
_LAST, _ROW = 4, 12  # words of the last of a row, and of all of it, that are one name
_LIST = 12  # lines of a list behind the one that opens it
_BACK, _AHEAD = 1500, 600  # how far a clause is read, so that endless lines stay cheap


@dataclass(slots=True)
class Clause:
    """What a figure stands in.

    ``short`` and ``long``: the words before, from the last comma or only from the last stop; ``after``, ``far``: those
    behind; ``unit``: the words of the unit; ``heard``: all words of the clause as they stand; ``head``: those before
    the colon of its list; ``doer``: a body that alone did it; then offsets: what was read begins at ``begin``, the
    words behind the head at ``headed``, the sentence at ``stop``, the clause at ``sentence``, and the clause ends at
    ``behind``; ``aside``: the words of the last bracket before; ``tail``: those behind the next figure where that
    follows at once (``bắt 26 vụ, 31 đối tượng phạm tội``). Of these follow ``variants``, the ways to say what is
    counted, the nearest first, and ``hollow``: whether nothing near says it.
    """

    short: str
    long: str
    unit: str
    after: str
    far: str
    heard: str
    head: str
    doer: str
    alone: bool
    parts: int | None
    begin: int
    headed: int
    stop: int
    sentence: int
    behind: int
    aside: str
    tail: str
    variants: tuple[str, ...] = field(init=False)
    hollow: bool = field(init=False)

    def __post_init__(self) -> None:
        self.variants = tuple(dict.fromkeys(self._variants()))
        near = (self.short, self.after, self.long if self.alone else "")
        self.hollow = all(map(says_nothing, near))

    @property
    def called(self) -> str:
        """The words before the figure by which it is called, with the row that they end (``kê khai đất, nhà``)."""
        row = self.alone and len(self.short.split()) <= _LAST and len(self.long.split()) <= _ROW
        return self.long if row and self.short and not says_nothing(self.short.split()[0]) else self.short

    def _variants(self) -> Iterator[str]:
        if _FORMS["of_total"].match(self.after):  # `lao động qua đào tạo chiếm 58% tổng số lao động`
            yield self.short
        row = _FORMS["row"].search(self.long)  # of which the last, alone, would not be what is counted
        for before in dict.fromkeys((self.long,) if row else (self.short, self.long)):
            for after in dict.fromkeys((self.after, self.far)):
                yield " ".join(f"{before} {self.unit} {after}".split())
                yield " ".join(f"{before} {after}".split())
        if done := _FORMS["done"].search(self.short):  # `Các cơ quan đã tiếp 40 lượt công dân`
            yield f"{self.short[done.end() :]} {self.unit} {self.after}"
        if self.aside:  # `suy dinh dưỡng trẻ em dưới 5 tuổi (chiều cao/tuổi)`
            yield f"{self.short} {self.aside}"


class Clauses:
    """The clauses of one document."""

    def __init__(self, document: Document) -> None:
        self._document, self._text, self._low = document, document.text, lower(document.text)
        self._mask = _masked(document)
        self._lines = [0, *(m.end() for m in re.finditer("\n", self._text))]
        graded = data("indicators")["units"]["grade"]
        counted = [q for q in document.quantities if q.unit not in graded]
        timeless = [q for q in counted if q.unit not in time_units() and _DIGIT.search(q.text)]
        self._starts, self._ends = [q.start for q in counted], [q.end for q in counted]
        self._told_from, self._told_to = [q.start for q in timeless], [q.end for q in timeless]
        self._hard = [m.end() for m in _HARD_WITHIN.finditer(self._text)]
        self._sentences = [end for end in self._hard if _SENTENCE.match(self._text, end - 1)]
        self._stops = [end for end in self._sentences if self._text[end - 1] == "."]
        self._openings = [m.start() for m in low("indicators", "opens_parts").finditer(self._low)]
        areas = tuple(data("indicators")["words"]["areas"])
        self._bodies = [a for a in document.agencies if not a.name.startswith(areas)]
        self._bodies_at = [a.start for a in self._bodies]

    def line_of(self, offset: int) -> int:
        """The number of the line that holds an offset."""
        return bisect_right(self._lines, offset) - 1

    def start_of(self, line: int) -> int:
        """Where a line begins."""
        return self._lines[line]

    def _end_of(self, line: int) -> int:
        """Where the words of a line end."""
        return self._lines[line + 1] - 1 if line + 1 < len(self._lines) else len(self._text)

    def line(self, line: int) -> str:
        """The words of a line."""
        return self._text[self._lines[line] : self._end_of(line)]

    def lead_in(self, line: int) -> int:
        """The line that opens the list which a line stands in (``cụ thể như sau:``), -1 where there is none."""
        for before in range(line - 1, max(-1, line - _LIST), -1):
            words = self.line(before).strip()
            if words.endswith(":"):
                return before
            if not BULLET.match(words):
                break
        return -1

    def masked(self, start: int, end: int) -> str:
        """A stretch with dates, citations and bodies blanked, letter for letter."""
        return self._mask[start:end]

    def of(self, q: Quantity) -> Clause:
        """The words around a quantity."""
        begin, end = self._stretch(q)
        told_before = bisect_right(self._told_to, q.start) - 1
        within = told_before >= 0 and self._told_from[told_before] >= begin
        floor = self._told_to[told_before] if within else begin
        if within and (aside := _BRACKET.match(self._text, floor, q.start)):
            floor = aside.end()  # which says something of the figure before
        told = self._plain(floor, q.start)
        before, asides = (_ASIDE.sub(" ", told), _ASIDE.findall(told)) if "(" in told else (told, [])
        cut = _after_last(_FORMS["break"], before)
        short, long = before[cut:], before[_after_last(_HARD, before) if cut else 0 :]
        if floor > begin and long is before and (own := _FORMS["first_break"].search(long)):
            long = long[own.end() :]
        bracket = _BRACKET.match(self._text, q.end, end)
        behind_from = bracket.end() if bracket else q.end
        following = bisect_left(self._starts, behind_from)
        ceiling = min(self._starts[following], end) if following < len(self._starts) else end
        behind = self._plain(behind_from, ceiling)
        if "," in behind:
            behind = _FORMS["kinds"].sub(lambda m: m["first"].ljust(len(m[0])), behind)
        stop = _FORMS["phrase_end"].search(behind)
        after = behind[: stop.start()] if stop else behind
        if bracket and not after.strip():
            after = _kind(bracket[0].strip()[1:-1])
        clause_end = stop or _SENTENCE.search(self._text[behind_from:end])
        part = _FORMS["parts"]
        near = self._text_from(floor, q.start)
        own = _FORMS["first_break"].search(self._text, near, q.start) if near == floor > begin else None
        told_of_it = self._text[own.end() if own else near : q.start]
        heard = f"{told_of_it} {unit_of(q)} {_COMMA.split(self._text[behind_from:ceiling], 1)[0]}"
        if ceiling < end and (purpose := _FORMS["purpose"].match(self._text, ceiling, end)):
            heard += purpose[0]  # `cho 22 lao động vay 1.760 triệu đồng để đi làm việc ở nước ngoài`
        full_stop, sentence = (max(begin, _last_below(ends, q.start)) for ends in (self._stops, self._sentences))
        short = part.sub("", short.strip())
        head, headed = self._head(begin, q.start)
        return Clause(
            short=short,
            long=part.sub("", long.strip()) if cut else short,
            unit=unit_of(q),
            after=after.strip(),
            far=_own(behind, ceiling < end).strip(),
            heard=heard,
            head=head,
            doer=self._doer(near, q.start),
            alone=floor <= max(full_stop, sentence),
            parts=self._parts(full_stop, q.start),
            begin=begin,
            headed=headed,
            stop=full_stop,
            sentence=sentence,
            behind=behind_from + (clause_end.start() if clause_end else len(behind)),
            aside=asides[-1][1:-1] if asides else "",
            tail=self._tail(following, behind, end) if ceiling < end else "",
        )

    def _tail(self, following: int, between: str, end: int) -> str:
        """The words behind the next figure, where nothing but what joins two things stands before it."""
        if not _FORMS["beside"].fullmatch(between.strip()):
            return ""
        behind = self._plain(self._ends[following], min([*self._starts[following + 1 : following + 2], end]))
        stop = _FORMS["phrase_end"].search(behind)
        return (behind[: stop.start()] if stop else behind).strip()

    def _text_from(self, begin: int, start: int) -> int:
        """Where the words right before a figure begin: behind the last stop or bracket since a place."""
        if begin < start and self._text[start - 1] in ":.":
            return start
        return max(begin, _last_below(self._hard, start + 1))

    def _stretch(self, q: Quantity) -> tuple[int, int]:
        """From where to where the words around a quantity are read: in its line or cell, behind the bullet."""
        line = self.line_of(q.start)
        end = min(self._end_of(line), q.end + _AHEAD)
        begin = max(self._lines[line], q.start - _BACK)
        if q.table is not None:  # no words of the next cell
            begin += _after_last(_CELL, self._text[begin : q.start])
            end = min(end, self._text.find("|", q.end) % (len(self._text) + 1))
        if bullet := BULLET.match(self._text[begin : q.start]):
            begin += bullet.end()
        return begin, end

    def _doer(self, begin: int, start: int) -> str:
        """The body, not one that speaks for a place, which alone did what is counted (``Công ty A (63 lao động)``)."""
        if self._text.endswith("(", 0, begin):
            begin = max(0, begin - 2)
        first, last = bisect_left(self._bodies_at, begin - _BACK), bisect_left(self._bodies_at, start)
        near = [a for a in self._bodies[first:last] if a.end >= begin]
        return near[-1].text.split(" - ")[0][:60] if near else ""

    def _parts(self, sentence: int, start: int) -> int | None:
        """Where the list of parts opens in which a figure stands; a colon right before the figure opens none."""
        last = bisect_left(self._openings, start) - 1
        if (
            last >= 0
            and self._text[self._openings[last]] == ":"
            and not self._text[self._openings[last] + 1 : start].strip()
        ):
            last -= 1
        while (
            last >= 0 and self._text.startswith("(", self._openings[last]) and self._closed(self._openings[last], start)
        ):
            last -= 1
        if last >= 0 and self._openings[last] >= sentence:
            return self._openings[last]
        line = self.line_of(start)
        return self._lines[line] if line > 0 and self.line(line - 1).rstrip().endswith(":") else None

    def _closed(self, bracket: int, start: int) -> bool:
        """Whether a bracket ends before a figure, so that it holds no part of what the figure counts."""
        return self._text.find(")", bracket, start) >= 0

    def _plain(self, start: int, end: int) -> str:
        return plain_words(self._mask[start:end])

    def _head(self, begin: int, start: int) -> tuple[str, int]:
        """The words before the colon that opens the stretch which holds a figure, and where that colon ends."""
        words = self._mask[begin:start]
        colon = words.rfind(":")
        if colon < 0:
            return "", begin
        opened = _after_last(_SENTENCE, words[:colon])
        if words[:opened].rstrip().endswith(";") and ";" in words[colon:]:
            return "", begin  # the head of another item of its list
        head = words[opened:colon]
        nearest = head.rsplit(":", 1)[-1]  # `Giải quyết thủ tục hành chính: Số hồ sơ tiếp nhận: 120 hồ sơ`
        head = head if says_nothing(nearest) else nearest
        return " ".join(BULLET.sub("", plain_words(head)).split()), begin + colon + 1


def _kind(aside: str) -> str:
    """The words of the bracket behind a figure where they say of which kind it is (``14% (thể nhẹ cân)``)."""
    said = f" {lower(aside)} "
    return aside if not _DIGIT.search(aside) and any(f" {kind} " in said for kind in _kinds()) else ""


@cache
def _kinds() -> frozenset[str]:
    """The words of which one stands for another in a row of like figures."""
    return frozenset(word.lower() for contrast in data("indicators")["words"]["contrasts"] for word in contrast)


def _own(behind: str, another: bool) -> str:
    """The words behind a figure up to the next stop, without the clause that leads to ``another`` figure."""
    if far := _FORMS["hard_or_parts"].search(behind):
        return behind[: far.start()]
    return behind.rsplit(",", 1)[0] if another else behind


def unit_of(q: Quantity) -> str:
    """The words of a quantity's unit, none where it only measures."""
    if q.unit in _wordless():
        return _BEHIND_RATE.sub("", q.text) if "% " in q.text else ""
    if base := [p for p in q.per if p in data("indicators")["units"]["base"]]:
        return " ".join([q.unit or "", *base])
    return " ".join(_FIGURE.sub(" ", q.text.split("/" + q.per[0])[0] if q.per else q.text).split())


def _last_below(ends: list[int], at: int) -> int:
    """The last of some places before one, 0 where there is none."""
    return ends[n - 1] if (n := bisect_left(ends, at)) else 0


def plain_words(words: str) -> str:
    """Words without the places that they name."""
    return _FORMS["whole_said"].sub(" ", place_form().sub(" ", words))


@cache
def _wordless() -> frozenset[str]:
    """Units whose words do not say what is counted."""
    return measuring() | {*data("indicators")["units"]["bare"]}


def time_units() -> list[str]:
    """Units of time, which count nothing themselves."""
    units: list[str] = data("indicators")["units"]["time"]
    return units


def _masked(document: Document) -> str:
    bodies = [a for a in document.agencies if not _DIGIT.search(a.text)]
    return blanked(document.text, [*document.dates, *document.citations, *bodies])


def blanked(text: str, items: Sequence[Item]) -> str:
    """A text with these stretches blanked, letter for letter."""
    pieces, end = [], 0
    for item in sorted(items, key=lambda item: item.start):
        pieces += [text[end : item.start], " " * (item.end - max(end, item.start))]
        end = max(end, item.end)
    return "".join([*pieces, text[end:]])


def _after_last(pattern: re.Pattern[str], words: str) -> int:
    """Where the last match of a pattern ends, 0 where there is none."""
    found = _last(pattern).match(words)
    return found.end() if found else 0


@cache
def _last(pattern: re.Pattern[str]) -> re.Pattern[str]:
    """What matches all up to the end of a pattern's last match."""
    return re.compile(f"(?s:.*)(?:{pattern.pattern})", pattern.flags)
