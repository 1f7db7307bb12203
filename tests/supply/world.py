"""Tiny companies, written as rows, for the tests of the supply room."""

import datetime as dt

import numpy as np
import polars as pl

from onenumber.model.axis import Axis
from onenumber.model.contract import TABLES
from onenumber.model.contract.column import Kind
from onenumber.model.cube import cube
from onenumber.model.period import Calendar
from onenumber.model.plan import PlanFrame
from onenumber.supply.inputs import SupplyInputs
from onenumber.supply.plan import make_plan
from onenumber.supply.settings import SupplySettings

TYPES = {
    Kind.LABEL: pl.String, Kind.TEXT: pl.String, Kind.CHOICE: pl.String, Kind.NUMBER: pl.Float64,
    Kind.INTEGER: pl.Int64, Kind.DATE: pl.Date, Kind.FLAG: pl.Boolean,
}  # fmt: skip
START = dt.date(2026, 1, 1)
CYCLE = 4
FRAME = PlanFrame(
    plan="p", name="P", currency="EUR", currency_decimals=2, time_zone="UTC",
    calendar=Calendar.months(start=START, periods=48), horizon=6,
)  # fmt: skip
DAY_BEFORE = FRAME.calendar[CYCLE].start - dt.timedelta(days=1)
ATTRIBUTES = (
    "item",
    "family",
    "division",
    "planning_customer",
    "channel",
    "patch",
    "territory",
    "priority",
    "key_account",
)


def table(name, rows):
    """A table of the contract with all its columns; what a row does not name is null."""
    schema = {c.name: TYPES[c.kind] for c in TABLES[name].columns}
    return pl.DataFrame([{c: row.get(c) for c in schema} for row in rows], schema=schema)


def company(**changes):
    """One plant P with line L (100 h a period), items A and B of divisions D1 and D2, each 1 h a unit."""
    rows = {
        "divisions": [{"division": d, "name": d} for d in ("D1", "D2")],
        "families": [{"family": f"F{k}", "name": "f", "division": f"D{k}", "equivalent_unit": "pcs"} for k in (1, 2)],
        "items": [item("A", "F1"), item("B", "F2")],
        "item_sites": [{"item": i, "site": "P", "policy": "make_to_stock"} for i in "AB"],
        "sites": [{"site": "P", "name": "P", "kind": "plant", "workdays": "12345"}],
        "sourcing_rules": [{"site": "P", "rank": 1}],
        "resources": [{"resource": "L", "name": "L", "site": "P", "hours_per_period": 100.0}],
        "rates": [rate("A"), rate("B")],
        "costs": [{"item": i, "standard_cost": 10.0, "currency": "EUR"} for i in "AB"],
    }  # fmt: skip
    rows.update(changes)
    return {name: table(name, found) for name, found in rows.items()}


def item(name, family=None, kind="made", role="product"):
    return {"item": name, "name": name, "family": family, "kind": kind, "role": role, "unit": "pcs", "decimals": 0}


def rate(name, hours=1.0, **more):
    return {
        "item": name,
        "site": "P",
        "route": "R",
        "resource": "L",
        "hours_per_unit": hours,
        "lead_time_days": 0,
        **more,
    }


def facts(**changes):
    """No stock and nothing under way, unless given."""
    rows = {"stock": [stock("A", 0.0)], **changes}
    return {name: table(name, found) for name, found in rows.items()}


def stock(name, quantity, site="P"):
    return {"item": name, "site": site, "date": DAY_BEFORE, "status": "free", "quantity": quantity}


def streams(demand):
    """The stream axis of {"item|customer": quantities}; division D1 for A.., D2 for B.."""
    keys = sorted(demand)
    parts = [key.split("|") for key in keys]
    names = {name: np.full(len(keys), "", dtype="<U9") for name in ATTRIBUTES}
    names["item"] = np.array([p[0] for p in parts])
    names["planning_customer"] = np.array([p[1] for p in parts])
    names["division"] = np.where(names["item"] == "B", "D2", "D1")
    names["channel"] = np.full(len(keys), "shop")
    names["priority"] = np.full(len(keys), "C")
    return Axis("stream", np.array(keys), names), np.array([demand[k] for k in keys], dtype=float)


def inputs(demand, *, prices=100.0, booked=0.0, backlog=(), facts_=None, settings=None, **company_changes):
    """Inputs of a plan over as many periods as the demand has; ``prices`` one number or {stream: price}."""
    differences = company_changes.pop("differences", ())
    reference = company_changes.pop("reference", None)
    axis, values = streams(demand)
    price = prices if isinstance(prices, dict) else dict.fromkeys(axis.keys.tolist(), prices)
    schema = {"order": pl.String, "line": pl.Int64, "stream": pl.String, "open": pl.Float64, "age": pl.Int64}
    made = company_changes.pop("company_", None) or company(**company_changes)
    return SupplyInputs(
        company=made,
        load=facts_ or facts(),
        frame=FRAME,
        cycle=CYCLE,
        demand=cube(measure="consensus", values=values, axis=axis, first=CYCLE, unit="pcs"),
        booked=cube(measure="booked", values=np.zeros_like(values) + booked, axis=axis, first=CYCLE, unit="pcs"),
        backlog=pl.DataFrame([("O", k, s, q, a) for k, (s, q, a) in enumerate(backlog)], schema=schema, orient="row"),
        prices=np.array([[price[k]] * values.shape[1] for k in axis.keys.tolist()]),
        differences=differences,
        reference=reference,
        settings=settings or SupplySettings(),
    )


NOT_FIRM = SupplySettings(firm_periods=0)


def total(sheet, name):
    """Sum of a cube over its series, per period, rounded."""
    return sheet.cube(name).values.sum(axis=0).round(6).tolist()


def of(sheet, name, key):
    """One series of a cube, rounded."""
    found = sheet.cube(name)
    return found.values[found.axis.rows([key])[0]].round(6).tolist()


JUNE = CYCLE + 1
VENDOR = {"vendor": "V", "item": "M", "site": "P", "price": 3.0, "currency": "EUR"}


def planned(demand, **more):
    return make_plan(inputs(demand, **more))[0]


def causes(sheet):
    return [
        (r["stream"], r["period"] - CYCLE, round(r["short"], 6), r["cause"], r["cause_at"])
        for r in sheet.table("shortages").iter_rows(named=True)
    ]


def bought_m(**more):
    """A is made of two M, which is bought."""
    changes = {
        "items": [item("A", "F1"), item("M", kind="bought", role="material")],
        "rates": [rate("A")],
        "bill_of_materials": [{"parent": "A", "component": "M", "quantity": 2.0}],
        "vendors": [{"vendor": v, "name": v} for v in ("V", "W")],
        "vendor_items": [{**VENDOR, "lead_time_days": 0}],
    }
    return company(**{**changes, **more})
