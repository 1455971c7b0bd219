"""Sentences of our own with their agencies marked, made from the grammar in ``sentences.toml``.

Goes in: a seed, and the rows of the registry that may be named. Comes out: an endless stream of :class:`Lesson`, from
which :mod:`corpus.ner` trains the agency model. Names come from the registry, or are put together from heads, fields
and places, so that the model learns how a name is built and where it stands, not which names there are.
"""

from __future__ import annotations

import random
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import patterns

_SLOT = re.compile(r"\{(\w+)\}")
_KIND = re.compile(r" (tỉnh|huyện|xã|thị trấn|phường|quận|thị xã|thành phố|đặc khu)$")
_OWN_KINDS = {"province": "tỉnh", "district": "huyện", "commune": "xã"}
INVENTED = (
    "Lâm Giang", "Phú Khê", "Nậm Lương", "Đại Sơn", "An Lĩnh", "Hòa Giang", "Mường Lát Thượng", "Ea Kling", "Bản Xá",
)  # fmt: skip
_ABBREVIATED = frozenset(patterns.data("agency_grammar")["name"]["elliptic"])  # heads whose field is often initials


class Lesson(NamedTuple):
    """A text and the spans of its agencies."""

    text: str
    agencies: list[tuple[int, int]]


class Sentences:
    """The grammar, with the names that it may use and a chance of its own."""

    def __init__(self, seed: int, registry: Sequence[dict[str, str]]) -> None:
        self.chance = random.Random(seed)
        self.registry = registry
        self.grammar: dict[str, list[str]] = tomllib.loads(
            (Path(__file__).parent / "sentences.toml").read_text("utf-8")
        )["grammar"]

    def lessons(self) -> Iterator[Lesson]:
        """One lesson after the other, without end."""
        while True:
            yield _noisy(self._expand("{sentence}"), self.chance)

    def _expand(self, pattern: str) -> Lesson:
        text = ""
        agencies: list[tuple[int, int]] = []
        at = 0
        for slot in _SLOT.finditer(pattern):
            text += pattern[at : slot.start()]
            inner = self._symbol(slot[1])
            if slot[1] == "agency":
                agencies.append((len(text), len(text) + len(inner.text)))
            else:
                agencies += [(len(text) + start, len(text) + end) for start, end in inner.agencies]
            text += inner.text
            at = slot.end()
        return Lesson(text + pattern[at:], agencies)

    def _symbol(self, name: str) -> Lesson:
        match name:
            case "n":
                words = str(self.chance.randint(1, 31))
            case "number":
                words = f"{self.chance.randint(10, 9999):,}".replace(",", self.chance.choice([".", ""]))
            case "province" | "district" | "commune":
                words = self.chance.choice(_units(name) if self.chance.random() < 0.7 else INVENTED)
            case "known":
                words = self._known()
            case _:
                return self._expand(self.chance.choice(self.grammar[name]))
        return Lesson(words, [])

    def _known(self) -> str:
        """A name of the registry, its place written or not, now and then abbreviated."""
        row = self.chance.choice(self.registry)
        name = row["name"]
        kind = _OWN_KINDS.get(row["level"], "")
        if self.chance.random() < 0.25:
            name = self._short(name)
        if kind and not _KIND.search(name) and self.chance.random() < 0.5:
            name += f" {kind}"
        if _KIND.search(name) and self.chance.random() < 0.4:
            name += " " + self._symbol(row["level"]).text
        if self.chance.random() < 0.1:
            name = name[0].lower() + name[1:]
        return name

    def _short(self, name: str) -> str:
        """A name whose field is written in its initials: ``Sở LĐTBXH``, ``Sở TN&MT``; ``UBND`` whatever follows."""
        for long, short in (("Ủy ban nhân dân", "UBND"), ("Hội đồng nhân dân", "HĐND")):
            if name.startswith(long):
                return short + name.removeprefix(long)
        placed = _KIND.search(name)
        head, _, field = name[: placed.start() if placed else None].partition(" ")
        if len(field.split()) < 2 or head.lower() not in _ABBREVIATED:
            return name
        parts = re.split(r" và |, | - ", field)
        joint = self.chance.choice(["", "", "&", "-", " - "])
        letters = ["".join(unicodedata.normalize("NFD", w)[0].upper() for w in part.split()) for part in parts]
        return f"{head} {joint.join(letters)}{placed[0] if placed else ''}"


@cache
def _units(level: str) -> tuple[str, ...]:
    """The bare names of all units of a level."""
    column = "communes" if level == "commune" else level
    cells = {cell for row in patterns.rows("places") for cell in row[column].split("|")}
    kinds = r"(?i)^(tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu) "
    return tuple(sorted({re.sub(kinds, "", cell) for cell in cells if cell and not cell[-1].isdigit()}))


def _noisy(lesson: Lesson, chance: random.Random) -> Lesson:
    """The lesson as a hasty hand writes it: now and then in capitals, with other dashes or the older tone marks."""
    text = lesson.text
    if chance.random() < 0.04:
        text = text.upper()
    if chance.random() < 0.15:
        text = text.replace("-", "–")
    if chance.random() < 0.15:
        text = text.replace("Ủy", "Uỷ").replace("hóa", "hoá").replace("ủy", "uỷ")
    assert len(text) == len(lesson.text)
    return Lesson(unicodedata.normalize("NFC", text), lesson.agencies)
