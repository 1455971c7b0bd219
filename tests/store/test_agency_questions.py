"""Agencies asked for as people type them, over the annotated samples: exactly the right duties answer.

A duty is named by the symbol of its document and its number in it.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from gold_documents import gold_document
from sqlite_utils import Database

from pipeline.analyse import analyse
from pipeline.evaluate import read_gold
from pipeline.store import load, queries
from pipeline.store.queries import TaskFilter
from pipeline.store.writing import transaction

ROOT = Path(__file__).parent.parent.parent
SHARED = ROOT.parent / "shared" / "eval" / "gold"

Named = dict[str, list[int]]

SO_LDTBXH = {
    "298/BC-UBND": [3], "467/BC-UBND": [3], "389/BC-UBND": [2], "512/BC-UBND": [4], "645/BC-UBND": [3],
    "2386/UBND-VX": [1, 2, 3], "38/KH-UBND": [1, 2, 3, 4, 20, 22, 23, 33], "426/QĐ-UBND": [1, 3, 4],
    "214/TB-VPUBND": [1, 2, 3, 8],
}  # fmt: skip

UBND_TINH = {
    "298/BC-UBND": [2], "389/BC-UBND": [1], "512/BC-UBND": [3], "318-BC/HU": [5], "2140/BC-SLĐTBXH": [2],
}  # fmt: skip
UBND_HUYEN = {
    "09/CĐ-UBND": [10], "2386/UBND-VX": [6, 7, 8, 9, 12], "38/KH-UBND": [15, 16, 17, 19, 21, 30],
    "426/QĐ-UBND": [3, 7], "214/TB-VPUBND": [6, 7],
}  # fmt: skip
SO_GDDT = {"09/CĐ-UBND": [7], "38/KH-UBND": [8, 26], "426/QĐ-UBND": [12], "214/TB-VPUBND": [5]}

QUESTIONS: list[tuple[str, Named]] = [
    ("Sở LĐTBXH tỉnh Lâm Giang", SO_LDTBXH),
    ("so ldtbxh", SO_LDTBXH),
    ("slđtb&xh lam giang", SO_LDTBXH),
    ("so lao dong thuong binh xa hoi tinh LÂM GIANG", SO_LDTBXH),
    ("phong ldtbxh nam luong", {"45/KH-UBND": [1, 3, 4, 5]}),
    ("P.LĐTBXH huyện Đại Sơn", {"467/BC-UBND": [1]}),
    ("phòng lao động", {"467/BC-UBND": [1], "512/BC-UBND": [1], "45/KH-UBND": [1, 3, 4, 5]}),
    ("CÔNG AN TỈNH", {"09/CĐ-UBND": [8], "2386/UBND-VX": [4], "38/KH-UBND": [9, 10], "426/QĐ-UBND": [5]}),
    ("CA huyen phu khe", {"512/BC-UBND": [2]}),
    ("ubnd tinh lam giang", UBND_TINH),
    ("ubnd huyen nam luong", UBND_HUYEN),
    ("UBND các xã, thị trấn", {"298/BC-UBND": [1], "467/BC-UBND": [2], "45/KH-UBND": [10, 11, 12, 13, 15]}),
    ("so nnmt", {"09/CĐ-UBND": [4]}),
    ("bo chqs tinh", {"09/CĐ-UBND": [8], "38/KH-UBND": [11, 27]}),
    ("nhcsxh tinh lam giang", {"389/BC-UBND": [3], "2386/UBND-VX": [5], "38/KH-UBND": [13, 31]}),
    ("Tỉnh đoàn", {"2386/UBND-VX": [11], "38/KH-UBND": [18]}),
    ("Sở TT&TT", {"38/KH-UBND": [12, 24]}),
    ("trung tam dvvl", {"38/KH-UBND": [28], "426/QĐ-UBND": [9]}),
    ("hoi lhpn tinh", {"38/KH-UBND": [18]}),
    ("vp ubnd tinh", {"09/CĐ-UBND": [11], "426/QĐ-UBND": [3], "214/TB-VPUBND": [9]}),
    ("so khdt", {"38/KH-UBND": [5, 6], "426/QĐ-UBND": [3]}),
    ("Sở Giáo dục & Đào tạo Lâm Giang", SO_GDDT),
    ("vp hdnd & ubnd xa phu khe", {"57/KH-UBND": [5]}),
    ("phong kinh te xa phu khe", {"57/KH-UBND": [1, 2, 3]}),
    ("ubmttq xa phu khe", {"57/KH-UBND": [7]}),
    ("ban dan van huyen uy dai son", {"318-BC/HU": [2]}),
    ("ttyt huyen nam luong", {"45/KH-UBND": [8]}),
]  # fmt: skip

# By the name of who holds the duty in August 2025.
NEW_NAMES: list[tuple[str, Named]] = [
    ("so noi vu lam giang", {
        "389/BC-UBND": [2], "645/BC-UBND": [3], "2386/UBND-VX": [1, 3], "38/KH-UBND": [2, 3, 20, 22, 23, 33],
        "426/QĐ-UBND": [6], "214/TB-VPUBND": [1, 3],
    }),
    ("Bộ Nội vụ", {"2140/BC-SLĐTBXH": [1]}),
    ("so tai chinh", {"38/KH-UBND": [5, 6, 7, 32], "426/QĐ-UBND": [2, 3], "214/TB-VPUBND": [4]}),
    ("Sở KH&CN tỉnh Lâm Giang", {"38/KH-UBND": [24]}),
    ("ban xay dung dang", {"318-BC/HU": [2]}),
]  # fmt: skip


def named(db: Database, **wanted: Any) -> Named:
    """The duties that answer, by the symbol of their documents and their numbers."""
    found: Named = {}
    for task in queries.tasks(db, TaskFilter(**wanted)):
        number = db.execute("SELECT position + 1 FROM tasks WHERE id = ?", [task["task_id"]]).fetchone()[0]
        found.setdefault(task["document"], []).append(number)
    return found


@pytest.mark.parametrize(("question", "answer"), QUESTIONS, ids=[q for q, _ in QUESTIONS])
def test_an_agency_in_any_spelling(samples: Database, question: str, answer: Named) -> None:
    assert named(samples, agency=question) == answer


@pytest.mark.parametrize(("question", "answer"), NEW_NAMES, ids=[q for q, _ in NEW_NAMES])
def test_an_agency_by_what_it_is_called_now(samples: Database, question: str, answer: Named) -> None:
    assert named(samples, agency=question, as_of=date(2025, 8, 1)) == answer


def test_by_role_place_document_topic_and_deadline(samples: Database) -> None:
    assert named(samples, agency="so ldtbxh", role="propose", query="doanh nghiep") == {
        "298/BC-UBND": [3], "467/BC-UBND": [3], "512/BC-UBND": [4],
    }  # fmt: skip
    assert named(samples, place="xa phu khe") == {"57/KH-UBND": [1, 2, 3, 4, 5, 6, 7, 8, 9]}
    window = {"due_after": date(2024, 3, 1), "due_before": date(2024, 3, 31)}
    assert named(samples, **window, query="ke hoach", role="lead") == {
        "45/KH-UBND": [10], "38/KH-UBND": [15, 21], "426/QĐ-UBND": [1],
    }  # fmt: skip


def test_overdue_and_coming_deadlines(samples: Database) -> None:
    today = date(2025, 11, 20)
    assert named(samples, coming=10, today=today, agency="phong kinh te xa phu khe") == {"57/KH-UBND": [1]}
    assert named(samples, overdue=True, today=today, agency="so tai chinh", role="lead") == {
        "38/KH-UBND": [32], "426/QĐ-UBND": [2], "214/TB-VPUBND": [4],
    }  # fmt: skip
    monthly = queries.tasks(samples, TaskFilter(agency="so ldtbxh", query="25 hang thang", today=today))
    assert {(t["next_due"], t["due_status"]) for t in monthly} == {("2025-11-25", "upcoming")}


# --------------------------------------------------------------------------- as the program itself reads them


@cache
def read_samples() -> tuple[Any, ...]:
    return tuple(analyse(path) for path in sorted((ROOT / "corpus" / "docx").glob("*.docx")))


@pytest.mark.parametrize(
    "question", ["so nnmt", "phong ldtbxh nam luong", "CÔNG AN TỈNH", "so khdt", "ttyt huyen nam luong"]
)
def test_what_the_program_reads_answers_the_same(db: Database, samples: Database, question: str) -> None:
    with transaction(db):
        for document in read_samples():
            load.save(db, document, "1")

    def words(store: Database) -> set[str]:
        return {
            t["text"][:40] for t in queries.tasks(store, TaskFilter(agency=question)) if t["document"] != "426/QĐ-UBND"
        }

    assert words(db) == words(samples)


# --------------------------------------------------------------------------- real documents, where they are at hand

REAL: list[tuple[str, str]] = [
    ("so ldtbxh lao cai", "Sở Lao động - Thương binh và Xã hội tỉnh Lào Cai"),
    ("phong ldtbxh phong tho", "Phòng Lao động - Thương binh và Xã hội huyện Phong Thổ"),
    ("SỞ KHCN ĐỒNG THÁP", "Sở Khoa học và Công nghệ tỉnh Đồng Tháp"),
    ("snnmt dong thap", "Sở Nông nghiệp và Môi trường tỉnh Đồng Tháp"),
    ("sở nội vụ tp hồ chí minh", "Sở Nội vụ Thành phố Hồ Chí Minh"),
    ("so khoa hoc & cong nghe tinh dak lak", "Sở Khoa học và Công nghệ tỉnh Đắk Lắk"),
    ("TTDVVL Lào Cai", "Trung tâm Dịch vụ việc làm tỉnh Lào Cai"),
    ("ca tinh dong thap", "Công an tỉnh Đồng Tháp"),
    ("vp ubnd tỉnh đắc lắc", "Văn phòng Ủy ban nhân dân tỉnh Đắk Lắk"),
    ("phòng vh&tt huyện phong thổ", "Phòng Văn hóa và Thông tin huyện Phong Thổ"),
]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared documents are not at hand")
@pytest.mark.parametrize(("question", "owner"), REAL)
def test_real_documents_answer_too(db: Database, question: str, owner: str) -> None:
    golds = read_gold(SHARED)
    with transaction(db):
        for annotated in golds:
            load.save(db, gold_document(dict(annotated)), "1")
    wanted = sorted(t["text"] for g in golds for t in g["tasks"] if owner in t["agencies"])
    assert wanted
    assert sorted(t["text"] for t in queries.tasks(db, TaskFilter(agency=question))) == wanted
