"""One value told twice: a sum of money in another unit or in words, a number that is said to stand above."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from patterns import data, forms
from pipeline.annotate.numbers import parse_words
from pipeline.audit.lines import MONEY, Figure, Line, Page, amount, mistyped, same_unit, slipped
from pipeline.audit.model import Finding
from pipeline.fold import fold

_FORMS = {name: form.pattern for name, form in forms("figures").items()}
_MANY = 100  # fewer may be a sum of what was told
_WORD = re.compile(r"[^\W\d_]+")


def restated_figures(page: Page) -> Iterator[Finding]:
    """Every sum of money that is told at once as another one."""
    looked_back = _FORMS["above_said"].search(page.document.text) is not None
    for n, line in enumerate(page.lines):
        above = page.lines[n - 1] if n else None
        if looked_back:
            yield from _told_above(page, n, line)
        yield from _in_another_unit(page, line)
        yield from _in_words(page, line, above)


def _told_above(page: Page, n: int, line: Line) -> Iterator[Finding]:
    """``2.148 đối tượng nêu trên``, where only 2.184 were told above."""
    for figure in line.figures if _FORMS["above_said"].search(line.text) else ():
        if figure.value < _MANY or not figure.exact or not _FORMS["told_above"].match(line.after(figure)):
            continue
        before = [f for at in page.lines[: n + 1] for f in at.figures if f.quantity.start < figure.quantity.start]
        values = {f.value for f in before if same_unit(f.quantity, figure.quantity) and f.exact}
        slips = [value for value in values if mistyped(value, figure.value)]
        if figure.value not in values and len(slips) == 1:
            right = amount(slips[0], figure.quantity.unit)
            evidence = f"Phần trên ghi {right}, chỗ này ghi {amount(figure.value, figure.quantity.unit)}"
            span = (figure.quantity.start, figure.quantity.end)
            yield page.finding("conflicting_figure", "warning", span, evidence, right, [figure.id])


def _in_another_unit(page: Page, line: Line) -> Iterator[Finding]:
    for a, b in pairwise(line.figures):
        if not a.quantity.unit == b.quantity.unit == MONEY or a.quantity.per != b.quantity.per:
            continue
        apart = _FORMS["same_in_brackets"].match(line.between(a, b)) and line.after(b).lstrip().startswith(")")
        if not (apart and a.told and b.told) or _scale(a) == _scale(b):
            continue
        if abs(a.value - b.value) > 2 * (a.blur + b.blur) and slipped(a.value, b.value):
            evidence = f"{_said(page, a)} và {_said(page, b)} là hai số khác nhau"
            span = (a.quantity.start, b.quantity.end)
            yield page.finding("conflicting_figure", "error", span, evidence, None, [a.id, b.id])


def _scale(f: Figure) -> str:
    """The words that a number of đồng is told in: ``triệu đồng``, ``tỷ đồng``, ``đồng``."""
    return fold(" ".join(_WORD.findall(f.quantity.text)))


def _said(page: Page, f: Figure) -> str:
    return page.document.text[f.quantity.start : f.quantity.end]


def _in_words(page: Page, line: Line, above: Line | None) -> Iterator[Finding]:
    """A sum in words beside the last one in figures before it, in its line or in the one above."""
    told = line.figures or (above and above.figures)
    if not told or not _FORMS["words_said"].search(line.text):
        return
    for m in _FORMS["in_words"].finditer(line.text):
        before = [f for f in line.figures if f.quantity.end - line.start <= m.start()]
        before = before or (above.figures if above and not line.text[: m.start()].strip(" (") else [])
        money = [f for f in before if f.quantity.unit == MONEY and not f.quantity.per and f.exact]
        value = _spelled(m["words"])
        if money and value and money[-1].value != value:
            figure = money[-1]
            right = amount(figure.value, MONEY)
            evidence = f"Bằng số {_said(page, figure)}, bằng chữ là {amount(value, 'đồng')}"
            span = (figure.quantity.start, line.start + m.end())
            yield page.finding("conflicting_figure", "error", span, evidence, right, [figure.id])


def _spelled(words: str) -> Decimal | None:
    """The value of a number in words; null where one of them belongs to no number."""
    told = _WORD.findall(fold(words))
    content = data("quantities")
    digits, powers, joins = content["digit"], content["power"], content["noun"]["joins"]
    known = {*digits, *powers, *joins}
    great = [word in powers and powers[word] >= 1000 for word in told]
    if not told or not known.issuperset(told) or any(a and b for a, b in pairwise(great)):
        return None  # nghìn tỷ and the like are not reckoned
    return parse_words(" ".join(told))
