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
    ],
)
def test_issuers(lines: list[str], issuer: str) -> None:
    assert issuer_of(lines) == issuer
