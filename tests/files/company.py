"""A small sound company as a folder of files: the example rows of the contract, written as CSV."""

from collections.abc import Mapping

from onenumber.files.examples import example_rows
from onenumber.model.contract import TABLES

Rows = list[list[str]]


def sound() -> dict[str, Rows]:
    """Every table as rows of texts, the header first."""
    return {
        name: [[column.name for column in table.columns], *(list(row.values()) for row in example_rows(table))]
        for name, table in TABLES.items()
    }


def csv_file(rows: Rows) -> bytes:
    return "".join(",".join(row) + "\n" for row in rows).encode()


def csv_files(tables: Mapping[str, Rows]) -> dict[str, bytes]:
    return {f"{name}.csv": csv_file(rows) for name, rows in tables.items()}
