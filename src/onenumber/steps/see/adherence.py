"""What was kept of the plan last month, who answers for it and what she says, as far as one may see it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from onenumber.model.contract.empty import table_or_empty
from onenumber.model.finding import Finding, Severity
from onenumber.model.sheet import SheetKind
from onenumber.rights.actors import answering_for
from onenumber.rights.ask import reads, sees_owned
from onenumber.rights.table import Figure
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.glance import rows_in
from onenumber.steps.see.sheets import SheetLine
from onenumber.store.models import Answer, Cycle, SheetVersion

FIGURES = "figures"
"""The table's name in an Adherence sheet."""
NOT_LOADED = "_not_loaded"
"""How the reason of a figure ends whose facts did not come; before it stands their table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerLine:
    """What somebody says of a breach: the cause, what is done about it and by when."""

    person: str
    text: str
    action: str
    due: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdherenceLine:
    """A figure in a scope against its plan, with who answers for it; ``why`` its value is not known or not owned."""

    figure: str
    scope: str
    owner: str
    plan: float | None
    actual: float | None
    unit: str
    value: float | None
    tolerance: float | None
    breached: bool
    why: Finding | None
    answers: tuple[AnswerLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Adherence:
    """The lines that one may see, in the order of the sheet, and the month that they measure."""

    period: str
    lines: tuple[AdherenceLine, ...]


def adherence_beside(context: Context, line: SheetLine) -> Adherence | None:
    """What an Adherence sheet says; None beside other sheets, or where no figure is hers.

    Planners see all of it, anybody else what she may answer for; what it was in money, who reads costs.
    """
    if line.kind != SheetKind.ADHERENCE.value:
        return None
    row = SheetVersion.objects.select_related("cycle").get(pk=line.pk)
    table = context.versions.get(row.content).table(FIGURES)
    hers = [one for one in table.iter_rows(named=True) if _is_hers(context, row, one["owner"])]
    if not hers:
        return None
    names = _Names(scopes=_scopes(context, row), people=context.names())
    hidden = "" if reads(context.actor, Figure.COST) else context.frame(row.cycle).currency
    answers = _answers(row, period=hers[0]["period"], people=names.people)
    return Adherence(
        period=context.frame(row.cycle).calendar[hers[0]["period"]].label,
        lines=tuple(_line(one, names, answers, hidden=hidden) for one in hers),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Names:
    scopes: Mapping[str, str]
    people: Mapping[str, str]


def _is_hers(context: Context, row: SheetVersion, owner: str | None) -> bool:
    above = answering_for(owner, company=context.company(row.cycle)) if owner is not None else ()
    return sees_owned(context.actor, answering=above)


def _scopes(context: Context, row: SheetVersion) -> dict[str, str]:
    company = context.company(row.cycle)
    tables = (("sites", "site"), ("divisions", "division"))
    return {key: name for table, kind in tables for key, name in table_or_empty(company, table)[[kind, "name"]].rows()}


def _answers(row: SheetVersion, *, period: int, people: Mapping[str, str]) -> dict[tuple[str, str], list[AnswerLine]]:
    found: dict[tuple[str, str], list[AnswerLine]] = {}
    for one in Answer.objects.filter(plan=row.plan_id, cycle=row.cycle_id, period=period).order_by("pk"):
        said = AnswerLine(person=people.get(one.person, one.person), text=one.text, action=one.action, due=one.due)
        found.setdefault((one.figure, one.scope), []).append(said)
    return found


def _line(
    row: Mapping[str, Any], names: _Names, answers: Mapping[tuple[str, str], list[AnswerLine]], *, hidden: str
) -> AdherenceLine:
    owner, is_hidden = row["owner"] or "", bool(hidden) and row["unit"] == hidden
    return AdherenceLine(
        figure=row["figure"], scope=names.scopes.get(row["scope"], row["scope"]), owner=names.people.get(owner, owner),
        plan=None if is_hidden else row["plan"], actual=None if is_hidden else row["actual"],
        unit=row["unit"] or "", value=row["value"],
        tolerance=row["tolerance"], breached=row["breached"],
        why=_why(row["reason"]),
        answers=tuple(answers.get((row["figure"], row["scope"]), ())),
    )  # fmt: skip


def _why(reason: str) -> Finding | None:
    if reason.endswith(NOT_LOADED):
        facts = reason.removesuffix(NOT_LOADED).replace("_", " ")
        return Finding(code="adherence_not_loaded", severity=Severity.NOTE, values={"facts": facts})
    return Finding(code=f"adherence_{reason}", severity=Severity.NOTE) if reason else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """A breached figure that nobody answered for: figure, scope, owner and the period that was measured."""

    figure: str
    scope: str
    owner: str
    period: int


def breaches_unanswered(look: Context, cycle: Cycle) -> tuple[Breach, ...]:
    """Breached figures of the cycle's Adherence that have an owner and no answer; for steps' own readers."""
    sheet = look.sheet(SheetKind.ADHERENCE, cycle)
    if sheet is None:
        return ()
    rows = sheet.table("figures").filter(pl.col("breached") & pl.col("owner").is_not_null())
    answered = {(one.figure, one.scope, one.period) for one in rows_in(look, Answer, cycle)}
    return tuple(
        Breach(figure=figure, scope=scope, owner=owner, period=period)
        for figure, scope, owner, period in rows.select("figure", "scope", "owner", "period").iter_rows()
        if (figure, scope, period) not in answered
    )
