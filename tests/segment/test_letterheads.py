"""Letterheads and closings of many forms are read as an official would read them (``letterheads.txt``)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.analyse import analyse
from pipeline.model import Header
from pipeline.names import toned

SHORT = {
    "%": ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"],
    "@": ["ĐẢNG CỘNG SẢN VIỆT NAM"],
}
TEXTS = [
    [
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;",
        "I. MỤC ĐÍCH, YÊU CẦU",
        "1. Mục đích",
        "Nâng cao nhận thức của cán bộ, công chức về công tác được giao.",
        "Trên đây là nội dung, đề nghị các cơ quan, đơn vị nghiêm túc thực hiện./.",
    ],
    [
        "Thực hiện Công văn số 120/SNV-TCBC ngày 14/01/2021 của Sở Nội vụ về việc báo cáo kết quả, "
        "cơ quan xin báo cáo như sau:",
        "1. Công tác chỉ đạo",
        "Đã ban hành 12 văn bản chỉ đạo, đôn đốc các đơn vị thực hiện.",
        "2. Khó khăn, vướng mắc",
        "Kinh phí còn hạn chế./.",
    ],
    [
        "Để bảo đảm tiến độ, đề nghị các cơ quan, đơn vị tập trung thực hiện một số nội dung sau:",
        "- Tăng cường công tác tuyên truyền, phổ biến đến cán bộ, nhân dân.",
        "- Báo cáo kết quả trước ngày 25/12./.",
    ],
]
MARKS = {"t": "title", "o": "on_behalf_of", "c": "capacity", "p": "position", "n": "name", "r": "recipients"}


def _document(written: str, number: int) -> tuple[str, dict[str, str]]:
    """The text of a document written in short, and what its marked lines say."""
    lines: list[str] = []
    said: dict[str, str] = {}
    for line in written.split("|"):
        if mark := re.match("([tocpn]):", line):
            field = MARKS[mark[1]]
            said[field] = f"{said['title']} {line[2:]}" if field == "title" and "title" in said else line[2:]
            line = line[2:]
        lines += TEXTS[number % len(TEXTS)] if line == "..." else SHORT.get(line, [line])
    at = next((i for i, line in enumerate(lines) if line.startswith("Nơi nhận")), len(lines))
    named = [line for line in lines[at + 1 :] if line.strip()]
    last = next((i for i, line in enumerate(named) if not line.startswith("- ")), len(named))
    said["recipients"] = ";".join(line[2:].strip(" ;.,") for line in named[:last])
    return "\n".join(lines) + "\n", said


def _documents() -> Iterator[Any]:
    lines = Path(__file__).with_name("letterheads.txt").read_text(encoding="utf-8").splitlines()
    lines = [line for line in lines if line and not line.startswith("#")]
    for number, (written, told) in enumerate(zip(lines[::2], lines[1::2], strict=True)):
        text, said = _document(written, number)
        fields = told.removeprefix("= ").split("|")
        said |= dict(zip(("doc_type", "symbol", "issuer", "place", "issued_on"), fields[:5], strict=True))
        for more in fields[5:]:
            key, _, value = more.partition("=")
            said[MARKS.get(key, key)] = value or "yes"
        # What is not read as it should be yet is told, and a test that passes unawares is too.
        marks = [pytest.mark.xfail(strict=True)] if said.pop("missed", None) else []
        yield pytest.param(text, said, id=f"{number}-{written.split('|')[0].strip()}", marks=marks)


def _read(header: Header) -> dict[str, str | None]:
    signer = header.signer
    return {
        "doc_type": header.doc_type,
        "symbol": header.symbol,
        "issuer": header.issuer,
        "place": header.place,
        "issued_on": header.issued_on.isoformat() if header.issued_on else None,
        "draft": "yes" if header.draft else None,
        "title": header.title,
        "on_behalf_of": signer.on_behalf_of,
        "capacity": signer.capacity,
        "position": signer.position,
        "name": signer.name,
        "recipients": ";".join(header.recipients),
    }


@pytest.mark.parametrize(("text", "said"), list(_documents()))
def test_a_letterhead_and_a_closing(text: str, said: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "van-ban.txt"
    path.write_text(text, encoding="utf-8")
    read = _read(analyse(path).header)
    wrong = {
        field: (got, said.get(field))
        for field, got in read.items()
        if toned(got or "") not in [toned(either) for either in said.get(field, "").split("~")]
    }
    assert not wrong
