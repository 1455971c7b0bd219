"""Faults and clean sentences about cited documents, in the forms that plans and reports cite them."""

from __future__ import annotations

import random
from datetime import date, timedelta
from functools import cache

from plant import LATEST, ON, Maker, Plant

from pipeline.audit.law.catalogue import Catalogue, Entry, dated, entry, shipped
from pipeline.symbols import parse

NAMES = {
    "NĐ": "Nghị định", "TT": "Thông tư", "QĐ": "Quyết định", "NQ": "Nghị quyết", "CT": "Chỉ thị", "Luật": "Luật",
    "KH": "Kế hoạch", "KL": "Kết luận", "TTLT": "Thông tư liên tịch", "CĐ": "Công điện", "CTr": "Chương trình",
}  # fmt: skip
#: Rows as staff import them: documents whose time ended without a successor, and repealed ones.
IMPORTED = [
    entry({
        "symbol": f"{n}/2019/NQ-HĐND", "doc_type": "NQ", "title": "Chính sách hỗ trợ đào tạo nghề", "status": "expired",
        "issuer": "Hội đồng nhân dân tỉnh Sơn La", "issued_on": f"2019-07-{n:02}", "expired_on": "2023-01-01",
        "verified": "identity|force", "source": "danh mục của tỉnh",
    })
    for n in range(10, 20)
]  # fmt: skip


@cache
def known() -> Catalogue:
    """The catalogue that plants are judged by."""
    return Catalogue([*IMPORTED, *shipped()])


def day(of: date | None) -> str:
    assert of
    return f"{of.day:02}/{of.month}/{of.year}" if of.month > 2 else f"{of:%d/%m/%Y}"


def told(of: date, rng: random.Random) -> str:
    """A day in one of the forms in which citations tell it."""
    return rng.choice([
        f"ngày {day(of)}", f"ngày {of.day:02} tháng {of.month:02} năm {of.year}", f", ngày {day(of)}",
        f"ngày {of.day:02}-{of.month}-{of.year}",
    ])  # fmt: skip


@cache
def rows(kind: str) -> tuple[Entry, ...]:
    """Rows of the catalogue that can carry a plant of a kind, judged on the samples' days."""
    named = [e for e in shipped() if e.identified and e.issued_on and e.title and e.doc_type in ("NĐ", "TT", "QĐ")]
    named = [e for e in named if dated(e) and parse(e.symbol) and len(e.title) < 150 and e.issuer]
    quiet = [e for e in named if not e.amended_by and not e.replaced_by and not e.repealed_by and not e.expired_on]
    gone = [e for e in shipped() if "force" in e.verified and e.expired_on and e.expired_on <= ON and e.issued_on]
    gone = [e for e in gone if e.doc_type in ("NĐ", "TT", "QĐ") and e.title and dated(e)]
    match kind:
        case "replaced":
            return tuple(e for e in gone if e.replaced_by)
        case "repealed":
            return tuple(e for e in gone if e.repealed_by)
        case "expired":
            return tuple(IMPORTED)
        case "coming":
            coming = [
                e for e in named if e.effective_on and e.issued_on and e.issued_on <= ON < LATEST < e.effective_on
            ]
            return tuple(coming)
        case "future":
            return tuple(e for e in quiet if e.issued_on and e.issued_on > LATEST)
        case "amended":
            return tuple(e for e in named if not e.expired(LATEST) and _amended(e))
        case "ambiguous":
            other = [e for e in shipped() if not dated(e) and len(_same(e)) > 1]
            return tuple(e for e in other if e.symbol != "20-CT/TW")  # the samples date that one themselves
        case _:
            force = [e for e in quiet if e.issued_on and date(2005, 1, 1) < e.issued_on < ON]
            return tuple(e for e in force if not e.effective_on or e.effective_on < ON)


def _amended(e: Entry) -> bool:
    return bool(_amending(e))


def _amending(e: Entry) -> list[Entry]:
    """The amendments of an entry that are in force on the samples' days."""
    by = [a for s in e.amended_by if (a := known().entry(s)) and a.issued_on]
    return [a for a in by if (a.effective_on or a.issued_on or ON) < ON and not a.expired(LATEST)]


def _same(e: Entry) -> list[Entry]:
    return [o for o in shipped() if o.symbol == e.symbol]


def cite(e: Entry, rng: random.Random, **change: str) -> str:
    """A mention of an entry in one of the usual forms, some part of it changed."""
    symbol, of = change.get("symbol", e.symbol), e.issued_on or ON
    when = change.get("day") or told(of, rng)
    issuer = change.get("issuer", e.issuer.replace("|", ", "))
    if e.doc_type == "TT" and "issuer" not in change and rng.random() < 0.5 and issuer.startswith("Bộ"):
        issuer = f"Bộ trưởng {issuer}"
    name = change.get("name", NAMES[e.doc_type])
    number = rng.choice(["số ", "số ", "số ", ""])
    tail = f" {e.title[0].lower()}{e.title[1:].rstrip(' …')}" if rng.random() < 0.4 else ""
    return f"{name} {number}{symbol}{'' if when.startswith(',') else ' '}{when} của {issuer}{tail}"


_CARRIERS = (
    "Căn cứ {};",
    "Thực hiện {}.",
    "- Triển khai thực hiện {} trên địa bàn.",
    "Việc hỗ trợ thực hiện theo {}.",
    "Các cơ quan chuyên môn đã tổ chức phổ biến {} đến cán bộ, công chức.",
    "+ Tiếp tục quán triệt, thực hiện nghiêm {}; tăng cường kiểm tra, giám sát.",
    "Định mức hỗ trợ áp dụng theo quy định tại khoản 2 Điều 5 {}.",
    "Theo quy định của {}, người lao động được hỗ trợ một lần.",
)
_BASES = ("Căn cứ {};", "- Căn cứ {};", "Căn cứ khoản 1 Điều 4 {};")


def _carried(words: str, rng: random.Random, carriers: tuple[str, ...] = _CARRIERS) -> str:
    return rng.choice(carriers).format(words)


# --------------------------------------------------------------------------- date, issuer, type, form


def _wrong_date(rng: random.Random) -> Plant:
    e = rng.choice(rows("in_force"))
    of = e.issued_on or ON
    other = of + timedelta(days=rng.choice([-20, -9, -1, 1, 3, 10, 30]))
    if other.year != of.year:
        other = of + timedelta(days=3 if of.month == 1 else -3)
    return Plant("wrong_date", _carried(cite(e, rng, day=told(other, rng)), rng))


def _wrong_issuer(rng: random.Random) -> Plant:
    e = rng.choice(rows("in_force"))
    bodies = ["Chính phủ", "Thủ tướng Chính phủ", "Bộ Tài chính", "Bộ Y tế", "Bộ trưởng Bộ Tư pháp", "Quốc hội",
              "Ủy ban Dân tộc", "Ngân hàng Nhà nước Việt Nam", "Ủy ban Thường vụ Quốc hội"]  # fmt: skip
    right = e.issuer
    other = rng.choice([b for b in bodies if right not in b and b not in right])
    return Plant("wrong_issuer", _carried(cite(e, rng, issuer=other), rng))


def _wrong_type(rng: random.Random) -> Plant:
    e = rng.choice(rows("in_force"))
    other = rng.choice([n for c, n in NAMES.items() if c not in (e.doc_type, "Luật", "TTLT")])
    return Plant("wrong_type", _carried(cite(e, rng, name=other), rng))


def _malformed(rng: random.Random) -> Plant:
    if rng.random() < 0.35:
        kind, body = rng.choice(list({"KH": "HU", "NQ": "TU", "CT": "TW", "KL": "TW", "QĐ": "TU", "CTr": "HU"}.items()))
        symbol = rng.choice([f"{rng.randint(3, 400)}-{kind}-{body}", f"{rng.randint(3, 400)}/{kind}-{body}",
                             f"{rng.randint(3, 400)}/{kind}/{body}"])  # fmt: skip
        return Plant("malformed", _carried(f"{NAMES[kind]} số {symbol} ngày {rng.randint(1, 28):02}/3/2024", rng))
    e = rng.choice([x for x in rows("in_force") if x.doc_type in ("NĐ", "QĐ") or "BTC" in x.symbol])
    number, year, rest = e.symbol.split("/", 2)
    broken = [f"{number}/{year}-{rest}", f"{number}-{year}-{rest}", f"{number}/{year}/{rest.replace('-', '/', 1)}"]
    if e.doc_type == "NĐ":
        broken.append(f"{number}/{rest}")
    return Plant("malformed", _carried(cite(e, rng, symbol=rng.choice(broken)), rng))


def _clean_citation(rng: random.Random) -> Plant:
    e, other = rng.sample(rows("in_force"), 2)
    one = _carried(cite(e, rng), rng)
    law = "Luật Tổ chức chính quyền địa phương ngày 19/6/2015; Luật Việc làm ngày 16 tháng 11 năm 2013"
    return Plant(None, rng.choice([
        one, one, one, f"Căn cứ {law}; {cite(e, rng)};", f"Thực hiện {cite(e, rng)} và {cite(other, rng)}.",
        f"(theo {NAMES[e.doc_type]} số {e.symbol} ngày {day(e.issued_on)})",
    ]), like="wrong_date")  # fmt: skip


def _clean_issuer(rng: random.Random) -> Plant:
    of = date(2023, rng.randint(1, 12), rng.randint(1, 28))
    return Plant(None, _carried(rng.choice([
        f"Quyết định số {rng.randint(20, 900)}/QĐ-UBND ngày {day(of)} của Chủ tịch UBND tỉnh",
        f"Kế hoạch số {rng.randint(20, 900)}/KH-UBND ngày {day(of)} của UBND tỉnh",
        f"Chương trình hành động số {rng.randint(5, 40)}-CTr/TU ngày {day(of)} của Ban Thường vụ Tỉnh ủy",
        f"Nghị quyết số {rng.randint(5, 40)}-NQ/TU ngày {day(of)} của Thành ủy",
        f"Thông báo số {rng.randint(20, 500)}/TB-VPCP ngày {day(of)} của Văn phòng Chính phủ",
        "Thông tư liên tịch số 09/2016/TTLT-BLĐTBXH-BTC ngày 15/6/2016 của liên Bộ Lao động - Thương binh và Xã hội, "
        "Tài chính",
        "Chỉ thị số 20-CT/TW, ngày 12/12/2022 của Ban Bí thư Trung ương Đảng",
        f"Công văn số {rng.randint(20, 5000)}/LĐTBXH-VL ngày {day(of)} của Bộ Lao động - Thương binh và Xã hội",
    ]), rng), like="wrong_issuer")  # fmt: skip


def _clean_type(rng: random.Random) -> Plant:
    of = day(date(2023, rng.randint(1, 12), rng.randint(1, 28)))
    return Plant(None, _carried(rng.choice([
        f"Văn bản số {rng.randint(20, 5000)}/UBND-NC ngày {of} của UBND tỉnh",
        f"Tờ trình số {rng.randint(20, 900)}/SLĐTBXH-DN ngày {of} của Sở Lao động - Thương binh và Xã hội",
        f"Đề án số {rng.randint(2, 40)}-ĐA/TU ngày {of} của Tỉnh ủy",
        f"Chương trình số {rng.randint(2, 400)}/KH-UBND ngày {of} của UBND tỉnh",
        f"Thông báo kết luận số {rng.randint(20, 500)}-KL/TU ngày {of} của Thường trực Tỉnh ủy",
        f"Thông báo số {rng.randint(20, 500)}/TB-UBND ngày {of} của UBND tỉnh",
    ]), rng), like="wrong_type")  # fmt: skip


def _clean_symbol(rng: random.Random) -> Plant:
    symbol, name, issuer = rng.choice([
        ("41-KH/HU", "Kế hoạch", "Huyện ủy"), ("12-NQ/TU", "Nghị quyết", "Tỉnh ủy"),
        ("88/KH-UBND", "Kế hoạch", "UBND tỉnh"), ("05-CTr/HU", "Chương trình", "Huyện ủy"),
        ("512/SNV-CCVC", "Công văn", "Sở Nội vụ"), ("19/2023/NQ-HĐND", "Nghị quyết", "HĐND tỉnh"),
        ("1203/QĐ-UBND-HC", "Quyết định", "UBND tỉnh"), ("77/TB-VPUBND", "Thông báo", "Văn phòng UBND tỉnh"),
        ("30a/2008/NQ-CP", "Nghị quyết", "Chính phủ"), ("15/HD-SNV", "Hướng dẫn", "Sở Nội vụ"),
    ])  # fmt: skip
    of = date(2008, 12, 27) if "30a" in symbol else date(2023, rng.randint(1, 12), rng.randint(1, 28))
    return Plant(None, _carried(f"{name} số {symbol} ngày {day(of)} của {issuer}", rng), like="malformed")


# --------------------------------------------------------------------------- force


def _gone(kind: str, rng: random.Random) -> Plant:
    return Plant(kind, _carried(cite(rng.choice(rows(kind)), rng), rng))


def _history(rng: random.Random) -> Plant:
    e = rng.choice([*rows("replaced"), *rows("repealed"), *rows("expired")])
    cited, short = cite(e, random.Random(3)), f"{NAMES[e.doc_type]} số {e.symbol}"
    return Plant(None, rng.choice([
        f"Trước đây, chính sách này được thực hiện theo {cited}.",
        f"Chính sách thực hiện theo {short} (đã hết hiệu lực).",
        f"{short} nay đã được thay thế bằng văn bản khác.",
        f"{short} ngày {day(e.issued_on)} (đã được thay thế bởi văn bản mới) không còn áp dụng.",
        f"Bãi bỏ {short} ngày {day(e.issued_on)}.",
        f"Nghị định mới đã sửa đổi, bổ sung và thay thế {short} ngày {day(e.issued_on)}.",
        f"Các nội dung quy định tại {short} ngày {day(e.issued_on)} hết hiệu lực kể từ ngày văn bản mới có hiệu lực.",
        f"Hồ sơ đã tiếp nhận trước ngày 01/01/2022 được tiếp tục giải quyết theo quy định của {short}.",
    ]), like="replaced")  # fmt: skip


def _amended_unnamed(rng: random.Random) -> Plant:
    return Plant("amended", _carried(cite(rng.choice(rows("amended")), rng), rng, _BASES))


def _amended_named(rng: random.Random) -> Plant:
    e = rng.choice(rows("amended"))
    named = rng.choice(["được sửa đổi, bổ sung tại", "đã được sửa đổi, bổ sung bởi", "sửa đổi, bổ sung theo"])
    listed = ", ".join(f"{NAMES.get(a.doc_type, 'Luật')} số {a.symbol} ngày {day(a.issued_on)}" for a in _amending(e))
    short = f"{NAMES[e.doc_type]} số {e.symbol} ngày {day(e.issued_on)} của {e.issuer}"
    return Plant(None, f"Căn cứ {short} ({named} {listed});", like="amended")


def _coming(rng: random.Random) -> Plant:
    return Plant("not_yet_in_force", _carried(cite(rng.choice(rows("coming")), rng), rng, _BASES))


def _prepared(rng: random.Random) -> Plant:
    e = rng.choice(rows("coming"))
    short = f"{NAMES[e.doc_type]} số {e.symbol} ngày {day(e.issued_on)} của {e.issuer}"
    return Plant(None, rng.choice([
        f"Tổ chức phổ biến {short} (có hiệu lực từ ngày {day(e.effective_on)}) đến các cơ quan, đơn vị.",
        f"Chuẩn bị các điều kiện để triển khai thi hành {short}.",
        f"Xây dựng kế hoạch thực hiện {short} khi có hiệu lực.",
    ]), like="not_yet_in_force")  # fmt: skip


def _future(rng: random.Random) -> Plant:
    if rng.random() < 0.5:
        e = rng.choice(rows("future"))
        return Plant("future_date", _carried(cite(e, rng), rng), also=("not_yet_in_force",))
    of, number = LATEST + timedelta(days=rng.randint(5, 300)), rng.randint(20, 900)
    words = rng.choice([
        f"Công văn số {number}/SNV-CCVC {told(of, rng).lstrip(', ')} của Sở Nội vụ",
        f"Quyết định số {number}/QĐ-UBND {told(of, rng).lstrip(', ')} của UBND tỉnh",
        f"Nghị quyết số {number}/2025/NQ-HĐND của HĐND tỉnh",
    ])  # fmt: skip
    return Plant("future_date", _carried(words, rng))


def _recent(rng: random.Random) -> Plant:
    of = ON - timedelta(days=rng.randint(0, 20))
    words = f"Công văn số {rng.randint(20, 900)}/SNV-CCVC {told(of, rng).lstrip(', ')} của Sở Nội vụ"
    return Plant(None, _carried(words, rng), like="future_date")


# --------------------------------------------------------------------------- what stays open


def _missing_date(rng: random.Random) -> Plant:
    number = rng.randint(20, 2900)
    words = rng.choice([
        f"Kế hoạch số {number}/KH-UBND của UBND tỉnh", f"Quyết định số {number}/QĐ-UBND của UBND tỉnh",
        f"Nghị quyết số {number}-NQ/TU của Tỉnh ủy", f"Quyết định {number}/QĐ-TTg của Thủ tướng Chính phủ",
        f"Công văn số {number}/SNV-CCVC của Sở Nội vụ",
    ])  # fmt: skip
    return Plant("missing_date", _carried(words, rng))


def _date_elsewhere(rng: random.Random) -> Plant:
    number, of = rng.randint(3000, 4900), day(date(2024, rng.randint(1, 11), rng.randint(1, 28)))
    return Plant(None, _carried(f"Quyết định số {number}/QĐ-UBND ngày {of} của UBND tỉnh", rng), like="missing_date",
                 more=(f"Các nội dung khác thực hiện theo Quyết định số {number}/QĐ-UBND.",))  # fmt: skip


def _ambiguous(rng: random.Random) -> Plant:
    e = rng.choice(rows("ambiguous"))
    return Plant("ambiguous", _carried(f"{NAMES.get(e.doc_type, 'Nghị quyết')} số {e.symbol}", rng))


def _unambiguous(rng: random.Random) -> Plant:
    e = rng.choice([e for e in rows("ambiguous") if e.issued_on and e.issued_on < ON and not e.expired_on])
    words = f"{NAMES.get(e.doc_type, 'Nghị quyết')} số {e.symbol} ngày {day(e.issued_on)} của {e.issuer}"
    return Plant(None, _carried(words, rng), like="ambiguous")


def _unknown(rng: random.Random) -> Plant:
    number, of = rng.randint(20, 4900), date(rng.randint(2016, 2023), rng.randint(1, 12), rng.randint(1, 28))
    words = rng.choice([
        f"Quyết định số {number}/QĐ-UBND {told(of, rng).lstrip(', ')} của UBND tỉnh",
        f"Nghị quyết số {number}/{of.year}/NQ-HĐND {told(of, rng).lstrip(', ')} của HĐND tỉnh",
        f"Kế hoạch số {number}-KH/HU {told(of, rng).lstrip(', ')} của Huyện ủy",
    ])  # fmt: skip
    return Plant("unknown", _carried(words, rng))


def _in_catalogue(rng: random.Random) -> Plant:
    return Plant(None, _carried(cite(rng.choice(rows("in_force")), rng), rng), like="unknown")


FAULTS: dict[str, Maker] = {
    "wrong_date": _wrong_date,
    "wrong_issuer": _wrong_issuer,
    "wrong_type": _wrong_type,
    "malformed": _malformed,
    "expired": lambda rng: _gone("expired", rng),
    "replaced": lambda rng: _gone("replaced", rng),
    "repealed": lambda rng: _gone("repealed", rng),
    "amended": _amended_unnamed,
    "not_yet_in_force": _coming,
    "future_date": _future,
    "missing_date": _missing_date,
    "ambiguous": _ambiguous,
    "unknown": _unknown,
}
CONTROLS: dict[str, Maker] = {
    "wrong_date": _clean_citation,
    "wrong_issuer": _clean_issuer,
    "wrong_type": _clean_type,
    "malformed": _clean_symbol,
    "force": _history,
    "amended": _amended_named,
    "not_yet_in_force": _prepared,
    "future_date": _recent,
    "missing_date": _date_elsewhere,
    "ambiguous": _unambiguous,
    "unknown": _in_catalogue,
}
