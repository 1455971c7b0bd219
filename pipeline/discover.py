"""The files behind what a person names: files, folders with all below them, what archives and messages hold."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePath, PurePosixPath
from tempfile import TemporaryDirectory

from pipeline import archives, mail
from pipeline.archives import Member
from pipeline.errors import Code, ReadError
from pipeline.extract.sniff import sniff

_DEPTH = 3  # of files within files: a document in an archive on a message
# How files end whose text is that of a document, whatever the content turns out to be.
_DOCUMENTS = frozenset(
    (
        "", ".txt", ".text", ".pdf", ".docx", ".docm", ".dotx", ".doc", ".dot", ".rtf", ".odt", ".ott", ".html", ".htm",
        ".xlsx", ".xlsm", ".xls", ".ods", ".eml", ".msg", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One file to read: ``label`` tells it from all others, ``error`` says why it must not be opened.

    ``inside`` leads from ``path`` to it through archives and messages: the number of each member on the way. ``named``
    tells a file that a person named from one found in a folder, an archive or a message.
    """

    label: str
    name: str
    path: Path
    inside: tuple[int, ...] = ()
    error: ReadError | None = None
    named: bool = False


def discover(paths: Iterable[Path]) -> list[Entry]:
    """Every file behind the paths, each once, folders in natural order. A path that is not there is an entry too."""
    found: dict[str, Entry] = {}
    for path in paths:
        for entry in _entries(path):
            if entry.named or entry.label not in found:
                found[entry.label] = entry
    return list(found.values())


def is_document(name: str, path: Path) -> bool:
    """Whether a file that nobody named is worth reading: programs and data are plain text too, told by their names."""
    if PurePath(name).suffix.lower() in _DOCUMENTS:
        return True
    try:
        return sniff(path) != "txt"
    except ReadError:  # of a form whose reader says what is wrong
        return True


def _entries(path: Path) -> Iterator[Entry]:
    path = Path(os.path.abspath(path))  # noqa: PTH100 - keeps the links a person made, resolve() would not
    if path.is_dir():
        for folder, folders, names in os.walk(path):
            folders[:] = sorted((f for f in folders if not _hidden(f)), key=natural)
            for name in sorted((n for n in names if not _hidden(n)), key=natural):
                yield from _file(Path(folder, name))
    else:
        yield from _file(path, named=True)


def _file(path: Path, *, named: bool = False) -> Iterator[Entry]:
    entry = Entry(_label(path), _readable(path.name), path, named=named)
    if archives.is_archive(path) or mail.is_mail(path):
        yield from _within(entry, path)
    elif path.is_file() or not path.exists():
        yield entry
    else:
        yield replace(
            entry, error=ReadError(Code.UNKNOWN_FORMAT, "Không phải tệp thường.", "Hãy chỉ đưa vào tệp và thư mục.")
        )


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


# --------------------------------------------------------------------------- files within files


def _within(outer: Entry, path: Path) -> Iterator[Entry]:
    """The members of an archive or message, ``path`` being where it can be read now; a message's words come first."""
    try:
        found = _members(path)
        if mail.is_mail(path) and (not found or _says_something(path)):
            yield outer
    except ReadError as error:
        yield replace(outer, error=error)
        return
    for name, member in sorted(((m.name, m) for m in found), key=lambda pair: natural(pair[0])):
        parts = PurePosixPath(name).parts
        if not any(map(_hidden, parts)):
            inside = (*outer.inside, member.number)
            entry = Entry(f"{outer.label}!/{name}", parts[-1], outer.path, inside, member.error)
            yield from _unfolded(entry, path, member)


def _unfolded(entry: Entry, outer: Path, member: Member) -> Iterator[Entry]:
    """A member, or what it holds where it is an archive or a message itself."""
    holds = entry.name.lower().endswith((".zip", ".eml", ".msg"))
    if not holds or entry.error or len(entry.inside) >= _DEPTH:
        yield entry
        return
    with TemporaryDirectory(prefix="vanban-") as folder:
        target = Path(folder, _short(entry.name))
        try:
            _unpack(outer, member.number, target)
        except ReadError as error:
            yield replace(entry, error=error)
            return
        if archives.is_archive(target) or mail.is_mail(target):
            yield from _within(entry, target)
        else:
            yield entry


def _members(path: Path) -> list[Member]:
    return mail.members(path) if mail.is_mail(path) else archives.members(path)


def _says_something(path: Path) -> bool:
    message = mail.read(path)
    return bool(message.text.strip() or message.html.strip())


def _unpack(path: Path, number: int, target: Path) -> None:
    (mail.unpack if mail.is_mail(path) else archives.unpack)(path, number, target)


@contextmanager
def opened(entry: Entry) -> Iterator[Path]:
    """A path under which the entry can be read; what comes from an archive is unpacked for the time of the block."""
    if entry.error:
        raise entry.error
    names = entry.label.split("!/")
    with ExitStack() as stack:
        path = entry.path
        for depth, number in enumerate(entry.inside, -len(entry.inside)):
            folder = stack.enter_context(TemporaryDirectory(prefix="vanban-"))
            name = PurePosixPath(names[depth]).name
            target = Path(folder, _short(name))
            _unpack(path, number, target)
            path = target
        yield path


def _short(name: str) -> str:
    """A name that any file system takes: at most 255 bytes, the suffix kept."""
    stem, suffix = Path(name).stem, Path(name).suffix
    return stem.encode()[:200].decode("utf-8", "ignore") + suffix[:20] if len(name.encode()) > 250 else name
