"""Agencies in running text: every form of naming one, lists taken apart, and what is none."""

import csv
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import patterns
from pipeline.annotate.agencies import find_agencies
from pipeline.annotate.agency_phrases import canonical_name
from pipeline.model import AgencyMention, Context, Frame, Header, Paragraph, Text, ZoneSpan
from pipeline.resolve import places
from pipeline.resolve.context import context_of

HUYEN = Context(level="district", province="tỉnh Lai Châu", district="huyện Phong Thổ")
TINH = Context(level="province", province="tỉnh Lào Cai")
XA = Context(level="commune", province="tỉnh Lào Cai", commune="xã Bảo Hà")
BO = Context(level="central")
NOWHERE = Context()


def mentions(text: str, context: Context) -> list[AgencyMention]:
    paragraphs, offset = [], 0
    for line in text.split("\n"):
        paragraphs.append(Paragraph(offset, offset + len(line)))
        offset += len(line) + 1
    found = find_agencies(Text(text, paragraphs), Frame(Header(), [ZoneSpan("body", 0, len(text))]), context)
    assert all(text[m.start : m.end] == m.text for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    return found


def names(text: str, context: Context = HUYEN) -> list[str]:
    return [m.name for m in mentions(text, context)]


def test_abbreviated_names_are_written_out_and_take_the_documents_place() -> None:
    assert names("Giao phòng Lao động - TB&XH phối hợp với Phòng GD&ĐT.") == [
        "Phòng Lao động - Thương binh và Xã hội huyện Phong Thổ",
        "Phòng Giáo dục và Đào tạo huyện Phong Thổ",
    ]
    assert names("UBND trình HĐND huyện và Sở LĐTBXH") == [
        "Ủy ban nhân dân huyện Phong Thổ",
        "Hội đồng nhân dân huyện Phong Thổ",
        "Sở Lao động - Thương binh và Xã hội tỉnh Lai Châu",
    ]


with (Path(__file__).parent / "agency_names.csv").open(encoding="utf-8") as _rows:
    NAMES = [(row["words"], row["name"]) for row in csv.DictReader(_rows)]


@pytest.mark.parametrize(("words", "name"), NAMES)
def test_a_name_of_every_kind_is_read_whole(words: str, name: str) -> None:
    """Bodies that provinces, districts and communes write of, between words of a sentence that are no part of them."""
    sentence = f"Sở Nội vụ phối hợp với {words} rà soát nội dung, báo cáo kết quả."
    assert [(m.text, m.name) for m in mentions(sentence, TINH) if m.start] == [(words, name)]


def test_a_name_spelled_out_keeps_its_own_separators() -> None:
    assert names("phòng Văn hóa – Thông tin") == ["Phòng Văn hóa - Thông tin huyện Phong Thổ"]
    assert names("Phòng Văn hóa và Thông tin") == ["Phòng Văn hóa và Thông tin huyện Phong Thổ"]


def test_a_field_with_commas_ends_where_the_name_ends() -> None:
    assert names("Sở Văn hóa, Thể thao và Du lịch, Sở Y tế và các đơn vị liên quan", TINH) == [
        "Sở Văn hóa, Thể thao và Du lịch tỉnh Lào Cai",
        "Sở Y tế tỉnh Lào Cai",
    ]
    assert names("Phòng Lao động - Thương binh và Xã hội và các đơn vị") == [
        "Phòng Lao động - Thương binh và Xã hội huyện Phong Thổ"
    ]


def test_office_holders_stand_for_their_organisation() -> None:
    assert names("Giám đốc Sở Nội vụ, Chủ tịch UBND tỉnh, Bộ trưởng Bộ Xây dựng", TINH) == [
        "Sở Nội vụ tỉnh Lào Cai",
        "Ủy ban nhân dân tỉnh Lào Cai",
        "Bộ Xây dựng",
    ]
    assert names("Thủ tướng Chính phủ giao; Phó Thủ tướng Chính phủ dự", BO) == ["Thủ tướng Chính phủ"]


def test_classes_of_agencies() -> None:
    found = mentions("UBND các xã, thị trấn; Đảng ủy các xã, thị trấn; UBND cấp xã; HĐND các cấp", HUYEN)
    assert [m.name for m in found] == [
        "Ủy ban nhân dân các xã, thị trấn",
        "Đảng ủy các xã, thị trấn",
        "Ủy ban nhân dân cấp xã",
        "Hội đồng nhân dân các cấp",
    ]
    assert all(m.collective for m in found)
    assert names("Chủ tịch UBND xã, phường, đặc khu", TINH) == ["Ủy ban nhân dân các xã, phường, đặc khu"]


def test_lists_that_leave_out_their_head_are_taken_apart() -> None:
    assert names("các Bộ: Quốc phòng, Công an và Nội vụ báo cáo", BO) == ["Bộ Quốc phòng", "Bộ Công an", "Bộ Nội vụ"]
    assert names("đại diện các Bộ, cơ quan: Văn phòng Chính phủ, Tư pháp.", BO) == ["Văn phòng Chính phủ", "Bộ Tư pháp"]
    assert names("các Bộ, cơ quan là thành viên của đoàn: Công an, Xây dựng (XD), Thanh tra Chính phủ.", BO) == [
        "Bộ Công an",
        "Bộ Xây dựng",
        "Thanh tra Chính phủ",
    ]
    assert names("các sở thực hiện: Xây dựng kế hoạch, tổ chức hội nghị", TINH) == []
    assert names("các sở: Tài chính, KH&CN", TINH) == [
        "Sở Tài chính tỉnh Lào Cai",
        "Sở Khoa học và Công nghệ tỉnh Lào Cai",
    ]
    assert names("Hội Nông dân, Phụ nữ, Cựu chiến binh huyện") == [
        "Hội Nông dân huyện Phong Thổ",
        "Hội Liên hiệp Phụ nữ huyện Phong Thổ",
        "Hội Cựu chiến binh huyện Phong Thổ",
    ]


def test_lists_of_groups_and_corporations_are_taken_apart() -> None:
    assert names("các Tập đoàn, Tổng công ty: Điện lực Việt Nam, Đường sắt Việt Nam hỗ trợ", BO) == [
        "Tập đoàn Điện lực Việt Nam",
        "Tổng công ty Đường sắt Việt Nam",
    ]


def test_lists_of_departments_of_a_ministry_are_taken_apart() -> None:
    words = "Các Cục: Đường bộ Việt Nam, Hàng hải và Đường thủy Việt Nam; các Vụ: Pháp chế, Tổ chức cán bộ báo cáo"
    assert names(words, BO) == [
        "Cục Đường bộ Việt Nam",
        "Cục Hàng hải và Đường thủy Việt Nam",
        "Vụ Pháp chế",
        "Vụ Tổ chức cán bộ",
    ]
    assert names("Các Chi cục: Kiểm lâm, Thủy lợi, Chăn nuôi và Thú y báo cáo.", TINH) == [
        "Chi cục Kiểm lâm tỉnh Lào Cai",
        "Chi cục Thủy lợi tỉnh Lào Cai",
        "Chi cục Chăn nuôi và Thú y tỉnh Lào Cai",
    ]
    assert names("Đảng ủy các Bộ: Tài chính, Nội vụ; Thành ủy Hà Nội", BO) == [
        "Đảng ủy Bộ Tài chính",
        "Đảng ủy Bộ Nội vụ",
        "Thành ủy Hà Nội",
    ]


def test_bodies_told_by_their_number_alone_are_taken_apart() -> None:
    assert names("các Khu Quản lý đường bộ III và IV phân luồng", BO) == [
        "Khu Quản lý đường bộ III",
        "Khu Quản lý đường bộ IV",
    ]
    assert names("Bộ Quốc phòng chỉ đạo Quân khu 5, Quân khu 7", BO)[1:] == ["Quân khu 5", "Quân khu 7"]
    assert names("Đội Quản lý thị trường số 2, 4 và số 5 xử lý", TINH) == [
        f"Đội Quản lý thị trường số {n}" for n in (2, 4, 5)
    ]
    assert names("Đội Quản lý thị trường số 2, 4 cán bộ dự", TINH) == ["Đội Quản lý thị trường số 2"]


def test_a_verb_without_an_object_is_the_end_of_a_name() -> None:
    assert names("Phòng Kỹ thuật xây dựng, Phòng Kiến trúc", NOWHERE) == ["Phòng Kỹ thuật xây dựng", "Phòng Kiến trúc"]
    assert names("Phòng Quản lý nhà; Phòng Kế hoạch tổng hợp\nPhòng Kỹ thuật tổng hợp phối hợp", NOWHERE) == [
        "Phòng Quản lý nhà",
        "Phòng Kế hoạch tổng hợp",
        "Phòng Kỹ thuật tổng hợp",
    ]
    assert names("Trung tâm Khuyến nông xây dựng kế hoạch", TINH) == ["Trung tâm Khuyến nông"]


def test_a_second_field_after_a_dash_belongs_to_an_office() -> None:
    assert names("Phòng Lao động - Tiền lương tổng hợp số liệu", NOWHERE) == ["Phòng Lao động - Tiền lương"]
    assert names("Phòng Nội vụ - Cơ quan Thường trực tổng hợp", HUYEN) == ["Phòng Nội vụ huyện Phong Thổ"]


def test_party_committees_of_a_level_are_no_single_body() -> None:
    words = "Huyện ủy, thị ủy và UBND tỉnh"
    assert names(words, TINH) == ["Ủy ban nhân dân tỉnh Lào Cai"]
    words = "Các huyện ủy, thị ủy; văn phòng các huyện ủy, thị ủy; đảng ủy xã, phường"
    (found,) = mentions(words, TINH)
    assert (found.name, found.collective) == ("Đảng ủy các xã, phường", True)
    assert names("Tỉnh ủy, Huyện ủy lãnh đạo", HUYEN) == ["Tỉnh ủy Lai Châu", "Huyện ủy Phong Thổ"]


def test_an_office_within_a_body_stands_for_the_body() -> None:
    assert names("đồng chí Thường trực Ban Bí thư; Phó Bí thư Thường trực Tỉnh ủy", TINH) == [
        "Ban Bí thư Trung ương Đảng",
        "Tỉnh ủy Lào Cai",
    ]


def test_heads_of_a_committee_and_of_its_province_share_the_place() -> None:
    assert names("Bí thư Tỉnh ủy và Chủ tịch UBND tỉnh Lào Cai chỉ đạo", BO) == [
        "Tỉnh ủy Lào Cai",
        "Ủy ban nhân dân tỉnh Lào Cai",
    ]
    assert names("Bí thư Tỉnh ủy, Chủ tịch UBND các tỉnh: Lào Cai, Phú Thọ", BO) == [
        "Ủy ban nhân dân tỉnh Lào Cai",
        "Ủy ban nhân dân tỉnh Phú Thọ",
    ]


def test_bodies_of_many_places_are_none_in_a_ministrys_letter() -> None:
    assert names("phối hợp với các Sở Xây dựng liên quan và các Ban Quản lý dự án", BO) == []
    assert names("Giao Ban Chỉ đạo cải cách thủ tục hành chính của Bộ", BO) == [
        "Ban Chỉ đạo cải cách thủ tục hành chính"
    ]


def test_a_board_that_is_only_to_be_set_up_is_none() -> None:
    assert names("nghiên cứu thành lập Ban Chỉ đạo hoặc bộ phận giúp việc", TINH) == []


def test_short_names_of_mass_organisations_are_written_out() -> None:
    assert names("Đoàn Thanh niên, Hội Phụ nữ vận động hội viên", TINH) == [
        "Đoàn Thanh niên Cộng sản Hồ Chí Minh",
        "Hội Liên hiệp Phụ nữ Việt Nam",
    ]
    assert names("Hội Phụ nữ, Hội Nông dân huyện; Hội Nhà báo, Hội Luật gia tỉnh") == [
        "Hội Liên hiệp Phụ nữ huyện Phong Thổ",
        "Hội Nông dân huyện Phong Thổ",
        "Hội Nhà báo tỉnh Lai Châu",
        "Hội Luật gia tỉnh Lai Châu",
    ]
    assert names("Hội Phụ nữ, Đảng ủy lãnh đạo", XA) == ["Hội Liên hiệp Phụ nữ xã Bảo Hà", "Đảng ủy xã Bảo Hà"]


def test_a_city_closes_a_list_of_districts() -> None:
    found = names("UBND các huyện Bát Xát, Mường Khương, thị xã Sa Pa, thành phố Lào Cai", TINH)
    assert found[-1] == "Ủy ban nhân dân thành phố Lào Cai"


def test_a_short_name_in_a_bracket_stands_for_the_full_one() -> None:
    text = "Hội đồng Thi đua - Khen thưởng ngành Y tế tỉnh (gọi tắt là Hội đồng thi đua).\nHội đồng thi đua họp."
    assert set(names(text, TINH)) == {"Hội đồng Thi đua - Khen thưởng ngành Y tế tỉnh Lào Cai"}


def test_a_board_of_a_named_thing_is_not_the_board_before_it() -> None:
    text = "Ban Quản lý dự án thủy lợi tỉnh báo cáo.\nBan quản lý hồ Sông Mây và các chợ báo cáo."
    assert names(text, TINH) == ["Ban Quản lý dự án thủy lợi tỉnh Lào Cai", "Ban Quản lý hồ Sông Mây"]


def test_a_name_leans_on_a_fuller_one_in_the_document() -> None:
    text = "Phòng An ninh chính trị nội bộ Công an tỉnh chủ trì.\nBáo cáo (qua Phòng An ninh chính trị nội bộ)."
    assert names(text, TINH) == ["Phòng An ninh chính trị nội bộ Công an tỉnh Lào Cai"] * 2
    text = "UBND xã Mường So lập tổ do Bí thư Đảng ủy xã làm tổ trưởng. Đảng ủy xã họp."
    assert names(text, HUYEN)[:2] == ["Ủy ban nhân dân xã Mường So", "Đảng ủy xã Mường So"]


def test_one_place_serves_the_names_before_it() -> None:
    assert names("lãnh đạo Tỉnh ủy, Ủy ban nhân dân tỉnh Phú Thọ", BO) == [
        "Tỉnh ủy Phú Thọ",
        "Ủy ban nhân dân tỉnh Phú Thọ",
    ]
    assert names("HĐND, UBND các xã, phường", TINH) == [
        "Hội đồng nhân dân các xã, phường",
        "Ủy ban nhân dân các xã, phường",
    ]


def test_one_name_serves_the_places_after_it() -> None:
    assert names("UBND thành phố Hà Nội, tỉnh Lào Cai và tỉnh Phú Thọ", BO) == [
        "Ủy ban nhân dân thành phố Hà Nội",
        "Ủy ban nhân dân tỉnh Lào Cai",
        "Ủy ban nhân dân tỉnh Phú Thọ",
    ]
    assert names("UBND các tỉnh: Lào Cai, Phú Thọ", BO) == [
        "Ủy ban nhân dân tỉnh Lào Cai",
        "Ủy ban nhân dân tỉnh Phú Thọ",
    ]
    unknown = Context(level="district", province="tỉnh Đồng Tháp")
    assert names("kế hoạch của UBND Tỉnh, Huyện", unknown) == [
        "Ủy ban nhân dân tỉnh Đồng Tháp",
        "Ủy ban nhân dân Huyện",
    ]


def test_boards_carry_their_subject_to_the_place_and_short_mentions_follow() -> None:
    text = (
        "Ban Chỉ đạo về phát triển nông nghiệp, du lịch và làng nghề tỉnh họp hằng quý.\n"
        "Ban Chỉ đạo giao Thường trực Ban Chỉ đạo tỉnh tổng hợp."
    )
    board = "Ban Chỉ đạo về phát triển nông nghiệp, du lịch và làng nghề tỉnh Lào Cai"
    assert names(text, TINH) == [board, board, f"Thường trực {board}"]
    assert names("các thành viên BCĐ và Ban chỉ đạo cấp huyện") == ["Ban Chỉ đạo huyện Phong Thổ"] * 2
    assert names("Tổ tư vấn liên ngành huyện") == ["Tổ tư vấn liên ngành huyện Phong Thổ"]


def test_unknown_units_in_a_row_are_taken_apart() -> None:
    text = "UBND các huyện: Phú Khê, Nậm Lương và thị xã Hòa Khê báo cáo UBND tỉnh."
    context = context_of(Text(text, []), Frame(Header(issuer="Ủy ban nhân dân tỉnh Lâm Khê"), []))
    assert names(text, context) == [
        "Ủy ban nhân dân huyện Phú Khê",
        "Ủy ban nhân dân huyện Nậm Lương",
        "Ủy ban nhân dân thị xã Hòa Khê",
        "Ủy ban nhân dân tỉnh Lâm Khê",
    ]


def test_enterprises_end_where_what_they_do_begins() -> None:
    assert names("Công ty TNHH May Khê Giang tuyển dụng ngay sau Tết.") == ["Công ty TNHH May Khê Giang"]
    assert names("Hợp tác xã chè Đồi Mây tạo việc làm cho 30 hộ.") == ["Hợp tác xã chè Đồi Mây"]
    assert names("mạng di động (VNPT: 5 trạm, Viettel Lào Cai: 7 trạm)") == ["VNPT", "Viettel Lào Cai"]


def test_schools_of_any_kind() -> None:
    assert names("Trường Cao đẳng nghề Khê Giang; trường; Trường phổ thông dân tộc nội trú THCS và THPT Sông Mây") == [
        "Trường Cao đẳng nghề Khê Giang",
        "Trường phổ thông dân tộc nội trú Trung học cơ sở và Trung học phổ thông Sông Mây",
    ]


def test_a_unit_named_after_a_class_is_one_of_its_own() -> None:
    one, other = mentions("Chủ tịch UBND các xã, phường, đặc khu Cồn Cỏ chỉ đạo", TINH)
    assert (one.name, one.collective) == ("Ủy ban nhân dân các xã, phường", True)
    assert (other.name, other.collective) == ("Ủy ban nhân dân đặc khu Cồn Cỏ", False)


def test_offices_of_one_committee_and_of_another_office() -> None:
    assert names("Ban Tổ chức, Ban Tuyên giáo và Ủy ban Kiểm tra Tỉnh ủy", TINH) == [
        "Ban Tổ chức Tỉnh ủy Lào Cai",
        "Ban Tuyên giáo Tỉnh ủy Lào Cai",
        "Ủy ban Kiểm tra Tỉnh ủy Lào Cai",
    ]
    assert names("gửi Phòng Thi đua - Khen thưởng Sở Nội vụ", TINH) == [
        "Phòng Thi đua - Khen thưởng Sở Nội vụ tỉnh Lào Cai"
    ]
    assert names("Phòng Nội chính thuộc Văn phòng UBND tỉnh", TINH) == [
        "Phòng Nội chính thuộc Văn phòng Ủy ban nhân dân tỉnh Lào Cai"
    ]
    assert names("Phó Chủ tịch Thường trực UBND tỉnh; Phó Trưởng Ban Thường trực Ban Chỉ đạo", TINH) == [
        "Ủy ban nhân dân tỉnh Lào Cai",
        "Ban Chỉ đạo tỉnh Lào Cai",
    ]


def test_two_names_that_differ_by_a_typing_error_are_one() -> None:
    text = "Ban Chỉ đạo phòng, chống thiên tai tỉnh Lào Cai\nBan Chỉ đạo phòng, chống thiên tái tỉnh Lào Cai"
    assert len(set(names(text, TINH))) == 1


def test_enterprises_and_schools_by_name() -> None:
    assert names("giới thiệu Công ty Cổ phần cung ứng nhân lực Sông Mây tuyển chọn lao động") == [
        "Công ty Cổ phần cung ứng nhân lực Sông Mây"
    ]
    assert names("Trường Cao đẳng Lào Cai; Trường THPT Bắc Hà", TINH) == [
        "Trường Cao đẳng Lào Cai",
        "Trường Trung học phổ thông Bắc Hà",
    ]


def test_aliases_that_the_document_gives() -> None:
    text = "Công ty Cổ phần Sông Mây (SMC) nộp hồ sơ.\nSMC báo cáo."
    assert names(text) == ["Công ty Cổ phần Sông Mây"] * 2


def test_boards_of_the_parts_of_communes_are_those_of_all() -> None:
    commune = Context(province="tỉnh Lào Cai", commune="xã Bản Lầu", level="commune")
    one = "Ban Công tác Mặt trận thôn họp dân."
    assert names(one, commune) == names("Ban công tác Mặt trận ở các thôn họp dân.", commune)
    assert names(one, commune) == ["Ban Công tác Mặt trận các thôn"]
    assert names("Ban Công tác Mặt trận các thôn, khu phố triển khai.", commune) == [
        "Ban Công tác Mặt trận các thôn, khu phố"
    ]


def test_a_communes_own_branches_are_meant_where_their_place_is_not_said() -> None:
    words = "Hội Nông dân, Hội Liên hiệp Phụ nữ vận động hội viên."
    commune = Context(province="tỉnh Lào Cai", commune="xã Bản Lầu", level="commune")
    assert names(words, commune) == ["Hội Nông dân xã Bản Lầu", "Hội Liên hiệp Phụ nữ xã Bản Lầu"]
    assert names(words, Context(province="tỉnh Lào Cai", level="province")) == ["Hội Nông dân", "Hội Liên hiệp Phụ nữ"]


def test_abbreviated_fields_in_names_that_no_registry_has_are_written_out() -> None:
    assert names("Cục Thông tin và Dữ liệu TNMT chủ trì; Vụ Hợp tác quốc tế, Vụ Pháp chế tham mưu.") == [
        "Cục Thông tin và Dữ liệu Tài nguyên và Môi trường",
        "Vụ Hợp tác quốc tế",
        "Vụ Pháp chế",
    ]


def test_a_numbered_board_is_the_one_that_its_bracket_stands_behind() -> None:
    text = "Ban Chỉ đạo về giảm nghèo tỉnh (BCĐ 75) họp hằng quý.\nBCĐ 75 báo cáo."
    assert names(text, TINH) == ["Ban Chỉ đạo về giảm nghèo tỉnh Lào Cai"] * 3


def test_the_issuer_is_meant_by_its_short_name_and_parliament_has_no_place() -> None:
    party = Context(province="tỉnh Lào Cai", commune="xã Bản Lầu", level="commune", issuer="Đảng ủy xã Bản Lầu")
    assert names("Trình Thường trực Đảng ủy xem xét.", party) == ["Thường trực Đảng ủy xã Bản Lầu"]
    assert names("Thuế suất áp dụng cho hộ kinh doanh.", party) == []
    assert names("kiến nghị Quốc hội thành phố Cần Thơ họp", TINH) == ["Quốc hội"]


def test_communes_may_be_counted_and_then_named() -> None:
    known = Context(level="province", province="tỉnh Lào Cai")
    assert names("Giao UBND 10 xã, thị trấn rà soát.", known) == ["Ủy ban nhân dân các xã, thị trấn"]


def test_words_that_look_like_heads() -> None:
    for words in (
        "Ban hành kế hoạch; Phòng ngừa, đấu tranh; Bộ phận một cửa; Hội nghị; Đoàn kết; Sở hữu",
        "các cơ quan, đơn vị liên quan; các ban, ngành, đoàn thể; các cấp ủy; địa phương",
        "chính sách bảo hiểm xã hội; lực lượng công an; chính phủ điện tử, Chính phủ số",
        "Quyết định số 12/QĐ-UBND, Kế hoạch số 33-KH/HU, Nghị định số 30/2020/NĐ-CP",
        "xã Trường Xuân, thị trấn Lịch Hội Thượng",
        "Trung tâm tích hợp dữ liệu, Trung tâm IOC, các Trung tâm Thông tin",
        "nhiệm vụ Giáo dục Mầm non; dịch vụ Pháp lý; vụ Đông Xuân; Vụ Mùa; cục diện; Ủy ban nhân quyền",
    ):
        assert names(words, TINH) == [], words


def test_letterhead_and_closing_are_left_alone() -> None:
    text = "UBND TỈNH LÀO CAI\nSở Nội vụ báo cáo.\nNơi nhận: Sở Tài chính"
    zones = [ZoneSpan("letterhead", 0, 18), ZoneSpan("body", 18, 37), ZoneSpan("closing", 37, len(text))]
    paragraphs = [Paragraph(0, 17), Paragraph(18, 36), Paragraph(37, len(text))]
    found = find_agencies(Text(text, paragraphs), Frame(Header(), zones), TINH)
    assert [m.name for m in found] == ["Sở Nội vụ tỉnh Lào Cai"]


def test_keys_and_levels() -> None:
    huyen, so, bo = mentions("UBND huyện phối hợp với Sở Tài chính, Bộ Nội vụ", HUYEN)
    assert (huyen.key, huyen.level) == ("ubndh:phong-tho", "district")
    assert (so.key, so.level) == ("stc:lai-chau", "province")
    assert (bo.key, bo.level) == ("bnv", "central")


# --------------------------------------------------------------------------- properties

DEPARTMENTS = [r["name"] for r in patterns.rows("agencies") if r["name"].startswith("Sở ")]
PROVINCES = sorted({r["province"] for r in patterns.rows("places")})


def initials(name: str) -> str:
    """``Sở GDĐT`` of ``Sở Giáo dục và Đào tạo``."""
    head, *rest = name.replace(",", "").replace("-", "").split()
    return f"{head} " + "".join(w[0].upper() for w in rest if w != "và")


@given(st.sampled_from(DEPARTMENTS), st.sampled_from(PROVINCES), st.booleans())
@settings(deadline=None, max_examples=150)
def test_any_department_of_any_province_is_read_back(name: str, province: str, upper: bool) -> None:
    written = f"{name} {province}"
    (found,) = mentions(f"Giao {written.upper() if upper else written} chủ trì", BO)
    assert found.name == written


SYLLABLES = ["Phú", "Khê", "Lũng", "Pá", "Nậm", "Sa", "Đại", "Ia", "Rôi", "Ngọc", "Ái", "Ương", "Mường"]
KINDS = ["tỉnh", "huyện", "thị xã", "xã", "phường", "đặc khu"]
UNKNOWN = st.tuples(st.sampled_from(KINDS), st.lists(st.sampled_from(SYLLABLES), min_size=2, max_size=3, unique=True))


@given(UNKNOWN, st.sampled_from(["Ủy ban nhân dân", "UBND", "Hội đồng nhân dân"]))
@settings(deadline=None, max_examples=200)
def test_a_unit_that_no_table_knows_is_read_by_its_form(unit: tuple[str, list[str]], body: str) -> None:
    kind, name = unit[0], " ".join(unit[1])
    assume(not any(places.find(kind, " ".join(unit[1][:n])) for n in range(1, 4)))
    assume(not places.mistyped(kind, name))  # Sa Pá is read as Sa Pa
    full = f"{'Hội đồng' if body.startswith('Hội') else 'Ủy ban'} nhân dân {kind} {name}"
    assert canonical_name(f"{body} {kind} {name}") == full
    assert canonical_name(f"{body} {kind.capitalize()} {name}") == full
    assert canonical_name(f"{body} {kind} {name}".upper()) == full
    text = f"Căn cứ ý kiến của {body} {kind} {name} và tình hình thực tế, giao Sở Nội vụ chủ trì."
    context = context_of(Text(text, []), Frame(Header(), []))
    assert full in names(text, context)


@given(st.sampled_from(DEPARTMENTS))
def test_initials_name_a_department_that_has_them(name: str) -> None:
    short = initials(name)
    (found,) = names(f"Giao {short} chủ trì", TINH)
    assert initials(found.removesuffix(" tỉnh Lào Cai")) == short


@given(st.lists(st.sampled_from(DEPARTMENTS), min_size=2, max_size=6, unique=True), st.booleans())
@settings(deadline=None, max_examples=150)
def test_any_list_of_departments_is_taken_apart(listed: list[str], elliptic: bool) -> None:
    items = [n.removeprefix("Sở ") for n in listed] if elliptic else listed
    text = ("các Sở: " if elliptic else "") + "; ".join(items) + " phối hợp"
    assert names(text, TINH) == [f"{n} tỉnh Lào Cai" for n in listed]


@given(st.text(alphabet="UBNDSởBộPhòngcácxã ,;.-&()/tỉnhTWvàBanChỉđạo\n1IV", max_size=300))
@settings(deadline=None, max_examples=300)
def test_no_text_breaks_it(text: str) -> None:
    mentions(text, TINH)


def test_an_office_in_a_bracket_is_of_the_body_before_it() -> None:
    province = Context(province="tỉnh Lào Cai", level="province")
    assert names("gửi Sở Nội vụ (qua Phòng Cải cách hành chính) tổng hợp", province) == [
        "Sở Nội vụ tỉnh Lào Cai",
        "Phòng Cải cách hành chính Sở Nội vụ tỉnh Lào Cai",
    ]
    assert names("gửi UBND huyện (qua Phòng Nội vụ) tổng hợp")[1:] == names("Phòng Nội vụ tổng hợp")


def test_provinces_named_behind_their_class_are_taken_apart_each_of_its_kind() -> None:
    provinces = ["Ủy ban nhân dân tỉnh Gia Lai", "Ủy ban nhân dân thành phố Huế", "Ủy ban nhân dân tỉnh Lâm Đồng"]
    for said in (
        "UBND các tỉnh, thành phố trực thuộc Trung ương: Gia Lai, Huế, Lâm Đồng khẩn trương báo cáo.",
        "UBND các tỉnh/thành phố như: Gia Lai, Huế và Lâm Đồng khẩn trương báo cáo.",
        "UBND các tỉnh, thành phố (Gia Lai, Huế, Lâm Đồng) khẩn trương báo cáo.",
        "UBND các tỉnh: Gia Lai, thành phố Huế và các tỉnh Lâm Đồng khẩn trương báo cáo.",
    ):
        assert names(said, BO) == provinces
    assert names("UBND các tỉnh, thành phố trực thuộc Trung ương (qua Bộ Y tế) báo cáo.", BO) == [
        "Ủy ban nhân dân các tỉnh, thành phố trực thuộc trung ương",
        "Bộ Y tế",
    ]
    assert names("Bộ Công an, Sở Y tế các tỉnh Gia Lai, Lâm Đồng báo cáo.", BO) == [
        "Bộ Công an",
        "Sở Y tế tỉnh Gia Lai",
        "Sở Y tế tỉnh Lâm Đồng",
    ]
    assert names("UBND tinh Sơn La báo cáo.", BO) == ["Ủy ban nhân dân tỉnh Sơn La"]


def test_a_board_of_another_body_keeps_it_and_its_subject_and_ends_before_what_a_document_is_about() -> None:
    ministry = "Ban Chỉ đạo của Bộ Y tế về phát triển khoa học, công nghệ, chuyển đổi số và Đề án 06"
    assert (
        names(f"Theo {ministry} (sau đây gọi tắt là Ban Chỉ đạo 12) năm 2025. Ban Chỉ đạo 12 họp.", BO)
        == [ministry] * 3
    )
    government = "Ban Chỉ đạo của Chính phủ về sắp xếp đơn vị hành chính các cấp và tổ chức chính quyền địa phương"
    assert names(f"{government} yêu cầu báo cáo.", BO) == [government]
    national = "Ban Chỉ đạo Trung ương về phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số"
    assert names(f"Kế hoạch của {national} về thúc đẩy liên thông dữ liệu.", TINH) == [national]
    assert names("Hướng dẫn của Ban Tổ chức Thành ủy về một số nội dung kiểm điểm.", NOWHERE) == [
        "Ban Tổ chức Thành ủy"
    ]
    assert names("Ban Chỉ đạo 389 các bộ, ngành, địa phương xây dựng kế hoạch.", BO) == [
        "Ban Chỉ đạo 389 các bộ, ngành, địa phương"
    ]


def test_a_council_named_by_what_it_does_ends_before_doing_it() -> None:
    assert (
        names("Hội đồng thẩm định Nhà nước thẩm định hồ sơ; Hội đồng xem xét.", BO)
        == ["Hội đồng thẩm định Nhà nước"] * 2
    )
    assert names("Hội đồng tư vấn thuế tỉnh tư vấn. Kiện toàn Hội đồng thuốc và điều trị của bệnh viện.", TINH) == [
        "Hội đồng tư vấn thuế tỉnh Lào Cai"
    ]
    assert names("nhiệm vụ của Đoàn kiểm tra số 06 và Tổ công tác số 2", BO) == [
        "Đoàn kiểm tra số 06",
        "Tổ công tác số 2",
    ]


def test_delegates_are_not_the_council_that_they_sit_in() -> None:
    assert names("bầu cử đại biểu Quốc hội khóa XVI và đại biểu Hội đồng nhân dân các cấp", XA) == []
    assert names(
        "Giao các Ban của HĐND, các Tổ đại biểu và đại biểu HĐND tỉnh; Tổ đại biểu HĐND huyện giám sát", TINH
    ) == [
        "Các Ban của Hội đồng nhân dân tỉnh Lào Cai",
        "Các Tổ đại biểu Hội đồng nhân dân tỉnh Lào Cai",
        "Tổ đại biểu Hội đồng nhân dân huyện",
    ]
    assert names("Đề nghị các Ủy ban của Quốc hội, Đoàn đại biểu Quốc hội tỉnh giám sát", TINH) == [
        "Các Ủy ban của Quốc hội",
        "Đoàn đại biểu Quốc hội tỉnh Lào Cai",
    ]


def test_places_serve_the_names_beside_them_as_far_as_these_are_of_their_level() -> None:
    everywhere = "các tỉnh, thành phố trực thuộc trung ương"
    for said in ("Sở Y tế, Sở Xây dựng các tỉnh", "Sở Y tế/Sở Xây dựng tỉnh"):
        assert names(f"{said}, thành phố trực thuộc Trung ương báo cáo", BO) == [
            f"Sở Y tế {everywhere}",
            f"Sở Xây dựng {everywhere}",
        ]
    assert names("thăm Trạm Y tế và Công an xã Bảo Hà", TINH) == ["Trạm Y tế xã Bảo Hà", "Công an xã Bảo Hà"]
    assert names("Sở Y tế, Công an tỉnh và Công an xã Bảo Hà", TINH)[0] == "Sở Y tế tỉnh Lào Cai"
    assert names("HĐND cấp phường, xã quyết định; UBND cấp tỉnh, cấp xã", TINH) == [
        "Hội đồng nhân dân cấp phường, xã",
        "Ủy ban nhân dân cấp tỉnh, cấp xã",
    ]


def test_what_only_ends_like_a_head_is_none() -> None:
    assert names("MẠNG LƯỚI CƠ SỞ VĂN HÓA VÀ THỂ THAO; uy tín của Đảng bộ, chính quyền", TINH) == []


def test_a_heading_that_only_names_bodies_means_those_of_its_own_unit() -> None:
    own = ["Liên đoàn Lao động tỉnh Lào Cai", "Hội Luật gia tỉnh Lào Cai"]
    assert names("15. Liên đoàn Lao động, Hội Luật gia", TINH) == own
    assert names("Đề nghị Liên đoàn Lao động và Hội Luật gia: Tuyên truyền.", TINH) == own
    assert names("Các đoàn thể như Liên đoàn Lao động vận động đoàn viên.", TINH) == ["Liên đoàn Lao động"]
    assert names("3. Hội Nông dân Việt Nam", TINH) == ["Hội Nông dân Việt Nam"]


def test_classes_are_read_in_small_letters_and_bodies_of_no_place_are_none() -> None:
    assert names("cho các trạm y tế xã, phường; trung tâm y tế cấp huyện; tại các Trạm y tế.", TINH) == [
        "Trạm Y tế các xã, phường",
        "Trung tâm Y tế cấp huyện",
    ]
    assert names("Trình HĐND cùng cấp; UBND xã, thị trấn thành lập Tổ; HĐND tỉnh thông qua.", TINH) == [
        "Hội đồng nhân dân cùng cấp",
        "Ủy ban nhân dân các xã, thị trấn",
        "Hội đồng nhân dân tỉnh Lào Cai",
    ]


def test_an_enterprise_is_read_in_small_letters_by_its_kind_and_later_by_its_brand() -> None:
    assert names("làm việc với công ty TNHH Sông Mây, các công ty khác", TINH) == ["Công ty TNHH Sông Mây"]
    group = "Tập đoàn Công nghiệp - Viễn thông Quân đội"
    assert names(f"{group} (Viettel) báo cáo. Viettel và Viettel Lào Cai phối hợp.", TINH) == [
        group,
        group,
        group,
        "Viettel Lào Cai",
    ]


def test_what_is_set_up_for_a_time_is_none_yet_and_a_subject_takes_the_object_of_its_verb() -> None:
    assert names("Thành lập Đoàn kiểm tra công tác bảo vệ bí mật trên địa bàn tỉnh.", TINH) == []
    board = "Ban Chỉ đạo thực hiện hỗ trợ nhà ở cho người có công với cách mạng"
    assert names(f"{board} tổ chức kiểm tra; {board} tỉnh họp.", TINH) == [f"{board} tỉnh Lào Cai"] * 2


def test_a_proper_name_ends_before_what_its_body_does() -> None:
    for name in ("Đồn Biên phòng Mường Khương", "Ban Quản lý dự án Thăng Long", "Ban Quản lý rừng phòng hộ Bảo Thắng"):
        for deed in ("nắm tình hình", "giải phóng mặt bằng", "bảo vệ rừng", "chuẩn bị hồ sơ", "tổng hợp"):
            assert names(f"{name} {deed}; báo cáo.", TINH) == [name]
    assert names("Ban Chỉ đạo Phòng thủ dân sự quốc gia tổng hợp;", BO) == ["Ban Chỉ đạo Phòng thủ dân sự quốc gia"]
    assert names("Ban Tổ chức Huyện ủy thẩm định.") == ["Ban Tổ chức Huyện ủy Phong Thổ"]
    assert names("Báo cáo các Ban Quản lý dự án, các Bệnh viện.", TINH) == []


def test_the_ministrys_own_committee_and_unions_are_named_in_full() -> None:
    ministry = replace(BO, issuer="Bộ Nội vụ")
    assert names("Đảng ủy Bộ, Công đoàn Bộ, Đoàn Thanh niên Bộ; Đảng ủy Bộ Y tế phối hợp.", ministry) == [
        "Đảng ủy Bộ Nội vụ",
        "Công đoàn Bộ Nội vụ",
        "Đoàn Thanh niên Bộ Nội vụ",
        "Đảng ủy Bộ Y tế",
    ]


def test_a_board_ends_before_its_deed_but_keeps_the_verbs_of_its_subject() -> None:
    for board in (
        "Ban Chỉ đạo Chuyển đổi số",
        "Ban Chỉ đạo quốc gia về tăng trưởng xanh",
        "Hội đồng thẩm định Nhà nước",
    ):
        for deed in ("xây dựng kế hoạch", "phê duyệt danh mục", "bố trí kinh phí", "hoàn thiện hồ sơ"):
            assert [m.text for m in mentions(f"{board} {deed} năm 2026.", TINH)] == [board]
    assert names(
        "Hội đồng phối hợp phổ biến, giáo dục pháp luật tỉnh và Ban Chỉ đạo công tác tuyên truyền tỉnh", TINH
    ) == [
        "Hội đồng phối hợp phổ biến, giáo dục pháp luật tỉnh Lào Cai",
        "Ban Chỉ đạo công tác tuyên truyền tỉnh Lào Cai",
    ]
    assert names("Trung tâm Đào tạo, bồi dưỡng cán bộ tỉnh khảo sát.", TINH) == [
        "Trung tâm Đào tạo, bồi dưỡng cán bộ tỉnh Lào Cai"
    ]
