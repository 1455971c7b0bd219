"""Dates: points, lists, periods, relations, recurrence, and what is none."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.annotate.dates import find_dates
from pipeline.model import Cell, Context, DateMention, Frame, Header, Paragraph, TableText, Text, ZoneSpan

ISSUED = Context(issued_on=date(2025, 11, 20), year=2025, doc_type="BC")
UNDATED = Context()


def text_of(*paragraphs: str) -> Text:
    spans, offset = [], 0
    for p in paragraphs:
        spans.append(Paragraph(offset, offset + len(p)))
        offset += len(p) + 1
    return Text("\n".join(paragraphs), spans)


def body(text: Text) -> Frame:
    return Frame(Header(), [ZoneSpan("body", 0, len(text.text))])


def dates(words: str, context: Context = UNDATED) -> list[DateMention]:
    text = text_of(words)
    found = find_dates(text, body(text), context)
    assert all(text.text[d.start : d.end] == d.text for d in found)
    return found


def brief(d: DateMention) -> tuple[str, str | None, str | None]:
    return d.kind, d.from_ and d.from_.isoformat(), d.to and d.to.isoformat()


@pytest.mark.parametrize(
    ("words", "text", "kind", "first", "last"),
    [
        ("ký ngày 01/8/2007 tại", "ngày 01/8/2007", "day", "2007-08-01", "2007-08-01"),
        ("họp ngày 14 tháng 01 năm 2021của", "ngày 14 tháng 01 năm 2021", "day", "2021-01-14", "2021-01-14"),
        ("xong ngày 31-12-2025.", "ngày 31-12-2025", "day", "2025-12-31", "2025-12-31"),
        ("Tam Nông, ngày    tháng 3 năm 2023", "tháng 3 năm 2023", "month", "2023-03-01", "2023-03-31"),
        ("T2/2024 đạt", "T2/2024", "month", "2024-02-01", "2024-02-29"),
        ("xong Quí IV-2025", "Quí IV-2025", "quarter", "2025-10-01", "2025-12-31"),
        ("từ ngày 19/02/2025 đến trước ngày 01/10/2025", None, "period", "2025-02-19", "2025-09-30"),
        ("báo cáo Quý I/2026", "Quý I/2026", "quarter", "2026-01-01", "2026-03-31"),
        ("kết quả 6 tháng đầu năm 2023", "6 tháng đầu năm 2023", "half_year", "2023-01-01", "2023-06-30"),
        ("6 tháng cuối năm 2023", "6 tháng cuối năm 2023", "half_year", "2023-07-01", "2023-12-31"),
        ("9 tháng năm 2024", "9 tháng năm 2024", "nine_months", "2024-01-01", "2024-09-30"),
        ("10 tháng đầu năm 2024", "10 tháng đầu năm 2024", "period", "2024-01-01", "2024-10-31"),
        ("chỉ tiêu NĂM 2021", "NĂM 2021", "year", "2021-01-01", "2021-12-31"),
        ("giai đoạn 2021- 2025", "giai đoạn 2021- 2025", "period", "2021-01-01", "2025-12-31"),
        ("vốn trung hạn 2026 – 2030", "2026 – 2030", "period", "2026-01-01", "2030-12-31"),
        ("kế hoạch 05 năm 2021-2025", "2021-2025", "period", "2021-01-01", "2025-12-31"),
        ("từ năm 2021 đến năm 2025", "từ năm 2021 đến năm 2025", "period", "2021-01-01", "2025-12-31"),
        ("Từ ngày 16-20/11/2025", "Từ ngày 16-20/11/2025", "period", "2025-11-16", "2025-11-20"),
        ("từ ngày 08 đến ngày 10 tháng 12 năm 2025", None, "period", "2025-12-08", "2025-12-10"),
        ("từ tháng 11 đến tháng 2/2026", None, "period", "2025-11-01", "2026-02-28"),
        ("quý I-II/2026", "quý I-II/2026", "period", "2026-01-01", "2026-06-30"),
        ("từ nay đến hết năm 2025", "đến hết năm 2025", "year", "2025-01-01", "2025-12-31"),
        ("đến ngày 31/02/2025", "đến ngày 31/02/2025", "day", None, None),
    ],
)
def test_one_date(words: str, text: str | None, kind: str, first: str | None, last: str | None) -> None:
    (found,) = dates(words)
    assert (found.text, *brief(found)) == (text or words, kind, first, last)


def test_lists_are_taken_apart() -> None:
    assert [(d.text, d.from_ and d.from_.year) for d in dates("các năm 2021, 2022 và 2023")] == [
        ("năm 2021", 2021),
        ("2022", 2022),
        ("2023", 2023),
    ]
    found = dates("chi trả tháng 12 năm 2025, tháng 01 và tháng 02 năm 2026")
    assert [brief(d)[1] for d in found] == ["2025-12-01", "2026-01-01", "2026-02-01"]
    assert [brief(d)[1] for d in dates("họp ngày 26 và 27/11/2025")] == ["2025-11-26", "2025-11-27"]


@pytest.mark.parametrize(
    ("words", "relation", "text"),
    [
        ("nộp trước ngày 10/6/2025", "before", "trước ngày 10/6/2025"),
        ("nộp trước 16h00 ngày 12/5/2025", "before", "trước 16h00 ngày 12/5/2025"),
        ("phấn đấu đến năm 2030", "until", "đến năm 2030"),
        ("chậm nhất là ngày 30/6/2025", "until", "chậm nhất là ngày 30/6/2025"),
        ("từ nay đến cuối năm 2025", "until", "năm 2025"),
        ("hiệu lực kể từ ngày 01 tháng 01 năm 2026", "from", "kể từ ngày 01 tháng 01 năm 2026"),
        ("báo cáo trong tháng 11 năm 2025", "on", "trong tháng 11 năm 2025"),
        ("ban hành sau ngày 05/3/2025", "after", "sau ngày 05/3/2025"),
        ("ban hành ngày 05/3/2025", None, "ngày 05/3/2025"),
    ],
)
def test_relations(words: str, relation: str | None, text: str) -> None:
    (found,) = dates(words)
    assert (found.relation, found.text) == (relation, text)


@pytest.mark.parametrize(
    ("words", "month_days", "recurrences"),
    [
        ("Hằng năm báo cáo kết quả trước ngày 5/12 để tổng hợp", ["12-05"], ["yearly"]),
        (
            "định kỳ 6 tháng (trước ngày 15/6), hằng năm (trước ngày 15/12)",
            ["06-15", "12-15"],
            ["half_yearly", "yearly"],
        ),
        ("báo cáo trước ngày 20 hằng tháng", [None], ["monthly"]),
        (
            "- Báo cáo năm: Các cơ quan gửi Sở trước ngày 15/12; Sở tổng hợp trước ngày 20/12",
            ["12-15", "12-20"],
            ["yearly", "yearly"],
        ),
        ("- Báo cáo 6 tháng: Các cơ quan gửi trước ngày 05/7", ["07-05"], ["half_yearly"]),
        ("trước ngày 01/6 và 15/11 hằng năm", ["06-01", "11-15"], ["yearly", "yearly"]),
    ],
)
def test_what_comes_back_has_no_year(words: str, month_days: list[str | None], recurrences: list[str]) -> None:
    found = dates(words, ISSUED)
    assert [(d.month_day, d.recurrence, d.relation) for d in found] == [
        (m, r, "before") for m, r in zip(month_days, recurrences, strict=True)
    ]
    assert all(d.from_ is None and d.to is None for d in found)


def test_a_day_with_a_name_has_no_year() -> None:
    (day,) = dates("hưởng ứng Ngày Quốc tế Người cao tuổi (ngày 01/10).", ISSUED)
    assert (day.month_day, day.from_) == ("10-01", None)


def test_an_undated_day_takes_the_year_of_its_document() -> None:
    assert brief(dates("từ ngày 01/7 đến nay", ISSUED)[0]) == ("day", "2025-07-01", "2025-07-01")
    assert brief(dates("nộp trước ngày 15/01", ISSUED)[0]) == ("day", "2026-01-15", "2026-01-15")
    assert dates("nộp trước ngày 15/01")[0].month_day == "01-15"
    standing = Context(issued_on=date(2025, 11, 20), year=2025, doc_type="QĐ", standing=True)
    assert brief(dates("nộp trước ngày 15/12", standing)[0]) == ("day", None, None)


def test_months_alone_are_a_period_only_where_the_document_says_so() -> None:
    found = dates("Trong 10 tháng đầu năm 2025, thu tăng. Lũy kế 10 tháng đạt khá. Thời hạn 10 tháng.", ISSUED)
    assert [d.text for d in found] == ["10 tháng đầu năm 2025", "10 tháng"]
    assert [d.text for d in dates("Sau 10 tháng hoạt động", ISSUED)] == []


@pytest.mark.parametrize(
    "words",
    [
        "Nghị định số 126/2007/NĐ-CP",
        "Luật số 12/2025",
        "có 02/5 người đạt 40%",
        "hoạt động 24/7",
        "trong 03 năm qua",
        "hằng năm, định kỳ 6 tháng",
        "theo Điều 5, khoản 3",
        "TCVN 6909:2001",
        "rằm 15 tháng 4 âm lịch",
        "dân số 2.025 người",
    ],
)
def test_what_is_no_date(words: str) -> None:
    assert dates(words, ISSUED) == []


def test_zones_and_cells() -> None:
    text = text_of("Quảng Trị, ngày 05 tháng 3 năm 2025", "Nội dung", "Lưu: VT (ngày 06/3/2025)")
    frame = Frame(
        Header(),
        [ZoneSpan("letterhead", 0, 36), ZoneSpan("body", 36, 45), ZoneSpan("closing", 45, len(text.text))],
    )
    assert [d.text for d in find_dates(text, frame, UNDATED)] == ["ngày 05 tháng 3 năm 2025"]
    table = Text(
        "Việc | 2026",
        [Paragraph(0, 11, table=0, row=0, cells=[Cell(0, 4, 0), Cell(7, 11, 1)])],
        tables=[TableText(start=0, end=11, header=["Nội dung", "Năm hoàn thành"], rows=[["Việc", "2026"]])],
    )
    assert [brief(d) for d in find_dates(table, body(table), UNDATED)] == [("year", "2026-01-01", "2026-12-31")]


DAYS = st.dates(date(1990, 1, 1), date(2049, 12, 31))
SPACE = st.sampled_from([" ", "  ", "\u00a0"])
LEAD = st.sampled_from(["", "kết quả", "- Thực hiện", "theo Kế hoạch số 12/KH-UBND", "(đã họp"])
TAIL = st.sampled_from(["", ".", ";", ") của Ủy ban", ", trong đó 35 hộ", "của Sở"])


@given(day=DAYS, space=SPACE, lead=LEAD, tail=TAIL, padded=st.booleans(), form=st.sampled_from("/-.w"))
def test_a_day_reads_back(day: date, space: str, lead: str, tail: str, padded: bool, form: str) -> None:
    d, m = (f"{n:02d}" if padded else str(n) for n in (day.day, day.month))
    if form == "w":
        written = f"ngày{space}{d}{space}tháng{space}{m}{space}năm{space}{day.year}"
    else:
        written = f"ngày{space}{d}{form}{m}{form}{day.year}"
    (found,) = dates(f"{lead} {written}{tail}")
    assert (found.from_, found.to, found.text) == (day, day, written)


@given(
    first=DAYS,
    length=st.integers(1, 900),
    dash=st.sampled_from([" đến ", " - ", "–", " — ", " đến hết "]),
    lead=LEAD,
)
def test_a_period_reads_back(first: date, length: int, dash: str, lead: str) -> None:
    last = first + timedelta(days=length)
    if (first.day, first.month) == (last.day, last.month):
        last += timedelta(days=1)
    words = f"{lead} từ ngày {first:%d/%m/%Y}{dash}ngày {last:%d/%m/%Y}"
    (found,) = dates(words)
    assert (found.kind, found.from_, found.to) == ("period", first, last)


@given(st.text(alphabet="ngàythángnămquýIVtừđến 0123456789/-.,()\u00a0", max_size=80))
def test_anything_goes_in(words: str) -> None:
    for found in dates(words, ISSUED):
        assert (found.from_ is None) == (found.to is None)
        assert found.from_ is None or found.to is None or found.from_ <= found.to
