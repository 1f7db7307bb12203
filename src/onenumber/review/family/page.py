"""The rows of a family page, from the sheets of this cycle and the last."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import polars as pl

from onenumber.model.sheet import Sheet
from onenumber.model.validity import valid_on
from onenumber.review.actuals import made, stock_at_end
from onenumber.review.family.leaves import Cell, Leaves, absent, of_cube, of_money, of_tables
from onenumber.review.family.lens import Lens, Level, Measure
from onenumber.review.family.ratios import cover_days, difference, in_time, on_requested_date, weeks
from onenumber.review.ground import Ground
from onenumber.review.money import with_budget

TO_ORDER = ("make_to_order", "assemble_to_order")
ROWS = pl.Schema(
    {
        "code": pl.String, "group": pl.String, "unit": pl.String, "period": pl.Int64, "value": pl.Float64,
        "reason": pl.String, "coverage": pl.Float64,
    }
)  # fmt: skip
"""Columns of a family page; a null value has a reason."""
DIFFERENCES = {
    "demand_difference": ("demand_new", "demand_last"),
    "demand_deviation": ("demand_actual", "demand_last"),
    "supply_difference": ("supply_new", "supply_last"),
    "supply_deviation": ("supply_actual", "supply_last"),
}
"""Rows that are the difference of two others."""
Line = tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilySheets:
    """The sheets a family page is read from; None is not made yet, or there was no earlier cycle.

    ``plan`` is the newest supply plan of this cycle, ``last_plan`` and ``last_consensus`` those of the cycle before.
    """

    history: Sheet
    forecast: Sheet | None = None
    consensus: Sheet | None = None
    last_consensus: Sheet | None = None
    plan: Sheet | None = None
    last_plan: Sheet | None = None


@dataclass(frozen=True)
class FamilyPage:
    """The family page of a lens over some sheets.

    A cell without a value has a reason: not_made, no_last_cycle, outside_plan (the sheet does not reach that period),
    no_actual, no_data, no_price, no_demand, no_budget, budget_in_money, budget_by_division, range_in_units, no_range,
    unlike_units, beyond_horizon.
    """

    sheets: FamilySheets
    lens: Lens

    @cached_property
    def leaves(self) -> Mapping[str, Leaves]:
        """The leaves of every row that is a sum, by its code; a place of unlike units has none (``unlike_units``)."""
        found = self._leaf_rows()
        if self.lens.unit is None:
            return {code: absent(self.lens, "unlike_units") for code in found}
        return {code: build() for code, build in found.items()}

    def _leaf_rows(self) -> dict[str, Callable[[], Leaves]]:
        rows: dict[str, Callable[[], Leaves]] = {
            "demand_new": lambda: self._cube(self.sheets.consensus, "consensus", "not_made"),
            "demand_last": lambda: self._cube(self.sheets.last_consensus, "consensus", "no_last_cycle"),
            "demand_actual": self._demand_actual,
            "supply_new": lambda: self._supply(self.sheets.plan, "not_made"),
            "supply_last": lambda: self._supply(self.sheets.last_plan, "no_last_cycle"),
            "supply_actual": self._supply_actual,
        }
        if self.holds_stock:
            rows |= {
                "inventory": lambda: self._cube(self.sheets.plan, "stock", "not_made"),
                "inventory_actual": self._stock_actual,
                "inventory_target": lambda: self._cube(self.sheets.plan, "safety_stock", "not_made"),
            }
        if self.has_backlog:
            rows |= {"backlog": lambda: self._cube(self.sheets.plan, "backlog", "not_made")}
        return rows

    @cached_property
    def _policies(self) -> set[str]:
        held = valid_on(self.lens.ground.master("item_sites"), self.lens.ground.as_of)
        return set(held.join(self.lens.items, on="item", how="semi")["policy"].to_list())

    @property
    def holds_stock(self) -> bool:
        """Whether any item of the place is made to stock; without a policy it is."""
        return not self._policies or bool(self._policies - set(TO_ORDER))

    @property
    def has_backlog(self) -> bool:
        """Whether any item of the place is made or assembled to order."""
        return bool(self._policies & set(TO_ORDER))

    def _cube(self, sheet: Sheet | None, name: str, reason: str) -> Leaves:
        if sheet is None:
            return absent(self.lens, reason)
        return of_cube(sheet.cube(name), self.lens, reason="outside_plan")

    def _demand_actual(self) -> Leaves:
        if self.lens.measure is Measure.MONEY:
            return of_money(self.sheets.history.cube("demand_value"), self.lens, reason="no_actual")
        return of_cube(self.sheets.history.cube("demand_raw"), self.lens, reason="no_actual")

    def _supply(self, plan: Sheet | None, reason: str) -> Leaves:
        """What comes into stock: good production and receipts from vendors."""
        if plan is None:
            return absent(self.lens, reason)
        return of_cube(plan.cube("production").add(plan.cube("purchases")), self.lens, reason="outside_plan")

    def _supply_actual(self) -> Leaves:
        """What was made and received; an item bought is unknown without receipts, all without production records."""
        ground = self.lens.ground
        tables = {period: _came(ground, period) for period in self.lens.past}
        reason = "no_actual" if "production" in ground.load else "no_data"
        return replace(of_tables(tables, self.lens, reason=reason), unknown="no_data")

    def _stock_actual(self) -> Leaves:
        tables: dict[int, pl.DataFrame | None] = {}
        for period in self.lens.past:
            counted = stock_at_end(self.lens.ground, period=period)
            tables[period] = counted if len(counted) else None
        return of_tables(tables, self.lens, reason="no_data")

    @cached_property
    def lines(self) -> Mapping[str, Line]:
        """Every row of the page by its code, in the order of the page."""
        sums = {code: leaves.line() for code, leaves in self.leaves.items()}
        rows = {
            "demand_new": sums["demand_new"],
            "demand_last": sums["demand_last"],
            "demand_difference": _less("demand_difference", sums),
            "demand_budget": self._budget(),
            "demand_actual": sums["demand_actual"],
            "demand_deviation": _less("demand_deviation", sums),
            "demand_low": self._range("lo80"),
            "demand_high": self._range("hi80"),
            "supply_new": sums["supply_new"],
            "supply_last": sums["supply_last"],
            "supply_difference": _less("supply_difference", sums),
            "supply_actual": sums["supply_actual"],
            "supply_deviation": _less("supply_deviation", sums),
        }
        return rows | self._stock_lines(sums) | self._service_lines()

    def _stock_lines(self, sums: Mapping[str, Line]) -> dict[str, Line]:
        rows: dict[str, Line] = {}
        days = [period.days for period in self.lens.periods]
        if self.holds_stock:
            rows |= {code: sums[code] for code in ("inventory", "inventory_actual", "inventory_target")}
            rows["inventory_days"] = cover_days(sums["inventory"], sums["demand_new"], days)
        if self.has_backlog:
            rows["backlog"] = sums["backlog"]
            rows["backlog_weeks"] = weeks(sums["backlog"], sums["demand_new"], days)
        return rows

    def _service_lines(self) -> dict[str, Line]:
        return {"service": in_time(self.sheets.plan, self.lens), "service_actual": on_requested_date(self.lens)}

    def _budget(self) -> Line:
        """Revenue budget of the place; budgets are money, and by division."""
        width = len(self.lens.periods)
        if self.lens.measure is Measure.UNITS or self.lens.level is Level.FAMILY:
            reason = "budget_in_money" if self.lens.measure is Measure.UNITS else "budget_by_division"
            return (Cell(value=None, reason=reason, coverage=0.0),) * width
        return _budget_line(self.lens)

    def _range(self, bound: str) -> Line:
        """The 80 % range of the forecast; the bands are in units, so only where units are alike."""
        width = len(self.lens.periods)
        if self.lens.measure is Measure.MONEY or not self.lens.alike:
            reason = "range_in_units" if self.lens.measure is Measure.MONEY else "unlike_units"
            return (Cell(value=None, reason=reason, coverage=0.0),) * width
        if self.sheets.forecast is None:
            return (Cell(value=None, reason="not_made", coverage=0.0),) * width
        bands = self.sheets.forecast.table("bands").filter(pl.col("level") == self.lens.level.value)
        if self.lens.level is not Level.COMPANY:
            bands = bands.filter(pl.col("label") == self.lens.label)
        held = dict(bands.select("period", bound).iter_rows())
        return tuple(_or_reason(held.get(period.index), "no_range") for period in self.lens.periods)

    def table(self) -> pl.DataFrame:
        """The page as rows: code, group, unit, period, value, reason, coverage."""
        rows = [
            (
                code,
                code.split("_", maxsplit=1)[0],
                self._unit(code),
                period.index,
                cell.value,
                cell.reason,
                cell.coverage,
            )
            for code, line in self.lines.items()
            for period, cell in zip(self.lens.periods, line, strict=True)
        ]
        return pl.DataFrame(rows, schema=ROWS, orient="row")

    def _unit(self, code: str) -> str:
        fixed = {"inventory_days": "days", "backlog_weeks": "weeks", "service": "share", "service_actual": "share"}
        return fixed.get(code, self.lens.unit or "")

    def parts(self, code: str, level: str) -> pl.DataFrame:
        """A row opened by ``item`` or ``planning_customer``: key, period, value; they add up to the row's cells.

        A difference opens into the differences of its parts. Rows that are no sum (days, weeks, service, budget, range)
        have no parts, and rows of stock and supply none by customer.
        """
        left, *right = DIFFERENCES.get(code, (code,))
        if left not in self.leaves or (level == "planning_customer" and not left.startswith(("demand", "backlog"))):
            return pl.DataFrame(schema={"key": pl.String, "period": pl.Int64, "value": pl.Float64})
        table = self.leaves[left].by(level)
        for other in right:
            less = self.leaves[other].by(level).with_columns(-pl.col("value"))
            both = pl.Series(self.leaves[left].covered & self.leaves[other].covered).arg_true().cast(pl.Int64)
            table = pl.concat([table, less]).filter(pl.col("column").is_in(both.implode()))
            table = (
                table.group_by("key", "column", maintain_order=True).agg(pl.col("value").sum()).sort("key", "column")
            )
        return table.select("key", (pl.col("column") + self.lens.first).alias("period"), "value")


def _less(code: str, sums: Mapping[str, Line]) -> Line:
    left, right = DIFFERENCES[code]
    return difference(sums[left], sums[right])


def _or_reason(value: float | None, reason: str) -> Cell:
    return Cell(value=None, reason=reason, coverage=0.0) if value is None else Cell(value=value)


def _came(ground: Ground, period: int) -> pl.DataFrame | None:
    """Good units made and received in a period: item, quantity (NaN unknown); None where no production is recorded."""
    output = made(ground, period=period)
    if output is None:
        return None
    if "receipts" not in ground.load:
        bought = ground.company["items"].filter(pl.col("kind") == "bought")
        return pl.concat(
            [output.select("item", "quantity"), bought.select("item", pl.lit(float("nan")).alias("quantity"))]
        )
    span = ground.frame.calendar[period]
    came = ground.facts("receipts").filter(pl.col("date").is_between(span.start, span.end, closed="left"))
    items = ground.facts("purchase_orders").select("order", "line", "item")
    bought = came.join(items, on=["order", "line"], how="inner", maintain_order="left").select("item", "quantity")
    return pl.concat([output.select("item", "quantity"), bought])


def _budget_line(lens: Lens) -> Line:
    ground = lens.ground
    places = ground.company["divisions"]["division"].sort().to_list() if lens.level is Level.COMPANY else [lens.label]
    grid = pl.DataFrame({"account": ["revenue"] * len(places), "place": places}).join(
        pl.DataFrame({"period": [p.index for p in lens.periods]}), how="cross"
    )
    table = with_budget(grid.with_columns(pl.lit(None, dtype=pl.Int64).alias("amount")), ground)
    sums = table.group_by("period").agg(pl.col("budget").sum(), pl.col("budget").is_null().any().alias("gap"))
    held = {period: budget * 10.0**-ground.decimals for period, budget, gap in sums.iter_rows() if not gap}
    return tuple(_or_reason(held.get(period.index), "no_budget") for period in lens.periods)
