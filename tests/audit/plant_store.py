"""Documents of one store that contradict, end or disregard each other, beside others that do not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from official_letters import Letter, write

from pipeline.analyse import analyse
from pipeline.store import open_store
from pipeline.store.audit import AuditFilter, audit
from pipeline.store.load import save

PROVINCE = "Ủy ban nhân dân tỉnh Sơn La"
DISTRICTS = ("Mường La", "Bắc Yên", "Phù Yên", "Vân Hồ", "Mộc Châu", "Yên Châu", "Mai Sơn", "Thuận Châu", "Sông Mã",
             "Quỳnh Nhai")  # fmt: skip
FAULTS, ALL = 30, 50
#: How an article ends a document, and how one names a document that it does not end.
ENDS = ("Bãi bỏ toàn bộ {}.", "Điều 2. Bãi bỏ {}.", "Quyết định này bãi bỏ {}.")
REPLACES = ("Quyết định này thay thế {}.", "Quyết định này có hiệu lực kể từ ngày ký và thay thế {}.",
            "Quyết định này có hiệu lực từ ngày 01 tháng 7 năm 2023, thay thế {}.")  # fmt: skip
LEAVES = ("Bãi bỏ khoản 2 Điều 4 {}.", "Sửa đổi, bổ sung Điều 3 {}.", "Thực hiện {}.", "Bãi bỏ Điều 6 {}.")

Found = tuple[frozenset[str], frozenset[str], frozenset[str]]


@cache
def found_in_store(finding: str) -> Found:
    """What a finding should say, what it must not, and what it says: symbols, or plan and district."""
    letters, faults, controls = _MAKERS[finding]()
    with TemporaryDirectory() as name, open_store(Path(name) / "vanban.db") as db:
        for i, letter in enumerate(letters):
            write(letter, Path(name) / f"{i}.docx")
            with db.conn:
                save(db, analyse(Path(name) / f"{i}.docx"), "1")
        rows = audit(db, AuditFilter(findings=(finding,)))
        alone = [
            audit(db, AuditFilter((i,), (finding,))) for (i,) in db.execute("SELECT id FROM documents ORDER BY id")
        ]
    assert rows == [row for own in alone for row in own]
    found = [
        f"{r['symbol']} {r['evidence'].split(' có ')[0]}" if finding == "unfollowed" else r["symbol"] for r in rows
    ]
    return frozenset(faults), frozenset(controls), frozenset(found)


def _decision(n: int, on: date) -> str:
    return f"Quyết định số {1000 + n}/QĐ-UBND ngày {on:%d/%m/%Y} của {PROVINCE}"


def _days() -> Iterator[tuple[int, date]]:
    return ((n, date(2022, 1 + n % 12, 1 + n % 27)) for n in range(ALL))


def _inconsistent() -> tuple[list[Letter], list[str], list[str]]:
    one, other = [], []
    for n, on in _days():
        slip = on + timedelta(days=(3, 9, 30, 61)[n % 4]) if n < FAULTS else on
        one.append(f"Căn cứ {_decision(n, on)} phê duyệt Đề án số {n};")
        other.append(f"Thực hiện {_decision(n, slip if slip.year == on.year else on - timedelta(days=9))}.")
    other += [
        f"Thực hiện Quyết định số {1000 + n}/QĐ-UBND ngày {date(2021, 5, 6):%d/%m/%Y} của {PROVINCE}." for n in (40, 41)
    ]
    letters = [
        Letter(PROVINCE, "KH", "11/KH-UBND", date(2023, 3, 1), tuple(one)),
        Letter(PROVINCE, "BC", "77/BC-UBND", date(2023, 6, 1), tuple(other)),
    ]
    symbols = [f"{1000 + n}/QĐ-UBND" for n in range(ALL)]
    return letters, symbols[:FAULTS], symbols[FAULTS:]


def _ended(forms: tuple[str, ...]) -> tuple[list[Letter], list[str], list[str]]:
    ending = [(forms if n < FAULTS else LEAVES)[n % len(forms if n < FAULTS else LEAVES)].format(_decision(n, on))
              for n, on in _days()]  # fmt: skip
    citing = [f"Căn cứ {_decision(n, on)};" for n, on in _days()]
    letters = [
        Letter(PROVINCE, "QĐ", "900/QĐ-UBND", date(2023, 7, 1), tuple(ending)),
        Letter(PROVINCE, "KH", "250/KH-UBND", date(2024, 2, 1), tuple(citing)),
    ]
    symbols = [f"{1000 + n}/QĐ-UBND" for n in range(ALL)]
    return letters, symbols[:FAULTS], symbols[FAULTS:]


def _unfollowed() -> tuple[list[Letter], list[str], list[str]]:
    letters, faults, controls = [], [], []
    plans = [(f"{60 + p}/KH-UBND", date(2023, 2 + p, 10)) for p in range(5)]
    for symbol, on in plans:
        tasks = [line for i, d in enumerate(DISTRICTS, 1) for line in (
            f"{i}. Ủy ban nhân dân huyện {d}",
            "Xây dựng kế hoạch thực hiện trên địa bàn, báo cáo kết quả về Ủy ban nhân dân tỉnh trước ngày 15/11/2023.",
        )]  # fmt: skip
        letters.append(Letter(PROVINCE, "KH", symbol, on, ("III. TỔ CHỨC THỰC HIỆN", *tasks)))
    for i, d in enumerate(DISTRICTS):
        cited = plans[i % 5 : i % 5 + 2] if i % 5 < 4 else [plans[4], plans[0]]
        names = [f"{symbol} Ủy ban nhân dân huyện {d}" for symbol, _ in plans]
        controls += [f"{symbol} Ủy ban nhân dân huyện {d}" for symbol, _ in cited]
        faults += [name for name in names if name not in controls]
        lines = [f"Thực hiện Kế hoạch số {symbol} ngày {on:%d/%m/%Y} của {PROVINCE}." for symbol, on in cited]
        letters.append(
            Letter(f"Ủy ban nhân dân huyện {d}", "BC", f"{300 + i}/BC-UBND", date(2023, 11, 20), tuple(lines))
        )
    return letters, faults, controls


_MAKERS = {
    "inconsistent": _inconsistent,
    "repealed": lambda: _ended(ENDS),
    "replaced": lambda: _ended(REPLACES),
    "unfollowed": _unfollowed,
}
