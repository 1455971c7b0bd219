"""Every letter of every old encoding, in words, sentences and mixed documents."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from old_letters import TABLE, bytes_in, encoded

import patterns
from pipeline import encodings
from pipeline.model import Line, Table

LETTERS = [row["letter"] for row in patterns.rows("legacy_letters")]
SENTENCES = [
    "Ủy ban nhân dân huyện Phú Khê báo cáo kết quả thực hiện nhiệm vụ năm 2024; đề nghị Sở Tài chính bổ sung kinh phí.",
    "Đẩy mạnh ứng dụng công nghệ, khuyến khích người lao động tự tạo việc làm ở các xã vùng sâu, vùng xa.",
    "Những hộ nghèo thuộc diện được hỗ trợ 15% lãi suất vay vốn trước ngày 30/6/2024.",
]
SHOUT = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM, ĐỘC LẬP - TỰ DO - HẠNH PHÚC; ỨNG DỤNG, QUỸ, NGUYỄN, VỸ, KỲ, BẰNG, BẲNG"


every = pytest.mark.parametrize("name", ["tcvn3", "vni", "vps", "viscii", "cp1258"])


def has(name: str) -> Callable[[str], bool]:
    return lambda letter: name == "cp1258" or letter in TABLE[name]


def test_the_alphabet_is_whole() -> None:
    assert len(set(LETTERS)) == 134
    for name in ("vni", "vps", "viscii"):
        assert len(set(TABLE[name].values())) == 134, name
    assert sum(has("tcvn3")(c) for c in LETTERS) == 67 + 7


@every
def test_every_letter_comes_back(name: str) -> None:
    for letter in filter(has(name), LETTERS):
        assert encodings.decode(encoded(f"x{letter}y", name), name) == f"x{letter}y"


@every
@pytest.mark.parametrize("sentence", SENTENCES)
def test_sentences_tell_their_encoding(name: str, sentence: str) -> None:
    small = sentence if name != "tcvn3" else sentence.replace("Ủ", "ủ").replace("Ứ", "ứ")
    old = encoded(small, name)
    assert old != small
    assert encodings.guess(old) == name
    assert encodings.decode(old, name) == small


@every
def test_bytes_of_text_files(name: str) -> None:
    text = "\n".join(SENTENCES[1:])
    assert encodings.legacy(bytes_in(text, name)) == text


@pytest.mark.parametrize("name", ["vni", "vps", "viscii", "cp1258"])
def test_capitals(name: str) -> None:
    assert encodings.decode(encoded(SHOUT, name), name) == SHOUT


def test_capitals_of_tcvn3_are_a_font() -> None:
    assert encodings.in_font(encoded(SHOUT.lower(), "tcvn3"), ".VnTimeH") == SHOUT
    assert encodings.in_font(encoded("Cộng hòa", "tcvn3"), ".VnTime") == "Cộng hòa"
    for letter in LETTERS[:67]:
        assert encodings.in_font(encoded(letter, "tcvn3"), ".VnArialH") == letter.upper()


def test_capitals_typed_without_such_a_font() -> None:
    assert encodings.decode("CéNG HßA X· HéI CHñ NGHÜA VIÖT NAM", "tcvn3") == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert encodings.decode("X· Phó Khª", "tcvn3") == "Xã Phú Khê"
    assert encodings.decode("Sè: 45/Q§-UBND", "tcvn3") == "Số: 45/QĐ-UBND"


@pytest.mark.parametrize(
    ("font", "coding"),
    [
        (".VnTime", ("tcvn3", False)),
        (".VnTimeH", ("tcvn3", True)),
        (".VnArial NarrowH", ("tcvn3", True)),
        ("VNI-Times", ("vni", False)),
        ("VPS Times", ("vps", False)),
        ("VI Times", ("viscii", False)),
        ("Times New Roman", None),
        (None, None),
    ],
)
def test_fonts(font: str | None, coding: tuple[str, bool] | None) -> None:
    assert encodings.of_font(font) == coding


def test_unicode_in_an_old_font_stays() -> None:
    assert encodings.in_font("Ủy ban nhân dân", ".VnTime") == "Ủy ban nhân dân"


@pytest.mark.parametrize("sentence", [*SENTENCES, SHOUT, "Café à la carte, naïve façade, résumé", "Số: 12/QĐ-UBND", ""])
def test_unicode_is_left_alone(sentence: str) -> None:
    assert encodings.guess(sentence) is None
    assert encodings.repaired([Line(sentence)]) == [Line(sentence)]


def test_lines_of_abbreviations_are_left_alone() -> None:
    lines: list[Line | Table] = [
        Line(text) for text in ("- Các sở: LĐTBXH, TC, KHĐT, GDĐT;", "Đắk Lắk, năm 2025", "TTĐT")
    ]
    assert encodings.repaired(lines * 5) == lines * 5


@every
def test_mixed_documents_line_by_line(name: str) -> None:
    old = [encoded(s, name) for s in SENTENCES[1:]]
    blocks: list[Line | Table] = [Line(SENTENCES[0]), *map(Line, old), Table([[old[0], SENTENCES[0]], ["1", "2"]])]
    assert encodings.repaired(blocks) == [
        *map(Line, SENTENCES),
        Table([[SENTENCES[1], SENTENCES[0]], ["1", "2"]]),
    ]


@every
@pytest.mark.parametrize("short", ["Số: 45/KH-UBND", "- Như trên;"])
def test_short_lines_follow_the_rest(name: str, short: str) -> None:
    blocks: list[Line | Table] = [Line(encoded(s, name)) for s in [*SENTENCES[1:], short]]
    assert encodings.repaired(blocks) == [*map(Line, [*SENTENCES[1:], short])]


def test_a_tone_stands_on_the_letter_with_a_shape() -> None:
    assert all(map(encodings.is_syllable, ["số", "lượng", "giữa", "quỹ", "hoà", "hòa", "khuỷu", "quyết"]))
    assert not any(map(encodings.is_syllable, ["sôì", "lưọng", "thưc̀"]))


@given(st.sampled_from(LETTERS), st.permutations(range(3)))
def test_decomposed_letters_in_any_order(letter: str, order: list[int]) -> None:
    base, *marks = unicodedata.normalize("NFD", letter)
    shuffled = "".join(marks[i] for i in order if i < len(marks))
    assert encodings.composed(base + shuffled) == letter


@given(st.text())
def test_any_text_passes(text: str) -> None:
    encodings.guess(text)
    for name in ("tcvn3", "vni", "vps", "viscii", "cp1258"):
        encodings.decode(text, name)
    encodings.in_font(text, ".VnTimeH")
    encodings.repaired([Line(text)])


def test_halves_of_letters_are_shown_as_such() -> None:
    (line,) = encodings.repaired([Line("Kế ho\ud800ch")])
    assert isinstance(line, Line) and line.text == "Kế ho\ufffdch"
