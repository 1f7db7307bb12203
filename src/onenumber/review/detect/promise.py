"""C-27: a promise given is not kept by the new plan."""

import numpy as np
import polars as pl

from onenumber.demand.known import open_lines
from onenumber.demand.streams import with_stream
from onenumber.model.cube import Values
from onenumber.model.money import to_minor
from onenumber.review.detect.conflict import gather, none_found
from onenumber.review.promises import EPSILON, in_time
from onenumber.review.scene import Scene

CODE = "C-27"


def detect(scene: Scene) -> pl.DataFrame:
    """Streams that were promised more than the new plan brings them, by the last plan or on a confirmed order line.

    From the plan of record: ``min(promised then, asked now) - promised now`` per period; what is no longer asked is not
    broken, and a stream that is gone from the plan has nobody left to ask. From order lines: confirmed and open by the
    end of a period, less all that ships by then; the deepest such gap counts. Where both hold for a stream and period
    the larger one stands.
    """
    broken = np.maximum(_by_plan(scene), _by_orders(scene))
    rows, columns = np.nonzero(broken > EPSILON)
    if not len(rows):
        return none_found()
    demand = scene.plan.cube("demand")
    table = pl.DataFrame(
        {
            "subject": demand.axis.column(rows),
            **{name: demand.axis.column(rows, name) for name in ("item", "division", "planning_customer")},
            "period": columns.astype(np.int64) + demand.first,
            "short": broken[rows, columns],
        }
    )
    money = to_minor(broken[rows, columns] * scene.worth[rows, columns], decimals=scene.ground.decimals)
    at_risk = pl.when(pl.Series(money.known)).then(pl.Series(money.minor))
    table = table.with_columns(at_risk.alias("at_risk"), pl.lit(0, dtype=pl.Int64).alias("penalty"))
    return gather(_with_context(table, scene), code=CODE, kind="stream", when="period")


def _with_context(table: pl.DataFrame, scene: Scene) -> pl.DataFrame:
    causes = scene.short.select(pl.col("stream").alias("subject"), "period", "cause_label")
    table = table.join(causes, on=["subject", "period"], how="left", maintain_order="left")
    table = table.join(
        scene.ground.company["items"].select("item", "unit"), on="item", how="left", maintain_order="left"
    )
    table = table.join(scene.lead_days, on="item", how="left", maintain_order="left")
    return table.with_columns(
        pl.col("cause_label").fill_null(pl.format("stream|{}", "subject")), pl.lit(None, dtype=pl.String).alias("site")
    )


def _by_plan(scene: Scene) -> Values:
    demand = scene.plan.cube("demand")
    broken = np.zeros_like(demand.values)
    if scene.last_published is None:
        return broken
    then = scene.last_published.table("promises")
    rows, columns = demand.axis.find_column(then["stream"]), then["period"].to_numpy() - demand.first
    kept = (rows >= 0) & (columns >= 0) & (columns < demand.periods)
    broken[rows[kept], columns[kept]] = then["promised"].to_numpy()[kept]
    return np.maximum(np.minimum(broken, demand.values) - in_time(scene.plan), 0.0)


def _by_orders(scene: Scene) -> Values:
    demand, shipped = scene.plan.cube("demand"), scene.plan.cube("shipped")
    due = np.zeros_like(demand.values)
    lines = open_lines(scene.ground.load).with_columns(pl.coalesce("last_confirmed", "first_confirmed").alias("due"))
    lines = lines.filter(pl.col("due").is_not_null())
    lines = with_stream(lines, company=scene.ground.company, as_of=scene.ground.as_of).sort("order", "line")
    at = demand.axis.find_column(lines["stream"])
    days = lines["due"].to_numpy().astype("datetime64[D]")
    overdue = days < np.datetime64(scene.ground.as_of)
    columns = np.where(overdue, 0, scene.ground.frame.calendar.indices(days) - demand.first)
    inside = (at >= 0) & (columns >= 0) & (columns < demand.periods)
    np.add.at(due, (at[inside], columns[inside]), lines["open"].to_numpy()[inside])
    behind = np.maximum(np.cumsum(due, axis=1) - np.cumsum(shipped.values, axis=1), 0.0)
    deepest = behind == behind.max(axis=1, keepdims=True)
    first = deepest & (np.cumsum(deepest, axis=1) == 1)
    return np.where(first, behind, 0.0)
