"""Laws of every plan, on random companies: an independent solve, balances, monotony, the same bits."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from onenumber.model.sheet import content_hash
from onenumber.supply.plan import make_plan
from onenumber.supply.settings import SupplySettings
from tests.supply.oracle import least_cost
from tests.supply.world import company, facts, inputs, item, rate, stock

SEEDS = range(16)


def random_inputs(seed):
    """Two products, a part and a material on two lines, everything else drawn."""
    r = np.random.default_rng(seed)
    draw = lambda low, high: float(np.round(r.uniform(low, high), 2))  # noqa: E731 - short and local
    lead = lambda high: int(r.integers(0, high))  # noqa: E731
    made = company(
        items=[item("A", "F1"), item("B", "F2"), item("S"), item("M", kind="bought")],
        resources=[
            {"resource": q, "name": q, "site": "P", "hours_per_period": draw(60, 140)} for q in ("L", "N")
        ],
        rates=[
            rate("A", hours=draw(0.5, 2), lead_time_days=lead(20)),
            rate("B", hours=draw(0.5, 2), lead_time_days=lead(60), yield_share=draw(0.7, 1)),
            rate("B", hours=draw(0.5, 2), route="R2", resource="N", lead_time_days=lead(20)),
            rate("S", hours=draw(0.1, 0.5), resource="N", lead_time_days=lead(30)),
        ],
        bill_of_materials=[
            {"parent": "A", "component": "S", "quantity": 2.0},
            {"parent": "B", "component": "S", "quantity": 1.0},
            {"parent": "S", "component": "M", "quantity": draw(1, 4)},
        ],
        vendors=[{"vendor": v, "name": v} for v in ("V", "W")],
        vendor_items=[
            {"vendor": v, "item": "M", "site": "P", "lead_time_days": lead(70), "price": draw(1, 5), "currency": "EUR",
             "rank": k}
            for k, v in enumerate(("V", "W"), start=1)
        ],
        vendor_limits=[{"vendor": "V", "quantity": draw(100, 400)}],
        overtime=[
            {"resource": "L", "step": k, "hours_per_period": draw(5, 40), "cost_per_hour": draw(10, 120)}
            for k in (1, 2)
        ],
        item_sites=[{"item": "A", "site": "P", "policy": "make_to_stock", "safety_stock": draw(0, 30)}],
        costs=[{"item": i, "standard_cost": draw(5, 60), "currency": "EUR"} for i in "ABMS"],
    )  # fmt: skip
    keys = ("A|x", "A|y", "B|x")
    return inputs(
        {key: np.round(r.uniform(0, 70, 6), 1).tolist() for key in keys},
        prices={key: draw(40, 200) for key in keys},
        booked=np.round(r.uniform(0, 60, (3, 6)), 1),
        backlog=[("A|x", draw(0, 20), 1)],
        company_=made,
        facts_=facts(stock=[stock(i, draw(0, 90)) for i in "ABMS"]),
        settings=SupplySettings(firm_periods=int(seed % 2)),
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_the_optimum_is_that_of_an_independent_model(seed):
    asked = random_inputs(seed)
    sheet, _ = make_plan(asked)
    assert sheet.notes["objective"] == pytest.approx(least_cost(asked), rel=1e-6)
    assert sheet.notes["bound"] == pytest.approx(sheet.notes["objective"], rel=1e-6)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_balance_closes(seed):
    sheet, _ = make_plan(random_inputs(seed))
    v = {name: sheet.cube(name).values for name in sheet.cubes}
    cells, streams = sheet.cube("stock").axis, sheet.cube("shipped").axis
    opening = {r["item"]: r["quantity"] for r in random_inputs(seed).load["stock"].iter_rows(named=True)}
    start = np.array([opening[i] for i in cells.attributes["item"].tolist()])
    before = np.column_stack([start, v["stock"][:, :-1]])
    end = before + v["production"] + v["purchases"] + v["transfer_in"] - v["transfer_out"] - v["used"] - v["outflow"]
    assert np.abs(v["stock"] - end).max() <= 1e-6
    waiting = np.array([random_inputs(seed).backlog.filter(stream=k)["open"].sum() for k in streams.keys.tolist()])
    before = np.column_stack([waiting, v["backlog"][:, :-1]])
    assert np.abs(before + v["demand"] - v["shipped"] - v["lost"] - v["backlog"]).max() <= 1e-6
    assert (v["hours_used"] <= v["hours_available"] + v["overtime_hours"] + 1e-6).all()
    shipped = sheet.table("cell_streams")["quantity"].sum()
    assert shipped == pytest.approx(v["shipped"].sum()) == pytest.approx(v["outflow"].sum())
    objective = sheet.table("objective")["amount"].sum()
    assert objective == pytest.approx(sheet.notes["objective"])


@pytest.mark.parametrize("seed", SEEDS)
def test_more_hours_never_cost_more(seed):
    asked = random_inputs(seed)
    wider = asked.company["resources"].with_columns(pl.col("hours_per_period") * 1.1)
    more = replace(asked, company={**asked.company, "resources": wider})
    less_paid = make_plan(more)[0].notes["objective"]
    # the price of even hours is part of the objective, and does not depend on what is there
    assert less_paid <= make_plan(asked)[0].notes["objective"] * (1 + 1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_of_rows_changes_no_bit(seed):
    asked = random_inputs(seed)
    mixed = {name: t.sample(fraction=1.0, shuffle=True, seed=seed) for name, t in asked.company.items()}
    facts_ = {name: t.reverse() for name, t in asked.load.items()}
    other = replace(asked, company=mixed, load=facts_)
    assert content_hash(make_plan(other)[0]) == content_hash(make_plan(asked)[0])


@pytest.mark.parametrize("seed", SEEDS)
def test_streams_summed_cost_what_streams_apart_cost(seed):
    """A contract on a stream keeps it apart in the plan; one without effect leaves the objective as it was."""
    asked = random_inputs(seed)
    same = replace(asked, prices=np.repeat(asked.prices[:1], 3, axis=0))
    apart = {"customer": "x", "item": "A", "minimum": 1e-9, "penalty": 0.0, "valid_from": None, "valid_to": None}
    contract = pl.DataFrame([apart], schema_overrides={"valid_from": pl.Date, "valid_to": pl.Date})
    split = replace(same, company={**same.company, "customer_contracts": contract})
    one, two = make_plan(same)[0], make_plan(split)[0]
    assert one.notes["objective"] == pytest.approx(two.notes["objective"], rel=1e-6)


@pytest.mark.parametrize("seed", range(4))
def test_a_plan_stays_near_the_published_one_without_costing_more(seed):
    asked = random_inputs(seed)
    plain, _ = make_plan(asked)
    for reference in (plain, _published(plain)):
        again, _ = make_plan(replace(asked, reference=reference))
        assert again.notes["objective"] == pytest.approx(plain.notes["objective"], rel=1e-9)
        assert np.abs(again.cube("production").values - plain.cube("production").values).max() <= 1e-6
        assert np.abs(again.cube("purchases").values - plain.cube("purchases").values).max() <= 1e-6


def _published(sheet):
    tables = {}
    for name in ("production", "purchases"):
        cube = sheet.cube(name)
        cell, t = np.nonzero(cube.values)
        tables[name] = pl.DataFrame(
            {"item": cube.axis.attributes["item"][cell], "site": cube.axis.attributes["site"][cell],
             "period": t + cube.first, "quantity": cube.values[cell, t]}
        )  # fmt: skip
    return replace(sheet, tables=tables, cubes={})
