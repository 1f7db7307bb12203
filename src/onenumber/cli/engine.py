"""`onenumber engine`: the two engines on files, without a database."""

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import click
import polars as pl

from onenumber.cli.out import OutFile
from onenumber.cli.words import finish_findings
from onenumber.demand.engine import clean_table, forecast_table, odd_series
from onenumber.demand.series import check_request
from onenumber.errors.demand import BadSeriesTableError
from onenumber.errors.supply import BadEngineInputError
from onenumber.files.read import read_folder
from onenumber.files.series import read_series
from onenumber.finance.prices import stream_prices
from onenumber.model.finding import Finding, Severity
from onenumber.supply.engine import plan_folder_tables
from onenumber.supply.engine_contract import ENGINE

FINDINGS = click.option("--findings", type=OutFile(), help="Write every finding to a file.")


@click.group()
def engine() -> None:
    """The forecast and the supply plan on files, without a database."""


def _levels(ctx: click.Context, param: click.Parameter, value: str) -> tuple[float, ...]:  # noqa: ARG001 - click's signature
    try:
        return tuple(float(level) for level in value.split(","))
    except ValueError as error:
        said = f"{value!r} is not a list of percents. Write it as 80,95."
        raise click.BadParameter(said) from error


@engine.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--horizon", required=True, type=int, help="Periods ahead.")
@click.option("--season", default=12, show_default=True, type=int, help="Periods in a year.")
@click.option(
    "--levels", default="80,95", show_default=True, callback=_levels, help="Levels of the ranges, in percent."
)
@click.option("-o", "--out", required=True, type=OutFile(".csv", ".parquet"), help="CSV or Parquet file to write.")
@FINDINGS
def forecast(
    file: Path, *, horizon: int, season: int, levels: tuple[float, ...], out: Path, findings: Path | None
) -> None:
    """Forecast every series of FILE (columns series, month, value).

    Ends with 1 where rows were refused, and with 2 where the file could not be used.
    """
    if out.resolve() == file.resolve():
        raise BadSeriesTableError(what=f"{out} is also the file to write. Name another, so that nothing in it is lost.")
    check_request(horizon=horizon, season=season, levels=levels)
    given = read_series(file)
    good, found = clean_table(given.table, given.rows, file=file.name)
    finish_findings((*given.findings, *found, *odd_series(good, file=file.name)), findings)
    made = forecast_table(good, horizon=horizon, season=season, levels=levels)
    _write(made, out)
    click.echo(f"{made['series'].n_unique()} series, {horizon} periods each, written to {out}")
    _end((*given.findings, *found))


@engine.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("-o", "--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder to write.")
@FINDINGS
def plan(folder: Path, out: Path, findings: Path | None) -> None:
    """Plan supply for FOLDER: the supply tables of the data contract, and a table `demand`.

    `demand` has item, period and quantity and, where they are known, customer, channel, site, price (of a unit; else
    that of the table `prices`; else a lost one counts at its cost), division and priority (A, B or C; A is served
    first). Days in one period are added up; a row that is there twice is refused.

    Ends with 1 where rows were refused, and with 2 where a table is missing or could not be used.
    """
    if out.resolve() == folder.resolve():
        raise BadEngineInputError(what="its tables would be written over; name another folder to write")
    loaded = read_folder(folder, contract=ENGINE)
    finish_findings(sorted(loaded.findings, key=_is_of_a_row), findings)  # what stops the plan is shown first
    _refuse_unusable(loaded.findings)
    tables, summary = plan_folder_tables(loaded.tables, clock=time.perf_counter, price_list=stream_prices)
    out.mkdir(parents=True, exist_ok=True)
    for name, table in sorted(tables.items()):
        _write(table, out / f"{name}.csv")
    (out / "summary.json").write_text(json.dumps(summary, indent=2, sort_keys=True))
    click.echo(f"{summary['status']}: {len(tables)} tables and summary.json written to {out}")
    _end(loaded.findings)


def _end(findings: Sequence[Finding]) -> None:
    if any(finding.severity is Severity.BLOCKED for finding in findings):
        sys.exit(1)


def _is_of_a_row(finding: Finding) -> bool:
    """Whether it keeps rows from being used, or nothing; else a whole table, and a plan without it is another plan."""
    return finding.severity is not Severity.BLOCKED or bool(finding.place.row) or finding.code == "more_alike"


def _refuse_unusable(findings: Sequence[Finding]) -> None:
    files = sorted({finding.place.file for finding in findings if not _is_of_a_row(finding)})
    if files:
        raise BadEngineInputError(what=f"{', '.join(files)} could not be used, for the reason above")


def _write(table: pl.DataFrame, out: Path) -> None:
    if out.suffix == ".parquet":
        table.write_parquet(out)
    else:
        table.write_csv(out)
