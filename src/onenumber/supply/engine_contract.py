"""What a folder of the plan engine may hold: the data contract with two tables more, and less that has to be there."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from onenumber.model.contract import TABLES, Column, Table
from onenumber.model.contract.column import choice, integer, label, number

NEEDED = ("demand", "items", "resources", "rates")
"""The tables without which there is nothing to plan; all others are made from them."""
NOT_READ = ("name", "role", "decimals", "equivalent_unit", "currency", "sites.kind")
"""Columns that a load needs and the plan does not; prices without a currency are in the plan's."""
CHANNEL = "customers.channel"
"""What a channel is one of in a load; the plan's channels are those of its demand."""

DEMAND = Table(
    name="demand",
    doc="What is asked for. Days of one stream that lie in one period are added up there.",
    key=("item", "customer", "site", "period"),
    columns=(
        label("item", "What is asked for.", refers_to="items.item"),
        label("period", "A date in the period, or its label, e.g. `2026-05`."),
        number("quantity", "How much.", unit="unit", minimum=0),
        label("customer", "Who asks; a stream is item x customer.", required=False),
        label("channel", "Channel, for the sourcing rules.", required=False),
        label("site", "The one site that serves the row's stream.", refers_to="sites.site", required=False),
        number("price", "Of a unit; else that of `prices`, else its cost.", unit="money", required=False, minimum=0),
        label("division", "Division of the result's sums.", required=False),
        choice("priority", "Priority class; A is served first.", ("A", "B", "C"), required=False),
    ),
)  # fmt: skip

SETTINGS = Table(
    name="settings",
    doc="One row: what of the plan's policy is other than usual.",
    key=(),
    columns=(
        integer("firm_periods", "Periods at the start with nothing new.", unit="periods", required=False, minimum=0),
    ),
)  # fmt: skip


def _eased(table: Table) -> Table:
    needed = table.name in NEEDED
    columns = table.columns if table.name == "plan" else tuple(_column(table.name, column) for column in table.columns)
    return replace(table, required=needed, implied=not needed, columns=columns)


def _column(table: str, column: Column) -> Column:
    unread = column.name in NOT_READ or f"{table}.{column.name}" in NOT_READ
    named = "" if column.refers_to == CHANNEL else column.refers_to
    return replace(column, required=column.required and not unread, refers_to=named)


ENGINE: Mapping[str, Table] = MappingProxyType(
    {table.name: _eased(table) for table in (DEMAND, SETTINGS, *TABLES.values())}
)
"""Every table that the plan engine may be given, by name."""
