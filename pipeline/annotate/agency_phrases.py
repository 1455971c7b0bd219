"""Reading one agency's whole phrase: a known name, a body of a body, a board with its subject, or an open name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import patterns
from pipeline.annotate.agency_grammar import Base, Match, Token, Where, match_name, read_place, tokens_of
from pipeline.model import Context, Level
from pipeline.resolve import local_places, places
from pipeline.resolve.agencies import Named, levelled_kind, resolve
from pipeline.resolve.places import UNIT_LEVELS, fold

_GRAMMAR = patterns.data("agency_grammar")
_NAME, _BOARD, _OPEN = _GRAMMAR["name"], _GRAMMAR["board"], _GRAMMAR["open"]
_WRITTEN_OUT: dict[str, str] = {**_NAME["written_out"], "&": "và"}
_STOPS = frozenset(_OPEN["stop"])
_BOARD_STOPS = frozenset(_BOARD["stop"])
_NOT_AFTER: dict[str, list[str]] = _NAME["not_after"]
_NOT_BEFORE: dict[str, list[str]] = _NAME["not_before"]


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


def read(tokens: Sequence[Token], i: int, context: Context, depth: int = 0) -> Reading | None:
    """The agency whose phrase begins at token ``i``; ``depth`` counts the bodies of which it is one."""
    reading = _read_one(tokens, i, context, depth)
    if reading and reading.where is None and tokens[i].fold in _NAME["belonging"] and depth < _DEEPEST:
        return _belonging(tokens, reading, context, depth) or reading
    return reading


def _belonging(tokens: Sequence[Token], office: Reading, context: Context, depth: int) -> Reading | None:
    """An office with the body that it is said to belong to: ``Phòng Nội chính thuộc Văn phòng UBND tỉnh``."""
    for words in _NAME["belonging_words"]:
        k = office.end + len(words.split())
        if _follows(tokens, office.end, [words]) and k < len(tokens):
            body = read(tokens, k, context, depth + 1)
            if body and body.named and not body.named.collective:
                named = body.named._replace(name=f"{office.base.name} {words} {body.named.name}", key=None)
                return office._replace(end=body.end, where=body.where, named=named)
    return None


def _read_one(tokens: Sequence[Token], i: int, context: Context, depth: int) -> Reading | None:
    """The agency that begins at a token, by the reading that reaches farthest."""
    match = match_name(tokens, i)
    if match and _denied(tokens, i, match):
        return None
    known = _read_known(tokens, i, match, context) if match else None
    inner = _read_of_agency(tokens, i, context, depth) if depth < _DEEPEST else None
    if inner and (known is None or inner.end > known.end):
        return inner
    board = _read_board(tokens, i, context)
    if board and (known is None or board.end > known.end):
        return board
    return known or _read_open(tokens, i, context)


# --------------------------------------------------------------------------- names of the registry


def _denied(tokens: Sequence[Token], i: int, match: Match) -> bool:
    """Whether the words beside a name make it another thing: ``đại biểu Quốc hội``, ``Chính phủ điện tử``."""
    name = match.base.name
    before = [*_NAME["titles"], *_NOT_AFTER.get(name, ())]
    return _preceded(tokens, i, before) or _follows(tokens, match.end, _NOT_BEFORE.get(name, ()))


def _read_known(tokens: Sequence[Token], i: int, match: Match, context: Context) -> Reading | None:
    base, end = match
    if not any(t.text[0].isupper() for t in tokens[i:end]):
        return None
    end = skip_abbreviation(tokens, end)
    where = _place_of(base, tokens, end, context)
    board = next((h for h in _BOARD["known_alone"] if base.name.startswith(f"{h} ")), "")
    return Reading(i, where.end if where else end, base, where, resolve(base, where, context), board)


def _preceded(tokens: Sequence[Token], i: int, phrases: Sequence[str]) -> bool:
    return any(i >= len(p.split()) and _follows(tokens, i - len(p.split()), [p]) for p in phrases)


def skip_abbreviation(tokens: Sequence[Token], i: int) -> int:
    """The token after ``(UBND)``, where a name explains its abbreviation."""
    explained = i + 2 < len(tokens) and tokens[i].text == "(" and tokens[i + 2].text == ")"
    return i + 3 if explained and _is_acronym(tokens[i + 1].text) else i


def _follows(tokens: Sequence[Token], i: int, phrases: Sequence[str]) -> bool:
    return any([t.fold for t in tokens[i : i + len(p.split())]] == p.split() for p in phrases)


def _place_of(base: Base, tokens: Sequence[Token], i: int, context: Context) -> Where | None:
    kind = levelled_kind(base.name)
    if (kind or base.place == "bare" or "province" in base.levels) and (
        bare := _bare_name(tokens, i, kind or "tỉnh", context)
    ):
        return bare
    where = read_place(tokens, i, context)
    if where is None and "khu vực" in base.ids and _follows(tokens, i, ["khu vực"]):
        return Where("region", "khu vực", "", "", i + 2)
    if where and kind and where.form != "named":
        return None
    if where and where.form in ("class", "tier") and base.place == "" and list(base.levels) == ["central"]:
        return None
    return where


def _bare_name(tokens: Sequence[Token], i: int, kind: str, context: Context) -> Where | None:
    """A place named without its kind, as in ``Tỉnh ủy Lào Cai``: only one that the table or the document knows."""
    best: Where | None = None
    for k in range(i, min(i + 6, len(tokens))):
        if tokens[k].text not in ("-", "–") and not tokens[k].text[0].isupper():
            break
        name = " ".join(t.text for t in tokens[i : k + 1])
        for each in (kind, "thành phố") if kind == "tỉnh" else (kind,):
            known = _known_unit(each, name, context) if tokens[k].text[0].isupper() else None
            if known:
                best = Where("named", known, each, known, k + 1)
                break
    return best


def _known_unit(kind: str, name: str, context: Context) -> str | None:
    found = places.find(kind, name)
    return found[0].name if found else local_places.name_in(context.places, kind, name)


_DEEPEST = 2  # a part of a part of a body; deeper is no name


def _read_of_agency(tokens: Sequence[Token], i: int, context: Context, depth: int) -> Reading | None:
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
        if _preceded(tokens, i, _NAME["no_part_after"].get(head, ())):
            return None
    if k >= len(tokens) or not tokens[k].text[0].isupper():
        return None
    inner = read(tokens, k, context, depth + 1)
    if not inner or not inner.named:
        return None
    base = Base(f"{head} {inner.base.name}", inner.base.place, levels=inner.base.levels)
    named = inner.named._replace(name=f"{head} {inner.named.name}", key=None)
    return Reading(i, inner.end, base, inner.where, named, inner.board, f"{head} {inner.part}".strip())


# --------------------------------------------------------------------------- boards


def _read_board(tokens: Sequence[Token], i: int, context: Context) -> Reading | None:
    if tokens[i].text == "BCĐ":
        head, k = fold("Ban Chỉ đạo"), i + 1
    else:
        found = _head_at(tokens, i, _heads()[1])
        if not found or not tokens[i].text[0].isupper():
            return None
        head, k = found
    board = next(h for h in _BOARD["heads"] if fold(h) == head)
    k = skip_abbreviation(tokens, k)
    end, where = _subject(tokens, k, context)
    if where is None and not (
        _opens_subject(tokens, k) or (board in _BOARD["own_names"] and _leads_to_name(tokens, k))
    ):
        end = k
    subject = _written(tokens, k, end)
    base = Base(f"{board} {subject.lower() if subject.isupper() else subject}".strip(), "always", levels=_ANY_LEVEL)
    named: Named | None
    if where is None and _follows(tokens, k, ["quốc gia"]):
        named = Named(base.name, None, "central", False)
    elif where is not None and where.form == "unit" and not where.kind:
        named = Named(f"{base.name} {where.words}", None, "central", False)
    elif where is None and (_ends_in_place(tokens, k, end) or (board in _BOARD["own_names"] and _is_name(tokens, end))):
        named = Named(base.name, None, None, False)
    elif where is None and not subject and board not in _BOARD["known_alone"]:
        named = None
    else:
        named = resolve(base, where, context)
    return Reading(i, where.end if where else end, base, where, named, board)


def _is_name(tokens: Sequence[Token], end: int) -> bool:
    """Whether two capitalised words, the sign of a proper name, stand before a token."""
    last = tokens[max(0, end - 2) : end]
    return len(last) == 2 and all(t.text[0].isupper() and not t.text.isupper() for t in last)


def _ends_in_place(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether a subject's last words are a place's name, so that no other is to be added."""
    names = (" ".join(t.text for t in tokens[k:end]) for k in range(max(start, end - 4), end))
    return any(name[0].isupper() and (places.find("tỉnh", name) or places.find("huyện", name)) for name in names)


_ANY_LEVEL: dict[Level, None] = {"province": None, "district": None, "commune": None}


def _opens_subject(tokens: Sequence[Token], i: int) -> bool:
    """Whether the words after a board's head are its subject, though no place follows them."""
    if i >= len(tokens):
        return False
    return (tokens[i].text[0].isupper() and not tokens[i].text.isupper()) or _follows(tokens, i, _BOARD["openings"])


def _leads_to_name(tokens: Sequence[Token], i: int) -> bool:
    """Whether words in small letters lead to a proper name: ``hồ Hoàn Kiếm``."""
    for k in range(i, min(i + _TAIL, len(tokens))):
        if tokens[k].text[0].isupper():
            return k > i and not _is_acronym(tokens[k].text)
        if not tokens[k].text[0].isalpha() or _stops(tokens, k, _BOARD_STOPS):
            return False
    return False


def _subject(tokens: Sequence[Token], i: int, context: Context, *, inner: bool = False) -> tuple[int, Where | None]:
    """Where a board's subject ends, and the place after it: the whole run to the place, else to the first pause."""
    listing = _follows(tokens, i, _BOARD["listing"])
    pause: int | None = None
    limit = min(i + int(_BOARD["max_words"]), len(tokens))
    for k in range(i, limit):
        token = tokens[k]
        if where := _board_place(tokens, k, context, first=k == i):
            return k, where if inner else _with_subject(tokens, where, context)
        if token.text == "(" and k > i + 1 and _follows(tokens, k + 1, _BOARD["short_form"]):
            return k, None
        if token.text in _SENTENCE_SIGNS or (k > i and _another(tokens, k)) or _stops(tokens, k, _BOARD_STOPS):
            return (pause if pause is not None else k), None
        if token.fold == "và" and listing:
            listing, pause = False, None
        elif pause is None and (token.text == "," or (token.fold == "và" and not _joins(tokens, k))):
            pause = k
    if pause is None:
        pause = limit if limit == len(tokens) else i
    return pause, None


_SENTENCE_SIGNS = frozenset(';:.()[]“”"|…/')


def _board_place(tokens: Sequence[Token], i: int, context: Context, *, first: bool) -> Where | None:
    for words in _BOARD["national"] + (_BOARD["national_first"] if first else []):
        if _follows(tokens, i, [words]):
            return Where(
                "unit", _BOARD["national_shown"].get(words, words.capitalize()), "", "", i + len(words.split())
            )
    if tokens[i].fold == "của":
        where = read_place(tokens, i + 1, context)
        return where if where and where.form in ("unit", "named") else None
    return read_place(tokens, i, context)


def _with_subject(tokens: Sequence[Token], where: Where, context: Context) -> Where:
    """A national board's place with the subject that follows it: ``Trung ương về phát triển khoa học và công nghệ``."""
    if where.kind or where.form != "unit" or not _opens_subject(tokens, where.end):
        return where
    end, place = _subject(tokens, where.end, context, inner=True)
    if place or end == where.end:
        return where
    subject = _written(tokens, where.end, end)
    return where._replace(words=f"{where.words} {subject.lower() if subject.isupper() else subject}", end=end)


def _written(tokens: Sequence[Token], start: int, end: int) -> str:
    """The words between two tokens, with single spaces as the signs want them."""
    while start < end and not tokens[start].text[0].isalnum():
        start += 1
    out = ""
    for t in tokens[start:end]:
        if t.text in ",.;:)":
            out += t.text
        elif t.text in "–—-":
            out += " -"
        else:
            out += (" " if out and not out.endswith("(") else "") + _WRITTEN_OUT.get(t.text, t.text)
    return out


# --------------------------------------------------------------------------- open names


def _read_open(tokens: Sequence[Token], i: int, context: Context) -> Reading | None:
    """A head and the capitalised words after it, though no registry knows them."""
    if not tokens[i].text[0].isupper() or (i and _leans_back(tokens, i)):
        return None
    found = _head_at(tokens, i, _heads()[2])
    if not found:
        return None
    head, k = found
    if k >= len(tokens) or _is_acronym(tokens[i].text):
        return None
    if tokens[i].fold != "trường" and _follows(tokens, k, _OPEN["not_before"]):
        return None
    first = _first_capital(tokens, i, head, k, context)
    if first is None:
        return None
    long = head in _LONG_HEADS
    end = first if _kind_follows(tokens, first, context) else _open_end(tokens, first, context, long=long)
    if end == k + 1 and _is_acronym(tokens[k].text) and not long:
        return None
    where = read_place(tokens, end, context)
    name = _written(tokens, i, end)
    of_province = head in _OF_PROVINCE
    base = Base(
        name[0].upper() + name[1:],
        "always" if of_province else "",
        levels=dict(_PROVINCE) if of_province else {},
    )
    return Reading(i, where.end if where else end, base, where, resolve(base, where, context))


_LONG_HEADS = frozenset(fold(h) for h in _OPEN["long_heads"])
_BRIDGING = frozenset(fold(h) for h in _OPEN["bridging"])
_OF_PROVINCE = frozenset(fold(h) for h in _OPEN["of_province"])
_SCHOOL = frozenset(_OPEN["school"])
_PROVINCE: dict[Level, None] = {"province": None}


def _first_capital(tokens: Sequence[Token], i: int, head: str, k: int, context: Context) -> int | None:
    """Where the capitalised part of an open name begins after its head, or a school's place; null where none does."""
    if tokens[i].fold == "trường":
        end = k
        while end < len(tokens) and tokens[end].fold in _SCHOOL:
            end += 1
        if end < len(tokens) and (tokens[end].text[0].isupper() or _kind_follows(tokens, end, context)):
            return end
    if tokens[k].text[0].isupper():
        return k
    if head in _BRIDGING:
        for end in range(k, min(k + int(_OPEN["max_small"]) + 1, len(tokens))):
            if tokens[end].text[0].isupper():
                return end
            if not tokens[end].text[0].isalpha() or _stops(tokens, end, _BOARD_STOPS):
                return None
    return None


def _kind_follows(tokens: Sequence[Token], i: int, context: Context) -> bool:
    where = read_place(tokens, i, context)
    return where is not None and where.form in ("unit", "named")


def _leans_back(tokens: Sequence[Token], i: int) -> bool:
    """Whether the word before a head makes it part of another name or one of many: ``xã Hội Thượng``, ``các Hội``."""
    before = tokens[i - 1]
    if before.fold in _OPEN["not_after"] or before.fold in UNIT_LEVELS:
        return True
    return i > 1 and before.text[0].isupper() and tokens[i - 2].fold in ("xã", "phường", "trấn", "huyện", "tỉnh")


def _open_end(tokens: Sequence[Token], i: int, context: Context, *, long: bool) -> int:
    """Where an open name ends: at a pause, a stop word, the next agency or place, or after too many small letters."""
    end, small = i, 0
    for k in range(i, min(i + int(_OPEN["max_words"]), len(tokens))):
        token = tokens[k]
        if k > i and read_place(tokens, k, context):
            return k if small <= _TAIL or not long else end
        if token.text in ",&" and (not long or _another(tokens, k + 1)):
            break
        if long and token.text in "-–" and k + 1 < len(tokens) and match_name(tokens, k + 1):
            break
        if token.text in "-–,&":
            continue
        if token.fold == "và" and _joins(tokens, k):
            continue
        if not token.text[0].isalnum() or _stops(tokens, k, _BOARD_STOPS if long else _STOPS):
            break
        if token.text[0].isdigit() and small and tokens[k - 1].fold != "số":
            break
        if token.text[0].isupper() or token.text[0].isdigit():
            end, small = k + 1, 0
            continue
        small += 1
        named = long and _is_name(tokens, end)
        if named and (_stops(tokens, k, _STOPS) or small > int(_OPEN["max_small_after_name"])):
            break
        if small > int(_OPEN["max_small"]):
            break
        if end == k and not named and (not long or (small <= _TAIL and not _is_acronym(tokens[end - small].text))):
            end = k + 1
    return end


_TAIL = 5


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def _joins(tokens: Sequence[Token], k: int) -> bool:
    """Whether the ``và`` at token ``k`` stands inside an open name."""
    if k + 1 >= len(tokens) or not tokens[k + 1].text[0].isupper() or tokens[k - 1].text[0].isupper():
        return False
    return not _another(tokens, k + 1)


def _another(tokens: Sequence[Token], k: int) -> bool:
    """Whether another agency's name begins at token ``k``."""
    if k >= len(tokens) or not tokens[k].text[0].isupper():
        return False
    return match_name(tokens, k) is not None or _head_at(tokens, k, _heads()[2]) is not None


def _stops(tokens: Sequence[Token], k: int, stops: frozenset[str]) -> bool:
    token = tokens[k]
    if token.text[0].isupper() and not _is_acronym(token.text):
        return False
    if _follows(tokens, k, _BOARD["kept"]):
        return False
    return token.fold in stops or (k + 1 < len(tokens) and f"{token.fold} {tokens[k + 1].fold}" in stops)
