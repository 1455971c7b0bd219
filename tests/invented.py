"""Documents of our own invention, for tests that need one without reading a file."""

from __future__ import annotations

import hashlib
from typing import Any

from pipeline.model import (
    AgencyMention,
    Citation,
    DateMention,
    Document,
    Header,
    PageSpan,
    Quantity,
    Section,
    SourceInfo,
    TableText,
    Task,
)

PHONG = "Phòng Lao động - Thương binh và Xã hội huyện Phong Thổ"
XA = "Ủy ban nhân dân các xã, thị trấn"

LINES = (
    "KẾ HOẠCH Tổ chức ngày hội việc làm năm 2024",
    "Căn cứ Nghị định số 70/2023/NĐ-CP ngày 18/9/2023 của Chính phủ;",
    "II. TỔ CHỨC THỰC HIỆN",
    "1. Phòng LĐ-TB&XH",
    "Chủ trì, phối hợp với UBND các xã, thị trấn đào tạo 120 người trước ngày 10/6/2024.",
    "UBND các xã, thị trấn báo cáo kết quả trước ngày 05/12 hằng năm.",
    "Xã | Số người",
    "Mường So | 30",
)
TEXT = "\n".join(LINES)


def _at(words: str, **fields: Any) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"text": words, "start": start, "end": start + len(words), **fields}


def document(
    text: str = TEXT, name: str = "ke-hoach.txt", symbol: str | None = "15/KH-UBND", district: str = "Phong Thổ"
) -> Document:
    """A plan of a district with two tasks; ``text`` after the standard one makes another content of it."""
    office = PHONG.replace("Phong Thổ", district)
    heading, office_heading = LINES[2], LINES[3]
    return Document(
        source=SourceInfo(
            name=name, sha256=hashlib.sha256(f"{text}{symbol}{district}".encode()).hexdigest(), format="txt", pages=2
        ),
        text=text,
        pages=[
            PageSpan(page=1, start=0, end=text.index(LINES[4])),
            PageSpan(page=2, start=text.index(LINES[4]), end=len(text)),
        ],
        header=Header(
            doc_type="KH",
            symbol=symbol,
            issuer=f"Ủy ban nhân dân huyện {district}",
            title="Tổ chức ngày hội việc làm năm 2024",
            place=district,
            issued_on="2024-03-01",  # type: ignore[arg-type]
            recipients=["Như trên", "Lưu: VT"],
            legal_bases=[0],
        ),
        sections=[
            Section(
                id=1,
                level=1,
                label="II",
                heading="TỔ CHỨC THỰC HIỆN",
                **_at(heading),
                body_start=text.index(LINES[3]),
                body_end=len(text),
                role="implementation",
            ),
            Section(
                id=2,
                parent=1,
                level=2,
                label="1",
                heading="Phòng LĐ-TB&XH",
                **_at(office_heading),
                body_start=text.index(LINES[4]),
                body_end=text.index(LINES[5]),
                role="agency_assignment",
            ),
        ],
        citations=[
            Citation(
                **_at("Nghị định số 70/2023/NĐ-CP ngày 18/9/2023 của Chính phủ"),
                doc_type="NĐ",
                symbol="70/2023/NĐ-CP",
                issued_on="2023-09-18",  # type: ignore[arg-type]
                issuer="Chính phủ",
                relation="basis",
                key="NĐ 70/2023/NĐ-CP",
                pinpoint={"điều": "5"},
            )
        ],
        dates=[
            DateMention(**_at("trước ngày 10/6/2024", section=2), kind="day", **_days("2024-06-10"), relation="before"),
            DateMention(
                **_at("trước ngày 05/12 hằng năm", section=1),
                kind="day",
                month_day="12-05",
                relation="before",
                recurrence="yearly",
            ),
        ],
        quantities=[
            Quantity(**_at("120 người", section=2), value=120, unit="người", aspect="target"),
            Quantity(**_at("30", section=1, table=0, row=0, column=1), value=30, unit="người"),
        ],
        agencies=[
            AgencyMention(**_at("Phòng LĐ-TB&XH", section=2), name=office, key="pldtbxh", level="district"),
            AgencyMention(**_at("UBND các xã, thị trấn", section=2), name=XA, level="commune", collective=True),
        ],
        tasks=[
            Task(**_at(LINES[4], section=2), agency=office, agencies=[office], partners=[XA], deadlines=[0]),
            Task(
                **_at(LINES[5], section=1),
                agency=XA,
                agencies=[XA, office],
                deadlines=[1],
                report_to=f"Ủy ban nhân dân huyện {district}",
            ),
        ],
        tables=[
            TableText(start=text.index(LINES[6]), end=len(TEXT), header=["Xã", "Số người"], rows=[["Mường So", "30"]])
        ],
    )


def _days(day: str) -> dict[str, Any]:
    return {"from_": day, "to": day}
