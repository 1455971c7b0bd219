"""What a duty says besides its owner: role, partners, deadlines, who gets the report."""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import timedelta
from operator import attrgetter

import patterns
from pipeline.annotate.actor_words import actor_words
from pipeline.annotate.actors import Actors, Opening, actor_list, is_deed, opening
from pipeline.annotate.bodies import Body
from pipeline.fold import in_either_place
from pipeline.model import AgencyMention, Context, DateMention, Task, TaskRole, Text
from pipeline.resolve.agencies import without_country
from pipeline.resolve.places import LEVEL_RANK

DEADLINE_RELATIONS = ("before", "until", "on")
_CLAUSE = 160  # characters before a date in which the words stand that make it a deadline
#: the longest period between two days that is a time for doing something rather than the time of a plan
_WINDOW = timedelta(days=122)


def make_task(
    text: Text,
    start: int,
    end: int,
    owners: Actors,
    agencies: list[AgencyMention],
    dates: list[DateMention],
    role: TaskRole | None = None,
) -> Task:
    """The task that the words ``text[start:end]`` lay on ``owners``, who may stand in them or before them."""
    names = owners.names()
    names += _joint(text, start, end, names, agencies)
    return Task(
        text=text.text[start:end],
        start=start,
        end=end,
        agency=names[0],
        agencies=names,
        role=role or verb_role(text.text[_duty_start(text, start, end, owners, agencies) : end]),
        partners=partners(text, start, end, names, agencies),
        deadlines=deadlines(text, start, end, dates),
        report_to=report_to(text, start, end, agencies),
    )


def _joint(text: Text, start: int, end: int, owners: list[str], agencies: list[AgencyMention]) -> list[str]:
    """The named agencies with whom the owners lead: ``Đồng chủ trì với Sở Công Thương``."""
    cue = patterns.forms("tasks")["joint_lead"].pattern.search(text.text, start, end)
    actors = actor_list(text, cue.end(), end, agencies, bare=True) if cue else None
    return [a.name for a in actors.agencies if a.name not in owners] if actors else []


def _duty_start(text: Text, start: int, end: int, owners: Actors, agencies: list[AgencyMention]) -> int:
    """Where the duty's own verbs begin, after its owners where the sentence names them."""
    if start <= owners.start and owners.end < end:
        named = actor_words().by_name.match(text.text, owners.end, end)  # "Phó Chủ tịch UBND xã Lò Văn A chỉ đạo"
        return named.end() if named else owners.end
    found = opening(text, start, end, agencies)
    return found.end if found and set(found.actors.names()) <= set(owners.names()) else start


def verb_role(duty: str) -> TaskRole:
    """The role that the duty's own first verbs give its owner."""
    forms = patterns.forms("tasks")
    duty = forms["about"].pattern.sub("", duty.lstrip(" :,;"), count=1)
    duty = _from_deed(forms["preamble"].pattern.sub("", duty, count=1))
    if forms["coordinate_opening"].pattern.search(duty):
        return "coordinate"
    if forms["direct_opening"].pattern.search(duty):
        return "direct"
    return "lead"


def _from_deed(duty: str) -> str:
    """A duty without a first clause that only says what it rests on: ``Căn cứ tình hình thực tế, phối hợp với ...``."""
    if not patterns.forms("tasks")["circumstance"].pattern.match(duty):
        return duty
    clauses = (comma.end() for comma in re.finditer(", ", duty.split(". ", 1)[0]))
    return next((duty[at:] for at in clauses if is_deed(duty[at:])), duty)


def is_request(opening: Opening, context: Context) -> bool:
    """Whether a duty opened by Đề nghị goes to bodies that the issuer does not command.

    Those are bodies of another system (Party, people's council, Fatherland Front, courts) and of a higher level; a
    report only ever asks.
    """
    if opening.request and context.doc_type in patterns.data("tasks")["sections"]["report_types"]:
        return True
    if not opening.request or not opening.actors.agencies:
        return opening.request and any(_outside(b.name, context) for b in opening.actors.bodies)
    return is_beyond(opening.actors, context)


def is_beyond(actors: Actors, context: Context) -> bool:
    """Whether all agencies named stand beyond the issuer's command."""
    named = actors.agencies
    return bool(named) and all(_outside(a.name, context) or _above(a, context) for a in named)


def _outside(name: str, context: Context) -> bool:
    """Whether a body stands in another system than the issuer: a department commands no people's committee."""
    request = patterns.data("tasks")["request"]
    issuer, folded = without_country(context.issuer or ""), name.lower().replace("uỷ", "ủy")
    if issuer and folded.startswith(issuer.lower()):
        return False
    words = [*request["outside"], *(request["of_askers"] if issuer.startswith(tuple(request["askers"])) else [])]
    if issuer not in request["government"]:
        words += [branch for branch in request["branches"] if branch.lower() not in issuer.lower()]
    return any(word.lower() in folded for word in words)


def _above(agency: AgencyMention, context: Context) -> bool:
    if agency.level is None or context.level is None:
        return False
    return LEVEL_RANK[agency.level] > LEVEL_RANK[context.level]


def partners(text: Text, start: int, end: int, owners: list[str], agencies: list[AgencyMention]) -> list[str]:
    """The named agencies that stand after ``phối hợp với`` and its like."""
    found: list[str] = []
    for cue in patterns.forms("tasks")["partner_cue"].pattern.finditer(text.text, start, end):
        if _is_of_another(text.text, start, cue.start(), agencies):
            continue
        actors = actor_list(text, cue.end(), end, agencies, bare=True)
        found += [a.name for a in actors.agencies] if actors else []
    return [name for name in dict.fromkeys(found) if name not in owners]


def told_by_topic(text: Text, at: int, end: int, agencies: list[AgencyMention]) -> Opening | None:
    """Whoever a clause names as its topic and then tells to act: ``Đối với các xã cần cử cán bộ``."""
    forms = patterns.forms("tasks")
    whom = forms["whom"].pattern.match(text.text, at, end)
    found = opening(text, whom.end(), end, agencies) if whom else None
    return found if found and forms["told_next"].pattern.match(text.text, found.end, end) else None


def _is_of_another(s: str, start: int, cue: int, agencies: list[AgencyMention]) -> bool:
    """Whether it is an agency advised by the owner that works along: ``tham mưu UBND tỉnh phối hợp Bộ Y tế``."""
    before = bisect_left(agencies, cue, key=attrgetter("start"))
    agency = agencies[before - 1] if before else None
    if agency is None or agency.start <= start or s[agency.end : cue].strip():
        return False
    advises = patterns.forms("tasks")["advises"].pattern
    return advises.search(s, max(start, agency.start - _CLAUSE), agency.start) is not None


def deadlines(text: Text, start: int, end: int, dates: list[DateMention]) -> list[int]:
    """Indexes of the dates in the span that say when the duty is due."""
    first, last = (bisect_left(dates, at, key=attrgetter("start")) for at in (start, end))
    return [i for i, d in enumerate(dates[first:last], first) if d.end <= end and _is_due(text.text, start, d)]


def _is_due(words: str, start: int, date: DateMention) -> bool:
    """Whether a date in a duty that begins at ``start`` is when it is due.

    A year or a longer period is the horizon of a plan, not a deadline, but where the duty is to be done by it
    (``hoàn thành trong năm 2025``).
    """
    form = patterns.forms("tasks")

    def told(name: str) -> bool:
        return form[name].pattern.search(words, max(start, date.start - _CLAUSE), date.start) is not None

    match date.kind, date.relation:
        case _, None if told("due_label"):
            return True
        case (("day" | "month" | "quarter"), None):
            return told("done_at") or (date.recurrence is not None and told("reported_at"))
        case (("half_year" | "nine_months"), None):
            return told("done_within")
        case "period", _:
            return (date.to is None or date.from_ is None or date.to - date.from_ <= _WINDOW) and told("sent_from")
        case "year", "on":
            return told("done_by") or told("done_in")
        case "year", _:
            return date.relation in DEADLINE_RELATIONS and told("done_by")
        case _, "until" if told("reckoned"):
            return False
        case _:
            return date.relation in DEADLINE_RELATIONS


def report_to(text: Text, start: int, end: int, agencies: list[AgencyMention]) -> str | None:
    """The body that a report goes to, as the duty says."""
    cue = patterns.forms("tasks")["report_to_cue"].pattern
    first = bisect_left(agencies, start, key=attrgetter("start"))
    for agency in agencies[first:]:
        if agency.end > end:
            break
        if cue.search(text.text[max(start, agency.start - 90) : agency.start]):
            return agency.name
    return None


def is_commanded(body: Body) -> bool:
    """Whether a body named by kind stands under the issuer's command (``các sở, ngành``; not ``các doanh nghiệp``)."""
    if body.committee:
        return True
    heads = patterns.data("tasks")["state"]["heads"]
    return re.match(rf"(?:các\s+)?(?:{in_either_place('|'.join(heads))})(?!\w)", body.name, re.I) is not None
