"""Write the gold of the samples: what a hand has marked in their sources, as one JSON file a document.

Marks carry their value where it is not plain; ``ngày 05/02/2024`` or ``1.085 học viên`` say theirs themselves.
The reading here is deliberately small: a mark it does not understand is an error, to be valued by hand.
"""

from __future__ import annotations

import json
import re
from calendar import monthrange
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus.source import TASK_ROLES, Block, Duty, Grid, Mark, Sample, Words, samples

GOLD = Path(__file__).parent / "gold"
Item = dict[str, Any]

TYPES = {
    "Báo cáo": "BC", "Bộ luật": "Luật", "Chỉ thị": "CT", "Chương trình hành động": "CTr", "Chương trình": "CTr",
    "Công văn": "CV", "Công điện": "CĐ", "Hướng dẫn": "HD", "Kế hoạch": "KH", "Kết luận": "KL", "Luật": "Luật",
    "Nghị quyết": "NQ", "Nghị định": "NĐ", "Quyết định": "QĐ", "Thông báo": "TB", "Thông tư": "TT", "Tờ trình": "TTr",
    "Đề án": "ĐA", "Văn bản": "VB", "Quy định": "QyĐ",
}  # fmt: skip
COMPARATORS = {
    "trên": ">", "hơn": ">", "gần": "~", "khoảng": "~", "ước": "~", "ước đạt": "~", "ít nhất": ">=", "tối thiểu": ">=",
    "không quá": "<=", "tối đa": "<=", "dưới": "<",
}  # fmt: skip
RELATIONS = {"trước": "before", "chậm nhất": "before", "đến": "until", "từ": "from", "trong": "on", "sau": "after"}
SCALES = {"nghìn tỷ": 10**12, "tỷ": 10**9, "triệu": 10**6, "nghìn": 10**3}
NUMBER = r"\d+(?:\.\d{3})*(?:,\d+)?"
QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4}


def gold(sample: Sample) -> Item:
    """The gold of one document, in the form of the golden tests."""
    return _Gold(sample).document()


class _Gold:
    """Gathers the marks of one document in text order."""

    def __init__(self, sample: Sample) -> None:
        self.sample = sample
        self.sections: list[Item] = []
        self.citations: list[Item] = []
        self.dates: list[Item] = []
        self.quantities: list[Item] = []
        self.tasks: list[Item] = []
        self.path: list[tuple[int, int, list[str]]] = []  # level, section id, owners of the open headings

    def document(self) -> Item:
        head = self.sample.head
        if head.get("date"):
            self._mentions(Words(head["date"], [Mark("d", 0, len(head["date"]), head.get("date_value", ""))]), None)
        self._mentions(self.sample.title, None)
        for block in self.sample.blocks:
            if isinstance(block, Grid):
                self._table(block)
            elif block.kind != "close":
                self._block(block)
        self._complete_citations()
        return {
            "file": f"{self.sample.name}.txt",
            "header": self._header(),
            "sections": self.sections,
            "citations": self.citations,
            "dates": self.dates,
            "quantities": self.quantities,
            "agencies": self._agencies(),
            "tasks": self.tasks,
        }

    def _header(self) -> Item:
        head = self.sample.head
        return {
            "doc_type": head["doc_type"],
            "symbol": head.get("symbol"),
            "issuer": head["issuer"],
            "title": self.sample.title.text or None,
            "place": head.get("place") if head.get("issued_on") else None,
            "issued_on": str(head["issued_on"]) if head.get("issued_on") else None,
            "draft": bool(head.get("draft")),
            "signer": {k: head["signer"].get(k) for k in ("capacity", "position", "on_behalf_of", "name")},
            "addressees": head.get("addressees", []),
            "recipients": [line.rstrip(";.,") for line in head["recipients"]],
        }

    def _agencies(self) -> list[str]:
        named = [*self.sample.names.values(), *(c["issuer"] for c in self.citations)]
        named += [a for t in self.tasks for a in (*t["agencies"], *t["partners"], t["report_to"])]
        return list(dict.fromkeys(name for name in named if name and name != "-"))

    def _block(self, block: Block) -> None:
        owners: list[str] = []
        if block.kind == "heading":
            while self.path and self.path[-1][0] >= block.level:
                self.path.pop()
            parent = self.path[-1][1] if self.path else None
            self.sections.append(
                {
                    "id": len(self.sections) + 1,
                    "parent": parent,
                    "label": block.label,
                    "heading": block.heading,
                    "role": block.role,
                }
            )
            self.path.append((block.level, len(self.sections), block.duty.owners if block.duty else []))
        duty = block.duty if block.duty and block.duty.role else None
        owners = next((names for _, _, names in reversed(self.path) if names), [])
        task = self._task(duty, owners, _duty_text(block)) if duty else None
        self._mentions(block.words, task)

    def _table(self, grid: Grid) -> None:
        above: list[str] = []
        for number, row in enumerate(grid.rows):
            cells = [above[i] if cell.text == "^" else cell.text for i, cell in enumerate(row)]
            above = cells
            task = None
            if number >= grid.header and grid.tasks and cells[grid.tasks["owner"]] not in ("", "<"):
                partners = cells[grid.tasks["partner"]] if "partner" in grid.tasks else ""
                duty = Duty("lead", _listed(cells[grid.tasks["owner"]]), _listed(partners))
                task = self._task(duty, [], cells[grid.tasks["text"]])
            for column, cell in enumerate(row):
                if number >= grid.header and column in grid.units and re.fullmatch(r"[\d.,]+", cell.text):
                    self.quantities.append(_quantity(cell.text, f"{cell.text} {grid.units[column]}"))
                else:
                    self._mentions(cell, task)

    def _task(self, duty: Duty, inherited: list[str], text: str) -> Item:
        task = {
            "agencies": [n for n in map(self._name, duty.owners or inherited) if n != "-"],
            "role": duty.role,
            "partners": [n for n in map(self._name, duty.partners) if n != "-"],
            "text": text,
            "deadlines": list(duty.deadlines),
            "report_to": self._name(duty.report_to) if duty.report_to else None,
        }
        self.tasks.append(task)
        return task

    def _name(self, surface: str) -> str:
        return self.sample.names.get(surface, surface)

    def _mentions(self, words: Words, task: Item | None) -> None:
        """Take the marks of a text; deadlines go to the duty around them."""
        for mark in words.marks:
            self._mention(words.text, mark, task)

    def _mention(self, text: str, mark: Mark, task: Item | None) -> None:
        said = text[mark.start : mark.end]
        match mark.kind[0]:
            case "d":
                self.dates.append(_date(said, mark.value))
                if mark.kind == "d!":
                    assert task is not None, said
                    task["deadlines"].append(said)
            case "q":
                self.quantities.append(_quantity(said, mark.value or said))
            case "t":
                self.citations[-1]["title"] = said
            case "c":
                before = len(self.dates)
                citation = self._citation(said, mark.value)
                self.citations.append(citation)
                for inner in mark.inner:
                    self._mention(text, inner, task)
                if len(self.dates) > before and "date" not in mark.value:
                    citation["issued_on"] = self.dates[before]["from"]
                return
            case "k":
                role, *rest = mark.value.split(" ", 1)
                if role not in TASK_ROLES:
                    raise ValueError(f"{role!r} is no task role: {said[:60]!r}")
                signs = {
                    s: [n.strip() for n in g.split(";")] for s, g in re.findall(r"([@+>])([^@+>]+)", "".join(rest))
                }
                duty = Duty(role, signs.get("@", []), signs.get("+", []), next(iter(signs.get(">", [])), None))
                task = self._task(duty, [], said)
            case other:
                raise ValueError(f"no such mark: {other!r} at {said[:60]!r}")
        for inner in mark.inner:
            self._mention(text, inner, task)

    def _citation(self, said: str, value: str) -> Item:
        given = dict(part.strip().split("=", 1) for part in value.split(";") if part.strip())
        named = next((t for t in TYPES if said.casefold().startswith(t.casefold())), None)
        symbol = re.search(r"\b(?:số )?(\d+[\w.]*\s?[/-]\s?[\w&/ -]*?[A-ZĐa-z&]+\d*)(?=,? ngày|,? của|$)", said)
        title = re.split(r" ngày | số \d", said)[0] if named in ("Luật", "Bộ luật") else None
        issuer = said.rpartition(" của ")[2] if " của " in said and not title else None
        return {
            "text": said,
            "doc_type": given.get("type") or TYPES[named or ""],
            "symbol": given.get("symbol") or (symbol and re.sub(r"\s", "", symbol[1])),
            "title": given.get("title") or title,
            "issued_on": given.get("date"),
            "issuer": given.get("issuer") or (issuer and self._name(issuer)),
        }

    def _complete_citations(self) -> None:
        """A mention without date or issuer takes what the document gives elsewhere for the same symbol."""
        for field in ("issued_on", "issuer"):
            known = {(c["doc_type"], c["symbol"]): c[field] for c in self.citations if c["symbol"] and c[field]}
            for citation in self.citations:
                citation[field] = citation[field] or known.get((citation["doc_type"], citation["symbol"]))
        for citation in self.citations:  # an office's own documents need not name it
            if not citation["issuer"] and "UBND" in (citation["symbol"] or ""):
                citation["issuer"] = self.sample.head["issuer"]


def _listed(cell: str) -> list[str]:
    return [name.strip() for name in cell.split(";") if name.strip() not in ("", "-", "<")]


def _duty_text(block: Block) -> str:
    """A duty as it stands: without bullet or label, and without a heading that a colon closes."""
    text = block.words.text
    if block.kind == "para":
        return re.sub(r"^(?:[a-zđ]\)|\d+\.|\(\d+\)) ", "", text)
    if block.kind != "heading":
        return text
    rest = text[text.index(block.heading) + len(block.heading) :] if block.heading else ""
    if rest.startswith(":") and rest[1:].strip():
        return rest[1:].strip()
    return text.removeprefix(block.label or "").lstrip(" .)-/")


def _date(text: str, value: str) -> Item:
    """A date by its value (``2024-06-10 before``, ``--06-10``, ``2024-Q1``, ``2021..2025``) or by its plain words."""
    code, *said = value.split() if value else ["", *[]]
    code = code or _date_code(text)
    relation = next((r for r in RELATIONS.values() if r in said), None)
    if not said:
        relation = next((r for w, r in RELATIONS.items() if text.casefold().startswith(w)), None)
    recurrence = next((w for w in said if w.endswith("ly")), None)
    kind, start, end, month_day = _span(code)
    return {
        "text": text, "kind": kind, "from": start, "to": end, "month_day": month_day, "relation": relation,
        "recurrence": recurrence,
    }  # fmt: skip


def _date_code(text: str) -> str:
    if m := re.search(r"(?:nhiệm kỳ|giai đoạn|từ năm) (\d{4})(?:\s?-\s?| đến năm )(\d{4})", text, re.I):
        return f"{m[1]}..{m[2]}"
    if m := re.search(r"(\d+)/(\d+)/(\d{4})", text) or re.search(r"(\d+) tháng (\d+) năm (\d{4})", text):
        return f"{m[3]}-{int(m[2]):02}-{int(m[1]):02}"
    if m := re.search(r"tháng (\d+)(?:/| năm )(\d{4})", text, re.I):
        return f"{m[2]}-{int(m[1]):02}"
    if m := re.search(r"quý (I{1,3}|IV)(?:/| năm )(\d{4})", text, re.I):
        return f"{m[2]}-Q{QUARTERS[m[1].upper()]}"
    if m := re.search(r"(06|6|9|09) tháng (đầu|cuối) năm (\d{4})", text, re.I):
        return f"{m[3]}-9M" if "9" in m[1] else f"{m[3]}-H{1 if m[2] == 'đầu' else 2}"
    if m := re.search(r"năm (\d{4})$", text, re.I):
        return m[1]
    if m := re.search(r"ngày (\d+)/(\d+)$", text, re.I):
        return f"--{int(m[2]):02}-{int(m[1]):02}"
    raise ValueError(f"no plain date: {text!r}")


def _span(code: str) -> tuple[str, str | None, str | None, str | None]:
    """Kind, first and last day, and month and day of a date's value."""
    if code == "?":
        return "day", None, None, None
    if code.startswith("--"):
        return "day", None, None, code[2:]
    if ".." in code:
        first, last = code.split("..")
        return "period", _span(first)[1], _span(last)[2], None
    year, *rest = code.split("-")
    if not rest:
        return "year", f"{year}-01-01", f"{year}-12-31", None
    if rest[0] == "9M":
        return "nine_months", f"{year}-01-01", f"{year}-09-30", None
    if rest[0][0] in "QH":
        months, number = (3 if rest[0][0] == "Q" else 6), int(rest[0][1])
        first_month, last_month = months * (number - 1) + 1, months * number
        kind = "quarter" if months == 3 else "half_year"
    elif len(rest) == 1:
        first_month = last_month = int(rest[0])
        kind = "month"
    else:
        return "day", code, code, None
    last_day = monthrange(int(year), last_month)[1]
    return kind, f"{year}-{first_month:02}-01", f"{year}-{last_month:02}-{last_day}", None


def _quantity(text: str, value: str) -> Item:
    """A quantity by its value (``>=12 lao động/xã``, ``4..6 lớp``, ``2/5 người``) or by its plain words."""
    comparator = "="
    for word, sign in sorted(COMPARATORS.items(), key=lambda pair: -len(pair[0])):
        if value.casefold().startswith(word + " "):
            comparator, value = sign, value[len(word) + 1 :]
    if m := re.match(r"(>=|<=|>|<|~)\s*", value):
        comparator, value = m[1], value[m.end() :]
    m = re.fullmatch(rf"({NUMBER})(?:\.\.({NUMBER})|/({NUMBER}))?\s*(nghìn tỷ|tỷ|triệu|nghìn)?\s*(\D.*)", value)
    if not m:
        raise ValueError(f"no plain quantity: {value!r}")
    unit, *per = m[5].split("/")
    scale = SCALES.get(m[4] or "", 1)
    return {
        "text": text, "value": _number(m[1], scale), "value_max": m[2] and _number(m[2], scale),
        "of": m[3] and _number(m[3]), "unit": unit.strip().lower() if unit not in ("USD", "°C") else unit, "per": per,
        "comparator": comparator,
    }  # fmt: skip


def _number(digits: str, scale: int = 1) -> int | float:
    value = round(float(digits.replace(".", "").replace(",", ".")) * scale, 6)
    return int(value) if value == int(value) else value


def write() -> Iterator[Path]:
    """Write the gold files; yields those whose content changed."""
    GOLD.mkdir(exist_ok=True)
    for sample in samples():
        path = GOLD / f"{sample.name}.json"
        content = json.dumps(gold(sample), ensure_ascii=False, indent=1) + "\n"
        if not path.exists() or path.read_text("utf-8") != content:
            path.write_text(content, "utf-8")
            yield path
