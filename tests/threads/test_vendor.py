"""Thread 4, the slipping vendor: later than planned, a material short, then a product, and a key account waits."""

import datetime as dt

import polars as pl
import pytest

from onenumber.errors.rights import NotAllowedError
from onenumber.measure.lead_time import lead_times
from onenumber.model.sentences import say_what
from onenumber.model.sheet import SheetKind
from onenumber.steps.see.orders import orders_shown
from onenumber.steps.see.parameters import LEADS, RATES, parameters_shown
from onenumber.steps.see.vendors import vendors_shown
from tests.threads.lived import NOW, ON_THE_LIVED_COMPANY, OPEN, Lived, at, rows

pytestmark = ON_THE_LIVED_COMPANY


def days_of(lived: Lived, first: dt.date, end: dt.date) -> float:
    """Mean days from order to receipt of the vendor's deliveries in some months."""
    facts, vendor = lived.facts(), lived.truth["slipping_vendor"]["vendor"]
    both = facts["receipts"].join(facts["purchase_orders"], on=["order", "line"])
    mine = both.filter((pl.col("vendor") == vendor) & pl.col("date").is_between(first, end, closed="left"))
    days = (mine["date"] - mine["ordered"]).dt.total_days().cast(pl.Float64).to_numpy()
    mean = lead_times(days=days).mean
    assert mean is not None
    return mean


def test_receipts_drift_from_the_planned_days(lived: Lived) -> None:
    told = lived.truth["slipping_vendor"]
    assert (told["planned_days"], told["actual_days"]) == (21, 34)
    assert days_of(lived, dt.date(2024, 6, 1), dt.date(2025, 6, 1)) == pytest.approx(told["planned_days"], abs=1.0)
    assert days_of(lived, dt.date(2026, 3, 1), dt.date(2026, 6, 1)) == pytest.approx(told["actual_days"], abs=0.5)
    between = days_of(lived, dt.date(2025, 10, 1), dt.date(2025, 12, 1))
    assert told["planned_days"] + 2 < between < told["actual_days"] - 2
    offer = lived.company()["vendor_items"].filter(pl.col("vendor") == told["vendor"])
    assert set(offer["lead_time_days"]) == {told["planned_days"]}  # nobody changed the master data


def test_the_material_is_short_in_plus_2_and_a_product_in_plus_3(lived: Lived) -> None:
    told, plan = lived.truth["slipping_vendor"], lived.sheet(SheetKind.SUPPLY_PLAN, stage="proposed")
    stock, safety = plan.cube("stock"), plan.cube("safety_stock")
    boards = rows(stock.axis, item=told["material"])
    assert told["material_short_in"] == "2026-08"
    assert at(stock, NOW + 2, boards) < 0.1 * at(safety, NOW + 2, boards)
    mine = plan.table("shortages").filter(pl.col("stream").str.starts_with("DRV"))
    mine = mine.filter(pl.col("cause_at").str.contains(f"{told['vendor']}|{told['material']}"))
    assert set(mine["period"]) == {NOW + 3}
    assert told["product_short_in"] == "2026-09"
    assert set(mine["cause"]) <= {"vendor_limit", "material"}
    assert set(mine["stream"].str.split("|").list.first()) <= set(told["products"])
    assert mine["short"].sum() > 20


def test_the_review_names_the_vendor_and_a_paper_offers_another_source(lived: Lived) -> None:
    told = lived.truth["slipping_vendor"]
    found = lived.sheet(SheetKind.REVIEW).table("conflicts")
    assert found.filter((pl.col("code") == "C-03") & pl.col("cause").str.contains(told["vendor"]))[
        "first_period"
    ].to_list() == [NOW + 3]
    assert len(found.filter((pl.col("code") == "C-07") & pl.col("cause").str.contains(told["material"]))) == 1
    options = lived.sheet(SheetKind.DECISION, stage="papers").table("options")
    other = options.filter(pl.col("difference").str.contains(told["material"]))
    assert other["kind"].to_list() == ["second_source"]


def test_a_line_of_a_key_account_will_be_eight_days_late(lived: Lived) -> None:
    told, facts = lived.truth["slipping_vendor"], lived.facts()
    line, boards = told["key_line"], facts["purchase_orders"].filter(pl.col("item") == told["material"])
    row = (
        facts["order_lines"]
        .filter((pl.col("order") == line["order"]) & (pl.col("line") == line["line"]))
        .row(0, named=True)
    )
    assert (row["status"], row["first_confirmed"].isoformat()) == ("open", line["confirmed"])
    last = boards.filter(pl.col("status") == "open").sort("ordered").row(-1, named=True)
    assert (last["last_confirmed"] - last["first_confirmed"]).days == told["actual_days"] - told["planned_days"]
    ready = last["last_confirmed"] + dt.timedelta(days=3)  # three days to build
    assert ready.isoformat() == line["ready"]
    assert (ready - row["first_confirmed"]).days == line["late_days"] == 8


def test_the_scorecard_names_the_vendor_and_the_days_that_it_takes(lived: Lived) -> None:
    told = lived.truth["slipping_vendor"]
    shown = vendors_shown(lived.looking("moreau"), OPEN)
    mine = [line for line in shown.lines if line.vendor == told["vendor"]]
    assert [line.vendor for line in shown.lines if line.over_plan and not line.item] == [told["vendor"]]
    assert say_what(shown.says) == (
        "Vendors that take over 10 % longer than planned: 1 of 25; most Sillner Elektronik (V08), 34 days where 21 are "
        "planned."
    )
    vendor, material = mine[0], next(line for line in mine if line.item == told["material"])
    assert (vendor.figures["planned"], vendor.figures["lead_recent"]) == (told["planned_days"], told["actual_days"])
    assert vendor.figures["on_time"] == 3 / 23  # the last that came in 21 days
    facts = lived.facts()
    orders = facts["purchase_orders"].filter(pl.col("item") == told["material"], pl.col("vendor") == told["vendor"])
    year = pl.col("date").is_between(dt.date(2025, 6, 1), dt.date(2026, 6, 1), closed="left")
    came = facts["receipts"].filter(year).join(orders, on=["order", "line"], how="inner")
    assert material.figures["came"] == len(came)
    assert (material.figures["received"], material.figures["rejected"]) == (
        came["quantity"].sum(),
        came["rejected"].sum(),
    )


def test_a_plant_manager_sees_what_his_plant_receives_and_a_salesperson_no_vendor(lived: Lived) -> None:
    his = vendors_shown(lived.looking("dvorak"), OPEN)
    assert his.part
    assert {line.site for line in his.lines if line.item} == {"BRN"}
    with pytest.raises(NotAllowedError):
        vendors_shown(lived.looking("haddad"), OPEN)


def test_the_order_book_says_when_the_key_line_can_leave_and_the_parameters_what_the_vendor_takes(lived: Lived) -> None:
    told = lived.truth["slipping_vendor"]
    line = told["key_line"]
    orders = orders_shown(lived.looking("moreau"), OPEN).waiting
    found = next(one for one in orders if (one.order, one.line) == (line["order"], line["line"]))
    assert (str(found.due), str(found.ready), found.late) == (line["confirmed"], line["ready"], line["late_days"])
    assert found.waits_for == told["material"]
    leads = parameters_shown(lived.looking("moreau"), OPEN).kinds[LEADS]
    mine = next(one for one in leads if one.key == f"{told['vendor']}|{told['material']}|BRN")
    assert (mine.planned, mine.offered, mine.untrue) == (told["planned_days"], told["actual_days"], True)


def test_the_rates_that_are_no_longer_true_are_those_of_the_plant_that_is_slower(lived: Lived) -> None:
    told = lived.truth["plan_not_kept"]
    rates = [one for one in parameters_shown(lived.looking("tanaka"), OPEN).kinds[RATES] if one.untrue]
    assert {one.key.split("|")[1] for one in rates} == {told["site"]}
    assert all(
        1 - one.planned / (one.shown or 1.0) == pytest.approx(told["rate_under_standard"], abs=0.01) for one in rates
    )
