"""Names that lean on a fuller one elsewhere in the same document."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import patterns
from pipeline.annotate.agency_words import Reading
from pipeline.model import Context
from pipeline.resolve.agencies import Named
from pipeline.resolve.places import UNIT_LEVELS, fold

_BOARD = patterns.data("agency_grammar")["board"]
_FORMS = patterns.forms("agency_forms")
_MINISTRY: str = patterns.data("agency_grammar")["name"]["own_ministry"]
_LONG_NAME = 8  # syllables from which two names that differ in tone marks alone are one, mistyped


_OPEN = patterns.data("agency_grammar")["open"]
#: Kinds of enterprise, the longer first, and what shows that a name goes on after one.
_ENTERPRISES = tuple(sorted(_OPEN["long_heads"], key=len, reverse=True))
_NAMED_FURTHER = re.compile(rf"\s+(?:(?i:{'|'.join(_OPEN['kinds_of_enterprise'])})(?!\w)|[^\W\d_a-zà-ỹ])")
_LONGEST_HEAD = 3  # words: Trung tâm, Bệnh viện đa khoa
_FEWEST_INITIALS = 3
_UNSOUNDED = frozenset(_OPEN["unsounded"])
_HEADS = frozenset(_OPEN["heads"])
_PLACE = re.compile(rf"\s(?:{'|'.join(UNIT_LEVELS)})(?!\w)")
_OFFICE = 4  # syllables from which an office's name is its own: Phòng An ninh chính trị
_NEAR = 20  # boards before and after a short mention that are looked at
_MOST_ALIASES = 60


class Found(NamedTuple):
    """A reading with its offsets in the text."""

    start: int
    end: int
    reading: Reading


def settle(found: Sequence[Found], context: Context) -> list[tuple[int, int, Named]]:
    """The spans with their names: boards named in full, open names with their place, one spelling for each."""
    boards: dict[str, list[Found]] = {}
    own: dict[str, Named] = {}  # those named by the issuer's level alone: Ban Chỉ đạo tỉnh
    for f in found:
        if not f.reading.board or f.reading.named is None or f.reading.named.collective:
            continue
        if _has_subject(f.reading):
            boards.setdefault(f.reading.board, []).append(f)
        elif f.reading.where and not f.reading.part and f.reading.named.level == context.level:
            own.setdefault(f.reading.board, f.reading.named)
    readings = [f.reading for f in found]
    placed = {**_longer_names(readings), **_placed_names(readings)}
    spelling: dict[str, str] = {}
    settled = []
    cut = _cut_names([f.reading.named.name for f in found if f.reading.board and f.reading.named])
    for f in found:
        named = f.reading.named
        if f.reading.board and not _has_subject(f.reading):
            named = _full_board(f, boards.get(f.reading.board, []), own.get(f.reading.board), context)
        elif named and f.reading.where is None and not f.reading.base.ids:
            named = placed.get(fold(f.reading.base.name), named)
        if named and f.reading.board:
            named = named._replace(name=cut.get(named.name, named.name))
        if named:
            of_registry = f.reading.base.ids and not named.name.endswith(f" {_MINISTRY}")
            name = named.name if of_registry else _of_issuer(named.name, context)
            settled.append((f.start, f.end, named._replace(name=spelling.setdefault(_sound(name), name))))
    return settled


def _of_issuer(name: str, context: Context) -> str:
    """A board's short name that is the beginning of the issuer's, and an office of the ministry that issues, in full.

    ``Ban Chỉ đạo quốc gia`` of ``Ban Chỉ đạo quốc gia về ...``; ``Văn phòng Bộ``.
    """
    issuer = context.issuer or ""
    if issuer.startswith(f"{_MINISTRY} ") and name.endswith(f" {_MINISTRY}"):
        return name.removesuffix(_MINISTRY) + issuer
    return issuer if issuer.startswith(f"{name} ") else name


def _has_subject(reading: Reading) -> bool:
    national = reading.where is not None and not reading.where.kind and reading.where.form == "unit"
    return national or reading.base.name != f"{reading.part} {reading.board}".strip()


def _full_board(short: Found, boards: Sequence[Found], own: Named | None, context: Context) -> Named | None:
    """What ``Ban Chỉ đạo`` stands for: the last board named in full before it, else the next after, else the issuer.

    One of the centre only where the document names no board of its ``own`` level.
    """
    reading = short.reading
    level = reading.named.level if reading.named and reading.where else None
    here = bisect_left(boards, short.start, key=lambda b: b.start)
    nearest = [*reversed(boards[max(0, here - _NEAR) : here]), *boards[here : here + _NEAR]]
    full = next((b.reading for b in nearest if b.reading.named and level in (None, b.reading.named.level)), None)
    if full is None or full.named is None:
        if (context.issuer or "").startswith(f"{reading.board} ") and level in (None, context.level):
            return Named(f"{reading.part} {context.issuer}".strip(), None, context.level, False)
        known = reading.board in _BOARD["known_alone"] and context.level not in ("central", None)
        alone = known or (reading.where and len(reading.board.split()) > 2)
        return reading.named if alone else None
    if own and reading.where is None and full.named.level == "central":
        return own._replace(name=f"{reading.part} {own.name}".strip(), key=None if reading.part else own.key)
    name = full.named.name.removeprefix(f"{full.part} ")
    return full.named._replace(name=f"{reading.part} {name}".strip(), key=None)


def _longer_names(readings: Sequence[Reading]) -> dict[str, Named]:
    """Offices outside the registry whose name the document once gives with the body that they belong to."""
    by_name = {r.named.name: r.named for r in readings if r.named and not r.named.collective}
    names = sorted(by_name)
    longer: dict[str, Named] = {}
    for short in dict.fromkeys(r.base.name for r in readings if r.named and r.where is None and not r.base.ids):
        first = bisect_right(names, short)
        full = [n for n in names[first : first + 2] if n.startswith(f"{short} ")]
        if len(full) == 1 and len(short.split()) >= _OFFICE:
            longer.setdefault(fold(short), by_name[full[0]])
    return longer


def _cut_names(names: Sequence[str]) -> dict[str, str]:
    """The boards' names that end at a comma where the document elsewhere goes on, with the fuller name."""
    whole = sorted(set(names))
    return {short: full for short, full in pairwise(whole) if full.startswith(f"{short},") and len(short.split()) > 4}


def _placed_names(readings: Sequence[Reading]) -> dict[str, Named]:
    """Names outside the registry that the document places once, and always alike."""
    placed: dict[str, dict[str, Named]] = {}
    for r in readings:
        if r.where and r.named and not r.base.ids and not r.named.collective:
            placed.setdefault(fold(r.base.name), {})[r.named.name] = r.named
    return {name: next(iter(named.values())) for name, named in placed.items() if len(named) == 1}


@lru_cache(maxsize=1 << 10)
def _sound(name: str) -> str:
    """The key under which two spellings of one name meet: without its tone marks where the name is long."""
    folded = " ".join(fold(w) for w in name.split())
    if len(folded.split()) < _LONG_NAME:
        return folded
    return "".join(c for c in unicodedata.normalize("NFD", folded) if not unicodedata.combining(c))


def with_aliases(
    text: str, settled: Sequence[tuple[int, int, Named]], context: Context
) -> list[tuple[int, int, Named]]:
    """The mentions, and the later ones by a short name that the document has given: ``... Sông Mây (SMC)``."""
    names = _addressee_by_kind(settled, context) | _initials(text, settled)
    for _, end, named in settled:
        for form in ("short_name", "acronym"):
            given = _FORMS[form].pattern.match(text, end)
            if given and (form == "acronym" or _distinct(given["alias"])):
                names.setdefault(given["alias"].strip(), (given.start("alias"), named))
    if not names:
        return list(settled)
    spans = {start: (start, end, named) for start, end, named in settled}
    taken = {offset for start, end, _ in settled for offset in range(start, end)}
    longest_first = sorted(list(names)[:_MOST_ALIASES], key=len, reverse=True)
    for m in re.finditer(rf"(?<![\w/.-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w/-])", text):
        if m[0] in _ENTERPRISES and _NAMED_FURTHER.match(text, m.end()):
            continue
        since, named = names[m[0]]
        free = m.start() not in taken and m.end() - 1 not in taken
        same = m.start() in spans and spans[m.start()][1] == m.end() and not spans[m.start()][2].collective
        if (free and m.start() > since) or (same and m.start() >= since):
            spans[m.start()] = (m.start(), m.end(), named)
    return list(spans.values())


def _initials(text: str, settled: Sequence[tuple[int, int, Named]]) -> dict[str, tuple[int, Named]]:
    """The names that a document also gives by their heads and initials: ``Chi cục ATVSTP``."""
    first: dict[str, tuple[int, Named]] = {}
    for start, _, named in settled:
        first.setdefault(named.name, (start, named))
    meant: dict[str, list[tuple[int, Named]]] = {}
    for name, told in first.items():
        for short in _by_initials(name):
            if short in text:
                meant.setdefault(short, []).append(told)
    return {short: told[0] for short, told in meant.items() if len(told) == 1}


@lru_cache(maxsize=1 << 12)
def _by_initials(name: str) -> tuple[str, ...]:
    """The ways to give a name by its head and the first letters of the rest, its place aside."""
    words = _PLACE.split(name, maxsplit=1)[0].split()
    heads = [(" ".join(words[:n]), words[n:]) for n in range(1, min(_LONGEST_HEAD, len(words) - 2) + 1)]
    letters = (
        (head, "".join(w[0].upper() for w in rest if w[0].isalpha() and w not in _UNSOUNDED)) for head, rest in heads
    )
    return tuple(
        f"{head} {initials}" for head, initials in letters if head in _HEADS and len(initials) >= _FEWEST_INITIALS
    )


def _addressee_by_kind(settled: Sequence[tuple[int, int, Named]], context: Context) -> dict[str, tuple[int, Named]]:
    """The one enterprise that a letter is written to by its kind alone: ``đề nghị Công ty thực hiện``."""
    addressed = [said for said in context.addressees if said.startswith(_ENTERPRISES)]
    if len(addressed) != 1:
        return {}
    kind = next(k for k in _ENTERPRISES if addressed[0].startswith(k))
    known = next((named for _, _, named in settled if addressed[0].startswith(named.name)), None)
    return {kind: (0, known)} if known else {}


def _distinct(alias: str) -> bool:
    words = alias.split()
    return alias[:1].isupper() and len(words) < 7 and (len(words) > 1 or (alias.isupper() and len(alias) > 2))
