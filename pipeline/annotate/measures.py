"""One number with its unit, as it stands: ``02/5 người``, ``47,5 nghìn tỷ đồng``, ``26.000.000 đồng/người/tháng``."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, lru_cache

from patterns import data, forms
from pipeline.annotate.numbers import parse_figures, parse_words
from pipeline.annotate.units import Unit, known_unit, noun_at, phrases_at

#: families whose numbers may have decimals
_FINE = ("money", "percent", "measure", "time")
_SLASH = re.compile(r"\s*/\s*(?:0?1\s+|một\s+)?(?=[^\W\d_])")
_LOOK_AHEAD = 48
_RATIO = re.compile(r"\s?/\s?(?=\d)")


@dataclass(slots=True)
class Measure:
    """A number, what it is out of, its scale and unit (null where none follows), and what it is counted by.

    ``more`` is what a second number of a lower scale adds (``27 tỷ 450 triệu đồng``), ``twice`` whether the number is
    said again in brackets, ``part`` what a unit of time is divided by (``1/2 ngày``).
    """

    start: int
    end: int
    raw: str
    of: str | None = None
    scale: int | None = None
    more: Decimal = Decimal(0)
    twice: bool = False
    part: str | None = None
    unit: Unit | None = None
    per: list[str] = field(default_factory=list)

    def value(self, raw: str, like: Measure | None = None) -> Decimal:
        """The value of one of its numbers, scaled; an end of a range without unit is read like the other end."""
        unit = self.unit or (like.unit if like else None)
        scale = self.scale or (like.scale if like else None)
        whole = bool(unit and unit.family not in _FINE and not scale)
        value = parse_figures(raw, whole) if raw[0].isdigit() else parse_words(raw)
        if self.part and raw is self.raw:
            value /= parse_figures(self.part) or 1
        if unit and unit.family == "percent" and re.fullmatch(r"\d{1,2}\.\d{3}", raw):
            value = Decimal(raw)
        return (value * (scale or 1) + (self.more if raw is self.raw else 0)) * (unit.factor if unit else 1)


def read_measure(text: str, at: int, raw: str, open_unit: bool) -> Measure:
    """The measure whose number ``raw`` starts at ``at``; ``open_unit`` lets any noun be its unit."""
    measure = Measure(at, at + len(raw), raw)
    if m := forms("quantities")["out_of"].pattern.match(text[measure.end : measure.end + _LOOK_AHEAD]):
        whole = _with_unit(Measure(at, measure.end + m.end(), m["of"] or raw), text, measure.end + m.end(), open_unit)
        if whole.unit:
            measure.of, measure.unit, measure.end = m["of"], whole.unit, whole.end
            return measure
    m = _RATIO.match(text, measure.end)
    denominator = m and figure().match(text, m.end())
    if m and denominator:
        measure.of, measure.end = denominator[0], denominator.end()
    if denominator or (not raw[0].isdigit() and parse_words(raw) % 1):
        among = forms("quantities")["among"].pattern.match(text[measure.end : measure.end + 20])
        if among:
            return _with_unit(measure, text, measure.end + among.end(), open_unit)
    again = forms("quantities")["again" if raw[0].isdigit() else "again_figures"].pattern.match(
        text[measure.end : measure.end + _LOOK_AHEAD]
    )
    measure.twice = again is not None
    _with_unit(measure, text, measure.end + (again.end() if again else 0), open_unit)
    if measure.of and measure.unit and measure.unit.family == "time" and measure.raw == "1":
        measure.part, measure.of = measure.of, None  # half a day is no one of two days
    m = _RATIO.match(text, measure.end)
    denominator = figure().match(text, m.end()) if m and measure.unit and not measure.of else None
    if denominator:
        whole = Measure(denominator.start(), denominator.end(), denominator[0])
        _with_unit(whole, text, whole.end, open_unit=False)
        if measure.unit and whole.unit and (whole.unit.name, whole.scale) == (measure.unit.name, measure.scale):
            measure.of, measure.end = whole.raw, whole.end
        elif measure.unit and whole.unit and _is_rate(measure.unit, whole):
            measure.per.append(text[whole.start : whole.end])
            measure.end = whole.end
    return measure


def _is_rate(unit: Unit, whole: Measure) -> bool:
    """Whether what follows the slash is the round number that a rate is given by: ``23 ca sinh/1.000 phụ nữ``."""
    base = whole.value(whole.raw)
    alike = whole.unit is not None and whole.unit.name.split()[0] == unit.name.split()[0]
    return base in (1_000, 10_000, 100_000) or (base == 100 and alike)


def _with_unit(measure: Measure, text: str, at: int, open_unit: bool) -> Measure:
    apart = _skip(text, at)
    measure.scale, end = scale_at(text, apart)
    if measure.scale:
        measure.end, apart = end, _skip(text, end)
        m = figure().match(text, apart)
        lower, end = scale_at(text, _skip(text, m.end())) if m else (None, end)
        if m and lower and lower < measure.scale:
            measure.more, measure.end, apart = parse_figures(m[0]) * lower, end, _skip(text, end)
    unit = known_unit(text, apart)
    if not unit and open_unit and apart > at:
        unit = noun_at(text, apart)
    if not unit and measure.scale:
        unit = Unit(data("quantities")["noun"]["money"], 1, "money", measure.end)
    if unit:
        measure.unit, measure.end = unit, unit.end
        _read_per(measure, text)
    return measure


def scale_at(text: str, at: int) -> tuple[int | None, int]:
    """The scale word at an offset (``nghìn tỷ``) with its end; null and the offset where none stands there."""
    scales = _scales()
    for phrase, end in reversed(phrases_at(text, at)[:2]):
        if scale := scales.get(phrase):
            return scale, end
    return None, at


@lru_cache(maxsize=1024)
def unit_named(phrase: str) -> tuple[Unit | None, int | None]:
    """The unit that a phrase on its own names, with its scale (``triệu đồng``, ``1.000 đồng``)."""
    at = _skip(phrase, 0)
    m = figure().match(phrase, at)
    if m:
        unit = known_unit(phrase, _skip(phrase, m.end()))
        return unit, int(parse_figures(m[0])) if unit else None
    scale, end = scale_at(phrase, at)
    return known_unit(phrase, _skip(phrase, end)), scale


def is_unit(phrase: str) -> bool:
    """Whether a phrase is nothing but a unit, with its scale or not."""
    scale, end = scale_at(phrase, _skip(phrase, 0))
    m = figure().match(phrase, _skip(phrase, 0))
    unit = known_unit(phrase, _skip(phrase, m.end() if m else end))
    return bool(unit and unit.end == len(phrase.rstrip())) or bool(scale and end == len(phrase.rstrip()))


def is_measure(name: str) -> bool:
    """Whether a unit measures (money, length, time ...), so that it counts no things."""
    unit, _ = unit_named(name)
    return bool(unit and unit.family in _FINE)


def _skip(text: str, at: int) -> int:
    while text.startswith((" ", "\u00a0"), at):
        at += 1
    return at


def _read_per(measure: Measure, text: str) -> None:
    """What stands behind each ``/``: ``đồng/người/tháng``, ``bác sĩ/vạn dân`` (which may stand behind ``trên``)."""
    if m := forms("quantities")["inhabitants"].pattern.match(text[measure.end : measure.end + _LOOK_AHEAD]):
        measure.per.append(data("quantities")["noun"]["inhabitants"])
        measure.end += m.end()
        return
    if measure.unit and measure.unit.family == "measure":
        stuff = forms("quantities")["stuff"].pattern.match(text[measure.end : measure.end + _LOOK_AHEAD])
        measure.end += stuff.end() if stuff else 0
    against = forms("quantities")["against"].pattern
    while (m := _SLASH.match(text, measure.end)) and not against.match(text, m.end()):
        unit = known_unit(text, m.end())
        phrases = phrases_at(text, m.end())
        if not phrases:
            return
        word, end = phrases[0]
        measure.per.append(unit.name if unit else word)
        measure.end = unit.end if unit else end


@cache
def _scales() -> dict[str, int]:
    scales: dict[str, int] = data("quantities")["scale"]
    return scales


@cache
def figure() -> re.Pattern[str]:
    """A number in figures, whatever stands around it."""
    return re.compile(data("quantities")["part"]["FIGURE"], re.VERBOSE)
