"""Lay the samples out: ``python -m corpus.layout [NAME...]`` writes docx/, txt/, pdf/ and gold/ from sources/.

DOCX and TXT come out the same byte for byte every time; a PDF (LibreOffice) is made anew only when its DOCX changed.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from corpus import gold
from corpus.plain import plain_text
from corpus.source import Sample, samples
from corpus.word import word_file

CORPUS = Path(__file__).parent


def lay_out(sample: Sample) -> list[Path]:
    """Write one sample's files; returns those that changed."""
    docx = CORPUS / "docx" / f"{sample.name}.docx"
    changed = [path for path in (docx,) if _write(path, word_file(sample))]
    txt = CORPUS / "txt" / f"{sample.name}.txt"
    changed += [txt] if _write(txt, plain_text(sample).encode()) else []
    pdf = CORPUS / "pdf" / f"{sample.name}.pdf"
    if docx in changed or not pdf.exists():
        print_pdf(docx, pdf)
        changed.append(pdf)
    return changed


def print_pdf(docx: Path, pdf: Path) -> None:
    """Have LibreOffice print a DOCX as PDF, with a profile of its own."""
    soffice = shutil.which("soffice")
    if not soffice:
        print(f"{pdf.name}: không có LibreOffice (soffice), bỏ qua", file=sys.stderr)
        return
    pdf.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(docx)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        shutil.move(Path(folder) / pdf.name, pdf)


def _write(path: Path, content: bytes) -> bool:
    path.parent.mkdir(exist_ok=True)
    if path.exists() and path.read_bytes() == content:
        return False
    path.write_bytes(content)
    return True


def main(names: list[str]) -> None:
    for sample in samples():
        if not names or sample.name in names:
            for path in lay_out(sample):
                print(path.relative_to(CORPUS))
    for path in gold.write():
        print(path.relative_to(CORPUS))


if __name__ == "__main__":
    main(sys.argv[1:])
