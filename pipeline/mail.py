"""Messages of e-mail: ``.eml`` (RFC 5322, MIME) and Outlook's ``.msg`` ([MS-OXMSG]): body and attachments."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path, PurePosixPath
from typing import Any

from pipeline.archives import Member
from pipeline.errors import Code, ReadError

MAX_ATTACHMENTS = 1000
MAX_BYTES = 100 * 2**20

# Names of an Outlook message's streams: a property's number and its type (001F Unicode, 001E bytes, 0102 binary).
_BODY, _HTML, _DATA = "1000", "10130102", "37010102"
_LONG_NAME, _SHORT_NAME, _TITLE = "3707", "3704", "3001"


@dataclass(slots=True)
class Attachment:
    """A file in a message; ``content`` gives its bytes when asked."""

    name: str
    content: Callable[[], bytes]
    error: ReadError | None = None


@dataclass(slots=True)
class Message:
    """What a message says, as a page or as plain text, and what hangs on it."""

    text: str = ""
    html: str = ""
    attachments: list[Attachment] = field(default_factory=list)


def is_mail(path: Path) -> bool:
    """Whether a file is called a message."""
    return path.suffix.lower() in (".eml", ".msg") and path.is_file()


def read(path: Path) -> Message:
    """A message. Raises ``ReadError`` where the file is none."""
    if path.stat().st_size > MAX_BYTES:
        raise ReadError(Code.TOO_LARGE, "Thư quá lớn.", "Hãy lưu các tệp đính kèm ra thư mục rồi đưa thư mục vào.")
    try:
        with path.open("rb") as file:
            outlook = file.read(8) == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        return _outlook(path) if outlook else _mime(path.read_bytes())
    except (ValueError, LookupError, TypeError, OSError, RecursionError) as error:
        raise ReadError(Code.DAMAGED, "Thư bị hỏng, không đọc được.", "Hãy lưu lại thư từ hộp thư.") from error


def members(path: Path) -> list[Member]:
    """The attachments of a message."""
    attachments = read(path).attachments[:MAX_ATTACHMENTS]
    return [
        Member(PurePosixPath(a.name.replace("\\", "/")).name or "tệp", i, a.error) for i, a in enumerate(attachments)
    ]


def unpack(path: Path, number: int, target: Path) -> None:
    """Write an attachment to a file."""
    target.write_bytes(read(path).attachments[number].content())


# --------------------------------------------------------------------------- RFC 5322


def _mime(data: bytes) -> Message:
    message = BytesParser(EmailMessage, policy=policy.default).parsebytes(data)
    html, plain = message.get_body(("html",)), message.get_body(("plain",))
    found = Message(_text(plain), _text(html))
    for part in message.walk():
        if part.is_multipart() and part.get_content_type() != "message/rfc822":
            continue
        if part in (html, plain) or part is message or _is_decoration(part):
            continue
        inner = part.get_content_type() == "message/rfc822"
        name = part.get_filename() or ("thư.eml" if inner else "")
        if name:
            found.attachments.append(Attachment(name, _inner(part) if inner else _payload(part)))
    return found


def _text(part: Any) -> str:
    if part is None:
        return ""
    try:
        return str(part.get_content())
    except (LookupError, UnicodeError):  # a charset that does not exist
        return bytes(part.get_payload(decode=True) or b"").decode("utf-8", "replace")


def _is_decoration(part: Any) -> bool:
    """Whether a part is a picture of the message's body: a logo, a signature."""
    inline = part.get_content_disposition() == "inline" or part.get("Content-ID") is not None
    return inline and part.get_content_maintype() == "image"


def _payload(part: Any) -> Callable[[], bytes]:
    return lambda: bytes(part.get_payload(decode=True) or b"")


def _inner(part: Any) -> Callable[[], bytes]:
    return lambda: bytes(part.get_payload(0).as_bytes())


# --------------------------------------------------------------------------- Outlook


def _outlook(path: Path) -> Message:
    import olefile

    with closing(olefile.OleFileIO(path)) as container:
        found = Message(_string(container, (), _BODY), _page(container))
        for number, storage in enumerate(_storages(container)):
            if number >= MAX_ATTACHMENTS:
                break
            name = next((n for p in (_LONG_NAME, _SHORT_NAME, _TITLE) if (n := _string(container, storage, p))), "tệp")
            stream = "/".join((*storage, f"__substg1.0_{_DATA}"))
            if container.exists(stream):
                found.attachments.append(Attachment(name, _stream(path, stream)))
            else:
                error = ReadError(Code.UNKNOWN_FORMAT, "Thư nằm trong thư.", "Hãy lưu thư ấy ra thành tệp riêng.")
                found.attachments.append(Attachment(name, bytes, error))
    return found


def _storages(container: Any) -> Iterator[tuple[str, ...]]:
    names = {entry[0] for entry in container.listdir(streams=True, storages=True)}
    return ((name,) for name in sorted(names) if name.startswith("__attach_version1.0_"))


def _string(container: Any, storage: tuple[str, ...], number: str) -> str:
    for kind, encoding in (("001F", "utf-16-le"), ("001E", "cp1258")):
        stream = "/".join((*storage, f"__substg1.0_{number}{kind}"))
        if container.exists(stream):
            return str(container.openstream(stream).read(MAX_BYTES).decode(encoding, "replace")).rstrip("\0")
    return ""


def _page(container: Any) -> str:
    stream = f"__substg1.0_{_HTML}"
    if not container.exists(stream):
        return ""
    data: bytes = container.openstream(stream).read(MAX_BYTES)
    try:
        return data.decode("utf-8")
    except UnicodeError:
        return data.decode("cp1252", "replace")


def _stream(path: Path, stream: str) -> Callable[[], bytes]:
    def content() -> bytes:
        import olefile

        with closing(olefile.OleFileIO(path)) as container:
            return bytes(container.openstream(stream).read(MAX_BYTES))

    return content
