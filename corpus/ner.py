"""Train the model that finds agencies where no rule does: ``python -m corpus.ner`` (or ``make ner``).

The lessons are the paragraphs of our own samples (``sources/``, whose ``[names]`` mark their agencies) and sentences
made from a grammar (:mod:`corpus.sentences`). No sentence of a real document is among them. The same seed gives the
same lessons; the model goes to ``pipeline/ner_model``, which is shipped.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import click

import patterns
from corpus.sentences import Lesson, Sentences
from corpus.source import Block, Sample, samples
from pipeline.annotate.agency_names import tokens_of
from pipeline.annotate.ner import LABEL, MODEL, doc_of

MADE = 8000  # sentences of the grammar
PASSES = 3  # how often each lesson is seen
BATCH = 96  # lessons from which the network learns at once
_NETWORK: dict[str, Any] = {
    "model": {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "ner",
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "nO": None,
        "tok2vec": {
            "@architectures": "spacy.HashEmbedCNN.v2",
            "pretrained_vectors": None,
            "width": 64,
            "depth": 3,
            "embed_size": 2000,
            "window_size": 1,
            "maxout_pieces": 3,
            "subword_features": True,
        },
    }
}


@click.command()
@click.option("-o", "target", type=click.Path(path_type=Path), default=MODEL, help="Where the model goes.")
@click.option("--seed", default=1, help="Of the lessons and of the network.")
def main(target: Path, seed: int) -> None:
    """Train the model and save it."""
    began = time.perf_counter()
    learnt = [*made(seed, patterns.rows("agencies")), *(lesson for s in samples() for lesson in of_sample(s))]
    train(learnt, seed).to_disk(target, exclude=["tokenizer", "vocab"])
    size = sum(path.stat().st_size for path in target.rglob("*") if path.is_file())
    click.echo(f"{len(learnt)} lessons, {time.perf_counter() - began:.0f} s, {size / 1e6:.1f} MB in {target}")


def made(seed: int, registry: Sequence[dict[str, str]]) -> list[Lesson]:
    """The lessons of the grammar."""
    return list(islice(Sentences(seed, registry).lessons(), MADE))


def train(lessons: Sequence[Lesson], seed: int) -> Any:
    """A spaCy pipeline with one component that marks agencies."""
    import spacy
    from spacy.training import Example
    from thinc.api import fix_random_seed

    fix_random_seed(seed)
    nlp = spacy.blank("xx", meta={"spacy_version": ">=3.7,<4", "name": "agencies"})
    nlp.add_pipe("ner", config=_NETWORK).add_label(LABEL)  # type: ignore[attr-defined]
    examples = []
    for lesson in lessons:
        doc = doc_of(nlp.vocab, tokens_of(lesson.text))
        examples.append(Example.from_dict(doc, {"entities": [(start, end, LABEL) for start, end in lesson.agencies]}))
    optimizer = nlp.initialize(lambda: examples[:500])
    chance = random.Random(seed)
    for _ in range(PASSES):
        chance.shuffle(examples)
        for i in range(0, len(examples), BATCH):
            nlp.update(examples[i : i + BATCH], sgd=optimizer, drop=0.25)
    return nlp


def of_sample(sample: Sample) -> Iterator[Lesson]:
    """The paragraphs and cells of a sample, with its agencies where their words stand, the longest first."""
    surfaces = sample.names
    either = "|".join(re.escape(words) for words in sorted(surfaces, key=len, reverse=True))
    if not either:
        return
    named = re.compile(rf"(?<!\w)(?:{either})(?!\w)")
    for block in sample.blocks:
        texts = [block.words.text] if isinstance(block, Block) else [cell.text for row in block.rows for cell in row]
        for text in filter(None, texts):
            yield Lesson(text, [m.span() for m in named.finditer(text) if surfaces[m[0]] != "-"])


if __name__ == "__main__":
    main()
