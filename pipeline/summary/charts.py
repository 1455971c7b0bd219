"""Charts in Vietnamese: bars by place, targets against results, deadlines in time, who has answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.summary.drawing import Drawing, Rectangle, Segment, width_of, wrap
from pipeline.wording import money_scale, over

WIDTH = 860
PHONE = 340
_NARROW = 500
_MARGIN = 24.0
_SIZE = 14
_LINE = _SIZE * 1.25
_BLUE, _GREY, _GREEN, _RED, _PALE, _AMBER = "#1f5fa8", "#b9c3cf", "#2f8f4e", "#c23b2e", "#eef2f6", "#c98a1b"


class Bar(NamedTuple):
    """One place with its value, and where that is known what was planned for it and whether that was ``met``."""

    label: str
    value: float | None
    target: float | None = None
    share: float | None = None
    met: bool | None = None


class Event(NamedTuple):
    """A day with what it asks for; ``done`` is the share of those asked who have met it."""

    day: str
    text: str
    done: float


class Node(NamedTuple):
    """A body in the tree of answers: what it has issued, and how that stands.

    It ``owes`` what it should have issued and has not, or not in time.
    """

    label: str
    lines: Sequence[str]
    status: str
    owes: bool = False


def number(value: float | None) -> str:
    """A number as Vietnamese documents write it."""
    if value is None:
        return "–"
    text = f"{value:,.2f}".rstrip("0").rstrip(".") if value % 1 else f"{value:,.0f}"
    return text.translate(str.maketrans(",.", ".,"))


def day(iso: str | None) -> str:
    """A day as Vietnamese documents write it."""
    return "/".join(reversed(iso.split("-"))) if iso else "–"


def bars(title: str, unit: str, shown: Sequence[Bar], width: float = WIDTH) -> Drawing:
    """Horizontal bars, one a place; beside a planned value, the result over it with the share reached.

    On a narrow sheet, as a phone shows, the places stand over their bars, and with them values too long for behind.
    """
    narrow = width < _NARROW
    margin = 6.0 if narrow else _MARGIN
    unit, size = money_scale(unit, (v for b in shown for v in (b.value, b.target)))
    shown = [b._replace(value=over(b.value, size), target=over(b.target, size)) for b in shown]
    heading = _heading(title, unit, width - 2 * margin)
    label_width = width - 2 * margin
    if not narrow:
        label_width = min(240.0, max((width_of(b.label, _SIZE) for b in shown), default=60) + 8)
    labels, ends = [wrap(b.label, _SIZE, label_width) for b in shown], [_end(b) for b in shown]
    if narrow and max((width_of(e, _SIZE, True) for e in ends), default=0) > label_width - 100:
        labels = [[*lines, *wrap(end, _SIZE, label_width)] for lines, end in zip(labels, ends, strict=True)]
        ends = [""] * len(shown)
    paired = any(b.target is not None for b in shown)
    bar = 44 if paired else 28
    row = [bar + len(x) * _LINE if narrow else max(bar, len(x) * _LINE + 12) for x in labels]
    legend = (52 if narrow else 34) if paired else 12
    top: float = margin + len(heading) * 22 + legend
    drawing = _sheet(title, heading, top + sum(row) + margin, width, margin)
    left = margin if narrow else margin + label_width + 12
    room = width - left - margin - max((width_of(e, _SIZE, True) for e in ends), default=0) - 12
    most = max((v for b in shown for v in (b.value, b.target) if v is not None), default=1) or 1
    if paired:
        _legend(drawing, left, top - 20)
    for b, lines, height, end in zip(shown, labels, row, ends, strict=True):
        middle = top + height - bar / 2 if narrow else top + height / 2
        if narrow:
            drawing.words(left, top + _LINE, lines, _SIZE)
        else:
            drawing.words(left - 12, middle - (len(lines) - 1) * _LINE / 2 + 5, lines, _SIZE, "end")
        _bar(drawing, b, left, middle, room / most, paired)
        longest = room * max(b.value or 0.0, b.target or 0, 0) / most
        colour = "#222222" if _good(b) else "#8a5a00"
        drawing.words(left + longest + 8, middle + 5, [end], _SIZE, bold=True, colour=colour)
        top += height
    return drawing


def _bar(drawing: Drawing, b: Bar, left: float, middle: float, scale: float, paired: bool) -> None:
    """The bar of a place, and over it the one of what was planned."""
    if b.target is not None:
        drawing.shapes.append(Rectangle(left, middle - 15, scale * b.target, 12, _GREY, 2))
    thick, upper = (13.0, middle) if paired else (18.0, middle - 9)
    colour = _BLUE if _good(b) else _AMBER
    drawing.shapes.append(Rectangle(left, upper, scale * max(b.value or 0.0, 0), thick, colour, 2))


def _good(b: Bar) -> bool:
    return b.target is None or bool(b.met)


def _end(b: Bar) -> str:
    if b.target is None:
        return number(b.value)
    if b.value is None:
        return f"chưa có số liệu / {number(b.target)}"
    share = f" ({number(b.share)}%)" if b.share is not None else ""
    return f"{number(b.value)} / {number(b.target)}{share}"


def _legend(drawing: Drawing, x: float, y: float) -> None:
    """What the colours mean; on a narrow sheet in several lines, the last at ``y``."""
    named = ((_GREY, "Kế hoạch"), (_BLUE, "Thực hiện, đạt"), (_AMBER, "Thực hiện, chưa đạt"))
    lines = [named[:2], named[2:]] if drawing.width < _NARROW else [named]
    for n, line in enumerate(lines):
        at, base = x, y - 18 * (len(lines) - 1 - n)
        for colour, words in line:
            drawing.shapes.append(Rectangle(at, base - 10, 14, 10, colour, 2))
            drawing.words(at + 20, base, [words], 12)
            at += 20 + width_of(words, 12) + 24


def timeline(title: str, events: Sequence[Event]) -> Drawing:
    """Deadlines down a line of time, the days at its left; gaps grow with the time between, up to a limit."""
    ordered = sorted(events, key=lambda e: e.day)
    heading = _heading(title, "")
    axis = _MARGIN + 110
    texts = [wrap(e.text, _SIZE, WIDTH - axis - 24 - _MARGIN) for e in ordered]
    y = _MARGIN + len(heading) * 22 + 24
    places: list[float] = []
    for i, lines in enumerate(texts):
        places.append(y)
        gap = _months(ordered[i].day, ordered[i + 1].day) * 8 if i + 1 < len(ordered) else 0
        y += len(lines) * _LINE + 14 + min(gap, 40)
    drawing = _sheet(title, heading, y + _MARGIN)
    if places:
        drawing.shapes.append(Segment(axis, places[0] - 12, axis, y - 10, _GREY, 2))
    for e, lines, at in zip(ordered, texts, places, strict=True):
        colour = _GREEN if e.done == 1 else _AMBER if e.done else _RED
        drawing.shapes.append(Rectangle(axis - 6, at - 11, 12, 12, colour, 6))
        drawing.words(axis - 16, at, [day(e.day)], _SIZE, "end", bold=True)
        drawing.words(axis + 18, at, lines, _SIZE)
    return drawing


def _months(a: str, b: str) -> int:
    return (int(b[:4]) - int(a[:4])) * 12 + int(b[5:7]) - int(a[5:7])


def tree(title: str, root: str, nodes: Sequence[Node]) -> Drawing:
    """A document at the left, the bodies that it charges at the right with what they have answered."""
    heading = _heading(title, "")
    box, gap = 200.0, 56.0
    left = _MARGIN + box + gap
    width = WIDTH - left - _MARGIN
    labels = [wrap(n.label, _SIZE, width - 24, bold=True) for n in nodes]
    details = [[w for line in n.lines for w in wrap(line, 13, width - 24)] for n in nodes]
    heights = [len(a) * _LINE + len(b) * 16.5 + 16 for a, b in zip(labels, details, strict=True)]
    root_lines = wrap(root, _SIZE, box - 20, bold=True)
    top = _MARGIN + len(heading) * 22 + 16
    root_height = len(root_lines) * _LINE + 20
    drawing = _sheet(title, heading, top + max(sum(heights) + 10 * len(nodes), root_height) + _MARGIN)
    trunk = left - gap / 2
    drawing.shapes.append(Segment(_MARGIN + box, top + root_height / 2, trunk, top + root_height / 2, _GREY, 2))
    y, middles = top, list[float]()
    for n, label, detail, height in zip(nodes, labels, details, heights, strict=True):
        answered = _AMBER if n.owes or n.status in ("other", "plan") else _GREEN
        colour = _RED if n.status == "none" else answered
        drawing.shapes.append(Rectangle(left, y, width, height, _PALE, 4))
        drawing.shapes.append(Rectangle(left, y, 5, height, colour))
        drawing.words(left + 16, y + 20, label, _SIZE, bold=True)
        for i, line in enumerate(detail):
            drawing.words(left + 16, y + 20 + len(label) * _LINE + i * 16.5, [line], 13, colour="#444444")
        middles.append(y + height / 2)
        y += height + 10
    for at in middles:
        drawing.shapes.append(Segment(trunk, at, left, at, _GREY, 2))
    if middles:
        upper, lower = min(middles[0], top + root_height / 2), max(middles[-1], top + root_height / 2)
        drawing.shapes.append(Segment(trunk, upper, trunk, lower, _GREY, 2))
    drawing.shapes.append(Rectangle(_MARGIN, top, box, root_height, _BLUE, 4))
    drawing.words(_MARGIN + 10, top + 24, root_lines, _SIZE, bold=True, colour="#ffffff")
    return drawing


def _heading(title: str, unit: str, width: float = WIDTH - 2 * _MARGIN) -> list[str]:
    return wrap(f"{title} ({unit})" if unit else title, 17, width, bold=True)


def _sheet(title: str, heading: list[str], height: float, width: float = WIDTH, margin: float = _MARGIN) -> Drawing:
    drawing = Drawing(width, height, title)
    drawing.words(margin, margin + 14, heading, 17, bold=True)
    return drawing
