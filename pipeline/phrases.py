"""Words that stand for something together, found among others by the first of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple


class Found(NamedTuple):
    """A phrase that stands from ``start`` to ``end`` (indices of words), and what it means."""

    start: int
    end: int
    meant: tuple[str, ...]


class Phrases:
    """Phrases with what each of them means, both as words parted by spaces."""

    def __init__(self, meant: Mapping[str, str]) -> None:
        self._by_first = defaultdict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]](list)
        for phrase in sorted(filter(None, meant), key=len, reverse=True):
            words = tuple(phrase.split())
            self._by_first[words[0]].append((words, tuple(meant[phrase].split())))
        self._by_first.default_factory = None

    def find(self, words: Sequence[str]) -> Iterator[Found]:
        """The phrases among some words, apart, from the left, the longest that stands at a place."""
        end = 0
        for start, first in enumerate(words):
            if start < end or first not in self._by_first:
                continue
            for phrase, meant in self._by_first[first]:
                if phrase == tuple(words[start : start + len(phrase)]):
                    end = start + len(phrase)
                    yield Found(start, end, meant)
                    break

    def all_in(self, words: Sequence[str]) -> frozenset[str]:
        """What all phrases mean that stand among some words, those within others too."""
        return frozenset(
            " ".join(meant)
            for start, first in enumerate(words)
            for phrase, meant in self._by_first.get(first, ())
            if phrase == tuple(words[start : start + len(phrase)])
        )

    def replaced(self, words: Sequence[str]) -> list[str]:
        """The words with what the phrases among them mean in their place."""
        kept, end = list[str](), 0
        for found in self.find(words):
            kept += [*words[end : found.start], *found.meant]
            end = found.end
        return [*kept, *words[end:]]


def opens_with(words: str, openings: tuple[str, ...]) -> str | None:
    """The longest of the openings that stands at the head of the words, as whole words, in any case."""
    upper = words.upper()
    if not upper.startswith(openings):
        return None
    found = [o for o in openings if upper.startswith(o) and not upper[len(o) : len(o) + 1].isalnum()]
    return max(found, key=len, default=None)
