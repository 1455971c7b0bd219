"""Citations, dates, quantities and agencies made at random, laid out and spoiled as files spoil them, read back whole.

Here everything after extraction runs: lines are joined, letters composed, zones and context found. What is made is
told by its values; noise changes how it is written, never what it says.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

import patterns
from pipeline.analyse import recognise
from pipeline.evaluate import plain, plain_symbol
from pipeline.model import Document, Line, Source

LETTERHEAD = [
    "ỦY BAN NHÂN DÂN", "TỈNH LÂM GIANG", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
    "Số: 38/KH-UBND", "Lâm Giang, ngày 25 tháng 01 năm 2024", "KẾ HOẠCH", "Giải quyết việc làm năm 2024",
]  # fmt: skip
FILLER = (
    "Các cơ quan, đơn vị và địa phương tiếp tục tuyên truyền chủ trương, chính sách về việc làm, nâng cao nhận thức của"
    " người dân và trách nhiệm của người đứng đầu, kịp thời tháo gỡ khó khăn trong quá trình thực hiện."
)


@dataclass
class Made:
    """What a sentence says of each kind, beside its words."""

    words: str
    citation: tuple[str, str | None, date]
    day: date
    quantity: tuple[float, float | None, str]
    agency: str


TYPES = {
    "Quyết định": "QĐ-UBND", "Kế hoạch": "KH-UBND", "Nghị quyết": "NQ-HĐND", "Chỉ thị": "CT-TTg", "Tờ trình": "TTr-STC",
}  # fmt: skip
DEPARTMENTS = sorted({r["name"] for r in patterns.rows("agencies") if r["name"].startswith("Sở ")})
UNITS = ["người", "lao động", "hộ", "học viên", "doanh nghiệp", "lớp"]
DAYS = st.dates(date(2015, 1, 1), date(2029, 12, 31))
DAY_FORMS = ["ngày {0.day:02}/{0.month:02}/{0.year}", "ngày {0.day:02} tháng {0.month:02} năm {0.year}"]
FRAMES = [
    "Thực hiện {citation}, giao {agency} hỗ trợ {quantity} trước {day}.",
    "- {agency} tham mưu triển khai {citation}; phấn đấu tư vấn cho {quantity}, hoàn thành {day}.",
    "{agency} chủ trì, phối hợp với các đơn vị liên quan đào tạo {quantity} theo {citation}, báo cáo kết quả {day}.",
]


def grouped(n: int) -> str:
    return f"{n:,}".replace(",", ".")


@st.composite
def sentences(draw: st.DrawFn) -> Made:
    name = draw(st.sampled_from(sorted(TYPES)))
    symbol = f"{draw(st.integers(1, 4000))}/{TYPES[name]}"
    issued, day = draw(DAYS), draw(DAYS)
    low, more, unit = draw(st.integers(2, 5000)), draw(st.integers(0, 900)), draw(st.sampled_from(UNITS))
    agency = draw(st.sampled_from(DEPARTMENTS))
    forms = {
        "citation": f"{name} số {symbol} ngày {issued.day:02}/{issued.month}/{issued.year}",
        "agency": agency,
        "quantity": f"từ {grouped(low)} đến {grouped(low + more)} {unit}" if more else f"{grouped(low)} {unit}",
        "day": draw(st.sampled_from(DAY_FORMS)).format(day),
    }
    return Made(
        draw(st.sampled_from(FRAMES)).format(**forms),
        (TYPES[name].partition("-")[0], plain_symbol(symbol), issued),
        day,
        (low, low + more if more else None, unit),
        f"{agency} tỉnh Lâm Giang",
    )


# --------------------------------------------------------------------------- noise

Noise = Callable[[str], str]


def older_tones(text: str) -> str:
    for new, old in (("òa", "oà"), ("óa", "oá"), ("ủy", "uỷ"), ("Ủy", "Uỷ"), ("òe", "oè")):
        text = text.replace(new, old)
    return text


NOISE: dict[str, Noise] = {
    "none": lambda text: text,
    "decomposed letters": lambda text: unicodedata.normalize("NFD", text),
    "older tone marks": older_tones,
    "double spaces": lambda text: text.replace(" ", "  "),
    "unbroken spaces": lambda text: text.replace(" ", "\u00a0"),
    "zero-width marks": lambda text: text.replace(" ", " \u200b"),
    "long dashes": lambda text: text.replace("-", "–"),
    "spaces after dashes": lambda text: text.replace("-UBND", "- UBND").replace("-HĐND", "- HĐND"),
    "spaces before slashes": lambda text: text.replace("/KH", " /KH").replace("/QĐ", " /QĐ"),
    "eth for đ": lambda text: text.replace("Đ", "Ð"),
    "glued number": lambda text: text.replace(" số ", " số"),
    "O for 0": lambda text: re.sub(r"(?<=số )\d+|\d+/\d+/\d{4}", lambda m: m[0].replace("0", "O"), text),
    "l for 1": lambda text: re.sub(r"(?<=số )\d+|(?<=ngày )\d\d(?= tháng)", lambda m: m[0].replace("1", "l"), text),
    "D for Đ": lambda text: text.replace("/QĐ-", "/QD-"),
    "stroke the wrong way": lambda text: re.sub(r"(\d)/(?=[A-ZĐ])", r"\1\\", text),
    "points in dates": lambda text: re.sub(r"(\d)/(\d+)/(\d{4})", r"\1.\2.\3", text),
    "words run together": lambda text: re.sub(r"(?<=theo|khai|hiện) (?=[A-ZĐ])", "", text),
    "comma before the date": lambda text: text.replace(" ngày 0", ", ngày 0"),
    "small heads": lambda text: re.sub(r"(?<=giao )Sở|(?<=theo )[QKNCT](?=\w+ \w+ số)", lambda m: m[0].lower(), text),
    "doubled word": lambda text: text.replace("ngày ", "ngày ngày ", 1),
}


ON_LINES = {"decomposed letters", "double spaces", "unbroken spaces", "zero-width marks"}


def laid_out(made: Made, name: str, width: int | None) -> Document:
    """The sentence in a document, in lines of a width or in whole paragraphs."""
    noise, spacing = NOISE[name], name in ON_LINES
    paragraphs = [FILLER, made.words, FILLER]
    lines = [Line(line, centred=True) for line in LETTERHEAD]
    for paragraph in paragraphs:
        written = paragraph if spacing else noise(paragraph)
        wrapped = textwrap.wrap(written, width, break_on_hyphens=True) if width else [written]
        lines += [Line(noise(line) if spacing else line, whole=width is None) for line in wrapped]
    return recognise(Source("thu.txt", "0", "txt", lines))


@given(sentences(), st.sampled_from(sorted(NOISE)), st.sampled_from([None, 64, 72, 80, 95]))
@settings(deadline=None, max_examples=250)
def test_what_was_made_is_read_back(made: Made, noise: str, width: int | None) -> None:
    document = laid_out(made, noise, width)
    first = document.text.index("thực hiện.")  # the filler before the sentence ends here
    citations, dates, quantities, agencies = (
        [item for item in items if item.start >= first]
        for items in (document.citations, document.dates, document.quantities, document.agencies)
    )
    assert [(c.doc_type, plain_symbol(c.symbol), c.issued_on) for c in citations] == [made.citation]
    assert sorted(str(d.from_) for d in dates) == sorted(map(str, (made.citation[2], made.day)))
    assert [(q.value, q.value_max, q.unit) for q in quantities] == [made.quantity]
    assert plain(made.agency) in [plain(a.name) for a in agencies]
    for item in (*document.citations, *document.dates, *document.quantities, *document.agencies):
        assert document.text[item.start : item.end] == item.text


@given(sentences())
@settings(deadline=None, max_examples=20)
def test_the_words_stay_as_they_were_written(made: Made) -> None:
    document = laid_out(made, "O for 0", None)
    assert NOISE["O for 0"](made.words) in document.text
