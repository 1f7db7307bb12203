"""The executive's one page: where the year lands, what changed since last month, and who kept the plan."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import polars as pl

from onenumber.model.money import in_currency
from onenumber.model.sheet import SheetKind
from onenumber.rights.ask import refused_reading
from onenumber.rights.roles import reads_papers
from onenumber.rights.table import Figure
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.decisions import BUDGET, accepted_lines
from onenumber.steps.frame.glance import Glance, cycle_earlier, glance, rows_in
from onenumber.steps.see.answers import OwnerLine, answers_shown
from onenumber.steps.see.briefs import AccountShown, urgent_news
from onenumber.steps.see.executive_moved import Changed, Moved, biggest, moved_since, places_of
from onenumber.steps.see.line_load import LoadSeen, line_loads
from onenumber.steps.see.risks import NewsShown, risks_shown
from onenumber.steps.see.served import GivenUp, Served, given_up_ahead, served_lately
from onenumber.steps.see.worked import Worked, decisions_worked
from onenumber.store.models import Cycle, SheetVersion, SignatureRow
from onenumber.store.plans import both_names

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
class Approval:
    """Who approved the final plan, and on which day; ``hers``: she who looks, or for whom she stands in."""

    who: str
    day: dt.date
    hers: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ExecutiveSeen:
    """Everything on the page but the papers, which have their own reading. ``landing`` is None before any review.

    ``served`` is None where no facts say how customers were served, ``load`` before anything was planned, ``given_up``
    where the plan gives nothing up.
    """

    cycle: str
    measured: str
    currency: str
    worked: tuple[Worked, ...]
    landing: Landing | None
    changed: tuple[Changed, ...]
    bridge: tuple[Moved, ...]
    owners: tuple[OwnerLine, ...]
    urgent: tuple[AccountShown, ...]
    approved: Approval | None
    served: Served | None
    given_up: GivenUp | None
    load: LoadSeen | None


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
    moved = moved_since(look, cycle)
    return ExecutiveSeen(
        cycle=cycle.label, measured=kept.periods[-1] if kept.periods else "", currency=look.frame(cycle).currency,
        worked=decisions_worked(look, cycle.label), landing=_landing(look, cycle, beside),
        changed=biggest(moved, beside), bridge=moved, owners=kept.owners, urgent=urgent_news(look, cycle),
        approved=_approval(look, cycle), served=served_lately(look, cycle), given_up=given_up_ahead(look, cycle),
        load=line_loads(look, cycle.label),
    )  # fmt: skip


def _approval(look: Glance, cycle: Cycle) -> Approval | None:
    rows = rows_in(look, SignatureRow, cycle)
    found = next((row for row in rows if row.verb == "approve_final" and row.struck_at is None), None)
    if found is None:
        return None
    hers = not look.actor.stands_for.isdisjoint({found.person, found.deputy_for})
    return Approval(who=both_names(look.names(), found.person, found.deputy_for), day=look.day_of(found.at), hers=hers)


def _review(look: Glance, cycle: Cycle) -> tuple[SheetVersion, Cycle] | None:
    """The Review that stands: of the final plan where there is one, of the cycle before where this has none."""
    for one in (cycle, cycle_earlier(look, cycle)):
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
    taken = accepted_lines(of)
    names = places_of(look, cycle)
    lines = [_line(row, names, taken, frame.currency_decimals) for row in known.iter_rows(named=True)]
    amounts = [one.amount.of_year for one in beside if one.amount is not None and one.amount.of_year is not None]
    return Landing(
        of=of.label, final=version.stage == "final", year=frame.calendar[cycle.index].fiscal_year,
        lines=tuple(sorted(lines, key=lambda one: (one.status != OUTSIDE, one.percent))),
        unknown=len(table) - len(known), risks=sum(min(one, 0.0) for one in amounts),
        chances=sum(max(one, 0.0) for one in amounts),
    )  # fmt: skip


def _line(row: Mapping[str, object], names: Mapping[str, str], taken: Collection[str], decimals: int) -> LandingLine:
    landing, budget = (in_currency(int(str(row[name])), decimals=decimals) for name in ("landing", "budget"))
    tolerance = row["tolerance"]
    return LandingLine(
        paper=f"{BUDGET}{row['account']}:{row['place']}", account=str(row["account"]),
        place=names.get(str(row["place"]), str(row["place"])), landing=landing,
        budget=budget, percent=float(str(row["gap_percent"])), status=str(row["status"]),
        tolerance=float(str(tolerance)) if tolerance is not None else None,
        decided=f"{BUDGET}{row['account']}:{row['place']}" in taken,
    )  # fmt: skip
