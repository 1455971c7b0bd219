"""One indicator with two values in one document.

Two figures are taken for one thing only where a sentence elsewhere tells the same words of the same unit, for the same
time and place, and the values lie so near that one must be a slip of the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from decimal import Decimal
from itertools import combinations, pairwise, takewhile

from patterns import data, forms
from pipeline.audit.lines import (
    MONEY,
    Page,
    agrees,
    amount,
    decimals,
    exchanged,
    few,
    is_person,
    mistyped,
    near,
    swapped,
)
from pipeline.audit.model import Finding
from pipeline.audit.told import Told
from pipeline.audit.words import folded_words, telling

_MANY = 1000
_TWO_FIGURES = 10
_FEW_WORDS, _MANY_WORDS = 4, 7  # alike behind two numbers that are known again, the shorter ones by more words
_TWO = 2  # figures of the shortest number that is known again though they stand the other way round
_SHARED = 2  # telling words that such numbers must share
_MOST = 0.75  # of the words of the one told in fewer
_WORDS = 3  # telling words of two values of a year that may lie apart by so much of the greater
_APART = Decimal("0.25")
_PERSON: str = data("figures")["same_units"][0][0]
_SAID = 5  # telling words that two small counts must share
_FORMS = {name: form.pattern for name, form in forms("figures").items()}


def conflicting_figures(page: Page, tells: Iterable[Told]) -> Iterator[Finding]:
    """Every pair of figures of the text (``tells``) that tell one thing differently; told at the later one."""
    things: dict[Hashable, list[Told]] = defaultdict(list)
    pairs: dict[Hashable, list[Told]] = defaultdict(list)
    digits: dict[Hashable, list[Told]] = defaultdict(list)
    worded: dict[Hashable, list[Told]] = defaultdict(list)
    times = tuple(data("indicators")["units"]["time"])  # terms of procedures (``ngày làm việc``) are told in like words
    same: dict[Hashable, list[Told]] = defaultdict(list)
    found = list(tells)
    for told in _of_a_year(found):
        same[told.figure.quantity.unit, _per(told), told.figure.quantity.of, told.said].append(told)
    for told in _doubtful(found):
        unit = told.figure.quantity.unit
        if told.thing:
            things[unit, _per(told), told.figure.quantity.of, told.thing].append(told)
        digits[_counted(unit), told.figure.quantity.of, _digits(told.figure.value)].append(told)
        if told.figure.value >= _TWO_FIGURES and not (unit or "").startswith(times) and len(told.behind) >= _FEW_WORDS:
            worded[unit, told.figure.quantity.of, told.behind[:_FEW_WORDS]].append(told)
        if told.figure.value >= _MANY and (beside := _beside(told)):
            pairs[unit, beside].append(told)
    done: set[int] = set()
    slips = ((things, _slip), (pairs, _mistyped), (digits, _turned), (worded, _worded_alike), (same, _of_one_kind))
    for groups, slip in slips:
        for a, b in (pair for group in groups.values() for pair in combinations(group, 2)):
            if b.figure.id not in done and slip(a, b) and _alike(a, b):
                done.add(b.figure.id)
                yield _finding(page, a, b)


def _of_a_year(found: list[Told]) -> Iterator[Told]:
    """The figures that are told in many words and with their year, which are known again whatever their values."""
    for told in found:
        fewest = _WORDS - bool(told.figure.quantity.indicator)
        if told.dated and told.year_told and told.aspect != "target" and len(told.said) >= fewest:
            yield told


def _of_one_kind(a: Told, b: Told) -> bool:
    """Whether two values told of one thing and year in the very same words lie so near that both can be its own."""
    return a.line is not b.line and abs(a.figure.value - b.figure.value) <= _APART * max(a.figure.value, b.figure.value)


def _doubtful(found: list[Told]) -> list[Told]:
    """The figures of whose unit another is told of which theirs may be a slip, by the values alone."""
    values: dict[str | None, set[Decimal]] = defaultdict(set)
    for told in found:
        values[_counted(told.figure.quantity.unit)].add(told.figure.value)
    doubtful = {unit: _near_another(told, unit) | _like_another(told) for unit, told in values.items()}
    return [told for told in found if told.figure.value in doubtful[_counted(told.figure.quantity.unit)]]


def _counted(unit: str | None) -> str | None:
    """A unit, one for all that count persons."""
    return _PERSON if is_person(unit) else unit


def _near_another(values: set[Decimal], unit: str | None) -> set[Decimal]:
    """The numbers near another one, or small like another one."""
    found: set[Decimal] = set()
    for one, other in pairwise(sorted(values)):
        if near(one, other) or (other < _TWO_FIGURES and unit != "%"):
            found |= {one, other}
    return found


def _like_another(values: set[Decimal]) -> set[Decimal]:
    """The numbers that one figure parts from another one, or the order of their figures."""
    alike: dict[str, list[Decimal]] = defaultdict(list)
    for value in values:
        digits = f"{value:.4f}"
        for key in ("".join(sorted(digits)), *(f"{digits[:i]} {digits[i + 1 :]}" for i in range(len(digits)))):
            alike[key].append(value)
    return {value for group in alike.values() if len(group) > 1 for value in group}


def _worded_alike(a: Told, b: Told) -> bool:
    """Whether two numbers of other lines stand before the same words, and one is a slip of the other."""
    same = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(a.behind, b.behind, strict=False))))
    return a.line is not b.line and mistyped(a.figure.value, b.figure.value, 2 if same >= _MANY_WORDS else 3)


def _digits(value: Decimal) -> str:
    """The figures of a number whatever their order, which two that stand the other way round share."""
    return "".join(sorted(str(value.normalize()), reverse=True))


def _turned(a: Told, b: Told) -> bool:
    """Whether two figures of one value stand the other way round in another that is told in much the same words.

    No chance makes such a pair of numbers, so that fewer words than of other slips must be shared; more where the two
    are no neighbours, and of two figures all of them and the year.
    """
    values = (a.figure.value, b.figure.value)
    longest = max(len(v.normalize().as_tuple().digits) for v in values)
    if a.line is b.line or longest < _TWO or not (swapped(*values) or exchanged(*values)):
        return False
    if longest == _TWO and not (a.year_told and b.year_told):
        return False
    one, other = _counted_words(a, b), _counted_words(b, a)
    if _traits(one) != _traits(other) or (_levels(a) and _levels(b) and not _levels(a) & _levels(b)):
        return False
    if not _done_alike(a, one - other, b, other - one):
        return False
    shared, least = len(one & other), min(len(one), len(other))
    if longest == _TWO:
        return shared >= _SHARED and shared == least
    return shared >= (_SHARED if swapped(*values) else _SHARED + 1) and shared >= _MOST * least


def _counted_words(told: Told, other: Told) -> frozenset[str]:
    """The telling words of a figure, with those of its unit where another one is told in a more general unit."""
    unit, general = told.figure.quantity.unit or "", other.figure.quantity.unit == _PERSON
    said = telling(told.words) - folded_words("beside_numbers")
    return said if general and unit != _PERSON else said - telling(unit)


def _done_alike(a: Told, own: frozenset[str], b: Told, others: frozenset[str]) -> bool:
    """Whether what was done to those that one figure counts is told of the other too, by the words of each alone."""
    done_a, done_b = (_FORMS["done_to"].search(t.clause) is not None for t in (a, b))
    return done_a == done_b or not (own if done_a else others)


def _traits(words: frozenset[str]) -> frozenset[str]:
    """The words among some that only part of what is counted may have (women, the poor)."""
    return words & folded_words("overlapping")


def _levels(told: Told) -> frozenset[str]:
    """The levels of places whose things or persons are counted (``cán bộ xã``)."""
    return frozenset(m[0].lower() for m in _FORMS["of_level"].finditer(told.words))


def _per(told: Told) -> tuple[str, ...]:
    """What a figure is reckoned for; no month or year that is one of the words for what is counted.

    ``đối tượng hưởng trợ cấp hằng tháng`` are counted once.
    """
    recurs = _FORMS["recurs"].search(told.clause) and told.figure.quantity.unit not in ("%", MONEY)
    times = data("indicators")["units"]["time"] if recurs else ()
    return tuple(per for per in told.figure.quantity.per if per not in times)


def _beside(told: Told) -> tuple[Decimal, str | None] | None:
    """The figure that one goes with (``86 buổi với 12.450 lượt người``): told again, it is told of the same thing."""
    at = told.line.figures.index(told.figure)
    if not at:
        return None
    before = told.line.figures[at - 1]
    close = _FORMS["goes_with"].match(told.line.between(before, told.figure))
    return (before.value, before.quantity.unit) if close and before.exact and before.value >= _TWO_FIGURES else None


def _slip(a: Told, b: Told) -> bool:
    """Whether one value may be a slip of the other; in one paragraph a near value is mostly another, as of a plan."""
    if few(a.figure.quantity, b.figure.quantity):
        return a.line is not b.line and len(a.thing) >= _SAID and a.year_told and b.year_told
    return (a.line is not b.line and near(a.figure.value, b.figure.value)) or _mistyped(a, b)


def _alike(a: Told, b: Told) -> bool:
    """Whether two unlike figures stand in different sentences and are told for one time, place and aspect."""
    if _rounded(a, b) or (a.line is b.line and not _FORMS["sentence_ends"].search(_between(a, b))):
        return False
    if not _of_one_aspect(a, b):
        return False
    if a.years != b.years or not _one_moment(a, b) or (a.scopes and b.scopes and a.scopes != b.scopes):
        return False
    hedged = any(_FORMS["part_of_time"].search(_sure_of(a, b, t)) for t in (a, b))
    fit = [bool(_FORMS["fit_for_it"].search(t.clause)) for t in (a, b)]
    return a.names == b.names and not hedged and fit[0] == fit[1]


def _of_one_aspect(a: Told, b: Told) -> bool:
    """Whether no aim is set against what was reached: as sections tell it, or where the words are the same, these."""
    told, meant = ({t.figure.quantity.aspect for t in (a, b)}, {t.aspect for t in (a, b)})
    if "target" not in told or len(told) == 1:
        return True
    known = (len(a.thing) == 1 and a.thing == b.thing) or (len(a.said) >= _SAID and a.said == b.said)
    if known and a.year_told and b.year_told and not ("target" in meant and len(meant) > 1):
        return True
    return not _aims(a) and not _aims(b) and _turned(a, b)


def _aims(told: Told) -> bool:
    """Whether the clause of a figure itself says that it is an aim."""
    return _FORMS["aims"].search(told.clause) is not None


def _one_moment(a: Told, b: Told) -> bool:
    """Whether two figures are told of one part of the year; a slip of the hand needs it told but once."""
    if a.moments == b.moments or (a.own_moments and a.own_moments == b.own_moments and _turned(a, b)):
        return True
    told = a.moments | b.moments
    return not (a.moments and b.moments) and _turned(a, b) and not any(map(_FORMS["part_of_a_year"].match, told))


def _rounded(a: Told, b: Told) -> bool:
    """Whether two figures are one value, perhaps told to fewer places (``12,45%`` and ``12,5%``)."""
    (fewer, coarse), (_, fine) = sorted((decimals(t.figure.quantity.text), t.figure.value) for t in (a, b))
    rates = a.figure.quantity.unit == b.figure.quantity.unit == "%"
    return coarse == fine or (rates and agrees(fine, coarse, fewer))


def _plain(clause: str) -> str:
    """A clause without words that leave its value what it is: ``Riêng`` before its subject, the plan behind a share."""
    return _FORMS["of_the_plan"].sub("", _FORMS["apart_first"].sub("", clause))


def _sure_of(a: Told, b: Told, t: Told) -> str:
    """The clause of one of two figures; where only a slip of the hand can part them, an estimate is the same value."""
    if _worded_alike(a, b):
        return t.clause.partition(t.figure.quantity.text)[0]
    plain = _plain(t.clause)
    return _FORMS["estimated"].sub(" ", plain) if _turned(a, b) else plain


def _between(a: Told, b: Told) -> str:
    return a.line.between(a.figure, b.figure)


def _mistyped(a: Told, b: Told) -> bool:
    """Whether one value is a slip of the other; of two figures only where words, years or areas told are the same."""
    sure = len(a.thing) > 1 or (a.year_told and b.year_told) or bool(a.scopes & b.scopes)
    return mistyped(a.figure.value, b.figure.value, 2 if sure else 3)


def _finding(page: Page, a: Told, b: Told) -> Finding:
    q, other = b.figure.quantity, a.figure.quantity
    words = page.document.text[max(0, other.start - 60) : other.end + 40].replace("\n", " ")
    told = amount(a.figure.value, other.unit)
    evidence = f"Chỗ khác trong văn bản ghi {told}: «…{words.strip()}…»"
    ids = [a.figure.id, b.figure.id]
    return page.finding("conflicting_figure", "warning", (q.start, q.end), evidence, told, ids)
