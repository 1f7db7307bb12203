"""What the page of parameters says follows from the figures on it; of what lies all alike, none is called the most."""

import datetime as dt

from onenumber.model.finding import Finding, Severity
from onenumber.steps.see.parameters import LEADS, RATES, STOCKS, Parameter, ParametersShown
from onenumber.steps.see.vendors import VendorLine
from onenumber.web.parameters.words import blocks, vendor_block


def parameter(kind: str, name: str, shown: float, *, money: float | None = None, evidence: str = "") -> Parameter:
    return Parameter(
        kind=kind, key=name, name=name, where="Line 1, Plant 1", site="Plant 1", unit="pcs", planned=2.0, shown=shown,
        count=12, needed=5, money=money, offered=shown, evidence=evidence,
    )  # fmt: skip


def page(*found: Parameter, vendors: tuple[VendorLine, ...] = ()) -> ParametersShown:
    kinds = {kind: tuple(one for one in found if one.kind == kind) for kind in (RATES, LEADS, STOCKS)}
    return ParametersShown(
        cycle="2026-05", currency="EUR", since=dt.date(2026, 6, 1), may=False, part=False, kinds=kinds, vendors=vendors,
        amended=(),
    )  # fmt: skip


def said(shown: ParametersShown, kind: str) -> str:
    return next(one.sentence for one in blocks(shown, "") if one.kind == kind).replace("\u202f", " ")


def test_rates_that_all_lie_as_far_beside_are_said_to_be_alike_and_none_to_be_most() -> None:
    alike = page(parameter(RATES, "A1", 2.27), parameter(RATES, "A2", 2.28))
    assert said(alike, RATES) == (
        "2 of 2 rates are not what lines show, all about as far; A1 at Line 1, Plant 1 for one: planned with 2 h a "
        "unit, the last 12 runs took 2.27: 12 % under the standard rate."
    )
    assert "; most of all A1" in said(page(parameter(RATES, "A1", 3.0), parameter(RATES, "A2", 2.27)), RATES)


def test_the_step_of_a_stock_has_money_only_for_who_sees_any_and_the_share_follows_from_the_figures() -> None:
    blind, told = (said(page(parameter(STOCKS, "A1", 10.46, money=money)), STOCKS) for money in (None, 90.0))
    assert "2 in force, 10.5 by the error of 12 plans, 425 % over" in blind
    assert blind.endswith("One cycle moves a stock by at most 30 %.")
    assert told.endswith("its money is that of the step.")


def test_only_a_lead_time_of_the_last_quarter_is_one_of_late() -> None:
    lately, year = (said(page(parameter(LEADS, "M1", 9.0, evidence=one)), LEADS) for one in ("recent", "median"))
    assert "planned 2 days, lately 9 over 12 receipts" in lately
    assert "planned 2 days, in the median of the year 9 over 12 receipts" in year


def vendor(key: str, lately: float | None) -> VendorLine:
    few = Finding(code="vendor_too_few_lines", severity=Severity.NOTE, values={"lines": 2, "needed": 5})
    figures = dict.fromkeys(("on_time", "lines", "lead_mean", "planned", "received", "rejected"), 1.0)
    return VendorLine(
        vendor=key, name=key, item="", site="", unit="", over_plan=False, figures={**figures, "lead_recent": lately},
        why={"lead_recent": few} if lately is None else {},
    )  # fmt: skip


def test_a_column_that_is_known_of_no_vendor_is_left_out_with_a_sentence_why() -> None:
    none = vendor_block(page(vendors=(vendor("V1", None), vendor("V2", None))), whole=False)
    assert "Lately, days" not in none.table.heads
    assert len(none.table.rows[0].cells) == len(none.table.heads) - 1
    assert none.sentence.endswith("How many days each took lately is not known: too little came in the last quarter.")
    one = vendor_block(page(vendors=(vendor("V1", 9.0), vendor("V2", None))), whole=False)
    assert "Lately, days" in one.table.heads
    assert "not known" not in one.sentence
