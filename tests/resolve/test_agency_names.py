"""Canonical names of single phrases."""

import pytest

import patterns
from pipeline.annotate.agency_phrases import canonical_name
from pipeline.model import Context

TUAN_GIAO = Context(level="district", province="tỉnh Điện Biên", district="huyện Tuần Giáo")


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("UBND TỈNH ĐẮK LẮK", "Ủy ban nhân dân tỉnh Đắk Lắk"),
        ("ỦY BAN NHÂN DÂN THÀNH PHỐ HỒ CHÍ MINH", "Ủy ban nhân dân Thành phố Hồ Chí Minh"),
        ("UBND TP.HCM", "Ủy ban nhân dân Thành phố Hồ Chí Minh"),
        ("UỶ BAN NHÂN DÂN TỈNH HOÀ BÌNH", "Ủy ban nhân dân tỉnh Hòa Bình"),
        ("HUYỆN UỶ TAM NÔNG", "Huyện ủy Tam Nông"),
        ("Thành ủy Hà Nội", "Thành ủy Hà Nội"),
        ("Bộ trưởng Bộ Xây dựng", "Bộ Xây dựng"),
        ("VĂN PHÒNG CHÍNH PHỦ", "Văn phòng Chính phủ"),
        ("Ngân hàng chính sách xã hội", "Ngân hàng Chính sách xã hội"),
        ("Ban Bí thư", "Ban Bí thư Trung ương Đảng"),
        ("Mặt trận Tổ quốc", "Mặt trận Tổ quốc Việt Nam"),
        ("Tòa án nhân dân khu vực 5 - Lào Cai", "Tòa án nhân dân khu vực 5 - Lào Cai"),
        ("Trung tâm Dịch vụ Việc làm Đồng Tháp", "Trung tâm Dịch vụ việc làm tỉnh Đồng Tháp"),
        ("ỦY BAN NHÂN DÂN HUYỆN PHÚ KHÊ", "Ủy ban nhân dân huyện Phú Khê"),
        ("UBND Huyện Phú Khê", "Ủy ban nhân dân huyện Phú Khê"),
        ("HUYỆN ỦY ĐẠI SƠN", "Huyện ủy Đại Sơn"),
        ("BAN TỔ CHỨC TỈNH UỶ LÂM GIANG", "Ban Tổ chức Tỉnh ủy Lâm Giang"),
        ("ỦY BAN NHÂN DÂN XÃ IA H'DRÔI", "Ủy ban nhân dân xã Ia H'Drôi"),
        ("Phó Chủ tịch UBND tỉnh Lò Thị Mai", "Ủy ban nhân dân tỉnh"),
        ("Phó Chủ tịch Thường trực UBND tỉnh Lâm Giang", "Ủy ban nhân dân tỉnh Lâm Giang"),
        ("Báo và Phát thanh, Truyền hình Lào Cai", "Báo và Phát thanh, Truyền hình Lào Cai"),
        ("Báo và Phát thanh Truyền hình tỉnh Lào Cai", "Báo và Phát thanh Truyền hình tỉnh Lào Cai"),
        ("VNPT Lào Cai", "VNPT Lào Cai"),
        ("Hội đồng điều phối vùng", "Hội đồng điều phối vùng"),
    ],
)
def test_a_phrase_alone(words: str, name: str) -> None:
    assert canonical_name(words) == name


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("phòng Lao động - TB&XH", "Phòng Lao động - Thương binh và Xã hội huyện Tuần Giáo"),
        ("TT HĐND huyện", "Thường trực Hội đồng nhân dân huyện Tuần Giáo"),
        ("TT. Huyện uỷ", "Thường trực Huyện ủy Tuần Giáo"),
        ("VP HĐND&UBND huyện", "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện Tuần Giáo"),
        ("UBND huyện", "Ủy ban nhân dân huyện Tuần Giáo"),
        ("UBND", "Ủy ban nhân dân huyện Tuần Giáo"),
        ("sở Lao động - TB&XH", "Sở Lao động - Thương binh và Xã hội tỉnh Điện Biên"),
        ("UBND huyện Mường Ảng", "Ủy ban nhân dân huyện Mường Ảng"),
    ],
)
def test_a_phrase_in_a_districts_document(words: str, name: str) -> None:
    assert canonical_name(words, TUAN_GIAO) == name


def test_without_context_a_name_stays_as_far_as_it_goes() -> None:
    assert canonical_name("Phòng Nội vụ") == "Phòng Nội vụ"
    assert canonical_name("Ủy ban nhân dân Huyện") == "Ủy ban nhân dân Huyện"


@pytest.mark.parametrize("words", ["bộ phận", "hội nghị", "Kế hoạch", "", "các cơ quan, đơn vị", "12/QĐ"])
def test_no_agency(words: str) -> None:
    assert canonical_name(words) is None


# --------------------------------------------------------------------------- the registry

REGISTRY = patterns.rows("agencies")


def test_the_registry_hangs_together() -> None:
    ids = [r["id"] for r in REGISTRY]
    assert len(ids) == len(set(ids))
    for row in REGISTRY:
        assert row["level"] in ("central", "province", "district", "commune", "")
        assert row["place"] in ("always", "said", "must", "bare", "written", "")
        assert not row["parent"] or row["parent"] in ids, row["id"]
        assert not row["valid_to"] or row["valid_from"] < row["valid_to"], row["id"]


@pytest.mark.parametrize("row", REGISTRY, ids=lambda r: r["id"])
def test_every_name_of_the_registry_is_read_back(row: dict[str, str]) -> None:
    assert canonical_name(row["name"]) in (row["name"], row["name"].removesuffix(" khu vực"))
    for variant in filter(None, row["variants"].split("|")):
        read = canonical_name(f"{variant} tỉnh Lào Cai")
        assert read and read.casefold() != variant.casefold()
