"""Mentions of organisations, with their canonical names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

import patterns
from pipeline.annotate.agency_names import AND, Token, match_name, registry, tokens_of
from pipeline.annotate.agency_open import read_rest
from pipeline.annotate.agency_phrases import beginnings, read
from pipeline.annotate.agency_places import Where, is_number, named_units, read_place
from pipeline.annotate.agency_words import STOPS, Reading, follows, preceded, skip_abbreviation, stops_at
from pipeline.model import AgencyMention, Context, Frame, Text
from pipeline.resolve.agencies import Named, levelled_kind, own_place, resolve
from pipeline.resolve.places import UNIT_LEVELS, fold, place
from pipeline.resolve.short_names import Found, settle, with_aliases

_NAME = patterns.data("agency_grammar")["name"]
_ELLIPTIC: frozenset[str] = frozenset(_NAME["elliptic"])
_PLURAL = frozenset(h.split()[0] for h in _NAME["plural_heads"])
_UNIONS = frozenset(_NAME["unions"])
_OPEN_LISTS = frozenset(_NAME["open_lists"])
_BRACKETED = frozenset(_NAME["belonging_bracket"])
_FARTHEST = 16  # words from "các Bộ" to the colon
_ZONES = ("title", "body")
_NAMED_AFTER: list[str] = patterns.data("agency_grammar")["unit_words"]["named_after"]
_BESIDE = frozenset(_NAME["offices_beside"])
_NUMBER: str = patterns.data("agency_grammar")["open"]["number"]
_OWN_IN_HEADINGS = tuple(f"{head} " for head in _NAME["own_in_headings"])
_NATIONWIDE = tuple(patterns.data("agency_grammar")["open"]["closing"])
_CHARGES = frozenset(w for words in patterns.data("actors")["prefix"].values() for said in words for w in said.split())
_LABEL = 6  # tokens before a heading's first name: V.3. Đề nghị
_COMMUNAL = frozenset(fold(n) for n in _NAME["sharing"])


def find_agencies(text: Text, frame: Frame, context: Context) -> list[AgencyMention]:
    """Every mention in title and body, in text order."""
    found: list[Found] = []
    for unit in text.units():
        if frame.zone_at(unit.start) in _ZONES:
            tokens = tokens_of(text.text, unit.start, unit.end)
            readings = _share_with_kinds(_readings(tokens, text.text, context), tokens, context)
            readings = _share_places(readings, tokens, context)
            readings = _with_their_bodies(_recall_places(readings, tokens, context), tokens)
            readings = _own_in_heading(readings, tokens, context)
            found += [Found(tokens[r.start].start, tokens[r.end - 1].end, r) for r in readings]
    named = with_aliases(text.text, settle(found, context), context)
    return [_mention(text.text, *s) for s in sorted(named, key=lambda s: s[:2]) if frame.zone_at(s[0]) in _ZONES]


def _mention(text: str, start: int, end: int, named: Named) -> AgencyMention:
    return AgencyMention(
        text=text[start:end],
        start=start,
        end=end,
        name=named.name,
        key=named.key,
        level=named.level,
        collective=named.collective,
    )


def _readings(tokens: Sequence[Token], text: str, context: Context) -> list[Reading]:
    """The agencies of one paragraph or cell, lists taken apart."""
    readings: list[Reading] = []
    done = 0
    for i in beginnings(tokens):
        if i < done:
            continue
        reading = None if _inside_symbol(tokens, i, text) else read(tokens, i, context)
        if reading:
            readings.append(reading)
            done = _list_on(tokens, reading, context, readings)
        elif lead := _plural_lead(tokens, i, context):
            heads, first = lead
            before = len(readings)
            done = _continue(tokens, first, heads, None, context, readings)
            readings[before:] = _parts_of_each(tokens, i - 1, heads, readings[before:])
    return readings


def _inside_symbol(tokens: Sequence[Token], i: int, text: str) -> bool:
    """Whether a word is part of a document's symbol: ``KH-UBND``, ``33-KH/HU``."""
    before = text[tokens[i].start - 1 : tokens[i].start]
    if before not in ("/", "-", "–") or i == 0 or text[tokens[i].start - 2 : tokens[i].start - 1].isspace():
        return False
    return i < 2 or tokens[i - 2].text.isupper() or not tokens[i - 2].text.isalpha()


# --------------------------------------------------------------------------- lists


def _plural_lead(tokens: Sequence[Token], i: int, context: Context) -> tuple[list[str], int] | None:
    """``các Bộ:``, ``Giám đốc Sở:``, ``các Tập đoàn, Tổng công ty:`` - heads of a list, and where its items begin."""
    if i == 0 or (not tokens[i - 1].is_plural and not follows(tokens, i + 1, [":"])):
        return None
    if tokens[i].fold not in _ELLIPTIC and tokens[i].fold not in _PLURAL:
        return None
    if preceded(tokens, i, _NAME["compound"].get(tokens[i].fold, ())):
        return None
    for k in range(i + 1, min(i + _FARTHEST, len(tokens))):
        if tokens[k].text == ":":
            lead = " ".join(t.fold for t in tokens[i:k])
            heads = [h for h in (*_NAME["plural_heads"], tokens[i].fold) if h in lead and h not in _PLURAL]
            return (heads, k + 1) if _lists(tokens, k + 1, heads, context) else None
        if tokens[k].text in ".;()":
            return None
    return None


def _parts_of_each(tokens: Sequence[Token], i: int, heads: list[str], listed: Sequence[Reading]) -> list[Reading]:
    """The part that is named before a list of bodies, of each of them: ``Đảng ủy các Bộ: Y tế, Tài chính``."""
    part = next((p for p in _NAME["of_agency"] if tokens[i].is_plural and preceded(tokens, i, [fold(p)])), None)
    if part is None:
        return list(listed)
    theirs = sum(1 for _ in takewhile(lambda r: fold(r.base.name).startswith(tuple(heads)), listed))
    named = [r.named and r.named._replace(name=f"{part} {r.named.name}", key=None) for r in listed[:theirs]]
    return [*(r._replace(named=n) for r, n in zip(listed, named, strict=False)), *listed[theirs:]]


def _lists(tokens: Sequence[Token], i: int, heads: list[str], context: Context) -> bool:
    """Whether a list's item without its head, and no other word, stands at a token: ``Tài chính, ...``."""
    if i >= len(tokens):
        return False
    if match_name(tokens, i) is not None:
        return True
    ends = [item.end for head in heads if (item := _elliptic(tokens, i, head, context))]
    return any(end >= len(tokens) or tokens[end].text in ",;.()" or tokens[end].is_and for end in ends)


def _list_on(tokens: Sequence[Token], reading: Reading, context: Context, readings: list[Reading]) -> int:
    """Read on after an agency for those that lean on it, and return the token after the last."""
    last = _those_after(tokens, reading, context, readings)
    if last is reading and tokens[reading.start].fold in _ELLIPTIC:
        return _continue(tokens, reading.end, [tokens[reading.start].fold], reading, context, readings)
    return last.end


def _those_after(tokens: Sequence[Token], last: Reading, context: Context, readings: list[Reading]) -> Reading:
    """Read the further places or numbers that one name serves; the last of them, or the name itself."""
    if one_by_one := _named_class(tokens, last, context):
        readings[-1:] = one_by_one
        return one_by_one[-1]
    while other := _next_place(tokens, last, context) or _next_number(tokens, last, context):
        readings.append(other)
        last = other
    return last


def _next_place(tokens: Sequence[Token], reading: Reading, context: Context) -> Reading | None:
    """The second place of ``UBND Tỉnh, Huyện``, of ``UBND tỉnh Lào Cai, tỉnh Phú Thọ``, of ``Thuế khu vực I, II``."""
    i, here = reading.end, reading.where
    if here is None or i >= len(tokens) or not tokens[i].divides:
        return None
    where: Where | None
    if here.form == "region" and i + 1 < len(tokens) and is_number(tokens[i + 1].text):
        where = here._replace(words=f"{here.words.rpartition(' ')[0]} {tokens[i + 1].text}", end=i + 2)
    else:
        where = read_place(tokens, i + 1, context)
        if where is None or not _goes_on(reading, here, where):
            return None
    return Reading(i + 1, where.end, reading.base, where, resolve(reading.base, where, context))


def _next_number(tokens: Sequence[Token], reading: Reading, context: Context) -> Reading | None:
    """The next body told by its number alone: ``Khu Quản lý đường bộ III và IV``, ``Quân khu 5, 7``."""
    name, _, number = reading.base.name.rpartition(" ")
    k = reading.end + 1
    k += f" {_NUMBER} " in reading.base.name and follows(tokens, k, [_NUMBER])
    if (
        reading.where
        or reading.base.ids
        or not is_number(number)
        or k >= len(tokens)
        or not tokens[reading.end].divides
    ):
        return None
    counts = k + 1 < len(tokens) and tokens[k + 1].text[0].islower() and not stops_at(tokens, k + 1, STOPS)
    if not is_number(tokens[k].text) or (counts and tokens[k].text.isdigit()):
        return None
    base = replace(reading.base, name=f"{name} {tokens[k].text}")
    named = resolve(base, None, context) or (reading.named and reading.named._replace(name=base.name, key=None))
    return Reading(k, k + 1, base, None, named)


def _goes_on(reading: Reading, here: Where, where: Where) -> bool:
    if here.form == "unit":
        return where.form == "unit" and where.kind != here.kind
    if where.form != "named" or here.form not in ("named", "class") or fold(reading.base.name) not in _COMMUNAL:
        return False
    return UNIT_LEVELS.get(where.kind) == UNIT_LEVELS.get(here.kind)


def _named_class(tokens: Sequence[Token], reading: Reading, context: Context) -> list[Reading]:
    """``UBND các tỉnh: Lào Cai, Phú Thọ`` taken apart, where each name is one that the table knows.

    After several kinds (``các tỉnh, thành phố``) only names behind words that announce them are theirs.
    """
    if reading.where is None or reading.where.form != "class":
        return []
    said, i = f", {reading.where.words.removeprefix('các ')},", reading.end
    kinds = [k for k in UNIT_LEVELS if f", {k}," in said or f", {k} " in said]
    opened = next((words for words in _NAMED_AFTER if follows(tokens, i, [words])), "")
    if not kinds or (len(kinds) > 1 and not opened):
        return []
    units = named_units(tokens, i + len(opened.split()), kinds, context)
    if opened.startswith("(") and not (units and follows(tokens, units[-1][1].end, [")"])):
        return []
    return [
        Reading(start if n else reading.start, where.end, reading.base, where, resolve(reading.base, where, context))
        for n, (start, where) in enumerate(units)
    ]


def _continue(
    tokens: Sequence[Token], i: int, heads: list[str], last: Reading | None, context: Context, readings: list[Reading]
) -> int:
    """Items of a list that leave out their head: ``(các Sở: Tài chính,) Nội vụ và Tư pháp``."""
    while i < len(tokens):
        k = i
        if last is not None:
            if tokens[k].text not in ",;" and not tokens[k].is_and:
                break
            k += 1
        if k >= len(tokens) or not tokens[k].text[0].isupper():
            break
        reading = read(tokens, k, context)
        if reading is None or reading.named is None or not reading.base.ids:
            reading = next((r for head in heads if (r := _elliptic(tokens, k, head, context))), reading)
        if reading is None:
            break
        readings.append(reading)
        last = _those_after(tokens, reading, context, readings)
        i = last.end
    return i


def _elliptic(tokens: Sequence[Token], i: int, head: str, context: Context) -> Reading | None:
    match = match_name(tokens, i, head)
    if match is None:
        return read_rest(tokens, i, head, context) if head in _OPEN_LISTS else None
    end = skip_abbreviation(tokens, match.end)
    where = read_place(tokens, end, context)
    end = where.end if where else end
    return Reading(i, end, match.base, where, resolve(match.base, where, context))


def _share_places(readings: list[Reading], tokens: Sequence[Token], context: Context) -> list[Reading]:
    """Give a name without a place that of the next in its list: ``HĐND, UBND tỉnh``."""
    shared = list(readings)
    for n in range(len(shared) - 2, -1, -1):
        this, following = shared[n], shared[n + 1]
        between = [t.fold for t in tokens[this.end : following.start]]
        if this.where is not None or not between or between[0] not in (",", AND, "-", "/"):
            continue
        if len(between) > 1 and (" ".join(between[1:]) not in _BESIDE or _is_listed(shared, n + 1)):
            continue
        if office := _of_committee(this, following, context):
            shared[n] = office
            continue
        if following.where is None:
            continue
        if _may_share(this, following.where, following, context):
            named = resolve(this.base, following.where, context)
            shared[n] = this._replace(where=following.where, named=named)
    return shared


def _is_listed(readings: list[Reading], n: int) -> bool:
    """Whether the place of a reading is the first of several that its name serves."""
    after = readings[n + 1 : n + 2]
    return bool(after) and after[0].base is readings[n].base and after[0].start == readings[n].end + 1


def _share_with_kinds(readings: list[Reading], tokens: Sequence[Token], context: Context) -> list[Reading]:
    """Give the Front the place of the kinds of bodies beside it: ``Mặt trận Tổ quốc và các đoàn thể huyện``."""
    return [_placed_by_kinds(r, tokens, context) or r for r in readings]


def _placed_by_kinds(this: Reading, tokens: Sequence[Token], context: Context) -> Reading | None:
    if this.where is not None or this.base.name not in _NAME["sharing_with_kinds"]:
        return None
    beside = next((words for words in _NAME["kinds_beside"] if follows(tokens, this.end, [words])), None)
    where = read_place(tokens, this.end + len(beside.split()), context) if beside else None
    if where is None or where.form not in ("unit", "named"):
        return None
    where = where._replace(end=this.end)
    return this._replace(where=where, named=resolve(this.base, where, context))


def _recall_places(readings: list[Reading], tokens: Sequence[Token], context: Context) -> list[Reading]:
    """Give ``Đảng ủy xã`` the commune that its sentence has named before it, where the document's own is no commune."""
    recalled: list[Reading] = []
    for this in readings:
        before = recalled[-1] if recalled else None
        kind = this.where.kind if this.where and this.where.form == "unit" else ""
        if kind and before and before.where and before.where.form == "named" and before.where.kind == kind:
            ends = any(t.text in ".;" for t in tokens[before.end : this.start])
            if not ends and own_place(kind, context) is None and UNIT_LEVELS[kind] != context.level:
                where = before.where._replace(end=this.end)
                this = this._replace(where=where, named=resolve(this.base, where, context))
        recalled.append(this)
    return recalled


def _own_in_heading(readings: list[Reading], tokens: Sequence[Token], context: Context) -> list[Reading]:
    """Give bodies of a plan's own unit its place, where a heading or line names nothing else: ``5. Hội Nông dân``."""
    units = {"province": context.province, "district": context.district, "commune": context.commune}
    own = units.get(context.level or "")
    if not own or not readings or not _is_heading(readings, tokens):
        return readings
    unit = place(own)
    where = Where("named", own, unit.kind, unit.name, 0)
    return [
        r._replace(where=where._replace(end=r.end), named=resolve(r.base, where, context))
        if r.where is None and r.named and _is_own(r, context)
        else r
        for r in readings
    ]


def _is_heading(readings: list[Reading], tokens: Sequence[Token]) -> bool:
    """Whether a line, or what it says before a colon, is nothing but names, a label, and what opens or parts them."""
    label = readings[0].start
    before = (t for t in tokens[:label] if len(t.text) > 1 and t.text.isalpha() and not is_number(t.text))
    if label > _LABEL or any(t.fold not in _CHARGES and not t.is_plural for t in before):
        return False
    end = label
    for r in readings:
        if any(not (t.text in ",;" or t.is_and or t.is_plural) for t in tokens[end : r.start]):
            return False
        end = r.end
        if end == len(tokens) or tokens[end].text in ":.":
            return True
    return False


def _is_own(reading: Reading, context: Context) -> bool:
    """Whether a name without a place is one that every unit of the document's level has."""
    if reading.base.ids:
        return reading.base.place == "said" and context.level in reading.base.levels
    name = fold(reading.base.name)
    return name.startswith(_OWN_IN_HEADINGS) and not name.endswith(_NATIONWIDE)


def _with_their_bodies(readings: list[Reading], tokens: Sequence[Token]) -> list[Reading]:
    """Offices in brackets take in the name of the body that they are of: ``Sở Nội vụ (qua Phòng Cải cách)``.

    Not those of a people's committee, which are departments of its unit: ``UBND huyện (qua Phòng Nội vụ)``.
    """
    whole = list(readings)
    for n, (body, office) in enumerate(pairwise(readings), 1):
        between = " ".join(t.fold for t in tokens[body.end : office.start])
        if between not in _BRACKETED or tokens[office.start].fold not in _NAME["belonging"] or office.where:
            continue
        if body.named and not (body.named.collective or body.board) and fold(body.base.name) not in _COMMUNAL:
            named = body.named._replace(name=f"{office.base.name} {body.named.name}", key=None)
            whole[n] = office._replace(named=named)
    return whole


def _of_committee(this: Reading, following: Reading, context: Context) -> Reading | None:
    """An office of the committee that the next in its list names: ``Ban Tổ chức, Ủy ban Kiểm tra Tỉnh ủy``."""
    if not levelled_kind(following.base.name) or levelled_kind(this.base.name):
        return None
    committee = " ".join(following.base.name.split()[-2:])
    base = registry()[1].get(fold(f"{this.base.name} {committee}"))
    if base is None:
        return None
    return this._replace(base=base, where=following.where, named=resolve(base, following.where, context), board="")


def _may_share(this: Reading, where: Where, following: Reading, context: Context) -> bool:
    kind = levelled_kind(this.base.name)
    if kind:
        return where.form == "named" and where.kind == kind
    head = this.base.name.split(maxsplit=1)[0]
    if where.form == "unit" and not this.base.ids and head in _UNIONS and following.base.name.startswith(f"{head} "):
        return True
    if this.base.place == "must" or fold(this.base.name) in _COMMUNAL:
        return True
    level = UNIT_LEVELS.get(where.kind)
    if where.form == "class" and head == following.base.name.split(maxsplit=1)[0] and level in this.base.levels:
        return True
    if where.form in ("class", "named") and list(this.base.levels) == [level] and level != context.level:
        return True
    return this.base.place == "said" and following.base.place in ("said", "always") and where.form != "class"
