"""Functions of pdfium called for many letters at once.

A page has thousands of letters, and pdfium tells of each only by a call. A call from a loop with every argument checked
costs more than all the library does for it; here ``starmap`` calls, nothing is checked twice, and what is filled in
lands in one array. As pdfium itself, this is for one thread at a time.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import repeat, starmap
from typing import Any

import numpy as np
from numpy.typing import NDArray

_MANY = 512  # letters for which there is room at once

Quick = Callable[..., Any]

#: An address as an argument that needs no more making ready for each call.
_given = ctypes.c_void_p.from_param


def quick(function: Any, result: Any = ctypes.c_int) -> Quick:
    """A function of the library that takes its arguments as they come: pointers, references, numbers below 2^31.

    A ``result`` that nobody looks at is None: it takes a tenth of a call to hand it over.
    """
    return ctypes.PYFUNCTYPE(result)(address(function))


def address(of: Any) -> int:
    """Where a thing of the library is."""
    return ctypes.cast(of, ctypes.c_void_p).value or 0


def argument(of: Any) -> Any:
    """A thing of the library as an argument that needs no more making ready."""
    return _given(address(of))


def told(function: Quick, text: Any, places: Iterable[int], kind: str) -> NDArray[Any]:
    """What a function returns for each place in a text, made ready as an argument, as an array of a kind."""
    return np.fromiter(_called(function, repeat(text), places), kind)


def told_of(function: Quick, things: Iterable[int], kind: str) -> NDArray[Any]:
    """What a function returns for each of several things, given by their addresses."""
    return np.fromiter(_called(function, map(_given, things)), kind)


def filled(function: Quick, number: type, parts: Sequence[int], text: Any, places: Sequence[int]) -> NDArray[Any]:
    """What a function fills in for each place in a text, made ready as an argument: one row a place, NaN where it
    failed.

    The function has one argument for each of ``parts``, and fills in so many numbers there.
    """
    return _filled(function, [repeat(text)], places, *_room(number, tuple(parts)))


def filled_of(function: Quick, number: type, parts: Sequence[int], things: Sequence[int]) -> NDArray[Any]:
    """The same for each of several things, given by their addresses."""
    return _filled(function, [], list(map(_given, things)), *_room(number, tuple(parts)))


def _filled(
    function: Quick, first: list[Any], given: Sequence[Any], room: NDArray[Any], references: list[list[Any]]
) -> NDArray[Any]:
    found = np.empty((len(given), room.shape[1]))
    for at in range(0, len(given), _MANY):
        some = given[at : at + _MANY]
        room[: len(some)] = np.nan
        deque(_called(function, *first, some, *references), maxlen=0)
        found[at : at + _MANY] = room[: len(some)]
    return found


def _called(function: Quick, *arguments: Iterable[Any]) -> Iterable[Any]:
    """What ``map`` gives, a tenth faster: ``zip`` uses the tuple of arguments again for each call."""
    return starmap(function, zip(*arguments, strict=False))


@cache
def _room(number: Any, parts: tuple[int, ...]) -> tuple[NDArray[Any], list[list[Any]]]:
    """An array with a row for each of many places, and references to the parts of its rows."""
    width = sum(parts)
    values = (number * (width * _MANY))()
    size = ctypes.sizeof(number)
    starts = [sum(parts[:i]) for i in range(len(parts))]
    references = [[ctypes.byref(values, size * (row * width + at)) for row in range(_MANY)] for at in starts]
    return np.ctypeslib.as_array(values).reshape(_MANY, width), references
