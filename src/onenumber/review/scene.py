"""What every detector looks at: the plan, what it leaves short, and what that is worth."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from onenumber.model.cube import Values
from onenumber.model.money import to_minor
from onenumber.model.sheet import Sheet
from onenumber.model.validity import valid_on
from onenumber.review import reach
from onenumber.review.ground import Ground
from onenumber.review.money import unit_cost, unit_price
from onenumber.review.promises import promises
from onenumber.review.worth import contract_penalty, unit_worth

AT_RESOURCE = ("capacity", "precedence", "cost")


@dataclass(frozen=True)
class Scene:
    """The new plan on its ground, the plan of record still in force (None: none), and the landing of its money."""

    plan: Sheet
    ground: Ground
    last_published: Sheet | None
    landing: pl.DataFrame

    @cached_property
    def short(self) -> pl.DataFrame:
        """Units not promised in the period they were asked for, one row per stream and period.

        Adds to the promise: unit, ``cause_label`` (what kind of thing, and which), ``cause_period`` (else the period
        itself), ``at_risk`` and ``penalty`` in minor units (null where no price is known).
        """
        fined = contract_penalty(self.plan, self.ground)
        every = promises(self.plan).with_columns(pl.Series("penalty", fined.minor))
        rows = self._with_worth(every.filter(pl.col("short") > 0))
        when = self.plan.table("shortages").select("stream", pl.col("period").cast(pl.Int64), "cause_period")
        when = when.unique(subset=["stream", "period"], keep="first", maintain_order=True)
        rows = rows.join(when, on=["stream", "period"], how="left", maintain_order="left")
        rows = rows.with_columns(pl.coalesce(pl.col("cause_period").cast(pl.Int64), "period").alias("cause_period"))
        units = self.ground.company["items"].select("item", "unit")
        rows = rows.join(units, on="item", how="left", maintain_order="left")
        return rows.with_columns(self._cause_label().alias("cause_label"))

    def _with_worth(self, rows: pl.DataFrame) -> pl.DataFrame:
        axis, first = self.plan.cube("demand").axis, self.plan.cube("demand").first
        at = (axis.rows(rows["stream"].to_list()), rows["period"].to_numpy() - first)
        lost = to_minor(rows["short"].to_numpy() * self.worth[at], decimals=self.ground.decimals)
        amounts = rows.with_columns(pl.Series("at_risk", lost.minor), pl.Series("_known", lost.known, dtype=pl.Boolean))
        return amounts.with_columns(pl.when(pl.col("_known")).then(pl.col("at_risk")).alias("at_risk")).drop("_known")

    @cached_property
    def worth(self) -> Values:
        """What one unit is worth per stream and period: see :func:`onenumber.review.worth.unit_worth`."""
        return unit_worth(unit_price(self.plan, self.ground), unit_cost(self.plan, self.ground))

    def _cause_label(self) -> pl.Expr:
        resources = self.plan.cube("hours_used").axis.keys.tolist()
        at_resource = pl.col("cause").is_in(AT_RESOURCE) & pl.col("cause_at").is_in(resources)
        kind = (
            pl.when(at_resource)
            .then(pl.lit("resource"))
            .when(pl.col("cause") == "vendor_limit")
            .then(pl.lit("vendor"))
            .when(pl.col("cause") == "space")
            .then(pl.lit("site"))
            .otherwise(pl.lit("cell"))
        )
        return (
            pl.when(pl.col("cause").is_null()).then(pl.lit("unknown")).otherwise(pl.format("{}|{}", kind, "cause_at"))
        )

    @cached_property
    def claims(self) -> pl.DataFrame:
        """Who asks for what, per period and division: kind (resource, item), needs, period, division, amount.

        Amount is hours of a resource, or units of a component that two levels share.
        """
        demand = self.plan.cube("demand")
        rows, columns = np.nonzero(demand.values > 0)
        asked = pl.DataFrame(
            {
                "item": demand.axis.column(rows, "item"),
                "division": demand.axis.column(rows, "division"),
                "period": columns.astype(np.int64) + demand.first,
                "asked": demand.values[rows, columns],
            }
        )
        needs = pl.concat(
            [
                reach.hours(self.ground).with_columns(pl.lit("resource").alias("kind")),
                reach.components(self.ground).with_columns(pl.lit("item").alias("kind")),
            ]
        )
        claims = asked.join(needs, on="item", how="inner", maintain_order="left_right")
        claims = claims.with_columns((pl.col("asked") * pl.col("per_unit")).alias("amount"))
        keys = ["kind", "needs", "period", "division"]
        return claims.group_by(keys, maintain_order=True).agg(pl.col("amount").sum()).sort(keys)

    @cached_property
    def lead_days(self) -> pl.DataFrame:
        """Longest days from decision to stock per item: item, lead_days (0 where none is known)."""
        made = valid_on(self.ground.master("rates"), self.ground.as_of).select("item", "lead_time_days")
        bought = valid_on(self.ground.master("vendor_items"), self.ground.as_of).select("item", "lead_time_days")
        longest = pl.concat([made, bought]).group_by("item").agg(pl.col("lead_time_days").max().alias("lead_days"))
        return longest.with_columns(pl.col("lead_days").fill_null(0)).sort("item")
