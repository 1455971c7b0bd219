"""The parts of an Office Open XML file, read with care: bombs, entities and passwords are refused."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from lxml import etree

from pipeline.errors import Code, ReadError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"

MAX_PART = 64 * 2**20
_MAX_RATIO = 300  # of a part's size to its size in the archive; real documents stay below 100
_SMALL = 2**20


class Package:
    """An open file whose XML parts can be read by name."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = set(archive.namelist())

    def main_part(self) -> str:
        """The name of the part that holds the document, by the file's relations."""
        root = self.xml("_rels/.rels")
        for relation in root.iter(f"{_RELATIONS}Relationship") if root is not None else ():
            if relation.get("Type", "").endswith("/officeDocument"):
                return str(relation.get("Target", "")).lstrip("/")
        return "word/document.xml"

    def xml(self, name: str) -> Any | None:
        """The root of a part, None where the file has no such part."""
        content = self.content(name)
        return None if content is None else parsed(content)

    def content(self, name: str) -> bytes | None:
        """The bytes of a part, None where the file has no such part."""
        if name not in self._names:
            return None
        self._check(self._archive.getinfo(name))
        return self._archive.read(name)

    def check(self) -> None:
        """Refuse the file if any part is a bomb or has a password, before another library reads it."""
        for info in self._archive.infolist():
            self._check(info)

    @staticmethod
    def _check(info: zipfile.ZipInfo) -> None:
        if info.flag_bits & 1:
            raise ReadError(Code.ENCRYPTED, "Tệp được đặt mật khẩu.", "Hãy bỏ mật khẩu rồi thử lại.")
        if info.file_size > MAX_PART or (
            info.file_size > _SMALL and info.file_size > _MAX_RATIO * max(info.compress_size, 1)
        ):
            raise ReadError(
                Code.TOO_LARGE,
                "Phần nén trong tệp bung ra quá lớn, không đọc để bảo đảm an toàn.",
                "Hãy mở tệp bằng chương trình soạn thảo, lưu lại rồi thử lại.",
            )


def parsed(content: bytes) -> Any:
    """The root of a part; nothing that it names is fetched."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(content, parser)


@contextmanager
def open_package(path: Path) -> Iterator[Package]:
    """A file opened as a package."""
    with zipfile.ZipFile(path) as archive:
        yield Package(archive)
