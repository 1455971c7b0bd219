"""Read one file: extract, recognise, make ready for the store. What a worker does, and all that it loads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.extract.reading import Ocr
from pipeline.kept import Kept
from pipeline.workers import Result, Stage

EXTRACT, RECOGNISE = "extract", "recognise"


def read_file(path: Path, kept: Kept | None, ocr: Ocr = "auto") -> Iterator[Stage | Result]:
    """Read one file, telling the stages."""
    from pipeline.analyse import recognise
    from pipeline.extract import extract
    from pipeline.kept import keep, take
    from pipeline.prepared import prepare

    known = take(kept, path.name, ocr)
    source = known or extract(path, ocr)
    yield Stage(RECOGNISE)
    yield Result(prepare(recognise(source)), None if known else keep(source, ocr))
