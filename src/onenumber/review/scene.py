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
from onenumber.review.promises import EPSILON, promise_rows, served
from onenumber.review.worth import contract_of, contract_penalty, unit_worth

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
        split, contract = served(self.plan), contract_of(self.plan.cube("demand").axis, self.ground)
        cells = (split.asked > EPSILON) & (split.short > 0)
        lost = to_minor(split.short[cells] * self.worth[cells], decimals=self.ground.decimals)
        fined = contract_penalty(split, contract, decimals=self.ground.decimals).minor[cells]
        units = self.ground.company["items"].select("item", "unit")
        rows = promise_rows(self.plan, split, cells=cells).join(units, on="item", how="left", maintain_order="left")
        return rows.with_columns(
            pl.when(pl.Series(lost.known, dtype=pl.Boolean)).then(pl.Series(lost.minor)).alias("at_risk"),
            pl.Series("penalty", fined),
            pl.coalesce(pl.col("cause_period").cast(pl.Int64), "period").alias("cause_period"),
            self._cause_label().alias("cause_label"),
        )

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
    def components(self) -> pl.DataFrame:
        """Units of every item in one of an item: see :func:`onenumber.review.reach.components`."""
        return reach.components(self.ground)

    @cached_property
    def hours(self) -> pl.DataFrame:
        """Hours of each resource in one unit of an item: see :func:`onenumber.review.reach.hours`."""
        return reach.hours(self.ground, self.components)

    @cached_property
    def needs(self) -> pl.DataFrame:
        """What an item needs, itself included: kind (resource, item), needs, item."""
        of_kind = [("resource", self.hours), ("item", self.components)]
        return pl.concat([table.select(pl.lit(kind).alias("kind"), "needs", "item") for kind, table in of_kind])

    @cached_property
    def asked(self) -> pl.DataFrame:
        """Who asks for an item in a period: item, division, period, a row per stream."""
        demand = self.plan.cube("demand")
        rows, columns = np.nonzero(demand.values > 0)
        return pl.DataFrame(
            {
                "item": demand.axis.column(rows, "item"),
                "division": demand.axis.column(rows, "division"),
                "period": columns.astype(np.int64) + demand.first,
            }
        )

    @cached_property
    def lead_days(self) -> pl.DataFrame:
        """Longest days from decision to stock per item: item, lead_days (0 where none is known)."""
        made = valid_on(self.ground.master("rates"), self.ground.as_of).select("item", "lead_time_days")
        bought = valid_on(self.ground.master("vendor_items"), self.ground.as_of).select("item", "lead_time_days")
        longest = pl.concat([made, bought]).group_by("item").agg(pl.col("lead_time_days").max().alias("lead_days"))
        return longest.with_columns(pl.col("lead_days").fill_null(0)).sort("item")
