"""Names in the capitals of a letterhead are written in the letters of a sentence."""

import pytest

from pipeline.resolve.shouted import in_small


@pytest.mark.parametrize(
    ("shouted", "written"),
    [
        ("CHI CỤC KIỂM LÂM TỈNH SƠN LA", "Chi cục Kiểm lâm tỉnh Sơn La"),
        ("TRUNG TÂM KIỂM SOÁT BỆNH TẬT tỉnh Sơn La", "Trung tâm Kiểm soát bệnh tật tỉnh Sơn La"),
        ("TRƯỜNG THPT LÊ LIÊN SƠN", "Trường THPT Lê Liên Sơn"),
        ("CÔNG TY TNHH MTV CÔNG TRÌNH SÔNG MÂY", "Công ty TNHH MTV Công Trình Sông Mây"),
        ("BAN QLDA ĐTXD CÔNG TRÌNH GIAO THÔNG", "Ban QLDA ĐTXD công trình giao thông"),
        ("CHI BỘ XÓM 5", "Chi bộ xóm 5"),
        ("BAN CHỈ HUY THỐNG NHẤT HUYỆN PHÚ KHÊ", "Ban Chỉ huy thống nhất huyện Phú Khê"),
        ("UBND", "UBND"),
        ("Sở Nội vụ tỉnh Lào Cai", "Sở Nội vụ tỉnh Lào Cai"),
    ],
)
def test_name(shouted: str, written: str) -> None:
    assert in_small(shouted) == written
