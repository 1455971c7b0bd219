"""Statements of figures in the builds that officials use: faults are found, look-alikes are left alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from test_sentences import blocks

from pipeline.analyse import recognise
from pipeline.audit.figures import audit_figures
from pipeline.model import Line, Source

STATEMENTS = Path(__file__).with_name("statements.txt")
FINDINGS = {"P": "wrong_percentage", "S": "wrong_sum", "C": "conflicting_figure", "D": "impossible_date"}
RECALL, PRECISION = 0.95, 0.98

BEFORE = (
    "ỦY BAN NHÂN DÂN", "HUYỆN PHÚ KHÊ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
    "Số: 412/BC-UBND", "Phú Khê, ngày 20 tháng 12 năm 2024", "BÁO CÁO", "Kết quả thực hiện nhiệm vụ năm 2024",
    "Thực hiện sự chỉ đạo của Ủy ban nhân dân tỉnh, Ủy ban nhân dân huyện báo cáo như sau:", "I. KẾT QUẢ THỰC HIỆN",
    "1. Kết quả đạt được",
)  # fmt: skip
AFTER = (
    "2. Tồn tại, hạn chế", "Công tác phối hợp giữa các ngành có lúc chưa chặt chẽ.", "II. NHIỆM VỤ TRỌNG TÂM",
    "Tiếp tục đẩy mạnh công tác tuyên truyền đến các thôn, bản.", "Trên đây là báo cáo của Ủy ban nhân dân huyện./.",
    "Nơi nhận:", "- UBND tỉnh;", "- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Nguyễn Văn An",
)  # fmt: skip


def statements() -> Iterator[tuple[str, str]]:
    """Each statement with its verdict."""
    for line in STATEMENTS.read_text(encoding="utf-8").splitlines():
        if line[:1] in {*FINDINGS, "="}:
            yield line[0], line[2:]


def accused(text: str) -> set[str]:
    """What is said of a statement inside a small report."""
    lines = [Line(b, whole=True) if isinstance(b, str) else b for b in (*BEFORE, *blocks(text), *AFTER)]
    found = audit_figures(recognise(Source("a.docx", "0", "docx", lines)), 1)
    return {f.finding for f in found if f.severity != "info"}


def test_statements_are_judged_as_an_official_would() -> None:
    missed, wrong, right = [], [], 0
    for verdict, text in statements():
        names = accused(text)
        meant = FINDINGS.get(verdict)
        right += meant in names
        if meant and meant not in names:
            missed.append(text)
        if names - {meant}:
            wrong.append(text)
    assert right / (right + len(missed)) >= RECALL, "\n".join(missed)
    assert right / (right + len(wrong)) >= PRECISION, "\n".join(wrong)
