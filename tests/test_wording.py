"""Values as people read them."""

from __future__ import annotations

import pytest

from pipeline.wording import compared, money_scale


@pytest.mark.parametrize(
    ("comparator", "words"),
    [("=", "6"), (">=", "từ 6 trở lên"), ("<", "dưới 6"), ("<=", "không quá 6"), ("~", "khoảng 6"), (">", "trên 6")],
)
def test_how_a_number_compares(comparator: str, words: str) -> None:
    assert compared("6", comparator) == words


@pytest.mark.parametrize(
    ("unit", "values", "scaled"),
    [
        ("đồng", [68.4e9, 1_310e9, None], ("tỷ đồng", 1e9)),
        ("đồng", [229_605e6, 310_000e6], ("triệu đồng", 1e6)),
        ("đồng/người/năm", [41.2e6, 0], ("triệu đồng/người/năm", 1e6)),
        ("đồng", [12_345_678], ("đồng", 1)),
        ("đồng", [None], ("đồng", 1)),
        ("lao động", [5e9], ("lao động", 1)),
    ],
)
def test_money_is_told_in_the_largest_unit_that_rounds_nothing(
    unit: str, values: list[float | None], scaled: tuple[str, float]
) -> None:
    assert money_scale(unit, values) == scaled
