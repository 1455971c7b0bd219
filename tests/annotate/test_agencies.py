"""Agencies in running text: every form of naming one, lists taken apart, and what is none."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

import patterns
from pipeline.annotate.agencies import find_agencies
from pipeline.model import AgencyMention, Context, Frame, Header, Paragraph, Text, ZoneSpan

HUYEN = Context(level="district", province="tỉnh Lai Châu", district="huyện Phong Thổ")
TINH = Context(level="province", province="tỉnh Lào Cai")
XA = Context(level="commune", province="tỉnh Lào Cai", commune="xã Bảo Hà")
BO = Context(level="central")


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
    assert names("các sở: Tài chính, KH&CN", TINH) == [
        "Sở Tài chính tỉnh Lào Cai",
        "Sở Khoa học và Công nghệ tỉnh Lào Cai",
    ]
    assert names("Hội Nông dân, Phụ nữ, Cựu chiến binh huyện") == [
        "Hội Nông dân huyện Phong Thổ",
        "Hội Liên hiệp Phụ nữ huyện Phong Thổ",
        "Hội Cựu chiến binh huyện Phong Thổ",
    ]


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


def test_words_that_look_like_heads() -> None:
    for words in (
        "Ban hành kế hoạch; Phòng ngừa, đấu tranh; Bộ phận một cửa; Hội nghị; Đoàn kết; Sở hữu",
        "các cơ quan, đơn vị liên quan; các ban, ngành, đoàn thể; các cấp ủy; địa phương",
        "chính sách bảo hiểm xã hội; lực lượng công an; chính phủ điện tử, Chính phủ số",
        "Quyết định số 12/QĐ-UBND, Kế hoạch số 33-KH/HU, Nghị định số 30/2020/NĐ-CP",
        "xã Trường Xuân, thị trấn Lịch Hội Thượng, đại biểu Quốc hội",
        "Trung tâm tích hợp dữ liệu, Trung tâm IOC, các Trung tâm Thông tin",
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
