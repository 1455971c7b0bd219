"""Totals with their parts, and which parts can make up a total: none that share a trait (women, the poor)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from patterns import data, forms
from pipeline.annotate.measures import is_measure
from pipeline.annotate.numbers import parse_figures
from pipeline.audit.lines import BARE, MONEY, UPPER, Figure, Line, is_person, mistyped, near, same_unit
from pipeline.fold import fold
from pipeline.model import Quantity

_FORMS = {name: form.pattern for name, form in forms("figures").items()}
_WORD = re.compile(r"[^\W\d_]+")
_LABEL = re.compile(r"[,;:(.]\s*(?:và\s+)?")
_QUOTED = re.compile(r"“[^“”]{1,40}”|\"[^\"]{1,40}\"")  # a name holds no trait (Quỹ “Vì người nghèo”)
_LABELS_END = re.compile(r"[,;.]")
SENTENCE_END = re.compile(rf"\.\s+(?=[{UPPER}])|\.\s*$")
FEWEST = 3  # figures: a total and two parts
LONG = 4  # figures of a number that comes within one figure of another by no chance


class Listed(NamedTuple):
    """A total and the parts listed under it; ``sure`` where the text says that these are all."""

    total: Figure
    parts: list[Figure]
    sure: bool


def can_be_total(line: Line, f: Figure) -> bool:
    """Whether a figure can be the total of others: a plain number that is no rate, no change, no aside."""
    q = f.quantity
    listed = line.after(f).lstrip().startswith(":")  # ``Giảm 5.600 hộ nghèo: ...`` parts the change itself
    plain = q.unit not in (None, "%") and f.told and (q.aspect != "change" or listed) and not (q.per and "/" in q.text)
    return plain and not in_brackets(line, f) and not line.multiplied(f)


def is_part(line: Line, f: Figure) -> bool:
    """Whether a figure can be one part of a total: a plain number, no share, no rate, no change, no factor."""
    q = f.quantity
    rate = q.per and ("/" in q.text or not _FORMS["recurs"].search(line.before(f)))  # ``cây hằng năm`` are of no rate
    return f.told and q.of is None and not rate and q.aspect != "change" and not line.multiplied(f)


def in_brackets(line: Line, figure: Figure) -> bool:
    """Whether a figure stands in a bracket of its line."""
    before = line.before(figure)
    return before.count("(") > before.count(")")


def parts_of(line: Line, total: Figure, tail: Sequence[Figure]) -> list[Figure]:
    """The figures among some that can be parts of a total: those that count the same, or kinds of it.

    Where the total names several things (``92 xã, phường``), its parts count each of them.
    """
    q, told = total.quantity, [f for f in tail if is_part(line, f)]
    parts = [f for f in told if same_unit(f.quantity, q) or _kind_of(f.quantity, q)]
    if told and _FORMS["more_units"].match(line.after(total)):
        named = _spaced(line.between(total, told[0]))
        each = [f for f in told if f.quantity.unit == q.unit or f" {f.quantity.unit} " in named]
        parts = each if len({f.quantity.unit for f in each}) > 1 else parts
    return [f for f in parts if not in_brackets(line, f)] or parts


def in_its_scale(total: Figure, tail: Sequence[Figure]) -> list[Figure]:
    """The bare numbers that are parts of a sum of money in its scale (``15.168 triệu đồng: tỉnh 4.125; ...``)."""
    number = _FORMS["first_number"].match(total.quantity.text)  # none in ``ba tỷ đồng``
    shown = parse_figures(number[1]) if number else 0
    if total.quantity.unit != MONEY or not shown or any(f.quantity.unit != BARE or f.quantity.of for f in tail):
        return []
    scale = float(total.value / Decimal(shown))
    return [f._replace(quantity=f.quantity.model_copy(update={"value": f.quantity.value * scale})) for f in tail]


def _kind_of(part: Quantity, total: Quantity) -> bool:
    """Whether one figure counts a kind of what another counts (``103 đơn vị hành chính, gồm 31 phường và 72 xã``)."""
    kinds: list[list[str]] = data("figures")["kinds"]
    return any(total.unit == general and part.unit in special for general, *special in kinds)


def kinds_of(line: Line, total: Figure, tail: Sequence[Figure]) -> list[Figure]:
    """Figures that each count a kind of what a general noun counts (``124 cơ sở, gồm 02 khách sạn, 85 nhà nghỉ``).

    Each opens its item, and no two are of one unit.
    """
    general: list[str] = data("figures")["general_units"]
    if not any(f"{total.quantity.unit} ".startswith(f"{noun} ") for noun in general):
        return []
    parts = [f for f in tail if is_part(line, f) and _FORMS["item_opens"].search(line.before(f))]
    units = [f.quantity.unit for f in parts]
    apart = len({*units, total.quantity.unit}) > len(units) and all(u and not is_measure(u) for u in units)
    return parts if apart else []


def words_of(line: Line, start: int, parts: Sequence[Figure]) -> str:
    """The words of a list up to the end of its last part."""
    end = parts[-1].quantity.end - line.start
    stop = _LABELS_END.search(line.text[end:])
    return line.text[start : end + stop.start() if stop else len(line.text)]


def shared_traits(words: str, unit: str | None, head: str, parts: int) -> bool:
    """Whether parts may overlap; what is said to be the rest shares nothing with the others."""
    return overlaps(words, unit, head, parts) and not _FORMS["rest"].search(words)


def is_long_slip(found: Listed) -> bool:
    """Whether parts come within one figure of a total of four: no chance, whatever traits they share."""
    added = sum((f.value for f in found.parts), Decimal(0))
    return mistyped(added, found.total.value, LONG) and near(added, found.total.value)


def opposed(words: str) -> bool:
    """Whether the words of a list name a trait and its opposite, so that nothing is left out (``nam``, ``nữ``)."""
    low = _spaced(words)
    others: dict[str, list[str]] = data("figures")["opposites"]
    return any(f" {t} " in low and any(f" {other} " in low for other in opposites) for t, opposites in others.items())


def overlaps(words: str, unit: str | None, head: str, parts: int) -> bool:
    """Whether the words of some parts name a trait that several can share; ``head`` are the words before the list.

    None is what is counted itself (``12 đảng viên``, or ``trẻ em`` of which head and each part tell), nor one whose
    opposite is listed too; nor are two that the head names together (``hộ nghèo, hộ cận nghèo``).
    """
    content = data("figures")
    low, counted = _spaced(_QUOTED.sub(" ", words)), _spaced(_QUOTED.sub(" ", head))
    for name in content["no_traits"]:
        low = low.replace(f" {name} ", " ")
    traits: list[str] = [t for t in content["overlapping"] if t != unit and f" {t} " in low]
    traits = [t for t in traits if is_person(unit) or t not in content["traits_of_persons"]]
    traits = [t for t in traits if f" {t} " not in counted or low.count(f" {t} ") < parts]
    others: dict[str, list[str]] = content["opposites"]
    together = sum(f" {t} " in counted for t in content["kept_apart"]) > 1 or (
        parts > 2 and _each_told(low, content["kept_apart"])
    )
    apart: list[str] = content["kept_apart"] if together else []
    return any(t not in apart and not any(f" {other} " in low for other in others.get(t, ())) for t in traits)


def _each_told(low: str, kept_apart: list[str]) -> bool:
    """Whether parts tell each of some traits by itself (``hộ nghèo``, and ``hộ cận nghèo`` that holds its words)."""
    longest = max(kept_apart, key=len)
    own = low.replace(f" {longest} ", " ")
    return own != low and all(f" {t} " in own for t in kept_apart if t != longest)


def _spaced(words: str) -> str:
    return f" {' '.join(_WORD.findall(words.lower()))} "


def siblings(line: Line, parts: Sequence[Figure]) -> bool:
    """Whether parts are called by names that begin alike and go on unlike (``cấp huyện 15, cấp xã 40``)."""
    labels = [fold(_FORMS["list_opens"].sub("", _LABEL.split(line.before(f))[-1])).split() for f in parts]
    return all(len(label) > 1 for label in labels) and (
        len({label[0] for label in labels}) == 1 and len({tuple(label) for label in labels}) == len(labels)
    )


def sentence_end(text: str, start: int) -> int:
    """Where the sentence ends in which an offset stands."""
    m = SENTENCE_END.search(text, start)
    return m.start() if m else len(text)
