"""What findings and severities are called in Vietnamese."""

FINDINGS = {
    "wrong_date": "Sai ngày", "wrong_issuer": "Sai nơi ban hành", "wrong_type": "Sai loại văn bản",
    "malformed": "Ký hiệu sai thể thức", "expired": "Hết hiệu lực", "replaced": "Đã bị thay thế",
    "repealed": "Đã bị bãi bỏ", "amended": "Đã được sửa đổi", "not_yet_in_force": "Chưa có hiệu lực",
    "future_date": "Ngày ở tương lai", "inconsistent": "Ghi không thống nhất", "missing_date": "Thiếu ngày",
    "ambiguous": "Có thể là nhiều văn bản", "unknown": "Chưa rõ văn bản nào", "unfollowed": "Chưa thấy thực hiện",
    "wrong_percentage": "Sai tỷ lệ", "wrong_sum": "Cộng không khớp", "conflicting_figure": "Số liệu mâu thuẫn",
    "impossible_date": "Ngày không thể có",
}  # fmt: skip
SEVERITIES = {"error": "sai", "warning": "cần xem", "info": "để biết"}
