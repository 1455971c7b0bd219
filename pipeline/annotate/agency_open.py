"""Open names: a head (``Công ty``, ``Trường``) and the capitalised words after it, known to no registry."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

import patterns
from pipeline.annotate.agency_names import Base, Token, match_name, registry
from pipeline.annotate.agency_places import any_name, is_number, read_place
from pipeline.annotate.agency_words import (
    BOARD_HEADS,
    BOARD_STOPS,
    OPEN_HEADS,
    STOPS,
    TAIL,
    Reading,
    another,
    follows,
    head_at,
    is_acronym,
    is_name,
    joins,
    opens_deed,
    opens_office,
    part_of_commune,
    preceded,
    stops_at,
    within,
    written,
)
from pipeline.model import Context, Level
from pipeline.resolve import places
from pipeline.resolve.agencies import resolve
from pipeline.resolve.places import UNIT_LEVELS, fold

_OPEN = patterns.data("agency_grammar")["open"]
_LONG_HEADS = frozenset(fold(h) for h in _OPEN["long_heads"])
_ENTERPRISE_FIRST = frozenset(head.split()[0] for head in _LONG_HEADS)
_OF_PARTS = frozenset(map(fold, _OPEN["of_parts_of_communes"]))
_BRIDGING = frozenset(fold(h) for h in _OPEN["bridging"])
_PROPER = frozenset(fold(h) for h in _OPEN["proper"])
_OF_PROVINCE = frozenset(fold(h) for h in _OPEN["of_province"])
_SCHOOL = frozenset(_OPEN["school"])
_SCHOOL_HEAD = fold(_OPEN["school_head"])
_ELLIPTIC = frozenset(patterns.data("agency_grammar")["name"]["elliptic"])
_UNIONS = frozenset(fold(h) for h in patterns.data("agency_grammar")["name"]["unions"])
_OFFICES = frozenset(fold(h) for h in _OPEN["closed"])
_CLOSING = frozenset(_OPEN["closing"])
_BRANCH: str = patterns.data("agency_grammar")["name"]["branch"]
_ABOVE = frozenset(patterns.data("agency_grammar")["board"]["served"])
_AT: str = patterns.data("agency_grammar")["words"]["at"]
_AT_PLACES = frozenset(_OPEN["at_places"])
_BELONGING = frozenset(patterns.data("agency_grammar")["name"]["belonging"])
_BANK: str = _OPEN["bank"]
_KINDS = frozenset(_OPEN["kinds_of_enterprise"])
_BY_NUMBER = frozenset(fold(h) for h in _OPEN["by_number"])
_MORE_THAN_PLACE = frozenset(fold(h) for h in _OPEN["more_than_place"])
_CLOSE = 0.85  # likeness of the folded names, from which one is the other mistyped
_PROVINCE: dict[Level, None] = {"province": None}


def read_open(tokens: Sequence[Token], i: int, context: Context) -> Reading | None:
    """A head and the capitalised words after it, though no registry knows them."""
    if not tokens[i].text[0].isupper() and not enterprise_opens(tokens, i):
        return None
    found = head_at(tokens, i, OPEN_HEADS)
    if not found or (i and found[0] not in _BY_NUMBER and _leans_back(tokens, i)):
        return None
    head, k = found
    if k >= len(tokens) or is_acronym(tokens[i].text) or tokens[k].fold == tokens[i].fold:
        return None
    if tokens[i].fold != _SCHOOL_HEAD and _is_another_word(tokens, k):
        return None
    if head in _BY_NUMBER and is_number(tokens[k].text):
        end = k + 1
    else:
        first = _first_capital(tokens, i, head, k, context)
        if first is None:
            return None
        end = first if _kind_follows(tokens, first, context) else _open_end(tokens, first, context, head)
    lettered = end == k + 1 and is_acronym(tokens[k].text) and tokens[i].fold != _SCHOOL_HEAD
    if lettered and head not in _LONG_HEADS and head not in _BY_NUMBER:
        return None
    if tokens[i].fold == _SCHOOL_HEAD and end + 1 < len(tokens) and _is_number_of_body(tokens, end + 1):
        end += 2
    if names_nobody(tokens, i, end, context):
        return None
    where = read_place(tokens, end, context)
    name = written(tokens, i, end)
    if meant := _meant(head, name):
        return Reading(i, where.end if where else end, meant, where, resolve(meant, where, context))
    base = _base(head, name)
    return Reading(i, where.end if where else end, base, where, resolve(base, where, context))


def enterprise_opens(tokens: Sequence[Token], i: int) -> bool:
    """Whether an enterprise's name may begin with small letters at a token, by its kind: ``công ty TNHH Sông Mây``."""
    found = head_at(tokens, i, OPEN_HEADS) if tokens[i].fold in _ENTERPRISE_FIRST else None
    if found is None or found[0] not in _LONG_HEADS or found[1] >= len(tokens):
        return False
    return is_acronym(tokens[found[1]].text) and tokens[found[1]].fold in _KINDS


def read_rest(tokens: Sequence[Token], i: int, head: str, context: Context) -> Reading | None:
    """A name that leaves out its head: ``(các Chi cục: Thủy lợi,) Kiểm lâm``."""
    if not tokens[i].text.istitle() or another(tokens, i) or opens_office(tokens, i):
        return None
    end = _open_end(tokens, i, context, head, item=True)
    where = read_place(tokens, end, context)
    base = _base(head, f"{head} {written(tokens, i, end)}")
    return Reading(i, where.end if where else end, base, where, resolve(base, where, context))


def _base(head: str, name: str) -> Base:
    of_province = head in _OF_PROVINCE
    levels = dict(_PROVINCE) if of_province else {}
    return Base(name[0].upper() + name[1:], "always" if of_province else "", levels=levels)


def names_nobody(tokens: Sequence[Token], start: int, end: int, context: Context) -> bool:
    """Whether words are a head without a name of its own: ``Công ty Cổ phần``, ``Trung tâm phường Quế Võ``."""
    board = head_at(tokens, start, BOARD_HEADS)
    found = head_at(tokens, start, OPEN_HEADS)
    if not found or (board and board[1] == end):
        return board is not None and board[1] == end
    head, k = found
    if head in _LONG_HEADS and all(word.fold in _KINDS for word in tokens[k:end]):
        return True
    return head in _MORE_THAN_PLACE and _kind_follows(tokens, k, context)


def _meant(head: str, name: str) -> Base | None:
    """The one office of the registry that a name with a slip of the pen can only mean: ``Sở Sây dựng``."""
    if head not in _OFFICES:
        return None
    bases = registry()[1]
    close = get_close_matches(fold(name), [key for key in bases if key.startswith(f"{head} ")], n=2, cutoff=_CLOSE)
    return bases[close[0]] if len(close) == 1 else None


def _first_capital(tokens: Sequence[Token], i: int, head: str, k: int, context: Context) -> int | None:
    """Where the capitalised part of an open name begins after its head, or a school's place; null where none does."""
    if tokens[i].fold == _SCHOOL_HEAD:
        end = k
        while end < len(tokens) and (tokens[end].fold in _SCHOOL or _is_number_of_body(tokens, end)):
            end += 1
        if end < len(tokens) and (tokens[end].text[0].isupper() or _kind_follows(tokens, end, context)):
            return end
    if tokens[k].text[0].isupper():
        return k
    if head in _OF_PARTS and (part := part_of_commune(tokens, k)):
        named = k + len(part.split())
        return named if named < len(tokens) and tokens[named].text[0].isupper() else None
    if head in _BRIDGING:
        for end in range(k, min(k + int(_OPEN["max_small"]) + 1, len(tokens))):
            if tokens[end].text[0].isupper():
                return end
            if not tokens[end].text[0].isalpha() or stops_at(tokens, end, BOARD_STOPS):
                return None
    return None


def _kind_follows(tokens: Sequence[Token], i: int, context: Context) -> bool:
    where = read_place(tokens, i, context)
    return where is not None and where.form in ("unit", "named")


def _is_another_word(tokens: Sequence[Token], k: int) -> bool:
    """Whether the words after a head make another word of it: ``Hội nghị``, ``Ban Giám đốc``; not ``Vụ Hợp tác``."""
    joined = not tokens[k].text.istitle() and follows(tokens, k, _OPEN["not_before"])
    return joined or follows(tokens, k, _OPEN["never_before"])


def _leans_back(tokens: Sequence[Token], i: int) -> bool:
    """Whether the word before a head makes it part of another name or one of many: ``xã Hội Thượng``, ``các Hội``."""
    before = tokens[i - 1]
    if before.fold in _OPEN["not_after"] or before.fold in UNIT_LEVELS:
        return True
    return i > 1 and before.text[0].isupper() and tokens[i - 2].fold in _OPEN["not_after_name_of"]


def lists_fields(tokens: Sequence[Token], k: int, head: str, context: Context) -> bool:
    """Whether the comma at token ``k`` is one between the fields of a single name."""
    return _list_end(tokens, k, head, context) is not None


def _list_end(tokens: Sequence[Token], k: int, head: str, context: Context) -> int | None:
    """The ``và`` before the last of the fields that a name lists from the comma at token ``k`` on, if it lists them.

    ``Viện Chiến lược, Chính sách tài nguyên và môi trường``; not ``Hội Nông dân, Phụ nữ và Cựu chiến binh``.
    """
    if head in _UNIONS or head in _PROPER or not _is_field(tokens, k + 1, head, context):
        return None
    for m in range(k + 2, min(k + int(_OPEN["max_words_of_field"]) + 2, len(tokens) - 1)):
        if tokens[m].is_and:
            last = tokens[m + 1]
            return None if not last.text[0].isalpha() or another(tokens, m + 1) or opens_office(tokens, m + 1) else m
        if tokens[m].text == ",":
            return _list_end(tokens, m, head, context)
        if not tokens[m].text[0].isalpha() or stops_at(tokens, m, STOPS):
            return None
    return None


def _is_field(tokens: Sequence[Token], k: int, head: str, context: Context) -> bool:
    """Whether a field may be named at token ``k``: no body, office, place, nor the next that leaves out its head."""
    if k >= len(tokens) or not tokens[k].text[0].isupper():
        return False
    if another(tokens, k) or opens_office(tokens, k) or read_place(tokens, k, context):
        return False
    return not (head in _ELLIPTIC and match_name(tokens, k, head))


def _is_number_of_body(tokens: Sequence[Token], k: int) -> bool:
    """Whether the number at a token tells a body from others of its kind."""
    return tokens[k].text.isdigit() and preceded(tokens, k, [_OPEN["number"], *_OPEN["numbered_after"]])


def _is_of_other_kind(tokens: Sequence[Token], k: int) -> bool:
    """Whether a body that is no enterprise is named at a token: ``- Đội Quản lý``, not ``- Chi nhánh Sông Mây``."""
    head = head_at(tokens, k, OPEN_HEADS)
    return match_name(tokens, k) is not None or (head is not None and head[0] not in _LONG_HEADS)


def _parts(tokens: Sequence[Token], k: int, head: str) -> bool:
    """Whether the dash at token ``k`` parts a name from another body's; an office is named with the one above it."""
    if k + 1 >= len(tokens) or head in _BELONGING:
        return False
    return (_is_of_other_kind if head in _LONG_HEADS else _is_above)(tokens, k + 1)


def _is_above(tokens: Sequence[Token], k: int) -> bool:
    """Whether the body above the one named before a dash stands at a token: ``Trung tâm Dữ liệu - Bộ Tài chính``."""
    return tokens[k].fold in _ABOVE and match_name(tokens, k) is not None


def _closes(tokens: Sequence[Token], i: int, end: int) -> bool:
    """Whether a name that begins at token ``i`` is over where small letters follow: after a number, the country."""
    last = tokens[max(i, end - 2) : end]
    if end > i and (last[-1].text[0].isdigit() or last[-1].fold in _CLOSING):
        return True
    words = " ".join(t.text for t in last)
    return end > i + 2 and words.istitle() and (fold(words) in _CLOSING or _is_province(words))


def _is_province(words: str) -> bool:
    return bool(places.find("tỉnh", words) or places.find("thành phố", words))


def _open_end(tokens: Sequence[Token], i: int, context: Context, head: str, *, item: bool = False) -> int:
    """Where an open name ends: at a pause, a stop word, the next agency or place, or after too many small letters.

    The names that are ``item`` of a list end at its commas.
    """
    end, small, last, long = i, 0, -1, head in _LONG_HEADS
    for k in range(i, min(i + int(_OPEN["max_words"]), len(tokens))):
        token = tokens[k]
        if k > i and read_place(tokens, k, context):
            return k if small <= TAIL or not long else end
        if head == _BANK and k > i and follows(tokens, k, [_BRANCH]):
            break
        if k == last or ((token.text in ",/" or token.is_and) and within(tokens, k)):
            end, small = k + 1, 0
            continue
        if token.text == "," and not long and not item and (listed := _list_end(tokens, k, head, context)):
            last = listed
            continue
        if token.text in ",&" or token.is_and:
            new = another(tokens, k + 1) or opens_office(tokens, k + 1)
            if new or not (long or token.is_and):
                break
        if token.text in "-–" and _parts(tokens, k, head):
            break
        if token.text in "-–,&":
            continue
        if token.is_and and joins(tokens, k):
            continue
        if token.fold == _AT and head in _AT_PLACES and any_name(tokens, k + 1, context):
            continue
        joined = k > i and tokens[k - 1].divides and within(tokens, k - 1)
        if not token.text[0].isalnum() or (not joined and stops_at(tokens, k, BOARD_STOPS if long else STOPS)):
            break
        if token.text[0].isdigit() and small and not (head in _BY_NUMBER or _is_number_of_body(tokens, k)):
            break
        if token.text[0].isupper() or token.text[0].isdigit():
            end, small = k + 1, 0
            continue
        if small == 0 and (_closes(tokens, i, end) or (not long and k > i + 1 and opens_deed(tokens, k))):
            break
        small += 1
        named = (long or (head in _PROPER and end > i + 1)) and is_name(tokens, end)
        if named and (not long or stops_at(tokens, k, STOPS) or small > int(_OPEN["max_small_after_name"])):
            break
        if small > int(_OPEN["max_small"]):
            break
        if end == k and not named and (not long or (small <= TAIL and not is_acronym(tokens[end - small].text))):
            end = k + 1
    while end > i + 1 and (not tokens[end - 1].text[0].isalnum() or tokens[end - 1].is_and):
        end -= 1
    return end
