"""The executive's one page: where the year lands, what changed since last month, and who kept the plan."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from onenumber.finance.valuation import value_cells
from onenumber.model.contract.empty import table_or_empty
from onenumber.model.money import in_currency
from onenumber.model.sheet import SheetKind
from onenumber.rights.ask import refused_reading
from onenumber.rights.table import Figure
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.decisions import BUDGET
from onenumber.steps.frame.glance import Glance, glance
from onenumber.steps.frame.reading import standing
from onenumber.steps.see.answers import OwnerLine, answers_shown
from onenumber.steps.see.around import reads_papers
from onenumber.steps.see.briefs import AccountShown, urgent_news
from onenumber.steps.see.risks import NewsShown, risks_shown
from onenumber.steps.see.unit_values import Master, prices
from onenumber.steps.see.worked import Worked, decisions_worked
from onenumber.store.models import Cycle, DecisionRow, SheetVersion, SignatureRow
from onenumber.store.plans import cycle_before

MOST, YEAR = 5, 12
LEAST = 0.005
"""Share by which something must differ to be said to have changed."""
OUTSIDE = "outside"


@dataclass(frozen=True, slots=True, kw_only=True)
class LandingLine:
    """A budget line of the fiscal year in currency: where it lands, how far from its budget, and whether that bears.

    ``decided``: the executive took the deviation already.
    """

    paper: str
    account: str
    place: str
    landing: float
    budget: float
    percent: float
    tolerance: float | None
    status: str
    decided: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Landing:
    """The known lines of a fiscal year by the review of the cycle ``of``, those outside first; the others counted.

    ``risks`` and ``chances`` are what stands beside the plan, if all of it comes, in currency.
    """

    of: str
    final: bool
    year: int
    lines: tuple[LandingLine, ...]
    unknown: int
    risks: float
    chances: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One thing that changed since last month: its kind, of what, and from how much to how much, in currency."""

    kind: str
    of: str
    was: float | None = None
    now: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExecutiveSeen:
    """Everything on the page but the papers, which have their own reading. ``landing`` is None before any review."""

    cycle: str
    measured: str
    currency: str
    worked: tuple[Worked, ...]
    landing: Landing | None
    changed: tuple[Changed, ...]
    owners: tuple[OwnerLine, ...]
    urgent: tuple[AccountShown, ...]
    approved: bool


def executive_seen(context: Context, label: str = "") -> ExecutiveSeen:
    """The page of a cycle, to who reads the costs of the whole company.

    Raises:
        NotAllowedError: if the person does not.
    """
    if not reads_papers(context.actor):
        reason = "only who reads the costs of the whole company may"
        raise refused_reading(context.actor, "see the executive page", figure=Figure.COST, whole=True, reason=reason)
    look = glance(context)
    cycle = look.cycle(label)
    kept, beside = answers_shown(look, cycle.label), risks_shown(look, cycle.label).risks
    return ExecutiveSeen(
        cycle=cycle.label, measured=kept.periods[-1] if kept.periods else "", currency=look.frame(cycle).currency,
        worked=decisions_worked(look, cycle.label), landing=_landing(look, cycle, beside),
        changed=tuple(_changed(look, cycle, beside)), owners=kept.owners, urgent=urgent_news(look, cycle),
        approved=SignatureRow.objects.filter(cycle=cycle, verb="approve_final", struck_at=None).exists(),
    )  # fmt: skip


def _review(look: Glance, cycle: Cycle) -> tuple[SheetVersion, Cycle] | None:
    """The Review that stands: of the final plan where there is one, of the cycle before where this has none."""
    for one in (cycle, cycle_before(cycle)):
        for stage in ("final", ""):
            found = look.version(SheetKind.REVIEW, one, stage) if one is not None else None
            if found is not None and one is not None:
                return found, one
    return None


def _landing(look: Glance, cycle: Cycle, beside: tuple[NewsShown, ...]) -> Landing | None:
    found = _review(look, cycle)
    if found is None:
        return None
    version, of = found
    frame = look.frame(cycle)
    table = look.versions.get(version.content).table("landing")
    table = table.filter(pl.col("fiscal_year") == frame.calendar[cycle.index].fiscal_year)
    known = table.filter(pl.col("gap").is_not_null() & pl.col("gap_percent").is_not_null())
    taken = {row.paper for row in standing(DecisionRow.objects.filter(cycle=of).order_by("pk"))}
    names = _places(look, cycle)
    lines = [_line(row, names, taken, frame.currency_decimals) for row in known.iter_rows(named=True)]
    amounts = [one.amount.revenue for one in beside if one.amount is not None and one.amount.revenue is not None]
    return Landing(
        of=of.label, final=version.stage == "final", year=frame.calendar[cycle.index].fiscal_year,
        lines=tuple(sorted(lines, key=lambda one: (one.status != OUTSIDE, one.percent))),
        unknown=len(table) - len(known), risks=sum(min(one, 0.0) for one in amounts),
        chances=sum(max(one, 0.0) for one in amounts),
    )  # fmt: skip


def _line(row: Mapping[str, object], names: Mapping[str, str], taken: set[str], decimals: int) -> LandingLine:
    landing, budget = (in_currency(int(str(row[name])), decimals=decimals) for name in ("landing", "budget"))
    tolerance = row["tolerance"]
    return LandingLine(
        paper=f"{BUDGET}{row['account']}:{row['place']}", account=str(row["account"]),
        place=names.get(str(row["place"]), str(row["place"])), landing=landing,
        budget=budget, percent=float(str(row["gap_percent"])), status=str(row["status"]),
        tolerance=float(str(tolerance)) if tolerance is not None else None,
        decided=f"{BUDGET}{row['account']}:{row['place']}" in taken,
    )  # fmt: skip


def _places(look: Glance, cycle: Cycle) -> dict[str, str]:
    company, tables = look.company(cycle), (("sites", "site"), ("divisions", "division"))
    return {key: name for table, kind in tables for key, name in table_or_empty(company, table)[[kind, "name"]].rows()}


def _changed(look: Glance, cycle: Cycle, beside: tuple[NewsShown, ...]) -> list[Changed]:
    """The five biggest changes since last month, by money: landing, demand, and what stands beside the plan."""
    before = cycle_before(cycle)
    found = [*_moved_landing(look, cycle, before), *_moved_demand(look, cycle, before)] if before is not None else []
    found += [
        Changed(kind="news", of=f"{one.author}: “{one.text}”", now=one.amount.revenue)
        for one in beside
        if not one.of and one.amount is not None and one.amount.revenue is not None
    ]
    return sorted(found, key=lambda one: -abs((one.now or 0.0) - (one.was or 0.0)))[:MOST]


def _moved_landing(look: Glance, cycle: Cycle, before: Cycle) -> Iterator[Changed]:
    """Revenue lines that land elsewhere than a month before; nothing while this cycle has no review."""
    now, was = (_revenue(look, one) for one in (cycle, before))
    names = _places(look, cycle)
    for place in now.keys() & was.keys():
        if abs(now[place] - was[place]) > LEAST * abs(was[place]):
            yield Changed(kind="landing", of=names.get(place, place), was=was[place], now=now[place])


def _revenue(look: Glance, cycle: Cycle) -> dict[str, float]:
    sheet = look.sheet(SheetKind.REVIEW, cycle, "final") or look.sheet(SheetKind.REVIEW, cycle)
    if sheet is None:
        return {}
    frame = look.frame(cycle)
    rows = sheet.table("landing").filter(
        (pl.col("account") == "revenue") & (pl.col("fiscal_year") == frame.calendar[cycle.index].fiscal_year)
    )
    return {
        place: in_currency(minor, decimals=frame.currency_decimals)
        for place, minor in rows.select("place", "landing").drop_nulls().iter_rows()
    }


DEMAND = ((SheetKind.CONSENSUS, "consensus"), (SheetKind.FORECAST, "L1"))


def _moved_demand(look: Glance, cycle: Cycle, before: Cycle) -> Iterator[Changed]:
    """Divisions whose demand of the year ahead moved: by the consensus where both months have one, else baselines."""
    kind, name = next(
        (one for one in DEMAND if all(look.version(one[0], of) is not None for of in (cycle, before))), (None, "")
    )
    if kind is None:
        return
    now, was = (_demand(look, of, cycle, kind, name) for of in (cycle, before))
    names = _places(look, cycle)
    for division in sorted(now.keys() & was.keys()):
        if abs(now[division] - was[division]) > LEAST * abs(was[division]):
            said = "demand" if kind is SheetKind.CONSENSUS else "baseline"
            yield Changed(kind=said, of=names.get(division, division), was=was[division], now=now[division])


def _demand(look: Glance, of: Cycle, cycle: Cycle, kind: SheetKind, name: str) -> dict[str, float]:
    """What a cycle says of the year from another's month on, by division in currency; both at the prices of ``of``."""
    sheet, company, frame = look.sheet(kind, of), look.company_version(of), look.frame(of)
    if sheet is None or company is None:
        return {}
    whole = sheet.cube(name)
    cube = whole.cut(cycle.index, max(min(YEAR, whole.indices.stop - cycle.index), 0))
    master = Master(company.content, look.versions.get(company.content).tables)
    price = prices(master, cube.axis, tuple(frame.calendar[k] for k in cube.indices), frame.currency)
    money = value_cells(cube, price, decimals=frame.currency_decimals).minor.sum(axis=1)
    labels, codes = cube.axis.groups("division")
    sums = np.bincount(codes, weights=money, minlength=len(labels))
    return {
        label: in_currency(int(minor), decimals=frame.currency_decimals)
        for label, minor in zip(labels.tolist(), sums.tolist(), strict=True)
    }
