"""What codes and fields are called on the pages."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from pipeline import wording
from pipeline.audit import names
from pipeline.symbols import names_by_type
from pipeline.wording import CODES, HEADINGS, SECTION_ROLES, number, plain

KINDS = {
    "task": "Nhiệm vụ",
    "citation": "Viện dẫn",
    "date": "Thời gian",
    "quantity": "Số liệu",
    "agency": "Cơ quan",
    "section": "Bố cục",
    "header": "Thể thức",
}
ROLES = {"lead": "Chủ trì", "coordinate": "Phối hợp", "direct": "Chỉ đạo", "propose": "Đề nghị"}
CITED_AS = {code: words.capitalize() for code, words in CODES["relation"].items()}
OUTCOMES = CODES["outcome"]
STAGES = CODES["stage"]
STATES = {"issued": "Đã ban hành", "draft": "Dự thảo"}
SEVERITIES = names.SEVERITIES
FINDINGS = names.FINDINGS
ASPECTS = {"target": "chỉ tiêu", "result": "kết quả", "baseline": "mốc so sánh", "change": "tăng, giảm"}
ACTIONS = {"accept": "nhận là đúng", "correct": "sửa", "merge": "gộp tên cơ quan", "dismiss": "bỏ"}
REVIEWED = {"accepted": "đã soát", "corrected": "đã sửa"}
VIEWERS = {"reader": "người đọc", "reviewer": "người soát", "administrator": "quản trị"}
LEVELS = CODES["agency_level"]
_DATE_KINDS = {
    "day": "ngày", "month": "tháng", "quarter": "quý", "half_year": "nửa năm", "nine_months": "9 tháng",
    "year": "năm", "period": "giai đoạn",
}  # fmt: skip
_DATE_RELATIONS = {"before": "trước", "after": "sau", "until": "đến hết", "from": "từ", "on": "đúng"}
_RECURRENCES = {
    "yearly": "hằng năm", "half_yearly": "6 tháng một lần", "quarterly": "hằng quý", "monthly": "hằng tháng",
    "weekly": "hằng tuần",
}  # fmt: skip
_COMPARATORS = {"=": "bằng", ">": "hơn", ">=": "từ … trở lên", "<": "dưới", "<=": "không quá", "~": "khoảng"}
_FIELDS = {
    "agency": "Cơ quan", "agencies": "Được giao", "role": "Vai trò", "partners": "Phối hợp", "deadlines": "Thời hạn",
    "report_to": "Báo cáo cho", "doc_type": "Loại", "symbol": "Số, ký hiệu", "issued_on": "Ngày ban hành",
    "issuer": "Nơi ban hành", "title": "Trích yếu", "pinpoint": "Điều, khoản", "relation": "Quan hệ",
    "defined_alias": "Gọi tắt là", "kind": "Kiểu", "from": "Từ ngày", "to": "Đến ngày", "month_day": "Hằng năm vào",
    "recurrence": "Lặp lại", "value": "Giá trị", "value_max": "Đến", "of": "Trên tổng số", "unit": "Đơn vị",
    "per": "Tính trên", "comparator": "So sánh", "indicator": "Chỉ tiêu", "aspect": "Là", "name": "Tên đầy đủ",
    "level": "Cấp", "collective": "Gọi chung nhiều cơ quan", "heading": "Tiêu đề", "label": "Số mục",
    "place": "Địa danh", "addressees": "Kính gửi", "recipients": "Nơi nhận", "draft": "Dự thảo",
    "signer_on_behalf_of": "Ký thay mặt", "signer_capacity": "Tư cách ký", "signer_position": "Chức vụ người ký",
    "signer_name": "Người ký",
}  # fmt: skip
_CODES: dict[tuple[str, str], dict[str, str]] = {
    ("task", "role"): ROLES,
    ("section", "role"): SECTION_ROLES,
    ("citation", "relation"): CITED_AS,
    ("date", "kind"): _DATE_KINDS,
    ("date", "relation"): _DATE_RELATIONS,
    ("date", "recurrence"): _RECURRENCES,
    ("quantity", "comparator"): _COMPARATORS,
    ("quantity", "aspect"): ASPECTS,
    ("agency", "level"): LEVELS,
}


def doc_type(code: str | None) -> str:
    """The name of a type of document."""
    return names_by_type().get(code or "", code or "Chưa rõ loại")


def choices(kind: str, name: str) -> dict[str, str]:
    """The values that a field may have, where these are few: as they are typed, and as one reads them."""
    if (kind, name) == ("header", "doc_type"):
        return {"": "Chưa rõ loại", **names_by_type()}
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


def status(of: str) -> str:
    """How a body that a document charges has answered it."""
    return CODES["status"].get(of, of)


def plans(found: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Documents that others answer, to choose from."""
    return [
        (str(d["document_id"]), f"{d['document']} ({d['answers']} văn bản): {d['title'] or ''}"[:90]) for d in found
    ]
