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


class ReadError(Exception):
    """A file that cannot be read: ``code``, ``message`` (a Vietnamese sentence) and ``advice`` (what to do)."""

    def __init__(self, code: Code, message: str, advice: str = "") -> None:
        super().__init__(code, message, advice)  # all of them, so that the error travels between processes
        self.code, self.message, self.advice = code, message, advice

    def __str__(self) -> str:
        return self.message
