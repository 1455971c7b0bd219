"""What a value is about: its indicator, what it is counted by, and whether it is target, result, baseline or change."""

from __future__ import annotations

import re

from patterns import Lowered
from pipeline.annotate.units import Unit, known_unit
from pipeline.fold import lower
from pipeline.model import Aspect, Role

_REACH = 160
_STOP = re.compile(r"[;:.,()]\s")
_CLAUSE = re.compile(r"[;:.,()]\s|[;:()]|\.$")
_ASPECT_OF_ROLE: dict[Role, Aspect] = {
    "objectives": "target",
    "targets": "target",
    "outlook": "target",
    "results": "result",
    "achievements": "result",
    "direction": "result",
    "assessment": "result",
}
#: forms that stand right before a value, and what they make of it
_ASPECT_BEFORE: dict[str, Aspect] = {"change": "change", "rate_change": "change", "baseline": "baseline"}
_LOW = Lowered("quantities")


def indicator_of(words: str, lowered: str, start: int, end: int, unit: Unit) -> str | None:
    """The noun phrase that is counted: what follows up to the end of the clause, else what stands before.

    ``100% hồ sơ được số hóa`` is about ``hồ sơ được số hóa``; ``tỷ lệ hộ nghèo còn dưới 3%`` about ``tỷ lệ hộ nghèo``.
    """
    limit = min(len(words), end + _REACH)
    stop = _LOW["clause_end"].search(lowered[end:limit])
    after = _clean(words[end : end + stop.start() if stop else limit])
    if unit.family not in ("money", "percent", "measure", "time"):
        return f"{unit.name} {after}".strip()
    if after and not _LOW["measured_against"].match(after.lower()):
        return after
    before = words[max(0, start - _REACH) : start]
    before = _clean(_STOP.split(before)[-1])
    verbs = _LOW["clause_verbs"].search(lower(before))
    return _clean(before[: verbs.start()] if verbs else before) or None


def _clean(phrase: str) -> str:
    return phrase.strip(" -+*•,;:.()\u00a0")


def every_of(words: str, lowered: str, start: int) -> list[str]:
    """The units after ``mỗi`` or ``hằng`` in the clause before a value (``trung bình mỗi năm đưa 60 lao động``)."""
    begin = max(0, start - 60)
    if not _LOW["every"].search(lowered[begin:start]):
        return []
    begin = max(begin, *[words.rfind(c, begin, start) + 1 for c in ";.:)"])
    found = [m.start("what") for m in _LOW["every"].finditer(lowered[begin:start])]
    units = (known_unit(words[begin:start], at) for at in found)
    return [u.name for u in units if u]


def aspect_of(words: str, start: int, role: Role | None) -> Aspect | None:
    """What the words before a value, in lower case, else the section that holds it, say it is."""
    before = words[max(0, start - 90) : start]
    sentence = before[max(before.rfind(". "), before.rfind("; ")) + 1 :]
    if _LOW["from_level"].search(sentence) and _LOW["to_level"].match(words[start : start + 70]):
        return "baseline"
    for form, aspect in _ASPECT_BEFORE.items():
        if _LOW[form].search(sentence):
            return aspect
    marks: list[tuple[int, Aspect]] = [(0, "target")] if _LOW["target_heading"].match(sentence) else []
    for m in _LOW["target"].finditer(sentence):
        marks.append((m.start(), "target"))
    for m in _LOW["result"].finditer(sentence):
        marks.append((m.start(), "result"))
    return max(marks)[1] if marks else _ASPECT_OF_ROLE.get(role) if role else None
