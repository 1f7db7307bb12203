"""When an order line can leave: from stock, from what is released, or built of what comes of its materials."""

import datetime as dt

import polars as pl

from onenumber.model.plan import PlanFrame, plan_frame
from onenumber.review.ground import Ground
from onenumber.review.order_book import MATERIAL, RELEASED, STOCK, Ready, ready_days, waiting_lines
from tests import tiny

TODAY = dt.date(2026, 5, 5)
LONG_AGO = dt.date(2026, 4, 30)


def frame() -> PlanFrame:
    return plan_frame(tiny.tables()["plan"])


def line(order: str, quantity: float, day: int) -> dict[str, object]:
    due = dt.date(2026, 5, day)
    return {
        "order": order, "line": 1, "customer": "alpha", "item": "A1", "quantity": quantity, "amount": 10 * quantity,
        "ordered": LONG_AGO, "requested": due, "first_confirmed": due, "last_confirmed": due, "status": "open",
    }  # fmt: skip


def served(*lines: dict[str, object], stock: float, released: tuple[tuple[int, float], ...] = ()) -> dict[str, Ready]:
    """Item A1 takes 3 days to build of one M each; 5 M are in stock, 20 come on the 20th, more in 30 days."""
    company = tiny.tables()
    company["rates"] = company["rates"].with_columns(pl.lit(3, dtype=pl.Int64).alias("lead_time_days"))
    company["bill_of_materials"] = tiny.table(
        "bill_of_materials", [{"parent": "A1", "component": "M", "quantity": 1.0}]
    )
    company["vendor_items"] = tiny.table(
        "vendor_items", [{"vendor": "V", "item": "M", "site": "P1", "lead_time_days": 30, "price": 1.0}]
    )
    stocks = [("A1", stock), ("M", 5.0)]
    load = {
        "order_lines": tiny.table("order_lines", lines),
        "stock": tiny.table("stock", [
            {"item": item, "site": "P1", "date": LONG_AGO, "status": "free", "quantity": held} for item, held in stocks
        ]),
        "production_orders": tiny.table("production_orders", [
            {"order": f"W{day}", "item": "A1", "site": "P1", "quantity": quantity, "released": LONG_AGO,
             "due": dt.date(2026, 5, day)} for day, quantity in released
        ]),
        "purchase_orders": tiny.table("purchase_orders", [
            {"order": "Q", "line": 1, "vendor": "V", "item": "M", "site": "P1", "quantity": 20.0, "ordered": LONG_AGO,
             "first_confirmed": dt.date(2026, 5, 20), "status": "open"}
        ]),
        "receipts": tiny.table("receipts", []),
    }  # fmt: skip
    ground = Ground(company=company, load=load, frame=frame(), cycle=28)
    found = ready_days(waiting_lines(ground), ground=ground, today=TODAY)
    return {order: ready for (order, _), ready in found.items()}


def day(number: int, month: int = 5) -> dt.date:
    return dt.date(2026, month, number)


def test_the_earlier_day_takes_the_stock_and_the_later_one_what_is_released() -> None:
    found = served(line("late", 8, 15), line("early", 8, 10), stock=10, released=((12, 8.0),))
    assert found["early"] == Ready(day=TODAY, by=STOCK)
    assert found["late"] == Ready(day=day(12), by=RELEASED)


def test_what_nothing_covers_is_built_of_what_is_there_of_a_material_and_what_comes() -> None:
    assert served(line("x", 16, 12), stock=10)["x"] == Ready(day=day(23), by=MATERIAL, waits_for="M")


def test_a_released_order_has_taken_its_material_from_the_stock_before() -> None:
    found = served(line("x", 15, 12), stock=10, released=((30, 5.0),))
    assert found["x"] == Ready(day=TODAY + dt.timedelta(days=3), by=MATERIAL)  # of the 5 M that are there


def test_a_material_of_which_nothing_is_on_its_way_is_ordered_today() -> None:
    found = served(line("x", 40, 12), stock=0)
    assert found["x"].day == TODAY + dt.timedelta(days=33)
    assert found["x"].unordered == ("M",)  # its day holds if it is ordered today
    assert served(line("x", 15, 12), stock=0)["x"].unordered == ()


def test_a_line_that_took_materials_leaves_less_to_the_next() -> None:
    first, second = (served(line("x", 5, 6), line("y", 5, 7), stock=0)[one].day for one in ("x", "y"))
    assert (first, second) == (day(8), day(23))
