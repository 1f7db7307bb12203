"""Change one value of master data from a day on, with a reason: a dated row that comes in by the door of every load."""

import datetime as dt
import io
from collections.abc import Mapping
from types import MappingProxyType

import polars as pl
from django.db import transaction

from onenumber.cycle.phases import Phase
from onenumber.errors.steps import BadArgumentError
from onenumber.files.merge import merge
from onenumber.files.read import Loaded, read_files
from onenumber.model.axis import SEPARATOR
from onenumber.model.contract import TABLES
from onenumber.model.contract.empty import schema_of, table_or_empty
from onenumber.model.sentences import say_what
from onenumber.model.validity import latest_on
from onenumber.review.naming import place_name
from onenumber.steps.frame.company_words import names_at
from onenumber.steps.frame.context import Context, Tables
from onenumber.steps.frame.declare import Argument, Step, check_words
from onenumber.steps.frame.entering import enter, known_in, working
from onenumber.steps.frame.writing import Outcome
from onenumber.store.models import AmendmentRow, LoadRun

FROM = "valid_from"
AMENDABLE: Mapping[str, str] = MappingProxyType(
    {
        "item_sites": "safety_stock",
        "rates": "hours_per_unit",
        "vendor_items": "lead_time_days",
        "budget_tolerances": "percent",
    }
)
"""The column of each table that may be changed like this; everything else comes by a load."""
_TOLERANCES = "budget_tolerances"


def run(context: Context, *, table: str, key: str, value: float, reason: str, since: dt.date | None = None) -> Outcome:
    """Write the row that holds on ``since`` once more, from that day on, with another value.

    A cycle whose data are frozen keeps the rows that it froze; the next one that freezes takes the new row.

    Raises:
        NotAllowedError: if the person may not: a supply planner sets parameters, an executive tolerances.
        BadArgumentError: if no row has the key, no reason is given, or a load would refuse the row.
    """
    grant = context.permit(_right({"table": table}), phase=Phase.MONITOR)
    check_words("amend", "reason", reason, reason="say why; whoever plans with it reads it")
    day = since or context.today
    made, before = None, None
    while made is None:  # what a load changed meanwhile stands: the row is written on it
        versions = working(context)
        known = known_in(context, versions)
        row, before = _row(known, table, key, value, day)
        loaded = _checked(known, table, row, value)
        with transaction.atomic():
            source = f"amend {table} {key.replace(SEPARATOR, ' ')}"
            merged = merge(known, loaded.tables)
            made = enter(context, loaded, merged, source=source, before=versions, step="amend")
            if made is not None:
                _note(context, made, table=table, key=key, before=before, after=value, reason=reason,
                      since=day if FROM in row.columns else None, deputy_for=grant.deputy_for)  # fmt: skip
    places = names_at(context)
    called = ", ".join(place_name(part, places) for part in key.split(SEPARATOR))
    figures = {"table": table, "key": called, "before": before, "after": value, "since": str(day)}
    return Outcome(step="amend", figures=figures)


def _note(context: Context, made: LoadRun, **fields: object) -> None:
    AmendmentRow.objects.create(
        plan=made.plan, column=AMENDABLE[str(fields["table"])], person=context.actor.person, load=made,
        at=context.now, **fields,
    )  # fmt: skip


def _row(known: Tables, table: str, key: str, value: float, day: dt.date) -> tuple[pl.DataFrame, float | None]:
    """The row to write, and the value that held before it."""
    names = [name for name in TABLES[table].key if name != FROM]
    labels = key.split(SEPARATOR)
    rows = table_or_empty(known, table)
    if len(labels) != len(names):
        raise _bad_key(key, f"it names {', '.join(names)}, joined by {SEPARATOR}")
    same = [pl.col(name) == label for name, label in zip(names, labels, strict=True)]
    found = rows.filter(same)
    found = latest_on(found, day, names) if FROM in rows.columns else found
    column = AMENDABLE[table]
    if not len(found):
        if table != _TOLERANCES:
            raise _bad_key(key, f"no row of it holds on {day}")
        own = {**dict(zip(names, labels, strict=True)), column: value}
        return pl.DataFrame([own], schema=schema_of(TABLES[table])), None
    dated = [pl.lit(day).alias(FROM)] if FROM in rows.columns else []
    kind = rows.schema[column]
    now = round(value) if kind.is_integer() else value
    return found.with_columns(pl.lit(now).cast(kind).alias(column), *dated), found[column][0]


def _checked(known: Tables, table: str, row: pl.DataFrame, value: float) -> Loaded:
    """The row as a load reads it, refused with the sentence that a load would list."""
    content = io.BytesIO()
    row.write_parquet(content)
    loaded = read_files({f"{table}.parquet": content.getvalue()}, known=known)
    if loaded.rows_loaded.get(table, 0) != 1:
        why = next((say_what(finding).rstrip(".") for finding in loaded.findings), "a load would refuse it")
        raise BadArgumentError(step="amend", argument="value", value=value, reason=why)
    return loaded


def _bad_key(value: object, reason: str) -> BadArgumentError:
    return BadArgumentError(step="amend", argument="key", value=value, reason=reason)


def _right(arguments: Mapping[str, object]) -> str:
    """Tolerances are the executive's, parameters the supply planner's."""
    return "set_tolerance" if arguments.get("table") == _TOLERANCES else "set_parameter"


STEP = Step(
    name="amend",
    verb="set_parameter",
    phase=None,
    says="Change a planning parameter, or a budget tolerance, from a day on.",
    run=run,
    names_verb=_right,
    arguments=(
        Argument(name="table", doc="Table of the row.", choices=tuple(AMENDABLE), positional=True),
        Argument(name="key", doc="Labels of the row, joined by |, as V08|M-BRN-01|BRN.", positional=True),
        Argument(name="value", doc="The new value, in the unit of its column.", kind="number", positional=True),
        Argument(name="reason", doc="Why; whoever plans with it reads it."),
        Argument(name="since", doc="First day that it holds; today if not given.", kind="date", required=False),
    ),
)
