"""Compare what was extracted with gold annotations: precision, recall and F1 of every field.

Goes in: gold documents and extracted ones, both in the JSON form of the output contract (the gold without offsets).
Comes out: one :class:`Tally` a field. Mentions are compared as multisets of values, agencies as sets of names, duties
one to one by their words; case, dashes, spaces, the place of tone marks and the order of units in a collective name
do not count.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from patterns import data
from pipeline.model import Document

Json = Mapping[str, Any]
HEADER_FIELDS = ("doc_type", "symbol", "issuer", "title", "place", "issued_on", "draft", "position", "name")
FIELDS = (
    "header", "recipients", "sections", "section_role", "section_parent", "citations", "dates", "quantities",
    "comparators", "agencies", "tasks", "task_text", "task_role", "task_partners", "task_deadline",
)  # fmt: skip
SAME_DUTY = 0.7  # share of common words from which two texts are the same duty


@dataclass(slots=True)
class Tally:
    """What was found, wrongly found and missed of one field, with the document of each miss."""

    hits: int = 0
    missed: list[tuple[str, Hashable]] = field(default_factory=list)
    extra: list[tuple[str, Hashable]] = field(default_factory=list)

    def count(self, document: str, gold: Iterable[Hashable], found: Iterable[Hashable]) -> None:
        """Compare two collections of values; a value that stands twice must be found twice."""
        wanted, had = Counter(gold), Counter(found)
        self.hits += (wanted & had).total()
        self.missed += [(document, value) for value in (wanted - had).elements()]
        self.extra += [(document, value) for value in (had - wanted).elements()]

    @property
    def precision(self) -> float:
        return _share(self.hits, len(self.extra))

    @property
    def recall(self) -> float:
        return _share(self.hits, len(self.missed))

    @property
    def f1(self) -> float:
        return _share(self.hits, (len(self.missed) + len(self.extra)) / 2)


def evaluate(golds: Sequence[Json], documents: Sequence[Document]) -> dict[str, Tally]:
    """Score documents against the gold files of their names; a gold file without a document counts as all missed."""
    by_name = {Path(d.source.name).stem: d.model_dump(mode="json", by_alias=True) for d in documents}
    tallies = {name: Tally() for name in FIELDS}
    for gold in golds:
        name = Path(gold["file"]).stem
        found = by_name.get(name, {})
        _header(tallies, name, gold["header"], found.get("header") or {})
        _sections(tallies, name, gold["sections"], found.get("sections", []))
        _mentions(tallies, name, gold, found)
        _tasks(tallies, name, gold["tasks"], found.get("tasks", []), found.get("dates", []))
    return tallies


def by_kind(golds: Sequence[Json], documents: Sequence[Document]) -> dict[str, list[tuple[str, tuple[int, Tally]]]]:
    """The fields with their number of documents and tally: of all documents (""), then of each kind by its code."""
    kinds = {"": list(golds)}
    for gold in sorted(golds, key=lambda g: g["header"]["doc_type"] or ""):
        kinds.setdefault(gold["header"]["doc_type"] or "-", []).append(gold)
    return {
        kind: [(name, (len(some), tally)) for name, tally in evaluate(some, documents).items()]
        for kind, some in kinds.items()
    }


def read_gold(folder: Path) -> list[Json]:
    """All gold files of a folder, by name."""
    return [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]


# --------------------------------------------------------------------------- values that may be compared


def plain(text: object) -> str:
    """A text without what two correct spellings may differ in."""
    folded = unicodedata.normalize("NFC", str(text)).casefold()
    for one, other in data("sameness")["same"].items():
        folded = folded.replace(one, other)
    return re.sub(r"\s+", " ", re.sub(r"\s*-\s*", " - ", folded)).strip(" .,;:/-*\"'")


def plain_agency(name: str) -> str:
    """An agency's name; the units of a collective are put in one order, ``các`` before it is dropped."""
    units: list[str] = data("sameness")["units"]
    unit = "|".join(sorted(units, key=len, reverse=True))
    several = re.compile(rf"(?:các )?((?:{unit})(?:(?:, | và |; )(?:các )?(?:{unit}))+)(?!\w)")
    ordered = several.sub(lambda m: "các " + ", ".join(sorted(re.findall(unit, m[1]), key=units.index)), plain(name))
    return ordered.removeprefix("các ")


def plain_symbol(symbol: str | None) -> str | None:
    """A document's symbol without spaces and leading zeros."""
    return re.sub(r"^0+(?=\d)", "", re.sub(r"\s", "", plain(symbol))) if symbol else None


def _citation(c: Json) -> Hashable:
    return c["doc_type"], plain_symbol(c["symbol"]) or plain(c["title"]), c["issued_on"]


def _date(d: Json) -> Hashable:
    return d["kind"], d["from"], d["to"], d["month_day"]


def _quantity(q: Json) -> tuple[Hashable, ...]:
    unit = q["unit"] and (plain(q["unit"]) or q["unit"])
    unit = data("sameness")["same_unit"].get(unit, unit)
    return *(None if q[part] is None else round(float(q[part]), 6) for part in ("value", "value_max", "of")), unit


def _section(s: Json | None) -> Hashable:
    return s and (s["label"] and plain(s["label"]), plain(s["heading"]))


def _owners(task: Json) -> frozenset[str]:
    return frozenset(map(plain_agency, task["agencies"]))


def _duty(task: Json) -> Hashable:
    return *sorted(_owners(task)), plain(task["text"])[:80]


# --------------------------------------------------------------------------- one part of a document each


def _header(tallies: dict[str, Tally], name: str, gold: Json, found: Json) -> None:
    def values(header: Json) -> list[Hashable]:
        flat = {**header, **{k: (header.get("signer") or {}).get(k) for k in ("position", "name")}}
        flat["symbol"] = plain_symbol(flat.get("symbol"))
        return [(part, plain(flat[part])) for part in HEADER_FIELDS if flat.get(part)]

    tallies["header"].count(name, values(gold), values(found))
    tallies["recipients"].count(name, map(plain, gold["recipients"]), map(plain, found.get("recipients", [])))


def _sections(tallies: dict[str, Tally], name: str, gold: Sequence[Json], found: Sequence[Json]) -> None:
    """Headings; and of each gold heading its role and its parent, as the heading found has them."""
    tallies["sections"].count(name, map(_section, gold), map(_section, found))
    gold_by_id, found_by_id = ({s["id"]: s for s in side} for side in (gold, found))
    waiting: dict[Hashable, list[Json]] = {}
    for s in found:
        waiting.setdefault(_section(s), []).append(s)
    for s in gold:
        same = waiting.get(_section(s)) or []
        other = same.pop(0) if same else None
        got = (other["role"], _section(found_by_id.get(other["parent"]))) if other else ("", "missed")
        tallies["section_role"].count(name, [(_section(s), s["role"])], [(_section(s), got[0])])
        parent = _section(gold_by_id.get(s["parent"]))
        tallies["section_parent"].count(name, [(_section(s), parent)], [(_section(s), got[1])])


def _mentions(tallies: dict[str, Tally], name: str, gold: Json, found: Json) -> None:
    def some(kind: str) -> list[Json]:
        return found.get(kind) or []

    def told(citations: Iterable[Json]) -> list[Hashable]:
        return [_citation(c) for c in citations if c["symbol"] or (c["doc_type"] == "Luật" and c["title"])]

    tallies["citations"].count(name, told(gold["citations"]), told(some("citations")))
    tallies["dates"].count(name, map(_date, gold["dates"]), map(_date, some("dates")))
    pairs = gold["quantities"], some("quantities")
    tallies["quantities"].count(name, *(map(_quantity, side) for side in pairs))
    tallies["comparators"].count(name, *([(_quantity(q), q["comparator"]) for q in side] for side in pairs))
    names = {plain_agency(a["name"]) for a in some("agencies")}
    tallies["agencies"].count(name, {plain_agency(a) for a in gold["agencies"]}, names)


def _tasks(
    tallies: dict[str, Tally], name: str, gold: Sequence[Json], found: Sequence[Json], dates: Sequence[Json]
) -> None:
    """Duties that say the same; right are those with the same owners. Of each pair the role, partners, deadlines."""
    pairs = _aligned(gold, found)
    right = [(g, f) for g, f in pairs if _owners(gold[g]) == _owners(found[f])]
    for tally, good in (("tasks", right), ("task_text", pairs)):
        met, had = {g for g, _ in good}, {f for _, f in good}
        tallies[tally].hits += len(good)
        tallies[tally].missed += [(name, _duty(t)) for g, t in enumerate(gold) if g not in met]
        tallies[tally].extra += [(name, _duty(t)) for f, t in enumerate(found) if f not in had]
    for g, f in pairs:
        key = plain(gold[g]["text"])[:40]
        tallies["task_role"].count(name, [(key, gold[g]["role"])], [(key, found[f]["role"])])
        partners = ([(key, plain_agency(a)) for a in side["partners"]] for side in (gold[g], found[f]))
        tallies["task_partners"].count(name, *partners)
        wanted = [plain(d) for d in gold[g]["deadlines"]]
        said = [plain(dates[i]["text"]) for i in found[f]["deadlines"]]
        # a longer or shorter cut of the same words is the same deadline
        said = [d if d in wanted else next((w for w in wanted if w in d or d in w), d) for d in said]
        tallies["task_deadline"].count(name, [(key, d) for d in wanted], [(key, d) for d in said])


def _aligned(gold: Sequence[Json], found: Sequence[Json]) -> list[tuple[int, int]]:
    """Pair duties one to one by the words they share, best pairs first; the same owners break ties."""
    scored = []
    words = [[Counter(re.findall(r"\w+", plain(t["text"]))) for t in side] for side in (gold, found)]
    for g, one in enumerate(words[0]):
        for f, other in enumerate(words[1]):
            likeness = (one & other).total() / max((one | other).total(), 1)
            if likeness >= SAME_DUTY:
                scored.append((likeness + 0.01 * (_owners(gold[g]) == _owners(found[f])), g, f))
    pairs: list[tuple[int, int]] = []
    for _, g, f in sorted(scored, reverse=True):
        if all(g != i and f != j for i, j in pairs):
            pairs.append((g, f))
    return sorted(pairs)


def _share(hits: int, misses: float) -> float:
    return hits / (hits + misses) if hits + misses else 1.0
