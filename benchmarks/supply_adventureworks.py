"""Seconds, size and outcome of one supply plan on AdventureWorks, from a folder of contract tables.

    PYTHONPATH=src python benchmarks/supply_adventureworks.py FOLDER 2014-05

Demand is what each stream ordered in the same month of the year before; with ``mean`` as third word, the mean of the
last year.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl

from onenumber.demand.history import Span, make_history
from onenumber.demand.known import known_before
from onenumber.finance.prices import stream_prices
from onenumber.model.contract import COMPANY, LOAD
from onenumber.model.cube import Cube
from onenumber.model.plan import plan_frame
from onenumber.model.sheet import Sheet
from onenumber.supply import plan as plan_room
from onenumber.supply.build import build
from onenumber.supply.inputs import SupplyInputs


def read(folder: Path) -> dict[str, pl.DataFrame]:
    """Every table of the folder."""
    return {path.stem: pl.read_parquet(path) for path in sorted(folder.glob("*.parquet"))}


def inputs_of(tables: dict[str, pl.DataFrame], label: str, way: str = "year") -> SupplyInputs:
    """Inputs of the cycle called ``label``, with last year's months as demand."""
    frame = plan_frame(tables["plan"])
    cycle = frame.calendar.labelled(label).index
    company = {name: tables[name] for name in COMPANY if name in tables}
    known = known_before(
        {name: tables[name] for name in LOAD if name in tables}, company=company, calendar=frame.calendar, cycle=cycle
    )
    span = Span(calendar=frame.calendar, first=0, cycle=cycle, horizon=frame.horizon)
    history = make_history(load=known, company=company, span=span)
    season = frame.calendar.periods_a_year
    past = history.demand.values
    months = [past[:, cycle - season + k % season] for k in range(frame.horizon)]
    if way == "mean":
        months = [past[:, cycle - season : cycle].mean(axis=1)] * frame.horizon
    shape = (past.shape[0], frame.horizon)
    units = history.demand.units
    demand = Cube("consensus", np.stack(months, axis=1), np.zeros(shape, np.uint8), history.demand.axis, cycle, units)
    periods = frame.calendar.periods[cycle : cycle + frame.horizon]
    prices = stream_prices(company=company, axis=demand.axis, periods=periods, currency=frame.currency)
    return SupplyInputs(
        company=company, load=known, frame=frame, cycle=cycle, demand=demand, booked=history.booked,
        backlog=history.backlog, prices=prices,
    )  # fmt: skip


def timed(name: str, work: Callable[[], object]) -> object:
    """Do it and print its CPU seconds."""
    start = time.process_time()
    result = work()
    print(f"{name:24} {time.process_time() - start:8.2f} CPU-s")
    return result


def main() -> None:
    """Measure."""
    inputs = inputs_of(read(Path(sys.argv[1])), *sys.argv[2:])
    built = timed("build network", lambda: build(inputs))
    program, columns = timed("build program", lambda: plan_room.make_program(built.network, inputs.settings))
    size = (*program.shape, len(program.value), len(built.network.nodes.opening), len(inputs.demand.axis))
    print("rows, columns, non-zeros, nodes, streams:", size)
    once = replace(inputs, settings=replace(inputs.settings, unique=False))
    timed("solve, first pass", lambda: plan_room.solve(built.network, program, columns, once))
    timed("solve, both passes", lambda: plan_room.solve(built.network, program, columns, inputs))
    sheet, findings = timed("whole make_plan", lambda: plan_room.make_plan(inputs))
    show(sheet)
    print({code: sum(f.code == code for f in findings) for code in sorted({f.code for f in findings})})


def show(sheet: Sheet) -> None:
    """What came out."""
    print(dict(sheet.notes))
    used, available = sheet.cube("hours_used").values, sheet.cube("hours_available").values
    for k, name in enumerate(sheet.cube("hours_used").axis.keys):
        print(name, "load %", np.round(100 * used[k] / available[k]).astype(int).tolist())
    for name in ("demand", "shipped", "backlog", "lost"):
        print(name, sheet.cube(name).values.sum(axis=0).round().astype(int).tolist())
    with pl.Config(tbl_rows=40):
        shortages = sheet.table("shortages")
        print(shortages.group_by("cause").agg(pl.len(), pl.col("short").sum(), pl.col("lost").sum()).sort("cause"))
        print(sheet.table("objective"))
        print(sheet.table("unplanned")["reason"].value_counts(sort=True))


if __name__ == "__main__":
    main()
