"""What a person types for a field of a finding, as the value it stands for, and back."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from patterns import rows
from pipeline.due import typed_day
from pipeline.model import Document
from pipeline.names import fold, is_meant, name_key, read_name
from pipeline.review import FIELDS, BadCorrection, name_of, named
from pipeline.review.deadlines import FIELD as DEADLINES

_LISTS = ("agencies", "partners", "addressees", "recipients")
_BODIES = ("agencies", "partners", "report_to", "name")
_DAYS = ("issued_on", "from", "to")
_NUMBERS = ("value", "value_max")


def read_value(kind: str, field: str, typed: str) -> Any:
    """The value of a field: lists parted by ``;`` or lines, days as ``30/6/2026``, numbers as Vietnamese write them.

    Deadlines are dates by what they are called: ``date-3; date-5``.
    """
    if field not in FIELDS[kind]:
        raise BadCorrection(f"Không sửa được «{field}»; chỉ sửa được: {', '.join(FIELDS[kind])}.")
    typed = typed.strip()
    if field == DEADLINES:
        return _dates(typed)
    if field in _LISTS:
        return [name for part in re.split(r"[;\n]", typed) if (name := " ".join(part.split()))]
    if not typed:
        return False if field == "draft" else None
    if field == "draft":
        return _yes(typed)
    if field in _DAYS:
        return _day(typed)
    if field == "doc_type":
        return _doc_type(typed)
    if (kind, field) == ("header", "symbol"):
        return "".join(typed.split())
    return _number(typed) if field in _NUMBERS else " ".join(typed.split())


def in_full(document: Document, changes: dict[str, Any]) -> dict[str, Any]:
    """Changes with the names of bodies as the document has them in full, where what was typed means one of these."""
    tasks = [name for task in document.tasks for name in (*task.agencies, *task.partners)]
    known = {*tasks, *(mention.name for mention in document.agencies)}

    def full(typed: Any) -> Any:
        if isinstance(typed, list):
            return list(dict.fromkeys(map(full, typed)))
        if typed is None or typed in known:
            return typed
        meant = [name for name in known if is_meant(read_name(name), name_key(typed))]
        return meant[0] if len(meant) == 1 else typed

    return {field: full(value) if field in _BODIES else value for field, value in changes.items()}


def _dates(typed: str) -> list[int]:
    """Dates by what they are called, as their places among those extracted, in the order of the text."""
    found = []
    for name in filter(None, (part.strip() for part in typed.split(";"))):
        kind, place = named(name) or ("", 0)
        if kind != "date":
            raise BadCorrection(f"«{name}» không phải là một ngày của văn bản; hãy viết như date-3; date-5.")
        found.append(place)
    return sorted(set(found))


def _day(typed: str) -> str:
    try:
        return typed_day(typed).isoformat()
    except ValueError as error:
        raise BadCorrection(f"«{typed}» không phải là ngày; hãy viết như 30/6/2026.") from error


def _yes(typed: str) -> bool:
    if fold(typed) not in ("co", "khong"):
        raise BadCorrection(f"«{typed}» không rõ; hãy viết có hoặc không.")
    return fold(typed) == "co"


def _doc_type(typed: str) -> str:
    """The code of a type of document, typed as code or by its name."""
    for row in rows("document_types"):
        if fold(typed) in (fold(row["code"]), fold(row["name"])):
            return row["code"]
    raise BadCorrection(f"Không có loại văn bản «{typed}»; hãy viết mã như KH, BC, CV hoặc tên loại.")


def _number(typed: str) -> int | float:
    if not re.fullmatch(r"-?\d{1,15}(?:\.\d{3})*(?:,\d{1,9})?", typed):
        raise BadCorrection(f"«{typed}» không phải là số; hãy viết như 1.250 hoặc 12,5.")
    whole, _, decimals = typed.replace(".", "").partition(",")
    return float(f"{whole}.{decimals}") if decimals else int(whole)


def typed_value(field: str, value: Any) -> str:
    """A value as a person would type it."""
    if value is None:
        return ""
    if field == "draft":
        return "có" if value else "không"
    if field == DEADLINES:
        return "; ".join(name_of("date", d) for d in sorted(value))
    if field in _LISTS:
        return "; ".join(value)
    if field in _DAYS:
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    if field in _NUMBERS:
        return f"{value:.10g}".replace(".", ",") if isinstance(value, float) else str(value)
    return str(value)
