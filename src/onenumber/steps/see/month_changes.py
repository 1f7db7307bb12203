"""What others did in a cycle since a moment, as far as a person may hear of it."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from onenumber.cycle.emergencies import OPEN
from onenumber.cycle.phases import Phase
from onenumber.cycle.signatures import rule_of
from onenumber.model.amounts import in_short
from onenumber.model.sheet import SheetKind
from onenumber.model.sheet_names import sheet_name
from onenumber.review.naming import Names, place_name, place_words
from onenumber.rights.ask import mask, reads
from onenumber.rights.roles import patches_sold, plants_kept, reads_papers, sees_all
from onenumber.rights.table import Figure
from onenumber.steps.frame.called import names_of
from onenumber.steps.frame.company_words import names_at
from onenumber.steps.frame.decisions import is_line, papers_about
from onenumber.steps.frame.glance import Glance, rows_in
from onenumber.steps.frame.news import news_ever
from onenumber.steps.frame.order_lines import requests_in
from onenumber.steps.frame.urgent import YES, is_urgent, urgents_around
from onenumber.steps.see.changes import change_rows
from onenumber.steps.see.edits import sees_edit
from onenumber.steps.see.month_page import DATA, DECISIONS, FAMILY, GRID, ORDERS, PLANTS, SHEETS, Where, sheet_where
from onenumber.steps.see.options import option_said
from onenumber.steps.see.questions import questions_heard
from onenumber.steps.see.urgent import amendment_of, ended_as, promise_changes
from onenumber.store.models import (
    ActionRow,
    Answer,
    AuditRow,
    Cycle,
    DecisionRow,
    EditRow,
    Layer,
    LoadRun,
    PhaseChange,
    PlantAnswer,
    SheetVersion,
    SignatureRow,
    SubmissionRow,
    TriageRow,
    UrgentPaper,
    WaiverRow,
)
from onenumber.store.plans import both_names
from onenumber.store.played import PLAYED

FOR_EVERYBODY = (SheetKind.FORECAST, SheetKind.CONSENSUS, SheetKind.PUBLISHED_PLAN)
"""Sheets that also concern who sees only a part of the company."""

Row = TypeVar("Row", ActionRow, Answer, DecisionRow, PhaseChange, PlantAnswer, SubmissionRow, WaiverRow)
UP = "escalate"
"""How the audit trail calls what went up to the pre-S&OP."""
ENDS = ("phase_ended", "phase_reopened")
"""What comes after all else that was done in the same moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that somebody else did: a code, when, who, what a sentence says of it, and the page that shows it.

    ``played``: a demo did it while its clock went on.
    """

    code: str
    at: dt.datetime
    who: str
    what: Mapping[str, str | int]
    where: Where
    played: bool = False


def changes_since(look: Glance, cycle: Cycle, since: dt.datetime, *, own: bool = False) -> tuple[Change, ...]:
    """What others did from a moment on, the newest first, with what she did herself where ``own`` is wanted.

    Nothing to who sees no plan.
    """
    if not reads(look.actor, Figure.VOLUME):
        return ()
    trail = _trail(look, cycle, since)
    teller = _Teller(look=look, cycle=cycle, since=since, names=look.names(), own=own, trail=trail)
    played = {row.at for row in trail if row.verb == PLAYED}
    found = [replace(change, played=change.at in played) for tell in TELLERS for change in tell(teller)]
    return tuple(sorted(found, key=lambda one: (one.at, one.code in ENDS), reverse=True))


def _trail(look: Glance, cycle: Cycle, since: dt.datetime) -> tuple[AuditRow, ...]:
    """What the audit trail tells of things done since: what a demo's clock played, and what went up."""
    verbs = [*([PLAYED] if look.plan.clock is not None else []), *([UP] if look.has(WaiverRow, cycle) else [])]
    rows = AuditRow.objects.filter(plan=look.plan, verb__in=verbs, at__gte=since).order_by("pk")
    return tuple(rows) if verbs else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Teller:
    """Who asks about which cycle since when; what people are called, what she may hear, and what was audited."""

    look: Glance
    cycle: Cycle
    since: dt.datetime
    names: Mapping[str, str]
    own: bool = False
    trail: tuple[AuditRow, ...] = ()

    @property
    def me(self) -> str:
        """The person whose own doing is left out: who asks, or nobody."""
        return "" if self.own else self.look.actor.person

    @property
    def hears_all(self) -> bool:
        """Whether she reads the whole company."""
        return sees_all(self.look.actor)

    @property
    def patches(self) -> frozenset[str]:
        """The patches that are hers to sell in."""
        return patches_sold(self.look.actor)

    def hears_of(self, patch: str) -> bool:
        """Whether what happens to a patch is hers to hear."""
        return self.hears_all or patch in self.patches

    def fresh(self, table: type[Row]) -> list[Row]:
        """The rows of a cycle that somebody else wrote since."""
        return [row for row in rows_in(self.look, table, self.cycle) if row.at >= self.since and row.person != self.me]

    def triaged(self) -> list[TriageRow]:
        """What somebody else decided on news since, with the news."""
        if not self.look.has(TriageRow, self.cycle):
            return []
        rows = TriageRow.objects.filter(cycle=self.cycle, at__gte=self.since).exclude(person=self.me)
        return list(rows.select_related("news"))

    def who(self, person: str, deputy_for: str = "") -> str:
        """What somebody is called."""
        return both_names(self.names, person, deputy_for)

    def patch(self, key: str) -> str:
        """What a patch is called."""
        return self.name_at("patch", key)

    def scope(self, key: str) -> str:
        """What a division or a site is called; all of them are the company."""
        sites = self.name_at("site", key)
        return "the company" if key == "*" else self.name_at("division", key) if sites == key else sites

    def place(self, place: Mapping[str, str]) -> str:
        """What a place is called, each part by its name."""
        return place_words(place, self.places)

    def name_at(self, level: str, key: str) -> str:
        """What something of a level is called; its key where nobody wrote down a name, as of a channel."""
        return self.places.get(f"{level}:{key}") or key

    @property
    def places(self) -> Names:
        """What everything in the master data is called."""
        return names_at(self.look, self.cycle)


def _sheets(t: _Teller) -> Iterator[Change]:
    """Sheets that others made; those of one step are one thing."""
    rows = [row for row in t.look.every(t.cycle) if row.made_at >= t.since and row.person != t.me]
    steps: dict[tuple[str, str, dt.datetime], list[SheetVersion]] = {}
    for row in sorted(rows, key=lambda one: one.pk):
        asked = row.kind == SheetKind.SUPPLY_PLAN and bool(plants_kept(t.look.actor))  # she is to answer it
        if t.hears_all or row.kind in FOR_EVERYBODY or asked:
            steps.setdefault((row.person, row.step, row.made_at), []).append(row)
    for (person, step, at), made in steps.items():
        sheets = " · ".join(sheet_name(row.kind, row.stage, row.sequence) for row in made)
        code, where = "published" if step == "publish" else "sheets_made", Where(page="sheet", key=str(made[-1].pk))
        yield Change(code=code, at=at, who=t.who(person), what={"sheets": sheets, "step": step}, where=where)


def _signatures(t: _Teller) -> Iterator[Change]:
    for row in rows_in(t.look, SignatureRow, t.cycle):
        what, where = {"meaning": rule_of(row.verb).meaning}, Where(page="sheet", key=str(row.sheet_id))
        who = t.who(row.person, row.deputy_for)
        if row.at >= t.since and row.person != t.me:
            yield Change(code="signed", at=row.at, who=who, what=what, where=where)
        if row.struck_at is not None and row.struck_at >= t.since:
            told = {**what, "because": row.struck_because}
            yield Change(code="struck", at=row.struck_at, who=who, what=told, where=where)


def _patches(t: _Teller) -> Iterator[Change]:
    for row in t.fresh(SubmissionRow):
        if t.hears_of(row.patch):
            what, code = {"patch": t.patch(row.patch), "note": row.note}, f"patch_{row.state}"
            yield Change(code=code, at=row.at, who=t.who(row.person), what=what, where=SHEETS)


def _decisions(t: _Teller) -> Iterator[Change]:
    if reads_papers(t.look.actor):
        rows = [one for one in t.fresh(DecisionRow) if not is_urgent(one.paper)]
        about = papers_about(t.look, t.cycle) if any(not is_line(one.paper) for one in rows) else {}
        for row in rows:
            what = {"paper": row.paper, "option": row.option, "rationale": row.rationale}
            what |= {"about": place_name(about[row.paper], t.places)} if row.paper in about else {}
            if is_line(row.paper):
                _, account, place = row.paper.split(":", 2)
                what |= {"account": account, "place": t.scope(place)}
            else:
                what["means"] = option_said(t.look, t.cycle, row)
            code = f"line_{row.how}" if is_line(row.paper) else f"paper_{row.how}"
            yield Change(code=code, at=row.at, who=t.who(row.person, row.deputy_for), what=what, where=DECISIONS)


def _phases(t: _Teller) -> Iterator[Change]:
    for row in t.fresh(PhaseChange):
        before, after = Phase(row.before), Phase(row.after)
        code = "phase_ended" if after.place > before.place else "phase_reopened"
        what = {"before": before.value, "after": after.value, "reason": row.reason}
        yield Change(code=code, at=row.at, who=t.who(row.person), what=what, where=SHEETS)


def _waivers(t: _Teller) -> Iterator[Change]:
    """What was let pass, and what went up to the pre-S&OP instead, as the audit trail has it."""
    if not t.hears_all:
        return
    rows = [one for one in t.fresh(WaiverRow) if one.struck_at is None]
    escalated, names = went_up(t.trail), names_of(t.look, t.cycle, rows)
    for row in rows:
        what = {
            "code": row.code,
            "subject": names[row.code, row.subject],
            "short": row.subject,
            "reason": row.reason,
            "phase": row.phase,
        }
        code = "escalated" if (row.person, row.at, row.subject) in escalated else "waived"
        yield Change(code=code, at=row.at, who=t.who(row.person), what=what, where=SHEETS)


def went_up(trail: Iterable[AuditRow]) -> frozenset[tuple[str, dt.datetime, str]]:
    """By whom, when and what was escalated to the pre-S&OP, of the rows of an audit trail."""
    return frozenset((row.person, row.at, str(row.what.get("subject"))) for row in trail if row.verb == UP)


def _loads(t: _Teller) -> Iterator[Change]:
    if t.hears_all:
        for row in LoadRun.objects.filter(plan=t.look.plan, at__gte=t.since, changed=True).exclude(person=t.me):
            what = {"rows": row.rows_loaded, "findings": row.findings}
            yield Change(code="loaded", at=row.at, who=t.who(row.person), what=what, where=DATA)


def _news(t: _Teller) -> Iterator[Change]:
    for row in news_ever(t.look, t.cycle) if t.hears_all else ():
        if row.cycle_id == t.cycle.pk and row.at >= t.since and row.author != t.me:
            what = {"kind": row.kind, "place": t.place(row.place), "text": row.text}
            yield Change(code="news_shared", at=row.at, who=t.who(row.author), what=what, where=SHEETS)
    for one in t.triaged():
        if t.hears_all or one.news.author == t.me or one.news.patch in t.patches:
            told = {"text": one.news.text, "place": t.place(one.news.place), "reason": one.reason}
            who = t.who(one.person, one.deputy_for)
            yield Change(code=f"news_{one.taken}", at=one.at, who=who, what=told, where=SHEETS)


def _requests(t: _Teller) -> Iterator[Change]:
    """Change requests, to who answers them or plans all; their answers, to who asked as well."""
    for row in change_rows(t.look, t.cycle):
        what, hears = {"place": t.place(row.place), "reason": row.reason}, t.hears_of(row.patch)
        if row.at >= t.since and row.person != t.me and hears:
            yield Change(code="change_asked", at=row.at, who=t.who(row.person, row.deputy_for), what=what, where=FAMILY)
        answer = getattr(row, "answer", None)
        if answer is not None and answer.at >= t.since and answer.person != t.me and hears:
            who, told = t.who(answer.person, answer.deputy_for), {**what, "reason": answer.reason}
            yield Change(code=f"change_{answer.taken}", at=answer.at, who=who, what=told, where=FAMILY)


def _edits(t: _Teller) -> Iterator[Change]:
    """What others typed, by person and layer: how many edits, and the last place."""
    base = t.look.version(SheetKind.FORECAST, t.cycle)
    if base is None or not t.look.has(Layer, t.cycle):
        return
    found = EditRow.objects.filter(layer__cycle=t.cycle, layer__base=base.content, at__gte=t.since, carried_from=None)
    rows = list(found.exclude(author=t.me).select_related("layer").order_by("pk"))
    if rows and not t.hears_all:
        seen = mask(t.look.actor, Figure.VOLUME, axis=t.look.versions.get(base.content).cube("L1").axis)
        rows = [row for row in rows if np.any(seen) and sees_edit(t.look, row, seen)]
    groups: dict[tuple[str, str], list[EditRow]] = {}
    for row in rows:
        groups.setdefault((row.author, row.layer.code), []).append(row)
    for (author, layer), typed in groups.items():
        what: dict[str, str | int] = {"layer": layer, "count": len(typed), "place": t.place(typed[-1].place)}
        what |= {"reason": typed[-1].reason}
        yield Change(code="edited", at=typed[-1].at, who=t.who(author), what=what, where=FAMILY)


def _answers(t: _Teller) -> Iterator[Change]:
    if t.look.actor.plans_all:
        where = sheet_where(t.look, t.cycle, SheetKind.ADHERENCE)
        for row in t.fresh(Answer):
            what = {"figure": row.figure, "scope": t.scope(row.scope), "text": row.text}
            yield Change(code="answered", at=row.at, who=t.who(row.person), what=what, where=where)


def _questions(t: _Teller) -> Iterator[Change]:
    """Answers to who hears of the question; that somebody else was asked, to who hears of all."""
    for row in questions_heard(t.look, t.cycle):
        what: dict[str, str | int] = {"place": t.place(row.place), "question": row.text}
        if row.at >= t.since and row.asker != t.me:
            yield Change(
                code="question_asked", at=row.at, who=t.who(row.asker), what={**what, "text": row.text}, where=GRID
            )
        for reply in row.replies.all():
            if reply.at >= t.since and reply.person != t.me:
                who = t.who(reply.person, reply.deputy_for)
                yield Change(
                    code="question_answered", at=reply.at, who=who, what={**what, "text": reply.text}, where=GRID
                )


def _orders(t: _Teller) -> Iterator[Change]:
    """Answers to requests about orders, to who asked and to her patch; the requests themselves, to who hears all."""
    for row in requests_in(t.look, t.cycle):
        if not (t.hears_of(row.patch) or row.person == t.me):
            continue
        what: dict[str, str | int] = {"order": f"{row.order}/{row.line}" if row.order else row.item, "kind": row.kind}
        if row.at >= t.since and row.person != t.me:
            who = t.who(row.person, row.deputy_for)
            yield Change(code="order_requested", at=row.at, who=who, what={**what, "text": row.text}, where=ORDERS)
        for answer in row.answers.all():
            if answer.at >= t.since and answer.person != t.me:
                who, code = t.who(answer.person, answer.deputy_for), f"order_{answer.outcome}"
                yield Change(code=code, at=answer.at, who=who, what={**what, "text": answer.text}, where=ORDERS)


def _plants(t: _Teller) -> Iterator[Change]:
    hers = plants_kept(t.look.actor)
    for row in t.fresh(PlantAnswer):
        if t.hears_all or row.site in hers:
            month = t.look.frame(t.cycle).calendar[row.period].label if row.period is not None else ""
            what = {"site": t.scope(row.site), "item": t.place({"item": row.item}), "month": month, "note": row.note}
            who = t.who(row.person, row.deputy_for)
            yield Change(code=f"plant_{row.state}", at=row.at, who=who, what=what, where=PLANTS)


def _actions(t: _Teller) -> Iterator[Change]:
    if t.look.actor.plans_all:
        for row in t.fresh(ActionRow):
            what = {"owner": t.who(row.owner), "due": str(row.due), "text": row.text}
            where, who = Where(page="meeting", key=row.meeting), t.who(row.person, row.deputy_for)
            yield Change(code="action_agreed", at=row.at, who=who, what=what, where=where)


def _urgent(t: _Teller) -> Iterator[Change]:
    """Emergencies between meetings, to who reads papers; what a yes takes from others or asks of a plant, to them."""
    found = urgents_around(t.look, t.cycle) if t.look.has_ever(UrgentPaper, t.cycle) else ()
    for one in found:
        asked, decision = one.row.emergency, one.decision
        what: dict[str, str | int] = {"item": asked.item, "site": asked.site, "quantity": str(in_short(asked.quantity))}
        if one.row.at >= t.since and asked.person != t.me and reads_papers(t.look.actor):
            told = {**what, "reason": asked.reason}
            who = t.who(asked.person, asked.deputy_for)
            yield Change(code="emergency_named", at=one.row.at, who=who, what=told, where=DECISIONS)
        for said in one.voices if reads_papers(t.look.actor) else ():
            if said.at >= t.since and said.person != t.me and (decision is None or said.at != decision.at):
                code, who = (
                    f"emergency_said_{'yes' if said.option == YES else 'no'}",
                    t.who(said.person, said.deputy_for),
                )
                yield Change(code=code, at=said.at, who=who, what={**what, "text": said.rationale}, where=DECISIONS)
        at = decision.at if decision is not None else one.row.expires_at
        if one.state == OPEN or at < t.since or (decision is not None and decision.person == t.me):
            continue
        made = amendment_of(one.row) if one.is_yes else None
        who = t.who(decision.person, decision.deputy_for) if decision is not None else ""
        if reads_papers(t.look.actor):
            told = {**what, "stage": made.stage if made else "", "text": decision.rationale if decision else ""}
            yield Change(code=f"emergency_{ended_as(one)}", at=at, who=who, what=told, where=DECISIONS)
        if made is not None:
            yield from _amended(t, made, asked.site, who)


def _amended(t: _Teller, made: SheetVersion, site: str, who: str) -> Iterator[Change]:
    """An amendment, to the plant that is to bring more and to who sells to whom it promises less."""
    if site in plants_kept(t.look.actor):
        yield Change(code="plan_amended", at=made.made_at, who=who, what={"stage": made.stage}, where=PLANTS)
    rows = promise_changes(t.look, made, t.patches) if t.patches else None
    calendar, where = t.look.frame(t.cycle).calendar, Where(page="sheet", key=str(made.pk))
    for row in rows.iter_rows(named=True) if rows is not None else ():
        what: dict[str, str | int] = {
            "customer": t.name_at("customer", row["of"]), "item": row["item"], "month": calendar[row["period"]].label,
            "was": str(in_short(row["was"])), "now": str(in_short(row["now"])), "stage": made.stage,
        }  # fmt: skip
        yield Change(code="promise_less", at=made.made_at, who=who, what=what, where=where)


TELLERS: tuple[Callable[[_Teller], Iterator[Change]], ...] = (
    _sheets, _signatures, _patches, _decisions, _phases, _waivers, _loads, _news, _edits, _requests, _answers,
    _questions, _orders, _plants, _actions, _urgent,
)  # fmt: skip
