"""What the figures of the text count, when and where: as far as their clause, their sentence and their heading say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, cached_property, lru_cache
from itertools import chain

from patterns import data, forms, low
from pipeline.audit.lines import MONEY, Figure, Line, Page
from pipeline.audit.statements.words import (
    ASIDE,
    NAME,
    WORD,
    YEAR,
    folded_words,
    moments_in,
    names_in,
    telling,
    whole_months,
    years_in,
)
from pipeline.compare.clauses import blanked
from pipeline.fold import fold, lower
from pipeline.indicators import known

_FORMS = {name: form.pattern for name, form in forms("figures").items()}
_MOMENT = low("figures", "moment")
_COUNTS_ALL = forms("indicators")["all_there_are"].pattern
_CLAUSE = re.compile(r"[.;:,](?:\s|$)")
_SENTENCE = re.compile(r"[.;](?:\s|$)")
_FULL_STOP = re.compile(r"[.]\s")
_NOTE = re.compile(r"\s?\[\d{1,3}\]")  # a note may say what else a value holds
#: What two figures that are set side by side say they are: values of the same kind, or left open.
_LEVELS = (None, "result", "target")
_BEFORE = 80  # characters before a figure that say whether it may be told again


class Told:
    """A figure of the text, with the words of its clause that say what it counts, when and where."""

    def __init__(self, line: Line, figure: Figure, dated: bool, heading: str, title: str, year: str) -> None:
        self.line, self.figure = line, figure
        self._line_dated = dated  # whether its line names a year
        self._heading, self._title, self.issued_in = heading, title, year
        self._at, self._end = figure.quantity.start - line.start, figure.quantity.end - line.start

    @cached_property
    def level(self) -> bool:
        """Whether it is a value itself, not what one rose by or came from."""
        q = self.figure.quantity
        before = self.line.before(self.figure)[-_BEFORE:]
        return q.aspect in _LEVELS or (q.unit != "%" and _FORMS["rises_to"].search(before) is not None)

    # Asked of the few figures that may tell the same thing as another.

    @cached_property
    def _span(self) -> tuple[int, int]:
        """Its clause in the line; where that only tells the number, with the words before the colon."""
        text = self.line.text
        first, last = _around(_CLAUSE, text, self._at, self._end)
        headed = text[:first].rstrip().endswith(":")
        if headed and not telling(ASIDE.sub(" ", f"{text[first : self._at]} {text[self._end : last]}")):
            first = _around(_CLAUSE, text, len(text[:first].rstrip()) - 1, self._at)[0]  # ``Số hộ nghèo: 120 hộ``
        if turn := _FORMS["turns"].search(text, self._end, last):
            last = turn.start()
        return max([first, *(m.end() for m in self._bases(first))]), last

    def _bases(self, first: int) -> Iterator[re.Match[str]]:
        """The words from one place on that say that what is to be done starts from the figure."""
        return _FORMS["on_basis"].finditer(self.line.text[: self._at], first)

    @cached_property
    def recalled(self) -> bool:
        """Whether it is told as known, be it where the section tells what is to be done."""
        first = _around(_CLAUSE, self.line.text, self._at, self._end)[0]
        return any(self._bases(first)) or _FORMS["known_already"].search(self.clause) is not None

    @cached_property
    def clause(self) -> str:
        """The words of its clause."""
        first, last = self._span
        return self.line.text[first:last]

    @cached_property
    def _aside(self) -> tuple[int, int] | None:
        """Where it stands at the head of a bracket: from its clause's beginning to the end of the bracket.

        ``số lao động trở về (2.634 người từ các tỉnh phía Nam)``: what it counts is told before the bracket and in it.
        """
        text = self.line.text
        opened = text.rfind("(", 0, self._at)
        if opened < 0 or not _FORMS["heads_aside"].fullmatch(text, opened, self._at):
            return None
        first, closed = _around(_CLAUSE, text, opened, self._at)[0], text.find(")", self._end)
        return (first, closed) if closed >= 0 and not _FORMS["done_to"].search(text, first, opened) else None

    @cached_property
    def _result_of(self) -> str:
        """The heading that says what it counts, where its clause says no more than that it is the result."""
        (first, last), text = self._span, self.line.text
        alone = not text[self._end : last].strip(" .;") and _FORMS["only_result"].fullmatch(text[first : self._at])
        return _FORMS["heading_number"].sub("", self._heading.rpartition(". ")[2]) if alone else ""

    @property
    def dated(self) -> bool:
        """Whether its line, or the heading that it is the result of, names a year."""
        return self._line_dated or bool(years_in(self._result_of))

    @cached_property
    def words(self) -> str:
        """The same with its unit for the number, asides left out but for its own."""
        (first, last), text = self._aside or self._span, self.line.text
        before = self._result_of or text[first : self._at]
        before = before.replace("(", " ") if self._aside else before
        words = ASIDE.sub(" ", f"{before}\n{self.figure.quantity.unit} {text[self._end : last]}")
        words = _FORMS["comes_to"].sub(" ", _FORMS["belittles"].sub(" ", words))
        return _FORMS["leads_in"].sub("", _FORMS["as_of"].sub(" ", words))

    @cached_property
    def counted(self) -> frozenset[str]:
        """The telling words of its clause, with those of its noun, without its time and how far it reaches."""
        return _counting(f"{self.words} {self.figure.quantity.text}")

    @cached_property
    def around(self) -> frozenset[str]:
        """The same of all its sentence."""
        first, last = self._sentence_span
        return _counting(_FORMS["belittles"].sub(" ", self.line.text[first:last])) | self.counted

    @cached_property
    def _sentence_span(self) -> tuple[int, int]:
        return _around(_SENTENCE, self.line.text, self._at, self._end)

    def in_sentence(self, figure: Figure) -> bool:
        """Whether another figure of its line stands in its sentence."""
        first, last = self._sentence_span
        return first <= figure.quantity.start - self.line.start < last

    @property
    def timed(self) -> bool:
        """Whether its sentence names a year, be it this one, or a part of one."""
        return bool(years_in(self._told) or moments_in(self._told) or _FORMS["this_year"].search(self._told))

    @property
    def days(self) -> frozenset[str]:
        """The days that its clause names."""
        return frozenset(m[0] for m in _FORMS["day"].finditer(self.clause))

    @cached_property
    def _told(self) -> str:
        """Its sentence, from the last semicolon before it to the end of its clause."""
        text = self.line.text
        return text[_around(_SENTENCE, text, self._at, self._end)[0] : self._span[1]]

    @cached_property
    def behind(self) -> tuple[str, ...]:
        """The words behind its number, its noun first, up to the end of its clause."""
        return tuple(WORD.findall(self.line.text[self._at : self._span[1]].lower()))

    @cached_property
    def years(self) -> frozenset[str]:
        """The years that it is told of."""
        told = (_FORMS["held_against_then"].sub(" ", words) for words in (self.clause, self._told, self.before))
        of_title = years_in(self._title)
        meant = of_title if len(of_title) == 1 else frozenset({self.issued_in})
        return _first_told(YEAR, (*told, self._heading)) or meant

    @cached_property
    def before(self) -> str:
        """All of the sentence up to the figure: a time told in it goes for what follows behind semicolons."""
        before = self.line.before(self.figure)
        return before[max((m.end() for m in _FULL_STOP.finditer(before)), default=0) :]

    @property
    def year_told(self) -> bool:
        """Whether its sentence, or the heading that it is the result of, names its year or says that it is this one."""
        return bool(years_in(f"{self._told} {self._result_of}") or _FORMS["this_year"].search(self._told))

    @cached_property
    def moments(self) -> frozenset[str]:
        """The parts of the year, or of the term, that it is told of."""
        told = _FORMS["to_date"].sub(" ", self._told)
        return whole_months(moments_in(f"{self._heading}. {told}") or moments_in(self._title))

    @cached_property
    def own_moments(self) -> frozenset[str]:
        """Those that its clause names."""
        return whole_months(moments_in(_FORMS["to_date"].sub(" ", self.clause)))

    @property
    def momentary(self) -> bool:
        """Whether its clause names a part of a year, be it the end whose value is that of the year."""
        return _FORMS["moment"].search(_FORMS["to_date"].sub(" ", self.clause)) is not None

    @cached_property
    def scopes(self) -> frozenset[str]:
        """How far it reaches (``toàn tỉnh``)."""
        return frozenset(fold(m["area"] or m[0]) for m in _FORMS["scope"].finditer(self._told))

    @cached_property
    def names(self) -> frozenset[str]:
        """The places and bodies that it is told of."""
        named = names_in(ASIDE.sub(" ", self.clause))
        if self._aside:  # who deals with what the bracket counts
            named = frozenset(name for name in named if not _FORMS["body_leads"].match(name))
        return named | _places(self._told) | _places(self._heading)

    @cached_property
    def acts(self) -> frozenset[str]:
        """What its clause says was done, or is to be done, with what it counts and not with what stands beside it."""
        first, last = self._span
        starts = [f.quantity.start - self.line.start for f in self.line.figures]
        words = self.line.text[first : min((at for at in starts if self._end <= at < last), default=last)]
        return frozenset(m.lastgroup or "" for m in _FORMS["act"].finditer(words))

    @cached_property
    def marks(self) -> frozenset[str]:
        """What tells it apart from figures of the same words."""
        return frozenset(m[0].lower() for m in _FORMS["told_apart"].finditer(self._told))

    @cached_property
    def complete(self) -> bool:
        """Whether it is said to count all there are, or as known."""
        if self.recalled or _FORMS["nothing_left"].search(self.clause):
            return True
        return bool(_FORMS["place_holds"].search(self.before) or _FORMS["all_of_them"].search(self.before))

    @cached_property
    def thing(self) -> frozenset[str]:
        """The indicator of the catalogue that its words name outright; with ``""`` the unit, where all are counted."""
        q, before = self.figure.quantity, self.line.text[self._span[0] : self._at]
        times = [m.end() for m in chain(YEAR.finditer(before), _MOMENT.finditer(lower(before)))]
        for words in dict.fromkeys((q.indicator or "", before, before[max(times, default=0) :], self._goes_with())):
            if words and (named := _indicator(NAME.sub(" ", _placeless(words)), q.unit)):
                return frozenset({named})
        noun = " ".join(WORD.findall(q.text))
        if noun and noun.lower() != q.unit and (named := self._nothing_but_time(before, noun, q.unit)):
            return frozenset({named})
        if _COUNTS_ALL.match(before) and telling(self.words) <= telling(q.unit or ""):
            return frozenset({"", q.unit or ""})
        return frozenset()

    def _nothing_but_time(self, before: str, noun: str, unit: str | None) -> str | None:
        """The indicator that a number's noun names (``đến cuối năm còn 1.236 hộ nghèo``), where no word limits it."""
        around = before + self.words[len(before) :].partition(unit or "")[2]
        for form in (_FORMS["moment"], _FORMS["scope"], YEAR):
            around = form.sub(" ", around)
        if telling(around) - folded_words("beside_numbers"):
            return None
        return _indicator(noun, unit)

    def _goes_with(self) -> str:
        """The words between a figure and the one it goes with (``14 bản với tổng dân số 5.230 người``)."""
        at = self.figure.quantity.start
        last = max((f.quantity.end for f in self.line.figures if f.quantity.end <= at), default=at)
        words = self.line.text[last - self.line.start : at - self.line.start]
        return words if _FORMS["with_it"].match(words) else ""


def _counting(words: str) -> frozenset[str]:
    """The telling words among some that say what is counted, not when or how far it reaches."""
    words = _FORMS["scope"].sub(lambda m: "" if m["area"] else m[0], _FORMS["moment"].sub(" ", words))
    return telling(words) - folded_words("beside_numbers") - folded_words("beside_values") - folded_words("scales")


def _around(ends: re.Pattern[str], text: str, at: int, end: int) -> tuple[int, int]:
    """The stretch between two ends of clauses, or of sentences, that holds the words from one place to another."""
    first = 0
    for before in ends.finditer(text, 0, at):
        first = before.end()
    stop = ends.search(text, end)
    return first, stop.start() if stop else len(text)


def _first_told(pattern: re.Pattern[str], texts: tuple[str, ...]) -> frozenset[str]:
    for text in texts:
        if found := frozenset(pattern.findall(text)):
            return found
    return frozenset()


def _placeless(words: str) -> str:
    return forms("indicators")["place"].pattern.sub(" ", _FORMS["belittles"].sub(" ", words))


def _places(words: str) -> frozenset[str]:
    return frozenset(m[0].lower() for m in forms("indicators")["place"].pattern.finditer(words))


def tells(page: Page) -> Iterator[Told]:
    """The figures of the text that can be told a second time, in order."""
    year = str(page.source.issued_on.year) if page.source.issued_on else ""  # meant where none is told
    headings = headings_of(page)
    title = page.source.title or ""
    text = blanked(page.document.text, page.document.citations)  # what they are called counts nothing
    for line in page.lines:
        line = line._replace(text=text[line.start : line.start + len(line.text)].replace("\n", " "))
        dated = bool(line.figures and (YEAR.search(line.text) or _FORMS["this_year"].search(line.text)))
        for figure in line.figures:
            if _can_repeat(figure, dated, line.before(figure)[-_BEFORE:]) and not _NOTE.match(
                line.text, figure.quantity.end - line.start
            ):
                yield Told(line, figure, dated, headings.get(figure.quantity.section, ""), title, year)


def headings_of(page: Page) -> dict[int | None, str]:
    """Each section's heading with those above it."""
    found: dict[int | None, str] = {}
    for s in page.document.sections:
        found[s.id] = f"{found.get(s.parent, '')}. {s.heading}"
    return found


def _can_repeat(figure: Figure, dated: bool, before: str) -> bool:
    """Whether a figure may be told twice, by the words ``before`` it.

    A count below ten is known again only where its year is told.
    """
    q = figure.quantity
    return (
        figure.told and q.unit is not None
        and not (q.per and q.unit == MONEY and not _FORMS["yields"].search(before))
        and (q.value >= 10 or (q.unit == "%" and q.value > 0) or (q.value > 1 and dated and q.unit not in _times()))
    )  # fmt: skip


@cache
def _times() -> frozenset[str]:
    return frozenset(data("indicators")["units"]["time"])


@lru_cache(maxsize=4096)
def _indicator(words: str, unit: str | None) -> str | None:
    """The catalogue's indicator that some words name outright."""
    match = known().match(words, unit)
    return match.indicator.id if match and match.strength >= 1 else None
