"""What the agency model adds: ``python -m corpus.ner_gain GOLD_DIR FILE...``

Prints precision, recall and F1 of agencies for rules alone and for rules plus model, first with the whole registry,
then with a third of its rows hidden at random, seed after seed. For a hidden third the model is trained anew on
sentences of the grammar that do not name what is hidden; so both meet those names for the first time.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import click

import patterns
from corpus.ner import made, train
from corpus.sentences import Lesson
from pipeline.analyse import recognise
from pipeline.annotate import agency_names, ner
from pipeline.evaluate import evaluate, read_gold
from pipeline.extract import extract
from pipeline.model import Source
from pipeline.resolve.places import fold

Rows = Sequence[dict[str, str]]


@click.command()
@click.argument("golds", type=click.Path(path_type=Path, exists=True))
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option("--seeds", default=3, help="How many thirds are hidden in turn.")
def main(golds: Path, files: Sequence[Path], seeds: int) -> None:
    """Measure with and without the model, with and without the registry."""
    gold = read_gold(golds)
    wanted = {Path(g["file"]).stem for g in gold}
    sources = [extract(path) for path in files if path.stem in wanted]
    _compare("whole registry", gold, sources, ner.load_model())
    for seed in range(1, seeds + 1):
        kept, hidden = split(patterns.rows("agencies"), seed)
        with only(kept):
            lessons = [lesson for lesson in made(seed, kept) if not _tells(lesson, hidden)]
            _compare(f"without {len(hidden)} rows, seed {seed}", gold, sources, train(lessons, seed))


def split(rows: Rows, seed: int) -> tuple[Rows, Rows]:
    """Two thirds of the rows, and the other third."""
    hidden = set(random.Random(seed).sample(range(len(rows)), len(rows) // 3))
    return [r for i, r in enumerate(rows) if i not in hidden], [rows[i] for i in sorted(hidden)]


@contextmanager
def only(kept: Rows) -> Iterator[None]:
    """The registry holds no more than these rows."""
    real = patterns.rows
    caches: list[Any] = [agency_names.registry, ner._heads, ner._habits]
    with patch.object(patterns, "rows", lambda name: tuple(kept) if name == "agencies" else real(name)):
        for cached in caches:
            cached.cache_clear()
        yield
    for cached in caches:
        cached.cache_clear()


def _tells(lesson: Lesson, hidden: Rows) -> bool:
    """Whether a sentence names what is hidden, though by chance."""
    text = fold(lesson.text)
    return any(fold(row["name"]) in text for row in hidden)


def _compare(title: str, gold: Sequence[Any], sources: Sequence[Source], model: Any) -> None:
    click.echo(title)
    for words, tool in (("rules", None), ("rules + model", model)):
        with patch.object(ner, "load_model", lambda tool=tool: tool):
            tally = evaluate(gold, [recognise(source) for source in sources])["agencies"]
        click.echo(f"  {words:14} precision {tally.precision:.4f}  recall {tally.recall:.4f}  F1 {tally.f1:.4f}")


if __name__ == "__main__":
    main()
