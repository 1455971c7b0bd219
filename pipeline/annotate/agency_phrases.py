"""Reading one agency's whole phrase: a known name, a body of a body, a board with its subject, or an open name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import patterns
from pipeline.annotate.agency_grammar import Base, Token, Where, match_name, read_place, tokens_of
from pipeline.model import Context
from pipeline.resolve import places
from pipeline.resolve.agencies import Named, levelled_kind, resolve
from pipeline.resolve.places import fold

_GRAMMAR = patterns.data("agency_grammar")
_NAME, _BOARD, _OPEN = _GRAMMAR["name"], _GRAMMAR["board"], _GRAMMAR["open"]
_STOPS = frozenset(_OPEN["stop"])
_BOARD_STOPS = frozenset(_BOARD["stop"])
_NOT_BEFORE: dict[str, list[str]] = _NAME["not_before"]


class Reading(NamedTuple):
    """An agency read from the tokens ``start`` to ``end``; ``named`` is None where its place is still wanted."""

    start: int
    end: int
    base: Base
    where: Where | None
    named: Named | None


Heads = dict[str, list[tuple[str, ...]]]


def _by_first(heads: Sequence[str]) -> Heads:
    """Heads by their first syllable, longest first."""
    index: Heads = {}
    for head in sorted(heads, key=lambda h: -len(h.split())):
        words = tuple(fold(w) for w in head.split())
        index.setdefault(words[0], []).append(words)
    return index


@cache
def _heads() -> tuple[Heads, Heads, Heads]:
    return _by_first(_NAME["of_agency"]), _by_first(_BOARD["heads"]), _by_first(_OPEN["heads"])


def _head_at(tokens: Sequence[Token], i: int, heads: Heads) -> tuple[str, int] | None:
    for words in heads.get(tokens[i].fold, ()):
        end = i + len(words)
        if end <= len(tokens) and all(t.fold == w for t, w in zip(tokens[i:end], words, strict=True)):
            return " ".join(words), end
    return None


def read_phrase(words: str, context: Context) -> Named | None:
    """The agency that a whole phrase names, its office-holder's words aside (``Bộ trưởng Bộ Xây dựng``)."""
    tokens = tokens_of(words)
    for i in range(len(tokens)):
        reading = read(tokens, i, context)
        if reading and reading.named:
            return reading.named
    return None


def read(tokens: Sequence[Token], i: int, context: Context) -> Reading | None:
    """The agency whose phrase begins at token ``i``."""
    known = _read_known(tokens, i, context)
    inner = _read_of_agency(tokens, i, context)
    if inner and (known is None or inner.end > known.end):
        return inner
    board = _read_board(tokens, i, context)
    if board and (known is None or board.end > known.end):
        return board
    return known or _read_open(tokens, i, context)


# --------------------------------------------------------------------------- names of the registry


def _read_known(tokens: Sequence[Token], i: int, context: Context) -> Reading | None:
    match = match_name(tokens, i)
    if match is None or not any(t.text[0].isupper() for t in tokens[i : match.end]):
        return None
    base, end = match
    if end < len(tokens) and _follows(tokens, end, _NOT_BEFORE.get(base.name, ())):
        return None
    where = _place_of(base, tokens, end)
    return Reading(i, where.end if where else end, base, where, resolve(base, where, context))


def _follows(tokens: Sequence[Token], i: int, phrases: Sequence[str]) -> bool:
    return any([t.fold for t in tokens[i : i + len(p.split())]] == p.split() for p in phrases)


def _place_of(base: Base, tokens: Sequence[Token], i: int) -> Where | None:
    kind = levelled_kind(base.name)
    if kind or "province" in base.levels:
        bare = _bare_name(tokens, i, kind or "tỉnh")
        if bare:
            return bare
    return None if kind else read_place(tokens, i)


def _bare_name(tokens: Sequence[Token], i: int, kind: str) -> Where | None:
    """A place named without its kind, as in ``Tỉnh ủy Lào Cai``: only one that the table knows."""
    best: Where | None = None
    for end in range(i + 1, min(i + 6, len(tokens)) + 1):
        if not tokens[i].text[0].isupper():
            break
        name = " ".join(t.text for t in tokens[i:end])
        kinds = (kind, "thành phố") if kind == "tỉnh" else (kind,)
        for k in kinds:
            if found := places.find(k, name):
                best = Where("named", f"{k} {found[0].name}", k, found[0].name, end)
                break
    return best


def _read_of_agency(tokens: Sequence[Token], i: int, context: Context) -> Reading | None:
    """A body of another: ``Văn phòng UBND tỉnh``, ``Thường trực Ban Chỉ đạo``, ``TT HĐND huyện``."""
    short = _NAME["short_of_agency"].get(tokens[i].text)
    if short:
        head, k = short, i + 1
        if k < len(tokens) and tokens[k].text in "./":
            k += 1
    else:
        found = _head_at(tokens, i, _heads()[0])
        if not found or not tokens[i].text[0].isupper():
            return None
        k = found[1]
        head = next(h for h in _NAME["of_agency"] if fold(h) == found[0])
    if k >= len(tokens) or not tokens[k].text[0].isupper():
        return None
    inner = read(tokens, k, context)
    if not inner or not inner.named:
        return None
    base = Base(f"{head} {inner.base.name}", inner.base.place, levels=inner.base.levels)
    named = inner.named._replace(name=f"{head} {inner.named.name}", key=None)
    return Reading(i, inner.end, base, inner.where, named)


# --------------------------------------------------------------------------- boards


def _read_board(tokens: Sequence[Token], i: int, context: Context) -> Reading | None:
    if tokens[i].text == "BCĐ":
        head, k = fold("Ban Chỉ đạo"), i + 1
    else:
        found = _head_at(tokens, i, _heads()[1])
        if not found or not tokens[i].text[0].isupper():
            return None
        head, k = found
    canonical = next(h for h in _BOARD["heads"] if fold(h) == head)
    subject_end, where = _subject(tokens, k)
    subject = _written(tokens, k, subject_end)
    if not where and not subject and canonical not in _BOARD["known_alone"]:
        return None
    if (
        not where
        and not (tokens[k].text[0].isupper() if k < len(tokens) else True)
        and canonical not in _BOARD["known_alone"]
    ):
        return None
    base = Base(
        f"{canonical} {subject}".strip(), "always", levels={"province": None, "district": None, "commune": None}
    )
    if where and where.kind == "" and where.words not in ("các cấp",) and where.form == "unit":
        named: Named | None = Named(f"{base.name} {where.words}", None, "central", False)
    else:
        named = resolve(base, where, context)
    return Reading(i, where.end if where else subject_end, base, where, named)


def _subject(tokens: Sequence[Token], i: int) -> tuple[int, Where | None]:
    """Where a board's subject ends, and the place after it: the whole run to the place, else to the first pause."""
    pause: int | None = None
    for k in range(i, min(i + int(_BOARD["max_words"]), len(tokens))):
        token = tokens[k]
        if where := _board_place(tokens, k):
            return k, where
        if token.text in ';:.()[]“”"|…/' or (k > i and token.text[0].isupper() and match_name(tokens, k)):
            return (pause if pause is not None else k), None
        if pause is None and (token.text == "," or token.fold == "và"):
            pause = k
        if _stops(tokens, k, _BOARD_STOPS):
            return (pause if pause is not None else k), None
    return (pause if pause is not None else i), None


def _board_place(tokens: Sequence[Token], i: int) -> Where | None:
    if tokens[i].fold == "trung" and i + 1 < len(tokens) and tokens[i + 1].fold == "ương":
        return Where("unit", "Trung ương", "", "", i + 2)
    if tokens[i].text in ("TW", "TƯ"):
        return Where("unit", "Trung ương", "", "", i + 1)
    return read_place(tokens, i)


def _written(tokens: Sequence[Token], start: int, end: int) -> str:
    """The words between two tokens, with single spaces as the signs want them."""
    out = ""
    for t in tokens[start:end]:
        if t.text in ",.;:)":
            out += t.text
        elif t.text in "–—-":
            out += " -"
        else:
            out += (" " if out and not out.endswith("(") else "") + ("và" if t.text == "&" else t.text)
    return out


# --------------------------------------------------------------------------- open names


def _read_open(tokens: Sequence[Token], i: int, context: Context) -> Reading | None:
    """A head and the capitalised words after it, though no registry knows them."""
    if not tokens[i].text[0].isupper():
        return None
    found = _head_at(tokens, i, _heads()[2])
    if not found:
        return None
    head, k = found
    if k >= len(tokens) or not tokens[k].text[0].isupper() or tokens[k].fold in _OPEN["not_before"]:
        return None
    if tokens[i].text.isupper() and len(tokens[i].text) > 1:
        return None
    end = _open_end(tokens, k, long=any(fold(h) == head for h in _OPEN["long_heads"]))
    where = read_place(tokens, end)
    name = _written(tokens, i, end)
    base = Base(name[0].upper() + name[1:], "")
    return Reading(i, where.end if where else end, base, where, resolve(base, where, context))


def _open_end(tokens: Sequence[Token], i: int, *, long: bool) -> int:
    """Where an open name ends: at a pause, a stop word, the next agency or place, or after too many small letters."""
    end, small = i, 0
    for k in range(i, len(tokens)):
        token = tokens[k]
        if k > i and read_place(tokens, k):
            return k if small <= _TAIL or not long else end
        if token.text in "-–" or (long and token.text in ",&"):
            continue
        if token.fold == "và" and _joins(tokens, k):
            continue
        if not token.text[0].isalnum() or _stops(tokens, k, _BOARD_STOPS if long else _STOPS):
            break
        if token.text[0].isupper() or token.text[0].isdigit():
            end, small = k + 1, 0
            continue
        small += 1
        if small > int(_OPEN["max_small"]):
            break
        if end == k and (not long or (small <= _TAIL and not _is_acronym(tokens[end - small].text))):
            end = k + 1
    return end


_TAIL = 3


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def _joins(tokens: Sequence[Token], k: int) -> bool:
    """Whether the ``và`` at token ``k`` stands inside an open name."""
    if k + 1 >= len(tokens) or not tokens[k + 1].text[0].isupper() or tokens[k - 1].text[0].isupper():
        return False
    return match_name(tokens, k + 1) is None and _head_at(tokens, k + 1, _heads()[2]) is None


def _stops(tokens: Sequence[Token], k: int, stops: frozenset[str]) -> bool:
    token = tokens[k]
    if token.text[0].isupper():
        return False
    return token.fold in stops or (k + 1 < len(tokens) and f"{token.fold} {tokens[k + 1].fold}" in stops)
