"""Provisions that a cited document does not have, where the store holds its text: ``khoản 9 Điều 3`` of three.

Only what the text proves is told: its articles, clauses or points are counted through from the first, and the one cited
lies beyond the last. Documents that amend others hold the articles of those, and prove nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from patterns import data, forms
from pipeline.audit.model import Finding, Mention, Source, finding_of, vietnamese

_FORMS = {name: form.pattern for name, form in forms("audit").items()}
_NUMBER = re.compile(r"\d{1,3}")
_FEW = 2

#: The labels of points by clause, of clauses by article; clause "" holds what stands right under an article.
Outline = dict[str, dict[str, list[str]]]


def outline_of(lines: Iterable[str]) -> Outline:
    """The articles of a document with their clauses and points; empty where some may be those of another one.

    What is issued with it (``Quy chế ban hành kèm theo Quyết định này``) has articles of its own, and may be missing.
    """
    found: Outline = {}
    article = clause = ""
    annexes = begun = 0
    for line in lines:
        if _FORMS["quoted_provision"].match(line):
            return {}
        annexes += bool(_FORMS["issued_with_this"].search(line))
        m = _FORMS["provision_opens"].match(line)
        if not m:
            continue
        if m["article"]:
            article, clause = m["article"], ""
            begun += article == "1"
            found.setdefault(article, {}).setdefault("", [])
        elif article and m["clause"]:
            clause = m["clause"]
            found[article].setdefault(clause, [])
        elif article:
            found[article].setdefault(clause, []).append(m["point"].lower())
    return {} if annexes and begun < _FEW else found


def absent_provision(m: Mention, pinpoint: Mapping[str, str], cited: Source, outline: Outline) -> Iterator[Finding]:
    """A provision beyond the last one of its kind in a document of the store."""
    if _FORMS["as_amended"].search(m.before[-80:] + m.text + m.after[:80]):
        return
    if reason := _beyond(pinpoint, outline):
        when = f" ngày {vietnamese(cited.issued_on)}" if cited.issued_on else ""
        evidence = f"Văn bản số {cited.id} trong kho: {cited.symbol}{when}: {reason}"
        yield finding_of(m, "inconsistent", "warning", evidence)


def _beyond(pinpoint: Mapping[str, str], outline: Outline) -> str | None:
    """Why there is no such provision; null where there may be."""
    article, clause, point = (pinpoint.get(level, "") for level in ("điều", "khoản", "điểm"))
    if not _NUMBER.fullmatch(article):
        return None
    if article not in outline:
        last = _last(outline)
        return f"chỉ có {last} điều" if last > _FEW and int(article) > last else None
    clauses = defaultdict(list, outline[article])
    numbered = [c for c in clauses if c]
    if _NUMBER.fullmatch(clause) and clause not in clauses:
        last = _last(numbered)
        return f"Điều {article} chỉ có {last} khoản" if last >= _FEW and int(clause) > last else None
    points = clauses[clause] if clause or not numbered else []
    letters: list[str] = data("audit")["point_letters"]
    counted = len(points) >= _FEW and points == letters[: len(points)]
    if counted and point in letters[len(points) :]:
        under = f"Khoản {clause} Điều {article}" if clause else f"Điều {article}"
        return f"{under} chỉ đến điểm {points[-1]}"
    return None


def _last(labels: Iterable[str]) -> int:
    """The last of some numbers that are counted through from one; 0 where they are not."""
    told = sorted({int(label) for label in labels if _NUMBER.fullmatch(label)})
    return told[-1] if told and told == list(range(1, len(told) + 1)) else 0
