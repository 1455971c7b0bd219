"""Boards and councils (``Ban Chỉ đạo``, ``Tổ công tác``): a head, a subject, and the unit that they serve."""

from __future__ import annotations

from collections.abc import Sequence

import patterns
from pipeline.annotate.agency_names import OF, Base, Token, match_name
from pipeline.annotate.agency_places import Where, read_place
from pipeline.annotate.agency_words import (
    BOARD_HEADS,
    BOARD_STOPS,
    STOPS,
    TAIL,
    Reading,
    acts,
    another,
    follows,
    head_at,
    is_acronym,
    is_name,
    joins,
    opens_deed,
    part_of_commune,
    preceded,
    skip_abbreviation,
    stops_at,
    within,
    written,
)
from pipeline.model import Context, Level
from pipeline.resolve import places
from pipeline.resolve.agencies import Named, resolve
from pipeline.resolve.places import fold

_BOARD = patterns.data("agency_grammar")["board"]
_ANY_LEVEL: dict[Level, None] = {"province": None, "district": None, "commune": None}
_KIND_OF_BOARD = 2  # words that only tell of what kind a board is: Ban Quản lý dự án
_FOR_A_TIME = tuple(f"{head} " for head in _BOARD["for_a_time"])
_STANDING = tuple(_BOARD["standing"])
_NUMBER: str = patterns.data("agency_grammar")["open"]["number"]
_NATIONS = [_BOARD["nation"], *_BOARD["national_first"]]
_OF_NATION = (f" {_BOARD['nation']}", *(f" {words}" for words in _BOARD["national_first"]))
_ENDS = BOARD_STOPS | STOPS
_QUOTES = frozenset('“”"')
_SENTENCE_SIGNS = frozenset(';:.()[]“”"|…/')


def read_board(tokens: Sequence[Token], i: int, context: Context) -> Reading | None:
    if short := _BOARD["abbreviations"].get(tokens[i].text):
        head, k = fold(short), i + 1
    else:
        found = head_at(tokens, i, BOARD_HEADS)
        if not found or not tokens[i].text[0].isupper():
            return None
        head, k = found
    board = next(h for h in _BOARD["heads"] if fold(h) == head)
    k = skip_abbreviation(tokens, k)
    named_by = _number_end(tokens, k)
    if named_by == k and (whole := _of_body(tokens, i, k, board, context)):
        return whole
    if named_by > k and follows(tokens, named_by, [_BOARD["nation"]]):  # Ban Chỉ đạo 389 quốc gia
        end, where = named_by + len(_BOARD["nation"].split()), None
    else:
        end, where = _below_communes(tokens, k, board) or _subject(tokens, named_by, context)
    if where is None and not (
        _opens_subject(tokens, named_by) or (board in _BOARD["own_names"] and _leads_to_name(tokens, k))
    ):
        end = named_by
    if end == k and where is None and board not in _BOARD["known_alone"] and _is_of_unknown_kind(tokens, k):
        return None
    first, stop = k, where.end if where else end
    if where and where.kind and end == k and _subject_follows(tokens, where.end):
        first = where.end  # Ban Chỉ đạo của tỉnh về phát triển khoa học, công nghệ: its subject comes after the place
        end, _ = _subject(tokens, first, context, inner=True)
        stop = end
    subject = written(tokens, first, end)
    if (not subject or board.startswith(_FOR_A_TIME)) and where is None and preceded(tokens, i, _BOARD["set_up"]):
        return Reading(i, k, Base(board, ""), None, None)
    shouted = "".join(t.text for t in tokens[first:end]).isupper()
    name = f"{board} {subject.lower() if shouted else subject}".strip()
    base = Base(name, "always", levels=_ANY_LEVEL)
    if where is None and end > k and (served := _served(tokens, end, context)):
        body, named = served
        named = named._replace(name=f"{name} {named.name}", key=None)
        return Reading(i, body, Base(named.name, ""), None, named, board)
    several = i > 0 and tokens[i - 1].is_plural
    if where is None:
        alone = _unplaced(tokens[k:end], board, base, context, several=several)
        return Reading(i, stop, base, where, alone, board)
    if where.form == "unit" and not where.kind:
        return Reading(i, stop, base, where, Named(f"{base.name} {where.words}", None, "central", False), board)
    return Reading(i, stop, base, where, resolve(base, where, context), board)


def _number_end(tokens: Sequence[Token], k: int) -> int:
    """The token after a board's number, ``k`` where it has none: ``Ban Chỉ đạo 138``, ``Đoàn kiểm tra số 6``."""
    numbered = k + follows(tokens, k, [_NUMBER])
    return numbered + 1 if numbered < len(tokens) and tokens[numbered].text.isdigit() else k


def _is_of_unknown_kind(tokens: Sequence[Token], k: int) -> bool:
    """Whether words after a head tell another board of it, not what the board named before does: ``Hội đồng thuốc``."""
    return k < len(tokens) and tokens[k].text.islower() and not stops_at(tokens, k, _ENDS)


def _subject_follows(tokens: Sequence[Token], k: int) -> bool:
    """Whether a board's subject opens with ``về`` behind the body or the place whose board it is."""
    return follows(tokens, k, _BOARD["after_place"]) and tokens[k].text.islower()


def _of_body(tokens: Sequence[Token], i: int, k: int, board: str, context: Context) -> Reading | None:
    """The board of a body that is named before its subject: ``Ban Chỉ đạo của Bộ Y tế về chuyển đổi số``."""
    if not follows(tokens, k, [OF]) or k + 1 >= len(tokens) or not (match := match_name(tokens, k + 1)):
        return None
    where = read_place(tokens, match.end, context)
    body = resolve(match.base, where, context)
    end = where.end if where else match.end
    if body is None or body.collective or not (board in _BOARD["known_alone"] or _subject_follows(tokens, end)):
        return None
    name = f"{board} {OF} {body.name}"
    if _subject_follows(tokens, end):
        first = end
        end, _ = _subject(tokens, first, context, inner=True)
        name = f"{name} {written(tokens, first, end)}".strip()
    return Reading(i, end, Base(name, ""), None, body._replace(name=name, key=None), board)


def _unplaced(tokens: Sequence[Token], board: str, base: Base, context: Context, *, several: bool) -> Named | None:
    """What a board with a subject, told by its tokens, means without a place; ``several`` if it is one of many."""
    subject = base.name.removeprefix(board).lstrip()
    if follows(tokens, 0, [_BOARD["nation"]]) or _is_of_nation(subject):
        return Named(base.name, None, "central", False)
    if _ends_in_place(tokens) or (board in _BOARD["own_names"] and _is_own(tokens)):
        return Named(base.name, None, None, False)
    if fold(subject) in _BOARD["any_subject"] or not (subject or board in _BOARD["known_alone"]):
        return None
    if several and not _tells_apart(board, subject):
        return None
    if context.level == "central":
        return None if several or not _tells_apart(board, subject) else Named(base.name, None, "central", False)
    return resolve(base, None, context)


def _tells_apart(board: str, subject: str) -> bool:
    """Whether a subject is that of one standing board, not of many: no ``Ban Quản lý dự án``."""
    return not subject.removeprefix(f"{_NUMBER} ").islower() or (
        board.startswith(_STANDING) and len(subject.split()) > _KIND_OF_BOARD
    )


def _served(tokens: Sequence[Token], i: int, context: Context) -> tuple[int, Named] | None:
    """The ministry or department right after a subject, whose board it is (``Ban Chỉ đạo 35 Tỉnh ủy``), and its end."""
    if i >= len(tokens) or tokens[i].fold not in _BOARD["served"] or not tokens[i].text[0].isupper():
        return None
    match = match_name(tokens, i)
    where = read_place(tokens, match.end, context) if match else None
    named = resolve(match.base, where, context) if match else None
    if match is None or named is None or named.collective:
        return None
    return where.end if where else match.end, named


def _is_of_nation(subject: str) -> bool:
    """Whether a subject ends with the nation or the State, whose the board then is: ``phòng thủ dân sự quốc gia``."""
    folded = fold(subject)
    return folded.endswith(_OF_NATION) and not folded.endswith(tuple(_BOARD["not_of_nation"]))


def _is_own(tokens: Sequence[Token]) -> bool:
    """Whether a subject ends in a name or a number of its own: ``Khu kinh tế Đông Nam``, ``dự án 2``."""
    return bool(tokens) and (is_name(tokens, len(tokens)) or tokens[-1].text.isdigit())


def _ends_in_place(tokens: Sequence[Token]) -> bool:
    """Whether a subject's last words are a place's name, so that no other is to be added."""
    end = len(tokens)
    names = (" ".join(t.text for t in tokens[k:]) for k in range(max(0, end - 4), end))
    return any(name[0].isupper() and (places.find("tỉnh", name) or places.find("huyện", name)) for name in names)


def _opens_subject(tokens: Sequence[Token], i: int) -> bool:
    """Whether the words after a board's head are its subject, though no place follows them."""
    if i >= len(tokens):
        return False
    return (tokens[i].text[0].isupper() and not tokens[i].text.isupper()) or follows(tokens, i, _BOARD["openings"])


def _leads_to_name(tokens: Sequence[Token], i: int) -> bool:
    """Whether words in small letters lead to a proper name: ``hồ Hoàn Kiếm``."""
    for k in range(i, min(i + TAIL, len(tokens))):
        if tokens[k].text[0].isupper():
            return k > i and not is_acronym(tokens[k].text)
        if not tokens[k].text[0].isalpha() or stops_at(tokens, k, BOARD_STOPS):
            return False
    return False


def _subject(tokens: Sequence[Token], i: int, context: Context, *, inner: bool = False) -> tuple[int, Where | None]:
    """Where a board's subject ends, and the place after it: the whole run to the place, else to the first pause."""
    listing = follows(tokens, i, _BOARD["listing"])
    pause: int | None = None
    limit = min(i + int(_BOARD["max_words"]), len(tokens))
    quoted = 0
    for k in range(i, limit):
        token = tokens[k]
        if k >= quoted:
            quoted = max(_quote_end(tokens, k), _symbol_end(tokens, k), _tier_end(tokens, k, context))
        if k < quoted:
            continue
        if where := _board_place(tokens, k, context, first=k == i):
            return k, where if inner else _with_subject(tokens, where, context)
        if token.text == "(" and k > i + 1 and follows(tokens, k + 1, _BOARD["short_form"]):
            return k, None
        if token.text in _SENTENCE_SIGNS or (k > i and _ends_subject(tokens, i, k)):
            return (pause if pause is not None else k), None
        if stops_at(tokens, k, BOARD_STOPS) and not (k > i and preceded(tokens, k, _BOARD["carry_on"])):
            return (pause if pause is not None else k), None
        if pause is None and k > i + 1 and acts(tokens, k):
            pause = k
        if token.is_and and listing:
            listing, pause = False, None
        elif pause is None and _pauses(tokens, k):
            pause = k
    if pause is None:
        pause = limit if limit == len(tokens) else i
    return pause, None


def _ends_subject(tokens: Sequence[Token], i: int, k: int) -> bool:
    """Whether what begins at token ``k`` is outside a subject that begins at ``i``: another body, its own first words.

    ``(Hội đồng) thẩm định Nhà nước | thẩm định hồ sơ``, ``(Ban Chỉ đạo) về chuyển đổi số | về đẩy mạnh``.
    """
    if k > i + 1 and (opens_deed(tokens, k) or (_is_told(tokens, i, k) and acts(tokens, k))):
        return True
    if tokens[k].fold == tokens[i].fold and tokens[k].text.islower():
        once = follows(tokens, i, _BOARD["after_place"])
        return once or (k > i + 2 and [t.fold for t in tokens[k : k + 2]] == [t.fold for t in tokens[i : i + 2]])
    return another(tokens, k)


def _is_told(tokens: Sequence[Token], i: int, k: int) -> bool:
    """Whether a subject may be over: it begins like a title or with ``về``, or ends with the nation or the State."""
    return tokens[i].text[0].isupper() or follows(tokens, i, _BOARD["after_place"]) or preceded(tokens, k, _NATIONS)


def _pauses(tokens: Sequence[Token], k: int) -> bool:
    return (tokens[k].text == "," or (tokens[k].is_and and not joins(tokens, k))) and not within(tokens, k)


def _symbol_end(tokens: Sequence[Token], k: int) -> int:
    """The token after the symbol of a document that begins at token ``k``: ``57-NQ/TW``; else 0."""
    end = k + 1
    if not tokens[k].text[0].isdigit():
        return 0
    while end + 1 < len(tokens) and tokens[end].text in "-–/" and tokens[end + 1].text[0].isupper():
        if tokens[end - 1].end != tokens[end].start or tokens[end].end != tokens[end + 1].start:
            break
        end += 2
    return end if end > k + 1 else 0


def _tier_end(tokens: Sequence[Token], k: int, context: Context) -> int:
    """The token after a tier that a subject itself is about: ``đơn vị hành chính cấp xã``; else 0."""
    where = read_place(tokens, k, context) if preceded(tokens, k, _BOARD["own_tiers"]) else None
    return where.end if where and where.form in ("tier", "class") else 0


def _quote_end(tokens: Sequence[Token], k: int) -> int:
    """The token after the quotation that opens at token ``k``, such as a movement's name in a subject; else 0."""
    if tokens[k].text not in _QUOTES:
        return 0
    closing = (m for m in range(k + 1, min(k + int(_BOARD["max_words"]), len(tokens))) if tokens[m].text in _QUOTES)
    return next(closing, -1) + 1


def _board_place(tokens: Sequence[Token], i: int, context: Context, *, first: bool) -> Where | None:
    for words in _BOARD["national"] + (_BOARD["national_first"] if first else []):
        short = words.isupper() and not preceded(tokens, i, _BOARD["not_before_national"])
        if (short and tokens[i].text == words) or (not words.isupper() and follows(tokens, i, [words])):
            return Where(
                "unit", _BOARD["national_shown"].get(words, words.capitalize()), "", "", i + len(words.split())
            )
    if tokens[i].fold == OF:
        where = read_place(tokens, i + 1, context)
        return where if where and where.form in ("unit", "named") else None
    return read_place(tokens, i, context)


def _below_communes(tokens: Sequence[Token], i: int, board: str) -> tuple[int, Where] | None:
    """The subject and parts of communes of the boards there: ``Mặt trận các thôn, khu phố``, ``Mặt trận ở thôn``."""
    for subject in _BOARD["below_communes"]["boards"].get(board, []):
        if follows(tokens, i, [subject]):
            end = i + len(subject.split())
            where = _parts_of_communes(tokens, end)
            return (end, where) if where else None
    return None


def _parts_of_communes(tokens: Sequence[Token], i: int) -> Where | None:
    known = _BOARD["below_communes"]
    opened = next((words for words in known["opened"] if follows(tokens, i, [words])), "")
    kinds: list[str] = []
    k = end = i + len(opened.split())
    while kind := part_of_commune(tokens, k):
        kinds.append(kind)
        end = k + len(kind.split())
        if end >= len(tokens) or not tokens[end].divides:
            break
        k = end + 1
    named = not opened and end < len(tokens) and tokens[end].text[0].isupper()
    return Where("class", f"các {', '.join(kinds)}", "", "", end) if kinds and not named else None


def _with_subject(tokens: Sequence[Token], where: Where, context: Context) -> Where:
    """A national board's place with the subject that follows it: ``Trung ương về phát triển khoa học và công nghệ``."""
    if where.kind or where.form != "unit" or not _opens_subject(tokens, where.end):
        return where
    end, place = _subject(tokens, where.end, context, inner=True)
    if place or end == where.end:
        return where
    subject = written(tokens, where.end, end)
    return where._replace(words=f"{where.words} {subject.lower() if subject.isupper() else subject}", end=end)
