"""`onenumber engine`: the two engines on files, without a database."""

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import click
import polars as pl

from onenumber.cli.words import finish_findings, show_findings
from onenumber.demand.engine import clean_table, forecast_table
from onenumber.errors.supply import BadEngineInputError
from onenumber.files.read import read_folder
from onenumber.model.finding import Finding, Severity
from onenumber.supply.engine import plan_folder_tables
from onenumber.supply.engine_contract import ENGINE

FINDINGS = click.option("--findings", type=click.Path(path_type=Path), help="Write every finding to a file.")


@click.group()
def engine() -> None:
    """The forecast and the supply plan on files, without a database."""


@engine.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--horizon", required=True, type=click.IntRange(min=1), help="Periods ahead.")
@click.option("--season", default=12, show_default=True, type=click.IntRange(min=1), help="Periods in a year.")
@click.option("--levels", default="80,95", show_default=True, help="Levels of the ranges, in percent.")
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="CSV or Parquet file to write.")
def forecast(file: Path, horizon: int, season: int, levels: str, out: Path) -> None:
    """Forecast every series of FILE (columns series, month, value)."""
    good, findings = clean_table(_read(file))
    show_findings(findings)
    wanted = tuple(float(level) for level in levels.split(","))
    made = forecast_table(good, horizon=horizon, season=season, levels=wanted)
    _write(made, out)
    click.echo(f"{made['series'].n_unique()} series, {horizon} periods each, written to {out}")


@engine.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("-o", "--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder to write.")
@FINDINGS
def plan(folder: Path, out: Path, findings: Path | None) -> None:
    """Plan supply for FOLDER: the supply tables of the data contract, and a table `demand`.

    Ends with 1 where rows were refused, and with 2 where a table is missing or could not be used.
    """
    if out.resolve() == folder.resolve():
        raise BadEngineInputError(what="its tables would be written over; name another folder to write")
    loaded = read_folder(folder, contract=ENGINE)
    finish_findings(sorted(loaded.findings, key=_is_of_a_row), findings)  # what stops the plan is shown first
    _refuse_unusable(loaded.findings)
    tables, summary = plan_folder_tables(loaded.tables, clock=time.perf_counter)
    out.mkdir(parents=True, exist_ok=True)
    for name, table in sorted(tables.items()):
        _write(table, out / f"{name}.csv")
    (out / "summary.json").write_text(json.dumps(summary, indent=2, sort_keys=True))
    click.echo(f"{summary['status']}: {len(tables)} tables and summary.json written to {out}")
    if any(finding.severity is Severity.BLOCKED for finding in loaded.findings):
        sys.exit(1)


def _is_of_a_row(finding: Finding) -> bool:
    """Whether it keeps rows from being used, or nothing; else a whole table, and a plan without it is another plan."""
    return finding.severity is not Severity.BLOCKED or bool(finding.place.row) or finding.code == "more_alike"


def _refuse_unusable(findings: Sequence[Finding]) -> None:
    files = sorted({finding.place.file for finding in findings if not _is_of_a_row(finding)})
    if files:
        raise BadEngineInputError(what=f"{', '.join(files)} could not be used, for the reason above")


def _read(file: Path) -> pl.DataFrame:
    return pl.read_parquet(file) if file.suffix == ".parquet" else pl.read_csv(file, infer_schema_length=None)


def _write(table: pl.DataFrame, out: Path) -> None:
    if out.suffix == ".parquet":
        table.write_parquet(out)
    else:
        table.write_csv(out)
