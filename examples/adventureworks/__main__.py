"""``python -m examples.adventureworks OUT --data FOLDER [--first-cycle 2014-04]``."""

import argparse
import datetime as dt
from pathlib import Path

from examples.adventureworks.convert import FIRST_CYCLE, convert, write
from examples.adventureworks.source import Source


def _month(text: str) -> dt.date:
    return dt.date.fromisoformat(f"{text}-01")


def main() -> None:
    """Read the folder, write the contract tables and say what was written."""
    parser = argparse.ArgumentParser(prog="python -m examples.adventureworks", description=__doc__)
    parser.add_argument("out", type=Path, help="folder to write the contract tables to")
    parser.add_argument("--data", type=Path, required=True, help="folder of AdventureWorks' Parquet tables")
    parser.add_argument(
        "--first-cycle", type=_month, default=FIRST_CYCLE, help="month of the first cycle to be planned, as 2014-04"
    )
    given = parser.parse_args()
    tables = convert(Source(given.data), given.first_cycle)
    write(tables, given.out)
    for name, table in tables.items():
        print(f"{name:20} {len(table):>8,} rows")


if __name__ == "__main__":
    main()
