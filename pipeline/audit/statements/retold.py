"""Whether two figures of the text tell one thing, and how surely: what is counted, when, where, planned or reached.

The words of the one's clause must stand in the other's sentence; what this says besides frames the figure (``Chất lượng
27 mô hình ... chưa đồng đều``). Time, place, aspect and indicator are those that comparisons read.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from itertools import takewhile

from patterns import data, forms
from pipeline.audit.lines import Page, same_unit
from pipeline.audit.statements.told import Told
from pipeline.audit.statements.words import folded_words, telling

_FORMS = {name: form.pattern for name, form in forms("figures").items()}
_INDICATOR, _BESIDE = 2, 2  # words that an indicator, or a figure told beside, stands for
_LONG_PHRASE, _FEW = 7, 3  # words behind two numbers, words of their clauses
_DOUBT = 3  # words that a year which only headings tell takes back
_OWN = 0.4  # of the words of a clause that may be its own
_KNOWN, _KNOWN_IN_THESE_WORDS = 0.85, 0.75  # how surely comparisons must know an indicator
_FEWEST = 10  # what a figure told beside another one must count


def sureness(page: Page, a: Told, b: Told) -> int:
    """How many words and circumstances say that two figures tell one thing; 0 where anything says they do not."""
    if not _worded_alike(a, b) or _of_other_times(page, a, b) or _of_other_acts(a, b):
        return 0
    if not of_one_place(page, a, b) or not _of_one_kind(page, a, b) or _of_other_indicators(page, a, b):
        return 0
    units = [telling(t.figure.quantity.unit or "") for t in (a, b)]
    shared = len((a.around & b.around) - (units[0] & units[1]))
    known = _INDICATOR * _of_one_indicator(page, a, b) + _named_alike(a, b) + _BESIDE * bool(beside(a) & beside(b))
    when = (a.year_told and b.year_told) + bool(a.own_moments & b.own_moments) + bool(a.scopes & b.scopes)
    doubt = _DOUBT * (not a.years & b.years and not (a.recalled or b.recalled))
    return shared + known + when + (a.recalled or b.recalled) - doubt


def told_together(page: Page, a: Told, b: Told) -> bool:
    """Whether nothing but their words parts two figures, and both are told with the same part of the year."""
    limits, same = folded_words("limiting"), a.moments == b.moments and not a.years.isdisjoint(b.years)
    parted = _of_other_times(page, a, b) or _of_other_indicators(page, a, b) or (a.around ^ b.around) & limits
    told = same and a.timed and b.timed and a.moments
    return bool(told and not parted and of_one_place(page, a, b) and _of_one_kind(page, a, b))


def in_the_same_words(page: Page, a: Told, b: Told) -> bool:
    """Whether two numbers stand before the same words, and many of them, or are known by the words of their clauses."""
    same = takewhile(lambda pair: pair[0] == pair[1], zip(a.behind, b.behind, strict=False))
    if len(list(same)) >= _LONG_PHRASE:
        return True
    if "" in a.thing or a.counted != b.counted or len(a.counted) < _FEW:
        return "" in a.thing and a.thing == b.thing
    return bool(a.scopes & b.scopes) or _of_one_indicator(page, a, b)


def of_two_stages(page: Page, a: Told, b: Told) -> bool:
    """Whether two figures are of two years, or their sections of a plan and a result; of none where one is recalled."""
    aspects = [{t.figure.quantity.aspect, page.read[t.figure.id].aspect} for t in (a, b)]
    parted = {"target", "result"} <= aspects[0] ^ aspects[1] and not (a.recalled or b.recalled)
    return parted or not a.years & b.years


def can_but_be_one(page: Page, a: Told, b: Told) -> bool:
    """Whether two figures of one year that need be no slip of each other can only tell the same."""
    return a.own_moments == b.own_moments and not (_aims(a) or _aims(b)) and _of_one_indicator(page, a, b)


def beside(told: Told) -> frozenset[tuple[Decimal, str | None]]:
    """The figures of other units that stand beside one in its sentence (``22 tổ với 198 thành viên``), or its whole."""
    figures = told.line.figures
    at = next(i for i, f in enumerate(figures) if f.id == told.figure.id)
    near = [f for f in figures[max(0, at - 1) : at + 2] if told.in_sentence(f) and f.quantity.unit not in (None, "%")]
    others = [f for f in near if f.told and f.value >= _FEWEST and not same_unit(f.quantity, told.figure.quantity)]
    whole = [(Decimal(str(told.figure.quantity.of)), told.figure.quantity.unit)] if told.figure.quantity.of else []
    return frozenset([*((f.value, f.quantity.unit) for f in others), *whole])


# --------------------------------------------------------------------------- what is counted


def _worded_alike(a: Told, b: Told) -> bool:
    """Whether what one figure counts is told in the sentence of the other, no limit of what is counted in one alone."""
    limits = folded_words("limiting")
    limited = (a.counted & limits) - b.around or (b.counted & limits) - a.around
    return not limited and (_told_in(a, b) or _told_in(b, a) or _named_alike(a, b))


def _told_in(a: Told, b: Told) -> bool:
    """Whether the words of one figure's clause stand, but for some, in the sentence of another."""
    return len(a.counted - b.around) <= _OWN * len(a.counted)


def _named_alike(a: Told, b: Told) -> bool:
    """Whether the words of two figures name one indicator outright, or say that all there are is counted."""
    return a.thing == b.thing and (len(a.thing) == 1 or "" in a.thing)


def _of_other_acts(a: Told, b: Told) -> bool:
    """Whether two things were done with what two figures count, or one with some of what the other counts."""
    alone, only = a.acts - b.acts, b.acts - a.acts
    if alone and only:
        return not (a.complete or b.complete)
    some, whole = (a, b) if alone else (b, a)
    in_part = (alone | only) & _acts_on_some() and not some.complete
    return bool(in_part) and some.figure.value < whole.figure.value and not beside(a) & beside(b)


@cache
def _acts_on_some() -> frozenset[str]:
    return frozenset(data("figures")["acts_on_some"])


def _of_other_indicators(page: Page, a: Told, b: Told) -> bool:
    """Whether comparisons surely know two figures by two indicators, and other words tell of them."""
    if a.counted == b.counted:
        return False
    read = [page.read[t.figure.id] for t in (a, b)]
    return all(r.indicator_id and r.strength >= _KNOWN for r in read) and read[0].indicator_id != read[1].indicator_id


def _of_one_indicator(page: Page, a: Told, b: Told) -> bool:
    """Whether the words of two figures name one indicator of the catalogue, or comparisons surely know both by it."""
    if _named_alike(a, b):
        return True
    one, other = (page.read[t.figure.id] for t in (a, b))
    if not one.indicator_id or one.indicator_id != other.indicator_id or one.part or other.part:
        return False
    least = _KNOWN_IN_THESE_WORDS if a.counted == b.counted else _KNOWN
    return min(one.strength, other.strength) >= least and one.period == other.period


# --------------------------------------------------------------------------- when, where, planned or reached


def _of_other_times(page: Page, a: Told, b: Told) -> bool:
    """Whether two figures are each told with a time of its own, and these are other ones."""
    if a.days and b.days:
        return not a.days & b.days
    if a.momentary and b.momentary:
        return a.own_moments != b.own_moments or not a.years & b.years
    if not (a.timed and b.timed):
        return False
    return not a.years & b.years or page.read[a.figure.id].period != page.read[b.figure.id].period


def of_one_place(page: Page, a: Told, b: Told) -> bool:
    """Whether nothing says that two figures are told of other places or bodies."""
    if a.marks and b.marks and a.marks.isdisjoint(b.marks):
        return False
    names = [_names(t) for t in (a, b)]
    if (all(names) and not _same_names(*names)) or (a.scopes and b.scopes and a.scopes != b.scopes):
        return False
    return all(names) or page.read[a.figure.id].place_key == page.read[b.figure.id].place_key


def _names(told: Told) -> set[str]:
    """The names that a figure is told of, none of them but the end of another (``xã Nậm Kha``, ``Nậm Kha``)."""
    names = {name.lower() for name in told.names}
    return {name for name in names if not any(other.endswith(f" {name}") for other in names)}


def _same_names(one: set[str], other: set[str]) -> bool:
    """Whether two figures are told of the same names, be they told with more words before them (``Vụ Đông Xuân``)."""
    alone, beside = one - other, other - one
    return all(any(_ends(a, b) for b in beside) for a in alone) and all(any(_ends(a, b) for a in alone) for b in beside)


def _ends(a: str, b: str) -> bool:
    return a.endswith(f" {b}") or b.endswith(f" {a}")


def _of_one_kind(page: Page, a: Told, b: Told) -> bool:
    """Whether no aim is set against what was reached, no change against a value, and neither is a share of a plan."""
    if _change(a) != _change(b) or any(page.read[t.figure.id].share for t in (a, b)):
        return False
    if {t.figure.quantity.aspect for t in (a, b)} == {"baseline", "target"}:
        return False
    if _planned(a) != _planned(b):
        return False
    return _aims(a) == _aims(b) or len({page.read[t.figure.id].aspect for t in (a, b)}) == 1


def _planned(told: Told) -> bool:
    """Whether the sentence of a figure tells what a plan asks for."""
    return _FORMS["planned"].search(told.before) is not None


def _aims(told: Told) -> bool:
    """Whether the clause of a figure says that it is an aim, not but an estimate."""
    return _FORMS["aims"].search(_FORMS["estimated"].sub(" ", told.clause)) is not None


def _change(told: Told) -> str | None:
    """Which way what was counted went, where the figure tells by how much."""
    if told.figure.quantity.aspect != "change":
        return None
    word = told.line.change_before(told.figure)
    return "up" if word and word["up"] else "down"
