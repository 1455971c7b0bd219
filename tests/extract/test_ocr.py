"""Pages that are pictures: read by Tesseract where it is installed, named with advice where it is not."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageDraw, ImageOps

from pipeline.analyse import analyse
from pipeline.errors import Code, ReadError
from pipeline.extract import extract, ocr, vote
from pipeline.extract.picture import DPI, smoothed
from pipeline.model import Box, Line

SAMPLE = Path(__file__).parents[2] / "corpus" / "pdf" / "cd-ung-pho-mua-lu-2025.pdf"
needs_tesseract = pytest.mark.skipif(not ocr.present(), reason="tesseract-ocr-vie is not installed")


def scan(angle: float = 0.0, stamp: bool = False, dpi: int = 200) -> Image.Image:
    """The first page of a sample as an office's scanner gives it."""
    with pdfium.PdfDocument(SAMPLE) as file:
        page = file[0].render(scale=dpi / 72).to_pil().convert("RGB")
    if stamp:
        middle, radius = (page.width * 0.3, page.height * 0.32), page.width * 0.09
        box = (middle[0] - radius, middle[1] - radius, middle[0] + radius, middle[1] + radius)
        ImageDraw.Draw(page).ellipse(box, outline=(220, 40, 50), width=8)
    return page.rotate(angle, fillcolor=(255, 255, 255)) if angle else page


@needs_tesseract
@pytest.mark.parametrize("suffix", [".pdf", ".png", ".tiff"])
def test_a_skewed_and_stamped_scan_is_read(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"quet{suffix}"
    scan(angle=1.2, stamp=True).save(file)
    doc = analyse(file)
    born = analyse(SAMPLE)
    assert doc.source.ocr_pages == [1]
    assert (doc.header.doc_type, doc.header.symbol) == (born.header.doc_type, born.header.symbol)
    assert doc.header.issued_on == born.header.issued_on
    assert doc.citations and all(c.ocr for c in doc.citations)


@needs_tesseract
@pytest.mark.parametrize("angle", [90, 180, 270])
@pytest.mark.parametrize("suffix", [".pdf", ".png"])
def test_a_page_that_lies_on_its_side_or_head_is_read(tmp_path: Path, suffix: str, angle: int) -> None:
    file = tmp_path / f"quet{suffix}"
    page = scan().rotate(angle, expand=True)
    page.save(file, resolution=200)
    source = extract(file)
    lines = [block.text for block in source.blocks if isinstance(block, Line)]
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in lines
    box = next(word.box for word in source.words if word.text == "ỦY")  # at the left of the head
    middle = page.width / 2 * 72 / 200, page.height / 2 * 72 / 200
    place = {90: (True, False), 180: (False, False), 270: (False, True)}[angle]
    assert (box.x0 < middle[0], box.top < middle[1]) == place


def in_shades(page: Image.Image) -> Image.Image:
    """A page in 65,536 shades of grey."""
    return Image.fromarray(np.asarray(page.convert("L")).astype(np.uint16) * 257)


def on_nothing(page: Image.Image) -> Image.Image:
    """Black letters on a transparent page."""
    letters = Image.new("RGBA", page.size, (0, 0, 0, 0))
    letters.putalpha(ImageOps.invert(page.convert("L")))
    return letters


@needs_tesseract
@pytest.mark.parametrize(
    ("suffix", "made"),
    [
        (".jpg", lambda page: page.convert("CMYK")),
        (".tif", lambda page: page.convert("1")),
        (".png", in_shades),
        (".png", on_nothing),
        (".bmp", lambda page: page),
        (".webp", lambda page: page),
        (".gif", lambda page: page.quantize(16)),
    ],
)
def test_pictures_of_every_kind(tmp_path: Path, suffix: str, made: Callable[[Image.Image], Image.Image]) -> None:
    made(scan().crop((0, 0, 1654, 700))).save(tmp_path / f"quet{suffix}")
    blocks = extract(tmp_path / f"quet{suffix}").blocks
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in [block.text for block in blocks if isinstance(block, Line)]


@needs_tesseract
def test_a_photograph_is_turned_as_its_camera_says(tmp_path: Path) -> None:
    file, exif = tmp_path / "anh.jpg", Image.Exif()
    exif[0x0112] = 6
    scan().rotate(90, expand=True).save(file, exif=exif, quality=85)
    assert any("CHỦ NGHĨA VIỆT NAM" in b.text for b in extract(file).blocks if isinstance(b, Line))


@needs_tesseract
def test_only_the_scanned_page_of_a_mixed_file_is_read_from_its_picture(tmp_path: Path) -> None:
    picture, file = tmp_path / "p.pdf", tmp_path / "mixed.pdf"
    scan().save(picture)
    with pdfium.PdfDocument.new() as mixed, pdfium.PdfDocument(SAMPLE) as born, pdfium.PdfDocument(picture) as scanned:
        mixed.import_pages(born, [0])
        mixed.import_pages(scanned, [0])
        mixed.save(file)
    source = extract(file)
    assert (source.pages, source.ocr_pages) == (2, [2])
    words = [" ".join(b.text for b in source.blocks if isinstance(b, Line) and b.page == n) for n in (1, 2)]
    assert len(set(words[0].split()) & set(words[1].split())) > 0.9 * len(set(words[0].split()))


@needs_tesseract
def test_words_are_not_parted_within(tmp_path: Path) -> None:
    file = tmp_path / "quet.pdf"
    scan(dpi=300).save(file, resolution=300)
    text, born = (" ".join(b.text for b in extract(f).blocks if isinstance(b, Line)).split() for f in (file, SAMPLE))
    known = set(born)
    assert not [a + b for a, b in pairwise(text) if a + b in known and not {a, b} <= known]


@needs_tesseract
def test_an_empty_picture_holds_no_text(tmp_path: Path) -> None:
    file = tmp_path / "trang.png"
    Image.new("L", (800, 1100), 255).save(file)
    with pytest.raises(ReadError) as caught:
        extract(file)
    assert caught.value.code == Code.NO_TEXT


def test_without_tesseract_a_picture_waits_with_advice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "present", lambda: False)
    file = tmp_path / "anh.png"
    Image.new("L", (80, 110), 255).save(file)
    with pytest.raises(ReadError) as caught:
        extract(file)
    assert caught.value.code == Code.NEEDS_OCR
    assert "--retry-failed" in caught.value.advice


def test_pictures_are_not_read_when_that_is_not_asked_for(tmp_path: Path) -> None:
    for suffix in ("png", "pdf"):
        file = tmp_path / f"quet.{suffix}"
        scan(dpi=72).save(file)
        with pytest.raises(ReadError) as caught:
            extract(file, "never")
        assert caught.value.code == Code.NEEDS_OCR
        assert "--ocr never" in caught.value.advice


@needs_tesseract
def test_every_page_is_read_from_its_picture_when_that_is_asked_for() -> None:
    source, born = extract(SAMPLE, "always"), extract(SAMPLE)
    assert (source.ocr_pages, born.ocr_pages) == ([1, 2], [])
    assert len(source.ocr_confidence) == 2 and min(source.ocr_confidence) > 80
    read, written = ({w for b in s.blocks if isinstance(b, Line) for w in b.text.split()} for s in (source, born))
    assert len(read & written) > 0.9 * len(written)


def test_no_page_of_a_born_digital_sample_is_read_from_its_picture() -> None:
    assert extract(SAMPLE).ocr_pages == []


def test_marks_that_were_seen_as_a_line_are_seen_again_with_their_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    marks, letters, numbers = Box(40, 100, 300, 120), Box(10, 112, 400, 160), Box(40, 180, 300, 205)
    below = Box(10, 220, 400, 260)
    seen = [
        *(ocr._Seen(text, 50, marks, marks) for text in ("z", "2", "^")),
        *(ocr._Seen(text, 90, letters, letters) for text in ("thúc", "đây", "đối", "mới")),
        *(ocr._Seen(text, 90, numbers, numbers) for text in ("1", "2")),
        ocr._Seen("Trồng rừng", 90, below, below),
    ]
    whole = Box(30, 12, 420, 66)
    monkeypatch.setattr(ocr, "_seen", lambda *_: [ocr._Seen("thúc đẩy đổi mới", 95, whole, whole)])
    found = ocr._with_marks(Image.new("L", (500, 300), 255), seen)
    assert [word.text for word in found] == ["thúc đẩy đổi mới", "1", "2", "Trồng rừng"]
    assert found[0].line.top == whole.top + marks.top - 3


def test_a_doubtful_word_between_sure_ones_is_no_dirt() -> None:
    box, line, dirty = Box(0, 0, 9, 9), Box(0, 0, 99, 9), Box(0, 20, 99, 29)
    seen = [ocr._Seen(text, sure, box, line) for text, sure in (("quý", 96), ("1/2025;", 0), ("cung", 95), ("|", 20))]
    seen += [ocr._Seen(text, sure, box, dirty) for text, sure in (("Wz", 3), ("xx", 2))]
    assert [word.text for word in ocr._without_dirt(seen)] == ["quý", "1/2025;", "cung"]
    seen = [ocr._Seen(text, sure, box, line) for text, sure in (("Phát", 96), ("thanh", 0), ("và", 0), ("Wz", 0))]
    assert [word.text for word in ocr._without_dirt(seen)] == ["Phát", "thanh", "và"]


def test_a_mark_that_was_seen_as_a_line_is_no_word() -> None:
    above, letters, bullet = Box(40, 100, 55, 117), Box(10, 112, 400, 160), Box(10, 180, 20, 185)
    seen = [ocr._Seen("2", 90, above, above), ocr._Seen("-", 90, bullet, bullet)]
    seen += [ocr._Seen(text, 90, letters, letters) for text in ("CHU", "TỊCH", "TỈNH")]
    assert [word.text for word in ocr._without_dirt(seen)] == ["-", "CHU", "TỊCH", "TỈNH"]


@pytest.mark.parametrize(
    ("again", "confidence", "wider", "taken"),
    [("2025;", 95.0, 0, "2025;"), ("2825;", 61.0, 0, "20285;"), ("2025; và", 95.0, 200, "20285;")],
)
def test_a_doubtful_number_is_read_again_by_itself(
    monkeypatch: pytest.MonkeyPatch, again: str, confidence: float, wider: int, taken: str
) -> None:
    picture = Image.new("L", (2480, 3508), 255)
    ImageDraw.Draw(picture).rectangle((300, 500, 460, 550), fill=0)

    def seen(page: Image.Image, way: str) -> list[ocr._Seen]:
        if page.size == picture.size:
            box = Box(300, 500, 461, 551)
            return [ocr._Seen("20285;", 60.0, box, box)]
        box = Box(30, 30, 191 + wider, 81)  # of a strip, by its margins
        return [ocr._Seen(again, confidence, box, box)]

    monkeypatch.setattr(ocr, "_seen", seen)
    (read,) = ocr.read_pages([picture])
    assert [text for text, _ in read.places] == [taken]


@needs_tesseract
@pytest.mark.parametrize(
    ("name", "dpi", "symbol"),
    [("kh-xa-phong-ret-2025", 80, "57/KH-UBND"), ("cd-ung-pho-mua-lu-2025", 96, "09/CĐ-UBND")],
)
def test_the_symbol_of_a_coarse_page_is_told_by_a_vote(name: str, dpi: int, symbol: str) -> None:
    with pdfium.PdfDocument(SAMPLE.with_name(f"{name}.pdf")) as file:
        page = file[0].render(scale=dpi / 72).to_pil().convert("L")
    page = page.point([255 * (value > 150) for value in range(256)])
    larger = page.resize((round(page.width * DPI / dpi), round(page.height * DPI / dpi)))
    (read,) = ocr.read_pages([smoothed(larger, dpi)])
    assert symbol in [text for text, _ in read.places]


@pytest.mark.parametrize(
    ("vietnamese", "other", "symbol"),
    [
        (["Số: J2/2023/TB-LPQT", *["Số: 02/2023/TB-LPQT"] * 2], ["$6: 02/2023/TB-LPQT"] * 2, "02/2023/TB-LPQT"),
        (["Số: 15/QĐ-UBND"] * 2, ["S6: 15/QD-UBND", "S6: 15/QB-UBND"], "15/QĐ-UBND"),
        (["Số: 09/CĐÐ-UBND", "Số: 09/CĐ-UBND"], ["S6: 9/CD-UBND", "S6: 09/CD-UBND"], "09/CĐ-UBND"),
        (["Số: 15/QĐ-UBND", "Số: 16/QĐ-UBND"], ["S6: 15/QD-UBND", "S6: 16/QD-UBND"], None),
        (["Số: 15/QĐ-UBND", "Số: 15/QB-UBND"], ["S6: 15/QB-UBND"] * 2, None),
        (["Số: J5/KH-UBND"] * 3, ["S6: 15/KH-UBND"], None),
        ([], [], None),
    ],
)
def test_figures_of_a_symbol_are_voted_in_two_languages_and_letters_in_one(
    vietnamese: list[str], other: list[str], symbol: str | None
) -> None:
    assert vote.decided(vietnamese, other) == symbol


def test_a_sure_symbol_is_not_put_to_the_vote(monkeypatch: pytest.MonkeyPatch) -> None:
    line = Box(300, 500, 700, 550)
    words = [ocr._Seen("Số:", 93.0, line, line), ocr._Seen("15/KH-UBND", 90.0, line, line)]
    monkeypatch.setattr(vote, "shown", lambda picture: pytest.fail("was shown"))
    assert ocr._voted(Image.new("L", (2480, 3508), 255), words) == words


@pytest.mark.parametrize(
    ("text", "confidence", "high", "stays"),
    [("Gì", 64.0, 21, False), ("Gì", 64.0, 40, True), ("Gì", 95.0, 21, True), ("con", 64.0, 21, True)],
)
def test_an_ornament_is_no_word(text: str, confidence: float, high: int, stays: bool) -> None:
    box = Box(700, 400, 760, 400 + high)
    assert bool(list(ocr._without_dirt([ocr._Seen(text, confidence, box, box)]))) == stays
