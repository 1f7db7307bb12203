"""Pieces and kilograms have no sum (C18): no sheet notes one, and no figure is typed over both."""

import re
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from onenumber.errors import MixedPlaceError
from onenumber.model.sheet import SheetKind
from onenumber.steps.frame.context import Context
from onenumber.store.plans import find_cycle
from tests import tiny
from tests.steps.conftest import Act


@pytest.fixture
def mixed(act: Act, tmp_path: Path) -> None:
    """The cycle of a company whose item B2 is counted in kilograms stands in the sales window."""
    made = tiny.tables()
    unit = pl.when(pl.col("item") == "B2").then(pl.lit("kg")).otherwise("unit").alias("unit")
    made["items"] = made["items"].with_columns(unit)
    act("nobody yet", "load", folder=tiny.write(tmp_path / "mixed", made))
    act("olga", "open", period="2026-05")
    act("olga", "freeze")
    act("olga", "advance")
    act("dora", "forecast")


@pytest.mark.parametrize("mode", ["set", "add"])
def test_a_figure_over_unlike_units_is_refused_and_names_them(mixed: None, act: Act, mode: str) -> None:
    with pytest.raises(MixedPlaceError) as refused:
        act("ana", "edit", layer="L2", place={"patch": "Nord"}, mode=mode, value=5.0)
    assert str(refused.value) == (
        "Nord holds items in kg and pcs, which do not add up, so one figure for all of them says nothing. "
        "Nothing was written. Type it for items of one unit, or as a percent."
    )


def test_a_percent_moves_each_in_its_own_unit_and_a_place_of_one_unit_takes_a_figure(mixed: None, act: Act) -> None:
    act("ana", "edit", layer="L2", place={"patch": "Nord"}, mode="percent", value=5.0)
    act("ana", "edit", layer="L2", place={"patch": "Nord", "item": "B2"}, mode="set", value=30.0)
    act("ana", "edit", layer="L2", place={"patch": "Nord"}, mode="lock")


def test_no_sheet_notes_a_sum_of_them(mixed: None, act: Act, asking: Callable[[str], Context]) -> None:
    for person, patch in (("ana", "Nord"), ("ben", "South")):
        act(person, "submit", patch=patch)
        act("ines", "accept", patch=patch)
    act("ines", "collect")
    act("dora", "agree")
    context = asking("dora")
    cycle = find_cycle(context.plan, "2026-05")
    kinds = (SheetKind.HISTORY, SheetKind.FORECAST, SheetKind.SALES_INPUT, SheetKind.CONSENSUS)
    for kind in kinds:
        notes = context.sheet(kind, cycle).notes
        assert [name for name in notes if name.endswith("units")], kind
        assert {value for name, value in notes.items() if name.endswith("units")} == {None}, kind


def test_a_new_forecast_is_told_in_each_unit_and_a_patch_has_no_quantity(
    mixed: None, act: Act, again: Callable[..., None], asking: Callable[[str], Context]
) -> None:
    act("ana", "edit", layer="L2", place={"patch": "Nord"}, mode="percent", value=5.0)
    act("ines", "collect")
    context = asking("dora")
    patches = context.sheet(SheetKind.SALES_INPUT, find_cycle(context.plan)).table("patches")
    assert patches["quantity"].to_list() == [None, None]
    again(2, "alpha")
    told = [finding for finding in act("dora", "rebase").findings if finding.code.startswith("rebased_")]
    assert [finding.code for finding in told] == ["rebased_layer", "rebased_defaulted"]
    for finding in told:
        assert re.fullmatch(r"[\d.]+ kg and [\d.]+ pcs", str(finding.values["before"]))
        assert re.fullmatch(r"[\d.]+ kg and [\d.]+ pcs", str(finding.values["after"]))
