"""From a name as a person types it to the agencies meant.

The rule, in order:

1. the agencies that the typed words name exactly: the whole name, or the office without its place
   (``phong ldtbxh``: that office of every district), or with the place shortened (``phong noi vu phong tho``);
2. the collectives that hold the body named (``Ủy ban nhân dân các xã, thị trấn`` for ``ubnd xa muong so``), in those
   documents whose area holds its place;
3. where neither is found, the agencies whose names hold the typed words in order; if these are several kinds of office
   (``so van hoa``: ``Sở Văn hóa và Thể thao``, ``Sở Văn hóa, Thể thao và Du lịch``), the name is ambiguous.
"""

from __future__ import annotations

from typing import NamedTuple

from sqlite_utils import Database

from pipeline.names import Name, is_meant, name_key, read_name, resembles, unit_of
from pipeline.store.places import Place, lies_in


class AmbiguousName(Exception):
    """A typed name fits several kinds of office; ``candidates`` are their names."""

    def __init__(self, asked: str, candidates: list[str]) -> None:
        super().__init__(asked)
        self.asked, self.candidates = asked, candidates


class Match(NamedTuple):
    """The agencies meant, by id, and the collectives that hold them with the places of documents in which they do."""

    agencies: frozenset[int]
    held: dict[int, frozenset[Place]]

    def holds_in(self, agency: int, *place: str | None) -> bool:
        """Whether a collective holds the body meant in documents of a place."""
        return Place(*(part or "" for part in place)) in self.held[agency]


def match_agency(db: Database, asked: str, *, loosely: bool = True) -> Match:
    """The agencies that a typed name means; not ``loosely``: only by the first two rules. Raises AmbiguousName."""
    key = name_key(asked)
    first = key.partition(" ")[0]
    near = _agencies(db, "name_key = ? OR name_key >= ? AND name_key < ?", [first, f"{first} ", f"{first}!"])
    found = {i for i, _, name in near if is_meant(name, key)}
    told = places_of_documents(db)
    areas = {i: frozenset(_holding(told, name, key)) for i, _, name in near if name.members}
    held = {i: places for i, places in areas.items() if places}
    if not found and not held and key and loosely:
        holding = _agencies(db, "name_key LIKE ?", [f"%{'%'.join(key.split())}%"])
        found = set(_alike(holding, key, asked))
    return Match(frozenset(found), held)


def _agencies(db: Database, condition: str, parameters: list[str]) -> list[tuple[int, str, Name]]:
    rows = db.execute(f"SELECT id, name FROM agencies WHERE {condition}", parameters).fetchall()
    return [(i, name, read_name(name)) for i, name in rows]


def match_places(db: Database, asked: str) -> list[Place]:
    """The places of documents (province, district, commune; ``""`` where none) that hold the typed words."""
    key = f" {name_key(asked)} "
    return [place for place in places_of_documents(db) if any(key in f" {part} " for part in place)]


def match_issuers(db: Database, asked: str, column: str = "documents.issuer") -> list[str]:
    """The issuers (of documents, or ``cited_documents.issuer``) that a typed name means. Raises AmbiguousName."""
    table, field = column.split(".")
    issuers = db.execute(f"SELECT DISTINCT {field} FROM {table} WHERE {field} IS NOT NULL ORDER BY 1").fetchall()
    key = name_key(asked)
    first = key.partition(" ")[0]
    found = [row[0] for row in issuers if name_key(row[0]).startswith(first) and is_meant(read_name(row[0]), key)]
    if found:
        return found
    known = [(i, row[0], read_name(row[0])) for i, row in enumerate(issuers)]
    return [known[i][1] for i in _alike(known, key, asked)]


def _holding(told: list[Place], name: Name, asked: str) -> list[Place]:
    """Of the places of documents those in which a collective holds the body asked for."""
    place = asked.removeprefix(name.kind + " ")
    unit = unit_of(place)
    if place in (asked, unit) or unit not in name.members:
        return []
    return [area for area in told if _reaches(name, area, place, told)]


def places_of_documents(db: Database) -> list[Place]:
    """The places of documents."""
    return [Place(*row) for row in db.execute(_TOLD).fetchall()]


_TOLD = "SELECT DISTINCT coalesce(province, ''), coalesce(district, ''), coalesce(commune, '') FROM documents"


def _reaches(name: Name, area: Place, place: str, told: list[Place]) -> bool:
    """Whether a collective in a document of this area holds a place: by its own words, else by the area."""
    own = name.place.removeprefix("tren dia ban ").removeprefix("thuoc ").removeprefix("cua ")
    if unit_of(own) and own != unit_of(own):
        return lies_in(place, area._replace(**{_LEVEL.get(unit_of(own), "province"): own}), told)
    if name.members & {"tinh"} and not any(area):
        return True  # the provinces of a document of the whole country
    return lies_in(place, area, told)


_LEVEL = {"huyen": "district", "quan": "district", "thi xa": "district"}


def _alike(known: list[tuple[int, str, Name]], key: str, asked: str) -> list[int]:
    """Those whose names hold the typed words; one kind of office only."""
    found = [(i, text, name) for i, text, name in known if key and resembles(name, key)]
    if len({name.kind for _, _, name in found}) > 1:
        raise AmbiguousName(asked, sorted({text for _, text, _ in found}))
    return [i for i, _, _ in found]
