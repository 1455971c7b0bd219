"""What fields, codes and sheets are called in Vietnamese, and how their values are written for people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from pipeline.audit.names import FINDINGS, SEVERITIES

#: Vietnamese headings of tables and workbooks; JSON and CSV keep the field names.
HEADINGS = {
    "action": "Việc soát",
    "advice": "Cách xử lý",
    "after": "Sau",
    "after_page": "Trang sau",
    "agencies": "Các cơ quan",
    "amended_by": "Sửa đổi bởi",
    "agency": "Cơ quan",
    "agency_key": "Mã cơ quan",
    "agency_level": "Cấp",
    "agency_place": "Địa bàn",
    "aspect": "Chỉ tiêu hay kết quả",
    "author": "Người soát",
    "before": "Trước",
    "before_page": "Trang trước",
    "before_section": "Mục trước",
    "change": "Thay đổi",
    "changes": "Sửa thành",
    "charged": "Được giao",
    "citation_id": "Mã viện dẫn",
    "citations": "Viện dẫn",
    "cited_by": "Được viện dẫn trong",
    "cited_id": "Mã văn bản",
    "code": "Mã lỗi",
    "collective": "Tập thể",
    "comparator": "So sánh",
    "correction_id": "Mã lần soát",
    "count": "Số lượng",
    "current_agency": "Cơ quan giữ hiện nay",
    "current_candidates": "Cơ quan có thể giữ",
    "current_chain": "Chuyển giao",
    "current_members": "Gồm",
    "current_why": "Vì sao",
    "deadlines": "Thời hạn",
    "detail": "Chi tiết",
    "doc_type": "Loại",
    "document": "Văn bản",
    "document_id": "Mã",
    "documents": "Số văn bản",
    "draft": "Dự thảo",
    "due_status": "Tình trạng hạn",
    "end": "Đến",
    "effective_on": "Ngày hiệu lực",
    "evidence": "Căn cứ",
    "expected": "Đúng ra",
    "expired_on": "Ngày hết hiệu lực",
    "figure_id": "Mã số liệu",
    "file": "Tệp",
    "files": "Số tệp",
    "accepted": "Lý do chấp nhận",
    "finding": "Phát hiện",
    "finding_id": "Mã phát hiện",
    "findings": "Phát hiện",
    "finished_at": "Lúc",
    "format": "Định dạng",
    "from": "Từ ngày",
    "gap": "Chênh lệch",
    "indicator": "Chỉ tiêu",
    "imported": "Do người dùng thêm",
    "issued_on": "Ngày ban hành",
    "issuer": "Nơi ban hành",
    "key": "Khóa",
    "kind": "Loại",
    "level": "Cấp",
    "lost": "Mất nguyên văn",
    "made_at": "Lúc soát",
    "marked": "Đoạn",
    "mentions": "Số lần",
    "message": "Lý do",
    "met": "Đạt",
    "month_day": "Ngày trong năm",
    "name": "Tên",
    "next_due": "Hạn kế tiếp",
    "numbers": "Số thay đổi",
    "ocr": "Đọc từ ảnh quét",
    "ocr_confidence": "Độ chắc của trang quét",
    "ocr_pages": "Trang quét",
    "of": "Trên tổng",
    "others": "Tài liệu khác",
    "outcome": "Kết quả",
    "page": "Trang",
    "pages": "Số trang",
    "paragraph_id": "Mã đoạn",
    "part": "Thành phần",
    "partners": "Phối hợp",
    "per": "Tính trên",
    "paths": "Đường dẫn",
    "period": "Kỳ",
    "pinpoint": "Điều, khoản",
    "place": "Nơi",
    "plan": "Kế hoạch",
    "plan_document_id": "Mã kế hoạch",
    "plan_due": "Hạn kế hoạch",
    "plan_late": "Kế hoạch chậm",
    "plan_on": "Ngày kế hoạch",
    "plan_page": "Trang kế hoạch",
    "plan_text": "Lời kế hoạch",
    "present": "Có",
    "quantity_ids": "Mã số liệu",
    "proposals": "Kiến nghị",
    "rank": "Hạng",
    "recurrence": "Định kỳ",
    "reason": "Lý do chấp nhận",
    "relation": "Quan hệ",
    "reopened_at": "Lúc mở lại",
    "reopened_by": "Người mở lại",
    "repealed_by": "Bãi bỏ bởi",
    "replaced_by": "Thay thế bởi",
    "repeated_by": "Được nhắc lại bởi",
    "repeats": "Nhắc lại",
    "report": "Báo cáo",
    "report_document_id": "Mã báo cáo",
    "report_due": "Hạn báo cáo",
    "report_late": "Báo cáo chậm",
    "report_on": "Ngày báo cáo",
    "report_to": "Báo cáo",
    "result": "Thực hiện",
    "reviewed": "Đã soát",
    "role": "Vai trò",
    "same_as": "Trùng với mã",
    "section": "Mục",
    "severity": "Mức",
    "source": "Nguồn",
    "share": "Tỷ lệ đạt (%)",
    "signer": "Người ký",
    "similarity": "Độ giống",
    "stage": "Bước",
    "start": "Từ",
    "status": "Tình trạng",
    "strength": "Độ chắc",
    "symbol": "Số, ký hiệu",
    "target": "Kế hoạch giao",
    "task_id": "Mã việc",
    "tasks": "Nhiệm vụ",
    "text": "Nội dung",
    "title": "Trích yếu",
    "to": "Đến ngày",
    "twins": "Bản khác",
    "type": "Loại",
    "undone_at": "Lúc hoàn tác",
    "undone_by": "Người hoàn tác",
    "unit": "Đơn vị",
    "use": "Dùng để",
    "verified": "Đã đối chiếu",
    "value": "Giá trị",
    "value_max": "Giá trị cao",
    "view": "Mặt",
    "was": "Trước khi sửa",
}

#: What the roles of sections are called.
SECTION_ROLES = {
    "legal_basis": "Căn cứ", "context": "Bối cảnh", "purpose_requirements": "Mục đích, yêu cầu",
    "objectives": "Mục tiêu", "targets": "Chỉ tiêu", "tasks_solutions": "Nhiệm vụ, giải pháp", "funding": "Kinh phí",
    "implementation": "Tổ chức thực hiện", "agency_assignment": "Phân công cơ quan", "direction": "Chỉ đạo",
    "results": "Kết quả", "assessment": "Đánh giá", "achievements": "Ưu điểm", "limitations": "Hạn chế",
    "causes": "Nguyên nhân", "lessons": "Bài học kinh nghiệm", "outlook": "Phương hướng",
    "recommendations": "Kiến nghị, đề xuất", "appendix": "Phụ lục", "other": "Khác",
}  # fmt: skip

#: What findings are called, in the order in which pages list them.
KINDS = {
    "task": "nhiệm vụ", "citation": "viện dẫn", "date": "thời gian", "quantity": "số liệu", "agency": "cơ quan",
    "section": "bố cục", "header": "thể thức",
}  # fmt: skip
TASK_ROLES = {"lead": "chủ trì", "coordinate": "phối hợp", "direct": "chỉ đạo", "propose": "đề nghị"}
_LEVELS = {"central": "trung ương", "province": "tỉnh", "district": "huyện", "commune": "xã"}

#: What the codes of a column say in Vietnamese.
CODES = {
    "action": {"accept": "nhận là đúng", "correct": "sửa", "merge": "gộp tên cơ quan", "dismiss": "bỏ"},
    "finding": FINDINGS,
    "findings": FINDINGS,
    "recurrence": {
        "yearly": "hằng năm",
        "half_yearly": "6 tháng một lần",
        "quarterly": "hằng quý",
        "monthly": "hằng tháng",
        "weekly": "hằng tuần",
    },
    "reviewed": {"accepted": "đã soát", "corrected": "đã sửa"},
    "kind": KINDS
    | {
        "day": "ngày",
        "month": "tháng",
        "quarter": "quý",
        "half_year": "nửa năm",
        "nine_months": "9 tháng",
        "year": "năm",
        "period": "giai đoạn",
    },
    "severity": SEVERITIES,
    "role": TASK_ROLES | SECTION_ROLES,
    "aspect": {"target": "chỉ tiêu", "result": "kết quả", "baseline": "mốc so sánh", "change": "tăng, giảm"},
    "comparator": {"=": "bằng", ">": "trên", ">=": "từ … trở lên", "<": "dưới", "<=": "không quá", "~": "khoảng"},
    "change": {"added": "thêm", "dropped": "bỏ", "moved": "chuyển chỗ", "changed": "sửa"},
    "due_status": {"overdue": "đã quá hạn", "upcoming": "sắp tới"},
    "status": {
        "plan_and_report": "có kế hoạch, báo cáo",
        "plan": "mới có kế hoạch",
        "report": "có báo cáo",
        "other": "có văn bản khác",
        "none": "chưa trả lời",
        "in_force": "còn hiệu lực",
        "not_yet": "chưa có hiệu lực",
        "amended": "đã được sửa đổi",
        "partly_expired": "hết hiệu lực một phần",
        "expired": "hết hiệu lực",
        "unknown": "chưa rõ",
    },
    "verified": {"identity": "số, ngày và nơi ban hành", "force": "hiệu lực"},
    "relation": {
        "before": "trước",
        "after": "sau",
        "until": "đến hết",
        "on": "đúng",
        "from": "từ",
        "basis": "căn cứ",
        "implements": "thực hiện",
        "amends": "sửa đổi",
        "replaces": "thay thế",
        "repeals": "bãi bỏ",
        "guides": "hướng dẫn",
        "mentions": "nhắc đến",
    },
    "agency_level": _LEVELS,
    "level": _LEVELS,
    "stage": {"hash": "mở tệp", "extract": "đọc chữ", "recognise": "nhận dạng", "load": "ghi vào kho"},
    "outcome": {"running": "đang đọc", "done": "đã đọc", "failed": "lỗi", "stopped": "dừng giữa chừng"},
    "view": {
        "cited": "viện dẫn nhiều",
        "agencies": "nhiều nhiệm vụ",
        "topics": "lĩnh vực",
        "places": "địa bàn",
        "proposals": "kiến nghị lặp lại",
    },
}

#: What the sheets of a workbook are called.
SHEETS = {
    "documents": "Văn bản", "tasks": "Nhiệm vụ", "citations": "Viện dẫn", "cited_documents": "Văn bản được viện dẫn",
    "dates": "Thời gian", "quantities": "Số liệu", "agencies": "Cơ quan", "errors": "Tệp lỗi", "audit": "Kiểm tra",
    "accepted": "Đã chấp nhận",
    "compare": "So sánh", "search": "Tìm kiếm", "reviews": "Đã soát", "review": "Đã soát", "overview": "Tổng quan",
    "status": "Tình trạng", "catalogue": "Danh mục pháp lý", "list": "Danh mục pháp lý", "": "Danh sách",
}  # fmt: skip

#: Columns that hold days.
DAYS = {
    "issued_on", "effective_on", "expired_on", "next_due", "plan_due", "plan_on", "report_due", "report_on",
    "from", "to",
}  # fmt: skip
#: Columns that hold days with their time.
MOMENTS = {"finished_at", "made_at", "undone_at", "reopened_at"}
_SCALES = (("tỷ đồng", 1e9), ("triệu đồng", 1e6))
_EXACTLY = 1e-6
#: Columns that hold numbers as documents write them.
FIGURES = {"value", "value_max", "of", "target", "result", "share", "gap"}


def plain(value: Any) -> str:
    """A value of a field as one line for people: lists parted by ``; ``, dates and cited documents by their words."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, list):
        return "; ".join(plain(v) for v in value)
    if isinstance(value, dict):
        return str(value.get("text") or value.get("document") or ", ".join(f"{k} {v}" for k, v in value.items()))
    return str(value)


def worded(column: str, value: Any) -> str:
    """A value as Vietnamese papers write it: codes in words, days and figures in their form."""
    if column in CODES and isinstance(value, list | tuple):
        return "; ".join(CODES[column].get(v) or str(v) for v in value)
    words = plain(value)
    if column in CODES:
        return CODES[column].get(words, words)
    if column in MOMENTS:
        return moment(words)
    if column in DAYS:
        return day(words)
    return number(value) if column in FIGURES and isinstance(value, int | float) else words


def day(text: str) -> str:
    """A day as Vietnamese papers write it; anything else as it is."""
    try:
        return f"{date.fromisoformat(text):%d/%m/%Y}" if len(text) == 10 else text
    except ValueError:
        return text


def moment(text: str) -> str:
    """A moment of this machine's clock; anything else as it is."""
    try:
        return f"{datetime.fromisoformat(text).astimezone():%H:%M %d/%m/%Y}"
    except ValueError:
        return text


def compared(value: str, comparator: str) -> str:
    """A number in words with how it compares: ``dưới 3``, ``từ 6 trở lên``."""
    words = CODES["comparator"].get(comparator, comparator)
    if comparator == "=":
        return value
    return words.replace("…", value) if "…" in words else f"{words} {value}"


def money_scale(unit: str, values: Iterable[float | None]) -> tuple[str, float]:
    """The unit in which sums of money are read best, and its size: the largest in which none needs three decimals.

    Other units stay as they are.
    """
    head, _, rest = unit.partition("/")
    known = [abs(v) for v in values if v]
    for name, size in _SCALES if head == "đồng" and known else ():
        if max(known) >= size and all(abs(v / size * 100 - round(v / size * 100)) < _EXACTLY for v in known):
            return "/".join(filter(None, (name, rest))), size
    return unit, 1


def over(value: float | None, size: float) -> float | None:
    """A value in units of a size; null stays null."""
    return None if value is None else value / size if size > 1 else value


def number(of: float) -> str:
    """A number with a comma before decimals and points between thousands."""
    text = f"{of:,.10g}" if isinstance(of, float) else f"{of:,}"
    return text.translate(str.maketrans(",.", ".,"))
