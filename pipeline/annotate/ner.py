"""Agencies that no rule names: a small model reads the text that the rules leave unexplained.

Unexplained is a capitalised word with which names of agencies begin, or one after a word that calls for an agency
(``của``, ``giao``), where no rule has found a mention; and a name that the rules only guessed, of which they know no
more than its head. The model sees some words around it. Of its findings those count that begin there; they are named
after the habits of their head in the registry, and marked ``source: ner``.

The model is trained by :mod:`corpus.ner`. Where spaCy or the model is missing, the rules stand alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import patterns
from pipeline.annotate.agency_names import Base, Token, match_name, registry, tokens_of
from pipeline.annotate.agency_open import names_nobody
from pipeline.annotate.agency_places import read_place
from pipeline.annotate.agency_words import OPEN_HEADS, STOPS, follows, head_at, opens_deed, stops_at, written
from pipeline.fold import lower
from pipeline.model import AgencyMention, Context, Frame, Level, Text
from pipeline.resolve import places
from pipeline.resolve.agencies import Named, resolve
from pipeline.resolve.places import UNIT_LEVELS, fold

if TYPE_CHECKING:
    from spacy.tokens import Doc

MODEL = Path(__file__).parent.parent / "ner_model"
LABEL = "AGENCY"
_GRAMMAR = patterns.data("agency_grammar")
_OPEN = _GRAMMAR["open"]
_NOT_BEFORE = [*_OPEN["not_before"], *_OPEN["never_before"]]
_NER = patterns.data("ner")
_CALLS = frozenset(_NER["calls"])
_CALLED = tuple(f"{word} " for word in _CALLS)
_NEVER = frozenset(map(fold, _NER["never"]))
_CAPITAL = re.compile(rf"[{''.join(c for c in map(chr, range(0x1EFA)) if c.isupper())}](?<!\w.)\w*(?=(\s+\w+)?)")
_PAUSE = re.compile(r"[,;:.]|\s[-–(]")
_LISTED = re.compile(r"\s*(?:,|và\s)")
_ZONES = ("title", "body")
_BEFORE, _AFTER = 6, 16  # words that the model sees around an unexplained one
_MANY = 4  # ways to go on from a head of one word
_SHORT = 3  # words of which a name is too short to end in initials that nobody knows, or to have been cut
_MOST_SEEN, _LONGEST_SEEN = 2048, 40  # windows whose reading is remembered, and words in one
_NEAR = 3  # words within which a name of several has its second capital


class Window(NamedTuple):
    """Some words of one paragraph or cell, those that are unexplained, and how many the model may use."""

    tokens: Sequence[Token]
    wanted: frozenset[int]
    taken: frozenset[int]
    cut: bool  # whether the paragraph goes on


def find_more_agencies(
    text: Text, frame: Frame, context: Context, known: Sequence[AgencyMention]
) -> list[AgencyMention]:
    """The mentions known and those that the model finds besides, in text order."""
    guessed = {m.start: m for m in known if _is_guess(m)}
    windows = list(_windows(text, frame, [m for m in known if m.start not in guessed]))
    model = load_model() if windows else None
    if model is None:
        return list(known)
    found: dict[int, AgencyMention] = {}
    for window, spans in zip(windows, _read(model, windows), strict=True):
        for start, end in spans:
            mention = _mention(text.text, window, start, end, context)
            if mention:
                found[mention.start] = mention
    new = [m for m in found.values() if m.start not in guessed or _tells_more(text.text, m, guessed[m.start])]
    covered = {at for m in new for at in range(m.start, m.end)}
    return sorted([*(m for m in known if m.start not in covered), *new], key=lambda m: m.start)


Spans = list[tuple[int, int]]


def _read(model: Any, windows: Sequence[Window]) -> list[Spans]:
    """The agencies that the model sees in each window; it goes by the words alone, and reads the same ones once."""
    seen = _seen(model)
    words = [tuple(t.text for t in w.tokens) for w in windows]
    new = {w: window for w, window in zip(words, windows, strict=True) if w not in seen}
    docs = model.pipe([doc_of(model.vocab, window.tokens) for window in new.values()], batch_size=64)
    read = {w: [(e.start, e.end) for e in doc.ents] for w, doc in zip(new, docs, strict=True)}
    found = [read[w] if w in read else seen[w] for w in words]
    if len(seen) > _MOST_SEEN:
        seen.clear()
    seen.update((w, spans) for w, spans in read.items() if len(w) <= _LONGEST_SEEN)
    return found


@lru_cache(maxsize=1)
def _seen(model: Any) -> dict[tuple[str, ...], Spans]:
    """What a model has read: official documents share many phrases."""
    return {}


def _tells_more(words: str, mention: AgencyMention, guess: AgencyMention) -> bool:
    """Whether the model reads another name than the rules: no part of one that a pause closes, nor what a body does."""
    more = guess.text.removeprefix(mention.text) if guess.text.startswith(mention.text) else ""
    if more.lstrip()[:1].isdigit():
        return False
    if mention.text.startswith(guess.text) and opens_deed(tokens_of(mention.text), len(tokens_of(guess.text))):
        return False
    if 0 < len(more.split()) <= _SHORT and _PAUSE.match(words, guess.end):
        return False
    return mention.name != guess.name and not _LISTED.match(guess.text, len(mention.text))


def doc_of(vocab: Any, tokens: Sequence[Token]) -> Doc:
    """Words as the model reads them."""
    from spacy.tokens import Doc

    spaces = [one.end < other.start for one, other in pairwise(tokens)]
    return Doc(vocab, words=[t.text for t in tokens], spaces=[*spaces, False][: len(tokens)])


@cache
def load_model() -> Any:
    """The trained pipeline; None where spaCy or the model is missing."""
    try:
        import spacy

        return spacy.load(MODEL, exclude=["tokenizer", "vocab"])
    except (ImportError, OSError):
        return None


# --------------------------------------------------------------------------- what is unexplained


def _is_guess(mention: AgencyMention) -> bool:
    """Whether the rules found no more than a head and capitals after it."""
    unknown = mention.key is None and mention.level is None and not mention.collective
    return unknown and fold(mention.name.split()[0]) in _guessing()


@cache
def _guessing() -> frozenset[str]:
    sure = {fold(h.split()[0]) for h in [*_GRAMMAR["board"]["heads"], *_GRAMMAR["name"]["of_agency"]]}
    return frozenset(fold(h.split()[0]) for h in _GRAMMAR["open"]["heads"]) - sure


def _windows(text: Text, frame: Frame, known: Sequence[AgencyMention]) -> Iterator[Window]:
    """The surroundings of unexplained words, those that meet as one."""
    spans = sorted((m.start, m.end) for m in known)
    starts = _starts(text.text, spans)
    for unit in text.units():
        here = starts[bisect_left(starts, unit.start) : bisect_left(starts, unit.end)]
        if not here or frame.zone_at(unit.start) not in _ZONES or text.text[unit.start : unit.end].isupper():
            continue
        tokens = tokens_of(text.text, unit.start, unit.end)
        index = {token.start: i for i, token in enumerate(tokens)}
        wanted = [index[start] for start in here if start in index]
        wanted = [i for i in wanted if _is_unexplained(tokens, i, text.text)]
        if wanted:
            near = spans[bisect_left(spans, (unit.start, 0)) : bisect_left(spans, (unit.end, 0))]
            yield from _around(tokens, wanted, {index[at] for span in near for at in range(*span) if at in index})


def _starts(words: str, known: Sequence[tuple[int, int]]) -> list[int]:
    """Where a capitalised word stands outside what is known that may begin a name: all that most paragraphs need."""
    heads, small = _heads(), lower(words)
    spans = iter(known)
    start, end = next(spans, (len(words), len(words)))
    found = []
    for capital in _CAPITAL.finditer(words):
        at = capital.start()
        while end <= at:
            start, end = next(spans, (len(words), len(words)))
        if at >= start:
            continue
        first = fold(capital[0])
        if (
            first in heads
            or (capital[1] and f"{first} {fold(capital[1].strip())}" in heads)
            or small.endswith(_CALLED, 0, at)
        ):
            found.append(at)
    return found


def _around(tokens: Sequence[Token], wanted: Sequence[int], taken: set[int]) -> Iterator[Window]:
    n = 0
    while n < len(wanted):
        first, last = max(0, wanted[n] - _BEFORE), wanted[n] + _AFTER
        inside = []
        while n < len(wanted) and wanted[n] - _BEFORE <= last:
            inside.append(wanted[n] - first)
            last = wanted[n] + _AFTER
            n += 1
        rest = frozenset(k - first for k in taken if first <= k < last)
        seen = tokens[first:last]
        if open_here := [k for k in inside if _may_be_named(seen, k) and k + 1 not in rest]:
            yield Window(seen, frozenset(open_here), rest, last < len(tokens))


def _may_be_named(tokens: Sequence[Token], start: int) -> bool:
    """Whether the grammar could agree to a name that begins at a word, wherever the model lets it end."""
    if tokens[start].fold in UNIT_LEVELS or start + 1 == len(tokens):
        return False
    return not any(follows(tokens, start + n, _NOT_BEFORE) for n in (1, 2))  # a head of one word, or two


def _is_unexplained(tokens: Sequence[Token], i: int, text: str) -> bool:
    """Whether the name of an agency of which the rules know nothing may begin at a word."""
    word, after = tokens[i], tokens[i + 1 : i + 1 + _NEAR]
    if not word.text[0].isupper() or text[word.start - 1 : word.start] in ("/", "-", "–"):
        return False
    if i and (tokens[i - 1].fold in _OPEN["not_after"] or tokens[i - 1].text.isdigit()):
        return False
    if not after or not after[0].text[0].isalpha() or _NEVER.intersection(_openings(tokens, i)):
        return False
    if match_name(tokens, i):
        return False
    called = i > 0 and tokens[i - 1].fold in _CALLS
    return called or (_has_head(tokens, i) and any(t.text[0].isupper() for t in after))


def _has_head(tokens: Sequence[Token], i: int) -> bool:
    return bool(_heads().intersection(_openings(tokens, i)))


@cache
def _heads() -> frozenset[str]:
    """The words with which agencies' names begin: one where many go on from it (``Sở``), else two (``Trung tâm``)."""
    names = [tuple(fold(w) for w in base.name.split()[:2]) for base in registry()[1].values()]
    listed = [h for part in ("open", "board") for h in _GRAMMAR[part]["heads"]] + _GRAMMAR["name"]["of_agency"]
    seconds: dict[str, set[str]] = {}
    for first, *second in names:
        seconds.setdefault(first, set()).update(second)
    known = (first if len(seconds[first]) >= _MANY else " ".join((first, *second)) for first, *second in names)
    return frozenset([*known, *(" ".join(fold(w) for w in h.split()[:2]) for h in listed)])


def _openings(tokens: Sequence[Token], i: int) -> tuple[str, str]:
    """The word at a token, and that with the next."""
    return tokens[i].fold, " ".join(t.fold for t in tokens[i : i + 2])


# --------------------------------------------------------------------------- what it is called


def _mention(text: str, window: Window, start: int, end: int, context: Context) -> AgencyMention | None:
    cut = window.cut and end == len(window.tokens)
    if start not in window.wanted or cut or window.taken.intersection(range(start, end)):
        return None
    tokens = _trimmed(window.tokens, start, end)
    if not _is_name(window.tokens, start, start + len(tokens)) or names_nobody(tokens, 0, len(tokens), context):
        return None
    named = _named(tokens, context)
    if named is None:
        return None
    a, b = tokens[0].start, tokens[-1].end
    return AgencyMention(
        text=text[a:b], start=a, end=b, name=named.name, key=named.key, level=named.level,
        collective=named.collective, source="ner",
    )  # fmt: skip


def _is_name(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether the grammar agrees: a head and another capital; or two syllables that are called for."""
    words = tokens[start:end]
    if len(words) < 2 or (len(words) <= _SHORT and words[-1].text.isupper()):
        return False
    if _is_place(words) or _breaks_word(tokens, end):
        return False
    head = head_at(tokens, start, OPEN_HEADS)
    if head and follows(tokens, head[1], _OPEN["never_before"]):
        return False
    own = tokens[head[1] : end] if head else words[1:]
    if _has_head(words, 0) and any(t.text[0].isupper() for t in own):
        return True
    return len(words) == 2 and words[1].text.isalpha() and start > 0 and tokens[start - 1].fold in _CALLS


def _breaks_word(tokens: Sequence[Token], end: int) -> bool:
    """Whether a name would end inside a word or itself: ``Chi cục Hải|quan``, ``Trung tâm Huấn luyện|và Thi đấu``."""
    if end + 1 < len(tokens) and tokens[end].is_and and tokens[end + 1].text.istitle():
        return not (_has_head(tokens, end + 1) or match_name(tokens, end + 1))
    if end == len(tokens) or not tokens[end].text[0].islower() or not tokens[end - 1].text.istitle():
        return False
    return not tokens[end - 2].text[0].isupper() and not follows(tokens, end, [*_OPEN["stop"], *UNIT_LEVELS])


def _trimmed(tokens: Sequence[Token], start: int, end: int) -> Sequence[Token]:
    """The words up to one with which a sentence goes on (``đề xuất``), or a sign or ``và`` at the end."""
    for k in range(start + 1, end):
        if not tokens[k].is_and and tokens[k].text[0].islower() and _ends_name(tokens, k):
            end = k
            break
    while end > start and (tokens[end - 1].is_and or not tokens[end - 1].text[0].isalnum()):
        end -= 1
    return tokens[start:end]


def _ends_name(tokens: Sequence[Token], k: int) -> bool:
    return stops_at(tokens, k, STOPS)


def _is_place(tokens: Sequence[Token]) -> bool:
    """Whether a place stands here, with its kind or, in a list, without."""
    words = " ".join(t.text for t in tokens)
    return any(places.find(kind, words) for kind in UNIT_LEVELS)


def _named(tokens: Sequence[Token], context: Context) -> Named | None:
    """The canonical name: the place read at the end, or added as names with this head have it in the registry."""
    where, end = None, len(tokens)
    for k in range(1, len(tokens)):
        where = read_place(tokens, k, context)
        if where and where.end == len(tokens):
            end = k
            break
        where = None
    place, levels = _habits().get(tokens[0].fold, ("", ()))
    name = written(tokens, 0, end)
    return resolve(Base(name[0].upper() + name[1:], place, levels=dict.fromkeys(levels)), where, context)


@cache
def _habits() -> dict[str, tuple[str, tuple[Level, ...]]]:
    """How names with a head go without their place, where all of the registry do alike."""
    by_head: dict[str, list[Base]] = {}
    for base in registry()[1].values():
        by_head.setdefault(fold(base.name.split()[0]), []).append(base)
    return {
        head: (bases[0].place, tuple(dict.fromkeys(level for base in bases for level in base.levels)))
        for head, bases in by_head.items()
        if len(bases) > 3 and len({base.place for base in bases}) == 1
    }
