"""Names as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patterns import rows
from pipeline.names import answers_to, expand, fold, name_key, read_name, resembles, toned

SPELLINGS = {
    "Phòng Lao động - Thương binh và Xã hội": [
        "phong ldtbxh",
        "P.LĐTBXH",
        "PLĐTBXH",
        "Phòng LĐ-TB&XH",
        "phòng Lao động – TB&XH",
        "phong lao dong tbxh",
        "Phòng Lao động, Thương binh và Xã hội",
    ],
    "Sở Lao động - Thương binh và Xã hội tỉnh Lào Cai": ["so ldtbxh tinh lao cai", "SLĐTBXH T. Lào Cai"],
    "Ủy ban nhân dân huyện Phong Thổ": ["ubnd huyen phong tho", "Uỷ ban nhân dân huyện Phong Thổ", "UBND H. Phong Thổ"],
    "Sở Giáo dục và Đào tạo": ["so gd&đt", "sgddt", "Sở GD-ĐT"],
    "Phòng Văn hóa và Thông tin": ["phong vhtt"],
    "Sở Văn hóa và Thể thao": ["so vhtt"],
    "Công an huyện": ["ca huyen"],
    "Cà Mau": ["ca mau"],
}


@pytest.mark.parametrize(("name", "typed"), [(n, t) for n, typed in SPELLINGS.items() for t in typed])
def test_spellings_of_one_name_share_its_key(name: str, typed: str) -> None:
    assert name_key(typed) == name_key(name)


ANYWHERE = [row for row in rows("abbreviations") if row["where"] == "any"]


@pytest.mark.parametrize("row", ANYWHERE, ids=lambda row: row["short"])
def test_every_abbreviation_is_written_out(row: dict[str, str]) -> None:
    assert expand(fold(f"cac {row['short']}")) == f"cac {fold(row['full'])}"


def test_no_abbreviation_is_a_syllable_of_a_place() -> None:
    syllables = {
        word
        for row in rows("places")
        for name in (row["province"], row["district"], *row["communes"].split("|"))
        for word in fold(name).split()
    }
    shorts = {fold(row["short"]) for row in rows("abbreviations") if row["where"] not in ("unit", "prefix")}
    assert shorts & syllables == set()


def test_fold_drops_tones_and_signs() -> None:
    assert fold("Sở GD&ĐT – Đắk Lắk") == "so gd dt dak lak"


def test_toned_keeps_tones_wherever_the_mark_stands() -> None:
    assert toned("hoà") == toned("hòa") != toned("hoa")
    assert toned("đất") != toned("đạt")


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("name", "kind", "place", "members"),
    [
        ("Phòng Nội vụ huyện Phong Thổ", "phong noi vu", "huyen phong tho", set()),
        ("Sở Nội vụ Thành phố Hồ Chí Minh", "so noi vu", "thanh pho ho chi minh", set()),
        ("Ủy ban nhân dân các xã, thị trấn", "uy ban nhan dan", "", {"xa", "thi tran"}),
        ("Ủy ban nhân dân xã, phường", "uy ban nhan dan", "", {"xa", "phuong"}),
        ("Ủy ban nhân dân cấp xã", "uy ban nhan dan", "", {"xa", "phuong", "thi tran", "dac khu"}),
        ("Ủy ban nhân dân các xã, phường tỉnh Lào Cai", "uy ban nhan dan", "tinh lao cai", {"xa", "phuong"}),
        ("Ủy ban nhân dân Huyện", "uy ban nhan dan", "huyen", set()),
        ("Huyện ủy Tam Nông", "huyen uy", "huyen tam nong", set()),
        ("Ngân hàng Chính sách xã hội huyện Mường La", "ngan hang chinh sach xa hoi", "huyen muong la", set()),
        ("Bộ Nội vụ", "bo noi vu", "", set()),
    ],
)
def test_a_name_is_taken_apart(name: str, kind: str, place: str, members: set[str]) -> None:
    read = read_name(name)
    assert (read.kind, read.place, set(read.members)) == (kind, place, members)


@pytest.mark.parametrize(
    "typed", ["phong noi vu", "phong noi vu huyen phong tho", "phong noi vu phong tho", "phong noi vu huyen"]
)
def test_a_name_answers_to_its_shorter_forms(typed: str) -> None:
    assert answers_to(read_name("Phòng Nội vụ huyện Phong Thổ"), name_key(typed))


@pytest.mark.parametrize("typed", ["phong noi", "phong noi vu huyen tam duong", "noi vu"])
def test_a_name_answers_to_no_other(typed: str) -> None:
    assert not answers_to(read_name("Phòng Nội vụ huyện Phong Thổ"), name_key(typed))


def test_resembling_takes_the_words_in_order() -> None:
    name = read_name("Phòng Nội vụ huyện Phong Thổ")
    assert resembles(name, "noi vu phong tho")
    assert not resembles(name, "phong tho noi vu")
