"""Stand-ins for the reading of a file, run in worker processes: what is in the file says what happens to it."""

from __future__ import annotations

import hashlib
import os
import signal
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

from invented import TEXT, document

from pipeline.compare.rows import FigureRows
from pipeline.errors import Code, ReadError
from pipeline.kept import Kept
from pipeline.model import Document
from pipeline.prepared import Prepared, pack
from pipeline.store.document_values import values_of
from pipeline.workers import Result, Stage


def read(path: Path, kept: Kept | None) -> Iterator[Stage | Result]:
    """A plan, or the mishap that the file's first word names."""
    words = path.read_text(encoding="utf-8").split()
    match words[0] if words else "":
        case "damaged":
            raise ReadError(Code.DAMAGED, "Tệp bị hỏng.", "Hãy tải lại.")
        case "die":
            os.kill(os.getpid(), signal.SIGKILL)
        case "sleep":
            time.sleep(60)
        case "hog":
            bytearray(4 * 2**30)
    yield Stage("recognise")
    match words[0] if words else "":
        case "bug":
            raise KeyError("nobody foresaw this")
        case "memory":
            raise MemoryError
        case "slow":
            time.sleep(0.05)
        case "nonsense":
            yield Result(_bare(document(), zlib.compress(b"{}")))
            return
    found = document(text=f"{TEXT}\n{' '.join(words)}", name=path.name, symbol=None)
    found.header.title = " ".join(words) or None  # so that each file is a work of its own
    found.source.sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    again = kept is not None and kept.reader == "reader"
    yield Result(_bare(found, pack(found)), None if again else Kept("reader", path.read_bytes()))


def _bare(found: Document, content: bytes) -> Prepared:
    """A document whose figures nobody has read yet, for what reads them takes long to load."""
    return Prepared(content, [], "", FigureRows([], []), [], values_of(found))
