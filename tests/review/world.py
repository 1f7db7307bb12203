"""A company of two divisions, two products, one material, one line and six planned months from July 2026."""

import datetime as dt
from typing import Any

import numpy as np
import polars as pl

from onenumber.model.axis import Axis
from onenumber.model.contract.empty import empty_table
from onenumber.model.cube import Cube, cube
from onenumber.model.plan import plan_frame
from onenumber.model.sheet import Sheet, SheetKind
from onenumber.review.ground import Ground

CYCLE, HORIZON = 6, 6
JULY = dt.date(2026, 7, 1)
STREAMS = ("a1|c1", "a1|rest of N, shop", "b1|c1")
CELLS = ("a1|P1", "b1|P1", "m1|P1")


def rows(name: str, *given: dict[str, Any]) -> pl.DataFrame:
    """Rows of a contract table; columns not given are null."""
    empty = empty_table(name)
    return pl.DataFrame([dict.fromkeys(empty.columns) | row for row in given], schema=empty.schema, orient="row")


def _item(item: str, family: str | None, kind: str, role: str, unit: str) -> dict[str, Any]:
    return {"item": item, "name": item, "family": family, "kind": kind, "role": role, "unit": unit, "decimals": 0}


def company(**more: pl.DataFrame) -> dict[str, pl.DataFrame]:
    tables = {
        "plan": rows(
            "plan",
            {"plan": "w", "name": "World", "currency": "EUR", "currency_decimals": 2.0, "time_zone": "UTC",
             "calendar": "months", "calendar_start": dt.date(2026, 1, 1), "periods": 36, "fiscal_year_start": 1,
             "horizon": HORIZON},
        ),
        "divisions": rows("divisions", {"division": "A", "name": "A"}, {"division": "B", "name": "B"}),
        "families": rows(
            "families",
            {"family": "FA", "name": "FA", "division": "A", "equivalent_unit": "pcs"},
            {"family": "FB", "name": "FB", "division": "B", "equivalent_unit": "pcs"},
        ),
        "items": rows(
            "items",
            _item("a1", "FA", "made", "product", "pcs"),
            _item("b1", "FB", "made", "product", "pcs"),
            _item("m1", None, "bought", "material", "kg"),
        ),
        "territories": rows("territories", {"territory": "T", "name": "T"}),
        "customers": rows(
            "customers",
            {"customer": "c1", "name": "c1", "channel": "key", "territory": "T", "named": True, "key_account": True},
            {"customer": "c2", "name": "c2", "channel": "shop", "territory": "T", "named": False},
        ),
        "patch_customers": rows("patch_customers", {"customer": "c1", "patch": "N"}, {"customer": "c2", "patch": "N"}),
        "sites": rows("sites", {"site": "P1", "name": "P1", "kind": "plant", "workdays": "12345"}),
        "resources": rows("resources", {"resource": "R1", "name": "R1", "site": "P1", "hours_per_period": 100.0}),
        "rates": rows(
            "rates",
            {"item": "a1", "site": "P1", "route": "x", "resource": "R1", "hours_per_unit": 1.0},
            {"item": "b1", "site": "P1", "route": "x", "resource": "R1", "hours_per_unit": 1.0},
        ),
        "bill_of_materials": rows("bill_of_materials", {"parent": "a1", "component": "m1", "quantity": 1.0}),
    }  # fmt: skip
    return tables | _money_and_people() | more


def _money_and_people() -> dict[str, pl.DataFrame]:
    return {
        "prices": rows("prices", {"item": "a1", "price": 10.0, "currency": "EUR"},
                       {"item": "b1", "price": 20.0, "currency": "EUR"}),
        "costs": rows(
            "costs",
            {"item": "a1", "standard_cost": 6.0, "currency": "EUR"},
            {"item": "b1", "standard_cost": 15.0, "variable_cost": 12.0, "currency": "EUR"},
            {"item": "m1", "standard_cost": 1.0, "currency": "EUR"},
        ),
        "people": rows("people", *({"person": p, "name": p} for p in ("ex", "op", "pm", "ss", "fin", "sm"))),
        "roles": rows(
            "roles",
            {"person": "ex", "role": "EX", "scope_kind": "company", "scope": "*"},
            {"person": "op", "role": "OP", "scope_kind": "company", "scope": "*"},
            {"person": "pm", "role": "PM", "scope_kind": "site", "scope": "P1"},
            {"person": "ss", "role": "SS", "scope_kind": "company", "scope": "*"},
            {"person": "fin", "role": "FIN", "scope_kind": "company", "scope": "*"},
            {"person": "sm", "role": "SM", "scope_kind": "company", "scope": "*"},
        ),
    }  # fmt: skip


def load(**more: pl.DataFrame) -> dict[str, pl.DataFrame]:
    return {"order_lines": empty_table("order_lines"), "stock": empty_table("stock")} | more


def ground(*, company_more: dict[str, pl.DataFrame] | None = None, **facts: pl.DataFrame) -> Ground:
    tables = company(**(company_more or {}))
    return Ground(company=tables, load=load(**facts), frame=plan_frame(tables["plan"]), cycle=CYCLE)


def stream_axis() -> Axis:
    return Axis(
        "stream",
        np.array(STREAMS),
        {
            "item": np.array(["a1", "a1", "b1"]),
            "family": np.array(["FA", "FA", "FB"]),
            "division": np.array(["A", "A", "B"]),
            "planning_customer": np.array(["c1", "rest of N, shop", "c1"]),
            "channel": np.array(["key", "shop", "key"]),
            "patch": np.array(["N", "N", "N"]),
            "key_account": np.array(["yes", "", "yes"]),
        },
    )


def cell_axis() -> Axis:
    return Axis(
        "cell",
        np.array(CELLS),
        {
            "item": np.array(["a1", "b1", "m1"]),
            "site": np.array(["P1"] * 3),
            "family": np.array(["FA", "FB", ""]),
            "division": np.array(["A", "B", ""]),
            "policy": np.array(["make_to_stock"] * 3),
            "kind": np.array(["made", "made", "bought"]),
            "role": np.array(["product", "product", "material"]),
            "unit": np.array(["pcs", "pcs", "kg"]),
        },
    )


def resource_axis() -> Axis:
    return Axis("resource", np.array(["R1"]), {"site": np.array(["P1"]), "name": np.array(["R1"])})


def _cube(measure: str, axis: Axis, values: Any, units: list[str]) -> Cube:
    table = np.zeros((len(axis), HORIZON))
    for row, given in (values or {}).items():
        table[axis.rows([row])[0], : len(given)] = given
    return cube(measure=measure, values=table, axis=axis, first=CYCLE, unit=np.array(units))


SHORTAGES = {
    "stream": pl.String, "period": pl.Int64, "asked": pl.Float64, "short": pl.Float64, "lost": pl.Float64,
    "cause": pl.String, "cause_at": pl.String, "cause_period": pl.Int64, "price": pl.Float64, "next_period": pl.Int64,
}  # fmt: skip
OVERTIME = {"resource": pl.String, "step": pl.Int64, "period": pl.Int64, "hours": pl.Float64, "cost": pl.Float64}
PURCHASES = {
    "vendor": pl.String, "item": pl.String, "site": pl.String, "period_ordered": pl.Int64, "quantity": pl.Float64,
    "cost": pl.Float64,
}  # fmt: skip
RUNS = {
    "item": pl.String, "site": pl.String, "route": pl.String, "period": pl.Int64, "quantity": pl.Float64,
    "hours": pl.Float64,
}  # fmt: skip
UNPLANNED = {"item": pl.String, "site": pl.String, "reason": pl.String}
COSTS = {"account": pl.String, "place": pl.String, "period": pl.Int64, "amount": pl.Float64}


def plan(**given: Any) -> Sheet:
    """A supply plan: cubes by name as {label: [values]}, tables by name as lists of tuples."""
    streams, cells, resources = stream_axis(), cell_axis(), resource_axis()
    on_streams = ("demand", "shipped", "backlog", "lost")
    on_cells = ("stock", "production", "purchases", "used", "outflow", "safety_stock", "below_safety")
    on_resources = ("hours_available", "maintenance_hours", "hours_used", "overtime_hours")
    cubes = {n: _cube(n, streams, given.get(n), ["pcs"] * 3) for n in on_streams}
    cubes |= {n: _cube(n, cells, given.get(n), ["pcs", "pcs", "kg"]) for n in on_cells}
    cubes |= {n: _cube(n, resources, given.get(n), ["h"]) for n in on_resources}
    schemas = {"shortages": SHORTAGES, "overtime": OVERTIME, "purchase_plan": PURCHASES, "runs": RUNS,
               "unplanned": UNPLANNED, "costs": COSTS}  # fmt: skip
    tables = {n: pl.DataFrame(given.get(n, []), schema=schema, orient="row") for n, schema in schemas.items()}
    return Sheet(kind=SheetKind.SUPPLY_PLAN, cubes=cubes, tables=tables, notes={"stage": "proposed"})


def decided(*decisions: tuple[str, str, str, str]) -> Sheet:
    names = ["paper", "option", "decided_by", "how"]
    table = pl.DataFrame(decisions, schema=dict.fromkeys(names, pl.String), orient="row")
    return Sheet(kind=SheetKind.DECISION, tables={"decisions": table})
