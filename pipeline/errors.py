"""What can go wrong with one file, as codes with a Vietnamese message and advice."""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """Stable codes of failures, printed and stored."""

    NOT_FOUND = "not_found"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNKNOWN_FORMAT = "unknown_format"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    NEEDS_OCR = "needs_ocr"
    NO_TEXT = "no_text"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    INTERNAL = "internal"


_MEANINGS: dict[str, tuple[str, str]] = {
    Code.NOT_FOUND: ("Không thấy hoặc không có quyền đọc tệp", "Kiểm tra đường dẫn và quyền truy cập rồi đọc lại."),
    Code.EMPTY: ("Tệp rỗng", "Tải hoặc sao chép lại tệp gốc."),
    Code.TOO_LARGE: ("Tệp quá lớn", "Tách tệp thành nhiều phần hoặc giảm độ phân giải ảnh quét."),
    Code.UNKNOWN_FORMAT: ("Định dạng chưa đọc được", "Lưu lại thành PDF, DOCX hoặc TXT."),
    Code.DAMAGED: ("Tệp hỏng hoặc bị cắt cụt", "Mở bằng chương trình soạn thảo rồi lưu lại, hoặc tải lại tệp gốc."),
    Code.ENCRYPTED: ("Tệp đặt mật khẩu", "Mở bằng mật khẩu rồi lưu bản không đặt mật khẩu."),
    Code.NEEDS_OCR: ("Bản quét, ảnh chụp chưa nhận dạng được chữ", "Cài bộ nhận dạng chữ (tesseract-ocr-vie)."),
    Code.NO_TEXT: ("Không nhận ra chữ nào", "Quét hoặc chụp lại rõ hơn."),
    Code.TIMEOUT: ("Đọc quá lâu", "Tách tệp thành nhiều phần nhỏ hơn."),
    Code.MEMORY: ("Hết bộ nhớ khi đọc", "Tách tệp hoặc đọc lại khi máy rảnh."),
    Code.INTERNAL: ("Lỗi bên trong chương trình", "Gửi tệp này cho người bảo trì chương trình."),
}


def meaning(code: str | None) -> tuple[str, str]:
    """What files that failed with a code have in common, and what to do about them."""
    return _MEANINGS.get(code or "", ("Lỗi khác", "Xem lý do ở từng tệp."))


class ReadError(Exception):
    """A file that cannot be read: ``code``, ``message`` (a Vietnamese sentence) and ``advice`` (what to do)."""

    def __init__(self, code: Code, message: str, advice: str = "") -> None:
        super().__init__(code, message, advice)  # all of them, so that the error travels between processes
        self.code, self.message, self.advice = code, message, advice

    def __str__(self) -> str:
        return self.message
