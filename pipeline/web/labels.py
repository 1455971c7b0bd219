"""What codes and fields are called on the pages."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from pipeline import wording
from pipeline.audit import names
from pipeline.symbols import names_by_type
from pipeline.wording import CODES, HEADINGS, SECTION_ROLES, compared, number, plain


def _capitalised(codes: dict[str, str]) -> dict[str, str]:
    return {code: words.capitalize() for code, words in codes.items()}


KINDS = _capitalised(wording.KINDS)
ROLES = _capitalised(wording.TASK_ROLES)
CITED_AS = _capitalised(CODES["relation"])
OUTCOMES = CODES["outcome"]
STAGES = CODES["stage"]
STATES = {"issued": "Đã ban hành", "draft": "Dự thảo"}
SEVERITIES = names.SEVERITIES
FINDINGS = names.FINDINGS
ASPECTS = CODES["aspect"]
ACTIONS = CODES["action"]
REVIEWED = CODES["reviewed"]
VIEWERS = {"reader": "người đọc", "reviewer": "người soát", "administrator": "quản trị"}
LEVELS = CODES["agency_level"]
# Beside a finding fields are called as in tables, but for these.
_FIELDS = HEADINGS | {
    "agencies": "Được giao", "report_to": "Báo cáo cho", "defined_alias": "Gọi tắt là", "kind": "Kiểu",
    "month_day": "Hằng năm vào", "recurrence": "Lặp lại", "value_max": "Đến", "of": "Trên tổng số", "aspect": "Là",
    "name": "Tên đầy đủ", "collective": "Gọi chung nhiều cơ quan", "heading": "Tiêu đề", "label": "Số mục",
    "place": "Địa danh", "addressees": "Kính gửi", "recipients": "Nơi nhận", "signer_on_behalf_of": "Ký thay mặt",
    "signer_capacity": "Tư cách ký", "signer_position": "Chức vụ người ký", "signer_name": "Người ký",
}  # fmt: skip
_CODES: dict[tuple[str, str], dict[str, str]] = {
    ("task", "role"): ROLES,
    ("section", "role"): SECTION_ROLES,
    ("citation", "relation"): CITED_AS,
    ("date", "kind"): CODES["kind"],
    ("date", "relation"): CODES["relation"],
    ("date", "recurrence"): CODES["recurrence"],
    ("quantity", "comparator"): CODES["comparator"],
    ("quantity", "aspect"): ASPECTS,
    ("agency", "level"): LEVELS,
}


def doc_type(code: str | None) -> str:
    """The name of a type of document."""
    return names_by_type().get(code or "", code or "Chưa rõ loại")


def cited(row: dict[str, Any]) -> str:
    """What a cited document is called: type and number, else its title."""
    name = doc_type(row["type"])
    return f"{name} {row['symbol']}" if row["symbol"] else row["title"] or name


def choices(kind: str, name: str) -> dict[str, str]:
    """The values that a field may have, where these are few: as they are typed, and as one reads them."""
    if (kind, name) == ("header", "doc_type"):
        return {"": "Chưa rõ loại", **names_by_type()}
    if name == "doc_type":
        return names_by_type()
    if name == "draft":
        return {"không": "Không", "có": "Có"}
    return {("task", "role"): ROLES, ("section", "role"): SECTION_ROLES}.get((kind, name), {})


def heading(field: str) -> str:
    """The heading of a column."""
    return HEADINGS.get(field, field)


def field(name: str) -> str:
    """What a field of a finding is called."""
    return _FIELDS.get(name, name)


def value(kind: str, name: str, of: Any) -> str:
    """A field's value as one reads it."""
    if of is None:
        return ""
    if name == "doc_type":
        return doc_type(of)
    if name == "month_day":
        return day_month(of)
    if (kind, name) in _CODES:
        return _CODES[kind, name].get(of, str(of))
    return number(of) if isinstance(of, int | float) and not isinstance(of, bool) else day(of)


def day(of: Any) -> str:
    """A day as Vietnamese papers write it; anything else in plain words."""
    return wording.day(plain(of))


def day_month(of: str) -> str:
    """A day of every year: ``12-05`` as ``05/12``."""
    month, _, in_month = of.partition("-")
    return f"{in_month}/{month}"


def deadline(of: dict[str, Any]) -> str:
    """A deadline: its words, and the day where the words do not say it."""
    last, said = of.get("to") or of.get("from"), str(of["text"])
    if not last or re.search(r"\d/\d{1,2}/\d{4}", said):
        return said
    return f"{said} ({day(last)})"


def moment(of: str | None) -> str:
    """A moment as the clock here shows it."""
    return wording.moment(of or "")


class Part(NamedTuple):
    """A stretch of a paragraph, sought or not."""

    text: str
    marked: bool


def marked(with_marks: str, text: str) -> list[Part]:
    """A paragraph as stretches, from its words and the same with «» around those sought.

    The paragraph may hold «» of its own: only the signs that it lacks are marks.
    """
    parts: list[Part] = []
    at, sought, now = 0, False, ""
    for c in with_marks:
        if at < len(text) and c == text[at]:
            now += c
            at += 1
        else:
            parts.append(Part(now, sought))
            sought, now = c == "«", ""
    return [p for p in [*parts, Part(now, sought)] if p.text]


def figure(of: float | None) -> str:
    """A figure in a table, empty where there is none."""
    return "" if of is None else number(round(of, 2))


def planned(row: dict[str, Any]) -> str:
    """A target with how it compares: ``dưới 3``."""
    return compared(figure(row["target"]), row["comparator"])


def reached(row: dict[str, Any]) -> str:
    """The share of a target that was reached; where none can be told, whether the target was met."""
    if row["share"] is not None or row["met"] is None:
        return figure(row["share"])
    return "đạt" if row["met"] else "chưa đạt"


def status(of: str) -> str:
    """How a body that a document charges has answered it."""
    return CODES["status"].get(of, of)


def plans(found: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Documents that others answer, to choose from."""
    return [
        (str(d["document_id"]), f"{d['document']} ({d['answers']} văn bản): {d['title'] or ''}"[:90]) for d in found
    ]
