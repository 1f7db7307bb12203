"""Who stands in for whom, today or later."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

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


def deputies_of(person: str, *, company: Tables, day: dt.date, names: Mapping[str, str]) -> tuple[StandIn, ...]:
    """Who stands in for a person on a day or will, the first to come first."""
    return tuple(_found("person", "deputy", person, company=company, day=day, names=names))


def stood_in_for(look: Glance) -> tuple[StandIn, ...]:
    """For whom who looks stands in today or will, the first to come first."""
    person, company = look.actor.person, look.company()
    return tuple(_found("deputy", "person", person, company=company, day=look.today, names=look.names()))


def _found(
    whose: str, other: str, key: str, *, company: Tables, day: dt.date, names: Mapping[str, str]
) -> Iterator[StandIn]:
    rows = table_or_empty(company, "deputies").filter(pl.col(whose) == key)
    coming = rows.filter(pl.col("valid_to").is_null() | (pl.col("valid_to") > day))
    for row in coming.sort("valid_from", other).iter_rows(named=True):
        yield StandIn(name=names.get(row[other], row[other]), since=row["valid_from"], until=row["valid_to"])
