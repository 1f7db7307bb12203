"""Who stands in for whom, today or later."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from onenumber.model.contract.empty import table_or_empty
from onenumber.steps.frame.context import Tables
from onenumber.steps.frame.glance import Glance


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIn:
    """Who stands in for somebody, or for whom somebody does, from a day to before another (None: until it is ended)."""

    name: str
    since: dt.date
    until: dt.date | None


def deputies_on(day: dt.date, *, company: Tables, names: Mapping[str, str]) -> Mapping[str, tuple[StandIn, ...]]:
    """Who stands in for whom on a day or will: by person, the first to come first."""
    found: dict[str, tuple[StandIn, ...]] = {}
    for row in _coming(company, day).sort("valid_from", "deputy").iter_rows(named=True):
        found[row["person"]] = (*found.get(row["person"], ()), _stand_in(row, "deputy", names))
    return found


def stood_in_for(look: Glance) -> tuple[StandIn, ...]:
    """For whom who looks stands in today or will, the first to come first."""
    hers = _coming(look.company(), look.today).filter(pl.col("deputy") == look.actor.person)
    rows = hers.sort("valid_from", "person").iter_rows(named=True)
    return tuple(_stand_in(row, "person", look.names()) for row in rows)


def standing_for(look: Glance) -> Mapping[str, StandIn]:
    """For whom who looks stands in today or will, by person: of several times the first."""
    rows = _coming(look.company(), look.today)
    hers = rows.filter(pl.col("deputy") == look.actor.person).sort("valid_from", descending=True)
    return {row["person"]: _stand_in(row, "person", look.names()) for row in hers.iter_rows(named=True)}


def _coming(company: Tables, day: dt.date) -> pl.DataFrame:
    """Every row that is not over on a day."""
    return table_or_empty(company, "deputies").filter(pl.col("valid_to").is_null() | (pl.col("valid_to") > day))


def _stand_in(row: Mapping[str, Any], which: str, names: Mapping[str, str]) -> StandIn:
    return StandIn(name=names.get(row[which], row[which]), since=row["valid_from"], until=row["valid_to"])
