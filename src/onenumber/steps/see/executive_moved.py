"""What moved between last month's plan and this one: every place of an account, so that the parts add up."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from onenumber.model.contract.empty import table_or_empty
from onenumber.model.money import in_currency
from onenumber.model.sheet import SheetKind
from onenumber.steps.frame.glance import Glance, cycle_earlier
from onenumber.steps.frame.unit_values import Master, worth_by
from onenumber.steps.see.risks import NewsShown
from onenumber.store.models import Cycle

MOST = 5
LEAST = 0.005
"""Share by which something must differ to be said to have changed."""
REVENUE, DEMAND, BASELINE, NEWS = "revenue", "demand", "baseline", "news"
TOLD = (REVENUE, DEMAND, BASELINE)
"""What moved that is told place by place; the other accounts follow from it, and stand in the bridge."""
SAYS = ((SheetKind.CONSENSUS, "consensus", DEMAND), (SheetKind.FORECAST, "L1", BASELINE))


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One thing that changed since last month: its kind, of what, and from how much to how much, in currency.

    ``place`` is the key of a division or site, empty for news.
    """

    kind: str
    of: str
    place: str = ""
    was: float = 0.0
    now: float = 0.0

    @property
    def much(self) -> bool:
        """Whether it moved by more than is worth a word."""
        return abs(self.now - self.was) > LEAST * abs(self.was)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """An account of the fiscal year's landing, or the demand of the year ahead, with all its places."""

    kind: str
    parts: tuple[Changed, ...]


def moved_since(look: Glance, cycle: Cycle) -> tuple[Moved, ...]:
    """What landing and demand were a month ago and are now, place by place; nothing before the second cycle."""
    before = cycle_earlier(look, cycle)
    if before is None:
        return ()
    return (*_moved_landing(look, cycle, before), *_moved_demand(look, cycle, before))


def biggest(moved: tuple[Moved, ...], beside: tuple[NewsShown, ...]) -> tuple[Changed, ...]:
    """The five biggest changes since last month, by money: landing, demand, and what stands beside the plan."""
    found = [part for one in moved if one.kind in TOLD for part in one.parts if part.much]
    found += [
        Changed(kind=NEWS, of=f"{one.author}: “{one.text}”", now=one.amount.revenue)
        for one in beside
        if not one.of and one.amount is not None and one.amount.revenue is not None
    ]
    return tuple(sorted(found, key=lambda one: -abs(one.now - one.was))[:MOST])


def places_of(look: Glance, cycle: Cycle) -> dict[str, str]:
    """Names of divisions and sites by their keys."""
    company, tables = look.company(cycle), (("sites", "site"), ("divisions", "division"))
    return {key: name for table, kind in tables for key, name in table_or_empty(company, table)[[kind, "name"]].rows()}


def _moved_landing(look: Glance, cycle: Cycle, before: Cycle) -> Iterator[Moved]:
    """The budget lines of the year that both months valued; nothing while this cycle has no review."""
    (now, was), names = (_landing(look, one) for one in (cycle, before)), places_of(look, cycle)
    for account in sorted({account for account, _ in now.keys() & was.keys()}, key=lambda one: (one != REVENUE, one)):
        both = {place: (was[account, place], now[account, place]) for of, place in now if of == account
                and (account, place) in was}  # fmt: skip
        yield _moved(account, both, names)


def _moved(kind: str, both: Mapping[str, tuple[float, float]], names: Mapping[str, str]) -> Moved:
    parts = (
        Changed(kind=kind, of=names.get(place) or place, place=place, was=was, now=now)
        for place, (was, now) in sorted(both.items())
    )
    return Moved(kind=kind, parts=tuple(parts))


def _landing(look: Glance, cycle: Cycle) -> dict[tuple[str, str], float]:
    sheet = look.sheet(SheetKind.REVIEW, cycle, "final") or look.sheet(SheetKind.REVIEW, cycle)
    if sheet is None:
        return {}
    frame = look.frame(cycle)
    rows = sheet.table("landing").filter(pl.col("fiscal_year") == frame.calendar[cycle.index].fiscal_year)
    return {
        (account, place): in_currency(minor, decimals=frame.currency_decimals)
        for account, place, minor in rows.select("account", "place", "landing").drop_nulls().iter_rows()
    }


def _moved_demand(look: Glance, cycle: Cycle, before: Cycle) -> Iterator[Moved]:
    """Demand of the year ahead by division: by the consensus where both months have one, else by the baselines."""
    for kind, name, said in SAYS:
        if all(look.version(kind, of) is not None for of in (cycle, before)):
            now, was = (_demand(look, of, cycle, kind, name) for of in (cycle, before))
            both = {division: (was[division], now[division]) for division in now.keys() & was.keys()}
            yield _moved(said, both, places_of(look, cycle))
            return


def _demand(look: Glance, of: Cycle, cycle: Cycle, kind: SheetKind, name: str) -> dict[str, float]:
    """What a cycle says of the year from another's month on, by division in currency; both at the prices of ``of``."""
    sheet, company, frame = look.sheet(kind, of), look.company_version(of), look.frame(of)
    if sheet is None or company is None:
        return {}
    whole = sheet.cube(name)
    year = frame.calendar.periods_a_year
    cube = whole.cut(cycle.index, max(min(year, whole.indices.stop - cycle.index), 0))
    master = Master(company.content, look.versions.get(company.content).tables)
    return worth_by("division", cube, master, frame)
