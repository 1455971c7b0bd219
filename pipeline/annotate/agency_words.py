"""What the readings of an agency's phrase share: heads, stop words, and words written out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import patterns
from pipeline.annotate.agency_names import AND, Base, Token, match_name, tokens_of
from pipeline.annotate.agency_places import Where
from pipeline.resolve.agencies import Named
from pipeline.resolve.places import fold

_GRAMMAR = patterns.data("agency_grammar")
_NAME, _BOARD, _OPEN = _GRAMMAR["name"], _GRAMMAR["board"], _GRAMMAR["open"]
_HEADS_OF_OFFICES: list[str] = _NAME["heads_of_offices"]
_WRITTEN_OUT: dict[str, str] = {**_NAME["written_out"], "&": AND}
STOPS = frozenset(_OPEN["stop"])
BOARD_STOPS = frozenset(_BOARD["stop"])
_KEPT = [*_BOARD["kept"], *_OPEN["kept"]]
_PARTS_OF_COMMUNES: list[str] = _GRAMMAR["parts_of_communes"]
_FIELDS: list[str] = _OPEN["fields"]
_FIELD_AFTER: dict[str, list[str]] = _OPEN["field_after"]
_DUTIES: list[str] = _OPEN["after_field"]
_FIELD_LETTERS = 4  # of an abbreviation that stands for a field wherever it is read
TAIL = 5  # words in small letters that may end an open name, or lead to a proper one


class Reading(NamedTuple):
    """An agency read from the tokens ``start`` to ``end``; ``named`` is None where its place is still wanted.

    ``board`` is the head of a board (``Ban Chỉ đạo``), the base's whole name where no subject follows; ``part`` is
    the part of the body that is named before it (``Thường trực``).
    """

    start: int
    end: int
    base: Base
    where: Where | None
    named: Named | None
    board: str = ""
    part: str = ""


Heads = dict[str, list[list[str]]]


def _by_first(heads: Sequence[str]) -> Heads:
    """Heads by their first syllable, longest first."""
    index: Heads = {}
    for head in sorted(heads, key=lambda h: -len(h.split())):
        words = [fold(w) for w in head.split()]
        index.setdefault(words[0], []).append(words)
    return index


PART_HEADS = _by_first(_NAME["of_agency"])
COMMITTEE_PARTS = _by_first([*_NAME["of_agency"], *_NAME["of_committee"]])
COUNCIL_PARTS = _by_first(_NAME["parts_of_council"])
BOARD_HEADS = _by_first(_BOARD["heads"])
OPEN_HEADS = _by_first(_OPEN["heads"])


def head_at(tokens: Sequence[Token], i: int, heads: Heads) -> tuple[str, int] | None:
    """The head that stands at a token, and the token after it."""
    for words in heads.get(tokens[i].fold, ()):
        end = i + len(words)
        if [t.fold for t in tokens[i:end]] == words:
            return " ".join(words), end
    return None


def preceded(tokens: Sequence[Token], i: int, phrases: Sequence[str]) -> bool:
    """Whether one of the phrases stands right before a token."""
    last = tokens[i - 1].fold if i else ""
    near = [p for p in phrases if last and p.endswith(last)]
    return any(i >= len(p.split()) and follows(tokens, i - len(p.split()), [p]) for p in near)


def follows(tokens: Sequence[Token], i: int, phrases: Sequence[str]) -> bool:
    """Whether one of the phrases stands at a token."""
    first = tokens[i].fold if i < len(tokens) else None
    for phrase in phrases:
        if first and phrase.startswith(first):
            words = phrase.split()
            if [t.fold for t in tokens[i : i + len(words)]] == words:
                return True
    return False


def part_of_commune(tokens: Sequence[Token], i: int) -> str | None:
    """The kind of a part of a commune that stands at a token: ``tổ dân phố``, ``thôn``."""
    return next((kind for kind in _PARTS_OF_COMMUNES if follows(tokens, i, [kind])), None)


def skip_abbreviation(tokens: Sequence[Token], i: int) -> int:
    """The token after ``(UBND)``, where a name explains its abbreviation."""
    explained = i + 2 < len(tokens) and tokens[i].text == "(" and tokens[i + 2].text == ")"
    return i + 3 if explained and is_acronym(tokens[i + 1].text) else i


def is_acronym(word: str) -> bool:
    """Whether a word is written in capitals: ``TNHH``."""
    return len(word) > 1 and word.isupper()


def is_name(tokens: Sequence[Token], end: int) -> bool:
    """Whether two capitalised words, the sign of a proper name, stand before a token."""
    last = tokens[max(0, end - 2) : end]
    return len(last) == 2 and all(t.text[0].isupper() and not t.text.isupper() for t in last)


@cache
def _deeds() -> dict[str, list[str]]:
    """The verbs that end a proper name, by their first syllables."""
    found: dict[str, list[str]] = {}
    for verb in [*patterns.data("actors")["duty"]["verbs"], *_OPEN["deeds"]]:
        if verb not in _OPEN["no_deeds"]:
            found.setdefault(fold(verb.split()[0]), []).append(fold(verb))
    return found


@cache
def _acts() -> dict[str, list[str]]:
    """Verbs of duties that no board's subject is likely to hold in its midst, by their first syllables."""
    found = {first: [v for v in verbs if " " in v] for first, verbs in _deeds().items()}
    for verb in patterns.data("actors")["duty"]["with_object"]:
        found.setdefault(fold(verb.split()[0]), []).append(fold(verb))
    return found


def acts(tokens: Sequence[Token], k: int) -> bool:
    """Whether a board does something from token ``k`` on: ``(Ban Chỉ đạo) Chuyển đổi số | xây dựng kế hoạch``."""
    verbs = _acts().get(tokens[k].fold) if tokens[k].text.islower() else None
    if not verbs or tokens[k - 1].divides or not follows(tokens, k, verbs) or follows(tokens, k, _KEPT):
        return False
    return not preceded(tokens, k, [*_BOARD["acting"], *patterns.data("actors")["duty"]["verbs"]])


def opens_deed(tokens: Sequence[Token], k: int) -> bool:
    """Whether a verb at token ``k`` tells what the proper name before it does: ``Sông Mây | nắm tình hình``."""
    if k >= len(tokens) or not tokens[k].text.islower() or not is_name(tokens, k):
        return False
    return follows(tokens, k, _deeds().get(tokens[k].fold, ()))


def joins(tokens: Sequence[Token], k: int) -> bool:
    """Whether the ``và`` at token ``k`` stands inside an open name."""
    if k + 1 >= len(tokens) or not tokens[k + 1].text[0].isupper() or tokens[k - 1].text[0].isupper():
        return False
    return not another(tokens, k + 1) and not opens_office(tokens, k + 1)


def opens_office(tokens: Sequence[Token], k: int) -> bool:
    """Whether whoever heads a body is named at token ``k``: ``Thủ trưởng các đơn vị``."""
    return follows(tokens, k, _HEADS_OF_OFFICES)


@cache
def _inside() -> dict[str, list[tuple[list[str], list[str]]]]:
    """The words before and after each sign, or ``và``, in the phrases that a name holds whole, by the sign."""
    found: dict[str, list[tuple[list[str], list[str]]]] = {}
    for phrase in _OPEN["inside"]:
        words = [t.fold for t in tokens_of(phrase)]
        for n, word in enumerate(words):
            if word in (",", "/", AND):
                found.setdefault(word, []).append((words[:n], words[n + 1 :]))
    return found


def within(tokens: Sequence[Token], k: int) -> bool:
    """Whether the sign, or ``và``, at token ``k`` stands inside a phrase: ``phòng cháy, chữa cháy``."""
    return any(
        len(before) <= k
        and [t.fold for t in tokens[k - len(before) : k]] == before
        and [t.fold for t in tokens[k + 1 : k + 1 + len(after)]] == after
        for before, after in _inside().get(tokens[k].fold, ())
    )


def another(tokens: Sequence[Token], k: int) -> bool:
    """Whether another agency's name begins at token ``k``; not with ``Phòng, chống``."""
    if k >= len(tokens) or not tokens[k].text[0].isupper() or (k + 1 < len(tokens) and within(tokens, k + 1)):
        return False
    heads = head_at(tokens, k, OPEN_HEADS) or head_at(tokens, k, BOARD_HEADS)
    return heads is not None or match_name(tokens, k) is not None


def stops_at(tokens: Sequence[Token], k: int, stops: frozenset[str]) -> bool:
    """Whether a word ends a name: it, or it and the next, is one of the stops."""
    token = tokens[k]
    if token.text[0].isupper() and not is_acronym(token.text):
        return False
    if follows(tokens, k, _KEPT):
        return False
    if token.fold not in stops and not (k + 1 < len(tokens) and f"{token.fold} {tokens[k + 1].fold}" in stops):
        return False
    return not _is_field(tokens, k)


def _is_field(tokens: Sequence[Token], k: int) -> bool:
    """Whether a verb is a name's last word after all, with nothing behind it to act on: ``Viện Kinh tế xây dựng,``."""
    if any(preceded(tokens, k, before) for verb, before in _FIELD_AFTER.items() if follows(tokens, k, [verb])):
        return True
    if is_name(tokens, k) or any(preceded(tokens, k, [words]) for words in _OPEN["closing"]):
        return False
    verb = next((v for v in _FIELDS if follows(tokens, k, [v])), "")
    end = k + len(verb.split())
    if not verb or end == len(tokens) or tokens[end].text in ";:()":
        return bool(verb)
    return another(tokens, end + 1) if tokens[end].divides else follows(tokens, end, _DUTIES)


def _spelled(tokens: Sequence[Token]) -> Iterator[Token]:
    """The tokens, an abbreviation of a field (``TN&MT``, ``GD-ĐT``) in one and written out."""
    i = 0
    while i < len(tokens):
        k = i + 1
        while k + 1 < len(tokens) and tokens[k].text in "&-" and _touch(tokens[k - 1 : k + 2]):
            k += 2
        short = "".join(t.text for t in tokens[i:k:2])
        full = abbreviations().get(short) if len(short) >= _FIELD_LETTERS else None
        if full and short not in _WRITTEN_OUT:
            yield tokens[i]._replace(text=full)
        else:
            yield from tokens[i:k]
        i = k


def _touch(tokens: Sequence[Token]) -> bool:
    """Whether words stand without a space between them."""
    return all(a.end == b.start for a, b in pairwise(tokens))


@cache
def abbreviations() -> dict[str, str]:
    """What abbreviations stand for wherever they are read, by the letters."""
    return {row["short"]: row["full"] for row in patterns.rows("abbreviations") if row["where"] == "any"}


def _is_open(words: str) -> bool:
    """Whether words end with a bracket or a quotation just opened."""
    return words.endswith(("(", "“")) or (words.endswith('"') and words.count('"') % 2 == 1)


def written(tokens: Sequence[Token], start: int, end: int) -> str:
    """The words between two tokens, with single spaces as the signs want them."""
    while start < end and not tokens[start].text[0].isalnum():
        start += 1
    out, last = "", -1
    for t in _spelled(tokens[start:end]):
        touching = t.start == last and (t.text == "/" or out.endswith("/"))
        last = t.end
        if touching or t.text in ",.;:)”" or (t.text == '"' and out.count('"') % 2):
            out += t.text
        elif t.text in "–—-":
            out += " -"
        else:
            out += (" " if out and not _is_open(out) else "") + _WRITTEN_OUT.get(t.text, t.text)
    return out
