"""Numbers as Vietnamese documents write them: ``1.085.000``, ``14,6``, ``12 000``, ``hai mươi lăm``."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import Any

from patterns import data

Number = int | float

_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_BY_COMMA = re.compile(r"[1-9]\d{0,2},\d{3}")


def parse_figures(raw: str, whole: bool = False) -> Decimal:
    """The value of a number in figures: ``.`` and spaces group thousands, ``,`` is the decimal mark.

    A lone ``.`` before other than three figures is a decimal mark (``7.53%``), a lone ``,`` before exactly three is a
    thousands mark where the number counts whole things (``12,000`` hộ).
    """
    raw = raw.replace(" ", "")
    if raw.count(",") > 1 or (whole and _BY_COMMA.fullmatch(raw)):
        return Decimal(raw.replace(",", ""))
    if "," in raw:
        return Decimal(raw.replace(".", "").replace(",", "."))
    if raw.count(".") > 1 or _THOUSANDS.fullmatch(raw):
        return Decimal(raw.replace(".", ""))
    return Decimal(raw)


def parse_words(raw: str) -> Decimal:
    """The value of a number in words (``một trăm linh năm``, ``ba nghìn bảy trăm tỷ, hai triệu``, ``một phần ba``)."""
    words = raw.lower().replace(",", " ").split()
    digits, powers = _words()
    parted = [w for w in words if w not in digits and w not in powers]
    if len(words) == 3 and parted == words[1:2] and parted[0] not in _and():
        return Decimal(digits[words[0]]) / digits[words[2]]
    total = group = last = 0
    for word in words:
        if word in digits:
            last = digits[word]
            group += last
        elif word in powers:
            power = powers[word]
            if power >= 1000:
                # A greater power multiplies all that lesser ones have made: "ba nghìn bảy trăm tỷ" is 3.700 tỷ.
                lesser = total % power
                total, group = total - lesser + (lesser + group or 1) * power, 0
            else:
                group += last * (power - 1)
            last = 0
    return Decimal(total + group)


@cache
def _words() -> tuple[dict[str, int], dict[str, int]]:
    content: dict[str, Any] = data("quantities")
    return content["digit"], content["power"]


@cache
def _and() -> frozenset[str]:
    """Words that only join (``một trăm linh năm``)."""
    return frozenset(data("quantities")["noun"]["joins"])


def plain(value: Decimal) -> Number:
    """A whole number as int, any other as float."""
    return int(value) if value == value.to_integral_value() else float(value)
