"""Whether a target is met, by what it counts."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.compare.targets import beside


def figure(indicator: str, value: float, comparator: str = "=", **more: Any) -> dict[str, Any]:
    """A figure as the store gives it."""
    plain = {
        "indicator_key": indicator, "indicator_id": indicator, "indicator": indicator, "unit": "%", "period": "2024",
        "period_from": "2024-01-01", "period_to": "2024-12-31", "place": "huyện Suối Trai",
        "place_key": "huyen suoi trai", "issuer": None, "issued_on": None, "of": None, "strength": 1.0, "start": 0,
        "document_id": 1, "document": "12/BC-UBND", "page": 1, "text": f"{value}%", "figure_id": 1,
    }  # fmt: skip
    return plain | {"value": value, "comparator": comparator} | more


@pytest.mark.parametrize(
    ("indicator", "target", "comparator", "result", "met"),
    [
        ("ty-le-ho-ngheo", 21.7, "=", 23.4, False),
        ("ty-le-ho-ngheo", 21.7, "=", 21.7, True),
        ("ty-le-ho-ngheo", 21.7, "<", 20.0, True),
        ("bhyt", 95, "=", 96, True),
        ("bhyt", 95, "=", 94, False),
        ("bhyt", 95, ">=", 95, True),
    ],
)
def test_a_rate_that_is_to_fall_is_met_from_below(
    indicator: str, target: float, comparator: str, result: float, met: bool
) -> None:
    [row] = beside([figure(indicator, target, comparator)], [figure(indicator, result)])
    assert row["met"] is met
    assert (row["share"] is None) == (indicator == "ty-le-ho-ngheo")
