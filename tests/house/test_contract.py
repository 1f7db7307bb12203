"""The data contract is whole: whatever a table names exists, has a unit, and says what is unknown without it."""

import pytest

from onenumber.files.checks.rows import rows_named
from onenumber.model.contract import COMPANY, LOAD, TABLES, Column, Kind, Table
from onenumber.model.contract.column import WHOLE
from tests.house.registry import SOURCES, texts

NO_READERS = ("src/onenumber/model/contract/", "src/onenumber/sample/", "src/onenumber/files/examples.py")
"""Where tables are described and made, and not read."""

COLUMNS = [(table, column) for table in TABLES.values() for column in table.columns]
EACH_COLUMN = pytest.mark.parametrize(
    ("table", "column"), COLUMNS, ids=[f"{table.name}.{column.name}" for table, column in COLUMNS]
)
EACH_TABLE = pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)


@EACH_TABLE
def test_a_table_is_documented_and_keyed_by_its_own_columns(table: Table) -> None:
    names = [column.name for column in table.columns]
    assert table.doc.endswith(".")
    assert len(names) == len(set(names))
    assert set(table.key) <= set(names)
    assert table.key


@EACH_TABLE
def test_an_optional_table_says_what_is_unknown_without_it(table: Table) -> None:
    assert bool(table.without) is not table.required


@EACH_COLUMN
def test_a_column_is_documented_and_a_number_has_a_unit(table: Table, column: Column) -> None:
    assert column.doc.endswith((".", "?")), table.name
    assert bool(column.unit) is (column.kind in (Kind.NUMBER, Kind.INTEGER))
    assert bool(column.choices) is (column.kind is Kind.CHOICE)


@EACH_COLUMN
def test_what_a_column_refers_to_exists(table: Table, column: Column) -> None:
    if column.refers_to:
        other, _, name = column.refers_to.partition(".")
        assert TABLES[other].column(name).kind is column.kind, table.name


def test_facts_and_master_data_are_all_there_is() -> None:
    assert sorted((*COMPANY, *LOAD)) == sorted(TABLES)


def _targets(column: Column) -> list[str]:
    """The tables that a column's labels are looked up in."""
    placed = [target for _, named in column.places.of for target in named] if column.places is not None else []
    return [target.partition(".")[0] for target in (column.refers_to, *placed)]


@EACH_TABLE
def test_a_table_is_kept_and_not_used_exactly_where_no_code_reads_it_and_no_table_names_it(table: Table) -> None:
    readers = [s.path for s in SOURCES if not s.path.startswith(NO_READERS) and table.name in texts(s)]
    namers = [other.name for other, column in COLUMNS if other is not table and table.name in _targets(column)]
    assert table.unused is not bool(readers or namers), (readers, namers)


def test_what_is_kept_and_not_used_yet() -> None:
    unused = [name for name, table in TABLES.items() if table.unused]
    assert unused == ["item_links", "targets"]


@EACH_COLUMN
def test_a_column_says_of_every_choice_of_its_row_what_it_may_name(table: Table, column: Column) -> None:
    if column.places is not None:
        assert tuple(value for value, _ in column.places.of) == table.column(column.places.by).choices
        for _, named in column.places.of:
            assert named, "else a label of it would never be right"
            assert all(part == WHOLE or TABLES[part.split(".")[0]].column(part.split(".")[1]) for part in named)


@EACH_COLUMN
def test_a_number_refers_only_as_a_part_of_a_key(table: Table, column: Column) -> None:
    if column.refers_to and column.kind is not Kind.LABEL:
        assert column.refers_to.split(".")[0] in rows_named(table, TABLES)
