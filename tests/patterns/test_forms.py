"""Each pattern is proven by its examples, and each example by its pattern."""

from importlib.resources import files

import pytest

import patterns

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
