"""What extraction gave for a file, kept so that new rules need not read the file again."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from pydantic import TypeAdapter

from pipeline.extract.reading import Ocr
from pipeline.model import Source, Word

_source = TypeAdapter(Source)
_QUICK = 4  # of nine: two thirds of the time of the usual six, for a twentieth more bytes
# What extraction goes by beside its own modules.
CODE = ("encodings.py", "layout.py", "mail.py", "model.py", "names.py", "scanned.py", "normalise/measure.py")
_PATTERNS = ("document_types.csv", "layout.toml", "legacy.toml", "legacy_letters.csv", "ocr.toml")


class Kept(NamedTuple):
    """A packed :class:`~pipeline.model.Source`, and the version of the readers that gave it."""

    reader: str
    content: bytes


def keep(source: Source, ocr: Ocr = "auto") -> Kept:
    """Pack what was extracted."""
    return Kept(reader(ocr), zlib.compress(_source.dump_json(source), _QUICK))


def take(kept: Kept | None, name: str, ocr: Ocr = "auto") -> Source | None:
    """Unpack it for a file of this name; None where other readers gave it, who may have read less or otherwise."""
    if kept is None or kept.reader != reader(ocr):
        return None
    return replace(_source.validate_json(zlib.decompress(kept.content)), name=name)


def words_on(kept: Kept | None, number: int) -> list[Word]:
    """The words read from the picture of a page; none where that was not kept."""
    source = _source.validate_json(zlib.decompress(kept.content)) if kept else None
    return [word for word in source.words if word.page == number] if source else []


@cache
def reader(asked: Ocr = "auto") -> str:
    """The version of the readers: a print of their code and patterns, and which pictures they read."""
    from pipeline.extract import ocr

    here = Path(__file__).parent
    code = hashlib.sha256()
    for path in sorted([*here.glob("extract/**/*.py"), *map(here.joinpath, CODE)]):
        code.update(path.read_bytes())
    for name in _PATTERNS:
        code.update(files("patterns").joinpath(name).read_bytes())
    pictures = "" if not ocr.may(asked) else "+ocr" if asked == "auto" else "+all"
    return code.hexdigest()[:16] + pictures
