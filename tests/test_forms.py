"""One document in many forms: what is found in it falls hardly at all, its tables not at all."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

import pytest

from corpus import forms, losses, scans
from corpus.source import samples
from pipeline.analyse import analyse
from pipeline.evaluate import read_gold
from pipeline.extract import extract, ocr
from pipeline.model import Document, Table

CORPUS = Path(__file__).parent.parent / "corpus"
GOLD = {g["file"].removesuffix(".txt"): g for g in read_gold(CORPUS / "gold")}
SCANNED = ("bc-so-ldtbxh-2024", "kh-xa-phong-ret-2025", "qd-phan-cong-thi-truong-lao-dong-2024")
CONVERTED = ("kh-tinh-viec-lam-2024", "qd-phan-cong-thi-truong-lao-dong-2024", "bc-huyen-dai-son-2024")

every_kept = pytest.mark.parametrize(
    "path", sorted((CORPUS / "forms").glob("*.*")), ids=lambda p: p.suffix + "-" + p.stem
)


@cache
def born(name: str) -> Document:
    return analyse(CORPUS / "docx" / f"{name}.docx")


def falls(path: Path, read: Document | None = None, form: str = "") -> dict[str, float]:
    """The fields that are worse than in the sample's DOCX by more than they may be."""
    gold = GOLD[path.stem]
    before, now = losses.scores(born(path.stem), gold), losses.scores(read or analyse(path), gold)
    most = losses.MAY_FALL[form or path.suffix[1:]]
    return {field: before[field] - now[field] for field in before if before[field] - now[field] > most}


def tables(path: Path) -> list[list[list[str]]]:
    found = [block for block in extract(path).blocks if isinstance(block, Table)]
    return [[[" ".join(cell.split()) for cell in row] for row in table.rows] for table in found]


@every_kept
def test_what_is_found_stays(path: Path) -> None:
    if path.suffix != ".xlsx":
        assert not falls(path)


@pytest.mark.parametrize("name", sorted(GOLD))
def test_what_is_found_stays_in_pdf_of_two_fonts(name: str) -> None:
    assert not falls(CORPUS / "pdf" / f"{name}.pdf")


@every_kept
def test_tables_are_the_same(path: Path) -> None:
    docx = CORPUS / "docx" / f"{path.stem}.docx"
    assert tables(path) == tables(docx)


def test_bars_in_plain_text_are_tables() -> None:
    for docx in (CORPUS / "docx").glob("*.docx"):
        rows = [row for table in tables(CORPUS / "txt" / f"{docx.stem}.txt") for row in table]
        assert rows == [row for table in tables(docx) for row in table], docx.stem


@pytest.mark.parametrize("sample", samples(), ids=lambda s: s.name)
def test_workbooks(sample, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "x.xlsx"
    if forms.workbook(sample, path):
        assert tables(path) == tables(CORPUS / "docx" / f"{sample.name}.docx")


@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
@pytest.mark.parametrize("form", forms.FORMS)
def test_converted_anew(form: str, tmp_path: Path) -> None:
    forms.convert([CORPUS / "docx" / f"{name}.docx" for name in CONVERTED], form, tmp_path)
    for name in CONVERTED:
        path = tmp_path / f"{name}.{form}"
        assert not falls(path), name
        assert tables(path) == tables(CORPUS / "docx" / f"{name}.docx"), name


@pytest.mark.skipif(not ocr.present(), reason="tesseract-ocr-vie is not installed")
@pytest.mark.parametrize("name", SCANNED)
def test_scans_with_noise_skew_and_stamps(name: str, tmp_path: Path) -> None:
    (sample,) = [sample for sample in samples() if sample.name == name]
    path = tmp_path / f"{name}.pdf"
    scans.write(scans.pages(CORPUS / "pdf" / path.name, scans.office(sample.head["signer"])), path)
    read = analyse(path)
    assert read.source.ocr_pages == list(range(1, (read.source.pages or 0) + 1))
    assert not falls(path, read, "scan")


@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
def test_pdf_of_one_font(tmp_path: Path) -> None:
    names = ("kh-huyen-nam-luong-2024", "bc-so-ldtbxh-2024", "bc-huyen-dai-son-2024")
    source = tmp_path / "docx"
    source.mkdir()
    forms.convert([forms.in_font(CORPUS / "docx" / f"{n}.docx", forms.FONT, source) for n in names], "pdf", tmp_path)
    for name in names:
        path = tmp_path / f"{name}.pdf"
        assert not falls(path), name
        assert tables(path) == tables(CORPUS / "docx" / f"{name}.docx"), name
