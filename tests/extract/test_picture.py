"""Pictures of pages made ready: stamps and dirt out, lines level, rules found and taken out."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.extract.beside import beside
from pipeline.extract.pdf.tables import cells_of
from pipeline.extract.picture import prepared, smoothed, strokes
from pipeline.model import Box

SIZE = (1240, 1754)


def page() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    picture = Image.new("RGB", SIZE, (246, 244, 240))
    return picture, ImageDraw.Draw(picture)


def ink(picture: Image.Image) -> int:
    return int(np.count_nonzero(np.asarray(picture) < 128))


def words(draw: ImageDraw.ImageDraw, top: int = 300, lines: int = 10) -> None:
    for i in range(lines):
        for x in range(200, 1000, 60):
            draw.rectangle((x, top + 60 * i, x + 30, top + 60 * i + 24), fill=(30, 30, 30))


def test_a_red_stamp_goes_and_black_below_it_stays() -> None:
    plain, draw = page()
    words(draw)
    pixels = np.asarray(plain).astype(float)
    seal = Image.new("RGB", SIZE, "white")
    ImageDraw.Draw(seal).ellipse((400, 300, 800, 700), outline=(214, 40, 60), width=20)
    stamped = Image.fromarray((pixels * np.asarray(seal) / 255).astype(np.uint8))
    before, after = ink(prepared(plain).picture), ink(prepared(stamped).picture)
    assert abs(before - after) < 0.01 * before


def test_the_thin_lines_of_a_stamp_whose_colour_a_copy_blurred_go() -> None:
    plain, draw = page()
    words(draw)
    pixels = np.asarray(plain).astype(float)
    seal, file = Image.new("RGB", SIZE, "white"), BytesIO()
    ImageDraw.Draw(seal).ellipse((400, 940, 800, 1340), outline=(196, 30, 44), width=12)
    ImageDraw.Draw(seal).ellipse((480, 1020, 720, 1260), outline=(196, 30, 44))
    Image.fromarray((pixels * np.asarray(seal) / 255).astype(np.uint8)).save(file, "JPEG", quality=30)
    left = np.asarray(prepared(Image.open(file)).picture)
    assert np.count_nonzero(left < 240) < 1.02 * ink(prepared(plain).picture)


def test_paper_in_uneven_light_is_white_everywhere() -> None:
    picture, draw = page()
    words(draw)
    light = np.linspace(1.0, 0.65, SIZE[0])[None, :, None] * np.linspace(1.0, 0.9, SIZE[1])[:, None, None]
    dim = prepared(Image.fromarray((np.asarray(picture) * light).astype(np.uint8))).picture
    assert abs(ink(prepared(picture).picture) - ink(dim)) < 0.02 * ink(dim)
    assert np.count_nonzero(np.asarray(dim) < 240) < 1.1 * ink(dim)


def test_specks_and_grey_paper_go() -> None:
    picture, draw = page()
    words(draw)
    clean = ink(prepared(picture).picture)
    for x, y in np.random.default_rng(1).integers(20, 1200, (300, 2)).tolist():
        if not 180 < x < 1050 or not 280 < y < 920:
            draw.rectangle((x, y, x + 1, y + 1), fill=(40, 40, 40))
    assert ink(prepared(picture).picture) == clean


def test_dots_of_small_letters_stay() -> None:
    picture, draw = page()
    words(draw)
    plain = ink(prepared(picture).picture)
    for x in range(200, 1000, 60):
        draw.rectangle((x + 12, 332, x + 16, 336), fill=(30, 30, 30))
    assert ink(prepared(picture).picture) >= plain + 14 * 16


def test_a_nearly_empty_page_with_noise_stays_empty() -> None:
    noise = np.random.default_rng(2).normal(240, 9, SIZE[::-1]).clip(0, 255).astype(np.uint8)
    assert ink(prepared(Image.fromarray(noise)).picture) == 0


@pytest.mark.parametrize("angle", [-2.3, -0.4, 0.0, 1.1])
def test_lines_are_set_level(angle: float) -> None:
    picture, draw = page()
    words(draw)
    turned = picture.rotate(-angle, Image.Resampling.BICUBIC, fillcolor=(246, 244, 240))
    assert prepared(turned).turn.angle == pytest.approx(angle, abs=0.11)


def test_rules_of_a_table_are_found_and_taken_out() -> None:
    picture, draw = page()
    for y in (200, 300, 400):
        draw.line((100, y, 1100, y), fill=(60, 60, 60), width=2)
    for x in (100, 500, 1100):
        draw.line((x, 200, x, 400), fill=(60, 60, 60), width=2)
    words(draw, top=500)
    ready = prepared(picture)
    (cells,) = cells_of(ready.rules)
    assert len(cells) == 4
    assert ready.picture.crop((0, 150, 1240, 450)).getextrema()[0] > 200


def test_rows_of_letters_are_no_rules() -> None:
    picture, draw = page()
    for x in range(200, 900, 22):  # feet that touch, stems above them
        draw.rectangle((x, 300, x + 22, 303), fill=(20, 20, 20))
        draw.rectangle((x + 6, 260, x + 14, 303), fill=(20, 20, 20))
    assert not prepared(picture).rules


def test_the_roof_of_letters_side_by_side_is_no_rule() -> None:
    picture, draw = page()
    words(draw)
    for x in (400, 446):  # TT
        draw.rectangle((x, 200, x + 46, 204), fill=(20, 20, 20))
        draw.rectangle((x + 19, 200, x + 27, 250), fill=(20, 20, 20))
    assert not prepared(picture).rules


@pytest.mark.parametrize("word, count", [("I.", 1), ("II.", 2), ("III.", 3), ("III/2024", 3), ("VII", 0), ("8.", 0)])
def test_strokes_of_numerals_are_counted(word: str, count: int) -> None:
    picture = Image.new("L", (400, 80), 255)
    ImageDraw.Draw(picture).text((10, 5), word, fill=0, font=ImageFont.load_default(50))
    assert strokes(picture.crop(picture.point(lambda v: 255 * (v < 128)).getbbox())) == count


def test_steps_of_a_coarse_picture_are_smoothed_and_a_fine_one_stays() -> None:
    picture, draw = page()
    words(draw)
    assert smoothed(picture, 200) is picture and smoothed(picture, 0) is picture
    assert len(np.unique(np.asarray(smoothed(picture, 96)))) > len(np.unique(np.asarray(picture)))


def columns(left: int, right: int, lower: int) -> Image.Image:
    """Six lines at the left and three at the right, ``lower`` and of a pitch of their own, below a paragraph."""
    picture, draw = page()
    words(draw)
    for x, top, pitch, count in ((200, 1000, left, 6), (800, 1000 + lower, right, 3)):
        for i in range(count):
            draw.rectangle((x, top + pitch * i, x + 200, top + 24 + pitch * i), fill=(30, 30, 30))
    return picture.convert("L")


def test_lines_beside_lines_of_another_pitch_are_columns() -> None:
    found = beside(columns(38, 40, lower=16))
    left, right = (Box(*(value * 300 / 72 for value in box)) for box in found)
    assert left.x1 == right.x0 and 400 < left.x1 < 800
    assert left.top == right.top <= 1000 and 1120 <= left.bottom == right.bottom


def test_lines_beside_lines_of_their_own_pitch_and_paragraphs_are_none() -> None:
    assert beside(columns(60, 60, lower=0)) == []


def test_a_table_taken_askew_is_set_straight() -> None:
    picture, draw = page()
    for y in range(200, 1501, 100):
        draw.line((100, y, 1100, y), fill=(60, 60, 60), width=3)
    for x in (100, 300, 700, 1100):
        draw.line((x, 200, x, 1500), fill=(60, 60, 60), width=3)
    corners = (-25, 0, 8, 1754, 1240, 1750, 1240, 6)  # its left side leans more than its right one
    askew = picture.transform(SIZE, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor=(246, 244, 240))
    ImageDraw.Draw(askew).rectangle((300, 1400, 330, 1420), fill=(20, 20, 20))
    ready = prepared(askew)
    (cells,) = cells_of(ready.rules)
    assert len(cells) == 3 * 13
    points = 72 / 300
    left, top, right, bottom = ready.picture.point(lambda value: 255 * (value < 128)).getbbox() or (0, 0, 0, 0)
    place = ready.turn.back(Box(*(value * points for value in (left, top, right, bottom))))
    assert place == pytest.approx([value * points for value in (300, 1400, 330, 1420)], abs=1.5)


def test_one_sloping_line_does_not_set_a_page_askew() -> None:
    picture, draw = page()
    words(draw)
    draw.line((150, 1100, 1100, 1140), fill=(60, 60, 60), width=3)  # a fold
    assert prepared(picture).turn.bend is None
