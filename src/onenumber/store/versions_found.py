"""Versions found in the manifest by SQL of our own.

Every step and page asks for them dozens of times, and Django takes three to twenty times as long to put the question
together as the database takes to answer it.
"""

from collections.abc import Collection, Sequence

from django.db import connection

from onenumber.store.models import SheetVersion

TABLE = SheetVersion._meta.db_table  # noqa: SLF001 - Django's name for it
LONG = ("settings", "notes", "edits")
"""Fields of a version that whoever looks for a sheet has no use for."""
Place = tuple[int | None, int | None, str, str]
"""Plan (None: not founded yet), cycle (None: outside any), kind and stage: where a version is one of several."""


def newest_version(place: Place) -> SheetVersion | None:
    """The newest version in a place; None where there is none."""
    return next(iter(_versions(f"{_columns()} {_newest(place)}", _given(place))), None)


def newest_content(place: Place) -> str | None:
    """The content of that version."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT content {_newest(place)}", _given(place))
        found = cursor.fetchone()
    return None if found is None else str(found[0])


def every_version(plan: int, cycle: int) -> list[SheetVersion]:
    """Every version in a cycle, of each kind the oldest first; their long fields are read when asked for."""
    asked = f"{_columns(LONG)} FROM {TABLE} WHERE plan_id = %s AND cycle_id = %s ORDER BY sequence, id"
    return _versions(asked, (plan, cycle))


def _versions(asked: str, given: Sequence[int | str | None]) -> list[SheetVersion]:
    return list(SheetVersion.objects.raw(asked, given))


def _newest(place: Place) -> str:
    cycle = "IS NULL" if place[1] is None else "= %s"
    there = f"plan_id = %s AND cycle_id {cycle} AND kind = %s AND stage = %s"
    return f"FROM {TABLE} WHERE {there} ORDER BY sequence DESC LIMIT 1"


def _given(place: Place) -> list[int | str | None]:
    plan, cycle, kind, stage = place
    return [plan, *(() if cycle is None else (cycle,)), kind, stage]


def _columns(without: Collection[str] = ()) -> str:
    fields = SheetVersion._meta.concrete_fields  # noqa: SLF001 - Django's name for it
    return f"SELECT {', '.join(str(field.column) for field in fields if field.name not in without)}"
