"""The files behind what a person names: files, folders with all below them, and what zip archives hold."""

from __future__ import annotations

import os
import re
import shutil
import stat
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from pipeline.errors import Code, ReadError

MAX_MEMBERS = 20_000
MAX_MEMBER_BYTES = 100 * 2**20
MAX_TOTAL_BYTES = 4 * 2**30
MAX_RATIO = 200  # unpacked to packed; office documents and text stay far below
SMALL = 10 * 2**20  # below this no ratio does harm

_UTF8_NAMES, _ENCRYPTED = 0x800, 0x1
_CHUNK = 2**20


@dataclass(frozen=True, slots=True)
class Entry:
    """One file to read: ``label`` tells it from all others, ``error`` says why it must not be opened."""

    label: str
    name: str
    path: Path
    member: zipfile.ZipInfo | None = None
    error: ReadError | None = None


def discover(paths: Iterable[Path]) -> list[Entry]:
    """Every file behind the paths, each once, folders in natural order. A path that is not there is an entry too."""
    found: dict[str, Entry] = {}
    for path in paths:
        for entry in _entries(path):
            found.setdefault(entry.label, entry)
    return list(found.values())


def _entries(path: Path) -> Iterator[Entry]:
    path = Path(os.path.abspath(path))  # noqa: PTH100 - keeps the links a person made, resolve() would not
    if path.is_dir():
        for folder, folders, names in os.walk(path):
            folders[:] = sorted((f for f in folders if not _hidden(f)), key=natural)
            for name in sorted((n for n in names if not _hidden(n)), key=natural):
                yield from _file(Path(folder, name))
    else:
        yield from _file(path)


def _file(path: Path) -> Iterator[Entry]:
    if _is_archive(path):
        yield from _members(path)
    elif path.is_file() or not path.exists():
        yield Entry(_label(path), _readable(path.name), path)
    else:
        error = ReadError(Code.UNKNOWN_FORMAT, "Không phải tệp thường.", "Hãy chỉ đưa vào tệp và thư mục.")
        yield Entry(_label(path), _readable(path.name), path, error=error)


def natural(name: str) -> list[tuple[int, str]]:
    """A sorting key in which ``2.txt`` comes before ``10.txt``."""
    return [(int(part) if part.isdecimal() else -1, part) for part in re.split(r"(\d+)", name.lower())]


def _hidden(name: str) -> bool:
    """Hidden files, and those that office programs leave beside an open document."""
    return name.startswith((".", "~$", "__MACOSX")) or name in ("Thumbs.db", "desktop.ini")


def _readable(name: str) -> str:
    """A file name as text, whatever bytes it is made of."""
    return unicodedata.normalize("NFC", os.fsencode(name).decode("utf-8", "backslashreplace"))


def _label(path: Path) -> str:
    return os.fsencode(path).decode("utf-8", "backslashreplace")


# --------------------------------------------------------------------------- archives


def _is_archive(path: Path) -> bool:
    """A zip archive that is no office document."""
    if path.suffix.lower() != ".zip" or not path.is_file():
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False  # read as a file, which says what is wrong with it
    return not names & {"[Content_Types].xml", "mimetype"}


def _members(path: Path) -> Iterator[Entry]:
    with zipfile.ZipFile(path) as archive:
        members = [m for m in archive.infolist() if not m.is_dir()]
    if error := _bomb(path, members):
        yield Entry(_label(path), _readable(path.name), path, error=error)
        return
    named = [(safe_name(m), m) for m in members]
    for name, member in sorted(named, key=lambda pair: natural(pair[0])):
        parts = PurePosixPath(name).parts
        if parts and not any(map(_hidden, parts)):
            yield Entry(f"{_label(path)}!/{name}", parts[-1], path, member, _refused(parts[-1], member))


def _bomb(path: Path, members: list[zipfile.ZipInfo]) -> ReadError | None:
    """Why an archive is not opened at all: too many members, too large, or members that overlap."""
    if len(members) > MAX_MEMBERS or sum(m.file_size for m in members) > MAX_TOTAL_BYTES:
        return ReadError(Code.TOO_LARGE, "Tệp nén quá lớn.", "Hãy giải nén rồi đưa thư mục vào.")
    if sum(m.compress_size for m in members) > path.stat().st_size:
        return ReadError(Code.DAMAGED, "Tệp nén không đúng chuẩn.", "Hãy giải nén rồi đưa thư mục vào.")
    return None


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


def safe_name(member: zipfile.ZipInfo) -> str:
    """A member's name in clear text, without ways out of the archive."""
    name = member.filename
    if not member.flag_bits & _UTF8_NAMES:
        with suppress(UnicodeError):  # old programs write UTF-8 without saying so
            name = name.encode("cp437").decode("utf-8")
    name = "".join(c for c in unicodedata.normalize("NFC", name.replace("\\", "/")) if c.isprintable())
    parts = [p for p in PurePosixPath(name).parts if p not in ("/", ".", "..") and not re.fullmatch(r"[A-Za-z]:", p)]
    return "/".join(parts)


@contextmanager
def opened(entry: Entry) -> Iterator[Path]:
    """A path under which the entry can be read; what comes from an archive is unpacked for the time of the block."""
    if entry.error:
        raise entry.error
    if entry.member is None:
        yield entry.path
        return
    with TemporaryDirectory(prefix="vanban-") as folder:
        yield _unpack(entry.path, entry.member, Path(folder, _short(entry.name)))


def _short(name: str) -> str:
    """A name that any file system takes: at most 255 bytes, the suffix kept."""
    stem, suffix = Path(name).stem, Path(name).suffix
    return stem.encode()[:200].decode("utf-8", "ignore") + suffix[:20] if len(name.encode()) > 250 else name


def _unpack(archive: Path, member: zipfile.ZipInfo, target: Path) -> Path:
    try:
        with (
            zipfile.ZipFile(archive) as opened_archive,
            opened_archive.open(member) as source,
            target.open("wb") as out,
        ):
            shutil.copyfileobj(source, out, _CHUNK)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError) as error:
        raise _damaged() from error
    except Exception as error:
        if type(error).__module__ in ("zlib", "lzma", "bz2", "_lzma"):
            raise _damaged() from error
        raise
    return target


def _damaged() -> ReadError:
    return ReadError(Code.DAMAGED, "Tệp trong tệp nén bị hỏng.", "Hãy tải hoặc nén lại tệp.")
