"""Wordings kept from one start of the program to the next, as Python keeps compiled modules.

They lie among the compiled modules of the patterns. Where nothing can be written there, each process makes its own.
"""

from __future__ import annotations

import hashlib
import json
import marshal
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from importlib.util import cache_from_source
from pathlib import Path

import patterns
from pipeline.telling import Wording, wording

_MADE_BY = ("fold.py", "names.py", "phrases.py", "telling.py")
_FEW = 100  # wordings that are not worth writing all of them again
_Made = dict[str, tuple[frozenset[str], frozenset[tuple[str, str]], frozenset[str]]]


def wordings(said: Iterable[str]) -> dict[str, Wording]:
    """The wordings of these words."""
    asked = list(dict.fromkeys(said))
    kept = _kept()
    new = {words: wording(words) for words in asked if words not in kept}
    made = {words: new[words] if words in new else Wording(*kept[words]) for words in asked}
    if len(new) > _FEW and not sys.dont_write_bytecode:
        _keep({words: (w.singles, w.pairs, w.qualifiers) for words, w in made.items()})
    return made


def _file() -> Path:
    beside = Path(patterns.__file__).with_name("indicators.py")
    return Path(cache_from_source(str(beside))).with_suffix(".wordings")


@cache
def _maker() -> bytes:
    """What changes with the way in which wordings are made."""
    told = hashlib.sha256(json.dumps(patterns.data("indicators"), ensure_ascii=False).encode())
    for module in _MADE_BY:
        told.update(Path(__file__).with_name(module).read_bytes())
    return told.digest()


def _kept() -> _Made:
    """What was kept, nothing where it was made another way."""
    with suppress(OSError, ValueError, EOFError, TypeError):
        maker, made = marshal.loads(_file().read_bytes())
        if maker == _maker() and isinstance(made, dict):
            return made
    return {}


def _keep(made: _Made) -> None:
    file = _file()
    new = file.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        file.parent.mkdir(exist_ok=True)
        new.write_bytes(marshal.dumps((_maker(), made)))
        new.replace(file)
