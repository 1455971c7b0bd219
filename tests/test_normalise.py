"""From lines to paragraphs, with offsets that hold whatever the lines are."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.txt import decode
from pipeline.model import Box, Line, Source, Table, Text
from pipeline.normalise import normalise
from pipeline.normalise.clean import tidy
from pipeline.normalise.measure import width


def source(blocks: list[Line | Table]) -> Source:
    return Source("a", "0" * 64, "txt", blocks)


def paragraphs(text: str) -> list[str]:
    return normalise(source([Line(line) for line in text.split("\n")])).text.split("\n")


def wrap(text: str, measure: float = 33.0, indent: float = 2.7) -> list[str]:
    """Text wrapped as a page in Times wraps it, the first line indented."""
    lines, line, room = [], "", measure - indent
    for word in text.split():
        if line and width(f"{line} {word}") > room:
            lines.append(line)
            line, room = "", measure
        line = f"{line} {word}".strip()
    return [*lines, line]


LONG = (
    "- Phối hợp với các cơ quan, đơn vị liên quan tuyên truyền, vận động nhân dân tham gia lớp học nghề; lập danh sách"
    " học viên của từng xã, gửi Phòng Nội vụ trước ngày 10 hằng tháng. Tổng hợp kết quả, báo cáo Ủy ban nhân dân.",
    "1. Phòng Nội vụ chủ trì, phối hợp với Ủy ban nhân dân các xã, thị trấn trong huyện rà soát danh sách đã lập.",
    "2. Trung tâm Văn hóa, Thể thao và Truyền thông huyện",
    "Tăng cường thời lượng phát thanh, mở chuyên mục về việc làm, đưa tin về mô hình hay và cách làm tốt ở cơ sở.",
    "III. TỔ CHỨC THỰC HIỆN",
    "Ủy ban nhân dân huyện giao Phòng Nội vụ theo dõi việc thực hiện Kế hoạch này, kịp thời báo cáo những khó khăn,"
    " vướng mắc phát sinh trong quá trình thực hiện để xem xét, giải quyết./.",
)


@pytest.mark.parametrize("between", ["\n", "\n\n", " \n \n"])
def test_wrapped_text_is_joined_again(between: str) -> None:
    lines = [line for paragraph in LONG for line in wrap(paragraph)]
    assert paragraphs(between.join(lines)) == list(LONG)


def test_a_short_letter_is_joined_again_too() -> None:
    lines = [
        "ỦY BAN NHÂN DÂN", "HUYỆN NÀ HẨU", "Số: 101/BC-UBND", "Nà Hẩu, ngày 10 tháng 12 năm 2024", "BÁO CÁO",
        "Công tác lao động, giảm nghèo năm 2024", "1. Lao động, việc làm",
        "Toàn huyện có 32.450 người trong độ tuổi lao động. Tổ chức tư vấn, giới thiệu",
        "việc làm cho 1.640 lượt người. Số người có nhu cầu đi làm việc ở nước ngoài là",
        "210 người; số lao động hết hạn hợp đồng về nước 34 người. Số lao động đang làm",
        "việc ở nước ngoài hiện nay là 418 người; còn lại là lao động đang tìm việc làm",
        "tại các doanh nghiệp trong huyện.", "Nơi nhận:", "- UBND tỉnh (b/c);", "- Lưu: VT.", "CHỦ TỊCH",
    ]  # fmt: skip
    assert " ".join(lines[7:12]) in paragraphs("\n".join(lines))


def test_text_with_a_paragraph_a_line_stays_so() -> None:
    assert paragraphs("\n".join(LONG)) == list(LONG)


def test_title_block_keeps_the_type_apart_and_joins_the_subject() -> None:
    title = [
        "KẾ HOẠCH",
        "Triển khai chương trình đào tạo nghề cho",
        "Việt kiều và người lao động",
        "trên địa bàn huyện",
    ]
    body = "\n\n".join(wrap("Thực hiện Kế hoạch số 12/KH-UBND ngày 05/3/2023 của Ủy ban nhân dân tỉnh. " + LONG[5]))
    assert paragraphs("\n\n".join(title) + "\n\n\n\n" + body)[:2] == [
        "KẾ HOẠCH",
        "Triển khai chương trình đào tạo nghề cho Việt kiều và người lao động trên địa bàn huyện",
    ]


def test_party_title_names_the_issuer_on_its_own_line() -> None:
    party = "BÁO CÁO\nBAN CHẤP HÀNH ĐẢNG BỘ HUYỆN KHÓA X"
    assert paragraphs(f"{party}\nSơ kết công tác năm 2023\nvà nhiệm vụ năm 2024\n------\nThực hiện.") == [
        "BÁO CÁO",
        "BAN CHẤP HÀNH ĐẢNG BỘ HUYỆN KHÓA X",
        "Sơ kết công tác năm 2023 và nhiệm vụ năm 2024",
        "Thực hiện.",
    ]


@pytest.mark.parametrize(("upper", "lower"), [("29-", "CTr/TU"), ("29-CTr/", "TU"), ("29-CTr", "/TU")])
def test_a_symbol_broken_at_the_line_end_is_whole(upper: str, lower: str) -> None:
    first = f"Thực hiện Chương trình hành động của Ban Thường vụ Tỉnh ủy về công tác việc làm số {upper}"
    text = normalise(Source("x", "0", "txt", [Line(f"{first}"), Line(f"{lower} của Tỉnh ủy.")] * 2))
    assert text.text.split("\n")[0] == f"{first}{lower} của Tỉnh ủy."
    assert [text.of(p) for p in text.paragraphs] == text.text.split("\n")


def test_a_dash_between_words_keeps_its_space() -> None:
    first = "Thực hiện Chương trình hành động của Ban Thường vụ Tỉnh ủy về phát triển kinh tế -"
    assert paragraphs(f"{first}\nxã hội của tỉnh.\n{first}\nxã hội của tỉnh.")[0] == f"{first} xã hội của tỉnh."


def test_page_numbers_between_the_lines_go() -> None:
    lines = wrap(LONG[0] + " " + LONG[0][2:])
    assert paragraphs("\n\n".join([*lines[:3], "", "5", *lines[3:]])) == [LONG[0] + " " + LONG[0][2:]]


def test_numbers_of_a_table_that_lost_its_rules_stay() -> None:
    assert "12" in paragraphs("TT\n\n12\n\nXã A\n\n30\n\nXã B")


def test_recipients_and_signature_are_a_line_each() -> None:
    recipients = "Nơi nhận:\n- Như trên;\n- Các cơ quan: Nội vụ,\nTư pháp, Y tế;\n- Lưu: VT."
    assert paragraphs(f"{recipients}\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nGiàng A Páo") == [
        "Nơi nhận:", "- Như trên;", "- Các cơ quan: Nội vụ, Tư pháp, Y tế;", "- Lưu: VT.", "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH", "Giàng A Páo",
    ]  # fmt: skip


def test_letters_are_made_plain() -> None:
    assert tidy("  Ủy\u00a0ban\tnhân \u200bdân ") == "Ủy ban nhân dân"
    assert tidy(unicodedata.normalize("NFD", "Đường")) == "Đường"
    assert tidy("\uf0b7 Rà soát") == "• Rà soát"
    assert tidy("[bookmark: _Toc1]I. MỤC TIÊU") == "I. MỤC TIÊU"


def test_table_rows_are_lines_with_cells() -> None:
    table = Table([["TT", "Nội dung", "Kinh phí"], ["A", "B", "1"], ["1", "Đào tạo", "250"], ["", "Cộng", "250"]])
    text = normalise(source([Line("Biểu 1. Kinh phí"), Line("ĐVT: triệu đồng"), table, Line("Ghi chú: tạm tính.")]))
    (found,) = text.tables
    assert found.caption == "Biểu 1. Kinh phí ĐVT: triệu đồng"
    (upper,) = normalise(source([Line("DỰ TOÁN (đơn vị: triệu đồng)"), table, Line("Ghi chú: tạm tính.")])).tables
    assert upper.caption == "DỰ TOÁN (đơn vị: triệu đồng)"
    assert found.header == ["TT", "Nội dung", "Kinh phí"]
    assert found.rows == [["1", "Đào tạo", "250"], ["", "Cộng", "250"]]
    assert text.text[found.start : found.end].split("\n")[-1] == " | Cộng | 250"
    rows = {text.text[p.start : p.end]: p for p in text.paragraphs if p.table == 0}
    body = rows["1 | Đào tạo | 250"]
    assert body.row == 0 and [text.text[c.start : c.end] for c in body.cells] == ["1", "Đào tạo", "250"]
    assert rows["TT | Nội dung | Kinh phí"].row is None


def test_header_cells_over_several_columns_count_for_each() -> None:
    table = Table(
        [["TT", "Tên", "Năm 2024", ""], ["", "", "Kế hoạch", "Kết quả"], ["1", "Lớp", "5", "6"]], header_rows=2
    )
    assert normalise(source([table])).tables[0].header == ["TT", "Tên", "Năm 2024 Kế hoạch", "Năm 2024 Kết quả"]


# ------------------------------------------------------------------ whatever the lines are

letters = st.text(alphabet="aăâđêôơưÁộỆ ABCĐ0129.,;:-+()|/\t\u0301\u0323\u00a0\u200b\uf0b7", max_size=60)
lines = st.builds(
    Line,
    letters,
    page=st.none(),
    bold=st.booleans(),
    centred=st.booleans(),
    whole=st.booleans(),
)
tables = st.integers(1, 4).flatmap(
    lambda n: st.builds(Table, st.lists(st.lists(letters, min_size=n, max_size=n), min_size=1, max_size=5))
)


@st.composite
def paged(draw: st.DrawFn) -> list[Line | Table]:
    blocks: list[Line | Table] = []
    for page in range(1, draw(st.integers(1, 4)) + 1):
        for i, text in enumerate(draw(st.lists(letters, max_size=8))):
            x0 = draw(st.sampled_from([85.0, 121.0, 300.0]))
            blocks.append(
                Line(text, page=page, box=Box(x0, 60.0 + 18 * i, x0 + 6 * len(text), 74.0 + 18 * i), size=14.0)
            )
        if draw(st.booleans()):
            blocks.append(Table([["a", "b"], ["c", draw(letters)]], page=page))
    return blocks


def holds(text: Text) -> None:
    assert unicodedata.is_normalized("NFC", text.text)
    assert text.text == "\n".join(text.of(p) for p in text.paragraphs)
    assert all("\n" not in text.of(p) for p in text.paragraphs)
    for paragraph in text.paragraphs:
        assert all(paragraph.start <= c.start <= c.end <= paragraph.end for c in paragraph.cells)
        assert all(paragraph.start <= b.start <= b.end <= paragraph.end for b in paragraph.boxes)
    for table in text.tables:
        written = text.text[table.start : table.end].split("\n")
        assert written[len(written) - len(table.rows) :] == [" | ".join(row) for row in table.rows]
    for before, after in zip(text.pages, text.pages[1:], strict=False):
        assert before.end == after.start and before.page < after.page
    if text.pages:
        assert text.pages[-1].end == len(text.text)
    list(text.units())


@given(st.lists(st.one_of(lines, tables), max_size=30))
def test_offsets_hold_for_any_lines(blocks: list[Line | Table]) -> None:
    holds(normalise(source(blocks)))


@given(paged())
def test_offsets_hold_for_any_pages(blocks: list[Line | Table]) -> None:
    holds(normalise(source(blocks)))


@given(st.lists(letters, max_size=30))
def test_words_are_kept(texts: list[str]) -> None:
    kept = [tidy(t) for t in texts]
    done = normalise(source([Line(t, whole=True) for t in texts])).text
    words = [w for t in kept for w in t.split() if not set(w) <= set("-–—_*=~")]
    assert [w for w in done.split() if not set(w) <= set("-–—_*=~")] == words


@given(st.binary(min_size=1, max_size=300))
def test_any_bytes_are_text_or_a_named_failure(data: bytes) -> None:
    from pipeline.errors import ReadError

    try:
        assert isinstance(decode(data), str)
    except ReadError as error:
        assert error.code


SIGNED = [
    "Ký bởi: Ủy ban nhân dân",
    "tỉnh Lâm Giang",
    "Cơ quan: Tỉnh Lâm Giang",
    "Thời gian ký: 05.12.2024",
    "10:45:09 +07:00",
]


def test_what_a_signature_shows_of_itself_goes() -> None:
    lines = [Line(text, 1, Box(400, 20 + 9 * i, 540, 28 + 9 * i), 7.0) for i, text in enumerate(SIGNED)]
    rest = Line("Thời gian ký: do hai bên thỏa thuận.", 1, Box(85, 100, 540, 114), 14.0)
    assert normalise(source([*lines, rest])).text == rest.text


@pytest.mark.parametrize(
    "text", ["Người ký: Nguyễn Văn Bình\nChức vụ: Chủ tịch", "Ký bởi: các bên tham gia\nvào lúc 10:45:09 cùng ngày."]
)
def test_who_signs_is_said_by_the_document_too(text: str) -> None:
    assert paragraphs(text) == text.split("\n")


def test_lines_without_a_place_before_a_page() -> None:
    lines = [
        Line("Phòng Nội vụ chủ trì"),
        Line("phối hợp với các xã."),
        Line("1. Nội dung", 1, Box(85, 50, 300, 64), 14.0),
    ]
    assert normalise(source(list(lines))).text.endswith("\n1. Nội dung")


def test_a_letterhead_broken_within_its_words_is_joined() -> None:
    text = (
        "ỦY\nBAN NHÂN DÂN\nTỈNH THÁI NGUYÊN\n-------\nCỘNG\nHÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "Độc lập - Tự do - Hạnh phúc\nSố:\n29/KH-UBND\nThái\nNguyên, ngày 22 tháng 3 năm 2018\nKẾ HOẠCH\nTRỒNG RỪNG"
    )
    assert paragraphs(text) == [
        "ỦY BAN NHÂN DÂN",
        "TỈNH THÁI NGUYÊN",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 29/KH-UBND",
        "Thái Nguyên, ngày 22 tháng 3 năm 2018",
        "KẾ HOẠCH",
        "TRỒNG RỪNG",
    ]


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        ("NGHỊ\nQUYẾT\nVỀ HỌC PHÍ", ["NGHỊ QUYẾT", "VỀ HỌC PHÍ"]),
        (
            "KẾ HOẠCH\nTRỒNG RỪNG TRÊN ĐỊA BÀN TỈNH\nI. MỤC ĐÍCH",
            ["KẾ HOẠCH", "TRỒNG RỪNG TRÊN ĐỊA BÀN TỈNH", "I. MỤC ĐÍCH"],
        ),
        ("CÔNG ĐIỆN\nVỀ ỨNG PHÓ MƯA LŨ TRONG NĂM TIẾP\nTHEO\nTHỦ TƯỚNG CHÍNH PHỦ điện:", ["THỦ TƯỚNG CHÍNH PHỦ điện:"]),
    ],
)
def test_types_titles_and_telegrams_over_their_line_breaks(lines: str, joined: list[str]) -> None:
    found = paragraphs(f"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n{lines}")
    assert found[-len(joined) :] == joined


def test_a_power_to_sign_is_joined_with_whose_it_is() -> None:
    assert paragraphs("Điều 1. Giữ rừng.\nTM.\nỦY BAN NHÂN DÂN TỈNH\nCHỦ TỊCH")[1] == "TM. ỦY BAN NHÂN DÂN TỈNH"
