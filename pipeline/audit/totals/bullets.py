"""Totals whose parts stand in the bullets below (``Tổng số lớp: 12 lớp, trong đó:``, ``- Nông nghiệp: 7 lớp`` ...)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from patterns import forms
from pipeline.audit.bare import with_bare
from pipeline.audit.lines import Figure, Line, same_unit
from pipeline.audit.totals.parts import Listed, can_be_total, is_long_slip, is_part, shared_traits

_FORMS = {name: form.pattern for name, form in forms("figures").items()}
_MOST_ITEMS = 12
_CLAUSE_END = re.compile(r"[,;.(]")
_BULLET = re.compile(
    r"\s*(?:(?P<mark>[-+*•])|(?P<letter>[a-zđ]\))|(?P<deep>\d{1,2}(?:\.\d{1,2})+\.?(?=\s))|(?P<number>\(?\d{1,2}[.)])(?!\d))\s*"
)


def in_bullets(lines: list[Line], i: int) -> Iterator[Listed]:
    """A total in a line that ends with a colon, or that opens as a total, with its parts in the bullets below."""
    text = lines[i].text
    colon = text.rstrip().endswith(":")
    if not colon and not _FORMS["total_opens"].match(text):
        return
    bullets = bullets_below(lines, i + 1) or (_numbers_below(lines, i + 1) if colon else [])
    if len(bullets) < 2 or not (colon or _deeper(text, bullets[0].text)):
        return
    words = ". ".join(_label(b) for b in bullets)
    head, bullets = with_bare(lines[i]), [b if b.figures else with_bare(b) for b in bullets]
    found = [listed for total in head.figures if (listed := _listed(head, total, bullets, words, colon))]
    right = [one for one in found if sum(f.value for f in one.parts) == one.total.value]
    yield from (one for one in found if not any(r is not one and r.parts == one.parts for r in right))


def _listed(head: Line, total: Figure, bullets: list[Line], words: str, colon: bool) -> Listed | None:
    """A total with the first figure of its unit in each bullet; the total may stand in brackets before the colon."""
    aside = colon and _FORMS["closes_list"].match(head.after(total)) and total.exact and total.quantity.unit != "%"
    if not (aside or can_be_total(head, total)):
        return None
    firsts = [next((f for f in b.figures if same_unit(f.quantity, total.quantity)), None) for b in bullets]
    parts = [f for b, f in zip(bullets, firsts, strict=True) if f and is_part(b, f)]
    found = Listed(total, parts, sure=False)
    overlap = shared_traits(words, total.quantity.unit, head.text, len(bullets)) and not is_long_slip(found)
    return found if len(parts) == len(bullets) and not overlap else None


def _numbers_below(lines: list[Line], i: int) -> list[Line]:
    """The lines from one on that open with their number, as items do that lost their bullets."""
    return list(takewhile(lambda b: b.figures and b.figures[0].quantity.start == b.start, lines[i : i + _MOST_ITEMS]))


def _label(bullet: Line) -> str:
    """The words of a bullet up to the end of its first figure's clause."""
    end = bullet.figures[0].quantity.end - bullet.start if bullet.figures else 0
    stop = _CLAUSE_END.search(bullet.text, end)
    return bullet.text[: stop.start() if stop else len(bullet.text)]


def total_below(lines: list[Line], i: int) -> Iterator[Listed]:
    """A line that only tells a total, its parts in the bullets right above (``Cộng các chương trình: 156.900``)."""
    if not _FORMS["sums_up"].match(lines[i].text):
        return
    above = lines[:i][::-1]
    kind = _kind(_BULLET.match(above[0].text)) if above else (None, None)
    bullets = [with_bare(b) for b in takewhile(lambda b: _kind(_BULLET.match(b.text)) == kind, above)][::-1]
    last = with_bare(lines[i])
    parts = [b.figures[0] for b in bullets if len(b.figures) == 1 and is_part(b, b.figures[0])]
    if kind == (None, None) or len(parts) < 2 or len(parts) < len(bullets) or len(last.figures) != 1:
        return
    total = last.figures[0]
    if can_be_total(last, total) and all(same_unit(f.quantity, total.quantity) for f in parts):
        yield Listed(total, parts, sure=True)


def _deeper(head: str, bullet: str) -> bool:
    """Whether a bullet is none of the list that the line above it may be one of."""
    own, below = _BULLET.match(head), _BULLET.match(bullet)
    return bool(below) and (own is None or _kind(own) != _kind(below))


def _kind(bullet: re.Match[str] | None) -> tuple[str | None, str | None]:
    return (bullet.lastgroup, bullet["mark"]) if bullet else (None, None)


def bullets_below(lines: list[Line], i: int) -> list[Line]:
    """The lines from one on that carry the same bullet, or go on counting; deeper ones are passed over.

    They end where the list goes on that the line above them is one of.
    """
    first = _BULLET.match(lines[i].text) if i < len(lines) else None
    head = _kind(_BULLET.match(lines[i - 1].text)) if i else (None, None)
    found: list[Line] = []
    while first and i < len(lines) and (m := _BULLET.match(lines[i].text)):
        if _kind(m) == _kind(first):
            found.append(lines[i])
        elif _kind(m) == head:
            break
        i += 1
    return found
