"""A signature whose signer stays away: her superior gives it, a working day after it was due, with both names."""

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from onenumber.cycle.phases import Phase
from onenumber.errors import CannotSignError, NotAllowedError
from onenumber.jobs.settle import ways_of
from onenumber.steps.frame.context import make_context
from onenumber.steps.see.cycle import OpenPoint, cycle_bar
from onenumber.store.models import Plan, SignatureRow
from tests import tiny
from tests.steps.month_for_tests import do

TUESDAY, FRIDAY = (dt.datetime(2026, 5, day, 10, tzinfo=dt.UTC) for day in (12, 15))
"""The demand is signed until Monday 11 May: a working day later is over on Wednesday 13 May."""


@pytest.fixture
def agreed_under_eva(plan: Plan, in_demand: None, tmp_path: Path) -> None:
    """The consensus waits for Ines, and Eva is above her."""
    people = tiny.tables()["people"].with_columns(
        superior=pl.when(person="ines").then(pl.lit("eva")).otherwise("superior")
    )
    do(plan, "olga", "load", folder=tiny.write(tmp_path / "above", {"people": people}))
    for person, patch in (("ana", "Nord"), ("ben", "South")):
        do(plan, person, "submit", patch=patch)
        do(plan, "ines", "accept", patch=patch)
    do(plan, "ines", "collect")
    do(plan, "dora", "agree")


def waiting(plan: Plan, person: str, at: dt.datetime) -> OpenPoint:
    return next(
        one for one in cycle_bar(make_context(plan, person=person, now=at)).open_points if one.code == "not_signed"
    )


@pytest.mark.usefixtures("agreed_under_eva")
def test_the_superior_signs_once_a_working_day_has_passed(plan: Plan) -> None:
    with pytest.raises(NotAllowedError, match="only the sales leader may"):
        do(plan, "eva", "sign", at=TUESDAY, verb="sign_demand")
    assert not waiting(plan, "eva", TUESDAY).mine
    point = waiting(plan, "eva", FRIDAY)
    assert (point.mine, point.people) == (True, ("Ines Duarte", "Eva Okafor"))
    context = make_context(plan, person="eva", now=FRIDAY)
    assert [way.step for _, ways in ways_of(context, [point], phase=Phase.DEMAND) for way in ways] == ["sign"]
    said = do(plan, "eva", "sign", at=FRIDAY, verb="sign_demand")
    row = SignatureRow.objects.get(verb="sign_demand")
    assert (row.person, row.deputy_for) == ("eva", "ines")
    assert said.figures["by"] == "Eva Okafor for Ines Duarte"


@pytest.mark.usefixtures("agreed_under_eva")
def test_nobody_else_does_and_what_keeps_the_signer_keeps_her_superior(plan: Plan) -> None:
    for person in ("omar", "dora", "olga", "ana"):
        with pytest.raises(NotAllowedError):
            do(plan, person, "sign", at=FRIDAY, verb="sign_demand")
    do(plan, "dora", "edit", at=FRIDAY, layer="L4", place={"family": "FA"}, mode="add", value=1.0, first="2026-06")
    with pytest.raises(CannotSignError):
        do(plan, "eva", "sign", at=FRIDAY, verb="sign_demand")
