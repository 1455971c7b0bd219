"""Reading one agency's whole phrase: a known name, a body of a body, a board with its subject, or an open name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import patterns
from pipeline.annotate.agency_boards import read_board
from pipeline.annotate.agency_committees import read_committees
from pipeline.annotate.agency_names import (
    ABBREVIATIONS,
    OF,
    SEPARATORS,
    Base,
    Match,
    Token,
    match_name,
    registry,
    tokens_of,
)
from pipeline.annotate.agency_open import enterprise_opens, lists_fields, read_open
from pipeline.annotate.agency_places import Where, any_name, is_number, read_place
from pipeline.annotate.agency_words import (
    BOARD_HEADS,
    COMMITTEE_PARTS,
    COUNCIL_PARTS,
    OPEN_HEADS,
    PART_HEADS,
    Reading,
    follows,
    head_at,
    preceded,
    skip_abbreviation,
)
from pipeline.model import Context
from pipeline.resolve import local_places, places
from pipeline.resolve.agencies import Named, levelled_kind, resolve
from pipeline.resolve.places import fold

_GRAMMAR = patterns.data("agency_grammar")
_NAME, _BOARD = _GRAMMAR["name"], _GRAMMAR["board"]
_NOT_AFTER: dict[str, list[str]] = _NAME["not_after"]
_NOT_BEFORE: dict[str, list[str]] = _NAME["not_before"]
_NUMBERED = tuple(f"{head} " for head in _GRAMMAR["open"]["numbered"])
_NUMBER: str = _GRAMMAR["open"]["number"]
_ALSO: dict[str, list[str]] = _GRAMMAR["unit_words"]["also"]
_NATIONWIDE = {short: fold(name) for short, name in _NAME["nationwide"].items()}
_REGIONS = tuple(_GRAMMAR["unit_words"]["regions"])
_KNOWN_ALONE = tuple(f"{head} " for head in _BOARD["known_alone"])
_COUNCILS = tuple(_NAME["councils"])
_PARTS: dict[str, str] = {fold(part): part for part in [*_NAME["of_committee"], *_NAME["of_agency"]]}

_BRANCH: str = _NAME["branch"]
_NOWHERE = Context()


def canonical_name(words: str, context: Context = _NOWHERE) -> str | None:
    """The full canonical name of the agency that a phrase names; None where it names none.

    >>> canonical_name("UBND TỈNH ĐẮK LẮK")
    'Ủy ban nhân dân tỉnh Đắk Lắk'
    """
    own = local_places.by_name([*local_places.units_in(words), *local_places.loud_units_in(words)])
    named = read_phrase(words, replace(context, places={**own, **context.places}) if own else context)
    return named.name if named else None


def read_phrase(words: str, context: Context = _NOWHERE) -> Named | None:
    """The agency that a whole phrase names, its office-holder's words aside (``Bộ trưởng Bộ Xây dựng``)."""
    tokens = tokens_of(words)
    for i in range(len(tokens)):
        reading = read(tokens, i, context)
        if reading and reading.named:
            return reading.named
    return None


@cache
def _first_words() -> frozenset[str]:
    """Every word, folded or as written, with which a name or a head may begin."""
    known = {word.removeprefix("=") for word in registry()[0].children}
    heads = {word for heads in (PART_HEADS, BOARD_HEADS, OPEN_HEADS) for word in heads}
    listed = {*_NAME["elliptic"], *(head.split()[0] for head in _NAME["plural_heads"])}
    short = {*ABBREVIATIONS, *_NAME["short_of_agency"], *_BOARD["abbreviations"]}
    return frozenset(known | heads | listed | short)


def beginnings(tokens: Sequence[Token]) -> list[int]:
    """The words with which an agency, or a list of them, may begin: most words of a text are passed over by this."""
    first = _first_words()
    found = [i for i, (text, folded, _, _) in enumerate(tokens) if folded in first or text in first]
    return [i for i in found if tokens[i].text[0].isupper() or _leads_on(tokens, i)]


def _leads_on(tokens: Sequence[Token], i: int) -> bool:
    """Whether a name may begin with a word in small letters: by the word after it, or as the head of a list."""
    if i and tokens[i - 1].is_plural:
        return True
    if enterprise_opens(tokens, i):
        return True
    node = registry()[0].children.get(tokens[i].fold)
    if node is None or i + 1 == len(tokens):
        return False
    after = tokens[i + 1]
    return after.fold in node.children or after.fold in SEPARATORS or not after.text[0].islower()


def read(tokens: Sequence[Token], i: int, context: Context, depth: int = 0) -> Reading | None:
    """The agency whose phrase begins at token ``i``; ``depth`` counts the bodies of which it is one."""
    reading = _read_one(tokens, i, context, depth)
    if reading and reading.where is None and (branch := _branch(tokens, reading, context)):
        return branch
    if reading and reading.where is None and tokens[i].fold in _NAME["belonging"] and depth < _DEEPEST:
        return _belonging(tokens, reading, context, depth) or reading
    return reading


def _branch(tokens: Sequence[Token], bank: Reading, context: Context) -> Reading | None:
    """The branch of a bank or an enterprise: ``Ngân hàng TMCP Công thương chi nhánh Lào Cai``."""
    k = bank.end + (bank.end < len(tokens) and tokens[bank.end].text in "-–")
    if not follows(tokens, k, [_BRANCH]) or bank.base.name.startswith(_BRANCH.capitalize()):
        return None
    where = read_place(tokens, k + 2, context) or _bare_name(tokens, k + 2, "tỉnh", context)
    if where is None or where.form not in ("named", "unit"):
        return None
    base = Base(f"{bank.base.name} - {_BRANCH.capitalize()}", "always")
    return Reading(bank.start, where.end, base, where, resolve(base, where, context))


def _belonging(tokens: Sequence[Token], office: Reading, context: Context, depth: int) -> Reading | None:
    """An office with the body that it is said to belong to: ``Phòng Nội chính thuộc Văn phòng UBND tỉnh``."""
    for words in _NAME["belonging_words"]:
        k = office.end + len(words.split())
        if k < len(tokens) and (not words or follows(tokens, office.end, [words])):
            body = read(tokens, k, context, depth + 1)
            if body and body.named and not body.named.collective:
                name = " ".join([office.base.name, *words.split(), body.named.name])
                named = body.named._replace(name=name, key=None)
                return office._replace(end=body.end, where=body.where, named=named)
    return None


def _read_one(tokens: Sequence[Token], i: int, context: Context, depth: int) -> Reading | None:
    """The agency that begins at a token, by the reading that reaches farthest."""
    if committees := read_committees(tokens, i):
        return committees
    match = match_name(tokens, i)
    if match and _denied(tokens, i, match, inner=depth > 0):
        return None
    known = _read_known(tokens, i, match, context) if match else None
    if not tokens[i].text[0].isupper():  # only what the registry knows may begin in small letters, or an enterprise
        return known or (read_open(tokens, i, context) if _leads_on(tokens, i) else None)
    inner = _read_of_agency(tokens, i, context, depth) if depth < _DEEPEST else None
    if inner and (known is None or inner.end > known.end):
        return inner
    board = None if known and _is_whole(known) else read_board(tokens, i, context)
    if board and (known is None or board.end > known.end):
        return board
    opened = read_open(tokens, i, context) if known is None or _may_go_on(tokens, known, context) else None
    return opened if opened and (known is None or opened.end > known.end) else known


def _is_whole(known: Reading) -> bool:
    """Whether nothing may follow a known name: it carries its unit's kind, has one, or is a board of the nation."""
    if levelled_kind(known.base.name) is not None or _is_nations(known.base):
        return True
    return known.where is not None and known.where.form != "tier"


def _is_nations(base: Base) -> bool:
    """Whether a name is the long one of a single board of the centre."""
    return base.place == "" and list(base.levels) == ["central"] and len(base.name.split()) > _LONG


def _may_go_on(tokens: Sequence[Token], known: Reading, context: Context) -> bool:
    """Whether a name that the registry knows may only begin a longer one, by what follows it.

    ``Trung tâm Bảo trợ xã hội và Công tác xã hội tỉnh``, ``Vụ Khoa học công nghệ, Đào tạo và Môi trường``; not ``Sở Tài
    chính và Nội vụ``, where the head is left out.
    """
    if known.where or known.end >= len(tokens):
        return False
    head = tokens[known.start].fold
    if head in _NAME["open_lists"] and not (known.start and tokens[known.start - 1].is_plural):
        return tokens[known.end].text == "," and lists_fields(tokens, known.end, head, context)
    if head in _NAME["elliptic"]:
        return head in _NAME["belonging"] and _has_second_field(tokens, known.end)
    return known.named is None or tokens[known.end].divides


def _has_second_field(tokens: Sequence[Token], k: int) -> bool:
    """Whether a dash leads on to the rest of a name: ``Phòng Lao động - Tiền lương``, not ``- Cơ quan Thường trực``."""
    if k + 1 >= len(tokens) or tokens[k].text not in "-–" or not tokens[k + 1].text.istitle():
        return False
    return not follows(tokens, k + 1, _NAME["said_of_body"])


def _denied(tokens: Sequence[Token], i: int, match: Match, *, inner: bool) -> bool:
    """Whether the words beside a name make it another thing: ``đại biểu Quốc hội``, ``cán bộ Công an``.

    The words before the ``inner`` name of a body's part belong to that: ``Tổ đại biểu Hội đồng nhân dân``.
    """
    name = match.base.name
    if tokens[i].text[0].islower() and preceded(tokens, i, _NAME["compound"].get(tokens[i].fold, ())):
        return True
    if preceded(tokens, i, _NAME["longer_head"].get(tokens[i].fold, ())):
        return True
    before = [*_NAME["titles"], *(() if inner else _NOT_AFTER.get(name, ()))]
    return preceded(tokens, i, before) or follows(tokens, match.end, _NOT_BEFORE.get(name, ()))


def _read_known(tokens: Sequence[Token], i: int, match: Match, context: Context) -> Reading | None:
    base, end = match
    shown = any(t.text[0].isupper() for t in tokens[i:end])
    if not shown and base.name not in _NAME["sharing"] and len(base.name.split()) < _NAME["long_enough"]:
        return None
    end = skip_abbreviation(tokens, end)
    base, end = _numbered(base, tokens, end, context)
    where = _place_of(base, tokens, end, context)
    if not shown and (where is None or where.form not in ("class", "tier")):
        return None  # in small letters only those of many units: đảng ủy các xã, phường
    if where is None:
        words = " ".join(t.fold for t in tokens[i : match.end])
        if words in _NAME["slips"]:
            return None
        if words in _NATIONWIDE and context.level != "commune":
            return Reading(i, end, base, None, resolve(registry()[1][_NATIONWIDE[words]], None, context))
    many = where is None and bool(base.place) and i > 0 and tokens[i - 1].is_plural
    if many and (context.level == "central" or tokens[i].fold not in _NAME["elliptic"]):
        return Reading(i, end, base, None, None)  # those of many places: các Sở Xây dựng, các Trạm Y tế
    alone = base.name.startswith(_KNOWN_ALONE)
    board = next(head[:-1] for head in _KNOWN_ALONE if base.name.startswith(head)) if alone else ""
    return Reading(i, where.end if where else end, base, where, resolve(base, where, context), board)


def _numbered(base: Base, tokens: Sequence[Token], i: int, context: Context) -> tuple[Base, int]:
    """A body told apart by its number from others of its kind: ``Đội Quản lý thị trường số 3``, ``Thuế cơ sở 2``."""
    told = base.name.startswith(_NUMBERED) and follows(tokens, i, [_NUMBER])
    k = i + told
    if not told and not fold(base.name).endswith(_REGIONS):
        return base, i
    if not told and (name := any_name(tokens, k, context)):
        return replace(base, name=f"{base.name} {name[0]}", ids={}), name[1]
    if k >= len(tokens) or not is_number(tokens[k].text) or (k + 1 < len(tokens) and tokens[k + 1].text in "/-"):
        return base, i
    return replace(base, name=" ".join([base.name, *([_NUMBER] if told else []), tokens[k].text]), ids={}), k + 1


def _place_of(base: Base, tokens: Sequence[Token], i: int, context: Context) -> Where | None:
    kind = levelled_kind(base.name)
    if (kind or base.place == "bare" or "province" in base.levels) and (
        bare := _bare_name(tokens, i, kind or "tỉnh", context)
    ):
        return bare
    where = read_place(tokens, i, context)
    if where is None and not kind and "district" in base.levels and (base.place != "must" or len(base.levels) > 1):
        where = _bare_name(tokens, i, "huyện", context)
    if where is None and "khu vực" in base.ids and follows(tokens, i, ["khu vực"]):
        return Where("region", "khu vực", "", "", i + 2)
    if where and kind and where.form != "named":
        return None
    if where and where.form in ("class", "tier") and base.place == "" and list(base.levels) == ["central"]:
        return None
    if base.name in _NAME["of_no_place"]:
        return None
    return where


def _bare_name(tokens: Sequence[Token], i: int, kind: str, context: Context) -> Where | None:
    """A place named without its kind, as in ``Tỉnh ủy Lào Cai``: only one that the table or the document knows."""
    best: Where | None = None
    for k in range(i, min(i + 6, len(tokens))):
        if tokens[k].text not in ("-", "–") and not tokens[k].text[0].isupper():
            break
        name = " ".join(t.text for t in tokens[i : k + 1])
        for each in (kind, *_ALSO.get(kind, ())):
            known = _known_unit(each, name, context) if tokens[k].text[0].isupper() else None
            if known:
                best = Where("named", known, each, known, k + 1)
                break
    return best


def _known_unit(kind: str, name: str, context: Context) -> str | None:
    found = places.find(kind, name)
    return found[0].name if found else local_places.name_in(context.places, kind, name)


_DELEGATES = fold(_NAME["delegates"])
_LONG = 8  # syllables
_DEEPEST = 2  # a part of a part of a body; deeper is no name


def _parts_of_council(tokens: Sequence[Token], i: int, context: Context, depth: int) -> Reading | None:
    """All bodies of one kind of a council: ``các Ban HĐND tỉnh``, ``các Tổ đại biểu HĐND huyện``.

    Its groups of delegates are said together with these: ``các Tổ đại biểu và các đại biểu HĐND tỉnh``.
    """
    found = head_at(tokens, i, COUNCIL_PARTS)
    several = i > 0 and tokens[i - 1].is_plural
    if not found or not (several or found[0] == _DELEGATES):
        return None
    of = follows(tokens, found[1], [OF])
    beside = next((w for w in _NAME["beside_delegates"] if follows(tokens, found[1], [w])), "")
    inner = read(tokens, found[1] + of + len(beside.split()), context, depth + 1)
    if not inner or not inner.named or not inner.base.name.startswith(_COUNCILS):
        return None
    head = next(h for h in _NAME["parts_of_council"] if fold(h) == found[0]) + (f" {OF}" if of else "")
    head = f"Các {head}" if several else head
    base = Base(f"{head} {inner.base.name}", inner.base.place, levels=inner.base.levels)
    named = inner.named._replace(name=f"{head} {inner.named.name}", key=None, collective=True)
    return Reading(i, found[1] if beside else inner.end, base, inner.where, named)


def _part_at(tokens: Sequence[Token], i: int) -> tuple[str, int] | None:
    """The head of a part of a body, and the token after it; some are those of a committee of the Party alone."""
    found = head_at(tokens, i, PART_HEADS)
    if not found and (found := head_at(tokens, i, COMMITTEE_PARTS)) and not _is_committee(tokens, found[1]):
        return None
    return (_PARTS[found[0]], found[1]) if found else None


def _is_committee(tokens: Sequence[Token], i: int) -> bool:
    match = match_name(tokens, i) if i < len(tokens) else None
    return match is not None and (match.base.name in _NAME["own_short"] or levelled_kind(match.base.name) is not None)


def _read_of_agency(tokens: Sequence[Token], i: int, context: Context, depth: int) -> Reading | None:
    """A body of another: ``Văn phòng UBND tỉnh``, ``Thường trực Ban Chỉ đạo``, ``TT HĐND huyện``."""
    short = _NAME["short_of_agency"].get(tokens[i].text)
    if short:
        head, k = short, i + 1
        if k < len(tokens) and tokens[k].text in "./":
            k += 1
    else:
        if councils := _parts_of_council(tokens, i, context, depth):
            return councils
        found = _part_at(tokens, i)
        if not found:
            return None
        head, k = found
        if preceded(tokens, i, _NAME["no_part_after"].get(head, ())):
            return None
    if k >= len(tokens) or not tokens[k].text[0].isupper():
        return None
    inner = read(tokens, k, context, depth + 1)
    if not inner or not inner.named or inner.base.name in _NAME["no_part_of"].get(head, ()):
        return None
    base = Base(f"{head} {inner.base.name}", inner.base.place, levels=inner.base.levels)
    named = inner.named._replace(name=f"{head} {inner.named.name}", key=None)
    return Reading(i, inner.end, base, inner.where, named, inner.board, f"{head} {inner.part}".strip())
