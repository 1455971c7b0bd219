"""From a file to its lines and tables; the format is told by content, not by suffix."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pipeline.model import Line, Source


def extract(path: Path) -> Source:
    """Read a file. Raises :class:`~pipeline.errors.ReadError` where it cannot be read."""
    data = path.read_bytes()
    lines = [Line(line) for line in data.decode("utf-8").splitlines()]
    return Source(path.name, hashlib.sha256(data).hexdigest(), "txt", list(lines))
