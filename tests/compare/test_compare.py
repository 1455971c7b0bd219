"""Documents side by side in a store: the samples, their province's plan and what answers it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from compared import SAMPLES, sample
from sqlite_utils import Database

from pipeline.compare.followup import FOLLOW_FIELDS
from pipeline.compare.targets import PLAN_FIELDS
from pipeline.store import compare, load, open_store, overview
from pipeline.store.figures import add_indicators, catalogue
from pipeline.store.rows import Page
from pipeline.store.writing import transaction

PLACES = ("huyện Phú Khê", "huyện Nậm Lương", "huyện Đại Sơn", "huyện An Lĩnh", "thị xã Hòa Giang", "tỉnh Lâm Giang")
#: by hand from the plan's table and the reports: target, result, share reached
WORK = ((3200, 3310, 103.4), (2400, 2268, 94.5), (2900, 2958, 102.0), (2700, 2592, 96.0), (3800, 3980, 104.7))
LOANS = ((900, 912, 101.3), (700, 715, 102.1), (800, 824, 103.0), (750, 763, 101.7), (850, 884, 104.0))
ABROAD = ((150, 132, 88.0), (80, 52, 65.0), (120, 127, 105.8), (110, 103, 93.6), (160, 171, 106.9))
PROVINCE = ((15000, 15108, 100.7), (4000, 4098, 102.5), (620, 592, 95.5))


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A store with the samples."""
    with open_store(tmp_path_factory.mktemp("samples") / "vanban.db") as db:
        for path in sorted(SAMPLES.glob("*.docx")):
            with transaction(db):
                load.save(db, sample(path.stem), "1")
        yield db


def id_of(db: Database, symbol: str) -> int:
    return int(db.execute("SELECT id FROM documents WHERE symbol = ?", [symbol]).fetchone()[0])


@pytest.fixture
def plan(samples: Database) -> int:
    return id_of(samples, "38/KH-UBND")


def test_rows_of_one_indicator_over_places(samples: Database) -> None:
    rows = compare.compare(samples, compare.FigureFilter("lao dong di lam viec o nuoc ngoai", aspect="result"))
    assert all(tuple(r) == compare.COMPARE_FIELDS for r in rows)
    own = {(r["place"], r["value"]) for r in rows if r["period"] == "2024" and r["of"]}
    assert own == {(p, n) for p, (_, n, _) in zip(PLACES, ABROAD, strict=False)} | {("tỉnh Lâm Giang", 592)}
    assert len({(r["indicator"], r["unit"]) for r in rows}) == 1


def test_words_of_known_indicators_without_figures_are_looked_for_in_the_others(samples: Database) -> None:
    meant = {e.name for e in catalogue(samples).named("kiem tra")}
    found = {r["indicator"] for r in compare.compare(samples, compare.FigureFilter("kiem tra"))}
    assert meant and found and not meant & found


def test_rows_by_place_and_period(samples: Database) -> None:
    rows = compare.compare(samples, compare.FigureFilter("giai quyet viec lam", "huyen phu khe", "2025"))
    assert [(r["value"], r["aspect"]) for r in rows] == [(3300, "target")]


@pytest.mark.parametrize("indicator", ["xa", "ho", "giai quyet viec lam", "khong co gi"])
@pytest.mark.parametrize("aspect", [None, "target", "result"])
@pytest.mark.parametrize("place", [None, "phu khe"])
def test_figures_on_a_page_are_those_of_the_whole_list(
    samples: Database, indicator: str, aspect: str | None, place: str | None
) -> None:
    wanted = compare.FigureFilter(indicator, place, aspect=aspect)
    every = compare.compare(samples, wanted)
    among = wanted._replace(documents=tuple(row[0] for row in samples.execute("SELECT id FROM documents").fetchall()))
    assert compare.compare(samples, among) == every and all(r["aspect"] == (aspect or r["aspect"]) for r in every)
    ids = [r["figure_id"] for r in every]
    for page in (Page(3), Page(3, 2), Page(3, len(every)), Page(100)):
        found = compare.counted(samples, wanted, page, 5, 4)
        assert [r["figure_id"] for r in found.rows] == ids[page.offset :][: page.limit]
        assert ([r["figure_id"] for r in found.first], found.total) == (ids[:5], min(4, len(ids)))


def test_targets_beside_results_for_every_place(samples: Database, plan: int) -> None:
    rows = compare.targets_and_results(samples, plan)
    assert set(PLAN_FIELDS) <= set(rows[0])
    found = {(r["indicator"], r["place"]): (r["target"], r["result"], r["share"]) for r in rows}
    names = {
        "Số lao động được giải quyết việc làm": (*WORK, PROVINCE[0]),
        "Số lao động có việc làm qua vay vốn": (*LOANS, PROVINCE[1]),
        "Số lao động đi làm việc ở nước ngoài": (*ABROAD, PROVINCE[2]),
    }
    for name, facts in names.items():
        assert [found[name, place] for place in PLACES] == list(facts)


def test_places_are_ranked_and_other_values_shown(samples: Database, plan: int) -> None:
    rows = {r["place"]: r for r in compare.targets_and_results(samples, plan) if "nước ngoài" in r["indicator"]}
    assert [rows[p]["rank"] for p in PLACES] == [4, 5, 2, 3, 1, None]
    assert [o["value"] for o in rows["huyện An Lĩnh"]["others"]] == [108]
    assert rows["huyện Nậm Lương"]["met"] is False and rows["huyện Nậm Lương"]["gap"] == -28


def test_a_ceiling_is_met_from_below(samples: Database, plan: int) -> None:
    row = next(r for r in compare.targets_and_results(samples, plan) if "thất nghiệp" in r["indicator"])
    assert (row["comparator"], row["result"], row["met"], row["share"]) == ("<", 2.71, True, None)


def test_who_has_answered(samples: Database, plan: int) -> None:
    rows = {r["agency"]: r for r in compare.followed(samples, plan)}
    assert all(set(FOLLOW_FIELDS) <= set(r) for r in rows.values())

    def told(agency: str) -> tuple[Any, ...]:
        return tuple(rows[agency][f] for f in ("status", "plan", "report", "report_on", "report_due", "report_late"))

    district = "Ủy ban nhân dân {}".format
    assert told(district("huyện Phú Khê")) == ("report", None, "512/BC-UBND", "2024-12-03", "2024-12-05", False)
    assert told(district("huyện Nậm Lương")) == (
        "plan_and_report", "45/KH-UBND", "389/BC-UBND", "2024-12-06", "2024-12-05", True,
    )  # fmt: skip
    assert told(district("huyện Đại Sơn")) == ("report", None, "467/BC-UBND", "2024-12-04", "2024-12-05", False)
    assert told(district("huyện An Lĩnh")) == ("report", None, "298/BC-UBND", "2024-12-02", "2024-12-05", False)
    assert told(district("thị xã Hòa Giang")) == ("report", None, "645/BC-UBND", "2024-12-05", "2024-12-05", False)
    assert rows[district("huyện Nậm Lương")]["plan_due"] == "2024-03-15"
    assert rows[district("huyện Nậm Lương")]["plan_late"] is False
    office = "Sở Lao động - Thương binh và Xã hội tỉnh Lâm Giang"
    assert told(office) == ("report", None, "2140/BC-SLĐTBXH", "2024-12-20", "2024-12-15", True)
    assert rows["Công an tỉnh Lâm Giang"]["status"] == "none"
    answered = {r["agency"] for r in rows.values() if r["status"] in ("report", "plan", "plan_and_report")}
    assert answered == {office, *map(district, PLACES[:5])}
    assert not any("Hội Nông dân" in agency for agency in rows), "who is only asked is not charged"


def test_whatever_answers_a_plan(samples: Database, plan: int) -> None:
    direct = {"45/KH-UBND", "214/TB-VPUBND", "2386/UBND-VX", "298/BC-UBND", "512/BC-UBND", "467/BC-UBND"}
    found = {r["document"] for r in compare.answers(samples, plan)}
    assert found == direct | {"645/BC-UBND", "389/BC-UBND", "2140/BC-SLĐTBXH"}


def test_one_section_of_many_reports(samples: Database, plan: int) -> None:
    reports = [a["document_id"] for a in compare.answers(samples, plan) if a["doc_type"] == "BC"]
    rows = compare.sections(samples, "limitations", reports)
    assert {r["document_id"] for r in rows} == set(reports)
    assert any("bỏ trốn" in r["text"] for r in rows if r["document"] == "389/BC-UBND")
    assert compare.sections(samples, "limitations", reports, Page(3, 2)) == rows[2:5] != []


def test_overview_and_recurring_proposals(samples: Database) -> None:
    rows = overview.overview(samples)
    assert {r["view"] for r in rows} == {"cited", "agencies", "places", "topics", "proposals"}
    assert rows[0]["name"] == "38/KH-UBND" and rows[0]["documents"] == 9
    assert rows[1]["name"] == "90/QĐ-TTg" and rows[1]["detail"] == "Quyết định"
    loans = next(r for r in overview.proposals(samples) if "vốn" in r["text"])
    assert loans["count"] >= 3


def test_staff_add_indicators(samples: Database) -> None:
    asked = compare.FigureFilter("don hang tuyen dung")
    assert all(r["strength"] == 0 for r in compare.compare(samples, asked))
    row = {"id": "don-hang", "name": "Số đơn hàng tuyển dụng", "units": "đơn hàng", "topic": "Lao động - việc làm"}
    words = "đơn hàng tuyển dụng|niêm yết công khai đơn hàng tuyển dụng tại trụ sở xã và nhà văn hóa thôn"
    add_indicators(samples, [{**row, "part_of": "", "synonyms": words, "excluded": ""}])
    found = compare.compare(samples, asked)
    assert [(r["indicator"], r["value"], r["place"]) for r in found] == [
        ("Số đơn hàng tuyển dụng", 22, "huyện An Lĩnh")
    ]


def test_figures_go_with_their_document(samples: Database, tmp_path: Path) -> None:
    with open_store(tmp_path / "one.db") as db:
        with transaction(db):
            one = load.save(db, sample("bc-huyen-an-linh-2024"), "1")
        assert compare.compare(db)
        with transaction(db):
            load.delete(db, one)
        assert not compare.compare(db)
        assert db.execute("SELECT count(*) FROM figures").fetchone()[0] == 0


def test_figures_are_read_when_they_are_missing(tmp_path: Path) -> None:
    with open_store(tmp_path / "old.db") as db:
        with transaction(db):
            load.save(db, sample("bc-huyen-an-linh-2024"), "1")
        before = compare.compare(db)
        with transaction(db):  # as in a store made before figures were kept
            db.execute("DELETE FROM figured")
            db.execute("DELETE FROM figures")
        assert compare.compare(db) == before
