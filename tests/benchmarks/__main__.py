"""``python -m benchmarks [--sizes 100,1000,10000] [--store FILE] [--note WORDS]``: measure, write BENCHMARKS.md.

Run from ``tests/``, on a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote_plus

from benchmarks import alternatives, large, latency, pages, throughput
from benchmarks.documents import MIX, PAGE

ROOT = Path(__file__).parents[2]


def main() -> None:
    """Measure and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="100,1000", help="how many documents to ingest, one run each")
    parser.add_argument("--documents", type=int, default=100_000, help="in the store that is queried")
    parser.add_argument("--tasks", type=int, default=2_000_000, help="in the store that is queried")
    parser.add_argument("--store", type=Path, help="keep the store that is queried here, and take it again next time")
    parser.add_argument("--jobs", type=int, default=2, help="worker processes")
    parser.add_argument("--note", default="", help="what else the machine did")
    asked = parser.parse_args()
    lines = ["# Benchmarks", "", "`make bench` writes this page. " + _machine(asked.note), ""]
    for part in (_ingest, _start, _pairs, _queries):
        lines += part(asked)
        (ROOT / "BENCHMARKS.md").write_text("\n".join(lines), encoding="utf-8")


def _machine(note: str) -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    model = next((x.split(":")[1].strip() for x in _cpuinfo() if x.startswith("model name")), platform.machine())
    words = f"{date.today()}, {os.cpu_count()} cores ({model}), {memory:.0f} GB, Python {platform.python_version()}."
    return f"{words} {note}".strip()


def _cpuinfo() -> list[str]:
    path = Path("/proc/cpuinfo")
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def _ingest(asked: argparse.Namespace) -> list[str]:
    mix = ", ".join(f"{5 * share} % {form}" for form, share in MIX.items())
    rows = []
    for size in map(int, asked.sizes.split(",")):
        with TemporaryDirectory() as folder:
            m = throughput.measure(Path(folder), size, asked.jobs)
        rows.append(
            (f"{m.documents:,}", f"{m.pages:.1f}", m.failed, f"{m.seconds:.1f}", f"{m.rate:.1f}",
             f"{1000 * m.main / m.documents:.0f} + {1000 * m.workers / m.documents:.0f}",
             f"{m.store / m.documents / 1024:.1f}", f"{m.early / 2**20:.0f} / {m.most / 2**20:.0f}",
             f"{m.again:.2f} / {m.hashing:.2f}", f"{m.again / m.hashing:.1f}")
        )  # fmt: skip
        print(rows[-1], flush=True)
    heads = ("documents", "pages/document", "failed", "s", "documents/s",
             "ms of a processor/document: main + workers", "store KB/document", "MB/worker early / most",
             "s again / hashing", "ratio")  # fmt: skip
    told = f"Varied from `corpus/`: {mix}; {asked.jobs} workers. A page is {PAGE:,} characters."
    return ["## Ingest", "", told, "", *_table(heads, rows)]


def _start(_: argparse.Namespace) -> list[str]:
    def best(*command: str) -> float:
        times = []
        for _ in range(5):
            began = time.perf_counter()
            subprocess.run([sys.executable, *command], check=True, capture_output=True)
            times.append(time.perf_counter() - began)
        return min(times)

    ours = best("-c", "import sys; sys.argv = ['vanban', '--help']; from pipeline.cli import cli; cli()")
    click = best("-c", "import click")
    rows = [("vanban --help", f"{1000 * ours:.0f}"), ("import click", f"{1000 * click:.0f}"),
            ("ratio", f"{ours / click:.1f}")]  # fmt: skip
    return ["## Start", "", *_table(("", "ms"), rows)]


def _pairs(_: argparse.Namespace) -> list[str]:
    rows = [(p.what, f"{p.vanban:.2f}", f"{p.other:.2f}", f"{p.ratio:.1f}") for p in alternatives.pairs()]
    heads = ("same input, same run", "vanban s", "other s", "times as fast")
    return ["## Beside alternatives", "", *_table(heads, rows)]


def _queries(asked: argparse.Namespace) -> list[str]:
    with TemporaryDirectory() as folder:
        store = asked.store or Path(folder, "large.db")
        if not store.exists():
            large.fill(store, asked.documents, asked.tasks)
        counts = large.counts(store)
        rows = [
            (a.query, a.rows, f"{a.middle:.1f}", f"{a.p95:.1f}", f"{a.processor:.1f}") for a in latency.answers(store)
        ]
        looked = [(unquote_plus(a.query), f"{a.middle:.1f}", f"{a.processor:.1f}") for a in pages.answers(store)]
        size = store.stat().st_size / 2**30
    listed = ", ".join(f"{count:,} {table}" for table, count in counts.items())
    return ["## Queries", "", f"Store of {listed}; {size:.1f} GB. First 50 rows.", "",
            *_table(("query", "rows", "median ms", "p95 ms", "of a processor ms"), rows),
            "## Pages", "", "The same store; addresses with their filters.", "",
            *_table(("page", "median ms", "of a processor ms"), looked)]  # fmt: skip


def _table(heads: Iterable[object], rows: Iterable[Iterable[object]]) -> list[str]:
    line: Callable[[Iterable[object]], str] = lambda cells: f"| {' | '.join(map(str, cells))} |"  # noqa: E731
    heads = list(heads)
    return [line(heads), line("---" for _ in heads), *map(line, rows), ""]


if __name__ == "__main__":
    main()
