"""Papers of what has no price: which comes first, what is recommended, and what shows that they moved."""

import polars as pl
import pytest

from onenumber.model.sheet import Sheet
from onenumber.review.ground import Ground
from onenumber.review.make import make_review
from onenumber.review.papers.candidates import candidates
from onenumber.review.papers.decision import decision_sheet
from onenumber.review.papers.moved import moved
from tests.review.world import CYCLE, company, ground, plan, rows

AUGUST = CYCLE + 1
WAYS = {
    "overtime": rows(
        "overtime",
        {"resource": "R1", "step": 1, "hours_per_period": 30.0, "cost_per_hour": 2.0, "needs_decision": True},
    ),
    "vendor_items": rows(
        "vendor_items",
        {"vendor": "V2", "item": "m1", "site": "P1", "lead_time_days": 10, "price": 1.5, "currency": "EUR",
         "needs_decision": True},
    ),
    "bill_of_materials": rows("bill_of_materials"),
}  # fmt: skip
MATERIAL, LINE = "2026-07-cell-m1@P1", "2026-07-R1"


def _short(*, material: float, line: float) -> Sheet:
    """Units of a1 short for want of a material, and of b1 for want of hours."""
    return plan(
        demand={"a1|c1": [0.0, 60], "b1|c1": [0.0, 60]},
        shipped={"a1|c1": [0.0, 60 - material], "b1|c1": [0.0, 60 - line]},
        lost={"a1|c1": [0.0, material], "b1|c1": [0.0, line]}, hours_available={"R1": [100.0] * 6},
        shortages=[
            ("a1|c1", AUGUST, 60.0, material, material, "material", "m1|P1", AUGUST, 4.0, None),
            ("b1|c1", AUGUST, 60.0, line, line, "capacity", "R1", AUGUST, 4.0, None),
        ],
    )  # fmt: skip


def _papers(on: Ground, proposed: Sheet) -> list[tuple[str, int | None]]:
    review, _ = make_review(plan=proposed, ground=on, last_published=None)
    return [(one.paper, one.money_at_risk) for one in candidates(review=review, plan=proposed, ground=on)]


def _unpriced(**more: pl.DataFrame) -> Ground:
    return ground(company_more=WAYS | {"prices": rows("prices")} | more)


@pytest.mark.parametrize(
    ("material", "line", "order"), [(20.0, 40.0, [LINE, MATERIAL]), (40.0, 20.0, [MATERIAL, LINE])]
)
def test_what_leaves_most_units_short_comes_first(material: float, line: float, order: list[str]) -> None:
    assert _papers(_unpriced(), _short(material=material, line=line)) == [(paper, None) for paper in order]


def test_of_unlike_units_customers_are_counted() -> None:
    items = company()["items"].with_columns(unit=pl.when(pl.col("item") == "a1").then(pl.lit("kg")).otherwise("unit"))
    found = _papers(_unpriced(items=items), _short(material=20.0, line=40.0))
    assert found == [(MATERIAL, None), (LINE, None)]  # a customer each: 40 pieces are not more than 20 kg


def test_what_has_a_price_comes_before_what_has_none() -> None:
    prices = rows("prices", {"item": "a1", "price": 10.0, "currency": "EUR"})
    found = _papers(_unpriced(prices=prices), _short(material=1.0, line=40.0))
    assert found == [(MATERIAL, 4_00), (LINE, None)]


def _decided(lost: float) -> Sheet:
    """Papers on the table; every way out leaves this much of both lost."""
    on, proposed, after = _unpriced(), _short(material=20.0, line=40.0), _short(material=lost, line=lost)
    review, _ = make_review(plan=proposed, ground=on, last_published=None)
    papers = candidates(review=review, plan=proposed, ground=on)
    solved = {(p.paper, o.option): after for p in papers for o in p.options if not o.is_nothing}
    return decision_sheet(papers=papers, base=proposed, solved=solved, ground=on)


def test_recommended_is_what_loses_fewest_units() -> None:
    nothing = ["E", "B"]
    for lost, options in ((10.0, ["A", "A"]), (30.0, nothing), (40.0, nothing)):  # 60 are lost without them
        assert _decided(lost).table("papers")["recommended"].to_list() == options
    assert _decided(10.0).notes["papers_unpriced"] == 2


def test_cost_is_known_where_there_are_costs_and_net_cost_is_not() -> None:
    first = _decided(10.0).table("options").row(0, named=True)
    assert (first["extra_cost"], first["own_cost"], first["inventory_value"]) == (0, 0, 0)
    assert (first["net_cost"], first["revenue"], first["margin"], first["waiting_cost"]) == (None,) * 4


def test_a_decision_without_money_moves_with_its_units() -> None:
    shown = _decided(10.0)
    assert moved(shown=shown, now=_decided(10.5), paper=LINE, option="A") == ()
    assert moved(shown=shown, now=_decided(20.0), paper=LINE, option="A") == ("lost_units", "late_units")
