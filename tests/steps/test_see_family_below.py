"""Family pages of one item and of one planning customer: what of the family they show, to whom, and in which unit."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from onenumber.errors import NoSuchPlaceError, NotYoursError
from onenumber.review.family import figures
from onenumber.review.leaves import Leaves
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.glance import glance
from onenumber.steps.see.family import FamilySeen, family_seen
from onenumber.steps.see.family_leaves import any_late
from onenumber.steps.see.places import find_places
from tests import tiny
from tests.steps.conftest import Act

Asking = Callable[[str], Context]
Shown = dict[str, list[float | None]]
REST = ("planning_customer:rest of South, shop", "planning_customer:rest of South, web")


def seen(context: Context, place: str, *, money: bool = False) -> FamilySeen:
    return family_seen(glance(context), "2026-05", place=place, money=money)


def shown(page: FamilySeen) -> Shown:
    return {row.code: [one.value for one in figures(row)] for row in page.rows}


def added(left: Shown, right: Shown, code: str) -> list[float | None]:
    pairs = zip(left[code], right[code], strict=True)
    return [None if a is None or b is None else a + b for a, b in pairs]


def test_search_leads_to_the_item_or_customer_itself(agreed: None, asking: Asking) -> None:
    found = [*find_places(asking("omar"), "2026-05", "a1"), *find_places(asking("omar"), "2026-05", "alpha")]
    assert [one.place for one in found] == ["item:A1", "planning_customer:alpha"]
    for one in found:
        page = seen(asking("omar"), one.place)
        assert (page.place.key, page.place.name) == (one.place, one.name)
        assert one.place not in [place.key for place in page.places]  # the picker lists none of them
    assert [seen(asking("omar"), one.place).place.above for one in found] == ["family:FA", "company"]


def test_search_has_the_exact_key_first_then_what_begins_with_it_then_what_holds_it(
    act: Act, asking: Asking, tmp_path: Path
) -> None:
    made = tiny.tables()
    names = {"A1": "Zinc valve", "A2": "A1 spare set", "B1": "Zip for A1", "B2": "Zinc valve, large"}
    name = pl.col("item").replace_strict(names, default=pl.col("name"))
    made["items"] = made["items"].with_columns(name=name)
    act("nobody yet", "load", folder=tiny.write(tmp_path / "named", made))
    act("olga", "open", period="2026-05")
    act("olga", "freeze")
    asked = ("a1", "zinc valve", "b")
    found = [[one.key for one in find_places(asking("omar"), "2026-05", text)] for text in asked]
    assert found[:2] == [["A1", "A2", "B1"], ["A1", "B2"]]
    assert found[2][:2] == ["B1", "B2"]  # keys in their order


@pytest.mark.parametrize("money", [False, True])
def test_the_items_of_a_family_add_up_to_it(agreed: None, act: Act, asking: Asking, money: bool) -> None:
    act("olga", "advance")
    act("sven", "plan")
    family, first, second = (
        shown(seen(asking("omar"), place, money=money)) for place in ("family:FA", "item:A1", "item:A2")
    )
    codes = [
        "demand_new", "demand_actual", "supply_new", "supply_actual", "inventory", "inventory_actual",
        "inventory_target",
    ]  # fmt: skip
    for code in codes:
        assert any(family[code]), code
        assert added(first, second, code) == pytest.approx(family[code], abs=1e-6), code
    assert {"inventory_days", "service", "service_actual"} <= set(first)


def test_a_planning_customer_has_demand_and_service_and_no_rows_of_stock_or_supply(
    agreed: None, act: Act, asking: Asking
) -> None:
    act("olga", "advance")
    act("sven", "plan")
    company = shown(seen(asking("omar"), "company"))
    alpha, one, other = (shown(seen(asking("omar"), p)) for p in ("planning_customer:alpha", *REST))
    for code in ("demand_new", "demand_actual"):
        halves = {code: added(alpha, one, code)}
        assert added(halves, other, code) == pytest.approx(company[code])
    assert {"service", "service_actual"} <= set(alpha)
    assert [code for code in alpha if code.startswith(("supply", "inventory"))] == []


def test_what_was_not_loaded_of_the_plant_gives_a_customer_no_row(act: Act, asking: Asking, tmp_path: Path) -> None:
    made = {name: table for name, table in tiny.tables().items() if name != "production"}
    act("nobody yet", "load", folder=tiny.write(tmp_path / "bare", made))
    act("olga", "open", period="2026-05")
    act("olga", "freeze")
    assert "supply_actual" in shown(seen(asking("omar"), "item:A1"))
    assert "supply_actual" not in shown(seen(asking("omar"), "planning_customer:alpha"))


def test_a_salesperson_finds_and_opens_only_what_she_sees_a_stream_of(act: Act, asking: Asking, tmp_path: Path) -> None:
    made = tiny.tables()
    of_alpha = (pl.col("customer") == "alpha") & (pl.col("item") == "A2")
    made["order_lines"] = made["order_lines"].filter(~of_alpha)
    made["shipments"] = made["shipments"].join(made["order_lines"], on=["order", "line"], how="semi")
    act("nobody yet", "load", folder=tiny.write(tmp_path / "less", made))
    act("olga", "open", period="2026-05")
    act("olga", "freeze")
    found = [one.place for one in find_places(asking("ana"), "2026-05", "a")]
    assert found == ["item:A1", "planning_customer:alpha", "division:DA", "family:FA"]
    hers, alphas = seen(asking("ana"), "item:A1"), seen(asking("omar"), "planning_customer:alpha")
    assert hers.part
    assert alphas.place.items == ("A1", "B1", "B2")
    for place in ("item:A2", "item:NO", *REST):  # the family of A2 is hers, this item of it is not
        with pytest.raises(NotYoursError) as refused:
            seen(asking("ana"), place)
        asked = place.replace(":", " ")
        assert str(refused.value) == f"You see no {asked}: it is not in your part of the plan, if it is there at all."


@pytest.mark.parametrize("place", ["item:NO", "planning_customer:beta", "patch:Nord"])
def test_who_sees_all_is_told_that_it_is_not_there(agreed: None, asking: Asking, place: str) -> None:
    with pytest.raises(NoSuchPlaceError, match=f"There is no {place.replace(':', ' ')} in this plan."):
        seen(asking("omar"), place)


def test_a_customer_counts_in_the_unit_of_what_he_buys(act: Act, asking: Asking, tmp_path: Path) -> None:
    made = tiny.tables()
    unit = pl.when(pl.col("item") == "B2").then(pl.lit("kg")).otherwise("unit").alias("unit")
    made["items"] = made["items"].with_columns(unit)
    of_alpha = (pl.col("customer") == "alpha") & (pl.col("item") == "B2")
    made["order_lines"] = made["order_lines"].filter(~of_alpha)
    made["shipments"] = made["shipments"].join(made["order_lines"], on=["order", "line"], how="semi")
    act("nobody yet", "load", folder=tiny.write(tmp_path / "mixed", made))
    act("olga", "open", period="2026-05")
    act("olga", "freeze")
    alpha, rest = (seen(asking("omar"), place) for place in ("planning_customer:alpha", REST[0]))
    assert (alpha.money, alpha.unlike) == (False, False)
    assert {row.unit for row in alpha.rows if row.code == "demand_actual"} == {"pcs"}
    assert (rest.money, rest.unlike) == (True, True)
    for place in ("company", "family:FB"):  # of her part nothing is in kg, so it adds up
        hers, whole = seen(asking("ana"), place), seen(asking("omar"), place)
        assert (hers.part, hers.money, hers.unlike) == (True, False, False)
        assert {row.unit for row in hers.rows if row.code == "demand_actual"} == {"pcs"}
        assert (whole.money, whole.unlike) == (True, True)
    assert shown(seen(asking("ana"), "company"))["demand_actual"] == shown(alpha)["demand_actual"]
    assert shown(seen(asking("omar"), "item:B2"))["demand_actual"][2] == sum(
        tiny.quantity(3, customer, 27) for customer in (1, 2)
    )


def test_what_a_solver_leaves_of_a_backlog_is_nothing_late() -> None:
    dust = Leaves(values=np.array([[0.0, 6e-14]]), state=np.zeros((1, 2), dtype=np.uint8), by={})
    assert not any_late(dust)
    assert any_late(replace(dust, values=np.array([[0.0, 1.0]])))
