"""The units of the country, and the context that a document's issuer gives."""

from datetime import date

import pytest

from pipeline.model import Context, Frame, Header, Text, ZoneSpan
from pipeline.resolve import places
from pipeline.resolve.context import context_of


def context(text: str, **header: object) -> Context:
    return context_of(Text(text, []), Frame(Header.model_validate(header), []))


def test_every_unit_of_both_times_is_there() -> None:
    assert sum(len(v) for v in places.provinces().values()) >= 63
    assert sum(len(v) for v in places.districts().values()) == 696


@pytest.mark.parametrize(
    ("kind", "name", "full"),
    [
        ("huyện", "PHONG THỔ", "huyện Phong Thổ"),
        ("Tỉnh", "Đăk Lăk", "tỉnh Đắk Lắk"),
        ("thành phố", "HCM", "Thành phố Hồ Chí Minh"),
        ("xã", "Mường So", "xã Mường So"),
        ("tỉnh", "Hoà Bình", "tỉnh Hòa Bình"),
    ],
)
def test_a_unit_is_found_however_it_is_spelled(kind: str, name: str, full: str) -> None:
    assert places.find(kind, name)[0].full == full


def test_a_district_has_its_province() -> None:
    assert context("", issuer="Ủy ban nhân dân huyện Phong Thổ").province == "tỉnh Lai Châu"


def test_an_ambiguous_district_is_decided_by_the_text_or_left_open() -> None:
    assert context("ĐẢNG BỘ TỈNH ĐỒNG THÁP", issuer="Huyện ủy Tam Nông").province == "tỉnh Đồng Tháp"
    open_ = context("không nói gì thêm", issuer="Huyện ủy Tam Nông")
    assert (open_.district, open_.province) == ("huyện Tam Nông", None)


def test_an_issuer_without_a_name_takes_the_province_that_the_text_is_about() -> None:
    found = context("phiên giao dịch tại Trung tâm Dịch vụ việc làm Đồng Tháp", issuer="Ủy ban nhân dân Huyện")
    assert (found.level, found.province, found.district) == ("district", "tỉnh Đồng Tháp", None)


def test_the_place_of_issue_names_the_issuers_unit() -> None:
    found = context("", issuer="Ủy ban nhân dân huyện", place="Phong Thổ", issued_on=date(2023, 3, 1))
    assert (found.district, found.year) == ("huyện Phong Thổ", 2023)


def test_the_issuer_speaks_where_the_header_is_missing() -> None:
    found = context("Ủy ban nhân dân huyện Phong Thổ ban hành Kế hoạch như sau:")
    assert (found.issuer, found.level) == ("Ủy ban nhân dân huyện Phong Thổ", "district")


def test_of_bodies_that_issue_together_the_first_speaks_and_the_last_has_the_place() -> None:
    found = context("", issuer="Sở Nội vụ - Sở Tài chính tỉnh Lai Châu")
    assert (found.issuer, found.level, found.province) == ("Sở Nội vụ", "province", "tỉnh Lai Châu")


def test_a_ministry_is_central_and_its_province_the_one_it_writes_about() -> None:
    assert context("", issuer="Bộ Nội vụ").level == "central"
    assert context("làm việc với tỉnh Phú Thọ; lãnh đạo tỉnh Phú Thọ", issuer="Văn phòng Chính phủ").province == (
        "tỉnh Phú Thọ"
    )


LETTERHEAD = "UBND TỈNH LÂM GIANG\nỦY BAN NHÂN DÂN XÃ PHÚ KHÊ\n"


def whole(letterhead: str, body: str, **header: object) -> Context:
    text = letterhead + body
    zones = [ZoneSpan("letterhead", 0, len(letterhead)), ZoneSpan("body", len(letterhead), len(text))]
    return context_of(Text(text, []), Frame(Header.model_validate(header), zones))


@pytest.mark.parametrize(
    ("letterhead", "body"),
    [
        (LETTERHEAD, "Ủy ban nhân dân xã báo cáo như sau."),
        ("", "Phú Khê là xã của tỉnh Lâm Giang."),
        ("", "Tại xã Phú Khê, tỉnh Lâm Giang; hội nghị ở tỉnh Phú Thọ."),
    ],
)
def test_where_text_and_table_disagree_the_text_wins(letterhead: str, body: str) -> None:
    found = whole(letterhead, body, issuer="Ủy ban nhân dân xã Phú Khê", issued_on=date(2025, 8, 1))
    assert (found.commune, found.province, found.district) == ("xã Phú Khê", "tỉnh Lâm Giang", None)


def test_an_unknown_district_has_the_province_that_the_text_names() -> None:
    found = context("theo kế hoạch của UBND tỉnh Lâm Giang", issuer="Ủy ban nhân dân huyện Phú Khê")
    assert (found.district, found.province) == ("huyện Phú Khê", "tỉnh Lâm Giang")


def test_a_province_mistyped_in_the_text_is_still_itself() -> None:
    found = context("kế hoạch của UBND tỉnh Lai Chau", issuer="Ủy ban nhân dân huyện Phong Thổ")
    assert (found.province, found.places["tỉnh lai chau"]) == ("tỉnh Lai Châu", "Lai Châu")


def test_persons_are_no_places() -> None:
    found = context("Phó Chủ tịch UBND tỉnh Lò Thị Mai; Chủ tịch UBND huyện Trần Quang Khải", issuer="Bộ Nội vụ")
    assert found.places == {}


def test_a_mentioned_province_is_not_the_issuers() -> None:
    found = context("học tập kinh nghiệm của tỉnh Lào Cai", issuer="Ủy ban nhân dân huyện Phong Thổ")
    assert found.province == "tỉnh Lai Châu"


def test_the_place_of_issue_names_an_unknown_unit() -> None:
    assert context("", issuer="Ủy ban nhân dân huyện", place="Phú Khê").district == "huyện Phú Khê"


def test_a_commune_of_the_new_order() -> None:
    found = context("", issuer="Ủy ban nhân dân xã Bảo Hà", issued_on=date(2025, 8, 1))
    assert (found.level, found.commune, found.district) == ("commune", "xã Bảo Hà", None)
