"""Counts against what is then told one by one: ``03 giải pháp: (1) ...; (2) ...``, ``03 xã: Thanh An, Thanh Yên``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from patterns import data, forms
from pipeline.audit.lines import LOWER, MONEY, UPPER, Figure, Line, Page
from pipeline.audit.model import Finding
from pipeline.audit.totals.bullets import bullets_below
from pipeline.audit.totals.parts import in_brackets

_FORMS = {name: form.pattern for name, form in forms("figures").items()}
_MOST = 30
_ASIDE = re.compile(r"\([^()]*\)")
_BETWEEN = re.compile(r"\s*[,;]\s*(?:và\s+)?|\s+và\s+")
_NAME = re.compile(rf"[{UPPER}][{UPPER}{LOWER}]*(?:(?:\s+|\s*-\s*)(?:[{UPPER}][{UPPER}{LOWER}]*|\d{{1,2}}))*|\d{{1,2}}")


def wrong_counts(page: Page) -> Iterator[Finding]:
    """Every count of items that are then told one by one, and are more or fewer."""
    for i, line in enumerate(page.lines):
        for figure in line.figures:
            if not _can_count(line, figure):
                continue
            listed = _FORMS["items_follow"].match(line.after(figure))
            told = listed and _items(page.lines, i, figure, listed)
            if told and told != figure.value:
                span = (figure.quantity.start, line.start + len(line.text))
                evidence = f"Sau đó liệt kê {told}, văn bản ghi {figure.quantity.text}"
                yield page.finding("wrong_sum", "warning", span, evidence, str(told), [figure.id])


def _can_count(line: Line, figure: Figure) -> bool:
    q = figure.quantity
    plain = figure.exact and q.of is None and not q.per and q.unit not in (None, "%", MONEY)
    return plain and 1 < q.value <= _MOST and figure.value == int(q.value) and not in_brackets(line, figure)


def _items(lines: list[Line], i: int, figure: Figure, listed: re.Match[str]) -> int | None:
    """How many items a count is followed by; null where they cannot be counted."""
    rest = lines[i].after(figure)[listed.end() :]
    if _FORMS["and_so_on"].search(listed[0]):
        return None
    if listed["open"] == ":" and not rest.strip():
        return _bullets(lines, i, figure)
    if numbered := _numbered(rest):
        return numbered
    return _names(rest, figure.quantity.unit, listed["open"])


def _numbered(rest: str) -> int | None:
    """The last number of items that are numbered from one on, in figures or in words."""
    words: list[str] = data("figures")["ordinals"]
    for name in ("numbered_item", "ordinal_item"):
        found = list(_FORMS[name].finditer(rest))
        told = [int(m["n"]) if m["n"].isdigit() else words.index(m["n"].lower()) + 1 for m in found]
        if len(told) > 1 and found[0].start() == 0 and told == list(range(1, len(told) + 1)):
            return len(told)
    return None


def _names(rest: str, unit: str | None, opened: str | None) -> int | None:
    """The names of places that a list holds to its end; null where anything else stands in it."""
    if unit not in data("figures")["named_units"]:
        return None
    rest = rest.partition(")")[0] if opened == "(" else _ASIDE.sub("", rest)
    words = re.split(r"[.](?:\s|$)", rest)[0].strip(" ;")
    if _FORMS["and_so_on"].search(rest if opened == "(" else rest + " "):
        return None
    names = []
    for item in _BETWEEN.split(words):
        kind = _FORMS["place_word"].match(item)
        if kind and kind["kind"].lower() != unit:
            return None
        names.append(item[kind.end() :] if kind else item)
    return len(names) if len(names) > 1 and all(map(_NAME.fullmatch, names)) else None


def _bullets(lines: list[Line], i: int, figure: Figure) -> int | None:
    """The points below a line that announces so many; none that tell parts of the number."""
    below = bullets_below(lines, i + 1)
    if figure.quantity.unit not in data("figures")["told_in_points"] or len(below) < 2:
        return None
    if any(f.quantity.unit == figure.quantity.unit for b in below for f in b.figures):
        return None
    return None if any(_FORMS["and_so_on"].search(b.text[:20]) for b in below) else len(below)
