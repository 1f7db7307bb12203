"""The data contract is whole: whatever a table names exists, has a unit, and says what is unknown without it."""

import pytest

from onenumber.model.contract import COMPANY, LOAD, TABLES, Column, Kind, Table

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
