"""The data contract in words and as JSON Schema, made from the tables themselves so that neither can drift."""

import json
from collections.abc import Iterator
from typing import Any

from onenumber.files.examples import example_rows
from onenumber.model.contract import TABLES, Column, Kind, Table
from onenumber.model.contract.column import WHOLE

SCHEMA = "https://json-schema.org/draft/2020-12/schema"
TYPES = {
    Kind.LABEL: "string",
    Kind.TEXT: "string",
    Kind.CHOICE: "string",
    Kind.DATE: "string",
    Kind.NUMBER: "number",
    Kind.INTEGER: "integer",
    Kind.FLAG: "boolean",
}
HEAD = """# The data contract

What a company brings, table by table. Made from `onenumber.model.contract` by `python -m tools.contract`; do not edit.

## How files are read

* **Names.** A folder holds one file per table, named after it: `items.csv`, `.tsv`, `.txt`, `.xlsx` or `.parquet`. An
  `.xlsx` may hold many tabs, each named after a table. Case, blanks and hyphens in names do not matter, nor does the
  order of columns. Columns that are not in the contract are not read, and said.
* **Rows.** Every bad row is listed with file, row (the header is row 1), column, value, what is wrong and the remedy.
  Good rows load. A row with one bad cell is not loaded: an unreadable date taken as empty would say something else.
  On the screen the rest after 1,000 findings of one kind in a column is one with their number; the list that
  `--findings` writes and the pages of the load have every one.
* **A required table** may be empty if the company has none: a header without rows says so. An optional table that is
  not there switches its figures to "–" with the reason given below, never to zero. A few are **kept, not used yet**:
  they are checked like all others, and no step reads them; a load says which of them came.
* **Text.** UTF-8, UTF-16, or what the letters show (then it is said which encoding was taken). Comma, semicolon, tab
  or bar between cells; quotes round a cell that holds one of them. A cell holds at most 10,000 characters. A row with
  a control character (but tabs and line breaks in texts) or with letters of another encoding is a finding.
* **Labels.** Blanks and invisible characters at the ends are taken off and noted, and accents are read as one character
  (NFC). An invisible character inside, or a blank that is none (no-break space, soft hyphen, zero-width space), is a
  finding with its name: the label looks like another one.
* **Numbers.** `1234.5`, `1,234.5`, `1.234,5`, `1 234,5`, `1'234.5`, `-5`, `5-`. Which mark is the decimal one is
  decided for each column by the numbers that can be read in one way only; if it has none, by the other columns of
  the file. If the file has none either, a number with one mark and three digits behind it (`1,234`, `1.234`) is a
  finding; only between commas, and in Parquet, is a point then a decimal one (`1.234` is a little over one). A number
  written otherwise than most of its column is a finding too.
* **Dates.** `2026-07-31`, `2026/7/31`, `20260731`, `31.7.2026`; a time of day behind it is left out. `31/7/2026` or
  `7/31/2026`: decided for each column as with numbers; where nothing in the file shows the order, `3/4/2026` is a
  finding. So are two digits of a year, and days that do not exist: 30 February, or a year before 1 or after 9999. In
  XLSX a bare number in a date column counts days, as it does there.
* **XLSX.** Where a formula stands, the value saved with it is read and said; without a saved value it is a finding.
* **Keys.** A key that comes twice in one load is a finding: the first row counts. Over loads the newest row wins, and
  loading the same twice changes nothing. Other spellings of a label are mapped in `aliases`.
* **Dates of validity** are half-open: `valid_to` is the first day it no longer holds. Of two rows of one key that hold
  on a day the one that began later wins; ranges that overlap on purpose need no end, others are pointed at.
* **Facts outside the calendar** of the plan load, are listed, and belong to no period.
  A calendar that ends before the horizon of the next cycle is pointed at: without its months that cycle does not open.
* **Codes.** A time zone is one of the IANA list, a currency one of ISO 4217.
* **Units.** A quantity in another unit than its item's is converted by `unit_conversions`; without one it is a finding.
"""

UNUSED = "kept, not used yet"


def markdown() -> str:
    """The contract as a page: how files are read, every table at a glance, then column by column with an example.

    Example:
        >>> "## order_lines" in markdown()
        True
    """
    glance = [
        "## The tables at a glance",
        "",
        "| table | needed | what it is | not known without it |",
        "| --- | --- | --- | --- |",
        *(f"| [{t.name}](#{t.name}) | {_needed(t)} | {t.doc} | {_without(t)} |" for t in TABLES.values()),
    ]
    parts = [HEAD, "\n".join(glance) + "\n", *("\n".join(_section(table)) + "\n" for table in TABLES.values())]
    return "\n".join(parts)


def _needed(table: Table) -> str:
    return "yes" if table.required else "no"


def _without(table: Table) -> str:
    return f"nothing: {UNUSED}" if table.unused else table.without


def _optional(table: Table) -> str:
    if table.unused:
        return "Optional. **Kept, not used yet**: its rows are checked and kept, and no step reads them."
    return f"Optional: without it {table.without}."


def _section(table: Table) -> Iterator[str]:
    yield f"## {table.name}"
    yield ""
    yield table.doc
    yield ""
    yield f"Key: {', '.join(f'`{column}`' for column in table.key)}. " + (
        "Required." if table.required else _optional(table)
    )
    yield ""
    yield "| column | kind | needed | unit | rules | what it is |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for column in table.columns:
        needed = "yes" if column.required else "this or another" if column.name in table.either else "no"
        rules = "; ".join(_rules(column))
        yield f"| `{column.name}` | {column.kind.value} | {needed} | {column.unit} | {rules} | {column.doc} |"
    yield ""
    yield "```csv"
    yield ",".join(column.name for column in table.columns)
    for row in example_rows(table):
        yield ",".join(row.values())
    yield "```"


def _rules(column: Column) -> Iterator[str]:
    if column.refers_to:
        yield f"is in `{column.refers_to}`"
    if column.places is not None:
        for value, named in column.places.of:
            yield f"{value}: {_either(named)}"
    if column.choices:
        yield "one of " + ", ".join(f"`{choice}`" for choice in column.choices)
    if column.minimum is not None:
        yield f"at least {column.minimum:g}"
    if column.maximum is not None:
        yield f"at most {column.maximum:g}"
    if column.pattern:
        yield f"form `{column.pattern}`"


def _either(named: tuple[str, ...]) -> str:
    return " or ".join(f"`{target}`" if target == WHOLE else f"in `{target}`" for target in named)


def json_schema() -> str:
    """The contract as one JSON Schema (2020-12): an object with an array of rows per table.

    What JSON Schema has no word for stands beside it: ``x-key``, ``x-unit``, ``x-refers-to``, ``x-places``,
    ``x-without``, ``x-unused``.

    Example:
        >>> json.loads(json_schema())["$defs"]["divisions"]["required"]
        ['division', 'name']
    """
    tables = {name: {"type": "array", "items": {"$ref": f"#/$defs/{name}"}} for name in TABLES}
    schema = {
        "$schema": SCHEMA,
        "title": "OneNumber data contract",
        "type": "object",
        "additionalProperties": False,
        "required": [name for name, table in TABLES.items() if table.required],
        "properties": tables,
        "$defs": {name: _row(table) for name, table in TABLES.items()},
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _row(table: Table) -> dict[str, Any]:
    return {
        "type": "object",
        "description": table.doc,
        "x-key": list(table.key),
        "x-fact": table.fact,
        **({"x-without": table.without} if table.without and not table.unused else {}),
        **({"x-unused": True} if table.unused else {}),
        "required": [column.name for column in table.columns if column.required],
        "properties": {column.name: _property(column) for column in table.columns},
        **({"anyOf": [_filled(name) for name in table.either]} if table.either else {}),
    }


def _places(column: Column) -> dict[str, Any] | None:
    if column.places is None:
        return None
    return {"by": column.places.by, "of": {value: list(named) for value, named in column.places.of}}


def _filled(column: str) -> dict[str, Any]:
    return {"required": [column], "properties": {column: {"not": {"type": "null"}}}}


def _property(column: Column) -> dict[str, Any]:
    kind = TYPES[column.kind]
    choices = list(column.choices) if column.required else [*column.choices, None]
    said: dict[str, Any] = {
        "type": kind if column.required else [kind, "null"],
        "description": column.doc,
        "format": "date" if column.kind is Kind.DATE else None,
        "enum": choices if column.choices else None,
        "minimum": column.minimum,
        "maximum": column.maximum,
        "pattern": f"^(?:{column.pattern})$" if column.pattern else None,
        "x-unit": column.unit or None,
        "x-refers-to": column.refers_to or None,
        "x-places": _places(column),
    }
    return {name: value for name, value in said.items() if value is not None}
