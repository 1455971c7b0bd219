"""The words that make actors and duties (``patterns/actors.toml``) as the patterns that read them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import patterns
from pipeline.fold import in_either_place
from pipeline.resolve.places import UNIT_LEVELS

_FAR = 16  # words from a body to what it is responsible for
_GIVEN_NAMES = r"(?: [^\W\d_a-zà-ỹ][^\W\d_]*){1,4}"
_NAME_OF_PERSON = rf"[^\W\d_a-zà-ỹ][^\W\d_]*{_GIVEN_NAMES}"


class ActorWords(NamedTuple):
    """The words of ``patterns/actors.toml`` as patterns; those that name an actor are matched where they stand."""

    prefix: re.Pattern[str]
    request: re.Pattern[str]
    holder: re.Pattern[str]
    of_any: re.Pattern[str]  # who head any body of its kind, so that it acts without an article: Thủ trưởng đơn vị
    inner_holder: re.Pattern[str]
    person: re.Pattern[str]
    by_name: re.Pattern[str]
    aside: re.Pattern[str]
    office_beside: re.Pattern[str]
    bodies: re.Pattern[str]
    held_bodies: re.Pattern[str]  # told by those who head them, each with his office: Giám đốc sở, Thủ trưởng cơ quan
    firm: re.Pattern[str]
    accompanying: re.Pattern[str]
    another: re.Pattern[str]  # the seam before the next bodies of a list
    modifier: re.Pattern[str]
    last_modifier: re.Pattern[str]
    part_of: re.Pattern[str]
    in_charge: re.Pattern[str]
    long_modifier: re.Pattern[str]
    list_break: re.Pattern[str]
    tail: re.Pattern[str]
    placed: re.Pattern[str]
    scope: re.Pattern[str]
    open_ended: re.Pattern[str]
    each: re.Pattern[str]
    duty: re.Pattern[str]
    strong: re.Pattern[str]
    with_object: re.Pattern[str]
    noun: re.Pattern[str]
    auxiliary: re.Pattern[str]
    bound: re.Pattern[str]
    bound_far: re.Pattern[str]
    telling: re.Pattern[str]
    stress: re.Pattern[str]
    persons: re.Pattern[str]


def _any(words: Iterable[str]) -> str:
    return patterns.any_of(words, _spaced)


def _spaced(word: str) -> str:
    """A word as written with any spaces in it, or none around its dashes, and its tone marks in either place."""
    return in_either_place(re.escape(word).replace(r"\ \-\ ", r"\s*[-–]\s*").replace(r"\ ", r"\s+"))


@cache
def actor_words() -> ActorWords:
    """The patterns, compiled once."""
    data = patterns.data("actors")
    prefix, generic, duty = data["prefix"], data["generic"], data["duty"]
    surnames = patterns.data("agency_grammar")["person"]["surnames"]
    joint = r"(?:\s*,\s*|\s+và\s+|\s*-\s*)"
    inner = rf"(?:\s+(?:{_any(generic['inner'])}))?"
    office = _any(data["holder"]["words"])
    beside = rf"(?:\s*\((?:{office})\))?"  # Giám đốc (Thủ trưởng) các sở
    alone = _any(w for w in data["holder"]["words"] if not w.endswith(tuple(data["holder"]["members"])))
    committees = generic["committees"]
    theirs = [f"{part} {each}{c}" for part in generic["of_committees"] for each in ("", "các ") for c in committees]
    firm = [*generic["firm"], *generic["authorities"], *generic["officials"], *committees, *theirs]
    school = rf"(?:{_any(generic['kinds_of_school'])})"
    firm_all_the_same = [*generic["never_accompanying"], *generic["authorities"]]
    article = rf"(?P<article>(?:{_any(generic['articles'])})\s+)?"
    head = rf"(?:{_any([*generic['faint'], *firm])})(?!\w)"
    return ActorWords(
        prefix=re.compile(rf"(?:{_any([*prefix['charge'], *prefix['request']])})\s*:?\s+", re.I),
        request=re.compile(rf"(?:{_any(prefix['request'])})[\s:]", re.I),
        holder=re.compile(rf"(?:(?:{office}),\s+)*(?:{office}){beside}\s*:?\s+", re.I),
        of_any=re.compile(rf"(?:{_any(data['holder']['of_any'])})(?!\w)", re.I),
        inner_holder=re.compile(rf"(?<=[,à]\s)(?:{alone})\s+", re.I),
        person=re.compile(rf"(?i:{_any(data['holder']['titles'])})\s+{_NAME_OF_PERSON}(?:,| [-–])\s+"),
        by_name=re.compile(rf"\s+(?:{_any(map(str.capitalize, surnames))}){_GIVEN_NAMES}(?!\w)"),
        aside=re.compile(rf"\s+[-–]\s+(?:{office})(?:\s+[^\s:;.,]+){{0,6}}(?=\s*:)", re.I),
        office_beside=re.compile(rf"\s+[-–]\s+(?:{office})\s+", re.I),
        bodies=re.compile(rf"{article}(?P<head>{head})(?P<more>(?:{inner}{joint}{head})*)", re.I),
        held_bodies=re.compile(
            rf"{article}(?P<head>{head})(?P<more>(?:{inner}{joint}(?:(?:{alone})\s+)?{head})*)", re.I
        ),
        firm=re.compile(rf"(?<!\w)(?:{_any(firm)})(?!\w)", re.I),
        accompanying=re.compile(rf"(?i:(?!{_any(firm_all_the_same)}))(?:{_any(generic['accompanying'])})"),
        another=re.compile(rf",\s+(?=(?:(?:{office})\s+)?(?:{_any(generic['articles'])})\s+{head})", re.I),
        modifier=re.compile(
            rf"\s+(?:{_any(generic['modifiers'])}|{school}(?:(?:,|\s+và)\s+{school})+)(?!\w)(?!\s[uủ][yỷ](?!\w))"
        ),
        last_modifier=re.compile(rf"\s(?:{_any(generic['last_modifiers'])})(?!\w)"),
        part_of=re.compile(rf"(?:{_any(generic['parts'])})\s+", re.I),
        in_charge=re.compile(rf"(?:{_any(generic['in_charge'])})(?!\w)", re.I),
        long_modifier=re.compile(rf"\s+(?:{_any(generic['long_modifiers'])})(?!\w)"),
        list_break=re.compile(
            rf"(?:\s*[,;]|\s+và)\s+(?:(?:{_any([*data['holder']['words'], *generic['articles']])})\s+)?$"
        ),
        tail=re.compile(rf"\s*,\s*(?:{_any(generic['tail'])})$", re.I),
        placed=re.compile(rf"(?:{_any(generic['placed'])})\s+(?P<kind>{_any(UNIT_LEVELS)})$", re.I),
        scope=re.compile(rf"(?<!\w)(?:{_any(generic['scope'])})(?!\w)", re.I),
        open_ended=re.compile(rf"(?<!\w)(?:{_any(generic['open_ended'])})(?!\w)", re.I),
        each=re.compile(rf"^(?:{_any(generic['each'])})\s", re.I),
        duty=re.compile(rf"(?:{_any([*duty['strong'], *duty['verbs']])})(?!\w)"),
        with_object=re.compile(rf"(?:{_any(duty['with_object'])})(?!\w)", re.I),
        noun=re.compile(rf"(?<!\w)(?:{_any(duty['nouns'])})\s$", re.I),
        auxiliary=re.compile(rf"\s*(?:{_any(duty['auxiliary'])})(?!\w)"),
        strong=re.compile(rf"(?:{_any(duty['strong'])})(?!\w)"),
        bound=re.compile(rf"(?:\s+[^\s,;:.()]+){{0,3}}\s+(?:{_any(duty['bound'])})(?!\w)"),
        bound_far=re.compile(
            rf"(?:{_any(duty['bound_heads'])})"
            rf"(?P<whose>(?:,?\s+(?!(?:{_any([*duty['told_of'], *duty['auxiliary']])})\s)[^\s,;:.()]+){{1,{_FAR}}}?)"
            rf"(?<! {duty['joining']})"
            rf"\s+(?:{_any(duty['bound'])})(?!\w)",
            re.I,
        ),
        telling=re.compile(rf"(?:{_any(duty['telling'])})(?!\w)"),
        stress=re.compile(rf",\s+(?:{_any(data['stress']['words'])})\s+"),
        persons=re.compile(rf"(?:{_any(data['persons']['words'])})(?!\w)"),
    )
