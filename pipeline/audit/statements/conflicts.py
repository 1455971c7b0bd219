"""One indicator with two values in one document.

Two figures of which one must be a slip of the other (two figures of a number turned, one mistyped) are judged by what
is told of them; so are any two that stand beside the same third figure, and two values of one year that lie near.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from decimal import Decimal
from itertools import chain, combinations

from patterns import data, forms
from pipeline.audit.lines import Page, agrees, amount, counted_as, decimals, mistyped
from pipeline.audit.model import Finding
from pipeline.audit.statements.retold import (
    beside,
    can_but_be_one,
    in_the_same_words,
    of_one_place,
    of_two_stages,
    sureness,
    told_together,
)
from pipeline.audit.statements.slips import figures_of, mistyped_keys, turned, turned_key
from pipeline.audit.statements.stocks import count_one_thing, stock_of
from pipeline.audit.statements.told import Told

_FORMS = {name: form.pattern for name, form in forms("figures").items()}
_TIMES = tuple(data("indicators")["units"]["time"])  # terms of procedures are told in like words
_SHORT, _LONG = 3, 4  # figures of a number that seldom, or never, is like another one by chance
_LONGEST = 5  # figures of a number that need not be told in like words to be known again
_LIKELY, _SURE = 2, 4  # how surely two figures must tell one thing
_APART = Decimal("0.3")  # of the greater of two values of one year

_Pairs = Iterator[tuple[Told, Told]]


def conflicting_figures(page: Page, tells: Iterable[Told]) -> Iterator[Finding]:
    """Every pair of figures of the text (``tells``) that tell one thing differently; told at the later one."""
    found = [told for told in tells if not (told.figure.quantity.unit or "").startswith(_TIMES)]
    done: set[int] = set()
    pairs = (_turned, _mistyped, _together, _of_a_year, _of_all)
    for a, b in chain.from_iterable(alike(page, found) for alike in pairs):
        if b.figure.id not in done:
            done.add(b.figure.id)
            yield _finding(page, a, b)


def _turned(page: Page, tells: list[Told]) -> _Pairs:
    """Values in which two figures stand each in the other's place: no chance makes such a pair of long numbers."""
    for a, b in _pairs((told, turned_key(told.figure.value)) for told in tells):
        values = (a.figure.value, b.figure.value)
        figures = max(map(figures_of, values))
        if not turned(*values) or (figures < _LONG and of_two_stages(page, a, b)):
            continue
        likely = sureness(page, a, b) >= (_LIKELY if figures >= _SHORT else _SURE)
        if likely or (figures >= _LONGEST and told_together(page, a, b)):
            yield a, b


def _mistyped(page: Page, tells: list[Told]) -> _Pairs:
    """Values that one figure parts; short ones are known again by the phrase that they open."""
    for a, b in _pairs((told, key) for told in tells for key in mistyped_keys(told.figure.value)):
        if not mistyped(a.figure.value, b.figure.value, 2) or of_two_stages(page, a, b):
            continue
        known_again = max(figures_of(t.figure.value) for t in (a, b)) >= _SHORT or in_the_same_words(page, a, b)
        if known_again and sureness(page, a, b) >= _SURE:
            yield a, b


def _together(page: Page, tells: list[Told]) -> _Pairs:
    """Values that stand beside the same figure of something else (``22 tổ với 198 thành viên``)."""
    for a, b in _pairs((told, other) for told in tells if told.figure.quantity.unit != "%" for other in beside(told)):
        if sureness(page, a, b) >= _SURE and not of_two_stages(page, a, b):
            yield a, b


def _of_a_year(page: Page, tells: list[Told]) -> _Pairs:
    """Values told with their year that lie near, whatever parts them."""
    for a, b in _pairs((told, None) for told in tells if told.level and told.dated and told.year_told):
        values = (a.figure.value, b.figure.value)
        near = a.line is not b.line and abs(values[0] - values[1]) <= _APART * max(values)
        if near and sureness(page, a, b) >= _SURE and can_but_be_one(page, a, b):
            yield a, b


def _of_all(page: Page, tells: list[Told]) -> _Pairs:
    """Counts of all there are of something in a place."""
    stocks = {told.figure.id: stock for told in tells if (stock := stock_of(told))}
    for a, b in _pairs((stock.told, stock.noun) for stock in stocks.values()):
        if of_one_place(page, a, b) and count_one_thing(stocks[a.figure.id], stocks[b.figure.id]):
            yield a, b


def _pairs(keyed: Iterable[tuple[Told, Hashable]]) -> _Pairs:
    """The figures of one unit and key that stand apart with different values, two by two, in order."""
    groups: dict[Hashable, list[Told]] = defaultdict(list)
    for told, key in keyed:
        groups[counted_as(told.figure.quantity.unit), key].append(told)
    for a, b in chain.from_iterable(combinations(group, 2) for group in groups.values()):
        if _apart(a, b) and not _rounded(a, b):
            yield a, b


def _apart(a: Told, b: Told) -> bool:
    """Whether two figures stand in different lines; in one, where the second mostly tells of later, with one year."""
    if a.line is not b.line:
        return True
    parted = _FORMS["sentence_ends"].search(a.line.between(a.figure, b.figure))
    return parted is not None and a.year_told and b.year_told and a.years == b.years


def _rounded(a: Told, b: Told) -> bool:
    """Whether two figures are one value, perhaps told to fewer places (``12,45%`` and ``12,5%``)."""
    (fewer, coarse), (_, fine) = sorted((decimals(t.figure.quantity.text), t.figure.value) for t in (a, b))
    rates = a.figure.quantity.unit == b.figure.quantity.unit == "%"
    return coarse == fine or (rates and agrees(fine, coarse, fewer))


def _finding(page: Page, a: Told, b: Told) -> Finding:
    q, other = b.figure.quantity, a.figure.quantity
    words = page.document.text[max(0, other.start - 60) : other.end + 40].replace("\n", " ")
    told = amount(a.figure.value, other.unit)
    evidence = f"Chỗ khác trong văn bản ghi {told}: «…{words.strip()}…»"
    ids = [a.figure.id, b.figure.id]
    return page.finding("conflicting_figure", "warning", (q.start, q.end), evidence, told, ids)
