"""Plants faults of every kind, and clean sentences of the same form, in the samples.

Each plant is one paragraph (or one table) put into the body of a sample before it is analysed. The laws and decrees are
facts of the catalogue; the sentences and the figures are our own.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from pipeline.audit.catalogue import Entry, dated, shipped
from pipeline.extract import extract
from pipeline.model import Line, Source, Table
from pipeline.symbols import parse

SAMPLES = Path(__file__).parents[2] / "corpus" / "docx"
#: The days of the samples that carry plants; catalogue rows are chosen to be in force on them, or not.
ON, LATEST = date(2024, 12, 6), date(2024, 12, 20)
NAMES = {"NĐ": "Nghị định", "TT": "Thông tư", "QĐ": "Quyết định", "NQ": "Nghị quyết", "CT": "Chỉ thị", "Luật": "Luật"}


@dataclass
class Plant:
    """A paragraph or table to plant; ``finding`` is null for a clean one."""

    kind: str
    finding: str | None
    text: str
    table: Table | None = None
    also: tuple[str, ...] = field(default=())  # findings that the same words rightly raise besides


def _d(day: date | None) -> str:
    assert day
    return f"{day.day:02}/{day.month}/{day.year}" if day.month > 2 else f"{day:%d/%m/%Y}"


def _d_words(day: date) -> str:
    return f"ngày {day.day:02} tháng {day.month:02} năm {day.year}"


# --------------------------------------------------------------------------- citations


@cache
def _entries(kind: str) -> tuple[Entry, ...]:
    """Rows of the catalogue that can carry a plant of a kind."""
    named = [e for e in shipped() if e.identified and e.issued_on and e.title and e.doc_type in ("NĐ", "TT", "QĐ")]
    named = [e for e in named if dated(e) and parse(e.symbol) and len(e.title) < 150 and e.issuer]
    quiet = [e for e in named if not e.amended_by and not e.replaced_by and not e.expired_on]
    in_force = [e for e in quiet if e.issued_on and date(2005, 1, 1) < e.issued_on < ON]
    in_force = [e for e in in_force if not e.effective_on or e.effective_on < ON]
    if kind == "replaced":
        gone = [e for e in shipped() if "force" in e.verified and e.expired_on and e.expired_on <= ON and e.issued_on]
        return tuple(e for e in gone if e.doc_type in ("NĐ", "TT", "QĐ"))
    if kind == "coming":
        return tuple(e for e in named if e.issued_on and e.effective_on and e.issued_on <= ON < LATEST < e.effective_on)
    if kind == "future":
        return tuple(e for e in quiet if e.issued_on and e.issued_on > LATEST)
    return tuple(in_force)


def _cite(e: Entry, rng: random.Random, **change: str) -> str:
    """A mention of an entry in one of the usual forms, some part of it changed."""
    symbol, day = change.get("symbol", e.symbol), e.issued_on or ON
    told = change.get("day") or rng.choice([f"ngày {_d(day)}", _d_words(day)])
    issuer = change.get("issuer", e.issuer)
    if e.doc_type == "TT" and "issuer" not in change and rng.random() < 0.5:
        issuer = f"Bộ trưởng {issuer}" if issuer.startswith("Bộ") else issuer
    name = change.get("name", NAMES[e.doc_type])
    tail = f" {e.title[0].lower()}{e.title[1:].rstrip(' …')}" if rng.random() < 0.5 else ""
    return f"{name} số {symbol} {told} của {issuer}{tail}"


_CARRIERS = (
    "Căn cứ {};",
    "Thực hiện {}.",
    "- Triển khai thực hiện {} trên địa bàn.",
    "Việc hỗ trợ thực hiện theo {}.",
    "Các cơ quan chuyên môn đã tổ chức phổ biến {} đến cán bộ, công chức.",
)


def _carried(words: str, rng: random.Random) -> str:
    return rng.choice(_CARRIERS).format(words)


def _wrong_date(rng: random.Random) -> Plant:
    e = rng.choice(_entries("in_force"))
    day = e.issued_on or ON
    other = day + timedelta(days=rng.choice([-20, -9, -1, 1, 3, 10, 30]))
    if other.year != day.year:
        other = day + timedelta(days=3 if day.month == 1 else -3)
    return Plant("wrong_date", "wrong_date", _carried(_cite(e, rng, day=f"ngày {_d(other)}"), rng))


def _clean_citation(rng: random.Random) -> Plant:
    return Plant("citation", None, _carried(_cite(rng.choice(_entries("in_force")), rng), rng))


def _wrong_issuer(rng: random.Random) -> Plant:
    e = rng.choice(_entries("in_force"))
    bodies = ["Chính phủ", "Thủ tướng Chính phủ", "Bộ Tài chính", "Bộ Y tế", "Bộ Tư pháp", "Quốc hội"]
    other = rng.choice([b for b in bodies if not e.issuer.startswith(b)])
    return Plant("wrong_issuer", "wrong_issuer", _carried(_cite(e, rng, issuer=other), rng))


def _wrong_type(rng: random.Random) -> Plant:
    e = rng.choice(_entries("in_force"))
    other = rng.choice([n for c, n in NAMES.items() if c not in (e.doc_type, "Luật")])
    return Plant("wrong_type", "wrong_type", _carried(_cite(e, rng, name=other), rng))


def _malformed(rng: random.Random) -> Plant:
    e = rng.choice([x for x in _entries("in_force") if x.doc_type in ("NĐ", "QĐ") or "BTC" in x.symbol])
    number, year, rest = e.symbol.split("/", 2)
    broken = rng.choice(
        [f"{number}/{year}-{rest}", f"{number}-{year}-{rest}", f"{number}/{year}/{rest.replace('-', '/', 1)}"]
    )
    party = rng.choice(["41-KH-HU", "12/NQ-TU", "20/CT-TW", "317-KH-HU", "05-NQ-TU", "22/KL-TW"])
    name = {"KH": "Kế hoạch", "NQ": "Nghị quyết", "CT": "Chỉ thị", "KL": "Kết luận"}
    if rng.random() < 0.4:
        kind = party.replace("/", "-").split("-")[1]
        return Plant("malformed", "malformed", _carried(f"{name[kind]} số {party} ngày 12/3/2024", rng))
    return Plant("malformed", "malformed", _carried(_cite(e, rng, symbol=broken), rng))


def _clean_symbol(rng: random.Random) -> Plant:
    symbol, name, issuer = rng.choice([
        ("41-KH/HU", "Kế hoạch", "Huyện ủy"), ("12-NQ/TU", "Nghị quyết", "Tỉnh ủy"),
        ("88/KH-UBND", "Kế hoạch", "UBND tỉnh"),
        ("512/SNV-CCVC", "Công văn", "Sở Nội vụ"), ("19/2023/NQ-HĐND", "Nghị quyết", "HĐND tỉnh"),
        ("1203/QĐ-UBND-HC", "Quyết định", "UBND tỉnh"), ("77/TB-VPUBND", "Thông báo", "Văn phòng UBND tỉnh"),
    ])  # fmt: skip
    day = date(2023, rng.randint(1, 12), rng.randint(1, 28))
    return Plant("symbol", None, _carried(f"{name} số {symbol} ngày {_d(day)} của {issuer}", rng))


def _replaced(rng: random.Random) -> Plant:
    e = rng.choice(_entries("replaced"))
    return Plant("replaced", "replaced", _carried(_cite(e, rng), rng))


def _history(rng: random.Random) -> Plant:
    e = rng.choice(_entries("replaced"))
    cited = _cite(e, random.Random(3))
    return Plant("history", None, rng.choice([
        f"Trước đây, chính sách này được thực hiện theo {cited}.",
        f"Chính sách thực hiện theo {NAMES[e.doc_type]} số {e.symbol} (đã hết hiệu lực).",
        f"{NAMES[e.doc_type]} số {e.symbol} nay đã được thay thế bằng văn bản khác.",
    ]))  # fmt: skip


def _future(rng: random.Random) -> Plant:
    if rng.random() < 0.5:
        e = rng.choice(_entries("future"))
        return Plant("future_date", "future_date", _carried(_cite(e, rng), rng), also=("not_yet_in_force",))
    day = ON + timedelta(days=rng.randint(5, 300))
    number = rng.randint(20, 900)
    words = f"Công văn số {number}/SNV-CCVC ngày {_d(day)} của Sở Nội vụ"
    return Plant("future_date", "future_date", _carried(words, rng))


def _coming(rng: random.Random) -> Plant:
    e = rng.choice(_entries("coming"))
    return Plant("not_yet_in_force", "not_yet_in_force", f"Căn cứ {_cite(e, rng)};")


def _missing_date(rng: random.Random) -> Plant:
    number = rng.randint(20, 2900)
    words = rng.choice([f"Kế hoạch số {number}/KH-UBND của UBND tỉnh", f"Quyết định số {number}/QĐ-UBND của UBND tỉnh"])
    return Plant("missing_date", "missing_date", _carried(words, rng))


# --------------------------------------------------------------------------- figures


def _vn(value: float, places: int = 0) -> str:
    return f"{value:,.{places}f}".translate(str.maketrans(",.", ".,"))


_COUNTED = ("lao động", "hộ", "học viên", "người")


def _share(rng: random.Random, wrong: bool) -> Plant:
    whole, unit = rng.choice([5, 8, 20, 40, 100, 150, 300, 900, 1250, 2700]), rng.choice(_COUNTED)
    part = rng.randint(max(1, whole // 4), int(whole * 1.2))
    places = rng.choice([0, 1, 1, 2])
    told = round(100 * part / whole, places)
    if wrong:
        told += rng.choice([-1, 1]) * rng.choice([1.2, 2, 5, 9, 10, 20])
        told = told if told > 1 else told + 25
    share = f"{_vn(told, places)}%"
    plain = rng.choice([
        f"- Toàn địa bàn có {_vn(part)}/{_vn(whole)} {unit} được hỗ trợ, đạt {share} kế hoạch.",
        f"Số {unit} tham gia là {_vn(part)}/{_vn(whole)} {unit}, đạt tỷ lệ {share}.",
        f"- Có {_vn(part)}/{_vn(whole)} {unit} đạt {share} KH.",
        f"Đã vận động được {_vn(part)} {unit}, đạt tỷ lệ {share} (kế hoạch năm {_vn(whole)} {unit}).",
        f"Tổng số {_vn(max(part, whole))} {unit}, trong đó {_vn(min(part, whole))} {unit} ở vùng cao, chiếm "
        f"{_vn(100 * min(part, whole) / max(part, whole) + (7 if wrong else 0), 1)}%.",
        f"Kết quả: {_vn(part)}/{_vn(whole)} {unit} ({share}).",
    ])  # fmt: skip
    return Plant("share", "wrong_percentage" if wrong else None, plain)


def _growth(rng: random.Random, wrong: bool) -> Plant:
    base = rng.randint(100, 900)
    now = base + rng.randint(10, 90)
    told = 100 * (now - base) / base + (rng.choice([3, 6, 11]) if wrong else 0)
    text = f"Trong năm đã hỗ trợ {_vn(now)} hộ, tăng {_vn(told, 1)}% so với năm trước ({_vn(base)} hộ)."
    return Plant("growth", "wrong_percentage" if wrong else None, text)


def _sum(rng: random.Random, wrong: bool) -> Plant:
    n, unit = rng.randint(2, 5), rng.choice(["lớp", "lao động", "hộ", "mô hình", "học viên"])
    parts = [rng.randint(3, 90) for _ in range(n)]
    total = sum(parts)
    if wrong:
        total += rng.choice([-1, 1]) * rng.randint(1, max(1, total // 20))
    places = ["xã Nậm Sen", "xã Bản Khoa", "xã Lũng Tạ", "xã Mường Hà", "thị trấn Phú Khê"]
    listed = [f"{p} {_vn(v)} {unit}" for p, v in zip(places, parts, strict=False)]
    turned = [f"{_vn(v)} {unit} tại {p}" for p, v in zip(places, parts, strict=False)]
    text = rng.choice([
        f"Toàn huyện có {_vn(total)} {unit}, gồm: {', '.join(listed)}.",
        f"Đã thực hiện {_vn(total)} {unit}, trong đó: {'; '.join(listed)}.",
        f"Tổng số {_vn(total)} {unit} (bao gồm {', '.join(listed)}).",
        f"- Năm 2024 mở được {_vn(total)} {unit}. Trong đó: {'; '.join(turned)}.",
    ])  # fmt: skip
    return Plant("sum", "wrong_sum" if wrong else None, text)


def _table(rng: random.Random, wrong: bool) -> Plant:
    rows_, columns = rng.randint(3, 8), rng.randint(2, 4)
    cells = [[rng.randint(10, 900) for _ in range(columns)] for _ in range(rows_)]
    totals = [sum(row[c] for row in cells) for c in range(columns)]
    if wrong:
        r, c = rng.randrange(rows_ + 1), rng.randrange(columns)
        slip = rng.choice([-10, -2, -1, 1, 2, 5, 10, 20])
        if r == rows_:
            totals[c] += slip
        else:
            cells[r][c] += abs(slip)
    header = ["TT", "Địa phương", *[f"Nội dung {chr(97 + c)} (lao động)" for c in range(columns)]]
    body = [[str(i + 1), f"Xã Bản {chr(65 + i)}", *map(_vn, row)] for i, row in enumerate(cells)]
    table = Table([header, *body, ["", rng.choice(["Tổng cộng", "Cộng", "Tổng số"]), *map(_vn, totals)]])
    return Plant("table", "wrong_sum" if wrong else None, "Nội dung a", table)


def _ratio_table(rng: random.Random, wrong: bool) -> Plant:
    plan = [rng.randint(20, 400) for _ in range(rng.randint(4, 8))]
    done = [max(1, int(p * rng.uniform(0.5, 1.2))) for p in plan]
    share = [round(100 * d / p, 1) for d, p in zip(done, plan, strict=True)]
    if wrong:
        share[rng.randrange(len(share))] += rng.choice([-6, -2, 2, 9])
    rows_ = [[str(i + 1), f"Xã Bản {chr(65 + i)}", _vn(p), _vn(d), _vn(s, 1)]
             for i, (p, d, s) in enumerate(zip(plan, done, share, strict=True))]  # fmt: skip
    table = Table([["TT", "Xã", "Kế hoạch (hộ)", "Thực hiện (hộ)", "Tỷ lệ (%)"], *rows_])
    return Plant("ratio_table", "wrong_percentage" if wrong else None, "Tỷ lệ (%)", table)


def _impossible(rng: random.Random, wrong: bool) -> Plant:
    if not wrong:
        day = date(2025, rng.randint(1, 12), rng.randint(1, 28))
        return Plant("date", None, rng.choice([
            f"Báo cáo kết quả trước ngày {_d(day)}.", f"Hoàn thành trước {_d_words(day)}.",
            "Thực hiện trong giai đoạn 2021 - 2025.",
            f"Thời gian: từ ngày 01/01/2025 đến ngày {_d(day + timedelta(9))}.",
        ]))  # fmt: skip
    day_, month = rng.choice([(31, 2), (30, 2), (31, 4), (31, 6), (31, 9), (31, 11), (32, 5), (12, 13)])
    first = rng.randint(2016, 2026)
    return Plant("date", "impossible_date", rng.choice([
        f"Báo cáo kết quả trước ngày {day_}/{month}/2025.",
        f"Các địa phương hoàn thành trước ngày {day_} tháng {month:02} năm 2025.",
        f"Gửi kết quả về cơ quan thường trực chậm nhất ngày {day_}/{month}.",
        f"Thực hiện trong giai đoạn {first} - {first - rng.randint(1, 5)}.",
        "Thời gian tổ chức từ ngày 20/6/2025 đến ngày 15/5/2025.",
    ]))  # fmt: skip


Maker = Callable[[random.Random], Plant]
FAULTS: dict[str, Maker] = {
    "wrong_date": _wrong_date,
    "wrong_issuer": _wrong_issuer,
    "wrong_type": _wrong_type,
    "malformed": _malformed,
    "replaced": _replaced,
    "future_date": _future,
    "not_yet_in_force": _coming,
    "missing_date": _missing_date,
    "share": lambda rng: _share(rng, True),
    "growth": lambda rng: _growth(rng, True),
    "sum": lambda rng: _sum(rng, True),
    "table": lambda rng: _table(rng, True),
    "ratio_table": lambda rng: _ratio_table(rng, True),
    "date": lambda rng: _impossible(rng, True),
}
CONTROLS: dict[str, Maker] = {
    "citation": _clean_citation,
    "symbol": _clean_symbol,
    "history": _history,
    "share": lambda rng: _share(rng, False),
    "growth": lambda rng: _growth(rng, False),
    "sum": lambda rng: _sum(rng, False),
    "table": lambda rng: _table(rng, False),
    "ratio_table": lambda rng: _ratio_table(rng, False),
    "date": lambda rng: _impossible(rng, False),
}


def samples() -> list[Source]:
    """The samples that plants go into, dated alike."""
    return [extract(SAMPLES / f"{name}.docx") for name in ("bc-huyen-nam-luong-2024", "bc-so-ldtbxh-2024")]


def planted(sample: Source, plants: list[Plant]) -> Source:
    """A sample with plants before its last heading but two, each its own paragraph or table."""
    blocks = list(sample.blocks)
    at = len(blocks) * 2 // 3
    while not (isinstance(blocks[at], Line) and isinstance(blocks[at + 1], Line)):
        at += 1
    new: list[Line | Table] = []
    for plant in plants:
        if plant.table:
            new += [Line("Kết quả theo địa bàn như sau", whole=True), plant.table]
        else:
            new.append(Line(plant.text, whole=True))
    return Source(sample.name, sample.sha256, sample.format, [*blocks[:at], *new, *blocks[at:]], sample.pages)


def plan(makers: dict[str, Maker], each: int, seed: int) -> Iterator[list[Plant]]:
    """Rounds of plants, one of each kind in a round."""
    for i in range(each):
        rng = random.Random(seed * 1000 + i)
        yield [make(rng) for make in makers.values()]
