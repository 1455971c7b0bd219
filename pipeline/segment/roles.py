"""The role of a section in its document, by the words of its heading, the document's type and its parent's role."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple, cast

import patterns
from pipeline.model import Role
from pipeline.names import toned


class _Rule(NamedTuple):
    """A heading that has these words (and one of ``accompanied``) has this role, in these types, under these roles."""

    phrase: str
    accompanied: tuple[str, ...]
    where: str
    role: Role
    types: frozenset[str]
    under: frozenset[str]
    excluded: bool


@cache
def _all_rules() -> tuple[_Rule, ...]:
    return tuple(
        _Rule(
            toned(row["phrase"]),
            tuple(toned(w) for w in row["with"].split("|") if w),
            row["where"],
            cast(Role, row["role"]),
            frozenset(row["types"].split()),
            frozenset(row["under"].lstrip("!").split()),
            row["under"].startswith("!"),
        )
        for row in patterns.rows("section_roles")
    )


@cache
def _rules(doc_type: str | None, parent: Role | None) -> tuple[_Rule, ...]:
    """The rules that hold in a type of document, under a section of a role."""
    return tuple(
        rule
        for rule in _all_rules()
        if (not rule.types or doc_type in rule.types)
        and (not rule.under or ((parent or "-") in rule.under) != rule.excluded)
    )


@cache
def _leads() -> tuple[str, ...]:
    return tuple(sorted((toned(w) + " " for w in patterns.data("headings")["roles"]["leads"]), key=len, reverse=True))


@lru_cache(maxsize=4096)
def named_role(heading: str, doc_type: str | None, parent: Role | None) -> Role | None:
    """The role that a heading's own words name, null where they name none.

    ``parent`` is the role of the section above, null for a section of the outermost level.
    """
    raw = toned(heading)
    bare = _without_leads(raw)
    for rule in _rules(doc_type, parent):
        if rule.phrase in raw and _has(rule, raw, bare):
            return rule.role
    return None


def role_of(heading: str, doc_type: str | None, parent: Role | None) -> Role:
    """The role of a section: its own, else its parent's, else that of the main parts of its type, else ``other``."""
    plain = cast(Role, patterns.data("headings")["plain_roles"].get(doc_type, "other"))
    return named_role(heading, doc_type, parent) or parent or plain


def _has(rule: _Rule, raw: str, bare: str) -> bool:
    if rule.accompanied and not any(f" {w} " in f" {raw} " for w in rule.accompanied):
        return False
    if rule.where == "any":
        return f" {rule.phrase} " in f" {raw} "
    if rule.where == "whole":
        return rule.phrase in (raw, bare)
    heads = (raw,) if rule.where == "raw" else (raw, bare)
    return any(f"{h} ".startswith(f"{rule.phrase} ") for h in heads)


def _without_leads(words: str) -> str:
    """A heading without words that say nothing of its role: ``Một số``, ``Công tác``, ``Về``."""
    changed = True
    while changed:
        changed = False
        for lead in _leads():
            if words.startswith(lead):
                words, changed = words[len(lead) :], True
    return words
