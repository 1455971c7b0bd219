"""The agency model: what it reads, what it may add, and that nothing needs it."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from itertools import islice, pairwise
from pathlib import Path
from statistics import mean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import patterns
from corpus.ner import of_sample, train
from corpus.ner_gain import only, split
from corpus.sentences import Sentences
from corpus.source import samples
from pipeline.analyse import recognise
from pipeline.annotate import ner
from pipeline.annotate.agencies import find_agencies
from pipeline.annotate.agency_names import tokens_of
from pipeline.evaluate import evaluate, read_gold
from pipeline.extract import extract
from pipeline.model import AgencyMention, Context, Frame, Header, Paragraph, Text, ZoneSpan

CORPUS = Path(__file__).parents[2] / "corpus"
REGISTRY = patterns.rows("agencies")
TINH = Context(level="province", province="tỉnh Lào Cai")


def mentions(words: str, context: Context = TINH) -> list[AgencyMention]:
    text, frame = Text(words, [Paragraph(0, len(words))]), Frame(Header(), [ZoneSpan("body", 0, len(words))])
    found = ner.find_more_agencies(text, frame, context, find_agencies(text, frame, context))
    assert all(words[m.start : m.end] == m.text for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    return found


@pytest.fixture
def without_departments() -> Iterator[None]:
    """A registry that knows no department of a province but four."""
    departments = [r["name"] for r in REGISTRY if r["name"].startswith("Sở ")]
    with only([r for r in REGISTRY if r["name"] not in departments[4:]]):
        yield


@pytest.mark.usefixtures("without_departments")
def test_an_unknown_department_is_found_and_placed_as_the_known_ones_are() -> None:
    (found,) = mentions("- Giao Sở Y tế chủ trì, phối hợp với các đơn vị liên quan xây dựng kế hoạch.")
    assert (found.name, found.source) == ("Sở Y tế tỉnh Lào Cai", "ner")


def test_what_the_rules_know_stays_theirs() -> None:
    found = mentions("Sở Y tế phối hợp với UBND các xã, phường và Công an tỉnh.")
    assert len(found) == 3
    assert all(m.source == "rule" for m in found)


@pytest.mark.parametrize(
    "words",
    [
        "Trường hợp vượt thẩm quyền, báo cáo cấp trên.",
        "Bảo đảm an ninh, trật tự trên địa bàn Tỉnh Lào Cai.",
        "theo chỉ đạo của Trung ương và của Đảng",
        "hỗ trợ tại Trung tâm IOC và Bộ phận Một cửa",
        "các Đoàn Kiểm tra; 02 Liên hiệp Hợp tác xã",
        "TỔ CHỨC THỰC HIỆN CỦA ĐƠN VỊ",
    ],
)
def test_what_is_none(words: str) -> None:
    assert mentions(words) == []


def test_the_model_is_asked_only_where_something_is_unexplained(monkeypatch: pytest.MonkeyPatch) -> None:
    def never() -> None:
        raise AssertionError

    monkeypatch.setattr(ner, "load_model", never)
    assert len(mentions("- Sở Y tế hướng dẫn các xã thực hiện trước ngày 10/6/2024.")) == 1


def test_without_spacy_the_rules_stand_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)
    monkeypatch.setattr(ner, "load_model", ner.load_model.__wrapped__)
    assert ner.load_model() is None
    assert [m.name for m in mentions("Giao Bộ Hàng hải và Sở Y tế báo cáo")] == ["Sở Y tế tỉnh Lào Cai"]


def test_it_adds_what_a_third_of_the_registry_hides_and_costs_nothing_with_all_of_it() -> None:
    """On our own samples, which the model has seen; python -m corpus.ner_gain measures on any others, trained anew."""
    golds = read_gold(CORPUS / "gold")
    sources = [extract(path) for path in sorted((CORPUS / "docx").glob("*.docx"))]

    def measured(model: bool) -> tuple[float, float]:
        with pytest.MonkeyPatch.context() as patch:
            if not model:
                patch.setattr(ner, "load_model", lambda: None)
            tally = evaluate(golds, [recognise(s) for s in sources])["agencies"]
        return tally.f1, tally.precision

    assert measured(True)[1] >= measured(False)[1] - 0.005
    gains = []
    for draw in range(5):  # one draw may hide what the samples do not name
        with only(split(REGISTRY, draw)[0]):
            gains.append(measured(True)[0] - measured(False)[0])
    assert mean(gains) >= 0.02


@given(st.text(alphabet="UBNDSởBộPhòngcácxã ,;.-&()/tỉnhTWvàBanChỉđạocủagiao\n1IV", max_size=200))
@settings(deadline=None, max_examples=100)
def test_no_text_breaks_it(words: str) -> None:
    mentions(words)


@pytest.mark.parametrize("seed", ["Bộ Hàng hải, ", "của Mây mù ", "Sở Y tế Sở ", "UBND xã ", "Sở ", "Ủy ban "])
def test_hostile_paragraphs_take_time_in_proportion(seed: str) -> None:
    words = "Giao " + seed * (20_000 // len(seed))
    text, frame = Text(words, [Paragraph(0, len(words))]), Frame(Header(), [ZoneSpan("body", 0, len(words))])
    known = find_agencies(text, frame, TINH)
    began = time.perf_counter()
    ner.find_more_agencies(text, frame, TINH, known)
    assert time.perf_counter() - began < 10


# --------------------------------------------------------------------------- lessons


def test_lessons_mark_whole_words_of_their_text() -> None:
    for lesson in islice(Sentences(7, REGISTRY).lessons(), 500):
        starts, ends = ({getattr(t, side) for t in tokens_of(lesson.text)} for side in ("start", "end"))
        assert all(a in starts and b in ends for a, b in lesson.agencies), lesson
        assert "  " not in lesson.text and "{" not in lesson.text
        assert all(one[1] < other[0] for one, other in pairwise(lesson.agencies))


def test_samples_are_lessons_too() -> None:
    lessons = [lesson for sample in samples() for lesson in of_sample(sample)]
    named = {lesson.text[a:b] for lesson in lessons for a, b in lesson.agencies}
    assert "Sở Tài chính" in named
    assert not any(name.startswith("Các cơ quan") for name in named)


def test_the_same_seed_gives_the_same_lessons() -> None:
    one, other = (list(islice(Sentences(3, REGISTRY).lessons(), 20)) for _ in range(2))
    assert one == other


def test_a_model_can_be_trained() -> None:
    nlp = train(list(islice(Sentences(3, REGISTRY).lessons(), 100)), seed=1)
    assert nlp.get_pipe("ner").labels == (ner.LABEL,)
