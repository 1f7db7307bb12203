"""The published plan and Adherence, as far as others act on them: nothing to who sees a part of the company only."""

import numpy as np
import polars as pl

from onenumber.model.sheet import Sheet, SheetKind
from onenumber.rights.roles import sees_all
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.in_force import amended
from onenumber.store.plans import find_cycle
from onenumber.supply.differences import Precedence, from_json


def planned_production(context: Context, period: int, label: str = "") -> pl.DataFrame:
    """What the cycle's plan in force makes in a period: item, quantity; empty where nothing is published."""
    version = amended(context, SheetKind.PUBLISHED_PLAN, find_cycle(context.plan, label))
    if version is None or not sees_all(context.actor):
        return pl.DataFrame(schema={"item": pl.String, "quantity": pl.Float64})
    rows = (
        context.versions.get(version.content)
        .table("production")
        .filter(pl.col("period") == period)
        .sort("item", "site")
    )
    return rows.group_by("item", maintain_order=True).agg(pl.col("quantity").sum())


def breaches_of(context: Context, label: str = "") -> tuple[tuple[str, str, str], ...]:
    """Breached figures of a cycle's Adherence that have an owner: figure, scope, owner."""
    sheet = context.sheet(SheetKind.ADHERENCE, find_cycle(context.plan, label))
    if sheet is None or not sees_all(context.actor):
        return ()
    rows = sheet.table("figures").filter(pl.col("breached") & pl.col("owner").is_not_null())
    return tuple(rows.select("figure", "scope", "owner").sort("figure", "scope").iter_rows())


def promised_extra(context: Context, period: int, label: str = "") -> pl.DataFrame:
    """What the cycle's precedence decisions promised whom they favoured in a period: item, quantity.

    Per item of the division that goes first, made at the site of the contended line: production in the final plan
    less that in the proposed one, where it is more. Empty where nobody was given precedence.
    """
    cycle = find_cycle(context.plan, label)
    decided = context.sheet(SheetKind.DECISION, cycle, "decided")
    proposed = context.sheet(SheetKind.SUPPLY_PLAN, cycle, "proposed")
    final = context.sheet(SheetKind.SUPPLY_PLAN, cycle, "final")
    if decided is None or proposed is None or final is None or not sees_all(context.actor):
        return pl.DataFrame(schema={"item": pl.String, "quantity": pl.Float64})
    before, after = proposed.cube("production"), final.cube("production")
    more = np.maximum(after.values - before.values[before.axis.rows(after.axis.keys)], 0.0)[:, period - after.first]
    names = after.axis.attributes
    sites = dict(context.company(cycle)["resources"].select("resource", "site").iter_rows())
    favoured = {(sites[rule.resource], rule.order[0]) for rule in _precedence(decided) if rule.order}
    mine = [pair in favoured for pair in zip(names["site"].tolist(), names["division"].tolist(), strict=True)]
    table = pl.DataFrame({"item": names["item"].tolist(), "quantity": more}).filter(pl.Series(mine, dtype=pl.Boolean))
    sums = table.filter(pl.col("quantity") > 0).group_by("item").agg(pl.col("quantity").sum())
    return sums.sort("item")


def _precedence(decided: Sheet) -> list[Precedence]:
    taken = decided.table("decisions").join(decided.table("options"), on=["paper", "option"], how="inner")
    rules = [from_json(text) for text in taken.sort("paper")["difference"].to_list()]
    return [rule for rule in rules if isinstance(rule, Precedence)]
