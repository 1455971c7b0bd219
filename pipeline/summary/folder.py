"""A folder with everything that a summary is: page, Word document, workbook, charts."""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Database

from pipeline import render
from pipeline.summary.blocks import Picture
from pipeline.summary.contents import summary_of
from pipeline.summary.page import as_page
from pipeline.summary.paper import as_docx


def write_summary(db: Database, document_id: int, folder: Path) -> list[Path]:
    """Write the summary of a plan; return the files, in the order in which one reads them."""
    made, sheets = summary_of(db, document_id)
    contents: dict[str, bytes] = {
        "tong-hop.html": as_page(made).encode(),
        "tong-hop.docx": as_docx(made),
        "so-lieu.xlsx": render.workbook(sheets),
    }
    for block in made.blocks:
        if isinstance(block, Picture):
            contents[f"bieu-do/{block.name}.svg"] = block.drawing.svg().encode()
            if png := block.drawing.png():
                contents[f"bieu-do/{block.name}.png"] = png
    (folder / "bieu-do").mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        render.replace_file(folder / name, content)
    return [folder / name for name in contents]
