"""The supply plan on plain tables: what `onenumber engine plan FOLDER` runs, without a database.

FOLDER holds one file for each supply table of the data contract (``docs/data-contract.md``), read and checked as a load
reads and checks it, and a table ``demand``. Days of one stream that lie in one period are added up there; a row that is
there twice is refused:

| column | meaning |
| --- | --- |
| `item` | what is asked for (required) |
| `period` | date in the period, or its label, `2026-05` (required) |
| `quantity` | how much (required) |
| `customer` | who asks; a stream is item x customer |
| `channel`, `site` | `site` names the one site that serves the row's stream; else `sourcing_rules` say it by channel |
| `price` | of a unit; without it the table ``prices`` says it, else a lost unit counts at its cost |
| `division`, `priority` | division of the result's sums; class A, B, C |

Needed are ``demand``, ``items``, ``resources`` and ``rates``; names, currencies and other columns that no plan reads
(:data:`~onenumber.supply.engine_contract.NOT_READ`) may be left out. Without a table ``plan`` periods are calendar
months from the first demand; without ``sites`` every site works five days a week; without ``stock`` nothing is on hand.
Where neither names the price of a period, the mean of what the stream's other rows say stands in.
The first period of the demand is firm, as in every plan: new production and purchases arrive from the second on; a
table ``settings`` with a column ``firm_periods`` changes that.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Protocol

import numpy as np
import polars as pl

from onenumber.errors.supply import BadEngineInputError
from onenumber.model.axis import SEPARATOR, Axis, Labels
from onenumber.model.contract import COMPANY, LOAD, TABLES
from onenumber.model.contract.empty import DTYPES, empty_table
from onenumber.model.cube import Cube, State, Values, cube
from onenumber.model.finding import Finding, Value
from onenumber.model.period import Calendar, Period
from onenumber.model.plan import PlanFrame, plan_frame
from onenumber.model.sheet import Sheet
from onenumber.supply.build import build
from onenumber.supply.engine_contract import DEMAND, ENGINE, NEEDED
from onenumber.supply.findings import note_finding
from onenumber.supply.horizon import Ints
from onenumber.supply.inputs import SupplyInputs
from onenumber.supply.plan import make_program, make_sheet, solve
from onenumber.supply.settings import DEFAULT, SupplySettings
from onenumber.supply.soft import passed_in_all, soft_limits
from onenumber.supply.variables import answer_of, prices

Tables = Mapping[str, pl.DataFrame]
Clock = Callable[[], float]
TEXTS = ("customer", "channel", "site", "division", "priority")
PRICED = ("costs", "vendor_items", "prices")
LONGEST = 600
"""Periods from the first to the last of the demand, as many as a calendar may have."""
PERIODS = ("period", "period_ordered", "cause_period", "next_period")
"""Columns of the plan's tables that hold the index of a period."""
MONTH_LENGTH = len("2026-05")
EMPTY_BACKLOG = pl.DataFrame(schema={"stream": pl.String, "open": pl.Float64, "age": pl.Int64})


class PriceList(Protocol):
    """Which price of the table ``prices`` holds, as every plan asks it (``finance.prices``): (streams x periods)."""

    def __call__(self, *, company: Tables, axis: Axis, periods: Sequence[Period], currency: str) -> Values:
        """Price of a unit in plan currency, NaN where none is known."""
        ...


def plan_folder_tables(
    tables: Tables, *, clock: Clock, price_list: PriceList
) -> tuple[dict[str, pl.DataFrame], dict[str, object]]:
    """The tables of a supply plan and its summary, from the tables of a folder (see the module).

    ``clock`` gives seconds. The summary holds status, objective, best bound, units asked, served, waiting and lost per
    division, the largest violation of any balance or limit that must be kept, what is passed of the limits that have a
    price instead (``soft_limits``, by period in the table of that name), seconds by stage, and the findings' codes with
    counts.

    Raises:
        BadEngineInputError: if a table or column is missing or cannot be read.

    Example:
        >>> from itertools import count
        >>> from onenumber.finance.prices import stream_prices
        >>> ticks = count()
        >>> folder = {
        ...     "demand": pl.DataFrame({"item": ["A", "A"], "period": ["2026-01", "2026-02"], "quantity": [0.0, 8.0]}),
        ...     "items": pl.DataFrame({"item": ["A"], "kind": ["made"], "unit": ["pcs"]}),
        ...     "resources": pl.DataFrame({"resource": ["L"], "site": ["P"], "hours_per_period": [5.0]}),
        ...     "rates": pl.DataFrame({"item": ["A"], "site": ["P"], "route": ["R"], "resource": ["L"],
        ...                            "hours_per_unit": [1.0]}),
        ... }
        >>> made, summary = plan_folder_tables(folder, clock=lambda: float(next(ticks)), price_list=stream_prices)
        >>> summary["status"], summary["divisions"]
        ('optimal', {'all': {'asked': 8.0, 'served': 5.0, 'waiting': 3.0, 'lost': 0.0}})
    """
    times = {"start": clock()}
    inputs, added = engine_inputs(tables, price_list=price_list)
    built = build(inputs)
    program, columns = make_program(built.network, inputs.settings)
    times["build"] = clock()
    priced, final = solve(built.network, program, columns, inputs)
    times["solve"] = clock()
    sheet, findings = make_sheet(inputs, built, columns, program=program, priced=priced, final=final)
    findings = (*findings, *added)
    passed = soft_limits(
        built.network, answer_of(columns, final.x), charged=prices(built.network, inputs.settings)
    )  # fmt: skip
    found = {
        **_labelled({**sheet.tables, "soft_limits": passed}, inputs.frame.calendar),
        **_wide(sheet, inputs),
    }
    times["report"] = clock()
    names = list(times)
    summary: dict[str, object] = {
        **{name: sheet.notes[name] for name in ("status", "objective", "bound", "repeatable", "worst_violation")},
        "largest_violation": {r["check"]: r["worst"] for r in sheet.table("checks").iter_rows(named=True)},
        "soft_limits": passed_in_all(passed),
        "divisions": _divisions(sheet),
        "seconds": {b: round(times[b] - times[a], 6) for a, b in pairwise(names)},
        "size": {"rows": program.shape[0], "columns": program.shape[1], "streams": len(inputs.demand.axis)},
        "findings": dict(sorted(Counter(f.code for f in findings).items())),
    }
    return found, summary


def engine_inputs(tables: Tables, *, price_list: PriceList) -> tuple[SupplyInputs, tuple[Finding, ...]]:
    """The inputs of a plan that the tables of a folder describe, and what was found in its demand.

    Raises:
        BadEngineInputError: if a table or column is missing or cannot be read.
    """
    for name in NEEDED:
        if name not in tables:
            raise BadEngineInputError(what=f"it has no table {name!r}; it needs {', '.join(NEEDED)}")
        if not len(tables[name]):
            raise BadEngineInputError(what=f"table {name!r} has no row that could be read")
    known = {name: _typed(name, table) for name, table in tables.items() if name in TABLES}
    rows, frame, cycle, horizon = _rows(tables["demand"], known)
    company = _company(known, rows, frame.currency)
    demand = _streams(rows, company=company, cycle=cycle, horizon=horizon)
    zero = np.zeros(demand.values.shape)
    inputs = SupplyInputs(
        company=company,
        load={"stock": empty_table("stock"), **{name: known[name] for name in LOAD if name in known}},
        frame=frame,
        cycle=cycle,
        demand=demand,
        booked=cube(measure="booked", values=zero, axis=demand.axis, first=cycle, unit=demand.units),
        backlog=EMPTY_BACKLOG,
        prices=_prices(rows, demand, company=company, frame=frame, price_list=price_list),
        settings=_settings(tables, horizon),
    )
    return inputs, _added_up(rows, frame.calendar)


def _added_up(rows: pl.DataFrame, calendar: Calendar) -> tuple[Finding, ...]:
    """A note for each stream and period that more than one row is in."""
    many = rows.group_by("stream", "at").len().filter(pl.col("len") > 1).sort("stream", "at")
    return tuple(
        note_finding("demand_added_up", series=stream, period=calendar[at].label, rows=count - 1)
        for stream, at, count in many.iter_rows()
    )


def _settings(tables: Tables, horizon: int) -> SupplySettings:
    given = tables["settings"] if "settings" in tables else pl.DataFrame()
    if "firm_periods" not in given.columns or not given["firm_periods"].count():
        return DEFAULT
    if len(given) > 1:
        raise BadEngineInputError(what=f"table 'settings' has {len(given)} rows instead of one")
    firm = int(given["firm_periods"][0])
    if firm > horizon:
        raise BadEngineInputError(what=f"firm_periods is {firm}, and demand runs over {horizon} periods")
    return replace(DEFAULT, firm_periods=firm)


def _typed(name: str, table: pl.DataFrame) -> pl.DataFrame:
    """The table with all columns of its contract, in their types."""
    _refuse_lacking(name, table)
    wanted = []
    for column in TABLES[name].columns:
        dtype = DTYPES[column.kind]
        if column.name not in table.columns:
            wanted.append(pl.lit(None, dtype=dtype).alias(column.name))
        elif table.schema[column.name] == pl.String and dtype == pl.Date:
            wanted.append(pl.col(column.name).str.to_date("%Y-%m-%d"))
        else:
            wanted.append(pl.col(column.name).cast(dtype))
    try:
        typed = table.select(wanted)
    except pl.exceptions.PolarsError as error:
        raise BadEngineInputError(what=f"table {name!r} cannot be read: {error}") from error
    for days in typed.select(pl.col(pl.Date)):
        if not days.is_between(dt.date.min, dt.date.max).all():
            what = f"table {name!r} has a day in column {days.name!r} that does not exist, before year 1 or after 9999"
            raise BadEngineInputError(what=what)
    return typed


def _refuse_lacking(name: str, table: pl.DataFrame) -> None:
    lacking = [c.name for c in ENGINE[name].columns if c.required and c.name not in table.columns]
    if lacking:
        raise BadEngineInputError(what=f"table {name!r} has no column {lacking[0]!r}")


def _rows(demand: pl.DataFrame, known: Tables) -> tuple[pl.DataFrame, PlanFrame, int, int]:
    """Demand with stream and calendar index, the frame, the first period and the number of periods."""
    _refuse_lacking(DEMAND.name, demand)
    texts = [
        pl.col(n).cast(pl.String).fill_null("").alias(n) if n in demand.columns else pl.lit("").alias(n) for n in TEXTS
    ]
    price = pl.col("price").cast(pl.Float64) if "price" in demand.columns else pl.lit(None, dtype=pl.Float64)
    rows = demand.select(
        pl.col("item").cast(pl.String), "period", pl.col("quantity").cast(pl.Float64), price.alias("price"), *texts
    )  # fmt: skip
    frame = _frame(known, rows["period"])
    at = _indices(frame.calendar, rows["period"])
    first, last = int(at.min()), int(at.max())
    if last - first >= LONGEST:
        what = f"demand runs over {last - first + 1} periods, more than {LONGEST}, as if a year were mistyped"
        raise BadEngineInputError(what=what)
    stream = pl.format(f"{{}}{SEPARATOR}{{}}{{}}", "item", "customer", "site").alias("stream")
    rows = rows.with_columns(pl.Series("at", at), stream)
    return rows, frame, first, last - first + 1


def _frame(known: Tables, periods: pl.Series) -> PlanFrame:
    if "plan" in known:
        return plan_frame(known["plan"])
    days = [_date(value) for value in periods.unique().to_list()]
    first, last = min(days), max(days)
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    calendar = Calendar.months(start=first, periods=count)
    return PlanFrame(
        plan="engine", name="engine", currency=_currency(known), currency_decimals=2, time_zone="UTC",
        calendar=calendar, horizon=count,
    )  # fmt: skip


def _currency(known: Tables) -> str:
    """The first currency that the folder names, else no name at all: then everything is in one."""
    named = [known[name]["currency"].drop_nulls().sort() for name in PRICED if name in known]
    return next((str(column[0]) for column in named if len(column)), "")


def _indices(calendar: Calendar, periods: pl.Series) -> Ints:
    labels = {p.label: p.index for p in calendar.periods}
    found = [labels[str(text)] if str(text) in labels else calendar.index_of(_date(text)) for text in periods.to_list()]
    return np.array(found, dtype=np.int64)


def _date(value: object) -> dt.date:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    text = str(value)
    try:
        return dt.date.fromisoformat(f"{text}-01" if len(text) == MONTH_LENGTH else text)
    except ValueError as error:
        raise BadEngineInputError(what=f"{value!r} in column 'period' is neither a date nor a label") from error


def _company(known: Tables, rows: pl.DataFrame, currency: str) -> dict[str, pl.DataFrame]:
    """The company's tables; those left out are made from the others, prices without a currency are in the plan's."""
    made = {name: known.get(name, empty_table(name)) for name in ("divisions", "families", "item_sites", "sites")}
    made |= {name: known[name] for name in COMPANY if name in known}
    own_money = pl.col("currency").fill_null(currency)
    made |= {name: known[name].with_columns(own_money) for name in PRICED if name in known}
    places = [known[name]["site"] for name in ("resources", "rates", "item_sites", "vendor_items") if name in known]
    if "sites" not in known:
        sites = pl.concat([*places, rows.filter(pl.col("site") != "")["site"]]).drop_nulls().unique().sort()
        made["sites"] = _typed("sites", pl.DataFrame({"site": sites, "workdays": "12345"}))
    served = rows.filter(pl.col("site") != "").select("item", "site", pl.col("stream").alias("channel")).unique()
    own = served.sort("channel").with_columns(pl.lit(1).alias("rank"))
    rules = known.get("sourcing_rules")
    if rules is None:
        rules = _typed("sourcing_rules", made["sites"].select("site", pl.lit(1).alias("rank")))
    made["sourcing_rules"] = pl.concat([rules, _typed("sourcing_rules", own)])
    return made


def _streams(rows: pl.DataFrame, *, company: Tables, cycle: int, horizon: int) -> Cube:
    """Demand by stream; a stream that names its site is a channel of its own, so that its rule wins."""
    names = ["item", "customer", "channel", "site", "division", "priority"]
    first = _first_rows(rows)
    families = company["families"].select("family", pl.col("division").alias("own"))
    families = company["items"].select("item", "family", "unit").join(families, on="family", how="left")
    first = first.join(families, on="item", how="left", maintain_order="left").sort("stream")
    unknown = first.filter(pl.col("unit").is_null())
    if len(unknown):
        raise BadEngineInputError(what=f"item {unknown['item'][0]!r} of table 'demand' is not in table 'items'")
    division = pl.when(pl.col("division") != "").then("division").otherwise(pl.col("own").fill_null("all"))
    channel = pl.when(pl.col("site") != "").then("stream").otherwise("channel")
    first = first.with_columns(division.alias("division"), channel.alias("channel"))
    keys = _labels(first["stream"])
    attributes = {n: _labels(first[n].fill_null("")) for n in (*names, "family")}
    axis = Axis("stream", keys, {**attributes, "planning_customer": attributes["customer"]})
    at = (axis.rows(rows["stream"].to_list()), rows["at"].to_numpy() - cycle)
    quantity = np.zeros((len(axis), horizon))
    np.add.at(quantity, at, rows["quantity"].to_numpy())
    return cube(measure="consensus", values=quantity, axis=axis, first=cycle, unit=_labels(first["unit"]))


def _first_rows(rows: pl.DataFrame) -> pl.DataFrame:
    """The earliest row of each stream, by stream."""
    ordered = rows.sort("stream", "at", maintain_order=True)
    return ordered.unique("stream", keep="first", maintain_order=True).sort("stream")


def _prices(
    rows: pl.DataFrame, demand: Cube, *, company: Tables, frame: PlanFrame, price_list: PriceList
) -> Values:  # fmt: skip
    """What the rows of a stream and period say, else the price list, else the mean of what the stream's rows say."""
    axis, said = demand.axis, rows.drop_nulls("price")
    own = np.full(demand.values.shape, np.nan)
    own[axis.rows(said["stream"].to_list()), said["at"].to_numpy() - demand.first] = said["price"].to_numpy()
    sold = Axis(axis.kind, axis.keys, {**axis.attributes, "channel": _labels(_first_rows(rows)["channel"])})
    periods = frame.calendar.periods[demand.first : demand.first + demand.periods]
    listed = price_list(company=company, axis=sold, periods=periods, currency=frame.currency)
    prices = np.where(np.isnan(own), listed, own)
    return np.where(np.isnan(prices), _row_mean(own), prices)


def _row_mean(prices: Values) -> Values:
    known = np.isfinite(prices)
    count = known.sum(axis=1, keepdims=True)
    total = np.where(known, prices, 0.0).sum(axis=1, keepdims=True)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def _labels(column: pl.Series) -> Labels:
    return np.array(column.to_list(), dtype=np.str_)


def _labelled(tables: Tables, calendar: Calendar) -> dict[str, pl.DataFrame]:
    """The tables with the label of each period instead of its index: a reader of the files has no calendar."""
    index, label = [p.index for p in calendar.periods], [p.label for p in calendar.periods]
    return {
        name: table.with_columns(
            pl.col(column).replace_strict(index, label, return_dtype=pl.String)
            for column in PERIODS
            if column in table.columns
        )
        for name, table in tables.items()
    }


def _wide(sheet: Sheet, inputs: SupplyInputs) -> dict[str, pl.DataFrame]:
    """The cubes as tables: label, period (as its label) and a column for each measure."""
    found = {}
    for kind in ("stream", "cell", "resource"):
        cubes = [c for _, c in sorted(sheet.cubes.items()) if c.axis.kind == kind]
        keys = np.repeat(cubes[0].axis.keys, cubes[0].periods)
        labels = [inputs.frame.calendar[i].label for i in cubes[0].indices] * len(cubes[0].axis)
        measures = {c.measure: np.where(c.state == State.PRESENT, c.values, np.nan).reshape(-1) for c in cubes}
        found[f"{kind}s"] = pl.DataFrame({kind: keys, "period": labels, **measures}).fill_nan(None)
    return found


def _divisions(sheet: Sheet) -> dict[str, dict[str, Value]]:
    labels, codes = sheet.cube("demand").axis.groups("division")
    asked = sheet.cube("demand").values.sum(axis=1)
    served, lost = sheet.cube("shipped").values.sum(axis=1), sheet.cube("lost").values.sum(axis=1)
    waits = sheet.cube("backlog").values[:, -1]
    return {
        str(label): {
            name: round(float(values[codes == k].sum()), 6)
            for name, values in (("asked", asked), ("served", served), ("waiting", waits), ("lost", lost))
        }
        for k, label in enumerate(labels.tolist())
    }
