"""Who holds a duty on a day: over the whole registry, and in the cases that an official knows."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import patterns
from pipeline.annotate.citations import find_citations
from pipeline.model import Frame, Header, Paragraph, Text
from pipeline.resolve.bodies import Body, members_of, name_of, offices
from pipeline.resolve.mergers import Area, communes_of, find_district
from pipeline.resolve.succession import Succession, fields_of, holder

DAYS = [date(2024, 6, 30), date(2025, 1, 1), date(2025, 3, 1), date(2025, 6, 30), date(2025, 7, 1), date(2026, 11, 22)]
ENDED = [row for row in patterns.rows("agencies") if row["valid_to"]]
ROWS = patterns.rows("successions")
PHONG_THO = Area("tỉnh Lai Châu", "huyện Phong Thổ")
COMMUNES = "thuộc địa bàn huyện Phong Thổ cũ"
ECONOMY = "Phòng Kinh tế các xã, Phòng Kinh tế, Hạ tầng và Đô thị các phường"
PHONG = "Phòng Lao động - Thương binh và Xã hội huyện Phong Thổ"
SO = "Sở Lao động - Thương binh và Xã hội tỉnh Yên Bái"


def held(name: str, key: str, on: str, words: str = "", area: Area = PHONG_THO) -> Succession:
    return holder(name, key, date.fromisoformat(on), words, area, date(2021, 5, 20))


# --------------------------------------------------------------------------- the whole registry


def named_in(name: str) -> list[str]:
    """The offices of the registry that a name may be of."""
    return [i for i, o in offices().items() if name.startswith(o.base) or name.startswith(o.name)]


def exists(office: str, on: date) -> bool:
    """Whether there was an office of the registry on a day."""
    found = offices()[office]
    return (found.valid_from or date.min) <= on <= (found.valid_to or date.max)


@pytest.mark.parametrize("row", ENDED, ids=lambda r: r["id"])
@pytest.mark.parametrize("on", DAYS, ids=str)
def test_every_ended_body_leads_to_one_that_existed(row: dict[str, str], on: date) -> None:
    found = holder(row["name"], row["id"], on)
    if on <= date.fromisoformat(row["valid_to"]):
        assert row["valid_from"] > str(on) or found.holder == row["name"]
        return
    for name in filter(None, [found.holder, *found.candidates]):
        assert any(exists(i, on) for i in named_in(name)), name
    assert found.holder or found.why
    assert all(step.ground and step.on <= on for step in found.chain)
    assert found.chain or found.why


@pytest.mark.parametrize(
    "row", [r for r in ENDED if r["name"].startswith(("Bộ ", "Sở ", "Phòng "))], ids=lambda r: r["id"]
)
@pytest.mark.parametrize("on", DAYS[2:], ids=str)
def test_every_ended_ministry_and_office_has_a_successor(row: dict[str, str], on: date) -> None:
    found = holder(row["name"], row["id"], max(on, date.fromisoformat(row["valid_to"]).replace(year=2026)))
    assert found.holder or len(found.candidates) > 1
    assert all(step.ground for step in found.chain) and found.chain


def test_a_succession_begins_when_its_predecessor_ends() -> None:
    for row in ROWS:
        office, on = offices()[row["predecessor"]], date.fromisoformat(row["from"])
        assert office.valid_to and office.valid_to < on, row
        for heir in filter(None, [row["successor"], row["urban"]]):
            assert exists(heir, on), row
        assert row["successor"] or row["note"], row
        assert not row["field"] or row["field"] in patterns.data("succession")["field"]
        assert len({r["from"] for r in ROWS if r["predecessor"] == row["predecessor"]}) == 1


def test_every_ended_body_is_told_of() -> None:
    assert {row["id"] for row in ENDED} == {row["predecessor"] for row in ROWS}


GROUNDS = sorted(
    {r["ground"] for r in (*ROWS, *patterns.rows("provinces"))} | {patterns.data("succession")["communes"]["ground"]}
)


@pytest.mark.parametrize("ground", GROUNDS)
def test_every_ground_is_a_document_with_symbol_and_day(ground: str) -> None:
    text = Text(ground, [Paragraph(0, len(ground))])
    (cited,) = find_citations(text, Frame(Header(), []))
    assert cited.symbol and cited.issued_on and cited.text == ground


# --------------------------------------------------------------------------- a district's office


@pytest.mark.parametrize(
    ("on", "holds"),
    [
        ("2024-12-31", PHONG),
        ("2025-02-28", PHONG),
        ("2025-03-01", "Phòng Nội vụ huyện Phong Thổ"),
        ("2025-06-30", "Phòng Nội vụ huyện Phong Thổ"),
        ("2025-07-01", f"Phòng Văn hóa - Xã hội các xã, phường {COMMUNES}"),
    ],
)
def test_a_duty_about_jobs_goes_down_to_the_communes(on: str, holds: str) -> None:
    assert held(PHONG, "pldtbxh:phong-tho", on, "Giải quyết việc làm cho thanh niên.").holder == holds


def test_the_chain_tells_each_step_and_its_ground() -> None:
    found = held(PHONG, "pldtbxh:phong-tho", "2025-08-01", "Tư vấn việc làm.")
    assert [(s.predecessor, s.on.isoformat(), s.ground) for s in found.chain] == [
        (PHONG, "2025-03-01", "Nghị định số 45/2025/NĐ-CP ngày 28/02/2025"),
        ("Phòng Nội vụ huyện Phong Thổ", "2025-07-01", "Nghị định số 150/2025/NĐ-CP ngày 12/6/2025"),
    ]
    assert found.members[0].startswith("Phòng Văn hóa - Xã hội ")
    assert "Phòng Văn hóa - Xã hội xã Sin Suối Hồ" in found.members


@pytest.mark.parametrize(
    ("words", "holds"),
    [
        ("Rà soát hộ nghèo, thực hiện chính sách giảm nghèo.", f"{ECONOMY} {COMMUNES}"),
        ("Bảo vệ trẻ em.", f"Phòng Văn hóa - Xã hội các xã, phường {COMMUNES}"),
        ("Quản lý sau cai nghiện.", "Công an tỉnh Lai Châu"),
    ],
)  # fmt: skip
def test_the_words_of_a_duty_decide(words: str, holds: str) -> None:
    assert held(PHONG, "pldtbxh:phong-tho", "2025-08-01", words).holder == holds


def test_a_duty_without_field_names_the_candidates_and_says_why() -> None:
    found = held(SO, "sldtbxh:yen-bai", "2025-04-01", "Đôn đốc các đơn vị báo cáo.")
    assert found.holder is None
    assert found.candidates == tuple(
        f"{name} tỉnh Yên Bái"
        for name in ("Sở Nội vụ", "Sở Giáo dục và Đào tạo", "Sở Y tế", "Sở Nông nghiệp và Môi trường", "Công an")
    )
    assert found.why and "không nêu lĩnh vực" in found.why


def test_a_duty_of_two_fields_is_left_open_between_them() -> None:
    found = held(SO, "sldtbxh:yen-bai", "2025-04-01", "Giảm nghèo gắn với giải quyết việc làm.")
    assert found.candidates == ("Sở Nội vụ tỉnh Yên Bái", "Sở Nông nghiệp và Môi trường tỉnh Yên Bái")
    assert found.holder is None and found.why


def test_the_name_of_a_body_is_no_field() -> None:
    assert fields_of("Phối hợp với Trung tâm Giáo dục nghề nghiệp và Sở Lao động rà soát") == frozenset()
    assert fields_of("Giáo dục nghề nghiệp cho lao động nông thôn") == {"vocational"}


@pytest.mark.parametrize(
    ("name", "key", "words", "holds"),
    [
        (SO, "sldtbxh:yen-bai", "Đưa người đi làm việc ở nước ngoài.", "Sở Nội vụ tỉnh Lào Cai"),
        ("Tỉnh ủy Hải Dương", "tinhuy:hai-duong", "", "Thành ủy Hải Phòng"),
        ("Ủy ban nhân dân tỉnh Bình Dương", "ubndt:binh-duong", "", "Ủy ban nhân dân Thành phố Hồ Chí Minh"),
        ("Ủy ban nhân dân thành phố Hà Nội", "ubndtp:ha-noi", "", "Ủy ban nhân dân thành phố Hà Nội"),
        ("Huyện ủy Tam Nông", "huyenuy:tam-nong", "", "Đảng ủy các xã thuộc địa bàn huyện Tam Nông cũ"),
        ("Bộ Kế hoạch và Đầu tư", "bkhdt", "", "Bộ Tài chính"),
        ("Bộ Giao thông vận tải", "bgtvt", "Xây dựng đường cao tốc.", "Bộ Xây dựng"),
        ("Bộ Giao thông vận tải", "bgtvt", "Cấp giấy phép lái xe.", "Bộ Công an"),
        ("Bộ Thủy sản", "bts", "", "Bộ Nông nghiệp và Môi trường"),
        ("Ủy ban nhân dân xã Mường So", "ubndx:muong-so", "", "Ủy ban nhân dân xã Phong Thổ"),
        ("Ủy ban nhân dân các xã, thị trấn", "ubndx", "", f"Ủy ban nhân dân các xã, phường {COMMUNES}"),
    ],
)  # fmt: skip
def test_who_holds_it_in_august_2025(name: str, key: str, words: str, holds: str) -> None:
    area = PHONG_THO if "Phong Thổ" in holds else Area("tỉnh Đồng Tháp") if "Tam Nông" in holds else Area()
    found = held(name, key, "2025-08-01", words, area)
    assert found.holder == holds
    assert bool(found.chain) == (holds != name)


def test_what_is_not_known_is_not_invented() -> None:
    unknown = held("Bảo tàng Sông Mây", "", "2025-08-01")
    assert unknown.holder is None and unknown.candidates == () and unknown.why
    lost = held("Ủy ban nhân dân xã Không Có", "ubndx:khong-co", "2025-08-01")
    assert lost.holder is None and lost.why and "Không rõ" in lost.why
    early = held("Sở Nông nghiệp và Môi trường tỉnh Lai Châu", "snnmt:lai-chau", "2024-08-01")
    assert early.holder is None and early.why
    between = held("Cục Thuế tỉnh Lai Châu", "cct:lai-chau", "2025-04-01")
    assert between.holder is None and between.why and "Chi cục Thuế khu vực" in between.why


def test_units_named_after_the_reform_stay_as_they_are() -> None:
    found = holder(
        "Ủy ban nhân dân xã Phong Thổ", "ubndx:phong-tho", date(2026, 1, 1), "", Area("tỉnh Lai Châu"), date(2025, 9, 1)
    )
    assert (found.holder, found.chain) == ("Ủy ban nhân dân xã Phong Thổ", ())


# --------------------------------------------------------------------------- units


def test_every_old_commune_went_somewhere_and_every_new_one_came_from_somewhere() -> None:
    places = patterns.rows("places")
    old = {(r["province"], r["district"], c) for r in places if r["district"] for c in r["communes"].split("|") if c}
    new = {(r["province"], c) for r in places if not r["district"] for c in r["communes"].split("|")}
    mergers = patterns.rows("mergers")
    assert {(r["province"], r["district"], c) for r in mergers for c in r["communes"].split("|") if c} == old
    assert {(r["new_province"], r["new_commune"]) for r in mergers} == new


def test_a_district_of_a_shared_name_needs_its_province() -> None:
    assert find_district("huyện Phú Tân") is None
    area = find_district("huyện Phú Tân", "tỉnh Cà Mau")
    assert area and all(unit.province == "tỉnh Cà Mau" for unit in communes_of(area))


@given(st.sampled_from([r for r in patterns.rows("places") if r["district"]]))
def test_the_members_of_a_former_district_are_bodies_of_its_communes(row: dict[str, str]) -> None:
    body = Body("pvhxh", row["district"], True, former=True, area=Area(row["province"], row["district"]))
    area = find_district(row["district"], row["province"])
    assert area
    assert members_of(body) == tuple(f"Phòng Văn hóa - Xã hội {unit.commune}" for unit in communes_of(area))
    assert name_of(body).endswith(f"thuộc địa bàn {row['district']} cũ")


@given(st.sampled_from(sorted(offices())), st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.text(max_size=40))
def test_an_answer_is_a_body_or_a_reason(identity: str, on: date, words: str) -> None:
    found = holder(offices()[identity].name, identity, on, words)
    assert found.holder or found.why
    assert not (found.holder and found.candidates)
