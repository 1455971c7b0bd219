"""Charts: no label is cut, whatever the words; SVG that parses, PNG that opens."""

from __future__ import annotations

import io
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.summary.charts import PHONE, WIDTH, Bar, Event, Node, bars, day, number, timeline, tree
from pipeline.summary.drawing import Drawing, Words, width_of, wrap

LABELS = st.text(alphabet="Ủy ban nhân dân huyện Phú Khê, ĐăkLấp<&\"'", max_size=120)
VALUES = st.one_of(st.none(), st.floats(0, 1e12, allow_nan=False))
BARS = st.builds(Bar, LABELS, VALUES, VALUES, st.one_of(st.none(), st.floats(0, 1e4)))


def inside(drawing: Drawing) -> None:
    """Nothing of a drawing lies outside its sheet."""
    for s in drawing.shapes:
        if isinstance(s, Words):
            width = width_of(s.text, s.size, s.bold)
            left = s.x - {"start": 0.0, "middle": width / 2, "end": width}[s.anchor]
            assert left >= -1 and left + width <= drawing.width + 1, s.text
            assert s.size * 0.5 <= s.y <= drawing.height
    ElementTree.fromstring(drawing.svg())


@given(LABELS, st.lists(BARS, max_size=8), st.sampled_from([WIDTH, PHONE]))
def test_bars_hold_their_labels(title: str, shown: list[Bar], width: float) -> None:
    inside(bars(title, "lao động", shown, width))


@given(LABELS, LABELS, st.lists(st.builds(Node, LABELS, st.lists(LABELS, max_size=3), st.just("none")), max_size=6))
def test_trees_hold_their_labels(title: str, root: str, nodes: list[Node]) -> None:
    inside(tree(title, root, nodes))


@given(LABELS, st.lists(st.builds(Event, st.dates().map(str), LABELS, st.floats(0, 1)), max_size=8))
def test_timelines_hold_their_labels(title: str, events: list[Event]) -> None:
    inside(timeline(title, events))


@given(LABELS, st.floats(20, 400))
def test_wrapping_keeps_every_letter(text: str, width: float) -> None:
    lines = wrap(text, 14, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width_of(line, 14) <= width or len(line) == 1 for line in lines)


@pytest.mark.parametrize(("value", "words"), [(1234567, "1.234.567"), (61.5, "61,5"), (None, "–"), (-0.29, "-0,29")])
def test_numbers_are_written_the_vietnamese_way(value: float | None, words: str) -> None:
    assert number(value) == words


def test_days_are_written_the_vietnamese_way() -> None:
    assert day("2024-12-05") == "05/12/2024"


def test_a_png_shows_vietnamese_letters() -> None:
    from PIL import Image

    png = bars("Số lao động đi làm việc ở nước ngoài", "lao động", [Bar("huyện Đại Sơn", 127, 120, 105.8, True)]).png()
    if png is None:
        pytest.skip("no font with Vietnamese letters on this machine")
    assert Image.open(io.BytesIO(png)).size[0] == 1720
