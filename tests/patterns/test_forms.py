"""Each pattern is proven by its examples, and each example by its pattern."""

import re
from importlib.resources import files

import pytest

import patterns
from pipeline.annotate.dates import POINTS
from pipeline.fold import lower

FORM_FILES = sorted(
    f.name.removesuffix(".toml")
    for f in files("patterns").iterdir()
    if f.name.endswith(".toml") and "form" in patterns.data(f.name.removesuffix(".toml"))
)
FORMS = [form for name in FORM_FILES for form in patterns.forms(name).values()]


@pytest.mark.parametrize("form", FORMS, ids=lambda f: f.name)
def test_form_finds_what_its_examples_mark(form: patterns.Form) -> None:
    assert form.examples, "a form without an example proves nothing"
    for example in form.examples:
        before, marked, after = example.replace("»", "«").split("«")
        found = form.pattern.search(before + marked + after)
        assert found and found[0] == marked, example


@pytest.mark.parametrize("form", FORMS, ids=lambda f: f.name)
def test_form_finds_nothing_in_its_counter_examples(form: patterns.Form) -> None:
    for example in form.counter:
        assert not form.pattern.search(example), example


ANY_CASE = [
    (name, form)
    for name in FORM_FILES
    for form in patterns.forms(name).values()
    if form.pattern.pattern.startswith(("(?i)", "(?ix)")) and "(?-i:" not in form.pattern.pattern
]


@pytest.mark.parametrize(("name", "form"), ANY_CASE, ids=lambda v: v if isinstance(v, str) else v.name)
def test_form_for_small_letters_finds_the_same(name: str, form: patterns.Form) -> None:
    for example in (*form.examples, *form.counter):
        words = example.replace("«", "").replace("»", "")
        found = [m.span() for m in patterns.low(name, form.name).finditer(lower(words))]
        assert found == [m.span() for m in form.pattern.finditer(words)], example


def test_form_that_tells_capitals_apart_is_none_for_small_letters() -> None:
    with pytest.raises(ValueError, match="capitals"):
        patterns.low("quantities", "figure")


@pytest.mark.parametrize(
    ("name", "openings", "read"),
    [
        ("dates", ("opening", "figures"), (*POINTS, "months_alone")),
        ("quantities", ("opening",), ("figure", "words")),
    ],
    ids=lambda v: str(v)[:10],
)
def test_forms_read_at_openings_begin_at_one(name: str, openings: tuple[str, ...], read: tuple[str, ...]) -> None:
    forms = patterns.forms(name)
    for form in (forms[each] for each in read):
        for example in form.examples:
            words = example.replace("«", "").replace("»", "")
            for written in (words, words.upper()):
                starts = sorted(m.start() for opening in openings for m in forms[opening].pattern.finditer(written))
                found = [m.span() for m in form.pattern.finditer(written)]
                assert found == [m.span() for m in patterns.matches(form.pattern, written, starts)], example


def test_points_begin_with_the_letters_told() -> None:
    for name, begins in POINTS.items():
        for example in patterns.forms("dates")[name].examples:
            found = example.partition("«")[2][0].lower()
            assert ("0" if found.isdecimal() else found) in begins, example


def test_every_number_in_words_begins_at_an_opening() -> None:
    opening, words = (patterns.forms("quantities")[name].pattern for name in ("opening", "words"))
    for digit in patterns.data("quantities")["digit"]:
        assert bool(opening.match(digit)) >= bool(words.match(digit)), digit


def test_what_is_misread_is_suspect() -> None:
    forms = patterns.forms("misread")
    for name in patterns.data("misread")["meant"]:
        for example in forms[name].examples:
            assert forms["suspect"].pattern.search(example.replace("«", "").replace("»", "")), example


def test_words_are_told_apart_by_their_first_letter() -> None:
    found = re.compile(patterns.any_of(["xã", "thị xã", "đ", "xã hội", "%", "thị"]))
    for words in ("xã hội", "xã", "thị xã", "thị", "đ", "%"):
        assert (m := found.match(f"{words} ")) and m[0] == words
    assert not found.search("huyện")
