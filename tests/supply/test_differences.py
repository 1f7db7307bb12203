"""Differences survive being written down."""

import datetime as dt

import pytest

from onenumber.errors.supply import BadDifferenceError
from onenumber.supply.differences import (
    KINDS,
    DoNothing,
    FairShare,
    FirmMove,
    MoveWindow,
    Overtime,
    PlantLimit,
    Precedence,
    SecondSource,
    Together,
    from_json,
    kind_of,
    to_json,
)

ONE_OF_EACH = (
    Overtime(resource="L", step=2, first=35, periods=3),
    MoveWindow(window="W", start=dt.date(2026, 7, 6)),
    SecondSource(vendor="V", item="M", site="P"),
    Precedence(resource="L", first=35, periods=2, order=("D2", "D1"), floor_share=0.3),
    FairShare(resource="L", first=35, periods=2),
    DoNothing(),
    FirmMove(item="A", site="P", period=34, quantity=12.5),
    PlantLimit(item="A", site="P", period=34, quantity=0.0),
    Together(
        parts=(
            PlantLimit(item="A", site="P", period=34, quantity=7.0),
            Precedence(resource="L", first=35, periods=2, order=("D2", "D1")),
            MoveWindow(window="W", start=dt.date(2026, 7, 6)),
        )
    ),
)


@pytest.mark.parametrize("difference", ONE_OF_EACH, ids=kind_of)
def test_what_is_written_is_read_back(difference):
    assert from_json(to_json(difference)) == difference


def test_every_kind_is_among_them():
    assert {type(d) for d in ONE_OF_EACH} == set(KINDS.values())


def test_fields_that_do_not_fit_are_refused():
    with pytest.raises(BadDifferenceError, match="^The difference cannot be applied: overtime: .*'hours'"):
        from_json('{"kind": "overtime", "hours": 3}')
