"""Looking up sections by offset."""

from __future__ import annotations

from bisect import bisect_right

from pipeline.model import Section


class SectionTree:
    """The sections of a document, asked by offset and by parentage."""

    def __init__(self, sections: list[Section]) -> None:
        self._sections = sections
        self._starts = [s.start for s in sections]
        self._by_id = {s.id: s for s in sections}

    def at(self, offset: int) -> Section | None:
        """The innermost section that holds an offset, its heading included."""
        i = bisect_right(self._starts, offset) - 1
        section = self._sections[i] if i >= 0 else None
        while section and offset >= section.body_end:
            section = self.parent(section)
        return section

    def parent(self, section: Section) -> Section | None:
        """The section that holds this one."""
        return self._by_id.get(section.parent) if section.parent is not None else None

    def starting_at(self, offset: int) -> Section | None:
        """The section whose heading begins at an offset."""
        i = bisect_right(self._starts, offset) - 1
        return self._sections[i] if i >= 0 and self._starts[i] == offset else None
