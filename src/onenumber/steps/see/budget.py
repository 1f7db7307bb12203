"""The budget: each line with its landing, its gap and the tolerance that executives set, as far as one may see."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from onenumber.cycle.phases import Phase
from onenumber.model.axis import SEPARATOR, Axis
from onenumber.model.contract.empty import table_or_empty
from onenumber.model.money import in_currency
from onenumber.model.period import Calendar
from onenumber.model.sheet import SheetKind
from onenumber.rights.ask import mask, may, reads, refused_reading
from onenumber.rights.table import Figure
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.decisions import BUDGET, accepted_lines
from onenumber.steps.frame.glance import Glance, cycle_earlier, glance
from onenumber.steps.see.parameters import Amended, amendments_of
from onenumber.store.models import Cycle, SheetVersion

BY_DIVISION = ("revenue", "contribution_margin")
"""Accounts that are budgeted by division; the others are by site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetLine:
    """A line of a fiscal year in currency: None where a figure is not known, and ``reason`` why.

    ``decided``: where it lands out of tolerance, that the executive accepted it.
    """

    account: str
    place: str
    name: str
    by_division: bool
    year: int
    actual: float | None
    plan: float | None
    landing: float | None
    budget: float | None
    gap: float | None
    gap_percent: float | None
    tolerance: float | None
    new_tolerance: float | None
    status: str
    reason: str
    decided: bool

    @property
    def key(self) -> str:
        """Its row of tolerances, as ``amend`` takes it."""
        return f"{self.account}{SEPARATOR}{self.place}"


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetShown:
    """The lines of the Review of a cycle, or of the one before it (``of``; empty: none was made yet).

    ``sheet`` is the number of that Review, ``final``: of the final plan; ``may`` says that she sets tolerances.
    ``until`` is the last month of the year that is over in it (empty: none is), the rest of the year is planned.
    """

    cycle: str
    of: str
    sheet: str
    until: str
    year: int
    currency: str
    may: bool
    part: bool
    lines: tuple[BudgetLine, ...]
    amended: tuple[Amended, ...]
    final: bool = False


def budget_shown(context: Context, label: str = "") -> BudgetShown:
    """The budget lines that she reads, by the newest Review of the cycle or of the one before it.

    Raises:
        NotAllowedError: if she reads no costs.
    """
    if not reads(context.actor, Figure.COST):
        reason = "their roles read no costs"
        raise refused_reading(context.actor, "see the budget", figure=Figure.COST, whole=False, reason=reason)
    look = glance(context)
    cycle = look.cycle(label)
    found, frame = _review(look, cycle), look.frame(cycle)
    year = frame.calendar[cycle.index].fiscal_year
    lines: tuple[BudgetLine, ...] = ()
    whole = 0
    if found is not None:
        table = look.versions.get(found.content).table("landing")
        whole, lines = len(table), _lines(look, cycle, table, accepted_lines(found.cycle))
    changed = tuple(one for one in amendments_of(look) if one.table == "budget_tolerances")
    return BudgetShown(
        cycle=cycle.label, of=found.cycle.label if found is not None and found.cycle is not None else "",
        sheet=str(found.pk) if found is not None else "", until=_until(found, frame.calendar), year=year,
        currency=frame.currency,
        may=may(look.actor, "set_tolerance", phase=Phase(cycle.phase)), part=len(lines) < whole, lines=lines,
        amended=changed, final=found is not None and found.stage == "final",
    )  # fmt: skip


def without_budget(look: Glance, cycle: Cycle) -> tuple[BudgetLine, ...]:
    """The lines of the year that the plan lands on and nobody budgeted, to finance; none that came since.

    A company that brings no budget at all plans without one.
    """
    found = _review(look, cycle) if "FIN" in look.actor.roles else None
    if found is None or not len(table_or_empty(look.company(), "budget_lines")):
        return ()
    calendar = look.frame(cycle).calendar
    year = calendar[cycle.index].fiscal_year
    none = (pl.col("status") == "no_budget") & pl.col("reason").is_in(["no_budget", "budget_incomplete"])
    table = look.versions.get(found.content).table("landing").filter(none & (pl.col("fiscal_year") == year))
    return tuple(one for one in _lines(look, cycle, table, frozenset()) if not _is_loaded(look, one, calendar))


def _is_loaded(look: Glance, line: BudgetLine, calendar: Calendar) -> bool:
    """Whether the budget of every month of the line's year came in since its Review was made."""
    months = {period.start for period in calendar.periods if period.fiscal_year == line.year}
    rows = table_or_empty(look.company(), "budget_lines")
    own = (pl.col("account") == line.account) & (pl.col("place") == line.place)
    return months <= set(rows.filter(own)["period"].to_list())


def _review(look: Glance, cycle: Cycle) -> SheetVersion | None:
    for one in (cycle, cycle_earlier(look, cycle)):
        for stage in ("final", ""):
            version = None if one is None else look.version(SheetKind.REVIEW, one, stage)
            if version is not None:
                return version
    return None


def _until(found: SheetVersion | None, calendar: Calendar) -> str:
    """The month before the one that a Review is of, in the same fiscal year; empty where there is none."""
    of = found.cycle.index if found is not None and found.cycle is not None else 0
    if not of or calendar[of - 1].fiscal_year != calendar[of].fiscal_year:
        return ""
    return calendar[of - 1].label


def _lines(look: Glance, cycle: Cycle, table: pl.DataFrame, accepted: Collection[str]) -> tuple[BudgetLine, ...]:
    places = np.array(table["place"].to_list(), dtype=np.str_)
    keys = np.array([f"{k:06d}" for k in range(len(places))], dtype=np.str_)
    hers = mask(look.actor, Figure.COST, axis=Axis("line", keys, {"division": places}))
    company, decimals = look.company(cycle), look.frame(cycle).currency_decimals
    names = {
        key: name
        for name_of, kind in (("sites", "site"), ("divisions", "division"))
        for key, name in table_or_empty(company, name_of)[[kind, "name"]].rows()
    }
    now = _tolerances(table_or_empty(look.company(), "budget_tolerances"))
    rows = table.filter(pl.Series(hers, dtype=pl.Boolean)).sort("fiscal_year", "account", "place")
    return tuple(_line(row, names, now, decimals, accepted) for row in rows.iter_rows(named=True))


def _tolerances(table: pl.DataFrame) -> dict[tuple[str, str], float]:
    return {(account, place): percent for account, place, percent in table.select("account", "place", "percent").rows()}


def _line(
    row: Mapping[str, object], names: Mapping[str, str], now: Mapping[tuple[str, str], float], decimals: int,
    accepted: Collection[str],
) -> BudgetLine:  # fmt: skip
    account, place = str(row["account"]), str(row["place"])
    amounts = {name: _amount(row[name], decimals) for name in ("actual", "plan", "landing", "budget", "gap")}
    newest = now.get((account, place), now.get((account, "*")))
    was = row["tolerance"]
    return BudgetLine(
        account=account, place=place, name=names.get(place, place), by_division=account in BY_DIVISION,
        year=int(str(row["fiscal_year"])), gap_percent=_number(row["gap_percent"]), tolerance=_number(was),
        new_tolerance=newest if newest != was else None, status=str(row["status"]), reason=str(row["reason"] or ""),
        decided=f"{BUDGET}{account}:{place}" in accepted, **amounts,
    )  # fmt: skip


def _amount(value: object, decimals: int) -> float | None:
    return in_currency(int(str(value)), decimals=decimals) if value is not None else None


def _number(value: object) -> float | None:
    return float(str(value)) if value is not None else None
