"""The samples in the other forms that offices send: ``python -m corpus.forms [NAME...]`` writes forms/.

LibreOffice makes ODT, RTF, DOC and HTML of a sample's DOCX; HTM is that page as Word saves it, in windows-1252 with
entities; XLSX holds the sample's tables, a sheet each.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

from corpus.layout import CORPUS
from corpus.source import Grid, Sample, samples

FORMS = {"odt": "odt", "rtf": "rtf", "doc": "doc:MS Word 97", "html": "html:HTML (StarWriter)"}
FONT = "DejaVu Serif"  # it has every Vietnamese letter
KEPT = ("bc-thi-xa-hoa-giang-2024", "kh-xa-phong-ret-2025")  # in the repository, so that reading needs no LibreOffice


def in_font(document: Path, font: str, folder: Path) -> Path:
    """A copy of a DOCX in another font than Times, whose stand-ins lack letters here and there."""
    copy = folder / document.name
    with ZipFile(document) as source, ZipFile(copy, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"Times New Roman", font.encode()))
    return copy


def convert(documents: Iterable[Path], form: str, folder: Path) -> None:
    """Have LibreOffice write documents in a form (or as PDF), with a profile of its own."""
    with tempfile.TemporaryDirectory() as profile:
        command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--norestore"]
        command += ["--convert-to", FORMS.get(form, form), "--outdir", str(folder), *map(str, documents)]
        subprocess.run(command, check=True, capture_output=True, timeout=300)


def word_page(page: str) -> bytes:
    """A page as Word saves it: windows-1252, other letters as entities, lines wrapped anywhere."""
    declared = page.replace("charset=utf-8", "charset=windows-1252")
    marked = declared.replace("<body", "<!--[if gte mso 9]><xml><o:p>Thừa</o:p></xml><![endif]--><body", 1)
    return marked.encode("cp1252", "xmlcharrefreplace")


def workbook(sample: Sample, path: Path) -> bool:
    """Write the tables of a sample as a workbook; False where it has none."""
    grids = [block for block in sample.blocks if isinstance(block, Grid)]
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, grid in enumerate(grids, 1):
        sheet = book.create_sheet(f"Bảng {number}")
        for row in grid.rows:
            sheet.append([words.text if words.text not in ("<", "^") else None for words in row])
        _merge(sheet, grid)
    if grids:
        book.save(path)
    return bool(grids)


def _merge(sheet: object, grid: Grid) -> None:
    """Merge what the sample merges: ``<`` goes on with the cell on the left, ``^`` with the one above."""
    for r, row in enumerate(grid.rows, 1):
        for c, words in enumerate(row, 1):
            right = next((n for n, w in enumerate(row[c:]) if w.text != "<"), len(row) - c)
            below = next((n for n, other in enumerate(grid.rows[r:]) if other[c - 1].text != "^"), len(grid.rows) - r)
            if words.text not in ("<", "^") and (right or below):
                sheet.merge_cells(start_row=r, start_column=c, end_row=r + below, end_column=c + right)  # type: ignore[attr-defined]


def main(names: list[str]) -> None:
    if not shutil.which("soffice"):
        sys.exit("Không có LibreOffice (soffice).")
    folder = CORPUS / "forms"
    folder.mkdir(exist_ok=True)
    chosen = [sample for sample in samples() if sample.name in (names or KEPT)]
    for form in FORMS:
        convert([CORPUS / "docx" / f"{sample.name}.docx" for sample in chosen], form, folder)
    for sample in chosen:
        page = folder / f"{sample.name}.html"
        page.with_suffix(".htm").write_bytes(word_page(page.read_text(encoding="utf-8")))
        workbook(sample, folder / f"{sample.name}.xlsx")


if __name__ == "__main__":
    main(sys.argv[1:])
