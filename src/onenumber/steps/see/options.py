"""The options of a paper as they are compared: what each changes, and what its whole plan comes to."""

from dataclasses import dataclass

import polars as pl

from onenumber.model.money import in_currency
from onenumber.model.sheet import Sheet
from onenumber.review.ground import Ground
from onenumber.review.papers.words import Change, change_in
from onenumber.supply.differences import from_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """An option with what its whole plan comes to: service in units, money in currency; None where it is not known."""

    option: str
    change: Change
    lost_units: float | None
    late_units: float | None
    revenue: float | None
    margin: float | None
    extra_cost: float | None
    inventory: float | None
    net_cost: float | None
    overtime_hours: float | None


def options_of(sheet: Sheet, paper: str, ground: Ground) -> tuple[tuple[Weighed, ...], str]:
    """The options of a paper of a sheet, and the one that is recommended."""
    money = ("revenue", "margin", "extra_cost", "inventory_value", "net_cost")
    found = []
    for row in sheet.table("options").filter(pl.col("paper") == paper).iter_rows(named=True):
        amounts = {one: None if row[one] is None else in_currency(row[one], decimals=ground.decimals) for one in money}
        amounts["inventory"] = amounts.pop("inventory_value")
        found.append(
            Weighed(
                option=row["option"], change=change_in(from_json(row["difference"]), ground),
                lost_units=row["lost_units"], late_units=row["late_units"], overtime_hours=row["overtime_hours"],
                **amounts,
            )
        )  # fmt: skip
    best = sheet.table("papers").filter(pl.col("paper") == paper)["recommended"]
    return tuple(found), str(best[0]) if len(best) else ""
