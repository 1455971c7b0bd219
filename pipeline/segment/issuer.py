"""Who issues: from the lines of a letterhead, or where that is missing from the text, to one canonical name."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import pairwise

import patterns
from pipeline import layout
from pipeline.annotate.agency_phrases import canonical_name
from pipeline.phrases import opens_with
from pipeline.resolve.joint import are_peers, bodies_of
from pipeline.segment.lines import Line, form, is_capital

_MOST_PREAMBLE = 25
_SHORTEST = 2  # letters: an abbreviation of so few is also a word in capitals
_VOWELS = frozenset("AEIOUY")
_BLANKS = re.compile(r"[.…_]{3,}")
_TELLS, _SPEAKS, _LEADS, _ENDS = range(4)  # how surely a sentence is the issuer's own, by where it stands
_LONGEST_REST = 5  # words of a place or a number; more are the motto of the other column


@cache
def _words(name: str) -> tuple[str, ...]:
    return tuple(patterns.data("header")["agency"][name])


def _word(name: str) -> str:
    return str(patterns.data("header")["agency"][name])


def issuer_of(lines: list[str], joint: bool = False) -> str | None:
    """The issuer that the lines of a letterhead name, superior first, completed with the superior's place.

    Bodies of one rank that a dash joins issue together, those of a ``joint`` document also where they stand one below
    the other: their names are joined with dashes.
    """
    names = _names(lines)
    if not names:
        return None
    while joint and len(names) > 1 and _together(names[-2], names[-1]):
        names[-2:] = [f"{names[-2]} - {names[-1]}"]
    if len(names) > 1 and names[-1].upper() in _words("mottoes"):
        names.pop()
    *others, own = bodies_of(names[-1])
    superiors = names[:-1]
    issuer = _issuer(own, superiors)
    return " - ".join([*(canonical(name) or name for name in others), issuer or own]) if others else issuer


def _together(first: str, second: str) -> bool:
    """Whether two names of a joint document are of bodies that issue it, not the second of an office of the first."""
    return are_peers(first, second) and (first.split()[0] != second.split()[0] or not _place_in(first))


def _issuer(own: str, superiors: list[str]) -> str | None:
    """The canonical name of one body below its superiors."""
    if not superiors and opens_with(own, _words("units")) and not opens_with(own, _words("heads")):
        own = f"{_word('committee')} {own}"  # the line above that names the committee is lost
    if superiors and (organ := opens_with(own, _words("inner"))):
        rest = own[len(organ) :].strip()
        if rest.upper() in _words("committees") and (place := _place_in(superiors[-1])):
            return canonical(f"{own} {place.split(' ', 1)[-1]}")
        if not rest or opens_with(rest, _words("units")):
            # "ĐOÀN TNCS HỒ CHÍ MINH" / "BAN CHẤP HÀNH TỈNH LÀO CAI": the organ, its body, the place.
            body = superiors[-1].removeprefix(_word("centre")) if rest else superiors[-1]
            return canonical(f"{own[: len(organ)]} {body} {rest}")
    if superiors and opens_with(own, _words("branches")):
        return _branch(own, superiors[-1])
    if (
        superiors
        and superiors[-1].upper() in _words("central")
        and (board := canonical_name(f"{own} {_word('centre')}"))
    ):
        return board
    if superiors and own.upper() in _words("alone") and (place := _place_in(superiors[-1])):
        return canonical(f"{own} {place}")
    if superiors and opens_with(own, _words("boards")) and opens_with(superiors[-1], _words("councils")):
        board = canonical(f"{own} {superiors[-1]}") or ""
        return board if opens_with(board, _words("boards")) else f"{canonical(own)} {canonical(superiors[-1])}"
    if superiors and (opens_with(own, _words("placed")) or own.upper().endswith(_words("bare_ends"))):
        own = _placed(own, superiors)
    return canonical(own)


def _branch(own: str, whole: str) -> str:
    """The branch of a bank or an enterprise: ``Ngân hàng Nhà nước Việt Nam - Chi nhánh Khu vực 3``."""
    name = canonical(f"{whole} {own}") or ""
    if _words("branches")[0] in name.upper():
        return name
    return f"{canonical(whole)} - {_in_small_letters(own) if is_capital(own) else own}"


def _names(lines: list[str]) -> list[str]:
    """The lines grouped into names: a line that opens with a body's first word begins one, others go on."""
    names: list[str] = []
    for words in (part for line in lines for part in _parted(_BLANKS.sub(" ", line.replace(":", " ")))):
        if not words or opens_with(words, _words("sessions")):
            continue
        goes_on = names and (
            names[-1].upper().endswith(tuple(f" {j}" for j in _words("joints")))
            or names[-1][-1] in "-–,"
            or (len(names) == 1 and names[0].upper() in _words("organs"))
        )
        if names and (goes_on or not opens_with(words, _words("heads"))):
            names[-1] = f"{names[-1]} {words}"
        elif not names or words.upper() != names[-1].upper():
            names.append(words)
    return [name.rstrip(" -–,") for name in names]


def _parted(line: str) -> list[str]:
    """A line of a letterhead, taken apart where a body and an office of it have run together."""
    words = " ".join(line.strip(" */—_.;").lstrip("-–, ").split())
    if opens_with(words, _words("above")):
        for gap in re.finditer(r" (?:[-–] )?(?=\w)", words):
            above, below = words[: gap.start()], words[gap.end() :]
            office = opens_with(below, _words("below")) and " " in below and not are_peers(above, below)
            if office and _is_whole(above):
                return [above, below]
    return [words]


def _is_whole(above: str) -> bool:
    """Whether words name a body to their end; a committee with its place."""
    name = canonical_name(above)
    if not name or _left_out(above, name):
        return False
    return bool(_place_in(above)) or not name.startswith(canonical_name(_word("committee")) or name)


def _placed(own: str, superiors: list[str]) -> str:
    """An office's name with its superior's place, unless it has one of its own."""
    for superior in reversed(superiors):
        if opens_with(superior, _words("committees")) or own in _words("bare"):
            return f"{own} {superior}"
        place = _place_in(superior) or _place_in(canonical(superior) or "")
        if place:
            mine = _place_in(own, bare=True)
            if mine is None:
                return f"{own} {place}"
            return own if mine != mine.split(" ")[0] and mine not in _words("units") else own[: -len(mine)] + place
    return own


def _place_in(name: str, bare: bool = False) -> str | None:
    """The unit at the end of a name (``TỈNH LÀO CAI``); ``bare`` also finds one that lacks its name (``TỈNH``)."""
    units = "|".join(re.escape(u) for u in sorted(_words("units"), key=len, reverse=True))
    tail = r"(?:\s+\S.*)?" if bare else r"\s+\S.*"
    found = None
    for m in re.finditer(rf"(?:(?<=\s)|^)(?:{units})(?={tail}$)", name, re.IGNORECASE):
        # "XÃ HỘI" is no commune, nor is "TỈNH ỦY" a province.
        if not re.match(r"\S+\s+(?:HỘI|ỦY|UỶ|ĐOÀN)\b", name[m.start() :].upper()):
            found = m
            break
    return name[found.start() :] if found else None


def issuer_in_text(lines: list[Line], first: int, last: int) -> str | None:
    """The issuer that speaks between two lines: in the preamble (``UBND huyện X báo cáo ... như sau``) or at the end.

    Null where none does.
    """
    voices: list[tuple[int, str]] = []
    for line in lines[first : min(last, first + _MOST_PREAMBLE)]:
        if form("label").match(line.text):
            break
        # The last clause that issues is the document's own: "Căn cứ ..., UBND huyện X báo cáo ... như sau:"
        if found := _voices(line):
            # What another has done is told without a colon: "Thủ tướng Chính phủ đã ban hành Chỉ thị".
            told = bool(found[-1]["done"])
            rank = (_SPEAKS if told else _LEADS) if line.text.rstrip().endswith(":") else _TELLS if told else _SPEAKS
            voices.append((rank, found[-1]["issuer"]))
    if last > first and (found := _voices(lines[last - 1])) and found[0].start() == 0 and not found[0]["done"]:
        voices.append((_ENDS, found[0]["issuer"]))
    if not voices:
        return None
    name = canonical(max(voices, key=lambda voice: voice[0])[1])
    whole = (canonical(other) or "" for _, other in voices)
    return next((other for other in whole if name and other.lower().startswith(f"{name.lower()} ")), name)


def _voices(line: Line) -> list[re.Match[str]]:
    """The clauses of a line that tell who issues something."""
    return [m for m in form("self_issue").finditer(line.text) if not is_capital(m["issuer"])]


def authority_in(lines: list[Line], first: int) -> str | None:
    """The body named between title and căn cứ of a decision: ``CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH ...``."""
    for line in lines[first : first + 3]:
        m = layout.find("authority", line.text)
        if m and is_capital(line.text) and not line.text.endswith(":"):
            return canonical(line.text[m.end() :])
    return None


def has_place(name: str) -> bool:
    """Whether a name ends with the unit whose body it is: ``Sở Nội vụ tỉnh Lào Cai``."""
    return _place_in(name) is not None


def completed(name: str | None, told: str | None) -> str | None:
    """The issuer by its letterhead; as the text tells it where a letterhead is missing or has lost its second line."""
    return told if name is None or (told or "").upper().startswith(f"{name.upper()} ") else name


def canonical(words: str) -> str | None:
    """The canonical name of a body written in a letterhead or a text."""
    words = re.sub(r"\s+", " ", words).strip(" .,;:*-–")
    return (_whole_name(words) or _spelled_out(words)) if words else None


def _spelled_out(words: str) -> str:
    """An open name with its short words in full: ``CĐCS``, ``GDTX``."""
    parts = words.split()
    if parts[0].upper() == _word("school"):
        parts = [patterns.data("header")["agency"]["schools"].get(word, word) for word in parts]
    full = " ".join(_short_words().get(word, word) for word in parts)
    if not is_capital(words):
        return full
    return _in_small_letters(full.upper()) if opens_with(words, _words("named_bodies")) else full.upper()


def _in_small_letters(words: str) -> str:
    """A name in capitals as it is written in a text: ``TRƯỜNG MẦM NON BẢN QUA``, Trường Mầm non Bản Qua."""
    told: list[str] = []
    parts = words.split()
    for i, word in enumerate(parts):
        low = word.lower()
        letters = [c for c in unicodedata.normalize("NFD", word) if c.isalpha()]
        short = len(letters) > 1 and not any(c in _VOWELS for c in letters)
        small = told and (low in _words("small") or (parts[i - 1].lower(), low) in _written_small())
        told.append(word if short or word in _words("numerals") else low if small else word.title())
    name = " ".join(told)
    for unit in _words("units_written"):
        name = re.sub(rf"(?<=\s){unit}(?=\s\w)", unit, name, flags=re.IGNORECASE)
    return name


@cache
def _written_small() -> frozenset[tuple[str, str]]:
    """The words written small in names of bodies, each behind the word before it: ``lâm`` in Chi cục Kiểm lâm."""
    known = [*(row["name"] for row in patterns.rows("agencies")), *_words("written")]
    pairs = (pair for name in known for pair in pairwise(name.split()))
    return frozenset((first.lower(), last) for first, last in pairs if last.islower())


@cache
def _short_words() -> dict[str, str]:
    return {row["short"]: row["full"] for row in patterns.rows("abbreviations") if len(row["short"]) > _SHORTEST}


def _left_out(words: str, name: str) -> str:
    """What a letterhead's line goes on with behind the name that is known in it: ``ĐỒN BIÊN PHÒNG`` SƠN HỒNG."""
    parts = words.split()
    if not is_capital(words) or "," in words:
        return ""
    count = len(parts)
    while count > 1 and canonical_name(" ".join(parts[: count - 1])) == name:
        count -= 1
    rest = " ".join(parts[count:])
    # A placed name is whole, and what stands behind a dash is another body that issues jointly.
    whole = _place_in(name) or count != len(name.split()) or opens_with(name, _words("committees"))
    own_words = rest.removesuffix(_place_in(f" {rest}") or "").split()
    foreign = not rest or rest[0] in "-–" or len(own_words) > _LONGEST_REST
    return "" if whole or foreign else rest


def _tail(words: str) -> str:
    """The end of a name: a unit (``huyện Bảo Thắng``), a body, or a name of its own."""
    known = canonical_name(words)
    if known is None and opens_with(words, _words("units")) and not opens_with(words, _words("committees")):
        committee = canonical_name("UBND") or ""
        known = (canonical_name(f"UBND {words}") or words).removeprefix(committee).strip()
    return known or (_in_small_letters(words) if is_capital(words) else words)


def _whole_name(words: str) -> str | None:
    """The name of a body that takes up all the words; a sentence would go on after the comma, a letterhead does not."""
    name = canonical_name(words)
    numbered = re.fullmatch(r"(\D+) (\d+)(?: (\D+))?", words)
    if name and numbered and numbered[2] not in name.split():
        # "TỔ CÔNG TÁC ĐỀ ÁN 06 HUYỆN BẢO THẮNG": no six districts.
        parts = [canonical(numbered[1]), numbered[2], numbered[3] and _tail(numbered[3])]
        return " ".join(p for p in parts if p)
    if name and (rest := _left_out(words, name)):
        return f"{name} {_tail(rest)}"
    for comma in re.finditer(",", words):
        if name and canonical_name(words[: comma.start()]) == name:
            whole = canonical_name(words[: comma.start()] + words[comma.end() :])
            if whole and whole.startswith(f"{name} "):
                return f"{name},{whole[len(name) :]}"
    return name
