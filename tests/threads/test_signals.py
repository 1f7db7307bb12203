"""Thread 3, demand that never was and demand that was hidden: raw in History, and cleaned by nobody yet."""

import numpy as np
import polars as pl
import pytest

from onenumber.demand.anomalies import Kind
from onenumber.model.sheet import SheetKind
from onenumber.steps.frame.anomalies import anomalies_in
from onenumber.store.plans import find_cycle
from tests.threads.lived import NOW, ON_THE_LIVED_COMPANY, OPEN, Lived, at, rows

pytestmark = ON_THE_LIVED_COMPANY


def index(lived: Lived, label: str) -> int:
    """Calendar index of a month."""
    return lived.looking("chen").frame().calendar.labelled(label).index


def test_nothing_is_cleaned_unless_somebody_says_so(lived: Lived) -> None:
    history = lived.sheet(SheetKind.HISTORY)
    assert len(history.table("adjustments")) == 0
    assert np.array_equal(history.cube("demand").values, history.cube("demand_raw").values)


def test_the_line_of_twelve_times_stands_in_the_month(lived: Lived) -> None:
    told, demand = lived.truth["signals"]["unit_error"], lived.demand
    line = lived.facts()["order_lines"].filter((pl.col("order") == told["order"]) & (pl.col("line") == told["line"]))
    assert line["quantity"].to_list() == [told["quantity"]] == [told["factor"] * told["meant"]]
    mine = rows(demand.axis, item=told["item"], planning_customer=told["customer"])
    mine |= rows(demand.axis, item=told["item"], planning_customer="rest of P1, retail")
    month = index(lived, told["period"])
    others = np.delete(demand.values[mine].sum(axis=0)[NOW - 12 : NOW], month - (NOW - 12))
    assert at(demand, month, mine) - float(np.median(others)) > 0.8 * (told["quantity"] - told["meant"])


def test_while_there_was_no_stock_hardly_anything_was_ordered(lived: Lived) -> None:
    told, demand = lived.truth["signals"]["stock_out"], lived.demand
    mine, month = rows(demand.axis, item=told["item"]), index(lived, told["from"][:7])
    usual = float(np.median(demand.values[mine].sum(axis=0)[month - 12 : month]))
    assert at(demand, month, mine) < 0.35 * usual
    recorded = at(demand, month, mine) + at(demand, month + 1, mine)
    assert recorded + told["hidden_units"] == pytest.approx(2 * usual, rel=0.4)
    counted = lived.facts()["stock"].filter((pl.col("item") == told["item"]) & (pl.col("status") == "free"))
    without = pl.col("date").is_between(pl.lit(told["from"]).str.to_date(), pl.lit(told["until"]).str.to_date(), "left")
    assert set(counted.filter(without)["quantity"]) == {0.0}


def test_the_promotion_sold_no_more_than_usual(lived: Lived) -> None:
    told, demand = lived.truth["signals"]["promotion"], lived.demand
    mine = rows(demand.axis, family=told["family"], planning_customer=told["customer"])
    assert at(demand, index(lived, told["period"]), mine) == pytest.approx(told["usual_units"], rel=0.02)
    planned = lived.company()["promotions"].filter(pl.col("promotion") == told["promotion"])
    assert set(planned["uplift_percent"]) == {told["promised_percent"]}


def test_the_decoys_are_real_demand(lived: Lived) -> None:
    told, demand = lived.truth["signals"]["decoys"], lived.demand
    won, since = told["won_contract"], index(lived, told["won_contract"]["since"])
    mine = rows(demand.axis, item=tuple(won["items"]), planning_customer=won["customer"])
    level = demand.values[mine].sum(axis=0)
    assert level[since:NOW].mean() > 2 * level[since - 6 : since].mean()
    burst = told["intermittent_burst"]
    lines = lived.facts()["order_lines"].filter(pl.col("item") == burst["item"])
    inside = lines.filter(pl.col("requested").dt.strftime("%Y-%m") == burst["period"])
    assert len(inside) == burst["lines"]
    early = rows(demand.axis, family=told["early_season"]["family"])
    first = index(lived, told["early_season"]["since"])
    level = demand.values[early].sum(axis=0)
    rise = [level[month : month + 3].sum() / level[month - 3 : month].sum() for month in (first, first - 12)]
    assert level[first] > 1.15 * level[first - 12]
    assert rise[0] > 1.03 * rise[1]  # it rises more in these three months than a year before


def test_each_signal_is_found_with_its_amount_and_no_decoy_is_proposed_to_be_cleaned(lived: Lived) -> None:
    told, context = lived.truth["signals"], lived.looking("chen")
    found = {one.kind: one for one in anomalies_in(context, find_cycle(lived.plan, OPEN))}
    wrong, hidden, flat = found[Kind.WRONG_UNIT], found[Kind.HIDDEN], found[Kind.FLAT_PROMOTION]
    unit, out, promotion = told["unit_error"], told["stock_out"], told["promotion"]
    assert (wrong.evidence["order"], wrong.evidence["factor"]) == (unit["order"], unit["factor"])
    assert wrong.deltas == ((index(lived, unit["period"]), unit["meant"] - unit["quantity"]),)
    assert hidden.item == out["item"]
    assert sum(delta for _, delta in hidden.deltas) == pytest.approx(out["hidden_units"], rel=0.25)
    assert flat.evidence["promotion"] == promotion["promotion"]
    assert found[Kind.SILENT].customer == lived.truth["leaving_customer"]["customer"]
    assert {kind for kind, one in found.items() if one.deltas} == {Kind.WRONG_UNIT, Kind.HIDDEN}
    assert found[Kind.NEW_LEVEL].customer == told["decoys"]["won_contract"]["customer"]
