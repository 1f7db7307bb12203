"""`onenumber engine`: the two engines on files, without a database."""

import json
import time
from pathlib import Path

import click
import polars as pl

from onenumber.cli.words import show_findings
from onenumber.demand.engine import clean_table, forecast_table
from onenumber.supply.engine import plan_folder_tables


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
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="Folder to write.")
def plan(folder: Path, out: Path) -> None:
    """Plan supply for FOLDER: the supply tables of the data contract, and a table `demand`."""
    tables, summary = plan_folder_tables(_read_folder(folder), clock=time.perf_counter)
    out.mkdir(parents=True, exist_ok=True)
    for name, table in sorted(tables.items()):
        _write(table, out / f"{name}.csv")
    (out / "summary.json").write_text(json.dumps(summary, indent=2, sort_keys=True))
    click.echo(f"{summary['status']}: {len(tables)} tables and summary.json written to {out}")


def _read(file: Path) -> pl.DataFrame:
    return pl.read_parquet(file) if file.suffix == ".parquet" else pl.read_csv(file, infer_schema_length=None)


def _read_folder(folder: Path) -> dict[str, pl.DataFrame]:
    files = sorted(f for f in folder.iterdir() if f.suffix in (".csv", ".parquet"))
    return {file.stem: _read(file) for file in files}


def _write(table: pl.DataFrame, out: Path) -> None:
    if out.suffix == ".parquet":
        table.write_parquet(out)
    else:
        table.write_csv(out)
