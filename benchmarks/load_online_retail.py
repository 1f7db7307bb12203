"""Rows a second and memory of loading the 541,909 order lines of Online Retail from CSV, in a process of its own.

    PYTHONPATH=src:. python benchmarks/load_online_retail.py online_retail.parquet [--way csv|parquet|xlsx]

The bar is 20,000 rows a second and less than 1,024 MB. ``xlsx``, of which the first 50,000 lines are taken, is
below it: the library that reads it hands over one cell at a time.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import polars as pl

from examples.online_retail.convert import convert
from onenumber.files.read import read_folder
from onenumber.files.write import export_xlsx, write_folder
from onenumber.model.contract import TABLES
from onenumber.model.contract.empty import schema_of

ROWS_A_SECOND, MEGABYTES, XLSX_LINES = 20_000, 1024, 50_000


def write(source: Path, folder: Path, way: str) -> None:
    """The company as files of one kind."""
    tables = convert(pl.read_parquet(source))
    if way == "xlsx":
        tables["order_lines"] = tables["order_lines"].head(XLSX_LINES)
        (folder / "company.xlsx").write_bytes(export_xlsx(tables))
    elif way == "parquet":
        for name, table in tables.items():
            table.write_parquet(folder / f"{name}.parquet")
    else:
        write_folder(tables, folder)


def load(folder: Path) -> None:
    """Load the folder and print what it took."""
    begun, used = time.perf_counter(), time.process_time()
    loaded = read_folder(folder)
    seconds, cpu = time.perf_counter() - begun, time.process_time() - used
    rows = sum(loaded.rows_read.values())
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    right = all(list(table.columns) == list(schema_of(TABLES[name])) for name, table in loaded.tables.items())
    print(
        f"{rows:,} rows, {sum(loaded.rows_loaded.values()):,} loaded, {len(loaded.findings)} findings; "
        f"{seconds:.2f} s ({cpu:.2f} CPU-s), {rows / seconds:,.0f} rows/s, peak {megabytes:.0f} MB"
    )
    if not right or rows / seconds < ROWS_A_SECOND or megabytes > MEGABYTES:
        print(f"BELOW THE BAR of {ROWS_A_SECOND:,} rows/s and {MEGABYTES:,} MB")


def main() -> None:
    """Write the files, then load them in a new process, so that its memory is that of the load alone."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("--way", choices=("csv", "parquet", "xlsx"), default="csv")
    given = parser.parse_args()
    if given.source.is_dir():
        load(given.source)
        return
    with tempfile.TemporaryDirectory() as folder:
        write(given.source, Path(folder), given.way)
        subprocess.run([sys.executable, __file__, folder], check=True)


if __name__ == "__main__":
    main()
