"""Words of scanned and sideways pages are found where they stand on the picture that is shown."""

from __future__ import annotations

import io
from math import cos, hypot, radians, sin
from pathlib import Path

import pypdfium2 as pdfium
import pytest

pytest.importorskip("fastapi")

from fastapi.testclient import TestClient

from pipeline.analyse import recognise
from pipeline.discover import discover
from pipeline.extract import extract, ocr
from pipeline.ingest import Options, ingest
from pipeline.model import Box
from pipeline.store import open_store
from pipeline.web.app import create_app
from pipeline.web.paper import WIDTH, picture, sheet, spelled
from pipeline.web.placing import places

PLAN = Path(__file__).parents[2] / "corpus" / "pdf" / "kh-xa-phong-ret-2025.pdf"
SKEW = 1.5  # degrees against the clock
NEAR = 6.0  # points: less than half a line

reads_pictures = pytest.mark.skipif(not ocr.present(), reason="Tesseract is not installed")


def photographed(path: Path) -> Path:
    """The first page of the plan as a picture, laid askew."""
    with pdfium.PdfDocument(PLAN) as file:
        drawn = file[0].render(scale=200 / 72).to_pil().convert("L")
    drawn.rotate(SKEW, fillcolor=255).save(path, resolution=200)
    return path


def askew(box: Box, width: float, height: float) -> tuple[float, float]:
    """Where the middle of a box of the upright page is when it lies askew."""
    x, y = (box.x0 + box.x1 - width) / 2, (box.top + box.bottom - height) / 2
    sine, cosine = sin(radians(SKEW)), cos(radians(SKEW))
    return width / 2 + x * cosine + y * sine, height / 2 - x * sine + y * cosine


@reads_pictures
@pytest.mark.parametrize("name", ["quet.pdf", "anh.png"])
def test_words_read_from_a_picture_stand_where_they_are_seen(tmp_path: Path, name: str) -> None:
    path = photographed(tmp_path / name)
    source = extract(path)
    text, upright, shown = recognise(source).text, sheet(PLAN, 1), sheet(path, 1)
    read, true = places(text, spelled(source.words)), places(text, upright.letters)
    both = read.keys() & true.keys()
    scale = upright.width / shown.width  # a picture is taken for a page of A4
    away = []
    for i in both:
        x, y = askew(true[i], upright.width, upright.height)
        away.append(hypot(scale * (read[i].x0 + read[i].x1) / 2 - x, scale * (read[i].top + read[i].bottom) / 2 - y))
    assert len(both) > 0.8 * sum(c.isalnum() for c in text)
    assert sum(distance < NEAR for distance in away) > 0.9 * len(away)


@reads_pictures
def test_a_scanned_page_carries_marks(tmp_path: Path) -> None:
    store, path = tmp_path / "vanban.db", photographed(tmp_path / "quet.pdf")
    with open_store(store) as db:
        ingest(db, discover([path]), Options())
    with TestClient(create_app(store), base_url="http://127.0.0.1") as client:
        page = client.get("/documents/1").text
        assert client.get("/documents/1/pages/1.png").headers["content-type"] == "image/png"
    paper = page[page.index('<svg class="paper"') : page.index("</svg>")]
    assert paper.count('class="f k-citation') and paper.count('class="f k-agency') and paper.count('class="f k-header')


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_lies_sideways_is_shown_level_with_its_words(tmp_path: Path, turn: int) -> None:
    from PIL import Image

    with pdfium.PdfDocument(PLAN) as file:
        file[0].set_rotation(turn)
        file.save(tmp_path / "nghieng.pdf")
    upright, found = sheet(PLAN, 1), sheet(tmp_path / "nghieng.pdf", 1)
    assert found == upright and len(found.letters) > 500
    drawn = Image.open(io.BytesIO(picture(tmp_path / "nghieng.pdf", 1)))
    expected = Image.open(io.BytesIO(picture(PLAN, 1)))
    assert drawn.size == expected.size and drawn.width == WIDTH
    assert drawn.convert("L").tobytes() == expected.convert("L").tobytes()


def test_a_photograph_is_shown_as_its_camera_says(tmp_path: Path) -> None:
    from PIL import Image

    upright = photographed(tmp_path / "dung.png")
    turned = Image.open(upright).rotate(90, expand=True)
    camera = Image.Exif()
    camera[0x112] = 6  # to be turned by a quarter with the clock
    turned.save(tmp_path / "chup.png", exif=camera)
    assert picture(tmp_path / "chup.png", 1) == picture(upright, 1)
