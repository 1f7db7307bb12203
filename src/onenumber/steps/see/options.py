"""The options of a paper as they are compared: what each changes, and what its whole plan comes to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from onenumber.model.money import in_currency
from onenumber.model.sheet import Sheet
from onenumber.review.ground import Ground
from onenumber.review.papers.words import Change, change_in, say_change
from onenumber.steps.frame.glance import Glance
from onenumber.store.models import Cycle, DecisionRow
from onenumber.supply.differences import from_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """An option with what its whole plan comes to: service in units, money in currency; None where it is not known.

    ``worth`` is what the sales that it gains are worth: ``net_cost = extra_cost + waiting_cost - worth``.
    """

    option: str
    change: Change
    lost_units: float | None
    late_units: float | None
    revenue: float | None
    worth: float | None
    waiting_cost: float | None
    extra_cost: float | None
    net_cost: float | None
    inventory: float | None
    overtime_hours: float | None


def options_of(sheet: Sheet, paper: str, ground: Ground) -> tuple[tuple[Weighed, ...], str]:
    """The options of a paper of a sheet, and the one that is recommended."""
    rows = sheet.table("options").filter(pl.col("paper") == paper).iter_rows(named=True)
    found = [
        Weighed(
            option=row["option"], change=change_in(from_json(row["difference"]), ground),
            lost_units=row["lost_units"], late_units=row["late_units"], overtime_hours=row["overtime_hours"],
            revenue=_in_currency(row["revenue"], ground), inventory=_in_currency(row["inventory_value"], ground),
            **money_of(row, ground),
        )
        for row in rows
    ]  # fmt: skip
    best = sheet.table("papers").filter(pl.col("paper") == paper)["recommended"]
    return tuple(found), str(best[0]) if len(best) else ""


def option_said(look: Glance, cycle: Cycle, row: DecisionRow) -> str:
    """What the option changes that was decided of a paper; empty where none was, or it cannot be read any more."""
    if not row.option or not row.papers_hash or not look.versions.has(row.papers_hash):
        return ""
    ground = Ground(company=look.company(cycle), load={}, frame=look.frame(cycle), cycle=cycle.index)
    rows = look.versions.get(row.papers_hash).table("options")
    mine = rows.filter((pl.col("paper") == row.paper) & (pl.col("option") == row.option))["difference"].to_list()
    return say_change(change_in(from_json(mine[0]), ground)) if mine else ""


def money_of(row: Mapping[str, Any], ground: Ground) -> dict[str, float | None]:
    """The net cost of an option with the three amounts that it is made of, in currency; None where one is not known.

    What its sales are worth is taken from the net: a sale below cost counts with its price there, not with its margin.
    """
    known = {name: row[name] for name in ("waiting_cost", "extra_cost", "net_cost")}
    whole = None not in known.values()
    worth = known["extra_cost"] + known["waiting_cost"] - known["net_cost"] if whole else None
    return {name: _in_currency(minor, ground) for name, minor in {**known, "worth": worth}.items()}


def _in_currency(minor: int | None, ground: Ground) -> float | None:
    return None if minor is None else in_currency(minor, decimals=ground.decimals)
