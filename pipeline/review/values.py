"""What a person types for a field of a finding, as the value it stands for, and back."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from pipeline.due import typed_day
from pipeline.review import FIELDS, BadCorrection

_LISTS = ("agencies", "partners")
_DAYS = ("issued_on", "from", "to")
_NUMBERS = ("value", "value_max")


def read_value(kind: str, field: str, typed: str) -> Any:
    """The value of a field: lists parted by ``;`` or lines, days as ``30/6/2026``, numbers as Vietnamese write them."""
    if field not in FIELDS[kind]:
        raise BadCorrection(f"Không sửa được «{field}»; chỉ sửa được: {', '.join(FIELDS[kind])}.")
    typed = typed.strip()
    if field in _LISTS:
        return [name for part in re.split(r"[;\n]", typed) if (name := " ".join(part.split()))]
    if not typed:
        return None
    if field in _DAYS:
        return _day(typed)
    return _number(typed) if field in _NUMBERS else " ".join(typed.split())


def _day(typed: str) -> str:
    try:
        return typed_day(typed).isoformat()
    except ValueError as error:
        raise BadCorrection(f"«{typed}» không phải là ngày; hãy viết như 30/6/2026.") from error


def _number(typed: str) -> int | float:
    if not re.fullmatch(r"-?\d{1,15}(?:\.\d{3})*(?:,\d{1,9})?", typed):
        raise BadCorrection(f"«{typed}» không phải là số; hãy viết như 1.250 hoặc 12,5.")
    whole, _, decimals = typed.replace(".", "").partition(",")
    return float(f"{whole}.{decimals}") if decimals else int(whole)


def typed_value(field: str, value: Any) -> str:
    """A value as a person would type it."""
    if value is None:
        return ""
    if field in _LISTS:
        return "; ".join(value)
    if field in _DAYS:
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    if field in _NUMBERS:
        return f"{value:.10g}".replace(".", ",") if isinstance(value, float) else str(value)
    return str(value)
