"""Beside what one would take instead, on the same input in the same run; a ratio above 1 says that vanban is faster.

Seconds are those of a processor, child processes included: other programs on the machine hardly change them.
"""

from __future__ import annotations

import gc
import os
import resource
import shutil
import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

from benchmarks.documents import CORPUS
from corpus.forms import FONT, convert, in_font

if TYPE_CHECKING:
    from PIL.Image import Image

    from pipeline.model import Context, Frame, Text


class Pair(NamedTuple):
    """Seconds for the same work."""

    what: str
    vanban: float
    other: float

    @property
    def ratio(self) -> float:
        return self.other / self.vanban


def pairs() -> list[Pair]:
    """Every comparison whose other side is installed."""
    files = sorted((CORPUS / "pdf").glob("*.pdf"))
    found = [*_text(files), _names(files)]
    if find_spec("eyecite"):
        found.append(_citations(files))
    from pipeline.extract import ocr

    if ocr.present():
        found.append(_pictures(files[:4]))
    return found


def _pair(what: str, given: Sequence[Any], vanban: Callable[[Any], object], other: Callable[[Any], object]) -> Pair:
    """Both on each of the given things. The first two load what each needs and do not count; none is read twice, and
    neither clears up after the other."""
    spent = [0.0, 0.0]
    for i, one in enumerate(given):
        for which, work in enumerate((vanban, other)):
            gc.collect()
            began = _processor()
            work(one)
            spent[which] += (_processor() - began) * (i > 1)
    return Pair(what, *spent)


def _processor() -> float:
    """Seconds of a processor that this process and its ended children took so far."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _text(files: Sequence[Path]) -> list[Pair]:
    """Lines and tables of PDF files, beside pdfplumber's text alone: pages of one font, and pages whose accented
    letters come from a second one."""
    import pdfplumber

    from pipeline.extract import extract

    def plumb(path: Path) -> None:
        with pdfplumber.open(path) as pdf:
            for page in pdf.pages:
                page.extract_text()

    what = "PDF, {}: vanban (lines and tables) / pdfplumber (text alone)"
    found = [_pair(what.format("letters from two fonts"), files, extract, plumb)]
    if shutil.which("soffice"):
        with TemporaryDirectory() as folder:
            source, made = Path(folder, "docx"), Path(folder, "pdf")
            source.mkdir()
            documents = sorted((CORPUS / "docx").glob("*.docx"))
            convert([in_font(document, FONT, source) for document in documents], "pdf", made)
            found.insert(0, _pair(what.format("one font"), sorted(made.iterdir()), extract, plumb))
    return found


def _names(files: Sequence[Path]) -> Pair:
    """Agencies with identity, beside underthesea's names without."""
    from underthesea import ner

    from pipeline.annotate.agencies import find_agencies
    from pipeline.extract import extract
    from pipeline.normalise import normalise
    from pipeline.resolve.context import context_of
    from pipeline.segment.header import read_frame

    texts = [normalise(extract(path)) for path in files]
    given = [(text, frame, context_of(text, frame)) for text in texts for frame in [read_frame(text)]]

    def tag(one: tuple[Text, Frame, Context]) -> None:
        for line in filter(str.strip, one[0].text.split("\n")):
            ner(line)

    return _pair("agencies: vanban (with identity) / underthesea ner", given, lambda one: find_agencies(*one), tag)


def _citations(files: Sequence[Path]) -> Pair:
    from eyecite import get_citations

    from pipeline.annotate.citations import find_citations
    from pipeline.extract import extract
    from pipeline.normalise import normalise
    from pipeline.segment.header import read_frame

    given = [(text, read_frame(text)) for path in files for text in [normalise(extract(path))]]
    return _pair(
        "citations: vanban / eyecite", given, lambda one: find_citations(*one), lambda one: get_citations(one[0].text)
    )


def _pictures(files: Sequence[Path]) -> Pair:
    """The first page of each as a picture, beside Tesseract alone."""
    import subprocess

    import pypdfium2 as pdfium

    from pipeline.extract import ocr
    from pipeline.extract.picture import DPI

    pictures = [pdfium.PdfDocument(path)[0].render(scale=DPI / 72).to_pil() for path in files]

    def alone(picture: Image) -> None:
        with TemporaryDirectory() as folder:
            picture.save(Path(folder, "a.png"))
            command = ["tesseract", str(Path(folder, "a.png")), "-", "-l", "vie"]
            one_thread = {**os.environ, "OMP_THREAD_LIMIT": "1"}  # several take more in all
            subprocess.run(command, check=True, capture_output=True, env=one_thread)

    return _pair("a page as picture: vanban / tesseract", pictures, lambda one: list(ocr.read_pages([one])), alone)
