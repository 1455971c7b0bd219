"""Additions that the text writes out: ``57 sản phẩm (7 + 28 + 22)``, ``529 + 707 + 514 = 1.750 hộ``."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from patterns import forms
from pipeline.annotate.numbers import parse_figures
from pipeline.audit.lines import Line, Page, number
from pipeline.audit.model import Finding

_FORMS = {name: form.pattern for name, form in forms("figures").items()}


def wrong_additions(page: Page) -> Iterator[Finding]:
    """Every addition that does not give the total beside it."""
    for line in page.lines:
        if "+" in line.text:
            yield from _in_line(page, line)


def _in_line(page: Page, line: Line) -> Iterator[Finding]:
    for name in ("added_in_brackets", "added_up"):
        for m in _FORMS[name].finditer(line.text):
            parts = [parse_figures(part.strip()) for part in m["parts"].split("+")]
            total, added = parse_figures(m["total"]), sum(parts, Decimal(0))
            if added == total or abs(added - total) > max(added, total) / 2:
                continue  # where they lie far apart another number is meant
            shown = " + ".join(map(number, parts))
            evidence = f"{shown} = {number(added)}, văn bản ghi {number(total)}"
            start, end = line.start + m.start(), line.start + m.end()
            ids = [f.id for f in line.figures if start <= f.quantity.start < end]
            yield page.finding("wrong_sum", "error", (start, end), evidence, number(added), ids)
