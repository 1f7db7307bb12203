"""The tiny company squeezed: from September its line is short of hours, and the year lands far below its budget."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import polars as pl

from onenumber.jobs.cast import RUN, Rehearsal
from onenumber.jobs.month import Played, play_month
from onenumber.model.sheet import Sheet, SheetKind
from onenumber.steps.frame.asking import found_plan
from onenumber.steps.frame.context import make_context
from onenumber.steps.frame.writing import Outcome
from onenumber.steps.registry import STEPS
from onenumber.steps.see.supply import open_shortages, unloaded, without_paper
from onenumber.store.manifest import latest
from onenumber.store.models import Plan, SheetVersion
from onenumber.store.plans import find_cycle, versions_of
from tests import tiny
from tests.standing import once_a_run

NOW = dt.datetime(2026, 5, 5, 10, tzinfo=dt.UTC)
PAPER = "2026-05-L1"
OVERTIME, NOTHING = "A", "E"
LINES = ("budget:revenue:DA", "budget:revenue:DB")


def squeezed() -> dict[str, pl.DataFrame]:
    """270 hours a month where September and later ask for about 340, overtime cheap enough to pay, plan to year end."""
    made = tiny.tables()
    made["plan"] = made["plan"].with_columns(horizon=pl.lit(8, dtype=pl.Int64))
    made["resources"] = made["resources"].with_columns(hours_per_period=pl.lit(270.0))
    made["overtime"] = made["overtime"].with_columns(cost_per_hour=pl.lit(1.0))
    return made


def do(plan: Plan, person: str, step: str, *, at: dt.datetime = NOW, **arguments: object) -> Outcome:
    """A person does a step at a moment."""
    return STEPS[step].run(make_context(plan, person=person, now=at), **arguments)


def founded(key: str, purpose: str, folder: Path, made: Mapping[str, pl.DataFrame] | None = None) -> Plan:
    """A plan with the squeezed company loaded, or with the tables given."""
    return _founded(key, purpose, tiny.write(folder, made or squeezed()))


@once_a_run
def _founded(key: str, purpose: str, folder: Path) -> Plan:
    plan = found_plan(key, purpose=purpose)
    do(plan, RUN, "load", folder=folder)
    return plan


def rehearsed(
    key: str, folder: Path, *labels: str, made: Mapping[str, pl.DataFrame] | None = None
) -> tuple[Plan, list[Played]]:
    """A rehearsal plan whose months were played unattended."""
    plan = founded(key, "rehearsal", folder, made)
    return plan, _rehearsed(plan, *labels)


@once_a_run
def _rehearsed(plan: Plan, *labels: str) -> list[Played]:
    calendar = make_context(plan, person=RUN).frame().calendar
    months = [calendar.labelled(label) for label in labels]
    return [done for k, m in enumerate(months) for done in play_month(plan, Rehearsal(), m, measure=k > 0)]


@once_a_run
def to_forecast(plan: Plan, *, at: dt.datetime = NOW) -> Outcome:
    """The open cycle's data frozen, what was not loaded let pass, and the baseline made."""
    do(plan, "olga", "freeze", at=at)
    for facts in unloaded(make_context(plan, person="olga", now=at)):
        do(plan, "olga", "waive", at=at, code="facts_not_loaded", subject=facts, reason="it comes tomorrow")
    do(plan, "olga", "advance", at=at)
    return do(plan, "dora", "forecast", at=at)


@once_a_run
def to_signed_demand(plan: Plan, *, at: dt.datetime = NOW) -> None:
    """From what every patch handed in to the signed demand."""
    do(plan, "ines", "collect", at=at)
    do(plan, "dora", "agree", at=at)
    do(plan, "ines", "sign", at=at, verb="sign_demand")
    do(plan, "olga", "advance", at=at)


@once_a_run
def to_supply(plan: Plan, *, at: dt.datetime = NOW) -> None:
    """The cycle of a day's month: everybody brings what they know; the demand is signed."""
    do(plan, "olga", "open", at=at, period=f"{at:%Y-%m}")
    to_forecast(plan, at=at)
    for person, patch in (("ana", "Nord"), ("ben", "South")):
        do(plan, person, "submit", at=at, patch=patch)
        do(plan, "ines", "accept", at=at, patch=patch)
    to_signed_demand(plan, at=at)


@once_a_run
def to_review(plan: Plan, *, at: dt.datetime = NOW) -> None:
    """From the signed demand to the review of the signed supply plan."""
    do(plan, "sven", "plan", at=at)
    for cause in open_shortages(make_context(plan, person="omar", now=at)):
        do(plan, "sven", "escalate", at=at, subject=cause, reason="no hours left in autumn")
    do(plan, "omar", "sign", at=at, verb="sign_supply")
    do(plan, "olga", "advance", at=at)
    do(plan, "fay", "review", at=at)


@once_a_run
def to_executive(plan: Plan, *, at: dt.datetime = NOW) -> None:
    """From the signed demand to the papers on the executive's table."""
    to_review(plan, at=at)
    do(plan, "olga", "prepare", at=at)
    for cause in without_paper(make_context(plan, person="omar", now=at)):
        do(plan, "olga", "waive", at=at, code="conflict_open", subject=cause, reason="nothing to choose")
    do(plan, "omar", "sign", at=at, verb="sign_review")
    do(plan, "olga", "advance", at=at)


@once_a_run
def to_final(plan: Plan) -> None:
    """From the loaded company to the final plan: the executive took the overtime."""
    to_supply(plan)
    to_executive(plan)
    do(plan, "eva", "decide", paper=PAPER, option=OVERTIME)
    do(plan, "sven", "replan")


@once_a_run
def to_published(plan: Plan) -> None:
    """The final plan is confirmed, the budget deviation accepted, the plan approved and published."""
    do(plan, "omar", "sign", verb="confirm_final")
    for line in LINES:
        do(plan, "eva", "decide", paper=line, option="accept", rationale="the budget is of last year")
    do(plan, "eva", "sign", verb="approve_final")
    do(plan, "olga", "advance")
    do(plan, "olga", "publish")
    do(plan, "olga", "advance")


def published_may(key: str, folder: Path) -> Plan:
    """A live plan whose May took the overtime and is published."""
    plan = founded(key, "live", folder)
    to_final(plan)
    to_published(plan)
    return plan


def version(plan: Plan, kind: SheetKind, stage: str = "", *, cycle: str = "") -> SheetVersion:
    """The newest version of a kind in a cycle."""
    found = latest(plan, kind, cycle=find_cycle(plan, cycle), stage=stage)
    assert found is not None, f"no {stage} {kind}"
    return found


def sheet(plan: Plan, kind: SheetKind, stage: str = "", *, cycle: str = "") -> Sheet:
    """Its sheet."""
    return versions_of(plan).get(version(plan, kind, stage, cycle=cycle).content)


def short_of(plan: Plan, rows: list[tuple[str, str, int]]) -> None:
    """Put shortages (cause, where, calendar index) into the proposed plan."""
    made = version(plan, SheetKind.SUPPLY_PLAN, "proposed")
    store = versions_of(plan)
    proposed = store.get(made.content)
    table = [
        {"stream": "A1|alpha", "period": at, "asked": 5.0, "short": 5.0, "lost": 5.0, "cause": cause, "cause_at": where,
         "cause_period": at, "price": 12.0, "next_period": None}
        for cause, where, at in rows
    ]  # fmt: skip
    short = pl.DataFrame(table, schema=proposed.table("shortages").schema)
    made.content = store.put(replace(proposed, tables={**proposed.tables, "shortages": short}))
    made.save(update_fields=["content"])
