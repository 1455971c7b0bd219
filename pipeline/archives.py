"""Zip archives: their members by safe names, unpacked with care for bombs, links and passwords."""

from __future__ import annotations

import re
import shutil
import stat
import struct
import unicodedata
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from pipeline import encodings
from pipeline.errors import Code, ReadError

MAX_MEMBERS = 20_000
MAX_MEMBER_BYTES = 100 * 2**20
MAX_TOTAL_BYTES = 4 * 2**30
MAX_RATIO = 200  # unpacked to packed; office documents and text stay far below
SMALL = 10 * 2**20  # below this no ratio does harm

_UTF8_NAMES, _ENCRYPTED = 0x800, 0x1
_UNICODE_NAME, _NAME_AT = 0x7075, 5  # the field with a name in Unicode, and where in it that begins
_CHUNK = 2**20


class Member(NamedTuple):
    """A file within a file: its name there (folders by ``/``), its number, and why it must not be unpacked."""

    name: str
    number: int
    error: ReadError | None = None


def is_archive(path: Path) -> bool:
    """Whether a file is a zip archive and no office document."""
    if path.suffix.lower() != ".zip" or not path.is_file():
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False  # read as a file, which says what is wrong with it
    return not names & {"[Content_Types].xml", "mimetype"}


def members(path: Path) -> list[Member]:
    """The files in an archive. Raises ``ReadError`` for archives that are not opened at all."""
    with zipfile.ZipFile(path) as archive:
        found = archive.infolist()
    _refuse_bombs(path, found)
    decode = _name_encoding(found)
    named = [(i, safe_name(m, decode), m) for i, m in enumerate(found) if not m.is_dir()]
    return [Member(name, i, _refused(name, m)) for i, name, m in named if name]


def _refuse_bombs(path: Path, found: list[zipfile.ZipInfo]) -> None:
    """Archives with too many members, too large ones, or members that overlap."""
    if len(found) > MAX_MEMBERS or sum(m.file_size for m in found) > MAX_TOTAL_BYTES:
        raise ReadError(Code.TOO_LARGE, "Tệp nén quá lớn.", "Hãy giải nén rồi đưa thư mục vào.")
    if sum(m.compress_size for m in found) > path.stat().st_size:
        raise ReadError(Code.DAMAGED, "Tệp nén không đúng chuẩn.", "Hãy giải nén rồi đưa thư mục vào.")


def _refused(name: str, member: zipfile.ZipInfo) -> ReadError | None:
    """Why a member is not unpacked."""
    if stat.S_ISLNK(member.external_attr >> 16):
        return ReadError(Code.UNKNOWN_FORMAT, "Liên kết trong tệp nén.", "Hãy nén chính tệp, không nén liên kết.")
    if member.flag_bits & _ENCRYPTED:
        return ReadError(Code.ENCRYPTED, "Tệp nén có mật khẩu.", "Hãy giải nén bằng mật khẩu rồi đưa thư mục vào.")
    if name.lower().endswith((".zip", ".rar", ".7z", ".gz", ".tar")):
        return ReadError(Code.UNKNOWN_FORMAT, "Tệp nén nằm trong tệp nén.", "Hãy giải nén rồi đưa thư mục vào.")
    packed, size = max(member.compress_size, 1), member.file_size
    if size > MAX_MEMBER_BYTES or (size > SMALL and size / packed > MAX_RATIO):
        return ReadError(Code.TOO_LARGE, "Tệp trong tệp nén quá lớn.", "Hãy giải nén rồi tách nhỏ tệp này.")
    return None


def _name_encoding(found: list[zipfile.ZipInfo]) -> str | None:
    """The old encoding in which the names of an archive are Vietnamese, told by all of them together."""
    raw = [bytes_of for m in found if not m.flag_bits & _UTF8_NAMES and (bytes_of := _raw(m))]
    return encodings.guess(" ".join(encodings.wide(name).replace("/", " ").replace("_", " ") for name in raw))


def _raw(member: zipfile.ZipInfo) -> bytes | None:
    """The bytes of a name, which Python took for those of code page 437."""
    try:
        return member.filename.encode("cp437")
    except UnicodeError:
        return None


def _said_in_unicode(member: zipfile.ZipInfo) -> str | None:
    """The name in Unicode that Info-ZIP and others add beside one in an old code page, if it is still of that name."""
    at = 0
    while at + 4 <= len(member.extra):
        kind, size = struct.unpack_from("<HH", member.extra, at)
        field = member.extra[at + 4 : at + 4 + size]
        if kind == _UNICODE_NAME and len(field) == size > _NAME_AT:
            of = _raw(member)
            if of is not None and zlib.crc32(of) == struct.unpack_from("<I", field, 1)[0]:
                return field[_NAME_AT:].decode("utf-8", "replace")
        at += 4 + size
    return None


def safe_name(member: zipfile.ZipInfo, encoding: str | None = None) -> str:
    """A member's name in clear text, without ways out of the archive; ``encoding`` is that of names that are old."""
    name = _said_in_unicode(member) or member.filename
    if name == member.filename and not member.flag_bits & _UTF8_NAMES and (raw := _raw(member)) is not None:
        try:
            name = raw.decode("utf-8")  # old programs write UTF-8 without saying so
        except UnicodeError:
            name = encodings.decode(encodings.wide(raw), encoding) if encoding else name
    name = "".join(c for c in unicodedata.normalize("NFC", name.replace("\\", "/")) if c.isprintable())
    parts = [p for p in PurePosixPath(name).parts if p not in ("/", ".", "..") and not re.fullmatch(r"[A-Za-z]:", p)]
    return "/".join(parts)


def unpack(path: Path, number: int, target: Path) -> None:
    """Write a member to a file."""
    try:
        with (
            zipfile.ZipFile(path) as archive,
            archive.open(archive.infolist()[number]) as source,
            target.open("wb") as out,
        ):
            shutil.copyfileobj(source, out, _CHUNK)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError) as error:
        raise _damaged() from error
    except Exception as error:
        if type(error).__module__ in ("zlib", "lzma", "bz2", "_lzma"):
            raise _damaged() from error
        raise


def _damaged() -> ReadError:
    return ReadError(Code.DAMAGED, "Tệp trong tệp nén bị hỏng.", "Hãy tải hoặc nén lại tệp.")
