"""What a reader of one format hands back."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model import Line, Table


@dataclass(slots=True)
class Reading:
    """Lines and tables in reading order, and how many pages there are in formats that have pages."""

    blocks: list[Line | Table]
    pages: int | None = None
