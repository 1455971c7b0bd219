"""The catalogue of indicators, and how likely the words around a figure name one of them.

A match is a similarity of words between 0 and 1: the words that say something (tones kept, the filling ones of
``patterns/indicators.toml`` aside), alone and in pairs, those that few indicators share counting most. Of the words
that a way to name an indicator has, those that its other ways leave out may be missing; of the words that are asked,
those that its other ways have may be more. A qualifier (``nữ``, ``đăng ký`` ...) or an excluded word that only one
side has keeps two indicators apart whatever they share.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from patterns import data, rows
from pipeline.kept_wordings import wordings
from pipeline.names import fold
from pipeline.telling import Wording, families, plain_wording, spelled, unit_kinds, wording

#: below this strength words do not name an indicator
ENOUGH = 0.74
_TOGETHER, _WHOLES = 4, 12  # of the ways to name a part and its whole, those that are also joined
_PLAIN = 0.97  # how sure words are that name an indicator without some of them
_LENT = 0.85  # how much of a word counts that was said before
_TOLD = 0.75  # what an indicator must know at least of words that others complete
_SINGLE = 0.75  # how much single words count against words in pairs
_LEAST = 0.05  # what a word counts for an indicator that hardly any way to name it has
_HALF = 0.5  # how much of a way to name an indicator must be said at least
_KNOWN = 0.2  # what a word counts against a way to name an indicator that another way has
_HOPELESS = (ENOUGH - (1 - _SINGLE)) / _SINGLE  # single words less alike than this are not enough with any pairs
_LITTLE = _HOPELESS / (2 - _HOPELESS)  # an indicator that knows less of the words is not likely enough
_READING = ("indicators.py", "phrases.py", "telling.py")  # that read figures, beside those of ``compare``
_COMPLETED = 0.85  # what words must reach with those said before them
_UNTOLD = _COMPLETED / (2 - _COMPLETED)  # of the words, or of a way to name an indicator, less said is not enough
_REMEMBERED = 4096  # wordings: the heads of a table come again in every row


class Indicator(NamedTuple):
    """One row of the catalogue."""

    id: str
    name: str
    units: tuple[str, ...]
    topic: str
    part_of: str
    synonyms: tuple[str, ...]
    excluded: tuple[str, ...]

    def common(self, unit: str | None) -> str | None:
        """The unit in which figures counted by this one stand together with others.

        A figure without a unit (in a table, say) is counted as the indicator is, if that only counts.
        """
        return self.units[0] if self._counts() else _level(unit)

    def _counts(self) -> bool:
        """Whether nothing is measured or paid in the indicator's units, so that all of them count the same."""
        found = {families().get(unit) for unit in self.units}
        rates = len(self.units) > 1 and not {"%", "‰"}.isdisjoint(self.units)
        return bool(self.units) and not rates and found.isdisjoint(("money", "measure"))

    def accepts(self, unit: str) -> bool:
        """Whether figures of this unit may count the indicator: in one of its units, one alike, or a kind of it."""
        cases = data("indicators")["units"]["cases"]
        return (unit in cases and self._counts()) or not _accepted(self.units).isdisjoint(unit_kinds(unit))


class Match(NamedTuple):
    """The indicator that some words name, and how surely."""

    indicator: Indicator
    strength: float


class _Form(NamedTuple):
    """One way to name an indicator, with what its words count for it, and those that are no qualifiers with theirs."""

    wording: Wording
    needed: float
    beside: frozenset[str]
    much: float


class _Begun(NamedTuple):
    """A way to name an indicator that ``own`` words begin: how much of these is ``told``, what they count for it."""

    indicator: str
    form: _Form
    own: frozenset[str]
    told: float
    heard: float


class _Weights(dict[str, float]):
    """What words count: the more, the fewer indicators share them."""

    unknown = 0.0  # what a word counts by which no indicator is called

    def __missing__(self, word: str) -> float:
        return self.unknown


class _Index:
    """The ways to name the indicators, by their words."""

    def __init__(self, indicators: Mapping[str, Indicator]) -> None:
        self.indicators = indicators
        own = {i: (*e.synonyms, e.name) for i, e in self.indicators.items()}
        joined = {i: self._joined(e) for i, e in self.indicators.items()}
        made = wordings(said for ways in (own, joined) for i in ways for said in ways[i])
        self._own = {i: [made[said] for said in ways] for i, ways in own.items()}
        self._forms: dict[tuple[str, frozenset[str]], list[_Form]] = {}
        self._ways = defaultdict[tuple[str, frozenset[str]], list[Wording]](list)
        self._words: dict[str, frozenset[str]] = {}
        for i, ways in self._own.items():
            forms = dict.fromkeys([*ways, *(made[said] for said in joined[i])])
            self._words[i] = frozenset().union(*(way.singles for way in forms))
            for way in forms:
                self._ways[i, way.qualifiers].append(way)
        shared = Counter(w for said in self._words.values() for w in said)
        self._weight = _Weights({w: math.log(1 + len(self.indicators) / n) for w, n in shared.items()})
        self._weight.unknown = math.log(1 + len(self.indicators) / 2)
        self._needs: dict[str, dict[str, float]] = {}
        self._knowing: dict[tuple[str, frozenset[str]], list[str]] = defaultdict(list)
        for i, qualifiers in self._ways:
            for word in self._words[i]:
                self._knowing[word, qualifiers].append(i)
        self._rank = {i: n for n, i in enumerate(self.indicators)}
        self._hopes: dict[tuple[Wording, frozenset[str]], dict[str, list[_Begun]]] = {}
        self._answers: dict[Wording, list[tuple[float, Indicator]]] = {}

    def _needed(self, indicator: str) -> dict[str, float]:
        """What the words by which an indicator is named count for it: the less, the fewer of its own ways have them."""
        found = self._needs.get(indicator)
        if found is None:
            ways = {way.singles: None for way in self._own[indicator]}
            having = Counter(word for way in ways for word in way)
            counts = {word: max(_LEAST, (having[word] / len(ways)) ** 2) for word in self._words[indicator]}
            found = self._needs[indicator] = {word: self._weight[word] * n for word, n in counts.items()}
        return found

    def _formed(self, indicator: str, qualifiers: frozenset[str]) -> list[_Form]:
        """The ways to name an indicator that have these qualifiers, made ready when first asked for."""
        found = self._forms.get((indicator, qualifiers))
        if found is None:
            needs = self._needed(indicator)
            qualifying = {word for q in qualifiers for word in q.split()}
            found = self._forms[indicator, qualifiers] = [
                _Form(
                    way,
                    math.fsum(map(needs.__getitem__, way.singles)),
                    beside := way.singles - qualifying,
                    self._sum(beside),
                )
                for way in self._ways[indicator, qualifiers]
            ]
        return found

    def _joined(self, entry: Indicator) -> list[str]:
        """The ways to name a part together with its whole."""
        whole = self.indicators.get(entry.part_of)
        told = whole.synonyms[:_WHOLES] if whole else ()
        return [f"{part} {w}" for part in (*entry.synonyms, entry.name)[:_TOGETHER] for w in told]

    def named_by(self, asked: Wording) -> list[tuple[float, Indicator]]:
        """The indicators that words may name, the likeliest first, in the catalogue's order where they are equal."""
        found = self._answers.get(asked)
        if found is None:
            if len(self._answers) >= _REMEMBERED:
                self._answers.clear()
            found = self._answers[asked] = self._likely(asked) if asked.singles or asked.qualifiers else []
        return found

    def _likely(self, asked: Wording) -> list[tuple[float, Indicator]]:
        weights = {word: self._weight[word] for word in sorted(asked.singles)}
        own, known = math.fsum(weights.values()), self._known(asked, asked.qualifiers)
        likely = [i for i, weight in known.items() if weight >= _LITTLE * own]
        found = []
        for i in sorted(likely, key=self._rank.__getitem__):
            ways = self._formed(i, asked.qualifiers)
            likeness = max(self._alike(asked, weights, own, known[i], i, form) for form in ways)
            if likeness >= ENOUGH:
                found.append((likeness, self.indicators[i]))
        return sorted(found, key=lambda f: -f[0])

    def completed_by(self, own: Wording, before: Wording) -> list[tuple[float, Indicator]]:
        """The indicators that words surely name with those before them, of which nothing need count."""
        free, found = before.singles - own.singles, dict[str, float]()
        more = sorted(before.qualifiers - own.qualifiers)
        kinds = dict.fromkeys([own.qualifiers, *(own.qualifiers | {q} for q in more), own.qualifiers.union(more)])
        for qualifiers in kinds if free else ():
            lacking = self._begun(own, qualifiers)
            for way in chain.from_iterable(lacking[word] for word in free if word in lacking):
                likeness = self._completing(way, free)
                if likeness >= _COMPLETED:
                    found[way.indicator] = max(likeness, found.get(way.indicator, 0.0))
        ranked = sorted(found.items(), key=lambda f: (-f[1], self._rank[f[0]]))
        return [(likeness, self.indicators[i]) for i, likeness in ranked]

    def _begun(self, own: Wording, qualifiers: frozenset[str]) -> dict[str, list[_Begun]]:
        """The ways to name indicators of these qualifiers which some words begin, by each word that these lack.

        Only of indicators that know nearly all of them; ways that tell too little of them to be sure are left out.
        """
        found = self._hopes.get((own, qualifiers))
        if found is None:
            if len(self._hopes) >= _REMEMBERED:
                self._hopes.clear()
            found = self._hopes[own, qualifiers] = {}
            whole = self._sum(own.singles)
            for i, weight in self._known(own, qualifiers).items():
                for form in self._formed(i, qualifiers) if weight >= _TOLD * whole else ():
                    both = own.singles & form.wording.singles
                    told = self._sum(both) / whole
                    if told >= _UNTOLD:
                        heard = math.fsum(map(self._needed(i).__getitem__, both))
                        for word in form.wording.singles - both:
                            found.setdefault(word, []).append(_Begun(i, form, both, told, heard))
        return found

    def _known(self, asked: Wording, qualifiers: frozenset[str]) -> dict[str, float]:
        """What the words asked weigh together that each indicator is called by, where it has these qualifiers."""
        known = defaultdict[str, float](float)
        for word in sorted(asked.singles):
            weight = self._weight[word]
            for i in self._knowing.get((word, qualifiers), ()):
                known[i] += weight
        return known

    def _completing(self, begun: _Begun, free: frozenset[str]) -> float:
        """How much of a way to name an indicator is said by the words that begin it and those free to go with them."""
        form, told = begun.form, begun.told
        lent = free & form.wording.singles
        heard = (begun.heard + _LENT * math.fsum(map(self._needed(begun.indicator).__getitem__, lent))) / form.needed
        if heard < _UNTOLD or self._sum(form.beside & (begun.own | lent)) < _HALF * form.much:
            return 0.0
        return 2 * told * heard / (told + heard)

    def _alike(
        self, asked: Wording, weights: Mapping[str, float], own: float, known: float, indicator: str, form: _Form
    ) -> float:
        """How alike words of these weights are to one way to name an indicator, which knows so much of them."""
        both = asked.singles & form.wording.singles
        if not both:
            return 0.0
        common = math.fsum(map(weights.__getitem__, both))
        needs = self._needed(indicator)
        told = common / (own - (1 - _KNOWN) * (known - common))
        heard = math.fsum(needs[word] for word in both) / form.needed
        singles = 2 * told * heard / (told + heard)
        if singles < _HOPELESS or self._sum(form.beside & both) < _HALF * form.much:
            return 0.0
        return _likeness(asked, form.wording, singles)

    def _sum(self, words: frozenset[str]) -> float:
        return math.fsum(map(self._weight.__getitem__, words))


class Catalogue:
    """The indicators, ready to be matched. Later rows of one id add synonyms and excluded words to the first.

    ``mark`` changes with the rows, with the words by which they are matched, and with the way of reading figures.
    """

    def __init__(self, entries: Sequence[Mapping[str, str]]) -> None:
        told = json.dumps([list(entries), data("indicators"), _reading()], ensure_ascii=False)
        self.mark = hashlib.sha256(told.encode()).hexdigest()[:16]
        self.indicators: dict[str, Indicator] = {}
        for row in entries:
            self._add(row)
        self._matched: dict[str, list[tuple[float, Indicator]]] = {}

    def _add(self, row: Mapping[str, str]) -> None:
        new = _read(row)
        old = self.indicators.get(new.id)
        if old:
            new = old._replace(
                synonyms=tuple(dict.fromkeys(old.synonyms + new.synonyms)),
                excluded=tuple(dict.fromkeys(old.excluded + new.excluded)),
                units=tuple(dict.fromkeys(old.units + new.units)),
            )
        self.indicators[new.id] = new

    @cached_property
    def _index(self) -> _Index:
        return _Index(self.indicators)  # whoever only asks for the mark does without

    def match(self, words: str, unit: str | None, heard: str = "") -> Match | None:
        """The indicator that words name best, if any does; ``heard`` are further words that may exclude one."""
        likely = self._matched.get(words)
        if likely is None:
            if len(self._matched) >= _REMEMBERED:
                self._matched.clear()
            likely = self._matched[words] = self._likely(words)
        level = _level(unit) if likely else None
        for strength, entry in likely:
            if (level is None or entry.accepts(level)) and not (entry.excluded and _excluded(entry, words, heard)):
                return Match(entry, strength)
        return None

    def _likely(self, words: str) -> list[tuple[float, Indicator]]:
        """What words may name; behind it what they may without those of who did it or how."""
        named = self._index.named_by(wording(words))
        plain = plain_wording(words)
        if not plain:
            return named
        known = {entry.id for _, entry in named}
        further = [(_PLAIN * s, entry) for s, entry in self._index.named_by(plain) if entry.id not in known]
        return named + [found for found in further if found[0] >= ENOUGH]

    def completed(self, variants: Iterable[str], before: str, unit: str | None, heard: str) -> Match | None:
        """The strongest sure match among several ways to say the same, together with the words ``before`` them."""
        told = {_plainest(words): words for words in variants}
        found = [m for own, words in told.items() if (m := self._completed(own, words, before, unit, heard))]
        return max(found, key=lambda m: m.strength, default=None)

    def _completed(self, own: Wording, words: str, before: str, unit: str | None, heard: str) -> Match | None:
        level = _level(unit)
        for strength, entry in self._index.completed_by(own, wording(before)) if own.singles else ():
            if (level is None or entry.accepts(level)) and not _excluded(entry, words, f"{before} {heard}"):
                return Match(entry, strength)
        return None

    def best(self, variants: Iterable[str], unit: str | None, heard: str) -> Match | None:
        """The strongest match among several ways to say the same, of equals the longest.

        Where none says it wholly, also those with the head that units imply.

        ``Cây ăn quả: 934 ha`` leaves out that it is an area.
        """
        told = list(variants)
        found = [(m.strength, len(words), m) for words in told if (m := self.match(words, unit, heard))]
        head = data("indicators")["units"]["head"].get(unit)
        if head and not any(strength == 1 for strength, _, _ in found):
            found += [(m.strength, 0, m) for words in told if (m := self.match(f"{head} {words}", unit, heard))]
        return max(found, key=lambda f: f[:2])[2] if found else None

    def named(self, asked: str) -> list[Indicator]:
        """The indicators that a person means, typed with or without tones: by id, by name, else by words."""
        key = fold(asked)
        exact = [e for e in self.indicators.values() if key in (fold(e.id), *map(fold, (e.name, *e.synonyms)))]
        if exact:
            return exact
        typed = set(key.split())
        return [e for e in self.indicators.values() if typed and typed <= set(fold(e.name).split())]


@lru_cache(_REMEMBERED)
def _plainest(words: str) -> Wording:
    """A wording without the words of who did it or how, where at least two others are left."""
    plain = plain_wording(words)
    return plain if plain and len(plain.singles) > 1 else wording(words)


@cache
def _reading() -> str:
    """What changes with the program that reads figures: a digest of its modules."""
    program = Path(__file__).parent
    modules = [*map(program.joinpath, _READING), *(program / "compare").glob("*.py")]
    return hashlib.sha256(b"".join(module.read_bytes() for module in sorted(modules))).hexdigest()


def _excluded(entry: Indicator, words: str, heard: str) -> bool:
    """Whether words said of a figure exclude an indicator."""
    around = f" {spelled(f'{words} {heard}')} "
    return any(f" {word} " in around for word in _all_spelled(entry.excluded))


@cache
def _all_spelled(words: tuple[str, ...]) -> tuple[str, ...]:
    """Words spelled as those that are compared with them."""
    return tuple(map(spelled, words))


def _likeness(a: Wording, b: Wording, singles: float) -> float:
    """How alike two wordings are, of whose single words it is known how much they share."""
    if a.singles == b.singles and a.pairs == b.pairs:
        return 1.0
    if not a.pairs or not b.pairs:
        return singles
    return _SINGLE * singles + (1 - _SINGLE) * 2 * len(a.pairs & b.pairs) / (len(a.pairs) + len(b.pairs))


@cache
def known() -> Catalogue:
    """The catalogue of ``patterns/indicators.csv``."""
    return Catalogue(rows("indicators"))


def _read(row: Mapping[str, str]) -> Indicator:
    return Indicator(
        id=row["id"].strip(),
        name=row["name"].strip(),
        units=_listed(row, "units"),
        topic=(row.get("topic") or "").strip(),
        part_of=(row.get("part_of") or "").strip(),
        synonyms=_listed(row, "synonyms"),
        excluded=_listed(row, "excluded"),
    )


def _listed(row: Mapping[str, str], column: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in (row.get(column) or "").split("|") if part.strip())


@cache
def _accepted(units: tuple[str, ...]) -> frozenset[str]:
    """These units and those that count the same as one of them."""
    alike = (group for group in data("indicators")["units"]["alike"] if not {*group}.isdisjoint(units))
    return frozenset(units).union(*alike)


def _level(unit: str | None) -> str | None:
    """The unit of what changes: ``%`` for percentage points."""
    changed: str | None = data("indicators")["units"]["change_of"].get(unit, unit)
    return changed
