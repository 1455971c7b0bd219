"""Who issues: one canonical name from the lines of a letterhead."""

import pytest

from pipeline.segment.issuer import issuer_of


@pytest.mark.parametrize(
    ("lines", "issuer"),
    [
        (["BAN CHẤP HÀNH TRUNG ƯƠNG", "VĂN PHÒNG"], "Văn phòng Trung ương Đảng"),
        (["BAN CHẤP HÀNH TRUNG ƯƠNG", "BAN TỔ CHỨC"], "Ban Tổ chức Trung ương"),
        (["BAN CHẤP HÀNH TRUNG ƯƠNG", "BAN BÍ THƯ"], "Ban Bí thư Trung ương Đảng"),
        (["TỈNH ỦY LÀO CAI", "BAN TỔ CHỨC"], "Ban Tổ chức Tỉnh ủy Lào Cai"),
        (["ĐẢNG BỘ TỈNH LÀO CAI", "ĐẢNG ỦY CÁC CƠ QUAN ĐẢNG TỈNH"], "Đảng ủy các cơ quan Đảng tỉnh Lào Cai"),
        (["NGÂN HÀNG NHÀ NƯỚC VIỆT NAM", "CHI NHÁNH KHU VỰC 3"], "Ngân hàng Nhà nước Việt Nam - Chi nhánh Khu vực 3"),
        (
            ["LIÊN ĐOÀN LAO ĐỘNG TỈNH LÀO CAI", "CÔNG ĐOÀN CÁC KHU CÔNG NGHIỆP"],
            "Công đoàn các khu công nghiệp tỉnh Lào Cai",
        ),
        (["UBND XÃ BẢN QUA", "TRƯỜNG MẦM NON BẢN QUA"], "Trường Mầm non Bản Qua"),
        (["TRƯỜNG TIỂU HỌC VÀ THCS SỐ 2 Y TÝ"], "Trường Tiểu học và Trung học cơ sở số 2 Y Tý"),
        (["ỦY BAN THƯỜNG VỤ", "QUỐC HỘI"], "Ủy ban Thường vụ Quốc hội"),
        (["THỊ TRẤN HƯƠNG SƠN"], "Ủy ban nhân dân thị trấn Hương Sơn"),
        (["TRƯỜNG TH ĐỒNG KHO 1"], "Trường Tiểu học Đồng Kho 1"),
        (["CHI CỤC THÚ Y VÙNG III"], "Chi cục Thú y Vùng III"),
        (["SỞ Y TẾ TỈNH LÀO CAI", "CHI CỤC DÂN SỐ"], "Chi cục Dân số tỉnh Lào Cai"),
        (["ĐẢNG BỘ TỈNH LÀO CAI", "BAN THƯỜNG VỤ TỈNH ỦY"], "Ban Thường vụ Tỉnh ủy Lào Cai"),
        (["THỐNG KÊ TỈNH LÀO CAI", "THỐNG KÊ CƠ SỞ BÁT XÁT"], "Thống kê cơ sở Bát Xát"),
        (
            ["UBND THÀNH PHỐ HÀ NỘI", "BAN QUẢN LÝ DỰ ÁN ĐẦU TƯ XÂY DỰNG CÔNG TRÌNH GIAO THÔNG"],
            "Ban Quản lý dự án đầu tư xây dựng công trình giao thông thành phố Hà Nội",
        ),
        (["VĂN PHÒNG HĐND - UBND HUYỆN SA PA"], "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện Sa Pa"),
        (["PHÒNG LAO ĐỘNG - TB&XH"], "Phòng Lao động - Thương binh và Xã hội"),
        (["UBND HUYỆN SA PA TRUNG TÂM Y TẾ"], "Trung tâm Y tế huyện Sa Pa"),
        (["UBND HUYỆN SA PA - PHÒNG NỘI VỤ"], "Phòng Nội vụ huyện Sa Pa"),
        (["SỞ GD&ĐT LÀO CAI TRƯỜNG THPT", "SỐ 1 SA PA"], "Trường Trung học phổ thông số 1 Sa Pa"),
        (["ỦY BAN NHÂN DÂN THÀNH PHỐ HẢI PHÒNG"], "Ủy ban nhân dân thành phố Hải Phòng"),
        (["PHÒNG GD&ĐT SA PA", "TRƯỜNG: THCS TẢ PHÌN"], "Trường Trung học cơ sở Tả Phìn"),
        (["TÒA ÁN NHÂN DÂN TỈNH LÀO CAI", "TÒA ÁN NHÂN DÂN HUYỆN SA PA"], "Tòa án nhân dân huyện Sa Pa"),
    ],
)
def test_issuers(lines: list[str], issuer: str) -> None:
    assert issuer_of(lines) == issuer


@pytest.mark.parametrize(
    ("lines", "issuer"),
    [
        (
            ["BỘ TƯ PHÁP - TÒA ÁN NHÂN DÂN TỐI CAO - BỘ QUỐC PHÒNG"],
            "Bộ Tư pháp - Tòa án nhân dân tối cao - Bộ Quốc phòng",
        ),
        (["BỘ NỘI VỤ-BỘ Y TẾ"], "Bộ Nội vụ - Bộ Y tế"),
        (["VIỆN KIỂM SÁT NHÂN DÂN TỐI CAO -", "BỘ TÀI CHÍNH"], "Viện kiểm sát nhân dân tối cao - Bộ Tài chính"),
        (
            ["BỘ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI - BỘ Y TẾ"],
            "Bộ Lao động - Thương binh và Xã hội - Bộ Y tế",
        ),
        (["UBND TỈNH LÀO CAI", "SỞ TÀI CHÍNH - SỞ NỘI VỤ"], "Sở Tài chính - Sở Nội vụ tỉnh Lào Cai"),
        (["HĐND - UBND XÃ Y TÝ"], "Hội đồng nhân dân - Ủy ban nhân dân xã Y Tý"),
    ],
)
def test_bodies_joined_by_dashes_issue_together(lines: list[str], issuer: str) -> None:
    assert issuer_of(lines) == issuer


def test_bodies_of_one_rank_below_one_another_issue_together_where_the_document_is_joint() -> None:
    lines = ["ỦY BAN NHÂN DÂN", "ỦY BAN MTTQ VIỆT NAM", "TỈNH LÀO CAI"]
    assert issuer_of(lines, joint=True) == "Ủy ban nhân dân - Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Lào Cai"
    assert issuer_of(["BỘ Y TẾ", "CỤC PHÒNG BỆNH"], joint=True) == "Cục Phòng bệnh"
