"""Order-line service of last month per division, on the date the customer asked for and on the first we confirmed."""

import datetime as dt

import polars as pl

from onenumber.measure.service import ServiceRule, judge_lines, otif
from onenumber.review.figures import scopes_of, unknown
from onenumber.review.ground import Ground

NAMES = {"requested": "service_requested", "first_confirmed": "service_confirmed"}


def service(ground: Ground, *, rule: ServiceRule, tolerance: float) -> list[pl.DataFrame]:
    """K27 of the lines due last month by each date, per division; plan is lines due, actual lines kept.

    Judged on the first day of the cycle. Without shipments it is ``shipments_not_recorded``.
    """
    scopes = scopes_of("service", company=ground.company)
    if "shipments" not in ground.load:
        return [unknown(name, scopes, "shipments_not_recorded") for name in NAMES.values()]
    lines = _order_lines(ground, first=ground.frame.calendar[ground.cycle - 1].start)
    sent = ground.facts("shipments").join(lines, on=["order", "line"], how="semi")
    figures = []
    for date, name in NAMES.items():
        judged = judge_lines(lines=lines, shipments=sent, date=date, rule=rule, as_of=ground.as_of)
        figures.append(_kept(judged, name, ground, tolerance))
    return figures


def _kept(judged: pl.DataFrame, name: str, ground: Ground, tolerance: float) -> pl.DataFrame:
    """The figure ``name`` of every division, from judged lines."""
    span = ground.frame.calendar[ground.cycle - 1]
    when = pl.coalesce("due", "requested")  # a line without the date counts as dateless where it was asked for
    due = judged.filter(when.is_between(span.start, span.end, closed="left"))
    scopes = ground.company["divisions"].select(pl.col("division").alias("scope"))
    found = scopes.join(otif(judged=due, by=["scope"]), on="scope", how="left").sort("scope")
    return found.select(
        pl.lit(name).alias("figure"),
        "scope",
        pl.col("denominator").alias("plan"),
        pl.col("numerator").alias("actual"),
        "numerator", "denominator", "value",
        pl.col("reason").fill_null("nothing_due").alias("reason"),
        pl.lit(tolerance).alias("tolerance"),
        (pl.col("value") < 1 - tolerance).fill_null(value=False).alias("breached"),
        pl.lit("lines").alias("unit"),
    )  # fmt: skip


def _order_lines(ground: Ground, *, first: dt.date) -> pl.DataFrame:
    """Order lines asked or confirmed for ``first`` or later, with their division as ``scope``."""
    lines = ground.facts("order_lines").filter((pl.col("requested") >= first) | (pl.col("first_confirmed") >= first))
    family = ground.company["items"].select("item", "family")
    division = ground.company["families"].select("family", pl.col("division").alias("scope"))
    return lines.join(family, on="item", how="left", maintain_order="left").join(
        division, on="family", how="left", maintain_order="left"
    )
