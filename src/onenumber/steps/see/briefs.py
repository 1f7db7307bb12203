"""Key accounts as the executive reads them: what is new with each, what it is worth, and how its forecast moved."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from onenumber.cycle.phases import Phase
from onenumber.finance.valuation import value_cells
from onenumber.model.cube import Cube
from onenumber.model.money import in_currency
from onenumber.model.sheet import SheetKind
from onenumber.rights.ask import reads, refused_reading
from onenumber.rights.table import Figure
from onenumber.steps.frame.accounts import Account, key_accounts, said_of, speaks_of
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.glance import Glance, glance, rows_in
from onenumber.steps.see.unit_values import Master, prices
from onenumber.store.models import BriefRow, Cycle, News
from onenumber.store.plans import both_names, cycle_before

YEAR, MUCH = 12, 0.10
"""Months ahead that are looked at, and the share by which a forecast must move to be asked about (domain.md SM-2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefShown:
    """The last word on an account: its news (empty: none, confirmed), by whom and when."""

    text: str
    urgent: bool
    person: str
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountShown:
    """A key account: what the baseline of a year is worth, its share of the company, how that moved in a cycle.

    ``asks`` says why something should be said: ``moved`` or ``loss``; ``hers`` whether who looks may say it.
    """

    customer: str
    name: str
    patches: tuple[str, ...]
    revenue: float | None
    share: float | None
    moved: float | None
    asks: str
    said: BriefShown | None
    before: BriefShown | None
    hers: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefsShown:
    """The key accounts of a cycle: what nobody spoke of first, then news, then those without."""

    cycle: str
    currency: str
    accounts: tuple[AccountShown, ...]


def briefs_shown(context: Context, label: str = "") -> BriefsShown:
    """The key accounts of a cycle, to who reads the brief.

    Raises:
        NotAllowedError: if the person does not.
    """
    if not reads(context.actor, Figure.BRIEF):
        reason = "only the executive and the sales leader may"
        raise refused_reading(context.actor, "read key accounts", figure=Figure.BRIEF, whole=True, reason=reason)
    look = glance(context)
    cycle = look.cycle(label)
    before = cycle_before(cycle)
    worth = _worth(look, cycle, cycle)
    earlier = _worth(look, before, cycle) if before is not None else {}
    said, last = (_said(look, one) if one is not None else {} for one in (cycle, before))
    lost = set(News.objects.filter(cycle=cycle, kind="loss").values_list("place__planning_customer", flat=True))
    shown = [
        _shown(look, cycle, one, worth=worth, earlier=earlier, said=said, last=last, is_lost=one.customer in lost)
        for one in key_accounts(look, cycle)
    ]
    order = sorted(shown, key=lambda one: (one.said is not None, one.said is not None and not one.said.text, one.name))
    return BriefsShown(cycle=cycle.label, currency=look.frame(cycle).currency, accounts=tuple(order))


def urgent_news(look: Glance, cycle: Cycle) -> tuple[AccountShown, ...]:
    """What the executive must know the same day, the newest first; nothing to who reads no brief."""
    if not reads(look.actor, Figure.BRIEF) or not any(row.urgent for row in rows_in(look, BriefRow, cycle)):
        return ()
    said = _said(look, cycle)
    found = [
        _shown(look, cycle, one, worth={}, earlier={}, said=said, last={}, is_lost=False)
        for one in key_accounts(look, cycle)
        if one.customer in said and said[one.customer].urgent
    ]
    return tuple(sorted(found, key=lambda one: one.said.at if one.said else look.now, reverse=True))


def _shown(  # noqa: PLR0913 - what is known of one account
    look: Glance, cycle: Cycle, one: Account, *, worth: Mapping[str, float], earlier: Mapping[str, float],
    said: Mapping[str, BriefShown], last: Mapping[str, BriefShown], is_lost: bool,
) -> AccountShown:  # fmt: skip
    revenue, was, total = worth.get(one.customer), earlier.get(one.customer), sum(worth.values())
    moved = revenue / was - 1 if revenue is not None and was else None
    asks = "loss" if is_lost else "moved" if moved is not None and abs(moved) > MUCH else ""
    return AccountShown(
        customer=one.customer, name=one.name, patches=one.patches, revenue=revenue,
        share=revenue / total if revenue is not None and total else None, moved=moved, asks=asks,
        said=said.get(one.customer), before=last.get(one.customer),
        hers=speaks_of(look.actor, one, Phase(cycle.phase)),
    )  # fmt: skip


def _said(look: Glance, cycle: Cycle) -> dict[str, BriefShown]:
    rows = said_of(look, cycle)
    names = look.names() if rows else {}
    return {
        customer: BriefShown(
            text=row.text, urgent=row.urgent, person=both_names(names, row.person, row.deputy_for), at=row.at
        )
        for customer, row in rows.items()
    }


def _worth(look: Glance, of: Cycle, cycle: Cycle) -> dict[str, float]:
    """What the baseline of a cycle says of the year from another's month on is worth, by planning customer."""
    forecast, company = look.sheet(SheetKind.FORECAST, of), look.company_version(of)
    if forecast is None or company is None:
        return {}
    baseline = forecast.cube("L1")
    year = baseline.cut(cycle.index, min(YEAR, baseline.indices.stop - cycle.index))
    return _by_customer(look, of, year, Master(company.content, look.versions.get(company.content).tables))


def _by_customer(look: Glance, cycle: Cycle, cube: Cube, master: Master) -> dict[str, float]:
    frame = look.frame(cycle)
    price = prices(master, cube.axis, tuple(frame.calendar[k] for k in cube.indices), frame.currency)
    money = value_cells(cube, price, decimals=frame.currency_decimals)
    customers, codes = np.unique(cube.axis.labels("planning_customer"), return_inverse=True)
    totals = np.bincount(codes, weights=money.minor.sum(axis=1), minlength=len(customers))
    known = np.bincount(codes, weights=money.known.any(axis=1), minlength=len(customers)) > 0
    return {
        customer: in_currency(int(total), decimals=frame.currency_decimals)
        for customer, total, there in zip(customers.tolist(), totals.tolist(), known.tolist(), strict=True)
        if there
    }
