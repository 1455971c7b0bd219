"""Counts of all there are of something in a place: two of them tell one thing, whatever else their sentences say.

``Xã có 14 ấp`` counts all, as ``tập huấn cho toàn bộ 12 ấp`` does. What is done with ``60.870 trẻ em trên địa bàn
huyện`` is done with all of them, or with some: with some fewer, but never with more.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import NamedTuple

from patterns import data, forms
from pipeline.audit.lines import MONEY, is_person
from pipeline.audit.statements.slips import turned
from pipeline.audit.statements.told import Told
from pipeline.audit.statements.words import YEAR, folded_words, moments_in, telling

_FORMS = {name: form.pattern for name, form in forms("figures").items()}
_MEASURED = (MONEY, "%")
_REACH = 200  # characters of a sentence on either side of a figure
_NEAR, _APART = Decimal("0.1"), Decimal("0.3")  # of the greater of two counts, where one may leave some out


class Stock(NamedTuple):
    """A figure that counts all there are of something, by the telling words behind its number.

    ``held`` where it is what a place has; ``acted`` where something is to be done, with all of them or with some.
    """

    told: Told
    noun: frozenset[str]
    held: bool
    acted: bool


def stock_of(told: Told) -> Stock | None:
    """A figure as a count of all there are, if it is one."""
    q = told.figure.quantity
    if q.unit in _MEASURED or q.unit in _loose() or q.of is not None:
        return None
    before, text, start = told.before[-_REACH:], told.line.text, q.end - told.line.start
    counted = _FORMS["what_is_counted"].match(text, start, start + _REACH)
    end = counted.end() if counted else start
    held = _FORMS["place_holds"].search(before) is not None
    whole = held or _FORMS["all_of_them"].search(before) is not None
    placed = _FORMS["of_the_place"].match(text, end)
    known = bool(placed and (placed["all"] or placed["now"]))
    if not whole and not (placed and telling(before) and (known or not _FORMS["done_with_some"].search(before))):
        return None
    said = telling(f"{q.text} {text[start:end]}")
    noun = said - folded_words("beside_numbers") - folded_words("framing")
    if not noun and is_person(q.unit):
        return None
    return Stock(told, noun, held, not (whole or known))


@cache
def _loose() -> frozenset[str]:
    """Units of what happens, and of what any number may be told of."""
    content = data("figures")
    return frozenset([*content["general_units"], *content["told_in_points"], *content["happening"]])


def count_one_thing(a: Stock, b: Stock) -> bool:
    """Whether two counts of like words and unlike values must tell how many there are of the same at one time."""
    if (a.acted and b.acted) or not _at_one_time(a, b):
        return False
    values = (a.told.figure.value, b.told.figure.value)
    slip = turned(*values)
    if a.held and b.held and a.noun <= telling(a.told.figure.quantity.unit or ""):
        return slip  # what their sections are about may limit either
    greater = max(values)
    exceeds = (a.acted and values[0] == greater) or (b.acted and values[1] == greater)
    apart = _NEAR if (a.acted or b.acted) and not exceeds else _APART
    return slip or abs(values[0] - values[1]) <= apart * greater


def _at_one_time(a: Stock, b: Stock) -> bool:
    """Whether nothing says that two counts are of other times."""
    if any(_FORMS["other_time"].search(s.told.before.rpartition(";")[2]) for s in (a, b)):
        return False
    years = [_years(s) or {s.told.issued_in, *other.told.years} for s, other in ((a, b), (b, a))]
    moments = [{m for m in moments_in(s.told.clause) if not m.startswith("ngày")} for s in (a, b)]
    return not years[0].isdisjoint(years[1]) and moments[0] == moments[1]


def _years(s: Stock) -> set[str]:
    """The years that a count is told of, but for that in which something is to be done."""
    if s.held and s.told.year_told:
        return set(s.told.years)
    return set(YEAR.findall(_FORMS["day"].sub(" ", s.told.clause)))
