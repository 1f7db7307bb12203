"""Whether what the executive decided brought what it promised: made in the measured month against what was promised."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import polars as pl

from onenumber.model.axis import SEPARATOR, Labels
from onenumber.model.period import Period
from onenumber.model.plan import plan_frame
from onenumber.model.sheet import SheetKind
from onenumber.review.ground import Ground
from onenumber.review.papers.words import Change, change_in
from onenumber.rights.ask import refused_reading
from onenumber.rights.roles import reads_papers
from onenumber.rights.table import Figure
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.glance import Glance, glance
from onenumber.store.models import Cycle, DecisionRow
from onenumber.store.plans import both_names
from onenumber.store.versions import Versions
from onenumber.supply.differences import Difference, DoNothing, Precedence, from_json

LOOKED_BACK = 3
"""Cycles whose decisions may still bring something in the measured month."""
WORKED, LEAST = 0.9, 0.5
"""Share of the promise from which a decision worked, and the units under which it promised the month nothing."""
KEPT = 64
Effect = tuple[float | None, float | None]
NOTHING: Effect = (None, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """A decision of an earlier cycle: who took it, what it changes, and what of it came in the measured month.

    ``promised`` are the units more that the final plan made than the proposed one; ``brought`` those of them that were
    made. Both are None where the month was promised nothing of it: its effect lies elsewhere.
    """

    paper: str
    option: str
    decided_by: str
    change: Change
    promised: float | None
    brought: float | None

    @property
    def share(self) -> float | None:
        """How much of the promise came."""
        return self.brought / self.promised if self.promised and self.brought is not None else None


def decisions_worked(context: Context, label: str = "") -> tuple[Worked, ...]:
    """The decisions of the cycles before one that are held against the month it measures; the newest cycle first.

    Of a cycle before the last only what promised something in that month.

    Raises:
        NotAllowedError: if the person reads no decision papers.
    """
    if not reads_papers(context.actor):
        reason = "only who reads the costs of the whole company may"
        raise refused_reading(context.actor, "read decisions", figure=Figure.COST, whole=True, reason=reason)
    look = glance(context)
    cycle = look.cycle(label)
    earlier = [one for one in look.all_cycles() if cycle.index - LOOKED_BACK <= one.index < cycle.index]
    taken = {(row.cycle_id, row.paper): row for row in DecisionRow.objects.filter(cycle__in=earlier).order_by("pk")}
    found = [one for before in earlier for one in _of_cycle(look, cycle, before, taken)]
    last = f"{look.frame(cycle).calendar[max(cycle.index - 1, 0)].label}-"
    return tuple(one for one in found if one.promised is not None or one.paper.startswith(last))


def _of_cycle(
    look: Glance, cycle: Cycle, before: Cycle, rows: Mapping[tuple[int, str], DecisionRow]
) -> Iterator[Worked]:
    decided, company = look.version(SheetKind.DECISION, before, "decided"), look.company_version(before)
    if decided is None or company is None:
        return
    for paper, option, key, difference, change in _taken(look.versions, decided.content, company.content):
        promised, brought = _effect(look, cycle, before, paper, difference)
        who = rows.get((before.pk, paper))
        yield Worked(
            paper=paper, option=option, change=change, promised=promised, brought=brought,
            decided_by=both_names(look.names(), who.person, who.deputy_for) if who is not None else key,
        )  # fmt: skip


@lru_cache(maxsize=KEPT)
def _taken(versions: Versions, decided: str, company: str) -> tuple[tuple[str, str, str, Difference, Change], ...]:
    """What a cycle decided that changes something: paper, option, by whom, and what it changes."""
    sheet, tables = versions.get(decided), versions.get(company).tables
    ground = Ground(company=tables, load={}, frame=plan_frame(tables["plan"]), cycle=0)
    taken = sheet.table("decisions").join(sheet.table("options"), on=["paper", "option"], how="inner").sort("paper")
    columns = taken.select("paper", "option", "decided_by", "difference").iter_rows()
    rows = [(paper, option, by, from_json(text)) for paper, option, by, text in columns]
    return tuple(
        (paper, option, by, difference, change_in(difference, ground))
        for paper, option, by, difference in rows
        if not isinstance(difference, DoNothing)
    )


def _effect(look: Glance, cycle: Cycle, before: Cycle, paper: str, difference: Difference) -> Effect:
    """What a decision promised the measured month more of, in units, and what of that was made."""
    made = [look.version(SheetKind.SUPPLY_PLAN, before, stage) for stage in ("proposed", "final")]
    others = (look.version(SheetKind.DECISION, before, "decided"), look.version(SheetKind.LOAD, cycle))
    company = look.company_version(before)
    found = [one.content for one in (*made, *others, company) if one is not None]
    if len(found) < len(_Contents.__slots__):
        return NOTHING
    period = look.frame(cycle).calendar[cycle.index - 1]
    return _held_against(look.versions, _Contents(*found), period, paper, difference)


@dataclass(frozen=True, slots=True)
class _Contents:
    """The sheets that a decision is held against."""

    proposed: str
    final: str
    decided: str
    load: str
    company: str


@lru_cache(maxsize=KEPT)
def _held_against(versions: Versions, of: _Contents, period: Period, paper: str, difference: Difference) -> Effect:
    """What came of a promise: the sheets that it stands in never change."""
    proposed, final = (versions.get(one).cube("production") for one in (of.proposed, of.final))
    load = versions.get(of.load).tables
    if period.index not in final.indices or "production" not in load:
        return NOTHING
    names, column = final.axis.attributes, period.index - final.first
    mine = _rows(versions, of, names, paper, difference)
    planned, was = final.values[:, column], proposed.values[proposed.axis.rows(final.axis.keys), column]
    extra = np.maximum(planned - was, 0.0) * mine
    if extra.sum() < LEAST or len(np.unique(final.units[extra > 0])) > 1:
        return NOTHING
    missing = (planned - _made(load["production"], period, names))[extra > 0]
    promised = float(extra.sum())
    return promised, float(np.clip(promised - missing.sum(), 0.0, promised))


def _rows(
    versions: Versions, of: _Contents, names: Mapping[str, Labels], paper: str, difference: Difference
) -> np.ndarray:
    """Whose production it is about: of precedence what goes first at the line's site, else the paper's own items."""
    if isinstance(difference, Precedence) and difference.order:
        resources = versions.get(of.company).table("resources")
        site = dict(resources.select("resource", "site").iter_rows())[difference.resource]
        first: np.ndarray = (names["site"] == site) & (names["division"] == difference.order[0])
        return first
    streams = versions.get(of.decided).table("streams").filter(pl.col("paper") == paper)["stream"].to_list()
    mine: np.ndarray = np.isin(names["item"], sorted({stream.split(SEPARATOR, maxsplit=1)[0] for stream in streams}))
    return mine


def _made(production: pl.DataFrame, period: Period, names: Mapping[str, Labels]) -> np.ndarray:
    """What was made in a month of each item at its site."""
    rows = production.filter((pl.col("date") >= period.start) & (pl.col("date") < period.end))
    sums = rows.group_by("item", "site").agg(pl.col("quantity").sum())
    made = {(item, site): quantity for item, site, quantity in sums.iter_rows()}
    pairs = zip(names["item"].tolist(), names["site"].tolist(), strict=True)
    return np.array([made.get(pair, 0.0) for pair in pairs])
