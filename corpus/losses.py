"""What is lost where a document comes in another form: ``python -m corpus.losses FOLDER [GOLD DOCUMENT...]``.

The forms of every sample, or of documents that gold files of the folder GOLD annotate, are made in FOLDER (what is
there already stays), read, and compared with the document as it is: by how much the F1 of each field falls, and which
tables differ.
Needs LibreOffice; scans are read where Tesseract is.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from docx import Document as new_word_file

from corpus import forms, scans
from corpus.layout import CORPUS
from pipeline.analyse import analyse
from pipeline.evaluate import evaluate, read_gold
from pipeline.extract import ocr
from pipeline.model import Document

FIELDS = ("citations", "dates", "quantities", "tasks")
MAY_FALL = {
    "txt": 0.01, "docx": 0.01, "pdf": 0.01, "fallback": 0.01, "odt": 0.01, "html": 0.01, "htm": 0.01, "rtf": 0.02,
    "doc": 0.02, "scan": 0.04,
}  # fmt: skip
Json = Mapping[str, Any]


def make(sources: Iterable[Path], golds: Mapping[str, Json], folder: Path) -> None:
    """Write each document in every form: FOLDER/FORM/NAME."""
    for form in ("one", *MAY_FALL):
        (folder / form).mkdir(parents=True, exist_ok=True)
    words = [_word_file(source, folder / "docx") for source in sources]
    one = [forms.in_font(word, forms.FONT, folder / "one") for word in words]
    for form in forms.FORMS:
        _convert(words, form, form, folder)
    _convert(one, "pdf", "pdf", folder)
    _convert(words, "fallback", "pdf", folder)
    for word in words:
        name = word.stem
        page = folder / "html" / f"{name}.html"
        (folder / "htm" / f"{name}.htm").write_bytes(forms.word_page(page.read_text(encoding="utf-8")))
        text = folder / "txt" / f"{name}.txt"
        if not text.exists():
            text.write_text(analyse(word).text, encoding="utf-8")
        scan, printed = folder / "scan" / f"{name}.pdf", folder / "fallback" / f"{name}.pdf"
        if not scan.exists():
            scans.write(scans.pages(printed, scans.office(golds[name]["header"].get("signer") or {})), scan)


def _convert(words: list[Path], form: str, suffix: str, folder: Path) -> None:
    missing = [word for word in words if not (folder / form / f"{word.stem}.{suffix}").exists()]
    if missing:
        forms.convert(missing, suffix, folder / form)


def _word_file(source: Path, folder: Path) -> Path:
    """A document as DOCX: as it is, or laid out from what is read in it."""
    target = folder / f"{source.stem}.docx"
    if source.suffix == ".docx":
        target.write_bytes(source.read_bytes())
    elif not target.exists():
        read = analyse(source)
        file = new_word_file()
        file.styles["Normal"].font.name = "Times New Roman"
        for paragraph in _outside_tables(read):
            file.add_paragraph(paragraph) if isinstance(paragraph, str) else _grid(file, paragraph)
        file.save(str(target))
    return target


def _outside_tables(read: Document) -> Iterator[str | list[list[str]]]:
    """The paragraphs of a document, the rows of a table together where it stands."""
    place = 0
    for paragraph in read.text.split("\n"):
        table = next((t for t in read.tables if t.start <= place < t.end), None)
        if table is None:
            yield paragraph
        elif table.start == place:
            yield table.rows
        place += len(paragraph) + 1


def _grid(file: Any, rows: list[list[str]]) -> None:
    grid = file.add_table(len(rows), max(map(len, rows)))
    grid.style = "Table Grid"
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            grid.cell(r, c).text = cell


def scores(read: Document, gold: Json) -> dict[str, float]:
    """The F1 of each field."""
    tallies = evaluate([gold], [read])
    return {field: tallies[field].f1 for field in FIELDS}


def main(folder: Path, gold: Path, sources: list[Path], chosen: list[str]) -> None:
    golds = {Path(g["file"]).stem: g for g in read_gold(gold)}
    make(sources, golds, folder)
    worst = {form: dict.fromkeys(FIELDS, 0.0) for form in chosen}
    for source in sources:
        gold_of = golds[source.stem]
        born = analyse(source)
        before, rows = scores(born, gold_of), [table.rows for table in born.tables]
        for form in chosen:
            read = analyse(next((folder / form).glob(f"{source.stem}.*")))
            now = scores(read, gold_of)
            falls = {field: before[field] - now[field] for field in FIELDS}
            worst[form] = {field: max(worst[form][field], falls[field]) for field in FIELDS}
            lost = {f: f"{before[f]:.3f} -> {now[f]:.3f}" for f in FIELDS if before[f] != now[f]}
            same = "" if [table.rows for table in read.tables] == rows else " tables differ"
            over = " TOO MUCH" if max(falls.values()) > MAY_FALL[form] else ""
            print(f"{source.stem} {form}: {lost or 'nothing lost'}{same}{over}", flush=True)
    print("\nWorst loss: " + ", ".join(FIELDS))
    for form, falls in worst.items():
        print(f"{form} (may be {MAY_FALL[form]}): " + " ".join(f"{falls[field]:.3f}" for field in FIELDS))


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("Cách dùng: python -m corpus.losses THƯ_MỤC [ĐÁP_ÁN TỆP...]")
    chosen = [form for form in MAY_FALL if form != "scan" or ocr.present()]
    if len(sys.argv) > 3:
        main(Path(sys.argv[1]), Path(sys.argv[2]), [Path(name) for name in sys.argv[3:]], chosen)
    else:
        main(Path(sys.argv[1]), CORPUS / "gold", sorted((CORPUS / "docx").glob("*.docx")), chosen)
