"""``vanban eval``: how well files are read, measured against annotations made by hand."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.app import BAD_USAGE, COUNT, DONE, SOME_FAILED, Command, fail
from pipeline.cli.rows import Output, row_options

if TYPE_CHECKING:
    from pipeline.evaluate import Tally
    from pipeline.model import Document

_FIELDS = ("field", "doc_type", "documents", "hits", "missed", "extra", "precision", "recall", "f1")
Kinds = Mapping[str, Sequence[tuple[str, tuple[int, "Tally"]]]]


@click.command("eval", cls=Command, help="Đo độ đúng: so kết quả đọc tệp với bản ghi chú tay trong GOLD_DIR (JSON).")
@click.argument("golds", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="GOLD_DIR")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="[FILE...]")
@click.option("--errors", "listed", type=COUNT, metavar="N", help="Kể ra N chỗ sót và N chỗ thừa của mỗi trường.")
@row_options
def evaluate(golds: Path, files: tuple[Path, ...], listed: int | None, output: Output) -> None:
    """One row a field: over all documents, then (``doc_type``) for each kind of document.

    Without files, those of the annotations' names are looked for beside ``GOLD_DIR``; one that is not there, or cannot
    be read, counts as all missed.
    """
    from pipeline.evaluate import by_kind, read_gold

    gold = read_gold(golds)
    if not gold:
        fail(f"Không có tệp .json nào trong {golds}.", BAD_USAGE)
    wanted = {path.stem for path in files}
    gold = [g for g in gold if not files or Path(g["file"]).stem in wanted]
    documents, failed = _read(files or _beside(golds, [g["file"] for g in gold]))
    kinds = by_kind(gold, documents)
    if output.form == "table" and output.path is None:
        _print(kinds, listed or 0)
    else:
        found = [_row(name, kind, *counted, listed) for kind, tallies in kinds.items() for name, counted in tallies]
        columns = (*_FIELDS, *(("misses", "extras") if listed else ()))
        output.write(output.page.of(found), columns, columns)
    sys.exit(SOME_FAILED if failed else DONE)


def _beside(golds: Path, names: Iterable[str]) -> list[Path]:
    """The annotated documents in the folder that holds the annotations: the very file, else one of its name."""
    by_stem: dict[str, list[Path]] = {}
    for path in sorted(golds.resolve().parent.rglob("*")):
        if path.is_file() and path.suffix.lower() not in (".json", ".src"):
            by_stem.setdefault(path.stem, []).append(path)
    found = []
    for name in names:
        same = by_stem.get(Path(name).stem, [])
        found += [path for path in same if path.name == name][:1] or same[:1]
    return found


def _read(files: Iterable[Path]) -> tuple[list[Document], bool]:
    from pipeline.analyse import analyse
    from pipeline.errors import ReadError

    documents, failed = [], False
    for path in files:
        try:
            documents.append(analyse(path))
        except ReadError as error:
            failed = True
            click.echo(f"{path}: {error.message}", err=True)
    return documents, failed


def _row(name: str, kind: str, documents: int, tally: Tally, listed: int | None) -> dict[str, Any]:
    row: dict[str, Any] = {
        "field": name,
        "doc_type": kind or None,
        "documents": documents,
        "hits": tally.hits,
        "missed": len(tally.missed),
        "extra": len(tally.extra),
        "precision": round(tally.precision, 4),
        "recall": round(tally.recall, 4),
        "f1": round(tally.f1, 4),
    }
    if listed:
        row["misses"] = [_said(each) for each in tally.missed[:listed]]
        row["extras"] = [_said(each) for each in tally.extra[:listed]]
    return row


def _said(error: tuple[str, Any]) -> str:
    document, value = error
    parts = value if isinstance(value, tuple) else (value,)
    return f"{document}: {' | '.join('-' if part is None else str(part) for part in parts)}"


def _print(kinds: Kinds, listed: int) -> None:
    """A table of the fields with the F1 of each kind of document at their right; then the errors."""
    every = dict(kinds[""])
    special = {kind: dict(tallies) for kind, tallies in kinds.items() if kind}
    documents = {kind: next(iter(tallies.values()))[0] for kind, tallies in special.items()}
    heads = [f"{kind} ({n})" for kind, n in documents.items()]
    click.echo(f"{'':16}{'precision':>10}{'recall':>10}{'F1':>10}   F1: " + "".join(f"{h:>9}" for h in heads))
    for name, (_, tally) in every.items():
        shares = (tally.precision, tally.recall, tally.f1)
        by_kind = "".join(f"{tallies[name][1].f1:9.3f}" for tallies in special.values())
        click.echo(f"{name:16}" + "".join(f"{x:10.4f}" for x in shares) + " " * 7 + by_kind)
    for name, (_, tally) in every.items() if listed else ():
        for words, errors in (("sót", tally.missed), ("thừa", tally.extra)):
            if errors:
                click.echo(f"\n{name}: {words} {len(errors)}")
            for error in errors[:listed]:
                click.echo(f"  {_said(error)}")
