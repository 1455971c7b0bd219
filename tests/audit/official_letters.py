"""Letters of invented offices around passages that a test tells, as Word files that the whole way through can read."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import NamedTuple

from docx import Document

TYPES = {"KH": "KẾ HOẠCH", "BC": "BÁO CÁO", "QĐ": "QUYẾT ĐỊNH"}


class Letter(NamedTuple):
    """One official document: who issues it, its type's code, its symbol and day, and its lines."""

    issuer: str
    kind: str
    symbol: str
    on: date
    lines: tuple[str, ...]


def letters(text: str, on: date, kind: str = "KH", issuer: str = "Ủy ban nhân dân tỉnh Sơn La") -> list[Letter]:
    """The letters of a case: one, or several that lines ``=== issuer; kind; symbol; day`` begin."""
    if not text.startswith("==="):
        return [Letter(issuer, kind, f"57/{kind}-UBND", on, tuple(text.strip().splitlines()))]
    found = []
    for part in text.split("=== ")[1:]:
        head, *lines = part.strip().splitlines()
        who, what, symbol, day = (word.strip() for word in head.split(";"))
        found.append(Letter(who, what, symbol, date.fromisoformat(day), tuple(lines)))
    return found


def write(letter: Letter, path: Path) -> None:
    """The letter as a Word file in the form of Nghị định 30/2020/NĐ-CP."""
    word = Document()
    place = re.sub(r"^.*?(tỉnh|huyện) ", "", letter.issuer)
    head = word.add_table(2, 2)
    head.cell(0, 0).text = letter.issuer.upper()
    head.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    head.cell(1, 0).text = f"Số: {letter.symbol}"
    head.cell(1, 1).text = f"{place}, ngày {letter.on.day:02} tháng {letter.on.month:02} năm {letter.on.year}"
    word.add_paragraph(TYPES[letter.kind])
    word.add_paragraph("Về công tác lao động, việc làm và giảm nghèo")
    rows: list[list[str]] = []
    for line in (*letter.lines, ""):
        if " | " in line:
            rows.append([cell.strip() for cell in line.split("|")])
            continue
        if rows:
            table = word.add_table(len(rows), len(rows[0]))
            table.style = "Table Grid"
            for r, row in enumerate(rows):
                for c, cell in enumerate(row):
                    table.cell(r, c).text = cell
            rows = []
        if line:
            word.add_paragraph(line)
    foot = word.add_table(1, 2)
    foot.cell(0, 0).text = "Nơi nhận:\n- Như trên;\n- Lưu: VT."
    foot.cell(0, 1).text = "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\n\nNguyễn Văn An"
    word.save(str(path))
