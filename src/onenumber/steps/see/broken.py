"""The months that orders since the freeze break, each as a finding with its way out, beside the sheets of a cycle."""

from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from onenumber.model.amounts import in_short
from onenumber.model.finding import Finding, Severity, Value
from onenumber.model.sheet import SheetKind
from onenumber.review.broken import Broken, broken_months
from onenumber.rights.roles import sees_all
from onenumber.steps.frame.company_words import customers_at
from onenumber.steps.frame.glance import Glance
from onenumber.steps.frame.unit_values import KEPT
from onenumber.steps.see.planned import planned_if_any
from onenumber.steps.see.since import since_of
from onenumber.store.models import Cycle
from onenumber.store.versions import Versions

NAMED_MOST = 3
BROKEN = "broken months"
"""Where a look keeps them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenLine:
    """A month of an item that orders since the freeze break, with their numbers; ``name`` tells it from the others."""

    name: str
    item: str
    month: str
    finding: Finding
    orders: tuple[str, ...]


def broken_of(look: Glance, cycle: Cycle) -> tuple[BrokenLine, ...]:
    """What orders since the freeze break of the newest supply plan, the nearest month first, then what misses most.

    Nothing to who sees a part of the company only, nor before the data are frozen and anything was planned.
    """
    return tuple(look.gathered(BROKEN, cycle, lambda: _broken_of(look, cycle)))


def _broken_of(look: Glance, cycle: Cycle) -> tuple[BrokenLine, ...]:
    since = since_of(look, cycle) if sees_all(look.actor) else None
    if since is None or since.rows.is_empty():
        return ()
    plan = planned_if_any(look, cycle)
    history, load = (look.version(kind, cycle) for kind in (SheetKind.HISTORY, SheetKind.LOAD))
    if plan is None or history is None or load is None:
        return ()
    of = _Of(rows=since.rows, plan=plan.version.content, history=history.content, load=load.content, first=cycle.index)
    found = _found(look.versions, of)
    if not found:
        return ()
    words = _Words(look, cycle)
    return tuple(words.line(one) for one in found)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class _Of:
    """What months are broken of: the order rows that a person sees, and the sheets by their contents."""

    rows: pl.DataFrame
    plan: str
    history: str
    load: str
    first: int

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Of) and self._sheets == other._sheets and self.rows.equals(other.rows)

    def __hash__(self) -> int:
        return hash((self._sheets, len(self.rows)))

    @property
    def _sheets(self) -> tuple[str, str, str, int]:
        return self.plan, self.history, self.load, self.first


@lru_cache(maxsize=KEPT)
def _found(versions: Versions, of: _Of) -> tuple[Broken, ...]:
    """The nearest month first, then what misses most. Worked out once in a process: every page of a planner asks."""
    plan, history, load = (versions.get(content) for content in (of.plan, of.history, of.load))
    found = broken_months(of.rows, plan=plan, history=history, load=load.tables, first=of.first)
    return tuple(sorted(found, key=lambda one: (one.period, -one.missing, one.item)))


class _Words:
    """What items, customers and months are called."""

    def __init__(self, look: Glance, cycle: Cycle) -> None:
        company = look.company(cycle)
        self._calendar = look.frame(cycle).calendar
        self._customers = customers_at(look, cycle)
        self._items = {
            item: (name or item, unit) for item, name, unit in company["items"]["item", "name", "unit"].rows()
        }

    def line(self, one: Broken) -> BrokenLine:
        """A broken month in its words."""
        month, (name, unit) = self._calendar[one.period].label, self._items.get(one.item, (one.item, ""))
        values: dict[str, Value] = {
            "item": name, "unit": unit, "month": month, "quantity": in_short(one.missing),
            "booked": in_short(one.booked), "planned": in_short(one.planned), "customers": self._buyers(one),
        }  # fmt: skip
        if one.covered is None:
            finding = Finding(code="orders_break_plan", severity=Severity.BLOCKED, values=values)
        else:
            values = {**values, "covered": self._calendar[one.covered].label}
            finding = Finding(code="orders_break_month", severity=Severity.BLOCKED, values=values)
        orders = tuple(dict.fromkeys(order for order, _, _ in one.orders))
        return BrokenLine(name=f"{one.item} {month}", item=one.item, month=month, finding=finding, orders=orders)

    def _buyers(self, one: Broken) -> str:
        """Who ordered how much, the most first, and how many more."""
        of: dict[str, float] = {}
        for _, customer, quantity in one.orders:
            of[customer] = of.get(customer, 0.0) + quantity
        most = sorted(of.items(), key=lambda pair: (-pair[1], pair[0]))
        names = [f"{self._customers.get(who) or who} {in_short(quantity)}" for who, quantity in most[:NAMED_MOST]]
        rest = len(most) - NAMED_MOST
        return ", ".join([*names, f"{rest} more"] if rest > 0 else names)
